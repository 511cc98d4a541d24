import {
  absoluteBackward,
  backward,
  EngineError,
  forward,
  record,
  Tape,
  value,
  where,
} from '@backflow/engine';
import type { Recording, Value } from '@backflow/engine';
import { describe, expect, it } from 'vitest';
import { allNames, edgeInputs, recordingOf } from './points.ts';

const along = (recording: Recording, node: number): Float64Array => {
  const direction = new Float64Array(recording.count);
  direction[node] = 1;
  return forward(recording, direction);
};

describe('forward mode', () => {
  it('gives the derivative of every node with respect to one leaf', () => {
    const tape = new Tape();
    const x = tape.leaf(3);
    const u = x.mul(x);
    const y = u.mul(u.add(x));
    expect([...along(tape.record(y), x.index)]).toEqual([1, 6, 7, 135]);
  });

  it('gives directional derivatives, and starts at computed nodes as well', () => {
    const tape = new Tape();
    const [a, b] = [tape.leaf(2), tape.leaf(5)];
    const recording = tape.record(a.mul(b));
    expect([...forward(recording, [10, 1, 0])]).toEqual([10, 1, 52]);
    expect([...forward(recording, [0, 0, 1])]).toEqual([0, 0, 1]);
  });

  it('is 0, not NaN, beside an infinite slope that the leaf does not move', () => {
    const tape = new Tape();
    const [zero, b] = [tape.leaf(0), tape.leaf(5)];
    const y = zero.sqrt().mul(b);
    expect(along(tape.record(y), b.index)[y.index]).toBe(0);
    expect(along(tape.record(y), zero.index)[y.index]).toBe(Infinity);
  });

  it('does not pass through the untaken branch of where', () => {
    const x = value(0);
    const recording = record(where(x.greater(0), x.log(), x.mul(3)));
    expect(along(recording, 0)[recording.output]).toBe(3);
  });

  it('needs one number per node', () => {
    const tape = new Tape();
    expect(() => forward(tape.record(tape.leaf(1).exp()), [1])).toThrow(EngineError);
  });

  it('takes a chain of a million operations', () => {
    const tape = new Tape();
    let y: Value = tape.leaf(1);
    for (let i = 0; i < 1_000_000; i++) y = y.neg();
    const recording = tape.record(y);
    expect(along(recording, 0)[recording.output]).toBe(1);
    expect(absoluteBackward(recording, recording.output)[0]).toBe(1);
  });

  it.each(allNames)('agrees with the reverse sweep through %s at 0, −0, ±∞ and NaN, to the bit', (name) => {
    for (const inputs of edgeInputs(name)) {
      const recording = recordingOf(name, inputs);
      const gradient = backward(recording);
      for (let leaf = 0; leaf < recording.output; leaf++) {
        // Adding to 0 makes 0 of −0.
        expect(along(recording, leaf)[recording.output]).toBe(gradient[leaf] + 0);
      }
    }
  });
});

describe('absoluteBackward', () => {
  it('adds up |path products| where the gradient cancels', () => {
    const tape = new Tape();
    const x = tape.leaf(3);
    const y = x.mul(5).sub(x.mul(5));
    const recording = tape.record(y);
    expect(backward(recording)[x.index]).toBe(0);
    expect(absoluteBackward(recording, y.index)[x.index]).toBe(10);
  });
});
