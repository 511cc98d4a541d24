import type { Columns } from '../recording/columns.ts';
import { CODES, LEAF } from '../operations/names.ts';
import { OPERATIONS_BY_CODE } from '../operations/table.ts';
import { takenBranch } from '../operations/choices.ts';
import { RUNS } from './store.ts';

/**
 * What a sweep reads: nodes as a tape keeps them. `links`, `extra` and the pool of constants are explained at
 * `NodeStore`.
 */
export interface Linked {
  readonly count: number;
  readonly links: Int32Array;
  readonly extra: Int32Array;
  readonly pool: Float64Array;
  readonly value: Float64Array;
  /** True if numbers behind the parameters may have been written since something was computed from them. */
  readonly loose: boolean;
  /** What to do with nodes whose inputs are kept as runs; null where there are none. */
  readonly runs: RunMethods | null;
}

/** How inputs that are kept as runs are read. */
export interface RunMethods {
  /** Number of inputs. */
  count(code: number, length: number): number;
  /** Writes the entries of a node's inputs into `out`, from `at` on, in slot order. */
  write(from: Linked, node: number, out: Int32Array, at: number): void;
  /** Adds to `gradient` what a node passes on. */
  pass(from: Linked, node: number, gradient: Float64Array, upstream: number): void;
}

const { where: WHERE } = CODES;

/** A recording in the form in which a sweep reads it. Inputs, constants and values are shared. */
export function linked(columns: Columns): Linked {
  const { count, operation, inputStart, inputs } = columns;
  const links = new Int32Array(3 * count);
  for (let node = 0; node < count; node++) {
    const start = inputStart[node];
    const short = isShort(operation[node]);
    links[3 * node] = operation[node];
    links[3 * node + 1] = short ? inputs[start] : start;
    links[3 * node + 2] = short ? inputs[start + 1] : inputStart[node + 1] - start;
  }
  return {
    count,
    links,
    extra: inputs,
    pool: columns.constants,
    value: columns.value,
    loose: false,
    runs: null,
  };
}

/** Number of inputs of a node; 0 for a leaf. */
export function inputCount({ links, runs }: Linked, node: number): number {
  const code = links[3 * node];
  if (code === LEAF) return 0;
  const length = links[3 * node + 2];
  if (code >= RUNS) return runs!.count(code, length);
  const { arity } = OPERATIONS_BY_CODE[code]!;
  return arity === 1 || arity === 2 ? arity : length;
}

/** Writes the entries of a node's inputs into `out`, from `at` on, in slot order. */
export function writeEntries(from: Linked, node: number, out: Int32Array, at: number): void {
  const { links, extra } = from;
  const code = links[3 * node];
  const a = links[3 * node + 1];
  const b = links[3 * node + 2];
  if (code === LEAF) return;
  if (code >= RUNS) from.runs!.write(from, node, out, at);
  else if (isShort(code)) {
    out[at] = a;
    if (OPERATIONS_BY_CODE[code]!.arity === 2) out[at + 1] = b;
  } else for (let slot = 0; slot < b; slot++) out[at + slot] = extra[a + slot];
}

/** Reads the entries of one node after another into an array that it reuses. */
export class EntryReader {
  entries = new Int32Array(8);

  /** Fills `entries` and returns how many there are. */
  read(from: Linked, node: number): number {
    const length = inputCount(from, node);
    if (this.entries.length < length) this.entries = new Int32Array(2 * length);
    writeEntries(from, node, this.entries, 0);
    return length;
  }
}

/** 1 for every node, up to the largest of `of`, that one of these depends on through live edges, themselves included. */
export function reachedFrom(from: Linked, of: ArrayLike<number>): Uint8Array {
  const { links, extra, pool, value } = from;
  let last = -1;
  for (let i = 0; i < of.length; i++) if (of[i] > last) last = of[i];
  const reached = new Uint8Array(last + 1);
  for (let i = 0; i < of.length; i++) reached[of[i]] = 1;
  const reader = new EntryReader();
  for (let node = last; node >= 0; node--) {
    if (reached[node] === 0) continue;
    const code = links[3 * node];
    if (code === LEAF) continue;
    if (code === WHERE) {
      const start = links[3 * node + 1];
      const taken = takenBranch(extra[start] >= 0 ? value[extra[start]] : pool[~extra[start]]);
      if (taken > 0 && extra[start + taken] >= 0) reached[extra[start + taken]] = 1;
      continue;
    }
    const length = reader.read(from, node);
    for (let slot = 0; slot < length; slot++) {
      const entry = reader.entries[slot];
      if (entry >= 0) reached[entry] = 1;
    }
  }
  return reached;
}

/** True for the code of an operation of one or two inputs, which stand in `links` themselves. */
function isShort(code: number): boolean {
  if (code === LEAF) return false;
  const { arity } = OPERATIONS_BY_CODE[code]!;
  return arity === 1 || arity === 2;
}
