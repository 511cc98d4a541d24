import { backward, firstNonFinite, kinks, kinksOf, record, Tape, value, where } from '@backflow/engine';
import { describe, expect, it } from 'vitest';

describe('firstNonFinite', () => {
  it('is null where every number is finite', () => {
    expect(firstNonFinite(record(value(2).mul(3).exp()))).toBeNull();
  });

  it('names the operation that made a NaN of finite numbers, not those it infected', () => {
    const tape = new Tape();
    const x = tape.leaf(-1);
    const bad = x.log();
    const y = bad.mul(2).exp();
    expect(firstNonFinite(tape.record(y))).toEqual({ what: 'value', node: bad.index, value: NaN });
  });

  it('names the leaf that held it', () => {
    expect(firstNonFinite(record(value(Infinity).exp()))).toEqual({
      what: 'value',
      node: 0,
      value: Infinity,
    });
  });

  it('names the edge where 0 · ∞ was made: from the root to the square, in √(x²) at 0', () => {
    const tape = new Tape();
    const x = tape.leaf(0);
    const square = x.mul(x);
    const root = square.sqrt();
    expect(firstNonFinite(tape.record(root))).toEqual({
      what: 'contribution',
      node: root.index,
      slot: 0,
      input: square.index,
      local: Infinity,
      upstream: 1,
      contribution: Infinity,
    });
    const flat = root.mul(0);
    const found = firstNonFinite(tape.record(flat));
    expect(found).toMatchObject({ what: 'contribution', node: root.index, local: Infinity, upstream: 0 });
    expect(found).toHaveProperty('contribution', NaN);
  });

  it('names a gradient that overflowed in the sum', () => {
    const tape = new Tape();
    const x = tape.leaf(1e-300);
    const y = x.mul(1e308).add(x.mul(1e308));
    expect(firstNonFinite(tape.record(y))).toEqual({ what: 'gradient', node: x.index, value: Infinity });
  });

  it('looks at what the output depends on first, and at the rest if that is finite', () => {
    const tape = new Tape();
    const x = tape.leaf(-1);
    const aside = x.log();
    const y = x.div(0);
    expect(firstNonFinite(tape.record(y))).toMatchObject({ node: y.index });
    expect(firstNonFinite(tape.record(x))).toMatchObject({ node: aside.index });
  });

  it('passes over branches that were not evaluated', () => {
    const x = value(-1);
    const recording = record(where(x.greater(0), () => x.log(), x));
    expect(firstNonFinite(recording)).toBeNull();
  });

  it('takes gradients that are there, or looks at values only', () => {
    const recording = record(value(0).sqrt());
    expect(firstNonFinite(recording, backward(recording))).toMatchObject({ what: 'contribution' });
    expect(firstNonFinite(recording, null)).toBeNull();
  });
});

describe('kinksOf', () => {
  it('lists the nodes that stand on a kink, with the slope that was taken', () => {
    const tape = new Tape();
    const x = tape.leaf(0);
    const y = x.relu().add(x.exp()).add(x.abs());
    expect(kinksOf(tape.record(y))).toEqual([
      { node: 1, kink: { slot: 0, chosen: 0, admissible: [0, 1] } },
      { node: 4, kink: { slot: 0, chosen: 0, admissible: [-1, 1] } },
    ]);
  });

  it('leaves out constants, and branches that were not evaluated', () => {
    const tape = new Tape();
    const x = tape.leaf(0);
    const y = where(
      x.add(1),
      () => x.max(0),
      () => x.abs(),
    );
    expect(kinksOf(tape.record(y)).map(({ node, kink }) => [node, kink.slot])).toEqual([[2, 0]]);
  });
});

describe('kinks', () => {
  it('lists where a Value has no slope, with the one that is taken and those that would do', () => {
    const tape = new Tape();
    const [x, y] = [tape.leaf(0, 'x'), tape.leaf(2, 'y')];
    x.abs();
    const relu = x.relu();
    const found = kinks(relu.add(y.floor()).add(x.max(y)));
    expect(found.map(({ value: { index }, ...rest }) => ({ node: index, ...rest }))).toEqual([
      { node: relu.index, operation: 'relu', slot: 0, at: 0, chosen: 0, admissible: [0, 1] },
      { node: relu.index + 1, operation: 'floor', slot: 0, at: 2, chosen: 0, admissible: null },
    ]);
    expect(kinks(y.exp())).toEqual([]);
  });
});
