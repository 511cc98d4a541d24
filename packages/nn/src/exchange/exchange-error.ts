/** A network cannot be written for another program, or what another program wrote does not fit. */
export class ExchangeError extends Error {
  /** The number, the tensor or the file that is meant. */
  readonly where: string;
  /** What stood there. */
  readonly found: string;
  /** What would have done. */
  readonly expected: string;

  constructor(where: string, found: string, expected: string) {
    super(`${where}: found ${found}, expected ${expected}`);
    this.name = 'ExchangeError';
    this.where = where;
    this.found = found;
    this.expected = expected;
  }
}
