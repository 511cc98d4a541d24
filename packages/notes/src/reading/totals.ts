import type { Chain, Member } from '../sheet.ts';
import type { NameTerm, Term } from '../term.ts';
import { whole } from './build.ts';
import { mapNames } from './terms.ts';

/**
 * The total differential `df = 2x dx + 3 dy` says ∂f/∂x = 2x and ∂f/∂y = 3: where f is computed from x and y. Elsewhere, as
 * in `dw = x dz`, the names are gradients. `leaves`: those of the program, whose names are `names`.
 */
export function settleTotals(
  chains: Chain[],
  names: ReadonlySet<string>,
  leaves: ReadonlyMap<string, number>,
): void {
  const uses = new Map<string, ReadonlySet<string>>();
  for (let i = 0; i < chains.length; i++) {
    const { subject, members } = chains[i];
    if (subject.kind !== 'name' || members.length === 0) continue;
    const of = /^d(\p{L}.*)$/u.exec(subject.key)?.[1];
    const isVariable = (by: string): boolean =>
      of !== undefined &&
      (names.size > 0 ? names.has(of) && !leaves.has(of) && leaves.has(by) : uses.get(of)?.has(by) === true);
    const parts = names.has(subject.key)
      ? []
      : members.map(({ term }) => (term === null ? null : slopesIn(term, isVariable)));
    const [first] = parts;
    if (
      of !== undefined &&
      first !== undefined &&
      first !== null &&
      parts.every((part) => part?.length === first.length)
    ) {
      const total = first.map(({ by }, k) =>
        partialOf(
          chains[i],
          of,
          by,
          parts.map((part) => part![k].slope),
        ),
      );
      chains.splice(i, 1, ...total);
      i += total.length - 1;
    } else if (members[0].term !== null && !uses.has(subject.key))
      uses.set(subject.key, namesIn(members[0].term));
  }
}

interface Slope {
  readonly by: NameTerm;
  readonly slope: Term;
}

/** The factors of dx, dy, … in a sum; null where a term has none or two. */
function slopesIn(term: Term, isVariable: (key: string) => boolean): readonly Slope[] | null {
  if (term.kind === 'apply' && (term.operation === 'add' || term.operation === 'sub')) {
    const [left, right] = term.of.map((part) => slopesIn(part, isVariable));
    if (left === null || right?.length !== 1) return null;
    const [{ by, slope }] = right;
    const { from, to } = slope;
    const signed: Term =
      term.operation === 'add' ? slope : { kind: 'apply', operation: 'neg', of: [slope], from, to };
    return [...left, { by, slope: signed }];
  }
  const differentials = [...namesIn(term)].filter((key) => /^d\p{L}/u.test(key) && isVariable(key.slice(1)));
  const slope = differentials.length === 1 ? without(term, differentials[0]) : null;
  if (slope === null) return null;
  const key = differentials[0].slice(1);
  return [{ by: { kind: 'name', key, spelling: key, from: term.from, to: term.to }, slope }];
}

/** The product without the factor; null where it is none. */
function without(term: Term, key: string): Term | null {
  if (term.kind === 'name') return term.key === key ? whole(1, term) : null;
  if (term.kind !== 'apply' || !/^(?:mul|div|neg)$/.test(term.operation)) return null;
  const at = term.of.findIndex((part) => namesIn(part).has(key));
  const rest = term.operation === 'div' && at > 0 ? null : without(term.of[at], key);
  return rest === null ? null : { ...term, of: term.of.with(at, rest) };
}

function partialOf(chain: Chain, of: string, by: NameTerm, slopes: readonly Term[]): Chain {
  const { from, to } = chain.subject;
  const above: NameTerm = { kind: 'name', key: of, spelling: of, from, to };
  const subject: Term = { kind: 'derivative', of: above, by, order: 1, at: [], from, to };
  const members = chain.members.map((member, i): Member => ({
    ...member,
    term: slopes[i],
    alternatives: [],
  }));
  return { ...chain, subject, members };
}

function namesIn(term: Term): ReadonlySet<string> {
  const found = new Set<string>();
  mapNames(term, (name) => (found.add(name.key), name));
  return found;
}
