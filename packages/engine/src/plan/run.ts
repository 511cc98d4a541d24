import { sigmoid, tanh } from '../operations/activations.ts';
import { chainBackward, chainForward, ladderBackward, ladderForward } from './chains.ts';
import * as plan from './plan.ts';
import { fourRowsBackward, productsBackward, rowsForward } from './rows.ts';

const { value: sigmoidValue } = sigmoid;
const [sigmoidSlope] = sigmoid.partials;
const [tanhSlope] = tanh.partials;

/** Computes a run: `count` results from slot `d` on. Its operands stand in `extra` from `at` on. */
export function runForward(
  V: Float64Array,
  extra: Int32Array,
  opcode: number,
  d: number,
  at: number,
  count: number,
): void {
  if (opcode === plan.DOT) {
    dotsForward(V, extra, d, at, count);
    return;
  }
  let a = extra[at];
  let b = extra[at + 1];
  let c = extra[at + 2];
  const growthA = extra[at + 3];
  const growthB = extra[at + 4];
  const growthC = extra[at + 5];
  const end = d + count;
  switch (opcode) {
    case plan.ADD:
      for (let slot = d; slot < end; slot++, a += growthA, b += growthB) V[slot] = V[a] + V[b];
      break;
    case plan.SUB:
      for (let slot = d; slot < end; slot++, a += growthA, b += growthB) V[slot] = V[a] - V[b];
      break;
    case plan.MUL:
      for (let slot = d; slot < end; slot++, a += growthA, b += growthB) V[slot] = V[a] * V[b];
      break;
    case plan.DIV:
      for (let slot = d; slot < end; slot++, a += growthA, b += growthB) V[slot] = V[a] / V[b];
      break;
    case plan.NEG:
      for (let slot = d; slot < end; slot++, a += growthA) V[slot] = -V[a];
      break;
    case plan.EXP:
      for (let slot = d; slot < end; slot++, a += growthA) V[slot] = Math.exp(V[a]);
      break;
    case plan.RELU:
      for (let slot = d; slot < end; slot++, a += growthA) {
        const x = V[a];
        V[slot] = x > 0 ? x : x <= 0 ? 0 : NaN;
      }
      break;
    case plan.TANH:
      for (let slot = d; slot < end; slot++, a += growthA) V[slot] = Math.tanh(V[a]);
      break;
    case plan.SIGMOID:
      for (let slot = d; slot < end; slot++, a += growthA) V[slot] = sigmoidValue(V[a]);
      break;
    default:
      if (isChain(d, count, a, growthA, b, growthB, c, growthC)) chainForward(V, d, count, b, c);
      else if (isChain(d, count, b, growthB, a, growthA, c, growthC)) chainForward(V, d, count, a, c);
      else {
        for (let slot = d; slot < end; slot++, a += growthA, b += growthB, c += growthC) {
          V[slot] = V[c] + V[a] * V[b];
        }
      }
  }
}

function dotsForward(V: Float64Array, extra: Int32Array, d: number, at: number, count: number): void {
  const a = extra[at];
  const b = extra[at + 1];
  const n = extra[at + 2];
  const growthA = extra[at + 3];
  const growthB = extra[at + 4];
  const strideA = extra[at + 5];
  const strideB = extra[at + 6];
  const init = extra[at + 7];
  const growthInit = extra[at + 8];
  if (extra[at + 9] === 1) {
    if (growthB === 0) {
      rowsForward(V, d, count, n, a, growthA, strideA, b, strideB, init, growthInit);
      return;
    }
    if (growthA === 0) {
      rowsForward(V, d, count, n, b, growthB, strideB, a, strideA, init, growthInit);
      return;
    }
  } else if (isLadder(d, count, n, a, growthA, strideA, b, growthB, strideB, init, growthInit)) {
    ladderForward(V, d, count, b, b + strideB, init);
    return;
  }
  for (let row = 0; row < count; row++) {
    let sum = V[init + row * growthInit];
    let x = a + row * growthA;
    let y = b + row * growthB;
    for (let k = 0; k < n; k++, x += strideA, y += strideB) sum += V[x] * V[y];
    V[d + row] = sum;
  }
}

/** Sweeps back over a run whose results begin at slot `d`. */
export function runBackward(
  V: Float64Array,
  G: Float64Array,
  extra: Int32Array,
  head: number,
  d: number,
  at: number,
  count: number,
  byFour: boolean,
  machine: { allFinite(): boolean },
): void {
  const opcode = head & plan.OPCODE;
  const wantsA = (head & plan.WANTS_A) !== 0;
  const wantsB = (head & plan.WANTS_B) !== 0;
  const wantsC = (head & plan.WANTS_C) !== 0;
  if (opcode === plan.DOT) {
    dotsBackward(V, G, extra, wantsA, wantsB, wantsC, d, at, count, byFour, machine);
    return;
  }
  const growthA = extra[at + 3];
  const growthB = extra[at + 4];
  const growthC = extra[at + 5];
  let a = extra[at] + (count - 1) * growthA;
  let b = extra[at + 1] + (count - 1) * growthB;
  let c = extra[at + 2] + (count - 1) * growthC;
  let slot = d + count - 1;
  switch (opcode) {
    case plan.ADD:
      for (; slot >= d; slot--, a -= growthA, b -= growthB) {
        const g = G[slot];
        if (wantsA) G[a] += g;
        if (wantsB) G[b] += g;
      }
      break;
    case plan.SUB:
      for (; slot >= d; slot--, a -= growthA, b -= growthB) {
        const g = G[slot];
        if (wantsA) G[a] += g;
        if (wantsB) G[b] -= g;
      }
      break;
    case plan.MUL:
      for (; slot >= d; slot--, a -= growthA, b -= growthB) {
        const g = G[slot];
        if (wantsA) G[a] += V[b] * g;
        if (wantsB) G[b] += V[a] * g;
      }
      break;
    case plan.DIV:
      for (; slot >= d; slot--, a -= growthA, b -= growthB) {
        const g = G[slot];
        if (wantsA) G[a] += (1 / V[b]) * g;
        if (wantsB) G[b] += -(V[slot] / V[b]) * g;
      }
      break;
    case plan.NEG:
      for (; slot >= d; slot--, a -= growthA) G[a] -= G[slot];
      break;
    case plan.EXP:
      for (; slot >= d; slot--, a -= growthA) G[a] += V[slot] * G[slot];
      break;
    case plan.RELU:
      for (; slot >= d; slot--, a -= growthA) {
        const y = V[slot];
        G[a] += (y > 0 ? 1 : y) * G[slot];
      }
      break;
    case plan.TANH:
      for (; slot >= d; slot--, a -= growthA) G[a] += tanhSlope(V[a], V[slot]) * G[slot];
      break;
    case plan.SIGMOID:
      for (; slot >= d; slot--, a -= growthA) G[a] += sigmoidSlope(V[a], V[slot]) * G[slot];
      break;
    default: {
      if (wantsA && isChain(d, count, extra[at], growthA, b, growthB, c, growthC) && b !== c) {
        chainBackward(V, G, d, count, b, c);
        break;
      }
      if (wantsB && isChain(d, count, extra[at + 1], growthB, a, growthA, c, growthC) && a !== c) {
        chainBackward(V, G, d, count, a, c);
        break;
      }
      for (; slot >= d; slot--, a -= growthA, b -= growthB, c -= growthC) {
        const g = G[slot];
        if (wantsC) G[c] += g;
        const x = V[a];
        if (wantsA) G[a] += V[b] * g;
        if (wantsB) G[b] += x * g;
      }
    }
  }
}

function dotsBackward(
  V: Float64Array,
  G: Float64Array,
  extra: Int32Array,
  wantsA: boolean,
  wantsB: boolean,
  wantsC: boolean,
  d: number,
  at: number,
  count: number,
  byFour: boolean,
  machine: { allFinite(): boolean },
): void {
  const a = extra[at];
  const b = extra[at + 1];
  const n = extra[at + 2];
  const growthA = extra[at + 3];
  const growthB = extra[at + 4];
  const strideA = extra[at + 5];
  const strideB = extra[at + 6];
  const init = extra[at + 7];
  const growthInit = extra[at + 8];
  if (
    wantsA &&
    !wantsC &&
    isLadder(d, count, n, a, growthA, strideA, b, growthB, strideB, init, growthInit)
  ) {
    ladderBackward(V, G, d, count, b, b + strideB);
    return;
  }
  let row = count - 1;
  if (byFour) {
    for (; row >= 3; row -= 4) {
      let zeros = 0;
      for (let r = row; r > row - 4; r--) {
        const g = G[d + r];
        if (g === 0) zeros++;
        if (wantsC) G[init + r * growthInit] += g;
      }
      if (zeros > 1 && machine.allFinite()) {
        if (zeros === 4) continue;
        for (let r = row; r > row - 4; r--) {
          const g = G[d + r];
          if (g !== 0) productsBackward(V, G, wantsA, wantsB, g, n, a + r * growthA, strideA, b, strideB);
        }
        continue;
      }
      const first = row - 3;
      const w = a + first * growthA;
      fourRowsBackward(V, G, wantsA, wantsB, d + first, n, w, growthA, strideA, b, strideB);
    }
  }
  for (; row >= 0; row--) {
    const g = G[d + row];
    if (wantsC) G[init + row * growthInit] += g;
    if (g === 0 && machine.allFinite()) continue;
    productsBackward(V, G, wantsA, wantsB, g, n, a + row * growthA, strideA, b + row * growthB, strideB);
  }
}

/** True if `x` is the result before, and `b` and `c` stay what they are, outside the run. */
function isChain(
  d: number,
  count: number,
  x: number,
  growthX: number,
  b: number,
  growthB: number,
  c: number,
  growthC: number,
): boolean {
  const outside = (slot: number) => slot < d - 1 || slot >= d + count;
  return x === d - 1 && growthX === 1 && growthB === 0 && growthC === 0 && outside(b) && outside(c);
}

/** True for x ← init + x · b + x · c, where x is the result before and the others stay what they are. */
function isLadder(
  d: number,
  count: number,
  n: number,
  a: number,
  growthA: number,
  strideA: number,
  b: number,
  growthB: number,
  strideB: number,
  init: number,
  growthInit: number,
): boolean {
  if (n !== 2 || a !== d - 1 || growthA !== 1 || strideA !== 0 || strideB === 0) return false;
  const outside = (slot: number) => slot < d - 1 || slot >= d + count;
  return growthB === 0 && growthInit === 0 && outside(b) && outside(b + strideB) && outside(init);
}
