import type { NetworkSpec } from '@backflow/nn';
import type { Shape } from '../diagnostics.ts';
import { sizeOf } from '../shapes.ts';
import type { CallPlan } from '../shapes.ts';
import { sizeOfPass } from './nodes.ts';
import { wordsOf } from './problem.ts';

/** What a call gives for arguments of these shapes: a vector of one number per input, or these numbers one by one. */
export function planPass(name: string, network: NetworkSpec, shapes: readonly Shape[]): CallPlan {
  const { sizes } = network;
  const [inputs] = sizes;
  const [first] = shapes;
  const vector = shapes.length === 1 && first.length === 1 && first[0] === inputs;
  const numbers = shapes.length === inputs && shapes.every((shape) => shape.length === 0);
  if (!vector && !numbers) {
    const found = foundWords(shapes);
    const words = {
      en: wordsOf('call', { name, inputs, found: found.en }).en,
      de: wordsOf('call', { name, inputs, found: found.de }).de,
    };
    return { kind: 'refused', code: 'extension', data: { problem: 'call', found: found.en, words } };
  }
  const { nodes, edges } = sizeOfPass(network);
  const outputs = sizes.at(-1)!;
  // Numbers among the inputs become leaves.
  return { kind: 'call', shape: outputs === 1 ? [] : [outputs], nodes: nodes + inputs, edges };
}

/** What a network was called with. */
function foundWords(shapes: readonly Shape[]): { readonly en: string; readonly de: string } {
  const [first] = shapes;
  if (shapes.every((shape) => shape.length === 0)) return wordsOf('numbersOf', { count: shapes.length });
  if (shapes.length > 1) return wordsOf('mixed', undefined);
  if (first.length === 1) return wordsOf('vectorOf', { count: sizeOf(first) });
  return wordsOf('matrixOf', { rows: first[0], columns: first[1] });
}
