import { absoluteBackward, backward } from '@backflow/engine';
import type { Recording } from '@backflow/engine';
import {
  foldState,
  liveGraphOf,
  mergeAt,
  mergedCopies,
  multiplicationsLeft,
  planFolds,
  standIn,
  standingCopies,
  TREE_NODES,
  unfoldTree,
} from '@backflow/trace';
import type { FoldPlan, UnfoldedTree } from '@backflow/trace';
import { assert, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyDag } from './dags.ts';
import { FOUR_NODES, nodeOf, recorded } from './recordings.ts';

function doubling(stages: number): Recording {
  const lines = ['x0 = 1'];
  for (let k = 1; k <= stages; k++) lines.push(`x${k} = x${k - 1} + x${k - 1}`);
  return recorded(...lines);
}

function planOf(recording: Recording): FoldPlan {
  return planFolds(liveGraphOf(recording));
}

function treeOf(recording: Recording): UnfoldedTree {
  return unfoldTree(planOf(recording), 1e6)!;
}

function counts(plan: FoldPlan): number[] {
  return Array.from({ length: plan.merges + 1 }, (_, merges) => Number(multiplicationsLeft(plan, merges)));
}

/** How often each node of the recording stands, by looking at the tree. */
function copiesIn(tree: UnfoldedTree, merges: number): number[] {
  const copies = Array.from<number>({ length: tree.plan.graph.recording.count }).fill(0);
  foldState(tree, merges).stands.forEach((stands, t) => (copies[tree.node[t]] += stands));
  return copies;
}

describe('folding the tree of all paths', () => {
  it('takes three merges for four nodes: 8 multiplications, then 6', () => {
    const recording = recorded(...FOUR_NODES);
    const plan = planOf(recording);
    expect(counts(plan)).toEqual([8, 6, 6, 6]);
    expect(plan.treeNodes).toBe(9n);
    expect(standingCopies(plan, 0)[nodeOf(recording, 'x')]).toBe(5n);
    expect(standingCopies(plan, 1)[nodeOf(recording, 'x')]).toBe(3n);
    expect(standingCopies(plan, 3)[nodeOf(recording, 'x')]).toBe(1n);
  });

  it('adds the contributions of the copies that meet', () => {
    const recording = recorded(...FOUR_NODES);
    const plan = planOf(recording);
    const merges = [1, 2, 3].map((number) => mergeAt(plan, number));
    expect(
      merges.map(({ before, contribution, total, together, uses, saved }) => [
        before,
        contribution,
        total,
        together,
        uses,
        saved,
      ]),
    ).toEqual([
      [12, 9, 21, 2, 2, 2n],
      [9, 63, 72, 2, 3, 0n],
      [72, 63, 135, 3, 3, 0n],
    ]);
    expect(merges.map(({ node }) => recording.names.get(node))).toEqual(['u', 'x', 'x']);
  });

  it('takes ten merges for the doubling ladder: from 2,046 multiplications to 20', () => {
    const plan = planOf(doubling(10));
    expect(counts(plan)).toEqual([2046, 1024, 514, 260, 134, 72, 42, 28, 22, 20, 20]);
    expect(plan.treeNodes).toBe(2047n);
    expect(TREE_NODES).toBeGreaterThanOrEqual(2047);
    expect(unfoldTree(plan)!.count).toBe(2047);
  });

  it('counts what cannot be unfolded', () => {
    const plan = planOf(doubling(1000));
    expect(plan.treeEdges).toBe(2n ** 1001n - 2n);
    expect(plan.merges).toBe(1000);
    expect(multiplicationsLeft(plan, 1)).toBe(2n ** 1000n);
    expect(multiplicationsLeft(plan, 1000)).toBe(2000n);
    expect(standingCopies(plan, 0)[0]).toBe(2n ** 1000n);
    expect(unfoldTree(plan)).toBeNull();
  });

  it('has no merge before the first and behind the last', () => {
    const plan = planOf(recorded(...FOUR_NODES));
    expect(() => mergeAt(plan, 0)).toThrow(RangeError);
    expect(() => mergeAt(plan, 4)).toThrow(RangeError);
  });

  it('folds nothing where the output is a leaf, or a tree already', () => {
    expect(counts(planOf(recorded('x = 3')))).toEqual([0]);
    expect(counts(planOf(recorded('a = 2', 'b = 3', 'y = a*b')))).toEqual([2]);
    expect(foldState(treeOf(recorded('x = 3')), 0).sum).toEqual(Float64Array.of(1));
  });
});

describe('the tree of any recording', () => {
  const small = (recording: Recording): boolean => planOf(recording).treeNodes <= 3000n;

  it('goes from the multiplications of the path sum to those of the sweep, by uses − nodes + 1 merges', () => {
    let folded = 0;
    assert(
      property(anyDag, (recording) => {
        const plan = planOf(recording);
        const { graph } = plan;
        let pathSum = 0n;
        for (const node of graph.nodes) {
          pathSum += graph.paths[node] * BigInt(graph.useStart[node + 1] - graph.useStart[node]);
        }
        expect(multiplicationsLeft(plan, 0)).toBe(pathSum);
        expect(multiplicationsLeft(plan, plan.merges)).toBe(BigInt(graph.edges));
        expect(plan.merges).toBe(graph.edges - graph.nodes.length + 1);
        expect(standingCopies(plan, 0)).toEqual(graph.paths);
        folded += plan.merges;
      }),
      { seed: 41, numRuns: 400 },
    );
    expect(folded).toBeGreaterThan(400);
  });

  it('loses by each merge exactly the edges below the merged copy', () => {
    assert(
      property(anyDag, (recording) => {
        if (!small(recording)) return;
        const tree = treeOf(recording);
        const { plan } = tree;
        for (let merges = 0; merges <= Math.min(plan.merges, 40); merges++) {
          const state = foldState(tree, merges);
          expect(BigInt(state.use.length)).toBe(multiplicationsLeft(plan, merges));
          expect(copiesIn(tree, merges).map(BigInt)).toEqual(standingCopies(plan, merges));
          if (merges === 0) continue;
          const gone = tree.goneAt.filter((at) => at === merges).length;
          // The merged copy itself is a node more than the edges below it.
          const merge = mergeAt(plan, merges);
          expect(BigInt(gone - 1)).toBe(merge.saved);
          const { goes, stays } = mergedCopies(tree, merges)!;
          expect([tree.use[goes], tree.use[stays]]).toEqual([merge.merged, merge.kept]);
          expect([tree.goneAt[goes], tree.goneAt[stays]]).toEqual([merges, plan.merges + 1]);
        }
      }),
      { seed: 42, numRuns: 150 },
    );
  });

  it('leaves every gradient the sum over its copies, before and after every merge', () => {
    assert(
      property(anyDag, (recording) => {
        if (!small(recording)) return;
        const tree = treeOf(recording);
        const truth = backward(recording);
        const scale = absoluteBackward(recording, recording.output);
        for (let merges = 0; merges <= Math.min(tree.plan.merges, 12); merges++) {
          const { sum, stands } = foldState(tree, merges);
          const total = new Float64Array(recording.count);
          stands.forEach((standing, t) => {
            if (standing === 1) total[tree.node[t]] += sum[t];
          });
          for (const node of tree.plan.graph.nodes) {
            if (!Number.isFinite(scale[node])) continue;
            expect(Math.abs(total[node] - truth[node])).toBeLessThanOrEqual(1e-9 * scale[node]);
          }
        }
      }),
      { seed: 43, numRuns: 100 },
    );
  });

  it('ends as the graph: one copy of each node, one edge for each use', () => {
    assert(
      property(anyDag, (recording) => {
        if (!small(recording)) return;
        const tree = treeOf(recording);
        const { graph, merges } = tree.plan;
        const last = foldState(tree, merges);
        const standing = Array.from(last.stands.keys()).filter((t) => last.stands[t] === 1);
        expect(standing.map((t) => tree.node[t]).sort((a, b) => a - b)).toEqual(Array.from(graph.nodes));
        expect(Array.from(last.use).sort((a, b) => a - b)).toEqual(Array.from(graph.input.keys()));
        for (let t = 0; t < tree.count; t++) {
          expect(tree.node[standIn(tree, t, merges)]).toBe(tree.node[t]);
        }
      }),
      { seed: 44, numRuns: 150 },
    );
  });
});
