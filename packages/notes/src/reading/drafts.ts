import type { Span } from '@backflow/language';
import type { Chain, Member, Relation } from '../sheet.ts';
import type { NameTerm, Term, Unreadable } from '../term.ts';
import type { Clause } from './clauses.ts';
import { readFormulaOnce } from './remembered.ts';
import type { Item } from './scan.ts';
import { updatedName } from './updates.ts';
import { isQuantity } from './vocabulary.ts';

/** What the rows of a sheet have in common. */
export interface Reader {
  /** The text with its markup painted over. */
  readonly text: string;
  readonly names: ReadonlySet<string>;
}

export type At = Chain['at'][number];
/** A chain that may still grow. */
export type Draft = { -readonly [K in keyof Chain]: Chain[K] } & { members: Member[]; at: At[] };

/** The chain of one clause; `bare`: the formula before it, in case it begins with a sign. Null for prose. */
export function draftOf(reader: Reader, clause: Clause, bare: Clause | null): Draft | null {
  const { signs, parts, lead } = clause;
  let first = parts[0];
  let borrowed = false;
  if (first.length === 0 && bare !== null && lead !== null && !isWord(lead) && lead.kind !== 'separator')
    first = bare.parts[0];
  else if (first.length === 0 && lead !== null && isWord(lead)) {
    first = [{ ...lead, kind: 'formula' }];
    borrowed = true;
  }
  const last = parts[parts.length - 1];
  const only = signs.length === 1;
  const firm = signs.some((sign) => sign.text === '=');
  if (only && last.length === 0 && !firm) return null;
  if (first.length === 0 && !firm) return null;
  if (first.length === 0 && last.length === 0 && only) return null;
  const prose = first.length === 1 && isPlainWord(reader, first[0]);
  if (borrowed && !firm && !reader.names.has(first[0].text)) return null;
  const capital =
    last.length === 1 && /^\p{Lu}\p{Ll}{2,}$/u.test(last[0].text) && !reader.names.has(last[0].text);
  if (only && !firm && capital) return null;
  const worded = (lead !== null && isWord(lead)) || (last.length === 1 && isWordlike(last[0]));
  if (prose && worded && '∝<>≤≥'.includes(signs[0].text)) return null;
  if (only && last.length === 1 && isPlainWord(reader, last[0])) {
    if (prose && (capital || borrowed || (lead !== null && isWord(lead)))) {
      return broken(clause, { ...spanOf(last)!, code: 'unexpected', found: last[0].text });
    }
  }
  if (isPictures(clause)) return broken(clause, { ...spanOf(first)!, code: 'unexpected', found: '[' });
  if (first.length === 0)
    return broken(clause, { from: signs[0].from, to: signs[0].to, code: 'empty', found: signs[0].text });
  if (clause.turned) return turnedDraft(reader, clause);
  const updated = updatedName(reader.text, spanOf(first, true), reader.names);
  let subject = updated ?? readPart(reader, first);
  for (let skip = 1; !('term' in subject) && skip < Math.min(5, first.length); skip++) {
    if (first[skip].gap === 0 || first[skip - 1].kind === 'operator') continue;
    const shorter = readPart(reader, first.slice(skip));
    if ('term' in shorter) subject = shorter;
  }
  if (!('term' in subject)) return broken(clause, subject);
  subject = inWords(reader, subject);
  const members: Member[] = [];
  for (const [k, sign] of signs.entries()) {
    const part = parts[k + 1];
    const final = k === signs.length - 1;
    if (part.length === 0 && sign.text !== '=') continue;
    const member = memberOf(reader, sign, part, final ? clause.tail : null, final);
    if (/^[-+*/]=$/.test(sign.text)) return updateDraft(subject.term, sign, member);
    members.push(member);
  }
  if (members.length === 0) return null;
  const { term: next } = members[0];
  if (subject.term.kind === 'name' && next?.kind === 'apply' && isStepFrom(next, subject.term.key)) {
    subject = { ...subject, term: newValueOf(subject.term, subject.term) };
  }
  return {
    from: subject.term.from,
    to: members[members.length - 1].to,
    subject: subject.term,
    members,
    at: [],
    remark: clause.remark === null ? '' : reader.text.slice(clause.remark.from, clause.remark.to).trim(),
    layout: 'line',
  };
}

const GRADIENT_OF = /(?<!\p{L})gradients?\s+(?:of|for|von|für|bezüglich|wrt|w\.r\.t\.|with respect to)\s+$/iu;

/** `gradient of w5 = …`, said of what is trained. */
function inWords<T extends { readonly term: Term }>(reader: Reader, subject: T): T {
  const { term } = subject;
  if (term.kind !== 'name' || !/^(?:[wWbθω])(?:[\d_^[]|$)/u.test(term.key)) return subject;
  const words = GRADIENT_OF.exec(reader.text.slice(Math.max(0, term.from - 40), term.from));
  if (words === null) return subject;
  const from = term.from - words[0].length;
  return {
    ...subject,
    term: { kind: 'derivative', of: null, by: term, order: 1, at: [], from, to: term.to },
  };
}

/** `w = w − η g`: an equation that no number solves says what the next w is. */
function isStepFrom(term: Term & { kind: 'apply' }, key: string): boolean {
  const [first] = term.of;
  return (term.operation === 'sub' || term.operation === 'add') && first.kind === 'name' && first.key === key;
}

/** `0.1863 ← (0.43 − 0.00)²`: the number is the claim. `w ← w − η g`: the new w. */
function turnedDraft(reader: Reader, clause: Clause): Draft | null {
  const left = readPart(reader, clause.parts[0]);
  const right = readPart(reader, clause.parts[1]);
  if (!('term' in left)) return broken(clause, left);
  if (!('term' in right)) return broken(clause, right);
  const name = left.term.kind === 'name' ? left.term : null;
  const members: Member[] = [];
  if (name === null)
    members.push({
      ...spanOf(clause.parts[0])!,
      relation: '←',
      term: left.term,
      alternatives: [],
      problem: null,
    });
  for (let k = name === null ? 1 : 0; k < clause.signs.length; k++) {
    const sign = { ...clause.signs[k], text: k === 0 ? '=' : clause.signs[k].text };
    if (clause.parts[k + 1].length > 0) members.push(memberOf(reader, sign, clause.parts[k + 1], null));
  }
  const subject = name === null ? right.term : newValueOf(name, name);
  const from = left.term.from;
  return {
    from,
    to: Math.max(right.term.to, members.at(-1)!.to),
    subject,
    members,
    at: [],
    remark: '',
    layout: 'line',
  };
}

/** `x += 1.0*dx`, `x.grad += w` */
function updateDraft(name: Term, sign: Item, member: Member): Draft {
  if ((name.kind !== 'name' && name.kind !== 'derivative') || member.term === null) {
    const { from } = name;
    const span = { from, to: sign.to };
    const problem: Unreadable = member.problem ?? { code: 'unexpected', found: sign.text, ...span };
    const broken: Member = { ...member, relation: '=', term: null, alternatives: [], problem };
    return { from, to: member.to, subject: name, members: [broken], at: [], remark: '', layout: 'line' };
  }
  const operation = ({ '+': 'add', '-': 'sub', '*': 'mul', '/': 'div' } as const)[sign.text[0] as '+'];
  const term: Term = { kind: 'apply', operation, of: [name, member.term], from: name.from, to: member.to };
  return {
    from: name.from,
    to: member.to,
    subject: name.kind === 'name' ? newValueOf(name, name) : name,
    members: [{ ...member, relation: '=', term, alternatives: [] }],
    at: [],
    remark: '',
    layout: 'line',
  };
}

/** The value a weight has after a step: `new(w)`. */
function newValueOf(name: NameTerm, span: Span): Term {
  const callee: NameTerm = { kind: 'name', key: 'new', spelling: 'new', from: span.from, to: span.to };
  return { kind: 'call', callee, primes: 0, of: [name], from: span.from, to: span.to };
}

/** A bracket too many or an operator without its operand at the end of a claim. */
function spoiled(part: readonly Item[], tail: Item | null, final: boolean): Unreadable | null {
  const last = part.at(-1);
  if (!final || last === undefined) return null;
  if (tail === null && last.kind === 'operator' && part.length > 1) {
    return { from: last.from, to: last.to, code: 'cut-off', found: last.text };
  }
  const bracket = tail !== null && tail.gap === 0 && (tail.text === ')' || tail.text === ']');
  return bracket ? { from: tail.from, to: tail.to, code: 'unexpected', found: tail.text } : null;
}

function memberOf(
  reader: Reader,
  sign: Item,
  part: readonly Item[],
  tail: Item | null,
  final = false,
): Member {
  const relation = sign.text as Relation;
  const reading = spoiled(part, tail, final) ?? readPart(reader, part);
  if ('term' in reading) {
    const span = spanOf(part)!;
    return { ...span, relation, term: reading.term, alternatives: reading.alternatives, problem: null };
  }
  const problem: Unreadable =
    reading.code === 'empty'
      ? tail === null
        ? { ...reading, from: sign.from, to: sign.to, found: sign.text }
        : { code: 'unexpected', found: tail.text, from: tail.from, to: tail.to }
      : reading;
  return {
    from: part[0]?.from ?? sign.from,
    to: part.at(-1)?.to ?? sign.to,
    relation,
    term: null,
    alternatives: [],
    problem,
  };
}

/** A claim that cannot be read: an equation sign with something else than a formula beside it. */
function broken(clause: Clause, problem: Unreadable): Draft {
  const items = [...clause.parts.flat(), ...clause.signs];
  const from = Math.min(...items.map((item) => item.from), problem.from);
  const to = Math.max(...items.map((item) => item.to));
  const relation = (clause.signs[0]?.text ?? '=') as Relation;
  return {
    from,
    to,
    subject: { kind: 'elided', from, to: clause.signs[0]?.from ?? to },
    members: [{ from: clause.signs[0]?.to ?? from, to, relation, term: null, alternatives: [], problem }],
    at: [],
    remark: '',
    layout: 'line',
  };
}

export function readPart(
  reader: Reader,
  part: readonly Item[],
): { term: Term; alternatives: readonly Term[] } | Unreadable {
  const span = spanOf(part);
  if (span === null) return { from: 0, to: 0, code: 'empty', found: '' };
  return readFormulaOnce(reader.text, span, reader.names);
}

/** Where a part stands, without a sign at its beginning or end that belongs to nothing. */
function spanOf(part: readonly Item[], whole = false): Span | null {
  let [first, last] = [0, part.length - 1];
  while (first <= last && part[first].kind === 'operator' && !/^[-−–+±]/.test(part[first].text)) first++;
  if (!whole) while (last >= first && part[last].kind === 'operator') last--;
  return first > last ? null : { from: part[first].from, to: part[last].to };
}

function isWordlike(item: Item): boolean {
  return item.shape === 'name' && /^\p{L}{3,}$/u.test(item.text);
}

/** A word that no program knows and that is no usual name of a quantity. */
function isPlainWord(reader: Reader, item: Item): boolean {
  if (item.shape !== 'name' && item.shape !== 'function') return false;
  return /^\p{L}{3,}$/u.test(item.text) && !reader.names.has(item.text) && !isQuantity(item.text);
}

/** `[9] = [0] + [1]`: pictures, not numbers. */
function isPictures(clause: Clause): boolean {
  const first = clause.parts.find((part) => part.length > 0)?.[0].text;
  if (first !== '[' && first !== '+') return false;
  const items = clause.parts.flat();
  return (
    items.length > 2 &&
    items.every((item) => (item.text === '[' ? item.to - item.from <= 4 : item.text === '+'))
  );
}

function isWord(item: Item): boolean {
  return item.kind === 'stop' && item.shape === 'name';
}
