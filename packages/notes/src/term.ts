import type { OperationName } from '@backflow/engine';
import type { Span } from '@backflow/language';

/**
 * A formula as it stands in notes. Other than a program's, it may hold derivatives, sums over an index, functions that the
 * notes define themselves, and names that nobody defines. What a name means is decided later, by the world it is bound in.
 * Spans are offsets into the whole text.
 */
export type Term = Span &
  (
    | NumberTerm
    /** A number with a name: e, π. */
    | { readonly kind: 'constant'; readonly name: string; readonly value: number }
    | NameTerm
    | DerivativeTerm
    | {
        readonly kind: 'apply';
        readonly operation: OperationName;
        readonly of: readonly Term[];
        /** A product without a sign between its factors. */
        readonly juxtaposed?: boolean;
      }
    /** The derivative of a known function, at an argument: σ′(z), \tanh'(z). */
    | { readonly kind: 'slope'; readonly operation: OperationName; readonly of: Term }
    /** A function that the notes define, or a name before a parenthesis: f(x), f′(1), g(f(x)), C(w₁, w₂). */
    | {
        readonly kind: 'call';
        readonly callee: NameTerm;
        /** Number of primes: 1 for f′(x). */
        readonly primes: number;
        readonly of: readonly Term[];
      }
    /** Σ or Π over an index; `from` and `to` may be left out or symbolic (n_L − 1). */
    | {
        readonly kind: 'series';
        readonly operation: 'sum' | 'prod';
        /** Key of the index (`j`); null where none is written. */
        readonly index: string | null;
        readonly first: Term | null;
        readonly last: Term | null;
        readonly body: Term;
      }
    | { readonly kind: 'list'; readonly items: readonly Term[] }
    /** `cases` and `{ z if z > 0, 0 otherwise`; a branch without a condition is "otherwise". */
    | {
        readonly kind: 'cases';
        readonly branches: readonly { readonly value: Term; readonly condition: Term | null }[];
      }
    /** The transpose of a vector or matrix: ωᵀ. */
    | { readonly kind: 'transpose'; readonly of: Term }
    /** `…`, `\dots`: a part that is left out. */
    | { readonly kind: 'elided' }
  );

/** A number as printed. Signs, fractions and roots are operations on numbers, not part of them. */
export type NumberTerm = Span & {
  readonly kind: 'number';
  readonly value: number;
  /** Size of the last printed digit: 0.01 for `0.40`, 1e-7 for `5.01e-05`, 1 for `13,002`; trailing zeros count. */
  readonly unit: number;
  /** Written without point and exponent. */
  readonly integer: boolean;
  /** `0.39…`: anything from 0.39 up to, not including, 0.40. */
  readonly open: boolean;
};

/** A name: its key is that of `canonicalName` in the language, its spelling what the writer wrote. */
export type NameTerm = Span & { readonly kind: 'name'; readonly key: string; readonly spelling: string };

/**
 * ∂of/∂by, in one of the ways in which people write it.
 * `of` null: the output is meant, as in `w5.grad` or `\bar{x}`. Names like `dw5` and `δ_{o1}`, which may also be plain
 * names, stay names: the world decides.
 */
export type DerivativeTerm = Span & {
  readonly kind: 'derivative';
  /** A name, or a formula as in ∂(a·b)/∂a or d sin(x²)/dx. */
  readonly of: Term | null;
  readonly by: Term;
  /** 1, or 2 for d²y/dx². */
  readonly order: number;
  /** `at x = 2`, `|_{x=2}`: where it is taken, if that is said. */
  readonly at: readonly { readonly name: NameTerm; readonly value: Term }[];
};

/** Several ways to read one stretch of text; the first is the likeliest. */
export interface Reading {
  readonly term: Term;
  /** Other readings, e.g. of `1/2x`. */
  readonly alternatives: readonly Term[];
}

/** Why a stretch of text could not be read as a formula. */
export interface Unreadable extends Span {
  /** `cut-off`: \frac{ without its end. `unexpected`: something that means nothing here. */
  readonly code: 'cut-off' | 'unexpected' | 'too-deep' | 'too-long' | 'empty';
  readonly found: string;
}
