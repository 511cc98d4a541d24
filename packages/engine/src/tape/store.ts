import type { RunMethods } from './links.ts';
import { LEAF } from '../operations/names.ts';

/** Added to the code of a node whose inputs are kept as evenly spaced runs. */
export const RUNS = 256;

/**
 * Nodes in growing columns: 28 bytes for a node of at most two inputs, value 8, grad 8 and `links` 3 · 4.
 *
 * `links` holds three numbers per node: the code of its operation, and what its inputs are. For one or two inputs these
 * are their entries, as in a `Recording`: a node, or ~c for the constant c. For more they are the place in `extra` and
 * the number of inputs there. With `RUNS` added to the code, `extra` holds runs of entries `start, start + stride, …`
 * instead, and the third number is their length n:
 *
 *     sum     start, stride
 *     dot     start and stride of the left factors, start and stride of the right ones
 *     affine  the entry of the bias, then as for dot
 *
 * Constants that follow each other have the stride −1. The columns are longer than `count` and are replaced when they
 * grow: read them anew after recording.
 */
export class NodeStore {
  count = 0;
  links: Int32Array = new Int32Array(3 * 256);
  extra: Int32Array = new Int32Array(64);
  value: Float64Array = new Float64Array(256);
  /** 0 from `dirty` on. */
  grad: Float64Array = new Float64Array(256);
  pool: Float64Array = new Float64Array(64);
  extraCount = 0;
  constantCount = 0;
  /** Nodes up to here are leaves: the parameters, usually. No sweep needs to look at them. */
  base = 0;
  /** Gradients from here on are 0. */
  dirty = 0;
  /** True once a leaf from `base` on got a number that is not finite, or somebody has numbers there, or constants, to write. */
  loose = false;
  /** Nodes below it can be recorded without further questions: the capacity, or 0 where more is to be done. */
  limit = 256;
  readonly runs: RunMethods | null = null;
  protected plain = true;

  /** Number of nodes. */
  get size(): number {
    return this.count;
  }

  /** Adds a constant to the pool and returns its entry. */
  pushNumber(value: number): number {
    const constant = this.constantCount;
    if (constant === this.pool.length) this.growPool(constant + 1);
    this.pool[constant] = value;
    this.constantCount = constant + 1;
    return ~constant;
  }

  pushLeaf(value: number): number {
    const node = this.next();
    this.links[3 * node] = LEAF;
    this.value[node] = value;
    if (this.base === node) this.base = node + 1;
    if (!this.plain) this.annotate(node, false);
    return node;
  }

  /** Adds a node with one input, or with two. */
  push(code: number, a: number, b: number, value: number): number {
    const node = this.next();
    const { links } = this;
    links[3 * node] = code;
    links[3 * node + 1] = a;
    links[3 * node + 2] = b;
    this.value[node] = value;
    if (!this.plain) this.annotate(node, true);
    return node;
  }

  /** The code of a node's operation. */
  codeAt(node: number): number {
    return this.links[3 * node] & (RUNS - 1);
  }

  /** The number that an entry stands for: a node's value or a constant. */
  numberOf(entry: number): number {
    return entry >= 0 ? this.value[entry] : this.pool[~entry];
  }

  /** Makes room for `length` more entries in `extra` and returns the place of the first. */
  reserve(length: number): number {
    const start = this.extraCount;
    if (start + length > this.extra.length) {
      const { extra } = this;
      (this.extra = new Int32Array(Math.max(start + length, 2 * extra.length))).set(extra);
    }
    this.extraCount = start + length;
    return start;
  }

  /** What a node gets beside its columns. Only called while `plain` is false. */
  protected annotate(_node: number, _computed: boolean): void {}

  protected growAside(_capacity: number): void {}

  protected setPlain(plain: boolean): void {
    this.plain = plain;
    this.limit = plain ? this.value.length : 0;
  }

  private next(): number {
    const node = this.count;
    if (node === this.value.length) this.growNodes();
    this.count = node + 1;
    return node;
  }

  protected growNodes(): void {
    const { links, value, grad } = this;
    const capacity = 2 * value.length;
    (this.links = new Int32Array(3 * capacity)).set(links);
    (this.value = new Float64Array(capacity)).set(value);
    (this.grad = new Float64Array(capacity)).set(grad);
    this.growAside(capacity);
    this.setPlain(this.plain);
  }

  protected growPool(needed: number): void {
    const { pool } = this;
    (this.pool = new Float64Array(Math.max(needed, 2 * pool.length))).set(pool);
  }
}
