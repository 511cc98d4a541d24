import type { Messages } from '@backflow/messages';
import first from '../../../../examples/first-slip.md?raw';

export type ExampleId = keyof Messages['page']['examples'];

/** The text of an example; all but the first visitor's are fetched when they are asked for. */
const TEXTS: Readonly<Record<ExampleId, () => Promise<string>>> = {
  'first-slip': async () => first,
  'why-memoize': async () => (await import('../../../../examples/why-memoize.md?raw')).default,
  square: async () => (await import('../../../../examples/square.md?raw')).default,
  'two-weights': async () => (await import('../../../../examples/two-weights.md?raw')).default,
  circuit: async () => (await import('../../../../examples/circuit.md?raw')).default,
  'four-nodes': async () => (await import('../../../../examples/four-nodes.md?raw')).default,
  doubling: async () => (await import('../../../../examples/doubling.md?raw')).default,
  'cost-surface': async () => (await import('../../../../examples/cost-surface.md?raw')).default,
  'sine-and-root': async () => (await import('../../../../examples/sine-and-root.md?raw')).default,
  neuron: async () => (await import('../../../../examples/neuron.md?raw')).default,
  'chain-of-neurons': async () => (await import('../../../../examples/chain-of-neurons.md?raw')).default,
  mazur: async () => (await import('../../../../examples/mazur.md?raw')).default,
  'twenty-weights': async () => (await import('../../../../examples/twenty-weights.md?raw')).default,
  micrograd: async () => (await import('../../../../examples/micrograd.md?raw')).default,
  line: async () => (await import('../../../../examples/line.md?raw')).default,
  xor: async () => (await import('../../../../examples/xor.md?raw')).default,
  blobs: async () => (await import('../../../../examples/blobs.md?raw')).default,
  sine: async () => (await import('../../../../examples/sine.md?raw')).default,
  circles: async () => (await import('../../../../examples/circles.md?raw')).default,
  moons: async () => (await import('../../../../examples/moons.md?raw')).default,
  spiral: async () => (await import('../../../../examples/spiral.md?raw')).default,
  'four-three-two-one': async () => (await import('../../../../examples/four-three-two-one.md?raw')).default,
  camera: async () => (await import('../../../../examples/camera.md?raw')).default,
  digits: async () => (await import('../../../../examples/digits.md?raw')).default,
};

/** The first visitor's, then from the smallest to the largest, as they stand in the menu. */
export const EXAMPLES = Object.keys(TEXTS) as readonly ExampleId[];

export function exampleText(id: ExampleId): Promise<string> {
  return TEXTS[id]();
}

/** What a first visitor sees. */
export const FIRST = first;
