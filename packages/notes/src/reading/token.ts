import type { Span } from '@backflow/language';
import type { Relation } from '../sheet.ts';
import { BEGIN_CASES, BEGIN_LAYOUT, BEGIN_MATRIX, END_BLOCK, FRACTION, QUAD, ROOT, ROW } from './latex.ts';

export type NoteOperator =
  '+' | '-' | '±' | '*' | '⊙' | '/' | '^' | '_' | '√' | '∛' | '∂' | '∇' | '⊤' | '.' | '!' | '%' | '@' | '?';
export type NoteBracket = '(' | ')' | '[' | ']' | '{' | '}' | '❴' | '❵' | '|' | '‖' | '⌊' | '⌋' | '⌈' | '⌉';
/** Relations as in a `Member`, arrows, and assignments with an operator. */
export type NoteRelation = Relation | '→' | '⇒' | '≡' | '∈' | '+=' | '-=' | '*=' | '/=';
type NoteLayout = 'line' | 'row' | 'cell' | 'quad' | 'dollar' | 'environment';

/** A word of notes, with its place in the whole text. `spaced`: a blank or a new line stands before it. */
export type NoteToken = Span & { readonly spaced: boolean } & (
    | {
        readonly kind: 'number';
        readonly value: number;
        /** See `NumberTerm`. */
        readonly unit: number;
        readonly integer: boolean;
        readonly open: boolean;
      }
    /** ½ */
    | { readonly kind: 'fraction'; readonly above: number; readonly below: number }
    | {
        readonly kind: 'name';
        readonly key: string;
        readonly spelling: string;
        readonly layered: boolean;
        readonly indexed: boolean;
        /** A brace of a mark is not closed. */
        readonly broken: boolean;
      }
    | { readonly kind: 'operator'; readonly symbol: NoteOperator }
    /** ² or ᵀ or ⁻¹, lowered: ₓ₌₂ behind a bar or Σ; in plain characters. */
    | { readonly kind: 'raised' | 'lowered'; readonly text: string }
    | { readonly kind: 'relation'; readonly symbol: NoteRelation }
    | { readonly kind: 'bracket'; readonly symbol: NoteBracket }
    /** A bar with a mark below it, `|_{x=2}`: the mark follows. */
    | { readonly kind: 'bar' }
    | { readonly kind: 'separator'; readonly symbol: ',' | ';' | ':' }
    | { readonly kind: 'series'; readonly operation: 'sum' | 'prod' }
    /** `\frac`, `\sqrt`, and the beginning and end of cases and matrices. */
    | { readonly kind: 'structure'; readonly structure: 'fraction' | 'root' | 'cases' | 'matrix' | 'end' }
    /** `.grad`, `.T` */
    | { readonly kind: 'method'; readonly name: string }
    | { readonly kind: 'ellipsis' }
    /** Words in `\text{…}`. */
    | { readonly kind: 'words'; readonly text: string }
    /** ①, ∴, ✓ and other marks that say nothing about numbers. */
    | { readonly kind: 'ornament' }
    | { readonly kind: 'layout'; readonly layout: NoteLayout }
    | { readonly kind: 'bad' }
  );

export type NameNoteToken = NoteToken & { readonly kind: 'name' };

/** A token without its place. */
export type Plain = NoteToken extends infer T
  ? T extends NoteToken
    ? Omit<T, 'from' | 'to' | 'spaced'>
    : never
  : never;

/** Signs by their spelling; the longest spelling wins. */
export const SIGNS: ReadonlyMap<string, Plain> = new Map<string, Plain>([
  ...signs('operator', {
    '+': '+ ＋',
    '-': '- − – — ‐ ‑ ‒ ﹣ －',
    '±': '± ∓',
    '*': '* · ⋅ ∙ × ∗ • ✕ ✖ ＊',
    '⊙': '⊙ ∘ ⊗ .*',
    '/': '/ ÷ ∕ ⁄ ／',
    '^': '^ **',
    _: '_',
    '√': '√',
    '∛': '∛',
    '∂': '∂',
    '∇': '∇',
    '⊤': '⊤',
    '.': '.',
    '!': '!',
    '%': '%',
    '@': '@',
    '?': '?',
  }),
  ...signs('relation', {
    '=': '= == === := ≔ ≝ ≜ ＝',
    '≈': '≈ ~ ~= ≃ ≅ ≐ ∼ ≒ =~ ≈≈',
    '<': '< ≪',
    '>': '> ≫',
    '≤': '≤ <= ⩽ ≦ =<',
    '≥': '≥ >= ⩾ ≧',
    '≠': '≠ != <>',
    '←': '← ⟵ ⇐',
    '→': '→ ⟶ ↦ -> --> −>',
    '⇒': '⇒ ⟹ => ==> ⇔ ⟺',
    '∝': '∝',
    '≡': '≡',
    '∈': '∈',
    '+=': '+=',
    '-=': '-= −= –=',
    '*=': '*= ×= ·=',
    '/=': '/= ÷=',
  }),
  ...signs('bracket', {
    '(': '( （',
    ')': ') ）',
    '[': '[ ［',
    ']': '] ］',
    '{': '{',
    '}': '}',
    '❴': '❴ ｛',
    '❵': '❵ ｝',
    '|': '| ∣ ｜',
    '‖': '‖ || ∥',
    '⌊': '⌊',
    '⌋': '⌋',
    '⌈': '⌈',
    '⌉': '⌉',
  }),
  ...signs('separator', { ',': ', ，', ';': '; ；', ':': ': ：' }),
  ['∑', { kind: 'series', operation: 'sum' }],
  ['Σ', { kind: 'series', operation: 'sum' }],
  ['∏', { kind: 'series', operation: 'prod' }],
  ['…', { kind: 'ellipsis' }],
  ['...', { kind: 'ellipsis' }],
  ['....', { kind: 'ellipsis' }],
  ['⋯', { kind: 'ellipsis' }],
  ['⋮', { kind: 'ellipsis' }],
  ['⋱', { kind: 'ellipsis' }],
  [FRACTION, { kind: 'structure', structure: 'fraction' }],
  [ROOT, { kind: 'structure', structure: 'root' }],
  [BEGIN_CASES, { kind: 'structure', structure: 'cases' }],
  [BEGIN_MATRIX, { kind: 'structure', structure: 'matrix' }],
  [END_BLOCK, { kind: 'structure', structure: 'end' }],
  [BEGIN_LAYOUT, { kind: 'layout', layout: 'environment' }],
  [ROW, { kind: 'layout', layout: 'row' }],
  ['&', { kind: 'layout', layout: 'cell' }],
  ['\t', { kind: 'layout', layout: 'cell' }],
  [QUAD, { kind: 'layout', layout: 'quad' }],
  ['$', { kind: 'layout', layout: 'dollar' }],
  ['$$', { kind: 'layout', layout: 'dollar' }],
]);
export const LONGEST_SIGN = 4;

/** A token with its place. Spelled out by kind: spreading costs more than all the rest of reading. */
export function placed(token: Plain, from: number, to: number, spaced: boolean): NoteToken {
  switch (token.kind) {
    case 'number': {
      const { kind, value, unit, integer, open } = token;
      return { kind, value, unit, integer, open, from, to, spaced };
    }
    case 'name': {
      const { kind, key, spelling, layered, indexed, broken } = token;
      return { kind, key, spelling, layered, indexed, broken, from, to, spaced };
    }
    case 'operator':
      return { kind: token.kind, symbol: token.symbol, from, to, spaced };
    case 'bracket':
      return { kind: token.kind, symbol: token.symbol, from, to, spaced };
    case 'relation':
      return { kind: token.kind, symbol: token.symbol, from, to, spaced };
    case 'separator':
      return { kind: token.kind, symbol: token.symbol, from, to, spaced };
    case 'structure':
      return { kind: token.kind, structure: token.structure, from, to, spaced };
    case 'layout':
      return { kind: token.kind, layout: token.layout, from, to, spaced };
    default:
      return { ...token, from, to, spaced };
  }
}

function signs(kind: Plain['kind'], spellings: Readonly<Record<string, string>>): [string, Plain][] {
  return Object.entries(spellings).flatMap(([symbol, list]) =>
    list.split(' ').map((spelling): [string, Plain] => [spelling, { kind, symbol } as unknown as Plain]),
  );
}
