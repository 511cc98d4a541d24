import { fileURLToPath } from 'node:url';
import { definitionsToJson, record, recordingToJson, type Value } from '@backflow/engine';
import { loadCommandMessages, type Language } from '@backflow/messages';
import { openBrowser } from './browser.ts';
import { serve } from './site.ts';

export interface ShowOptions {
  /** The port to serve on; a free one when left out. */
  readonly port?: number;
  /** False to print the address only. */
  readonly open?: boolean;
  /** The folder of the built page, when it is not where this workspace builds it. */
  readonly site?: string;
  /** Where the address is printed; standard output when left out. */
  readonly print?: (line: string) => void;
  readonly language?: Language;
}

/** A page that is open on a recording. */
export interface Shown {
  /** What to open in a browser. */
  readonly url: string;
  /** Stops the server, and with it what keeps the program running. */
  readonly close: () => Promise<void>;
}

/**
 * Opens the page on what a value was computed from: serves the page and the recording to this machine,
 * prints the address and tries to open a browser. Operations of one's own are served as data: one with a formula can be
 * computed by the page, of others it shows the numbers of this recording.
 * The program runs on until `close` or Ctrl-C.
 *
 * Throws `SiteMissing` when the page is not built, `PortTaken` when the port cannot be used.
 */
export async function show(output: Value, options: ShowOptions = {}): Promise<Shown> {
  const { language = 'en', print = console.log } = options;
  const messages = await loadCommandMessages(language);
  const recording = record(output);
  const extra = new Map([['recording.json', recordingToJson(recording)]]);
  const definitions = definitionsToJson(recording);
  if (definitions !== null) extra.set('operations.json', definitions);
  const { address, close } = await serve({
    folder: options.site ?? BUILT_SITE,
    extra,
    port: options.port ?? 0,
  });
  const url = `${address}?recording=recording.json${definitions === null ? '' : '&operations=operations.json'}`;
  print(messages.show.address(url));
  print(messages.show.stop);
  if (options.open !== false) openBrowser(url);
  return { url, close };
}

/** Where `npm run build` puts the page, seen from `src` and from `dist` alike. */
export const BUILT_SITE = fileURLToPath(new URL('../../web/dist/site', import.meta.url));
