import { describe, expect, it } from 'vitest';
import { Separator } from '../../packages/graph/src/separation.ts';
import { networkSimplex, type RankProblem } from '../../packages/graph/src/simplex.ts';
import { connectedInputs } from './graphs.ts';
import { randomNumbers } from './programs.ts';

function problemOf(inputs: readonly (readonly number[])[], random: () => number): RankProblem {
  const edges = inputs.flatMap((list, target) => list.map((source) => [source, target]));
  return {
    count: inputs.length,
    source: Int32Array.from(edges, ([source]) => source),
    target: Int32Array.from(edges, ([, target]) => target),
    length: Int32Array.from(edges, () => (random() < 0.8 ? 1 : 2)),
    weight: Float64Array.from(edges, () => 1 + Math.floor(3 * random())),
  };
}

/** Ranks as far left as the lengths allow. */
function leftmost({ count, source, target, length }: RankProblem): Int32Array {
  const rank = new Int32Array(count);
  for (let e = 0; e < source.length; e++) {
    rank[target[e]] = Math.max(rank[target[e]], rank[source[e]] + length[e]);
  }
  return rank;
}

function cost({ source, target, weight }: RankProblem, rank: Int32Array): number {
  return source.reduce((sum, u, e) => sum + weight[e] * (rank[target[e]] - rank[u]), 0);
}

function isFeasible({ source, target, length }: RankProblem, rank: Int32Array): boolean {
  return source.every((u, e) => rank[target[e]] - rank[u] >= length[e]);
}

/** The least cost of all ranks from 0 to `most`, by trying them. */
function leastCost(problem: RankProblem, most: number): number {
  const rank = new Int32Array(problem.count);
  let least = Infinity;
  for (let number = 0; number < (most + 1) ** problem.count; number++) {
    for (let v = 0, rest = number; v < problem.count; v++, rest = Math.floor(rest / (most + 1))) {
      rank[v] = rest % (most + 1);
    }
    if (isFeasible(problem, rank)) least = Math.min(least, cost(problem, rank));
  }
  return least;
}

describe('the network simplex', () => {
  it('finds ranks that no others beat', () => {
    let tried = 0;
    for (let seed = 1; seed < 200; seed++) {
      const inputs = connectedInputs(seed, 5);
      if (inputs.length < 3 || inputs.length > 5) continue;
      const problem = problemOf(inputs, randomNumbers(seed));
      const rank = leftmost(problem);
      const longest = Math.max(...rank);
      networkSimplex(problem, rank);
      expect(isFeasible(problem, rank)).toBe(true);
      const span = Math.max(...rank) - Math.min(...rank);
      expect(cost(problem, rank)).toBe(leastCost(problem, Math.max(longest, span)));
      tried++;
    }
    expect(tried).toBeGreaterThan(20);
  });

  it('ends, and never makes it worse, on graphs of a thousand nodes', () => {
    const problem = problemOf(connectedInputs(3, 1000), () => 0);
    const rank = leftmost(problem);
    const before = cost(problem, rank);
    const pivots = networkSimplex(problem, rank);
    expect(isFeasible(problem, rank)).toBe(true);
    expect(cost(problem, rank)).toBeLessThan(before);
    expect(pivots).toBeLessThan(problem.count);
  });

  it('refuses a graph in two parts', () => {
    const problem = problemOf([[], [0], [], [2]], () => 0);
    expect(() => networkSimplex(problem, leftmost(problem))).toThrow('not connected');
  });
});

describe('keeping distances', () => {
  function separate(wanted: number[], weight: number[], distance: number[]): number[] {
    const result = new Float64Array(wanted.length);
    const of = (list: number[]): Float64Array => Float64Array.from(list);
    new Separator(wanted.length).separate(wanted.length, of(wanted), of(weight), of(distance), result);
    return [...result];
  }

  it('leaves alone what is apart', () => {
    expect(separate([0, 10, 30], [1, 1, 1], [0, 10, 10])).toEqual([0, 10, 30]);
  });

  it('shares the push by weight', () => {
    expect(separate([0, 0], [1, 1], [0, 10])).toEqual([-5, 5]);
    expect(separate([0, 0], [3, 1], [0, 10])).toEqual([-2.5, 7.5]);
  });

  it('moves a block as one', () => {
    expect(separate([30, 20, 10], [1, 1, 1], [0, 10, 10])).toEqual([10, 20, 30]);
  });

  it('comes nearest to what was wanted', () => {
    const random = randomNumbers(5);
    for (let k = 0; k < 50; k++) {
      const size = 5;
      const list = (scale: number, least = 0): number[] =>
        Array.from({ length: size }, () => least + scale * random());
      const [wanted, weight, distance] = [list(40), list(3, 0.2), list(12)];
      const result = separate(wanted, weight, distance);
      const far = (at: readonly number[]): number =>
        at.reduce((sum, x, i) => sum + weight[i] * (x - wanted[i]) ** 2, 0);
      const best = far(result);
      // A small step in any direction that keeps the distances does not come nearer.
      for (let i = 0; i < 40; i++) {
        const moved = result.map((x) => x + 0.01 * (random() - 0.5));
        for (let j = 1; j < size; j++) moved[j] = Math.max(moved[j], moved[j - 1] + distance[j]);
        expect(far(moved)).toBeGreaterThanOrEqual(best - 1e-9);
      }
      for (let j = 1; j < size; j++) expect(result[j] - result[j - 1]).toBeGreaterThan(distance[j] - 1e-9);
    }
  });
});
