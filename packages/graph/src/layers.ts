import { networkSimplex } from './simplex.ts';
import type { LayoutInput } from './layout.ts';

/** Up to this many nodes the columns minimise the total length of edges; above it they come close. */
const OPTIMAL_UP_TO = 1000;

/**
 * Columns for the nodes, from 0: every edge leads at least `length[edge]` columns to the right, and the
 * total length of the edges is least (up to 1,000 nodes) or low. So a leaf stands right before its first
 * consumer. `previous` breaks ties towards the columns of an earlier layout.
 */
export function assignLayers(
  input: LayoutInput,
  length: Int32Array,
  previous: { readonly layer: Int32Array; readonly known: Uint8Array } | null = null,
): Int32Array {
  const layer = previous ? nearFormer(input, length, previous) : longestPath(input, length);
  if (input.count <= OPTIMAL_UP_TO) {
    const weight = edgeWeights(input);
    networkSimplex(
      { count: input.count, source: input.inputs, target: targetsOf(input), length, weight },
      layer,
    );
    moveFreeNodes(input, length, layer, previous);
  } else {
    pullTowardsConsumers(input, length, layer);
  }
  let least = Infinity;
  for (let v = 0; v < input.count; v++) least = Math.min(least, layer[v]);
  for (let v = 0; v < input.count; v++) layer[v] -= least;
  return layer;
}

/**
 * Long edges of a node that is used several times run side by side or as one, so they weigh less: an
 * operation on a shared input stands near its own consumer, unless it has two of them.
 */
function edgeWeights(input: LayoutInput): Float64Array {
  const uses = new Int32Array(input.count);
  for (let e = 0; e < input.inputs.length; e++) uses[input.inputs[e]]++;
  return Float64Array.from(input.inputs, (u) => (uses[u] > 1 ? 0.6 : 1));
}

/** Per edge, its consumer. */
export function targetsOf(input: LayoutInput): Int32Array {
  const target = new Int32Array(input.inputs.length);
  for (let v = 0; v < input.count; v++) target.fill(v, input.inputStart[v], input.inputStart[v + 1]);
  return target;
}

/** The leftmost columns that the lengths allow. */
function longestPath(input: LayoutInput, length: Int32Array): Int32Array {
  const { count, inputStart, inputs } = input;
  const layer = new Int32Array(count);
  for (let v = 0; v < count; v++) {
    for (let e = inputStart[v]; e < inputStart[v + 1]; e++) {
      const least = layer[inputs[e]] + length[e];
      if (least > layer[v]) layer[v] = least;
    }
  }
  return layer;
}

/** The former columns, where the lengths still allow them; nodes move right as far as they must. */
function nearFormer(
  input: LayoutInput,
  length: Int32Array,
  previous: { readonly layer: Int32Array; readonly known: Uint8Array },
): Int32Array {
  const { count, inputStart, inputs } = input;
  const unset = -0x40000000;
  const layer = new Int32Array(count).fill(unset);
  for (let v = 0; v < count; v++) {
    if (previous.known[v]) layer[v] = previous.layer[v];
    for (let e = inputStart[v]; e < inputStart[v + 1]; e++) {
      // A new leaf leaves its consumer where it is.
      if (layer[inputs[e]] !== unset) layer[v] = Math.max(layer[v], layer[inputs[e]] + length[e]);
    }
  }
  for (let v = count - 1; v >= 0; v--) {
    for (let e = inputStart[v]; e < inputStart[v + 1]; e++) {
      const u = inputs[e];
      if (previous.known[u] || inputStart[u] < inputStart[u + 1]) continue;
      const room = (layer[v] === unset ? 0 : layer[v]) - length[e];
      layer[u] = layer[u] === unset ? room : Math.min(layer[u], room);
    }
  }
  // Operations over new leaves alone had nothing to hold on to.
  for (let v = 0; v < count; v++) {
    if (layer[v] === unset) layer[v] = 0;
    for (let e = inputStart[v]; e < inputStart[v + 1]; e++) {
      layer[v] = Math.max(layer[v], layer[inputs[e]] + length[e]);
    }
  }
  return layer;
}

/**
 * One pass from the right: a node with no more inputs that would have to stretch than uses that would
 * shrink moves next to its first consumer. Inputs that have only this use follow by themselves.
 */
function pullTowardsConsumers(input: LayoutInput, length: Int32Array, layer: Int32Array): void {
  const { count, inputStart, inputs } = input;
  const uses = new Int32Array(count);
  for (let e = 0; e < inputs.length; e++) uses[inputs[e]]++;
  const latest = new Int32Array(count).fill(0x7fffffff);
  for (let v = count - 1; v >= 0; v--) {
    const from = inputStart[v];
    const to = inputStart[v + 1];
    let stretched = 0;
    for (let e = from; e < to; e++) {
      const u = inputs[e];
      const follows = uses[u] === 1 && inputStart[u] === inputStart[u + 1];
      if (!follows) stretched++;
    }
    if (uses[v] > 0 && stretched <= uses[v] && latest[v] > layer[v]) layer[v] = latest[v];
    for (let e = from; e < to; e++) {
      const room = layer[v] - length[e];
      if (room < latest[inputs[e]]) latest[inputs[e]] = room;
    }
  }
}

/**
 * Nodes that can move without changing the total length: to their former column where that is known,
 * else next to their consumers, where a reader looks for them.
 */
function moveFreeNodes(
  input: LayoutInput,
  length: Int32Array,
  layer: Int32Array,
  previous: { readonly layer: Int32Array; readonly known: Uint8Array } | null,
): void {
  const { count, inputStart, inputs } = input;
  const uses = new Int32Array(count);
  const latest = new Int32Array(count).fill(0x7fffffff);
  for (let e = 0; e < inputs.length; e++) uses[inputs[e]]++;
  for (let v = count - 1; v >= 0; v--) {
    const arity = inputStart[v + 1] - inputStart[v];
    if (arity === uses[v] && arity > 0) {
      let earliest = -0x7fffffff;
      for (let e = inputStart[v]; e < inputStart[v + 1]; e++) {
        earliest = Math.max(earliest, layer[inputs[e]] + length[e]);
      }
      const wanted = previous && previous.known[v] ? previous.layer[v] : latest[v];
      layer[v] = Math.min(latest[v], Math.max(earliest, wanted));
    }
    for (let e = inputStart[v]; e < inputStart[v + 1]; e++) {
      latest[inputs[e]] = Math.min(latest[inputs[e]], layer[v] - length[e]);
    }
  }
}
