import { isLive, LEAF, operationName } from '@backflow/engine';
import type { OperationName, Recording } from '@backflow/engine';
import { formatNumber, nameToText, nodeExpression, toText } from '@backflow/print';
import type { Bound } from '../bound.ts';
import type { Question } from '../question.ts';
import type { Where } from '../report.ts';
import type { Change, Run } from '../run.ts';
import type { World } from '../world.ts';
import { evaluateBound } from '../world/evaluate.ts';
import { same } from './agreement.ts';
import type { Point, Variant } from './variant.ts';

/** A use of one node by another on a path that the subject's derivative takes. */
export interface PathEdge {
  readonly edge: number;
  readonly node: number;
  readonly slot: number;
  readonly input: number;
  readonly operation: OperationName;
}

/** ∂of/∂by in the subject. */
export interface Derivative {
  readonly of: number;
  readonly by: number;
}

/** Longer formulas of nodes without a name are cut off in a sentence. */
const LONGEST_NAME = 40;
const MOST_RUNS = 2000;
/** Nodes evaluated by re-runs for one claim: bounds the time where the graph is large. */
const MOST_WORK = 2e5;

/** Nodes of the runs that are kept from one question of a page to the next. */
const MOST_KEPT = 2e5;
const kept = new WeakMap<World, Map<string, Run>>();

function keptRuns(world: World): Map<string, Run> {
  let runs = kept.get(world);
  if (runs === undefined) kept.set(world, (runs = new Map<string, Run>()));
  return runs;
}

/** A question with everything that the mutations ask about its subject, found once. */
export class Inquiry {
  readonly question: Question;
  readonly world: World;
  readonly recording: Recording;
  readonly run: Run;
  readonly subject: Bound;
  readonly point: Point;
  /** True where ∂A/∂B is meant as the local partial: the truth says which. */
  readonly local: boolean;
  /** By what the page's convention multiplies the subject. */
  readonly scale: number;
  /** All derivatives the subject is made of, and all nodes whose values it is made of. */
  readonly derivatives: readonly Derivative[];
  readonly values: readonly number[];
  /** Which leaves are called as weights are, as far as that was asked. */
  readonly weights = new Map<number, boolean>();
  /** Set when a limit was met before all was tried. */
  incomplete = false;
  /** False away from the document's point: runs there are not kept. */
  private readonly keeps: boolean;
  private readonly runs: number;
  private runsLeft: number;
  private edges: readonly PathEdge[] | null = null;
  private coneNodes: readonly number[] | null = null;
  private userEdges: { start: Int32Array; edge: Int32Array } | null = null;

  constructor(question: Question) {
    this.question = question;
    this.world = question.world;
    this.recording = question.world.recording;
    this.subject = question.subject;
    const { at = null } = question;
    this.run = at === null ? this.world.run() : this.world.run(at);
    this.keeps = at === null;
    this.point = { run: this.run, changed: (change) => this.world.run(within(at, change)) };
    this.runs = Math.min(MOST_RUNS, Math.max(20, Math.floor(MOST_WORK / (this.recording.count + 1))));
    this.runsLeft = this.runs;
    this.scale = question.scale ?? 1;
    const [total, partial] = [false, true].map(
      (local) => this.scale * evaluateBound(this.subject, this.run, { local }),
    );
    this.local = !same(total, question.truth) && same(partial, question.truth);
    const derivatives: Derivative[] = [];
    const values: number[] = [];
    collect(this.subject, this.recording.output, derivatives, values);
    this.derivatives = derivatives;
    this.values = values;
  }

  /** The subject, where it is one derivative, an update by one included; null otherwise. */
  get derivative(): Derivative | null {
    return this.derivatives.length === 1 && this.values.length === 0 ? this.derivatives[0] : null;
  }

  /** The node, where the subject is its value. */
  get valueNode(): number | null {
    return this.subject.kind === 'value' ? this.subject.node : null;
  }

  /** True for ∂loss/∂something. */
  get ofLoss(): boolean {
    const { derivative } = this;
    return derivative !== null && derivative.of === this.world.output && this.subject.kind === 'derivative';
  }

  /** Edges on paths of the subject's derivatives, in the order of the graph. */
  get pathEdges(): readonly PathEdge[] {
    this.edges ??= this.findEdges();
    return this.edges;
  }

  /** Nodes that the subject's values depend on, themselves included, in the order of the graph. */
  get cone(): readonly number[] {
    this.coneNodes ??= this.findCone();
    return this.coneNodes;
  }

  /** What the subject is with a mistake, at the document's point; NaN where it cannot be said or is not searched. */
  gives(variant: Variant): number {
    const { slip } = variant;
    if (slip !== undefined) {
      const quick = this.slipped(slip.edge, slip.local);
      if (quick !== null) return this.scale * quick;
    }
    return this.at(variant, this.point);
  }

  /** What the subject is with a mistake at a point; costs a run unless the variant is a value. */
  at(variant: Variant, point: Point): number {
    if (variant.value !== undefined) return (variant.stated === true ? 1 : this.scale) * variant.value(point);
    const kept =
      this.keeps && point === this.point && variant.key !== undefined ? keptRuns(this.world) : null;
    const known = kept?.get(variant.key!);
    if (known !== undefined) return this.numberIn(known);
    const change = changeOf(variant, point.run);
    if (change === null) return NaN;
    if (this.runsLeft <= 0) {
      this.incomplete = true;
      return NaN;
    }
    this.runsLeft--;
    const run = point.changed(change);
    if (kept !== null && kept.size * this.recording.count < MOST_KEPT) kept.set(variant.key!, run);
    return this.numberIn(run);
  }

  /** What the subject is in a run, by the page's convention. */
  numberIn(run: Run): number {
    return this.scale * evaluateBound(this.subject, run, { local: this.local });
  }

  /** True while more than this share of all re-runs is left, so that one family does not use up those of the next. */
  spares(share: number): boolean {
    if (this.runsLeft > share * this.runs) return true;
    this.incomplete = true;
    return false;
  }

  private slipped(edge: number, local: (run: Run) => number): number | null {
    const { subject, run } = this;
    let scale: number;
    if (subject.kind === 'derivative') {
      if (subject.order !== 1 || subject.at !== null || this.local) return null;
      scale = subject.negative === true ? -1 : 1;
    } else if (subject.kind === 'updated' && subject.rate !== null) {
      scale = -evaluateBound(subject.rate, run, { local: false });
    } else return null;
    const { of, by } = this.derivatives[0];
    const truth =
      subject.kind === 'updated'
        ? run.value[by] + scale * run.gradient(of)[by]
        : scale * run.gradient(of)[by];
    const node = this.nodeOfEdge(edge);
    const moved = run.tangent(by)[this.recording.inputs[edge]];
    const change = run.gradient(of)[node] * (local(run) - run.local[edge]) * moved;
    return truth + scale * change;
  }

  /** The node that uses its input by this edge. */
  nodeOfEdge(edge: number): number {
    const { inputStart, count } = this.recording;
    let low = 0;
    let high = count - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (inputStart[middle] <= edge) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  private findEdges(): PathEdge[] {
    const { recording } = this;
    const { count, inputStart, inputs } = recording;
    const wanted = new Uint8Array(inputs.length);
    const seen = new Set<string>();
    for (const { of, by } of this.derivatives) {
      if (seen.has(`${of}/${by}`) || by > of) continue;
      seen.add(`${of}/${by}`);
      const below = new Uint8Array(count);
      below[by] = 1;
      for (let node = by + 1; node <= of; node++) {
        for (let edge = inputStart[node]; edge < inputStart[node + 1]; edge++) {
          if (
            inputs[edge] >= 0 &&
            below[inputs[edge]] === 1 &&
            isLive(recording, node, edge - inputStart[node])
          )
            below[node] = 1;
        }
      }
      const reached = new Uint8Array(of + 1);
      reached[of] = 1;
      for (let node = of; node > by; node--) {
        if (reached[node] === 0) continue;
        for (let edge = inputStart[node]; edge < inputStart[node + 1]; edge++) {
          const input = inputs[edge];
          if (input < 0 || below[input] === 0 || !isLive(recording, node, edge - inputStart[node])) continue;
          reached[input] = 1;
          wanted[edge] = 1;
        }
      }
    }
    const found: PathEdge[] = [];
    for (let node = 0; node < count; node++) {
      for (let edge = inputStart[node]; edge < inputStart[node + 1]; edge++) {
        if (wanted[edge] === 0) continue;
        const operation = operationName(recording.operation[node]);
        if (operation === 'leaf') continue;
        found.push({ edge, node, slot: edge - inputStart[node], input: inputs[edge], operation });
      }
    }
    return found;
  }

  private findCone(): number[] {
    const { count, inputStart, inputs } = this.recording;
    const needed = new Uint8Array(count);
    for (const node of this.values) needed[node] = 1;
    const found: number[] = [];
    for (let node = count - 1; node >= 0; node--) {
      if (needed[node] === 0) continue;
      found.push(node);
      for (let edge = inputStart[node]; edge < inputStart[node + 1]; edge++)
        if (inputs[edge] >= 0) needed[inputs[edge]] = 1;
    }
    return found.toReversed();
  }

  /** Edges by which other nodes use this one. */
  usesOf(node: number): readonly number[] {
    if (this.userEdges === null) {
      const { count, inputs } = this.recording;
      const start = new Int32Array(count + 1);
      for (const input of inputs) if (input >= 0) start[input + 1]++;
      for (let at = 0; at < count; at++) start[at + 1] += start[at];
      const edge = new Int32Array(start[count]);
      const next = start.slice();
      for (let at = 0; at < inputs.length; at++) if (inputs[at] >= 0) edge[next[inputs[at]]++] = at;
      this.userEdges = { start, edge };
    }
    const { start, edge } = this.userEdges;
    return [...edge.subarray(start[node], start[node + 1])];
  }

  operationOf(node: number): OperationName | 'leaf' {
    return operationName(this.recording.operation[node]);
  }

  isLeaf(node: number): boolean {
    return this.recording.operation[node] === LEAF;
  }

  /** Entry of `inputs`: a node, or ~constant. */
  entry(node: number, slot: number): number {
    return this.recording.inputs[this.recording.inputStart[node] + slot];
  }

  arity(node: number): number {
    return this.recording.inputStart[node + 1] - this.recording.inputStart[node];
  }

  /** What a node is called; one without a name by its formula. */
  name(node: number): string {
    const name = this.world.nameOf(node);
    if (this.recording.names.has(node) || !name.startsWith('#')) return nameToText(name);
    const text = toText(nodeExpression(this.recording, node, 2));
    return text.length <= LONGEST_NAME ? text : `${text.slice(0, LONGEST_NAME - 1)}…`;
  }

  where(...edges: readonly number[]): Where[] {
    return edges.map((edge) => {
      const node = this.nodeOfEdge(edge);
      return { node, slot: edge - this.recording.inputStart[node] };
    });
  }
}

/** A change at a point that is not the document's. */
export function within(at: Change | null, change: Change): Change {
  if (at === null) return change;
  return { ...at, ...change, values: new Map([...(at.values ?? []), ...(change.values ?? [])]) };
}

/** A variant as a change of a run at these values; null where it is none. */
export function changeOf(variant: Variant, run: Run): Change | null {
  const { slip, change } = variant;
  if (change !== undefined) return change(run);
  if (slip === undefined) return null;
  return { slips: new Map([[slip.edge, (slipped) => slip.local(slipped)]]) };
}

/** A number in a sentence, to at least four digits. */
export function shown(x: number, digits = 4): string {
  return formatNumber(x, { digits: Math.min(10, Math.max(4, digits)) });
}

function collect(bound: Bound, output: number, derivatives: Derivative[], values: number[]): void {
  switch (bound.kind) {
    case 'derivative':
      derivatives.push({ of: bound.of, by: bound.by });
      return;
    case 'updated':
      if (output >= 0) derivatives.push({ of: output, by: bound.leaf });
      return;
    case 'value':
      values.push(bound.node);
      return;
    case 'apply':
      for (const part of bound.of) collect(part, output, derivatives, values);
      return;
    case 'slope':
      collect(bound.of, output, derivatives, values);
      return;
    default:
  }
}
