import { backwardFrom, ForeignValueError, StaleValueError, Tape } from '@backflow/engine';
import type { Value } from '@backflow/engine';
import { describe, expect, it } from 'vitest';

describe('a block of parameters', () => {
  it('names its own nodes if a label is given, and no others', () => {
    const tape = new Tape();
    tape.parameters([1, 2]);
    expect(tape.names.size).toBe(0);
    tape.parameters([3, 4], { label: 'w' });
    expect([...tape.names]).toEqual([
      [2, 'w[0]'],
      [3, 'w[1]'],
    ]);
  });
});

describe('a block of constants that was forgotten', () => {
  it('is refused in debug mode, and so is each part of it, when others have its place', () => {
    const tape = new Tape({ debug: true });
    const mark = tape.mark();
    const block = tape.constants([1, 2, 3]);
    const part = block.slice(1);
    tape.reset(mark);
    tape.leaf(7);
    const later = tape.constants([4, 5, 6]);
    for (const gone of [block, part]) expect(() => gone.data).toThrow(StaleValueError);
    expect([...later.slice(1).data]).toEqual([5, 6]);
  });
});

describe('a tape', () => {
  it('says which nodes there are', () => {
    const tape = new Tape();
    tape.leaf(1);
    tape.leaf(2);
    expect(() => tape.at(-1)).toThrow('an index from 0 to 1');
  });

  it('refuses the Values of another one also beside a number', () => {
    const foreign = new Tape().leaf(1);
    expect(() => new Tape().apply('add', foreign, 3)).toThrow(ForeignValueError);
    const tape = new Tape();
    tape.leaf(5);
    expect(() => tape.apply('pow', foreign, 3)).toThrow(ForeignValueError);
  });
});

describe('a sweep', () => {
  it('can be asked of the tape', () => {
    const tape = new Tape();
    const x = tape.leaf(3);
    tape.backward(x.mul(x), 2);
    expect(x.grad).toBe(12);
  });

  it('from several outputs passes 0 · ∞ on as NaN, unless asked not to', () => {
    const gradient = (options?: { readonly absoluteZero: boolean }) => {
      const x = new Tape().leaf(0);
      backwardFrom([x.sqrt().mul(0)], options);
      return x.grad;
    };
    expect([gradient(), gradient({ absoluteZero: true })]).toEqual([NaN, 0]);
  });

  it('from an early node leaves what a later one gave a leaf to zeroGrad()', () => {
    const tape = new Tape();
    const y = tape.leaf(2).neg();
    const later = tape.leaf(5);
    y.mul(later).backward();
    y.backward();
    expect(later.grad).toBe(-2);
    tape.zeroGrad();
    expect(later.grad).toBe(0);
  });

  // By then it has long found out whether all leaves are finite, and need not ask again.
  const far = (below: Value, aside: Value): Value => {
    let y = below.mul(0);
    for (let i = 0; i < 3000; i++) y = y.add(1);
    return y.add(aside.mul(aside).mul(0));
  };

  it('passes 0 · ∞ on as NaN also thousands of nodes further down', () => {
    const tape = new Tape();
    const [large, factor, zero] = [tape.leaf(1000), tape.leaf(2), tape.leaf(0)];
    const written = tape.leaf(1);
    far(large.exp().mul(factor), factor).add(far(zero.sqrt(), factor)).backward();
    expect([large.grad, factor.grad, zero.grad]).toEqual([NaN, NaN, NaN]);
    tape.zeroGrad();
    const product = written.mul(factor);
    const y = far(product, factor);
    written.data = Infinity;
    y.backward();
    expect([written.grad, factor.grad]).toEqual([0, NaN]);
  });
});
