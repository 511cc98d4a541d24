import type { Chain, Member } from '../sheet.ts';
import type { NameTerm, Term } from '../term.ts';

/** The chain with each of its names changed. */
export function withTerms(chain: Chain, change: (name: NameTerm) => Term): Chain {
  const subject = mapNames(chain.subject, change);
  let same = subject === chain.subject;
  const members = chain.members.map((member): Member => {
    const term = member.term && mapNames(member.term, change);
    const alternatives = mapAll(member.alternatives, change);
    if (term === member.term && alternatives === member.alternatives) return member;
    same = false;
    return { ...member, term, alternatives };
  });
  return same ? chain : { ...chain, subject, members };
}

/** The terms with each of their names changed; the same list where nothing is. */
function mapAll(terms: readonly Term[], change: (name: NameTerm) => Term): readonly Term[] {
  let changed: Term[] | null = null;
  for (let k = 0; k < terms.length; k++) {
    const term = mapNames(terms[k], change);
    if (term !== terms[k]) changed ??= terms.slice();
    if (changed !== null) changed[k] = term;
  }
  return changed ?? terms;
}

/** The term with each of its names changed; itself where none is. */
export function mapNames(term: Term, change: (name: NameTerm) => Term): Term {
  if (term.kind === 'number') return term;
  if (term.kind === 'name') return change(term);
  if (term.kind === 'apply') {
    const of = mapAll(term.of, change);
    return of === term.of ? term : { ...term, of };
  }
  const map = (inner: Term) => mapNames(inner, change);
  switch (term.kind) {
    case 'derivative': {
      const of = term.of && map(term.of);
      const by = map(term.by);
      return of === term.of && by === term.by ? term : { ...term, of, by };
    }
    case 'slope':
    case 'transpose': {
      const of = map(term.of);
      return of === term.of ? term : { ...term, of };
    }
    case 'call': {
      const callee = change(term.callee);
      const of = mapAll(term.of, change);
      return callee === term.callee && of === term.of
        ? term
        : { ...term, callee: callee.kind === 'name' ? callee : term.callee, of };
    }
    case 'series':
      return {
        ...term,
        first: term.first && map(term.first),
        last: term.last && map(term.last),
        body: map(term.body),
      };
    case 'list': {
      const items = mapAll(term.items, change);
      return items === term.items ? term : { ...term, items };
    }
    case 'cases':
      return {
        ...term,
        branches: term.branches.map(({ value, condition }) => ({
          value: map(value),
          condition: condition && map(condition),
        })),
      };
    default:
      return term;
  }
}
