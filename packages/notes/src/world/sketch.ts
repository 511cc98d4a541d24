import type { Sheet } from '../sheet.ts';
import type { Term } from '../term.ts';
import { numberOf } from './alignment.ts';
import type { ClaimAddress } from './assembly.ts';
import { isElided } from './indices.ts';
import { derivativesIn, pairKey } from './mentions.ts';
import type { DerivativePair, Mentions } from './mentions.ts';

/** An edge that a page draws by writing ∂of/∂by, by keys. */
export interface SketchPair extends ClaimAddress {
  readonly of: string;
  readonly by: string;
  /** What the page says the slope is. */
  readonly stated: (ClaimAddress & { readonly term: Term; readonly value: number | null }) | null;
  /** What `of` must hold so that its slope is the formula that the page gives for it; null where it gives none. */
  readonly integral: Term | null;
}

interface Candidate extends ClaimAddress {
  readonly of: string;
  readonly by: string;
}

/** Pages with more pairs than this are not thinned out: what follows from other edges stays. */
const THINNED = 600;

/**
 * The graph that ∂…/∂… alone draw: each pair is an edge, unless it is the total over other edges — the left side of a chain
 * rule, or met by a path of other edges. `canonical` gives the key under which a name is known; `isOpen` tells which names
 * have no formula of their own, `inputsOf` what those with one are made from.
 */
export function sketchOf(
  sheet: Sheet,
  pairs: readonly DerivativePair[],
  canonical: (key: string) => string,
  isOpen: (key: string) => boolean,
  inputsOf: (key: string) => readonly string[],
): readonly SketchPair[] {
  const composite = new Set<string>();
  const stated = new Map<string, SketchPair['stated']>();
  sheet.chains.forEach(({ subject, members }, chain) => {
    if (subject.kind !== 'derivative' || subject.of?.kind !== 'name' || subject.by.kind !== 'name') return;
    const pair = pairKey(canonical(subject.of.key), canonical(subject.by.key));
    members.forEach(({ term, relation }, member) => {
      if (term === null || (relation !== '=' && relation !== '≈')) return;
      const derivatives = derivativesIn(term);
      if (derivatives.length > 0) composite.add(pair);
      else if (isElided(term)) return;
      else if (!stated.has(pair)) stated.set(pair, { chain, member, term, value: numberOf(term) });
    });
  });
  const edges = new Map<string, Candidate>();
  const factors = new Set<string>();
  for (const { of, by, at, factor } of pairs) {
    const [from, to] = [canonical(of), canonical(by)];
    const key = pairKey(from, to);
    if (factor) factors.add(key);
    if (from === to || composite.has(key) || edges.has(key) || !isOpen(from)) continue;
    edges.set(key, { of: from, by: to, ...at });
  }
  const kept = withoutCycles([...thinned(edges, pairs, canonical, inputsOf).values()]);
  const above = new Set(kept.map(({ of }) => of));
  const below = new Set(kept.map(({ by }) => by));
  return kept.map((edge) => {
    const key = pairKey(edge.of, edge.by);
    const said = stated.get(key) ?? null;
    // A number that nothing else on the page has to do with proves nothing.
    const alone = !factors.has(key) && !above.has(edge.by) && !below.has(edge.of);
    return { ...edge, stated: said !== null && said.value !== null && alone ? null : said, integral: null };
  });
}

/** Leaves out edges between whose ends a path of other edges leads. */
function thinned(
  edges: ReadonlyMap<string, Candidate>,
  pairs: readonly DerivativePair[],
  canonical: (key: string) => string,
  inputsOf: (key: string) => readonly string[],
): ReadonlyMap<string, Candidate> {
  if (edges.size > THINNED) return edges;
  // A product with both ∂a/∂b and ∂b/∂c makes ∂a/∂c of another line a total.
  const followers = new Map<string, Set<string>>();
  const join = (of: string, by: string) => {
    const next = followers.get(of);
    if (next === undefined) followers.set(of, new Set([by]));
    else next.add(by);
  };
  for (const { of, by } of pairs) {
    const [from, to] = [canonical(of), canonical(by)];
    if (edges.has(pairKey(from, to))) join(from, to);
  }
  const kept = new Map(edges);
  for (const [key, { of, by }] of edges) {
    const seen = new Set<string>([of]);
    const pending = [...(followers.get(of) ?? [])].filter((next) => next !== by);
    let met = false;
    for (let at = pending.pop(); at !== undefined && !met; at = pending.pop()) {
      if (at === by) met = true;
      if (met || seen.has(at)) continue;
      seen.add(at);
      pending.push(...(followers.get(at) ?? inputsOf(at)));
    }
    if (met) {
      kept.delete(key);
      followers.get(of)?.delete(by);
    }
  }
  return kept;
}

/** Drops, in the order of the page, every edge that would close a circle: a slip of the pen draws none. */
function withoutCycles(edges: readonly Candidate[]): readonly Candidate[] {
  const inputs = new Map<string, string[]>();
  return edges.filter((edge) => {
    const seen = new Set<string>();
    const pending = [edge.by];
    for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
      if (at === edge.of) return false;
      if (seen.has(at)) continue;
      seen.add(at);
      pending.push(...(inputs.get(at) ?? []));
    }
    const known = inputs.get(edge.of);
    if (known === undefined) inputs.set(edge.of, [edge.by]);
    else known.push(edge.by);
    return true;
  });
}

const NEURON = /^(O|o|a|h|z|net|out)(?:_\{?)?(\d)(\d)\}?$/u;

/**
 * The network that names like O₁₁ … O₃₁ and ω¹₁₁ seem to be about: neurons per layer, with the inputs in front where weights
 * or inputs are named. Null where there is none.
 */
export function recognisedSizes(mentions: Mentions): readonly number[] | null {
  const layers = new Map<number, Set<number>>();
  let inputs = 0;
  for (const key of mentions.names.keys()) {
    const neuron = NEURON.exec(key);
    if (neuron !== null) {
      const layer = Number(neuron[2]);
      const known = layers.get(layer);
      if (known === undefined) layers.set(layer, new Set([Number(neuron[3])]));
      else known.add(Number(neuron[3]));
    }
    const input = /^(?:x|i)_?(\d)$/u.exec(key);
    if (input !== null) inputs = Math.max(inputs, Number(input[1]));
    const weight = /^(?:w|ω|W)_(\d)(\d)\^\{\(1\)\}$/u.exec(key) ?? /^(?:w|ω|W)1_(\d)(\d)$/u.exec(key);
    if (weight !== null) inputs = Math.max(inputs, Number(weight[1]));
  }
  const sizes: number[] = [];
  for (let layer = 1; layers.has(layer); layer++) sizes.push(Math.max(...layers.get(layer)!));
  if (sizes.length < 2 || sizes.length !== layers.size) return null;
  return inputs > 0 ? [inputs, ...sizes] : sizes;
}
