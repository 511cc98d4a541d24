import { OPERATIONS, operationOf } from '@backflow/engine';
import type { LiveGraph } from '../algorithms/live-graph.ts';

/** What notes call weights: w, W, ω, θ; with them also b and β. */
const WEIGHT = /^[wWωΩθΘ](?![\p{L}])/u;
const BIAS = /^[bBβ](?![\p{L}])/u;

/**
 * The leaves whose derivatives are written out: the weights and biases where leaves are called so (`w_1`, `ω`, `θ`,
 * `w^2_{11}`; and beside such a leaf `b`, `β`), so that inputs and targets are left alone; else all leaves. Ascending.
 */
export function weightLeaves(graph: LiveGraph): Int32Array {
  const named = (pattern: RegExp) => (leaf: number) => pattern.test(graph.recording.names.get(leaf) ?? '');
  if (!graph.leaves.some(named(WEIGHT))) return graph.leaves;
  const [weight, bias] = [named(WEIGHT), named(BIAS)];
  return graph.leaves.filter((leaf) => weight(leaf) || bias(leaf));
}

/** Arithmetic that notes do not abbreviate to one letter and its bend. */
const ARITHMETIC = new Set([
  'add',
  'sub',
  'mul',
  'div',
  'neg',
  'pow',
  'sum',
  'signedSum',
  'mean',
  'prod',
  'dot',
]);

/**
 * Whether a named node is passed over because notes write the activation for both: z in O = σ(z), where z is used by
 * nothing else, and O, also named, has no other input than z (constants aside) and is a function of it, not
 * arithmetic. Then ∂O/∂w is one factor.
 */
export function isPassedOver(graph: LiveGraph, node: number): boolean {
  const { recording, userStart, userOf, consumer, useStart } = graph;
  if (userStart[node + 1] - userStart[node] !== 1) return false;
  const user = consumer[userOf[userStart[node]]];
  if (!recording.names.has(user) || useStart[user + 1] - useStart[user] !== 1) return false;
  const operation = operationOf(recording, user);
  return operation !== null && !ARITHMETIC.has(operation.name) && OPERATIONS[operation.name].arity !== 'many';
}

/**
 * The graph that a chain rule over names is written on. Its vertices are the output, the named nodes and the leaves
 * that are differentiated by; a factor ∂a/∂b leads from a vertex to the next ones below, whatever stands unnamed
 * between them, and several ways between the same two are one factor. Vertices that lead to no such leaf are left out.
 */
export interface NamedGraph {
  readonly graph: LiveGraph;
  /** Per vertex, its node of the recording; ascending, so that the last one is the output. */
  readonly nodes: Int32Array;
  /** The vertices of the leaves that are differentiated by. */
  readonly leaves: Int32Array;
  /** The factors ∂vertex/∂below: `below[start[v] … start[v + 1])`, ascending, with their numbers. */
  readonly start: Int32Array;
  readonly below: Int32Array;
  readonly factor: Float64Array;
  /** `aboveOf[aboveStart[v] … ]` are the factors (indices of `below`) ∂·/∂v, by ascending vertex above. */
  readonly aboveStart: Int32Array;
  readonly aboveOf: Int32Array;
  /** Per factor, the vertex above. */
  readonly above: Int32Array;
}

export interface NamedOptions {
  /** The leaves to differentiate by; default: `weightLeaves`. */
  readonly leaves?: ArrayLike<number>;
  /** Keep every named node, also those that `isPassedOver`. */
  readonly all?: boolean;
}

export function namedGraphOf(graph: LiveGraph, options: NamedOptions = {}): NamedGraph {
  const { recording, of } = graph;
  const wanted = new Set(Array.from(options.leaves ?? weightLeaves(graph)));
  const kept = new Set<number>();
  for (const node of graph.nodes) {
    const leaf = graph.useStart[node] === graph.useStart[node + 1];
    if (node === of || (leaf ? wanted.has(node) : recording.names.has(node))) kept.add(node);
  }
  if (options.all !== true) {
    for (const node of kept) {
      const leaf = graph.useStart[node] === graph.useStart[node + 1];
      if (!leaf && node !== of && isPassedOver(graph, node)) kept.delete(node);
    }
  }
  // Ascending, a vertex is kept if it is a wanted leaf or leads to one.
  const factors = new Map<number, Map<number, number>>();
  for (const node of graph.nodes) {
    if (!kept.has(node)) continue;
    const found = factorsBelow(graph, node, kept);
    for (const below of found.keys()) if (!factors.has(below)) found.delete(below);
    if (found.size > 0 || wanted.has(node) || node === of) factors.set(node, found);
  }
  const nodes = Int32Array.from(factors.keys());
  const vertexOf = new Map(Array.from(nodes, (node, vertex) => [node, vertex]));
  const start = new Int32Array(nodes.length + 1);
  const below: number[] = [];
  const factor: number[] = [];
  const above: number[] = [];
  for (let v = 0; v < nodes.length; v++) {
    const found = [...factors.get(nodes[v])!].sort(([a], [b]) => a - b);
    for (const [node, number] of found) {
      below.push(vertexOf.get(node)!);
      factor.push(number);
      above.push(v);
    }
    start[v + 1] = below.length;
  }
  const aboveStart = new Int32Array(nodes.length + 1);
  for (const v of below) aboveStart[v + 1]++;
  for (let v = 0; v < nodes.length; v++) aboveStart[v + 1] += aboveStart[v];
  const at = aboveStart.slice();
  const aboveOf = new Int32Array(below.length);
  for (let f = 0; f < below.length; f++) aboveOf[at[below[f]]++] = f;
  return {
    graph,
    nodes,
    leaves: Int32Array.from([...wanted].sort((a, b) => a - b).flatMap((leaf) => vertexOf.get(leaf) ?? [])),
    start,
    below: Int32Array.from(below),
    factor: Float64Array.from(factor),
    aboveStart,
    aboveOf,
    above: Int32Array.from(above),
  };
}

/** A reverse sweep from one vertex over the unnamed nodes below it, down to the next vertices. */
function factorsBelow(graph: LiveGraph, from: number, kept: ReadonlySet<number>): Map<number, number> {
  const { useStart, input, local } = graph;
  const between = new Set<number>([from]);
  for (const node of between) {
    for (let use = useStart[node]; use < useStart[node + 1]; use++) {
      if (!kept.has(input[use])) between.add(input[use]);
    }
  }
  const sums = new Map<number, number>([[from, 1]]);
  const found = new Map<number, number>();
  for (const node of [...between].sort((a, b) => b - a)) {
    const sum = sums.get(node)!;
    for (let use = useStart[node]; use < useStart[node + 1]; use++) {
      const into = kept.has(input[use]) ? found : sums;
      into.set(input[use], (into.get(input[use]) ?? 0) + sum * local[use]);
    }
  }
  return found;
}
