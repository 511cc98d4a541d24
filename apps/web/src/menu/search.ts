/** Without accents, marks and case, so that `w11` finds `w⁽²⁾₁₁` and `tasten` finds `Tasten`. */
export function folded(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/[\p{P}\p{S}\s]+/gu, ' ')
    .toLowerCase()
    .trim();
}

/**
 * The items whose text contains every word of the query, better matches first: a text that begins with
 * the query before one with a word that does, before any other. Ties keep their order.
 */
export function search<T>(
  items: readonly T[],
  query: string,
  textOf: (item: T) => string,
  most: number,
): T[] {
  return searchFolded(items, query, (item) => folded(textOf(item)), most);
}

/** The same for texts that are folded already: thousands of them are searched at every key. */
export function searchFolded<T>(
  items: readonly T[],
  query: string,
  foldedOf: (item: T) => string,
  most: number,
): T[] {
  const wanted = folded(query);
  if (wanted === '') return items.slice(0, most);
  const words = wanted.split(' ');
  const tight = wanted.replaceAll(' ', '');
  const ranks: T[][] = [[], [], [], []];
  for (const item of items) {
    const text = foldedOf(item);
    if (text === wanted) ranks[0].push(item);
    else if (text.startsWith(wanted)) ranks[1].push(item);
    else if (words.every((word) => ` ${text}`.includes(` ${word}`))) ranks[2].push(item);
    else if (words.every((word) => text.includes(word)) || text.replaceAll(' ', '').includes(tight)) {
      ranks[3].push(item);
    }
  }
  return ranks.flat().slice(0, most);
}
