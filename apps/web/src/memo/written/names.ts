import { nameToText } from '@backflow/print';

/** How nodes are called, and which stored derivative is which. */
export interface Names {
  readonly output: string;
  readonly title: (node: number) => string;
  /** What a stored derivative is called, and its number in the order of storing. */
  readonly short: (node: number) => string;
  readonly rank: (node: number) => number;
}

/**
 * What stored derivatives are called: δ with the index of the node where all of them are indexed copies of one
 * letter (O_{31}, O_{21}: δ₃₁, δ₂₁), else δ with the whole name below it.
 */
export function shortNames(names: readonly string[]): readonly string[] {
  const parts = names.map((name) => /^(\p{L})[_^]?\{?(\d+)\}?$/u.exec(name));
  const letters = new Set(parts.map((part) => part?.[1]));
  if (letters.size === 1 && !letters.has(undefined))
    return parts.map((part) => nameToText(`δ_{${part![2]}}`));
  return names.map((name) => `δ_{${nameToText(name).replace(/[{}]/g, '')}}`);
}
