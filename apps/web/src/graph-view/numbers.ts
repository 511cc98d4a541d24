/** How far a leaf's number goes in one small step: a hundredth of its size, rounded to a power of ten. */
export function stepOf(value: number): number {
  const size = Math.abs(value);
  if (size === 0 || !Number.isFinite(size)) return 0.01;
  return 10 ** Math.min(6, Math.max(-12, Math.floor(Math.log10(size) + 1e-9) - 1));
}

/** The value after so many steps, without the noise of binary fractions: 0.1 + 2 · 0.1 is 0.3. */
export function stepped(value: number, steps: number, step: number): number {
  const next = value + steps * step;
  if (Math.abs(next) < 1e-6 * step) return 0;
  // Six digits below the step: what the reader had typed stays, what the addition left over goes.
  const digits = Math.ceil(Math.log10(Math.max(Math.abs(next), step) / step)) + 6;
  return Number(next.toPrecision(Math.min(15, Math.max(1, digits))));
}
