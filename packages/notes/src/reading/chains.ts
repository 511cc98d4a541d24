import type { Chain, Member } from '../sheet.ts';
import type { NameTerm, Term } from '../term.ts';
import type { Clause } from './clauses.ts';
import { isCondition } from './clauses.ts';
import { draftOf, readPart } from './drafts.ts';
import type { At, Draft, Reader } from './drafts.ts';

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
      const told = drafts.length === 0 && conditions === 'leading' ? valueAt(clauses, i, bare) : null;
      const draft = told === null ? null : draftOf(reader, told, null);
      if (draft !== null && /^(?:derivative|name|call)$/.test(draft.subject.kind)) {
        draft.at.push(...pending);
        drafts.push(draft);
        conditions = 'none';
        bare = null;
        continue;
      }
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
      (conditions === 'trailing'
        ? lead.text !== '\t' && !isCondition(clauses[i + 1]?.lead ?? null)
        : leadsOn(clauses, i));
    const within = clause.enclosed && (drafts.length > 0 || bare !== null) && clause.parts.length === 2;
    if (
      isCondition(lead) ||
      /^(?:∀|\\forall)$/.test(lead?.text ?? '') ||
      again ||
      within ||
      isGuard(clause, drafts)
    ) {
      const taken = takeCondition(reader, clause, drafts, pending, bare, beginsAnew(clauses, i));
      if (taken) {
        conditions = drafts.length > 0 ? 'trailing' : 'leading';
        listed = null;
        continue;
      }
    }
    const several = bare === null ? null : tupleOf(reader, clauses, i);
    if (several !== null) {
      drafts.push(...several);
      bare = null;
      listed = null;
      continue;
    }
    const leading =
      drafts.length === 0 && isCondition(clauses[i - 1]?.lead ?? null)
        ? comparisonOf(reader, clauses[i - 1])
        : null;
    conditions = 'none';
    const draft = draftOf(reader, clause, bare);
    bare = null;
    listed = null;
    if (draft === null) continue;
    const broken = draft.subject.kind === 'elided' && draft.members[0].problem !== null;
    if (broken && unreadable) continue;
    unreadable ||= broken;
    if (leading !== null && draft.members.at(-1)!.relation === '=')
      guard(draft, leading.left, leading.right, leading.clause);
    draft.at.push(...pending);
    const parts = withoutBound(draft);
    drafts.push(...parts);
    listed = parts[parts.length - 1];
  }
  if (drafts.length === 0 && pending.length > 0 && clauses[0].signs.length > 0) {
    // `for x = 3` on its own line says what x is; `what is y when x = 3?` does not.
    for (const { name, value } of pending) drafts.push(plainChain(name, value));
  }
  pending = [];
  return drafts;
}

/** `a ≤ b = c`: what equals the bound is said of the bound. */
function withoutBound(draft: Draft): Draft[] {
  const { members } = draft;
  const at = members.findIndex(
    ({ relation }, i) => i > 0 && '=≈'.includes(relation) && '<>≤≥'.includes(members[i - 1].relation),
  );
  const bound = at < 0 ? null : members[at - 1];
  if (bound === null || bound.term === null) return [draft];
  const rest: Draft = {
    ...draft,
    from: bound.from,
    subject: bound.term,
    members: members.slice(at),
    at: [...draft.at],
  };
  return [{ ...draft, to: bound.to, members: members.slice(0, at) }, ...withoutBound(rest)];
}

/** `dy/dx at x = 3: 27` with the sign that the colon stands for; null for anything else. */
function valueAt(clauses: readonly Clause[], i: number, bare: Clause | null): Clause | null {
  const clause = clauses[i];
  const [part] = clause.parts;
  const { lead } = clause;
  if (bare === null || clauses[i - 2] !== bare || lead?.text !== ':') return null;
  if (clause.tail !== null && clause.tail.text !== '.') return null;
  if (!part.every(({ shape, kind }) => shape === 'number' || kind === 'operator')) return null;
  const sign: Clause['signs'][number] = { ...lead, kind: 'relation', text: '=' };
  return { ...bare, parts: [bare.parts[0], part], signs: [sign], tail: null };
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

/** `f = x², at x = 3: f = 9`: the point belongs to what follows. */
function beginsAnew(clauses: readonly Clause[], i: number): boolean {
  return clauses[i - 1]?.tail?.kind === 'separator' && (clauses[i + 1]?.signs.length ?? 0) > 0;
}

function takeCondition(
  reader: Reader,
  clause: Clause,
  drafts: readonly Draft[],
  pending: At[],
  bare: Clause | null,
  isApart: boolean,
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
  // `at x = 2: f = 5, at x = 1: f = 2`
  const next = clause.tail?.text === ':' && (pending.length > 0 || isApart) && drafts.length > 0;
  if (next) pending.length = 0;
  if (next || drafts.length === 0) pending.push(...at);
  else {
    const free = drafts.filter((draft) => draft.at.length === 0 || draft === drafts.at(-1));
    for (const draft of clause.enclosed ? [drafts.at(-1)!] : free) draft.at = [...draft.at, ...at];
  }
  return true;
}

/** `if z > 0` before the claim that it is about. */
function comparisonOf(reader: Reader, clause: Clause): { left: Term; right: Term; clause: Clause } | null {
  if (clause.signs.length !== 1 || clause.signs[0].text === '=') return null;
  const [left, right] = [readPart(reader, clause.parts[0]), readPart(reader, clause.parts[1])];
  return 'term' in left && 'term' in right ? { left: left.term, right: right.term, clause } : null;
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
  return names.map((name, i) => ({ name, value: values[i] }));
}

function isConstant(term: Term): boolean {
  if (term.kind === 'apply') return term.of.every(isConstant);
  return term.kind === 'number' || term.kind === 'constant';
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

/** `x, y = -2, 3`: as many names as numbers. */
function tupleOf(reader: Reader, clauses: readonly Clause[], at: number): Draft[] | null {
  const clause = clauses[at];
  let first = at;
  while (clauses[first].lead?.text === ',' && clauses[first - 1]?.signs.length === 0) first--;
  const count = at - first + 1;
  const values = clauses.slice(at, at + count);
  const listed = values.slice(1).every(({ lead, signs }) => lead?.text === ',' && signs.length === 0);
  if (count < 2 || values.length < count || clause.signs.length !== 1 || !listed) return null;
  if (clauses[first].lead !== null || values[count - 1].tail?.text === ',') return null;
  const drafts: Draft[] = [];
  for (let k = 0; k < count; k++) {
    const name = readPart(reader, clauses[first + k].parts[0]);
    const value = readPart(reader, k === 0 ? clause.parts[1] : values[k].parts[0]);
    if (!('term' in name) || name.term.kind !== 'name' || !('term' in value) || !isConstant(value.term))
      return null;
    drafts.push(plainChain(name.term, value.term));
  }
  return drafts;
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
