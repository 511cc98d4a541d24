import { encodeTarget, type Dataset } from '@backflow/nn';
import type { NetworkDocument } from '@backflow/language/network';
import type { ShownExample } from '../contract.ts';

/** One example of the data: its input, and what is wanted for it. */
export function exampleOf(dataset: Dataset, index: number): ShownExample {
  const { inputs, targets, scale } = dataset;
  const x = Float64Array.from({ length: inputs }, (_, k) => dataset.x[index * inputs + k] * scale);
  return { index, x, y: dataset.y.slice(index * targets, (index + 1) * targets) };
}

/** The numbers of the recording's leaves: parameters, the example's input and what is wanted, λ. */
export function leavesOf(
  document: NetworkDocument,
  parameters: Float64Array | null,
  example: ShownExample | null,
  dataset: Dataset | null,
): Map<number, number> {
  const { nodes } = document;
  const values = new Map<number, number>();
  const put = (list: ArrayLike<number>, numbers: ArrayLike<number>): void => {
    const many = Math.min(list.length, numbers.length);
    for (let at = 0; at < many; at++) if (list[at] >= 0) values.set(list[at], numbers[at]);
  };
  if (parameters !== null && parameters.length === nodes.parameters.length) put(nodes.parameters, parameters);
  if (example === null) return values;
  if (example.x.length === nodes.inputs.length) put(nodes.inputs, example.x);
  if (example.y.length > 0 && dataset !== null && document.loss !== null)
    put(nodes.targets, targetsOf(document, example, dataset));
  return values;
}

function targetsOf(
  { network, loss, nodes }: NetworkDocument,
  { x, y }: ShownExample,
  dataset: Dataset,
): Float64Array {
  const into = new Float64Array(nodes.targets.length);
  const one = { ...dataset, size: 1, inputs: x.length, x, scale: 1, y };
  encodeTarget(network, loss!, one, 0, into);
  return into;
}

/** Which parameter, input or output of the network a node of the recording is. */
export function leafOf(
  { nodes }: NetworkDocument,
  node: number,
): { readonly kind: 'parameter' | 'input' | 'target'; readonly index: number } | null {
  for (const [kind, list] of [
    ['parameter', nodes.parameters],
    ['input', nodes.inputs],
    ['target', nodes.targets],
  ] as const) {
    const index = list.indexOf(node);
    if (index >= 0) return { kind, index };
  }
  return null;
}
