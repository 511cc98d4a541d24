import type { Term } from '../term.ts';
import type { Definition } from './definitions.ts';
import { namesIn } from './mentions.ts';
import type { Mentions } from './mentions.ts';
import { letterIndices } from './name-parts.ts';

/**
 * Puts names for the parts of definitions that they are: with `f = (x + y)z` and `q = x + y` beside a ∂f/∂q, f is q z. Only
 * for a name that is differentiated by and that no definition uses.
 */
export function nameParts(formulas: Map<string, Definition[]>, { pairs }: Mentions): void {
  const wanted = new Set(pairs.map(({ by }) => by));
  const used = new Set<string>();
  for (const [, [{ term }]] of formulas) for (const { key } of namesIn(term)) used.add(key);
  for (const part of wanted) {
    const own = formulas.get(part)?.[0];
    if (own === undefined || used.has(part) || own.term.kind !== 'apply' || letterIndices(part).length > 0)
      continue;
    const signature = signatureOf(own.term);
    if (signature === null || namesIn(own.term).length === 0) continue;
    const behind = namesBehind(own.term, formulas);
    for (const [key, [definition, ...others]] of formulas) {
      if (key === part || behind.has(key) || definition.term.kind !== 'apply') continue;
      const term = replaced(definition.term, signature, part);
      if (term !== definition.term && term.kind === 'apply')
        formulas.set(key, [{ ...definition, term }, ...others]);
    }
  }
}

/** Every name that a formula is made from. */
function namesBehind(term: Term, formulas: ReadonlyMap<string, readonly Definition[]>): ReadonlySet<string> {
  const found = new Set<string>();
  const pending = [term];
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    for (const { key } of namesIn(at)) {
      if (found.has(key)) continue;
      found.add(key);
      const definition = formulas.get(key)?.[0];
      if (definition !== undefined) pending.push(definition.term);
    }
  }
  return found;
}

/** The same text for the same formula, in whatever order its summands and factors stand; null for what is not compared. */
function signatureOf(term: Term): string | null {
  if (term.kind === 'name') return term.key;
  if (term.kind === 'number') return String(term.value);
  if (term.kind !== 'apply') return null;
  const of = term.of.map((part) => signatureOf(part));
  if (of.includes(null)) return null;
  if (term.operation === 'add' || term.operation === 'mul') of.sort((a, b) => (a! < b! ? -1 : 1));
  return `${term.operation}(${of.join(' ')})`;
}

function replaced(term: Term, signature: string, key: string): Term {
  if (term.kind !== 'apply') return term;
  if (signatureOf(term) === signature)
    return { kind: 'name', key, spelling: key, from: term.from, to: term.to };
  const of = term.of.map((part) => replaced(part, signature, key));
  return of.every((part, index) => part === term.of[index]) ? term : { ...term, of };
}
