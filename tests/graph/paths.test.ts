import { absoluteBackward, backward, isLive, partialsOf, type Recording, type Value } from '@backflow/engine';
import { largestPaths, type Path } from '@backflow/graph';
import { assert, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomSums, recordingOf } from './programs.ts';

const seed = 72;

function doubling(times: number): Recording {
  return recordingOf((tape) => {
    let x: Value = tape.leaf(1, 'a');
    for (let k = 0; k < times; k++) x = x.add(x);
    return x;
  });
}

/** Every path, by walking; for small programs. Products are formed from the output backward. */
function allPaths(recording: Recording, from: number, to: number): Path[] {
  const found: Path[] = [];
  const open: Path[] = [{ nodes: [to], slots: [], product: 1 }];
  for (let path = open.pop(); path; path = open.pop()) {
    const [node] = path.nodes;
    if (node === from) {
      found.push(path);
      continue;
    }
    const start = recording.inputStart[node];
    const partials = partialsOf(recording, node);
    for (let slot = 0; slot < partials.length; slot++) {
      if (!isLive(recording, node, slot)) continue;
      open.push({
        nodes: [recording.inputs[start + slot], ...path.nodes],
        slots: [slot, ...path.slots],
        product: path.product * partials[slot],
      });
    }
  }
  return found;
}

const sizeOf = (product: number): number => (Number.isNaN(product) ? Infinity : Math.abs(product));

describe('the largest paths', () => {
  it('of the four-node program are 36, 36, 27, 27 and 9, together 135', () => {
    const recording = recordingOf((tape) => {
      const x = tape.leaf(3, 'x');
      const u = x.mul(x);
      return u.mul(u.add(x));
    });
    const { paths, count, total } = largestPaths(recording, 0);
    expect(count).toBe(5n);
    expect(total).toBe(135);
    expect(paths.map((path) => path.product)).toEqual([36, 36, 27, 27, 9]);
    expect(paths[0]).toEqual({ nodes: [0, 1, 3], slots: [0, 0], product: 36 });
  });

  it('agree with a walk over all paths, and their products sum to the gradient', () => {
    assert(
      property(integer(), integer({ min: 1, max: 14 }), integer({ min: 1, max: 9 }), (s, size, most) => {
        const recording = randomSums(s, size);
        const gradient = backward(recording);
        const bound = absoluteBackward(recording, recording.output);
        for (let from = 0; from < 3; from++) {
          const all = allPaths(recording, from, recording.output);
          const { paths, count, total } = largestPaths(recording, from, recording.output, most);
          expect(count).toBe(BigInt(all.length));
          expect(total).toBe(gradient[from]);
          const sizes = all.map((path) => sizeOf(path.product)).toSorted((a, b) => b - a);
          expect(paths.map((path) => sizeOf(path.product))).toEqual(sizes.slice(0, most));
          for (const path of paths) expect(all).toContainEqual(path);
          expect(new Set(paths.map((path) => JSON.stringify(path))).size).toBe(paths.length);
          const sum = all.reduce((partial, path) => partial + path.product, 0);
          expect(Math.abs(sum - total)).toBeLessThanOrEqual(1e-12 * bound[from]);
        }
      }),
      { seed, numRuns: 150 },
    );
  });

  it('put NaN and infinite products first, zeros last, and lose none of them', () => {
    // y = Σ of paths whose first halves are 0 (twenty times) or not, joined by a slope of ∞ or 0.
    const through = (slope: (x: Value) => Value): Recording =>
      recordingOf((tape) => {
        const x = tape.leaf(0, 'x');
        const inner = slope(x);
        let sum = inner.mul(0);
        for (let k = 1; k < 30; k++) sum = sum.add(inner.mul(k));
        return sum;
      });
    const infinite = largestPaths(
      through((x) => x.sqrt()),
      0,
      undefined,
      5,
    );
    expect(infinite.count).toBe(30n);
    // The sweep sums before it multiplies; the products alone would sum to NaN.
    expect(infinite.total).toBe(Infinity);
    expect(infinite.paths.map((path) => path.product)).toEqual([NaN, Infinity, Infinity, Infinity, Infinity]);
    const zero = largestPaths(
      through((x) => x.mul(x)),
      0,
      undefined,
      5,
    );
    expect(zero.paths.map((path) => path.product)).toEqual([0, 0, 0, 0, 0]);
    expect(zero.total).toBe(0);
  });

  it('of a node to itself are the empty path; without a way there is none', () => {
    const recording = doubling(3);
    expect(largestPaths(recording, 3)).toEqual({
      paths: [{ nodes: [3], slots: [], product: 1 }],
      count: 1n,
      total: 1,
    });
    expect(largestPaths(recording, 3, 1)).toEqual({ paths: [], count: 0n, total: 0 });
  });

  it('are found among 2^3000', () => {
    const { paths, count, total } = largestPaths(doubling(3_000), 0);
    expect(count).toBe(2n ** 3_000n);
    expect(total).toBe(Infinity);
    expect(paths.length).toBe(20);
    expect(paths[19].nodes.length).toBe(3_001);
  });
});
