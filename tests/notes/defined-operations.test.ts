import { defineOperation } from '@backflow/engine';
import { checkNotes } from '@backflow/notes';
import { describe, expect, it } from 'vitest';

defineOperation('swish', {
  arity: 1,
  value: (a) => a / (1 + Math.exp(-a)),
  partials: [(a) => 1 / (1 + Math.exp(-a)) + (a * Math.exp(-a)) / (1 + Math.exp(-a)) ** 2],
  check: true,
});

const verdicts = (notes: string, program?: string): [string, string][] =>
  checkNotes(notes, program === undefined ? {} : { program }).claims.map(({ text, verdict }) => [
    text,
    verdict,
  ]);

describe('notes about an operation of one’s own', () => {
  const program = 'w = 0.5\nx = 2\nh = swish(w*x)\nL = (h - 1)^2';

  it('are judged by its value and slope', () => {
    expect(
      verdicts(
        "h = swish(w x) = 0.7311\n∂L/∂w = 2(h-1) swish'(w x) x = -0.998\nswish(1) = 0.7311\n∂L/∂x = 7\nh = swish(w)",
        program,
      ),
    ).toEqual([
      ['h = swish(w x)', 'right'],
      ['0.7311', 'right'],
      ["∂L/∂w = 2(h-1) swish'(w x) x", 'right'],
      ['-0.998', 'right'],
      ['swish(1) = 0.7311', 'right'],
      ['∂L/∂x = 7', 'wrong'],
      ['h = swish(w)', 'wrong'],
    ]);
  });
});

describe('affine in notes', () => {
  it('is the sum of products and a bias, of vectors and of numbers', () => {
    const program = 'w = [1, 2]\nx = [3, 4]\nb = 0.5\ny = affine(w, x, b)\nL = y^2';
    expect(
      verdicts('y = affine(w, x, b) = 11.5\ny = dot(w, x) + b\n∂L/∂b = 23\n∂L/∂w_1 = 69', program).map(
        ([, verdict]) => verdict,
      ),
    ).toEqual(['right', 'right', 'right', 'right', 'right']);
    expect(verdicts('w = 2\nx = 3\nb = 1\ny = affine(w, x, b) = 7\ny = w x + b').slice(-3)).toEqual([
      ['y = affine(w, x, b)', 'right'],
      ['7', 'right'],
      ['y = w x + b', 'right'],
    ]);
  });
});
