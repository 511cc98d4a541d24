import type { Term } from '../term.ts';
import { isSymbolic } from './mentions.ts';
import { valueOf } from './evaluate.ts';

/** Part of a formula with names, and the numbers that stand in its place in a formula of numbers. */
export interface AlignedPart {
  /** One factor, or several that one number stands for: 2 and (a − y) for −0.76. */
  readonly symbolic: readonly Term[];
  /** The numbers that stand there: one, or several for one factor (0.62·(1 − 0.62) for σ′(z)); none for a factor 1. */
  readonly numbers: readonly Term[];
  /** Their value, with the sign that belongs to it. */
  readonly value: number;
}

export interface Alignment {
  readonly parts: readonly AlignedPart[];
  /** Number by part of the symbolic formula, where one part stands alone. */
  readonly values: ReadonlyMap<Term, number>;
}

export interface AlignmentOptions {
  /** What a part should be, where that is known: it settles which number is whose when the order is not that of the formula. */
  readonly truth?: (part: Term) => number | null;
}

interface Signed {
  readonly sign: 1 | -1;
  readonly term: Term;
}

interface Factor {
  readonly term: Term;
  /** True below a fraction bar. */
  readonly inverse: boolean;
}

/**
 * Lays a formula of numbers over a formula with names: `w a + b` over `1.5·0.6 − 0.4` gives w = 1.5, a = 0.6, b = −0.4.
 * Terms of a sum and factors of a product are taken from left to right. Null where the two are not built alike.
 */
export function align(symbolic: Term, numbers: Term, options: AlignmentOptions = {}): Alignment | null {
  if (isSymbolic(numbers) || !isSymbolic(symbolic)) return null;
  const aligner = new Aligner(options);
  if (!aligner.unify(symbolic, { sign: 1, term: numbers })) return null;
  const values = new Map<Term, number>();
  for (const { symbolic: terms, value } of aligner.parts) {
    const open = terms.filter((term) => isSymbolic(term));
    if (open.length !== 1) continue;
    const literal = terms.reduce(
      (product, term) => (term === open[0] ? product : product * (numberOf(term) ?? NaN)),
      1,
    );
    if (Number.isFinite(value / literal)) values.set(open[0], value / literal);
  }
  return { parts: aligner.parts, values };
}

/** Numbers of names alone: what `align` finds, by key. Null where one name gets two different numbers. */
export function namesAligned(alignment: Alignment): ReadonlyMap<string, number> | null {
  const numbers = new Map<string, number>();
  for (const [term, value] of alignment.values) {
    if (term.kind !== 'name') continue;
    const known = numbers.get(term.key);
    if (known !== undefined && known !== value) return null;
    numbers.set(term.key, value);
  }
  return numbers;
}

/** The value of a formula without names; null where it has names or no value. */
export function numberOf(term: Term): number | null {
  if (term.kind === 'number' || term.kind === 'constant') return term.value;
  if (term.kind === 'slope' || term.kind !== 'apply') return null;
  const numbers = new Float64Array(term.of.length);
  for (let slot = 0; slot < numbers.length; slot++) {
    const number = numberOf(term.of[slot]);
    if (number === null) return null;
    numbers[slot] = number;
  }
  const value = valueOf(term.operation, numbers);
  return Number.isFinite(value) ? value : null;
}

class Aligner {
  readonly parts: AlignedPart[] = [];
  private readonly options: AlignmentOptions;

  constructor(options: AlignmentOptions) {
    this.options = options;
  }

  /** Calls itself as deep as the formulas are nested, which the reader limits. */
  unify(symbolic: Term, numbers: Signed): boolean {
    if (!isSymbolic(symbolic)) {
      const literal = numberOf(symbolic);
      return literal !== null && literal === signed(numbers);
    }
    const terms = termsOfSum(symbolic);
    const shown = termsOfSum(numbers.term, numbers.sign);
    if (terms.length > 1) {
      if (shown.length !== terms.length) return false;
      return terms.every((term, index) => {
        const other = shown[index];
        return this.unifyProduct(term.term, {
          sign: term.sign === other.sign ? 1 : -1,
          term: other.term,
        });
      });
    }
    const [term] = terms;
    return this.unifyProduct(term.term, {
      sign: term.sign === numbers.sign ? 1 : -1,
      term: numbers.term,
    });
  }

  private unifyProduct(symbolic: Term, numbers: Signed): boolean {
    const factors = factorsOf(symbolic);
    if (factors.factors.length === 1 && !factors.factors[0].inverse && factors.sign === 1)
      return this.unifyFactor(factors.factors[0].term, numbers);
    // 6/3 for x/y is a quotient; elsewhere it is one number.
    const below = ({ factors: all }: { readonly factors: readonly Factor[] }) =>
      all.filter(({ inverse }) => inverse).length;
    let shown = factorsOf(numbers.term);
    if (below(shown) < below(factors)) shown = factorsOf(numbers.term, true);
    let pending = factors.sign * shown.sign * numbers.sign;
    const above = this.assign(factors.factors, shown.factors, false);
    const under = this.assign(factors.factors, shown.factors, true);
    if (above === null || under === null) return false;
    // A sign in front of the whole product goes with its first factor with names; −2 for 2 turns it.
    for (const [terms, given] of [...above, ...under])
      if (
        given.length > 0 &&
        !terms.some((term) => isSymbolic(term)) &&
        productOf(terms) !== productOf(given)
      )
        pending = -pending;
    for (const [terms, given] of [...above, ...under]) {
      const open = terms.filter((term) => isSymbolic(term));
      if (open.length === 0) {
        if (given.length > 0 && !literalsMeet(terms, given)) return false;
        continue;
      }
      const takes = pending as 1 | -1;
      pending = 1;
      if (terms.length === 1 && given.length === 1) {
        if (!this.unifyFactor(terms[0], { sign: takes, term: given[0] })) return false;
      } else this.note(terms, given, takes);
    }
    return pending === 1;
  }

  /** Which numbers stand for which factors: above or below the fraction bar. Null where they cannot be laid over each other. */
  private assign(
    factors: readonly Factor[],
    numbers: readonly Factor[],
    inverse: boolean,
  ): [symbolic: Term[], numbers: Term[]][] | null {
    const terms = factors.filter((factor) => factor.inverse === inverse).map(({ term }) => term);
    const shown = numbers.filter((factor) => factor.inverse === inverse).map(({ term }) => term);
    if (terms.length > 24 || shown.length > 24) return null;
    return this.reordered(terms, shown) ?? inOrder(terms, shown);
  }

  /** One number for each factor, in another order, where that is the only way in which they are what they should be. */
  private reordered(terms: readonly Term[], shown: readonly Term[]): [Term[], Term[]][] | null {
    const { truth } = this.options;
    if (truth === undefined || terms.length !== shown.length || terms.length < 2) return null;
    const due = terms.map((term) => numberOf(term) ?? truth(term));
    const fits = (index: number, term: Term) => {
      const number = numberOf(term);
      const expected = due[index];
      if (number === null || expected === null) return false;
      const unit = term.kind === 'number' && !term.integer ? term.unit : 0;
      return Math.abs(number - expected) <= unit / 2 + 1e-9 * Math.abs(expected);
    };
    if (terms.every((_, index) => fits(index, shown[index]))) return null;
    const left = new Set(shown.keys());
    const pairs: (number | null)[] = terms.map((_, index) => {
      const found = fits(index, shown[index])
        ? index
        : [...left].find((other) => left.has(other) && fits(index, shown[other]));
      if (found === undefined || !left.has(found)) return null;
      left.delete(found);
      return found;
    });
    const found = pairs.filter((pair) => pair !== null).length;
    const inPlace = terms.filter((_, index) => fits(index, shown[index])).length;
    if (found <= inPlace || found < terms.length - 1) return null;
    return terms.map((term, index) => [[term], [shown[pairs[index] ?? [...left][0]]]]);
  }

  private unifyFactor(symbolic: Term, numbers: Signed): boolean {
    if (symbolic.kind === 'apply') {
      const other = numbers.term;
      const { operation, of } = symbolic;
      if (isSum(symbolic)) {
        const parts = this.parts.length;
        if (termsOfSum(symbolic).length === termsOfSum(other).length && this.unify(symbolic, numbers)) {
          this.note([symbolic], [other], numbers.sign);
          return true;
        }
        this.parts.length = parts;
      } else if (other.kind === 'apply' && other.operation === operation && other.of.length === of.length) {
        const parts = this.parts.length;
        const alike = of.every((part, slot) =>
          isSymbolic(part)
            ? this.unify(part, { sign: 1, term: other.of[slot] })
            : numberOf(part) === numberOf(other.of[slot]),
        );
        if (!alike) this.parts.length = parts;
      }
    } else if (
      symbolic.kind === 'slope' &&
      numbers.term.kind === 'slope' &&
      numbers.term.operation === symbolic.operation
    )
      this.unify(symbolic.of, { sign: 1, term: numbers.term.of });
    return this.note([symbolic], [numbers.term], numbers.sign);
  }

  private note(symbolic: readonly Term[], numbers: readonly Term[], sign: 1 | -1): boolean {
    let value: number = sign;
    for (const term of numbers) value *= slopeNumber(term) ?? NaN;
    if (!Number.isFinite(value)) return false;
    this.parts.push({ symbolic, numbers, value });
    return true;
  }
}

/** Lays factors over numbers from left to right, with as little folding as possible. */
function inOrder(terms: readonly Term[], shown: readonly Term[]): [Term[], Term[]][] | null {
  const rows = terms.length;
  const columns = shown.length;
  const width = columns + 1;
  const best = new Float64Array((rows + 1) * width).fill(Infinity);
  const from = new Int32Array((rows + 1) * width).fill(-1);
  best[0] = 0;
  for (let row = 0; row <= rows; row++) {
    for (let column = 0; column <= columns; column++) {
      const here = best[row * width + column];
      if (here === Infinity) continue;
      for (let down = 0; down <= Math.min(4, rows - row); down++) {
        for (let right = 0; right <= Math.min(4, columns - column); right++) {
          if (down + right === 0) continue;
          const cost = foldingCost(terms.slice(row, row + down), shown.slice(column, column + right));
          const to = (row + down) * width + column + right;
          if (here + cost < best[to]) {
            best[to] = here + cost;
            from[to] = row * width + column;
          }
        }
      }
    }
  }
  let at = rows * width + columns;
  if (best[at] >= 100) return null;
  const pairs: [Term[], Term[]][] = [];
  while (at > 0) {
    const before = from[at];
    const [row, column] = [Math.floor(before / width), before % width];
    pairs.unshift([terms.slice(row, Math.floor(at / width)), shown.slice(column, at % width)]);
    at = before;
  }
  return pairs;
}

function foldingCost(terms: readonly Term[], numbers: readonly Term[]): number {
  const open = terms.filter((term) => isSymbolic(term));
  if (open.length === 0) {
    if (terms.length === 0) return numbers.length === 1 && numberOf(numbers[0]) === 1 ? 1 : 100;
    if (numbers.length === 0) return terms.every((term) => numberOf(term) === 1) ? 1 : 100;
    return literalsMeet(terms, numbers) ? 0 : 100;
  }
  if (numbers.length === 0) return 100;
  const literals = terms.length - open.length;
  // σ′(z) is often shown as 0.62·(1 − 0.62), a difference never as a product.
  const split = open[0].kind === 'slope' || open[0].kind === 'derivative' ? 1 : isAtom(open[0]) ? 8 : 3;
  const folded = (open.length - 1) * 3 + literals * (open.some((term) => isSum(term)) ? 1 : 1.5);
  const apart = (numbers.length - 1) * split;
  return folded + apart + (folded > 0 && apart > 0 ? 4 : 0);
}

function literalsMeet(terms: readonly Term[], numbers: readonly Term[]): boolean {
  return Math.abs(productOf(terms)) === Math.abs(productOf(numbers));
}

function productOf(terms: readonly Term[]): number {
  const product = terms.reduce((value, term) => value * (numberOf(term) ?? NaN), 1);
  return Number(product.toPrecision(12));
}

function isAtom(term: Term): boolean {
  return term.kind === 'name';
}

function isSum(term: Term): boolean {
  return (
    term.kind === 'apply' &&
    (term.operation === 'add' || term.operation === 'sub' || term.operation === 'sum')
  );
}

/** The terms of a sum with their signs, from left to right; a sign in front of a product stays with the product. */
export function termsOfSum(term: Term, sign: 1 | -1 = 1): readonly Signed[] {
  const terms: Signed[] = [];
  const pending: Signed[] = [{ sign, term }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { term: part, sign: outer } = next;
    const inner = outer === 1 ? -1 : 1;
    if (part.kind !== 'apply') terms.push(next);
    else if (part.operation === 'add' || part.operation === 'sum')
      pending.push(...part.of.toReversed().map((of) => ({ sign: outer, term: of })));
    else if (part.operation === 'sub' && part.of.length === 2)
      pending.push({ sign: inner, term: part.of[1] }, { sign: outer, term: part.of[0] });
    else if (part.operation === 'neg') pending.push({ sign: inner, term: part.of[0] });
    else terms.push(next);
  }
  return terms;
}

/** The factors of a product from left to right, and the sign that stands before or between them. 1/2 is one factor, or is taken `apart`. */
export function factorsOf(
  term: Term,
  apart = false,
): { readonly factors: readonly Factor[]; readonly sign: 1 | -1 } {
  const factors: Factor[] = [];
  let sign: 1 | -1 = 1;
  const pending: Factor[] = [{ term, inverse: false }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { term: part, inverse } = next;
    if (part.kind !== 'apply' || (!apart && isFraction(part))) factors.push(next);
    else if (part.operation === 'mul' || part.operation === 'prod')
      pending.push(...part.of.toReversed().map((of) => ({ term: of, inverse })));
    else if (part.operation === 'div' && part.of.length === 2)
      pending.push({ term: part.of[1], inverse: !inverse }, { term: part.of[0], inverse });
    // (−0.76) keeps its sign; a sign in front of a product, or of a name, belongs to the whole.
    else if (part.operation === 'neg' && (part.of[0].kind !== 'number' || part === term)) {
      sign = sign === 1 ? -1 : 1;
      pending.push({ term: part.of[0], inverse });
    } else factors.push(next);
  }
  return { factors, sign };
}

/** `1/2`: a number, not a product. */
function isFraction(term: Term & { readonly kind: 'apply' }): boolean {
  return term.operation === 'div' && term.of.every((part) => part.kind === 'number' && part.integer);
}

function signed({ sign, term }: Signed): number | null {
  const number = numberOf(term);
  return number === null ? null : sign * number;
}

/** As `numberOf`; also σ′(0.5) and tanh′(1). */
function slopeNumber(term: Term): number | null {
  if (term.kind !== 'slope') return numberOf(term);
  const at = numberOf(term.of);
  if (at === null) return null;
  if (term.operation === 'sigmoid') {
    const y = valueOf('sigmoid', Float64Array.of(at));
    return y * (1 - y);
  }
  if (term.operation === 'tanh') return 1 - Math.tanh(at) ** 2;
  if (term.operation === 'relu') return at > 0 ? 1 : 0;
  return null;
}
