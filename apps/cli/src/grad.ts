import { backward, firstNonFinite, keysOf, LEAF, type NonFinite, type Recording } from '@backflow/engine';
import { foldSums } from '@backflow/graph';
import { derivativeText, expressionOf, formatExact, formatNumber, nodeTitle, toText } from '@backflow/print';
import { wholeOption, type Call, type Command } from './command.ts';
import { jsonNumber, jsonObject } from './json.ts';
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
  const { recording } = program;
  const gradient = backward(recording);
  const names = labelsOf(recording);
  if (call.options.has('json')) call.terminal.out.write(`${toJson(program, gradient)}\n`);
  else call.terminal.out.write(`${table(call, recording, gradient, names, digits).join('\n')}\n`);
  notice(call, recording, gradient, names);
  return 0;
};

/** The name under which a node is listed; an unnamed node that is differentiated is called by its place, `L/0`. */
function labelsOf(recording: Recording): ReadonlyMap<number, string> {
  const { names, output } = recording;
  return names.has(output) ? names : new Map(names).set(output, placeOf(recording));
}

function placeOf(full: Recording): string {
  const { recording } = foldSums(full);
  return keysOf(recording)[recording.output];
}

/** All names with all digits. */
function toJson({ recording, names }: Program, gradient: Float64Array): string {
  const { value, output } = recording;
  const label = labelsOf(recording).get(output)!;
  const all = names.has(label) ? [...names] : [...names, [label, output] as const];
  return jsonObject([
    ['output', JSON.stringify(label)],
    ['value', jsonNumber(value[output])],
    ['values', jsonObject(all.map(([name, node]) => [name, jsonNumber(value[node])]))],
    ['grads', jsonObject(all.map(([name, node]) => [name, jsonNumber(gradient[node])]))],
  ]);
}

function table(
  call: Call,
  recording: Recording,
  gradient: Float64Array,
  names: ReadonlyMap<number, string>,
  digits: number,
): string[] {
  const { messages, terminal, paint } = call;
  const { recording: shown, origin } = foldSums(recording);
  const nodes = Array.from(origin.keys()).filter((node) => shown.count <= MOST_ROWS || shown.names.has(node));
  const number = (x: number): string =>
    digits <= 10 ? formatNumber(x, { digits }) : formatExact(toDigits(x, digits));
  const rows = nodes.map((node) => [
    names.get(origin[node]) ?? '',
    shown.operation[node] === LEAF ? '' : toText(expressionOf(shown, node), { digits, maxLength: 300 }),
    shown.skipped[node] === 1 ? '—' : number(shown.value[node]),
    number(gradient[origin[node]]),
  ]);
  const formulas = { title: messages.table.formula, align: 'text' } as const;
  const layout = (width: number): string[] =>
    tableLines(
      [
        { title: messages.table.node, align: 'text' },
        { ...formulas, width },
        { title: messages.table.value, align: 'number' },
        { title: messages.table.gradient, align: 'number' },
      ],
      rows,
    );
  const widest = Math.max(widthOf(formulas.title), ...rows.map((row) => widthOf(row[1])));
  const lines = fitted(terminal.out.columns, widest, layout).map((line, row) =>
    row === 0 || nodes[row - 1] === shown.output ? paint('bold', line) : line,
  );
  const name = names.get(recording.output)!;
  lines.push('', paint('dim', messages.table.headline(derivativeText(name, 'node'))));
  const more = shown.count - nodes.length;
  if (more > 0) lines.push(paint('dim', messages.table.more(more)));
  return lines;
}

/** Lines with as wide a column as the terminal has room for, of at most `widest` cells. */
function fitted(columns: number | undefined, widest: number, layout: (width: number) => string[]): string[] {
  if (columns === undefined) return layout(FORMULA_WIDTH);
  const width = Math.min(widest, columns);
  const over = Math.max(...layout(width).map(widthOf)) - columns;
  return layout(over <= 0 ? width : Math.max(LEAST_FORMULA_WIDTH, width - over));
}

function toDigits(x: number, digits: number): number {
  return Number.isInteger(x) ? x : Number(x.toPrecision(digits));
}

/** Says on stderr which numbers are not finite, and where that began. */
function notice(
  call: Call,
  recording: Recording,
  gradient: Float64Array,
  names: ReadonlyMap<number, string>,
): void {
  const { terminal, messages } = call;
  const { count, value, skipped, output } = recording;
  const label = (node: number): string => names.get(node) ?? nodeTitle(recording, node, 40);
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
