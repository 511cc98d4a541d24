import { layoutOf, parameterCount } from '@backflow/nn';
import type { LossSpec, NetworkNodes, NetworkSpec } from '@backflow/nn';
import type { ExtensionName } from '../extension.ts';

/* Nodes of a network's pass: how many there are, and what they are called. */

/** Nodes and edges of a pass without leaves. */
export function sizeOfPass({ sizes, bias, output }: NetworkSpec): { nodes: number; edges: number } {
  let nodes = 0;
  let edges = 0;
  for (let l = 1; l < sizes.length; l++) {
    nodes += 2 * sizes[l];
    edges += sizes[l] * (2 * sizes[l - 1] + (bias ? 2 : 1));
  }
  const last = sizes.at(-1)!;
  if (output === 'softmax') edges += last * last;
  return { nodes, edges };
}

/** An upper bound of the nodes and edges of an example: leaves, pass, loss and penalty. */
export function sizeOfExample(network: NetworkSpec, loss: LossSpec | null): { nodes: number; edges: number } {
  const { sizes } = network;
  const outputs = sizes.at(-1)!;
  const parameters = parameterCount(network);
  let { nodes, edges } = sizeOfPass(network);
  nodes += sizes[0] + parameters;
  if (loss !== null) {
    nodes += outputs * (1 + NODES_OF_TERM) + 6;
    edges += outputs * EDGES_OF_TERM + 10;
    if (loss.l1 > 0) nodes += parameters;
    edges += 2 * parameters * (Number(loss.l1 > 0) + Number(loss.l2 > 0));
  }
  return { nodes, edges };
}

/** What one output costs takes at most so many nodes and edges: those of `binaryCrossEntropy`. */
const NODES_OF_TERM = 10;
const EDGES_OF_TERM = 20;

const leaf = (name: string): ExtensionName => ({ name, leaf: true });
const computed = (name: string): ExtensionName => ({ name, leaf: false });

export function inputNames({ sizes }: NetworkSpec): ExtensionName[] {
  return Array.from({ length: sizes[0] }, (_, k) => leaf(`a^{(0)}_{${k}}`));
}

export function parameterNames(network: NetworkSpec): ExtensionName[] {
  return layoutOf(network).flatMap(({ inputs, units, biases }, l) => [
    ...Array.from({ length: units * inputs }, (_, i) =>
      leaf(`w^{(${l + 1})}_{${Math.floor(i / inputs)},${i % inputs}}`),
    ),
    ...Array.from({ length: biases < 0 ? 0 : units }, (_, j) => leaf(`b^{(${l + 1})}_{${j}}`)),
  ]);
}

/** Sums and what activations make of them. */
export function unitNames({ sizes }: NetworkSpec): ExtensionName[] {
  return sizes
    .slice(1)
    .flatMap((units, l) =>
      ['z', 'a'].flatMap((letter) =>
        Array.from({ length: units }, (_, j) => computed(`${letter}^{(${l + 1})}_{${j}}`)),
      ),
    );
}

export function lossNames({ sizes }: NetworkSpec, { l1, l2 }: LossSpec): ExtensionName[] {
  const marks = l1 > 0 && l2 > 0 ? ['_1', '_2'] : l1 > 0 || l2 > 0 ? [''] : [];
  return [
    ...Array.from({ length: sizes.at(-1)! }, (_, c) => leaf(`y_{${c}}`)),
    ...(marks.length > 0 ? [computed('error')] : []),
    ...marks.flatMap((mark) => [leaf(`λ${mark}`), computed(`penalty${mark}`)]),
    computed('loss'),
  ];
}

/** The nodes in the order of `unitNames`. */
export function unitsOf(layers: NetworkNodes['layers']): number[] {
  return layers.flatMap(({ z, a }) => [...z, ...a]);
}

/** With so many units per layer, and so many layers, an index is one digit. */
const DIGITS = 10;

/**
 * Other names of parameters and units, and the names they stand for: `w^{(1)}_{32}` for `w^{(1)}_{3,2}`, where every index is one
 * digit; and `O_{12}`, counted from 1, layer first, for `a^{(1)}_{1}`.
 */
export function otherNames(network: NetworkSpec): ReadonlyMap<string, string> {
  const { sizes } = network;
  const names = new Map<string, string>();
  if (sizes.length > DIGITS || sizes.some((size) => size > DIGITS)) return names;
  for (const { name } of parameterNames(network)) {
    if (name.includes(',')) names.set(name.replace(',', ''), name);
  }
  if (sizes.every((size) => size < DIGITS)) {
    for (const [l, units] of sizes.slice(1).entries()) {
      for (let j = 0; j < units; j++) names.set(`O_{${l + 1}${j + 1}}`, `a^{(${l + 1})}_{${j}}`);
    }
  }
  return names;
}
