import { LEAF } from '@backflow/engine';
import {
  belowOf,
  inputsOf,
  rankTerms,
  termsShown,
  type NetworkLevel,
  type RankedTerms,
} from '@backflow/graph';
import { EVENT_KINDS } from '@backflow/trace';
import type { Ground } from './timing.ts';

const [VISIT, CONTRIBUTE, ACCUMULATE, UPDATE] = (
  ['visit', 'contribute', 'accumulate', 'update'] as const
).map((kind) => EVENT_KINDS.indexOf(kind));

const known = new WeakMap<Ground, Map<string, Int32Array>>();

/**
 * The positions at which the steps of a level end, ascending, from 0 to the end of the run: layer by layer; in an open layer
 * neuron by neuron; in an open neuron, sum or product scalar by scalar. What is not open goes layer by layer.
 */
export function stepsOf(ground: Ground, level: NetworkLevel): Int32Array {
  let ofGround = known.get(ground);
  if (ofGround === undefined) known.set(ground, (ofGround = new Map()));
  const key = Object.values(level).join(' ');
  let steps = ofGround.get(key);
  if (steps === undefined) ofGround.set(key, (steps = computed(ground, level)));
  return steps;
}

/** How many of the ascending positions are smaller: the step that leads to a position, or is on the way there. */
export function rankOf(positions: Int32Array, position: number): number {
  let low = 0;
  let high = positions.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (positions[middle] < position) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** What does an event: the node that is evaluated or visited, the one that passes on; −1 where that is as before. */
export function actorOf({ run }: Ground, event: number): number {
  const { kind, node } = run.trace;
  const code = kind[event];
  if (code === UPDATE) return -1;
  if (code === ACCUMULATE) return event > 0 && kind[event - 1] === CONTRIBUTE ? node[event - 1] : node[event];
  // A leaf has nothing to pass on: its visit belongs to what came before.
  if (code === VISIT && run.shown.operation[node[event]] === LEAF) return -1;
  return node[event];
}

function computed(ground: Ground, level: NetworkLevel): Int32Array {
  const { run, owners } = ground;
  const { length, passes } = run.trace;
  const ends = new Uint8Array(length + 1);
  ends[0] = 1;
  ends[length] = 1;
  for (const { from } of passes) ends[from] = 1;
  const layer = level.kind === 'layer' ? level.layer : -2;
  let before = -1;
  for (let event = 0; event < length; event++) {
    const actor = actorOf(ground, event);
    if (actor < 0) continue;
    const own = owners.layer[actor];
    const key = (own + 2) * 1e6 + (own === layer ? owners.unit[actor] + 1 : 0);
    if (before >= 0 && key !== before) ends[event] = 1;
    before = key;
  }
  if (level.kind === 'loss') markLoss(ground, ends);
  else if (level.kind !== 'network' && level.kind !== 'layer') markNeuron(ground, level, ends);
  const positions = new Int32Array(length + 1);
  let count = 0;
  for (let position = 0; position <= length; position++)
    if (ends[position] === 1) positions[count++] = position;
  return positions.slice(0, count);
}

/** Every node between the outputs and the loss. */
function markLoss(ground: Ground, ends: Uint8Array): void {
  const { run, owners, parts } = ground;
  const { length } = run.trace;
  let before = -1;
  for (let event = 0; event < length; event++) {
    const actor = actorOf(ground, event);
    if (actor < 0) continue;
    if (actor !== before && (owners.layer[actor] === parts.layers.length || before < 0)) ends[event] = 1;
    before = actor;
  }
}

/** What arrives at a neuron, and what it passes on. */
function markNeuron(
  ground: Ground,
  level: Extract<NetworkLevel, { readonly unit: number }>,
  ends: Uint8Array,
): void {
  const { run, parts, owners } = ground;
  const { values, arrivals, kind, node, length } = run.trace;
  const { layer, unit } = level;
  const { z, a, weights, biases } = parts.layers[layer];
  for (const own of [z[unit], a[unit]])
    for (const { start, events } of [values, arrivals])
      for (let at = start[own]; at < start[own + 1]; at++) ends[events[at] + 1] = 1;

  const inputs = inputsOf(parts, layer);
  const below = belowOf(parts, layer);
  const shown = new Set<number>(biases === null ? [] : [biases[unit]]);
  const terms =
    level.kind === 'term'
      ? [level.term]
      : level.kind === 'sum'
        ? Array.from({ length: inputs }, (_, k) => k)
        : rankedOf(ground, layer, unit).order.subarray(0, termsShown(inputs));
  for (const k of terms) {
    shown.add(weights[unit * inputs + k]);
    shown.add(below[k]);
  }
  let rest = false;
  for (let event = 0; event < length; event++) {
    if (kind[event] !== ACCUMULATE) continue;
    const actor = actorOf(ground, event);
    if (owners.layer[actor] !== layer || owners.unit[actor] !== unit) continue;
    if (!shown.has(node[event])) {
      rest = true;
      continue;
    }
    // What is not drawn one by one is one step.
    if (rest) ends[event - 1] = 1;
    rest = false;
    if (level.kind === 'term') ends[event] = 1;
    ends[event + 1] = 1;
  }
}

const ranks = new WeakMap<Ground, Map<string, RankedTerms>>();

/** The terms of a neuron by their size in this run. */
export function rankedOf(ground: Ground, layer: number, unit: number): RankedTerms {
  let ofGround = ranks.get(ground);
  if (ofGround === undefined) ranks.set(ground, (ofGround = new Map()));
  const key = `${layer} ${unit}`;
  let ranked = ofGround.get(key);
  if (ranked === undefined) {
    const { parts, run } = ground;
    const inputs = inputsOf(parts, layer);
    const { weights } = parts.layers[layer];
    const of = (nodes: Int32Array): Float64Array => Float64Array.from(nodes, (node) => run.shown.value[node]);
    ranked = rankTerms(of(weights.subarray(unit * inputs, (unit + 1) * inputs)), of(belowOf(parts, layer)));
    ofGround.set(key, ranked);
  }
  return ranked;
}
