import { programParts } from '@backflow/language';
import type { Convention, ConventionId } from '@backflow/notes';
import type { Change } from '../state/history.ts';

/** A convention of the loss, and the line that declares each choice, as the reader of notes understands it. */
interface Question {
  readonly id: ConventionId;
  readonly lines: Readonly<Record<string, string>>;
}

/** In the order in which the chip names them. */
export const QUESTIONS: readonly Question[] = [
  { id: 'half', lines: { 'with-half': 'Convention: with ½', 'without-half': 'Convention: without ½' } },
  { id: 'mean', lines: { sum: 'Convention: sum over the batch', mean: 'Convention: mean over the batch' } },
  {
    id: 'difference-order',
    lines: {
      'output-target': 'Convention: output − target',
      'target-output': 'Convention: target − output',
    },
  },
  { id: 'negative-gradient', lines: { 'negative-gradient': 'Convention: negative gradient' } },
  { id: 'index-order', lines: { 'from-to': 'indices from→to', 'to-from': 'indices to←from' } },
  {
    id: 'log-base',
    lines: {
      'log-base-e': 'Convention: logarithm to base e',
      'log-base-2': 'Convention: logarithm to base 2',
      'log-base-10': 'Convention: logarithm to base 10',
    },
  },
];

/** What is known of one convention: declared by a line of its own, or recognised from the numbers. */
export interface Answer {
  readonly id: ConventionId;
  readonly declared: string | null;
  readonly recognised: string | null;
}

/** What the notes say about the conventions of their loss. */
export function answersIn(text: string, conventions: readonly Convention[]): readonly Answer[] {
  const lines = text.split('\n').map(plain);
  return QUESTIONS.map(({ id, lines: choices }) => ({
    id,
    declared: Object.keys(choices).find((choice) => lines.includes(plain(choices[choice]))) ?? null,
    recognised: conventions.find((convention) => convention.id === id)?.choice ?? null,
  }));
}

const plain = (line: string): string =>
  line
    .trim()
    .replace(/^convention:\s*/i, '')
    .replace(/[.]$/, '')
    .replaceAll('-', '−')
    .toLowerCase();

/** The change that declares a choice in place of what was declared before; null takes the declaration out. */
export function declaringChoice(text: string, id: ConventionId, choice: string | null): Change {
  const { lines } = QUESTIONS.find((question) => question.id === id)!;
  const line = choice === null ? '' : `${lines[choice]}\n`;
  const known = Object.values(lines).map(plain);
  let from = 0;
  for (const each of text.split('\n')) {
    const to = Math.min(text.length, from + each.length + 1);
    if (known.includes(plain(each))) return { from, to, insert: line };
    from = to;
  }
  const at = beginOf(text);
  // A program may end with the text.
  return { from: at, to: at, insert: at > 0 && text[at - 1] !== '\n' ? `\n${line}` : line };
}

/** Where notes begin: behind the program, the preamble, the heading. */
function beginOf(text: string): number {
  const fence = programParts(text).fences.at(-1);
  const last = fence?.to ?? /\\begin\{document\}/.exec(text)?.index ?? /^\s*#.*/.exec(text)?.index ?? null;
  if (last === null) return 0;
  const newline = text.indexOf('\n', last);
  return newline < 0 ? text.length : newline + 1;
}
