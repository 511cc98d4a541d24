import { canonicalName, nearest } from '@backflow/language';
import { tabulate } from './families.ts';
import type { Entry, Family } from './families.ts';
import { symbolicDepth, withNumberedLayers } from './layer-numbers.ts';
import { isLossName } from './loss-names.ts';
import { letterIndices, partsOf } from './name-parts.ts';
import { foldedBase, readingsOf, relatedBases, signatureOf } from './readings.ts';
import type { FirstIndex, NameReading } from './readings.ts';

/** How the notes count and order indices, next to how the graph's names do. */
export interface IndexChoice {
  /** `swapped`: w_{jk} of the notes is w_{kj} of the graph. */
  readonly order: 'same' | 'swapped';
  /** What the first element of a vector is called in the notes. */
  readonly first: FirstIndex;
}

/** A name that was found under another spelling than the graph's, and how. */
export interface ReadAs {
  readonly node: number;
  /** Key of a remark: `looks-alike`, `symbolic-layer`, `same-role`, `loss-alias`. */
  readonly code: 'looks-alike' | 'symbolic-layer' | 'same-role' | 'loss-alias';
  readonly found: string;
  readonly read: string;
}

/** The names of a graph, and every spelling by which people may mean them. All look-ups are by map. */
export class NameIndex {
  private readonly keys = new Map<string, number>();
  private readonly spellings: string[] = [];
  private readonly byReading = new Map<string, Entry[]>();
  private readonly byFolded = new Map<string, Entry[]>();
  private readonly families = new Map<string, Map<string, readonly [readonly string[], Entry]>>();
  /** Folded bases of names with marks, and, with a `.` behind them, of names without. */
  private readonly foldedBases = new Set<string>();
  private readonly found = new Map<string, ReadAs | number | null>();
  private readonly familyOf = new Map<string, Family | null>();
  /** The number of the last layer; null where layers have no numbers. */
  readonly lastLayer: number | null;
  /** Numbers that occur as indices, in order. */
  readonly indexValues: readonly number[];
  private readonly choice: IndexChoice;
  private readonly output: number;
  private readonly outputIsLoss: boolean;
  private readonly outputBase: string;
  /** True where the notes call the output by its own name: then another letter is something else. */
  private readonly outputIsUsed: boolean;

  /** `page`: the keys that the notes use; `dummies`: names that mean only what they say, whatever they look like. */
  constructor(
    names: ReadonlyMap<string, number>,
    output: number,
    choice: IndexChoice,
    page: Iterable<string> = [],
    dummies: ReadonlyMap<string, number> = new Map(),
  ) {
    this.choice = choice;
    this.output = output;
    const values = new Set<number>();
    const depth = symbolicDepth(names);
    let explicit = depth ?? -1;
    let implied = -1;
    let isLoss = false;
    let outputBase = '';
    for (const [name, node] of names) {
      const key = canonicalName(name) ?? name;
      if (!this.keys.has(key)) {
        this.keys.set(key, node);
        this.spellings.push(name);
      }
      if (node === output && isLossName(key)) {
        isLoss = true;
        outputBase = partsOf(key).base;
      }
      if (key.includes('@')) continue;
      for (const reading of withNumberedLayers(readingsOf(key, choice.first), depth)) {
        const folded = { ...reading, base: foldedBase(reading.base) };
        put(this.byReading, signatureOf(reading), { node, rank: reading.rank });
        put(this.byFolded, signatureOf(folded), { node, rank: reading.rank });
        this.foldedBases.add(baseOf(folded));
        this.addToFamily(reading, node);
        if (reading.rank === 0) {
          for (const index of reading.indices) if (/^\d{1,4}$/.test(index)) values.add(Number(index));
        }
        if (/^\d{1,4}$/.test(reading.layer)) {
          const layer = Number(reading.layer);
          const computed = /^(?:z|net|a|out|o|h|s)$/.test(folded.base);
          if (reading.rank < 2) explicit = Math.max(explicit, layer);
          else if (computed) implied = Math.max(implied, layer);
        }
      }
    }
    for (const [key, node] of dummies) if (!this.keys.has(key)) this.keys.set(key, node);
    this.outputIsLoss = isLoss;
    this.outputBase = outputBase;
    this.outputIsUsed = [...page].some((key) => partsOf(key).base === outputBase);
    const last = explicit >= 0 ? explicit : implied;
    this.lastLayer = last >= 0 ? last : null;
    this.indexValues = [...values].toSorted((a, b) => a - b);
  }

  /** The node with exactly this key. */
  exactly(key: string): number | null {
    return this.keys.get(key) ?? null;
  }

  /** The node that a key means, in any spelling that leaves no doubt. */
  find(key: string): number | null {
    const found = this.look(key);
    return typeof found === 'number' || found === null ? found : found.node;
  }

  /** Whether a key means a node without any guess about roles; cheaper than `find` where the answer is mostly no. */
  has(key: string): boolean {
    const swapped = this.choice.order === 'swapped' ? swappedKey(key) : key;
    if (this.keys.has(swapped)) return true;
    const readings = readingsOf(swapped, this.choice.first);
    if (best(this.byReading, readings) !== null || this.folded(readings) !== null) return true;
    const numbered = this.numbered(readings);
    if (best(this.byReading, numbered) !== null || this.folded(numbered) !== null) return true;
    if (this.outputIsLoss && isLossName(key)) return true;
    return this.inputs(readings) !== null || this.related([...readings, ...numbered]) !== null;
  }

  /** How a name was read, where that is not how the graph writes it. */
  readAs(key: string): ReadAs | null {
    const found = this.look(key);
    return typeof found === 'number' ? null : found;
  }

  /** A name of the graph that a misspelt one is most like. */
  suggestion(spelling: string): string | null {
    return nearest(spelling, this.spellings);
  }

  nameOf(node: number): string | null {
    for (const [key, other] of this.keys) if (other === node) return key;
    return null;
  }

  /** The scalars that a name without indices stands for together: x for x_1, x_2; W^{[1]} for its elements. */
  family(key: string): Family | null {
    let family = this.familyOf.get(key);
    if (family === undefined) {
      family = this.familyNamed(key);
      this.familyOf.set(key, family);
    }
    return family;
  }

  private look(key: string): ReadAs | number | null {
    let found = this.found.get(key);
    if (found === undefined) {
      found = this.search(key);
      this.found.set(key, found);
    }
    return found;
  }

  private search(key: string): ReadAs | number | null {
    const swapped = this.choice.order === 'swapped' ? swappedKey(key) : key;
    const exact = this.keys.get(swapped);
    if (exact !== undefined) return exact;
    const as = (node: number, code: ReadAs['code']): ReadAs => ({
      node,
      code,
      found: key,
      read: this.nameOf(node) ?? '',
    });
    const readings = readingsOf(swapped, this.choice.first);
    const plain = best(this.byReading, readings) ?? this.folded(readings);
    if (plain !== null) return as(plain, 'looks-alike');

    const numbered = this.numbered(readings);
    if (numbered.length > 0 && this.family(swapped) === null) {
      const layered = best(this.byReading, numbered) ?? this.folded(numbered) ?? this.inputs(numbered);
      if (layered !== null) return as(layered, 'symbolic-layer');
    }
    const neuron = this.neuron(swapped) ?? this.hidden(readings);
    if (neuron !== null) return as(neuron, 'same-role');
    const zeroth = this.inputs(readings);
    if (zeroth !== null) return as(zeroth, 'same-role');
    const related = this.related([...readings, ...numbered]);
    if (related !== null) return as(related, 'same-role');
    // Beside the output's own letter another letter is something else, but a word like `loss` is not.
    const { base } = partsOf(key);
    const alias = !this.outputIsUsed || base === this.outputBase || /^\p{L}{3,}$/u.test(base);
    if (this.outputIsLoss && alias && isLossName(key)) return as(this.output, 'loss-alias');
    const longer = this.onlyLonger(key);
    return longer === null ? null : as(longer, 'looks-alike');
  }

  /** ω for w and W for w, where the graph has one of them only. */
  private folded(readings: readonly NameReading[]): number | null {
    return best(
      this.byFolded,
      readings.map((reading) => ({ ...reading, base: foldedBase(reading.base) })),
    );
  }

  /** Readings with L, L−1 replaced by numbers: L is the last layer. */
  private numbered(readings: readonly NameReading[]): NameReading[] {
    if (this.lastLayer === null) return [];
    const numbered: NameReading[] = [];
    for (const reading of readings) {
      // A name without marks, where the graph has it in layers only, is that of the last.
      const bare = reading.layer === '' && reading.indices.length === 0 && reading.rank === 0;
      const match = bare ? [] : /^(?:L|N)([+-]\d+)?$/.exec(reading.layer);
      if (match === null) continue;
      const layer = this.lastLayer + Number(match[1] ?? 0);
      if (layer >= 0) numbered.push({ ...reading, layer: String(layer) });
    }
    return numbered;
  }

  /** a^{(0)} is the input x. */
  private inputs(readings: readonly NameReading[]): number | null {
    const inputs = readings
      .filter(({ layer, base }) => layer === '0' && /^(?:a|o|h|x|out)$/i.test(base))
      .flatMap((reading) => ['x', 'i', 'input'].map((base) => ({ ...reading, base, layer: '' })));
    return inputs.length === 0 ? null : best(this.byReading, inputs);
  }

  /** out_h1 for a_h1, net for z: only where the graph has no name with the base that the notes use. */
  private related(readings: readonly NameReading[]): number | null {
    const candidates: NameReading[] = [];
    for (const reading of readings) {
      const folded = { ...reading, base: foldedBase(reading.base) };
      if (this.foldedBases.has(baseOf(folded))) return null;
      for (const base of relatedBases(folded.base)) {
        if (this.foldedBases.has(baseOf({ ...folded, base }))) candidates.push({ ...folded, base });
      }
    }
    return candidates.length === 0 ? null : best(this.byFolded, candidates);
  }

  /** o1 for out_o1: a neuron's name for what it gives. */
  private neuron(key: string): number | null {
    if (!/^\p{L}\d{1,3}$/u.test(key)) return null;
    for (const base of ['out', 'a', 'act', 'o']) {
      const node = this.keys.get(`${base}_${key}`);
      if (node !== undefined) return node;
    }
    return null;
  }

  /** h_1 for a^{(1)}_1, where there is one hidden layer. */
  private hidden(readings: readonly NameReading[]): number | null {
    if (this.lastLayer !== 2) return null;
    const first = readings.flatMap((reading) => {
      if (!/^h$/i.test(reading.base) || reading.layer !== '' || reading.indices.length !== 1) return [];
      return ['a', 'o', 'out', 'h'].map((base) => ({ ...reading, base, layer: '1' }));
    });
    return first.length === 0 ? null : best(this.byFolded, first);
  }

  /** E for E_total, where no other name begins so. */
  private onlyLonger(key: string): number | null {
    if (!/^\p{L}+$/u.test(key)) return null;
    let only: number | null = null;
    for (const [other, node] of this.keys) {
      if (!other.startsWith(`${key}_`) || !/^\p{L}+_\p{L}+$/u.test(other) || letterIndices(other).length > 0)
        continue;
      if (only !== null && only !== node) return null;
      only = node;
    }
    return only;
  }

  private addToFamily(reading: NameReading, node: number): void {
    const { indices, rank } = reading;
    if (indices.length === 0 || indices.length > 2 || rank > 2) return;
    if (!indices.every((index) => /^\d{1,5}$/.test(index))) return;
    const exact = signatureOf({ ...reading, indices: [] });
    const folded = `~${signatureOf({ ...reading, base: foldedBase(reading.base), indices: [] })}`;
    for (const signature of [exact, folded]) {
      let members = this.families.get(signature);
      if (members === undefined) this.families.set(signature, (members = new Map()));
      const member = `${indices.length}:${indices.join(',')}`;
      const known = members.get(member);
      if (known === undefined || known[1].rank > rank) members.set(member, [indices, { node, rank }]);
    }
  }

  /** Whether a key means a node or several by its own letters, whatever roles the letters of others have. */
  means(key: string): boolean {
    const found = this.look(key);
    const other = found !== null && typeof found !== 'number' && found.code === 'same-role';
    return (found !== null && !other) || this.familyNamed(key, false) !== null;
  }

  private familyNamed(key: string, roles = true): Family | null {
    const readings = readingsOf(key, this.choice.first);
    for (const reading of [...readings, ...this.numbered(readings)]) {
      const { indices, layer } = reading;
      const prefix = indices.length === 1 && /^\p{L}+$/u.test(indices[0]);
      if (indices.length > 0 && !prefix) continue;
      const base = prefix ? `${reading.base}_${indices[0]}` : reading.base;
      const folded = foldedBase(base);
      const signatures = [
        signatureOf({ base, layer, indices: [] }),
        `~${signatureOf({ base: folded, layer, indices: [] })}`,
      ];
      if (layer === '0')
        for (const input of ['x', 'i']) signatures.push(signatureOf({ base: input, layer: '', indices: [] }));
      // h_1 is no layer of a graph that has no h.
      if (roles && reading.rank < 3 && !this.foldedBases.has(folded)) {
        for (const other of relatedBases(folded))
          signatures.push(`~${signatureOf({ base: other, layer, indices: [] })}`);
      }
      if (roles && /^(?:out|output|target|ŷ)$/u.test(folded)) {
        for (const outputs of [`${folded}_o`, 'out_o']) {
          if (folded !== 'target') signatures.push(`~${signatureOf({ base: outputs, layer, indices: [] })}`);
        }
      }
      for (const signature of signatures) {
        const members = this.families.get(signature);
        const family = members === undefined ? null : tabulate([...members.values()]);
        if (family !== null) return family;
      }
    }
    return null;
  }
}

function baseOf({ base, layer, indices }: NameReading): string {
  return layer === '' && indices.length === 0 ? `${base}.` : base;
}

function put(map: Map<string, Entry[]>, key: string, entry: Entry): void {
  const entries = map.get(key);
  if (entries === undefined) map.set(key, [entry]);
  else if (!entries.some(({ node }) => node === entry.node)) entries.push(entry);
}

/** The node that the likeliest readings share; null where there is none or there are several. */
function best(map: ReadonlyMap<string, readonly Entry[]>, readings: readonly NameReading[]): number | null {
  let rank = Infinity;
  let node: number | null = null;
  for (const reading of readings) {
    for (const entry of map.get(signatureOf(reading)) ?? []) {
      const both = reading.rank + entry.rank;
      if (both < rank) {
        rank = both;
        node = entry.node;
      } else if (both === rank && node !== entry.node) node = null;
    }
  }
  return node;
}

/** w_{jk} as w_{kj}. Only weights have an order of indices. */
export function swappedKey(key: string): string {
  if (!/^(?:w|W|ω|Ω|θ|Θ|weight)/u.test(key)) return key;
  return key
    .replace(
      /_(?:([\p{L}\p{Nd}])([\p{L}\p{Nd}])|\{([^{},]+),([^{},]+)\})(?![\p{L}\p{Nd}}])/u,
      (_whole, a, b, c, d) => (a === undefined ? `_{${d},${c}}` : `_${b}${a}`),
    )
    .replace(/(\[\d+\])(\[\d+\])$/, '$2$1')
    .replace(/^(\p{L}+)(\d)(\d)$/u, '$1$3$2');
}
