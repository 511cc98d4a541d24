/** Candidates looked at for one misspelt name: enough for any program written by hand. */
const CANDIDATES = 5_000;

/**
 * The candidate most like the word: equal but for capitals and underscores, or at most one edit away
 * (two for words of five letters or more); null if there is none. An edit adds, drops or replaces a
 * character, or swaps two neighbours.
 */
export function nearest(word: string, candidates: Iterable<string>): string | null {
  if (word.length > 64) return null;
  const folded = fold(word);
  let best: string | null = null;
  let bestDistance = word.length >= 5 ? 3 : word.length >= 2 ? 2 : 1;
  let seen = 0;
  for (const candidate of candidates) {
    if (++seen > CANDIDATES) break;
    if (candidate === word || Math.abs(candidate.length - word.length) >= bestDistance + 1) continue;
    const edits = fold(candidate) === folded ? 0.5 : editDistance(word, candidate, Math.ceil(bestDistance));
    // Of two equally near ones the one of the same length: tahn is tanh rather than tan.
    const distance = edits + (candidate.length === word.length ? 0 : 0.25);
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** Optimal string alignment distance; stops counting at `limit`. */
function editDistance(a: string, b: string, limit: number): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let smallest = i;
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let distance = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        distance = Math.min(distance, before[j - 2] + 1);
      }
      row.push(distance);
      smallest = Math.min(smallest, distance);
    }
    if (smallest >= limit) return limit;
    before = last;
    last = row;
  }
  return last[b.length];
}

function fold(word: string): string {
  return word.toLowerCase().replaceAll('_', '');
}
