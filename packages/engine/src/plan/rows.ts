// Several dot products in a row: a layer of a network. Four are computed at a time, so that none waits for another's
// additions; each keeps its own order.

/** V[d + r] = V[init + r·growthInit] + Σ V[a + r·growthA + k·strideA] · V[b + k·strideB] for r < count. */
export function rowsForward(
  V: Float64Array,
  d: number,
  count: number,
  n: number,
  a: number,
  growthA: number,
  strideA: number,
  b: number,
  strideB: number,
  init: number,
  growthInit: number,
): void {
  let row = 0;
  for (; row + 4 <= count; row += 4) {
    let w0 = a + row * growthA;
    let w1 = w0 + growthA;
    let w2 = w1 + growthA;
    let w3 = w2 + growthA;
    let at = init + row * growthInit;
    let s0 = V[at];
    let s1 = V[(at += growthInit)];
    let s2 = V[(at += growthInit)];
    let s3 = V[at + growthInit];
    let x = b;
    for (let k = 0; k < n; k++) {
      const v = V[x];
      s0 += V[w0] * v;
      s1 += V[w1] * v;
      s2 += V[w2] * v;
      s3 += V[w3] * v;
      x += strideB;
      w0 += strideA;
      w1 += strideA;
      w2 += strideA;
      w3 += strideA;
    }
    V[d + row] = s0;
    V[d + row + 1] = s1;
    V[d + row + 2] = s2;
    V[d + row + 3] = s3;
  }
  for (; row < count; row++) {
    let s = V[init + row * growthInit];
    let w = a + row * growthA;
    let x = b;
    for (let k = 0; k < n; k++, w += strideA, x += strideB) s += V[w] * V[x];
    V[d + row] = s;
  }
}

/**
 * The gradients of both factors of four such rows, or of one of them, from the last row to the first. No slot may stand in
 * two places, except those of the second factor in every row in the same one.
 */
export function fourRowsBackward(
  V: Float64Array,
  G: Float64Array,
  wantsA: boolean,
  wantsB: boolean,
  d: number,
  n: number,
  a: number,
  growthA: number,
  strideA: number,
  b: number,
  strideB: number,
): void {
  const g0 = G[d];
  const g1 = G[d + 1];
  const g2 = G[d + 2];
  const g3 = G[d + 3];
  let w0 = a;
  let w1 = w0 + growthA;
  let w2 = w1 + growthA;
  let w3 = w2 + growthA;
  let x = b;
  if (wantsA && wantsB) {
    for (let k = 0; k < n; k++) {
      const v = V[x];
      G[x] = G[x] + V[w3] * g3 + V[w2] * g2 + V[w1] * g1 + V[w0] * g0;
      G[w3] += v * g3;
      G[w2] += v * g2;
      G[w1] += v * g1;
      G[w0] += v * g0;
      x += strideB;
      w0 += strideA;
      w1 += strideA;
      w2 += strideA;
      w3 += strideA;
    }
  } else if (wantsA) {
    for (let k = 0; k < n; k++) {
      const v = V[x];
      G[w3] += v * g3;
      G[w2] += v * g2;
      G[w1] += v * g1;
      G[w0] += v * g0;
      x += strideB;
      w0 += strideA;
      w1 += strideA;
      w2 += strideA;
      w3 += strideA;
    }
  } else if (wantsB) {
    for (let k = 0; k < n; k++) {
      G[x] = G[x] + V[w3] * g3 + V[w2] * g2 + V[w1] * g1 + V[w0] * g0;
      x += strideB;
      w0 += strideA;
      w1 += strideA;
      w2 += strideA;
      w3 += strideA;
    }
  }
}

/** The gradients of the factors of one sum of products, from the last to the first. */
export function productsBackward(
  V: Float64Array,
  G: Float64Array,
  wantsA: boolean,
  wantsB: boolean,
  g: number,
  n: number,
  a: number,
  strideA: number,
  b: number,
  strideB: number,
): void {
  let x = a + (n - 1) * strideA;
  let y = b + (n - 1) * strideB;
  if (wantsA && wantsB) {
    for (let k = 0; k < n; k++, x -= strideA, y -= strideB) {
      const v = V[x];
      G[x] += V[y] * g;
      G[y] += v * g;
    }
  } else if (wantsA) {
    for (let k = 0; k < n; k++, x -= strideA, y -= strideB) G[x] += V[y] * g;
  } else if (wantsB) {
    for (let k = 0; k < n; k++, x -= strideA, y -= strideB) G[y] += V[x] * g;
  }
}

/**
 * True for a run of dot products of which `fourRowsBackward` may sweep four at a time: every slot stands in one place only,
 * except those of the second factor, which are the same in every row. `extra` holds the run from `at` on.
 */
export function isByFour(extra: Int32Array, wantsInit: boolean, at: number, count: number): boolean {
  const [a, b, n, growthA, growthB, strideA, strideB, init, growthInit, independent] = extra.subarray(
    at,
    at + 10,
  );
  if (independent === 0 || growthB !== 0 || strideB === 0) return false;
  const once = n === 1 ? growthA !== 0 : strideA !== 0 && Math.abs(growthA) >= n * Math.abs(strideA);
  if (!once || meet(a, growthA, count, strideA, n, b, 0, 1, strideB, n)) return false;
  if (!wantsInit) return true;
  if (meet(init, growthInit, count, 0, 1, b, 0, 1, strideB, n)) return false;
  if (!meet(init, growthInit, count, 0, 1, a, growthA, count, strideA, n)) return true;
  // A bias may stand between the weights, if it moves on as they do.
  const step = Math.abs(growthA);
  const distance = (init - a) * Math.sign(strideA);
  const places = (((distance % step) + step) % step) / Math.max(1, Math.abs(strideA));
  return growthInit === growthA && !(Number.isInteger(places) && places < n);
}

/** True unless one of two sets of rows, of `count` rows of `n` slots, ends before the other begins. */
function meet(
  a: number,
  growthA: number,
  countA: number,
  strideA: number,
  n: number,
  b: number,
  growthB: number,
  countB: number,
  strideB: number,
  m: number,
): boolean {
  const low = (start: number, growth: number, count: number, stride: number, length: number) =>
    start + Math.min(0, growth * (count - 1)) + Math.min(0, stride * (length - 1));
  const high = (start: number, growth: number, count: number, stride: number, length: number) =>
    start + Math.max(0, growth * (count - 1)) + Math.max(0, stride * (length - 1));
  return (
    low(a, growthA, countA, strideA, n) <= high(b, growthB, countB, strideB, m) &&
    low(b, growthB, countB, strideB, m) <= high(a, growthA, countA, strideA, n)
  );
}
