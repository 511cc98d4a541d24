import { LanguageError } from './diagnostics.ts';
import type { DiagnosticCode, DiagnosticData, Expected, Reporter } from './diagnostics.ts';
import { CONSTANTS, FUNCTIONS } from './functions.ts';
import type { LanguageFunction } from './functions.ts';
import {
  badToken,
  failWithoutParentheses,
  holdsComma,
  noticeExponent,
  refuseDivision,
  refuseRoot,
  reportUndefined,
  reportUnknownFunction,
} from './advice.ts';
import { closingOf, COMPARISON, INFIX, POWER, PRODUCT, ROOT, SIGN } from './precedence.ts';
import type { Infix } from './precedence.ts';
import type { Scope } from './scope.ts';
import type { Span } from './span.ts';
import type { BinaryOperator, Expression } from './syntax.ts';
import type { Token } from './tokens.ts';
import type { NameToken } from './words.ts';

/** What the parser needs to know about the program around a formula. */
export interface ParserContext {
  readonly text: string;
  readonly scope: Scope;
  readonly reporter: Reporter;
  readonly depth: number;
  /** The function that a key means. */
  readonly functionNamed: (key: string) => LanguageFunction | undefined;
}

/** What is open at one moment: operators that wait for their right side, and brackets. */
type Frame =
  | { readonly kind: 'sign'; readonly negative: boolean; readonly from: number; readonly right: number }
  | { readonly kind: 'root'; readonly from: number; readonly right: number }
  | {
      readonly kind: 'infix';
      readonly operator: BinaryOperator;
      readonly left: Expression;
      readonly right: number;
    }
  | Bracket;

type Bracket = { readonly open: Token & { readonly kind: 'bracket' } } & (
  | { readonly kind: 'group' | 'bars' }
  | { readonly kind: 'list'; readonly items: Expression[] }
  | {
      readonly kind: 'call';
      readonly name: Span;
      readonly callee: LanguageFunction | null;
      readonly items: Expression[];
    }
  | { readonly kind: 'element'; readonly of: Expression; readonly items: Expression[] }
);

/**
 * Parses the tokens of one formula by operator precedence, with a stack of its own: no nesting can
 * overflow it. `tokens` ends with a token of kind `end`.
 *
 * Throws the first syntax error as a LanguageError. Undefined names do not stop it: they are reported, and
 * `missing` stands in their place.
 */
export function parseFormula(tokens: readonly Token[], context: ParserContext): Expression {
  return new FormulaParser(tokens, context).parse();
}

class FormulaParser {
  readonly #tokens: readonly Token[];
  readonly #context: ParserContext;
  readonly #stack: Frame[] = [];
  #at = 0;
  /** Open brackets, signs, roots and powers. */
  #depth = 0;

  constructor(tokens: readonly Token[], context: ParserContext) {
    this.#tokens = tokens;
    this.#context = context;
  }

  parse(): Expression {
    let value: Expression | null = null;
    for (;;) {
      if (value === null) value = this.#operand();
      else {
        const token = this.#peek();
        if (token.kind === 'end') return this.#end(token, value);
        value = this.#continue(token, value);
      }
    }
  }

  /** Reads what an operand may begin with. Null if it was an opening, so that an operand is still due. */
  #operand(): Expression | null {
    const token = this.#next();
    switch (token.kind) {
      case 'number':
        return { kind: 'number', value: token.value, from: token.from, to: token.to };
      case 'name':
        return this.#named(token);
      case 'operator':
        if (token.symbol === '-' || token.symbol === '+') {
          return this.#push(
            { kind: 'sign', negative: token.symbol === '-', from: token.from, right: SIGN },
            token,
          );
        }
        if (token.symbol === '√') return this.#push({ kind: 'root', from: token.from, right: ROOT }, token);
        break;
      case 'bracket':
        if (token.symbol === '(' || (token.symbol === '{' && this.#mayBrace(token))) {
          return this.#push({ kind: 'group', open: token }, token);
        }
        if (token.symbol === '|') return this.#push({ kind: 'bars', open: token }, token);
        if (token.symbol === '{') this.#fail('brace-group', token, {});
        if (token.symbol === '[') {
          const next = this.#peek();
          if (isBracket(next, ']')) this.#fail('empty-list', { from: token.from, to: next.to }, {});
          return this.#push({ kind: 'list', open: token, items: [] }, token);
        }
        break;
      default:
    }
    return this.#unexpected(token, 'operand');
  }

  /** Reads what may follow a complete operand: an operator, another factor, a closing bracket, a comma. */
  #continue(token: Token, value: Expression): Expression | null {
    switch (token.kind) {
      case 'operator': {
        if (token.symbol === '√') return this.#multiply(token, value);
        this.#next();
        return this.#infix(token, INFIX.get(token.symbol)!, value);
      }
      case 'superscript':
        this.#next();
        return this.#raise(token, value);
      case 'name':
        return this.#multiply(token, value);
      case 'number':
        return this.#fail('missing-operator', token, { found: this.#text(token) });
      case 'bracket':
        return this.#bracket(token, value);
      case 'separator':
        if (token.symbol === ',') return this.#comma(token, value);
        return this.#unexpected(token, 'operator');
      default:
        return this.#unexpected(token, 'operator');
    }
  }

  #bracket(token: Token & { readonly kind: 'bracket' }, value: Expression): Expression | null {
    switch (token.symbol) {
      case '(':
        return this.#multiply(token, value);
      case '[':
        if (token.spaced || value.kind === 'number') return this.#multiply(token, value);
        this.#next();
        return this.#push({ kind: 'element', open: token, of: value, items: [] }, token);
      case '|': {
        const open = this.#innermost();
        return open?.kind === 'bars' ? this.#close(token, value) : this.#multiply(token, value);
      }
      case '{':
        return this.#fail('brace-group', token, {});
      default:
        return this.#close(token, value);
    }
  }

  // Operators

  #infix(token: Token, { operator, left, right }: Infix, value: Expression): null {
    const compares = left === COMPARISON.left;
    const operand = this.#reduce(value, compares ? COMPARISON.right + 1 : left, token, false);
    const before = this.#stack.at(-1);
    if (compares && before?.kind === 'infix')
      this.#fail('chained-comparison', token, { found: this.#text(token) });
    return this.#push({ kind: 'infix', operator, left: operand, right }, operator === 'pow' ? token : null);
  }

  /** A product without a sign. The token begins the second factor and is not consumed. */
  #multiply(token: Token, value: Expression): null {
    const operand = this.#reduce(value, PRODUCT.left, token, !token.spaced);
    return this.#push({ kind: 'infix', operator: 'mul', left: operand, right: PRODUCT.right }, null);
  }

  /** `x²`: binds like `^`, but its right side is complete. */
  #raise(token: Token & { readonly kind: 'superscript' }, value: Expression): Expression {
    const base = this.#reduce(value, POWER.left, token, false);
    const { from, to } = token;
    const letter = /\p{L}/u.test(token.exponent);
    if (!letter) return this.#power(base, { kind: 'number', value: Number(token.exponent), from, to });
    const negative = token.exponent.startsWith('-');
    const key = token.exponent.replace(/^[-+]/, '');
    const name: NameToken = {
      kind: 'name',
      name: { key, spelling: key, layered: false, indexed: false, version: null },
      from,
      to,
      spaced: false,
    };
    if (key === 'T' && !this.#context.scope.has(key)) {
      this.#fail('foreign-symbol', token, { found: this.#text(token), instead: 'dot(a, b)' });
    }
    const exponent = this.#plainName(name);
    return this.#power(base, negative ? { kind: 'negative', operand: exponent, from, to } : exponent);
  }

  /**
   * Completes every open operator that binds its right side, `value`, tighter than `left` binds to its left.
   * `touching`: the next factor follows without sign and space, so that 1/2x could be read in two ways.
   */
  #reduce(value: Expression, left: number, next: Token, touching: boolean): Expression {
    const { text, reporter } = this.#context;
    const tokens = this.#tokens;
    const at = this.#peek() === next ? this.#at : this.#at - 1;
    let result = value;
    for (let frame = this.#stack.at(-1); frame !== undefined; frame = this.#stack.at(-1)) {
      if ('open' in frame || frame.right < left) break;
      if (frame.kind === 'root' && (touching || left === POWER.left)) {
        refuseRoot(frame.from, result, tokens, at, text);
      }
      if (touching && frame.kind === 'infix') {
        if (frame.operator === 'div') refuseDivision(frame.left, result, tokens, at, text);
        if (frame.operator === 'pow') noticeExponent(frame.left, result, tokens, at, text, reporter);
      }
      this.#stack.pop();
      if (frame.kind !== 'infix' || frame.operator === 'pow') this.#depth--;
      result = this.#completed(frame, result);
    }
    return result;
  }

  #completed(frame: Exclude<Frame, Bracket>, right: Expression): Expression {
    const { to } = right;
    switch (frame.kind) {
      case 'sign':
        if (!frame.negative) return { ...right, from: frame.from };
        return { kind: 'negative', operand: right, from: frame.from, to };
      case 'root':
        return { kind: 'call', callee: FUNCTIONS.get('sqrt')!, arguments: [right], from: frame.from, to };
      case 'infix':
        if (frame.operator === 'pow') return this.#power(frame.left, right);
        return {
          kind: 'binary',
          operator: frame.operator,
          left: frame.left,
          right,
          from: frame.left.from,
          to,
        };
    }
  }

  /** Euler's number to a power is the function exp. */
  #power(base: Expression, exponent: Expression): Expression {
    const span = { from: base.from, to: exponent.to };
    if (base.kind === 'constant' && base.name === 'e') {
      return { kind: 'call', callee: FUNCTIONS.get('exp')!, arguments: [exponent], ...span };
    }
    return { kind: 'binary', operator: 'pow', left: base, right: exponent, ...span };
  }

  // Brackets

  #close(token: Token & { readonly kind: 'bracket' }, value: Expression): Expression {
    const operand = this.#reduce(value, 0, token, false);
    const frame = this.#stack.at(-1) as Bracket | undefined;
    if (frame === undefined) return this.#unexpected(token, 'operator');
    const expected = closingOf(frame.open);
    if (token.symbol !== expected) return this.#unexpected(token, expected);
    this.#next();
    this.#stack.pop();
    this.#depth--;
    const span = { from: frame.open.from, to: token.to };
    switch (frame.kind) {
      case 'group':
        return { ...operand, ...span };
      case 'bars':
        return { kind: 'bars', operand, ...span };
      case 'list':
        return { kind: 'list', items: [...frame.items, operand], ...span };
      case 'call':
        return this.#called(frame.callee, [...frame.items, operand], { from: frame.name.from, to: token.to });
      case 'element':
        return this.#element(frame.of, [...frame.items, operand], token.to);
    }
  }

  #comma(token: Token, value: Expression): null {
    const operand = this.#reduce(value, 0, token, false);
    const frame = this.#stack.at(-1);
    if (frame === undefined || !('items' in frame)) {
      const open = frame as Bracket | undefined;
      const expected = open === undefined ? 'operator' : closingOf(open.open);
      return this.#unexpected(token, expected);
    }
    this.#next();
    frame.items.push(operand);
    return null;
  }

  #element(of: Expression, items: readonly Expression[], to: number): Expression {
    const indices = items.map((item) => {
      const whole = item.kind === 'number' && /^\d{1,9}$/.test(this.#text(item));
      return whole ? item.value : this.#fail('bad-index', item, { found: this.#text(item) });
    });
    const span = { from: of.from, to };
    // Nothing has more than two indices; a longer chain is refused later, and is not copied link by link.
    if (of.kind === 'element' && of.indices.length < 2) {
      return { ...of, indices: [...of.indices, ...indices], ...span };
    }
    return { kind: 'element', of, indices, ...span };
  }

  #end(token: Token, value: Expression): Expression {
    const whole = this.#reduce(value, 0, token, false);
    const open = this.#innermost();
    if (open !== null) this.#failUnclosed(open);
    return whole;
  }

  #failUnclosed({ open }: Bracket): never {
    const closing = closingOf(open);
    return this.#fail('unclosed-bracket', open, { bracket: open.symbol, closing });
  }

  // Names

  #named(token: NameToken): Expression | null {
    const { scope, reporter } = this.#context;
    const { key } = token.name;
    const next = this.#peek();
    const callee = token.name.version === null ? this.#context.functionNamed(key) : undefined;
    const parenthesis = isBracket(next, '(') ? next : null;
    if (callee !== undefined && parenthesis !== null && !(parenthesis.spaced && scope.has(key))) {
      this.#next();
      return this.#call(token, callee, parenthesis);
    }
    if (key === 'e' && token.name.version === null) {
      const power = (next.kind === 'operator' && next.symbol === '^') || next.kind === 'superscript';
      if (power && !next.spaced) {
        if (scope.has('e')) reporter.report('euler', token, { found: this.#slice(token.from, next.to) });
        return { kind: 'constant', name: 'e', value: Math.E, from: token.from, to: token.to };
      }
    }
    if (callee !== undefined && !scope.has(key))
      return failWithoutParentheses(token, next, this.#context.text);
    if (parenthesis !== null && !parenthesis.spaced && !CONSTANTS.has(key)) {
      if (!scope.has(key)) {
        this.#next();
        reportUnknownFunction(token, scope, reporter);
        return this.#call(token, null, parenthesis);
      }
      if (holdsComma(this.#tokens, this.#at))
        this.#fail('not-a-function', token, { name: token.name.spelling });
    }
    return this.#plainName(token);
  }

  #call(
    name: NameToken,
    callee: LanguageFunction | null,
    open: Token & { readonly kind: 'bracket' },
  ): Expression | null {
    const next = this.#peek();
    if (isBracket(next, ')')) {
      this.#next();
      return this.#called(callee, [], { from: name.from, to: next.to });
    }
    return this.#push({ kind: 'call', open, name, callee, items: [] }, open);
  }

  #called(callee: LanguageFunction | null, args: readonly Expression[], span: Span): Expression {
    if (callee === null) return { kind: 'missing', ...span };
    const { name, least, most } = callee;
    if (args.length < least || args.length > most) {
      this.#context.reporter.report('argument-count', span, { name, found: args.length, least, most });
      return { kind: 'missing', ...span };
    }
    return { kind: 'call', callee, arguments: args, ...span };
  }

  /** A reference or a constant; an undefined name is reported, with what may have been meant. */
  #plainName(token: NameToken): Expression {
    const { scope, reporter } = this.#context;
    const { from, to } = token;
    const { key, version } = token.name;
    if (scope.has(key)) return { kind: 'reference', key, spelling: scope.spellingOf(key), version, from, to };
    const constant = version === null ? CONSTANTS.get(key) : undefined;
    if (constant !== undefined)
      return { kind: 'constant', name: constant.name, value: constant.value, from, to };
    const next = this.#peek();
    // What stands behind the name says more: `np.exp(x)`.
    if (next.kind === 'bad' && this.#text(next).startsWith('.')) throw badToken(next, this.#context.text);
    if (key === 'T' && this.#raises()) {
      this.#fail('foreign-symbol', token, { found: '^T', instead: 'dot(a, b)' });
    }
    reportUndefined(token, scope, reporter);
    return { kind: 'missing', from, to };
  }

  // The stack and the tokens

  #push(frame: Frame, nests: Token | null): null {
    if (nests !== null && ++this.#depth > this.#context.depth) {
      this.#fail('too-deep', nests, { limit: this.#context.depth });
    }
    this.#stack.push(frame);
    return null;
  }

  #innermost(): Bracket | null {
    for (let i = this.#stack.length - 1; i >= 0; i--) {
      const frame = this.#stack[i];
      if ('open' in frame) return frame;
    }
    return null;
  }

  /** Braces group an exponent and what stands under a root. */
  #mayBrace(token: Token): boolean {
    const frame = this.#stack.at(-1);
    return !token.spaced && (frame?.kind === 'root' || (frame?.kind === 'infix' && frame.operator === 'pow'));
  }

  /** True where an exponent is being read. */
  #raises(): boolean {
    const frame = this.#stack.at(-1);
    const before = frame !== undefined && 'open' in frame ? this.#stack.at(-2) : frame;
    return before?.kind === 'infix' && before.operator === 'pow';
  }

  #peek(): Token {
    return this.#tokens[this.#at];
  }

  #next(): Token {
    return this.#tokens[this.#at++];
  }

  #text({ from, to }: Span): string {
    return this.#slice(from, to);
  }

  #slice(from: number, to: number): string {
    return this.#context.text.slice(from, to);
  }

  #unexpected(token: Token, due: Expected): never {
    const open = this.#innermost();
    if (token.kind === 'end' && open !== null && due !== 'operand') this.#failUnclosed(open);
    const expected = due === 'operator' && open !== null ? closingOf(open.open) : due;
    if (token.kind === 'assign') {
      this.#fail('equals-in-formula', token, {}, token.symbol === '=' ? '==' : null);
    }
    if (token.kind === 'bad') throw badToken(token, this.#context.text);
    return this.#fail('unexpected', token, { found: this.#text(token), expected });
  }

  #fail<C extends DiagnosticCode>(
    code: C,
    span: Span,
    data: DiagnosticData[C],
    suggestion: string | null = null,
  ): never {
    throw new LanguageError(code, span, data, suggestion);
  }
}

function isBracket(
  token: Token | undefined,
  symbol: '(' | ')' | '[' | ']' | '|',
): token is Token & { readonly kind: 'bracket' } {
  return token?.kind === 'bracket' && token.symbol === symbol;
}
