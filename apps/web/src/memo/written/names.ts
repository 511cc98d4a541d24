import { nameToText } from '@backflow/print';

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
