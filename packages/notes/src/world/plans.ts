import type { Sheet } from '../sheet.ts';
import type { Term } from '../term.ts';
import { activationByName } from './activations.ts';
import type { ActivationByName } from './activations.ts';
import type { ClaimAddress } from './assembly.ts';
import { isDerivativeName, isUpdateName, withoutOld } from './definitions.ts';
import type { Definition, Definitions } from './definitions.ts';
import { expand } from './expand.ts';
import type { Expansion, LayerShift } from './expand.ts';
import { namesIn, walk } from './mentions.ts';
import type { Mentions } from './mentions.ts';
import {
  indicesOf,
  instanceOf,
  isLetterIndex,
  layerNumber,
  layerOf,
  partsOf,
  variantsOf,
} from './name-parts.ts';
import type { NameParts } from './name-parts.ts';
import { foldedBase, readingsOf } from './readings.ts';
import type { SketchPair } from './sketch.ts';

/** What a name is made from. */
export type Plan =
  | { readonly kind: 'known'; readonly node: number }
  | {
      readonly kind: 'formula';
      readonly term: Term;
      readonly source: Definition;
      readonly needs: readonly string[];
    }
  | { readonly kind: 'activation'; readonly by: ActivationByName; readonly needs: readonly string[] }
  /** An element of a vector or matrix, counted from 0. */
  | { readonly kind: 'element'; readonly path: readonly number[]; readonly needs: readonly string[] }
  | { readonly kind: 'sketch'; readonly edges: readonly SketchPair[]; readonly needs: readonly string[] }
  | { readonly kind: 'list'; readonly source: Definition; readonly shape: readonly number[] }
  | {
      readonly kind: 'number';
      readonly value: number;
      readonly source: ClaimAddress | null;
      readonly aligned: boolean;
    }
  | { readonly kind: 'free' };

interface Pattern {
  readonly definition: Definition;
  readonly parts: NameParts;
  readonly layer: string | null;
}

interface Match {
  readonly definition: Definition;
  readonly elements: ReadonlyMap<string, number>;
  readonly shift: LayerShift | null;
}

export interface PlanSources {
  readonly sheet: Sheet;
  readonly mentions: Mentions;
  readonly definitions: Definitions;
  readonly expansion: Expansion;
  /** Nodes that are there before: a program's, a network's. */
  readonly known: (key: string) => number | null;
}

/** Bases of names that make a layer one of its own: where w^{(L-1)} is spoken of, z^{(L-1)} is made from it. */
const LAYERED = new Set(['w', 'W', 'ω', 'b', 'z', 'θ', 'Z', 'B']);

/** Decides for every name of a page what it is made from. Rejected ways are not taken again. */
export class Planner {
  private readonly sources: PlanSources;
  private readonly patterns = new Map<string, Pattern[]>();
  private readonly order = new Map<string, number>();
  private readonly canonicals = new Map<string, string>();
  private readonly plans = new Map<string, Plan>();
  private readonly rejected = new Map<string, Set<string>>();
  private readonly layers = new Set<string>();
  private readonly lists = new Map<string, string>();
  /** What the first element of a list is called. */
  readonly first: 0 | 1;
  private edges = new Map<string, SketchPair[]>();
  /** Numbers read from calculations. */
  private readonly aligned = new Map<string, ClaimAddress & { readonly value: number }>();

  constructor(sources: PlanSources) {
    this.sources = sources;
    const { definitions, mentions, sheet } = sources;
    for (const [key, formulas] of definitions.formulas)
      for (const definition of formulas) {
        const parts = partsOf(key);
        const family = familyOf(parts);
        const pattern = { definition, parts, layer: layerOf(parts) };
        const known = this.patterns.get(family);
        if (known === undefined) this.patterns.set(family, [pattern]);
        else known.push(pattern);
      }
    for (const key of [...definitions.formulas.keys(), ...mentions.names.keys()])
      if (!this.order.has(key)) this.order.set(key, this.order.size);
    for (const key of mentions.names.keys()) {
      const parts = partsOf(key);
      const layer = layerOf(parts);
      if (layer !== null && LAYERED.has(parts.base)) this.layers.add(layer);
    }
    this.first = sheet.declarations.some((one) => one.kind === 'base' && one.first === 0) ? 0 : 1;
    for (const key of vectorsOf(definitions))
      for (const { base: name, layer, indices } of readingsOf(key)) {
        if (indices.length > 1) continue;
        const above = layer !== '' ? layer : (indices[0] ?? '');
        for (const signature of [`${name}|${above}`, `${foldedBase(name)}|${above}`])
          if (!this.lists.has(signature)) this.lists.set(signature, key);
      }
  }

  /** The key under which a name is made: letters stand for their element, w_old is w, x₁ is x1 where the page writes that first. */
  canonical(key: string): string {
    const known = this.canonicals.get(key);
    if (known !== undefined) return known;
    const { definitions, expansion } = this.sources;
    const name = instanceOf(withoutOld(key), expansion.indices.representative);
    if (name === key && definitions.formulas.has(key)) {
      this.canonicals.set(key, key);
      return key;
    }
    const variants = variantsOf(name);
    const defined = variants.filter(
      (variant) =>
        definitions.formulas.has(variant) ||
        definitions.numbers.has(variant) ||
        definitions.lists.has(variant),
    );
    const mentioned = (defined.length > 0 ? defined : variants).filter((variant) => this.order.has(variant));
    const best = mentioned.reduce<string | null>(
      (first, variant) =>
        first === null || this.order.get(variant)! < this.order.get(first)! ? variant : first,
      null,
    );
    const canonical = best ?? name;
    this.canonicals.set(key, canonical);
    return canonical;
  }

  /** Names that become nodes of their own: not dw5, δ, w_new. */
  isNode(key: string): boolean {
    const { base, primes } = partsOf(key);
    if (primes !== '' && (base === 'σ' || base === 'tanh' || base === 'ReLU')) return false;
    return !isDerivativeName(key, this.sources.mentions.names) && !isUpdateName(key);
  }

  setEdges(pairs: readonly SketchPair[]): void {
    this.edges = new Map();
    for (const pair of pairs) {
      const known = this.edges.get(pair.of);
      if (known === undefined) this.edges.set(pair.of, [pair]);
      else known.push(pair);
    }
    this.plans.clear();
  }

  /** A number read from a calculation, for a name that has none of its own. */
  align(key: string, value: number, source: ClaimAddress): void {
    this.aligned.set(key, { ...source, value });
    this.plans.delete(key);
  }

  /** The plan of a canonical key. */
  planOf(key: string): Plan {
    const known = this.plans.get(key);
    if (known !== undefined) return known;
    const plan = this.choose(key);
    this.plans.set(key, plan);
    return plan;
  }

  /** Takes the plan of a name back, since it leads in a circle or cannot be recorded. */
  reject(key: string, plan: Plan): void {
    const ways = this.rejected.get(key);
    if (ways === undefined) this.rejected.set(key, new Set([wayOf(plan)]));
    else ways.add(wayOf(plan));
    this.plans.delete(key);
  }

  /** Where in the page a plan stands; larger is later. */
  lateness(plan: Plan): number {
    if (plan.kind === 'formula') return plan.source.chain;
    return plan.kind === 'element' ? Infinity : plan.kind === 'sketch' ? Number.MAX_VALUE : -1;
  }

  private choose(key: string): Plan {
    const { definitions, sheet, mentions, expansion, known } = this.sources;
    const node = known(key);
    if (node !== null) return { kind: 'known', node };
    const rejected = this.rejected.get(key);
    const allowed = (plan: Plan) => rejected?.has(wayOf(plan)) !== true;
    for (const match of this.matchesOf(key)) {
      const { definition, elements, shift } = match;
      const all = new Map([...expansion.indices.representative, ...elements]);
      const term = expand(definition.term, all, shift, expansion);
      if (term === null) continue;
      const plan: Plan = { kind: 'formula', term, source: definition, needs: this.needsOf(term) };
      if (allowed(plan) && !plan.needs.includes(key)) return plan;
    }
    const list = definitions.lists.get(key);
    if (list !== undefined) return { kind: 'list', source: list, shape: list.shape };
    const element = this.elementPlan(key);
    if (element !== null && allowed(element)) return element;
    const by = activationByName(key, sheet, mentions) ?? this.genericActivation(key);
    if (by !== null) {
      const plan: Plan = { kind: 'activation', by, needs: [this.canonical(by.of)] };
      if (allowed(plan) && plan.needs[0] !== key) return plan;
    }
    const edges = this.edges.get(key);
    if (edges !== undefined) {
      const needs = edges.flatMap(({ by, integral }) => [
        by,
        ...(integral === null ? [] : this.needsOf(integral)),
      ]);
      const plan: Plan = { kind: 'sketch', edges, needs: [...new Set(needs)] };
      if (allowed(plan)) return plan;
    }
    for (const variant of variantsOf(key)) {
      const number = definitions.numbers.get(variant);
      if (number !== undefined)
        return { kind: 'number', value: number.value, source: number, aligned: false };
    }
    const size = expansion.indices.sizes.get(key);
    if (size !== undefined) return { kind: 'number', value: size, source: null, aligned: false };
    const aligned = this.aligned.get(key);
    if (aligned !== undefined)
      return { kind: 'number', value: aligned.value, source: aligned, aligned: true };
    return { kind: 'free' };
  }

  /** Canonical names in a formula. */
  needsOf(term: Term): readonly string[] {
    return [...new Set(namesIn(term).map((name) => this.canonical(name.key)))];
  }

  /** Formulas of the page that give a name: its own, then those of z_j for z_0, of z^{(L)} for z^{(L-1)}. */
  private matchesOf(key: string): readonly Match[] {
    const parts = partsOf(key);
    const candidates = this.patterns.get(familyOf(parts)) ?? [];
    const layer = layerOf(parts);
    const exact: Match[] = [];
    const others: Match[] = [];
    for (const { definition, parts: pattern, layer: own } of candidates) {
      const elements = matchIndices(pattern, parts);
      if (elements === null) continue;
      if (own === layer || String(pattern.above) === String(parts.above))
        (elements.size === 0 ? exact : others).push({ definition, elements, shift: null });
      else if (own !== null && layer !== null) {
        const shift = this.shiftTo(own, layer);
        if (shift !== null) others.push({ definition, elements, shift });
      }
    }
    return [...exact, ...others];
  }

  private shiftTo(own: string, layer: string): LayerShift | null {
    const [from, to] = [layerNumber(own), layerNumber(layer)];
    if (from === null || to === null || from.letter === '' || !this.layers.has(layer)) return null;
    if (to.letter === from.letter)
      return { letter: from.letter, by: to.offset - from.offset, onto: from.letter };
    if (to.letter === '') return { letter: from.letter, by: 0, onto: to.offset - from.offset };
    return null;
  }

  /** a_0^{(L)} = σ(z_0^{(L)}) where the page writes σ(z_j^{(L)}) or σ′(z_j^{(L)}). */
  private genericActivation(key: string): ActivationByName | null {
    const { sheet, mentions, expansion } = this.sources;
    const parts = partsOf(key);
    const mark = parts.below.length === 1 ? indicesOf(parts.below[0]) : null;
    if (mark === null || mark.some((piece) => !/^\d+$/.test(piece))) return null;
    for (const letter of expansion.indices.representative.keys()) {
      if (mark.length !== 1) break;
      const generic = activationByName(key.replace(`_${parts.below[0]}`, `_${letter}`), sheet, mentions);
      if (generic !== null)
        return { ...generic, of: instanceOf(generic.of, new Map([[letter, Number(mark[0])]])) };
    }
    return null;
  }

  private elementPlan(key: string): Plan | null {
    for (const { base, layer, indices } of readingsOf(key, this.first)) {
      if (indices.length === 0 || !indices.every((index) => /^\d+$/.test(index))) continue;
      const list = this.lists.get(`${base}|${layer}`) ?? this.lists.get(`${foldedBase(base)}|${layer}`);
      if (list === undefined || list === key) continue;
      const path = indices.map((index) => Number(index) - this.first);
      const shape = this.sources.definitions.lists.get(list)?.shape;
      if (path.some((at) => at < 0)) continue;
      if (
        shape !== undefined &&
        (shape.length !== path.length || path.some((at, place) => at >= shape[place]))
      )
        continue;
      return { kind: 'element', path, needs: [list] };
    }
    return null;
  }
}

/** Names of vectors and matrices: lists, and formulas of such names outside of sums over an index. */
function vectorsOf({ lists, formulas }: Definitions): ReadonlySet<string> {
  const vectors = new Set(lists.keys());
  for (let before = -1; before !== vectors.size;) {
    before = vectors.size;
    for (const [key, [{ term }]] of formulas) {
      if (vectors.has(key)) continue;
      let found = false;
      walk(term, (part) => {
        if (part.kind === 'list' || (part.kind === 'name' && vectors.has(part.key))) found = true;
        return part.kind !== 'series' && !found;
      });
      if (found) vectors.add(key);
    }
  }
  return vectors;
}

function wayOf(plan: Plan): string {
  return plan.kind === 'formula' ? `formula ${plan.source.chain} ${plan.source.member}` : plan.kind;
}

function familyOf({ base, digits, primes }: NameParts): string {
  return `${base}${digits}${primes}`;
}

/** Elements for the letters of a pattern; null where the marks below differ otherwise. */
function matchIndices(pattern: NameParts, actual: NameParts): ReadonlyMap<string, number> | null {
  if (pattern.below.length !== actual.below.length || pattern.elements.length !== actual.elements.length)
    return null;
  const elements = new Map<string, number>();
  for (const [place, mark] of pattern.below.entries()) {
    const other = actual.below[place];
    if (mark === other) continue;
    const [letters, numbers] = [indicesOf(mark), indicesOf(other)];
    if (letters === null || numbers === null) return null;
    const pieces = letters.length === 1 && /^\d+$/.test(other) ? [other] : numbers;
    if (pieces.length !== letters.length) return null;
    for (const [at, piece] of letters.entries()) {
      if (piece === pieces[at]) continue;
      if (!isLetterIndex(piece) || !/^\d+$/.test(pieces[at])) return null;
      const element = Number(pieces[at]);
      if (elements.has(piece) && elements.get(piece) !== element) return null;
      elements.set(piece, element);
    }
  }
  return elements;
}
