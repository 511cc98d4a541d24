import { Tape } from '@backflow/engine';
import type { Recording, Value } from '@backflow/engine';
import { ordinary } from './growth.ts';
import type { Shape, ShapeFormulas } from './growth.ts';

/** Programs of one kind in all sizes: what they look like is known without building them. */
export interface Family {
  /** The smallest size there is. */
  readonly least: number;
  /** The formulas' own letters, and what they stand for where it is a number: p = 5. */
  readonly letters: readonly (readonly [string, bigint])[];
  readonly formulas: ShapeFormulas;
  /** The shape of the program of this size, in closed form. */
  shape(size: number): Shape;
  /** The program itself, or a graph with the same live uses. */
  record(size: number): Recording;
}

/** a₁ = a₀ + a₀, a₂ = a₁ + a₁, …: n stages, 2ⁿ paths. */
export const DOUBLING: Family = {
  least: 1,
  letters: [],
  formulas: ordinary({
    nodes: 'n + 1',
    leaves: '1',
    computed: 'n',
    edges: '2n',
    treeEdges: '2^{n+1} − 2',
    visits: '2^{n+1} − 1',
    merges: 'n',
    treeMerges: '2^{n+1} − n − 2',
    depth: 'n',
    paths: '2^{n}',
    hits: 'n',
  }),
  shape(size) {
    const n = BigInt(size);
    return {
      nodes: n + 1n,
      leaves: 1n,
      inner: n,
      edges: 2n * n,
      asked: n + 1n,
      askedEdges: 2n * n,
      treeEdges: 2n ** (n + 1n) - 2n,
      paths: 2n ** n,
      depth: n,
    };
  },
  record(size) {
    const tape = new Tape();
    let a = tape.leaf(1, 'a0');
    for (let stage = 1; stage <= size; stage++) a = tape.apply('add', a, a).as(`a${stage}`);
    return tape.record(a);
  },
};

/** f_n = f_{n−1} + f_{n−2} from the leaves f_0 and f_1. With F₁ = F₂ = 1, F_{n+1} paths. */
export const FIBONACCI: Family = {
  least: 2,
  letters: [],
  formulas: ordinary({
    nodes: 'n + 1',
    leaves: '2',
    computed: 'n − 1',
    edges: '2n − 2',
    treeEdges: '2F_{n+1} − 2',
    visits: '2F_{n+1} − 1',
    merges: 'n − 2',
    treeMerges: '2F_{n+1} − n − 2',
    depth: 'n − 1',
    paths: 'F_{n+1}',
    hits: 'n − 1',
  }),
  shape(size) {
    const n = BigInt(size);
    const paths = fibonacciNumber(size + 1);
    return {
      nodes: n + 1n,
      leaves: 2n,
      inner: n - 1n,
      edges: 2n * n - 2n,
      asked: n + 1n,
      askedEdges: 2n * n - 2n,
      treeEdges: 2n * paths - 2n,
      paths,
      depth: n - 1n,
    };
  },
  record(size) {
    const tape = new Tape();
    let before = tape.leaf(0, 'f0');
    let last = tape.leaf(1, 'f1');
    for (let at = 2; at <= size; at++) {
      const next = tape.apply('add', last, before).as(`f${at}`);
      before = last;
      last = next;
    }
    return tape.record(last);
  },
};

/** F_n with F₁ = F₂ = 1, by doubling: F_{2m} = F_m(2F_{m+1} − F_m), F_{2m+1} = F_m² + F_{m+1}². */
export function fibonacciNumber(n: number): bigint {
  let a = 0n;
  let b = 1n;
  for (let bit = 31 - Math.clz32(n); bit >= 0; bit--) {
    const even = a * (2n * b - a);
    const odd = a * a + b * b;
    [a, b] = (n >>> bit) & 1 ? [odd, even + odd] : [even, odd];
  }
  return a;
}

/**
 * A multilayer perceptron in scalar operations of at most two inputs: for every neuron its products, their sum by twos,
 * the bias, a sigmoid; the squared errors, summed by twos. Inputs, weights, biases and targets are leaves. The square
 * is `pow` with the constant 2, which has one edge, or the error times itself, which has two.
 */
export interface Network {
  /** Neurons per layer, the inputs first: 784, 16, 16, 10. */
  readonly widths: readonly number[];
  readonly square: 'pow' | 'mul';
}

export function networkShape({ widths, square }: Network): Shape {
  const outputs = BigInt(widths[widths.length - 1]);
  let nodes = BigInt(widths[0]);
  let leaves = nodes;
  let edges = 0n;
  let depth = 0n;
  // Of one neuron of the present layer: the edges of its tree, and the paths from leaves to it.
  let tree = 0n;
  let paths = 1n;
  for (let layer = 1; layer < widths.length; layer++) {
    const from = BigInt(widths[layer - 1]);
    const to = BigInt(widths[layer]);
    leaves += to * (from + 1n);
    nodes += to * (3n * from + 2n);
    edges += to * (4n * from + 1n);
    tree = 4n * from + 1n + from * tree;
    paths = from * (1n + paths) + 1n;
    depth += from + 2n;
  }
  // The errors and their squares are two nodes for each output beside its target, and their sum one less than outputs.
  const factors = square === 'mul' ? 2n : 1n;
  nodes += 4n * outputs - 1n;
  leaves += outputs;
  edges += outputs * (2n + factors) + 2n * (outputs - 1n);
  return {
    nodes,
    leaves,
    inner: nodes - leaves,
    edges,
    asked: nodes,
    askedEdges: edges,
    treeEdges: outputs * factors * (3n + tree) + 2n * (outputs - 1n),
    paths: outputs * factors * (paths + 1n),
    depth: depth + 2n + outputs - 1n,
  };
}

/** The network as a recording; the numbers of its leaves are of no importance, and always the same. */
export function recordNetwork({ widths, square }: Network): Recording {
  const tape = new Tape();
  let leaves = 0;
  const leaf = (name: string): Value => tape.leaf((((leaves++ * 7919) % 1009) - 504) / 1009, name);
  const row = (name: string, count: number): Value[] =>
    Array.from({ length: count }, (_, index) => leaf(`${name}${index + 1}`));
  let layer = row('x', widths[0]);
  for (let l = 1; l < widths.length; l++) {
    const last = layer;
    layer = Array.from({ length: widths[l] }, (_, neuron) => {
      const products = last.map((x, from) => leaf(`w${l}_${neuron + 1}_${from + 1}`).mul(x));
      return addedUp(products)
        .add(leaf(`b${l}_${neuron + 1}`))
        .sigmoid();
    });
  }
  const errors = layer.map((output, index) => {
    const error = output.sub(leaf(`t${index + 1}`));
    return square === 'mul' ? error.mul(error) : error.pow(2);
  });
  return tape.record(addedUp(errors).as('E'));
}

function addedUp(terms: readonly Value[]): Value {
  return terms.slice(1).reduce((sum, term) => sum.add(term), terms[0]);
}

/** Networks of n layers of w neurons behind w inputs. The width is at least 2. */
export function networksOfWidth(width: number): Family {
  const of = (size: number): Network => ({
    widths: Array.from({ length: size + 1 }, () => width),
    square: 'pow',
  });
  return {
    least: 1,
    letters: [['w', BigInt(width)]],
    formulas: ordinary({
      nodes: 'n·w·(3w + 2) + 5w − 1',
      leaves: 'n·w·(w + 1) + 2w',
      computed: 'n·w·(2w + 1) + 3w − 1',
      edges: 'n·w·(4w + 1) + 5w − 2',
      treeEdges: '(4w + 1)·(w^{n+1} − w)/(w − 1) + 5w − 2',
      visits: '(4w + 1)·(w^{n+1} − w)/(w − 1) + 5w − 1',
      merges: 'n·w·(w − 1)',
      treeMerges: '(4w + 1)·(w^{n+1} − w)/(w − 1) − n·w·(3w + 2)',
      depth: 'n·(w + 2) + w + 1',
      paths: '(w + 1)·(w^{n+1} − w)/(w − 1) + w^{n+1} + w',
      hits: '2n·w^{2} + 2w − 1',
    }),
    shape: (size) => networkShape(of(size)),
    record: (size) => recordNetwork(of(size)),
  };
}
