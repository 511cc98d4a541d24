import { Generator } from '../random/generator.ts';
import { checkNetwork } from '../spec/check.ts';
import { layoutOf, parameterCount } from '../spec/layout.ts';
import type { NetworkSpec } from '../spec/spec.ts';

/**
 * The parameters that a network starts with, in the order of `layoutOf`; drawn from its seed in that order, the same on every
 * machine. Throws SpecError for a network that cannot be built.
 *
 * With `zeros` all units of a layer compute the same and get the same gradient, so that they stay equal for ever: the network
 * learns no more than one with a single unit per layer.
 */
export function initialParameters(spec: NetworkSpec): Float64Array {
  checkNetwork(spec);
  const parameters = new Float64Array(parameterCount(spec));
  const generator = new Generator(spec.seed);
  for (const { inputs, units, weights, biases } of layoutOf(spec)) {
    const draw = drawing(spec, inputs, units, generator);
    if (draw === null) continue;
    for (let i = 0; i < inputs * units; i++) parameters[weights + i] = draw();
    if (biases >= 0 && spec.init === 'uniform')
      for (let j = 0; j < units; j++) parameters[biases + j] = draw();
  }
  return parameters;
}

/** What draws the numbers of one layer; null where they stay 0. */
function drawing(
  { init }: NetworkSpec,
  inputs: number,
  units: number,
  generator: Generator,
): (() => number) | null {
  if (init === 'zeros') return null;
  if (init === 'he') {
    const deviation = Math.sqrt(2 / inputs);
    return () => deviation * generator.normal();
  }
  const bound = init === 'xavier' ? Math.sqrt(6 / (inputs + units)) : 1 / Math.sqrt(inputs);
  return () => bound * (2 * generator.uniform() - 1);
}
