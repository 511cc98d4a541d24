/** A vector or matrix of scalars: x_1, x_2 answer to x. */
export interface Family {
  readonly shape: readonly number[];
  /** Row by row. */
  readonly nodes: readonly number[];
}

/** A node that a reading may mean, and how likely: 0 for what stands there, more for what is guessed. */
export interface Entry {
  readonly node: number;
  readonly rank: number;
}

/** Members with one index make a vector, with two a matrix, if none is missing. */
export function tabulate(members: readonly (readonly [readonly string[], Entry])[]): Family | null {
  for (const [length, least] of [
    [2, 2],
    [1, 1],
  ]) {
    const cells = members.filter(([indices]) => indices.length === length);
    if (cells.length < least) continue;
    const axes = Array.from({ length }, (_, axis) =>
      [...new Set(cells.map(([indices]) => Number(indices[axis])))].toSorted((a, b) => a - b),
    );
    if (axes.reduce((product, axis) => product * axis.length, 1) !== cells.length) continue;
    if (axes.some((axis) => axis.at(-1)! - axis[0] !== axis.length - 1)) continue;
    const worst = Math.max(...cells.map(([, { rank }]) => rank));
    if (worst > 2) continue;
    const sorted = cells.toSorted(([a], [b]) =>
      length === 1 || a[0] !== b[0] ? Number(a[0]) - Number(b[0]) : Number(a[1]) - Number(b[1]),
    );
    return { shape: axes.map((axis) => axis.length), nodes: sorted.map(([, { node }]) => node) };
  }
  return null;
}
