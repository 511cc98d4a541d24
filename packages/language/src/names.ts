import { isAccent, isDigit, isLetter, plainLetters, SUBSCRIPTS, SUPERSCRIPTS } from './characters.ts';

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
 * The spelling is what the writer wrote, in plain characters (z_1 for z₁); nodes are shown under the
 * spelling of their definition. `z1` and `z_1` have different keys, but look alike: where only one of
 * them is defined, the other finds it (see `likeness`).
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

const BARE_LAYER = /\^(?:(\d{1,9})|\((\w{1,32}(?:[-+]\d{1,9})?)\)|\{(\w{1,32})\})(?=_[\p{L}\p{Nd}{]|[₀-₉])/uy;
const BRACED_LAYER = /\^\{[ \t]*([([][^{}\n]{1,64}?[)\]])[ \t]*\}/y;
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
  const indices: string[] = [];
  const layers: string[] = [];
  let primes = '';
  let spelling = base;
  let version: number | null = null;
  let brokenBrace: number | null = null;

  for (;;) {
    const character = text[at];
    if (character === '_') {
      BRACED_INDEX.lastIndex = at;
      const index = BRACED_INDEX.exec(text)?.[1]?.replace(/\s+/g, '');
      BARE_INDEX.lastIndex = at;
      const bare = index === undefined ? BARE_INDEX.exec(text)?.[1] : undefined;
      if (bare !== undefined) {
        indices.push(plainLetters(bare));
        spelling += `_${indices.at(-1)}`;
        at = BARE_INDEX.lastIndex;
      } else if (index !== undefined && index !== '') {
        indices.push(index);
        spelling += `_{${index}}`;
        at = BRACED_INDEX.lastIndex;
      } else {
        if (text[at + 1] === '{') brokenBrace = at + 1;
        break;
      }
    } else if (character === '^') {
      BRACED_LAYER.lastIndex = BARE_LAYER.lastIndex = at;
      const braced = BRACED_LAYER.exec(text)?.[1]?.replace(/\s+/g, '');
      const bare = braced === undefined ? BARE_LAYER.exec(text) : null;
      if (braced !== undefined) {
        layers.push(braced);
        spelling += `^{${braced}}`;
        at = BRACED_LAYER.lastIndex;
      } else if (bare !== null) {
        layers.push(`(${bare[1] ?? bare[2] ?? bare[3]})`);
        spelling += bare[0].startsWith('^(') ? `^{${bare[0].slice(1)}}` : bare[0];
        at = BARE_LAYER.lastIndex;
      } else break;
    } else if (character === "'" || character === '′' || character === '″') {
      const prime = character === '″' ? "''" : "'";
      primes += prime;
      spelling += prime;
      at++;
    } else if (character !== undefined && SUBSCRIPTS.has(character)) {
      const [index, end] = moved(text, at, SUBSCRIPTS);
      const versioned = /^\((\d{1,6})\)$/.exec(index);
      if (versioned !== null) version = Number(versioned[1]);
      else {
        indices.push(index);
        spelling += isWord(index) ? `_${index}` : `_{${index}}`;
      }
      at = end;
    } else if (character !== undefined && SUPERSCRIPTS.has(character)) {
      const [layer, end] = moved(text, at, SUPERSCRIPTS);
      const next = text[end];
      if (/^\(.+\)$/.test(layer)) layers.push(layer);
      else if (isWord(layer) && next !== undefined && (SUBSCRIPTS.has(next) || next === '_'))
        layers.push(`(${layer})`);
      else break;
      spelling += `^{${layers.at(-1)!}}`;
      at = end;
    } else break;
  }
  const versioned = /^@(\d{1,6})(?!\d)/.exec(text.slice(at, at + 8));
  if (versioned !== null) {
    version = Number(versioned[1]);
    at += versioned[0].length;
  }
  const parts = /^([^_]+)((?:_[^_]+)+)$/.exec(base);
  if (parts !== null) indices.unshift(...parts[2].slice(1).split('_'));
  const key =
    (parts?.[1] ?? base) +
    primes +
    indices.map((index) => (isWord(index) ? `_${index}` : `_{${index}}`)).join('') +
    layers.map((layer) => `^{${layer}}`).join('');
  return {
    name: { key, spelling, layered: layers.length > 0, indexed: indices.length > 0, version },
    to: at,
    brokenBrace,
  };
}

/** The name with a bare superscript read as its layer: `w_{11}^3`. */
export function withLayer(name: Name, layer: string): Name {
  const bare = isWord(layer) ? layer : `{(${layer})}`;
  return {
    ...name,
    key: `${name.key}^{(${layer})}`,
    spelling: `${name.spelling}^${bare}`,
    layered: true,
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
  const rest = /^(?:\^(\w+)|\^\((\w+(?:[-+]\d+)?)\)|\^\{(\w+)\})/u.exec(trimmed.slice(at));
  let layer = rest?.[1] ?? rest?.[2] ?? rest?.[3];
  if (rest !== null) at += rest[0].length;
  else if (at < trimmed.length && SUPERSCRIPTS.has(trimmed[at])) {
    [layer, at] = moved(trimmed, at, SUPERSCRIPTS);
    if (!isWord(layer)) return null;
  }
  if (layer !== undefined) {
    if (name.layered || name.version !== null) return null;
    name = withLayer(name, layer);
  }
  const tail = /^(?:@(\d{1,6}))?((?:\[\d{1,9}\])*)$/.exec(trimmed.slice(at));
  if (tail === null) return null;
  const version = tail[1] === undefined ? name.version : Number(tail[1]);
  return referenceKey(name.key, version) + tail[2];
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

function isWord(text: string): boolean {
  return /^[\p{L}\p{Nd}]+$/u.test(text);
}
