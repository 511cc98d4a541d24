import type { Span } from '@backflow/language';
import type { Item } from './scan.ts';
import { scan } from './scan.ts';
import { CONDITION_WORDS, isQuantity } from './vocabulary.ts';
import { withWordRelations } from './relations.ts';

/** A stretch of formulas and relation signs between two boundaries: `z = w a + b = 0.5`, or a formula on its own. */
export interface Clause {
  /** What stands between the signs, one more than signs; a part may be empty. */
  readonly parts: readonly (readonly Item[])[];
  readonly signs: readonly Item[];
  /** What ended the clause before: a comma, a word, an arrow; null at the beginning of a row. */
  readonly lead: Item | null;
  /** What ends it. */
  readonly tail: Item | null;
  /** In a bracket of its own behind or beside another clause. */
  readonly enclosed: boolean;
  /** `number ← formula`, or `name ← formula`. */
  readonly turned: boolean;
  /** What stands behind an arrow that points back: `tanh` in `z ≤ 1 ← tanh`. */
  readonly remark: Span | null;
}

const DASHES = '-−–';

/** Cuts a row's items into clauses. Clauses in brackets follow the one they stand in. */
export function clausesOf(
  text: string,
  row: Span,
  flags: Uint8Array,
  names: ReadonlySet<string>,
  depth = 0,
): Clause[] {
  const items = withWordRelations(scan(text, row, flags, names), names);
  const decided = decideWords(text, items, names);
  const clauses: Clause[] = [];
  const inner: Clause[] = [];
  let parts: Item[][] = [[]];
  let signs: Item[] = [];
  let lead: Item | null = null;
  let turned = false;
  let remark: Span | null = null;
  const finish = (tail: Item | null) => {
    if (signs.length > 0 || parts[0].length > 0) {
      clauses.push({ parts, signs, lead, tail, enclosed: depth > 0, turned, remark });
    }
    parts = [[]];
    signs = [];
    lead = tail;
    turned = false;
    remark = null;
    clauses.push(...inner);
    inner.length = 0;
  };
  for (let i = 0; i < decided.length; i++) {
    const item = decided[i];
    const part = parts[parts.length - 1];
    if (item.kind === 'relation') {
      signs.push(item);
      parts.push([]);
    } else if (item.kind === 'formula' || item.kind === 'operator') {
      const opened =
        depth < 3
          ? (opens(text, item, decided[i - 1], flags, names) ?? remarkIn(text, item, part, flags, names))
          : null;
      if (opened !== null && item.inner !== null) {
        if (opened.length === 0) remark ??= item.inner;
        const before = parts.length > 1 || part.length > 0;
        if (before) inner.push(...opened);
        else clauses.push(...opened);
        if (i + 1 < decided.length && decided[i + 1].kind === 'formula')
          finish({ ...item, kind: 'stop', text: '(' });
        continue;
      }
      if (isCondition(lead) && signs.length === 1 && pointEnds(decided, i, part)) {
        finish({ ...item, to: item.from, kind: 'stop', text: ':' });
        parts[0].push(item);
      } else if (breaksHere(decided, i, part, signs.length > 0)) {
        finish({ ...item, to: item.from, kind: 'separator', text: '\t' });
        parts[0].push(item);
      } else part.push(item);
    } else if (item.kind === 'arrow') {
      const behind = rest(decided, i + 1);
      if (item.text === '⇒' && isNumeric(behind) && part.length > 0 && (signs.length > 0 || isSum(part))) {
        signs.push({ ...item, kind: 'relation', text: '=' });
        parts.push([]);
      } else if (item.text === '←' && signs.length > 0) {
        remark = { from: item.to, to: row.to };
        finish(item);
        return clauses;
      } else if (item.text === '←' && behind.length > 0 && turns(text, part, behind)) {
        signs.push({ ...item, kind: 'relation', text: '←' });
        parts.push([]);
        turned = true;
      } else finish(item);
    } else finish(item);
  }
  finish(null);
  return clauses;
}

/** Decides which words are names and which are prose. */
function decideWords(text: string, items: readonly Item[], names: ReadonlySet<string>): Item[] {
  const out: Item[] = [];
  let romance: boolean | null = null;
  const isRomance = (): boolean =>
    (romance ??= ROMANCE.test(text.slice(items[0]?.from ?? 0, items.at(-1)?.to ?? 0)));
  for (let i = 0; i < items.length; i++) {
    const item = items[i];
    const before = out[out.length - 1];
    const next = items[i + 1];
    if (item.kind === 'formula' && /^[aAI]$/.test(item.text) && !names.has(item.text)) {
      const article =
        before?.kind === 'stop' && /^\p{L}/u.test(before.text) && next?.kind === 'formula' && next.gap > 0;
      out.push(article ? { ...item, kind: 'stop' } : item);
    } else if (
      item.kind === 'operator' &&
      /[–-]/.test(item.text) &&
      item.gap > 0 &&
      next !== undefined &&
      next.gap > 0
    ) {
      // A dash between words.
      const prose = before?.kind === 'stop' && /^\p{L}/u.test(before.text);
      out.push(prose && before?.text !== '=' ? { ...item, kind: 'stop' } : item);
    } else if (
      item.kind === 'formula' &&
      item.shape === 'function' &&
      item.text.length > 1 &&
      !item.text.startsWith('\\') &&
      !takesArgument(next)
    ) {
      out.push(item.text.length > 2 ? { ...item, kind: 'stop', shape: 'name' } : item);
    } else if (isConjunction(item, before, next, items[i + 2], names) && isRomance()) {
      out.push({ ...item, kind: 'stop' });
    } else if (item.kind === 'stop' && isOperand(item, before, next)) {
      out.push({ ...item, text: text.slice(item.from, item.to), kind: 'formula', shape: 'name' });
    } else if (item.kind !== 'word') out.push(item);
    else
      out.push({
        ...item,
        kind: isName(item, before, next, items[i + 2], names) ? 'formula' : 'stop',
        shape: 'name',
      });
  }
  return out;
}

/** Words of languages in which `y`, `e` and `o` join sentences. */
const ROMANCE =
  /(?<!\p{L})(?:entonces|luego|por|la|el|los|las|del|que|che|para|una|quindi|dunque|perciò|portanto|logo|então|derivad[ao]|derivata|regra|regla|regola|tenemos|abbiamo|temos)(?!\p{L})/iu;

/** `z = 7 y L = 49` where y is no name. */
function isConjunction(
  word: Item,
  before: Item | undefined,
  next: Item | undefined,
  second: Item | undefined,
  names: ReadonlySet<string>,
): boolean {
  if (!/^[yeo]$/.test(word.text) || names.has(word.text) || word.gap === 0 || next === undefined)
    return false;
  if (before?.kind === 'operator' || before?.kind === 'relation' || next.gap === 0) return false;
  return next.kind === 'stop' || next.kind === 'word' || second?.kind === 'relation';
}

/** A short word of some language as a name: `den = x + y`, `1 / den`. */
function isOperand(word: Item, before: Item | undefined, next: Item | undefined): boolean {
  if (!/^\p{L}{2,4}$/u.test(word.text)) return false;
  const ends = next === undefined || next.kind === 'operator' || next.kind === 'relation';
  if (before === undefined) return next?.kind === 'relation' && next.text === '=';
  return ends && before.kind === 'operator' && '*·/×+'.includes(before.text);
}

/** `sum > 10` is a word, `sum(x) > 10`, `sin x` and `log²x` are functions. */
function takesArgument(next: Item | undefined): boolean {
  return next?.kind === 'formula' || (next?.kind === 'operator' && next.text === '^');
}

function isName(
  word: Item,
  before: Item | undefined,
  next: Item | undefined,
  second: Item | undefined,
  names: ReadonlySet<string>,
): boolean {
  const called = next?.shape === 'group' && next.text === '(' && next.gap === 0;
  if (called || (before?.shape === 'sign' && before.kind === 'formula' && word.gap === 0)) return true;
  if (/^(?:new|neu|old|alt)$/.test(word.text) && word.gap === 0 && before?.kind === 'formula') return true;
  const bound = before?.kind === 'relation' || before?.kind === 'operator';
  const binds = next?.kind === 'relation' || next?.kind === 'operator';
  const eastern = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u.test(word.text);
  if (bound) {
    if (binds || next === undefined || next.kind === 'separator' || next.kind === 'arrow') return true;
    if (next.kind === 'stop')
      return (
        before.kind === 'operator' ||
        isQuantity(word.text) ||
        isProduct(word.text, names) ||
        !/^\p{L}/u.test(next.text)
      );
    // `dy/du du/dx`
    if (next.kind === 'word') return before.text === '/' && /^d\p{L}$/u.test(word.text);
    return before.kind === 'operator' || next.shape === 'number';
  }
  const joined = before?.kind === 'formula' && !word.edge;
  if (binds && !joined) {
    if (next?.kind === 'relation') return true;
    const dash = next !== undefined && DASHES.includes(next.text);
    const spaced = dash && next.gap > 0 && second !== undefined && second.gap > 0;
    return (
      !(spaced && /^\p{Lu}\p{Ll}{3,}/u.test(word.text)) &&
      !(dash && !spaced && second?.kind === 'word' && next.gap === 0)
    );
  }
  if (joined && next?.kind === 'operator' && !eastern) return word.text.length <= 3;
  return false;
}

/** `qz` where q and z are names; without a program, two or three letters that make no syllable. */
function isProduct(word: string, names: ReadonlySet<string>): boolean {
  const letters = Array.from(word);
  return (
    letters.length <= 3 &&
    (letters.every((letter) => names.has(letter)) || /^[b-df-hj-np-tv-xz]+$/.test(word))
  );
}

/** True where two formulas stand side by side that are no product, but belong to two claims. */
function breaksHere(items: readonly Item[], i: number, part: readonly Item[], related: boolean): boolean {
  const item = items[i];
  const before = part[part.length - 1];
  if (before === undefined || item.kind !== 'formula' || before.kind === 'operator' || item.gap === 0)
    return false;
  if (before.shape === 'function' || before.shape === 'sign') return false;
  if (item.edge) return true;
  if (!related) return false;
  const ahead = relationAhead(items, i);
  if (!ahead) return false;
  if (item.gap === 2 && before.to < item.from) return true;
  // `a = 3 b = 4`, but not `y′ = 2 sin x = 1`.
  const numeric = part.every((one) => one.shape === 'number' || one.kind === 'operator');
  return numeric && item.shape === 'name' && items[i + 1].kind === 'relation' && part.length <= 2;
}

/** `at x = 1 dy/dx = 3`: the number of the point ends where the claim begins. */
function pointEnds(items: readonly Item[], i: number, part: readonly Item[]): boolean {
  const item = items[i];
  return (
    item.kind === 'formula' &&
    item.gap > 0 &&
    (item.shape === 'name' || item.shape === 'sign') &&
    part.at(-1)?.shape === 'number' &&
    isNumeric(part) &&
    relationAhead(items, i)
  );
}

function relationAhead(items: readonly Item[], from: number): boolean {
  for (let i = from; i < items.length && i < from + 60; i++) {
    if (items[i].kind === 'relation') return true;
    if (items[i].kind !== 'formula' && items[i].kind !== 'operator') return false;
  }
  return false;
}

/** The formula between here and the next boundary; empty if a relation comes first. */
function rest(items: readonly Item[], from: number): readonly Item[] {
  let to = from;
  while (to < items.length && (items[to].kind === 'formula' || items[to].kind === 'operator')) to++;
  return items[to]?.kind === 'relation' && items[to].text !== '=' ? [] : items.slice(from, to);
}

function isNumeric(part: readonly Item[]): boolean {
  return part.length > 0 && part.every((item) => item.shape === 'number' || item.kind === 'operator');
}

function isSum(part: readonly Item[]): boolean {
  return isNumeric(part) && part.some((item, i) => i > 0 && item.kind === 'operator');
}

/** `0.1863 ← (0.43 − 0.00)²` and `w ← w − η g`. */
function turns(text: string, part: readonly Item[], behind: readonly Item[]): boolean {
  if (part.length === 0) return false;
  if (isNumeric(part))
    return behind[0].kind !== 'formula' || behind[0].shape !== 'function' || behind.length > 1;
  if (part[0].shape !== 'name' || behind.length < 2) return false;
  const name = text.slice(part[0].from, part[part.length - 1].to).trim();
  return text.slice(behind[0].from, behind[behind.length - 1].to).includes(name);
}

/** The clauses in a bracket that holds claims or a condition; null for a bracket that belongs to a formula. */
function opens(
  text: string,
  item: Item,
  before: Item | undefined,
  flags: Uint8Array,
  names: ReadonlySet<string>,
): Clause[] | null {
  if (item.shape !== 'group' || item.inner === null || !['(', '[', '\\left', '\\{'].includes(item.text))
    return null;
  if (before?.kind === 'formula' && item.gap === 0 && before.shape !== 'group') return null;
  if (before?.kind === 'operator') return null;
  const body = text.slice(item.inner.from, item.inner.to);
  if (!/[=≈<>≤≥≃]|\\(?:leq?|geq?|approx|simeq)(?![a-z])/.test(body)) return null;
  const clauses = clausesOf(text, item.inner, flags, names, 3);
  if (!clauses.some((clause) => clause.signs.length > 0)) return null;
  return clauses.map((clause) => ({ ...clause, enclosed: true }));
}

/** An empty list for a bracket behind a formula that holds words only: `(weighted sum)`; null for any other. */
function remarkIn(
  text: string,
  item: Item,
  part: readonly Item[],
  flags: Uint8Array,
  names: ReadonlySet<string>,
): Clause[] | null {
  if (item.inner === null || !'(['.includes(item.text) || part.length === 0 || item.gap === 0) return null;
  if (part[part.length - 1].kind === 'operator' || item.inner.to - item.inner.from > 200) return null;
  const inside = scan(text, item.inner, flags, names);
  const words = inside.filter(
    (one) => one.kind === 'word' || (one.kind === 'stop' && /^\p{L}{2}/u.test(one.text)),
  ).length;
  return words > 0 && words * 2 >= inside.length && !inside.some((one) => one.kind === 'operator')
    ? []
    : null;
}

export function isCondition(lead: Item | null): boolean {
  return lead !== null && lead.kind === 'stop' && CONDITION_WORDS.has(lead.text.toLowerCase());
}
