import { raised } from './glyphs.ts';

/** What a name such as `∂²L/∂w∂b` says, as recorded gradients are called: of L, by w and then by b. */
export interface Partial {
  readonly of: string;
  readonly by: readonly string[];
}

const PARTIAL = /^∂([²³⁴⁵⁶⁷⁸⁹]?)([^∂/\p{Cc}]+)\/∂([^/\p{Cc}]+)$/u;

/** Null for a name that is no derivative. */
export function partialIn(name: string): Partial | null {
  const [, order, of, below] = PARTIAL.exec(name) ?? [];
  if (of === undefined) return null;
  const by = below.split('∂');
  const isWhole = !by.includes('') && (order === '' ? by.length === 1 : raised(String(by.length)) === order);
  return isWhole ? { of, by } : null;
}

/** The partial derivative of a partial derivative by one more name. */
export function partialBy({ of, by }: Partial, name: string): Partial {
  return { of, by: [...by, name] };
}

/** Names that stand side by side are counted: ∂²y/∂x². Names that end in an index above stand as often as they are. */
export function countedNames(
  by: readonly string[],
  isRaised: (name: string) => boolean,
): { readonly name: string; readonly times: number }[] {
  const counted: { name: string; times: number }[] = [];
  for (const name of by) {
    const last = counted.at(-1);
    if (last?.name === name && !isRaised(name)) last.times++;
    else counted.push({ name, times: 1 });
  }
  return counted;
}
