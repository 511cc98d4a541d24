import type { Recording } from '@backflow/engine';
import type { MemoMessages } from '@backflow/messages';
import { derivativeText, formatCount, formatNumber, nodeName } from '@backflow/print';
import {
  liveGraphOf,
  mergeAt,
  planFolds,
  unfoldTree,
  type FoldPlan,
  type UnfoldedTree,
} from '@backflow/trace';
import type { App } from '../../state/app.ts';
import type { Run } from '../../state/run.ts';
import type { Timeline } from '../../state/timeline.ts';
import { stepOf, tabTimeline } from '../tab-timeline.ts';
import { labelOf } from './shape.ts';

/** How the tree of all paths is folded. */
export interface Folding {
  readonly plan: FoldPlan;
  /** Null where it is too large to be drawn. */
  readonly tree: UnfoldedTree | null;
}

const known = new WeakMap<Recording, Folding>();

export function foldingOf({ shown, trace }: Run): Folding {
  let folding = known.get(shown);
  if (folding === undefined) {
    const plan = planFolds(liveGraphOf(shown, trace.of));
    known.set(shown, (folding = { plan, tree: unfoldTree(plan) }));
  }
  return folding;
}

/** From the tree to the graph, merge by merge. */
export function treeTimeline(app: App, run: Run, { tree: words }: MemoMessages): Timeline {
  const { plan } = foldingOf(run);
  const { memo } = app.session.value;
  return tabTimeline(app, {
    about: 'tree',
    of: plan.merges,
    name: words.merges,
    label: (step) => words.step(formatCount(step), formatCount(plan.merges)),
    sentence: () =>
      sentenceOf(plan, stepOf(memo, 'tree', plan.merges), run.unknown === null, words, app.digits.value),
  });
}

export function nameOrLabel({ graph }: FoldPlan, node: number): string {
  return nodeName(graph.recording, node) ?? labelOf(graph.recording, node);
}

/** What the last merge did, in one sentence. */
function sentenceOf(
  plan: FoldPlan,
  merges: number,
  known: boolean,
  words: MemoMessages['tree'],
  digits: number,
): string {
  const { graph, gradient } = plan;
  const number = (value: number): string => formatNumber(value, { digits });
  const output = nameOrLabel(plan, graph.of);
  if (plan.merges === 0) return words.nothingToFold;
  if (merges === 0) {
    const paths = graph.leaves.reduce((sum, leaf) => sum + graph.paths[leaf], 0n);
    return words.start(output, formatCount(paths), formatCount(plan.treeEdges));
  }
  const merge = mergeAt(plan, merges);
  const name = labelOf(graph.recording, merge.node);
  const complete = merge.together === merge.uses;
  const total = complete ? gradient[merge.node] : merge.total;
  const plus = merge.contribution < 0 ? '−' : '+';
  const sum = known
    ? `${number(merge.before)} ${plus} ${number(Math.abs(merge.contribution))} = ${number(total)}`
    : null;
  return words.merge(name, sum, derivativeText(output, name), {
    together: merge.together,
    uses: merge.uses,
    saved: merge.saved === 0n ? null : formatCount(merge.saved),
    one: merge.saved === 1n,
    edges: merges === plan.merges ? formatCount(graph.edges) : null,
  });
}
