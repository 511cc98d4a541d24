import type { Operation } from '../operations/operation.ts';
import { CODES, LEAF } from '../operations/names.ts';
import { OPERATIONS_BY_CODE } from '../operations/table.ts';

/** The part of a recording that arithmetic reads; a tape has the same columns, with room to grow at their ends. */
export interface Columns {
  readonly count: number;
  readonly operation: Uint8Array;
  readonly inputStart: Int32Array;
  readonly inputs: Int32Array;
  readonly constants: Float64Array;
  readonly value: Float64Array;
}

/** The operation of a node; null for a leaf. */
export function operationOf(columns: Columns, node: number): Operation | null {
  return OPERATIONS_BY_CODE[columns.operation[node]];
}

/** Number of inputs of a node, constants included; 0 for a leaf. */
export function arityOf(columns: Columns, node: number): number {
  return columns.inputStart[node + 1] - columns.inputStart[node];
}

/** The number that an entry of `inputs` stands for: a node's value or a constant. */
export function numberAt(columns: Columns, entry: number): number {
  return entry >= 0 ? columns.value[entry] : columns.constants[~entry];
}

/** Reads the input numbers of one node after another into an array that it reuses. */
export class InputReader {
  private buffer = new Float64Array(4);
  private view = this.buffer;

  /** The node's input numbers, in slot order, valid until the next call. `value` may stand in for the columns' own. */
  read(columns: Columns, node: number, value: Float64Array = columns.value): Float64Array {
    const { inputs, constants, inputStart } = columns;
    const start = inputStart[node];
    const view = this.ofLength(inputStart[node + 1] - start);
    for (let slot = 0; slot < view.length; slot++) {
      const entry = inputs[start + slot];
      view[slot] = entry >= 0 ? value[entry] : constants[~entry];
    }
    return view;
  }

  /** An array of this length, valid until the next call. */
  ofLength(length: number): Float64Array {
    if (this.view.length !== length) {
      if (this.buffer.length < length)
        this.buffer = new Float64Array(Math.max(length, 2 * this.buffer.length));
      this.view = this.buffer.subarray(0, length);
    }
    return this.view;
  }
}

const { add: ADD, sub: SUB, mul: MUL, div: DIV } = CODES;

/** The value of a unary operation. */
export function unaryValue(code: number, a: number): number {
  const operation = OPERATIONS_BY_CODE[code];
  return operation !== null && operation.arity === 1 ? operation.value(a) : NaN;
}

/** The value of a binary operation. */
export function binaryValue(code: number, a: number, b: number): number {
  if (code === ADD) return a + b;
  if (code === MUL) return a * b;
  if (code === SUB) return a - b;
  if (code === DIV) return a / b;
  const operation = OPERATIONS_BY_CODE[code];
  return operation !== null && operation.arity === 2 ? operation.value(a, b) : NaN;
}

/** The value of a node from the values of its inputs; a leaf's own. `value` may stand in for the columns' own. */
export function nodeValue(
  columns: Columns,
  node: number,
  reader: InputReader,
  value: Float64Array = columns.value,
): number {
  const code = columns.operation[node];
  if (code === LEAF) return value[node];
  const operation = OPERATIONS_BY_CODE[code]!;
  if (operation.arity === 1 || operation.arity === 2) {
    const start = columns.inputStart[node];
    const entry = columns.inputs[start];
    const a = entry >= 0 ? value[entry] : columns.constants[~entry];
    if (operation.arity === 1) return operation.value(a);
    const other = columns.inputs[start + 1];
    return binaryValue(code, a, other >= 0 ? value[other] : columns.constants[~other]);
  }
  return operation.value(reader.read(columns, node, value));
}

/**
 * Writes the partial derivatives of a node with respect to each slot into `out`, straight from the table.
 * `value` may stand in for the columns' own.
 */
export function nodePartials(
  columns: Columns,
  node: number,
  reader: InputReader,
  out: Float64Array,
  value: Float64Array = columns.value,
): void {
  const operation = operationOf(columns, node);
  if (operation === null) return;
  const x = reader.read(columns, node, value);
  const y = value[node];
  if (operation.arity === 1) {
    out[0] = operation.partials[0](x[0], y);
  } else if (operation.arity === 2) {
    out[0] = operation.partials[0](x[0], x[1], y);
    out[1] = operation.partials[1](x[0], x[1], y);
  } else {
    operation.partials(x, y, out);
  }
}
