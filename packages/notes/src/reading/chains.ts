import type { Span } from '@backflow/language';
import type { Chain, Member, Relation } from '../sheet.ts';
import type { NameTerm, Term, Unreadable } from '../term.ts';
import type { Clause } from './clauses.ts';
import { isCondition } from './clauses.ts';
import { readFormula } from './formula.ts';
import type { Item } from './scan.ts';
import { updatedName } from './updates.ts';
import { isQuantity } from './vocabulary.ts';

/** What the rows of a sheet have in common. */
export interface Reader {
  /** The text with its markup painted over. */
  readonly text: string;
  readonly names: ReadonlySet<string>;
}

type At = Chain['at'][number];
type Draft = { -readonly [K in keyof Chain]: Chain[K] } & { members: Member[]; at: At[] };

/** The chains of one row, of its clauses from left to right. */
export function chainsOf(reader: Reader, clauses: readonly Clause[]): Chain[] {
  const drafts: Draft[] = [];
  let pending: At[] = [];
  let bare: Clause | null = null;
  let listed: Draft | null = null;
  let conditions: 'none' | 'leading' | 'trailing' = 'none';
  let unreadable = false;
  for (const [i, clause] of clauses.entries()) {
    const { lead } = clause;
    if (clause.signs.length === 0) {
      const longer =
        listed !== null && lead?.kind === 'separator' ? longerList(reader, listed, clause) : false;
      if (!longer) {
        listed = null;
        bare = clause;
      }
      continue;
    }
    const follows = lead?.kind === 'separator' || lead?.text === 'and' || lead?.text === 'und';
    const again =
      conditions !== 'none' &&
      follows &&
      (conditions === 'trailing' ? lead.text !== '\t' : leadsOn(clauses, i));
    const within = clause.enclosed && (drafts.length > 0 || bare !== null) && clause.parts.length === 2;
    if (
      isCondition(lead) ||
      /^(?:∀|\\forall)$/.test(lead?.text ?? '') ||
      again ||
      within ||
      isGuard(clause, drafts)
    ) {
      const taken = takeCondition(reader, clause, drafts, pending, bare);
      if (taken) {
        conditions = drafts.length > 0 ? 'trailing' : 'leading';
        listed = null;
        continue;
      }
    }
    conditions = 'none';
    const draft = draftOf(reader, clause, bare);
    bare = null;
    listed = null;
    if (draft === null) continue;
    const broken = draft.subject.kind === 'elided' && draft.members[0].problem !== null;
    if (broken && unreadable) continue;
    unreadable ||= broken;
    draft.at.push(...pending);
    drafts.push(draft);
    listed = draft;
  }
  if (drafts.length === 0 && pending.length > 0) {
    // `for x = 3` on its own line says what x is.
    for (const { name, value } of pending) drafts.push(plainChain(name, value));
  }
  pending = [];
  return drafts;
}

/** True if conditions at the beginning of a row go on: `at x = 2 and y = 3: f = 6`. */
function leadsOn(clauses: readonly Clause[], i: number): boolean {
  const { lead } = clauses[i];
  const later = clauses.slice(i + 1).filter((clause) => clause.signs.length > 0);
  return later.length > 0 && (lead?.text !== ',' || later.some((clause) => clause.lead?.text === ':'));
}

/** `b = a, a > 0`: the second part says when the first holds. */
function isGuard(clause: Clause, drafts: readonly Draft[]): boolean {
  const last = drafts.at(-1);
  if (last === undefined || clause.lead?.kind !== 'separator' || clause.signs.length !== 1) return false;
  if (!'<>≤≥'.includes(clause.signs[0].text) || clause.parts[0].length !== 1) return false;
  return clause.parts[0][0].shape === 'name' && /^0?$/.test(clause.parts[1].map((item) => item.text).join(''))
    ? last.members.every((member) => member.relation === '=')
    : false;
}

function takeCondition(
  reader: Reader,
  clause: Clause,
  drafts: readonly Draft[],
  pending: At[],
  bare: Clause | null,
): boolean {
  const [name, value] = [readPart(reader, clause.parts[0]), readPart(reader, clause.parts[1])];
  if (isCondition(clause.lead) && clause.parts[1].some((item) => item.text === '…')) return true;
  if (clause.lead?.text === '∀' || clause.lead?.text === '\\forall') return true;
  if (!('term' in name) || !('term' in value)) return false;
  if (clause.signs[0].text !== '=') {
    const draft = drafts.at(-1);
    if (draft !== undefined) guard(draft, name.term, value.term, clause);
    return draft !== undefined || isCondition(clause.lead);
  }
  const pairs =
    name.term.kind === 'list' && value.term.kind === 'list'
      ? pairsOf(name.term.items, value.term.items)
      : null;
  if (name.term.kind !== 'name' && pairs === null) return false;
  if (clause.enclosed && !isConstant(value.term)) return false;
  const at = pairs ?? [{ name: name.term as NameTerm, value: value.term }];
  if (clause.signs.length > 1) {
    // `dy/dx at x = 2 = 12`
    if (bare === null) return false;
    const draft = draftOf(
      reader,
      { ...clause, parts: [bare.parts[0], ...clause.parts.slice(2)], signs: clause.signs.slice(1) },
      null,
    );
    if (draft === null) return false;
    draft.at.push(...at);
    (drafts as Draft[]).push(draft);
    return true;
  }
  if (drafts.length === 0) pending.push(...at);
  else {
    const free = drafts.filter((draft) => draft.at.length === 0 || draft === drafts.at(-1));
    for (const draft of clause.enclosed ? [drafts.at(-1)!] : free) draft.at = [...draft.at, ...at];
  }
  return true;
}

const COMPARISONS = { '<': 'less', '>': 'greater', '≤': 'lessEqual', '≥': 'greaterEqual' } as const;

/** What a claim says holds on a branch only: `b = a, a > 0`. */
function guard(draft: Draft, left: Term, right: Term, clause: Clause): void {
  const operation = COMPARISONS[clause.signs[0].text as '<'];
  const last = draft.members.at(-1)!;
  if (operation === undefined || last.term === null || clause.signs.length > 1) return;
  const span = { from: last.from, to: right.to };
  const condition: Term = { kind: 'apply', operation, of: [left, right], from: left.from, to: right.to };
  const earlier = last.term.kind === 'cases' ? last.term.branches : [];
  const value = last.term.kind === 'cases' ? null : last.term;
  if (value === null) return;
  const term: Term = { kind: 'cases', branches: [...earlier, { value, condition }], ...span };
  draft.members[draft.members.length - 1] = { ...last, ...span, term, alternatives: [] };
  draft.to = Math.max(draft.to, span.to);
}

function pairsOf(names: readonly Term[], values: readonly Term[]): At[] | null {
  if (names.length !== values.length || !names.every((name) => name.kind === 'name')) return null;
  return names.map((name, i) => ({ name: name as NameTerm, value: values[i] }));
}

function isConstant(term: Term): boolean {
  if (term.kind === 'apply') return term.of.every(isConstant);
  return term.kind === 'number' || term.kind === 'constant';
}

function draftOf(reader: Reader, clause: Clause, bare: Clause | null): Draft | null {
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
  const members: Member[] = [];
  for (const [k, sign] of signs.entries()) {
    const part = parts[k + 1];
    const final = k === signs.length - 1;
    if (part.length === 0 && sign.text !== '=') continue;
    const member = memberOf(reader, sign, part, final ? clause.tail : null);
    if (/^[-+*/]=$/.test(sign.text)) return updateDraft(subject.term, sign, member);
    members.push(member);
  }
  if (members.length === 0) return null;
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

/** `x += 1.0*dx` */
function updateDraft(name: Term, sign: Item, member: Member): Draft | null {
  if (name.kind !== 'name' || member.term === null) return null;
  const operation = ({ '+': 'add', '-': 'sub', '*': 'mul', '/': 'div' } as const)[sign.text[0] as '+'];
  const term: Term = { kind: 'apply', operation, of: [name, member.term], from: name.from, to: member.to };
  return {
    from: name.from,
    to: member.to,
    subject: newValueOf(name, name),
    members: [{ ...member, relation: '=', term, alternatives: [] }],
    at: [],
    remark: '',
    layout: 'line',
  };
}

/** The value a weight has after a step: `new(w)`. */
export function newValueOf(name: NameTerm, span: Span): Term {
  const callee: NameTerm = { kind: 'name', key: 'new', spelling: 'new', from: span.from, to: span.to };
  return { kind: 'call', callee, primes: 0, of: [name], from: span.from, to: span.to };
}

function memberOf(reader: Reader, sign: Item, part: readonly Item[], tail: Item | null): Member {
  const relation = sign.text as Relation;
  const reading = readPart(reader, part);
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
export function broken(clause: Clause, problem: Unreadable): Draft {
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

function plainChain(name: NameTerm, value: Term): Draft {
  const member: Member = {
    from: value.from,
    to: value.to,
    relation: '=',
    term: value,
    alternatives: [],
    problem: null,
  };
  return {
    from: name.from,
    to: value.to,
    subject: name,
    members: [member],
    at: [],
    remark: '',
    layout: 'line',
  };
}

/** `x = 1, 0, 1, 1`: the numbers behind the first belong to it. */
function longerList(reader: Reader, draft: Draft, clause: Clause): boolean {
  const last = draft.members.at(-1)!;
  const part = clause.parts[0];
  if (last.relation !== '=' || last.term === null || draft.members.length > 1) return false;
  if (!(isConstant(last.term) || last.term.kind === 'list') || clause.lead?.text === '\t') return false;
  if (!part.every((item) => item.shape === 'number' || item.kind === 'operator' || item.text === '…'))
    return false;
  const reading = readPart(reader, part);
  if (!('term' in reading)) return false;
  const inList = draft.layout === 'list' && last.term.kind === 'list';
  const items = inList && last.term.kind === 'list' ? last.term.items : [last.term];
  const to = part[part.length - 1].to;
  const term: Term = { kind: 'list', items: [...items, reading.term], from: last.from, to };
  draft.members[0] = { ...last, term, to };
  draft.to = to;
  draft.layout = 'list';
  return true;
}

function readPart(
  reader: Reader,
  part: readonly Item[],
): { term: Term; alternatives: readonly Term[] } | Unreadable {
  const span = spanOf(part);
  if (span === null) return { from: 0, to: 0, code: 'empty', found: '' };
  const reading = readFormula(reader.text, span, reader.names);
  return reading;
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
  const items = clause.parts.flat();
  return (
    items.length > 2 &&
    items.every((item) => (item.text === '[' ? item.to - item.from <= 4 : item.text === '+'))
  );
}

function isWord(item: Item): boolean {
  return item.kind === 'stop' && item.shape === 'name';
}
