import type { Claim, Report } from '../report.ts';
import type { Chain, Sheet } from '../sheet.ts';
import type { Term } from '../term.ts';
import { isDoubleBound } from './ranges.ts';
import type { Remark } from './setting.ts';

/** A statement of a page, element by element: what it speaks about and the numbers that stand there. */
interface Statement {
  readonly subject: string;
  readonly chain: number;
  readonly member: number;
  readonly term: Term;
}

/**
 * A report in which what another page states too is judged by it: the same numbers in the same places are right, others
 * are wrong, with the other page's as the truth. What a program decides stays as it is; that the other page has another
 * number is said.
 */
export function comparedWith(report: Report, sheet: Sheet, other: Sheet): Report {
  const theirs = new Map<string, Statement>();
  for (const statement of statementsOf(other)) {
    if (!theirs.has(statement.subject)) theirs.set(statement.subject, statement);
  }
  const claims = [...report.claims];
  const starts = claimStarts(sheet);
  for (const { subject, chain, member, term } of statementsOf(sheet)) {
    const same = theirs.get(subject);
    const index = starts[chain] + member;
    const claim = claims[index];
    if (claim === undefined) continue;
    if (same !== undefined) {
      const difference = differenceOf(term, same.term);
      if (difference === null) {
        if (report.fromNotes || claim.verdict === 'unknown') claims[index] = agreed(claim);
        continue;
      }
      const remark = remarkOn(difference, other.text);
      claims[index] =
        report.fromNotes || claim.verdict === 'unknown'
          ? disagreed(claim, difference, remark)
          : { ...claim, remarks: [...claim.remarks, remark] };
      continue;
    }
    // −∇C here, ∇C there: the same numbers under the other sign.
    const turned = theirs.get(subject.startsWith('-') ? subject.slice(1) : `-${subject}`);
    if (turned === undefined || differenceOf(term, turned.term) !== null) continue;
    claims[index] = {
      ...claim,
      verdict: 'wrong',
      truth: oneLine(other.text.slice(turned.term.from, turned.term.to)),
      mistakes: [
        { id: 'lost-sign', gives: null, where: [], data: { found: subject, due: turned.subject } },
        { id: 'opposite-convention', gives: null, where: [], data: { stated: claim.text, subject } },
      ],
      remarks: [{ code: 'other-page', data: {} }],
    };
  }
  const wrong = claims.findIndex(({ verdict }) => verdict === 'wrong');
  const first =
    report.firstWrong !== null && claims[report.firstWrong].verdict === 'wrong' ? report.firstWrong : null;
  return { ...report, claims, firstWrong: first ?? (wrong < 0 ? null : wrong) };
}

function agreed(claim: Claim): Claim {
  if (claim.verdict === 'right' || claim.verdict === 'rounded') return claim;
  const remarks = [{ code: 'other-page', data: {} }];
  return { ...claim, verdict: 'right', mistakes: [], inherits: null, remarks };
}

interface Difference {
  /** From 1, among the numbers shown; null for a single number, and where the formulas are built differently. */
  readonly position: number | null;
  readonly found: Term;
  readonly due: Term;
}

/** What the other page has, and where. */
function remarkOn({ position, due }: Difference, text: string): Remark {
  const line = text.slice(0, due.from).split('\n').length;
  const data: Record<string, string> = { truth: oneLine(text.slice(due.from, due.to)), line: String(line) };
  if (position !== null) data.position = String(position);
  return { code: 'other-page', data };
}

function disagreed(claim: Claim, { found, due }: Difference, remark: Remark): Claim {
  const number = due.kind === 'number' ? due.value : signedNumber(due);
  const mine = signedNumber(found);
  return {
    ...claim,
    verdict: 'wrong',
    stated: mine ?? claim.stated,
    truth: number ?? remark.data.truth,
    mistakes: [],
    inherits: null,
    remarks: [remark],
  };
}

function statementsOf(sheet: Sheet): Statement[] {
  const found: Statement[] = [];
  for (const [chain, { subject, members }] of sheet.chains.entries()) {
    const key = subjectKey(subject);
    if (key === '') continue;
    for (const [member, { term, relation }] of members.entries()) {
      if (term !== null && (relation === '=' || relation === '≈'))
        found.push({ subject: key, chain, member, term });
    }
  }
  return found;
}

/** Index of the first claim of each chain. */
function claimStarts({ chains }: Sheet): number[] {
  let next = 0;
  return chains.map((chain: Chain) => {
    const { members } = chain;
    const start = next;
    next += isDoubleBound(chain) ? 1 : members.length;
    return start;
  });
}

/** How a subject is told again: by names, without decoration, letter case, and arguments that are left out. */
function subjectKey(term: Term): string {
  switch (term.kind) {
    case 'name':
      return term.key.replace(/\\?vec|[{}\s]/g, '').toLowerCase();
    case 'call':
      return `${subjectKey(term.callee)}${"'".repeat(term.primes)}`;
    case 'derivative':
      return `d${term.of === null ? '' : subjectKey(term.of)}/d${subjectKey(term.by)}`;
    case 'apply': {
      const parts = term.of.map(subjectKey);
      if (parts.some((part) => part === '')) return '';
      return term.operation === 'neg' ? `-${parts[0]}` : `${term.operation}(${parts.join(',')})`;
    }
    case 'number':
      return String(term.value);
    default:
      return '';
  }
}

/** The first place in which two terms differ; null where they say the same. */
function differenceOf(mine: Term, theirs: Term): Difference | null {
  const left = piecesOf(mine);
  const right = piecesOf(theirs);
  for (let k = 0; k < Math.max(left.length, right.length); k++) {
    const [a, b] = [left[k], right[k]];
    if (a === undefined || b === undefined) return { position: null, found: mine, due: theirs };
    if (isSamePiece(a, b)) continue;
    return { position: left.length > 1 ? k + 1 : null, found: a, due: b };
  }
  return null;
}

/** The shown entries of a vector, the terms of a sum, or the term itself. What is left out counts as one entry. */
function piecesOf(term: Term): Term[] {
  if (term.kind === 'list') return term.items.flatMap(piecesOf);
  if (term.kind === 'apply' && (term.operation === 'add' || term.operation === 'sum')) {
    return term.of.flatMap(piecesOf);
  }
  return [term];
}

function isSamePiece(a: Term, b: Term): boolean {
  const [x, y] = [signedNumber(a), signedNumber(b)];
  if (x !== null || y !== null) return x === y;
  if (a.kind !== b.kind) return false;
  if (a.kind === 'elided') return true;
  if (a.kind === 'apply' && b.kind === 'apply') {
    if (a.operation !== b.operation || a.of.length !== b.of.length) return false;
    return a.of.every((part, k) => isSamePiece(part, b.of[k]));
  }
  return subjectKey(a) === subjectKey(b);
}

function signedNumber(term: Term): number | null {
  if (term.kind === 'number') return term.value;
  if (
    term.kind === 'apply' &&
    (term.operation === 'neg' || term.operation === 'mul') &&
    term.of.length === 1
  ) {
    const inner = signedNumber(term.of[0]);
    return inner === null ? null : -inner;
  }
  return null;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
