import { arityOf, operationOf } from './columns.ts';
import { EngineError } from '../errors.ts';
import { keysOf } from './keys.ts';
import { CODES } from '../operations/names.ts';
import type { Recording } from './recording.ts';

/** A recording with operations of many inputs written as operations of two, and the way back. */
export interface Expansion {
  readonly recording: Recording;
  /**
   * Per node of the expansion, the node of the original that it is or, for a part, that it is a part of. Nodes keep
   * their order; of several with one origin the last is the original node itself, all before it are its parts.
   */
  readonly origin: Int32Array;
}

/** One term of a sum or product: an entry of `inputs`, or with `by` the product of two; taken off where `minus`. */
interface Term {
  readonly entry: number;
  readonly by: number | null;
  readonly minus: boolean;
}

const { add: ADD, sub: SUB, mul: MUL, div: DIV, neg: NEG } = CODES;

/**
 * True if `expand` can write a node as operations of two inputs: `sum`, `signedSum`, `dot`, `affine`, `mean`, and a
 * `prod` of two. What has a single term and no product has nothing to be written as.
 */
export function isExpandable(recording: Recording, node: number): boolean {
  const arity = arityOf(recording, node);
  switch (operationOf(recording, node)?.name) {
    case 'mean':
    case 'dot':
      return true;
    case 'sum':
    case 'affine':
      return arity > 1;
    case 'prod':
      return arity === 2;
    case 'signedSum':
      return arity > 2 || signAt(recording, node, 0) !== 1;
    default:
      return false;
  }
}

/**
 * Writes operations of many inputs as operations of two, in the order in which they compute: `dot(a, b, c, d)` as
 * `a·b + c·d`, `affine(z, a, b)` as `z + a·b`, sums as additions from left to right, `mean` as a sum and a division.
 *
 * Every value keeps its bits, and so do the gradients of all original nodes; only of a signed sum that takes a node
 * several times they are the same to rounding, as they are added in another order. Original nodes keep their keys, by
 * which names, steps and selections are found again; a part has the key of its node and `/+2` (the first two terms),
 * `/×1` (the first product).
 *
 * `which` are the nodes to be written out, by default all that can be; others stay (`isExpandable`). Throws
 * EngineError if the result would have more than 2³¹ nodes or inputs.
 */
export function expand(recording: Recording, which?: Iterable<number>): Expansion {
  const { count, inputStart, inputs, spans, group } = recording;
  const chosen = new Uint8Array(count);
  if (which === undefined) chosen.fill(1);
  else for (const node of which) chosen[node] = 1;

  const keys = keysOf(recording);
  const taken = new Set(keys);
  const constants = Array.from(recording.constants);
  const place = new Int32Array(count);
  /** The node that has used each node last, as a term of its own. */
  const user = new Int32Array(count).fill(-1);
  const origin: number[] = [];
  const operation: number[] = [];
  const starts: number[] = [0];
  const entries: number[] = [];
  const values: number[] = [];
  const newKeys: string[] = [];
  const names = new Map<number, string>();

  const renamed = (entry: number): number => (entry < 0 ? entry : place[entry]);
  const numberOf = (entry: number): number => (entry < 0 ? constants[~entry] : values[entry]);
  /** Adds a node and returns it. */
  const put = (of: number, code: number, from: readonly number[], value: number, key: string): number => {
    for (const entry of from) entries.push(entry);
    operation.push(code);
    starts.push(entries.length);
    values.push(recording.skipped[of] === 1 ? NaN : value);
    newKeys.push(key);
    return origin.push(of) - 1;
  };

  for (let node = 0; node < count; node++) {
    if (chosen[node] === 0 || !isExpandable(recording, node)) {
      const own = Array.from(inputs.subarray(inputStart[node], inputStart[node + 1]), renamed);
      place[node] = put(node, recording.operation[node], own, recording.value[node], keys[node]);
    } else {
      const name = operationOf(recording, node)!.name;
      const terms = termsOf(recording, node, name);
      let left = terms.length + (name === 'mean' ? 1 : 0) - 1;
      for (const { by } of terms) if (by !== null) left++;
      if (terms[0].minus) left++;
      /** Adds the next operation; the last one is the node itself. */
      const part = (code: number, a: number, b: number | null, mark: string): number => {
        const x = numberOf(a);
        const y = b === null ? 0 : numberOf(b);
        const value =
          code === ADD ? x + y : code === SUB ? x - y : code === MUL ? x * y : code === DIV ? x / y : -x;
        let key = keys[node];
        if (--left > 0) for (key += `/${mark}`; taken.has(key);) key += '~';
        taken.add(key);
        return put(node, code, b === null ? [a] : [a, b], value, key);
      };
      const products = new Int32Array(terms.length);
      const multiply = (k: number): void => {
        const { entry, by } = terms[k];
        products[k] = by === null ? renamed(entry) : part(MUL, renamed(entry), renamed(by), `×${k + 1}`);
      };
      // A sweep goes downwards: where a node stands in several products, the first must be the last one here.
      const repeats = repeatsInput(recording, node, user);
      if (repeats) for (let k = terms.length - 1; k >= 0; k--) multiply(k);
      else multiply(0);
      let total = terms[0].minus ? part(NEG, products[0], null, '−') : products[0];
      for (let k = 1; k < terms.length; k++) {
        if (!repeats) multiply(k);
        total = part(name === 'prod' ? MUL : terms[k].minus ? SUB : ADD, total, products[k], `+${k + 1}`);
      }
      if (name === 'mean') total = part(DIV, total, ~(constants.push(terms.length) - 1), '');
      place[node] = total;
      // Values are those of the recording, whatever stands in its columns.
      values[total] = recording.value[node];
    }
    const name = recording.names.get(node);
    if (name !== undefined) names.set(place[node], name);
  }
  if (entries.length >= 2 ** 31) throw new EngineError('expand: found more than 2³¹ inputs.');

  return {
    origin: Int32Array.from(origin),
    recording: {
      count: origin.length,
      operation: Uint8Array.from(operation),
      inputStart: Int32Array.from(starts),
      inputs: Int32Array.from(entries),
      constants: Float64Array.from(constants),
      constantTexts: recording.constantTexts,
      value: Float64Array.from(values),
      skipped: Uint8Array.from(origin, (node) => recording.skipped[node]),
      names,
      spans:
        spans &&
        Int32Array.from({ length: 2 * origin.length }, (_, k) => spans[2 * origin[k >> 1] + (k & 1)]),
      group: group && Int32Array.from(origin, (node) => group[node]),
      groups: recording.groups,
      output: place[recording.output],
      keys: newKeys,
    },
  };
}

function termsOf(recording: Recording, node: number, name: string): readonly Term[] {
  const { inputStart, inputs } = recording;
  const to = inputStart[node + 1];
  const terms: Term[] = [];
  let at = inputStart[node];
  const single = (entry: number, minus = false): number => terms.push({ entry, by: null, minus });
  if (name === 'affine') single(inputs[at++]);
  if (name !== 'dot' && name !== 'affine' && name !== 'signedSum') while (at < to) single(inputs[at++]);
  for (; at < to; at += 2) {
    const sign = name === 'signedSum' ? signAt(recording, node, at - inputStart[node]) : 0;
    if (sign === 0) terms.push({ entry: inputs[at], by: inputs[at + 1], minus: false });
    else single(inputs[at + 1], sign < 0);
  }
  return terms;
}

/** 1 or −1 where a signed sum has this constant; 0 for anything else, which is multiplied by. */
function signAt({ inputStart, inputs, constants }: Recording, node: number, slot: number): 0 | 1 | -1 {
  const entry = inputs[inputStart[node] + slot];
  const sign = entry < 0 ? constants[~entry] : 0;
  return sign === 1 || sign === -1 ? sign : 0;
}

function repeatsInput({ inputStart, inputs }: Recording, node: number, user: Int32Array): boolean {
  let repeats = false;
  for (let at = inputStart[node]; at < inputStart[node + 1]; at++) {
    const input = inputs[at];
    if (input < 0) continue;
    if (user[input] === node) repeats = true;
    user[input] = node;
  }
  return repeats;
}
