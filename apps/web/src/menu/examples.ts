import type { Messages } from '@backflow/messages';
import first from '../../../../examples/first-slip.md?raw';

export type ExampleId = keyof Messages['page']['examples'];

/** The first visitor's, then from the smallest to the largest, and those with networks, as they stand in the menu. */
export const EXAMPLES = [
  'first-slip',
  'why-memoize',
  'square',
  'two-weights',
  'circuit',
  'four-nodes',
  'doubling',
  'cost-surface',
  'sine-and-root',
  'neuron',
  'chain-of-neurons',
  'mazur',
  'twenty-weights',
  'micrograd',
  'line',
  'xor',
  'blobs',
  'sine',
  'circles',
  'moons',
  'spiral',
  'four-three-two-one',
  'camera',
  'digits',
] as const satisfies readonly ExampleId[];

/** The text of an example; all but the first visitor's are fetched when one is asked for. */
export async function exampleText(id: ExampleId): Promise<string> {
  return id === EXAMPLES[0] ? first : (await import('./texts.ts')).TEXTS[id];
}

/** What a first visitor sees. */
export const FIRST = first;
