import { Block } from '@backflow/engine';
import type { BareTape } from '@backflow/engine';
import { recordL1, recordL2 } from './losses/penalties.ts';
import { recordLoss } from './losses/record-loss.ts';
import { recordActivations } from './modules/activations.ts';
import { checkLoss, checkNetwork, readsSums } from './spec/check.ts';
import { biasName, layoutOf, parameterCount, weightName } from './spec/layout.ts';
import { SpecError } from './spec/problem.ts';
import type { LossSpec, NetworkSpec } from './spec/spec.ts';

/** The nodes of a layer. */
export interface LayerNodes {
  /** Of input k to unit j at j · inputs + k. */
  readonly weights: Int32Array;
  readonly biases: Int32Array | null;
  /** The weighted sums. */
  readonly z: Int32Array;
  /** What the activation makes of them; the same nodes as `z` for `identity`. */
  readonly a: Int32Array;
}

/** The nodes of a network that was recorded for one input. */
export interface RecordedNetwork {
  readonly layers: readonly LayerNodes[];
  /** The leaves of all parameters, in the order of `layoutOf`. */
  readonly parameters: Int32Array;
}

/** The nodes of a network that was recorded for one example. */
export interface NetworkNodes extends RecordedNetwork {
  /** Leaves. */
  readonly inputs: Int32Array;
  /** Leaves; none without a loss. */
  readonly targets: Int32Array;
  /** What the example costs, without penalty; -1 without a loss. */
  readonly error: number;
  /** The output: `error`, with the penalty if there is one; -1 without a loss. */
  readonly loss: number;
}

/**
 * Parameters of a network, in the order of `layoutOf`: numbers, for which leaves are made, or leaves of the tape, which several
 * recordings can share: a block, or the nodes of an earlier recording.
 */
export type ParameterSource = ArrayLike<number> | Block | { readonly leaves: Int32Array };

/**
 * Records a network for one input and returns its nodes. `inputs` are entries of the tape.
 *
 * Names are those of formulas: `w^{(1)}_{3,12}`, `b^{(1)}_{3}`, `z^{(1)}_{3}`, `a^{(1)}_{3}`. Each unit is a group `neuron 3` in
 * the group `layer 1` of its layer; the units of a softmax, which takes the sums of all, stand in that of the layer. A sum is
 * one node, `affine` (bias + Σ w·a, added from left to right), or `dot` without biases.
 *
 * Throws SpecError for a network that cannot be built, and for the wrong number of inputs or parameters.
 */
export function recordNetwork(
  tape: BareTape,
  spec: NetworkSpec,
  { parameters, inputs }: { readonly parameters: ParameterSource; readonly inputs: readonly number[] },
): RecordedNetwork {
  checkNetwork(spec);
  checkLength('inputs', inputs, spec.sizes[0]);
  const given = 'leaves' in parameters ? parameters.leaves : parameters;
  checkLength('parameters', given, parameterCount(spec));
  if (parameters instanceof Block && (parameters.tape as BareTape) !== tape) {
    throw new SpecError('parameters', parameters, 'a block of this tape');
  }
  const nodes = new Int32Array(given.length);
  const layers: LayerNodes[] = [];
  let below = inputs;
  for (const [l, { units, weights, biases }] of layoutOf(spec).entries()) {
    const leaf = (place: number, name: string): number => {
      if (parameters instanceof Block) return (nodes[place] = parameters.start + place);
      if ('leaves' in parameters) return (nodes[place] = parameters.leaves[place]);
      return (nodes[place] = named(tape, tape.pushLeaf(parameters[place]), name));
    };
    const activation = l === spec.sizes.length - 2 ? spec.output : spec.activation;
    const together = activation === 'softmax';
    const z = new Int32Array(units);
    const a = new Int32Array(units);
    tape.group(`layer ${l + 1}`, () => {
      for (let j = 0; j < units; j++) {
        tape.group(`neuron ${j}`, () => {
          const first = weights + j * below.length;
          const products = below.flatMap((entry, k) => [leaf(first + k, weightName(l, j, k)), entry]);
          if (biases >= 0) products.unshift(leaf(biases + j, biasName(l, j)));
          const sum = tape.applyTo(biases >= 0 ? 'affine' : 'dot', products);
          z[j] = named(tape, sum, `z^{(${l + 1})}_{${j}}`);
          if (together) return;
          [a[j]] = recordActivations(tape, activation, [sum]);
          if (a[j] !== sum) named(tape, a[j], `a^{(${l + 1})}_{${j}}`);
        });
      }
      if (together) {
        a.set(recordActivations(tape, activation, Array.from(z)));
        a.forEach((node, j) => named(tape, node, `a^{(${l + 1})}_{${j}}`));
      }
    });
    layers.push({
      weights: nodes.slice(weights, weights + units * below.length),
      biases: biases >= 0 ? nodes.slice(biases, biases + units) : null,
      z,
      a,
    });
    below = Array.from(a);
  }
  return { layers, parameters: nodes };
}

/**
 * Records a network and what one example costs it: inputs as leaves `a^{(0)}_{k}`, targets as leaves `y_{c}`, the cost as
 * `loss`. With a λ the cost is `error`, and `loss` adds `penalty`, λ Σ w² or λ Σ |w| over the weights, with λ as leaf `λ`;
 * with both `penalty_1` (of |w|, with `λ_1`) and `penalty_2`. `y` are the targets that `encodeTarget` makes.
 *
 * Throws SpecError for a network that cannot be built, a loss that does not fit it, and lists of wrong lengths.
 */
export function recordExample(
  tape: BareTape,
  { network, loss }: { readonly network: NetworkSpec; readonly loss: LossSpec | null },
  example: {
    readonly parameters: ParameterSource;
    readonly x: ArrayLike<number>;
    /** Not needed without a loss. */
    readonly y?: ArrayLike<number>;
  },
): NetworkNodes {
  checkNetwork(network);
  const { x, y = [], parameters } = example;
  checkLength('x', x, network.sizes[0]);
  if (loss !== null) {
    checkLoss(network, loss);
    checkLength('y', y, network.sizes[network.sizes.length - 1]);
  }
  const inputs = Int32Array.from(x, (number, k) => named(tape, tape.pushLeaf(number), `a^{(0)}_{${k}}`));
  const recorded = recordNetwork(tape, network, { parameters, inputs: Array.from(inputs) });
  if (loss === null) return { ...recorded, inputs, targets: new Int32Array(0), error: -1, loss: -1 };

  const { z, a } = recorded.layers[recorded.layers.length - 1];
  return tape.group('loss', () => {
    const targets = Int32Array.from(y, (number, c) => named(tape, tape.pushLeaf(number), `y_{${c}}`));
    const outputs = readsSums(loss.name) ? z : a;
    const error = recordLoss(tape, loss.name, Array.from(outputs), Array.from(targets));
    const penalties = recordPenalties(tape, loss, recorded.layers);
    const total = penalties.length === 0 ? error : tape.applyTo('sum', [error, ...penalties]);
    if (total !== error) named(tape, error, 'error');
    return { ...recorded, inputs, targets, error, loss: named(tape, total, 'loss') };
  });
}

/** λ Σ |w| and λ Σ w², as far as there is a λ. */
function recordPenalties(tape: BareTape, { l1, l2 }: LossSpec, layers: readonly LayerNodes[]): number[] {
  const weights = layers.flatMap((layer) => Array.from(layer.weights));
  const penalties: number[] = [];
  const record = (lambda: number, mark: string, sum: () => number): void => {
    const suffix = l1 > 0 && l2 > 0 ? mark : '';
    const leaf = named(tape, tape.pushLeaf(lambda), `λ${suffix}`);
    penalties.push(named(tape, tape.applyTo('mul', [leaf, sum()]), `penalty${suffix}`));
  };
  if (l1 > 0) record(l1, '_1', () => recordL1(tape, weights));
  if (l2 > 0) record(l2, '_2', () => recordL2(tape, weights));
  return penalties;
}

function named(tape: BareTape, node: number, name: string): number {
  tape.setName(node, name);
  return node;
}

function checkLength(where: string, found: { readonly length: number }, expected: number): void {
  if (found?.length !== expected) throw new SpecError(where, found, `a list of ${expected}`);
}
