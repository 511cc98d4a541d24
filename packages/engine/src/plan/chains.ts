// Chains: x ← c + x · b and x ← x·b + x·c again and again, where each result stands behind the one before. The number and
// its gradient stay in locals.

/** V[d + k] = V[c] + V[d + k − 1] · V[b] for k < count. */
export function chainForward(V: Float64Array, d: number, count: number, b: number, c: number): void {
  const factor = V[b];
  const term = V[c];
  let x = V[d - 1];
  for (let at = d, end = d + count; at < end; at++) {
    x = term + x * factor;
    V[at] = x;
  }
}

/**
 * `b` and `c` must be two slots outside the chain. A link whose gradient nobody else has added to is not added to 0: it may
 * become −0, which no sum can tell.
 */
export function chainBackward(
  V: Float64Array,
  G: Float64Array,
  d: number,
  count: number,
  b: number,
  c: number,
): void {
  const factor = V[b];
  let ofFactor = G[b];
  let ofTerm = G[c];
  let g = G[d + count - 1];
  for (let at = d + count - 2; at >= d - 1; at--) {
    ofTerm += g;
    ofFactor += V[at] * g;
    const others = G[at];
    g = others === 0 ? factor * g : others + factor * g;
    G[at] = g;
  }
  G[b] = ofFactor;
  G[c] = ofTerm;
}

/** V[d + k] = V[init] + V[d + k − 1] · V[b] + V[d + k − 1] · V[c] for k < count. */
export function ladderForward(
  V: Float64Array,
  d: number,
  count: number,
  b: number,
  c: number,
  init: number,
): void {
  const first = V[b];
  const second = V[c];
  const start = V[init];
  let x = V[d - 1];
  if (Object.is(start, -0)) {
    // −0 + x is x: no need to wait for that addition.
    for (let at = d, end = d + count; at < end; at++) {
      x = x * first + x * second;
      V[at] = x;
    }
    return;
  }
  for (let at = d, end = d + count; at < end; at++) {
    x = start + x * first + x * second;
    V[at] = x;
  }
}

/** As `chainBackward`. */
export function ladderBackward(
  V: Float64Array,
  G: Float64Array,
  d: number,
  count: number,
  b: number,
  c: number,
): void {
  const first = V[b];
  const second = V[c];
  let ofFirst = G[b];
  let ofSecond = G[c];
  let g = G[d + count - 1];
  for (let at = d + count - 2; at >= d - 1; at--) {
    const x = V[at];
    ofSecond += x * g;
    ofFirst += x * g;
    const others = G[at];
    g = others === 0 ? second * g + first * g : others + second * g + first * g;
    G[at] = g;
  }
  G[b] = ofFirst;
  G[c] = ofSecond;
}
