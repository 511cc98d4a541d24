import { checkGradients, NodeError, OPERATIONS, record, Tape, value, where } from '@backflow/engine';
import type { Recording, Value } from '@backflow/engine';
import { describe, expect, it } from 'vitest';

const verdicts = (recording: Recording) => checkGradients(recording).leaves.map(({ verdict }) => verdict);
const verdictOf = (y: Value) => verdicts(record(y))[0];

describe('the gradient check', () => {
  it('reports three ways to the same number, with the error of the third', () => {
    const [report] = checkGradients(record(value(0.7, { label: 'x' }).sin().exp())).leaves;
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
    const report = checkGradients(recording, { of: u.index, leaves: [b.index] });
    expect(report.leaves.map(({ name, analytic }) => [name, analytic])).toEqual([['b', 2]]);
    expect(() => checkGradients(recording, { leaves: [u.index] })).toThrow(NodeError);
    expect(() => checkGradients(recording, { of: 17 })).toThrow(NodeError);
  });

  it('finds a partial derivative that is off by one part in ten million', () => {
    const { sin } = OPERATIONS;
    const slopes = sin.partials as unknown as ((a: number) => number)[];
    const [right] = slopes;
    const y = record(value(0.7).mul(1.5).sin());
    slopes[0] = (a) => right(a) * (1 + 1e-7);
    try {
      expect(checkGradients(y)).toMatchObject({ ok: false, leaves: [{ verdict: 'disagrees' }] });
    } finally {
      slopes[0] = right;
    }
    expect(checkGradients(y).ok).toBe(true);
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

describe('near a kink the gradient check', () => {
  it('skips the leaf and names the kink it stands on', () => {
    const [report] = checkGradients(record(value(0).relu())).leaves;
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
    const [report] = checkGradients(
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
    const report = checkGradients(record(x.pow(2).mul(30).sub(x).max(x.mul(-2)))).leaves[0];
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
