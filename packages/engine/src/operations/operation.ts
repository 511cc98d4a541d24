import type { Formula } from './formula.ts';
import type { OperationName } from './names.ts';

/**
 * How an operation is written. `precedence`: 0 comparison, 1 sum, 2 product, 3 sign, 4 power, 9 atom.
 * `fraction`, `power`, `root`, `bars` and `signedSum` have layouts of their own; everything else is a call.
 */
export type Notation =
  | { readonly form: 'infix'; readonly text: string; readonly latex: string; readonly precedence: 0 | 1 | 2 }
  | { readonly form: 'prefix'; readonly text: string; readonly latex: string }
  | { readonly form: 'fraction' }
  | { readonly form: 'power' }
  | { readonly form: 'root' }
  | { readonly form: 'bars' }
  /** Terms with their signs: inputs are (sign constant, term) pairs. */
  | { readonly form: 'signedSum' }
  | { readonly form: 'call'; readonly text: string; readonly latex: string };

/** A point at which an operation has no derivative, and what is taken there by convention. */
export interface Kink {
  readonly slot: number;
  readonly chosen: number;
  /** Every slope in this closed interval is admissible (a subgradient or supergradient); null where there is none. */
  readonly admissible: readonly [number, number] | null;
}

interface Common {
  readonly name: OperationName;
  readonly notation: Notation;
  /** What stands on the operation's card: `×`, `Σ`, `tanh`. */
  readonly symbol: string;
  /** Other spellings the language accepts: `ln` for `log`, `σ` for `sigmoid`. */
  readonly aliases?: readonly string[];
  /** Constants that stand for trailing inputs left out: 0.01 for the slope of `leakyRelu`. */
  readonly defaults?: readonly number[];
  /**
   * The partial derivative with respect to the input in `slot`, of `arity` inputs, as a formula.
   * It is what is shown; the number comes from `partials`, which may be written in a stabler form.
   */
  readonly rule: (slot: number, arity: number) => Formula;
  /** True for a defined operation without a rule of its own: `rule` then only names the slope, as `gelu′(x)`. */
  readonly opaque?: true;
  /**
   * The same derivative as it is recorded when a gradient is to be differentiated again, where `rule` loses digits or is
   * NaN at an edge. Left out in the table: what is recorded for its operations stands in `func/derivatives.ts`.
   */
  readonly derivative?: (slot: number, arity: number) => Formula;
  /** Non-differentiable points, if the inputs stand on one. */
  readonly kinks?: (inputs: ArrayLike<number>) => readonly Kink[];
  /** True if a kink, jump or pole lies between two neighbouring points: a difference quotient across it means nothing. */
  readonly crosses?: (before: ArrayLike<number>, after: ArrayLike<number>) => boolean;
  /** The period of a periodic operation of one input. */
  readonly period?: number;
  /** True where the derivative is zero almost everywhere (step, sign, floor, comparisons). */
  readonly flat?: boolean;
}

export interface UnaryOperation extends Common {
  readonly arity: 1;
  readonly value: (a: number) => number;
  /** ∂y/∂a from the input and the result. */
  readonly partials: readonly [(a: number, y: number) => number];
}

export interface BinaryOperation extends Common {
  readonly arity: 2;
  readonly value: (a: number, b: number) => number;
  readonly partials: readonly [
    (a: number, b: number, y: number) => number,
    (a: number, b: number, y: number) => number,
  ];
}

export interface ManyOperation extends Common {
  /** 3 for `where` and `clamp`, up to 6 for a defined operation; `many` for any number of inputs, at least one. */
  readonly arity: 3 | 4 | 5 | 6 | 'many';
  readonly value: (x: ArrayLike<number>) => number;
  /** Writes ∂y/∂x[slot] for every slot into `out`. */
  readonly partials: (x: ArrayLike<number>, y: number, out: Float64Array) => void;
  /** Inputs come in pairs (`dot`, `signedSum`), or in pairs after the first one (`affine`): their number is even, or odd. */
  readonly paired?: true | 'afterFirst';
  /** Passes the gradient of a node on, into the array of all gradients, in place of `partials`: what a checkpoint does. */
  readonly sweep?: (from: object, node: number, gradient: Float64Array) => void;
}

/** One operation: its value, its partial derivatives, its edges and how it is written. */
export type Operation = UnaryOperation | BinaryOperation | ManyOperation;

/** A function call's notation. */
export function call(text: string, latex = `\\operatorname{${text}}`): Notation {
  return { form: 'call', text, latex };
}
