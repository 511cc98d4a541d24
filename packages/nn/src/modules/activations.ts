import type { BareTape, OperationName } from '@backflow/engine';
import type { ActivationName } from '../spec/spec.ts';

/** The operation that makes a of z, each unit for itself; null where a is z, and where all units are needed. */
export const ACTIVATION_OPERATIONS: Readonly<Record<ActivationName, OperationName | null>> = {
  identity: null,
  step: 'step',
  sigmoid: 'sigmoid',
  tanh: 'tanh',
  relu: 'relu',
  leakyRelu: 'leakyRelu',
  softmax: null,
};

/** The entries of `softmax` for unit j: the selected one comes first. */
function selectedFirst<T>(all: readonly T[], j: number): T[] {
  return [all[j], ...all.slice(0, j), ...all.slice(j + 1)];
}

/** Records what a layer of sums becomes, and returns the nodes; for `identity` these are the sums themselves. */
export function recordActivations(
  tape: BareTape,
  activation: ActivationName,
  sums: readonly number[],
): number[] {
  if (activation === 'softmax') return sums.map((_, j) => tape.applyTo('softmax', selectedFirst(sums, j)));
  const operation = ACTIVATION_OPERATIONS[activation];
  return operation === null ? [...sums] : sums.map((z) => tape.applyTo(operation, [z]));
}
