import { ALGORITHM_NAMES, EVENT_KINDS, type AlgorithmName, type EventKind } from '@backflow/trace';
import { MEMO_TABS, type MemoTab } from '../memo/contract.ts';
import { ALL } from '../state/session.ts';
import { stopsFences, type Stretch } from './fences.ts';

/** Which moment of the run a stop shows; the names are as written. */
export type StopStep =
  | { readonly kind: 'start' | 'forward' | 'seed' | 'end' }
  /** After so many steps of the finest size. */
  | { readonly kind: 'count'; readonly count: number }
  /** After an event of this node, the first one or a later one. */
  | { readonly kind: 'node'; readonly event: EventKind; readonly node: string; readonly time: number }
  /** After an event of the edge by which `node` uses `input`. */
  | {
      readonly kind: 'edge';
      readonly event: EventKind;
      readonly node: string;
      readonly input: string;
      readonly time: number;
    };

/** What a stop shows; members that no bracket names are as before. */
export interface StopView {
  readonly mode: 'graph' | 'table' | 'memo';
  readonly tab?: MemoTab;
  readonly lanes?: readonly [AlgorithmName, AlgorithmName];
  /** Merges of the tree, where it is shown. */
  readonly folds?: number;
  /** Stored derivatives, where the formulas are written out. */
  readonly stored?: number;
}

/** One stop of a lecture. */
export interface Stop extends Stretch {
  /** Line of the document, from 1. */
  readonly line: number;
  /** Null where it stands where the stop above stands. */
  readonly step: StopStep | null;
  /** Where the step is written. */
  readonly stepAt: Stretch;
  /** Null where the view of the stop above holds. */
  readonly view: StopView | null;
  readonly select: (Stretch & { readonly node: string; readonly zoom: boolean }) | null;
  /** What is said there; '' for the usual caption. */
  readonly sentence: string;
}

/** What is wrong with a line, as data. */
export interface StopProblem extends Stretch {
  readonly line: number;
  readonly kind: 'step' | 'view' | 'colon' | 'unclosed' | 'node' | 'edge' | 'never';
  readonly found: string;
}

export interface Stops {
  readonly stops: readonly Stop[];
  readonly problems: readonly StopProblem[];
}

/** More stops than a lecture has: what is beyond is left out. */
const MOST = 500;

/** Reads the stops of a document. Never throws; a line that cannot be read is a problem and no stop. */
export function readStops(text: string): Stops {
  const stops: Stop[] = [];
  const problems: StopProblem[] = [];
  for (const { from, to, unclosed } of stopsFences(text)) {
    let line = lineOf(text, from);
    if (unclosed !== null) {
      const found = text.slice(unclosed.from, unclosed.to).trim();
      problems.push({ ...unclosed, line: line - 1, kind: 'unclosed', found });
    }
    for (let at = from; at < to && stops.length < MOST; line++) {
      const newline = text.indexOf('\n', at);
      const end = newline < 0 || newline > to ? to : newline;
      const read = readLine(text, { from: at, to: end }, line);
      if (read !== null && 'kind' in read) problems.push(read);
      else if (read !== null) stops.push(read);
      at = end + 1;
    }
  }
  return { stops, problems };
}

function lineOf(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) line++;
  return line;
}

function trimmed(text: string, { from, to }: Stretch): Stretch {
  let [start, end] = [from, to];
  while (start < end && /\s/.test(text[start])) start++;
  while (end > start && /\s/.test(text[end - 1])) end--;
  return { from: start, to: end };
}

function readLine(text: string, whole: Stretch, line: number): Stop | StopProblem | null {
  const { from, to } = trimmed(text, whole);
  if (from === to || text[from] === '#') return null;
  const problem = (kind: StopProblem['kind'], { from, to }: Stretch): StopProblem => {
    return { from, to, line, kind, found: text.slice(from, to) };
  };
  // A colon inside brackets is none that ends the step.
  const colon = colonAt(text, from, to);
  const head = { from, to: colon < 0 ? to : colon };
  const brackets: Stretch[] = [];
  const outside = text
    .slice(head.from, head.to)
    .replace(/\[([^\]]*)\]?/g, (bracket, inner: string, at: number) => {
      brackets.push({ from: head.from + at + 1, to: head.from + at + 1 + inner.length });
      return ' '.repeat(bracket.length);
    });
  const written = outside.trim().replace(/\s+/g, ' ');
  const begin = head.from + outside.length - outside.trimStart().length;
  const stepAt =
    written === '' ? head : trimmed(text, { from: begin, to: head.from + outside.trimEnd().length });
  const step = written === '' ? null : stepOf(written);
  // Without a colon and a step it may be a sentence that lost its beginning.
  if (step === undefined) return problem(colon < 0 ? 'colon' : 'step', stepAt);
  const views: StopView[] = [];
  let select: Stop['select'] = null;
  for (const bracket of brackets) {
    for (const item of itemsIn(text, bracket)) {
      const read = viewOf(text.slice(item.from, item.to));
      if (read === null) return problem('view', item);
      if ('node' in read) select = { ...item, ...read };
      else views.push(read);
    }
  }
  if (step === null && brackets.length === 0) return problem('step', { from, to });
  const view = views.length === 0 ? null : views.reduce((all, each) => ({ ...all, ...each }));
  const sentence = colon < 0 ? '' : text.slice(colon + 1, to).trim();
  return { from, to, line, step, stepAt, view, select, sentence };
}

function colonAt(text: string, from: number, to: number): number {
  let depth = 0;
  for (let at = from; at < to; at++) {
    if (text[at] === '[') depth++;
    else if (text[at] === ']') depth = Math.max(0, depth - 1);
    else if ((text[at] === ':' || text[at] === '：') && depth === 0) return at;
  }
  return -1;
}

function itemsIn(text: string, { from, to }: Stretch): Stretch[] {
  const items: Stretch[] = [];
  for (let at = from; at <= to;) {
    const cut = /[,;]/.exec(text.slice(at, to));
    const end = cut === null ? to : at + cut.index;
    const item = trimmed(text, { from: at, to: end });
    if (item.from < item.to) items.push(item);
    at = end + 1;
  }
  return items;
}

/** Small letters without the signs that people put between words. */
const plain = (text: string): string => text.toLowerCase().replace(/[\s_-]+/g, '');

const PLACES: ReadonlyMap<string, StopStep> = new Map([
  ['start', { kind: 'start' }],
  ['begin', { kind: 'start' }],
  ['beginning', { kind: 'start' }],
  ['forward', { kind: 'forward' }],
  ['values', { kind: 'forward' }],
  ['seed', { kind: 'seed' }],
  ['backward', { kind: 'end' }],
  ['end', { kind: 'end' }],
] as const);

const ARROW = /^(?:(contribute|accumulate)\s+)?(\S+?)\s*(?:→|⟶|->|=>|-->)\s*(\S+)(?:\s+#?(\d{1,6})\.?)?$/i;
const EVENT = new RegExp(`^(${EVENT_KINDS.join('|')}|visits|step)\\s+(\\S+)(?:\\s+#?(\\d{1,6})\\.?)?$`, 'i');

/** Undefined where it is no step. */
function stepOf(written: string): StopStep | undefined {
  const place = PLACES.get(plain(written));
  if (place !== undefined) return place;
  const arrow = ARROW.exec(written);
  if (arrow !== null) {
    const [, event = 'accumulate', node, input, time = '1'] = arrow;
    return { kind: 'edge', event: event.toLowerCase() as EventKind, node, input, time: Number(time) };
  }
  const named = EVENT.exec(written);
  if (named === null) return undefined;
  const [, word, node, time = '1'] = named;
  const event = word.toLowerCase();
  if (event === 'step') return /^\d{1,9}$/.test(node) ? { kind: 'count', count: Number(node) } : undefined;
  if (event === 'seed' || event === 'contribute' || event === 'accumulate') return undefined;
  const kind = event === 'visits' ? 'visit' : (event as EventKind);
  return { kind: 'node', event: kind, node, time: Number(time) };
}

const ALGORITHMS = new Map(ALGORITHM_NAMES.map((name) => [plain(name), name]));
const TABS = new Map<string, MemoTab>([
  ...MEMO_TABS.map((tab) => [plain(tab), tab] as const),
  ['writtenout', 'written'],
]);

/** Also where it says that it belongs to memoization. */
const plainView = (text: string): string => plain(text).replace(/^(?:memo|memoization)(?=.)/, '');

/** How far a tab has come; null for a tab that does not count. */
function countOf(tab: MemoTab, written: string): Pick<StopView, 'folds' | 'stored'> | null {
  const count = written.toLowerCase() === 'all' ? ALL : Number(written);
  if (tab === 'tree') return { folds: count };
  return tab === 'written' ? { stored: count } : null;
}

/** Null where it is nothing that a bracket may say. */
function viewOf(item: string): StopView | { readonly node: string; readonly zoom: boolean } | null {
  const lanes = item.split('|').map(plain);
  if (lanes.length === 2) {
    const [left, right] = lanes.map((name) => ALGORITHMS.get(name));
    if (left === undefined || right === undefined) return null;
    return { mode: 'memo', tab: 'beside', lanes: [left, right] };
  }
  if (lanes.length > 2) return null;
  const numbered = /^(.*\S)\s+(\d{1,9}|all)$/i.exec(item);
  if (numbered !== null) {
    const tab = TABS.get(plainView(numbered[1]));
    const counted = tab === undefined ? null : countOf(tab, numbered[2]);
    if (counted !== null) return { mode: 'memo', tab: tab!, ...counted };
  }
  const word = plainView(item);
  if (word === 'memo' || word === 'memoization') return { mode: 'memo' };
  if (word === 'graph') return { mode: 'graph' };
  if (word === 'nodes' || word === 'nodetable') return { mode: 'table' };
  const tab = TABS.get(word);
  if (tab !== undefined) return { mode: 'memo', tab, ...countOf(tab, '0') };
  const lane = ALGORITHMS.get(word);
  if (lane !== undefined)
    return { mode: 'memo', tab: 'beside', lanes: [lane, lane === 'reverse' ? 'path-sum' : 'reverse'] };
  const node = /^(?:(node|select|zoom)\s+)?(\S+)$/i.exec(item);
  return node === null ? null : { node: node[2], zoom: node[1]?.toLowerCase() === 'zoom' };
}
