import { LEAF, numberAt, OPERATION_NAMES, OPERATIONS, Tape, Value } from '@backflow/engine';
import type { Constant, Operand, OperationName, Recording } from '@backflow/engine';
import type { Sheet } from '../sheet.ts';
import { declaredActivation } from './activations.ts';
import { align, namesAligned } from './alignment.ts';
import type { Assembly, AssemblyRemark, ClaimAddress, SketchEdge } from './assembly.ts';
import { definitionsOf } from './definitions.ts';
import type { Definitions } from './definitions.ts';
import { elaborate, elementOf, scalars } from './elaborate.ts';
import type { Quantity } from './elaborate.ts';
import { expand } from './expand.ts';
import type { Expansion } from './expand.ts';
import { indexFacts } from './indices.ts';
import { isSymbolic, mentionsOf } from './mentions.ts';
import type { Mentions } from './mentions.ts';
import { isLetterIndex, letterIndices } from './name-parts.ts';
import { NetworkPlan } from './networks.ts';
import { Planner } from './plans.ts';
import type { Plan } from './plans.ts';
import { recognisedSizes, sketchOf } from './sketch.ts';

/** A graph that the notes' own definitions continue, e.g. that of a program. Its nodes keep their places. */
export interface Base {
  readonly recording: Recording;
  nodeOf(key: string): number | null;
}

const MAX_NAMES = 20_000;
const MAX_NODES = 20_000;
const MAX_TERMS = 400_000;

/**
 * Puts together the graph that a page of notes speaks about: from its definitions, from a declared network, from what names
 * mean by convention, and from the ∂…/∂… between names that nobody defines. Never throws for a page.
 */
export function recordingFromNotes(sheet: Sheet, base: Base | null = null): Assembly {
  return new Assembler(sheet, base).assemble();
}

class Assembler {
  private readonly sheet: Sheet;
  private readonly base: Base | null;
  private readonly tape = new Tape();
  private readonly mentions: Mentions;
  private readonly definitions: Definitions;
  private readonly expansion: Expansion;
  private readonly network: NetworkPlan | null;
  private readonly planner: Planner;
  /** What has been recorded, by canonical key. */
  private readonly made = new Map<string, Quantity>();
  private readonly names = new Map<string, number>();
  private readonly spellings = new Map<number, string>();
  private readonly free = new Map<string, number>();
  private readonly slopes: number[] = [];
  private readonly definedBy = new Map<number, ClaimAddress>();
  private readonly fromAlignment = new Map<number, ClaimAddress>();
  private readonly remarks: AssemblyRemark[] = [];
  private readonly edges: SketchEdge[] = [];
  private readonly pinned = new Set<number>();

  constructor(sheet: Sheet, base: Base | null) {
    this.sheet = sheet;
    this.base = base;
    this.mentions = mentionsOf(sheet);
    this.definitions = definitionsOf(sheet, this.mentions);
    const { numbers, lists, functions } = this.definitions;
    const indices = indexFacts({
      sheet,
      mentions: this.mentions,
      numbers: new Map([...numbers].map(([key, { value }]) => [key, value])),
      shapes: new Map([...lists].map(([key, { shape }]) => [key, shape])),
    });
    this.expansion = { indices, functions, budget: { left: MAX_TERMS } };
    const declaration = base === null ? sheet.declarations.find(({ kind }) => kind === 'network') : undefined;
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
  }

  assemble(): Assembly {
    const { sheet, planner, mentions, definitions, network } = this;
    if (this.base !== null) replay(this.base.recording, this.tape);
    if (network !== null) this.recordNetwork(network);
    this.alignNumbers();
    const isOpen = (key: string) => {
      const { kind } = planner.planOf(key);
      return kind === 'free' || kind === 'number' || kind === 'sketch';
    };
    planner.setEdges(sketchOf(sheet, mentions, (key) => planner.canonical(key), isOpen));
    const keys = [...definitions.formulas.keys(), ...definitions.lists.keys(), ...mentions.names.keys()];
    for (const key of keys.slice(0, MAX_NAMES)) {
      if (this.tape.size > MAX_NODES) break;
      if (isLetterIndex(key) && this.expansion.indices.active.has(key)) continue;
      if (planner.isNode(key)) this.make(planner.canonical(key));
    }
    this.nameAll(keys);
    const { tape } = this;
    const output = tape.size === 0 ? -1 : this.outputNode();
    return {
      recording: tape.size === 0 ? null : tape.record(tape.at(Math.max(output, 0))),
      names: this.names,
      spellings: this.spellings,
      free: this.free,
      slopes: this.slopes,
      pinned: this.pinned,
      definedBy: this.definedBy,
      fromAlignment: this.fromAlignment,
      functions: definitions.functions,
      output,
      remarks: this.remarks,
      network: network?.facts() ?? null,
      offer: this.offer(),
      sketchEdges: this.edges,
      indices: this.expansion.indices,
      nodeOf: (key) => this.nodeOf(key),
    };
  }

  private nodeOf(key: string): number | null {
    const known = this.names.get(key) ?? this.knownNode(key);
    if (known !== null) return known;
    const { planner } = this;
    const made = this.made.get(planner.canonical(key));
    if (made instanceof Value) return made.index;
    if (made !== undefined) return null;
    const plan = planner.planOf(planner.canonical(key));
    if (plan.kind !== 'element') return null;
    const element = elementOf(this.made.get(plan.needs[0]) ?? [], plan.path);
    return element instanceof Value ? element.index : null;
  }

  private knownNode(key: string): number | null {
    const node = this.base?.nodeOf(key) ?? null;
    if (node !== null || this.network === null) return node;
    const { representative } = this.expansion.indices;
    const named = this.network.nodeOf(key);
    return (
      named ??
      (letterIndices(key).length > 0
        ? this.network.nodeOf(this.expansion.indices.instance(key, representative))
        : null)
    );
  }

  private recordNetwork(network: NetworkPlan): void {
    const { order, orderSource } = network;
    this.remarks.push(network.remark());
    if (!network.expanded) return;
    network.record(this.tape, this.mentions, this.definitions, {
      defined: (node, { chain, member }) => this.definedBy.set(node, { chain, member }),
      free: (node, name) => this.free.set(name, node),
      sample: (index) => sampleAt(index),
    });
    if (orderSource !== 'declared') this.remarks.push({ code: 'index-order', data: { order }, node: -1 });
    for (const [key, spelling] of this.mentions.names) {
      const node = network.nodeOf(key);
      if (node !== null && !this.spellings.has(node)) this.spellings.set(node, spelling);
    }
  }

  /** Numbers of leaves from calculations: w a + b = 1.5·0.6 − 0.4. Definitions first, then whatever has the same left side. */
  private alignNumbers(): void {
    const { sheet, planner, expansion } = this;
    const shown = new Map<string, { readonly symbolic: ClaimAddress[]; readonly numbers: ClaimAddress[] }>();
    sheet.chains.forEach(({ subject, members, at }, chain) => {
      if (at.length > 0) return;
      const key = sheet.text.slice(subject.from, subject.to).replace(/\s+/g, '') || `${chain}`;
      const known = shown.get(key) ?? { symbolic: [], numbers: [] };
      shown.set(key, known);
      if (isSymbolic(subject) && subject.kind !== 'name' && subject.kind !== 'derivative')
        known.symbolic.push({ chain, member: -1 });
      members.forEach(({ term }, member) => {
        if (term === null) return;
        if (isSymbolic(term)) known.symbolic.push({ chain, member });
        else if (term.kind === 'apply' || term.kind === 'series') known.numbers.push({ chain, member });
      });
    });
    const { representative } = expansion.indices;
    for (const { symbolic, numbers } of shown.values()) {
      for (const formula of symbolic) {
        const chain = sheet.chains[formula.chain];
        const written = formula.member < 0 ? chain.subject : chain.members[formula.member].term!;
        const term = expand(written, representative, null, expansion);
        if (term === null || !isSymbolic(term)) continue;
        for (const calculation of numbers) {
          const alignment = align(term, sheet.chains[calculation.chain].members[calculation.member].term!);
          const found = alignment === null ? null : namesAligned(alignment);
          if (found === null) continue;
          for (const [key, value] of found) {
            const canonical = planner.canonical(key);
            if (planner.isNode(key) && planner.planOf(canonical).kind === 'free')
              planner.align(canonical, value, calculation);
          }
        }
      }
    }
  }

  /** Records a name after everything it needs. The stack takes the place of recursion: chains of names may be long. */
  private make(key: string): void {
    const { planner, made } = this;
    const stack = [key];
    const open = new Set<string>(stack);
    while (stack.length > 0) {
      const top = stack[stack.length - 1];
      const plan = planner.planOf(top);
      const needs = 'needs' in plan ? plan.needs : [];
      const next = made.has(top) ? undefined : needs.find((need) => !made.has(need));
      if (next !== undefined) {
        if (open.has(next)) {
          // A circle: the definition that stands last in the page is none.
          const circle = stack.slice(stack.indexOf(next));
          const last = circle.reduce((a, b) =>
            planner.lateness(planner.planOf(b)) > planner.lateness(planner.planOf(a)) ? b : a,
          );
          planner.reject(last, planner.planOf(last));
          for (const name of stack.splice(stack.indexOf(last) + 1)) open.delete(name);
        } else {
          stack.push(next);
          open.add(next);
        }
        continue;
      }
      if (!made.has(top)) {
        const quantity = this.tape.size > MAX_NODES ? 0 : this.record(top, plan);
        if (quantity === null) {
          planner.reject(top, plan);
          continue;
        }
        made.set(top, quantity);
      }
      stack.pop();
      open.delete(top);
    }
  }

  private record(key: string, plan: Plan): Quantity | null {
    const { tape, made } = this;
    switch (plan.kind) {
      case 'known':
        return tape.at(plan.node);
      case 'number': {
        const node = this.leaf(key, plan.value);
        if (plan.source !== null) {
          const { chain, member } = plan.source;
          if (plan.aligned) this.fromAlignment.set(node.index, { chain, member });
          else this.definedBy.set(node.index, { chain, member });
        }
        return node;
      }
      case 'free': {
        const node = this.leaf(key, sampleAt(tape.size));
        this.free.set(key, node.index);
        return node;
      }
      case 'list':
        return this.recordList(key, plan);
      case 'element':
        return elementOf(made.get(plan.needs[0]) ?? [], plan.path);
      case 'activation': {
        const of = made.get(plan.needs[0]);
        if (!(of instanceof Value)) return null;
        const node = this.named(key, tape.apply(plan.by.operation, of));
        const data = {
          name: this.spellingOf(key),
          function: plan.by.operation,
          of: this.spellingOf(plan.needs[0]),
        };
        this.remarks.push({ code: 'activation-by-name', data, node: node.index });
        return node;
      }
      case 'formula': {
        const mark = tape.mark();
        const gaps: number[] = [];
        const quantity = elaborate(plan.term, {
          tape,
          lookup: (name) => made.get(this.planner.canonical(name)) ?? null,
          gap: () => {
            const gap = tape.leaf(sampleAt(tape.size));
            gaps.push(gap.index);
            return gap;
          },
        });
        if (quantity === null) {
          tape.reset(mark);
          return null;
        }
        this.slopes.push(...gaps);
        const { chain, member } = plan.source;
        if (Array.isArray(quantity)) {
          scalars(quantity).forEach((element, index) => {
            if (element instanceof Value) {
              if (element.label === '') this.name(element, `${this.spellingOf(key)}_${index + 1}`);
              this.definedBy.set(element.index, { chain, member });
            }
          });
          return quantity;
        }
        const value = quantity instanceof Value ? quantity : tape.leaf(numberOfOperand(quantity as Operand));
        const node = this.named(key, value);
        this.definedBy.set(node.index, { chain, member });
        return node;
      }
      case 'sketch':
        return this.recordSketch(key, plan);
    }
  }

  private recordList(key: string, plan: Plan & { readonly kind: 'list' }): Quantity {
    const { planner, definitions, tape } = this;
    const values = elaborate(plan.source.term, { tape, lookup: () => null, gap: () => tape.leaf(0) });
    const zero = this.sheet.declarations.some((one) => one.kind === 'base' && one.first === 0);
    const first = zero ? 0 : 1;
    const leaves = (quantity: Quantity, path: readonly number[]): Quantity => {
      if (Array.isArray(quantity))
        return quantity.map((part, index) => leaves(part as Quantity, [...path, index + first]));
      const separate = path.some((index) => index > 9);
      const base = /^\p{L}+$/u.test(key) ? key : `${key}`;
      const name = `${base}_${separate && path.length > 1 ? `{${path.join(',')}}` : path.join('')}`;
      // Names under which the page speaks of the element.
      const used = [...this.mentions.names.keys()].find(
        (other) => other !== key && planner.canonical(other) === planner.canonical(name),
      );
      const node = this.leaf(used ?? name, numberOfOperand(quantity as Operand));
      this.definedBy.set(node.index, { chain: plan.source.chain, member: plan.source.member });
      return node;
    };
    void definitions;
    return leaves(values ?? [], []);
  }

  private recordSketch(key: string, plan: Plan & { readonly kind: 'sketch' }): Quantity | null {
    const { tape, made, definitions } = this;
    let sum: Value | null = null;
    const used = new Set<string>();
    const edges: Omit<SketchEdge, 'of'>[] = [];
    for (const pair of plan.edges) {
      const by = made.get(pair.by);
      if (!(by instanceof Value) || used.has(pair.by)) continue;
      const { stated, chain, member } = pair;
      // ∂y/∂w = x: y is x·w.
      const other = stated?.term.kind === 'name' ? this.planner.canonical(stated.term.key) : null;
      const factor = other === null || other === key || other === pair.by ? undefined : made.get(other);
      const slope = factor instanceof Value ? factor : tape.leaf(stated?.value ?? sampleAt(tape.size));
      if (!(factor instanceof Value) && (stated === null || stated.value === null))
        this.slopes.push(slope.index);
      if (factor instanceof Value && other !== null) used.add(other);
      const product: Value = slope.mul(by);
      edges.push({ chain, member, by: by.index, product: product.index, slope: slope.index, stated });
      sum = sum === null ? product : sum.add(product);
    }
    if (sum === null) return null;
    const number = definitions.numbers.get(key);
    if (number !== undefined) {
      const rest = tape.leaf(number.value - sum.data);
      this.slopes.push(rest.index);
      sum = sum.add(rest);
      this.pinned.add(sum.index);
      this.definedBy.set(sum.index, { chain: number.chain, member: number.member });
    } else if (sum.label !== '' || edges.length === 1) sum = sum.add(0);
    const node = this.named(key, sum);
    for (const edge of edges) this.edges.push({ ...edge, of: node.index });
    this.remarks.push({ code: 'sketched', data: { name: this.spellingOf(key) }, node: node.index });
    return node;
  }

  private leaf(key: string, value: number): Value {
    const node = this.tape.leaf(value);
    this.name(node, this.spellingOf(key));
    return node;
  }

  /** Names a node; a second name of the same node is only another way to find it. */
  private named(key: string, node: Value): Value {
    if (node.label === '') this.name(node, this.spellingOf(key));
    return node;
  }

  private name(node: Value, spelling: string): void {
    node.label = spelling;
    this.spellings.set(node.index, spelling);
  }

  private spellingOf(key: string): string {
    const spelling = this.mentions.names.get(key);
    if (spelling !== undefined) return spelling;
    for (const [other, text] of this.mentions.names)
      if (other !== key && letterIndices(other).length > 0 && this.planner.canonical(other) === key)
        return text;
    return key;
  }

  private nameAll(keys: readonly string[]): void {
    for (const [key, quantity] of this.made)
      if (quantity instanceof Value) this.names.set(key, quantity.index);
    for (const key of keys) {
      const node = this.nodeOf(key);
      if (node !== null) this.names.set(key, node);
    }
    const { sizes } = this.expansion.indices;
    for (const [name, size] of sizes)
      this.remarks.push({ code: 'sizes-chosen', data: { name, size: String(size) }, node: -1 });
  }

  /** What the notes differentiate: of the nodes they differentiate, the one furthest on, most often named. */
  private outputNode(): number {
    const { tape, mentions } = this;
    const counts = new Map<number, number>();
    const inner = new Set<number>();
    for (const { of, by } of mentions.pairs) {
      const [above, below] = [this.nodeOf(of), this.nodeOf(by)];
      if (above === null) continue;
      counts.set(above, (counts.get(above) ?? 0) + 1);
      if (below !== null) inner.add(below);
    }
    const behind = (node: number, others: ReadonlySet<number>): boolean => others.has(node);
    const outer = [...counts].filter(([node]) => !behind(node, inner));
    const best = (outer.length > 0 ? outer : [...counts]).reduce<readonly [number, number] | null>(
      (a, b) => (a === null || b[1] > a[1] ? b : a),
      null,
    );
    if (best !== null) return best[0];
    if (this.base !== null) return this.base.recording.output;
    // Nothing is differentiated: what is computed last and not used.
    const usedNodes = new Set<number>();
    for (let at = 0; at < tape.inputStart[tape.size]; at++) usedNodes.add(tape.inputs[at]);
    for (let node = tape.size - 1; node >= 0; node--)
      if (tape.operation[node] !== LEAF && !usedNodes.has(node)) return node;
    return tape.size - 1;
  }

  private offer(): Assembly['offer'] {
    const { network, mentions, sheet } = this;
    const sizes =
      network?.sizes ?? (this.base === null && this.edges.length > 0 ? recognisedSizes(mentions) : null);
    if (sizes === null) return null;
    const lacks: ('activation' | 'loss' | 'numbers')[] = [];
    if (
      network === null
        ? declaredActivation(sheet) === null && mentions.activations.length === 0
        : network.activation === null
    )
      lacks.push('activation');
    const losses = [...this.definitions.formulas.keys()].filter((key) =>
      /^(?:L|C|E|J|loss|cost|Loss|Cost)/u.test(key),
    );
    if (losses.length === 0) lacks.push('loss');
    if (network === null || !network.expanded || this.free.size > 0) lacks.push('numbers');
    return network !== null && lacks.length === 0 ? null : { sizes, lacks };
  }
}

function soleActivation(mentions: Mentions): OperationName | null {
  return mentions.activations.length === 1 ? mentions.activations[0] : null;
}

/** A number for a leaf that has none, so that the graph has values; the world draws its own. */
function sampleAt(index: number): number {
  return 0.2 + ((index * 0.618033988749895) % 1) * 0.7;
}

function numberOfOperand(operand: Operand): number {
  return typeof operand === 'number'
    ? operand
    : operand instanceof Value
      ? operand.data
      : (operand as Constant).value;
}

/** Records a recording again; every node keeps its index. */
function replay(recording: Recording, tape: Tape): void {
  for (let node = 0; node < recording.count; node++) {
    const operation = OPERATION_NAMES[recording.operation[node]];
    const operands: Operand[] = [];
    for (let at = recording.inputStart[node]; at < recording.inputStart[node + 1]; at++) {
      const entry = recording.inputs[at];
      operands.push(entry >= 0 ? tape.at(entry) : numberAt(recording, entry));
    }
    const record = () =>
      operation === 'leaf' ? tape.leaf(recording.value[node]) : tape.applyAll(operation, operands);
    const value = recording.skipped[node] === 1 ? tape.skip(record) : record();
    const name = recording.names.get(node);
    if (name !== undefined) value.label = name;
  }
  void OPERATIONS;
}
