import type { Term } from '../term.ts';
import type { IndexFacts } from './assembly.ts';
import { namesIn, walk } from './mentions.ts';
import { instanceOf, isLetterIndex, letterIndices, partsOf, keyOf, layerOf } from './name-parts.ts';

/** What index letters stand for: j → 1. */
export type Letters = ReadonlyMap<string, number>;

type Series = Term & { readonly kind: 'series' };

/** Assignments of letters that are tried for a page, and names that are looked at for it. */
const MOST_ASSIGNMENTS = 4000;
const MOST_NAMES = 60;

/** The key with index letters replaced, also in the layer: `a^{(l-1)}` with l = 2 is `a^{(1)}`. */
export function instanceIn(key: string, letters: Letters): string {
  if (letters.size === 0) return key;
  const instance = instanceOf(key, letters);
  let parts = partsOf(instance);
  // The o of Σ_o is no counting letter: out_o is out_o1, out_o2.
  const below = parts.below.map((mark) => {
    const element = isLetterIndex(mark) ? undefined : letters.get(mark);
    return element === undefined ? mark : `${mark}${element}`;
  });
  if (below.some((mark, i) => mark !== parts.below[i])) parts = { ...parts, below };
  const layer = layerOf(parts);
  const match = layer === null ? null : /^(\p{L})([+-]\d+)?$/u.exec(layer);
  const value = match === null ? undefined : letters.get(match[1]);
  if (value === undefined) return parts.below === below ? keyOf(parts) : instance;
  const [above] = parts.above;
  return keyOf({ ...parts, above: [above.replace(layer!, String(value + Number(match![2] ?? 0)))] });
}

/** The letters in a key that may stand for a number: indices, and the layer. */
function lettersOf(key: string): readonly string[] {
  const letters = [...letterIndices(key)];
  const layer = layerOf(partsOf(key));
  const match = layer === null ? null : /^(\p{L})(?:[+-]\d+)?$/u.exec(layer);
  if (match !== null) letters.push(match[1]);
  return letters;
}

/** Which elements sums run over, and what free index letters stand for, in a graph with names of its own. */
export class Instances {
  private readonly known: (key: string) => boolean;
  private readonly values: readonly number[];
  private readonly generic: readonly string[];
  private readonly series: readonly Series[];
  private readonly facts: IndexFacts | null;
  private letters: Letters | null = null;

  /**
   * `known` says whether a name has a node; `values` are the numbers that occur as indices and layers; `generic` are the
   * page's names with index letters, `series` its sums; `facts` what is known of the letters in a graph that was made from the notes.
   */
  constructor(
    known: (key: string) => boolean,
    values: readonly number[],
    generic: readonly string[],
    series: readonly Series[],
    facts: IndexFacts | null = null,
  ) {
    this.series = series;
    this.facts = facts;
    this.known = known;
    this.values = values;
    this.generic = generic;
  }

  /** The element that a name with free letters stands for on this page; null for a name without. */
  representative(key: string): string | null {
    if (lettersOf(key).length === 0) return null;
    this.letters ??= this.assignment();
    const instance = instanceIn(key, this.letters);
    return instance === key ? null : instance;
  }

  /** The number of elements for which n stands in Σ_{k=0}^{n−1}; null where nothing tells. */
  sizeOf(key: string): number | null {
    if (this.facts !== null) return this.facts.sizes.get(key) ?? null;
    for (const series of this.series) {
      const { first, last } = series;
      const letter = series.index ?? this.onlyLetter(series.body, new Map());
      if (last === null || letter === null) continue;
      const difference = last.kind === 'apply' && last.operation === 'sub' ? last.of : null;
      const [name, less] = difference ?? [last];
      if (name.kind !== 'name' || name.key !== key || (less !== undefined && less.kind !== 'number'))
        continue;
      const from = first?.kind === 'number' ? first.value : null;
      const elements = this.elements(series, letter, new Map(), from, null);
      const highest = elements?.at(-1);
      if (highest !== undefined) return highest + (less?.kind === 'number' ? less.value : 0);
    }
    return null;
  }

  /** The letter that a sum without an index runs over: the only one in it; null where there is none or several. */
  onlyLetter(body: Term, outer: Letters): string | null {
    const letters = new Set<string>();
    for (const { key } of namesIn(body)) {
      if (this.facts === null && this.known(key)) continue;
      for (const letter of letterIndices(key)) {
        if (!outer.has(letter) && this.facts?.representative.has(letter) !== false) letters.add(letter);
      }
    }
    return letters.size === 1 ? [...letters][0] : null;
  }

  /** The elements over which a sum runs; null where that cannot be told. */
  elements(
    series: Series,
    letter: string,
    outer: Letters,
    first: number | null,
    last: number | null,
  ): readonly number[] | null {
    const { body } = series;
    const told = this.facts?.rangeOf(series, outer) ?? null;
    if (told !== null) return told;
    const free = this.freeLetters();
    const names = new Set<string>();
    walk(body, (part) => {
      if (part.kind === 'name' || part.kind === 'call') {
        const key = part.kind === 'name' ? part.key : part.callee.key;
        if (lettersOf(key).includes(letter) || partsOf(key).below.includes(letter)) names.add(key);
      }
      return true;
    });
    const exists = (element: number) => {
      const letters = new Map([...free, ...outer]).set(letter, element);
      return [...names].every((name) => this.isKnown(instanceIn(name, letters)));
    };
    const stated = first !== null && last !== null ? range(first, last) : null;
    if (names.size === 0) return stated;
    if (stated !== null && stated.every(exists)) return stated;
    const existing = this.values.filter(exists);
    if (existing.length === 0) return stated;
    return stated !== null && stated.length !== existing.length ? stated : existing;
  }

  private isKnown(key: string): boolean {
    if (this.known(key)) return true;
    const derivative = /^d(?=\p{L})/u.test(key) && this.known(key.slice(1));
    return (
      derivative ||
      (/^(?:δ|delta)/u.test(key) &&
        ['z', 'net', 'a', 'o'].some((base) => this.known(key.replace(/^(?:δ|delta)/u, base))))
    );
  }

  private freeLetters(): Letters {
    this.letters ??= this.assignment();
    return this.letters;
  }

  /** The assignment under which most of the page's names exist; different letters stand for different elements if they can. */
  private assignment(): Letters {
    const names = this.generic
      .filter((key) => lettersOf(key).length > 0 && !this.known(key))
      .slice(0, MOST_NAMES);
    const letters = [...new Set(names.flatMap(lettersOf))].slice(0, 6);
    let { values } = this;
    if (letters.length === 0 || values.length === 0) return new Map();
    while (values.length > 1 && values.length ** letters.length > MOST_ASSIGNMENTS)
      values = values.slice(0, -1);
    const size = values.length;

    // Per name, whether it exists: by the values of its own letters, as a number in the base of `size`.
    const tables = names.flatMap((key) => {
      const own = [...new Set(lettersOf(key))].flatMap((letter) => {
        const place = letters.indexOf(letter);
        return place < 0 ? [] : [place];
      });
      if (own.length > 3) return [];
      const exists = new Uint8Array(size ** own.length);
      for (let code = 0; code < exists.length; code++) {
        const assigned = new Map(own.map((place, i) => [letters[place], values[digit(code, i, size)]]));
        exists[code] = this.isKnown(instanceIn(key, assigned)) ? 1 : 0;
      }
      return [{ own, exists }];
    });
    const indices = letters.flatMap((letter, place) => (isLetterIndex(letter) ? [place] : []));

    let best = 0;
    let bestScore = -1;
    for (let code = 0; code < size ** letters.length; code++) {
      let score = 0;
      for (const { own, exists } of tables) {
        let part = 0;
        for (let i = own.length - 1; i >= 0; i--) part = part * size + digit(code, own[i], size);
        score += exists[part];
      }
      score += new Set(indices.map((place) => digit(code, place, size))).size * 0.01;
      if (score > bestScore) {
        bestScore = score;
        best = code;
      }
    }
    return new Map(letters.map((letter, place) => [letter, values[digit(best, place, size)]]));
  }
}

function digit(code: number, place: number, size: number): number {
  return Math.floor(code / size ** place) % size;
}

function range(first: number, last: number): number[] | null {
  if (!Number.isInteger(first) || !Number.isInteger(last) || last - first > 10_000) return null;
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i);
}
