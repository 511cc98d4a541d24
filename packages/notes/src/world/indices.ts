import type { Sheet } from '../sheet.ts';
import type { Term } from '../term.ts';
import type { IndexFacts } from './assembly.ts';
import { numberOf } from './alignment.ts';
import { contains, partsOfTerm, termsOf } from './mentions.ts';
import type { Mentions } from './mentions.ts';
import { indicesOf, instanceOf, isLetterIndex, layerNumber, layerOf, partsOf } from './name-parts.ts';
import type { NameParts } from './name-parts.ts';

type Series = Term & { readonly kind: 'series' };

export interface IndexSources {
  readonly sheet: Sheet;
  /** Formulas that are not in the sheet as they are: with a sum for what `…` leaves out. */
  readonly further: readonly Term[];
  readonly mentions: Mentions;
  /** Numbers that names have of their own: n = 4. */
  readonly numbers: ReadonlyMap<string, number>;
  /** Lengths of lists, by key: x = 1, 0, 1, 1 has [4], a matrix [rows, columns]. */
  readonly shapes: ReadonlyMap<string, readonly number[]>;
}

/** How many elements an index runs over where the notes leave it open. */
const CHOSEN_SIZE = 3;
const MAX_RANGE = 2000;

/**
 * What index letters stand for. Two places below names (the first below w, the first below z) are on one axis where the same
 * letter stands in both within a formula; the elements of an axis are those that are written somewhere with numbers
 * (`w_{j0}`, `x_3`), or belong to a list, or are chosen.
 */
export function indexFacts({ sheet, further, mentions, numbers, shapes }: IndexSources): IndexFacts & {
  /** Letters that are counted with, rather than plain names below. */
  readonly active: ReadonlySet<string>;
  /** The letter a sum runs over where it names none. */
  letterOf(series: Series, outer: ReadonlyMap<string, number>): string | null;
} {
  const axes = new Axes();
  const active = new Set<string>();
  const order: string[] = [];
  const scopes: (readonly [letter: string, position: string])[] = [];
  const summed: (readonly [letter: string, position: string])[] = [];
  let fromZero = sheet.declarations.some(
    (declaration) => declaration.kind === 'base' && declaration.first === 0,
  );
  const fromOne = sheet.declarations.some(
    (declaration) => declaration.kind === 'base' && declaration.first === 1,
  );
  const series: Series[] = [];

  const scan = (term: Term, scope: ReadonlyMap<string, string[]>): void => {
    if (term.kind === 'name') {
      for (const [letter, position] of lettersAt(term.key)) {
        if (!order.includes(letter)) order.push(letter);
        const places = scope.get(letter);
        if (places === undefined) continue;
        if (places.length > 0) axes.join(places[0], position);
        places.push(position);
        summed.push([letter, position]);
      }
    }
    let inner = scope;
    if (term.kind === 'series') {
      series.push(term);
      const letters = term.index === null ? [] : [term.index];
      for (const letter of letters) active.add(letter);
      inner = new Map([...scope, ...letters.map((letter) => [letter, []] as [string, string[]])]);
    }
    for (const part of partsOfTerm(term)) scan(part, inner);
  };
  const scanTogether = (terms: readonly Term[]) => {
    const letters = new Set<string>();
    for (const term of terms) collectLetters(term, letters);
    const scope = new Map<string, string[]>([...letters].map((letter) => [letter, []]));
    for (const term of terms) scan(term, scope);
    for (const [letter, places] of scope) for (const place of places) scopes.push([letter, place]);
  };
  for (const chain of sheet.chains) scanTogether(termsOf(chain).map(([, term]) => term));
  for (const term of further) scanTogether([term]);

  // Elements that are written with numbers, and those of lists.
  const first = () => (fromZero && !fromOne ? 0 : 1);
  for (const key of mentions.names.keys())
    for (const [element, position] of elementsAt(key, axes)) axes.add(position, element);
  for (const one of series) {
    const from = one.first === null ? null : numberOf(one.first);
    if (from === 0) fromZero = true;
  }
  for (const [key, shape] of shapes)
    shape.forEach((length, place) => {
      const position = `${familyOf(partsOf(key))}|${place}`;
      for (let element = 0; element < Math.min(length, MAX_RANGE); element++)
        axes.add(position, element + first());
    });
  // In p_i = e^{z_i} / Σ_j e^{z_j} the letter i counts what j counts.
  const counted = new Set(
    summed.flatMap(([letter, position]) => (active.has(letter) ? [axes.axisOf(position)] : [])),
  );
  for (const [letter, position] of scopes)
    if (axes.elements(position).length > 0 || counted.has(axes.axisOf(position))) active.add(letter);

  const positionsIn = (body: Term, letter: string): string[] => {
    const positions: string[] = [];
    const visit = (term: Term): void => {
      if (term.kind === 'series' && term.index === letter) return;
      if (term.kind === 'name')
        for (const [other, position] of lettersAt(term.key)) if (other === letter) positions.push(position);
      for (const part of partsOfTerm(term)) visit(part);
    };
    visit(body);
    return positions;
  };
  const elementsFor = (positions: readonly string[], from: number): readonly number[] => {
    const elements = [...new Set(positions.flatMap((position) => axes.elements(position)))].sort(
      (a, b) => a - b,
    );
    if (elements.length >= 2) return elements;
    const start = elements.length === 1 ? Math.min(elements[0], from) : from;
    return Array.from({ length: CHOSEN_SIZE }, (_, index) => start + index);
  };

  const letterOf = (one: Series, outer: ReadonlyMap<string, number>): string | null => {
    if (one.index !== null) return one.index;
    const letters = new Set<string>();
    collectLetters(one.body, letters);
    const open = [...letters].filter((letter) => !outer.has(letter));
    return open.length === 1 ? open[0] : letters.size === 1 ? [...letters][0] : null;
  };
  const sizeIn = (term: Term | null): number | null => {
    if (term === null) return null;
    const number = numberOf(term);
    if (number !== null) return number;
    const size = sizeTerm(term);
    const known = size === null ? undefined : numbers.get(size.key);
    return known === undefined || size === null ? null : known + size.offset;
  };
  const rangeOf = (one: Series, outer: ReadonlyMap<string, number>): readonly number[] | null => {
    const letter = letterOf(one, outer);
    if (letter === null) return null;
    const from = one.first === null ? null : numberOf(one.first);
    const last = sizeIn(one.last);
    if (from !== null && last !== null) {
      if (!Number.isInteger(from) || !Number.isInteger(last) || last - from >= MAX_RANGE || last < from)
        return null;
      return Array.from({ length: last - from + 1 }, (_, index) => from + index);
    }
    const elements = elementsFor(positionsIn(one.body, letter), from ?? first());
    return from === null ? elements : elements.filter((element) => element >= from);
  };

  const representative = new Map<string, number>();
  order.forEach((letter, index) => {
    if (!active.has(letter)) return;
    const places = scopes.some(([other]) => other === letter) ? scopes : summed;
    const sets = places
      .filter(([other, position]) => other === letter && position !== '')
      .map(([, position]) => axes.elements(position))
      .filter((elements) => elements.length > 0);
    const common =
      sets.length === 0 ? [] : sets[0].filter((element) => sets.every((set) => set.includes(element)));
    const elements = common.length > 0 ? common : (sets[0] ?? elementsFor([], first()));
    const taken = order.slice(0, index).filter((other) => active.has(other)).length;
    representative.set(letter, elements[taken % elements.length]);
  });

  const sizes = new Map<string, number>();
  for (const one of series) {
    const size = one.last === null ? null : sizeTerm(one.last);
    if (size === null || numbers.has(size.key) || sizes.has(size.key)) continue;
    const range = rangeOf(one, new Map());
    if (range !== null && range.length > 0) sizes.set(size.key, range[range.length - 1] - size.offset);
  }
  return { representative, sizes, rangeOf, instance: instanceOf, active, letterOf };
}

/** `n_L − 1`: the name n_L and −1. */
function sizeTerm(term: Term): { readonly key: string; readonly offset: number } | null {
  if (term.kind === 'name') return { key: term.key, offset: 0 };
  if (term.kind !== 'apply' || term.of.length !== 2 || (term.operation !== 'sub' && term.operation !== 'add'))
    return null;
  const [name, number] = term.of;
  if (name.kind !== 'name' || number.kind !== 'number') return null;
  return { key: name.key, offset: term.operation === 'sub' ? -number.value : number.value };
}

function collectLetters(term: Term, letters: Set<string>): void {
  const visit = (part: Term, bound: ReadonlySet<string>): void => {
    if (part.kind === 'name') {
      for (const [letter] of lettersAt(part.key)) if (!bound.has(letter)) letters.add(letter);
      return;
    }
    const inner = part.kind === 'series' && part.index !== null ? new Set([...bound, part.index]) : bound;
    for (const piece of partsOfTerm(part)) visit(piece, inner);
  };
  visit(term, new Set());
}

/** Names of one family have the same places below. Layers L and L − 1 are taken to be of one size, layers 1 and 2 are not. */
function familyOf(parts: NameParts): string {
  const layer = layerOf(parts);
  const letter = layer === null ? '' : (layerNumber(layer)?.letter ?? '');
  return `${parts.base}${parts.digits}${parts.primes}^${letter === '' ? parts.above.join('') : letter}`;
}

/** Index letters below a name, and the places in which they stand. */
function lettersAt(key: string): (readonly [letter: string, position: string])[] {
  if (!key.includes('_')) return [];
  const parts = partsOf(key);
  const places: (readonly [string, string])[] = [];
  let place = 0;
  for (const mark of parts.below)
    for (const piece of indicesOf(mark) ?? []) {
      if (isLetterIndex(piece)) places.push([piece, `${familyOf(parts)}|${place}`]);
      place++;
    }
  return places;
}

/** Numbers below a name, and the places in which they stand. `x1` is an element of x where letters stand below x elsewhere. */
function elementsAt(key: string, axes: Axes): (readonly [element: number, position: string])[] {
  const parts = partsOf(key);
  if (parts.below.length === 0 && parts.digits !== '') {
    const position = `${familyOf({ ...parts, digits: '' })}|0`;
    return axes.has(position) ? [[Number(parts.digits), position]] : [];
  }
  if (parts.below.length !== 1) return [];
  const family = familyOf(parts);
  const [mark] = parts.below;
  // x_12 is the twelfth of a row, w_12 leads from 1 to 2.
  if (/^\d+$/.test(mark) && !axes.has(`${family}|1`)) return [[Number(mark), `${family}|0`]];
  return (indicesOf(mark) ?? []).flatMap((piece, place) =>
    /^\d+$/.test(piece) ? [[Number(piece), `${family}|${place}`] as const] : [],
  );
}

/** True where a formula leaves something out. */
export function isElided(term: Term): boolean {
  return contains(term, (part) => part.kind === 'elided');
}

/** Positions that belong together, and the elements known for them. */
class Axes {
  private readonly parent = new Map<string, string>();
  private readonly known = new Map<string, Set<number>>();

  has(position: string): boolean {
    return this.parent.has(position);
  }

  join(a: string, b: string): void {
    const [left, right] = [this.root(a), this.root(b)];
    if (left === right) return;
    this.parent.set(right, left);
    const moved = this.known.get(right);
    if (moved === undefined) return;
    this.known.delete(right);
    for (const element of moved) this.addTo(left, element);
  }

  add(position: string, element: number): void {
    this.addTo(this.root(position), element);
  }

  /** The same for positions that belong together. */
  axisOf(position: string): string {
    return this.root(position);
  }

  elements(position: string): readonly number[] {
    return [...(this.known.get(this.root(position)) ?? [])].sort((a, b) => a - b);
  }

  private addTo(root: string, element: number): void {
    const elements = this.known.get(root);
    if (elements === undefined) this.known.set(root, new Set([element]));
    else elements.add(element);
  }

  private root(position: string): string {
    let root = position;
    for (let next = this.parent.get(root); next !== undefined && next !== root; next = this.parent.get(root))
      root = next;
    this.parent.set(position, root);
    return root;
  }
}
