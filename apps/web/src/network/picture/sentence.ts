import { LEAF } from '@backflow/engine';
import { belowOf, inputsOf, unitNode, type NetworkLevel } from '@backflow/graph';
import type { Messages, NetworkMessages } from '@backflow/messages';
import { derivativeText, formatCount, formatNumber, nameToText, nodeTitle } from '@backflow/print';
import { caption, EVENT_KINDS } from '@backflow/trace';
import { phaseAt } from '../../transport/phase.ts';
import { numbersAt } from './numbers.ts';
import { actorOf } from './steps.ts';
import { NEVER, type Ground } from './timing.ts';

interface Words {
  readonly texts: NetworkMessages['picture']['steps'];
  readonly messages: Messages;
  readonly digits: number;
}

interface Step {
  readonly from: number;
  readonly to: number;
}

const ACCUMULATE = EVENT_KINDS.indexOf('accumulate');
const TITLE = 24;

/** What a step of a level did, in one sentence; the run's own sentence where it was a single scalar's. */
export function sentenceOf(ground: Ground, level: NetworkLevel, step: Step, words: Words): string {
  const { run, owners, parts } = ground;
  const { trace } = run;
  const { texts, messages, digits } = words;
  if (step.to === 0) return texts.begin;
  const phase = phaseAt(trace, step.to);
  if (phase === 'update') return texts.update(number(trace.learningRate ?? 0, words));
  const last = lastActor(ground, step);
  const layer = owners.layer[last];
  const unit = owners.unit[last];
  const here = level.kind !== 'network' && level.kind !== 'loss' && level.layer === layer;
  const open = here && (level.kind === 'layer' || level.unit === unit);
  if (phase === 'forward') {
    if (layer < 0 || layer >= parts.layers.length)
      return level.kind === 'loss' && step.to - step.from < 3
        ? caption(trace, step.to, 'node', messages, { digits })
        : texts.forwardLoss(nameAt(ground, trace.of), number(run.shown.value[trace.of], words));
    return open ? forwardNeuron(ground, layer, unit, words) : forwardLayer(ground, layer, step, words);
  }
  if (arrivesAt(ground, level, step) || (level.kind === 'loss' && layer >= parts.layers.length))
    return caption(trace, step.to, 'edge', messages, { digits });
  if (open && level.kind !== 'layer') return fineSentence(ground, step, words);
  if (layer >= parts.layers.length) return backwardLoss(ground, step, words);
  if (layer < 0) return '';
  return open ? backwardNeuron(ground, layer, unit, words) : backwardLayer(ground, layer, step, words);
}

/** The node that did the last event of a step. */
function lastActor(ground: Ground, { from, to }: Step): number {
  for (let event = to - 1; event >= Math.max(0, from); event--) {
    const actor = actorOf(ground, event);
    if (actor >= 0) return actor;
  }
  return ground.run.trace.node[to - 1];
}

/** Whether a step ends with what arrives at the open neuron. */
function arrivesAt({ run, parts }: Ground, level: NetworkLevel, { to }: Step): boolean {
  if (level.kind === 'network' || level.kind === 'loss' || level.kind === 'layer') return false;
  const node = run.trace.node[to - 1];
  const { a, z } = parts.layers[level.layer];
  return run.trace.kind[to - 1] === ACCUMULATE && (node === a[level.unit] || node === z[level.unit]);
}

function fineSentence(ground: Ground, step: Step, { texts, messages, digits, ...rest }: Words): string {
  const { run, owners } = ground;
  const { trace } = run;
  let arrivals = 0;
  let best = -1;
  for (let event = step.from; event < step.to; event++) {
    if (trace.kind[event] !== ACCUMULATE) continue;
    const node = trace.node[event];
    if (owners.unit[node] < 0 || run.shown.operation[node] !== LEAF) continue;
    arrivals++;
    if (best < 0 || Math.abs(ground.timing.gradient[node]) > Math.abs(ground.timing.gradient[best]))
      best = node;
  }
  if (arrivals < 2) return caption(trace, step.to, 'edge', messages, { digits });
  const words = { texts, messages, digits, ...rest };
  return texts.rest(formatCount(arrivals), number(ground.timing.gradient[best], words), nameAt(ground, best));
}

function forwardLayer(ground: Ground, layer: number, { to }: Step, words: Words): string {
  const { a } = ground.parts.layers[layer];
  if (a.some((node) => ground.timing.knownAt[node] > to)) return words.texts.forwardPart(layer + 1);
  const { value } = ground.run.shown;
  const at = largest(a, value);
  return words.texts.forwardLayer(
    layer + 1,
    formatCount(a.length),
    a.length === 1,
    number(value[a[at]], words),
    at,
  );
}

function forwardNeuron(ground: Ground, layer: number, unit: number, words: Words): string {
  const { a, z } = ground.parts.layers[layer];
  const { value } = ground.run.shown;
  return words.texts.forwardNeuron(
    layer + 1,
    unit,
    number(value[z[unit]], words),
    a[unit] === z[unit] ? null : number(value[a[unit]], words),
  );
}

function backwardLoss(ground: Ground, { from, to }: Step, words: Words): string {
  const { parts, timing } = ground;
  const last = parts.layers.length - 1;
  const numbers = numbersAt(ground, { position: to, from, digits: words.digits, live: null });
  const outputs = parts.layers[last].a.map((_, unit) => unitNode(parts, last, unit, numbers));
  const at = largest(outputs, timing.gradient);
  const symbol = outputs[0] === parts.layers[last].z[0] ? 'z' : 'a';
  return words.texts.backwardLoss(
    derivativeText(nameAt(ground, ground.run.trace.of), raised(symbol, last + 1)),
    formatCount(outputs.length),
    outputs.length === 1,
    number(timing.gradient[outputs[at]], words),
    at,
  );
}

function backwardLayer(ground: Ground, layer: number, { to }: Step, words: Words): string {
  const { parts, timing } = ground;
  const { weights, biases, z } = parts.layers[layer];
  const parameters = formatCount(weights.length + (biases?.length ?? 0));
  // On the way through the layer, not all of it is known.
  if (z.some((node) => timing.finalAt[node] > to) || weights.some((node) => lateAt(timing.finalAt[node], to)))
    return words.texts.partial(layer + 1);
  if (layer === 0) {
    const at = largest(weights, timing.gradient);
    const name = nameAt(ground, weights[at]);
    return words.texts.backwardFirst(1, parameters, number(timing.gradient[weights[at]], words), name);
  }
  const below = belowOf(parts, layer);
  const at = largest(below, timing.gradient);
  return words.texts.backwardLayer(
    layer + 1,
    parameters,
    derivativeText(nameAt(ground, ground.run.trace.of), raised('a', layer)),
    formatCount(inputsOf(parts, layer)),
    number(timing.gradient[below[at]], words),
    at,
  );
}

const lateAt = (position: number, to: number): boolean => position > to && position < NEVER;

function backwardNeuron(ground: Ground, layer: number, unit: number, words: Words): string {
  const { parts, timing } = ground;
  const { z } = parts.layers[layer];
  const slope = `${derivativeText(nameAt(ground, ground.run.trace.of), 'z')} = ${number(timing.gradient[z[unit]], words)}`;
  return words.texts.backwardNeuron(layer + 1, unit, slope, formatCount(inputsOf(parts, layer)));
}

/** The place of the number of the largest size. */
function largest(nodes: Int32Array, of: Float64Array): number {
  let best = 0;
  for (let at = 1; at < nodes.length; at++)
    if (Math.abs(of[nodes[at]]) > Math.abs(of[nodes[best]])) best = at;
  return best;
}

const raised = (symbol: string, layer: number): string => nameToText(`${symbol}^{(${layer})}`);

function nameAt({ run }: Ground, node: number): string {
  const name = run.shown.names.get(node);
  return name === undefined ? nodeTitle(run.shown, node, TITLE) : nameToText(name);
}

const number = (x: number, { digits }: Words): string => formatNumber(x, { digits });
