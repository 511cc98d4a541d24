import type { Recording } from '@backflow/engine';

/** The nodes of one layer of a network. */
export interface NetworkLayerParts {
  /** Of input k to unit j at j · inputs + k. */
  readonly weights: Int32Array;
  readonly biases: Int32Array | null;
  /** The weighted sums. */
  readonly z: Int32Array;
  /** What the activation makes of them; the same nodes as `z` where there is none. */
  readonly a: Int32Array;
}

/** The nodes of a recording that make up a network and what one example costs; −1 for a node that there is not. */
export interface NetworkParts {
  readonly inputs: Int32Array;
  readonly layers: readonly NetworkLayerParts[];
  readonly targets: Int32Array;
  /** What the example costs, without penalty. */
  readonly error: number;
  /** What is differentiated. */
  readonly loss: number;
}

/** Per node of a full recording, the node that shows it; −1 for an inner part of something that is folded. */
export function placesOf(origin: Int32Array, count: number): Int32Array {
  const places = new Int32Array(count).fill(-1);
  // Of several with one origin the last is the node itself.
  for (let node = 0; node < origin.length; node++) places[origin[node]] = node;
  return places;
}

/** The same parts in the recording that is shown. */
export function partsAt(parts: NetworkParts, places: Int32Array): NetworkParts {
  const move = (nodes: Int32Array): Int32Array => nodes.map((node) => (node < 0 ? -1 : places[node]));
  const one = (node: number): number => (node < 0 ? -1 : places[node]);
  return {
    inputs: move(parts.inputs),
    layers: parts.layers.map(({ weights, biases, z, a }) => ({
      weights: move(weights),
      biases: biases && move(biases),
      z: move(z),
      a: move(a),
    })),
    targets: move(parts.targets),
    error: one(parts.error),
    loss: one(parts.loss),
  };
}

/** Numbers of inputs of a layer. */
export function inputsOf(parts: NetworkParts, layer: number): number {
  const { weights, z } = parts.layers[layer];
  return z.length === 0 ? 0 : weights.length / z.length;
}

/** The nodes that a layer's sums are made of: the inputs, or the activations of the layer before. */
export function belowOf(parts: NetworkParts, layer: number): Int32Array {
  return layer === 0 ? parts.inputs : parts.layers[layer - 1].a;
}

/** Where a node belongs. */
export interface NetworkOwners {
  /** Per node, the index of its layer; −1 for inputs, the number of layers for the loss and all else that is computed. */
  readonly layer: Int32Array;
  /** Per node, the unit of its layer that it belongs to; −1 where it belongs to none. */
  readonly unit: Int32Array;
}

/**
 * The layer and unit of every node of a recording. What a sum or an activation was opened into stands in its group and
 * belongs to its unit.
 */
export function ownersOf(
  { inputs, layers }: NetworkParts,
  { count, group }: Pick<Recording, 'count' | 'group'>,
): NetworkOwners {
  const layer = new Int32Array(count).fill(layers.length);
  const unit = new Int32Array(count).fill(-1);
  const groups = new Map<number, readonly [layer: number, unit: number]>();
  for (const node of inputs) if (node >= 0) layer[node] = -1;
  for (const [l, { weights, biases, z, a }] of layers.entries()) {
    const inputCount = weights.length / Math.max(1, z.length);
    const own = (node: number, j: number): void => {
      if (node < 0) return;
      layer[node] = l;
      unit[node] = j;
    };
    for (let at = 0; at < weights.length; at++) own(weights[at], Math.floor(at / inputCount));
    for (let j = 0; j < z.length; j++) {
      if (biases !== null) own(biases[j], j);
      own(z[j], j);
      own(a[j], j);
      if (group !== null && group[z[j]] >= 0) groups.set(group[z[j]], [l, j]);
    }
  }
  if (group === null) return { layer, unit };
  for (let node = 0; node < count; node++) {
    const of = layer[node] === layers.length ? groups.get(group[node]) : undefined;
    if (of !== undefined) [layer[node], unit[node]] = of;
  }
  return { layer, unit };
}
