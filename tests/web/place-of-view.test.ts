import { describe, expect, it } from 'vitest';
import { cameraAt, placeOf } from '../../apps/web/src/state/place-of-view.ts';

const spread = (keys: readonly string[], x: readonly number[], y: readonly number[]) => ({
  keys,
  layout: { x: Float64Array.from(x), y: Float64Array.from(y) },
});

describe('the place of a camera', () => {
  const here = spread(['a', 'b'], [0, 200], [0, 50]);

  it('is counted from the nearest node, so that another layout shows the same part of the graph', () => {
    const place = placeOf({ x: 190, y: 40, ratio: 0.5 }, here);
    expect(place).toEqual({ x: -10, y: -10, ratio: 0.5, near: 'b' });
    const there = spread(['a', 'b'], [700, 900], [-300, -250]);
    expect(cameraAt(place, there)).toEqual({ x: 890, y: -260, ratio: 0.5 });
  });

  it('is nowhere in a graph without that node, and as it stands where it names none', () => {
    expect(cameraAt({ x: 1, y: 2, ratio: 1, near: 'c' }, here)).toBeNull();
    expect(cameraAt({ x: 1, y: 2, ratio: 1 }, here)).toEqual({ x: 1, y: 2, ratio: 1 });
  });
});
