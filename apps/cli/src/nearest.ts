/**
 * The candidate that a slip of the pen may have meant, or null when none is close: at most one edit
 * in three characters, where an edit inserts, deletes or replaces a character or swaps two neighbours.
 * A single letter is near its capital and nothing else.
 */
export function nearest(written: string, candidates: Iterable<string>): string | null {
  let best: string | null = null;
  let bestDistance = Infinity;
  for (const candidate of candidates) {
    const allowed = Math.max(1, Math.floor(Math.max(written.length, candidate.length) / 3));
    if (Math.abs(written.length - candidate.length) > allowed) continue;
    const distance = editDistance(written.toLowerCase(), candidate.toLowerCase());
    if (written.length < 2 && distance > 0) continue;
    if (distance <= allowed && distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** Optimal string alignment distance (Damerau–Levenshtein without overlapping swaps), three rows at a time. */
export function editDistance(a: string, b: string): number {
  let older: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1];
      let least = Math.min(
        previous[column] + 1,
        current[column - 1] + 1,
        previous[column - 1] + (same ? 0 : 1),
      );
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) {
        least = Math.min(least, older[column - 2] + 1);
      }
      current.push(least);
    }
    older = previous;
    previous = current;
  }
  return previous[b.length];
}
