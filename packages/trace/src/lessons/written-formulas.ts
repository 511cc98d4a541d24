import type { NamedGraph } from './written-graph.ts';

/** Products of one formula that are written; those beyond are counted. */
export const PRODUCTS = 24;
/** Factors of one formula that are written, in all its products together. */
export const FACTORS = 400;
/** Formulas that are written; those beyond are counted. */
export const FORMULAS = 200;

/** One factor of a product: a stored ∂output/∂node, or ∂of/∂by. */
export type Factor =
  | { readonly kind: 'stored'; readonly node: number }
  | { readonly kind: 'partial'; readonly of: number; readonly by: number; readonly value: number };

export interface Product {
  /** From the output downwards. */
  readonly factors: readonly Factor[];
  /** How many of the first factors make up what the next press stores; 0 for none. */
  readonly repeated: number;
}

/** ∂output/∂node written over all paths down to it from the output, or from what is stored. */
export interface WrittenFormula {
  readonly node: number;
  readonly products: readonly Product[];
  /** Products that are left out of `products`. */
  readonly omitted: bigint;
  /** One for each · between two factors, those of the omitted products included. */
  readonly multiplications: bigint;
  readonly value: number;
}

/** The formulas after some presses. */
export interface WrittenStage {
  readonly presses: number;
  /** What has been stored, in the order of storing. */
  readonly stored: readonly WrittenFormula[];
  readonly formulas: readonly WrittenFormula[];
  /** Formulas that are left out of `formulas`. */
  readonly omitted: number;
  /** Of all formulas and of what is stored. */
  readonly multiplications: bigint;
  /** What the next press stores, and in how many products its expression, or a term of it, stands; null at the end. */
  readonly next: { readonly node: number; readonly times: bigint } | null;
}

/**
 * The formulas of a graph of names and what storing does to them: each press stores one ∂output/∂node that stands in
 * more than one product, nodes next to the output first, then by their order in the program.
 */
export interface Written {
  readonly named: NamedGraph;
  /** The vertices of the leaves, in the order of their formulas: those next to the output first, the shortest ones. */
  readonly leaves: readonly number[];
  /** The vertices that are stored, in order. */
  readonly order: readonly number[];
}

export function writeOut(named: NamedGraph): Written {
  const root = named.nodes.length - 1;
  const layer = new Int32Array(named.nodes.length);
  const leaf = new Uint8Array(named.nodes.length);
  for (const v of named.leaves) leaf[v] = 1;
  const down = waysDown(named);
  for (let v = root; v >= 0; v--) {
    for (let f = named.start[v]; f < named.start[v + 1]; f++) {
      layer[named.below[f]] = Math.max(layer[named.below[f]], layer[v] + 1);
    }
  }
  const outwards = (a: number, b: number): number => layer[a] - layer[b] || a - b;
  const inner = Array.from(named.nodes.keys()).filter((v) => v !== root && leaf[v] === 0);
  inner.sort(outwards);
  const stored = new Set<number>();
  /** Per vertex, the products of its formula as long as nothing is stored below the layers above it. */
  const terms = new Map<number, bigint>([[root, 1n]]);
  for (const v of inner) {
    let own = 0n;
    for (let k = named.aboveStart[v]; k < named.aboveStart[v + 1]; k++) {
      own += terms.get(named.above[named.aboveOf[k]])!;
    }
    if (own * down[v] > 1n) stored.add(v);
    terms.set(v, stored.has(v) ? 1n : own);
  }
  return { named, leaves: Array.from(named.leaves).sort(outwards), order: [...stored] };
}

/** Per vertex, in how many ways the leaves are reached from it. */
function waysDown({ nodes, leaves, start, below }: NamedGraph): bigint[] {
  const ways = Array.from(nodes, () => 0n);
  for (const v of leaves) ways[v] = 1n;
  for (let v = 0; v < nodes.length; v++) {
    for (let f = start[v]; f < start[v + 1]; f++) ways[v] += ways[below[f]];
  }
  return ways;
}

/** The products of a formula and the factors in all of them. */
interface Size {
  readonly products: bigint;
  readonly factors: bigint;
}

/** Per vertex, the size of ∂output/∂vertex written out down to it. */
function sizesOf({ named, order }: Written, presses: number): Size[] {
  const stored = new Set(order.slice(0, presses));
  const sizes: Size[] = [];
  const root = named.nodes.length - 1;
  for (let v = root; v >= 0; v--) {
    let products = v === root ? 1n : 0n;
    let factors = 0n;
    for (let k = named.aboveStart[v]; k < named.aboveStart[v + 1]; k++) {
      const above = named.above[named.aboveOf[k]];
      const size = stored.has(above) ? STORED : sizes[above];
      products += size.products;
      factors += size.factors + size.products;
    }
    sizes[v] = { products, factors };
  }
  return sizes;
}

const STORED: Size = { products: 1n, factors: 1n };

/** One multiplication less than there are factors, in each product. ∂L/∂L = 1 has neither. */
function multiplicationsOf({ products, factors }: Size): bigint {
  return factors === 0n ? 0n : factors - products;
}

/** All multiplications after so many presses: one for each · that is written. */
export function writtenMultiplications(written: Written, presses: number): bigint {
  const sizes = sizesOf(written, presses);
  let sum = 0n;
  for (const v of written.named.leaves) sum += multiplicationsOf(sizes[v]);
  for (const v of written.order.slice(0, presses)) sum += multiplicationsOf(sizes[v]);
  return sum;
}

/** Everything that is written after so many presses, forwards and backwards alike. */
export function writtenStage(written: Written, presses: number): WrittenStage {
  const { named, order } = written;
  const sizes = sizesOf(written, presses);
  const next = presses < order.length ? order[presses] : null;
  const values = new Map<number, number>();
  const stored = order.slice(0, presses);
  const context = { named, stored: new Set(stored), next, values, sums: sumsOf(named) };
  const write = (v: number): WrittenFormula => {
    const formula = formulaOf(context, v, sizes[v]);
    values.set(v, formula.value);
    return formula;
  };
  const definitions = stored.map(write);
  const formulas = written.leaves.slice(0, FORMULAS).map(write);
  return {
    presses,
    stored: definitions,
    formulas,
    omitted: named.leaves.length - formulas.length,
    multiplications: writtenMultiplications(written, presses),
    next:
      next === null ? null : { node: named.nodes[next], times: sizes[next].products * waysDown(named)[next] },
  };
}

/** ∂output/∂vertex by one sweep over the factors: for formulas that are too long to be added up as written. */
function sumsOf({ nodes, start, below, factor }: NamedGraph): Float64Array {
  const sums = new Float64Array(nodes.length);
  sums[nodes.length - 1] = 1;
  for (let v = nodes.length - 1; v >= 0; v--) {
    for (let f = start[v]; f < start[v + 1]; f++) sums[below[f]] += factor[f] * sums[v];
  }
  return sums;
}

interface Context {
  readonly named: NamedGraph;
  readonly stored: ReadonlySet<number>;
  readonly next: number | null;
  /** Of what is stored. */
  readonly values: ReadonlyMap<number, number>;
  readonly sums: Float64Array;
}

/** A way upwards from a vertex: the vertex it has come to, the last factor, and the way before that. */
interface Way {
  readonly at: number;
  readonly factor: number;
  readonly before: Way | null;
  readonly length: number;
}

/** Walks upwards from a vertex; each way to the output or to something stored is one product. */
function formulaOf(context: Context, vertex: number, size: Size): WrittenFormula {
  const { named, stored, values, sums } = context;
  const root = named.nodes.length - 1;
  const products: Product[] = [];
  const ways: Way[] = [{ at: vertex, factor: -1, before: null, length: 0 }];
  let value = 0;
  let room = FACTORS;
  while (ways.length > 0 && products.length < PRODUCTS) {
    const way = ways.pop()!;
    const { at, length } = way;
    if (length > room) break;
    if (at === root || (at !== vertex && stored.has(at))) {
      const product = productOf(context, at === root ? null : at, way);
      products.push(product);
      room -= length;
      value += product.factors.reduce(
        (number, factor) => number * (factor.kind === 'partial' ? factor.value : values.get(at)!),
        1,
      );
      continue;
    }
    for (let k = named.aboveStart[at + 1] - 1; k >= named.aboveStart[at]; k--) {
      const f = named.aboveOf[k];
      ways.push({ at: named.above[f], factor: f, before: way, length: length + 1 });
    }
  }
  const omitted = size.products - BigInt(products.length);
  return {
    node: named.nodes[vertex],
    products,
    omitted,
    multiplications: multiplicationsOf(size),
    value: omitted === 0n ? value : sums[vertex],
  };
}

function productOf({ named, next }: Context, first: number | null, way: Way): Product {
  const { nodes, above, below, factor } = named;
  const written: Factor[] = first === null ? [] : [{ kind: 'stored', node: nodes[first] }];
  let repeated = 0;
  for (let at: Way | null = way; at !== null && at.before !== null; at = at.before) {
    const f = at.factor;
    written.push({ kind: 'partial', of: nodes[above[f]], by: nodes[below[f]], value: factor[f] });
    if (below[f] === next && at.before.before !== null) repeated = written.length;
  }
  return { factors: written, repeated };
}
