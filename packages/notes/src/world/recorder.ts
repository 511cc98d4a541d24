import { backward, Value } from '@backflow/engine';
import type { Operand, Tape } from '@backflow/engine';
import type { Term } from '../term.ts';
import type { AssemblyRemark, ClaimAddress, SketchEdge } from './assembly.ts';
import type { Definitions } from './definitions.ts';
import { elaborate, elementOf, scalars } from './elaborate.ts';
import type { Quantity } from './elaborate.ts';
import { expand } from './expand.ts';
import type { Expansion } from './expand.ts';
import type { Mentions } from './mentions.ts';
import type { Plan, Planner } from './plans.ts';
import type { SketchPair } from './sketch.ts';

/** Larger graphs are not put together from notes. */
export const MAX_NODES = 20_000;

export interface RecorderSources {
  readonly tape: Tape;
  readonly planner: Planner;
  readonly mentions: Mentions;
  readonly definitions: Definitions;
  readonly expansion: Expansion;
  /** Nodes that are there before: those of a network. */
  readonly known: (key: string) => number | null;
}

/** Records names as nodes of a tape, by their plans, and keeps what is to be told of them. */
export class Recorder {
  readonly tape: Tape;
  /** What has been recorded, by canonical key. */
  readonly made = new Map<string, Quantity>();
  readonly spellings = new Map<number, string>();
  readonly free = new Map<string, number>();
  readonly slopes: number[] = [];
  readonly pinned = new Map<number, number>();
  readonly definedBy = new Map<number, ClaimAddress>();
  readonly fromAlignment = new Map<number, ClaimAddress>();
  readonly remarks: AssemblyRemark[] = [];
  readonly edges: SketchEdge[] = [];
  private readonly planner: Planner;
  private readonly mentions: Mentions;
  private readonly definitions: Definitions;
  private readonly expansion: Expansion;
  private readonly known: (key: string) => number | null;
  private written: Map<string, string> | null = null;

  constructor({ tape, planner, mentions, definitions, expansion, known }: RecorderSources) {
    this.tape = tape;
    this.planner = planner;
    this.mentions = mentions;
    this.definitions = definitions;
    this.expansion = expansion;
    this.known = known;
  }

  /** Records a name after everything it needs. The stack takes the place of recursion: chains of names may be long. */
  make(key: string): void {
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
        if (this.tape.size > MAX_NODES) return;
        const quantity = this.record(top, plan);
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
        this.unknown(key, node);
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
      case 'formula':
        return this.recordFormula(key, plan);
      case 'sketch':
        return this.recordSketch(key, plan);
    }
  }

  private recordFormula(key: string, plan: Plan & { readonly kind: 'formula' }): Quantity | null {
    const { tape, made, planner } = this;
    const mark = tape.mark();
    const { size } = tape;
    const gaps: number[] = [];
    const quantity = elaborate(plan.term, {
      tape,
      lookup: (name) => made.get(planner.canonical(name)) ?? null,
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
    // `y = x` names a node that has its own definition.
    const define = (node: Value) => {
      if (node.index >= size) this.definedBy.set(node.index, { chain, member });
    };
    if (Array.isArray(quantity)) {
      scalars(quantity).forEach((element, index) => {
        if (!(element instanceof Value)) return;
        if (element.label === '') this.name(element, `${this.spellingOf(key)}_${index + planner.first}`);
        define(element);
      });
      return quantity;
    }
    const node = this.named(
      key,
      quantity instanceof Value ? quantity : tape.leaf(numberOfOperand(quantity as Operand)),
    );
    define(node);
    return node;
  }

  private recordList(key: string, plan: Plan & { readonly kind: 'list' }): Quantity {
    const { tape, planner } = this;
    const { chain, member } = plan.source;
    const values = elaborate(plan.source.term, { tape, lookup: () => null, gap: () => tape.leaf(0) });
    const leaves = (quantity: Quantity, path: readonly number[]): Quantity => {
      if (Array.isArray(quantity))
        return quantity.map((part, index) => leaves(part as Quantity, [...path, index + planner.first]));
      const separate = path.length > 1 && path.some((index) => index > 9);
      const name = `${key}_${separate ? `{${path.join(',')}}` : path.join('')}`;
      const known = this.known(name);
      if (known !== null) return tape.at(known);
      const node = this.leaf(planner.canonical(name), numberOfOperand(quantity as Operand));
      this.definedBy.set(node.index, { chain, member });
      return node;
    };
    return leaves(values ?? [], []);
  }

  private recordSketch(key: string, plan: Plan & { readonly kind: 'sketch' }): Quantity | null {
    const { made, definitions, tape } = this;
    let sum: Value | null = null;
    const edges: Omit<SketchEdge, 'of'>[] = [];
    for (const pair of plan.edges) {
      const by = made.get(pair.by);
      if (!(by instanceof Value)) continue;
      const { stated, chain, member, integral } = pair;
      if (sum !== null && stated !== null && integral !== null && this.hasSlope(sum, by, stated.term)) {
        // ∂y/∂w = x and ∂y/∂x = w say the same: y is x·w.
        edges.push({ chain, member, by: by.index, product: sum.index, slope: -1, stated });
        continue;
      }
      const formula = integral === null ? null : this.valueOf(integral);
      const slope = formula === null ? this.slopeLeaf(pair) : null;
      const product: Value = formula ?? slope!.mul(by);
      edges.push({ chain, member, by: by.index, product: product.index, slope: slope?.index ?? -1, stated });
      sum = sum === null ? product : sum.add(product);
    }
    if (sum === null) return null;
    const number = definitions.numbers.get(key);
    if (number !== undefined) {
      const rest = tape.leaf(number.value - sum.data);
      this.slopes.push(rest.index);
      sum = sum.add(rest);
      this.pinned.set(sum.index, number.value);
      this.definedBy.set(sum.index, { chain: number.chain, member: number.member });
    }
    const node = this.named(key, sum);
    for (const edge of edges) this.edges.push({ ...edge, of: node.index });
    this.remarks.push({ code: 'sketched', data: { name: this.spellingOf(key) }, node: node.index });
    return node;
  }

  private slopeLeaf({ stated }: SketchPair): Value {
    const { tape } = this;
    const slope = tape.leaf(stated?.value ?? sampleAt(tape.size));
    if (stated === null || stated.value === null) this.slopes.push(slope.index);
    else this.definedBy.set(slope.index, { chain: stated.chain, member: stated.member });
    return slope;
  }

  /** Whether the slope of what has been put together is already what the page says. */
  private hasSlope(sum: Value, by: Value, stated: Term): boolean {
    const mark = this.tape.mark();
    const term = expand(stated, this.expansion.indices.representative, null, this.expansion);
    const due = term === null ? null : this.valueOf(term)?.data;
    this.tape.reset(mark);
    if (due === null || due === undefined) return false;
    const found = backward(this.tape.record(sum))[by.index];
    return Math.abs(found - due) <= 1e-9 * Math.abs(due);
  }

  private valueOf(term: Term): Value | null {
    const { tape, made, planner } = this;
    const value = elaborate(term, {
      tape,
      lookup: (name) => made.get(planner.canonical(name)) ?? null,
      gap: () => tape.leaf(0),
    });
    if (value instanceof Value) return value;
    return typeof value === 'number' ? tape.leaf(value) : null;
  }

  /** Notes a leaf without a number: under the name that the page has for it, if it has one. */
  private unknown(key: string, node: Value): void {
    const written = this.writtenAs(key);
    if (written === null) this.slopes.push(node.index);
    else this.free.set(written, node.index);
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
    return this.writtenAs(key) ?? key;
  }

  /** Under which name the page speaks of what is made under a key: w_{jk} for w_01, x1 for the first of x. Null for none. */
  private writtenAs(key: string): string | null {
    const spelling = this.mentions.names.get(key);
    if (spelling !== undefined) return spelling;
    if (this.written === null) {
      this.written = new Map();
      for (const [other, text] of this.mentions.names) {
        const canonical = this.planner.canonical(other);
        if (!this.written.has(canonical)) this.written.set(canonical, text);
      }
    }
    return this.written.get(key) ?? null;
  }
}

/** A number for a leaf that has none, so that the graph has values; the world draws its own. */
export function sampleAt(index: number): number {
  return 0.2 + ((index * 0.618033988749895) % 1) * 0.7;
}

function numberOfOperand(operand: Operand): number {
  return typeof operand === 'number' ? operand : operand instanceof Value ? operand.data : operand.value;
}
