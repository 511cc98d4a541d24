import { ACTIVATIONS, parametersToJson, SpecError } from '@backflow/nn';
import { ExchangeError, fromStateDict, type WeightedNetwork } from '@backflow/nn/exchange';
import { readText, writeWhole } from './bytes.ts';
import type { Command } from './command.ts';
import { WrongValue } from './problem.ts';
import { FileRefused } from './train-problem.ts';
import { fileOption, sizesOption, wordOption } from './train-options.ts';
import { HIDDEN } from './train-spec.ts';
import { MOST_BYTES_OF_WEIGHTS } from './weights.ts';
import { plain } from './width.ts';

/** `backflow import`: weights from PyTorch's state dict. */
export const importWeights: Command = async (call) => {
  const { terminal, messages, input } = call;
  const activation = wordOption(call, 'activation', HIDDEN);
  if (activation === undefined) {
    throw new WrongValue('--activation', '', ({ expected }) => expected.oneOf(HIDDEN));
  }
  const output = wordOption(call, 'output', ACTIVATIONS) ?? 'identity';
  const sizes = sizesOption(call, 'layers');
  const bias = !call.options.has('no-bias');
  const out = fileOption(call, 'out');
  const text = await readText(terminal.folder, input, MOST_BYTES_OF_WEIGHTS);
  let model: WeightedNetwork;
  try {
    const told = { activation, output };
    model = fromStateDict(
      text,
      sizes === undefined ? told : { ...told, sizes, bias, init: 'uniform' as const, seed: 1 },
    );
  } catch (error) {
    if (error instanceof ExchangeError || error instanceof SpecError) {
      throw new FileRefused(input, 'state', error.message);
    }
    throw error;
  }
  const json = parametersToJson(model.spec, model.parameters);
  if (out === undefined) {
    terminal.out.write(json);
    return 0;
  }
  await writeWhole(terminal.folder, out, json);
  terminal.err.write(`${messages.train.saved(plain(out))}\n`);
  return 0;
};
