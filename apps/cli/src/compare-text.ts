import { loadMemoMessages, type CommandMessages, type MemoMessages } from '@backflow/messages';
import { derivativeText, formatCount, nameToText, nodeTitle } from '@backflow/print';
import { firstDifference, STEP_LIMIT, traceAlgorithm, type Comparison, type Outcome } from '@backflow/trace';
import type { Call } from './command.ts';
import { numberText } from './numbers.ts';
import type { Program } from './program.ts';
import { tableLines, type Column } from './table.ts';
import type { Paint } from './terminal.ts';
import { clip, plain, widthOf, wrapped } from './width.ts';

/** Where nobody says how wide the terminal is. */
const USUAL_WIDTH = 80;
/** Cells for the name of the leaf that is worst off, among others. */
const LEAF_WIDTH = 12;

/**
 * How counts are written, which titles are short (of two columns, of all that have one), and what is said of the worst
 * gradient among several: also what is due, what was found, nothing. The first look that is not too wide counts, else
 * the last.
 */
const LOOKS = [
  { exact: 15, digits: 4, short: 'none', worst: 'due' },
  { exact: 15, digits: 4, short: 'two', worst: 'due' },
  { exact: 9, digits: 4, short: 'two', worst: 'due' },
  { exact: 9, digits: 4, short: 'two', worst: 'found' },
  { exact: 9, digits: 4, short: 'all', worst: 'found' },
  { exact: 6, digits: 3, short: 'all', worst: 'found' },
  { exact: 6, digits: 3, short: 'all', worst: 'none' },
  { exact: 6, digits: 2, short: 'all', worst: 'none' },
] as const;

type Look = (typeof LOOKS)[number];

/** What the sentences and cells are made from. */
interface View {
  readonly comparison: Comparison;
  readonly messages: CommandMessages['compare'];
  readonly differs: MemoMessages['beside']['differs'];
  readonly output: string;
  readonly number: (x: number) => string;
  /** A node as it is called in a sentence. */
  readonly name: (node: number) => string;
}

/** A comparison for a terminal: the number of paths, a line for each algorithm, and where the wrong ones go wrong first. */
export async function comparisonLines(
  { messages, language, terminal, paint }: Call,
  { recording, output }: Program,
  comparison: Comparison,
  digits: number,
): Promise<string[]> {
  const name = (node: number): string => {
    const given = recording.names.get(node);
    return given === undefined ? nodeTitle(recording, node) : nameToText(given);
  };
  const number = (x: number): string => numberText(x, digits);
  const { differs } = (await loadMemoMessages(language)).beside;
  const view: View = { comparison, messages: messages.compare, differs, output, number, name };
  const width = terminal.out.columns ?? USUAL_WIDTH;
  const fits = (lines: readonly string[]): boolean => lines.every((line) => widthOf(line) <= width);
  const tables = LOOKS.map((look) => tableOf(view, look));
  const [titles, ...rows] = tables.find(fits) ?? tables.at(-1)!;
  const sentences = comparison.algorithms.flatMap((outcome) => {
    const said = sentenceOf(view, outcome);
    return said === null ? [] : wrapped(plain(`${outcome.name}: ${said}`), width);
  });
  return [
    ...wrapped(plain(headline(view)), width),
    '',
    paint('bold', titles),
    ...rows.map((row, index) => painted(row, comparison.algorithms[index], paint)),
    ...(sentences.length > 0 ? ['', ...sentences] : []),
  ];
}

/** `4 paths lead from x to y.` */
function headline({ comparison: { graph, paths }, messages, output, name }: View): string {
  const { leaves } = graph;
  const from = leaves.length === 1 ? name(leaves[0]) : null;
  return messages.paths(
    formatCount(paths),
    paths !== 1n,
    from,
    formatCount(leaves.length),
    nameToText(output),
  );
}

/** The lines of the table, titles first. The mark of a row is its first character. */
function tableOf(view: View, look: Look): string[] {
  const { messages } = view;
  const { leaves } = view.comparison.graph;
  const output = look.short === 'all' ? '' : view.output;
  const result = leaves.length === 1 ? derivativeText(output, view.name(leaves[0])) : messages.gradients;
  const words = look.short === 'none' ? messages : messages.short;
  const last = look.short === 'all' ? messages.short : messages;
  const columns: Column[] = [
    { title: '', align: 'text' },
    { title: messages.algorithm, align: 'text' },
    { title: result, align: leaves.length === 1 ? 'number' : 'text' },
    { title: messages.visits, align: 'count' },
    { title: words.multiplications, align: 'count' },
    { title: words.additions, align: 'count' },
    { title: last.hits, align: 'count' },
    { title: last.passes, align: 'count' },
  ];
  const rows = view.comparison.algorithms.map((outcome) => {
    const { visits, multiplications, additions, hits, forwardPasses } = outcome.counters;
    const counts = [visits, multiplications, additions, hits, forwardPasses];
    const mark = MARKS[`${outcome.right}`];
    return [
      mark,
      outcome.name,
      resultOf(view, outcome, look),
      ...counts.map((count) => formatCount(count, look)),
    ];
  });
  return tableLines(columns, rows);
}

/** Marks differ by shape, as those of `check`. */
const MARKS = { true: '✓', false: '✗', null: '–' } as const;

/** The row with its mark in colour. */
function painted(row: string, { right }: Outcome, paint: Paint): string {
  const style = right === null ? 'dim' : right ? 'green' : (['bold', 'red'] as const);
  return paint(style as Parameters<Paint>[0], row[0]) + row.slice(1);
}

/** The derivative by the only leaf; with several leaves how many are right, and the one that is farthest off. */
function resultOf(
  { comparison, messages, number, name }: View,
  { gradients, differing }: Outcome,
  look: Look,
): string {
  const { graph, truth } = comparison;
  const { leaves } = graph;
  if (gradients === null) return '—';
  if (leaves.length === 1) return number(gradients[leaves[0]]);
  const right = messages.rightOf(formatCount(leaves.length - differing.length), formatCount(leaves.length));
  if (differing.length === 0 || look.worst === 'none') return right;
  const off = (leaf: number): number => {
    const distance = Math.abs(gradients[leaf] - truth[leaf]);
    return Number.isNaN(distance) ? Infinity : distance;
  };
  const worst = differing.reduce((most, leaf) => (off(leaf) > off(most) ? leaf : most));
  const leaf = clip(name(worst), LEAF_WIDTH);
  const found = number(gradients[worst]);
  return `${right}; ${look.worst === 'due' ? messages.worst(leaf, found, number(truth[worst])) : `${leaf} ${found}`}`;
}

/** Why a result is wrong or missing; null for a right one. */
function sentenceOf({ comparison, messages, differs, number, name }: View, outcome: Outcome): string | null {
  const { graph, truth } = comparison;
  const { recording, of } = graph;
  const steps = formatCount(outcome.events);
  if (outcome.right === null) return messages.counted(steps, formatCount(STEP_LIMIT));
  if (outcome.right) return null;
  const trace = traceAlgorithm(recording, outcome.name, { of });
  if (trace === null) return messages.long(steps);
  const difference = firstDifference(trace, truth);
  if (difference === null) return null;
  const { kind, node, found, due, reported } = difference;
  return differs[kind](name(node), number(found), number(due), reported);
}
