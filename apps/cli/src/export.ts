import { parametersToJson, ParametersError, SpecError } from '@backflow/nn';
import { ExchangeError, toOnnx, toPyTorch, type WeightedNetwork } from '@backflow/nn/exchange';
import { writeWhole } from './bytes.ts';
import { optionText, type Command } from './command.ts';
import { WrongValue } from './problem.ts';
import { FileRefused } from './train-problem.ts';
import { fileOption, wordOption } from './train-options.ts';
import { readWeights } from './weights.ts';
import { plain } from './width.ts';

const FORMS = ['onnx', 'pytorch', 'json'] as const;

/** `backflow export`: trained weights for other programs. */
export const exportWeights: Command = async (call) => {
  const { terminal, messages, input } = call;
  const form = wordOption(call, 'as', FORMS);
  if (form === undefined) throw new WrongValue('--as', '', ({ expected }) => expected.oneOf(FORMS));
  const out = fileOption(call, 'out');
  if (form === 'onnx' && out === undefined) {
    throw new WrongValue('--as', optionText(call, 'as')!, ({ expected }) =>
      expected.withExample('--out', 'model.onnx'),
    );
  }
  const model = await readWeights(terminal.folder, input);
  const content = written(input, form, model);
  if (out === undefined) {
    terminal.out.write(content as string);
    return 0;
  }
  await writeWhole(terminal.folder, out, content);
  terminal.err.write(`${messages.train.saved(plain(out))}\n`);
  return 0;
};

function written(
  file: string,
  form: (typeof FORMS)[number],
  { spec, parameters }: WeightedNetwork,
): string | Uint8Array {
  try {
    switch (form) {
      case 'onnx':
        return toOnnx(spec, parameters);
      case 'pytorch':
        return toPyTorch(spec, parameters);
      case 'json':
    }
    return parametersToJson(spec, parameters);
  } catch (error) {
    if (error instanceof ExchangeError || error instanceof ParametersError || error instanceof SpecError) {
      throw new FileRefused(file, 'export', error.message);
    }
    throw error;
  }
}
