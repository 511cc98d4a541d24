import { describe, expect, it } from 'vitest';
import { align, namesAligned } from '../../packages/notes/src/world/alignment.ts';
import { formula } from './assembled.ts';

function names(symbolic: string, numbers: string): Record<string, number> | null {
  const alignment = align(formula(symbolic), formula(numbers));
  const found = alignment === null ? null : namesAligned(alignment);
  return found === null ? null : Object.fromEntries(found);
}

/** Texts of the parts that stand for something, with their numbers. */
function parts(
  symbolic: string,
  numbers: string,
  truth?: Record<string, number>,
): Record<string, number> | null {
  const known = (text: string) => truth?.[text] ?? null;
  const alignment = align(
    formula(symbolic),
    formula(numbers),
    truth === undefined ? {} : { truth: ({ from, to }) => known(symbolic.slice(from, to)) },
  );
  if (alignment === null) return null;
  const texts = alignment.parts.map(
    ({ symbolic: terms, value }) =>
      [
        terms.map(({ from, to }) => symbolic.slice(from, to)).join(' · '),
        Number(value.toPrecision(12)),
      ] as const,
  );
  return Object.fromEntries(texts);
}

describe('a formula of numbers laid over a formula with names', () => {
  it('takes terms and factors from left to right', () => {
    expect(names('w a + b', '1.5·0.6 + 0.2')).toEqual({ w: 1.5, a: 0.6, b: 0.2 });
    expect(names('w1*i1 + w2*i2 + b1*1', '0.15*0.05 + 0.2*0.1 + 0.35*1')).toEqual({
      w1: 0.15,
      i1: 0.05,
      w2: 0.2,
      i2: 0.1,
      b1: 0.35,
    });
  });

  it('gives the sign before a number to the name', () => {
    expect(names('w a + b', '1.5·0.6 - 0.4')).toEqual({ w: 1.5, a: 0.6, b: -0.4 });
    expect(names('w a + b', '(-1.5)·0.6 + (-0.4)')).toEqual({ w: -1.5, a: 0.6, b: -0.4 });
    expect(names('a - b', '3 - 5')).toEqual({ a: 3, b: 5 });
    expect(names('-a b', '-3·5')).toEqual({ a: 3, b: 5 });
  });

  it('looks into functions, powers and parentheses', () => {
    expect(names('(a - y)^2', '(0.62 - 1)^2')).toEqual({ a: 0.62, y: 1 });
    expect(names('σ(w x + b)', 'σ(2·3 + 1)')).toEqual({ w: 2, x: 3, b: 1 });
    expect(names('(a + b)(b + 1)', '(2 + 1)(1 + 1)')).toEqual({ a: 2, b: 1 });
    expect(names('1/2 (t - o)^2', '1/2 (0.01 - 0.75)^2')).toEqual({ t: 0.01, o: 0.75 });
    expect(names('x/y', '6/3')).toEqual({ x: 6, y: 3 });
  });

  it('gives numbers to derivatives and folds 2(a − y) into one number', () => {
    expect(parts("a σ'(z) 2(a-y)", '0.6·0.62·(-0.76)')).toEqual({
      a: 0.6,
      "σ'(z)": 0.62,
      '2 · (a-y)': -0.76,
    });
    expect(parts("a σ'(z) 2(a-y)", '0.6·0.235·2·(-0.38)')).toEqual({
      a: 0.6,
      "σ'(z)": 0.235,
      '(a-y)': -0.38,
    });
    expect(parts('∂L/∂O31·∂O31/∂O21', '-0.95·0.17')).toEqual({ '∂L/∂O31': -0.95, '∂O31/∂O21': 0.17 });
  });

  it('derives (a − y) from the number for 2(a − y)', () => {
    const symbolic = formula('2(a - y)');
    const alignment = align(symbolic, formula('-0.76'))!;
    expect([...alignment.values.values()]).toEqual([-0.38]);
  });

  it('lets two numbers stand for one slope: 0.62·(1 − 0.62)', () => {
    expect(parts("2(a-y) σ'(z) x", '2·(-0.38)·0.62·(1-0.62)·3')).toEqual({
      '(a-y)': -0.38,
      "σ'(z)": 0.2356,
      x: 3,
    });
  });

  it('passes over factors of 1', () => {
    expect(names('a b', '1·2·3')).toEqual({ a: 2, b: 3 });
    expect(parts("1·σ'(z)·2(a-y)", '0.235·(-0.76)')).toEqual({ "σ'(z)": 0.235, '2 · (a-y)': -0.76 });
  });

  it('finds another order only where the truth tells it', () => {
    expect(parts('a b c', '3·2·5', { a: 2, b: 3, c: 5 })).toEqual({ a: 2, b: 3, c: 5 });
    expect(parts('a b c', '3·2·5')).toEqual({ a: 3, b: 2, c: 5 });
  });

  it('refuses what is built otherwise', () => {
    expect(names('w a + b', '0.5')).toBeNull();
    expect(names('w a + b', '1 + 2 + 3')).toBeNull();
    expect(names('a b', '3 + 4')).not.toEqual({ a: 3, b: 4 });
    expect(names('3 a', '4·5')).not.toEqual({ a: 5 });
    expect(names('2', '2')).toBeNull();
  });

  it('refuses two numbers for one name', () => {
    expect(names('x x', '2·3')).toBeNull();
    expect(names('x x', '3·3')).toEqual({ x: 3 });
  });
});
