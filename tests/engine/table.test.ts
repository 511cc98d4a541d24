import { OPERATIONS } from '@backflow/engine';
import type { OperationName } from '@backflow/engine';
import { describe, expect, it } from 'vitest';
import { allNames, edgeInputs, tableValue } from './points.ts';

/** Notation (form, text, LaTeX, precedence); symbol; what else is said of it. */
const WRITTEN: Readonly<Record<OperationName, string>> = {
  add: 'infix + + 1; +',
  sub: 'infix − - 1; −',
  mul: 'infix · \\cdot 2; ×',
  div: 'fraction; ÷',
  neg: 'prefix − -; −',
  pow: 'power; ^',
  exp: 'call exp \\exp; exp',
  log: 'call ln \\ln; ln; also ln',
  sqrt: 'root; √; also √',
  abs: 'bars; |x|',
  sin: 'call sin \\sin; sin; period 2π',
  cos: 'call cos \\cos; cos; period 2π',
  tan: 'call tan \\tan; tan; period 1π',
  asin: 'call asin \\arcsin; asin; also arcsin',
  acos: 'call acos \\arccos; acos; also arccos',
  atan: 'call atan \\arctan; atan; also arctan',
  atan2: 'call atan2 \\operatorname{atan2}; atan2; also arctan2',
  sinh: 'call sinh \\sinh; sinh',
  cosh: 'call cosh \\cosh; cosh',
  tanh: 'call tanh \\tanh; tanh',
  sigmoid: 'call σ \\sigma; σ; also σ logistic',
  relu: 'call relu \\operatorname{ReLU}; ReLU; also ReLU',
  leakyRelu: 'call leakyRelu \\operatorname{LeakyReLU}; LReLU; also LeakyReLU leaky_relu lrelu; default 0.01',
  softplus: 'call softplus \\operatorname{softplus}; softplus',
  max: 'call max \\max; max',
  min: 'call min \\min; min',
  sum: 'call sum \\operatorname{sum}; Σ',
  signedSum: 'signedSum; Σ; paired true',
  mean: 'call mean \\operatorname{mean}; mean; also avg average',
  prod: 'call prod \\operatorname{prod}; Π; also product',
  dot: 'call dot \\operatorname{dot}; ·; paired true',
  hypot: 'call hypot \\operatorname{hypot}; ‖x‖; also norm',
  logsumexp: 'call logsumexp \\operatorname{LSE}; LSE; also lse',
  softmax: 'call softmax \\operatorname{softmax}; softmax',
  xlogx: 'call xlogx \\operatorname{xlogx}; x ln x',
  step: 'call step \\operatorname{step}; step; also heaviside; flat',
  sign: 'call sign \\operatorname{sgn}; sign; also sgn; flat',
  floor: 'call floor \\operatorname{floor}; ⌊x⌋; flat',
  ceil: 'call ceil \\operatorname{ceil}; ⌈x⌉; flat',
  round: 'call round \\operatorname{round}; round; flat',
  where: 'call where \\operatorname{where}; where',
  clamp: 'call clamp \\operatorname{clamp}; clamp; also clip',
  greater: 'infix > > 0; >; flat',
  less: 'infix < < 0; <; flat',
  greaterEqual: 'infix ≥ \\ge 0; ≥; flat',
  lessEqual: 'infix ≤ \\le 0; ≤; flat',
  equal: 'infix == = 0; ==; flat',
  notEqual: 'infix ≠ \\ne 0; ≠; flat',
  log2: 'call log2 \\log_2; log₂',
  log10: 'call log10 \\log_{10}; log₁₀; also lg',
  log1p: 'call log1p \\operatorname{log1p}; log1p',
  expm1: 'call expm1 \\operatorname{expm1}; expm1',
  affine: 'call affine \\operatorname{affine}; Σ; paired afterFirst',
};

it.each(allNames)('%s is written as it always was', (name) => {
  const operation = OPERATIONS[name];
  const { notation, symbol, aliases = [], defaults, flat, period } = operation;
  const said = [
    Object.values(notation).join(' '),
    symbol,
    aliases.length > 0 && `also ${aliases.join(' ')}`,
    defaults !== undefined && `default ${defaults.join(' ')}`,
    flat === true && 'flat',
    period !== undefined && `period ${period / Math.PI}π`,
    'paired' in operation && `paired ${operation.paired}`,
  ];
  expect(said.filter((each) => each !== false).join('; ')).toBe(WRITTEN[name]);
});

describe('partial derivatives of any number of inputs', () => {
  const many = allNames.filter((name) => typeof OPERATIONS[name].partials === 'function');

  it.each(many)('%s writes its own slots and not one more', (name) => {
    const { partials } = OPERATIONS[name] as {
      partials: (x: number[], y: number, out: Float64Array) => void;
    };
    for (const inputs of edgeInputs(name)) {
      const out = new Float64Array(inputs.length + 3).fill(7);
      partials(inputs, tableValue(name, inputs), out);
      expect([...out.subarray(inputs.length)]).toEqual([7, 7, 7]);
    }
  });

  it('of one input are those of the input itself', () => {
    const alone: [OperationName, number, number][] = [
      ['sum', 3, 1],
      ['mean', 3, 1],
      ['prod', 3, 1],
      ['max', 3, 1],
      ['min', 3, 1],
      ['hypot', -3, -1],
      ['logsumexp', 3, 1],
      ['softmax', 3, 0],
    ];
    for (const [name, x, slope] of alone) {
      const out = new Float64Array(1);
      const { partials } = OPERATIONS[name] as {
        partials: (x: number[], y: number, out: Float64Array) => void;
      };
      partials([x], tableValue(name, [x]), out);
      expect(out[0], name).toBe(slope);
    }
  });
});

describe('kinks', () => {
  it('are none where there is a slope', () => {
    const smooth: [OperationName, number[]][] = [
      ['relu', [1]],
      ['leakyRelu', [1, 0.1]],
      // With slope 1 there is no kink at 0.
      ['leakyRelu', [0, 1]],
      ['abs', [-1]],
      ['max', [1, 2, 1]],
      ['min', [2, 1, 2]],
      ['max', [1]],
      ['clamp', [2, 1, 3]],
      ['clamp', [4, 1, 3]],
      ['clamp', [0, 1, 3]],
      ['clamp', [2, 3, 1]],
      ['hypot', [0, 1]],
      ['hypot', [1, 0]],
      ['atan2', [0, 1]],
      ['atan2', [1, -1]],
      ['step', [1]],
      ['floor', [0.5]],
      ['round', [1]],
      ['greater', [1, 2]],
    ];
    for (const [name, inputs] of smooth) {
      expect(OPERATIONS[name].kinks!(inputs), `${name}(${inputs.join(', ')})`).toEqual([]);
    }
  });

  it('of clamp are at its bounds, in the slots that could be chosen', () => {
    const kinks = (...inputs: number[]): unknown =>
      OPERATIONS.clamp.kinks!(inputs).map(({ slot, chosen }) => [slot, chosen]);
    expect(kinks(1, 1, 3)).toEqual([
      [0, 1],
      [1, 0],
    ]);
    expect(kinks(3, 1, 3)).toEqual([
      [0, 1],
      [2, 0],
    ]);
    expect(kinks(2, 2, 2)).toEqual([
      [0, 1],
      [1, 0],
      [2, 0],
    ]);
    expect(kinks(0, 2, 2)).toEqual([
      [1, 1],
      [2, 0],
    ]);
    expect(kinks(3, 2, 2)).toEqual([]);
    // Where the bounds are the wrong way round, it is the upper one.
    expect(kinks(1, 2, 1)).toEqual([]);
    expect(kinks(2, 2, 1)).toEqual([]);
  });
});

/** Pairs of neighbouring points, and whether a kink, jump or pole lies between them. */
const CROSSINGS: readonly (readonly [OperationName, number[], number[], boolean])[] = [
  ['relu', [-1], [1], true],
  ['relu', [0], [1], true],
  ['relu', [1], [0], true],
  ['relu', [-1], [0], false],
  ['relu', [1], [2], false],
  ['leakyRelu', [-1, 0.1], [1, 0.1], true],
  ['leakyRelu', [0, 0.1], [1, 0.1], true],
  ['leakyRelu', [1, 0.1], [0, 0.1], true],
  ['leakyRelu', [-1, 0.1], [0, 0.1], false],
  ['leakyRelu', [-1, 0.1], [-2, 0.1], false],
  ['leakyRelu', [1, 0.1], [2, 0.1], false],
  ['div', [1, -1], [1, 1], true],
  ['div', [1, 0], [1, 1], true],
  ['div', [1, 1], [1, 0], true],
  ['div', [1, -1], [1, 0], false],
  ['div', [-1, 1], [1, 2], false],
  ['div', [1, -1], [1, -2], false],
  ['pow', [-1, 0.5], [1, 0.5], true],
  ['pow', [-1, -1], [1, -1], true],
  ['pow', [1, 0.5], [0, 0.5], true],
  ['pow', [-1, 0.5], [0, 0.5], false],
  ['pow', [-1, 2], [1, 2], false],
  ['pow', [-1, 0], [1, 0], false],
  ['pow', [1, 0.5], [2, 0.5], false],
  ['pow', [0, 0.5], [1, 0.5], true],
  ['pow', [0, 1], [0, 0], true],
  ['pow', [0, 0], [0, 1], true],
  ['pow', [0, 1], [0, 2], false],
  ['pow', [1, 1], [1, 0], false],
  ['abs', [-1], [1], true],
  ['abs', [0], [1], true],
  ['abs', [1], [0], true],
  ['abs', [-1], [0], false],
  ['abs', [1], [2], false],
  ['abs', [-1], [-2], false],
  ['max', [1, 2], [2, 1], true],
  ['max', [1, 2], [1, 3], false],
  ['max', [1, 3, 2], [1, 2, 3], true],
  ['max', [NaN, 1], [1, 2], true],
  ['min', [1, 2], [2, 1], true],
  ['min', [1, 2], [0, 2], false],
  ['clamp', [0, 1, 3], [2, 1, 3], true],
  ['clamp', [2, 1, 3], [4, 1, 3], true],
  ['clamp', [1.5, 1, 3], [2, 1, 3], false],
  ['clamp', [1, 1, 3], [3, 1, 3], false],
  ['clamp', [0, 1, 3], [0.5, 1, 3], false],
  ['where', [0, 1, 2], [1, 1, 2], true],
  ['where', [1, 1, 2], [2, 5, 2], false],
  ['where', [NaN, 1, 2], [1, 1, 2], true],
  ['step', [-1], [1], true],
  ['step', [1], [2], false],
  ['sign', [-1], [0], true],
  ['floor', [0.9], [1], true],
  ['floor', [0.1], [0.9], false],
  ['ceil', [1], [1.1], true],
  ['round', [0.4], [0.6], true],
  ['round', [0.6], [1.4], false],
  ['greater', [1, 2], [2, 1], true],
  ['greater', [1, 1], [2, 1], true],
  ['greater', [1, 1], [1, 2], false],
  ['greaterEqual', [1, 1], [1, 2], true],
  ['equal', [1, 1], [1, 2], true],
  ['equal', [2, 1], [1, 2], true],
  ['equal', [2, 1], [3, 1], false],
  ['greater', [2, 1], [1, 1], true],
  ['less', [1, 2], [3, 2], true],
  ['equal', [1, 3], [2, 3], false],
  ['tan', [1.5], [1.6], true],
  ['tan', [-1.5], [-1.6], true],
  ['tan', [-1.5], [1.5], false],
  ['tan', [4.7], [4.72], true],
  ['atan2', [1, -1], [-1, -1], true],
  ['atan2', [0, -1], [-1, -1], true],
  ['atan2', [0, -1], [1, -1], false],
  ['atan2', [1, -1], [0, -1], false],
  ['atan2', [-1, -1], [0, -1], true],
  ['atan2', [1, 0], [-1, 0], false],
  ['atan2', [1, 1], [-1, 1], false],
  ['atan2', [1, 1], [-1, -1], true],
  ['atan2', [1, -1], [-1, 1], true],
  ['hypot', [1, 1], [-1, -1], true],
  ['hypot', [3, -1], [1, 2], false],
  ['hypot', [1, 2], [2, -1], true],
  ['hypot', [1, -3], [4, 1], false],
  ['hypot', [2], [3], false],
  ['hypot', [0.5], [-0.25], true],
];

it.each(CROSSINGS)(
  '%s from %j to %j has a kink, jump or pole between: %j',
  (name, before, after, between) => {
    expect(OPERATIONS[name].crosses!(before, after)).toBe(between);
  },
);

it('the rule of a product is as short as it can be', () => {
  const { rule } = OPERATIONS.prod;
  expect(rule(0, 1)).toBe(1);
  expect(rule(1, 2)).toEqual({ input: 0 });
  expect(rule(1, 3)).toEqual({ operation: 'prod', of: [{ input: 0 }, { input: 2 }] });
});

it('every operation that says what it crosses is asked', () => {
  const asked = new Set(CROSSINGS.map(([name]) => name));
  const same: OperationName[] = ['lessEqual', 'notEqual'];
  const silent = allNames.filter((name) => OPERATIONS[name].crosses !== undefined && !asked.has(name));
  expect(silent.sort()).toEqual(same.sort());
});
