/** Data and network do not fit together, or a number of the data is none: where, what was found, what was expected. */
export class TrainingError extends Error {
  /** The part of the data, or of the network, that is meant. */
  readonly where: string;
  /** What stood there. */
  readonly found: string;
  /** What would have done. */
  readonly expected: string;
  /** The example that is meant, from 0; −1 if it is all of them. */
  readonly example: number;

  constructor(where: string, found: string, expected: string, example = -1) {
    super(`${where}: found ${found}, expected ${expected}`);
    this.name = 'TrainingError';
    this.where = where;
    this.found = found;
    this.expected = expected;
    this.example = example;
  }
}
