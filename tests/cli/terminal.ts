import type { Sink, Terminal } from '../../apps/cli/src/terminal.ts';

export interface FakeTerminal {
  readonly terminal: Terminal;
  /** What was written so far. */
  readonly out: () => string;
  readonly err: () => string;
  /** Addresses a browser was asked to open. */
  readonly browsed: readonly string[];
  /** Presses Ctrl-C. */
  readonly stop: () => void;
}

export interface FakeTerminalOptions {
  readonly folder?: string;
  readonly stdin?: string | Uint8Array;
  readonly env?: Terminal['env'];
  /** The width of a terminal that somebody looks at; without it, output goes to a pipe. */
  readonly columns?: number;
  /** True if standard input is a person. */
  readonly keyboard?: boolean;
}

/** A terminal in memory. */
export function fakeTerminal(options: FakeTerminalOptions = {}): FakeTerminal {
  const { folder = process.cwd(), stdin = '', env = {}, columns, keyboard = false } = options;
  const written = { out: '', err: '' };
  const browsed: string[] = [];
  let stop = (): void => {};
  const stopped = new Promise<void>((resolve) => (stop = resolve));
  const sink = (name: 'out' | 'err'): Sink => ({
    write: (text) => (written[name] += text),
    isTTY: columns !== undefined,
    columns,
    closed: false,
  });
  return {
    terminal: {
      out: sink('out'),
      err: sink('err'),
      input: { isTTY: keyboard, chunks: () => chunksOf(stdin) },
      env,
      folder,
      browse: (address) => browsed.push(address),
      stopped: () => stopped,
    },
    out: () => written.out,
    err: () => written.err,
    browsed,
    stop,
  };
}

/** In pieces that cut characters in two. */
async function* chunksOf(text: string | Uint8Array): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text as string);
  const size = Math.max(7, Math.ceil(bytes.length / 100));
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
