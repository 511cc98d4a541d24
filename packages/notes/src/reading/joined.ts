import type { Chain } from '../sheet.ts';
import type { NameTerm, Term } from '../term.ts';
import { whole } from './build.ts';
import { mapNames, withTerms } from './terms.ts';

const JOINED = /^\p{L}{2,4}$|^\p{L}\d\p{L}\d$/u;

const LETTER = /^(?!e)\p{L}\d?$/u;
const SQUARED = /^(.+)\^\{\((\d)\)\}$/;

/**
 * What names are, in view of the whole page: e is Euler's number where the notes say nothing of an e; `wx` where the notes
 * say what w and x are, and nowhere what wx is: a product. A program's names are left alone, and so is what may be a
 * differential.
 */
export function settleNames(chains: Chain[], text: string, names: ReadonlySet<string>): void {
  const told = new Set(names);
  const tell = (term: Term): void => {
    if (term.kind === 'name') told.add(term.key);
    else if (term.kind === 'call' && term.callee.key !== 'new')
      for (const part of [term.callee, ...term.of]) tell(part);
    else if (term.kind === 'derivative') {
      tell(term.by);
      // Of d(ab)/da there need not be an ab.
      if (term.of !== null && !(term.of.kind === 'name' && JOINED.test(term.of.key))) tell(term.of);
    }
  };
  for (const { subject, members, at } of chains) {
    tell(subject);
    for (const { name } of at) tell(name);
    // x and y of `f = x² y`, for the xy of `2xy`.
    for (const { term } of members)
      if (term !== null) mapNames(term, (name) => (LETTER.test(name.key) && told.add(name.key), name));
  }
  const cuts = new Map<string, readonly string[] | null>();
  const cut = (key: string): readonly string[] | null => {
    let parts = cuts.get(key);
    if (parts === undefined) {
      parts = told.has(key) || !JOINED.test(key) || /^[dδΔ∂]/u.test(key) ? null : partsOf(key);
      if (parts?.every((part) => told.has(part)) !== true) parts = null;
      cuts.set(key, parts);
    }
    return parts;
  };
  const layered = [...told].some((key) => key.includes('^{('));
  for (const [at, chain] of chains.entries()) {
    chains[at] = withTerms(chain, (name) => {
      if (!layered && SQUARED.test(name.key) && !/[({[]/.test(text.slice(name.from, name.to)))
        return squared(name);
      if (name.key === 'e' && !told.has('e')) return euler(name);
      const parts = cut(name.key);
      return parts === null ? name : product(name, parts);
    });
  }
}

/** `z_1²` where nothing has layers: a power. */
function squared({ key, spelling, from, to }: NameTerm): Term {
  const [, base, exponent] = SQUARED.exec(key)!;
  const name: NameTerm = {
    kind: 'name',
    key: base,
    spelling: spelling.replace(/\^\{\(\d\)\}$/, ''),
    from,
    to,
  };
  return { kind: 'apply', operation: 'pow', of: [name, whole(Number(exponent), { from, to })], from, to };
}

function euler({ from, to }: NameTerm): Term {
  return { kind: 'constant', name: 'e', value: Math.E, from, to };
}

/** `wx` as w, x; `w1x1` as w1, x1. */
function partsOf(key: string): readonly string[] {
  return key.match(/\p{L}\d?/gu) ?? [];
}

function product({ from, to }: NameTerm, parts: readonly string[]): Term {
  const factors = parts.map((key): Term => ({ kind: 'name', key, spelling: key, from, to }));
  return factors.reduce((left, right) => ({
    kind: 'apply',
    operation: 'mul',
    of: [left, right],
    juxtaposed: true,
    from,
    to,
  }));
}
