import { backward, firstNonFinite, LEAF, type NonFinite } from '@backflow/engine';
import { foldSums } from '@backflow/graph';
import { derivativeText, expressionOf, formatNumber, nameToText, nodeTitle, toText } from '@backflow/print';
import { wholeOption, type Call, type Command } from './command.ts';
import { jsonNumber, jsonObject } from './json.ts';
import { numberText } from './numbers.ts';
import { readProgram, type Program } from './program.ts';
import { tableLines } from './table.ts';
import { paintFor } from './terminal.ts';
import { plain, widthOf } from './width.ts';

/** A larger table lists named nodes only. */
const MOST_ROWS = 1000;
/** The formula column where nobody says how wide the terminal is. */
const FORMULA_WIDTH = 48;
const LEAST_FORMULA_WIDTH = 12;
/** Names in one notice. */
const MOST_NAMES = 8;

/** `backflow grad`: values and gradients of a formula. */
export const grad: Command = async (call) => {
  const digits = wholeOption(call, 'digits', 2, 17) ?? 6;
  const program = await readProgram(call);
  const gradient = backward(program.recording);
  if (call.options.has('json')) call.terminal.out.write(`${toJson(program, gradient)}\n`);
  else call.terminal.out.write(`${table(call, program, gradient, digits).join('\n')}\n`);
  notice(call, program, gradient);
  return 0;
};

/** All names with all digits. */
function toJson({ recording, names, output }: Program, gradient: Float64Array): string {
  const { value } = recording;
  const all = new Map(names).set(output, recording.output);
  const numbers = (of: Float64Array): string =>
    jsonObject([...all].map(([name, node]) => [name, jsonNumber(of[node])]));
  return jsonObject([
    ['output', JSON.stringify(output)],
    ['value', jsonNumber(value[recording.output])],
    ['values', numbers(value)],
    ['grads', numbers(gradient)],
  ]);
}

/** A line of the table. */
interface Row {
  readonly cells: readonly string[];
  readonly output: boolean;
}

function table(call: Call, program: Program, gradient: Float64Array, digits: number): string[] {
  const { messages, terminal, paint } = call;
  const { recording: shown, origin } = foldSums(program.recording);
  const nodes = Array.from(origin.keys()).filter((node) => shown.count <= MOST_ROWS || shown.names.has(node));
  const number = (x: number): string => numberText(x, digits);
  const secondNames = aliases(program);
  const rows: Row[] = [];
  for (const node of nodes) {
    const full = origin[node];
    const name = shown.names.get(node) ?? (node === shown.output ? program.output : '');
    const formula =
      shown.operation[node] === LEAF ? '' : toText(expressionOf(shown, node), { digits, maxLength: 300 });
    const value = shown.skipped[node] === 1 ? '—' : number(shown.value[node]);
    const output = node === shown.output && (name === program.output || !secondNames.all.has(program.output));
    rows.push({ cells: [nameToText(name), formula, value, number(gradient[full])], output });
    for (const [alias, of] of secondNames.behind.get(full) ?? []) {
      const meant = nameToText(program.recording.names.get(of)!);
      const { value: values } = program.recording;
      const cells = [nameToText(alias), meant, number(values[of]), number(gradient[of])];
      rows.push({ cells, output: alias === program.output });
    }
  }
  const formulas = { title: messages.table.formula, align: 'text' } as const;
  const layout = (width: number): string[] =>
    tableLines(
      [
        { title: messages.table.node, align: 'text' },
        { ...formulas, width },
        { title: messages.table.value, align: 'number' },
        { title: messages.table.gradient, align: 'number' },
      ],
      rows.map(({ cells }) => cells),
    );
  const widest = rows.reduce((most, { cells }) => Math.max(most, widthOf(cells[1])), widthOf(formulas.title));
  const lines = fitted(terminal.out.columns, widest, layout).map((line, row) =>
    row === 0 || rows[row - 1].output ? paint('bold', line) : line,
  );
  lines.push('', paint('dim', messages.table.headline(derivativeText(program.output, 'node'))));
  const more = shown.count - nodes.length;
  if (more > 0) lines.push(paint('dim', messages.table.more(more)));
  return lines;
}

/**
 * Names of nodes that have another name already, as after `y = x`: with the node each means, by the node behind
 * which it is defined.
 */
function aliases({ recording, names }: Program): {
  readonly behind: ReadonlyMap<number, readonly (readonly [name: string, node: number])[]>;
  readonly all: ReadonlySet<string>;
} {
  const behind = new Map<number, (readonly [string, number])[]>();
  const all = new Set<string>();
  let latest = 0;
  for (const [name, node] of names) {
    if (recording.names.get(node) === name) latest = Math.max(latest, node);
    else {
      all.add(name);
      behind.set(latest, [...(behind.get(latest) ?? []), [name, node]]);
    }
  }
  return { behind, all };
}

/** Lines with as wide a column as the terminal has room for, of at most `widest` cells. */
function fitted(columns: number | undefined, widest: number, layout: (width: number) => string[]): string[] {
  if (columns === undefined) return layout(FORMULA_WIDTH);
  const width = Math.min(widest, columns);
  const over = Math.max(...layout(width).map(widthOf)) - columns;
  return layout(over <= 0 ? width : Math.max(LEAST_FORMULA_WIDTH, width - over));
}

/** Says on stderr which numbers are not finite, and where that began. */
function notice(call: Call, program: Program, gradient: Float64Array): void {
  const { terminal, messages } = call;
  const { recording } = program;
  const { count, value, skipped, output } = recording;
  const label = (node: number): string =>
    nameToText(
      node === output ? program.output : (recording.names.get(node) ?? nodeTitle(recording, node, 40)),
    );
  const wrong: string[] = [];
  for (let node = 0; node < count; node++) {
    if (skipped[node] === 0 && !Number.isFinite(value[node])) wrong.push(label(node));
  }
  for (let node = 0; node < count; node++) {
    if (!Number.isFinite(gradient[node])) wrong.push(derivativeText(label(output), label(node)));
  }
  if (wrong.length === 0) return;
  const paint = paintFor(terminal.err, terminal.env);
  const shown = wrong.length <= MOST_NAMES ? wrong : [...wrong.slice(0, MOST_NAMES), '…'];
  const born = firstNonFinite(recording, gradient);
  const lines = [messages.notices.notFinite(shown)];
  if (born !== null) lines.push(birth(call, born, label));
  terminal.err.write(`${paint(['bold', 'yellow'], `${messages.notice}:`)} ${lines.map(plain).join(' ')}\n`);
}

function birth({ messages }: Call, born: NonFinite, label: (node: number) => string): string {
  const { notices } = messages;
  switch (born.what) {
    case 'value':
      return notices.bornAsValue(label(born.node), formatNumber(born.value));
    case 'gradient':
      return notices.bornAsGradient(label(born.node), formatNumber(born.value));
    case 'contribution':
  }
  return notices.bornOnEdge(
    label(born.node),
    label(born.input),
    `${formatNumber(born.local)} · ${formatNumber(born.upstream)} = ${formatNumber(born.contribution)}`,
  );
}
