import {
  isAccent,
  isDigit,
  isLetter,
  plainLetters,
  SUBSCRIPTS,
  SUPERSCRIPTS,
  uprightLetters,
} from './characters.ts';

/*
 * A name is a base with marks, in any order:
 *
 *     w^{(2)}_{11}'@1
 *     │ │     │   │└ version: the first of several definitions
 *     │ │     │   └ prime
 *     │ │     └ index (below)
 *     │ └ layer (above, in round or square brackets)
 *     └ base: letters of any script, digits, underscores
 *
 * Each name has a KEY and a SPELLING. Two names are the same when their keys are equal. The key has the
 * marks in one order — base, primes, indices, layers — without needless braces:
 *
 *     z₁  z_1  z_{1}                           z_1
 *     w_{11}^3  w^3_{11}  w⁽³⁾₁₁  w^{(3)}_{11}    w_11^{(3)}
 *     W^{[1]}                                  W^{[1]}
 *
 * The spelling is what the writer wrote, without blanks and with upright letters; nodes are shown under the spelling of their
 * definition. `z1` and `z_1` have different keys, but look alike: where only one of them is defined, the
 * other finds it (see `likeness`).
 */
export interface Name {
  readonly key: string;
  readonly spelling: string;
  /** True if the name already has a layer, so that a further superscript is a power. */
  readonly layered: boolean;
  readonly indexed: boolean;
  readonly version: number | null;
}

export interface NameReading {
  readonly name: Name;
  /** Offset of the first character after the name. */
  readonly to: number;
  /** Offset of a brace that is not closed or holds nothing readable. */
  readonly brokenBrace: number | null;
}

const BARE_LAYER =
  /\^(?:(\d{1,9})|\((\w{1,32}(?:[-+−]\d{1,9})?)\)|\{(\w{1,32}(?:[-+−]\d{1,9})?)\})(?=_[\p{L}\p{Nd}{]|[₀-₉])/uy;
const BRACED_LAYER = /\^\{[ \t]*([([][^{}\n]{1,64}?[)\]])[ \t]*\}/y;
const LAYER = /^\^(?:([\p{L}\p{Nd}]+)|\(([\p{L}\p{Nd}]+(?:[-+−]\d+)?)\)|\{([\p{L}\p{Nd}]+(?:[-+−]\d+)?)\})/u;
/** An index after another mark; before any, it is part of the base. `w^{(2)}_1x` is w^{(2)}_1 and x. */
const BARE_INDEX = /_(\d+|\p{L}[\p{L}\p{Nd}]*)/uy;
const BRACED_INDEX = /_\{([^{}\n]{1,64})\}/y;

/** Reads the name that begins at `from`, as long as it goes; null where no name begins. */
export function readName(text: string, from: number): NameReading | null {
  let at = endOfBase(text, from);
  if (at === from) return null;
  // `w_{11}`: the underscore belongs to the brace.
  if (text[at] === '{' && text[at - 1] === '_' && at - from > 1) at--;
  const base = plainLetters(text.slice(from, at));
  let indices: string[] = [];
  const layers: string[] = [];
  let primes = '';
  /** Where a version begins, which is no part of the spelling. */
  let spelled = -1;
  let version: number | null = null;
  let brokenBrace: number | null = null;

  for (;;) {
    const character = text[at];
    if (character === '_') {
      BRACED_INDEX.lastIndex = at;
      const index = mark(BRACED_INDEX.exec(text)?.[1]);
      BARE_INDEX.lastIndex = at;
      const bare = index === undefined ? BARE_INDEX.exec(text)?.[1] : undefined;
      if (bare !== undefined) {
        indices.push(plainLetters(bare));
        at = BARE_INDEX.lastIndex;
      } else if (index !== undefined && index !== '') {
        indices.push(index);
        at = BRACED_INDEX.lastIndex;
      } else {
        if (text[at + 1] === '{') brokenBrace = at + 1;
        break;
      }
    } else if (character === '^') {
      BRACED_LAYER.lastIndex = BARE_LAYER.lastIndex = at;
      const braced = mark(BRACED_LAYER.exec(text)?.[1]);
      const bare = braced === undefined ? BARE_LAYER.exec(text) : null;
      if (braced !== undefined) {
        layers.push(braced);
        at = BRACED_LAYER.lastIndex;
      } else if (bare !== null) {
        layers.push(`(${mark(bare[1] ?? bare[2] ?? bare[3])})`);
        at = BARE_LAYER.lastIndex;
      } else break;
    } else if (character === "'" || character === '′' || character === '″') {
      primes += character === '″' ? "''" : "'";
      at++;
    } else if (character !== undefined && SUBSCRIPTS.has(character)) {
      const [index, end] = moved(text, at, SUBSCRIPTS);
      const versioned = /^\((\d{1,6})\)$/.exec(index);
      if (versioned !== null) {
        version = Number(versioned[1]);
        spelled = at;
      } else indices.push(index);
      at = end;
    } else if (character !== undefined && SUPERSCRIPTS.has(character)) {
      const [layer, end] = moved(text, at, SUPERSCRIPTS);
      const next = text[end];
      if (/^\(.+\)$/.test(layer)) layers.push(layer);
      else if (isWord(layer) && next !== undefined && (SUBSCRIPTS.has(next) || next === '_'))
        layers.push(`(${layer})`);
      else break;
      at = end;
    } else break;
  }
  const versioned = /^@(\d{1,6})(?!\d)/.exec(text.slice(at, at + 8));
  if (versioned !== null) {
    version = Number(versioned[1]);
    if (spelled < 0) spelled = at;
    at += versioned[0].length;
  }
  const parts = /^([^_]+)((?:_[^_]+)+)$/.exec(base);
  if (parts !== null) indices = parts[2].slice(1).split('_').concat(indices);
  const key =
    (parts?.[1] ?? base) +
    primes +
    indices.map(indexKey).join('') +
    layers.map((layer) => `^{${layer}}`).join('');
  const spelling = uprightLetters(text.slice(from, spelled < 0 ? at : spelled)).replace(/\s+/g, '');
  return {
    name: { key, spelling, layered: layers.length > 0, indexed: indices.length > 0, version },
    to: at,
    brokenBrace,
  };
}

/** What a bare superscript says about the name below it: `^3`, `^{L-1}`, `^l_{jk}`. */
export interface Layer {
  readonly text: string;
  /** Keys of the indices that follow it: `_jk`. */
  readonly indices: string;
}

/** The name with a bare superscript read as its layer: `w_{11}^3`, `w^l_{jk}`. `written`: the superscript. */
export function withLayer(name: Name, { text, indices }: Layer, written: string): Name {
  return {
    ...name,
    key: `${name.key}${indices}^{(${text})}`,
    spelling: name.spelling + written.replace(/\s+/g, ''),
    layered: true,
    indexed: name.indexed || indices !== '',
  };
}

/** A name, a version of it or an element: `c`, `c@1`, `W[0][1]`. */
export function referenceKey(key: string, version: number | null, elements: readonly number[] = []): string {
  return key + (version === null ? '' : `@${version}`) + elements.map((element) => `[${element}]`).join('');
}

/**
 * The key of a name in any of its spellings, with version and element if it has them; null if the text
 * is not one name. A bare superscript is read as a layer: on its own, a name is never a power.
 */
export function canonicalName(text: string): string | null {
  const trimmed = text.trim();
  if (trimmed.length > 1000) return null;
  const reading = readName(trimmed, 0);
  if (reading === null || reading.brokenBrace !== null) return null;
  let name = reading.name;
  let at = reading.to;
  const above = layerAfter(trimmed, at);
  if (above !== null) {
    if (name.layered || name.version !== null) return null;
    name = withLayer(name, above.layer, trimmed.slice(at, above.to));
    at = above.to;
  }
  const tail = /^(?:@(\d{1,6}))?((?:\[\d{1,9}\])*)$/.exec(trimmed.slice(at));
  if (tail === null) return null;
  const version = tail[1] === undefined ? name.version : Number(tail[1]);
  return referenceKey(name.key, version) + tail[2];
}

/** A bare superscript at the end of a name that stands alone. */
function layerAfter(text: string, from: number): { readonly layer: Layer; readonly to: number } | null {
  if (from < text.length && SUPERSCRIPTS.has(text[from])) {
    const [layer, to] = moved(text, from, SUPERSCRIPTS);
    return isWord(layer) ? { layer: { text: layer, indices: '' }, to } : null;
  }
  const bare = LAYER.exec(text.slice(from));
  if (bare === null) return null;
  const layer = mark(bare[1] ?? bare[2] ?? bare[3]);
  let indices = '';
  let to = from + bare[0].length;
  while (text[to] === '_') {
    const index = /^_(?:([\p{L}\p{Nd}]+)|\{([^{}]+)\})/u.exec(text.slice(to));
    if (index === null) return null;
    indices += indexKey(mark(index[1] ?? index[2]));
    to += index[0].length;
  }
  return { layer: { text: layer, indices }, to };
}

/**
 * What names that look alike have in common: `z1` and `z_1`; `W^{[1]}` and `W^{(1)}`. Two different keys
 * with the same likeness are easily mistaken for each other.
 */
export function likeness(key: string): string {
  return key
    .replace(/^(\p{L}+'*)_(?=\d+(?:$|[_^]))/u, '$1')
    .replace(/^(\p{L}+)(\d+)('+)/u, '$1$3$2')
    .replace(/\^\{\[(.*?)\]\}/g, '^{($1)}');
}

/** Where the letters, digits and underscores of a name's base end; `from` if none begins there. */
function endOfBase(text: string, from: number): number {
  let at = from;
  while (at < text.length) {
    const character = String.fromCodePoint(text.codePointAt(at)!);
    if (!isLetter(character) && (at === from || (!isDigit(character) && !isAccent(character)))) break;
    at += character.length;
  }
  return at;
}

function moved(text: string, from: number, table: ReadonlyMap<string, string>): [plain: string, to: number] {
  let plain = '';
  let at = from;
  for (; at < text.length && at - from < 64; at++) {
    const meaning = table.get(text[at]);
    if (meaning === undefined) break;
    plain += meaning;
  }
  return [plain, at];
}

function indexKey(index: string): string {
  return isWord(index) ? `_${index}` : `_{${index}}`;
}

/** The one form of what stands in a mark: plain letters, a plain minus, no blanks. */
function mark(text: string): string;
function mark(text: string | undefined): string | undefined;
function mark(text: string | undefined): string | undefined {
  return text === undefined ? undefined : plainLetters(text.replace(/\s+/g, '').replace(/[−–]/g, '-'));
}

function isWord(text: string): boolean {
  return /^[\p{L}\p{Nd}]+$/u.test(text);
}
