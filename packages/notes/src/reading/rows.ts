import type { Span } from '@backflow/language';
import { EDGE } from './canvas.ts';
import type { Canvas } from './canvas.ts';
import type { Row } from './page.ts';

const RELATION =
  /[=≈≤≥<>≃∝≠←⇒]|\\(?:leq?|geq?|approx|simeq|propto|neq?|leftarrow|Rightarrow|equiv)(?![A-Za-z])/;
/** A relation sign at the beginning, which is no arrow. */
const BEGINS_RELATION =
  /^(?:=(?![=>])|==(?!=)|≈|≃|≅|~=|≤|≥|<=|>=|\\(?:approx|simeq|leq?|geq?|equiv|cong)(?![A-Za-z]))/;
const BEGINS_OPERATOR = /^(?:[+−·×⋅/]|-|\*|\\(?:times|cdot|pm|mp)(?![A-Za-z]))/;
const ENDS_RELATION = /(?:[=≈≤≥≃]|\\(?:approx|leq?|geq?|simeq|equiv))$/;
const ENDS_OPERATOR = /(?:[+−·×⋅*/\-^]|\\(?:times|cdot|pm))$/;
const OPERATOR_ALONE = /^(?:[+−·×⋅*/-]|\\(?:times|cdot))$/;
/** A bracket left open is looked for in this many rows. */
const ROWS_JOINED = 16;
const ROW_LENGTH = 20_000;

/** Joins rows that continue one another: a claim that runs over several lines becomes one stretch. */
export function joinRows(canvas: Canvas, rows: readonly Row[]): (Span & Pick<Row, 'quoted'>)[] {
  const joined: (Row & { to: number })[] = [];
  const texts = rows.map((row) => canvas.text(row.from, Math.min(row.to, row.from + ROW_LENGTH)));
  let last: (Row & { to: number }) | null = null;
  let lastText = '';
  let lastCount = 0;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i];
    const text = texts[i];
    if (
      last !== null &&
      row.to - last.from < ROW_LENGTH &&
      continues(last, lastText, row, text, texts[i + 1] ?? '', lastCount)
    ) {
      canvas.blank(last.to, row.from);
      if (!row.apart && last.kind === 'math' && row.kind === 'math') {
        // Rows of one display: no formula ends between them.
        canvas.flags[last.to] &= ~EDGE;
        canvas.flags[row.from] &= ~EDGE;
      }
      const signed = row.bullet !== '' && !BEGINS_OPERATOR.test(text) && !ENDS_OPERATOR.test(lastText);
      if (signed) restoreBullet(canvas, row);
      last.to = row.to;
      lastText += ` ${signed ? row.bullet : ''}${text}`;
      lastCount++;
    } else {
      last = { ...row };
      lastText = text;
      lastCount = 1;
      joined.push(last);
    }
  }
  return joined.map(({ from, to, quoted }) => ({
    from,
    to: Math.min(to, from + ROW_LENGTH),
    ...(quoted && { quoted }),
  }));
}

function continues(last: Row, before: string, row: Row, text: string, after: string, count: number): boolean {
  if (last.kind === 'code' || row.kind === 'code' || count > 400)
    return last.kind === row.kind && open(before);
  const related = RELATION.test(before);
  const formula = last.kind === 'math' || row.kind === 'math';
  if (ENDS_RELATION.test(before))
    return (!row.apart || row.kind === 'math') && !/[=]{2,}$|[→⇒]$/.test(before);
  if (/^=.*\b(?:otherwise|else|sonst)\b/.test(text)) return false;
  if (BEGINS_RELATION.test(text))
    return (!row.apart || (last.kind === 'math' && row.kind === 'math')) && before.length < 4000;
  if (!related) return false;
  const operator = ENDS_OPERATOR.test(before);
  if (operator && !/^\d*\.?\d+\s*(?:←|\\leftarrow)/.test(text))
    return (
      (!row.apart || formula) &&
      !/←|\\leftarrow/.test(before.slice(-200)) &&
      !/^\p{L}{3,}\s+\p{L}{2,}/u.test(text)
    );
  const sign = BEGINS_OPERATOR.test(text) ? text[0] : row.bullet;
  if (sign !== '') {
    if (row.apart && !(formula || OPERATOR_ALONE.test(text))) return false;
    if (OPERATOR_ALONE.test(text)) return after !== '' && !RELATION.test(after);
    if (open(before)) return true;
    if (row.bullet === '') return /^(?:[-−]\S|[-*]\s)/.test(text) ? !RELATION.test(text) : true;
    // A bullet, or a sign: a list has more than one.
    if (last.bullet !== '' && RELATION.test(text)) return false;
    return last.bullet !== row.bullet && !RELATION.test(text.replace(/=.*$/, '')) && row.bullet === '+';
  }
  if (row.apart) return false;
  // In one display a line without a relation sign goes on with the factor that stands before it.
  const display = last.kind === 'math' && row.kind === 'math';
  if (display && text !== '' && !RELATION.test(text)) return count < ROWS_JOINED;
  return count < ROWS_JOINED && open(before) && !/^\p{L}{2,}\s+\p{L}{2,}/u.test(text);
}

/** True if a bracket behind the relation sign is still open. */
function open(text: string): boolean {
  const at = text.search(RELATION);
  if (at < 0) return false;
  let depth = 0;
  for (let i = at; i < text.length; i++) {
    const character = text[i];
    if ('([{'.includes(character)) depth++;
    else if (')]}'.includes(character)) depth--;
  }
  return depth > 0;
}

function restoreBullet(canvas: Canvas, row: Row): void {
  const at = canvas.source.lastIndexOf(row.bullet, row.from);
  if (at >= 0) canvas.restore(at, at + 1);
}
