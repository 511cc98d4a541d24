import { record, RecordingError, value } from '@backflow/engine';
import {
  ALGORITHM_NAMES,
  nodeState,
  Trace,
  traceAlgorithm,
  TraceError,
  traceFromJson,
  traceOf,
  traceReverse,
  traceToJson,
} from '@backflow/trace';
import { describe, expect, it } from 'vitest';
import { corrupted, corruptedText } from '../engine/corruption.ts';
import { randomNumbers, randomProgram } from '../engine/random-program.ts';

const x = value(3, { label: 'x' });
const square = record(x.mul(x).mul(2));

type Json = Record<string, unknown>;
const jsonOf = (trace: Trace): Json => JSON.parse(traceToJson(trace)) as Json;
const usual = jsonOf(traceReverse(square, { learningRate: 0.5 }));

describe('a trace as JSON', () => {
  it('names its kinds of events and holds them in columns', () => {
    expect(usual).toMatchObject({
      format: 'backflow-trace',
      version: 1,
      of: 2,
      algorithm: 'reverse',
      learningRate: 0.5,
      kinds: ['evaluate', 'seed', 'visit', 'contribute', 'accumulate', 'update'],
      kind: [0, 0, 1, 2, 3, 4, 2, 3, 4, 3, 4, 2, 5],
      node: [1, 2, 2, 2, 2, 1, 1, 1, 0, 1, 0, 0, 0],
      value: [9, 18, 1, 1, 2, 2, 2, 6, 6, 6, 12, 12, -3],
    });
  });

  it('comes back as it went, whatever ran', () => {
    const random = randomNumbers(5);
    let runs = 0;
    for (let round = 0; round < 120; round++) {
      const recording = randomProgram(random);
      const of = Math.floor(random() * recording.count);
      const traces = [
        traceReverse(recording, { of, learningRate: random(), parameters: [0] }),
        ...ALGORITHM_NAMES.map((name) => traceAlgorithm(recording, name, { of })),
      ];
      for (const trace of traces) {
        if (trace === null || trace.length > 4000) continue;
        runs++;
        const again = traceFromJson(traceToJson(trace), { verify: true });
        expect(again).toEqual(trace);
        expect(again.account).toBe(trace.account);
        const middle = Math.floor(trace.length / 2);
        expect(nodeState(again, of, middle)).toEqual(nodeState(trace, of, middle));
      }
    }
    expect(runs).toBeGreaterThan(1000);
  });

  it.each<[string, Json]>([
    ['$.format', { format: 'x' }],
    ['$.version', { version: 2 }],
    ['$.extra', { extra: 0 }],
    ['$.of', { of: 3 }],
    ['$.of', { of: '2' }],
    ['$.algorithm', { algorithm: 'toString' }],
    ['$.learningRate', { learningRate: 'NaN' }],
    ['$.kinds[1]', { kinds: ['evaluate', 'see'] }],
    ['$.kinds[1]', { kinds: ['evaluate', 'evaluate'] }],
    ['$.kind', { kind: {} }],
    ['$.kind[2]', { kind: [0, 0, 9, 2, 3, 4, 2, 3, 4, 3, 4, 2, 5] }],
    ['$.node[0]', { node: [3, 2, 2, 2, 2, 1, 1, 1, 0, 1, 0, 0, 0] }],
    ['$.node[0]', { node: [0, 2, 2, 2, 2, 1, 1, 1, 0, 1, 0, 0, 0] }],
    ['$.node[5]', { node: [1, 2, 2, 2, 2, 0, 1, 1, 0, 1, 0, 0, 0] }],
    ['$.node[12]', { node: [1, 2, 2, 2, 2, 1, 1, 1, 0, 1, 0, 0, 1] }],
    ['$.node.length', { node: [1] }],
    ['$.slot[4]', { slot: [-1, -1, -1, -1, 1, 0, -1, 0, 0, 1, 1, -1, -1] }],
    ['$.slot[5]', { slot: [-1, -1, -1, -1, 0, 1, -1, 0, 0, 1, 1, -1, -1] }],
    ['$.slot[6]', { slot: [-1, -1, -1, -1, 0, 0, 0, 0, 0, 1, 1, -1, -1] }],
    ['$.value[3]', { value: [9, 18, 1, null, 2, 2, 2, 6, 6, 6, 12, 12, -3] }],
    ['$.kind[12]', { learningRate: null }],
    ['$.kind[2]', { kind: [0, 0, 2, 2, 3, 4, 2, 3, 4, 3, 4, 2, 5] }],
    ['$.kind[6]', { kind: [0, 0, 1, 2, 3, 4, 0, 3, 4, 3, 4, 2, 5] }],
    ['$.kind[4]', { kind: [0, 0, 1, 2, 4, 4, 2, 3, 4, 3, 4, 2, 5] }],
  ])('is refused at %s: %j', (path, change) => {
    const read = () => traceFromJson(JSON.stringify({ ...usual, ...change }));
    expect(read).toThrow(TraceError);
    expect(read).toThrow(`Trace, at ${path}: found `);
  });

  it('is refused with the place in its recording', () => {
    const recording = { ...(usual['recording'] as Json), output: 7 };
    const read = () => traceFromJson(JSON.stringify({ ...usual, recording }));
    expect(read).toThrow(RecordingError);
    expect(read).toThrow('at $.recording.output: found 7');
    expect(() => traceFromJson('{')).toThrow('Trace, at $: found');
    expect(() => traceFromJson(JSON.stringify(usual), { events: 5 })).toThrow('$.kind.length: found 13');
  });

  it('can be asked to be what its algorithm does', () => {
    const changed = (change: Json) => JSON.stringify({ ...usual, ...change });
    const value = [9, 18, 1, 1, 2, 2, 2, 6, 6, 6, 13, 12, -3];
    expect(traceFromJson(changed({ value })).value[10]).toBe(13);
    expect(() => traceFromJson(changed({ value }), { verify: true })).toThrow(
      'Trace, at $.value[10]: found "13", expected 12, as the run has it.',
    );
    const empty = traceToJson(traceOf(square, () => undefined));
    expect(traceFromJson(empty).length).toBe(0);
    expect(() => traceFromJson(empty, { verify: true })).toThrow('$.kind.length: found 0, expected 12');
  });

  it('is refused with a place where it was damaged, or says something that can be gone through', () => {
    const random = randomNumbers(43);
    const refused: string[] = [];
    for (let round = 0; round < 2500; round++) {
      const recording = randomProgram(random);
      const name = ALGORITHM_NAMES[Math.floor(random() * ALGORITHM_NAMES.length)];
      const trace = traceAlgorithm(recording, name);
      if (trace === null || trace.length > 500) continue;
      const json = jsonOf(trace);
      const text =
        round % 3 === 0
          ? corruptedText(JSON.stringify(json), random)
          : JSON.stringify(
              corrupted(round % 3 === 1 ? json : { ...json, recording: json['recording'] }, random),
            );
      const read = readOrRefused(text);
      if (!(read instanceof Trace)) {
        refused.push(read.path);
        continue;
      }
      for (let node = 0; node < read.recording.count; node++) nodeState(read, node, read.length);
      expect(traceFromJson(traceToJson(read))).toEqual(read);
    }
    expect(refused.length).toBeGreaterThan(1000);
    expect(refused.filter((path) => !path.startsWith('$'))).toEqual([]);
  });
});

function readOrRefused(text: string): Trace | TraceError | RecordingError {
  try {
    return traceFromJson(text);
  } catch (error) {
    if (error instanceof TraceError || error instanceof RecordingError) return error;
    throw error;
  }
}
