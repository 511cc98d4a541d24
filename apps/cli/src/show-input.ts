import { resolve } from 'node:path';
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
  const document = documentOf(await readProgram(call), optionText(call, 'of'));
  const { address, close } = await serve({ folder, extra: new Map(), port });
  const url = address + documentLink(document);
  terminal.out.write(`${messages.show.address(url)}\n${messages.show.stop}\n`);
  if (!call.options.has('no-open')) terminal.browse(url);
  await terminal.stopped();
  await close();
  return 0;
};
