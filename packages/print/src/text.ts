import { OPERATIONS } from '@backflow/engine';
import { derivativeOf } from './expression.ts';
import type { Expression } from './expression.ts';
import { raised } from './glyphs.ts';
import { isRaised, nameToText, partialToText } from './names.ts';
import { partialIn } from './partials.ts';
import { formatNumber } from './numbers.ts';
import type { NumberOptions } from './numbers.ts';
import {
  applicationBinding,
  differential,
  furtherPartial,
  BINDING,
  infixPlaces,
  inside,
  joined,
  place,
  signedPieces,
  write,
} from './writer.ts';
import type { Application, Piece, Style, WriteOptions } from './writer.ts';

export interface TextOptions extends NumberOptions, WriteOptions {}

/**
 * An expression on one line: `w1·i1 + b1`, `(a − y)²`, `2·(−3)`, `√(x + 1)`.
 * Parentheses stand where the structure needs them and nowhere else: `a − (b − c)` keeps them, `(a − b) − c` does not.
 */
export function toText(expression: Expression, options: TextOptions = {}): string {
  return write(expression, textStyle(options), options);
}

/** `∂E_total/∂w5`. */
export function derivativeText(of: string | Expression, by: string | Expression): string {
  return toText(derivativeOf(of, by));
}

function textStyle(options: NumberOptions): Style {
  const numberText = (value: number, text: string | undefined): string =>
    text === undefined ? formatNumber(value, options) : prettyConstant(text);

  function binding(expression: Expression): number {
    switch (expression.kind) {
      case 'number':
        return constantBinding(numberText(expression.value, expression.text));
      case 'name':
        // (w⁽²⁾)², never w⁽²⁾²
        return isRaised(expression.name) ? BINDING.power : BINDING.atom;
      case 'derivative':
        return BINDING.power;
      case 'elided':
        return BINDING.atom;
    }
    return applicationBinding(expression, FORMS);
  }

  function pieces(expression: Expression, leads: boolean): readonly Piece[] {
    switch (expression.kind) {
      case 'number':
        return [numberText(expression.value, expression.text)];
      case 'name':
        return [nameToText(expression.name)];
      case 'derivative': {
        const further = furtherPartial(expression.of, expression.by);
        if (further !== null) return [partialToText(further)];
        return ['∂', differential(expression.of), '/∂', differential(expression.by)];
      }
      case 'elided':
        return ['…'];
    }
    return applicationPieces(expression, leads);
  }

  return { open: '(', close: ')', spellsSums: true, binding, pieces };
}

const FORMS = {
  fraction: BINDING.product,
  power: BINDING.power,
  root: BINDING.power,
  bars: BINDING.atom,
  call: BINDING.atom,
};

function applicationPieces({ operation, of }: Application, leads: boolean): readonly Piece[] {
  const { notation } = OPERATIONS[operation];
  const [a, b] = of;
  switch (notation.form) {
    case 'infix': {
      // Factors stand close together, but a derivative needs air: ∂L/∂d · ∂d/∂a.
      const close = notation.precedence === BINDING.product && !of.some(hasDerivative);
      const text = notation.text.trim();
      const [left, right] = infixPlaces(of, notation.precedence, leads);
      return [left, close ? text : ` ${text} `, right];
    }
    case 'prefix':
      return [notation.text, place(a, BINDING.sign)];
    case 'fraction':
      return [place(a, BINDING.product, leads), '/', place(b, BINDING.product + 1)];
    case 'power': {
      const small =
        b.kind === 'number' && b.text === undefined && Number.isInteger(b.value) && Math.abs(b.value) < 100;
      const exponent = small ? raised(String(b.value)) : null;
      return exponent === null
        ? [place(a, BINDING.atom), '^', place(b, BINDING.atom)]
        : [place(a, BINDING.atom), exponent];
    }
    case 'root':
      return ['√', place(a, BINDING.atom)];
    case 'bars':
      return ['|', inside(a), '|'];
    case 'signedSum':
      return signedPieces(of, '−', leads);
  }
  return [`${notation.text}(`, ...joined(of, ', '), ')'];
}

function hasDerivative(expression: Expression): boolean {
  const isDerivative = (part: Expression): boolean =>
    part.kind === 'derivative' || (part.kind === 'name' && partialIn(part.name) !== null);
  return (
    isDerivative(expression) ||
    (expression.kind === 'apply' && expression.operation === 'mul' && isDerivative(expression.of[1]))
  );
}

/** A constant as the writer wrote it, with signs for people: `1/2`, `2·π`, `−1/4`. */
function prettyConstant(text: string): string {
  return text
    .trim()
    .replaceAll('**', '^')
    .replaceAll('*', '·')
    .replaceAll('-', '−')
    .replace(/\s*([·×÷/^])\s*/g, '$1')
    .replace(/\bpi\b/g, 'π');
}

/** How tightly a written constant binds, read off its outermost signs. */
export function constantBinding(text: string): number {
  let depth = 0;
  let binding: number = BINDING.atom;
  const characters = Array.from(text);
  characters.forEach((character, index) => {
    if ('([{'.includes(character)) depth++;
    else if (')]}'.includes(character)) depth--;
    if (depth > 0) return;
    const first = index === 0;
    const afterExponent =
      index > 1 && /[eE]/.test(characters[index - 1]) && /\d|\./.test(characters[index - 2]);
    if ('+-−'.includes(character) && !afterExponent) {
      binding = Math.min(binding, first ? BINDING.sign : BINDING.sum);
    } else if ('*/·×'.includes(character)) binding = Math.min(binding, BINDING.product);
    else if (/[\^√⁰¹²³⁴⁵⁶⁷⁸⁹⁻]/u.test(character)) binding = Math.min(binding, BINDING.power);
  });
  return binding;
}
