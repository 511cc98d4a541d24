import type { Span } from '@backflow/language';
import type { Repair } from '../sheet.ts';
import type { Canvas } from './canvas.ts';

/** Sums of products of plain numbers, and their result: `12.544 + 256 = 12.800`. */
const CALCULATION =
  /(?<![\p{L}\d.,^_])\d[\d.]*(?:\s*[-+−×·*⋅]\s*\d[\d.]*)+\s*=\s*\d[\d.]*\d(?![\d,(]|\.\d|\s*[-+−×·*⋅/^])/gu;
/** Longer rows are not looked at. */
const LONGEST = 1000;
const GROUPED = /(?<![\d.])[1-9]\d{0,2}(?:\.\d{3})+(?![\d.])/g;

/** Makes points that group digits by three nothing, where a calculation is right only so; gives what it did. */
export function repairThousands(canvas: Canvas, rows: readonly Span[]): Repair[] {
  const repairs: Repair[] = [];
  for (const row of rows) {
    const text = canvas.text(row.from, row.to);
    if (text.length > LONGEST || !text.includes('=') || text.search(GROUPED) < 0) continue;
    for (const { 0: written, index } of text.matchAll(CALCULATION)) {
      if (holds(written) || !holds(written.replace(GROUPED, (number) => number.replaceAll('.', ''))))
        continue;
      for (const group of written.matchAll(GROUPED)) {
        const from = row.from + index + group.index;
        const to = from + group[0].length;
        canvas.write(from, to, group[0].replaceAll('.', ''));
        repairs.push({ from, to, found: group[0], read: group[0].replaceAll('.', ',') });
      }
    }
  }
  return repairs;
}

function holds(calculation: string): boolean {
  const [left, right] = calculation.split('=');
  let sum = 0;
  for (const [, sign, product] of left.matchAll(/([-+−]?)\s*([^-+−]+)/g)) {
    const value = product.split(/[×·*⋅]/).reduce((whole, factor) => whole * Number(factor), 1);
    sum += sign === '-' || sign === '−' ? -value : value;
  }
  const result = Number(right);
  return Math.abs(sum - result) <= 1e-9 * Math.abs(result);
}
