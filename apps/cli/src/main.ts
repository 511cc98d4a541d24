import { readFileSync } from 'node:fs';
import { loadCommandMessages, loadMessages, type CommandMessages, type Language } from '@backflow/messages';
import { readArguments, type Invocation } from './arguments.ts';
import { check } from './check.ts';
import type { Command } from './command.ts';
import { compare } from './compare.ts';
import { exportWeights } from './export.ts';
import { grad } from './grad.ts';
import { graph } from './graph.ts';
import { importWeights } from './import.ts';
import { Problem, WrongValue } from './problem.ts';
import { processTerminal } from './process.ts';
import { showInput } from './show-input.ts';
import { steps } from './steps.ts';
import { paintFor, type Terminal } from './terminal.ts';
import { train } from './train.ts';
import { plain } from './width.ts';
import { write } from './write.ts';

const COMMANDS: Readonly<
  Record<
    'grad' | 'steps' | 'compare' | 'graph' | 'show' | 'check' | 'write' | 'train' | 'export' | 'import',
    Command
  >
> = {
  grad,
  steps,
  compare,
  graph,
  show: showInput,
  check,
  write,
  train,
  export: exportWeights,
  import: importWeights,
};

/**
 * Runs one command line (without `node` and the script) and returns its exit status: 0 done, 2 the command line, the
 * formula or the file cannot be used, 1 anything else, as when checked notes have something wrong. Never throws.
 */
export async function main(argv: readonly string[], terminal: Terminal): Promise<number> {
  const language = languageOf(argv, terminal.env);
  const messages = await loadCommandMessages(language ?? 'en');
  try {
    if (language === null) {
      const written = writtenLanguage(argv) ?? '';
      throw new WrongValue('--lang', written, ({ expected }) => expected.oneOf(['en', 'de']));
    }
    return await perform(readArguments(argv), terminal, language, messages);
  } catch (error) {
    if (terminal.out.closed) return 0;
    return complainTo(terminal, messages, error);
  }
}

/** Runs this process's command line and leaves its exit status behind. */
export async function runProcess(): Promise<void> {
  const status = await main(process.argv.slice(2), processTerminal());
  // A disk that is full has been reported already.
  process.exitCode ||= status;
}

async function perform(
  { command, input, inputs, options }: Invocation,
  terminal: Terminal,
  language: Language,
  messages: CommandMessages,
): Promise<number> {
  const { help } = messages;
  if (options.has('version')) {
    terminal.out.write(`${version()}\n`);
    return 0;
  }
  if (command === null) {
    (options.has('help') ? terminal.out : terminal.err).write(help.main);
    return options.has('help') ? 0 : 2;
  }
  if (command === 'help' && !options.has('help')) {
    terminal.out.write(input === null ? help.main : help[input as keyof typeof help]);
    return 0;
  }
  if (command === 'help' || options.has('help')) {
    terminal.out.write(help[command]);
    return 0;
  }
  return await COMMANDS[command]({
    terminal,
    language,
    messages,
    texts: await loadMessages(language),
    // Only `train` may have none, and looks at `inputs`.
    input: input ?? '',
    inputs,
    options,
    paint: paintFor(terminal.out, terminal.env),
  });
}

function complainTo(terminal: Terminal, messages: CommandMessages, error: unknown): number {
  const paint = paintFor(terminal.err, terminal.env);
  const label = paint(['bold', 'red'], `${messages.error}:`);
  if (!(error instanceof Problem)) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    terminal.err.write(`${label} ${messages.problems.unexpected(text)}\n`);
    return 1;
  }
  const complaint = error.complaint(messages);
  if (complaint !== null) {
    const lines = [complaint.what, ...complaint.help].map((line) => shortened(plain(line)));
    terminal.err.write(`${label} ${lines.join('\n  ')}\n`);
  }
  return error.exitCode;
}

const LONGEST_LINE = 1000;

/** What was written may be very long; a complaint about it is not. */
const shortened = (line: string): string =>
  line.length <= LONGEST_LINE
    ? line
    : `${line.slice(0, LONGEST_LINE / 2)} … ${line.slice(-LONGEST_LINE / 4)}`;

/** `--lang` before anything else, then the environment. Null for a language that we do not speak. */
function languageOf(argv: readonly string[], env: Terminal['env']): Language | null {
  const written = writtenLanguage(argv);
  if (written !== undefined) return written === 'en' || written === 'de' ? written : null;
  const environment = env.LC_ALL || env.LC_MESSAGES || env.LANG || '';
  return /^de(?![a-z])/i.test(environment) ? 'de' : 'en';
}

function writtenLanguage(argv: readonly string[]): string | undefined {
  const end = argv.indexOf('--');
  const options = end < 0 ? argv : argv.slice(0, end);
  const index = options.findLastIndex((part) => part === '--lang' || part.startsWith('--lang='));
  // A missing value is reported with the other options.
  return index < 0
    ? undefined
    : options[index] === '--lang'
      ? (options[index + 1] ?? 'en')
      : options[index].slice(7);
}

function version(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  return (manifest as { readonly version: string }).version;
}
