import { arityOf, InputReader, nodePartials } from '../recording/columns.ts';
import { EngineError, OperandError } from '../errors.ts';
import { firstNonFinite, nameAt, zeroTimesInfinity } from './findings.ts';
import type { Contribution, NonFinite } from './findings.ts';
import { withTape } from '../tape/functions.ts';
import { backward, isLive, reachable } from '../gradient/backward.ts';
import type { OperationName } from '../operations/names.ts';
import { operationName } from '../operations/table.ts';
import type { Recording } from '../recording/recording.ts';
import type { SweepObserver } from '../gradient/sweep.ts';
import { Tape } from '../tape/tape.ts';
import { Value } from '../tape/value.ts';

/** A node on the way of a number that is not finite. */
export interface AnomalousNode {
  readonly node: number;
  readonly name: string | undefined;
  readonly operation: OperationName | 'leaf';
  readonly inputs: readonly number[];
  readonly value: number;
  readonly gradient: number;
}

/** The first number of a run that is NaN or infinite: where it was made, and of what. */
export class Anomaly {
  /** What `firstNonFinite` says. */
  readonly found: NonFinite;
  /** The node that made it. */
  readonly node: AnomalousNode;
  /** For a contribution, the input that it went to: the other end of the edge that multiplied 0 by ∞. */
  readonly input: AnomalousNode | null;
  /**
   * The chain that the number stands in, along the heaviest contributions: for a value from its node up to the output,
   * which it may have infected; for a gradient from the output, where the sweep began, down to its node. Only the node
   * itself if the output does not depend on it.
   */
  readonly chain: readonly AnomalousNode[];
  /** The first edge of the sweep that multiplied 0 by ∞, from its node to its input; null if none did. */
  readonly zeroTimesInfinity:
    (Contribution & { readonly from: AnomalousNode; readonly to: AnomalousNode }) | null;

  /** @internal */
  constructor(
    found: NonFinite,
    chain: readonly AnomalousNode[],
    zeroTimesInfinity: Contribution | null,
    at: (node: number) => AnomalousNode,
  ) {
    this.found = found;
    this.chain = chain;
    this.node = at(found.node);
    this.input = found.what === 'contribution' ? at(found.input) : null;
    this.zeroTimesInfinity = zeroTimesInfinity && {
      ...zeroTimesInfinity,
      from: at(zeroTimesInfinity.node),
      to: at(zeroTimesInfinity.input),
    };
  }

  /** One sentence about the number, and a line per node of the chain. */
  toString(): string {
    const { found, node, input, chain, zeroTimesInfinity: edge } = this;
    const made = described(node);
    const first =
      found.what === 'value'
        ? `The value of ${made} is ${found.value}.`
        : found.what === 'gradient'
          ? `The gradient of ${made} became ${found.value} while contributions were added.`
          : `${passed(found, node, input!)}: local derivative · gradient of ${titleOf(node)}.`;
    const lines = chain.map((each) => `  ${described(each)}: value ${each.value}, gradient ${each.gradient}`);
    const isFound =
      edge !== null && found.what === 'contribution' && found.node === edge.node && found.slot === edge.slot;
    if (edge !== null && !isFound) lines.push(`0 · ∞: ${passed(edge, edge.from, edge.to)}.`);
    return [first, ...lines].join('\n');
  }
}

/** A sweep met a number that is NaN or infinite. */
export class AnomalyError extends EngineError {
  /** The first node whose value or gradient is not finite; null if none is. */
  readonly anomaly: Anomaly | null;
  constructor(anomaly: Anomaly | null, message = String(anomaly)) {
    super(message);
    this.anomaly = anomaly;
  }
}

/**
 * The first node whose value or gradient became NaN or infinite, null if every number is finite: forward in the order of
 * the recording, then backward in the order of the sweep, where the edge is named that made a number that is not finite
 * of finite ones, or NaN of 0 and ∞. Takes a Value, a recording, or a function that computes a Value (on a tape of its
 * own, unless it uses Values of another). Where what came first is another number, `zeroTimesInfinity` has the edge that made
 * the first NaN of 0 and ∞.
 *
 * Throws OperandError for anything else. Nothing is changed: gradients of Values stay what they are.
 */
export function detectAnomaly(subject: Value | Recording | (() => Value)): Anomaly | null {
  const output = typeof subject === 'function' ? withTape(new Tape(), subject) : subject;
  if (typeof output !== 'object' || output === null) {
    throw new OperandError(
      'detectAnomaly',
      output,
      'a Value, a recording or a function that returns a Value',
    );
  }
  const recording = output instanceof Value ? output.tape.record(output) : output;
  const gradient = backward(recording);
  const found = firstNonFinite(recording, gradient);
  // What else is on a Value's tape is not asked about.
  if (found === null || (output instanceof Value && reachable(recording, output.index)[found.node] === 0))
    return null;
  const at = (node: number): AnomalousNode => nodeAt(recording, gradient, node);
  const down = wayTo(recording, gradient, found.node);
  const chain = (found.what === 'value' ? down.toReversed() : down).map(at);
  return new Anomaly(found, chain, zeroTimesInfinity(recording, gradient), at);
}

/**
 * An observer that ends a sweep at the first number that is not finite, with AnomalyError, and names what made it:
 * `loss.backward({ observer: anomalyObserver(loss) })`. Gradients are then left as far as the sweep had come.
 */
export function anomalyObserver(output: Value): SweepObserver {
  output.check('anomalyObserver');
  const refuse = (what: string, number: number): void => {
    if (Number.isFinite(number)) return;
    const anomaly = detectAnomaly(output);
    throw anomaly === null
      ? new AnomalyError(
          null,
          `Found ${number} as ${what}, though with a gradient of 1 all numbers are finite.`,
        )
      : new AnomalyError(anomaly);
  };
  return {
    seed: (node, gradient) => {
      refuse(`the value of node ${node}`, output.tape.value[node]);
      refuse(`the gradient of node ${node}`, gradient);
    },
    visit: (node, gradient) => {
      refuse(`the value of node ${node}`, output.tape.value[node]);
      refuse(`the gradient of node ${node}`, gradient);
    },
    contribute: (node, slot, _local, contribution) => {
      refuse(`what node ${node} passes to its input ${slot}`, contribution);
    },
  };
}

function nodeAt(recording: Recording, gradient: Float64Array, node: number): AnomalousNode {
  return {
    node,
    name: recording.names.get(node),
    operation: operationName(recording.operation[node]),
    inputs: [...new InputReader().read(recording, node)],
    value: recording.value[node],
    gradient: gradient[node],
  };
}

/** The nodes from the output down to a node, each time by the user that passes most; the node alone if none leads there. */
function wayTo(recording: Recording, gradient: Float64Array, node: number): number[] {
  const { inputStart, inputs, output } = recording;
  const reached = reachable(recording, output);
  if (reached[node] === 0) return [node];
  const user = new Int32Array(output + 1).fill(-1);
  const most = new Float64Array(output + 1).fill(-1);
  const reader = new InputReader();
  let partials = new Float64Array(4);
  for (let above = output; above > node; above--) {
    if (reached[above] === 0) continue;
    const arity = arityOf(recording, above);
    if (partials.length < arity) partials = new Float64Array(2 * arity);
    nodePartials(recording, above, reader, partials);
    for (let slot = 0; slot < arity; slot++) {
      if (!isLive(recording, above, slot)) continue;
      const input = inputs[inputStart[above] + slot];
      const size = Math.abs(partials[slot] * gradient[above]);
      // NaN weighs most.
      if (user[input] >= 0 && size <= most[input]) continue;
      user[input] = above;
      most[input] = Number.isNaN(size) ? Infinity : size;
    }
  }
  const way: number[] = [];
  for (let at = node; at >= 0; at = user[at]) way.push(at);
  return way.toReversed();
}

function titleOf({ node, name }: AnomalousNode): string {
  return nameAt({ names: new Map(name === undefined ? [] : [[node, name]]) }, node);
}

/** `y = mul(0, 0) passed 0 · Infinity = NaN to its input 0, x`. */
function passed(
  { local, upstream, contribution, slot }: Contribution,
  from: AnomalousNode,
  to: AnomalousNode,
): string {
  return `${described(from)} passed ${local} · ${upstream} = ${contribution} to its input ${slot}, ${described(to)}`;
}

/** `y = ln(0)`, or the name of a leaf. */
function described(node: AnomalousNode): string {
  const { operation, inputs } = node;
  if (operation === 'leaf') return titleOf(node);
  const listed = inputs.length > 6 ? [...inputs.slice(0, 5), '…'] : inputs;
  return `${titleOf(node)} = ${operation}(${listed.join(', ')})`;
}
