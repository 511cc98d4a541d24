import type { Linked, RunMethods } from './links.ts';
import { CODES } from '../operations/names.ts';
import { RUNS } from './store.ts';

const RUN_SUM = RUNS + CODES.sum;
const RUN_DOT = RUNS + CODES.dot;
const RUN_AFFINE = RUNS + CODES.affine;

/** How `sum`, `dot` and `affine` over evenly spaced inputs are read; the layout stands at `NodeStore`. */
export const runMethods: RunMethods = { count, write, pass };

function count(code: number, length: number): number {
  return code === RUN_SUM ? length : code === RUN_DOT ? 2 * length : 2 * length + 1;
}

function write({ links, extra }: Linked, node: number, out: Int32Array, at: number): void {
  const code = links[3 * node];
  let first = links[3 * node + 1];
  const length = links[3 * node + 2];
  let slot = at;
  if (code === RUN_AFFINE) out[slot++] = extra[first++];
  for (let k = 0; k < length; k++) {
    out[slot++] = extra[first] + k * extra[first + 1];
    if (code !== RUN_SUM) out[slot++] = extra[first + 2] + k * extra[first + 3];
  }
}

function pass(from: Linked, node: number, gradient: Float64Array, upstream: number): void {
  const { links, extra } = from;
  const code = links[3 * node];
  const at = links[3 * node + 1];
  const length = links[3 * node + 2];
  if (code === RUN_DOT) passProducts(from, gradient, at, length, upstream);
  else if (code === RUN_AFFINE) {
    if (extra[at] >= 0) gradient[extra[at]] += upstream;
    passProducts(from, gradient, at + 1, length, upstream);
  } else if (extra[at] >= 0) {
    const stride = extra[at + 1];
    for (let k = 0, entry = extra[at]; k < length; k++, entry += stride) gradient[entry] += upstream;
  }
}

/** The edges of Σ a·b over two runs. */
function passProducts(
  { extra, pool, value }: Linked,
  gradient: Float64Array,
  at: number,
  length: number,
  upstream: number,
): void {
  let a = extra[at];
  let b = extra[at + 2];
  const stepA = extra[at + 1];
  const stepB = extra[at + 3];
  if (a >= 0 && b >= 0) {
    for (let k = 0; k < length; k++, a += stepA, b += stepB) {
      const x = value[a];
      gradient[a] += value[b] * upstream;
      gradient[b] += x * upstream;
    }
  } else if (a >= 0) {
    b = ~b;
    for (let k = 0; k < length; k++, a += stepA, b -= stepB) gradient[a] += pool[b] * upstream;
  } else if (b >= 0) {
    a = ~a;
    for (let k = 0; k < length; k++, b += stepB, a -= stepA) gradient[b] += pool[a] * upstream;
  }
}
