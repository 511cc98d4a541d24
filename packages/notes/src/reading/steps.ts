import type { Chain } from '../sheet.ts';
import type { NameTerm, Term } from '../term.ts';

/** Names of what is trained, of which a step may be written in one number. */
const TRAINED = /^(?:[wWbBθΘω]|weight|bias)(?:[\d_^[]|$)/u;

/**
 * `w = 2 − 0.1·0.6 = 1.94`, where w is 2, is not about w but about what w is after a step: `new(w)`. `values`: the numbers of
 * the program's leaves; without a program the notes' own first numbers count.
 */
export function settleSteps(chains: Chain[], values: ReadonlyMap<string, number>): void {
  const known = new Map(values);
  for (const [at, { subject, members, layout }] of chains.entries()) {
    const first = members[0]?.term;
    if (subject.kind !== 'name' || first === null || first === undefined || layout !== 'line') continue;
    const value = known.get(subject.key);
    if (value === undefined) {
      const plain = numberOf(first);
      if (plain !== null && values.size === 0) known.set(subject.key, plain);
    } else if (isStep(first, value, TRAINED.test(subject.key)))
      chains[at] = { ...chains[at], subject: newOf(subject) };
  }
}

function isStep(term: Term, value: number, trained: boolean): boolean {
  if (term.kind !== 'apply' || (term.operation !== 'sub' && term.operation !== 'add')) return false;
  const [from, step] = term.of;
  if (numberOf(from) !== value || !isNumeric(step)) return false;
  return trained || (step.kind === 'apply' && step.operation === 'mul');
}

function isNumeric(term: Term): boolean {
  return term.kind === 'number' || (term.kind === 'apply' && term.of.every(isNumeric));
}

function numberOf(term: Term): number | null {
  if (term.kind === 'number') return term.value;
  const negative = term.kind === 'apply' && term.operation === 'neg' ? numberOf(term.of[0]) : null;
  return negative === null ? null : -negative;
}

function newOf(name: NameTerm): Term {
  const { from, to } = name;
  const callee: NameTerm = { kind: 'name', key: 'new', spelling: 'new', from, to };
  return { kind: 'call', callee, primes: 0, of: [name], from, to };
}
