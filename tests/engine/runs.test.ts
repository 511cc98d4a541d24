import { OperandError, StaleValueError, Tape } from '@backflow/engine';
import type { Block, Operands, Value } from '@backflow/engine';
import { describe, expect, it } from 'vitest';

/** Three inputs on a tape whose leaves are 1, 2, … 8. */
interface List {
  readonly name: string;
  /** True if their entries are evenly spaced. */
  readonly even: boolean;
  /** The places of leaves, and constants in brackets. */
  readonly inputs: readonly (number | [number])[];
  readonly make: (tape: Tape, x: Block) => Operands;
}

const mixed = (name: string, even: boolean, ...inputs: (number | [number])[]): List => ({
  name,
  even,
  inputs,
  make: (_, x) => inputs.map((input) => (typeof input === 'number' ? x.at(input) : input[0])),
});

const constants = (name: string, make: List['make']): List => ({
  name,
  even: true,
  inputs: [[7], [9], [4]],
  make,
});

const LISTS: readonly List[] = [
  mixed('rising', true, 1, 3, 5),
  mixed('rising from the first node', true, 0, 1, 2),
  mixed('falling', true, 6, 4, 2),
  mixed('falling to the first node', true, 2, 1, 0),
  mixed('one and the same', true, 4, 4, 4),
  mixed('uneven at the end', false, 0, 1, 3),
  mixed('uneven at once', false, 3, 1, 2),
  mixed('leaves and a number', false, 0, [5], 2),
  mixed('a number at last', false, 2, 1, [5]),
  mixed('a number where the next node would be', false, 1, 0, [5]),
  mixed('a number before the first node', false, [5], 0, 1),
  mixed('numbers', true, [7], [9], [4]),
  { name: 'block', even: true, inputs: [3, 4, 5], make: (_, x) => x.slice(3, 6) },
  constants('array', () => Float64Array.of(7, 9, 4)),
  constants('block of constants', (tape) => tape.constants([7, 9, 4])),
];

function start(debug: boolean): { tape: Tape; x: Block } {
  const tape = new Tape({ debug });
  return { tape, x: tape.parameters([1, 2, 3, 4, 5, 6, 7, 8]) };
}

const numberOf = (input: number | [number]) => (typeof input === 'number' ? input + 1 : input[0]);

/** What `y` says of itself: number, inputs, gradients of the leaves. */
function found(y: Value, x: Block): unknown {
  y.backward(2);
  const inputs = y.inputs.map((input) => (typeof input === 'number' ? [input] : input.index));
  return { data: y.data, inputs, grad: [...x.grad] };
}

function expected(pairs: [List['inputs'][number], List['inputs'][number]][], inputs: List['inputs']) {
  const grad = Array.from({ length: 8 }, () => 0);
  let data = 0;
  for (const [a, b] of pairs) {
    data += numberOf(a) * numberOf(b);
    if (typeof a === 'number') grad[a] += 2 * numberOf(b);
    if (typeof b === 'number') grad[b] += 2 * numberOf(a);
  }
  return { data, inputs, grad };
}

for (const debug of [false, true]) {
  describe(`inputs${debug ? ' in debug mode' : ''}`, () => {
    it.each(LISTS)('of a sum: $name', ({ even, inputs, make }) => {
      const { tape, x } = start(debug);
      const list = make(tape, x);
      const before = tape.extraCount;
      const y = tape.sum(list);
      expect(tape.extraCount - before).toBe(even ? 2 : 3);
      expect(found(y, x)).toEqual(
        expected(
          inputs.map((input) => [input, [1]]),
          inputs,
        ),
      );
    });

    it.each(LISTS)('of dot and affine: $name, and each other list', (a) => {
      for (const b of LISTS) {
        const { tape, x } = start(debug);
        const [left, right] = [a.make(tape, x), b.make(tape, x)];
        const places = [tape.extraCount];
        const dot = tape.dot(left, right);
        places.push(tape.extraCount);
        const affine = tape.affine(left, right, x.at(7));
        places.push(tape.extraCount);
        const even = a.even && b.even;
        expect([places[1] - places[0], places[2] - places[1]]).toEqual(even ? [4, 5] : [6, 7]);
        const pairs = a.inputs.map((input, i): [typeof input, typeof input] => [input, b.inputs[i]]);
        expect(found(dot, x)).toEqual(expected(pairs, pairs.flat()));
        tape.zeroGrad();
        expect(found(affine, x)).toEqual(expected([[7, [1]], ...pairs], [7, ...pairs.flat()]));
      }
    });
  });
}

describe('a list of one', () => {
  it('is kept as a run', () => {
    for (const debug of [false, true]) {
      const { tape, x } = start(debug);
      const y = tape.sum([x.at(3)]);
      const z = tape.sum([5]);
      expect([y.data, z.data, ...y.inputs, ...z.inputs, ...tape.extra.subarray(0, 4)]).toEqual([
        4,
        5,
        x.at(3),
        5,
        3,
        1,
        -1,
        1,
      ]);
    }
  });
});

describe('a long uneven list', () => {
  it('has all of its inputs, and so has a short one after it', () => {
    const { tape, x } = start(false);
    const places = Array.from({ length: 100 }, (_, i) => (i * i) % 7);
    const y = tape.sum(places.map((i) => x.at(i)));
    const z = tape.sum([x.at(5), x.at(1), x.at(2)]);
    expect(y.prev.map(({ index }) => index)).toEqual(places);
    expect(z.prev.map(({ index }) => index)).toEqual([5, 1, 2]);
    expect(y.data).toBe(places.reduce((sum, i) => sum + i + 1, 0));
  });
});

describe('room for lists', () => {
  it('grows by more than what is needed at once', () => {
    const { tape, x } = start(false);
    const list = [x.at(0), x.at(1), x.at(3)];
    const rooms = new Set<Int32Array>();
    for (let i = 0; i < 1000; i++) {
      tape.sum(list);
      rooms.add(tape.extra);
    }
    expect(rooms.size).toBeLessThan(10);
  });
});

describe('a list with what was forgotten', () => {
  it.each([
    ['at first', [4, 3, 2]],
    ['at last', [2, 3, 4]],
    ['in between', [2, 4, 3]],
    ['alone', [4]],
  ])('is refused: %s', (_, places) => {
    const tape = new Tape();
    const x = Array.from({ length: 4 }, (_each, i) => tape.leaf(i));
    const mark = tape.mark();
    x.push(tape.leaf(4));
    tape.reset(mark);
    expect(() => tape.sum(places.map((place) => x[place]))).toThrow(StaleValueError);
  });
});

describe('a list with what is no number', () => {
  it.each([[[null]], [['1']], [[undefined, 1]], [[{ index: 0 }]]])('is refused: %j', (list) => {
    const { tape } = start(false);
    expect(() => tape.sum(list as unknown as number[])).toThrow(OperandError);
  });
});
