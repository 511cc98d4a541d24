import type { CommandMessages, NotesMessages } from '@backflow/messages';
import type { Claim, NoteVerdict, Report } from '@backflow/notes';
import { nameToText } from '@backflow/print';
import { factText, mistakeSentence, remarkSentences } from './check-words.ts';
import type { Paint } from './terminal.ts';
import { clip, plain, wrapped } from './width.ts';

export interface TextOptions {
  readonly messages: CommandMessages['check'];
  readonly words: NotesMessages;
  readonly paint: Paint;
  /** Cells in a line of the terminal; undefined where nobody looks. */
  readonly width: number | undefined;
}

/** Marks differ by shape, so that they do without colour. */
const MARKS: Readonly<Record<NoteVerdict, { readonly sign: string; readonly style: Parameters<Paint>[0] }>> =
  {
    right: { sign: '✓', style: 'green' },
    rounded: { sign: '≈', style: 'green' },
    follows: { sign: '↳', style: 'yellow' },
    wrong: { sign: '✗', style: ['bold', 'red'] },
    unknown: { sign: '?', style: 'cyan' },
  };

/** Where nobody looks, sentences are not wrapped at the edge of a window but for reading. */
const READING_WIDTH = 100;
const LEAST_WIDTH = 40;
/** Mistakes that are listed where several give the same number. */
const MOST_TIES = 3;

/** A report for a terminal: a line for each claim, reasons below it, then what is said of all, and a summary. */
export function reportLines(report: Report, options: TextOptions): string[] {
  const { claims } = report;
  const { messages, paint } = options;
  if (claims.length === 0) return [messages.none];
  const margin = String(claims.reduce((most, { line }) => Math.max(most, line), 0)).length + 1;
  const width = Math.max(LEAST_WIDTH, options.width ?? READING_WIDTH);
  const lines: string[] = [];
  let last: Claim | null = null;
  for (const claim of claims) {
    const { sign, style } = MARKS[claim.verdict];
    const number = (claim.line === last?.line ? '' : String(claim.line)).padStart(margin);
    const text = plain(relationBefore(claim, last, report.text) + claim.text.trim());
    const before = last;
    last = claim;
    const room = options.width === undefined ? text : clip(text, width - margin - 4);
    lines.push(`${paint('dim', number)}  ${paint(style, sign)} ${room}`);
    for (const reason of reasonsOf(claim, before, report, options)) {
      const blank = ' '.repeat(margin + 4);
      lines.push(...wrapped(plain(reason), width - blank.length).map((part) => blank + paint('dim', part)));
    }
  }
  const page = aboutAll(report, options).flatMap((sentence) => wrapped(plain(sentence), width));
  if (page.length > 0) lines.push('', ...page);
  lines.push('', ...wrapped(plain(summaryOf(report, options)), width).map((line) => paint('bold', line)));
  return lines;
}

/** The sign before a member that continues a chain, `= ` or `≈ `; nothing before one that brings its left side along. */
function relationBefore(claim: Claim, last: Claim | null, text: string): string {
  if (last === null || last.chain !== claim.chain || last.to > claim.from) return '';
  const between = text.slice(last.to, claim.from).trim();
  return /^[^\w\s]{1,3}$|^\\[a-z]+$/.test(between) && !/^[$&|]/.test(between) ? `${between} ` : '';
}

/**
 * Why a claim has its mark; nothing for one that is simply right, nor for one that inherits what the one before it in the
 * chain has inherited.
 */
function reasonsOf(
  claim: Claim,
  last: Claim | null,
  { claims }: Report,
  { messages, words }: TextOptions,
): string[] {
  const { verdict, mistakes, truth, inherits, convention } = claim;
  const reasons = [...new Set(claim.repairs.map(({ found, read }) => messages.readAs(found, read)))];
  // Any wrong number can have been worked out wrongly: beside something better that says nothing.
  const telling = mistakes.filter(({ id }, index) => index === 0 || id !== 'bad-arithmetic');
  const sentences = telling.slice(0, MOST_TIES).map((mistake) => mistakeSentence(mistake, words));
  const remarks = remarkSentences(claim, words);
  const told = sentences[0] ?? '';
  const due = truth === null || told.includes(factText(truth)) ? [] : [messages.due(factText(truth))];
  if (verdict === 'right') return [...reasons, ...(convention === null ? [] : remarks)];
  if (verdict === 'rounded') return [...reasons, ...sentences.slice(0, 1), ...remarks];
  if (verdict === 'unknown') return [...reasons, ...(remarks.length > 0 ? remarks : [messages.noReading])];
  if (verdict === 'follows') {
    if (last?.chain === claim.chain && last.verdict === 'follows' && last.truth === truth) return reasons;
    const from = inherits === null ? [] : [messages.inherited(claims[rootOf(inherits, claims)].line)];
    return [...reasons, ...from, ...due, ...remarks];
  }
  const ties = sentences.slice(1).map((sentence) => messages.or(sentence));
  const named = sentences.length === 0 ? [messages.noReason] : [sentences[0], ...ties];
  return [...reasons, ...named, ...due, ...remarks];
}

/** The slip itself, where what was inherited had been inherited before. */
function rootOf(from: number, claims: readonly Claim[]): number {
  const seen = new Set<number>();
  let root = from;
  while (!seen.has(root)) {
    seen.add(root);
    const { verdict, inherits } = claims[root];
    if (verdict === 'follows' && inherits !== null) root = inherits;
  }
  return root;
}

/** What is said of the notes as a whole. */
function aboutAll(
  { conventions, coverage, free, offer }: Report,
  { messages, words }: TextOptions,
): string[] {
  const sentences: string[] = [];
  const followed = conventions.map(({ id, choice }) => words.conventions[choice] ?? words.conventions[id]);
  if (followed.length > 0) sentences.push(words.page.conventions.banner(followed.join(', ')));
  for (const { family, due, given, missing, twice } of coverage) {
    const named = (names: readonly string[]): { names: string } => ({
      names: names.map(nameToText).join(', '),
    });
    const said = words.coverage.given({
      given: String(given),
      due: String(due),
      family: family === 'weights' ? words.coverage.weights : family,
    });
    const gaps = [
      ...(missing.length > 0 ? [words.coverage.missing(named(missing))] : []),
      ...(twice.length > 0 ? [words.coverage.twice(named(twice))] : []),
    ];
    sentences.push(`${[said, gaps.join(', ')].filter((part) => part !== '').join(': ')}.`);
  }
  if (free.length > 0) sentences.push(messages.free(free.map(nameToText)));
  if (offer !== null) {
    const lacks = offer.lacks.map((what) => messages.lacks[what]);
    sentences.push(messages.offer(offer.sizes.join('-'), lacks));
  }
  return sentences;
}

/** `11 of 13 right, 1 follows, 1 wrong; first slip in line 7: σ for σ′`. */
function summaryOf({ claims, firstWrong }: Report, { messages, words }: TextOptions): string {
  const count = (...verdicts: NoteVerdict[]): number =>
    claims.filter(({ verdict }) => verdicts.includes(verdict)).length;
  const parts = [messages.right(count('right', 'rounded'), claims.length)];
  for (const verdict of ['wrong', 'follows', 'unknown'] as const) {
    const found = count(verdict);
    if (found > 0) parts.push(messages[verdict](found));
  }
  if (firstWrong === null) return `${parts.join(', ')}.`;
  const { line, mistakes } = claims[firstWrong];
  const title = mistakes.length === 0 ? '' : words.titles[mistakes[0].id];
  return `${parts.join(', ')}; ${messages.firstSlip(line, title)}.`;
}
