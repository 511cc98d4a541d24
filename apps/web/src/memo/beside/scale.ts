/** The logarithm of a count to base 10, however large; 0 has its place one below that of 1. */
function logOf(count: bigint): number {
  if (count < 1n) return 0;
  const digits = String(count);
  return 1 + Math.log10(Number(digits.slice(0, 15))) + Math.max(0, digits.length - 15);
}

/** The share of a bar that a count fills on a logarithmic scale on which `most` fills it all: 0 for 0. */
export function share(count: bigint, most: bigint): number {
  return most < 1n ? 0 : logOf(count) / logOf(most);
}
