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
  const settled: Chain[] = [];
  for (const chain of chains) {
    const { subject, members } = chain;
    const total = subject.kind === 'name' && !names.has(subject.key) ? totalOf(chain, subject.key) : null;
    settled.push(...(total ?? [chain]));
    const formula = members[0]?.term ?? null;
    if (subject.kind === 'name' && formula !== null && !uses.has(subject.key))
      uses.set(subject.key, namesIn(formula));
  }
  chains.length = 0;
  for (const chain of settled) chains.push(chain);

  function totalOf(chain: Chain, key: string): Chain[] | null {
    const of = /^d(\p{L}.*)$/u.exec(key)?.[1];
    if (of === undefined || chain.members.length === 0) return null;
    const isVariable = (by: string): boolean =>
      names.size > 0 ? names.has(of) && !leaves.has(of) && leaves.has(by) : uses.get(of)?.has(by) === true;
    const parts = chain.members.map(({ term }) => (term === null ? null : slopesIn(term, isVariable)));
    const [first] = parts;
    if (first === null || parts.some((part) => part?.length !== first.length)) return null;
    return first.map(({ by }, k) =>
      partialOf(
        chain,
        of,
        by,
        parts.map((part) => part![k].slope),
      ),
    );
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
