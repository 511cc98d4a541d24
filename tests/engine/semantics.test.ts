import {
  atan2,
  backward,
  gradcheck,
  clamp,
  forward,
  firstNonFinite,
  greater,
  hypot,
  kinksOf,
  leakyRelu,
  logsumexp,
  max,
  min,
  mul,
  OPERATIONS,
  partialsOf,
  pow,
  relu,
  softmax,
  softplus,
  Tape,
  where,
} from '@backflow/engine';
import type { NonFinite, OperationName, Recording, Value } from '@backflow/engine';
import { formatNumber } from '@backflow/print';
import { describe, expect, it } from 'vitest';
import { allNames, edgeInputs, tablePartials, tableValue } from './points.ts';
import { replayed, REPLAYS } from './replay.ts';

// What each operation means at its edges, sentence by sentence: the text of each row is the name of its test, and every
// row holds for the eager sweep, for a recording's, for forward mode and for both kinds of replay.

type Program = (...x: Value[]) => Value;

/** A formula at a point: its value, and its gradient with one number for each variable. */
interface Case {
  readonly of: Program;
  readonly at: readonly number[];
  readonly value: number;
  readonly gradient: readonly number[];
}

/** Equal, counting NaN as equal to itself and −0 as 0, but for two units in the last place. */
function isSame(found: number, expected: number): boolean {
  if (Object.is(found, expected) || found === expected) return true;
  return Number.isFinite(expected) && Math.abs(found - expected) <= 2 * Number.EPSILON * Math.abs(expected);
}

/** What is wrong with the numbers of one way to compute them; nothing, if they are as expected. */
function wrong(way: string, found: readonly number[], expected: readonly number[]): string[] {
  const same = found.length === expected.length && found.every((x, i) => isSame(x, expected[i]));
  return same ? [] : [`${way}: found ${found.join(', ')}, expected ${expected.join(', ')}`];
}

function recorded(
  of: Program,
  at: readonly number[],
): { leaves: Value[]; result: Value; recording: Recording } {
  const tape = new Tape();
  const leaves = at.map((x, i) => tape.leaf(x, `x${i}`));
  const result = of(...leaves);
  return { leaves, result, recording: tape.record(result) };
}

/** A case in every way there is to compute it: what is wrong. */
function faults({ of, at, value, gradient }: Case): string[] {
  const { leaves, result, recording } = recorded(of, at);
  const found = wrong('value', [result.data], [value]);

  result.backward();
  const grads = leaves.map((leaf) => leaf.grad);
  found.push(...wrong('eager', grads, gradient));

  const swept = backward(recording);
  const ofRecording = leaves.map(({ index }) => swept[index]);
  found.push(...wrong('recording', ofRecording, gradient));

  const tangents = leaves.map(({ index }) => {
    const direction = new Float64Array(recording.count);
    direction[index] = 1;
    return forward(recording, direction)[recording.output];
  });
  found.push(...wrong('forward mode', tangents, gradient));

  // Recorded at another point, and replayed at this one.
  const other = at.map((_, i) => 0.4 + i / 8);
  for (const way of REPLAYS) {
    const elsewhere = recorded(of, other);
    const again = replayed(way, elsewhere.result, elsewhere.leaves)(at);
    found.push(...wrong(`${way}: value`, [again.value], [value]), ...wrong(way, again.gradient, gradient));
  }
  return found;
}

/** Where the first number that is not finite is made: the name of an operation, and whether as its value or behind it. */
function flagged(of: Program, at: readonly number[]): readonly [NonFinite['what'], string] | null {
  const { recording } = recorded(of, at);
  const found = firstNonFinite(recording);
  if (found === null) return null;
  const names = Object.keys(OPERATIONS) as OperationName[];
  const operation = names.find((name) => codeIs(recording, found.node, name));
  return [found.what, operation ?? 'leaf'];
}

const codeIs = (recording: Recording, node: number, name: OperationName): boolean =>
  recording.operation[node] === allNames.indexOf(name) + 1;

const row = (of: Program, at: readonly number[], value: number, gradient: readonly number[]): Case => ({
  of,
  at,
  value,
  gradient,
});

/** The rows: their words, and what they mean. */
const rows: readonly (readonly [string, readonly Case[]])[] = [
  ["relu'(0) is 0", [row((x) => x.relu(), [0], 0, [0]), row((x) => x.relu(), [-0], 0, [0])]],
  [
    "leakyRelu'(0) is the small slope",
    [
      row((x) => x.leakyRelu(), [0], 0, [0.01]),
      row((x) => leakyRelu(x, 0.2), [-0], 0, [0.2]),
      row((x, slope) => leakyRelu(x, slope), [0, 0.3], 0, [0.3, 0]),
    ],
  ],
  ["abs'(0) is 0", [row((x) => x.abs(), [0], 0, [0]), row((x) => x.abs(), [-0], 0, [0])]],
  [
    'max, min at a tie: ½ to each',
    [
      row((x, y) => max(x, y), [2, 2], 2, [0.5, 0.5]),
      row((x, y) => min(x, y), [2, 2], 2, [0.5, 0.5]),
      row((x, y) => max(x, y), [0, -0], 0, [0.5, 0.5]),
      row((x, y, z) => max(x, y, z), [1, 1, 1], 1, [1 / 3, 1 / 3, 1 / 3]),
      row((x, y, z) => min(x, y, z), [1, 3, 1], 1, [0.5, 0, 0.5]),
      row((x) => max(x, x), [7], 7, [1]),
    ],
  ],
  ['relu is not max(x, 0) at 0', [row((x) => x.relu(), [0], 0, [0]), row((x) => max(x, 0), [0], 0, [0.5])]],
  [
    'clamp at a bound: 1',
    [row((x) => x.clamp(-1, 1), [1], 1, [1]), row((x) => x.clamp(-1, 1), [-1], -1, [1])],
  ],
  ["sqrt'(0) is inf", [row((x) => x.sqrt(), [0], 0, [Infinity]), row((x) => x.sqrt(), [-0], 0, [Infinity])]],
  [
    'sqrt(x²) at 0 is NaN (0·inf); hypot is offered',
    [row((x) => x.pow(2).sqrt(), [0], 0, [NaN]), row((x) => hypot(x), [0], 0, [0])],
  ],
  ['hypot(0,0): 0, 0 (least norm)', [row((x, y) => hypot(x, y), [0, 0], 0, [0, 0])]],
  [
    'atan2(0,0): NaN',
    [row((y, x) => atan2(y, x), [0, 0], 0, [NaN, NaN]), row((y, x) => atan2(y, x), [-0, 0], -0, [NaN, NaN])],
  ],
  [
    'x^0 at x = 0, constant exponent: 0',
    [
      row((x) => x.pow(0), [0], 1, [0]),
      row((x) => x.pow(-0), [0], 1, [0]),
      row((x) => x.pow(0), [-0], 1, [0]),
    ],
  ],
  [
    'x^½ at 0; x^-1 at 0: inf; -inf',
    [
      row((x) => x.pow(0.5), [0], 0, [Infinity]),
      row((x) => x.pow(-1), [0], Infinity, [-Infinity]),
      row((x) => x.pow(-1), [-0], -Infinity, [-Infinity]),
    ],
  ],
  [
    '∂/∂y x^y at x = 0, y ≥ 0: 0',
    [
      row((y) => pow(0, y), [0], 1, [0]),
      row((y) => pow(0, y), [0.5], 0, [0]),
      row((y) => pow(0, y), [2], 0, [0]),
      row((x, y) => pow(x, y), [0, 1], 0, [1, 0]),
    ],
  ],
  [
    '∂/∂y x^y, x < 0: NaN',
    [row((y) => pow(-2, y), [3], -8, [NaN]), row((x, y) => pow(x, y), [-2, 0.5], NaN, [NaN, NaN])],
  ],
  [
    'negative base, integer exponent: works, both as constant and as node',
    [
      row((x) => x.pow(3), [-2], -8, [12]),
      row((x) => x.pow(-1), [-2], -0.5, [-0.25]),
      row((x, y) => pow(x, y), [-2, 3], -8, [12, NaN]),
      row((x, y) => pow(x, y.floor()), [-2, 3.5], -8, [12, NaN]),
    ],
  ],
  [
    "log'(0); log'(-1): inf; NaN (the value is NaN)",
    [
      row((x) => x.log(), [0], -Infinity, [Infinity]),
      row((x) => x.log(), [-0], -Infinity, [Infinity]),
      row((x) => x.log(), [-1], NaN, [NaN]),
    ],
  ],
  [
    'where(c, a, b): the untaken edge is absent from the sweep, never 0·x',
    [
      row((x) => where(greater(x, 0), x.log(), x.mul(3)), [0], 0, [3]),
      row((x) => where(greater(x, 0), x.log(), x.mul(3)), [2], Math.LN2, [0.5]),
      row((x) => where(greater(x, 0), x.sqrt(), 0), [0], 0, [0]),
      row((x) => where(greater(x, 0), x.pow(2).sqrt(), x), [0], 0, [1]),
      row((c, a, b) => where(c, a, b), [1, 5, NaN], 5, [0, 1, 0]),
      row((c, a, b) => where(c, a, b), [0, NaN, 7], 7, [0, 0, 1]),
      row((c, a, b) => where(c, a, b), [NaN, 5, 7], NaN, [0, 0, 0]),
      // One where inside the branch of another, and a node that both branches use.
      row(
        (x, y) => {
          const root = x.sqrt();
          return where(greater(x, 0), where(greater(y, 0), root.div(y), root), y.mul(2));
        },
        [0, 5],
        10,
        [0, 2],
      ),
    ],
  ],
  [
    'where: the TypeScript API also takes thunks',
    [
      row(
        (x) =>
          where(
            greater(x, 0),
            () => x.log(),
            () => x.mul(3),
          ),
        [0],
        0,
        [3],
      ),
      row(
        (x) =>
          greater(x, 0).where(
            () => x.log(),
            () => x.mul(3),
          ),
        [2],
        Math.LN2,
        [0.5],
      ),
    ],
  ],
  [
    '0·inf in the sweep: NaN as IEEE says',
    [
      row((x) => x.sqrt().mul(0), [0], 0, [NaN]),
      row((x, y) => x.sqrt().mul(y), [0, 0], 0, [NaN, 0]),
      row((x) => x.log().mul(x), [0], NaN, [NaN]),
      // The slope 1/x overflows, and the gradient behind it is 0.
      row((x, y) => y.div(x).mul(0), [5e-324, 0], 0, [0, NaN]),
    ],
  ],
  [
    'sign, floor, round, step (perceptron): 0',
    [
      row((x) => x.sign(), [0], 0, [0]),
      row((x) => x.sign(), [-3], -1, [0]),
      row((x) => x.floor(), [2], 2, [0]),
      row((x) => x.floor(), [-0.5], -1, [0]),
      row((x) => x.ceil(), [1.2], 2, [0]),
      row((x) => x.round(), [2.5], 3, [0]),
      row((x) => x.round(), [-2.5], -2, [0]),
      row((x) => x.step(), [0], 0, [0]),
      row((x) => x.step(), [1e-300], 1, [0]),
      row((x, y) => greater(x, y), [1, 1], 0, [0, 0]),
    ],
  ],
  [
    "relu'(NaN), max(NaN, 1): NaN",
    [
      row((x) => x.relu(), [NaN], NaN, [NaN]),
      row((x) => max(x, 1), [NaN], NaN, [NaN]),
      row((x) => max(1, x), [NaN], NaN, [NaN]),
      row((x) => min(x, 1), [NaN], NaN, [NaN]),
      row((x) => clamp(x, 0, 1), [NaN], NaN, [NaN]),
    ],
  ],
  [
    'xlogx at 0: 0; gradient -inf',
    [row((x) => x.xlogx(), [0], 0, [-Infinity]), row((x) => x.xlogx(), [-0], 0, [-Infinity])],
  ],
  [
    'logsumexp / softmax: shifted by the maximum',
    [
      row((x, y) => logsumexp([x, y]), [1000, 1000], 1000 + Math.LN2, [0.5, 0.5]),
      row((x, y) => logsumexp([x, y]), [-1000, -1000], -1000 + Math.LN2, [0.5, 0.5]),
      row((x, y) => softmax([x, y])[0], [1000, 1000], 0.5, [0.25, -0.25]),
      row((x, y) => softmax([x, y])[0], [-1000, 1000], 0, [0, 0]),
      row((x, y) => softmax([x, y])[0], [1e308, -1e308], 1, [0, 0]),
    ],
  ],
  [
    'sigmoid = x ≥ 0 ? 1/(1+e) : e/(1+e)',
    [
      row((x) => x.sigmoid(), [40], 1, [4.248354255291589e-18]),
      row((x) => x.sigmoid(), [-40], 4.248354255291589e-18, [4.248354255291589e-18]),
      row((x) => x.sigmoid(), [0], 0.5, [0.25]),
      row((x) => x.sigmoid(), [1e308], 1, [0]),
      row((x) => x.sigmoid(), [-Infinity], 0, [0]),
    ],
  ],
  [
    "tanh' = 4e²/(1+e²)²",
    [
      row((x) => x.tanh(), [20], 1, [1.6993417021166355e-17]),
      row((x) => x.tanh(), [-20], -1, [1.6993417021166355e-17]),
      row((x) => x.tanh(), [0], 0, [1]),
      row((x) => x.tanh(), [Infinity], 1, [0]),
    ],
  ],
  [
    "softplus = max(x,0) + log1p(e), softplus' = sigmoid",
    [
      row((x) => x.softplus(), [1000], 1000, [1]),
      row((x) => x.softplus(), [-40], 4.248354255291589e-18, [4.248354255291589e-18]),
      row((x) => x.softplus(), [0], Math.LN2, [0.5]),
      row((x) => x.softplus(), [-Infinity], 0, [0]),
    ],
  ],
  [
    'relu(x) - relu(-x) is x, yet its gradient at 0 is 0 by convention',
    [
      row((x) => x.relu().sub(x.neg().relu()), [0], 0, [0]),
      row((x) => x.relu().sub(x.neg().relu()), [3], 3, [1]),
      row((x) => x.relu().sub(x.neg().relu()), [-3], -3, [1]),
    ],
  ],
  [
    '1**Infinity and (-1)**Infinity are NaN in JavaScript',
    [
      row((x) => pow(1, x), [Infinity], NaN, [NaN]),
      row((x) => pow(-1, x), [Infinity], NaN, [NaN]),
      row((x) => pow(-1, x), [-Infinity], NaN, [NaN]),
    ],
  ],
  ['Math.max(0, -0) is 0', [row((x, y) => max(x, y), [0, -0], 0, [0.5, 0.5])]],
];

describe('what each operation means at its edges', () => {
  it.each(rows)('%s', (_, cases) => {
    expect(cases.flatMap(faults)).toEqual([]);
  });

  it.each([
    ["sqrt'(0)", (x) => x.sqrt(), 0, ['contribution', 'sqrt']],
    ['sqrt(x²) at 0, with where it was born', (x) => x.pow(2).sqrt(), 0, ['contribution', 'sqrt']],
    ['∂/∂y x^y, x < 0', (y) => pow(-2, y), 3, ['contribution', 'pow']],
    ["log'(0)", (x) => x.add(1).log(), -1, ['value', 'log']],
    ["log'(-1)", (x) => x.log(), -1, ['value', 'log']],
    ['xlogx at 0', (x) => x.xlogx(), 0, ['contribution', 'xlogx']],
    ['0·inf in the sweep, never silent', (x) => x.sqrt().mul(0), 0, ['contribution', 'sqrt']],
    ['atan2(0,0)', (x) => atan2(x, 0), 0, ['contribution', 'atan2']],
  ] as [string, Program, number, [string, string]][])('%s is flagged', (_, of, at, expected) => {
    expect(flagged(of, [at])).toEqual(expected);
  });

  it('where: both branches stay in the graph, and in replay only the taken one is evaluated', () => {
    const tape = new Tape();
    const x = tape.leaf(-1, 'x');
    const y = where(greater(x, 0), x.log(), x.mul(3));
    const names = Array.from({ length: tape.count }, (_, node) => tape.at(node).op);
    expect(names).toEqual(['leaf', 'greater', 'log', 'mul', 'where']);
    const logarithm = tape.at(2);
    y.backward();
    expect([logarithm.grad, x.grad]).toEqual([0, 3]);
    const thunks = new Tape();
    const z = thunks.leaf(-1, 'z');
    const recording = thunks.record(
      where(
        greater(z, 0),
        () => z.log(),
        () => z.mul(3),
      ),
    );
    expect(recording.operation).toEqual(tape.record(y).operation);
    expect([...recording.skipped]).toEqual([0, 0, 1, 0, 0]);
  });

  it('0·inf: an "absolute zero" mode is opt-in', () => {
    const program: Program = (x) => x.sqrt().mul(0);
    const slopes = [{}, { absoluteZero: true }, { absoluteZero: false }].map((options) => {
      const { leaves, result, recording } = recorded(program, [0]);
      result.backward(options);
      return [leaves[0].grad, backward(recording, options)[leaves[0].index]];
    });
    expect(slopes).toEqual([
      [NaN, NaN],
      [0, 0],
      [NaN, NaN],
    ]);
  });

  it('0·inf: "absolute zero" changes nothing else', () => {
    const slopeAt = (of: Program, x: number): number => {
      const { leaves, result } = recorded(of, [x]);
      result.backward({ absoluteZero: true });
      return leaves[0].grad;
    };
    expect(slopeAt((x) => x.pow(2).sqrt(), 0)).toBe(0);
    expect(slopeAt((x) => x.mul(3).sin(), 0)).toBe(3);
    expect(slopeAt((x) => x.sqrt(), 0)).toBe(Infinity);
  });

  it('the flat ones have a badge: nothing can be learned through them', () => {
    for (const name of ['sign', 'floor', 'ceil', 'round', 'step', 'greater', 'equal'] as const) {
      expect(OPERATIONS[name].flat).toBe(true);
    }
    expect(OPERATIONS.relu.flat).toBeUndefined();
  });
});

describe('the rule', () => {
  const kinksAt = edgePoints().filter(({ kinks }) => kinks.length > 0);

  it('2, 3: where it is convex or concave, the slope of least norm among the admissible ones', () => {
    const least = ([low, high]: readonly [number, number]): number => Math.max(low, Math.min(high, 0));
    let convex = 0;
    for (const { name, inputs, kinks } of kinksAt) {
      const intervals = kinks.flatMap(({ chosen, admissible }) =>
        admissible ? [{ chosen, admissible }] : [],
      );
      // A tie shares among its inputs: each alone could have 0, all together must have 1. A number on a bound of clamp
      // is still itself.
      // A leaky slope below 0 or above 1 stays the slope of the left side, as in PyTorch.
      if (
        ['clamp', 'max', 'min'].includes(name) ||
        (name === 'leakyRelu' && !(inputs[1] >= 0 && inputs[1] <= 1))
      )
        continue;
      for (const { chosen, admissible } of intervals) {
        expect(Math.abs(chosen), `${name}(${inputs.join(', ')})`).toBe(Math.abs(least(admissible)));
        convex++;
      }
    }
    expect(convex).toBeGreaterThan(10);
  });

  it('2, 3: a tie of k has the shares 1/k, of which no others have a smaller norm', () => {
    for (const { name, kinks } of kinksAt) {
      if (name !== 'max' && name !== 'min') continue;
      for (const { chosen } of kinks) expect(chosen).toBe(1 / kinks.length);
    }
  });

  it('4: the limit of the derivative where it can be continued, which may be infinite', () => {
    // The inputs, and a small step to where the derivative exists.
    const limits: [OperationName, number[], number[], number][] = [
      ['sqrt', [0], [1e-300], Infinity],
      ['log', [0], [1e-300], Infinity],
      ['log2', [0], [1e-300], Infinity],
      ['log10', [0], [1e-300], Infinity],
      ['log1p', [-1], [1e-15], Infinity],
      ['xlogx', [0], [1e-300], -Infinity],
      ['asin', [1], [-1e-15], Infinity],
      ['asin', [-1], [1e-15], Infinity],
      ['acos', [1], [-1e-15], -Infinity],
      ['pow', [0, 0.5], [1e-300, 0], Infinity],
      ['pow', [0, -1], [1e-100, 0], -Infinity],
    ];
    for (const [name, inputs, step, limit] of limits) {
      const slopeAt = (part: number) =>
        tablePartials(
          name,
          inputs.map((x, slot) => x + part * step[slot]),
        )[0];
      expect(slopeAt(0), name).toBe(limit);
      expect(Math.sign(limit) * (slopeAt(0.25) - slopeAt(1)), name).toBeGreaterThan(0);
    }
  });

  it('5: otherwise NaN, and only there: a NaN slope has a NaN or no limit', () => {
    const finite = edgePoints().filter(({ inputs }) => inputs.every(Number.isFinite));
    const undefinedAt = finite.filter(
      ({ name, inputs }) =>
        Number.isFinite(tableValue(name, inputs)) && tablePartials(name, inputs).some(Number.isNaN),
    );
    // Powers of negative numbers and the origin of atan2; where a square overflows, there is a number still.
    expect([...new Set(undefinedAt.map(({ name }) => name))].sort()).toEqual(['atan2', 'pow']);
  });

  it('states the convention at the node: the slope, and those that would do as well', () => {
    const { recording, result } = recorded((x) => x.relu(), [0]);
    expect(kinksOf(recording)).toEqual([
      { node: result.index, kink: { slot: 0, chosen: 0, admissible: [0, 1] } },
    ]);
  });

  function edgePoints() {
    return allNames.flatMap((name) =>
      edgeInputs(name).map((inputs) => ({ name, inputs, kinks: OPERATIONS[name].kinks?.(inputs) ?? [] })),
    );
  }
});

describe('stable forms', () => {
  it('s(1-s) and 1-t² lose every digit for large |x|; the number comes from the stable form', () => {
    for (const x of [20, 40, 300]) {
      const [s, t] = [tableValue('sigmoid', [x + 17]), tableValue('tanh', [x])];
      expect([s * (1 - s), 1 - t * t]).toEqual([0, 0]);
      const e = Math.exp(-x);
      expect(tablePartials('sigmoid', [x])[0]).toBe(e / (1 + e) ** 2);
      expect(tablePartials('sigmoid', [-x])[0]).toBe(e / (1 + e) ** 2);
      expect(tablePartials('tanh', [x])[0] / (4 * Math.exp(-2 * x))).toBeCloseTo(1, 14);
    }
  });

  it('the formula shown is σ(1-σ)', () => {
    expect(OPERATIONS.sigmoid.rule(0, 1)).toEqual({
      operation: 'mul',
      of: ['result', { operation: 'sub', of: [1, 'result'] }],
    });
  });

  it('logsumexp and softmax are primitives with their own partials', () => {
    for (const name of ['logsumexp', 'softmax'] as const) {
      const { recording } = recorded((x, y) => x.tape.apply(name, x, y), [1000, 999]);
      expect(recording.count).toBe(3);
      const partials = partialsOf(recording, recording.output);
      expect(partials.every((slope) => Number.isFinite(slope) && slope !== 0)).toBe(true);
    }
  });
});

describe('known surprises', () => {
  it('Math.exp, tanh, pow may differ in the last bit between browsers: a tolerance in ulp is enough', () => {
    // Correctly rounded, from other formulas.
    expect(Math.abs(tableValue('exp', [1]) / Math.E - 1)).toBeLessThan(3 * Number.EPSILON);
    expect(Math.abs(tableValue('tanh', [0.5]) / ((Math.E - 1) / (Math.E + 1)) - 1)).toBeLessThan(
      3 * Number.EPSILON,
    );
    expect(Math.abs(tableValue('pow', [2, 0.5]) / Math.SQRT2 - 1)).toBeLessThan(3 * Number.EPSILON);
  });

  it('a central difference with step 1e-6 carries a noise of about |f|·1e-10, which is no error of the engine', () => {
    const program: Program = (x) => x.sin().add(1e6);
    const naive = (x: number): number => (Math.sin(x + 1e-6) + 1e6 - (Math.sin(x - 1e-6) + 1e6)) / 2e-6;
    const { recording, leaves } = recorded(program, [1]);
    const analytic = backward(recording)[leaves[0].index];
    expect(analytic).toBe(Math.cos(1));
    const noise = Math.abs(naive(1) - analytic);
    expect(noise).toBeGreaterThan(1e-7);
    expect(noise).toBeLessThan(1e6 * 1e-9);
    const [check] = gradcheck(recording).leaves;
    expect(check.verdict).not.toBe('disagrees');
    expect(check.forward).toBe(analytic);
    // The estimate knows of the noise, and says so.
    expect(Math.abs(check.difference - analytic)).toBeLessThanOrEqual(check.differenceError);
    expect(check.differenceError).toBeGreaterThan(1e-10);
  });

  it('kinks are skipped with a notice', () => {
    const { recording } = recorded((x) => relu(x), [0]);
    const [check] = gradcheck(recording).leaves;
    expect(check.verdict).toBe('kink');
    expect(check.kinks.map(({ kink }) => kink?.admissible)).toEqual([[0, 1]]);
  });

  it('0 is printed and never "-0.0000"', () => {
    const printed = [-0, Math.round(-0.2), mul(newLeaf(0), -1).data].map((x) => formatNumber(x));
    expect(printed).toEqual(['0', '0', '0']);
  });

  it('softplus is no logarithm of an overflow', () => {
    expect(softplus(newLeaf(710)).data).toBe(710);
  });
});

const newLeaf = (x: number): Value => new Tape().leaf(x);
