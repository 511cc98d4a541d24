import type { Item } from './scan.ts';
import { isQuantity } from './vocabulary.ts';

const RELATION_WORDS: readonly (readonly [readonly string[], string])[] = [
  [['is', 'at', 'most'], '≤'],
  [['at', 'most'], '≤'],
  [['is', 'at', 'least'], '≥'],
  [['at', 'least'], '≥'],
  [['is', 'less', 'than'], '<'],
  [['less', 'than'], '<'],
  [['is', 'greater', 'than'], '>'],
  [['greater', 'than'], '>'],
  [['ist', 'höchstens'], '≤'],
  [['höchstens'], '≤'],
  [['ist', 'mindestens'], '≥'],
  [['mindestens'], '≥'],
  [['ist', 'kleiner', 'als'], '<'],
  [['kleiner', 'als'], '<'],
  [['ist', 'größer', 'als'], '>'],
  [['größer', 'als'], '>'],
  [['is', 'equal', 'to'], '='],
  [['equals'], '='],
  [['is', 'approximately'], '≈'],
  [['is', 'about'], '≈'],
  [['is'], '='],
  [['ist'], '='],
  [['beträgt'], '='],
];
const RELATION_FIRST = new Set(RELATION_WORDS.map(([words]) => words[0]));
/** `at most`, `is less than`, `ist` between a formula and a number, as relation signs. */
export function withWordRelations(items: readonly Item[], names: ReadonlySet<string>): Item[] {
  const out: Item[] = [];
  for (let i = 0; i < items.length; i++) {
    const item = items[i];
    const first = item.kind === 'stop' || item.kind === 'word' ? item.text.toLowerCase() : '';
    const found = RELATION_FIRST.has(first)
      ? RELATION_WORDS.find(([words]) => words.every((word, k) => items[i + k]?.text.toLowerCase() === word))
      : undefined;
    if (found !== undefined) {
      const [words, sign] = found;
      const last = items[i + words.length - 1];
      if (relates(items, i - 1, i + words.length, words.length > 1, names)) {
        out.push({ ...item, to: last.to, kind: 'relation', text: sign, shape: 'other' });
        i += words.length - 1;
        continue;
      }
    }
    if (first === 'between' || first === 'zwischen') {
      // `a between 0 and 1` as 0 ≤ a ≤ 1.
      const skip = out.at(-1)?.text === 'is' || out.at(-1)?.text === 'ist' ? 1 : 0;
      const left = out[out.length - 1 - skip];
      const [low, afterLow] = numberAt(items, i + 1);
      const [high, end] = numberAt(items, afterLow + 1);
      const joined = /^(?:and|und)$/.test(items[afterLow]?.text ?? '');
      const named =
        left?.kind === 'formula' &&
        left.shape === 'name' &&
        !/^[aAI]$/.test(left.text + (left.gap ? '' : ' '));
      if (named && joined && low.length > 0 && high.length > 0 && items[end]?.kind !== 'word') {
        const sign: Item = { ...item, kind: 'relation', text: '≤', shape: 'other' };
        out.length -= 1 + skip;
        out.push(...low, sign, left, { ...sign, from: low[low.length - 1].to }, ...high);
        i = end - 1;
        continue;
      }
    }
    out.push(item);
  }
  return out;
}

/** A number with its sign at a place among the items, and the place behind it. */
function numberAt(items: readonly Item[], from: number): [number: readonly Item[], end: number] {
  let at = from;
  if (items[at]?.kind === 'operator' && '+-−–'.includes(items[at].text)) at++;
  return items[at]?.shape === 'number' ? [items.slice(from, at + 1), at + 1] : [[], from];
}

/** Words are a relation only between something that is surely a formula and a number that ends there. */
function relates(
  items: readonly Item[],
  before: number,
  after: number,
  long: boolean,
  names: ReadonlySet<string>,
): boolean {
  const left = items[before];
  if (left === undefined) return false;
  const named = left.kind === 'formula' && left.shape !== 'number' && !/^[aAI]$/.test(left.text);
  const quantity = left.kind === 'word' && (names.has(left.text) || (long && isQuantity(left.text)));
  if (!named && !quantity) return false;
  if (items.slice(Math.max(0, before - 12), before).some((item) => item.kind === 'relation')) return false;
  let at = after;
  while (items[at]?.kind === 'operator' && '+-−–'.includes(items[at].text)) at++;
  if (items[at]?.shape !== 'number') return false;
  while (items[at]?.kind === 'formula' || items[at]?.kind === 'operator') {
    if (
      items[at].shape !== 'number' &&
      items[at].kind === 'formula' &&
      items[at].text !== '^' &&
      items[at].shape !== 'group'
    )
      return false;
    at++;
  }
  return items[at]?.kind !== 'word' && items[at]?.kind !== 'relation';
}
