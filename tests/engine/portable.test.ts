import * as engine from '@backflow/engine';
import {
  backward,
  defineOperation,
  definitionsToJson,
  record,
  recordingToJson,
  value,
} from '@backflow/engine';
import type { Formula, OperationName, Value } from '@backflow/engine';
import { describe, expect, it, vi } from 'vitest';

const apply = (operation: OperationName, ...of: Formula[]): Formula => ({ operation, of });
const [a, b]: Formula[] = [{ input: 0 }, { input: 1 }];

const swish = defineOperation('swish', {
  arity: 1,
  value: (x) => x / (1 + Math.exp(-x)),
  partials: [(x) => 1 / (1 + Math.exp(-x)) + (x * Math.exp(-x)) / (1 + Math.exp(-x)) ** 2],
  formula: apply('mul', a, apply('sigmoid', a)),
  aliases: ['silu'],
});
const blend = defineOperation('blend', {
  arity: 2,
  defaults: [-0],
  value: (x, y) => Math.min(x, 2) * Math.cos(y),
  partials: [(x, y) => (x > 2 ? 0 : Math.cos(y)), (x, y) => -Math.min(x, 2) * Math.sin(y)],
  rule: (slot) => (slot === 0 ? apply('cos', b) : apply('neg', apply('mul', a, apply('sin', b)))),
  kinks: (x) => (x[0] === 2 ? [{ slot: 0, chosen: 1, admissible: [0, 1] }] : []),
  notation: { form: 'infix', text: '⊕', latex: '\\oplus', precedence: 1 },
});
const energy = defineOperation('energy', {
  arity: 'many',
  value: (x) => Array.from(x).reduce((sum, each) => sum + each * each, 0),
  partials: (x, _y, out) => {
    for (let slot = 0; slot < x.length; slot++) out[slot] = 2 * x[slot];
  },
});

const numbers = (recording: engine.Recording): number[] => [...recording.value, ...backward(recording)];

/** The engine as another program has it: without the definitions. */
async function elsewhere(): Promise<typeof engine> {
  vi.resetModules();
  const other = await import('@backflow/engine');
  expect(other.codeOf('swish')).toBe(-1);
  return other;
}

function shown(output: Value) {
  const recording = record(output);
  return { recording, json: recordingToJson(recording), definitions: definitionsToJson(recording) };
}

describe('defined operations in another program', () => {
  const w = value(2, { label: 'w' });
  const { recording, json, definitions } = shown(energy(blend(w), swish(w), 3).as('y'));

  it('are none where a recording uses none', () => {
    expect(definitionsToJson(record(w.exp()))).toBeNull();
  });

  it('show every recorded value, slope and kink, bit for bit', async () => {
    const other = await elsewhere();
    expect(() => other.recordingFromJson(json)).toThrow(other.RecordingError);
    const known = other.defineFromJson(definitions!);
    expect(known).toEqual([
      { name: 'blend', whole: false },
      { name: 'swish', whole: true },
      { name: 'energy', whole: false },
    ]);
    const again = other.recordingFromJson(json);
    expect([...again.value, ...other.backward(again)]).toEqual(numbers(recording));
    expect(other.kinksOf(again)).toEqual(engine.kinksOf(recording));
    expect(other.operationOf(again, 1)).toMatchObject({
      name: 'blend',
      notation: { form: 'infix', text: '⊕' },
    });
    expect(other.operationOf(again, 1)!.rule(0, 2)).toEqual(apply('cos', b));
    expect(other.operationOf(again, 3)).toMatchObject({ name: 'energy', opaque: true });
    expect(other.defineFromJson(definitions!)).toHaveLength(3);
  });

  it('are computed elsewhere by their formula, and are NaN without one', async () => {
    const other = await elsewhere();
    other.defineFromJson(definitions!);
    const again = other.evaluate(other.recordingFromJson(json), new Map([[0, -1]]));
    const truth = swish(value(-1));
    truth.backward();
    const node = Array.from({ length: 4 }, (_, at) => at).find(
      (at) => again.operation[at] === other.codeOf('swish'),
    )!;
    expect(again.value[node]).toBeCloseTo(truth.data, 14);
    expect(other.partialsOf(again, node)[0]).toBeCloseTo(truth.prev[0].grad, 14);
    expect(again.value.at(-1)).toBeNaN();
  });

  const point = (operation: Record<string, unknown>): Record<string, unknown> =>
    (operation['points'] as Record<string, unknown>[])[0];

  it.each<[string, (data: Record<string, unknown>, first: Record<string, unknown>) => void]>([
    ['format', (data) => (data['format'] = 'other')],
    ['version', (data) => (data['version'] = 2)],
    ['operations[0].name', (_, first) => (first['name'] = 3)],
    ['taken', (_, first) => (first['name'] = 'tanh')],
    ['arity', (_, first) => (first['arity'] = 0)],
    ['operations[0].notation.form', (_, first) => (first['notation'] = { form: 'script' })],
    ['operations[0].points', (_, first) => (first['points'] = 1)],
    ['operations[0].points[0].slopes', (_, first) => (point(first)['slopes'] = '1 2 3')],
    ['operations[0].points[0].kinks[0]', (_, first) => (point(first)['kinks'] = [null])],
    ['kinks[0].slot', (_, first) => (point(first)['kinks'] = [{ slot: 1, chosen: 0, admissible: null }])],
    ['kinks[0].chosen', (_, first) => (point(first)['kinks'] = [{ slot: 0, chosen: '0', admissible: null }])],
    ['admissible', (_, first) => (point(first)['kinks'] = [{ slot: 0, chosen: 0, admissible: [0, 'x'] }])],
    ['found in the formula', (_, first) => (first['formula'] = { operation: 'eval', of: [] })],
    ['operations[0].formula', (_, first) => (first['formula'] = apply('add', ...Array<number>(600).fill(1)))],
  ])('are refused with a wrong %s', async (place, damage) => {
    const other = await elsewhere();
    const data = JSON.parse(shown(swish(value(1))).definitions!) as { operations: Record<string, unknown>[] };
    damage(data, data.operations[0]);
    expect(() => other.defineFromJson(JSON.stringify(data))).toThrow(place);
    expect(() => other.defineFromJson('{')).toThrow(other.RecordingError);
  });
});
