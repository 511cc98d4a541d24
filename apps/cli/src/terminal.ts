import { styleText } from 'node:util';

/** Where a command writes. */
export interface Sink {
  write(text: string): void;
  readonly isTTY: boolean;
  /** Cells in a line; undefined where nobody looks (a pipe, a file). */
  readonly columns: number | undefined;
  /** True once the reader has gone away: writing more is pointless. */
  readonly closed: boolean;
}

/** The world as a command sees it; tests hand in their own. */
export interface Terminal {
  readonly out: Sink;
  readonly err: Sink;
  readonly input: { readonly isTTY: boolean; chunks(): AsyncIterable<Uint8Array> };
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The folder that file names are relative to. */
  readonly folder: string;
  /** Tries to open an address in a browser and never fails. */
  browse(address: string): void;
  /** Settles when the user ends the command (Ctrl-C). */
  stopped(): Promise<void>;
}

type Style = Parameters<typeof styleText>[0];
export type Paint = (style: Style, text: string) => string;

/** Colours for a sink: only on a terminal, never with NO_COLOR, always with FORCE_COLOR. */
export function paintFor(sink: Sink, env: Terminal['env']): Paint {
  const forced = env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== '0';
  const refused = (env.NO_COLOR ?? '') !== '' || env.FORCE_COLOR === '0' || env.TERM === 'dumb';
  const coloured = !refused && (sink.isTTY || forced);
  return coloured ? (style, text) => styleText(style, text, { validateStream: false }) : (_, text) => text;
}
