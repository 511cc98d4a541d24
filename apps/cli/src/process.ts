import { openBrowser } from './browser.ts';
import type { Sink, Terminal } from './terminal.ts';

const ENDING = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** Signals so close together are one, in milliseconds. */
const TWICE = 1000;

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
        const heard = (): void => {
          resolve();
          // A key pressed twice is one wish; what is pressed later ends the process at once.
          setTimeout(() => ENDING.forEach((signal) => process.off(signal, heard)), TWICE).unref();
        };
        for (const signal of ENDING) process.on(signal, heard);
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
