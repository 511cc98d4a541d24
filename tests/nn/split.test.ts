import { generate, split, type Dataset } from '@backflow/nn';
import { describe, expect, it } from 'vitest';

const data = generate({ kind: 'blobs', count: 100, noise: 0, seed: 1, validation: 0 });
const classified = (y: readonly number[], classes: readonly string[]): Dataset => ({
  ...data,
  size: y.length,
  y: Float64Array.from(y),
  classes,
});
const inOrder = (list: Int32Array): boolean => list.every((i, k) => k === 0 || i > list[k - 1]);

describe('split', () => {
  it('gives each example to one side, in order', () => {
    const { train, validation } = split(data, { validation: 0.2, seed: 3 });
    expect([...train, ...validation].sort((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, i) => i));
    expect(validation.length).toBe(20);
    expect(inOrder(train) && inOrder(validation)).toBe(true);
  });

  it('is the same for the same seed, and another for another', () => {
    expect(split(data, { validation: 0.2, seed: 3 })).toEqual(split(data, { validation: 0.2, seed: 3 }));
    expect(split(data, { validation: 0.2, seed: 3 })).not.toEqual(split(data, { validation: 0.2, seed: 4 }));
  });

  it('keeps the share of each class', () => {
    const y = Array.from({ length: 100 }, (_, i) => (i < 90 ? 0 : 1));
    for (let seed = 0; seed < 20; seed++) {
      const { validation } = split(classified(y, ['common', 'rare']), { validation: 0.2, seed });
      expect([...validation].filter((i) => y[i] === 1).length).toBe(2);
    }
  });

  it('gives remainders to the classes that are due the most', () => {
    // A fifth of 7, 6 and 5 are 1.4, 1.2 and 1; together 3.6, so 4.
    const y = [0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2];
    const { validation } = split(classified(y, ['a', 'b', 'c']), { validation: 0.2, seed: 1 });
    const kept = [...validation].map((i) => y[i]);
    expect([0, 1, 2].map((of) => kept.filter((c) => c === of).length)).toEqual([2, 1, 1]);
  });

  it('keeps none where none are wanted, nor of classes that have no example', () => {
    expect(split(data, { validation: 0, seed: 1 }).validation.length).toBe(0);
    expect(split(classified([1, 1, 1, 1], ['a', 'b']), { validation: 0.5, seed: 1 }).validation.length).toBe(
      2,
    );
    expect(split(classified([], []), { validation: 0.5, seed: 1 }).train.length).toBe(0);
  });

  it.each([-0.1, 1, NaN, '0.5' as unknown as number])('refuses the share %s', (validation) => {
    expect(() => split(data, { validation, seed: 1 })).toThrow('validation: found');
  });

  it('rounds the share for numbers', () => {
    const line = generate({ kind: 'line', count: 7, noise: 0, seed: 1, validation: 0 });
    expect(split(line, { validation: 0.2, seed: 1 }).validation.length).toBe(1);
    expect(split(line, { validation: 0.5, seed: 1 }).validation.length).toBe(4);
  });
});
