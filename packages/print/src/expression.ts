import { OPERATIONS } from '@backflow/engine';
import type { Formula, OperationName } from '@backflow/engine';

/** A formula over names and numbers, as data; `toText` and `toLatex` print it. */
export type Expression =
  /** `text` is how it is written, where that is not `formatNumber(value)`: `1/2`, `π`. */
  | { readonly kind: 'number'; readonly value: number; readonly text?: string }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'apply'; readonly operation: OperationName; readonly of: readonly Expression[] }
  /** ∂of/∂by. */
  | { readonly kind: 'derivative'; readonly of: Expression; readonly by: Expression }
  /** A part that is left out: `…`. */
  | { readonly kind: 'elided' };

export const ELIDED: Expression = { kind: 'elided' };

export function numberOf(value: number, text?: string): Expression {
  return text === undefined ? { kind: 'number', value } : { kind: 'number', value, text };
}

export function nameOf(name: string): Expression {
  return { kind: 'name', name };
}

export function apply(operation: OperationName, ...of: Expression[]): Expression {
  return { kind: 'apply', operation, of };
}

/** ∂of/∂by; a string is a name. */
export function derivativeOf(of: string | Expression, by: string | Expression): Expression {
  const part = (given: string | Expression): Expression =>
    typeof given === 'string' ? nameOf(given) : given;
  return { kind: 'derivative', of: part(of), by: part(by) };
}

/** Terms added from left to right, without parentheses; 0 for none. */
export function sumOf(terms: readonly Expression[]): Expression {
  return terms.length === 0 ? numberOf(0) : terms.reduce((sum, term) => apply('add', sum, term));
}

/**
 * A formula of the operation table with an expression for each input and for the result.
 * Nothing is simplified: see `tidy`.
 */
export function substitute(
  formula: Formula,
  inputs: readonly Expression[] | ((slot: number) => Expression),
  result: Expression,
): Expression {
  return rebuild<Formula>(formula, (part) => {
    if (typeof part === 'number') return numberOf(part);
    if (part === 'result') return result;
    if ('input' in part)
      return typeof inputs === 'function' ? inputs(part.input) : (inputs[part.input] ?? ELIDED);
    return { operation: part.operation, of: part.of };
  });
}

/** The expression with every name replaced by what `replacement` gives; null leaves a name as it is. */
export function replaceNames(
  expression: Expression,
  replacement: (name: string) => Expression | null,
): Expression {
  return rebuild<Expression>(expression, (part) => {
    if (part.kind === 'apply') return { operation: part.operation, of: part.of };
    return part.kind === 'name' ? (replacement(part.name) ?? part) : part;
  });
}

/** The expression with every number replaced. */
export function replaceNumbers(
  expression: Expression,
  replacement: (number: Extract<Expression, { kind: 'number' }>) => Expression,
): Expression {
  return rebuild<Expression>(expression, (part) => {
    if (part.kind === 'apply') return { operation: part.operation, of: part.of };
    return part.kind === 'number' ? replacement(part) : part;
  });
}

/**
 * The expression without the marks of a general rule on a special case: arithmetic of two written integers is
 * carried out (`x^(2 − 1)` is `x`), and factors 1, exponents 1 and the minus of a minus go. `2·x^(2−1)` becomes `2·x`.
 */
export function tidy(expression: Expression): Expression {
  return rebuild<Expression>(
    expression,
    (part) => (part.kind === 'apply' ? { operation: part.operation, of: part.of } : part),
    simplified,
  );
}

function simplified(operation: OperationName, of: readonly Expression[]): Expression {
  const whole = { kind: 'apply', operation, of } as const;
  const [a, b] = of;
  if (of.length === 2 && isInteger(a) && isInteger(b)) {
    if (operation === 'add') return numberOf(a.value + b.value);
    if (operation === 'sub') return numberOf(a.value - b.value);
  }
  if (operation === 'sub' && isPlain(b, 1) && a.kind === 'number') return numberOf(a.value - 1);
  if (operation === 'mul') return isPlain(a, 1) ? b : isPlain(b, 1) ? a : whole;
  if (operation === 'div') return isPlain(b, 1) ? a : whole;
  if (operation === 'pow') return isPlain(b, 1) ? a : isPlain(b, 0) ? numberOf(1) : whole;
  if (operation === 'neg' && a.kind === 'apply' && a.operation === 'neg') return a.of[0];
  return whole;
}

type Number = Extract<Expression, { kind: 'number' }>;

function isInteger(expression: Expression): expression is Number {
  return expression.kind === 'number' && Number.isSafeInteger(expression.value);
}

function isPlain(expression: Expression, value: number): boolean {
  return expression.kind === 'number' && expression.value === value;
}

/**
 * The expression with long lists of inputs cut short: `sum(x₁, …, x₇₈₄)` keeps its first few and its last. Signs of a
 * signed sum stay with their terms.
 */
export function abridge(expression: Expression, most = 12): Expression {
  return rebuild<Expression>(expression, (part) =>
    part.kind === 'apply' ? { operation: part.operation, of: abridged(part.operation, part.of, most) } : part,
  );
}

/** At most `most` of the inputs of an operation (pairs count as two), with `…` for what is left out. */
export function abridged(
  operation: OperationName,
  of: readonly Expression[],
  most: number,
): readonly Expression[] {
  if (of.length <= most) return of;
  const entry = OPERATIONS[operation];
  const paired = 'paired' in entry ? entry.paired : undefined;
  const kept = (Math.max(2, most - 4) & ~1) - (paired === 'afterFirst' ? 1 : 0);
  const gap = paired === undefined ? [ELIDED] : [operation === 'signedSum' ? numberOf(1) : ELIDED, ELIDED];
  return [...of.slice(0, kept), ...gap, ...of.slice(paired === undefined ? -1 : -2)];
}

/**
 * An operation over its inputs as it is written: sums of products as such, `w1·x1 + w2·x2` for a `dot` and `b + w1·x1` for
 * an `affine`, everything else as itself.
 */
export function written(operation: OperationName, of: readonly Expression[]): Expression {
  if (operation === 'add' && of.every(({ kind }) => kind === 'elided')) return ELIDED;
  if (operation !== 'dot' && operation !== 'affine') return { kind: 'apply', operation, of };
  const terms: Expression[] = [];
  let slot = 0;
  if (operation === 'affine') terms.push(of[slot++]);
  for (; slot < of.length; slot += 2) {
    const [a, b] = [of[slot], of[slot + 1]];
    // What is left out takes its factor along.
    terms.push(a.kind === 'elided' && b.kind === 'elided' ? ELIDED : apply('mul', a, b));
  }
  return terms.length === 1 ? terms[0] : apply('signedSum', ...terms.flatMap((term) => [numberOf(1), term]));
}

/** The usual letter for the result of an operation. */
export const RESULT: Expression = nameOf('y');

/** The usual letter for an input of an operation, as in a formulary: x; a, b; x₁, x₂, … */
export function symbolOf(operation: OperationName, arity: number, slot: number): Expression {
  const { arity: fixed } = OPERATIONS[operation];
  if (operation === 'affine' && slot === 0) return nameOf('b');
  if (operation === 'dot') return nameOf(`${slot % 2 === 0 ? 'a' : 'b'}_{${(slot >> 1) + 1}}`);
  if (operation === 'affine') return nameOf(`${slot % 2 === 1 ? 'w' : 'x'}_{${(slot + 1) >> 1}}`);
  const letters = arity === 1 ? ['x'] : (SYMBOLS.get(operation) ?? (fixed === 2 ? ['a', 'b'] : []));
  return nameOf(letters[slot] ?? `x_{${slot + 1}}`);
}

const SYMBOLS: ReadonlyMap<OperationName, readonly string[]> = new Map([
  ['where', ['c', 'a', 'b']],
  ['clamp', ['x', 'low', 'high']],
  ['pow', ['a', 'n']],
  ['leakyRelu', ['x', 's']],
]);

interface Application<T> {
  readonly operation: OperationName;
  readonly of: readonly T[];
}

/**
 * Builds an expression from any tree, bottom up, on a stack of its own: `open` says what a part is, a finished
 * expression or an operation with parts still to be opened; `close` makes an expression of an operation.
 */
function rebuild<T>(
  root: T,
  open: (part: T) => Expression | Application<T>,
  close: (operation: OperationName, of: Expression[]) => Expression = (operation, of) => ({
    kind: 'apply',
    operation,
    of,
  }),
): Expression {
  const tasks: ({ open: T } | { close: Application<T> })[] = [{ open: root }];
  const done: Expression[] = [];
  for (let task = tasks.pop(); task !== undefined; task = tasks.pop()) {
    if ('close' in task) {
      const { operation, of } = task.close;
      done.push(close(operation, done.splice(done.length - of.length)));
      continue;
    }
    const opened = open(task.open);
    if ('kind' in opened) {
      done.push(opened);
      continue;
    }
    tasks.push({ close: opened });
    for (let slot = opened.of.length - 1; slot >= 0; slot--) tasks.push({ open: opened.of[slot] });
  }
  return done[0];
}
