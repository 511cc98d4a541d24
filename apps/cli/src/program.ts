import { evaluate, keysOf, LEAF, type Recording } from '@backflow/engine';
import { foldSums } from '@backflow/graph';
import { compile, LIMITS, nodeNamed, type Diagnostic } from '@backflow/language';
import { programOf } from '@backflow/print';
import type { Trace } from '@backflow/trace';
import { optionText, type Call } from './command.ts';
import { excerpt } from './excerpt.ts';
import { nearest } from './nearest.ts';
import { networkReaderOf } from './networks.ts';
import { Problem, UnknownNode, WrongValue, type Complaint } from './problem.ts';
import { readRecording, type ReadRecording } from './recorded.ts';
import { mayBePath, readSource, type Source } from './source.ts';
import { paintFor } from './terminal.ts';
import { readValues, type GivenValue } from './values.ts';
import { plain } from './width.ts';

/** An INPUT that has been read and recorded. */
export interface Program {
  readonly source: Source;
  readonly values: ReadonlyMap<string, GivenValue>;
  /** Every name and its node. */
  readonly names: ReadonlyMap<string, number>;
  /** Its output is the node named by `--of`, if there is one. */
  readonly recording: Recording;
  /** The name of the output; for a node without one its place, such as `L/0`. */
  readonly output: string;
  /** The run, where INPUT is one and neither its numbers nor its output were changed. */
  readonly trace?: Trace;
}

/** A program has errors, which have been printed. */
export class FormulaRefused extends Problem {
  complaint(): Complaint | null {
    return null;
  }
}

/** A recording of a few hundred thousand nodes. */
const MOST_BYTES_OF_JSON = 64_000_000;

/** UTF-8 takes at most three bytes for each UTF-16 unit that the language counts. */
const MOST_BYTES = 3 * LIMITS.textLength;

/** Reads and compiles the INPUT; prints what is wrong with it. Throws a `Problem`. */
export async function readProgram(call: Call): Promise<Program> {
  const { terminal, messages } = call;
  const values = readValues('--at', call.options.get('at') ?? []);
  if (call.input === '-' && terminal.input.isTTY) terminal.err.write(`${messages.notices.awaiting}\n`);
  const most = call.input.endsWith('.json') ? MOST_BYTES_OF_JSON : MOST_BYTES;
  const source = await readSource(call.input, terminal, most);
  const of = optionText(call, 'of')?.trim();
  if (of === '') throw new WrongValue('--of', of, ({ expected }) => expected.node);
  const read = readRecording(source);
  if (read !== null) return recordedProgram(source, read, values, of);
  const numbers = new Map(Array.from(values.values(), ({ name, value }) => [name, value]));
  const reader = await networkReaderOf(call, source, numbers);
  const { recording, names, output, diagnostics } = compile(source.text, {
    values: numbers,
    ...reader,
    ...(named(of) && { of }),
  });
  if (diagnostics.some(({ code }) => code === 'unknown-output')) {
    const { names: known } = compile(source.text, { values: numbers, ...reader });
    if (known.size > 0) throw unknownNode('--of', of ?? '', known);
  }
  for (const diagnostic of diagnostics) printDiagnostic(call, source, diagnostic);
  if (recording === null) {
    printHints(call, source, diagnostics);
    throw new FormulaRefused();
  }
  const program = { source, values, names, recording, output: output! };
  if (of === undefined || named(of)) return program;
  const node = findNode(program, '--of', of);
  return { ...program, recording: { ...recording, output: node }, output: recording.names.get(node) ?? of };
}

/** What was read as it was recorded, with the numbers of `--at` in its leaves and the node of `--of` as its output. */
function recordedProgram(
  source: Source,
  read: ReadRecording,
  values: ReadonlyMap<string, GivenValue>,
  of: string | undefined,
): Program {
  const names = new Map(Array.from(read.recording.names, ([node, name]) => [name, node]));
  const known = { names, recording: read.recording };
  const changes = new Map<number, number>();
  for (const { name, text, value } of values.values()) {
    const node = findNode(known, '--at', name);
    if (read.recording.operation[node] !== LEAF)
      throw new WrongValue('--at', `${name}=${text}`, ({ expected }) => expected.leaf);
    changes.set(node, value);
  }
  const node = of === undefined ? read.recording.output : findNode(known, '--of', of);
  const recording = { ...evaluate(read.recording, changes), output: node, spans: null };
  return {
    // The numbers of `--at` stand in it already.
    source: { ...source, text: programOf(recording) },
    values: new Map(),
    names,
    recording,
    output: recording.names.get(node) ?? of ?? 'out',
    ...(read.trace !== null && changes.size === 0 && of === undefined && { trace: read.trace }),
  };
}

/** False for a key such as `L/0`, the place of an unnamed node in a named one. */
const named = (of: string | undefined): of is string => of !== undefined && !of.includes('/');

/** The node that is meant by a name in any spelling, or by a key. Throws `UnknownNode`. */
export function findNode(
  program: Pick<Program, 'names' | 'recording'>,
  option: string,
  written: string,
): number {
  const text = written.trim();
  const node = nodeNamed(program, text);
  if (node !== null) return node;
  // Places are those of the graph as it is shown, in which a run of + and − is one node.
  const { recording, origin } = foldSums(program.recording);
  const place = keysOf(recording).indexOf(text);
  if (place >= 0) return origin[place];
  throw unknownNode(option, text, program.names);
}

function unknownNode(option: string, written: string, names: Program['names']): UnknownNode {
  const known = [...names.keys()];
  return new UnknownNode(option, written, nearest(written, known), known.slice(0, MOST_NAMES));
}

/** Names that are listed where none is near. */
const MOST_NAMES = 40;

/** What is wrong with an option and not with the text. */
const OPTION_OF: ReadonlyMap<string, string> = new Map([
  ['unused-value', '--at'],
  ['unknown-output', '--of'],
]);

/** What may be wrong with the node that `--of` names; it then stands nowhere in the text. */
const OF_CODES: ReadonlySet<string> = new Set(['output-shape', 'index-range', 'no-elements']);

/**
 *     mazur.md:3:12: error: Expected a closing bracket.
 *        3 | y = sigmoid(w*x
 *          |            ^
 */
export function printDiagnostic(
  { terminal, messages, texts }: Call,
  source: Source,
  diagnostic: Diagnostic,
): void {
  const paint = paintFor(terminal.err, terminal.env);
  const { severity, code, line, column, from, to } = diagnostic;
  const kind =
    severity === 'error'
      ? paint(['bold', 'red'], `${messages.error}:`)
      : paint(['bold', 'yellow'], `${messages.notice}:`);
  const of = to === 0 && OF_CODES.has(code) ? '--of' : undefined;
  const option = OPTION_OF.get(code) ?? of;
  if (option !== undefined) {
    terminal.err.write(`${kind} ${option}: ${plain(diagnostic.message(texts))}\n`);
    return;
  }
  const margin = String(line).padStart(4);
  const width = Math.max(40, Math.min(120, terminal.err.columns ?? 100)) - margin.length - 3;
  const shown = excerpt(source.text, from, to, width);
  const place = paint('bold', `${plain(source.origin)}:${line}:${column}:`);
  const blank = ' '.repeat(margin.length);
  const headline = `${place} ${kind} ${plain(diagnostic.message(texts))}`;
  if (code === 'text-too-long') {
    terminal.err.write(`${headline}\n`);
    return;
  }
  const lines = [
    headline,
    `${paint('dim', `${margin} |`)} ${shown.line}`,
    `${paint('dim', `${blank} |`)} ${paint('red', shown.mark)}`,
  ];
  terminal.err.write(`${lines.join('\n')}\n`);
}

/** What may have been meant by a formula that does not work. */
function printHints(
  { terminal, messages, input }: Call,
  source: Source,
  diagnostics: readonly Diagnostic[],
): void {
  const hints: string[] = [];
  const undefinedNames = diagnostics.flatMap(({ code, data, suggestion }) =>
    code === 'undefined-name' && suggestion === undefined ? [(data as { readonly name: string }).name] : [],
  );
  if (undefinedNames.length > 0) hints.push(messages.notices.giveValues([...new Set(undefinedNames)]));
  if (source.kind === 'formula' && mayBePath(input)) hints.push(messages.notices.noSuchFile(plain(input)));
  for (const hint of hints) terminal.err.write(`${hint}\n`);
}
