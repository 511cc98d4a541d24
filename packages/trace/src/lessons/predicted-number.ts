import { LEAF, partialsOf } from '@backflow/engine';
import { isShownExactly } from '@backflow/print';
import { ACCUMULATE, CONTRIBUTE, EVALUATE, RECOMPUTE, SEED, UPDATE, VISIT } from '../events.ts';
import { lastBefore } from '../node-index.ts';
import { edgeOf } from '../state.ts';
import type { Trace } from '../trace.ts';
import type { NumberQuestion, Reason, Slip } from './question.ts';

/** An answer with two digits is precise enough. */
const LEAST_DIGITS = 2;
/** What is computed from numbers of this many digits may be off in the last of them. */
const SHOWN_DIGITS = 4;
const SHOWN_ERROR = 2e-3;
const NOISE = 1e-12;

/** Its kind, the number, and whose it is. */
type DraftSlip = readonly [Slip['kind'], number, (number | undefined)?];

type Draft = Pick<NumberQuestion, 'ask' | 'event' | 'node' | 'edge' | 'expected'> & {
  readonly scale?: number;
  readonly slips: readonly DraftSlip[];
};

/** The number that the step `[from, to)` brings; null where it brings none that is new and finite. */
export function numberQuestion(
  trace: Trace,
  from: number,
  to: number,
  isPass: boolean,
): NumberQuestion | null {
  const draft = isPass ? ofPass(trace, from, to) : ofStep(trace, from, to);
  if (draft === null || !Number.isFinite(draft.expected)) return null;
  const { expected } = draft;
  const size = draft.scale ?? 0;
  const scale = Math.max(Math.abs(expected), Number.isFinite(size) ? size : 0);
  const slips: Slip[] = [];
  for (const [kind, value, node = -1] of draft.slips) {
    if (!Number.isFinite(value) || isNear(value, expected, scale)) continue;
    if (!slips.some((other) => other.value === value)) slips.push({ kind, value, node });
  }
  return { ...draft, kind: 'number', trace, from, to, scale, slips };
}

function isNear(value: number, expected: number, scale: number): boolean {
  return Math.abs(value - expected) <= Math.max(1e-9 * Math.abs(expected), NOISE * scale);
}

function ofStep(trace: Trace, from: number, to: number): Draft | null {
  const { kind, algorithm } = trace;
  switch (kind[from]) {
    case EVALUATE:
      // A leaf that is moved by 10⁻⁸ changes nothing that could be seen.
      return algorithm === 'numeric' && trace.passes[0].to <= from
        ? quotientIn(trace, from, to)
        : valueAt(trace, from);
    case SEED:
      return seedAt(trace, from);
    case UPDATE:
      return algorithm === 'numeric' ? quotientIn(trace, from, to) : updateAt(trace, from);
    case CONTRIBUTE:
      return to === from + 1 ? contributionAt(trace, from) : totalIn(trace, from, to);
    default:
      return algorithm === 'numeric' ? quotientIn(trace, from, to) : totalIn(trace, from, to);
  }
}

function ofPass(trace: Trace, from: number, to: number): Draft | null {
  switch (trace.kind[from]) {
    case EVALUATE: {
      const event = lastBefore(trace.values, trace.of, to);
      return event < from ? null : valueAt(trace, event);
    }
    case UPDATE:
      if (trace.algorithm !== 'numeric') return updateAt(trace, from);
  }
  if (trace.algorithm === 'numeric') return quotientIn(trace, from, to);
  // What a pass is for: the leaf that gathers most; in forward mode, the output.
  let best = -1;
  let most = 0;
  const { operation } = trace.recording;
  for (let node = 0; node < trace.recording.count; node++) {
    const isGoal: boolean = trace.algorithm === 'forward' ? node === trace.of : operation[node] === LEAF;
    const event: number = isGoal ? lastBefore(trace.arrivals, node, to) : -1;
    if (event < from || trace.kind[event] !== ACCUMULATE || trace.uses[node] <= most) continue;
    best = event;
    most = trace.uses[node];
  }
  if (best < 0) return null;
  const node = trace.node[best];
  const expected = trace.value[best];
  const { value } = trace.recording;
  return {
    ask: 'total',
    event: best,
    node,
    edge: null,
    expected,
    slips: [
      ['sign', -expected],
      ['valueForSlope', value[trace.of], trace.of],
      ['valueForSlope', value[node], node],
    ],
  };
}

function valueAt(trace: Trace, event: number): Draft {
  const { recording } = trace;
  const node = trace.node[event];
  const expected = trace.value[event];
  const inputs = recording.inputs.subarray(recording.inputStart[node], recording.inputStart[node + 1]);
  const operands = [...inputs].filter((input) => input >= 0);
  const slopes = [...partialsOf(recording, node)];
  return {
    ask: 'value',
    event,
    node,
    edge: null,
    expected,
    scale: operands.reduce((sum, input) => sum + Math.abs(recording.value[input]), 0),
    slips: [
      ['sign', -expected],
      ...slopes.map((slope) => ['slopeForValue', slope] as const),
      ...operands.map((input) => ['operand', recording.value[input], input] as const),
    ],
  };
}

function seedAt(trace: Trace, event: number): Draft {
  const node = trace.node[event];
  const expected = trace.value[event];
  return {
    ask: 'seed',
    event,
    node,
    edge: null,
    expected,
    slips: [
      ['sign', -expected],
      ['zero', 0],
      ['valueForSlope', trace.recording.value[node], node],
    ],
  };
}

/** The gradient that a contribution is made of: the consumer's, in forward mode the input's tangent. */
function upstreamOf(trace: Trace, event: number): number {
  const edge = edgeOf(trace, event);
  const source = trace.algorithm === 'forward' ? edge?.input : edge?.consumer;
  for (let at = event - 1; at >= 0; at--) {
    const code = trace.kind[at];
    if ((code === VISIT || code === RECOMPUTE) && trace.node[at] === source) return trace.value[at];
  }
  return NaN;
}

function contributionAt(trace: Trace, event: number): Draft | null {
  const { recording, value } = trace;
  const edge = edgeOf(trace, event);
  if (edge === null) return null;
  const expected = value[event];
  const upstream = upstreamOf(trace, event);
  const local = partialsOf(recording, edge.consumer)[edge.slot];
  return {
    ask: 'contribution',
    event,
    node: trace.algorithm === 'forward' ? edge.consumer : edge.input,
    edge,
    expected,
    slips: factorSlips(trace, expected, upstream, local, edge.input, edge.consumer),
  };
}

function factorSlips(
  { recording }: Trace,
  expected: number,
  upstream: number,
  local: number,
  input: number,
  consumer: number,
): Draft['slips'] {
  return [
    ['sign', -expected],
    ['localForgotten', upstream],
    ['upstreamForgotten', local],
    ['factorsAdded', upstream + local],
    ['valueForSlope', upstream * recording.value[input], input],
    ['valueForSlope', upstream * recording.value[consumer], consumer],
  ];
}

/** The gradient of what the step's first contribution goes to, when the step is over. */
function totalIn(trace: Trace, from: number, to: number): Draft | null {
  const { kind, node, value, arrivals } = trace;
  let first = from;
  while (first < to && kind[first] !== ACCUMULATE) first++;
  if (first === to) return null;
  const target = node[first];
  const start = trace.passes.find((pass) => pass.from <= from && from < pass.to)?.from ?? 0;
  const earlier = lastBefore(arrivals, target, first);
  const isFirst = earlier < start;
  // A single event: the number has just been shown as a contribution.
  if (isFirst && to === from + 1 && kind[from] === ACCUMULATE) return null;
  const before = isFirst ? 0 : value[earlier];
  let event = first;
  let arrived = 0;
  let scale = Math.abs(before);
  let count = 0;
  for (let at = first; at < to; at++) {
    if (kind[at] !== ACCUMULATE || node[at] !== target) continue;
    const contribution = kind[at - 1] === CONTRIBUTE ? value[at - 1] : value[at];
    event = at;
    arrived += contribution;
    scale += Math.abs(contribution);
    count++;
  }
  const expected = value[event];
  const edge = count === 1 ? edgeOf(trace, event) : null;
  const slips: DraftSlip[] = [['sign', -expected]];
  if (trace.algorithm === 'overwrite') {
    slips.push(['added', before + arrived], ['added', arrived], ['before', before]);
  } else {
    slips.push(['notAdded', arrived]);
    if (count > 1) slips.push(['oneUse', value[first]], ['oneUse', value[first - 1]]);
    if (!isFirst) slips.push(['subtracted', before - arrived], ['before', before]);
  }
  const here = edge ?? edgeOf(trace, first);
  if (here !== null && kind[from] !== ACCUMULATE) {
    const upstream = upstreamOf(trace, first - 1);
    const local = partialsOf(trace.recording, here.consumer)[here.slot];
    for (const [slip, part, about] of factorSlips(
      trace,
      arrived,
      upstream,
      local,
      here.input,
      here.consumer,
    )) {
      slips.push([slip, before + part, about]);
    }
  }
  return { ask: 'total', event, node: target, edge, expected, scale, slips };
}

function quotientIn(trace: Trace, from: number, to: number): Draft | null {
  let event = from;
  while (event < to && trace.kind[event] !== ACCUMULATE) event++;
  if (event === to) return null;
  const node = trace.node[event];
  const expected = trace.value[event];
  const { value } = trace.recording;
  return {
    ask: 'quotient',
    event,
    node,
    edge: null,
    expected,
    // Rounding costs half the digits.
    scale: 1e5 * Math.abs(value[trace.of]),
    slips: [
      ['sign', -expected],
      ['valueForSlope', value[trace.of], trace.of],
      ['valueForSlope', value[node], node],
    ],
  };
}

function updateAt(trace: Trace, event: number): Draft {
  const leaf = trace.node[event];
  const expected = trace.value[event];
  const earlier = lastBefore(trace.values, leaf, event);
  const before = earlier < 0 ? trace.recording.value[leaf] : trace.value[earlier];
  const arrival = lastBefore(trace.arrivals, leaf, event);
  const gradient = arrival < 0 || trace.reached[leaf] === 0 ? 0 : trace.value[arrival];
  const change = (trace.learningRate ?? NaN) * gradient;
  return {
    ask: 'update',
    event,
    node: leaf,
    edge: null,
    expected,
    scale: Math.abs(before) + Math.abs(change),
    slips: [
      ['uphill', before + change],
      ['rateForgotten', before - gradient],
      ['stepAlone', change],
      ['stepAlone', -change],
      ['before', before],
    ],
  };
}

/** `close`, `coarse`, the slip that gives this number, or `off`. */
export function judgeNumber(
  { expected, scale, slips }: NumberQuestion,
  { number, digits }: { readonly number: number; readonly digits: number },
): Reason {
  const isExact = isShownExactly(expected, { digits: SHOWN_DIGITS });
  if (isWritten(expected, number, digits, scale)) {
    return { kind: digits >= LEAST_DIGITS || isNear(number, expected, scale) ? 'close' : 'coarse' };
  }
  if (!isExact && digits >= LEAST_DIGITS && Math.abs(number - expected) <= SHOWN_ERROR * Math.abs(expected))
    return { kind: 'close' };
  const slip = slips.find(({ value }) => isWritten(value, number, Math.max(digits, LEAST_DIGITS), scale));
  return slip === undefined ? { kind: 'off' } : { kind: 'slip', slip };
}

/** True if a number is written so, rounded to these digits. */
function isWritten(value: number, number: number, digits: number, scale: number): boolean {
  if (isNear(number, value, scale)) return true;
  if (number === 0 || !Number.isFinite(digits)) return false;
  const unit = 10 ** (Math.floor(Math.log10(Math.abs(number))) + 1 - digits);
  return Math.abs(number - value) <= 0.5 * unit * (1 + 1e-9);
}
