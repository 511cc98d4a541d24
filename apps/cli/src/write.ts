import { foldSums } from '@backflow/graph';
import { programParts } from '@backflow/language';
import { derivationMarkdown, traceReverse } from '@backflow/trace';
import { optionText, wholeOption, type Command } from './command.ts';
import { documentOf } from './document.ts';
import { readProgram } from './program.ts';
import { parametersOf, rateOf } from './steps.ts';

/** `backflow write`: the derivation as notes. */
export const write: Command = async (call) => {
  const digits = wholeOption(call, 'digits', 2, 10) ?? 4;
  const learningRate = rateOf(call);
  const program = await readProgram(call);
  const { recording, shown } = foldSums(program.recording);
  const parameters = parametersOf(call, program)?.map((leaf) => shown[leaf]);
  const trace = traceReverse(recording, {
    ...(learningRate !== undefined && { learningRate }),
    ...(parameters !== undefined && { parameters }),
  });
  const text = documentOf(program, optionText(call, 'of'));
  const written = programParts(text).regions.map(({ from, to }) => text.slice(from, to).trimEnd());
  const notes = derivationMarkdown(trace, call.texts, { digits, program: written.join('\n') });
  call.terminal.out.write(notes);
  return 0;
};
