import {
  record,
  RecordingError,
  recordingFromJson,
  recordingToJson,
  Tape,
  validateRecording,
  value,
  where,
  withTape,
} from '@backflow/engine';
import type { Recording } from '@backflow/engine';
import { describe, expect, it } from 'vitest';
import { randomNumbers, randomProgram } from './random-program.ts';

const everything = (): Recording =>
  withTape(new Tape(), () => {
    const tape = new Tape();
    const x = tape.leaf(-0, '__proto__');
    tape.setSpan(0, 4);
    const y = tape.group('layer', () => tape.group('neuron', () => x.mul(Infinity).as('σ(z)')));
    return tape.record(
      where(
        y.greater(0),
        () => y.exp(),
        () => y.neg(),
      ),
    );
  });

describe('a recording as JSON', () => {
  it('comes back as it went, with −0, ∞, NaN, names, spans and groups', () => {
    const recording = everything();
    expect([...recording.value.subarray(0, 2)]).toEqual([-0, NaN]);
    expect(recordingFromJson(recordingToJson(recording))).toEqual(recording);
  });

  it('comes back for random programs', () => {
    const random = randomNumbers(9);
    for (let round = 0; round < 300; round++) {
      const recording = randomProgram(random);
      expect(recordingFromJson(recordingToJson(recording))).toEqual(recording);
    }
  });

  it('survives a structured clone and is valid then', () => {
    const clone = structuredClone(everything());
    expect(validateRecording(clone)).toEqual(everything());
  });
});

describe('JSON that is no recording is refused, with the place', () => {
  const changed = (change: (json: Record<string, unknown>) => void): string => {
    const json = JSON.parse(recordingToJson(record(value(2).mul(3).add(1)))) as Record<string, unknown>;
    change(json);
    return JSON.stringify(json);
  };
  const set = (key: string, to: unknown) => changed((json) => (json[key] = to));

  it.each([
    ['$', 'not json'],
    ['$', '[]'],
    ['$', 'null'],
    ['format', '{}'],
    ['version', set('version', 99)],
    ['count', set('count', 2.5)],
    ['count', set('count', 0)],
    ['count', set('count', 1e9)],
    ['operation', set('operation', 'abc')],
    ['operation[1]', set('operation', [0, 999, 1])],
    ['operation[1]', set('operation', [0, 200, 1])],
    ['operation.length', set('operation', [0, 3])],
    ['operation[1]', set('operation', [0, 5, 1])],
    ['operation[0]', set('operation', [5, 3, 1])],
    ['operation[1]', set('operation', [0, 0, 1])],
    ['inputs[0]', set('inputs', [1, -1, 1, -2])],
    ['inputs[0]', set('inputs', [2, -1, 1, -2])],
    ['inputs[1]', set('inputs', [0, -9, 1, -2])],
    ['inputs[0]', set('inputs', ['0', -1, 1, -2])],
    ['inputs[0]', set('inputs', [1e12, -1, 1, -2])],
    ['inputStart[0]', set('inputStart', [1, 1, 3, 5])],
    ['inputStart[3]', set('inputStart', [0, 0, 2, 3])],
    ['operation[1]', set('inputStart', [0, 0, -2, 4])],
    ['value.length', set('value', [1])],
    ['value[0]', set('value', ['one', 2, 3])],
    ['value[0]', set('value', [null, 2, 3])],
    ['skipped[0]', set('skipped', [2, 0, 0])],
    ['names, key', set('names', [[7, 'x']])],
    ['names[0][1]', set('names', [[0, 5]])],
    ['names[0][1]', set('names', [[0, 'x'.repeat(2000)]])],
    ['names[0]', set('names', ['x'])],
    ['spans.length', set('spans', [1])],
    ['group[0]', set('group', [0, -1, -1])],
    ['groups[0].parent', set('groups', [['a', 0]])],
    ['output', set('output', 3)],
    ['output', set('output', -1)],
  ])('%s: %s', (path, text) => {
    expect(() => recordingFromJson(text)).toThrow(RecordingError);
    expect(() => recordingFromJson(text)).toThrow(`Recording, at ${path}: found `);
  });

  it('more nodes or inputs than are allowed', () => {
    const text = recordingToJson(record(value(2).mul(3)));
    const limits = { nodes: 10, inputs: 10, text: 10, groups: 10 };
    expect(recordingFromJson(text, limits).count).toBe(2);
    expect(() => recordingFromJson(text, { ...limits, nodes: 1 })).toThrow(RecordingError);
    expect(() => recordingFromJson(text, { ...limits, inputs: 1 })).toThrow(RecordingError);
  });

  it('a message with columns of another kind', () => {
    const recording = record(value(2).mul(3));
    expect(() => validateRecording({ ...recording, value: [2, 6] })).toThrow('at value: found an array of 2');
    expect(() => validateRecording({ ...recording, names: {} })).toThrow(RecordingError);
    expect(() => validateRecording(undefined)).toThrow('at $: found undefined, expected an object');
  });
});
