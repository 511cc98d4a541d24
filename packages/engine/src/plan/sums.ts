import { EntryReader } from '../tape/links.ts';
import { CODES } from '../operations/names.ts';
import { RUNS } from '../tape/store.ts';
import { WANTS } from './analysis.ts';
import type { Analysis } from './analysis.ts';
import { BOTH, KIND, MORE, MORE_TERMS } from './fuse.ts';
import type { Chains } from './fuse.ts';

const { sum: SUM, dot: DOT, affine: AFFINE } = CODES;

/** Reads one sum of products after another: init + Σ left · right, or without factors on the right init + Σ left. */
export class SumReader {
  /** Number of products, or of terms. */
  length = 0;
  /** The entries of the factors; longer than `length`. */
  left = new Int32Array(64);
  right = new Int32Array(64);
  /** True for a sum of terms: nothing stands in `right`. */
  terms = false;
  /** The entry of the start; null for none. */
  init: number | null = null;
  private readonly analysis: Analysis;
  private readonly chains: Chains;
  private readonly reader = new EntryReader();
  private seen: Int32Array | null = null;
  private stamp = 0;

  constructor(analysis: Analysis, chains: Chains) {
    this.analysis = analysis;
    this.chains = chains;
  }

  /** A chain that multiplies, from its last addition. */
  readProducts(tail: number): void {
    const { links } = this.analysis.from;
    const { kind, element } = this.chains;
    let length = 0;
    let start = tail;
    for (; (kind[start] & KIND) === MORE; start = this.before(start)) length++;
    const both = (kind[start] & KIND) === BOTH;
    length += both ? 2 : 1;
    this.room(length);
    const { left, right } = this;
    let k = length - 1;
    for (let node = tail; k >= 0; node = this.before(node)) {
      left[k] = links[3 * element[node] + 1];
      right[k--] = links[3 * element[node] + 2];
      if (node !== start || !both) continue;
      const first = this.before(start);
      left[k] = links[3 * first + 1];
      right[k--] = links[3 * first + 2];
    }
    this.length = length;
    this.terms = false;
    this.init = both ? null : this.before(start);
  }

  /** A chain that only adds, from its last addition. */
  readTerms(tail: number): void {
    const { links } = this.analysis.from;
    const { kind, element } = this.chains;
    let length = 2;
    let start = tail;
    for (; (kind[start] & KIND) === MORE_TERMS; start = this.before(start)) length++;
    this.room(length);
    const { left } = this;
    let k = length - 1;
    for (let node = tail; node !== start; node = this.before(node)) left[k--] = element[node];
    left[1] = links[3 * start + 2];
    left[0] = links[3 * start + 1];
    this.length = length;
    this.terms = true;
    this.init = null;
  }

  /**
   * A node of `sum`, `dot` or `affine`. False if a node that wants a gradient stands in two of the products: the eager
   * sweep passes gradients on from the first to the last, plans the other way round, so that their sum might differ.
   */
  readNode(node: number): boolean {
    const { from } = this.analysis;
    const { reader } = this;
    const code = from.links[3 * node] & (RUNS - 1);
    const count = reader.read(from, node);
    const { entries } = reader;
    const start = code === AFFINE ? 1 : 0;
    const length = code === SUM ? count : (count - start) >> 1;
    this.room(length);
    const { left, right } = this;
    if (code === SUM) left.set(entries.subarray(0, length));
    else {
      for (let k = 0; k < length; k++) {
        left[k] = entries[start + 2 * k];
        right[k] = entries[start + 2 * k + 1];
      }
    }
    this.length = length;
    this.terms = code === SUM;
    this.init = code === AFFINE ? entries[0] : null;
    return length < 2 || !this.repeats();
  }

  private repeats(): boolean {
    const { marks, count } = this.analysis;
    const { left, right, length, terms } = this;
    const seen = (this.seen ??= new Int32Array(count));
    if (this.stamp > 0x7fffffff - length) {
      seen.fill(0);
      this.stamp = 0;
    }
    const first = this.stamp + 1;
    this.stamp += length;
    for (let k = 0; k < length; k++) {
      const a = left[k];
      if (a >= 0 && (marks[a] & WANTS) !== 0) {
        if (seen[a] >= first) return true;
        seen[a] = first + k;
      }
      if (terms) continue;
      const b = right[k];
      if (b >= 0 && (marks[b] & WANTS) !== 0) {
        if (seen[b] >= first && seen[b] !== first + k) return true;
        seen[b] = first + k;
      }
    }
    return false;
  }

  /** What an addition adds its element to. */
  private before(node: number): number {
    const { links } = this.analysis.from;
    const a = links[3 * node + 1];
    return a === this.chains.element[node] ? links[3 * node + 2] : a;
  }

  private room(length: number): void {
    if (this.left.length >= length) return;
    this.left = new Int32Array(2 * length);
    this.right = new Int32Array(2 * length);
  }
}

/** True for an operation that `readNode` can read. */
export function isSum(code: number): boolean {
  return code >= RUNS || code === SUM || code === DOT || code === AFFINE;
}
