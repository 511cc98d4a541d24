import type { Recording } from '@backflow/engine';
import type { MemoMessages } from '@backflow/messages';
import { derivativeText, formatCount } from '@backflow/print';
import {
  liveGraphOf,
  namedGraphOf,
  writeOut,
  writtenMultiplications,
  writtenStage,
  type LiveGraph,
  type Written,
  type WrittenStage,
} from '@backflow/trace';
import type { App } from '../../state/app.ts';
import type { Run } from '../../state/run.ts';
import type { MemoChoice } from '../../state/session.ts';
import type { Timeline } from '../../state/timeline.ts';
import { stepOf, tabTimeline } from '../tab-timeline.ts';
import { labelOf } from '../tree/shape.ts';
import { shortNames, type Names } from './names.ts';

/** Programs of more uses are not written out. */
export const MOST_USES = 20_000;

/** The chain rule over all paths of one graph, and how much of it is stored. */
export interface Writing {
  readonly written: Written;
  readonly stage: WrittenStage;
  readonly names: Names;
}

/** By what is written: all leaves or the weights, all names or not. */
interface Sheet {
  readonly graph: LiveGraph;
  readonly written: Map<string, Written>;
}

const sheets = new WeakMap<Recording, Sheet>();
const stages = new WeakMap<Written, WrittenStage>();
const named = new WeakMap<Written, Names>();

export function writtenGraph({ shown, trace }: Run): LiveGraph {
  return sheetOf(shown, trace.of).graph;
}

function sheetOf(recording: Recording, of: number): Sheet {
  let sheet = sheets.get(recording);
  if (sheet === undefined)
    sheets.set(recording, (sheet = { graph: liveGraphOf(recording, of), written: new Map() }));
  return sheet;
}

/** Null where there is nothing to write, or too much. */
export function writingOf({ shown, trace }: Run, memo: MemoChoice): Writing | null {
  const { graph, written: sheet } = sheetOf(shown, trace.of);
  if (graph.edges === 0 || graph.edges > MOST_USES) return null;
  const { inputs, between } = memo;
  const kind = `${inputs} ${between}`;
  let written = sheet.get(kind);
  if (written === undefined) {
    written = writeOut(namedGraphOf(graph, { all: between, ...(inputs ? { leaves: graph.leaves } : {}) }));
    sheet.set(kind, written);
  }
  const presses = stepOf(memo, 'written', written.order.length);
  let stage = stages.get(written);
  if (stage?.presses !== presses) stages.set(written, (stage = writtenStage(written, presses)));
  let names = named.get(written);
  if (names === undefined) named.set(written, (names = namesOf(written)));
  return { written, stage, names };
}

/** From formulas written out to formulas that share what is stored, derivative by derivative. */
export function writtenTimeline(app: App, run: Run, { written: words }: MemoMessages): Timeline {
  const writing = writingOf(run, app.session.value.memo);
  const of = writing?.written.order.length ?? 0;
  return tabTimeline(app, {
    about: 'written',
    of,
    name: words.derivatives,
    label: (step) => words.step(formatCount(step), formatCount(of)),
    sentence: () => (writing === null ? '' : sentenceOf(writing, words)),
  });
}

function namesOf({ named, order }: Written): Names {
  const { recording, of } = named.graph;
  const stored = order.map((v) => named.nodes[v]);
  const short = shortNames(stored.map((node) => recording.names.get(node) ?? labelOf(recording, node)));
  const rank = new Map(stored.map((node, index) => [node, index]));
  return {
    output: labelOf(recording, of),
    title: (node) => labelOf(recording, node),
    short: (node) => short[rank.get(node)!],
    rank: (node) => rank.get(node)!,
  };
}

/** What the last step stored, and what the next one will. */
function sentenceOf({ written, stage, names }: Writing, words: MemoMessages['written']): string {
  const { output, title, short } = names;
  if (written.order.length === 0) return words.nothing;
  const derivative = (node: number): string => derivativeText(output, title(node));
  const said: string[] = [];
  const last = stage.stored.at(-1);
  if (last !== undefined) {
    const saved = writtenMultiplications(written, stage.presses - 1) - stage.multiplications;
    said.push(words.did(short(last.node), derivative(last.node), saved === 0n ? null : formatCount(saved)));
  }
  said.push(
    stage.next === null
      ? words.done(formatCount(stage.multiplications))
      : words.next(derivative(stage.next.node), formatCount(stage.next.times), short(stage.next.node)),
  );
  return said.join(' ');
}
