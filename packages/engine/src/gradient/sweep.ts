import { InputReader } from '../recording/columns.ts';
import { EntryReader, reachedFrom } from '../tape/links.ts';
import type { Linked } from '../tape/links.ts';
import { CODES, LEAF } from '../operations/names.ts';
import { OPERATIONS_BY_CODE } from '../operations/table.ts';
import { relu, sigmoid, tanh } from '../operations/activations.ts';
import { pow } from '../operations/arithmetic.ts';
import { takenBranch } from '../operations/choices.ts';
import { RUNS } from '../tape/store.ts';

/** What a reverse sweep does, told while it does it. */
export interface SweepObserver {
  /** The sweep starts: ∂output/∂output. */
  seed(node: number, gradient: number): void;
  /** A node's gradient is final; what it passes on comes next. Every reached node is visited exactly once. */
  visit(node: number, gradient: number): void;
  /**
   * `node` passed `contribution` = `local` · (its gradient) to its input in `slot`, whose gradient so far is
   * now `total`. Constants get nothing.
   */
  contribute(node: number, slot: number, local: number, contribution: number, total: number): void;
}

/** Sees a node's gradient when it is final, and says what it is from then on. */
export type Settle = (node: number, gradient: number) => number;

const { add: ADD, sub: SUB, mul: MUL, div: DIV, neg: NEG, pow: POW, exp: EXP, where: WHERE } = CODES;
const { relu: RELU, tanh: TANH, sigmoid: SIGMOID } = CODES;

const [powBase, powExponent] = pow.partials;
const [reluSlope] = relu.partials;
const [tanhSlope] = tanh.partials;
const [sigmoidSlope] = sigmoid.partials;

/**
 * The reverse sweep: adds to `gradient` the derivative of Σ `seeds[i]` · (node `of[i]`) with respect to every node.
 *
 * Recording order is topological, so one pass downwards from the last output is enough: when a node is met, all its
 * users have been, and its gradient is final. Only nodes that the outputs depend on through live edges pass anything
 * on; the edges of `where` to its condition and to the input not taken are not live. Zero gradients are not skipped:
 * 0 · ∞ is NaN, as IEEE says.
 *
 * `gradient` must hold 0 for every node that is not a leaf; nodes below `base` must be leaves. With an observer or
 * `settle` the nodes that are reached are found first. Without, a node whose gradient is 0 is looked at more closely
 * only if one of its local derivatives is not finite (what else it could pass on is 0), and common operations go
 * straight to their inputs: the same additions in the same order.
 *
 * With `absoluteZero` a factor 0 gives 0 whatever the other is, so that 0 · ∞ is 0; but for what `checkpoint` forgot.
 */
export function sweep(
  from: Linked,
  of: ArrayLike<number>,
  seeds: ArrayLike<number>,
  gradient: Float64Array,
  observer: SweepObserver | null = null,
  settle: Settle | null = null,
  base = 0,
  absoluteZero = false,
): void {
  const { links, pool, value, runs } = from;
  const watched = observer !== null || settle !== null || absoluteZero;
  let reached = watched ? reachedFrom(from, of) : null;
  let edges: EdgePass | null = null;

  // Looked at when it matters.
  let finite: boolean | null = null;

  let last = -1;
  for (let i = 0; i < of.length; i++) {
    if (of[i] > last) last = of[i];
    gradient[of[i]] += seeds[i];
    if (observer !== null) observer.seed(of[i], seeds[i]);
  }

  for (let node = last, end = watched ? 0 : base; node >= end; node--) {
    const code = links[3 * node];
    const upstream = gradient[node];
    if (watched) {
      if (reached![node] === 0) continue;
      const final = settle === null ? upstream : (gradient[node] = settle(node, upstream));
      if (observer !== null) observer.visit(node, final);
      if (code !== LEAF) (edges ??= new EdgePass(from, gradient, observer, absoluteZero)).pass(node, final);
      continue;
    }
    if (upstream === 0) {
      // A leaf, + or −: codes 0, 1 and 2.
      if (code <= SUB) continue;
      // Where sums and products are finite, so were all their parts when this was recorded, and leaves are still.
      if ((code === MUL || code === RELU || code >= RUNS) && value[node] - value[node] === 0) {
        if ((finite ??= leavesFinite(from, last, base))) continue;
      }
      if (passesZero(from, node, code, upstream)) continue;
      reached ??= reachedFrom(from, of);
      if (reached[node] === 0) continue;
    }
    const a = links[3 * node + 1];
    const b = links[3 * node + 2];
    switch (code) {
      case LEAF:
        break;
      case ADD:
        if (a >= 0) gradient[a] += upstream;
        if (b >= 0) gradient[b] += upstream;
        break;
      case SUB:
        if (a >= 0) gradient[a] += upstream;
        if (b >= 0) gradient[b] -= upstream;
        break;
      case MUL:
        if (a >= 0) {
          const x = value[a];
          if (b >= 0) {
            gradient[a] += value[b] * upstream;
            gradient[b] += x * upstream;
          } else gradient[a] += pool[~b] * upstream;
        } else if (b >= 0) gradient[b] += pool[~a] * upstream;
        break;
      case RELU:
        if (a >= 0) gradient[a] += reluSlope(value[a], value[node]) * upstream;
        break;
      default:
        if (code >= RUNS) runs!.pass(from, node, gradient, upstream);
        else (edges ??= new EdgePass(from, gradient, null)).pass(node, upstream);
    }
  }
}

/** Passes gradients on along the edges of any node, and tells an observer. */
class EdgePass {
  private readonly from: Linked;
  private readonly gradient: Float64Array;
  private readonly observer: SweepObserver | null;
  private readonly absoluteZero: boolean;
  private readonly reader = new EntryReader();
  private readonly numbers = new InputReader();
  private locals = new Float64Array(4);

  constructor(
    from: Linked,
    gradient: Float64Array,
    observer: SweepObserver | null = null,
    absoluteZero = false,
  ) {
    this.from = from;
    this.gradient = gradient;
    this.observer = observer;
    this.absoluteZero = absoluteZero;
  }

  /** `upstream` is the node's gradient. */
  pass(node: number, upstream: number): void {
    const { from, gradient, observer, reader } = this;
    const { links, pool, value } = from;
    const code = links[3 * node];
    const a = links[3 * node + 1];
    const b = links[3 * node + 2];

    // The edges that pass something on, and the local derivatives of the first two.
    let first = 0;
    let edges = 1;
    let local0 = 0;
    let local1 = 0;
    let listed = false;
    const x = a >= 0 ? value[a] : pool[~a];

    switch (code) {
      case ADD:
        edges = 2;
        local0 = 1;
        local1 = 1;
        break;
      case SUB:
        edges = 2;
        local0 = 1;
        local1 = -1;
        break;
      case MUL:
        edges = 2;
        local0 = b >= 0 ? value[b] : pool[~b];
        local1 = x;
        break;
      case DIV: {
        const divisor = b >= 0 ? value[b] : pool[~b];
        edges = 2;
        local0 = 1 / divisor;
        local1 = -(value[node] / divisor);
        break;
      }
      case NEG:
        local0 = -1;
        break;
      case EXP:
        local0 = value[node];
        break;
      case RELU:
        local0 = reluSlope(x, value[node]);
        break;
      case TANH:
        local0 = tanhSlope(x, value[node]);
        break;
      case SIGMOID:
        local0 = sigmoidSlope(x, value[node]);
        break;
      case POW: {
        const exponent = b >= 0 ? value[b] : pool[~b];
        local0 = powBase(x, exponent, value[node]);
        if (b >= 0) {
          edges = 2;
          local1 = powExponent(x, exponent, value[node]);
        }
        break;
      }
      default: {
        const entry = OPERATIONS_BY_CODE[code & (RUNS - 1)]!;
        if (entry.arity === 1) {
          local0 = entry.partials[0](x, value[node]);
        } else if (entry.arity === 2) {
          const other = b >= 0 ? value[b] : pool[~b];
          edges = 2;
          local0 = entry.partials[0](x, other, value[node]);
          local1 = entry.partials[1](x, other, value[node]);
        } else {
          if (entry.sweep !== undefined) return entry.sweep(from, node, gradient);
          listed = true;
          edges = reader.read(from, node);
          const { entries } = reader;
          if (this.locals.length < edges) this.locals = new Float64Array(2 * edges);
          const { locals } = this;
          if (code === WHERE) {
            first = takenBranch(entries[0] >= 0 ? value[entries[0]] : pool[~entries[0]]);
            edges = first === -1 ? 0 : 1;
            locals[0] = 1;
          } else {
            const inputs = this.numbers.ofLength(edges);
            for (let slot = 0; slot < edges; slot++) {
              const each = entries[slot];
              inputs[slot] = each >= 0 ? value[each] : pool[~each];
            }
            entry.partials(inputs, value[node], locals);
          }
        }
      }
    }

    for (let edge = 0; edge < edges; edge++) {
      const input = listed ? reader.entries[first + edge] : edge === 0 ? a : b;
      if (input < 0) continue;
      const local = listed ? this.locals[edge] : edge === 0 ? local0 : local1;
      const contribution = this.absoluteZero && (local === 0 || upstream === 0) ? 0 : local * upstream;
      const total = (gradient[input] += contribution);
      if (observer !== null) observer.contribute(node, first + edge, local, contribution, total);
    }
  }
}

/** True if all that a node passes on is 0 when its gradient is `zero`. False means: perhaps not. */
function passesZero(from: Linked, node: number, code: number, zero: number): boolean {
  const { links, pool, value } = from;
  const a = links[3 * node + 1];
  const b = links[3 * node + 2];
  switch (code) {
    case NEG:
    case WHERE:
      return true;
    case MUL:
      return (a >= 0 ? value[a] : pool[~a]) * zero + (b >= 0 ? value[b] : pool[~b]) * zero === 0;
    case RELU:
    case TANH:
    case SIGMOID:
      return a < 0 || !Number.isNaN(value[a]);
    case EXP:
      return Number.isFinite(value[node]);
    case DIV: {
      const divisor = b >= 0 ? value[b] : pool[~b];
      // 1/b is ∞ for the smallest b, where 0/b is still 0.
      return (1 / divisor) * zero + (value[node] / divisor) * zero === 0;
    }
    default:
      return false;
  }
}

/** False if a leaf below `base`, or a number that may have been written unseen, is not finite. */
function leavesFinite({ value, pool, loose }: Linked, last: number, base: number): boolean {
  let zeros = 0;
  for (let node = 0, end = loose ? last + 1 : base; node < end; node++) zeros += value[node] - value[node];
  if (loose) for (let i = 0; i < pool.length; i++) zeros += pool[i] - pool[i];
  return zeros === 0;
}
