import { indicesOf, layerOf, partsOf } from './name-parts.ts';

/*
 * People write the same weight as w^{(2)}_{11}, w2_11, ω²₁₁, W2[0][0] or w211. A READING of a key says which base, layer
 * and indices it may have; a key has several, the likeliest first. Two keys that share a reading may mean the same node.
 */
export interface NameReading {
  /** `w`, with its primes. */
  readonly base: string;
  /** Without brackets: `2`, `L-1`; '' for none. */
  readonly layer: string;
  readonly indices: readonly string[];
  /** 0 for what stands there, more for what is guessed. */
  readonly rank: number;
}

/** Indices that stand in the text count from 1 where the program's elements count from 0, or both from 0. */
export type FirstIndex = 0 | 1;

const cache = new Map<string, readonly NameReading[]>();

/** All readings of a key. `first` says how an element `[0]` of a program is called in notes. */
export function readingsOf(key: string, first: FirstIndex = 1): readonly NameReading[] {
  const cacheKey = `${first}${key}`;
  const known = cache.get(cacheKey);
  if (known !== undefined) return known;
  const readings = read(key, first);
  if (cache.size > 20_000) cache.clear();
  cache.set(cacheKey, readings);
  return readings;
}

function read(key: string, first: FirstIndex): NameReading[] {
  const parts = partsOf(key);
  const { digits, below, elements } = parts;
  const base = parts.base.replace(/_+$/, '') + parts.primes;
  const layer = layerOf(parts) ?? parts.above.join('');
  const readings: NameReading[] = [];
  const add = (rank: number, name: string, above: string, indices: readonly string[]) => {
    readings.push({ base: name, layer: above.replace(/\s+/g, ''), indices, rank });
  };

  if (elements.length > 0) {
    // W1[0][1], W^{[1]}[0][1]: elements count from 0.
    for (const [rank, shift] of [
      [0, first],
      [3, 1 - first],
    ]) {
      const indices = elements.map((element) => String(element + shift));
      if (digits !== '' && layer === '') add(rank, base, digits, indices);
      add(rank + (digits === '' ? 0 : 1), base + digits, layer, indices);
    }
    return readings;
  }
  const [mark] = below;
  if (below.length === 0) {
    if (digits === '') add(0, base, layer, []);
    else {
      for (const [i, indices] of splitDigits(digits).entries()) add(i, base, layer, indices);
      if (layer === '') {
        add(2, base, digits, []);
        if (digits.length > 1) add(2, base, digits[0], splitDigits(digits.slice(1))[0]);
      }
    }
    return readings;
  }
  if (below.length === 1) {
    const indices = indicesOf(mark);
    const word = /^(\p{L}+?)(\d+)$/u.exec(mark);
    if (indices === null) {
      // net_h1: a word, or the first of net_h; target_o1 may be t1.
      add(0, base + digits, layer, [mark]);
      if (word !== null) {
        add(1, `${base + digits}_${word[1]}`, layer, [word[2]]);
        if (word[1].length === 1) add(3, base + digits, layer, [word[2]]);
      }
      return readings;
    }
    if (digits !== '' && layer === '') add(0, base, digits, indices);
    const name = base + digits;
    if (/^\d+$/.test(mark)) {
      for (const [i, split] of splitDigits(mark).entries()) add(i, name, layer, split);
      if (layer === '' && digits === '') {
        if (mark.length > 1) add(2, name, mark[0], splitDigits(mark.slice(1))[0]);
        add(3, name, mark, []);
      }
    } else add(0, name, layer, indices);
    return readings;
  }
  const all = below.flatMap((each) => indicesOf(each) ?? [each]);
  add(0, base + digits, layer, all);
  if (layer === '' && /^\d+$/.test(mark)) add(1, base + digits, mark, all.slice(1));
  return readings;
}

/** `11` as 1, 1 or as 11; up to three digits one by one. */
function splitDigits(digits: string): readonly (readonly string[])[] {
  if (digits.length === 1) return [[digits]];
  const single = Array.from(digits);
  return digits.length <= 3 ? [single, [digits]] : [[digits]];
}

/** One text per reading; equal texts mean the same. */
export function signatureOf({ base, layer, indices }: Omit<NameReading, 'rank'>): string {
  return `${base}|${layer}|${indices.join(',')}`;
}

/** ω and W as w: letters that are taken for each other where only one of them is in use. */
export function foldedBase(base: string): string {
  return base
    .toLowerCase()
    .replace(/ω|weight|theta|θ/u, 'w')
    .replace(/^bias/u, 'b')
    .replace(/ŷ|y_hat|yhat|y\u0302/u, 'ŷ');
}

/** Letters for the same role in a network. */
const ROLES: readonly (readonly string[])[] = [
  ['z', 'net', 's', 'in', 'v', 'pre', 'sum'],
  ['a', 'out', 'o', 'h', 'act', 'output'],
  ['ŷ', 'pred', 'y_pred'],
  ['t', 'target', 'y'],
  ['x', 'i', 'input'],
];

/** Other bases that may stand for a folded one. */
export function relatedBases(folded: string): readonly string[] {
  for (const role of ROLES) if (role.includes(folded)) return role.filter((base) => base !== folded);
  return [];
}

export const PRE_ACTIVATION_BASES = ROLES[0];
export const ACTIVATION_BASES = [...ROLES[1], ...ROLES[2]];
