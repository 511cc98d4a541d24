/*
 * What the key of a name says: `w_jk^{(L-1)}` is w with the indices j and k in layer L-1. Keys are those of the language
 * (`canonicalName`): base, primes, indices, layers, elements.
 */
export interface NameParts {
  /** `w`; digits that stand directly behind it are apart: O of `O11`. */
  readonly base: string;
  /** `11` of `O11`, else ''. */
  readonly digits: string;
  readonly primes: string;
  /** What stands below, mark by mark: ['jk'], ['o1']. */
  readonly below: readonly string[];
  /** What stands above, with its brackets: ['(L-1)']. */
  readonly above: readonly string[];
  /** `[0][1]`. */
  readonly elements: readonly number[];
}

const KEY = /^(.+?)('*)((?:_(?:\{[^{}]*\}|[\p{L}\p{Nd}]+))*)((?:\^\{[^{}]*\})*)((?:@\d+)?)((?:\[\d+\])*)$/u;
const LETTERS = 'ijklmnpqrst';

const cache = new Map<string, NameParts>();

export function partsOf(key: string): NameParts {
  const known = cache.get(key);
  if (known !== undefined) return known;
  const match = KEY.exec(key);
  const [, name, primes, below, above, , elements] = match ?? ['', key, '', '', '', '', ''];
  const split = /^(.*?\D)(\d+)$/u.exec(name);
  const parts: NameParts = {
    base: split?.[1] ?? name,
    digits: split?.[2] ?? '',
    primes,
    below: [...below.matchAll(/_(?:\{([^{}]*)\}|([\p{L}\p{Nd}]+))/gu)].map((mark) => mark[1] ?? mark[2]),
    above: [...above.matchAll(/\^\{([^{}]*)\}/gu)].map((mark) => mark[1]),
    elements: [...elements.matchAll(/\[(\d+)\]/g)].map((mark) => Number(mark[1])),
  };
  if (cache.size > 5000) cache.clear();
  cache.set(key, parts);
  return parts;
}

export function keyOf(parts: NameParts): string {
  const { base, digits, primes, below, above, elements } = parts;
  return (
    base +
    digits +
    primes +
    below.map((mark) => (/^[\p{L}\p{Nd}]+$/u.test(mark) ? `_${mark}` : `_{${mark}}`)).join('') +
    above.map((mark) => `^{${mark}}`).join('') +
    elements.map((element) => `[${element}]`).join('')
  );
}

/** Layer without brackets: `L-1`, `2`; null where there is none or more than one. */
export function layerOf(parts: NameParts): string | null {
  if (parts.above.length !== 1) return null;
  return /^[([](.*)[)\]]$/u.exec(parts.above[0])?.[1] ?? parts.above[0];
}

/** Indices one by one: `jk` → j, k; `j0` → j, 0; `11` → 1, 1; `1,12` → 1, 12. Null where the mark is a word (`o1`, `total`). */
export function indicesOf(mark: string): readonly string[] | null {
  if (mark.includes(',')) {
    const pieces = mark.split(',');
    return pieces.every((piece) => isIndex(piece)) ? pieces : null;
  }
  if (mark === 'in' || mark === 'ln' || mark === 'min') return null;
  const pieces = mark.match(/[a-z]'*|\d/gu) ?? [];
  if (pieces.join('') !== mark || !pieces.every((piece) => isIndex(piece))) return null;
  return pieces;
}

/** One index: a number, or a letter that people count with. */
function isIndex(piece: string): boolean {
  return /^\d+$/.test(piece) || isLetterIndex(piece);
}

export function isLetterIndex(piece: string): boolean {
  return LETTERS.includes(piece[0] ?? '') && /^[a-z]'*$/.test(piece);
}

/** Letters among the indices of a name, in order. */
export function letterIndices(key: string): readonly string[] {
  const letters: string[] = [];
  for (const mark of partsOf(key).below)
    for (const piece of indicesOf(mark) ?? []) if (isLetterIndex(piece)) letters.push(piece);
  return letters;
}

/** The key with letters replaced by numbers: `w_jk` with j = 0, k = 1 is `w_01`; `w_{0,12}` where a number has two digits. */
export function instanceOf(key: string, elements: ReadonlyMap<string, number>): string {
  if (elements.size === 0) return key;
  const parts = partsOf(key);
  let changed = false;
  const below = parts.below.map((mark) => {
    const pieces = indicesOf(mark);
    if (pieces === null) return mark;
    const numbered = pieces.map((piece) => {
      const element = elements.get(piece);
      if (element === undefined) return piece;
      changed = true;
      return String(element);
    });
    const separate =
      mark.includes(',') || (numbered.length > 1 && numbered.some((piece) => piece.length > 1));
    return numbered.join(separate ? ',' : '');
  });
  return changed ? keyOf({ ...parts, below }) : key;
}

/**
 * Other ways to write the same element: `x_1`, `x1`; `w_01`, `w_{0,1}`, `w01`. The name itself comes first.
 */
export function variantsOf(key: string): readonly string[] {
  const parts = partsOf(key);
  const variants = [key];
  const [mark] = parts.below;
  if (parts.below.length === 1 && /^[\d,]+$/.test(mark)) {
    const digits = mark.replace(/,/g, '');
    if (mark !== digits && mark.split(',').every((piece) => piece.length === 1))
      variants.push(keyOf({ ...parts, below: [digits] }));
    if (mark === digits && digits.length > 1)
      variants.push(keyOf({ ...parts, below: [digits.split('').join(',')] }));
    if (parts.digits === '' && mark === digits) variants.push(keyOf({ ...parts, digits, below: [] }));
  } else if (parts.below.length === 0 && parts.digits !== '' && parts.elements.length === 0)
    variants.push(keyOf({ ...parts, digits: '', below: [parts.digits] }));
  else if (parts.below.length === 2 && parts.below.every((piece) => /^\d$/.test(piece)))
    variants.push(keyOf({ ...parts, below: [parts.below.join('')] }));
  return variants;
}

/** Replaces a letter of the layer: `L-1` with L → 3 is `2`; `l` with l → `l+1` is `l+1`. */
export function shiftLayer(layer: string, letter: string, by: number, onto: string | number): string {
  const match = /^(\p{L})([+-]\d+)?$/u.exec(layer);
  if (match === null || match[1] !== letter) return layer;
  const offset = Number(match[2] ?? 0) + by;
  if (typeof onto === 'number') return String(onto + offset);
  return offset === 0 ? onto : `${onto}${offset > 0 ? '+' : ''}${offset}`;
}

/** A layer as letter and offset: `L-1` → L, −1; `3` → '', 3. Null for anything else. */
export function layerNumber(layer: string): { readonly letter: string; readonly offset: number } | null {
  const match = /^(\p{L})?([+-]?\d+)?$/u.exec(layer);
  if (match === null || layer === '') return null;
  return { letter: match[1] ?? '', offset: Number(match[2] ?? 0) };
}
