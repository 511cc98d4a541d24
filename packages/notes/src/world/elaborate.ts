import { Constant, OPERATIONS } from '@backflow/engine';
import type { Operand, OperationName, Tape, Value } from '@backflow/engine';
import type { Term } from '../term.ts';
import { numberOf } from './alignment.ts';

/** A number of the graph, or a vector or matrix of them, row by row. */
export type Quantity = Operand | readonly Quantity[];

export interface Elaboration {
  readonly tape: Tape;
  /** What a name means; null where it means nothing yet. */
  readonly lookup: (key: string) => Quantity | null;
  /** A leaf for what `…` leaves out. */
  readonly gap: () => Value;
}

/** Records an expanded formula. Null where its shapes do not fit, or where it holds what no graph can. */
export function elaborate(term: Term, context: Elaboration): Quantity | null {
  const number = term.kind === 'slope' ? null : numberOf(term);
  if (number !== null) return constant(term, number);
  switch (term.kind) {
    case 'name':
      return context.lookup(term.key);
    case 'call':
      return term.primes === 0 ? context.lookup(term.callee.key) : null;
    case 'elided':
      return context.gap();
    case 'list': {
      const items = term.items.map((item) => elaborate(item, context));
      return items.includes(null) ? null : (items as Quantity[]);
    }
    case 'transpose': {
      const of = elaborate(term.of, context);
      return of === null ? null : transposed(of);
    }
    case 'apply': {
      const parts: Quantity[] = [];
      for (const part of term.of) {
        const one = elaborate(part, context);
        if (one === null) return null;
        parts.push(one);
      }
      return apply(term.operation, parts, context.tape);
    }
    case 'cases': {
      let result: Quantity | null = null;
      for (const { value, condition } of term.branches.toReversed()) {
        const branch = elaborate(value, context);
        if (branch === null || Array.isArray(branch)) return null;
        if (condition === null || result === null) result = branch;
        else {
          const test = elaborate(condition, context);
          if (test === null || Array.isArray(test)) return null;
          result = context.tape.apply('where', test as Operand, branch as Operand, result as Operand);
        }
      }
      return result;
    }
    default:
      return null;
  }
}

function constant(term: Term, value: number): Operand {
  if (term.kind === 'constant') return new Constant(value, term.name);
  if (term.kind === 'apply' && term.operation === 'div') {
    const [above, below] = term.of;
    if (above.kind === 'number' && below.kind === 'number')
      return new Constant(value, `${above.value}/${below.value}`);
  }
  return value;
}

function isList(quantity: Quantity): quantity is readonly Quantity[] {
  return Array.isArray(quantity);
}

function transposed(quantity: Quantity): Quantity {
  if (!isList(quantity)) return quantity;
  const [first] = quantity;
  // A vector is its own transpose: what it is multiplied with decides.
  if (first === undefined || !isList(first)) return quantity;
  const rows = quantity as readonly (readonly Quantity[])[];
  return first.map((_, column) => rows.map((row) => row[column]));
}

function apply(operation: OperationName, parts: readonly Quantity[], tape: Tape): Quantity | null {
  if (operation === 'affine' && parts.length === 3) {
    const [weights, inputs] = [scalars(parts[0]), scalars(parts[1])];
    const [bias] = scalars(parts[2]);
    if (weights.length !== inputs.length || bias === undefined) return null;
    return record('affine', [bias, ...weights.flatMap((weight, i) => [weight, inputs[i]])], tape);
  }
  if (parts.every((part) => !isList(part))) return record(operation, parts as readonly Operand[], tape);
  const { arity } = OPERATIONS[operation];
  if (operation === 'mul' && parts.length === 2 && parts.every((part) => isList(part)))
    return product(parts[0], parts[1], tape);
  if (operation === 'dot' && parts.length === 2 && parts.every((part) => isList(part)))
    return product(parts[0], parts[1], tape);
  if (arity === 'many' && operation !== 'softmax') {
    const flat = parts.flatMap((part) => scalars(part));
    return flat.length === 0 ? null : record(operation, flat, tape);
  }
  if (operation === 'softmax') {
    const flat = parts.flatMap((part) => scalars(part));
    return flat.map((own, index) =>
      record('softmax', [own, ...flat.filter((_, other) => other !== index)], tape)!,
    );
  }
  const lengths = parts.flatMap((part) => (isList(part) ? [part.length] : []));
  if (lengths.some((length) => length !== lengths[0])) return null;
  const rows: Quantity[] = [];
  for (let row = 0; row < lengths[0]; row++) {
    const one = apply(
      operation,
      parts.map((part) => (isList(part) ? part[row] : part)),
      tape,
    );
    if (one === null) return null;
    rows.push(one);
  }
  return rows;
}

/** Matrix · vector, vector · vector (a sum of products), vector · matrix, matrix · matrix. */
function product(left: readonly Quantity[], right: readonly Quantity[], tape: Tape): Quantity | null {
  const [row] = left;
  const [column] = right;
  if (row === undefined || column === undefined) return null;
  if (!isList(row) && !isList(column)) {
    if (left.length !== right.length) return null;
    return dot(left as readonly Operand[], right as readonly Operand[], tape);
  }
  if (isList(row) && !isList(column)) {
    const rows = left.map((one) => (isList(one) ? product(one, right, tape) : null));
    return rows.includes(null) ? null : (rows as Quantity[]);
  }
  if (!isList(row)) return product(transposed(right) as readonly Quantity[], left, tape);
  const columns = transposed(right) as readonly (readonly Quantity[])[];
  const rows: Quantity[] = [];
  for (const one of left) {
    const cells = columns.map((other) => (isList(one) ? product(one, other, tape) : null));
    if (cells.includes(null)) return null;
    rows.push(cells as Quantity[]);
  }
  return rows;
}

/** w₁x₁ + w₂x₂ + …, term by term. */
function dot(left: readonly Operand[], right: readonly Operand[], tape: Tape): Operand {
  let sum: Operand | null = null;
  for (let index = 0; index < left.length; index++) {
    const term = record('mul', [left[index], right[index]], tape)!;
    sum = sum === null ? term : record('add', [sum, term], tape)!;
  }
  return sum ?? 0;
}

function record(operation: OperationName, operands: readonly Operand[], tape: Tape): Operand | null {
  const { arity, defaults, ...rest } = OPERATIONS[operation];
  const { length } = operands;
  const least = typeof arity === 'number' ? arity - (defaults?.length ?? 0) : 1;
  if (length < least || (typeof arity === 'number' && length > arity)) return null;
  const paired = 'paired' in rest ? rest.paired : undefined;
  if (paired !== undefined && (length % 2 === 1) !== (paired === 'afterFirst')) return null;
  return tape.applyAll(operation, operands);
}

/** Every number of a quantity, row by row. */
export function scalars(quantity: Quantity): readonly Operand[] {
  return isList(quantity) ? quantity.flatMap((part) => scalars(part)) : [quantity];
}

/** The element of a vector or matrix, counted from 0; null where there is none. */
export function elementOf(quantity: Quantity, indices: readonly number[]): Quantity | null {
  let at: Quantity | undefined = quantity;
  for (const index of indices) {
    if (at === undefined || !isList(at)) return null;
    at = at[index];
  }
  return at ?? null;
}
