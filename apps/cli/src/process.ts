import { openBrowser } from './browser.ts';
import type { Sink, Terminal } from './terminal.ts';

/** This process as a command sees it. */
export function processTerminal(): Terminal {
  return {
    out: sinkOf(process.stdout),
    err: sinkOf(process.stderr),
    input: {
      get isTTY() {
        return process.stdin.isTTY;
      },
      chunks: () => process.stdin,
    },
    env: process.env,
    folder: process.cwd(),
    browse: openBrowser,
    stopped: () =>
      new Promise((resolve) => {
        for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve());
      }),
  };
}

function sinkOf(stream: NodeJS.WriteStream): Sink {
  let closed = false;
  // The reader of a pipe may leave early (`backflow … | head`): no more is written, and nothing is said.
  stream.on('error', (error: NodeJS.ErrnoException) => {
    closed = true;
    if (error.code === 'EPIPE') return;
    process.exitCode = 1;
    if (stream !== process.stderr) process.stderr.write(`${error.message}\n`);
  });
  return {
    write: (text) => {
      if (!closed) stream.write(text);
    },
    get isTTY() {
      return stream.isTTY;
    },
    get columns() {
      return stream.isTTY ? stream.columns : undefined;
    },
    get closed() {
      return closed;
    },
  };
}
