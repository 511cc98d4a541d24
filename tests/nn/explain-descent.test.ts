import { describe, expect, it } from 'vitest';
import { behaviourOf, descend, type Landscape } from '../../packages/nn/src/explain/descent.ts';
import { bowl, counted, differenceGradient, exhaustiveSearch } from '../../packages/nn/src/explain/search.ts';

function finish<T>(work: Generator<unknown, T>): T {
  for (;;) {
    const { done, value } = work.next();
    if (done === true) return value;
  }
}

/** 3/2 x² + 1/2 y². */
const lecture: Landscape = {
  dimensions: 2,
  value: ({ 0: x, 1: y }) => 1.5 * x * x + 0.5 * y * y,
  slope({ 0: x, 1: y }, slope) {
    slope[0] = 3 * x;
    slope[1] = y;
    return 1.5 * x * x + 0.5 * y * y;
  },
};

const curve = (value: (x: number) => number, slope: (x: number) => number): Landscape => ({
  dimensions: 1,
  value: (point) => value(point[0]),
  slope(point, into) {
    into[0] = slope(point[0]);
    return value(point[0]);
  },
});
const parabola = curve(
  (x) => x * x,
  (x) => 2 * x,
);

describe('gradient descent', () => {
  it('steps in proportion to the slope', () => {
    const path = descend(lecture, [1, 1], { rate: 0.1, steps: 2 });
    expect([...path[0].slope]).toEqual([3, 1]);
    expect([...path[1].point]).toEqual([expect.closeTo(0.7, 12), expect.closeTo(0.9, 12)]);
    expect(path[0].move).toBeCloseTo(0.1 * Math.sqrt(10), 12);
    expect(path).toHaveLength(3);
  });

  it('gets shorter steps near a minimum, and settles', () => {
    const path = descend(parabola, [3], { rate: 0.1, steps: 500 });
    expect(behaviourOf(path)).toBe('settled');
    expect(path.every((step, i) => i === 0 || step.move < path[i - 1].move)).toBe(true);
    expect(Math.abs(path.at(-1)!.point[0])).toBeLessThan(1e-5);
  });

  it.each([
    // x ← (1 − 2·rate) x
    [0.1, 10, 'rolling'],
    [0.9, 10, 'zigzags'],
    [1, 10, 'oscillates'],
    [1.1, 10, 'explodes'],
    [0.5, 10, 'settled'],
    [100, 1000, 'explodes'],
  ])('on x² with a rate of %d, after %d steps: %s', (rate, steps, behaviour) => {
    expect(behaviourOf(descend(parabola, [1], { rate, steps }))).toBe(behaviour);
  });

  it('stays where it is flat, and where there is nothing', () => {
    expect(behaviourOf(descend(parabola, [0], { rate: 0.1, steps: 10 }))).toBe('flat');
    const root = curve(Math.sqrt, (x) => 0.5 / Math.sqrt(x));
    expect(behaviourOf(descend(root, [-1], { rate: 0.1, steps: 10 }))).toBe('nowhere');
  });

  it('creeps where its steps are none though it is not level', () => {
    expect(behaviourOf(descend(parabola, [0.004], { rate: 1e-4, steps: 10 }))).toBe('creeps');
    expect(behaviourOf(descend(parabola, [3], { rate: 0, steps: 10 }))).toBe('creeps');
    expect(behaviourOf(descend(parabola, [0.0004], { rate: 1e-4, steps: 10 }))).toBe('flat');
    expect(behaviourOf(descend(parabola, [0.0051], { rate: 1e-4, steps: 2000 }))).toBe('creeps');
    expect(behaviourOf(descend(parabola, [3], { rate: 1e9, steps: 2000 }))).toBe('explodes');
  });

  it('falls for ever where there is no bottom, and may leave where there is a cost', () => {
    const hill = curve(
      (x) => -x * x,
      (x) => -2 * x,
    );
    expect(behaviourOf(descend(hill, [1], { rate: 1, steps: 100 }))).toBe('bottomless');
    const root = curve(Math.sqrt, (x) => 0.5 / Math.sqrt(x));
    expect(behaviourOf(descend(root, [1], { rate: 10, steps: 100 }))).toBe('leaves');
    const wall = curve(Math.exp, Math.exp);
    expect(behaviourOf(descend(wall, [3], { rate: -1, steps: 100 }))).toBe('explodes');
  });

  it('goes to the minimum that it is above', () => {
    const two = curve(
      (x) => (x * x - 1) ** 2,
      (x) => 4 * x * (x * x - 1),
    );
    const end = (start: number): number => descend(two, [start], { rate: 0.05, steps: 500 }).at(-1)!.point[0];
    expect(end(0.2)).toBeCloseTo(1, 4);
    expect(end(-0.2)).toBeCloseTo(-1, 4);
  });
});

describe('what a search costs', () => {
  it.each([
    [1, 10],
    [2, 100],
    [4, 10_000],
  ])('ten values in each of %d dimensions are %d evaluations', (dimensions, evaluations) => {
    const landscape = counted(bowl(dimensions));
    const ends = (end: number): number[] => Array.from({ length: dimensions }, () => end);
    const found = finish(exhaustiveSearch(landscape, ends(-4), ends(5), 10));
    expect(landscape.evaluations).toEqual({ values: evaluations, slopes: 0 });
    expect(found.tried).toBe(evaluations);
    expect([...found.point]).toEqual(ends(0));
    expect(found.cost).toBe(0);
  });

  it('tries every place of the grid once', () => {
    const seen = new Set<string>();
    const grid: Landscape = {
      dimensions: 3,
      value: (point) => {
        seen.add(Array.from(point).join());
        return 0;
      },
      slope: () => 0,
    };
    finish(exhaustiveSearch(grid, [0, 0, 0], [3, 3, 3], 4));
    expect(seen.size).toBe(64);
    expect(seen.has('3,0,2')).toBe(true);
  });

  it('finite differences need one evaluation more than there are weights', () => {
    for (const dimensions of [1, 2, 4, 8, 13_002]) {
      // A bowl whose value does not look at all of its numbers again: 13,003 evaluations are quick.
      let last = 0;
      const landscape = counted({
        dimensions,
        value: (point) => point[last++ % dimensions],
        slope: () => 0,
      });
      finish(differenceGradient(landscape, new Float64Array(dimensions), 1e-6));
      expect(landscape.evaluations.values).toBe(dimensions + 1);
    }
  });

  it('finite differences come near the gradient', () => {
    const point = [0.5, -1, 2];
    const landscape = counted(bowl(3));
    const exact = new Float64Array(3);
    landscape.slope(point, exact);
    const found = finish(differenceGradient(landscape, point, 1e-6));
    found.forEach((each, i) => expect(each).toBeCloseTo(exact[i], 5));
    expect(landscape.evaluations).toEqual({ values: 4, slopes: 1 });
  });
});
