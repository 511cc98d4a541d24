import { LEAF } from '@backflow/engine';
import type { Recording } from '@backflow/engine';
import type { Chain, Sheet } from '../sheet.ts';
import type { NameTerm, Term } from '../term.ts';
import { contains, namesIn, termsOf, walk } from './mentions.ts';
import { bareFunction } from './special-names.ts';

/** What is asked about names before the graph has its dummies. */
export interface Vocabulary {
  /** True for every name that means something on this page. */
  isKnown(key: string): boolean;
  /** True for a name before a parenthesis that means a function. */
  isFunction(key: string): boolean;
}

/**
 * Names of lines that speak of no node at all, but of functions: the z of σ′(z) = σ(z)(1 − σ(z)), the t of f(t) = t² + 1.
 * They stand for any number. A misspelt node is none: it stands beside nodes, or alone on its side.
 */
export function dummiesOf(sheet: Sheet, vocabulary: Vocabulary): NameTerm[] {
  const dummies = new Map<string, NameTerm>();
  for (const chain of sheet.chains) {
    for (const name of dummiesIn(chain, vocabulary)) if (!dummies.has(name.key)) dummies.set(name.key, name);
  }
  return [...dummies.values()];
}

/**
 * The argument of functions that stand without one, as in ∂σ/∂z = σ(1 − σ) and tanh′ ≤ 1: what they are differentiated by,
 * else z. Null where there is no such function on the page.
 */
export function bareArgument(sheet: Sheet, isKnown: (key: string) => boolean): NameTerm | null {
  const isBare = ({ key }: NameTerm) => bareFunction(key) !== null && !isKnown(key);
  let found: NameTerm | null = null;
  for (const chain of sheet.chains) {
    for (const [, term] of termsOf(chain)) {
      walk(term, (part) => {
        if (
          part.kind === 'derivative' &&
          part.of?.kind === 'name' &&
          part.by.kind === 'name' &&
          isBare(part.of)
        ) {
          found = part.by;
        } else if (part.kind === 'name' && isBare(part)) found ??= { ...part, key: 'z', spelling: 'z' };
        return true;
      });
    }
  }
  return found;
}

function dummiesIn(chain: Chain, vocabulary: Vocabulary): readonly NameTerm[] {
  if (chain.subject.kind === 'name') return [];
  const left = namesIn(chain.subject);
  if (left.length === 0 || left.some(({ key }) => vocabulary.isKnown(key))) return [];
  const keys = new Set(left.map(({ key }) => key));
  let shared = false;
  for (const [member, term] of termsOf(chain)) {
    if (!isAboutFunctions(term, vocabulary)) return [];
    if (member < 0) continue;
    for (const { key } of namesIn(term)) {
      if (!keys.has(key)) return [];
      shared = true;
    }
  }
  return shared ? left : [];
}

function isAboutFunctions(term: Term, vocabulary: Vocabulary): boolean {
  let calls = true;
  walk(term, (part) => {
    if (part.kind === 'call' && !vocabulary.isFunction(part.callee.key)) calls = false;
    return calls;
  });
  return (
    calls &&
    !contains(
      term,
      (part) => part.kind === 'derivative' && part.of?.kind !== 'apply' && part.of?.kind !== 'call',
    )
  );
}

/** The recording with further leaves at its end, without numbers. */
export function withLeaves(recording: Recording, names: readonly NameTerm[]): Recording {
  const { count, operation, inputStart, value, skipped, spans, group } = recording;
  const total = count + names.length;
  const longer = <A extends Uint8Array | Int32Array | Float64Array>(
    array: A,
    length: number,
    fill: number,
  ): A => {
    const copy = new (array.constructor as new (length: number) => A)(length).fill(fill) as A;
    copy.set(array);
    return copy;
  };
  return {
    ...recording,
    count: total,
    operation: longer(operation, total, LEAF),
    inputStart: longer(inputStart, total + 1, inputStart[count]),
    value: longer(value, total, NaN),
    skipped: longer(skipped, total, 0),
    spans: spans === null ? null : longer(spans, 2 * total, -1),
    group: group === null ? null : longer(group, total, -1),
    names: new Map([...recording.names, ...names.map(({ spelling }, i) => [count + i, spelling] as const)]),
  };
}
