// What the loops by hand make of the sums of a layer, in place, and of gradients on the way back.

export function rectify(y: Float64Array): void {
  for (let i = 0; i < y.length; i++) if (!(y[i] > 0)) y[i] = 0;
}

export function rectifyBackward(y: Float64Array, dy: Float64Array): void {
  for (let i = 0; i < y.length; i++) if (y[i] === 0) dy[i] = 0;
}

export function squash(y: Float64Array): void {
  for (let i = 0; i < y.length; i++) {
    const e = Math.exp(-Math.abs(y[i]));
    y[i] = y[i] >= 0 ? 1 / (1 + e) : e / (1 + e);
  }
}

export function squashBackward(y: Float64Array, dy: Float64Array): void {
  for (let i = 0; i < y.length; i++) dy[i] *= y[i] * (1 - y[i]);
}
