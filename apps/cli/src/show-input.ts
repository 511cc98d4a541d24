import { resolve } from 'node:path';
import { recordingToJson } from '@backflow/engine';
import { optionText, wholeOption, type Command } from './command.ts';
import { documentOf } from './document.ts';
import { documentLink } from './link.ts';
import { readProgram } from './program.ts';
import { BUILT_SITE } from './show.ts';
import { serve } from './site.ts';

/** `backflow show`: the page with a document open in it, until Ctrl-C. */
export const showInput: Command = async (call) => {
  const { terminal, messages } = call;
  const port = wholeOption(call, 'port', 0, 65_535) ?? 0;
  const site = optionText(call, 'site');
  const folder = site === undefined ? BUILT_SITE : resolve(terminal.folder, site);
  const program = await readProgram(call);
  // Trained weights stand in no document: the recording has them.
  const trained = call.options.has('parameters');
  const extra = new Map(trained ? [['recording.json', recordingToJson(program.recording)]] : []);
  const { address, close } = await serve({ folder, extra, port });
  const url =
    address +
    (trained ? '?recording=recording.json' : documentLink(documentOf(program, optionText(call, 'of'))));
  terminal.out.write(`${messages.show.address(url)}\n${messages.show.stop}\n`);
  if (!call.options.has('no-open')) terminal.browse(url);
  await terminal.stopped();
  await close();
  return 0;
};
