import chainOfNeurons from '../../../../examples/chain-of-neurons.md?raw';
import circuit from '../../../../examples/circuit.md?raw';
import costSurface from '../../../../examples/cost-surface.md?raw';
import fourNodes from '../../../../examples/four-nodes.md?raw';
import mazur from '../../../../examples/mazur.md?raw';
import micrograd from '../../../../examples/micrograd.md?raw';
import neuron from '../../../../examples/neuron.md?raw';
import sineAndRoot from '../../../../examples/sine-and-root.md?raw';
import square from '../../../../examples/square.md?raw';
import twentyWeights from '../../../../examples/twenty-weights.md?raw';
import twoWeights from '../../../../examples/two-weights.md?raw';
import type { Messages } from '@backflow/messages';

export interface Example {
  readonly id: keyof Messages['page']['examples'];
  readonly text: string;
}

/** From the smallest to the largest, as they stand in the menu. */
export const EXAMPLES: readonly Example[] = [
  { id: 'square', text: square },
  { id: 'two-weights', text: twoWeights },
  { id: 'circuit', text: circuit },
  { id: 'four-nodes', text: fourNodes },
  { id: 'cost-surface', text: costSurface },
  { id: 'sine-and-root', text: sineAndRoot },
  { id: 'neuron', text: neuron },
  { id: 'chain-of-neurons', text: chainOfNeurons },
  { id: 'mazur', text: mazur },
  { id: 'twenty-weights', text: twentyWeights },
  { id: 'micrograd', text: micrograd },
];

/** What a first visitor sees. */
export const FIRST: Example = EXAMPLES[0]!;
