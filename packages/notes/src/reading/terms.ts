import type { Chain, Member } from '../sheet.ts';
import type { NameTerm, Term } from '../term.ts';

/** The chain with each of its names changed. */
export function withTerms(chain: Chain, change: (name: NameTerm) => Term): Chain {
  const map = (term: Term) => mapNames(term, change);
  return {
    ...chain,
    subject: map(chain.subject),
    members: chain.members.map((member): Member => ({
      ...member,
      term: member.term && map(member.term),
      alternatives: member.alternatives.map(map),
    })),
  };
}

/** The term with each of its names changed. */
export function mapNames(term: Term, change: (name: NameTerm) => Term): Term {
  const map = (inner: Term) => mapNames(inner, change);
  switch (term.kind) {
    case 'name':
      return change(term);
    case 'derivative':
      return { ...term, of: term.of && map(term.of), by: map(term.by) };
    case 'apply':
      return { ...term, of: term.of.map(map) };
    case 'slope':
    case 'transpose':
      return { ...term, of: map(term.of) };
    case 'call': {
      const callee = change(term.callee);
      return { ...term, callee: callee.kind === 'name' ? callee : term.callee, of: term.of.map(map) };
    }
    case 'series':
      return {
        ...term,
        first: term.first && map(term.first),
        last: term.last && map(term.last),
        body: map(term.body),
      };
    case 'list':
      return { ...term, items: term.items.map(map) };
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
