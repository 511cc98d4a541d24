import { operationOf, partialsOf } from '@backflow/engine';
import type { Recording } from '@backflow/engine';
import type { Messages } from '@backflow/messages';
import {
  apply,
  derivativeOf,
  ELIDED,
  inputExpression,
  nameOf,
  nodeExpression,
  numberOf,
  RESULT,
  slopeForms,
  sumOf,
  symbolAt,
  valueForms,
} from '@backflow/print';
import type { Expression, Forms, NumberOptions } from '@backflow/print';
import { ACCUMULATE, CONTRIBUTE, VISIT } from './events.ts';
import { countBefore, lastBefore } from './node-index.ts';
import { Playhead } from './playhead.ts';
import { contributionRemarks, valueRemarks } from './remarks.ts';
import type { Remark } from './remarks.ts';
import { backwardStart, edgeOf, gradientState } from './state.ts';
import type { Edge } from './state.ts';
import type { Trace } from './trace.ts';
import { usersOf } from './users.ts';

/** What every explanation has: one chain of equations, `subject = withNames = withNumbers = result`, and a rule behind it. */
interface Equations {
  readonly event: number;
  /** The node that the step is about; for `contribute` the consumer, for `accumulate` the input. */
  readonly node: number;
  /** The node's name, or its formula. */
  readonly name: Expression;
  /** The rule with the symbols of a formulary: `y = a·b`, `∂y/∂a = b`; null where there is no rule but the event itself. */
  readonly rule: { readonly subject: Expression; readonly formula: Expression } | null;
  readonly subject: Expression;
  readonly withNames: Expression | null;
  readonly withNumbers: Expression | null;
  readonly result: number;
  readonly remarks: readonly Remark[];
  /** The sentence of this step, where the algorithm has one of its own. */
  readonly told?: (messages: Messages, options: NumberOptions) => string;
}

/** A use that has reported: one line of the ledger of a gradient. */
export interface LedgerLine {
  readonly consumer: number;
  /** Whose report it is; in forward mode, the input's. */
  readonly consumerName: Expression;
  readonly slot: number;
  readonly contribution: number;
  /** The gradient after this line. */
  readonly total: number;
}

/** A node that has got something, but not everything. */
export interface Waiting {
  readonly node: number;
  readonly name: Expression;
  readonly reported: number;
  readonly uses: number;
  /** The consumers that have not reported, each as often as it uses the node; the first few. */
  readonly waitsFor: readonly Expression[];
}

interface Visit extends Equations {
  readonly isOutput: boolean;
  readonly isLeaf: boolean;
  readonly reported: number;
  readonly uses: number;
  /** Number of inputs that get a contribution next. */
  readonly passesTo: number;
  /** The node that is visited next; null if this is the last one. */
  readonly next: Expression | null;
  /** How many more nodes could be visited, once this one has passed on. */
  readonly readyCount: number;
  /** Nodes that wait for reports then: how many, and the first few in the order of the sweep. */
  readonly waitingCount: number;
  readonly waiting: readonly Waiting[];
}

/** Why one event happened, and what it computed; expressions are printed by `toText` or `toLatex`. */
export type Explanation =
  | (Equations & { readonly kind: 'evaluate' })
  | (Equations & { readonly kind: 'seed' })
  | (Visit & { readonly kind: 'visit' })
  | (Visit & { readonly kind: 'recompute' })
  | (Equations & { readonly kind: 'reuse' })
  | (Equations & {
      readonly kind: 'contribute';
      readonly edge: Edge;
      readonly inputName: Expression;
      /** ∂(consumer)/∂(input), as a name; its formula with names and with numbers. */
      readonly slope: Expression;
      readonly slopeForms: Forms;
      readonly upstream: number;
      readonly local: number;
      /** Which use of the input by this consumer the edge is, from 1, and how many there are: 2 for x in x·x. */
      readonly use: number;
      readonly usesThere: number;
    })
  | (Equations & {
      readonly kind: 'accumulate';
      readonly edge: Edge | null;
      readonly ledger: readonly LedgerLine[];
      /** Lines of the ledger that are left out at its beginning. */
      readonly omitted: number;
      readonly reported: number;
      readonly uses: number;
    })
  | (Equations & { readonly kind: 'update'; readonly learningRate: number; readonly before: number });

export interface ExplainOptions {
  /** Significant digits that the reader sees; decides which differences are visible. */
  readonly digits?: number;
}

/** How many waiting nodes are named, and how many consumers that they wait for. */
const NAMED = 3;
/** The lines of a ledger that are kept, the latest. */
const LEDGER_LENGTH = 12;

/** Explains event k. Throws PositionError. */
export function explain(trace: Trace, k: number, options: ExplainOptions = {}): Explanation {
  const plain = explainPlainly(trace, k, options);
  return trace.account === null ? plain : trace.account.explain(trace, plain, options);
}

/** The event as one of a reverse sweep. */
function explainPlainly(trace: Trace, k: number, options: ExplainOptions): Explanation {
  const { kind, node, value } = trace.at(k);
  const common = { event: k, node, name: nodeExpression(trace.recording, node), result: value, remarks: [] };
  switch (kind) {
    case 'evaluate': {
      const forms = valueForms(trace.recording, node);
      return {
        ...common,
        kind,
        rule: { subject: RESULT, formula: forms.symbols },
        subject: common.name,
        withNames: forms.names,
        withNumbers: forms.numbers,
        remarks: valueRemarks(trace.recording, node),
      };
    }
    case 'seed':
    case 'reuse':
      return {
        ...common,
        kind,
        rule: null,
        subject: gradientOf(trace, node),
        withNames: null,
        withNumbers: null,
      };
    case 'visit':
    case 'recompute':
      return { ...explainVisit(trace, common), kind };
    case 'contribute':
      return explainContribution(trace, common, options);
    case 'accumulate':
      return explainTotal(trace, common);
    case 'update':
  }
  return explainUpdate(trace, common);
}

type Common = Pick<Equations, 'event' | 'node' | 'name' | 'result' | 'remarks'>;
type Explained<K extends Explanation['kind']> = Extract<Explanation, { kind: K }>;

/** ∂output/∂node. */
export function gradientOf({ recording, of }: Trace, node: number): Expression {
  return derivativeOf(nodeExpression(recording, of), nodeExpression(recording, node));
}

function explainVisit(trace: Trace, common: Common): Visit {
  const { event, node } = common;
  const { recording, kind } = trace;
  const state = gradientState(trace, node, event);
  const ledger = ledgerOf(trace, node, event);
  const terms = ledger.lines.map(({ consumer, consumerName }) =>
    apply('mul', gradientOf(trace, consumer), derivativeOf(consumerName, common.name)),
  );
  let end = event + 1;
  while (end < trace.length && (kind[end] === CONTRIBUTE || kind[end] === ACCUMULATE)) end++;
  const next = end < trace.length && kind[end] === VISIT ? trace.node[end] : -1;
  const playhead = playheadOf(trace);
  playhead.moveTo(end);
  return {
    ...common,
    rule: null,
    subject: gradientOf(trace, node),
    withNames: terms.length === 0 ? null : elidedSum(ledger.omitted, terms),
    withNumbers:
      terms.length < 2
        ? null
        : elidedSum(
            ledger.omitted,
            ledger.lines.map(({ contribution }) => numberOf(contribution)),
          ),
    isOutput: node === trace.of,
    isLeaf: operationOf(recording, node) === null,
    reported: 'reported' in state ? state.reported : 0,
    uses: trace.uses[node],
    passesTo: (end - event) >> 1,
    next: next < 0 ? null : nodeExpression(recording, next),
    readyCount: playhead.ready.size - (playhead.ready.has(next) ? 1 : 0),
    waitingCount: playhead.waiting.size - (playhead.waiting.has(next) ? 1 : 0),
    waiting: largest(playhead.waiting, NAMED + 1)
      .filter((waiting) => waiting !== next)
      .slice(0, NAMED)
      .map((waiting) => waitingNode(trace, playhead, waiting)),
  };
}

function explainContribution(
  trace: Trace,
  common: Common,
  { digits }: ExplainOptions,
): Explained<'contribute'> {
  const { event, node } = common;
  const { recording } = trace;
  const slot = trace.slot[event];
  const edge = edgeOf(trace, event) ?? { consumer: node, slot, input: node };
  const visit = lastBefore(trace.visits, node, event);
  const upstream = visit < 0 ? NaN : trace.value[visit];
  const local = partialsOf(recording, node)[slot];
  const forms = slopeForms(recording, node, slot);
  const inputName = inputExpression(recording, node, slot);
  const slope = derivativeOf(common.name, inputName);
  const upstreamName = gradientOf(trace, node);
  return {
    ...common,
    kind: 'contribute',
    edge,
    inputName,
    slope,
    slopeForms: forms,
    upstream,
    local,
    ...usesBy(recording, node, slot),
    rule: { subject: derivativeOf(RESULT, symbolAt(recording, node, slot)), formula: forms.symbols },
    subject: apply('mul', upstreamName, slope),
    withNames: apply('mul', upstreamName, forms.names),
    withNumbers: apply('mul', numberOf(upstream), numberOf(local)),
    remarks: contributionRemarks(recording, node, slot, {
      upstream,
      local,
      contribution: common.result,
      digits,
    }),
  };
}

/** Which of the consumer's uses of one input the edge in `slot` is, and how many there are. */
function usesBy(recording: Recording, consumer: number, slot: number): { use: number; usesThere: number } {
  const { inputStart, inputs } = recording;
  const start = inputStart[consumer];
  const input = inputs[start + slot];
  let use = 0;
  let usesThere = 0;
  for (let entry = start; entry < inputStart[consumer + 1]; entry++) {
    if (inputs[entry] !== input) continue;
    usesThere++;
    if (entry <= start + slot) use++;
  }
  return { use, usesThere };
}

function explainTotal(trace: Trace, common: Common): Explained<'accumulate'> {
  const { event, node, result } = common;
  const { lines, omitted, before } = ledgerOf(trace, node, event + 1);
  const last = lines.at(-1);
  const state = gradientState(trace, node, event + 1);
  const reported = 'reported' in state ? state.reported : 0;
  const added = last?.contribution ?? result;
  const remarks: Remark[] =
    Number.isFinite(before) && Number.isFinite(added) && !Number.isFinite(result)
      ? [{ kind: 'born', value: result, of: 'gradient' }]
      : Number.isNaN(result) && !Number.isNaN(before) && !Number.isNaN(added)
        ? [{ kind: 'born', value: result, of: 'gradient' }]
        : [];
  return {
    ...common,
    kind: 'accumulate',
    edge: edgeOf(trace, event),
    ledger: lines,
    omitted,
    reported,
    uses: trace.uses[node],
    rule: null,
    subject: gradientOf(trace, node),
    withNames: null,
    withNumbers: reported < 2 ? null : apply('add', numberOf(before), numberOf(added)),
    remarks,
  };
}

function explainUpdate(trace: Trace, common: Common): Explained<'update'> {
  const { event, node, name } = common;
  const earlier = lastBefore(trace.values, node, event);
  const before = earlier < 0 ? trace.recording.value[node] : trace.value[earlier];
  const state = gradientState(trace, node, event);
  const gradient = 'total' in state ? state.total : 0;
  const learningRate = trace.learningRate ?? NaN;
  const step = (value: Expression, rate: Expression, slope: Expression): Expression =>
    apply('sub', value, apply('mul', rate, slope));
  return {
    ...common,
    kind: 'update',
    learningRate,
    before,
    rule: null,
    subject: name,
    withNames: step(name, nameOf('η'), gradientOf(trace, node)),
    withNumbers: step(numberOf(before), numberOf(learningRate), numberOf(gradient)),
  };
}

/** What has been reported to a node in the current backward pass before a position, and the total before the last line. */
export function ledgerOf(
  trace: Trace,
  node: number,
  position: number,
): { readonly lines: LedgerLine[]; readonly omitted: number; readonly before: number } {
  const { arrivals, kind, value, recording } = trace;
  const begun = backwardStart(trace, position);
  const first = arrivals.start[node];
  const from = countBefore(arrivals, node, begun);
  const to = countBefore(arrivals, node, position);
  const lines: LedgerLine[] = [];
  const kept = Math.max(from, to - LEDGER_LENGTH);
  for (let at = kept; at < to; at++) {
    const event = arrivals.events[first + at];
    const edge = edgeOf(trace, event);
    if (kind[event] !== ACCUMULATE || edge === null) continue;
    lines.push({
      consumer: edge.consumer,
      consumerName: nodeExpression(recording, edge.consumer),
      slot: edge.slot,
      contribution: value[event - 1],
      total: value[event],
    });
  }
  const previous = to - 2 >= from ? value[arrivals.events[first + to - 2]] : 0;
  return { lines, omitted: kept - from, before: previous };
}

function waitingNode(trace: Trace, playhead: Playhead, node: number): Waiting {
  const { start, consumer, slot } = usersOf(trace);
  const { inputStart } = trace.recording;
  const waitsFor: Expression[] = [];
  for (let use = start[node]; use < start[node + 1] && waitsFor.length < NAMED; use++) {
    if (playhead.flowed[inputStart[consumer[use]] + slot[use]] === 1) continue;
    waitsFor.push(nodeExpression(trace.recording, consumer[use]));
  }
  return {
    node,
    name: nodeExpression(trace.recording, node),
    reported: playhead.reported[node],
    uses: playhead.uses[node],
    waitsFor,
  };
}

/** The first few in the order of a reverse sweep. */
function largest(nodes: Iterable<number>, count: number): number[] {
  const found: number[] = [];
  for (const node of nodes) {
    if (found.length === count && node < found[count - 1]) continue;
    found.push(node);
    found.sort((a, b) => b - a);
    found.length = Math.min(found.length, count);
  }
  return found;
}

function elidedSum(omitted: number, terms: readonly Expression[]): Expression {
  return sumOf(omitted > 0 ? [ELIDED, ...terms] : terms);
}

// Explaining one event after another moves this playhead by a few events at a time.
const playheads = new WeakMap<Trace, Playhead>();

function playheadOf(trace: Trace): Playhead {
  let playhead = playheads.get(trace);
  if (playhead === undefined) playheads.set(trace, (playhead = new Playhead(trace)));
  return playhead;
}
