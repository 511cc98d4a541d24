import { LEAF, Tape, Value } from '@backflow/engine';
import type { OperationName } from '@backflow/engine';
import type { Sheet } from '../sheet.ts';
import type { Term } from '../term.ts';
import { declaredActivation } from './activations.ts';
import type { Assembly } from './assembly.ts';
import { alignNumbers } from './calculations.ts';
import { definitionsOf } from './definitions.ts';
import type { Definitions } from './definitions.ts';
import { elementOf } from './elaborate.ts';
import { expand, movedKey } from './expand.ts';
import type { Expansion, LayerShift } from './expand.ts';
import { indexFacts } from './indices.ts';
import { antiderivative } from './integral.ts';
import { layerShift, shifted } from './layers.ts';
import { contains, derivativesIn, mentionsOf, termsOf } from './mentions.ts';
import type { DerivativePair, Mentions } from './mentions.ts';
import { isLetterIndex, letterIndices, partsOf } from './name-parts.ts';
import { isLossName } from './loss-names.ts';
import { NetworkPlan } from './networks.ts';
import { Planner } from './plans.ts';
import { MAX_NODES, Recorder, sampleAt } from './recorder.ts';
import { recognisedSizes, sketchOf } from './sketch.ts';
import type { SketchPair } from './sketch.ts';

const MAX_NAMES = 20_000;

/** Names for an activation that nobody has defined. */
const PLACEHOLDERS: ReadonlySet<string> = new Set(['f', 'g', 'φ', 'ϕ', 'ψ', 'act', 'activation', 'σ', 'sig']);
const MAX_TERMS = 400_000;

/**
 * Puts together the graph that a page of notes speaks about: from its definitions, from a declared network, from what names
 * mean by convention, and from the ∂…/∂… between names that nobody defines. Never throws for a page.
 */
export function recordingFromNotes(sheet: Sheet): Assembly {
  return new Assembler(sheet).assemble();
}

class Assembler {
  private readonly sheet: Sheet;
  private readonly shift: LayerShift | null;
  private readonly tape = new Tape();
  private readonly mentions: Mentions;
  private readonly definitions: Definitions;
  private readonly expansion: Expansion;
  private readonly network: NetworkPlan | null;
  private readonly planner: Planner;
  private readonly recorder: Recorder;
  /** Names of which the page tells a slope that belongs to no formula known here; they are no nodes. */
  private readonly undecided = new Set<string>();
  private readonly names = new Map<string, number>();

  constructor(page: Sheet) {
    this.shift = layerShift(page);
    const sheet = this.shift === null ? page : shifted(page, this.shift);
    this.sheet = sheet;
    this.mentions = mentionsOf(sheet);
    this.definitions = definitionsOf(sheet, this.mentions);
    const { numbers, lists, functions, completed } = this.definitions;
    const indices = indexFacts({
      sheet,
      further: completed,
      mentions: this.mentions,
      numbers: new Map([...numbers].map(([key, { value }]) => [key, value])),
      shapes: new Map([...lists].map(([key, { shape }]) => [key, shape])),
    });
    this.expansion = {
      indices,
      functions,
      standIn: (key) =>
        PLACEHOLDERS.has(key) && !this.mentions.names.has(key) && !this.definitions.formulas.has(key)
          ? (declaredActivation(sheet) ?? soleActivation(this.mentions) ?? 'sigmoid')
          : null,
      budget: { left: MAX_TERMS },
    };
    const declaration = sheet.declarations.find(({ kind }) => kind === 'network');
    this.network =
      declaration?.kind === 'network' && declaration.sizes.length >= 2
        ? new NetworkPlan(
            declaration,
            declaredActivation(sheet) ?? soleActivation(this.mentions),
            sheet,
            this.mentions,
            this.definitions,
          )
        : null;
    this.planner = new Planner({
      sheet,
      mentions: this.mentions,
      definitions: this.definitions,
      expansion: this.expansion,
      known: (key) => this.knownNode(key),
    });
    this.recorder = new Recorder({
      tape: this.tape,
      planner: this.planner,
      mentions: this.mentions,
      definitions: this.definitions,
      expansion: this.expansion,
      known: (key) => this.knownNode(key),
    });
  }

  assemble(): Assembly {
    const { planner, mentions, definitions, network } = this;
    if (network !== null) this.recordNetwork(network);
    alignNumbers(this.sheet, planner, this.expansion);
    planner.setEdges(this.sketch());
    const keys = [...definitions.formulas.keys(), ...definitions.lists.keys(), ...mentions.names.keys()];
    for (const key of keys.slice(0, MAX_NAMES)) {
      if (this.tape.size > MAX_NODES) break;
      if (network?.expanded === true && definitions.lists.has(key) && network.ownsList(key)) continue;
      if (isLetterIndex(key) && this.expansion.indices.active.has(key)) continue;
      if (this.undecided.has(planner.canonical(key))) continue;
      if (planner.isNode(key) && !this.isOtherLoss(key)) this.recorder.make(planner.canonical(key));
    }
    this.nameAll(keys);
    const { tape, recorder } = this;
    const output = tape.size === 0 ? -1 : this.outputNode();
    return {
      recording: tape.size === 0 ? null : tape.record(tape.at(Math.max(output, 0))),
      names: this.names,
      spellings: recorder.spellings,
      free: recorder.free,
      slopes: recorder.slopes,
      pinned: recorder.pinned,
      definedBy: recorder.definedBy,
      fromAlignment: recorder.fromAlignment,
      functions: definitions.functions,
      output,
      remarks: recorder.remarks,
      network: network?.facts() ?? null,
      offer: this.offer(),
      sketchEdges: recorder.edges,
      indices: this.expansion.indices,
      nodeOf: (key) => this.nodeOf(this.shift === null ? key : movedKey(key, new Map(), this.shift)),
    };
  }

  /** The edges that only ∂…/∂… tell of. */
  private sketch(): readonly SketchPair[] {
    const { planner, sheet, tape } = this;
    const isOpen = (key: string) => {
      const { kind } = planner.planOf(key);
      return (kind === 'free' || kind === 'number') && planner.isNode(key) && !this.isOtherLoss(key);
    };
    const inputsOf = (key: string) => {
      const plan = planner.planOf(key);
      return 'needs' in plan ? plan.needs : [];
    };
    const pairs = this.withIntegrals(
      sketchOf(sheet, this.pairs(), (key) => planner.canonical(key), isOpen, inputsOf),
      inputsOf,
    );
    if (tape.size === 0) return pairs;
    // ∂L/∂w is met by ∂L/∂O₃₁ and the network that leads there.
    const ends = new Map<string, number[]>();
    for (const { of, by } of pairs) {
      const node = this.knownNode(by);
      if (node !== null) ends.set(of, [...(ends.get(of) ?? []), node]);
    }
    return pairs.filter(({ of, by }) => {
      const node = this.knownNode(by);
      return node === null || !ends.get(of)!.some((end) => end !== node && leadsTo(tape, node, end));
    });
  }

  /** Edges with a formula for their slope get one with that slope. Where there is none, nothing is known of the name above. */
  private withIntegrals(
    pairs: readonly SketchPair[],
    inputsOf: (key: string) => readonly string[],
  ): readonly SketchPair[] {
    const { planner, expansion } = this;
    const inputs = new Map<string, string[]>();
    for (const { of, by } of pairs) inputs.set(of, [...(inputs.get(of) ?? []), by]);
    const reaches = (from: readonly string[], targets: readonly string[]): boolean => {
      const seen = new Set<string>();
      const pending = [...from];
      for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
        if (targets.includes(at)) return true;
        if (seen.has(at)) continue;
        seen.add(at);
        pending.push(...(inputs.get(at) ?? inputsOf(at)));
      }
      return false;
    };
    const found = pairs.map((pair): SketchPair | null => {
      const { of, by, stated } = pair;
      if (stated === null || stated.value !== null) return pair;
      const term = expand(stated.term, expansion.indices.representative, null, expansion);
      const { from, to } = stated.term;
      const name: Term = { kind: 'name', key: by, spelling: by, from, to };
      const integral =
        term === null ? null : antiderivative(term, name, (key) => planner.canonical(key) === by);
      if (term === null || integral === null) return null;
      const others = planner.needsOf(term).filter((key) => key !== by);
      const fits = others.every((key) => planner.isNode(key)) && !reaches(others, [of, by]);
      return fits ? { ...pair, integral } : null;
    });
    found.forEach((pair, index) => {
      if (pair === null) this.undecided.add(pairs[index].of);
    });
    return found.filter((pair) => pair !== null && !this.undecided.has(pair.of)) as SketchPair[];
  }

  /** C where only C_0 is defined: another name for the loss, which is no node of its own. */
  private isOtherLoss(key: string): boolean {
    if (!isLossName(key) || this.mentions.names.get(key) === undefined) return false;
    const { formulas } = this.definitions;
    const { base } = partsOf(key);
    return (
      !formulas.has(key) &&
      [...formulas.keys()].some(
        (other) => isLossName(other) && partsOf(other).base === base && letterIndices(other).length === 0,
      )
    );
  }

  /** ∂…/∂… of the page, those of sums written out: ∂C_k/∂w for every k. */
  private pairs(): readonly DerivativePair[] {
    const { sheet, mentions, expansion } = this;
    const { representative } = expansion.indices;
    const pairs = [...mentions.pairs];
    sheet.chains.forEach((chain, index) => {
      for (const [member, term] of termsOf(chain)) {
        if (!contains(term, ({ kind }) => kind === 'series') || derivativesIn(term).length === 0) continue;
        const expanded = expand(term, representative, null, expansion);
        for (const { of, by } of expanded === null ? [] : derivativesIn(expanded))
          if (of?.kind === 'name' && by.kind === 'name')
            pairs.push({ of: of.key, by: by.key, at: { chain: index, member }, factor: true });
      }
    });
    return pairs;
  }

  private nodeOf(key: string): number | null {
    const known = this.names.get(key) ?? this.knownNode(key);
    if (known !== null) return known;
    const { planner } = this;
    const made = this.recorder.made.get(planner.canonical(key));
    if (made instanceof Value) return made.index;
    if (made !== undefined) return null;
    const plan = planner.planOf(planner.canonical(key));
    if (plan.kind !== 'element') return null;
    const element = elementOf(this.recorder.made.get(plan.needs[0]) ?? [], plan.path);
    return element instanceof Value ? element.index : null;
  }

  private knownNode(key: string): number | null {
    const { network } = this;
    if (network === null) return null;
    const { indices } = this.expansion;
    return (
      network.nodeOf(key) ??
      (letterIndices(key).length > 0 ? network.nodeOf(indices.instance(key, indices.representative)) : null)
    );
  }

  private recordNetwork(network: NetworkPlan): void {
    const { order, orderSource } = network;
    if (network.activation !== null) this.recorder.remarks.push(network.remark());
    if (!network.expanded) return;
    network.record(this.tape, this.mentions, this.definitions, {
      defined: (node, { chain, member }) => this.recorder.definedBy.set(node, { chain, member }),
      free: (node, spelling) => {
        if (spelling === null) this.recorder.slopes.push(node);
        else this.recorder.free.set(spelling, node);
      },
      sample: (index) => sampleAt(index),
    });
    if (orderSource !== 'declared')
      this.recorder.remarks.push({ code: 'index-order', data: { order }, node: -1 });
    for (const [key, spelling] of this.mentions.names) {
      const node = network.nodeOf(key);
      if (node !== null && !this.recorder.spellings.has(node)) this.recorder.spellings.set(node, spelling);
    }
  }

  private nameAll(keys: readonly string[]): void {
    for (const [key, quantity] of this.recorder.made)
      if (quantity instanceof Value) this.names.set(key, quantity.index);
    for (const key of keys) {
      const node = this.nodeOf(key);
      if (node !== null) this.names.set(key, node);
    }
    const { sizes } = this.expansion.indices;
    for (const [name, size] of sizes)
      this.recorder.remarks.push({ code: 'sizes-chosen', data: { name, size: String(size) }, node: -1 });
  }

  /** What the notes differentiate: of the nodes they differentiate, the one furthest on, most often named. */
  private outputNode(): number {
    const { tape, mentions, definitions } = this;
    const losses = [...definitions.formulas.keys()].filter((key) => isLossName(key));
    const loss = losses.map((key) => this.nodeOf(key)).find((node) => node !== null) ?? null;
    const counts = new Map<number, number>();
    const inner = new Set<number>();
    for (const { of, by } of mentions.pairs) {
      const above = this.isOtherLoss(of) ? loss : this.nodeOf(of);
      const below = this.nodeOf(by);
      if (above === null) continue;
      counts.set(above, (counts.get(above) ?? 0) + 1);
      if (below !== null) inner.add(below);
    }
    const outer = [...counts].filter(([node]) => !inner.has(node));
    const best = (outer.length > 0 ? outer : [...counts]).reduce<readonly [number, number] | null>(
      (a, b) => (a === null || b[1] > a[1] ? b : a),
      null,
    );
    if (best !== null) return best[0];
    if (loss !== null) return loss;
    // Nothing is differentiated: what is computed last and not used.
    const used = new Set<number>();
    for (let node = 0; node < tape.size; node++) for (const input of tape.entriesOf(node)) used.add(input);
    for (let node = tape.size - 1; node >= 0; node--)
      if (tape.codeAt(node) !== LEAF && !used.has(node)) return node;
    return tape.size - 1;
  }

  private offer(): Assembly['offer'] {
    const { network, mentions, sheet } = this;
    const sizes = network?.sizes ?? (this.recorder.edges.length > 0 ? recognisedSizes(mentions) : null);
    if (sizes === null) return null;
    const lacks: ('activation' | 'loss' | 'numbers')[] = [];
    if (
      network === null
        ? declaredActivation(sheet) === null && mentions.activations.length === 0
        : network.activation === null
    )
      lacks.push('activation');
    if (![...this.definitions.formulas.keys()].some((key) => isLossName(key))) lacks.push('loss');
    if (network === null || !network.expanded || this.recorder.free.size + this.recorder.slopes.length > 0)
      lacks.push('numbers');
    return network !== null && lacks.length === 0 ? null : { sizes, lacks };
  }
}

/** Whether a node is behind another one. */
function leadsTo(tape: Tape, from: number, to: number): boolean {
  const behind = new Uint8Array(to + 1);
  behind[to] = 1;
  for (let node = to; node > from; node--) {
    if (behind[node] === 0) continue;
    for (const input of tape.entriesOf(node)) if (input >= 0) behind[input] = 1;
  }
  return from < to && behind[from] === 1;
}

function soleActivation(mentions: Mentions): OperationName | null {
  return mentions.activations.length === 1 ? mentions.activations[0] : null;
}
