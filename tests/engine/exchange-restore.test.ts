import {
  backward,
  recordingFromJson,
  recordingToJson,
  Tape,
  tapeFromRecording,
  where,
  withTape,
} from '@backflow/engine';
import type { Recording } from '@backflow/engine';
import { describe, expect, it } from 'vitest';
import { randomNumbers, randomProgram } from './random-program.ts';

describe('a tape from a recording', () => {
  it('has every node where it was, with all that is known of it', () => {
    const tape = new Tape();
    const x = tape.leaf(-0, 'x');
    tape.setSpan(2, 5);
    const y = tape.group('layer', () => tape.group('neuron', () => x.mul(Infinity).as('z')));
    const chosen = withTape(tape, () =>
      where(
        y.greater(0),
        () => y.exp(),
        () => y.neg(),
      ),
    );
    const recording = tape.record(chosen);
    const again = tapeFromRecording(recordingFromJson(recordingToJson(recording)));
    expect(again.record()).toEqual(recording);
    expect(again.at(0).label).toBe('x');
  });

  it('is the tape of random programs', () => {
    const random = randomNumbers(15);
    for (let round = 0; round < 300; round++) {
      const recording = randomProgram(random);
      expect(tapeFromRecording(recording).recordNode(recording.output)).toEqual(recording);
    }
  });

  it('goes on: operations, gradients, marks and resets', () => {
    const build = (tape: Tape): Recording => tape.record(tape.at(2).mul(tape.at(0)).tanh());
    const whole = new Tape();
    withTape(whole, () => {
      const [p, q] = [whole.leaf(2, 'a'), whole.leaf(3, 'b')];
      p.mul(q);
    });
    const restored = tapeFromRecording(whole.record());
    const mark = restored.mark();
    expect(build(restored)).toEqual(build(whole));
    restored.at(4).backward();
    expect([restored.at(0).grad, restored.at(1).grad]).toEqual([...backward(restored.record())].slice(0, 2));
    restored.reset(mark);
    expect(restored.size).toBe(3);
    restored.at(1).data = 5;
    expect(restored.at(0).add(restored.at(1)).data).toBe(7);
    for (let k = 0; k < 5000; k++) restored.group('g', () => restored.at(restored.size - 1).sin());
    expect(restored.record().groups).toHaveLength(5000);
  });
});
