import type { OperationName } from '@backflow/engine';
import type { DerivativeTerm, Term } from '../term.ts';
import { apply, productOf, sumOf, whole } from './build.ts';
import type { Factor, Summand } from './build.ts';
import { blockAt, bracketAt, conditionOf, plainCasesAt } from './blocks.ts';
import { derivativeAt, placed, placesOf, takenAt } from './differentials.ts';
import { markedBracket, namedAt, withoutMark } from './named.ts';
import { Reader } from './reader.ts';
import { barsAt, seriesAt } from './series.ts';
import type { NoteRelation, NoteToken } from './tokens.ts';

const COMPARISONS: ReadonlyMap<NoteRelation, OperationName> = new Map<NoteRelation, OperationName>([
  ['<', 'less'],
  ['>', 'greater'],
  ['≤', 'lessEqual'],
  ['≥', 'greaterEqual'],
  ['=', 'equal'],
  ['≠', 'notEqual'],
]);
/** Words that end a formula. */
const ENDING: ReadonlySet<string> = new Set(
  'at if when for where else otherwise bei für wenn and und'.split(' '),
);

/**
 * Reads the tokens of one formula by recursive descent; brackets, signs, exponents and fractions may be nested 200 deep.
 * Loosest first: comparisons (in brackets and conditions only) · sums · products, with or without a sign · a sign in front ·
 * powers.
 */
export class Parser extends Reader {
  /** Reads the whole formula. */
  formula(): Term {
    let term = this.sum();
    for (;;) {
      const token = this.peek();
      if (token === undefined) return term;
      const word = token.kind === 'name' ? token.key : '';
      if (/^(?:at|when|for|where|bei|für)$/.test(word)) {
        this.at++;
        const places = this.#places(term);
        term = takenAt(term, places, this.tokens[this.at - 1].to) ?? this.fail();
      } else if (word === 'if') term = this.#ternary(term);
      else if (this.isOperator('+') && this.at + 1 === this.limit && term.kind === 'name') {
        // w5⁺, the new value of w5.
        this.at++;
        term = { ...term, key: `${term.key}^{+}`, spelling: `${term.spelling}⁺`, to: token.to };
      } else this.fail();
    }
  }

  /** `at x = 2`, `at 2` */
  #places(term: Term): DerivativeTerm['at'] {
    if (this.nameAt() !== null || term.kind !== 'derivative' || term.by.kind !== 'name')
      return placesOf(this);
    return [{ name: term.by, value: this.sum() }];
  }

  /** `z if z > 0 else 0` */
  #ternary(value: Term): Term {
    const start = this.at + 1;
    let end = start;
    while (end < this.limit) {
      const token = this.tokens[end];
      if (token.kind === 'name' && (token.key === 'else' || token.key === 'otherwise')) break;
      end++;
    }
    const condition = conditionOf(this, [start, end]);
    if (condition === null) this.fail();
    this.at = end;
    const branches: { value: Term; condition: Term | null }[] = [{ value, condition }];
    if (end < this.limit) {
      this.at++;
      branches.push({ value: this.nested(() => this.formula()), condition: null });
    }
    return { kind: 'cases', branches, from: value.from, to: this.tokens[this.at - 1].to };
  }

  comparison(): Term {
    let left = this.sum();
    const parts: Term[] = [];
    for (;;) {
      const token = this.peek();
      const operation = token?.kind === 'relation' ? COMPARISONS.get(token.symbol) : undefined;
      if (operation === undefined) break;
      this.at++;
      const right = this.sum();
      parts.push(apply(operation, [left, right]));
      left = right;
    }
    return parts.length === 0 ? left : productOf(parts.map((term) => ({ term, by: '*' })));
  }

  sum(): Term {
    const terms: Summand[] = [{ term: this.product(), negative: false }];
    for (;;) {
      const token = this.peek();
      if (token?.kind !== 'operator' || (token.symbol !== '+' && token.symbol !== '-')) break;
      if (this.#isNew()) break;
      this.at++;
      terms.push({ term: this.product(), negative: token.symbol === '-' });
    }
    return sumOf(terms);
  }

  /** The + of `w5+`, the new value of w5. */
  #isNew(): boolean {
    if (!this.isOperator('+') || this.at + 1 < this.tokens.length) return false;
    return this.tokens[this.at - 1].kind === 'name';
  }

  product(): Term {
    const factors: Factor[] = [{ term: this.factor(), by: '*' }];
    for (;;) {
      const token = this.peek();
      if (token === undefined) break;
      const sign =
        token.kind === 'operator' && (token.symbol === '*' || token.symbol === '⊙' || token.symbol === '@');
      if (sign || this.#isTimes(token)) {
        this.at++;
        factors.push({ term: this.factor(), by: '*' });
      } else if (this.isOperator('/')) {
        this.at++;
        factors.push({ term: this.factor(), by: '/' });
      } else if (this.begins(token) && !this.#ends(token)) {
        const { at } = this;
        const before = this.tokens[at - 1];
        // Two numbers side by side are no product.
        if (token.kind === 'number' && before.kind === 'number') break;
        const term = this.power();
        const last = factors.at(-1)!;
        if (last.by === '/' && factors.length > 1 && this.choices.turned('slash', at)) {
          factors[factors.length - 1] = { term: apply('mul', [last.term, term], undefined, true), by: '/' };
        } else factors.push({ term, by: 'juxtaposed' });
      } else break;
    }
    return productOf(factors);
  }

  /** The x of `28 x 28`. */
  #isTimes(token: NoteToken): boolean {
    return (
      token.kind === 'name' &&
      /^[xX]$/.test(token.key) &&
      this.tokens[this.at - 1]?.kind === 'number' &&
      this.peek(1)?.kind === 'number' &&
      !this.names.has(token.key)
    );
  }

  #ends(token: NoteToken): boolean {
    return token.kind === 'name' && ENDING.has(token.key) && !this.names.has(token.key);
  }

  factor(): Term {
    const token = this.peek();
    if (this.isOperator('-') || this.isOperator('+')) {
      this.at++;
      const term = this.nested(() => this.factor());
      const span = { from: token!.from, to: term.to };
      return this.#isMinus(token!) ? apply('neg', [term], span) : { ...term, ...span };
    }
    return this.power();
  }

  #isMinus(token: NoteToken): boolean {
    return token.kind === 'operator' && token.symbol === '-';
  }

  power(): Term {
    return this.#raised(this.#operand());
  }

  /** What hangs on an operand: exponents, a transpose, `.grad`, a place. */
  #raised(operand: Term): Term {
    let term = operand;
    for (;;) {
      const token = this.peek();
      if (token?.kind === 'raised') {
        this.at++;
        const { text, from, to } = token;
        if (text === 'T') term = { kind: 'transpose', of: term, from: term.from, to };
        else if (/^[-+]?\d+$/.test(text)) {
          const size = whole(Math.abs(Number(text)), { from, to });
          term = this.#powerOf(term, text.startsWith('-') ? apply('neg', [size], { from, to }) : size);
        } else if (/^[-+]?[\p{L}]$/u.test(text)) {
          const key = text.replace(/^[-+]/, '');
          const name: Term = { kind: 'name', key, spelling: key, from, to };
          term = this.#powerOf(term, text.startsWith('-') ? apply('neg', [name], { from, to }) : name);
        } else {
          this.at--;
          this.fail();
        }
      } else if (this.isOperator('^')) {
        const transposed = this.#transposition();
        if (transposed > 0) {
          this.at += transposed;
          term = { kind: 'transpose', of: term, from: term.from, to: this.tokens[this.at - 1].to };
        } else {
          this.at++;
          const exponent = this.#exponent();
          term = this.#powerOf(term, exponent);
        }
      } else if (token?.kind === 'method') {
        this.at++;
        if (token.name === 'T') term = { kind: 'transpose', of: term, from: term.from, to: token.to };
        else if (token.name === 'grad') {
          term = { kind: 'derivative', of: null, by: term, order: 1, at: [], from: term.from, to: token.to };
        } else term = { ...term, to: token.to };
      } else if (token?.kind === 'bar' && /^(?:derivative|call|slope)$/.test(term.kind)) {
        term = placed(this, term);
      } else return term;
    }
  }

  /** How many tokens `^T`, `^{T}`, `^⊤` are; 0 where it is something else. */
  #transposition(): number {
    const braced = this.isBracket('{', 1);
    const token = this.peek(braced ? 2 : 1);
    const sign =
      (token?.kind === 'operator' && token.symbol === '⊤') ||
      (token?.kind === 'name' && token.key === 'T' && !this.names.has('T'));
    if (!sign) return 0;
    if (!braced) return 2;
    return this.isBracket('}', 3) ? 4 : 0;
  }

  #exponent(): Term {
    if (this.isBracket('{')) return this.#raised(this.bracketed(() => this.comparison()));
    const exponent = this.nested(() => this.factor());
    const next = this.peek();
    const before = this.tokens[this.at - 1];
    const ambiguous =
      before.kind === 'number' &&
      next !== undefined &&
      !next.spaced &&
      (next.kind === 'name' || this.isBracket('('));
    if (ambiguous && this.choices.turned('exponent', this.at)) {
      return apply('mul', [exponent, this.nested(() => this.power())], undefined, true);
    }
    return exponent;
  }

  /** Euler's number to a power is the function exp. */
  #powerOf(base: Term, exponent: Term): Term {
    if (base.kind === 'constant' && base.name === 'e') {
      return apply('exp', [exponent], { from: base.from, to: exponent.to });
    }
    return apply('pow', [base, exponent]);
  }

  begins(token: NoteToken | undefined): boolean {
    switch (token?.kind) {
      case 'number':
      case 'fraction':
      case 'name':
      case 'series':
      case 'ellipsis':
        return true;
      case 'operator':
        return token.symbol === '√' || token.symbol === '∛' || token.symbol === '∂' || token.symbol === '∇';
      case 'structure':
        return token.structure !== 'end';
      case 'bracket':
        if (token.symbol === '|' || token.symbol === '‖') return this.bars === 0;
        return token.symbol === '(' || token.symbol === '[' || token.symbol === '{' || token.symbol === '❴';
      default:
        return false;
    }
  }

  #operand(): Term {
    const derivative = derivativeAt(this);
    if (derivative !== null) return derivative;
    const token = this.peek();
    if (token === undefined) this.fail();
    const { from, to } = token;
    switch (token.kind) {
      case 'number': {
        this.at++;
        const { value, unit, integer, open } = token;
        // 1_{z > 0}
        if (this.isOperator('_') && value === 1 && this.isBracket('{', 1)) {
          this.at++;
          return this.bracketed(() =>
            this.isBracket('❴') ? this.bracketed(() => this.comparison()) : this.comparison(),
          );
        }
        const number: Term = { kind: 'number', value, unit, integer, open, from, to };
        // 2½
        const part = this.peek();
        if (!integer || part?.kind !== 'fraction' || part.spaced) return number;
        return apply('add', [number, this.#operand()]);
      }
      case 'fraction':
        this.at++;
        return apply('div', [whole(token.above, token), whole(token.below, token)], { from, to });
      case 'name':
        return namedAt(this);
      case 'series':
        return seriesAt(this);
      case 'ellipsis':
        this.at++;
        return { kind: 'elided', from, to };
      case 'structure':
        return this.#structure(token.structure);
      case 'operator':
        if (token.symbol === '√' || token.symbol === '∛') return this.#root(token.symbol === '∛');
        break;
      case 'bracket':
        if (token.symbol === '|' || token.symbol === '‖') return barsAt(this, token.symbol === '‖');
        if (token.symbol === '{' || token.symbol === '❴') return this.#braces();
        if (token.symbol === '(') return markedBracket(this, bracketAt(this));
        if (token.symbol === '[') return withoutMark(this, bracketAt(this));
        break;
      default:
    }
    return this.fail();
  }

  #braces(): Term {
    const inner = this.peek(1);
    const { from } = this.peek()!;
    // \left\{ \begin{array}…\end{array} \right.
    if (inner?.kind === 'structure' && inner.structure === 'matrix') {
      this.at++;
      this.tokens[this.at] = { ...inner, structure: 'cases' };
      const term = blockAt(this);
      if (this.isBracket('❵')) this.at++;
      return { ...term, from };
    }
    const cases = plainCasesAt(this);
    if (cases !== null) return cases;
    // Cut out of \boxed{a = b}.
    if (this.at === 0 && this.closingOf(0) < 0) {
      this.at++;
      return this.nested(() => this.sum());
    }
    return bracketAt(this);
  }

  #structure(structure: 'fraction' | 'root' | 'cases' | 'matrix' | 'end'): Term {
    const { from } = this.peek()!;
    if (structure === 'cases' || structure === 'matrix') return blockAt(this);
    if (structure === 'end') this.fail();
    this.at++;
    if (structure === 'root') {
      const degree = this.isBracket('[') ? this.bracketed(() => this.sum()) : null;
      const of = this.#group();
      const span = { from, to: of.to };
      if (degree === null) return apply('sqrt', [of], span);
      return apply('pow', [of, apply('div', [whole(1, degree), degree], degree)], span);
    }
    const above = this.#group();
    const below = this.#group();
    return apply('div', [above, below], { from, to: below.to });
  }

  #group(): Term {
    if (this.peek() === undefined) this.fail('cut-off');
    if (!this.isBracket('{')) return this.nested(() => this.power());
    return this.bracketed(() => this.sum());
  }

  /** √ takes what follows directly. */
  #root(cubic: boolean): Term {
    const { from } = this.next();
    const of = this.isBracket('{')
      ? this.bracketed(() => this.sum())
      : this.nested(() => (this.isOperator('√') ? this.#root(false) : this.#operand()));
    const span = { from, to: of.to };
    if (!cubic) return apply('sqrt', [of], span);
    return apply('pow', [of, apply('div', [whole(1, span), whole(3, span)], span)], span);
  }
}
