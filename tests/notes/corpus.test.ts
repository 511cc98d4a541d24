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

function expectReport(report: Report, expected: string): void {
  const [marks, ...more] = expected.split('|').map((part) => part.trim());
  const [kind, ...rest] = marks.split(/\s+/);
  const all = marksOf(report);
  if (kind === 'tail') expect(all.slice(-rest.join('').length)).toBe(rest.join(''));
  else if (kind === 'loose') expect(lineMarks(report).slice(-rest.join('').length)).toBe(rest.join(''));
  else if (kind === 'fine') {
    expect(all).toMatch(/^[✓≈]+$/);
    expect(all).toHaveLength(Number(rest[0]));
  } else if (kind === 'allright') expect(all).toMatch(/^✓+$/);
  else if (kind === 'nowrong') expect(all).toMatch(/^[^✗↳]+$/);
  else if (kind === 'none') expect(all).toBe('');
  else expect(all).toBe(marks.replace(/\s+/g, ''));

  const firstTwo = report.claims
    .filter(({ verdict }) => verdict === 'wrong')
    .map(({ mistakes }) => mistakes.slice(0, 2).map(({ id }) => id));
  for (const part of more) {
    const [word, ...values] = part.split(/\s+/);
    if (word === 'first') expect(report.firstWrong).toBe(Number(values[0]));
    else if (word === 'truth')
      expect(report.claims[Number(values[0])].truth).toBeCloseTo(Number(values[1]), 4);
    else if (word === 'read') expect(report.repairs.map(({ read }) => read)).toContain(values.join(' '));
    else if (word === 'coverage')
      expect(report.coverage.map(({ given, due }) => `${given} of ${due}`)).toContain(values.join(' '));
    else {
      const ids = [word, ...values];
      for (const found of firstTwo) expect(found.some((id) => ids.includes(id)) ? ids : found).toEqual(ids);
      expect(firstTwo.length).toBeGreaterThan(0);
    }
  }
}

for (const file of readdirSync(folder).sort()) {
  describe(file.replace('.md', ''), () => {
    const sections = readFileSync(join(folder, file), 'utf8').split(/^## /m).slice(1);
    for (const section of sections) {
      const [, name, body, expected] = /^(\S+)\n([\s\S]*?)<!--([\s\S]*?)-->/.exec(section)!;
      it(name, () => {
        const [, other, own] = /### against\n([\s\S]*?)### notes\n([\s\S]*)/.exec(body) ?? [];
        const report = own === undefined ? checkNotes(body) : compareNotes(own, other);
        expectReport(report, expected);
      });
    }
  });
}
