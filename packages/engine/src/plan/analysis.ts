import { EngineError } from '../errors.ts';
import { EntryReader } from '../tape/links.ts';
import type { Linked } from '../tape/links.ts';
import { CODES, LEAF } from '../operations/names.ts';
import { OPERATIONS_BY_CODE } from '../operations/table.ts';
import { binaryValue } from '../recording/columns.ts';
import { RUNS } from '../tape/store.ts';

const { where: WHERE } = CODES;

/** What is to be computed, and what may change. */
export interface Request {
  readonly outputs: readonly number[];
  /** Leaves whose gradients are wanted. */
  readonly inputs: ArrayLike<number>;
  /** Leaves whose numbers change from run to run. */
  readonly data: ArrayLike<number>;
  readonly decisions: readonly { readonly node: number; readonly holds: boolean }[];
  /** Leaves that must not be needed, unless they are inputs or data: their numbers would not follow. */
  readonly refused: ReadonlySet<number>;
}

/** The value is needed. */
export const LIVE = 1;
/** The sweep comes here from an output by ordinary edges. */
export const REACHED = 2;
/** The sweep may come here through a branch of a `where`. */
export const PERHAPS = 4;
/** Depends on an input or on data. What is live and does not vary is a constant. */
export const VARIES = 8;
/** Depends on an input. */
export const WANTS = 16;

/** What is known of the nodes up to the last one that is needed. */
export interface Analysis {
  readonly from: Linked;
  readonly count: number;
  /** The flags above. */
  readonly marks: Uint8Array;
  /** How often a node is used; 3 stands for more, and for what must keep a slot of its own. */
  readonly uses: Uint8Array;
  /** The numbers of nodes that do not vary. */
  readonly fixed: Float64Array;
}

/** Two passes over the recording: which nodes are needed, from the last to the first; which vary, the other way. */
export function analyse(from: Linked, request: Request): Analysis {
  const { links, extra } = from;
  const { outputs, inputs, data, decisions } = request;
  let last = -1;
  for (const node of outputs) last = Math.max(last, node);
  for (const { node } of decisions) last = Math.max(last, node);
  const count = last + 1;
  kinds.fill(0);
  const marks = new Uint8Array(count);
  const uses = new Uint8Array(count);
  for (const { node } of decisions) {
    marks[node] |= LIVE;
    uses[node] = 3;
  }
  for (const node of outputs) {
    marks[node] |= LIVE | REACHED;
    uses[node] = 3;
  }

  const reader = new EntryReader();
  for (let node = last; node >= 0; node--) {
    const mark = marks[node];
    if ((mark & LIVE) === 0) continue;
    const code = links[3 * node];
    if (code === LEAF) continue;
    if (code === WHERE) {
      const at = links[3 * node + 1];
      const branch = (mark & (REACHED | PERHAPS)) === 0 ? LIVE : LIVE | PERHAPS;
      for (let slot = 0; slot < 3; slot++) {
        const entry = extra[at + slot];
        if (entry < 0) continue;
        marks[entry] |= slot === 0 ? LIVE : branch;
        if (uses[entry] < 3) uses[entry]++;
      }
      continue;
    }
    if (isListed(code)) {
      const length = reader.read(from, node);
      const { entries } = reader;
      for (let slot = 0; slot < length; slot++) {
        const entry = entries[slot];
        if (entry < 0) continue;
        marks[entry] |= mark;
        if (uses[entry] < 3) uses[entry]++;
      }
      continue;
    }
    const a = links[3 * node + 1];
    if (a >= 0) {
      marks[a] |= mark;
      if (uses[a] < 3) uses[a]++;
    }
    if (isUnary(code)) continue;
    const b = links[3 * node + 2];
    if (b >= 0) {
      marks[b] |= mark;
      if (uses[b] < 3) uses[b]++;
    }
  }

  for (let i = 0; i < inputs.length; i++) if (inputs[i] < count) marks[inputs[i]] |= VARIES | WANTS;
  for (let i = 0; i < data.length; i++) if (data[i] < count) marks[data[i]] |= VARIES;
  for (const node of request.refused) {
    if (node < count && (marks[node] & (LIVE | VARIES)) === LIVE) {
      throw new EngineError(
        `compile: node ${node} holds the number of a computation that was not recorded (detach, noGrad) and would not ` +
          'follow the inputs; expected it among the data, or the computation recorded.',
      );
    }
  }
  let fixed = from.value;
  let copied = false;
  for (let node = 0; node < count; node++) {
    if ((marks[node] & LIVE) === 0) continue;
    const code = links[3 * node];
    if (code === LEAF) continue;
    let inherited = 0;
    if (isListed(code)) {
      const length = reader.read(from, node);
      const { entries } = reader;
      for (let slot = 0; slot < length; slot++) if (entries[slot] >= 0) inherited |= marks[entries[slot]];
    } else {
      const a = links[3 * node + 1];
      if (a >= 0) inherited = marks[a];
      if (!isUnary(code)) {
        const b = links[3 * node + 2];
        if (b >= 0) inherited |= marks[b];
      }
    }
    marks[node] |= inherited & (VARIES | WANTS);
    if ((inherited & VARIES) !== 0) continue;
    // Computed anew: a leaf's number may have changed since, and what a `where` passed over was never computed.
    if (!copied) {
      fixed = from.value.slice(0, count);
      copied = true;
    }
    fixed[node] = computed(from, node, fixed, reader);
  }
  return { from, count, marks, uses, fixed };
}

/** True if a node's inputs are more than two, or three and kept as a list. */
export function isListed(code: number): boolean {
  if (code >= RUNS) return true;
  return kinds[code] === 0 ? classify(code) === 3 : kinds[code] === 3;
}

/** True if a node has one input. */
export function isUnary(code: number): boolean {
  return kinds[code] === 0 ? classify(code) === 1 : kinds[code] === 1;
}

/** Per code: 0 not looked at yet, else 1, 2 or 3 for one input, two, a list. */
const kinds = /* @__PURE__ */ new Uint8Array(256);

function classify(code: number): number {
  const { arity } = OPERATIONS_BY_CODE[code]!;
  return (kinds[code] = arity === 1 ? 1 : arity === 2 ? 2 : 3);
}

function computed(from: Linked, node: number, value: Float64Array, reader: EntryReader): number {
  const length = reader.read(from, node);
  const x = new Float64Array(length);
  for (let slot = 0; slot < length; slot++) {
    const entry = reader.entries[slot];
    x[slot] = entry >= 0 ? value[entry] : from.pool[~entry];
  }
  const code = from.links[3 * node] & (RUNS - 1);
  const operation = OPERATIONS_BY_CODE[code]!;
  if (operation.arity === 1) return operation.value(x[0]);
  if (operation.arity === 2) return binaryValue(code, x[0], x[1]);
  return operation.value(x);
}
