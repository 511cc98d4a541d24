import { OPERATIONS } from '@backflow/engine';
import { derivativeOf } from './expression.ts';
import type { Expression } from './expression.ts';
import { escapeLatex, isRaised, nameToLatex, partialToLatex } from './names.ts';
import { formatNumberLatex } from './numbers.ts';
import type { NumberOptions } from './numbers.ts';
import { constantBinding } from './text.ts';
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

export interface LatexOptions extends NumberOptions, Pick<WriteOptions, 'member'> {
  /** What stands in the second row of a `where`: the word for "otherwise". */
  readonly otherwise?: string;
}

/** An expression in LaTeX: `w_1 \cdot i_1 + b_1`, `\frac{1}{2} \cdot \left(t - o\right)^{2}`. */
export function toLatex(expression: Expression, options: LatexOptions = {}): string {
  return write(expression, latexStyle(options), options);
}

/** `\frac{\partial E_{\mathrm{total}}}{\partial w_5}`. */
export function derivativeLatex(of: string | Expression, by: string | Expression): string {
  return toLatex(derivativeOf(of, by));
}

function latexStyle(options: LatexOptions): Style {
  const numberLatex = (value: number, text: string | undefined): string =>
    text === undefined ? formatNumberLatex(value, options) : constantLatex(text);

  function binding(expression: Expression): number {
    switch (expression.kind) {
      case 'number': {
        const { value, text } = expression;
        if (text !== undefined) return FRACTION.test(text) ? BINDING.power : constantBinding(text);
        return numberLatex(value, text).includes('\\cdot')
          ? BINDING.product
          : value < 0
            ? BINDING.sign
            : BINDING.atom;
      }
      case 'name':
        // (e)², since e² is Euler's number squared.
        return isRaised(expression.name) || expression.name === 'e' ? BINDING.power : BINDING.atom;
      case 'derivative':
        return BINDING.power;
      case 'elided':
        return BINDING.atom;
    }
    return expression.operation === 'where' ? BINDING.power : applicationBinding(expression, FORMS);
  }

  function pieces(expression: Expression, leads: boolean): readonly Piece[] {
    switch (expression.kind) {
      case 'number':
        return [numberLatex(expression.value, expression.text)];
      case 'name':
        return [nameToLatex(expression.name)];
      case 'derivative': {
        const further = furtherPartial(expression.of, expression.by);
        if (further !== null) return [partialToLatex(further)];
        return [
          '\\frac{\\partial ',
          differential(expression.of),
          '}{\\partial ',
          differential(expression.by),
          '}',
        ];
      }
      case 'elided':
        return ['\\ldots'];
    }
    return applicationPieces(expression, leads, options.otherwise ?? 'otherwise');
  }

  return { open: '\\left(', close: '\\right)', spellsSums: true, binding, pieces };
}

// The bar holds a fraction together, except under a power.
const FORMS = {
  fraction: BINDING.power,
  power: BINDING.power,
  root: BINDING.atom,
  bars: BINDING.atom,
  call: BINDING.atom,
};

function applicationPieces(
  { operation, of }: Application,
  leads: boolean,
  otherwise: string,
): readonly Piece[] {
  const { notation } = OPERATIONS[operation];
  const [a, b] = of;
  switch (notation.form) {
    case 'infix': {
      const [left, right] = infixPlaces(of, notation.precedence, leads);
      return [left, ` ${notation.latex} `, right];
    }
    case 'prefix':
      return [notation.latex, place(a, BINDING.sign)];
    case 'fraction':
      return ['\\frac{', inside(a), '}{', inside(b), '}'];
    case 'power':
      return [place(a, BINDING.atom), '^{', inside(b), '}'];
    case 'root':
      return ['\\sqrt{', inside(a), '}'];
    case 'bars':
      return ['\\left|', inside(a), '\\right|'];
    case 'signedSum':
      return signedPieces(of, '-', leads);
  }
  return operation === 'where'
    ? cases(of, otherwise)
    : [`${notation.latex}\\left(`, ...joined(of, ', '), '\\right)'];
}

function cases([condition, a, b]: readonly Expression[], otherwise: string): readonly Piece[] {
  const shown: Expression = isComparison(condition)
    ? condition
    : { kind: 'apply', operation: 'notEqual', of: [condition, { kind: 'number', value: 0 }] };
  const last = `& \\text{${escapeLatex(otherwise)}} \\end{cases}`;
  return ['\\begin{cases} ', inside(a), ' & ', inside(shown), ' \\\\ ', inside(b), ' ', last];
}

function isComparison(expression: Expression): boolean {
  if (expression.kind !== 'apply') return false;
  const { notation } = OPERATIONS[expression.operation];
  return notation.form === 'infix' && notation.precedence === BINDING.comparison;
}

const FRACTION = /^\s*([\d.]+|π|pi|e)\s*\/\s*([\d.]+|π|pi|e)\s*$/u;
const CONSTANT_TOKEN = /\*\*|[*·×]|[-−]|pi\b|π|√|\^|[\d.]+|[+/()\s]|[a-z]\w*|./giu;

/** A constant as the writer wrote it: `1/2` as a fraction, `π` as `\pi`. */
function constantLatex(text: string): string {
  const fraction = FRACTION.exec(text);
  if (fraction !== null) return `\\frac{${constantLatex(fraction[1])}}{${constantLatex(fraction[2])}}`;
  return text
    .trim()
    .replace(CONSTANT_TOKEN, (token) => {
      if (/^[\d.+/()\s]+$/.test(token) || token === 'e') return token;
      if (token === 'π' || token === 'pi') return '\\pi ';
      if (token === '-' || token === '−') return '-';
      if (token === '*' || token === '·' || token === '×') return ' \\cdot ';
      return `\\text{${escapeLatex(token)}}`;
    })
    .trim();
}
