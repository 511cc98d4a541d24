import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { compareNotes, checkNotes } from '@backflow/notes';
import type { Report } from '@backflow/notes';
import { describe, expect, it } from 'vitest';

/*
 * Pages of notes with the verdicts they must get. A file has sections `## name`; each is a page of its own, and ends with
 * a comment that says what is expected:
 *
 *     ✓ ≈ ↳ ✗ ?      the marks of all claims, in order
 *     tail ✓✗        the marks of the last claims
 *     loose ✓✗       the worst mark of each of the last lines
 *     fine 10        so many claims, every one ✓ or ≈
 *     allright       every claim ✓, nowrong: none ✗ or ↳, none: no claims at all
 *     | some-id id   a claim marked ✗ has one of these ids among its first two mistakes
 *     | first 7      index of the first wrong claim
 *     | truth 8 0.1  what is right for claim 8
 *     | read η       something was read so
 *     | coverage 5 of 6
 *     | told sketched  a claim says that this was assumed
 *
 * Sections with `### against` and `### notes` compare two people's notes.
 */
const folder = resolve(import.meta.dirname, 'corpus');
const MARKS = { right: '✓', rounded: '≈', follows: '↳', wrong: '✗', unknown: '?' } as const;
const WORST = '✗?↳≈✓';

const marksOf = ({ claims }: Report): string => claims.map(({ verdict }) => MARKS[verdict]).join('');

/** The worst mark of each line that has claims. */
function lineMarks({ claims }: Report): string {
  const lines = new Map<number, string>();
  for (const { line, verdict } of claims) {
    const mark = MARKS[verdict];
    const before = lines.get(line) ?? '✓';
    lines.set(line, WORST.indexOf(mark) < WORST.indexOf(before) ? mark : before);
  }
  return [...lines.values()].join('');
}

/** What the marks are expected to be, in the notation above, as a pattern; and which marks it is about. */
function expectedMarks(words: string): { readonly pattern: RegExp; readonly of: 'claims' | 'lines' } {
  const [kind, ...rest] = words.split(/\s+/);
  const marks = rest.join('');
  switch (kind) {
    case 'tail':
      return { pattern: new RegExp(`${escaped(marks)}$`), of: 'claims' };
    case 'loose':
      return { pattern: new RegExp(`${escaped(marks)}$`), of: 'lines' };
    case 'fine':
      return { pattern: new RegExp(`^[✓≈]{${marks}}$`), of: 'claims' };
    case 'allright':
      return { pattern: /^✓+$/, of: 'claims' };
    case 'nowrong':
      return { pattern: /^[✓≈?]+$/, of: 'claims' };
    case 'none':
      return { pattern: /^$/, of: 'claims' };
    default:
      return { pattern: new RegExp(`^${escaped(kind + marks)}$`), of: 'claims' };
  }
}

const escaped = (marks: string): string => marks.replaceAll('?', '\\?');

/** What a page did not come out as expected in; empty if it did. */
function differences(report: Report, expected: string): string[] {
  const [marks, ...more] = expected.split('|').map((part) => part.trim());
  const found: string[] = [];
  const { pattern, of } = expectedMarks(marks);
  const shown = of === 'lines' ? lineMarks(report) : marksOf(report);
  if (!pattern.test(shown)) found.push(`marks ${shown}`);
  for (const part of more) {
    const [word, ...values] = part.split(/\s+/);
    const value = values.join(' ');
    if (word === 'first') {
      if (report.firstWrong !== Number(value)) found.push(`first ${report.firstWrong}`);
    } else if (word === 'truth') {
      const { truth } = report.claims[Number(values[0])];
      const near = typeof truth === 'number' && Math.abs(truth - Number(values[1])) < 5e-5;
      if (!near) found.push(`truth ${truth}`);
    } else if (word === 'read') {
      const readings = report.repairs.map(({ read }) => read);
      if (!readings.includes(value)) found.push(`read ${readings.join(', ')}`);
    } else if (word === 'coverage') {
      const coverage = report.coverage.map(({ given, due }) => `${given} of ${due}`);
      if (!coverage.includes(value)) found.push(`coverage ${coverage.join(', ')}`);
    } else if (word === 'told') {
      const told = report.claims.flatMap(({ remarks }) => remarks.map(({ code }) => code));
      if (!told.includes(value)) found.push(`told ${told.join(', ')}`);
    } else found.push(...misnamed(report, [word, ...values]));
  }
  return found;
}

/** The wrong claims that have none of these mistakes among their first two. */
function misnamed({ claims }: Report, ids: readonly string[]): string[] {
  const wrong = claims.filter(({ verdict }) => verdict === 'wrong');
  if (wrong.length === 0) return ['nothing wrong'];
  return wrong.flatMap(({ text, mistakes }) => {
    const firstTwo = mistakes.slice(0, 2).map(({ id }) => id);
    return firstTwo.some((id) => ids.includes(id)) ? [] : [`${text}: ${firstTwo.join(', ')}`];
  });
}

function reportOn(body: string): Report {
  const [, other, own] = /### against\n([\s\S]*?)### notes\n([\s\S]*)/.exec(body) ?? [];
  return own === undefined ? checkNotes(body) : compareNotes(own, other);
}

describe.each(readdirSync(folder).sort())('%s', (file) => {
  const sections = readFileSync(join(folder, file), 'utf8').split(/^## /m).slice(1);
  const pages = sections.map((section) => {
    const [, name, body, expected] = /^(\S+)\n([\s\S]*?)<!--([\s\S]*?)-->/.exec(section)!;
    return { name, body, expected };
  });
  it.each(pages)('$name', ({ body, expected }) => {
    expect(differences(reportOn(body), expected.trim())).toEqual([]);
  });
});
