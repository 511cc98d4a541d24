import { OPERATION_NAMES, OPERATIONS, Tape } from '@backflow/engine';
import type { OperationName, Recording } from '@backflow/engine';

export const allNames = OPERATION_NAMES.filter((name): name is OperationName => name !== 'leaf');

/** Numbers at which arithmetic does something special. */
export const edgeNumbers = [
  0,
  -0,
  1,
  -1,
  0.5,
  -2,
  3,
  1e-310,
  1e200,
  -1e200,
  710,
  -710,
  Infinity,
  -Infinity,
  NaN,
];

/** A recording of one operation with a leaf in every slot; the signs of a signed sum are constants. */
export function recordingOf(name: OperationName, inputs: readonly number[]): Recording {
  const tape = new Tape();
  const operands = inputs.map((x, slot) => (name === 'signedSum' && slot % 2 === 0 ? x : tape.leaf(x)));
  return tape.record(tape.applyAll(name, operands));
}

/** The value that the table gives, called directly. */
export function tableValue(name: OperationName, x: readonly number[]): number {
  const operation = OPERATIONS[name];
  if (operation.arity === 1) return operation.value(x[0]);
  if (operation.arity === 2) return operation.value(x[0], x[1]);
  return operation.value(x);
}

/** The partial derivatives that the table gives, called directly. */
export function tablePartials(name: OperationName, x: readonly number[]): number[] {
  const operation = OPERATIONS[name];
  const y = tableValue(name, x);
  if (operation.arity === 1) return [operation.partials[0](x[0], y)];
  if (operation.arity === 2) return operation.partials.map((partial) => partial(x[0], x[1], y));
  const out = new Float64Array(x.length);
  operation.partials(x, y, out);
  return [...out];
}

/** Tuples of edge numbers for an operation: all pairs for two inputs, a walk through the list for more. */
export function edgeInputs(name: OperationName): number[][] {
  const { arity } = OPERATIONS[name];
  if (arity === 1) return edgeNumbers.map((a) => [a]);
  if (arity === 2) return edgeNumbers.flatMap((a) => edgeNumbers.map((b) => [a, b]));
  const count = arity === 'many' ? (name === 'affine' ? 5 : 4) : arity;
  const tuples: number[][] = [];
  for (let i = 0; i < edgeNumbers.length; i++) {
    for (let stride = 0; stride < 6; stride++) {
      const tuple = Array.from(
        { length: count },
        (_, slot) => edgeNumbers[(i + slot * stride) % edgeNumbers.length],
      );
      tuples.push(
        name === 'signedSum' ? tuple.map((x, slot) => (slot % 2 === 0 ? (i % 2 ? 1 : -1) : x)) : tuple,
      );
    }
  }
  return tuples;
}

/** Ordinary inputs, most of them where the operation is defined and smooth. */
export function ordinaryInputs(name: OperationName, random: () => number): number[] {
  const { arity } = OPERATIONS[name];
  const count = arity === 'many' ? 2 * (1 + Math.floor(random() * 3)) : arity;
  const inputs = Array.from({ length: name === 'affine' ? count + 1 : count }, () => 6 * random() - 3);
  if (name === 'signedSum') return inputs.map((x, slot) => (slot % 2 === 0 ? Math.sign(x) : x));
  if (['log', 'log2', 'log10', 'log1p', 'sqrt', 'xlogx'].includes(name)) inputs[0] = Math.abs(inputs[0]);
  if (name === 'asin' || name === 'acos') inputs[0] /= 3;
  if (name === 'pow') inputs[0] = Math.abs(inputs[0]);
  if (name === 'where' && random() < 0.5) inputs[0] = 0;
  if (name === 'clamp') return [inputs[0], Math.min(inputs[1], inputs[2]), Math.max(inputs[1], inputs[2])];
  return inputs;
}
