import { EngineError, ForeignValueError, OperandError } from '../errors.ts';
import { sweep } from '../gradient/sweep.ts';
import { getTape } from '../tape/functions.ts';
import { Value } from '../tape/value.ts';
import type { Tape } from '../tape/tape.ts';
import { dependence } from './nodes.ts';
import { numberOf } from './recorder.ts';
import type { Term } from './recorder.ts';

/** What a function that is differentiated returns: one number or several, as Values, or as numbers that depend on nothing. */
export type Output = Term | readonly Term[];

/** What a transform is called with: a number, a Value, or an array of either. */
export type Point = Term | readonly Term[];

/**
 * A function with numbers in would give numbers that no longer remember what they were computed from, and an enclosing
 * transform is about to differentiate by just that.
 */
export class LostDerivativeError extends EngineError {
  constructor(where: string) {
    super(
      `${where}: found a function of numbers inside a function that is being differentiated, whose result depends on ` +
        "the outer function's argument, expected a Value to go in. Pass value(x) in place of the number x: a Value " +
        'comes out, and the outer derivative goes through it.',
    );
  }
}

/** The arguments of the functions that are being differentiated just now, from the outermost one. */
const enclosing: { readonly tape: Tape; readonly inputs: readonly Value[] }[] = [];

/** A call of a function at a point: what it is given, and what it gives. */
export interface Call {
  readonly tape: Tape;
  /** The nodes that stand for the function's argument, and for nothing else. */
  readonly inputs: readonly Value[];
  readonly outputs: readonly Term[];
  /** True if the function has an array as its argument, or as its result. */
  readonly many: { readonly inputs: boolean; readonly outputs: boolean };
  /** The numbers of terms that were made from the outputs, where the point is made of numbers. */
  readonly close: (terms: readonly Term[]) => number[];
  /** True while an enclosing transform differentiates on the same tape. */
  readonly nested: boolean;
  /** True inside `noGrad()`: no derivative is to pass through the results. */
  readonly quiet: boolean;
}

/**
 * Calls `f` with new nodes that stand for `x` alone: another use of the same Value, by a closure or by an enclosing
 * transform, is another variable. Then runs `use`, whose result it returns: as it is if there are Values in `x` or
 * among the `others`; else the tape is reset to where it was.
 */
export function callAt<R>(
  where: string,
  f: (x: never) => Output,
  x: Point,
  others: readonly Term[],
  use: (call: Call, numbers: boolean) => R,
  keep = false,
): R {
  const point = Array.isArray(x) ? (x as readonly Term[]) : [x as Term];
  if (point.length === 0) throw new OperandError(where, x, 'at least one number or Value');
  for (const term of [...point, ...others]) {
    if (typeof term !== 'number' && !(term instanceof Value)) {
      throw new OperandError(where, term, 'a number, a Value or an array of them');
    }
  }
  const anyValue = [...point, ...others].find((term) => term instanceof Value);
  const tape = anyValue?.tape ?? getTape();
  const numbers = anyValue === undefined;
  const mark = tape.mark();
  try {
    return tape.aloud((quiet) => {
      const inputs = point.map((term) =>
        typeof term === 'number' ? tape.leaf(term) : tape.apply('sum', term),
      );
      const frame = { tape, inputs };
      const nested = enclosing.some((outer) => outer.tape === tape);
      enclosing.push(frame);
      let result: Output;
      try {
        result = f((Array.isArray(x) ? [...inputs] : inputs[0]) as never);
      } finally {
        enclosing.pop();
      }
      const outputs = Array.isArray(result) ? (result as readonly Term[]) : [result as Term];
      for (const output of outputs) {
        if (typeof output === 'number') continue;
        if (!(output instanceof Value)) throw new OperandError(where, output, 'a Value as the result');
        if (output.tape !== tape) throw new ForeignValueError(where);
        output.check(where);
      }
      const close = (terms: readonly Term[]): number[] => {
        if (nested && !quiet) refuseLoss(where, tape, terms);
        return terms.map(numberOf);
      };
      const many = { inputs: Array.isArray(x), outputs: Array.isArray(result) };
      return use({ tape, inputs, outputs, many, close, nested, quiet }, numbers);
    });
  } finally {
    if (numbers && !keep) tape.reset(mark);
  }
}

/** Throws OperandError for a function that has an array of outputs, where it is to have one. */
export function checkOneOutput(where: string, { outputs, many }: Call): void {
  if (many.outputs)
    throw new OperandError(where, outputs, 'one Value as the result; several have a jacobian');
}

/**
 * The numbers of the derivatives of Σ seed · output by the inputs: the reverse sweep itself, into an array of its own.
 */
export function gradientNumbers(
  tape: Tape,
  outputs: readonly Term[],
  seeds: readonly number[],
  inputs: readonly Value[],
): number[] {
  const gradient = new Float64Array(tape.count);
  const roots = outputs.flatMap((output, i) =>
    typeof output === 'number' ? [] : [{ node: output.index, seed: seeds[i] }],
  );
  if (roots.length > 0) {
    const nodes = roots.map(({ node }) => node);
    const seedOf = roots.map(({ seed }) => seed);
    // As where a gradient is recorded, no hooks are called.
    sweep(tape, nodes, seedOf, gradient, null, null, tape.base);
  }
  return inputs.map(({ index }) => gradient[index]);
}

/** Throws LostDerivativeError if a term depends on the argument of an enclosing transform. */
function refuseLoss(where: string, tape: Tape, terms: readonly Term[]): void {
  const inputs = new Set<number>();
  for (const frame of enclosing) {
    if (frame.tape === tape) for (const { index } of frame.inputs) inputs.add(index);
  }
  const first = [...inputs].reduce((least, node) => Math.min(least, node), Infinity);
  const depends = dependence(tape, first, tape.count, (node) => inputs.has(node));
  if (terms.some((term) => term instanceof Value && depends(term.index)))
    throw new LostDerivativeError(where);
}
