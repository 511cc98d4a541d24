import {
  absoluteBackward,
  backward,
  expand,
  isExpandable,
  keysOf,
  OPERATION_NAMES,
  Tape,
  validateRecording,
} from '@backflow/engine';
import type { OperationName, Operand, Recording, Value } from '@backflow/engine';
import { describe, expect, it } from 'vitest';
import { randomNumbers, randomProgram } from './random-program.ts';

/** Each node as `key = operation(inputs)`, constants as numbers. */
function written(recording: Recording): string[] {
  const { count, operation, inputStart, inputs, constants } = recording;
  const keys = keysOf(recording);
  return Array.from({ length: count }, (_, node) => {
    const entries = [...inputs.subarray(inputStart[node], inputStart[node + 1])];
    const list = entries.map((entry) => (entry >= 0 ? keys[entry] : constants[~entry]));
    return `${keys[node]} = ${OPERATION_NAMES[operation[node]]}(${list.join(', ')})`;
  });
}

/** `y` of this operation over the leaves a, b, c, d and numbers. */
function one(name: OperationName, ...inputs: (number | 'a' | 'b' | 'c' | 'd')[]): Recording {
  const tape = new Tape();
  const leaves = new Map(['a', 'b', 'c', 'd'].map((leaf, k) => [leaf, tape.leaf(k + 1.25, leaf)]));
  const operands = inputs.map((input) => (typeof input === 'number' ? input : leaves.get(input)!));
  return tape.record(tape.apply(name, ...operands).as('y'));
}

const parts = (recording: Recording): string[] => written(expand(recording).recording).slice(4);

describe('operations of many inputs in their parts', () => {
  it.each<[string, Recording, string[]]>([
    ['sum', one('sum', 'a', 'b', 'c'), ['y/+2 = add(a, b)', 'y = add(y/+2, c)']],
    ['sum of two', one('sum', 'a', 2), ['y = add(a, 2)']],
    ['sum of one', one('sum', 'a'), ['y = sum(a)']],
    [
      'dot',
      one('dot', 'a', 'b', 'c', 'd', 2, 3),
      [
        'y/×1 = mul(a, b)',
        'y/×2 = mul(c, d)',
        'y/+2 = add(y/×1, y/×2)',
        'y/×3 = mul(2, 3)',
        'y = add(y/+2, y/×3)',
      ],
    ],
    ['dot of one pair', one('dot', 'a', 'b'), ['y = mul(a, b)']],
    [
      'dot with a node in several products, the first of which a sweep meets first',
      one('dot', 'a', 'b', 'a', 'c'),
      ['y/×2 = mul(a, c)', 'y/×1 = mul(a, b)', 'y = add(y/×1, y/×2)'],
    ],
    [
      'affine',
      one('affine', 'd', 'a', 'b', 'c', 2),
      ['y/×2 = mul(a, b)', 'y/+2 = add(d, y/×2)', 'y/×3 = mul(c, 2)', 'y = add(y/+2, y/×3)'],
    ],
    ['affine without weights', one('affine', 'd'), ['y = affine(d)']],
    [
      'signedSum',
      one('signedSum', -1, 'a', 1, 'b', -1, 'c', 3, 'd'),
      [
        'y/− = neg(a)',
        'y/+2 = add(y/−, b)',
        'y/+3 = sub(y/+2, c)',
        'y/×4 = mul(3, d)',
        'y = add(y/+3, y/×4)',
      ],
    ],
    ['signedSum of one', one('signedSum', 1, 'a'), ['y = signedSum(1, a)']],
    ['mean', one('mean', 'a', 'b', 'c'), ['y/+2 = add(a, b)', 'y/+3 = add(y/+2, c)', 'y = div(y/+3, 3)']],
    ['mean of one', one('mean', 'a'), ['y = div(a, 1)']],
    ['prod of two', one('prod', 'a', 'b'), ['y = mul(a, b)']],
    ['prod of three, whose slopes round otherwise', one('prod', 'a', 'b', 'c'), ['y = prod(a, b, c)']],
    ['anything else', one('max', 'a', 'b', 'c'), ['y = max(a, b, c)']],
  ])('%s', (_, recording, expected) => {
    expect(parts(recording)).toEqual(expected);
    expect(isExpandable(recording, 4)).toBe(parts(recording)[0] !== written(recording)[4]);
  });

  it('only of the nodes that are asked for', () => {
    const tape = new Tape();
    const [a, b, c] = [1, 2, 3].map((x) => tape.leaf(x));
    const inner = tape.apply('sum', a, b, c);
    const recording = tape.record(tape.apply('dot', inner, b, inner.tanh(), c));
    const { recording: open, origin } = expand(recording, [3]);
    expect(written(open).slice(3)).toEqual([
      '#5/2/0/+2 = add(#5/2/0/0, #5/2/0/1)',
      '#5/2/0 = add(#5/2/0/+2, #5/2/0/2)',
      '#5/2 = tanh(#5/2/0)',
      '#5 = dot(#5/2/0, #5/2/0/1, #5/2, #5/2/0/2)',
    ]);
    expect([...origin]).toEqual([0, 1, 2, 3, 3, 4, 5]);
    expect(written(expand(recording, []).recording)).toEqual(written(recording));
  });

  it('keeps keys, names, spans, groups and what was never evaluated', () => {
    const tape = new Tape();
    const a = tape.leaf(1, 'y/+2');
    tape.setSpan(3, 7);
    const y = tape.group('neuron', () => tape.apply('sum', a, a, a).as('y'));
    const z = tape.skip(() => tape.apply('dot', y, a, y, a));
    const { recording, origin } = expand(tape.record(z));
    expect(keysOf(recording)).toEqual(['y/+2', 'y/+2~', 'y', '#2/×2', '#2/×1', '#2']);
    expect([...origin]).toEqual([0, 1, 1, 2, 2, 2]);
    expect([...recording.names]).toEqual([
      [0, 'y/+2'],
      [2, 'y'],
    ]);
    expect([...recording.group!]).toEqual([-1, 0, 0, -1, -1, -1]);
    expect([...recording.spans!.subarray(2, 6)]).toEqual([3, 7, 3, 7]);
    expect([...recording.skipped]).toEqual([0, 0, 0, 1, 1, 1]);
    expect([...recording.value.subarray(3)]).toEqual([NaN, NaN, NaN]);
    expect(recording.output).toBe(5);
  });

  it('keeps every bit of values and gradients', () => {
    const random = randomNumbers(77);
    let opened = 0;
    for (let round = 0; round < 3000; round++) {
      const full = round % 3 === 0 ? randomProgram(random) : randomSums(random);
      const { recording, origin } = expand(full);
      validateRecording(recording);
      const before = backward(full);
      const after = backward(recording);
      const bound = absoluteBackward(full, full.output);
      const repeated = repeatsInSignedSum(full);
      for (let node = 0; node < recording.count; node++) {
        if (origin[node + 1] === origin[node]) {
          opened++;
          continue;
        }
        const old = origin[node];
        expect(recording.value[node]).toBe(full.value[old]);
        const distance = Math.abs(after[node] - before[old]);
        const same = Object.is(after[node], before[old]) || (repeated && distance <= 1e-12 * bound[old]);
        expect(same, `round ${round}: ${before[old]}, ${after[node]}`).toBe(true);
      }
      expect(origin[recording.output]).toBe(full.output);
    }
    expect(opened).toBeGreaterThan(5000);
  });

  it('opens a million terms', () => {
    const tape = new Tape();
    const x = tape.leaf(0.5, 'x');
    const operands = Array.from<Operand>({ length: 1_000_001 }).fill(x);
    const recording = tape.record(tape.applyAll('affine', operands));
    const open = expand(recording).recording;
    expect(open.count).toBe(1_000_001);
    expect(backward(open)[0]).toBe(backward(recording)[0]);
  });
});

/** Sums of every kind over few operands, so that many of them repeat. */
function randomSums(random: () => number): Recording {
  const tape = new Tape();
  const nodes: Value[] = [tape.leaf(random() - 0.5), tape.leaf(random() * 4)];
  const operand = (): Operand => (random() < 0.1 ? random() : nodes[Math.floor(random() * nodes.length)]);
  for (let made = 0; made < 6; made++) {
    const name = (['sum', 'mean', 'dot', 'affine', 'prod', 'tanh'] as const)[Math.floor(random() * 6)];
    const pairs = 1 + Math.floor(random() * 4);
    const count = name === 'tanh' ? 1 : name === 'affine' ? 2 * pairs + 1 : 2 * pairs;
    nodes.push(tape.applyAll(name, Array.from({ length: count }, operand)));
  }
  return tape.record();
}

/** True if a signed sum takes one node twice: its parts are then added in another order. */
function repeatsInSignedSum({ count, operation, inputStart, inputs }: Recording): boolean {
  for (let node = 0; node < count; node++) {
    if (OPERATION_NAMES[operation[node]] !== 'signedSum') continue;
    const own = inputs.subarray(inputStart[node], inputStart[node + 1]).filter((entry) => entry >= 0);
    if (new Set(own).size < own.length) return true;
  }
  return false;
}
