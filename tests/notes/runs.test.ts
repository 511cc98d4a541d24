import { backward, evaluate, forward, LEAF, Tape } from '@backflow/engine';
import type { Recording } from '@backflow/engine';
import { describe, expect, it } from 'vitest';
import type { Bound } from '../../packages/notes/src/bound.ts';
import type { NumberTerm } from '../../packages/notes/src/term.ts';
import { evaluateBound } from '../../packages/notes/src/world/evaluate.ts';
import { createRun } from '../../packages/notes/src/world/run.ts';
import { randomNumbers, randomProgram, seedOfRun } from '../engine/random-program.ts';

/** u = x·x, v = u + x, y = u·v at x = 3: four nodes that defeat every wrong traversal. */
function fourNodes(): Recording {
  const tape = new Tape();
  const x = tape.leaf(3, 'x');
  const u = tape.apply('mul', x, x).as('u');
  const v = tape.apply('add', u, x).as('v');
  return tape.record(tape.apply('mul', u, v).as('y'));
}

function near(found: number, expected: number): boolean {
  if (Object.is(found, expected) || (found !== found && expected !== expected) || found === expected)
    return true;
  return Math.abs(found - expected) <= 1e-12 * Math.max(1, Math.abs(found), Math.abs(expected));
}

const [x, u, v, y] = [0, 1, 2, 3];

describe('a run without a change', () => {
  it('has the values, gradients and tangents of the engine, for random programs', () => {
    const random = randomNumbers(seedOfRun());
    for (let made = 0; made < 2000; made++) {
      // Evaluated once by the engine, which leaves out what only an untaken branch needs.
      const recording = evaluate(randomProgram(random), new Map());
      const run = createRun(recording);
      const expected = backward(recording);
      const gradient = run.gradient(recording.output);
      for (let node = 0; node < recording.count; node++) {
        expect(near(run.value[node], recording.value[node])).toBe(true);
        expect(near(gradient[node], expected[node])).toBe(true);
      }
      const direction = new Float64Array(recording.count);
      direction[0] = 1;
      const tangents = forward(recording, direction);
      const found = run.tangent(0);
      for (let node = 0; node < recording.count; node++) expect(near(found[node], tangents[node])).toBe(true);
    }
  });

  it('takes other numbers for leaves', () => {
    const run = createRun(fourNodes(), new Map([[x, 1]]));
    expect([...run.value]).toEqual([1, 1, 2, 2]);
    // y = x⁴ + x³
    expect(run.gradient(y)[x]).toBe(7);
  });

  it('computes a gradient once', () => {
    const run = createRun(fourNodes());
    expect(run.gradient(y)).toBe(run.gradient(y));
    expect(run.tangent(x)).toBe(run.tangent(x));
    expect(run.gradient(v)[x]).toBe(7);
  });

  it('does not evaluate the branch that was not taken, nor pass a gradient to it', () => {
    const tape = new Tape();
    const a = tape.leaf(-4, 'a');
    const positive = tape.apply('greater', a, 0);
    const root = tape.skip(() => tape.apply('sqrt', a));
    const recording = tape.record(tape.apply('where', positive, root, tape.apply('mul', a, 3)));
    const run = createRun(recording);
    expect(run.value[root.index]).toBeNaN();
    expect(run.value[recording.output]).toBe(-12);
    expect(run.gradient(recording.output)[0]).toBe(3);
    const other = createRun(recording, new Map([[0, 4]]));
    expect(other.value[recording.output]).toBe(2);
    expect(other.gradient(recording.output)[0]).toBe(0.25);
  });

  it('goes through a chain of two hundred thousand operations', () => {
    const tape = new Tape();
    let value = tape.leaf(1, 'x');
    for (let i = 0; i < 200_000; i++) value = tape.apply('neg', value);
    const run = createRun(tape.record(value));
    expect(run.gradient(value.index)[0]).toBe(1);
    expect(createRun(tape.record(value), null, { sweep: 'preorder' }).gradient(value.index)[0]).toBe(1);
  });
});

describe('a changed run', () => {
  const edge = (recording: Recording, node: number, slot: number) => recording.inputStart[node] + slot;

  it('computes from a stated value what depends on it', () => {
    const run = createRun(fourNodes(), null, { values: new Map([[u, 10]]) });
    expect([...run.value]).toEqual([3, 10, 13, 130]);
    expect(run.gradient(y)[v]).toBe(10);
  });

  it('takes the slope of a stated activation from the activation', () => {
    const tape = new Tape();
    const z = tape.leaf(0.5, 'z');
    const a = tape.apply('sigmoid', z);
    const run = createRun(tape.record(a), null, { values: new Map([[a.index, 0.62]]) });
    expect(run.gradient(a.index)[z.index]).toBeCloseTo(0.62 * 0.38, 15);
  });

  it('obeys stated slopes, slips and cuts', () => {
    const recording = fourNodes();
    const stated = createRun(recording, null, { locals: new Map([[edge(recording, v, 1), 5]]) });
    expect(stated.gradient(y)[x]).toBe(135 - 9 + 45);
    const slipped = createRun(recording, null, {
      slips: new Map([[edge(recording, u, 1), (run, _edge, local) => local + run.value[v]]]),
    });
    expect(slipped.gradient(u)[x]).toBe(3 + 3 + 12);
    const missed = createRun(recording, null, { cut: new Set([edge(recording, v, 0)]) });
    expect(missed.gradient(y)[u]).toBe(12);
    expect(missed.gradient(y)[x]).toBe(12 * 6 + 9);
    expect(missed.tangent(u)[v]).toBe(0);
  });

  it('computes what lies behind a stated gradient from it', () => {
    const gradients = new Map([[y, new Map([[u, 20]])]]);
    const run = createRun(fourNodes(), null, { gradients });
    expect(run.gradient(y)[x]).toBe(20 * 6 + 9);
    expect(run.gradient(v)[x]).toBe(7);
  });

  it('combines contributions as it is told', () => {
    const at = new Set([u]);
    const gradientAt = (by: 'last' | 'first' | 'product' | 'mean' | 'max') =>
      createRun(fourNodes(), null, { combine: { at, by } }).gradient(y)[u];
    // 12 from y, then 9 from v.
    expect(gradientAt('first')).toBe(12);
    expect(gradientAt('last')).toBe(9);
    expect(gradientAt('product')).toBe(108);
    expect(gradientAt('mean')).toBe(10.5);
    expect(gradientAt('max')).toBe(12);
    const overwritten = createRun(fourNodes(), null, { combine: { at: 'all', by: 'last' } });
    expect(overwritten.gradient(y)[x]).toBe(27);
  });

  it('repeats the wrong traversals', () => {
    const sweep = (how: 'premature' | 'preorder' | 'breadth-first' | 'post-order') =>
      createRun(fourNodes(), null, { sweep: how }).gradient(y)[x];
    expect(sweep('premature')).toBe(207);
    expect(sweep('preorder')).toBe(81);
    expect(sweep('breadth-first')).toBe(81);
    expect(sweep('post-order')).toBe(0);
  });

  it('gives a traversal up that takes too many visits', () => {
    const tape = new Tape();
    const a = tape.leaf(1, 'a');
    let sum = tape.apply('add', a, a);
    for (let i = 1; i < 40; i++) sum = tape.apply('add', sum, sum);
    const run = createRun(tape.record(sum), null, { sweep: 'premature' });
    expect(run.gradient(sum.index)[0]).toBeNaN();
  });
});

describe('a bound formula', () => {
  const number = (value: number): Bound => ({ kind: 'literal', literal: numberTerm(value) });
  const numberTerm = (value: number): NumberTerm => ({
    kind: 'number',
    value,
    unit: 1,
    integer: true,
    open: false,
    from: 0,
    to: 1,
  });
  const derivative = (of: number, by: number, more: Partial<Bound & { kind: 'derivative' }> = {}): Bound => ({
    kind: 'derivative',
    of,
    by,
    slots: [],
    order: 1,
    at: null,
    ...more,
  });
  const run = createRun(fourNodes());

  it('has the numbers of its nodes and derivatives', () => {
    const product: Bound = { kind: 'apply', operation: 'mul', of: [{ kind: 'value', node: u }, number(2)] };
    expect(evaluateBound(product, run)).toBe(18);
    expect(evaluateBound(derivative(y, x), run)).toBe(135);
    expect(evaluateBound(derivative(y, x, { negative: true }), run)).toBe(-135);
    expect(evaluateBound({ kind: 'slope', operation: 'tanh', of: number(0) }, run)).toBe(1);
  });

  it('is the local partial or the total derivative, as asked', () => {
    const twofold = derivative(y, u, { slots: [0] });
    expect(evaluateBound(twofold, run, { local: false })).toBe(21);
    expect(evaluateBound(twofold, run, { local: true })).toBe(12);
  });

  it('can be asked at another point', () => {
    const at = new Map([[x, number(1)]]);
    expect(evaluateBound(derivative(y, x, { at }), run)).toBe(7);
    expect(evaluateBound({ kind: 'value', node: y, at }, run)).toBe(2);
    expect(evaluateBound(derivative(y, v, { at: new Map([[u, number(4)]]) }), run)).toBe(4);
  });

  it('takes literals as told', () => {
    expect(evaluateBound(number(2), run, { local: false, literal: ({ value }) => value + 0.5 })).toBe(2.5);
  });

  it('has second derivatives to ten digits', () => {
    // y″ = 12x² + 6x
    expect(evaluateBound(derivative(y, x, { order: 2 }), run)).toBeCloseTo(126, 9);
    const tape = new Tape();
    const z = tape.leaf(0.7, 'z');
    const t = tape.apply('tanh', z);
    const curved = createRun(tape.record(t));
    const slope = 1 - Math.tanh(0.7) ** 2;
    expect(evaluateBound(derivative(t.index, z.index, { order: 2 }), curved)).toBeCloseTo(
      -2 * Math.tanh(0.7) * slope,
      9,
    );
  });

  it('subtracts the rate times the gradient for an update', () => {
    expect(evaluateBound({ kind: 'updated', leaf: x, rate: { kind: 'exact', value: 0.1 } }, run)).toBe(-10.5);
    expect(evaluateBound({ kind: 'updated', leaf: x, rate: null }, run)).toBeNaN();
    expect(run.recording.operation[x]).toBe(LEAF);
  });
});
