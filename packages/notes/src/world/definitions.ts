import type { Sheet } from '../sheet.ts';
import type { NameTerm, Term } from '../term.ts';
import { numberOf, termsOfSum } from './alignment.ts';
import type { ClaimAddress, NotesFunction } from './assembly.ts';
import { isElided } from './indices.ts';
import { contains, derivativesIn, namesIn, walk } from './mentions.ts';
import type { Mentions } from './mentions.ts';
import { keyOf, letterIndices, partsOf } from './name-parts.ts';
import { nameParts } from './shared-parts.ts';

/** What a page says a name is. */
export interface Definition extends ClaimAddress {
  readonly key: string;
  readonly term: Term;
}

export interface Definitions {
  /** By key, the formulas that could define a name, in the order of the page; the first is its definition unless it cannot be. */
  readonly formulas: ReadonlyMap<string, readonly Definition[]>;
  /** By key, the first number that is given for a name. */
  readonly numbers: ReadonlyMap<string, Definition & { readonly value: number }>;
  /** By key, lists of numbers: vectors and matrices. */
  readonly lists: ReadonlyMap<string, Definition & { readonly shape: readonly number[] }>;
  readonly functions: ReadonlyMap<string, NotesFunction>;
  /** Formulas that were completed: with a sum for what `…` leaves out. */
  readonly completed: readonly Term[];
}

/** Collects what the chains of a page define. Derivatives, updates and what is only true `at` a point define nothing. */
export function definitionsOf(sheet: Sheet, mentions: Mentions): Definitions {
  const formulas = new Map<string, Definition[]>();
  const weaker: Definition[] = [];
  const numbers = new Map<string, Definition & { readonly value: number }>();
  const lists = new Map<string, Definition & { readonly shape: readonly number[] }>();
  const functions = new Map<string, NotesFunction>();

  const isPlain = (key: string, term: Term): boolean =>
    term.kind === 'apply' &&
    !isDerivativeName(key, mentions.names) &&
    !isUpdateName(key) &&
    !isElided(term) &&
    isFormula(term, key, mentions);

  const number = (key: string, term: Term, address: ClaimAddress) => {
    const value = numberOf(term);
    const name = withoutOld(key);
    if (value !== null && !numbers.has(name)) numbers.set(name, { ...address, key: name, term, value });
  };

  sheet.chains.forEach((chain, index) => {
    nameFunctions(chain.members, index);
    const { subject } = chain;
    const name = subjectName(subject);
    if (chain.at.length > 0) {
      // `for a = 1, b = 2: c = a + b` defines c where nothing else does.
      const member = chain.members.findIndex(({ term }) => term !== null && numberOf(term) === null);
      const { term, relation } = member < 0 ? { term: null, relation: '=' } : chain.members[member];
      if (
        name !== null &&
        subject.kind === 'name' &&
        term !== null &&
        relation === '=' &&
        isPlain(name.key, term)
      )
        weaker.push({ chain: index, member, key: name.key, term });
      return;
    }
    if (name === null) {
      const sum = summedDerivatives(subject, chain.members);
      if (sum !== null) weaker.push({ ...sum, chain: index });
      if (subject.kind === 'list') defineEach(subject.items, chain.members, index);
      else {
        // `w a + b = z`: the name stands on the right.
        const [member] = chain.members;
        if (
          member?.term?.kind === 'name' &&
          member.relation === '=' &&
          isFormula(subject, member.term.key, mentions)
        )
          weaker.push({ chain: index, member: 0, key: member.term.key, term: subject });
      }
      return;
    }
    const { key } = name;
    if (isDerivativeName(key, mentions.names) || isUpdateName(key)) return;
    for (const [place, member] of chain.members.entries()) {
      const { term, relation } = member;
      if (term === null || (relation !== '=' && relation !== '≈' && relation !== '←')) continue;
      const address = { chain: index, member: place };
      const flat = term.kind === 'transpose' ? term.of : term;
      if (flat.kind === 'list') {
        const shape = shapeOf(flat);
        if (shape !== null && shape.length > 0 && !lists.has(key))
          lists.set(key, { ...address, key, term: flat, shape });
        else if (shape === null && isFormula(flat, key, mentions))
          push(formulas, { ...address, key, term: flat });
      } else if (numberOf(term) !== null) number(key, term, address);
      else if (isFormula(term, key, mentions)) {
        if (subject.kind === 'call' && !functions.has(key)) {
          const parameters = subject.of.flatMap((part) => (part.kind === 'name' ? [part.key] : []));
          if (parameters.length === subject.of.length)
            functions.set(key, { ...address, parameters, body: term });
        }
        if (isElided(term)) {
          const whole = withoutGap(term, key);
          weaker.push({ ...address, key, term: whole });
        } else push(formulas, { ...address, key, term });
      }
    }
  });
  for (const [key, [definition]] of formulas) {
    const term = termOfSum(key, definition, mentions);
    if (term !== null) weaker.push(term);
  }
  for (const definition of weaker) if (!formulas.has(definition.key)) push(formulas, definition);
  takePoints();
  nameParts(formulas, mentions);
  return { formulas, numbers, lists, functions, completed: weaker.map(({ term }) => term) };

  /** `y = f(x₁, x₂) = x₁x₂`. */
  function nameFunctions(members: readonly { readonly term: Term | null }[], chain: number): void {
    members.forEach(({ term }, member) => {
      const body = members[member + 1]?.term ?? null;
      if (term?.kind !== 'call' || term.primes > 0 || body === null || functions.has(term.callee.key)) return;
      const parameters = term.of.flatMap((part) => (part.kind === 'name' ? [part.key] : []));
      if (parameters.length === term.of.length && isFormula(body, term.callee.key, mentions))
        functions.set(term.callee.key, { chain, member: member + 1, parameters, body });
    });
  }

  /** The one place at which a page takes anything, `at x = 2`, says what x is where nothing else does. */
  function takePoints(): void {
    const values = new Map<string, number | null>();
    for (const { at } of sheet.chains)
      for (const { name, value } of at) {
        const found = numberOf(value);
        values.set(name.key, !values.has(name.key) || values.get(name.key) === found ? found : null);
      }
    sheet.chains.forEach(({ at }, chain) => {
      for (const { name, value } of at)
        if (values.get(name.key) !== null && !formulas.has(name.key))
          number(name.key, value, { chain, member: -1 });
    });
  }

  /** `(x₁, x₂) = (1, 0)`. */
  function defineEach(
    names: readonly Term[],
    members: readonly { readonly term: Term | null }[],
    chain: number,
  ): void {
    members.forEach(({ term }, member) => {
      if (term?.kind !== 'list' || term.items.length !== names.length) return;
      names.forEach((part, at) => {
        if (part.kind === 'name' && !isDerivativeName(part.key, mentions.names))
          number(part.key, term.items[at], { chain, member });
      });
    });
  }
}

/** `∂C/∂w = 1/n Σ ∂C_k/∂w`, where every derivative is by w, says that C is 1/n Σ C_k. */
function summedDerivatives(
  subject: Term,
  members: readonly { readonly term: Term | null }[],
): Omit<Definition, 'chain'> | null {
  if (subject.kind !== 'derivative' || subject.of?.kind !== 'name' || subject.by.kind !== 'name') return null;
  const { key } = subject.by;
  const of = subject.of.key;
  for (const [member, { term }] of members.entries()) {
    if (term === null) continue;
    const derivatives = derivativesIn(term);
    const sizes = new Set<string>();
    walk(term, (part) => {
      if (part.kind === 'series' && part.last !== null)
        for (const name of namesIn(part.last)) sizes.add(name.key);
    });
    const sums = derivatives.every(
      (one) =>
        one.order === 1 &&
        one.of?.kind === 'name' &&
        one.of.key !== of &&
        one.by.kind === 'name' &&
        one.by.key === key,
    );
    const integral = derivatives.length === 0 || !sums ? null : integrated(term);
    if (integral === null) continue;
    const own = new Set(derivatives.map((one) => (one.of as NameTerm).key));
    if (
      namesIn(integral).every((name) => own.has(name.key) || sizes.has(name.key)) &&
      isLinear(integral, own)
    )
      return { member, key: of, term: integral };
  }
  return null;
}

/** The term with C for every ∂C/∂w. */
function integrated(term: Term): Term | null {
  switch (term.kind) {
    case 'derivative':
      return term.of;
    case 'apply': {
      const of = term.of.map((part) => integrated(part));
      return of.includes(null) ? null : { ...term, of: of as Term[] };
    }
    case 'series': {
      const body = integrated(term.body);
      return body === null ? null : { ...term, body };
    }
    case 'name':
    case 'number':
      return term;
    default:
      return null;
  }
}

/** A sum of multiples of names. */
function isLinear(term: Term, names: ReadonlySet<string>): boolean {
  const has = (part: Term) => namesIn(part).some((name) => names.has(name.key));
  if (!has(term)) return false;
  if (term.kind === 'name') return true;
  if (term.kind === 'series') return term.operation === 'sum' && isLinear(term.body, names);
  if (term.kind !== 'apply') return false;
  const { operation, of } = term;
  if (operation === 'add' || operation === 'sub' || operation === 'neg' || operation === 'sum')
    return of.every((part) => isLinear(part, names));
  if (operation === 'div') return isLinear(of[0], names) && !has(of[1]);
  return operation === 'mul' && of.filter(has).length === 1 && isLinear(of.find(has)!, names);
}

/** L_i where L is Σ_i (…): the term of the sum, if the page speaks of one. */
function termOfSum(key: string, definition: Definition, mentions: Mentions): Definition | null {
  const parts = partsOf(key);
  if (parts.below.length > 0) return null;
  const { term } = definition;
  const sum = termsOfSum(term)[0].term;
  const series = sum.kind === 'apply' && sum.operation === 'mul' ? sum.of.at(-1)! : sum;
  if (series.kind !== 'series' || series.operation !== 'sum' || series.index === null) return null;
  const own = keyOf({ ...parts, below: [series.index] });
  return mentions.names.has(own) ? { ...definition, key: own, term: series.body } : null;
}

function push(formulas: Map<string, Definition[]>, definition: Definition): void {
  const known = formulas.get(definition.key);
  if (known === undefined) formulas.set(definition.key, [definition]);
  else known.push(definition);
}

/** The name that a left side is: z, or C(w₁, …) and f(x). Null for any other left side. */
function subjectName(subject: Term): NameTerm | null {
  if (subject.kind === 'name') return subject;
  if (subject.kind !== 'call' || subject.primes > 0) return null;
  return subject.of.every(({ kind }) => kind === 'name' || kind === 'elided') ? subject.callee : null;
}

/** Whether a term can define a name: a formula of other names, without derivatives. */
function isFormula(term: Term, key: string, mentions: Mentions): boolean {
  if (contains(term, ({ kind }) => kind === 'derivative' || kind === 'slope')) return false;
  if (contains(term, (part) => part.kind === 'call' && (part.primes > 0 || part.callee.key === key)))
    return false;
  const names = namesIn(term);
  if (names.length === 0 && !contains(term, ({ kind }) => kind === 'call')) return false;
  return names.every((name) => name.key !== key && !isDerivativeName(name.key, mentions.names));
}

/** Lengths of a list, nested lists row by row; null where it is ragged or does not consist of numbers. */
function shapeOf(list: Term & { readonly kind: 'list' }): readonly number[] | null {
  let inner: readonly number[] | null = null;
  for (const item of list.items) {
    const shape: readonly number[] | null =
      item.kind === 'list' ? shapeOf(item) : numberOf(item) === null ? null : [];
    if (shape === null || (inner !== null && String(inner) !== String(shape))) return null;
    inner = shape;
  }
  return inner === null ? null : [list.items.length, ...inner];
}

const MAY_BE_DERIVATIVE = /^[dδΔ∂∇gb]|[\u0304\u0305']/u;
/** Letters of functions: y′ is the slope of y, while w′ may be a new w and x′ another x. */
export const FUNCTION = /^[fghyuvqsFGHCLJEφψ][ʼʽʾʿ]*$/u;
const MAY_BE_UPDATE = /new|neu|next|updated|\+/i;

/** `dw5`, `dL_dw5`, `δ_{o1}`: may be derivatives, as long as what stands behind the d is a name of the page. */
export function isDerivativeName(key: string, names: ReadonlyMap<string, string>): boolean {
  if (!MAY_BE_DERIVATIVE.test(key)) return false;
  const parts = partsOf(key);
  if (parts.base === 'δ' || parts.base === 'Δ' || parts.base === 'delta' || parts.base.startsWith('∇'))
    return true;
  if (/\u0304|\u0305/u.test(parts.base) || /^(?:grad|bar)$/.test(parts.base)) return true;
  if (parts.primes !== '' && FUNCTION.test(parts.base) && names.has(keyOf({ ...parts, primes: '' })))
    return true;
  if (/^[d∂]\p{L}/u.test(key)) {
    const rest = key.slice(1);
    if (names.has(rest)) return true;
    if (/^[^_]+_[d∂]\p{L}/u.test(rest)) return true;
  }
  return false;
}

/** `w_new`, `w⁺`: what an update gives. */
export function isUpdateName(key: string): boolean {
  if (!MAY_BE_UPDATE.test(key)) return false;
  const { below, above, base } = partsOf(key);
  const words = [...below, ...above];
  return (
    words.some((word) => /^[([]?(?:new|neu|next|updated|\+|t\+1)[)\]]?$/i.test(word)) ||
    /(?:new|neu)$/i.test(base)
  );
}

/** `w_old` is w. */
export function withoutOld(key: string): string {
  const parts = partsOf(key);
  const isOld = (word: string) => /^[([]?(?:old|alt)[)\]]?$/i.test(word);
  if (!parts.below.some(isOld) && !parts.above.some(isOld)) return key;
  return keyOf({
    ...parts,
    below: parts.below.filter((word) => !isOld(word)),
    above: parts.above.filter((word) => !isOld(word)),
  });
}

/** `… + w_{jk} a_k + …` for z_j is a sum over k; what else `…` may hold stays left out. */
function withoutGap(term: Term, key: string): Term {
  const own = new Set(letterIndices(key));
  const terms = termsOfSum(term).map((part) => {
    const letters = new Set(namesIn(part.term).flatMap((name) => letterIndices(name.key)));
    const open = [...letters].filter((letter) => !own.has(letter));
    if (open.length !== 1) return part;
    const { from, to } = part.term;
    const sum: Term = {
      kind: 'series',
      operation: 'sum',
      index: open[0],
      first: null,
      last: null,
      body: part.term,
      from,
      to,
    };
    return { ...part, term: sum };
  });
  if (terms.every((part, index) => part.term === termsOfSum(term)[index].term)) return term;
  const kept = terms.filter((part) => part.term.kind !== 'elided');
  if (kept.length === 0) return term;
  return kept.reduce<Term | null>((sum, part) => {
    const { from, to } = part.term;
    if (sum === null)
      return part.sign === 1 ? part.term : { kind: 'apply', operation: 'neg', of: [part.term], from, to };
    return {
      kind: 'apply',
      operation: part.sign === 1 ? 'add' : 'sub',
      of: [sum, part.term],
      from: sum.from,
      to,
    };
  }, null)!;
}
