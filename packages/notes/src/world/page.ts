import type { Sheet } from '../sheet.ts';
import type { NameTerm, Term } from '../term.ts';
import type { Definition } from './binding.ts';
import { contains, isSymbolic, termsOf, walk } from './mentions.ts';
import { bareFunction } from './special-names.ts';

/** What a page defines beside its program: names by formulas or numbers, and functions. The first definition counts. */
export function pageDefinitions(
  sheet: Sheet,
  isTaken: (key: string) => boolean,
): ReadonlyMap<string, Definition> {
  const definitions = new Map<string, Definition>();
  for (const { subject, members, at } of sheet.chains) {
    if (at.length > 0) continue;
    const [name, parameters] = definee(subject);
    if (name === null || definitions.has(name.key) || isTaken(name.key)) continue;
    // σ′ = σ(1 − σ) says something about σ.
    if (bareFunction(name.key)?.primes === 1) continue;
    for (const { term, relation } of members) {
      if (term === null || (relation !== '=' && relation !== '≈' && relation !== '←')) continue;
      const useless = contains(term, (part) => part.kind === 'elided' || isItself(part, name.key));
      if (useless) continue;
      definitions.set(name.key, {
        parameters,
        body: term,
        number: parameters.length === 0 && !isSymbolic(term),
      });
      break;
    }
  }
  return definitions;
}

function definee(subject: Term): readonly [NameTerm | null, readonly string[]] {
  if (subject.kind === 'name') return [subject, []];
  if (subject.kind !== 'call' || subject.primes > 0) return [null, []];
  const parameters = subject.of.flatMap((part) => (part.kind === 'name' ? [part.key] : []));
  return parameters.length === subject.of.length && new Set(parameters).size === parameters.length
    ? [subject.callee, parameters]
    : [null, []];
}

function isItself(part: Term, key: string): boolean {
  return (part.kind === 'name' && part.key === key) || (part.kind === 'call' && part.callee.key === key);
}

/** Every name of a page, in the order of writing; those of an index that a sum runs over are left out. */
export function namesOfPage(sheet: Sheet): readonly NameTerm[] {
  const names = new Map<string, NameTerm>();
  for (const chain of sheet.chains) {
    for (const [, term] of termsOf(chain)) {
      if (term.kind === 'number') continue;
      const indices = new Set<string>();
      const found: NameTerm[] = [];
      walk(term, (part) => {
        if (part.kind === 'series' && part.index !== null) indices.add(part.index);
        if (part.kind === 'call' && !names.has(part.callee.key)) names.set(part.callee.key, part.callee);
        if (part.kind === 'name') found.push(part);
        return true;
      });
      for (const name of found) {
        if (!names.has(name.key) && !indices.has(name.key)) names.set(name.key, name);
      }
    }
  }
  return [...names.values()];
}

/** Every sum and product over an index, in the order of writing. */
export function seriesOfPage(sheet: Sheet): readonly (Term & { readonly kind: 'series' })[] {
  const found: (Term & { readonly kind: 'series' })[] = [];
  for (const chain of sheet.chains) {
    for (const [, term] of termsOf(chain)) {
      walk(term, (part) => {
        if (part.kind === 'series') found.push(part);
        return true;
      });
    }
  }
  return found;
}
