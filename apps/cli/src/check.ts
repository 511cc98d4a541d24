import { compile, type Compilation } from '@backflow/language';
import { loadNotesMessages, type NotesMessages } from '@backflow/messages';
import { checkNotes, compareNotes, compileNotes, type Report } from '@backflow/notes';
import { csvLine, csvRow, CSV_TITLES, unreadableRow } from './check-csv.ts';
import { reportJson } from './check-json.ts';
import { reportLines } from './check-text.ts';
import { optionText, type Call, type Command } from './command.ts';
import { networkReader } from './networks.ts';
import { Problem, UnreadableInput, WrongValue } from './problem.ts';
import { FormulaRefused, printDiagnostic } from './program.ts';
import { readSource, type Source } from './source.ts';
import { paintFor } from './terminal.ts';
import { readValues } from './values.ts';
import { plain } from './width.ts';

/** More than is ever looked at: what is over the limit of the notes is reported, not refused. */
const MOST_BYTES = 100_000_000;

/** `backflow check`: notes, judged. */
export const check: Command = async (call) => {
  const form = formOf(call);
  const judged = await judgeOf(call);
  const words = await loadNotesMessages(call.language);
  const { out } = call.terminal;
  let status = 0;
  if (form === 'csv') out.write(`${CSV_TITLES}\n`);
  const objects: string[] = [];
  for (const [index, input] of call.inputs.entries()) {
    try {
      const source = await readNotes(call, input);
      const { report, refused } = await judged(source);
      status = Math.max(status, refused ? 2 : report.firstWrong === null ? 0 : 1);
      if (form === 'csv') out.write(`${csvLine(csvRow(source.origin, report))}\n`);
      else if (form === 'json') objects.push(reportJson(report, words, several(call) ? source.origin : null));
      else out.write(textOf(call, source, report, words, index));
    } catch (error) {
      if (!(error instanceof Problem) || (!several(call) && form !== 'csv')) throw error;
      status = error.exitCode;
      const reason = error.complaint(call.messages);
      if (form === 'csv') out.write(`${csvLine(unreadableRow(input, reason?.what ?? ''))}\n`);
      else if (reason !== null) {
        const label = call.messages.error;
        call.terminal.err.write(`${label}: ${[reason.what, ...reason.help].map(plain).join('\n  ')}\n`);
      }
    }
  }
  if (form === 'json') out.write(several(call) ? `[${objects.join(',\n')}]\n` : `${objects[0]}\n`);
  return status;
};

const several = (call: Call): boolean => call.inputs.length > 1;

function formOf({ options }: Call): 'text' | 'json' | 'csv' {
  if (options.has('csv') && options.has('json')) {
    throw new WrongValue('--csv', '--json', ({ expected }) => expected.oneForm);
  }
  return options.has('csv') ? 'csv' : options.has('json') ? 'json' : 'text';
}

/** A page of notes, judged; `refused` if it brings a program that cannot be read, which has been said. */
interface Judged {
  readonly report: Report;
  readonly refused: boolean;
}

/** How notes are judged: all by the same program, numbers and other notes. */
async function judgeOf(call: Call): Promise<(source: Source) => Promise<Judged>> {
  const given = readValues('--set', call.options.get('set') ?? []);
  const values = new Map(Array.from(given.values(), ({ name, value }) => [name, value]));
  const file = optionText(call, 'program');
  const program = file === undefined ? undefined : await readFile(call, '--program', file);
  if (program !== undefined) {
    const compiled = compile(program.text, { values, ...(await networkReader(program.text)) });
    if (isRefused(call, program, compiled)) throw new FormulaRefused();
  }
  const other = optionText(call, 'against');
  const against = other === undefined ? undefined : await readFile(call, '--against', other);
  return async (source) => {
    const reader = await networkReader(program?.text ?? source.text);
    const options = { values, ...reader, ...(program !== undefined && { program: program.text }) };
    const own = program === undefined ? compileNotes(source.text, options) : null;
    const refused = own !== null && isRefused(call, source, own);
    if (values.size > 0 && program === undefined && own === null)
      notice(call, call.messages.check.setWithoutProgram);
    const report =
      against === undefined
        ? checkNotes(source.text, options)
        : compareNotes(source.text, against.text, options);
    return { report, refused };
  };
}

/** Every line of a program must be read: prints what is wrong with it, and which numbers of `--set` nothing uses. */
function isRefused(call: Call, source: Source, { recording, diagnostics }: Compilation): boolean {
  for (const diagnostic of diagnostics) {
    if (diagnostic.severity === 'error') printDiagnostic(call, source, diagnostic);
    else if (diagnostic.code === 'unused-value')
      notice(call, `--set: ${plain(diagnostic.message(call.texts))}`);
  }
  return recording === null;
}

function notice({ terminal, messages }: Call, text: string): void {
  const paint = paintFor(terminal.err, terminal.env);
  terminal.err.write(`${paint(['bold', 'yellow'], `${messages.notice}:`)} ${text}\n`);
}

function readNotes({ terminal, messages }: Call, input: string): Promise<Source> {
  if (input === '-' && terminal.input.isTTY) terminal.err.write(`${messages.notices.awaitingNotes}\n`);
  return readSource(input, terminal, MOST_BYTES, 'notes');
}

/** The file that an option names; a text is none. */
async function readFile({ terminal }: Call, option: string, file: string): Promise<Source> {
  if (file.trim() === '') throw new WrongValue(option, file, ({ expected }) => expected.file);
  const source = await readSource(file, terminal, MOST_BYTES, 'notes');
  if (source.kind === 'formula') throw new UnreadableInput(file, { kind: 'missing', suggestion: null });
  return source;
}

function textOf(call: Call, source: Source, report: Report, words: NotesMessages, index: number): string {
  const lines = reportLines(report, {
    messages: call.messages.check,
    words,
    paint: call.paint,
    width: call.terminal.out.columns,
  });
  const heading = several(call) ? [call.paint('bold', plain(source.origin))] : [];
  const blank = index > 0 ? [''] : [];
  return `${[...blank, ...heading, ...lines].join('\n')}\n`;
}
