import { Constant, ForeignValueError, OperandError, StaleValueError, Tape } from '@backflow/engine';
import type { Value } from '@backflow/engine';
import { describe, expect, it } from 'vitest';

const BINARY = ['add', 'sub', 'mul', 'div'] as const;
const UNARY = ['exp', 'tanh', 'sigmoid', 'relu'] as const;

/** A Value that is no longer on its tape: the node after the last. */
function forgotten(tape: Tape): Value {
  const mark = tape.mark();
  const value = tape.leaf(3);
  tape.reset(mark);
  return value;
}

describe.each(BINARY)('%s', (name) => {
  it('refuses what is no number and no Value of the tape', () => {
    const tape = new Tape();
    const x = tape.leaf(2);
    for (const b of [null, undefined, '1', {}]) {
      expect(() => x[name](b as Value)).toThrow(OperandError);
    }
    expect(() => x[name](new Tape().leaf(1))).toThrow(ForeignValueError);
    const stale = forgotten(tape);
    expect(() => x[name](stale)).toThrow(StaleValueError);
    expect(() => stale[name](x)).toThrow(StaleValueError);
    expect(tape.size).toBe(1);
  });

  it('has its number where the tape grows', () => {
    const tape = new Tape();
    const x = tape.leaf(6);
    const y = tape.leaf(2);
    const { data } = x[name](y);
    const all = Array.from({ length: 1000 }, () => x[name](y));
    expect(all.every((each) => each.data === data && each.op === name)).toBe(true);
  });
});

describe.each(UNARY)('%s', (name) => {
  it('refuses what was forgotten', () => {
    const tape = new Tape();
    tape.leaf(1);
    const stale = forgotten(tape);
    expect(() => stale[name]()).toThrow(StaleValueError);
  });

  it('has its number where the tape grows', () => {
    const tape = new Tape();
    const x = tape.leaf(0.5);
    const { data } = x[name]();
    const all = Array.from({ length: 1000 }, () => x[name]());
    expect(all.every((each) => each.data === data && each.op === name)).toBe(true);
  });
});

it('operations in a group are in it', () => {
  const tape = new Tape();
  const x = tape.leaf(2);
  tape.group('g', () => {
    for (const name of BINARY) x[name](x);
    for (const name of UNARY) x[name]();
  });
  expect([...tape.record().group!]).toEqual([-1, 0, 0, 0, 0, 0, 0, 0, 0]);
});

describe('what is not of its type is refused', () => {
  const given = (wrong: unknown) => wrong as never;
  const x = new Tape().leaf(1);
  it.each([
    ['Constant', () => new Constant(given('1'), '1')],
    ['label', () => x.as(given(1))],
    ['backward', () => x.backward(given(null))],
    ['onGrad', () => x.onGrad(given(1))],
  ])('%s', (where, use) => {
    expect(use).toThrow(OperandError);
    expect(use).toThrow(where);
  });
});
