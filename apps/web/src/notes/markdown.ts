import type { NotesMessages } from '@backflow/messages';
import type { Judged } from './judged.ts';
import { SIGNS } from './signs.ts';
import { said, sentenceOf, truthOf } from './words.ts';

/**
 * The notes as they stand, each line with claims followed by its mark and what is to be said about it. Inside displayed
 * formulas, tables and code nothing can be put in: what belongs there follows behind.
 */
export function markedMarkdown(found: Judged, texts: NotesMessages, digits: number): string {
  const { report, lines: judged } = found;
  const lines = report.text.split('\n');
  const out: string[] = [];
  let waiting: string[] = [];
  let fence: string | null = null;
  let display = false;
  lines.forEach((line, at) => {
    out.push(line);
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1] ?? null;
    if (mark !== null) fence = fence === null ? mark : mark.startsWith(fence) ? null : fence;
    if (fence === null && ((line.match(/\$\$/g)?.length ?? 0) % 2 === 1 || /^\s*\\[[\]]\s*$/.test(line)))
      display = !display;
    const here = judged.find((each) => each.line === at + 1);
    if (here !== undefined)
      waiting.push(...here.claims.map((claim) => remark(claim, here.claims.length > 1)));
    const next = lines[at + 1];
    const isRow = (text = ''): boolean => text.trimStart().startsWith('|');
    const table = isRow(line) && isRow(next);
    if (waiting.length === 0 || fence !== null || display || table) return;
    out.push('', ...waiting.map((text) => `> ${text}`));
    if (next !== undefined && next.trim() !== '') out.push('');
    waiting = [];
  });

  function remark(index: number, several: boolean): string {
    const claim = report.claims[index];
    const verdict = found.verdicts[index];
    const parts = [`${SIGNS[verdict]} ${texts.verdicts[verdict]}`];
    if (several) parts[0] += ` \`${claim.text.replaceAll('`', "'").replace(/\s+/g, ' ')}\``;
    const mistake = claim.mistakes[0];
    if (mistake !== undefined && verdict !== 'right') parts.push(sentenceOf(mistake, texts));
    if (verdict === 'follows' && claim.inherits !== null)
      parts.push(`${texts.page.followsFrom} ${texts.page.line(report.claims[claim.inherits].line)}.`);
    const truth = truthOf(claim, digits);
    if ((verdict === 'wrong' || verdict === 'follows') && truth !== null)
      parts.push(texts.page.isRight(truth));
    if (verdict === 'unknown')
      parts.push(...claim.remarks.flatMap(({ code, data }) => said(texts.remarks, code, data) ?? []));
    return parts.join(verdict === 'right' ? ' ' : ': ').replace(/\.: /g, '. ');
  }

  return out.join('\n');
}
