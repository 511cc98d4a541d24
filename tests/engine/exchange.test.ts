import {
  backward,
  evaluate,
  expand,
  keysOf,
  OPERATION_NAMES,
  record,
  RecordingError,
  recordingFromData,
  recordingFromJson,
  recordingToData,
  recordingToJson,
  Tape,
  validateRecording,
  value,
  where,
  withTape,
} from '@backflow/engine';
import type { Recording } from '@backflow/engine';
import { describe, expect, it } from 'vitest';
import { corrupted, corruptedText } from './corruption.ts';
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

  it('names operations, and holds nothing but them by a number of its own', () => {
    const data = recordingToData(record(value(2).mul(3).tanh().mul(2)));
    expect(data).toMatchObject({ version: 2, operations: ['leaf', 'mul', 'tanh'], operation: [0, 1, 2, 1] });
  });

  it('keeps the keys of a view', () => {
    const tape = new Tape();
    const x = tape.leaf(2, 'x');
    const view = expand(tape.record(tape.apply('sum', x, x, x).as('y'))).recording;
    const again = recordingFromJson(recordingToJson(view));
    expect(again).toEqual(view);
    expect(keysOf(again)).toEqual(['x', 'y/+2', 'y']);
  });

  it('is read from version 1 too, which had the codes of operations', () => {
    const recording = record(value(2).mul(3).add(1));
    const { operations, ...rest } = recordingToData(recording) as Record<string, unknown>;
    expect(operations).toEqual(['leaf', 'mul', 'add']);
    const old = { ...rest, version: 1, operation: [0, 3, 1] };
    expect(recordingFromData(old)).toEqual(recording);
    expect(OPERATION_NAMES[52]).toBe('expm1');
    expect(() => recordingFromData({ ...old, operation: [0, 53, 1] })).toThrow('$.operation[1]');
    expect(() => recordingFromData({ ...old, operations })).toThrow('$.operations: found an array of 3');
  });

  it('can be asked to be finite', () => {
    const text = recordingToJson(everything());
    expect(() => recordingFromJson(text, { finite: true })).toThrow('$.value[1]: found NaN');
    const constant = recordingToJson(record(value(2).min(Infinity)));
    expect(() => recordingFromJson(constant, { finite: true })).toThrow('$.constants[0]: found Infinity');
    expect(recordingFromJson(recordingToJson(record(value(2).exp())), { finite: true }).count).toBe(2);
  });

  it('can be asked to hold what its operations give', () => {
    const recording = record(value(2).tanh().mul(3));
    const changed = (node: number, by: number): Recording => ({
      ...recording,
      value: recording.value.map((x, at) => (at === node ? x * (1 + by) : x)),
    });
    const read = (from: Recording) => recordingFromJson(recordingToJson(from), { verify: true });
    expect(read(recording)).toEqual(recording);
    expect(() => read(changed(2, 2 ** -52))).toThrow('what mul gives for its inputs');
    expect(() => read(changed(1, 1e-9))).toThrow(
      /\$\.value\[1\]: found 0\.96\d+, expected 0\.96\d+, what tanh/,
    );
    // Math.tanh may differ in the last places from engine to engine.
    const { value: near } = changed(1, 2 ** -51);
    near[2] = near[1] * 3;
    expect(read({ ...recording, value: near }).value).toEqual(near);
    expect(read(everything())).toEqual(everything());
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
    ['$.format', '{}'],
    ['$.version', set('version', 99)],
    ['$.count', set('count', 2.5)],
    ['$.count', set('count', 0)],
    ['$.count', set('count', 1e9)],
    ['$.operation', set('operation', 'abc')],
    ['$.operation[1]', set('operation', [0, 999, 1])],
    ['$.operation[1]', set('operation', [0, 3, 1])],
    ['$.operations[1]', set('operations', ['leaf', 'nonsense', 'add'])],
    ['$.operations[1]', set('operations', ['leaf', '__proto__', 'add'])],
    ['$.operations[1]', set('operations', ['leaf', 3, 'add'])],
    ['$.operations[2]', set('operations', ['leaf', 'mul', 'mul'])],
    ['$.operations', set('operations', undefined)],
    ['$.extra', set('extra', 1)],
    ['$.operation.length', set('operation', [0, 1])],
    ['$.operation[1]', set('operations', ['leaf', 'neg', 'add'])],
    ['$.operation[0]', set('operation', [1, 1, 2])],
    ['$.operation[1]', set('operation', [0, 0, 2])],
    ['$.inputs[0]', set('inputs', [1, -1, 1, -2])],
    ['$.inputs[0]', set('inputs', [2, -1, 1, -2])],
    ['$.inputs[1]', set('inputs', [0, -9, 1, -2])],
    ['$.inputs[0]', set('inputs', ['0', -1, 1, -2])],
    ['$.inputs[0]', set('inputs', [1e12, -1, 1, -2])],
    ['$.inputStart[0]', set('inputStart', [1, 1, 3, 5])],
    ['$.inputStart[3]', set('inputStart', [0, 0, 2, 3])],
    ['$.operation[1]', set('inputStart', [0, 0, -2, 4])],
    ['$.value.length', set('value', [1])],
    ['$.value[0]', set('value', ['one', 2, 3])],
    ['$.value[0]', set('value', [null, 2, 3])],
    ['$.skipped[0]', set('skipped', [2, 0, 0])],
    ['$.names, key', set('names', [[7, 'x']])],
    ['$.names[0][1]', set('names', [[0, 5]])],
    ['$.names[0][1]', set('names', [[0, 'x'.repeat(2000)]])],
    ['$.names[0]', set('names', ['x'])],
    [
      '$.names[1][0]',
      set('names', [
        [0, 'x'],
        [0, 'y'],
      ]),
    ],
    ['$.constants[0]', recordingToJson(record(value(2).mul(3).add(1))).replace('[3,1]', '[1e999,1]')],
    ['$.skipped[0]', set('skipped', [1, 0, 0])],
    ['$.value[1]', set('skipped', [0, 1, 0])],
    ['$.spans[2]', set('spans', [-1, -1, 4, 2, 0, 0])],
    ['$.keys.length', set('keys', ['a'])],
    ['$.keys[1]', set('keys', ['a', 'a', 'b'])],
    ['$.spans.length', set('spans', [1])],
    ['$.group[0]', set('group', [0, -1, -1])],
    ['$.groups[0].parent', set('groups', [['a', 0]])],
    ['$.groups[0]', set('groups', Array(1))],
    ['$.output', set('output', 3)],
    ['$.output', set('output', -1)],
  ])('%s: %s', (path, text) => {
    expect(() => recordingFromJson(text)).toThrow(RecordingError);
    expect(() => recordingFromJson(text)).toThrow(`Recording, at ${path}: found `);
  });

  it('more nodes or inputs than are allowed', () => {
    const text = recordingToJson(record(value(2).mul(3)));
    const limits = { nodes: 10, inputs: 10, text: 10, groups: 10 };
    expect(recordingFromJson(text, { limits }).count).toBe(2);
    expect(() => recordingFromJson(text, { limits: { ...limits, nodes: 1 } })).toThrow(RecordingError);
    expect(() => recordingFromJson(text, { limits: { ...limits, inputs: 1 } })).toThrow(RecordingError);
  });

  it('a message with columns of another kind', () => {
    const recording = record(value(2).mul(3));
    expect(() => validateRecording({ ...recording, value: [2, 6] })).toThrow(
      'at $.value: found an array of 2',
    );
    expect(() => validateRecording({ ...recording, names: {} })).toThrow(RecordingError);
    expect(() => validateRecording(undefined)).toThrow('at $: found undefined, expected an object');
  });
});

/** What a recording's JSON says, whatever numbers its operations have there. */
function said(json: unknown): string {
  const { operations, operation, version, ...rest } = json as {
    readonly version: number;
    readonly operations: readonly string[];
    readonly operation: readonly number[];
  };
  const names = version === 1 ? OPERATION_NAMES : operations;
  const named = operation.map((index) => names[index]);
  const sorted = Object.entries({ ...rest, named }).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify(sorted, (_, entry: unknown) => (Object.is(entry, -0) ? 0 : entry)).replaceAll(
    '"-0"',
    '0',
  );
}

function readOrRefused(json: unknown): Recording | RecordingError {
  try {
    return recordingFromData(json, { verify: true });
  } catch (error) {
    if (error instanceof RecordingError) return error;
    throw error;
  }
}

describe('a JSON that was damaged', () => {
  it('is refused with a place, or is a recording that says just that', () => {
    const random = randomNumbers(41);
    const refused: string[] = [];
    let taken = 0;
    for (let round = 0; round < 6000; round++) {
      const whole = recordingToData(round % 50 === 0 ? everything() : randomProgram(random));
      let json: unknown;
      if (round % 3 === 0) {
        try {
          json = JSON.parse(corruptedText(JSON.stringify(whole), random));
        } catch {
          continue;
        }
      } else json = corrupted(whole, random);
      const read = readOrRefused(json);
      if (read instanceof RecordingError) {
        refused.push(read.path);
        continue;
      }
      taken++;
      expect(said(recordingToData(read))).toBe(said(json));
      expect(recordingFromJson(recordingToJson(read))).toEqual(read);
      expect(backward(read)).toHaveLength(read.count);
      expect(evaluate(read, new Map()).count).toBe(read.count);
      expect(new Set(keysOf(read)).size).toBe(read.count);
    }
    expect([refused.length > 3000, taken > 300]).toEqual([true, true]);
    expect(refused.filter((path) => !path.startsWith('$'))).toEqual([]);
  });
});
