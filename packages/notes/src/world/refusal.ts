import type { Unbound } from '../bound.ts';

/** Thrown inside the binder, never out of it: a formula that means nothing here. */
export class Refusal extends Error {
  readonly unbound: Unbound;

  constructor(unbound: Unbound) {
    super(unbound.code);
    this.unbound = unbound;
  }
}

export function refuse(unbound: Unbound): never {
  throw new Refusal(unbound);
}
