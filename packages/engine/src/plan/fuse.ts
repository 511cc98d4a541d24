import { CODES, LEAF } from '../operations/names.ts';
import { EntryReader } from '../tape/links.ts';
import { isListed, isUnary, LIVE, PERHAPS, REACHED, VARIES, WANTS } from './analysis.ts';
import type { Analysis } from './analysis.ts';

const { add: ADD, mul: MUL } = CODES;

// How an addition ends a chain of additions, in `Chains.kind`.
/** The first product added to something else. */
const ONTO = 1;
/** Product plus product. */
export const BOTH = 2;
/** A further product. */
export const MORE = 3;
/** Two terms that are no products. */
export const TERMS = 4;
/** A further term. */
export const MORE_TERMS = 5;
export const KIND = 15;
/** Taken up into a longer chain, or a product into a chain: no slot, no instruction. */
export const ABSORBED = 16;
/** Nobody else passes gradients to what the chain reads, so it may be computed later. */
const CLOSED = 32;

/** Chains of additions, found from their ends. */
export interface Chains {
  readonly kind: Uint8Array;
  /** What the addition adds: a product (of two, the later one), or a term's entry. */
  readonly element: Int32Array;
  /** Scratch of one number per node that is free to use. */
  readonly scratch: Int32Array;
}

const NONE = -0x80000000;

/**
 * Finds sums of products, init + a·b + c·d + …, and long sums, which become one instruction each.
 *
 * The instruction stands where the last addition stood. Values are added in the same order. Gradients too are to be added
 * up in the same order, bit for bit: a product may only move if in between nobody else passes a gradient to one of its
 * factors. That is so if nothing else stands in between, or if nobody else uses them at all, or if nobody has since.
 */
export function findChains({ from, count, marks, uses }: Analysis): Chains {
  const { links } = from;
  const kind = new Uint8Array(count);
  const element = new Int32Array(count);
  const init = new Int32Array(count);
  // The last node so far that passes a gradient to this one.
  const user = new Int32Array(count).fill(-1);
  const reader = new EntryReader();
  // The last two nodes that pass on gradients.
  let before = -1;
  let beforeThat = -1;

  // Both of these are used once: what is added to them is something else.
  const isProduct = (entry: number) =>
    entry >= 0 && links[3 * entry] === MUL && uses[entry] === 1 && (marks[entry] & VARIES) !== 0;
  const isTail = (entry: number) => entry >= 0 && kind[entry] !== 0 && uses[entry] === 1;
  const wants = (entry: number) => entry >= 0 && (marks[entry] & WANTS) !== 0;
  const isClosed = (product: number) => {
    const a = links[3 * product + 1];
    const b = links[3 * product + 2];
    if (a === b) return !wants(a) || uses[a] === 2;
    return (!wants(a) || uses[a] === 1) && (!wants(b) || uses[b] === 1);
  };
  const isClosedTerm = (entry: number) => !wants(entry) || uses[entry] === 1;
  /** Nobody has passed gradients to the factors since. */
  const isLastUser = (product: number) => {
    const a = links[3 * product + 1];
    const b = links[3 * product + 2];
    return (!wants(a) || user[a] <= product) && (!wants(b) || user[b] <= product);
  };

  /** Adds `product` to the chain that ends at `tail`; false if it cannot be. */
  function extend(node: number, tail: number, product: number): boolean {
    if (!isTail(tail) || (kind[tail] & KIND) > MORE || !isProduct(product)) return false;
    const closed = isClosed(product);
    if (!closed && !isLastUser(product)) return false;
    const near = before === tail || (before === product && beforeThat === tail);
    if (!near && (kind[tail] & CLOSED) === 0) return false;
    const start = init[tail];
    if (wants(start) && (links[3 * product + 1] === start || links[3 * product + 2] === start)) return false;
    kind[node] = MORE | (closed ? kind[tail] & CLOSED : 0);
    element[node] = product;
    init[node] = start;
    kind[tail] |= ABSORBED;
    kind[product] |= ABSORBED;
    return true;
  }

  function begin(node: number, start: number, product: number): boolean {
    if (!isProduct(product)) return false;
    const closed = isClosed(product);
    if (!closed && !isLastUser(product)) return false;
    kind[node] = ONTO | (closed && isClosedTerm(start) ? CLOSED : 0);
    element[node] = product;
    init[node] = start;
    kind[product] |= ABSORBED;
    return true;
  }

  function beginBoth(node: number, p: number, q: number): boolean {
    if (!isProduct(p) || !isProduct(q)) return false;
    const first = Math.min(p, q);
    const second = Math.max(p, q);
    const closed = isClosed(first) && isClosed(second);
    if (!isClosed(second) && !isLastUser(second)) return false;
    if (!isClosed(first) && !isLastUser(first) && (before !== second || beforeThat !== first)) return false;
    kind[node] = BOTH | (closed ? CLOSED : 0);
    element[node] = second;
    init[node] = NONE;
    kind[first] |= ABSORBED;
    kind[second] |= ABSORBED;
    return true;
  }

  function extendTerms(node: number, tail: number, term: number): boolean {
    if (!isTail(tail) || (kind[tail] & KIND) < TERMS) return false;
    if (before !== tail && (kind[tail] & CLOSED) === 0) return false;
    kind[node] = MORE_TERMS | (isClosedTerm(term) ? kind[tail] & CLOSED : 0);
    element[node] = term;
    kind[tail] |= ABSORBED;
    return true;
  }

  for (let node = 0; node < count; node++) {
    const mark = marks[node];
    if ((mark & LIVE) === 0 || (mark & VARIES) === 0) continue;
    const code = links[3 * node];
    if (code === LEAF) continue;
    const a = links[3 * node + 1];
    const b = links[3 * node + 2];
    if (code === ADD) {
      const done =
        extend(node, a, b) ||
        extend(node, b, a) ||
        beginBoth(node, a, b) ||
        begin(node, a, b) ||
        begin(node, b, a) ||
        extendTerms(node, a, b) ||
        extendTerms(node, b, a);
      if (!done) {
        kind[node] = TERMS | (isClosedTerm(a) && isClosedTerm(b) ? CLOSED : 0);
        element[node] = b;
      }
    }
    if ((mark & WANTS) === 0 || (mark & (REACHED | PERHAPS)) === 0) continue;
    beforeThat = before;
    before = node;
    if (isListed(code)) {
      const length = reader.read(from, node);
      for (let slot = 0; slot < length; slot++)
        if (reader.entries[slot] >= 0) user[reader.entries[slot]] = node;
      continue;
    }
    if (a >= 0) user[a] = node;
    if (b >= 0 && !isUnary(code)) user[b] = node;
  }
  return { kind, element, scratch: user.fill(-1) };
}
