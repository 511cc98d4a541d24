import type { ExampleId } from './examples.ts';
import whyMemoize from '../../../../examples/why-memoize.md?raw';
import square from '../../../../examples/square.md?raw';
import twoWeights from '../../../../examples/two-weights.md?raw';
import circuit from '../../../../examples/circuit.md?raw';
import fourNodes from '../../../../examples/four-nodes.md?raw';
import doubling from '../../../../examples/doubling.md?raw';
import costSurface from '../../../../examples/cost-surface.md?raw';
import sineAndRoot from '../../../../examples/sine-and-root.md?raw';
import neuron from '../../../../examples/neuron.md?raw';
import chainOfNeurons from '../../../../examples/chain-of-neurons.md?raw';
import mazur from '../../../../examples/mazur.md?raw';
import twentyWeights from '../../../../examples/twenty-weights.md?raw';
import micrograd from '../../../../examples/micrograd.md?raw';
import line from '../../../../examples/line.md?raw';
import xor from '../../../../examples/xor.md?raw';
import blobs from '../../../../examples/blobs.md?raw';
import sine from '../../../../examples/sine.md?raw';
import circles from '../../../../examples/circles.md?raw';
import moons from '../../../../examples/moons.md?raw';
import spiral from '../../../../examples/spiral.md?raw';
import fourThreeTwoOne from '../../../../examples/four-three-two-one.md?raw';
import camera from '../../../../examples/camera.md?raw';
import digits from '../../../../examples/digits.md?raw';

/** The texts of the examples but the first. */
export const TEXTS: Readonly<Record<Exclude<ExampleId, 'first-slip'>, string>> = {
  'why-memoize': whyMemoize,
  square,
  'two-weights': twoWeights,
  circuit,
  'four-nodes': fourNodes,
  doubling,
  'cost-surface': costSurface,
  'sine-and-root': sineAndRoot,
  neuron,
  'chain-of-neurons': chainOfNeurons,
  mazur,
  'twenty-weights': twentyWeights,
  micrograd,
  line,
  xor,
  blobs,
  sine,
  circles,
  moons,
  spiral,
  'four-three-two-one': fourThreeTwoOne,
  camera,
  digits,
};
