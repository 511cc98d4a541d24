import { OPERATIONS } from '@backflow/engine';
import type { DiagnosticCode, DiagnosticData, Shape } from './diagnostics.ts';
import type { LanguageFunction } from './functions.ts';
import type { BinaryOperator } from './syntax.ts';

/** Why two shapes do not go together. */
export type Refusal = {
  [C in DiagnosticCode]: { readonly kind: 'refused'; readonly code: C; readonly data: DiagnosticData[C] };
}[DiagnosticCode];

/**
 * How an operation on vectors and matrices becomes operations on numbers. `each`: element by element, a
 * number going with every element. `product`: rows · columns sums of `inner` products.
 */
export type Plan =
  | { readonly kind: 'each'; readonly shape: Shape }
  | {
      readonly kind: 'product';
      readonly shape: Shape;
      readonly rows: number;
      readonly inner: number;
      readonly columns: number;
    }
  | Refusal;

/** Number of elements. */
export function sizeOf(shape: Shape): number {
  return shape.reduce((size, length) => size * length, 1);
}

function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((length, axis) => length === b[axis]);
}

/** How the operands of these shapes are combined; `texts` are the operands as written, for advice. */
export function planBinary(
  operator: BinaryOperator,
  left: Shape,
  right: Shape,
  texts: readonly [left: string, right: string],
): Plan {
  const symbol = operator === 'hadamard' ? '⊙' : OPERATIONS[operator].symbol;
  if (operator === 'mul' && left.length > 0 && right.length > 0) return planProduct(left, right, texts);
  if (operator === 'pow' && (left.length > 1 || right.length > 1)) {
    return { kind: 'refused', code: 'matrix-power', data: { shape: left.length > 1 ? left : right } };
  }
  return planEach(symbol, [left, right]);
}

/** Element by element: all of one shape, or numbers. */
export function planEach(operator: string, shapes: readonly Shape[]): Plan {
  let shape: Shape = [];
  for (const other of shapes) {
    if (other.length === 0) continue;
    if (shape.length > 0 && !sameShape(shape, other)) {
      return { kind: 'refused', code: 'shapes-differ', data: { operator, left: shape, right: other } };
    }
    shape = other;
  }
  return { kind: 'each', shape };
}

function planProduct(left: Shape, right: Shape, texts: readonly [string, string]): Plan {
  if (left.length === 1 && right.length === 1) {
    if (left[0] !== right[0]) {
      return { kind: 'refused', code: 'shapes-differ', data: { operator: '·', left, right } };
    }
    return { kind: 'refused', code: 'vector-product', data: { left: texts[0], right: texts[1] } };
  }
  const rows = left.length === 1 ? 1 : left[0];
  const inner = left.at(-1)!;
  const columns = right.length === 1 ? 1 : right[1];
  if (inner !== right[0]) return { kind: 'refused', code: 'product-shapes', data: { left, right } };
  const shape = left.length === 1 ? [columns] : right.length === 1 ? [rows] : [rows, columns];
  return { kind: 'product', shape, rows, inner, columns };
}

/** The shape of a function's result, and into how many operations with how many inputs it expands. */
export type CallPlan =
  { readonly kind: 'call'; readonly shape: Shape; readonly nodes: number; readonly edges: number } | Refusal;

/** What a call gives for arguments of these shapes; the number of arguments is already known to be right. */
export function planCall({ name, takes }: LanguageFunction, shapes: readonly Shape[]): CallPlan {
  const first = shapes[0];
  const several = shapes.find((shape) => shape.length > 0);
  switch (takes) {
    case 'where':
    case 'each': {
      if (takes === 'where' && first.length > 0) {
        return { kind: 'refused', code: 'condition-shape', data: { shape: first } };
      }
      const plan = planEach(name, shapes);
      if (plan.kind === 'refused') return plan;
      const size = sizeOf(plan.shape);
      return { kind: 'call', shape: plan.shape, nodes: size, edges: size * shapes.length };
    }
    case 'all':
      if (shapes.length > 1 && several !== undefined) {
        return { kind: 'refused', code: 'mixed-arguments', data: { name, shape: several } };
      }
      return { kind: 'call', shape: [], nodes: 1, edges: shapes.length > 1 ? shapes.length : sizeOf(first) };
    case 'dot':
    case 'affine': {
      const [, second, bias = []] = shapes;
      const odd = first.length !== 1 ? first : second.length !== 1 ? second : bias.length > 0 ? bias : null;
      if (odd !== null) return { kind: 'refused', code: 'argument-shape', data: { name, shape: odd } };
      if (!sameShape(first, second)) {
        return {
          kind: 'refused',
          code: 'shapes-differ',
          data: { operator: name, left: first, right: second },
        };
      }
      return { kind: 'call', shape: [], nodes: 1, edges: 2 * first[0] + (takes === 'affine' ? 1 : 0) };
    }
    case 'softmax': {
      if (shapes.length > 1 && several !== undefined) {
        return { kind: 'refused', code: 'mixed-arguments', data: { name, shape: several } };
      }
      if (shapes.length === 1 && first.length !== 1) {
        return { kind: 'refused', code: 'argument-shape', data: { name, shape: first } };
      }
      const size = shapes.length === 1 ? first[0] : shapes.length;
      return { kind: 'call', shape: [size], nodes: size, edges: size * size };
    }
  }
}

/** The shape of `[a, b, …]`. */
export function planList(
  shapes: readonly Shape[],
): { readonly kind: 'list'; readonly shape: Shape } | Refusal {
  const first = shapes[0];
  const other = shapes.find((shape) => !sameShape(shape, first));
  if (other !== undefined) return { kind: 'refused', code: 'list-shapes', data: { first, other } };
  if (first.length > 1) return { kind: 'refused', code: 'list-too-deep', data: { shape: first } };
  return { kind: 'list', shape: [shapes.length, ...first] };
}

/** The shape of `x[i][j]`. */
export function planElement(
  shape: Shape,
  indices: readonly number[],
): { readonly kind: 'element'; readonly shape: Shape } | Refusal {
  if (indices.length > shape.length) return { kind: 'refused', code: 'no-elements', data: { shape } };
  for (const [axis, index] of indices.entries()) {
    const size = shape[axis];
    if (index >= size) return { kind: 'refused', code: 'index-range', data: { index, size } };
  }
  return { kind: 'element', shape: shape.slice(indices.length) };
}
