import { main } from '../../apps/cli/src/main.ts';
import { fakeTerminal, type FakeTerminalOptions } from './terminal.ts';

export interface Ran {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a command line in this process. */
export async function run(argv: readonly string[], options: FakeTerminalOptions = {}): Promise<Ran> {
  const { terminal, out, err } = fakeTerminal(options);
  const status = await main(argv, terminal);
  return { status, out: out(), err: err() };
}

/** What `grad --json` prints; maps, so that no name is special. */
export interface Gradients {
  readonly output: string;
  readonly value: number | string;
  readonly values: ReadonlyMap<string, number | string>;
  readonly grads: ReadonlyMap<string, number | string>;
}

export function readGradients(json: string): Gradients {
  const { output, value, values, grads } = JSON.parse(json) as Record<'output' | 'value', string> &
    Record<'values' | 'grads', Record<string, number | string>>;
  return { output, value, values: new Map(Object.entries(values)), grads: new Map(Object.entries(grads)) };
}

/** Runs `grad --json` and expects it to work. */
export async function gradients(
  argv: readonly string[],
  options: FakeTerminalOptions = {},
): Promise<Gradients> {
  const { status, out, err } = await run(['grad', '--json', ...argv], options);
  if (status !== 0) throw new Error(`${argv.join(' ')}: status ${status}\n${err}`);
  return readGradients(out);
}
