/** Something that does not fit into a network, its data or its training: where it stands, what was found, what fits. */
export class SpecError extends Error {
  /** `sizes[1]`, `loss`, `x`. */
  readonly where: string;
  /** What stood there. */
  readonly found: unknown;
  /** What would fit, in words. */
  readonly expected: string;

  constructor(where: string, found: unknown, expected: string) {
    super(`${where}: found ${shown(found)}, expected ${expected}.`);
    this.name = 'SpecError';
    this.where = where;
    this.found = found;
    this.expected = expected;
  }
}

/** How something that was found is named in an error. */
export function shown(found: unknown): string {
  if (typeof found === 'string') return `“${found.length > 40 ? `${found.slice(0, 40)}…` : found}”`;
  if (typeof found === 'number') return Object.is(found, -0) ? '-0' : String(found);
  if (found === null || typeof found === 'boolean' || found === undefined) return String(found);
  if (Array.isArray(found) || ArrayBuffer.isView(found)) {
    return `a list of ${(found as ArrayLike<unknown>).length}`;
  }
  return typeof found === 'object' ? 'an object' : `a ${typeof found}`;
}
