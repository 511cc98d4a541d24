import { OPERATIONS } from '@backflow/engine';
import type { OperationName } from '@backflow/engine';
import type { Bound } from '../bound.ts';
import { refuse } from './refusal.ts';

/** A number, vector or matrix of bound formulas, row by row. A row vector has the shape [1, n]. */
export interface Tensor {
  readonly shape: readonly number[];
  readonly items: readonly Bound[];
}

/** Elements that one formula may expand to. */
export const LARGEST_TENSOR = 10_000;

export function scalar(bound: Bound): Tensor {
  return { shape: [], items: [bound] };
}

/** Vectors and matrices of one element are numbers. */
export function squeezed(tensor: Tensor): Tensor {
  return tensor.items.length === 1 && tensor.shape.length > 0 ? scalar(tensor.items[0]) : tensor;
}

export function transposed({ shape, items }: Tensor): Tensor {
  if (shape.length === 0) return { shape, items };
  if (shape.length === 1) return { shape: [1, shape[0]], items };
  const [rows, columns] = shape;
  const turned: Bound[] = [];
  for (let column = 0; column < columns; column++) {
    for (let row = 0; row < rows; row++) turned.push(items[row * columns + column]);
  }
  return rows === 1 ? { shape: [columns], items } : { shape: [columns, rows], items: turned };
}

/** An operation on numbers, vectors and matrices: a product of matrices as one, everything else element by element. */
export function applied(operation: OperationName, operands: readonly Tensor[]): Tensor {
  if (operation === 'mul' && operands.length === 2) return multiplied(operands[0], operands[1]);
  const { arity } = OPERATIONS[operation];
  if (operation === 'affine' && operands.length === 3) {
    const [, , bias] = operands;
    return applied('add', [applied('dot', operands.slice(0, 2)), bias]);
  }
  if (operation === 'dot' && operands.length === 2) {
    const [a, b] = operands;
    if (a.items.length !== b.items.length) mismatch(a, b);
    return scalar(summed(a.items.map((item, i) => apply('mul', item, b.items[i]))));
  }
  if (arity === 'many' && operands.some(({ shape }) => shape.length > 0)) {
    const items = operands.flatMap((operand) => operand.items);
    if (operation !== 'softmax') return scalar({ kind: 'apply', operation, of: items });
    const shares = items.map((item, i): Bound => ({
      kind: 'apply',
      operation,
      of: [item, ...items.slice(0, i), ...items.slice(i + 1)],
    }));
    return { shape: [items.length], items: shares };
  }
  return each(operands, (of) => ({ kind: 'apply', operation, of }));
}

/** One formula for each element; a number goes with every element. */
export function each(operands: readonly Tensor[], make: (of: readonly Bound[]) => Bound): Tensor {
  const large = operands.filter(({ shape }) => shape.length > 0);
  if (large.length === 0) return scalar(make(operands.map(({ items }) => items[0])));
  const [first] = large;
  for (const other of large) if (!sameShape(first, other)) mismatch(first, other);
  const items = first.items.map((_, i) =>
    make(operands.map((operand) => operand.items[operand.shape.length === 0 ? 0 : i])),
  );
  return { shape: first.shape, items };
}

function multiplied(a: Tensor, b: Tensor): Tensor {
  if (a.shape.length === 0 || b.shape.length === 0) return each([a, b], (of) => apply('mul', ...of));
  if (a.shape.length === 1 && b.shape.length === 1) {
    if (a.shape[0] !== b.shape[0]) mismatch(a, b);
    return each([a, b], (of) => apply('mul', ...of));
  }
  // A list before a matrix is a row: [w₁, w₂] times a column.
  if (a.shape.length === 1 && b.shape.length === 2 && b.shape[0] === a.shape[0] && a.shape[0] > 1)
    return matrixProduct({ shape: [1, a.shape[0]], items: a.items }, b);
  const left = a.shape.length === 1 ? { shape: [a.shape[0], 1], items: a.items } : a;
  const right = b.shape.length === 1 ? { shape: [b.shape[0], 1], items: b.items } : b;
  if (left.shape[1] === right.shape[0]) return matrixProduct(left, right);
  // Indices may lead from the columns to the rows: then W x means the transpose.
  const turned = transposed(a);
  if (b.shape.length === 1 && turned.shape.length === 2 && turned.shape[1] === b.shape[0]) {
    return matrixProduct(turned, right);
  }
  return sameShape(a, b) ? each([a, b], (of) => apply('mul', ...of)) : mismatch(a, b);
}

function matrixProduct(a: Tensor, b: Tensor): Tensor {
  const [rows, inner] = a.shape;
  const [, columns] = b.shape;
  if (rows * columns * inner > LARGEST_TENSOR) refuse({ code: 'unsupported', found: `${rows}×${columns}` });
  const items: Bound[] = [];
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const terms: Bound[] = [];
      for (let k = 0; k < inner; k++) {
        terms.push(apply('mul', a.items[row * inner + k], b.items[k * columns + column]));
      }
      items.push(summed(terms));
    }
  }
  if (rows === 1) return columns === 1 ? scalar(items[0]) : { shape: [columns], items };
  return columns === 1 ? { shape: [rows], items } : { shape: [rows, columns], items };
}

export function summed(terms: readonly Bound[]): Bound {
  if (terms.length === 0) return { kind: 'exact', value: 0 };
  return terms.length === 1 ? terms[0] : { kind: 'apply', operation: 'sum', of: terms };
}

function apply(operation: OperationName, ...of: readonly Bound[]): Bound {
  return { kind: 'apply', operation, of };
}

function sameShape(a: Tensor, b: Tensor): boolean {
  return a.shape.length === b.shape.length && a.shape.every((size, axis) => size === b.shape[axis]);
}

function mismatch(a: Tensor, b: Tensor): never {
  return refuse({ code: 'shapes', left: shapeText(a), right: shapeText(b) });
}

export function shapeText({ shape }: Tensor): string {
  return shape.length === 0 ? '1' : shape.join('×');
}
