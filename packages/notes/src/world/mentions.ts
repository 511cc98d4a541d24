import type { OperationName } from '@backflow/engine';
import type { Chain, Sheet } from '../sheet.ts';
import type { DerivativeTerm, NameTerm, Term } from '../term.ts';
import type { ClaimAddress } from './assembly.ts';
import { partsOf } from './name-parts.ts';

/** Functions that a neuron may end with. */
export const ACTIVATIONS: ReadonlySet<OperationName> = new Set<OperationName>([
  'sigmoid',
  'tanh',
  'relu',
  'leakyRelu',
  'softplus',
  'sin',
]);

/** ∂of/∂by with names on both sides, and where it stands. */
export interface DerivativePair {
  readonly of: string;
  readonly by: string;
  /** The chain, and the member; -1 for the chain's subject. */
  readonly at: ClaimAddress;
  /** True for a factor of a product with at least one other derivative in it. */
  readonly factor: boolean;
}

/** What occurs in a page of notes, wherever it stands. */
export interface Mentions {
  /** Spelling of the first use, by key, in the order of the page. */
  readonly names: ReadonlyMap<string, string>;
  readonly pairs: readonly DerivativePair[];
  /** Which functions are applied to a name, or differentiated at it: σ′(z) and σ(z) speak of sigmoid at z. */
  readonly applied: ReadonlyMap<string, OperationName>;
  /** a = σ(z), from ∂a/∂z = σ′(z) or a(1 − a), by the key of a. */
  readonly implied: ReadonlyMap<string, { readonly of: string; readonly operation: OperationName }>;
  /** Activation functions in the order in which they are first seen. */
  readonly activations: readonly OperationName[];
  /** Bases of the names to which one is applied: z. */
  readonly appliedBases: ReadonlySet<string>;
  /** `of` and `by` of the pairs, as `pairKey` puts them together. */
  readonly pairKeys: ReadonlySet<string>;
}

/** Calls `visit` for a term and every part of it, outermost first. The depth of a formula is limited by its reader. */
export function walk(term: Term, visit: (term: Term) => boolean | void): void {
  if (visit(term) === false) return;
  switch (term.kind) {
    case 'number':
    case 'name':
    case 'constant':
    case 'elided':
      return;
    case 'derivative':
      if (term.of !== null) walk(term.of, visit);
      walk(term.by, visit);
      for (const { value } of term.at) walk(value, visit);
      return;
    default:
      for (const part of partsOfTerm(term)) walk(part, visit);
  }
}

/** The direct parts of a term, in the order of writing. */
export function partsOfTerm(term: Term): readonly Term[] {
  switch (term.kind) {
    case 'derivative':
      return [...(term.of === null ? [] : [term.of]), term.by, ...term.at.map(({ value }) => value)];
    case 'apply':
    case 'call':
      return term.of;
    case 'slope':
    case 'transpose':
      return [term.of];
    case 'series':
      return [
        ...(term.first === null ? [] : [term.first]),
        ...(term.last === null ? [] : [term.last]),
        term.body,
      ];
    case 'list':
      return term.items;
    case 'cases':
      return term.branches.flatMap(({ value, condition }) =>
        condition === null ? [value] : [value, condition],
      );
    default:
      return [];
  }
}

export function namesIn(term: Term): readonly NameTerm[] {
  const names: NameTerm[] = [];
  walk(term, (part) => {
    if (part.kind === 'name') names.push(part);
  });
  return names;
}

/** True where a formula has names in it. */
export function isSymbolic(term: Term): boolean {
  return contains(term, (part) => part.kind === 'name' || part.kind === 'call' || part.kind === 'derivative');
}

export function contains(term: Term, test: (term: Term) => boolean): boolean {
  let found = false;
  walk(term, (part) => {
    if (!found && test(part)) found = true;
    return !found;
  });
  return found;
}

/** Derivatives in a term, outermost only. */
export function derivativesIn(term: Term): readonly DerivativeTerm[] {
  const derivatives: DerivativeTerm[] = [];
  walk(term, (part) => {
    if (part.kind !== 'derivative') return true;
    derivatives.push(part);
    return false;
  });
  return derivatives;
}

/** All terms of a chain: -1 is the subject. */
export function termsOf(chain: Chain): readonly (readonly [member: number, term: Term])[] {
  const terms: [number, Term][] = [[-1, chain.subject]];
  const { members } = chain;
  for (let member = 0; member < members.length; member++) {
    const { term } = members[member];
    if (term !== null) terms.push([member, term]);
  }
  return terms;
}

export function mentionsOf(sheet: Sheet): Mentions {
  const names = new Map<string, string>();
  const pairs: DerivativePair[] = [];
  const applied = new Map<string, OperationName>();
  const activations = new Set<OperationName>();
  const implied = new Map<string, { readonly of: string; readonly operation: OperationName }>();

  const note = (name: NameTerm) => {
    if (!names.has(name.key)) names.set(name.key, name.spelling);
  };
  sheet.chains.forEach((chain, index) => {
    for (const { name } of chain.at) note(name);
    if (chain.subject.kind === 'call' && chain.subject.primes === 0) note(chain.subject.callee);
    for (const [member, term] of termsOf(chain)) {
      const derivatives = derivativesIn(term);
      for (const derivative of derivatives) {
        const { of, by } = derivative;
        if (of?.kind === 'name' && by.kind === 'name' && derivative.order === 1)
          pairs.push({
            of: of.key,
            by: by.key,
            at: { chain: index, member },
            factor: member >= 0 && derivatives.length > 1,
          });
      }
      const bound = new Set<string>();
      walk(term, (part) => {
        if (part.kind === 'series' && part.index !== null) bound.add(part.index);
        if (part.kind === 'name' && !bound.has(part.key)) note(part);
        const applies = part.kind === 'slope' || (part.kind === 'apply' && part.of.length === 1);
        if (applies && ACTIVATIONS.has(part.operation)) {
          const argument = part.kind === 'slope' ? part.of : part.of[0];
          activations.add(part.operation);
          if (argument.kind === 'name' && !applied.has(argument.key))
            applied.set(argument.key, part.operation);
        }
      });
      const { subject } = sheet.chains[index];
      const operation = member < 0 ? null : impliedActivation(term, subject);
      if (operation !== null && subject.kind === 'derivative' && subject.of?.kind === 'name') {
        const [a, z] = [subject.of.key, (subject.by as NameTerm).key];
        activations.add(operation);
        if (!applied.has(z)) applied.set(z, operation);
        if (!implied.has(a)) implied.set(a, { of: z, operation });
      }
    }
  });
  return {
    names,
    pairs,
    applied,
    implied,
    activations: [...activations],
    appliedBases: new Set([...applied.keys()].map((key) => partsOf(key).base)),
    pairKeys: new Set(pairs.map(({ of, by }) => pairKey(of, by))),
  };
}

export function pairKey(of: string, by: string): string {
  return `${of}\n${by}`;
}

/** ∂a/∂z = σ′(z), a(1 − a) or σ(z)(1 − σ(z)) speaks of sigmoid, 1 − a² of tanh. Null for anything else. */
function impliedActivation(term: Term, subject: Term): OperationName | null {
  if (subject.kind !== 'derivative' || subject.of?.kind !== 'name' || subject.by.kind !== 'name') return null;
  const [a, z] = [subject.of.key, subject.by.key];
  const isZ = (part: Term) => part.kind === 'name' && part.key === z;
  if (term.kind === 'slope') return isZ(term.of) && ACTIVATIONS.has(term.operation) ? term.operation : null;
  if (term.kind !== 'apply') return null;
  const is = (operation: OperationName) => (part: Term) =>
    (part.kind === 'name' && part.key === a) ||
    (part.kind === 'apply' && part.operation === operation && part.of.length === 1 && isZ(part.of[0]));
  const oneMinus = (part: Term, what: (part: Term) => boolean) =>
    part.kind === 'apply' &&
    part.operation === 'sub' &&
    part.of[0].kind === 'number' &&
    part.of[0].value === 1 &&
    what(part.of[1]);
  const isSquare = (part: Term) =>
    part.kind === 'apply' &&
    part.operation === 'pow' &&
    is('tanh')(part.of[0]) &&
    part.of[1].kind === 'number' &&
    part.of[1].value === 2;
  if (oneMinus(term, isSquare)) return 'tanh';
  if (term.operation !== 'mul' || term.of.length !== 2) return null;
  const isS = is('sigmoid');
  const [left, right] = term.of;
  return (isS(left) && oneMinus(right, isS)) || (isS(right) && oneMinus(left, isS)) ? 'sigmoid' : null;
}
