import { inspect } from 'node:util';
import {
  defineOperation,
  gradcheck,
  NodeError,
  OperandError,
  OPERATIONS,
  record,
  Tape,
  value,
  where,
} from '@backflow/engine';
import type { Recording, Value } from '@backflow/engine';
import { describe, expect, it } from 'vitest';

const verdicts = (recording: Recording) => gradcheck(recording).leaves.map(({ verdict }) => verdict);
const verdictOf = (y: Value) => verdicts(record(y))[0];

describe('the gradient check', () => {
  it('takes no difference across 0⁰, which is 1 among zeros', () => {
    const x = value(0);
    expect(gradcheck(value(0).pow(x.mul(x)).sub(x).exp()).ok).toBe(true);
  });

  it('reports three ways to the same number, with the error of the third', () => {
    const [report] = gradcheck(record(value(0.7, { label: 'x' }).sin().exp())).leaves;
    const truth = Math.cos(0.7) * Math.exp(Math.sin(0.7));
    expect(report).toMatchObject({ leaf: 0, name: 'x', verdict: 'agrees', kinks: [] });
    expect(report.analytic).toBeCloseTo(truth, 14);
    expect(report.forward).toBeCloseTo(truth, 14);
    expect(Math.abs(report.difference - truth)).toBeLessThan(report.differenceError);
    expect(report.differenceError).toBeLessThan(1e-9);
  });

  it('checks the leaves and the node it is asked about', () => {
    const tape = new Tape();
    const [a, b] = [tape.leaf(2, 'a'), tape.leaf(3, 'b')];
    const u = a.mul(b);
    const recording = tape.record(u.exp());
    const report = gradcheck(recording, { of: u.index, leaves: [b.index] });
    expect(report.leaves.map(({ name, analytic }) => [name, analytic])).toEqual([['b', 2]]);
    expect(() => gradcheck(recording, { leaves: [u.index] })).toThrow(NodeError);
    expect(() => gradcheck(recording, { of: 17 })).toThrow(NodeError);
  });

  it('finds a partial derivative that is off by one part in ten million', () => {
    const { sin } = OPERATIONS;
    const slopes = sin.partials as unknown as ((a: number) => number)[];
    const [right] = slopes;
    const y = record(value(0.7).mul(1.5).sin());
    slopes[0] = (a) => right(a) * (1 + 1e-7);
    try {
      expect(gradcheck(y)).toMatchObject({ ok: false, leaves: [{ verdict: 'disagrees' }] });
    } finally {
      slopes[0] = right;
    }
    expect(gradcheck(y).ok).toBe(true);
  });

  it('blames no engine for the noise of a difference: 10⁸ + sin x', () => {
    expect(verdictOf(value(0.7).sin().add(1e8))).toBe('agrees');
    expect(['agrees', 'inconclusive']).toContain(verdictOf(value(0.7).sin().add(1e15)));
  });

  it('is 0, and agrees, for a leaf the output does not depend on', () => {
    const tape = new Tape();
    tape.leaf(5);
    expect(verdicts(tape.record(tape.leaf(2).exp()))).toEqual(['agrees', 'agrees']);
  });

  it('finds steps for inputs large and small', () => {
    for (const x of [1e-7, 1e-5, 1e5, 1e12]) {
      expect(verdictOf(value(x).log())).toBe('agrees');
      expect(verdictOf(value(x).pow(3))).toBe('agrees');
    }
  });

  it('takes small steps where the function oscillates fast', () => {
    expect(verdictOf(value(0.7).mul(1e5).sin())).toBe('agrees');
  });
});

describe('what differences cannot see, or cannot tell from rounding, the gradient check does not hold against reverse mode', () => {
  const leaf = (number: number): Value => new Tape().leaf(number);
  const reversed = (name: 'atan2' | 'div', a: number, b: Value): Value => b.tape.apply(name, a, b);
  const chained = (x: Value): Value => {
    let y = x;
    for (let time = 0; time < 7; time++) y = y.div(0.0845632622949779).tanh().mul(2.794787982478738);
    return y;
  };
  it.each([
    ['a function that happens between two steps', () => reversed('atan2', 3.04e-69, leaf(0)), 'inconclusive'],
    ['a saturated chain', () => chained(leaf(0)), 'inconclusive'],
    [
      'a dip that coarse steps straddle',
      () => leaf(1.027120403945446).log2().mul(78.5).pow(2).tanh(),
      'agrees',
    ],
    [
      'terms that cancel within one operation',
      () => {
        const x = leaf(0);
        return x.tape.apply('signedSum', -1, x.mul(-4.5e-5), 1, -1, 1, 1);
      },
      'agrees',
    ],
    [
      'a gradient in between that is too small for its digits',
      () => reversed('div', 3, leaf(-2.566393119748682).pow(2).cosh().expm1()),
      'agrees',
    ],
    [
      'a tangent that is ∞ · 0 where the gradient is 0',
      () => {
        const x = leaf(1e150);
        return x.mul(x).pow(2).sigmoid().mul(0);
      },
      'notFinite',
    ],
    [
      'a tie on both sides where the middle is none',
      () => {
        const x = leaf(-2.1045307321473956);
        return x.less(x.expm1().log1p()).mul(x);
      },
      'kink',
    ],
  ] as const)('%s', (_, build, expected) => {
    expect(verdictOf(build())).toBe(expected);
  });

  it('but a wrong slope is wrong where the function is that fine, too', () => {
    const cliff = defineOperation('cliff', {
      arity: 1,
      value: (x) => Math.tanh(1e12 * x),
      partials: [(x) => 3e12 / Math.cosh(1e12 * x) ** 2],
    });
    expect(gradcheck(cliff(leaf(1e-12)).add(1)).ok).toBe(false);
  });
});

describe('near a kink the gradient check', () => {
  it('skips the leaf and names the kink it stands on', () => {
    const [report] = gradcheck(record(value(0).relu())).leaves;
    expect(report).toMatchObject({
      verdict: 'kink',
      kinks: [{ node: 1, kink: { chosen: 0, admissible: [0, 1] } }],
    });
  });

  it('uses steps that stay on one side, if there is room for them', () => {
    expect(verdictOf(value(1e-3).relu())).toBe('agrees');
    expect(verdictOf(value(-1e-3).abs())).toBe('agrees');
  });

  it('names a kink that is too close for any step', () => {
    const [report] = gradcheck(
      record(
        value(1)
          .sub(1 - 2 ** -52)
          .abs(),
      ),
    ).leaves;
    expect(report).toMatchObject({ verdict: 'kink', kinks: [{ node: 2, kink: null }] });
  });

  it.each([
    ['a tie', () => value(2).max(2)],
    ['a bound', () => value(2).clamp(2, 3)],
    ['a jump', () => value(2).floor()],
    ['a switch', () => where(value(0).greater(0), 1, 2)],
    ['the origin', () => value(0).hypot(0)],
  ])('skips %s', (_, build) => {
    expect(verdictOf(build())).toBe('kink');
  });

  it('sees a tie that is broken, though the same input is the larger one again further out, on both sides', () => {
    const x = value(0);
    const report = gradcheck(record(x.pow(2).mul(30).sub(x).max(x.mul(-2)))).leaves[0];
    expect(report).toMatchObject({ analytic: -1.5, verdict: 'kink' });
  });

  it('does not take a tie with itself for a kink', () => {
    const x = value(2);
    expect(verdictOf(x.max(x))).toBe('agrees');
  });
});

describe('where numbers are not finite', () => {
  it.each([
    ['the value', () => value(-1).log()],
    ['the slope', () => value(0).sqrt()],
    ['the leaf', () => value(Infinity).atan()],
  ])('the gradient check says so: %s', (_, build) => {
    expect(verdictOf(build())).toBe('notFinite');
  });
});

describe('what can be checked', () => {
  it('is a function at a point, a Value, or a recording', () => {
    const report = gradcheck((x, y) => x.mul(y).tanh(), [0.5, -1]);
    expect(report.leaves.map(({ verdict, leaf }) => [leaf, verdict])).toEqual([
      [0, 'agrees'],
      [1, 'agrees'],
    ]);
    const tape = new Tape();
    const [a, , c] = [tape.leaf(1, 'a'), tape.leaf(2, 'aside'), tape.leaf(3, 'c')];
    const y = a.mul(c).exp();
    expect(gradcheck(y).leaves.map(({ name }) => name)).toEqual(['a', 'c']);
    expect(gradcheck(y, { inputs: [c] }).leaves.map(({ name }) => name)).toEqual(['c']);
    expect(() => gradcheck(y, { inputs: [y] })).toThrow(NodeError);
    expect(() => gradcheck(3 as never)).toThrow(OperandError);
    expect(() => gradcheck((() => 3) as never, [])).toThrow(OperandError);
  });
});

describe('blame', () => {
  it('falls on an operation that has a slope and says NaN or ∞, not on one that has none', () => {
    for (const slope of [NaN, Infinity]) {
      const name = Number.isNaN(slope) ? 'slopeless' : 'steep';
      const wrong = defineOperation(name, { arity: 1, value: (a) => a * a, partials: [() => slope] });
      const report = gradcheck((x) => wrong(x.add(1)).mul(2), [2]);
      const [{ verdict, blame }] = report.leaves;
      expect([report.ok, verdict, blame.map(({ operation }) => operation)]).toEqual([
        false,
        'disagrees',
        [name],
      ]);
    }
    for (const at of [0, 1000]) {
      const [{ verdict, blame }] = gradcheck((x) => x.mul(x).sqrt().add(x.exp().tanh()), [at]).leaves;
      expect([verdict, blame]).toEqual(['notFinite', []]);
    }
  });

  const skewed = defineOperation('skewed', {
    arity: 2,
    value: (a, b) => a * a * b,
    partials: [(a, b) => 2 * a * b, (a) => a * a * 1.01],
  });

  it('falls on the operation whose partial derivative is not the slope of its value', () => {
    const [x, y] = [value(1.5, { label: 'x' }), value(-0.5, { label: 'y' })];
    const report = gradcheck(skewed(x.sin(), y.exp()).as('s').mul(3).tanh());
    expect(report.ok).toBe(false);
    expect(report.leaves.map(({ verdict }) => verdict)).toEqual(['agrees', 'disagrees']);
    const [blame] = report.leaves[1].blame;
    expect(report.leaves[1].blame.length).toBe(1);
    expect(blame).toMatchObject({ name: 's', operation: 'skewed', slot: 1 });
    expect(blame.inputs).toEqual([Math.sin(1.5), Math.exp(-0.5)]);
    expect(blame.found / blame.expected).toBeCloseTo(1.01, 8);
    expect(report.leaves[0].blame).toEqual([]);
  });

  it('is told in words, with every leaf and what it says', () => {
    const [x, y, z] = ['x', 'y', 'z'].map((label, i) => value(i, { label }));
    const text = String(gradcheck(skewed(y, z).as('s').add(x.relu())));
    expect(text).toContain('3 leaves, 1 disagrees');
    expect(text).toMatch(/\n {2}x: kink; reverse 0, forward 0, no difference\n/);
    expect(text).toMatch(/\(relu\) stands on a kink in input 0, slope 0 is taken/);
    expect(text).toMatch(
      /to blame: s = skewed\(1, 2\), input 1: found 1\.01, expected (1|0\.999|1\.000)\d* ± /,
    );
    expect(String(gradcheck(value(2).exp()))).toContain('1 leaf, none disagrees');
    const report = gradcheck(value(2).exp());
    expect(inspect(report)).toBe(String(report));
  });

  it('puts first what moves the gradient most', () => {
    const x = value(2, { label: 'x' });
    const report = gradcheck(skewed(1, x).as('small').add(skewed(10, x).as('large')));
    expect(report.leaves[0].blame.map(({ name }) => name)).toEqual(['large', 'small']);
  });
});
