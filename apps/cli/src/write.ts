import { programParts } from '@backflow/language';
import { derivationMarkdown } from '@backflow/trace';
import { optionText, wholeOption, type Command } from './command.ts';
import { documentOf } from './document.ts';
import { readRun } from './steps.ts';

/** `backflow write`: the derivation as notes. */
export const write: Command = async (call) => {
  const digits = wholeOption(call, 'digits', 2, 10) ?? 4;
  const { program, trace } = await readRun(call);
  const text = documentOf(program, optionText(call, 'of'));
  const written = programParts(text).regions.map(({ from, to }) => text.slice(from, to).trimEnd());
  const notes = derivationMarkdown(trace, call.texts, { digits, program: written.join('\n') });
  call.terminal.out.write(notes);
  return 0;
};
