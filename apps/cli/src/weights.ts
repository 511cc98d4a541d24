import { ParametersError, parametersFromJson, parametersToJson, type NetworkSpec } from '@backflow/nn';
import type { WeightedNetwork } from '@backflow/nn/exchange';
import { readText } from './bytes.ts';
import { FileRefused } from './train-problem.ts';
import { checkpointFromJson, isCheckpoint } from './train-checkpoint.ts';

/** Two million parameters with all digits, four times over, as a checkpoint of Adam has them. */
export const MOST_BYTES_OF_WEIGHTS = 400_000_000;

/**
 * A network with its weights, from what `train --save`, `train --checkpoint` or `import` wrote. With `network`, of one that has
 * its layers and activations. Throws a `Problem`.
 */
export async function readWeights(
  folder: string,
  file: string,
  network?: NetworkSpec,
): Promise<WeightedNetwork> {
  const text = await readText(folder, file, MOST_BYTES_OF_WEIGHTS);
  try {
    if (!isCheckpoint(text)) return parametersFromJson(text, network);
    const { spec, state } = checkpointFromJson(file, text);
    const { parameters } = state;
    if (network === undefined) return { spec: spec.network, parameters };
    return parametersFromJson(parametersToJson(spec.network, parameters), network);
  } catch (error) {
    if (error instanceof ParametersError) throw new FileRefused(file, 'weights', error.message);
    throw error;
  }
}
