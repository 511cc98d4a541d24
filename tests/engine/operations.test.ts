import {
  gradcheck,
  codeOf,
  evaluateFormula,
  kinksOf,
  OPERATION_NAMES,
  OPERATIONS,
  partialsOf,
} from '@backflow/engine';
import type { OperationName } from '@backflow/engine';
import { describe, expect, it } from 'vitest';
import { allNames, edgeInputs, ordinaryInputs, recordingOf, tablePartials, tableValue } from './points.ts';
import { randomNumbers } from './random-program.ts';

describe('the table', () => {
  it('has one entry per operation, under its own name, and codes are places in the list of names', () => {
    expect(Object.keys(OPERATIONS).sort()).toEqual([...allNames].sort());
    for (const name of allNames) {
      expect(OPERATIONS[name].name).toBe(name);
      expect(OPERATION_NAMES[codeOf(name)]).toBe(name);
    }
  });

  it('knows no operation by the names that every object has', () => {
    for (const name of ['__proto__', 'constructor', 'toString', 'leaf2', '']) expect(codeOf(name)).toBe(-1);
  });

  it('gives no spelling to two operations', () => {
    const spellings = allNames.flatMap((name) => [name, ...(OPERATIONS[name].aliases ?? [])]);
    expect(new Set(spellings).size).toBe(spellings.length);
  });

  it('keeps the codes that are stored in recordings', () => {
    const codes: [OperationName, number][] = [
      ['add', 1],
      ['pow', 6],
      ['tanh', 20],
      ['signedSum', 28],
      ['where', 41],
      ['expm1', 52],
      ['affine', 53],
    ];
    for (const [name, code] of codes) expect(codeOf(name)).toBe(code);
  });
});

describe.each(allNames)('%s', (name) => {
  it('has the partial derivatives that extrapolated central differences show', () => {
    const random = randomNumbers(codeOf(name));
    const verdicts = Array.from({ length: 200 }, () =>
      recordingOf(name, ordinaryInputs(name, random)),
    ).flatMap((recording) => gradcheck(recording).leaves);
    expect(verdicts.filter(({ verdict }) => verdict === 'disagrees')).toEqual([]);
    expect(verdicts.filter(({ verdict }) => verdict === 'agrees').length).toBeGreaterThan(
      0.8 * verdicts.length,
    );
  });

  it('has the partial derivatives that its rule states, but for cancellation in the rule', () => {
    const random = randomNumbers(1000 + codeOf(name));
    for (let round = 0; round < 200; round++) {
      const inputs = ordinaryInputs(name, random);
      const recording = recordingOf(name, inputs);
      if (kinksOf(recording).length > 0) continue;
      const result = recording.value[recording.output];
      tablePartials(name, inputs).forEach((partial, slot) => {
        const stated = evaluateFormula(OPERATIONS[name].rule(slot, inputs.length), inputs, result);
        expect(
          Math.abs(stated - partial),
          `slot ${slot} of ${name}(${inputs.join(', ')})`,
        ).toBeLessThanOrEqual(1e-10 * Math.max(1, Math.abs(partial)));
      });
    }
  });

  it('records the value and the partial derivatives of the table, to the bit, also at 0, −0, ±∞ and NaN', () => {
    for (const inputs of edgeInputs(name)) {
      const recording = recordingOf(name, inputs);
      expect(recording.value[recording.output]).toBe(tableValue(name, inputs));
      expect([...partialsOf(recording, recording.output)]).toEqual(tablePartials(name, inputs));
    }
  });
});

// Comparisons do not hold, an untaken branch does not matter, x⁰ is 1 and ∞ is the hypotenuse of ∞ and anything;
// the slope of leakyRelu does not matter above 0.
const tolerant: readonly OperationName[] = [
  'greater',
  'less',
  'greaterEqual',
  'lessEqual',
  'equal',
  'notEqual',
  'where',
  'pow',
  'hypot',
  'leakyRelu',
];

it.each(allNames.filter((name) => !tolerant.includes(name)))('%s is NaN where an input is NaN', (name) => {
  const withNaN = edgeInputs(name).filter((inputs) => inputs.some(Number.isNaN));
  expect(withNaN.length).toBeGreaterThan(0);
  for (const inputs of withNaN) expect(tableValue(name, inputs), `${name}(${inputs.join(', ')})`).toBeNaN();
});

/** Each row: operation, inputs, value, partial derivatives. */
const conventions: [OperationName, number[], number, number[]][] = [
  ['relu', [0], 0, [0]],
  ['relu', [-0], 0, [0]],
  ['relu', [NaN], NaN, [NaN]],
  ['leakyRelu', [0, 0.01], 0, [0.01, 0]],
  ['leakyRelu', [-2, 0.01], -0.02, [0.01, -2]],
  ['leakyRelu', [2, 0.01], 2, [1, 0]],
  ['abs', [0], 0, [0]],
  ['abs', [-0], 0, [0]],
  ['max', [2, 2], 2, [0.5, 0.5]],
  ['max', [2, 2, 1, 2], 2, [1 / 3, 1 / 3, 0, 1 / 3]],
  ['max', [0, -0], 0, [0.5, 0.5]],
  ['max', [NaN, 1], NaN, [NaN, NaN]],
  ['min', [1, 1], 1, [0.5, 0.5]],
  ['min', [1, NaN], NaN, [NaN, NaN]],
  ['clamp', [1, 1, 3], 1, [1, 0, 0]],
  ['clamp', [3, 1, 3], 3, [1, 0, 0]],
  ['clamp', [0, 1, 3], 1, [0, 1, 0]],
  ['clamp', [4, 1, 3], 3, [0, 0, 1]],
  ['clamp', [2, 3, 1], 1, [0, 0, 1]],
  ['clamp', [NaN, 1, 3], NaN, [NaN, NaN, NaN]],
  ['sqrt', [0], 0, [Infinity]],
  ['sqrt', [-0], -0, [Infinity]],
  ['sqrt', [-1], NaN, [NaN]],
  ['hypot', [0, 0], 0, [0, 0]],
  ['hypot', [3, 4], 5, [0.6, 0.8]],
  ['hypot', [3e200, 4e200], 5e200, [0.6, 0.8]],
  ['hypot', [3e-200, 4e-200], 5e-200, [0.6, 0.8]],
  ['atan2', [0, 0], 0, [NaN, NaN]],
  ['atan2', [1e200, 1e200], Math.PI / 4, [5e-201, -5e-201]],
  ['pow', [0, 0], 1, [0, 0]],
  ['pow', [0, 0.5], 0, [Infinity, 0]],
  ['pow', [0, -1], Infinity, [-Infinity, -Infinity]],
  ['pow', [0, 1], 0, [1, 0]],
  ['pow', [0, 2], 0, [0, 0]],
  ['pow', [-3, 2], 9, [-6, NaN]],
  ['pow', [-2, 3], -8, [12, NaN]],
  ['pow', [-2, -1], -0.5, [-0.25, NaN]],
  ['pow', [-2, 0.5], NaN, [NaN, NaN]],
  ['pow', [1, Infinity], NaN, [NaN, NaN]],
  ['pow', [-1, Infinity], NaN, [NaN, NaN]],
  ['pow', [NaN, 0], 1, [0, NaN]],
  ['div', [1, 0], Infinity, [Infinity, -Infinity]],
  ['div', [1, -0], -Infinity, [-Infinity, -Infinity]],
  ['div', [0, 0], NaN, [Infinity, NaN]],
  ['div', [1e200, 1e200], 1, [1e-200, -1e-200]],
  ['log', [0], -Infinity, [Infinity]],
  ['log', [-0], -Infinity, [Infinity]],
  ['log', [-1], NaN, [NaN]],
  ['log2', [8], 3, [1 / (8 * Math.LN2)]],
  ['log10', [0], -Infinity, [Infinity]],
  ['log1p', [-1], -Infinity, [Infinity]],
  ['log1p', [-2], NaN, [NaN]],
  ['xlogx', [0], 0, [-Infinity]],
  ['xlogx', [-0], 0, [-Infinity]],
  ['xlogx', [-1], NaN, [NaN]],
  ['asin', [1], Math.PI / 2, [Infinity]],
  ['acos', [-1], Math.PI, [-Infinity]],
  ['sigmoid', [0], 0.5, [0.25]],
  ['sigmoid', [1000], 1, [0]],
  ['sigmoid', [-1000], 0, [0]],
  ['tanh', [Infinity], 1, [0]],
  ['softplus', [1000], 1000, [1]],
  ['softplus', [-Infinity], 0, [0]],
  ['sign', [0], 0, [0]],
  ['sign', [-3], -1, [0]],
  ['floor', [2], 2, [0]],
  ['ceil', [1.2], 2, [0]],
  ['round', [2.5], 3, [0]],
  ['step', [0], 0, [0]],
  ['step', [1e-9], 1, [0]],
  ['greater', [1, 1], 0, [0, 0]],
  ['greaterEqual', [1, 1], 1, [0, 0]],
  ['less', [NaN, 1], 0, [0, 0]],
  ['notEqual', [NaN, NaN], 1, [0, 0]],
  ['where', [1, 5, NaN], 5, [0, 1, 0]],
  ['where', [0, NaN, 7], 7, [0, 0, 1]],
  ['where', [-1, 5, 7], 5, [0, 1, 0]],
  ['where', [NaN, 5, 7], NaN, [0, 0, 0]],
  ['prod', [2, 0, 3], 0, [0, 6, 0]],
  ['prod', [0, 0, 3], 0, [0, 0, 0]],
  ['prod', [5], 5, [1]],
  ['mean', [1, 2, 6], 3, [1 / 3, 1 / 3, 1 / 3]],
  ['dot', [1, 2, 3, 4], 14, [2, 1, 4, 3]],
  ['affine', [10, 1, 2, 3, 4], 24, [1, 2, 1, 4, 3]],
  ['affine', [7], 7, [1]],
  ['signedSum', [1, 5, -1, 3, 1, 2], 4, [5, 1, 3, -1, 2, 1]],
  ['logsumexp', [1000, 1000], 1000 + Math.LN2, [0.5, 0.5]],
  ['logsumexp', [Infinity, 1], Infinity, [NaN, NaN]],
  ['logsumexp', [-Infinity, -Infinity], -Infinity, [NaN, NaN]],
  ['softmax', [1000, 1000], 0.5, [0.25, -0.25]],
  ['softmax', [1000, 0], 1, [0, -0]],
  ['softmax', [7], 1, [0]],
];

function text(x: number): string {
  return Object.is(x, -0) ? '-0' : String(x);
}

describe('conventions at the edges', () => {
  const facts = conventions.map(([name, inputs, value, partials]) => ({
    fact: `${name}(${inputs.map(text).join(', ')}) is ${text(value)} with slopes ${partials.map(text).join(', ')}`,
    name,
    inputs,
    value,
    partials,
  }));
  it.each(facts)('$fact', ({ name, inputs, value, partials }) => {
    expect(tableValue(name, inputs)).toBeCloseToBits(value);
    tablePartials(name, inputs).forEach((partial, slot) => expect(partial).toBeCloseToBits(partials[slot]));
  });

  it('names the slopes that would do as well', () => {
    const kinks = (name: OperationName, inputs: number[]) =>
      (OPERATIONS[name].kinks?.(inputs) ?? []).map(({ slot, chosen, admissible }) => [
        slot,
        chosen,
        admissible,
      ]);
    expect(kinks('relu', [0])).toEqual([[0, 0, [0, 1]]]);
    expect(kinks('relu', [1e-300])).toEqual([]);
    expect(kinks('leakyRelu', [0, 0.1])).toEqual([[0, 0.1, [0.1, 1]]]);
    expect(kinks('abs', [-0])).toEqual([[0, 0, [-1, 1]]]);
    expect(kinks('max', [1, 3, 3])).toEqual([
      [1, 0.5, [0, 1]],
      [2, 0.5, [0, 1]],
    ]);
    expect(kinks('min', [1, 3, 3])).toEqual([]);
    expect(kinks('clamp', [1, 1, 3])).toEqual([
      [0, 1, [0, 1]],
      [1, 0, [0, 1]],
    ]);
    expect(kinks('clamp', [3, 1, 3])).toEqual([
      [0, 1, [0, 1]],
      [2, 0, [0, 1]],
    ]);
    expect(kinks('clamp', [2, 1, 3])).toEqual([]);
    expect(kinks('hypot', [0, 0])).toEqual([
      [0, 0, [-1, 1]],
      [1, 0, [-1, 1]],
    ]);
    expect(kinks('atan2', [-0, -2])).toEqual([[0, -0.5, null]]);
    expect(kinks('atan2', [0, 2])).toEqual([]);
    expect(kinks('step', [0])).toEqual([[0, 0, null]]);
    expect(kinks('floor', [2])).toEqual([[0, 0, null]]);
    expect(kinks('round', [2])).toEqual([]);
    expect(kinks('round', [-0.5])).toEqual([[0, 0, null]]);
    expect(kinks('greater', [1, 1])).toEqual([
      [0, 0, null],
      [1, 0, null],
    ]);
  });

  it('chooses a slope within the admissible ones, and that slope is the partial derivative', () => {
    for (const name of allNames) {
      for (const inputs of edgeInputs(name)) {
        for (const { slot, chosen, admissible } of OPERATIONS[name].kinks?.(inputs) ?? []) {
          expect(tablePartials(name, inputs)[slot]).toBe(chosen);
          const [least, most] = admissible ?? [chosen, chosen];
          expect(chosen < least || chosen > most).toBe(false);
        }
      }
    }
  });

  it('marks exactly the operations that nothing can be learned through', () => {
    expect(allNames.filter((name) => OPERATIONS[name].flat).sort()).toEqual(
      'ceil equal floor greater greaterEqual less lessEqual notEqual round sign step'.split(' '),
    );
  });
});

describe('stable forms keep digits that the textbook forms lose', () => {
  const textbook = {
    sigmoid: (x: number) => (1 / (1 + Math.exp(-x))) * (1 - 1 / (1 + Math.exp(-x))),
    tanh: (x: number) => 1 - Math.tanh(x) ** 2,
  };
  it.each([
    ['sigmoid', 40, 4.248354255291589e-18],
    ['sigmoid', -40, 4.248354255291589e-18],
    ['tanh', 20, 1.6993417021166355e-17],
    ['tanh', -20, 1.6993417021166355e-17],
  ] as const)("%s'(%d) = %d", (name, x, slope) => {
    expect(tablePartials(name, [x])[0] / slope).toBeCloseTo(1, 14);
    expect(textbook[name](Math.abs(x))).toBe(0);
  });

  it("softmax's own slope does not cancel when its share is nearly 1", () => {
    expect(tablePartials('softmax', [40, 0])[0] / 4.248354255291589e-18).toBeCloseTo(1, 14);
  });

  it('logsumexp keeps what a small term adds', () => {
    expect(tableValue('logsumexp', [0, -50])).toBe(Math.exp(-50));
  });
});

expect.extend({
  /** Equal, counting NaN as equal to itself, or a few units in the last place apart; 0 and −0 are the same here. */
  toBeCloseToBits(found: number, expected: number) {
    const pass =
      Object.is(found, expected) || Math.abs(found - expected) <= 4 * Number.EPSILON * Math.abs(expected);
    return { pass, message: () => `found ${found}, expected ${expected}` };
  },
});

declare module 'vitest' {
  interface Matchers<T> {
    toBeCloseToBits(expected: number): T;
  }
}
