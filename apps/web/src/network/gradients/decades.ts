/** The ends of a logarithmic axis, and whole powers of ten along it, about `most` of them. */
export function decades(
  powers: readonly number[],
  most: number,
): { readonly low: number; readonly high: number; readonly ticks: readonly number[] } {
  let [least, largest] = [Infinity, -Infinity];
  for (const power of powers) {
    least = Math.min(least, power);
    largest = Math.max(largest, power);
  }
  if (least > largest) [least, largest] = [0, 0];
  const low = Math.floor(least);
  const high = Math.max(low + 1, Math.ceil(largest));
  const rough = (high - low) / Math.max(1, most);
  const step = [1, 2, 5, 10, 20, 50, 100].find((each) => each >= rough) ?? 200;
  const ticks: number[] = [];
  for (let tick = Math.ceil(low / step) * step; tick <= high; tick += step) ticks.push(tick);
  return { low, high, ticks };
}
