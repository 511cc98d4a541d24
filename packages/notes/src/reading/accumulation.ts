import type { Chain, Member } from '../sheet.ts';
import type { Term } from '../term.ts';

/** Names of gradients: `dx`, `grad_x`, `x_grad`. */
const GRADIENT = /^(?:d_?\p{L}|grad_|g_)|_grad$/u;

/** Longer sums are no code that somebody wrote. */
const MOST = 32;

/**
 * Code that collects a gradient, or what begins with 0, bit by bit, `dx = a`, `dx += b`: the last line has the whole of it,
 * the lines before leave something out.
 */
export function collected(chains: Chain[], names: ReadonlySet<string>): void {
  const parts = new Map<string, { readonly at: number; readonly subject: Term; readonly term: Term }[]>();
  const grown = new Set<string>();
  for (const [at, { subject, members }] of chains.entries()) {
    if (members.length !== 1 || members[0].term === null || members[0].relation !== '=') continue;
    const { term } = members[0];
    const target = subject.kind === 'call' && subject.callee.key === 'new' ? subject.of[0] : subject;
    const key = keyOf(target);
    if (key === null) continue;
    const adds = term.kind === 'apply' && term.operation === 'add' && keyOf(term.of[0]) === key;
    if (adds) grown.add(key);
    const part = { at, subject: target, term: adds ? term.of[1] : term };
    parts.set(key, adds ? [...(parts.get(key) ?? []), part] : [part]);
  }
  for (const key of grown) {
    const steps = parts.get(key)!;
    const [{ subject: name, term: start }] = steps;
    const zero = start.kind === 'number' && start.value === 0;
    if (steps.length > MOST || (name.kind === 'name' && !zero && (names.has(key) || !GRADIENT.test(key))))
      continue;
    let sum: Term | null = null;
    for (const [i, { at, subject, term }] of steps.entries()) {
      const { from, to } = chains[at].members[0];
      sum = sum === null ? term : { kind: 'apply', operation: 'add', of: [sum, term], from, to };
      const last = i === steps.length - 1;
      const stated: Term = last
        ? sum
        : { kind: 'apply', operation: 'add', of: [sum, { kind: 'elided', from: to, to }], from, to };
      const member: Member = { ...chains[at].members[0], term: stated, alternatives: [] };
      chains[at] = { ...chains[at], subject, members: [member] };
    }
  }
}

function keyOf(term: Term): string | null {
  if (term.kind === 'name') return term.key;
  if (term.kind !== 'derivative' || term.by.kind !== 'name') return null;
  return `${term.of?.kind === 'name' ? term.of.key : ''}/${term.by.key}`;
}
