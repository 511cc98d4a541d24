import type { Value } from '@backflow/engine';
import type { OperationName, Tape } from '@backflow/engine';
import type { Declaration, Sheet } from '../sheet.ts';
import type { AssemblyRemark, NetworkFacts } from './assembly.ts';
import type { Definition, Definitions } from './definitions.ts';
import { numberOf } from './alignment.ts';
import { readingsOf } from './readings.ts';
import type { Mentions } from './mentions.ts';

type NetworkDeclaration = Extract<Declaration, { readonly kind: 'network' }>;

/** Networks up to this many weights and neurons are put together node by node. */
const LARGEST = 4000;

const WEIGHTS = new Set(['w', 'W', 'ω', 'Ω', 'θ', 'Θ']);
const SUMS = new Set(['z', 'Z', 'net', 's', 'in', 'u']);
const ACTIVATED = new Set(['a', 'A', 'O', 'o', 'h', 'H', 'out']);
const OUTPUTS = new Set(['ŷ', 'y_hat', 'yhat', 'y_pred', 'ypred', 'o', 'out', 'output', 'O']);
const INPUTS = new Set(['x', 'X', 'i', 'in', 'input']);
const BIASES = new Set(['b', 'B', 'bias', 'β']);

/** Where in a network a name belongs. Layers count from 0 (the inputs), neurons from 0. */
export type Role =
  | { readonly kind: 'weight'; readonly layer: number; readonly from: number; readonly to: number }
  | { readonly kind: 'bias' | 'sum' | 'activation'; readonly layer: number; readonly neuron: number };

/** The declared network of a page, as nodes of a tape. */
export class NetworkPlan {
  readonly sizes: readonly number[];
  readonly activation: OperationName | null;
  readonly bias: boolean;
  readonly order: 'from-to' | 'to-from';
  readonly orderSource: NetworkFacts['orderSource'];
  readonly weights: number;
  readonly biases: number;
  readonly expanded: boolean;
  private readonly first: 0 | 1;
  private readonly nodes = new Map<string, number>();

  constructor(
    declaration: NetworkDeclaration,
    activation: OperationName | null,
    sheet: Sheet,
    mentions: Mentions,
    definitions: Definitions,
  ) {
    this.sizes = declaration.sizes;
    this.activation = activation;
    this.bias =
      declaration.bias ??
      [...mentions.names.keys()].some((key) =>
        readingsOf(key).some(({ base, rank }) => rank === 0 && BIASES.has(base)),
      );
    const { sizes } = this;
    this.weights = sizes.slice(1).reduce((sum, size, layer) => sum + size * sizes[layer], 0);
    const neurons = sizes.slice(1).reduce((sum, size) => sum + size, 0);
    this.biases = this.bias ? neurons : 0;
    const declared = sheet.declarations.find((one) => one.kind === 'indices');
    const shown = this.shownOrder(definitions);
    this.order = declared?.kind === 'indices' ? declared.order : (shown ?? 'from-to');
    this.orderSource = declared !== undefined ? 'declared' : shown !== null ? 'shape' : 'assumed';
    const base = sheet.declarations.find((one) => one.kind === 'base');
    this.first = base?.kind === 'base' ? base.first : countsFromZero(mentions) ? 0 : 1;
    this.expanded = activation !== null && sizes.length >= 2 && this.weights + neurons <= LARGEST;
  }

  /** Where a name belongs; null for a name that is none of the network's. */
  roleOf(key: string): Role | null {
    const { sizes, first } = this;
    const last = sizes.length - 1;
    const number = (text: string, size: number): number | null => {
      if (!/^\d+$/.test(text)) return null;
      const at = Number(text) - first;
      return at >= 0 && at < size ? at : null;
    };
    for (const { base, layer: above, indices } of readingsOf(key, first)) {
      const layered = this.layerOf(above);
      if (above !== '' && layered === null) continue;
      // O_{21} and z_{21} without a layer: layer and neuron, as long as it is no weight.
      const [layer, rest] =
        layered !== null
          ? [layered, indices]
          : indices.length === (WEIGHTS.has(base) ? 3 : 2)
            ? [this.layerOf(indices[0]), indices.slice(1)]
            : [null, indices];
      if (WEIGHTS.has(base)) {
        const at = layer ?? (sizes.length === 2 ? 1 : null);
        if (at === null || at < 1 || at > last) continue;
        const [from, to] = [sizes[at - 1], sizes[at]];
        const [p, q] = rest;
        if (rest.length === 2) {
          const [a, b] =
            this.order === 'from-to' ? [number(p, from), number(q, to)] : [number(q, from), number(p, to)];
          if (a !== null && b !== null) return { kind: 'weight', layer: at, from: a, to: b };
        } else if (rest.length === 1 && to === 1) {
          const a = number(p, from);
          if (a !== null) return { kind: 'weight', layer: at, from: a, to: 0 };
        } else if (rest.length === 1 && from === 1) {
          const b = number(p, to);
          if (b !== null) return { kind: 'weight', layer: at, from: 0, to: b };
        } else if (rest.length === 0 && from === 1 && to === 1)
          return { kind: 'weight', layer: at, from: 0, to: 0 };
        continue;
      }
      const kind = SUMS.has(base)
        ? 'sum'
        : ACTIVATED.has(base)
          ? 'activation'
          : BIASES.has(base)
            ? 'bias'
            : null;
      if (kind !== null && layer !== null && layer <= last && (layer >= 1 || kind === 'activation')) {
        const neuron =
          rest.length === 0 && sizes[layer] === 1
            ? 0
            : rest.length === 1
              ? number(rest[0], sizes[layer])
              : null;
        if (neuron !== null) return { kind, layer, neuron };
      }
      if (layered !== null) continue;
      if (INPUTS.has(base) && rest.length === 1) {
        const neuron = number(rest[0], sizes[0]);
        if (neuron !== null) return { kind: 'activation', layer: 0, neuron };
      }
      if ((base === 'h' || base === 'H') && sizes.length === 3 && rest.length === 1) {
        const neuron = number(rest[0], sizes[1]);
        if (neuron !== null) return { kind: 'activation', layer: 1, neuron };
      }
      if (OUTPUTS.has(base) || OUTPUTS.has(key)) {
        const single = rest.length === 0 || OUTPUTS.has(key);
        const neuron = single
          ? sizes[last] === 1
            ? 0
            : null
          : rest.length === 1
            ? number(rest[0], sizes[last])
            : null;
        if (neuron !== null) return { kind: 'activation', layer: last, neuron };
      }
    }
    return null;
  }

  /** The node of a name; null where the network has none, or has not been recorded. */
  nodeOf(key: string): number | null {
    if (this.nodes.size === 0) return null;
    const role = this.roleOf(key);
    return role === null ? null : (this.nodes.get(roleKey(role)) ?? null);
  }

  /**
   * Records the network. Labels are the spellings that the page uses; numbers come from its lists (x, W1, b1) and single
   * numbers (w1_11 = 0.2). What has no number is reported as free.
   */
  record(tape: Tape, mentions: Mentions, definitions: Definitions, found: NetworkRecording): void {
    const { sizes } = this;
    const spellings = new Map<string, string>();
    for (const [key, spelling] of mentions.names) {
      const role = this.roleOf(key);
      if (role !== null && !spellings.has(roleKey(role))) spellings.set(roleKey(role), spelling);
    }
    const given = new Map<string, Definition & { readonly value: number }>();
    for (const [key, definition] of definitions.numbers) {
      const role = this.roleOf(key);
      if (role !== null && !given.has(roleKey(role))) given.set(roleKey(role), definition);
    }
    const spellingOf = (role: Role) => spellings.get(roleKey(role)) ?? this.spelling(role, spellings);
    const leaf = (role: Role, listed: Listed | null): Value => {
      const number = given.get(roleKey(role));
      const value = listed?.value ?? number?.value;
      const label = spellingOf(role);
      const node = tape.leaf(value ?? found.sample(tape.size), label);
      this.nodes.set(roleKey(role), node.index);
      const source = listed?.source ?? number;
      if (source !== undefined) found.defined(node.index, source);
      else found.free(node.index, spellings.get(roleKey(role)) ?? null);
      return node;
    };
    const inputs = this.listFor(definitions, [...INPUTS], [0, null]);
    let layer: Value[] = Array.from({ length: sizes[0] }, (_, neuron) =>
      leaf({ kind: 'activation', layer: 0, neuron }, itemAt(inputs, [neuron])),
    );
    for (let at = 1; at < sizes.length; at++) {
      const matrix = this.listFor(definitions, [...WEIGHTS], [at]);
      const biases = this.bias ? this.listFor(definitions, [...BIASES], [at]) : null;
      const rows = this.matrixOrder(matrix, at);
      const weights = layer.map((_, from) =>
        Array.from({ length: sizes[at] }, (_unused, to) =>
          leaf(
            { kind: 'weight', layer: at, from, to },
            itemAt(matrix, rows === 'from-to' ? [from, to] : [to, from]),
          ),
        ),
      );
      layer = Array.from({ length: sizes[at] }, (_, neuron) => {
        let sum: Value | null = null;
        layer.forEach((input, from) => {
          const term = weights[from][neuron].mul(input);
          sum = sum === null ? term : sum.add(term);
        });
        let total = sum!;
        if (this.bias) total = total.add(leaf({ kind: 'bias', layer: at, neuron }, itemAt(biases, [neuron])));
        const sumRole: Role = { kind: 'sum', layer: at, neuron };
        this.nodes.set(roleKey(sumRole), total.as(spellingOf(sumRole)).index);
        const role: Role = { kind: 'activation', layer: at, neuron };
        const out = tape.apply(this.activation!, total).as(spellingOf(role));
        this.nodes.set(roleKey(role), out.index);
        return out;
      });
    }
  }

  facts(): NetworkFacts {
    const { sizes } = this;
    const at = (role: Role) => this.nodes.get(roleKey(role)) ?? -1;
    const layers = this.nodes.size === 0 ? [] : sizes.slice(1).map((_, index) => index + 1);
    const row = (layer: number, kind: 'bias' | 'sum' | 'activation') =>
      Array.from({ length: sizes[layer] }, (_, neuron) => at({ kind, layer, neuron }));
    return {
      sizes,
      activation: this.activation,
      bias: this.bias,
      expanded: this.nodes.size > 0,
      order: this.order,
      orderSource: this.orderSource,
      weights: this.weights,
      biases: this.biases,
      weightNodes: layers.map((layer) =>
        Array.from({ length: sizes[layer - 1] }, (_, from) =>
          Array.from({ length: sizes[layer] }, (_unused, to) => at({ kind: 'weight', layer, from, to })),
        ),
      ),
      biasNodes: this.bias ? layers.map((layer) => row(layer, 'bias')) : [],
      sumNodes: layers.map((layer) => row(layer, 'sum')),
      activationNodes: layers.map((layer) => row(layer, 'activation')),
      inputNodes: this.nodes.size === 0 ? [] : row(0, 'activation'),
    };
  }

  remark(): AssemblyRemark {
    const { sizes, weights, biases } = this;
    const data = { sizes: sizes.join('-'), weights: String(weights), biases: String(biases) };
    return { code: this.expanded ? 'network-declared' : 'network-too-large', data, node: -1 };
  }

  /** True for lists that are the network's own: x, W1, b^{(2)}. */
  ownsList(key: string): boolean {
    return readingsOf(key).some(({ base, layer, indices }) => {
      const at = this.layerOf(layer !== '' ? layer : (indices[0] ?? '0'));
      return at !== null && (WEIGHTS.has(base) || BIASES.has(base) || (at === 0 && INPUTS.has(base)));
    });
  }

  private layerOf(text: string): number | null {
    const last = this.sizes.length - 1;
    const match = /^(L)?([+-]?\d+)?$/.exec(text);
    if (match === null || text === '') return null;
    const layer = (match[1] === undefined ? 0 : last) + Number(match[2] ?? 0);
    return layer >= 0 && layer <= last ? layer : null;
  }

  private listFor(
    definitions: Definitions,
    bases: readonly string[],
    layers: readonly (number | null)[],
  ): ListDefinition | null {
    for (const [key, definition] of definitions.lists) {
      for (const { base, layer, indices } of readingsOf(key)) {
        if (!bases.includes(base)) continue;
        const text =
          layer !== '' ? layer : indices.length === 1 ? indices[0] : indices.length === 0 ? '' : null;
        if (text === null) continue;
        if (
          text === '' ? layers.includes(null) || this.sizes.length === 2 : layers.includes(this.layerOf(text))
        )
          return definition;
      }
    }
    // a^{(0)} for the inputs.
    if (!layers.includes(null)) return null;
    for (const [key, definition] of definitions.lists)
      if (
        readingsOf(key).some(
          ({ base, layer, indices }) => ACTIVATED.has(base) && (layer || indices[0]) === '0',
        )
      )
        return definition;
    return null;
  }

  /** Whether a matrix has a row for each neuron it leads from, or to; by its shape, else by the order of the indices. */
  private matrixOrder(list: ListDefinition | null, layer: number): 'from-to' | 'to-from' {
    return (list === null ? null : orderOf(list.shape, this.sizes, layer)) ?? this.order;
  }

  private shownOrder(definitions: Definitions): 'from-to' | 'to-from' | null {
    for (let layer = 1; layer < this.sizes.length; layer++) {
      const list = this.listFor(definitions, [...WEIGHTS], [layer]);
      const order = list === null ? null : orderOf(list.shape, this.sizes, layer);
      if (order !== null) return order;
    }
    return null;
  }

  /** How a node is called that the page does not name: as its neighbours are. */
  private spelling(role: Role, used: ReadonlyMap<string, string>): string {
    const index = (at: number) => String(at + this.first);
    if (role.kind === 'weight') {
      const pair = this.order === 'from-to' ? [role.from, role.to] : [role.to, role.from];
      const separator = pair.some((at) => at + this.first > 9) ? ',' : '';
      return `w^{(${role.layer})}_{${pair.map(index).join(separator)}}`;
    }
    if (role.layer === 0) return `x_${index(role.neuron)}`;
    const letter = { bias: 'b', sum: 'z', activation: 'a' }[role.kind];
    const like = [...used].find(
      ([other]) => other.startsWith(role.kind) && !other.startsWith(`${role.kind} 0`),
    )?.[1];
    const style = like === undefined ? null : /^(O|o|a|z|net|out)(_\{?)?\d\d\}?$/u.exec(like);
    if (style !== null)
      return `${style[1]}${style[2] === undefined ? '' : '_'}${role.layer}${index(role.neuron)}`;
    return `${letter}^{(${role.layer})}_${index(role.neuron)}`;
  }
}

type ListDefinition = Definition & { readonly shape: readonly number[] };

interface Listed {
  readonly value: number;
  readonly source: Definition;
}

/** Told of every leaf of a network: where its number stands, or that it has none; then under which name the page speaks of it. */
export interface NetworkRecording {
  defined(node: number, source: Definition): void;
  free(node: number, spelling: string | null): void;
  /** A number for a leaf that has none. */
  sample(index: number): number;
}

function itemAt(list: ListDefinition | null, indices: readonly number[]): Listed | null {
  if (list === null) return null;
  let term = list.term;
  // W3 = [.7, −.5] is a matrix with one column or row.
  const path = list.shape.length < indices.length ? [Math.max(...indices)] : indices;
  for (const index of path) {
    if (term.kind !== 'list' || index >= term.items.length) return null;
    term = term.items[index];
  }
  const value = numberOf(term);
  return value === null ? null : { value, source: list };
}

function orderOf(
  shape: readonly number[],
  sizes: readonly number[],
  layer: number,
): 'from-to' | 'to-from' | null {
  const [from, to] = [sizes[layer - 1], sizes[layer]];
  if (shape.length !== 2 || from === to) return null;
  return shape[0] === from && shape[1] === to
    ? 'from-to'
    : shape[0] === to && shape[1] === from
      ? 'to-from'
      : null;
}

function countsFromZero(mentions: Mentions): boolean {
  return [...mentions.names.keys()].some((key) =>
    readingsOf(key).some(
      ({ base, layer, indices, rank }) =>
        rank === 0 &&
        (WEIGHTS.has(base) || ACTIVATED.has(base) || INPUTS.has(base)) &&
        (layer === '' ? indices.slice(-1) : indices).includes('0'),
    ),
  );
}

function roleKey(role: Role): string {
  return role.kind === 'weight'
    ? `weight ${role.layer} ${role.from} ${role.to}`
    : `${role.kind} ${role.layer} ${role.neuron}`;
}
