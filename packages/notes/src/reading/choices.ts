/** What can be read in more than one way. */
export type ChoiceKind = 'slash' | 'exponent' | 'call' | 'layer' | 'bar' | 'constant' | 'split';

/**
 * The places at which a formula can be read in two ways. The likelier way is taken unless the other is asked for; so that
 * all readings can be had by reading again.
 */
export class Choices {
  readonly #turned: ReadonlySet<string>;
  readonly #sites: string[] = [];

  constructor(turned: ReadonlySet<string> = new Set()) {
    this.#turned = turned;
  }

  /** True where the less likely reading of the place is to be taken. */
  turned(kind: ChoiceKind, at: number): boolean {
    const site = `${kind}@${at}`;
    this.#sites.push(site);
    return this.#turned.has(site);
  }

  /** Other choices to try, likeliest first: all places of one kind, then single places. */
  others(): ReadonlySet<string>[] {
    if (this.#sites.length === 0) return [];
    const sites = [...new Set(this.#sites)];
    const kinds = new Map<string, string[]>();
    for (const site of sites) {
      const kind = site.slice(0, site.indexOf('@'));
      kinds.set(kind, [...(kinds.get(kind) ?? []), site]);
    }
    const others = [...kinds.values()].map((same) => new Set(same));
    if (sites.length > kinds.size && sites.length <= 6)
      for (const site of sites) others.push(new Set([site]));
    return others.slice(0, MOST);
  }
}

const MOST = 8;
