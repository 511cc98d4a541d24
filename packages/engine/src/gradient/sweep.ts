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
  let last = -1;
  for (let i = 0; i < of.length; i++) {
    if (of[i] > last) last = of[i];
    gradient[of[i]] += seeds[i];
    if (observer !== null) observer.seed(of[i], seeds[i]);
  }
  const watched = observer !== null || settle !== null || absoluteZero;
  if (watched) {
    const { links } = from;
    const reached = reachedFrom(from, of);
    const edges = new EdgePass(from, gradient, observer, absoluteZero);
    for (let node = last; node >= 0; node--) {
      if (reached[node] === 0) continue;
      const final = settle === null ? gradient[node] : (gradient[node] = settle(node, gradient[node]));
      if (observer !== null) observer.visit(node, final);
      if (links[3 * node] !== LEAF) edges.pass(node, final);
    }
    return;
  }
  const unwatched = new Unwatched(from, of, gradient, last, base);
  for (let node = last; node >= base; node -= STRETCH)
    unwatched.pass(node, Math.max(base, node - STRETCH + 1));
}

/**
 * So many nodes are swept per call: what is called often is soon compiled as a whole. One long loop is compiled in its
 * middle, from what little has been seen by then, and may stay as that is, at 1.5 times the time.
 */
const STRETCH = 1024;

/** A sweep that nobody watches. */
class Unwatched {
  private readonly from: Linked;
  private readonly of: ArrayLike<number>;
  private readonly gradient: Float64Array;
  private readonly last: number;
  private readonly base: number;
  private reached: Uint8Array | null = null;
  private edges: EdgePass | null = null;
  /** Whether all leaves are, looked at when it matters. */
  private finite: boolean | null = null;

  constructor(from: Linked, of: ArrayLike<number>, gradient: Float64Array, last: number, base: number) {
    this.from = from;
    this.of = of;
    this.gradient = gradient;
    this.last = last;
    this.base = base;
  }

  /** Visits the nodes from `last` down to `end`. */
  pass(last: number, end: number): void {
    const { from, gradient, finite } = this;
    const { links, pool, value } = from;
    // As numbers, which are compiled into the loop: constants of a module are read and checked each time.
    const ADD = 1;
    const SUB = 2;
    const MUL = 3;
    for (let node = last; node >= end; node--) {
      const code = links[3 * node];
      const upstream = gradient[node];
      if (upstream === 0) {
        // What a leaf, + or − passes on is 0 as well.
        if (code <= SUB) continue;
        if (code === MUL && finite === true && value[node] - value[node] === 0) continue;
        if (this.passesZero(node, code, upstream)) continue;
      }
      const a = links[3 * node + 1];
      const b = links[3 * node + 2];
      if (code === MUL) {
        if (a >= 0) {
          const x = value[a];
          if (b >= 0) {
            gradient[a] += value[b] * upstream;
            gradient[b] += x * upstream;
          } else gradient[a] += pool[~b] * upstream;
        } else if (b >= 0) gradient[b] += pool[~a] * upstream;
      } else if (code === ADD) {
        if (a >= 0) gradient[a] += upstream;
        if (b >= 0) gradient[b] += upstream;
      } else if (code === SUB) {
        if (a >= 0) gradient[a] += upstream;
        if (b >= 0) gradient[b] -= upstream;
      } else if (code !== 0) this.passOther(node, code, upstream);
    }
  }

  /** What is neither a leaf nor a sum, a difference or a product of two. */
  private passOther(node: number, code: number, upstream: number): void {
    const { from, gradient } = this;
    if (code === RELU) {
      const a = from.links[3 * node + 1];
      if (a >= 0) gradient[a] += reluSlope(from.value[a], from.value[node]) * upstream;
    } else if (code >= RUNS) from.runs!.pass(from, node, gradient, upstream);
    else (this.edges ??= new EdgePass(from, gradient)).pass(node, upstream);
  }

  /** True if all that a node passes on is 0 when its gradient is `zero`, or if it passes nothing on. */
  private passesZero(node: number, code: number, zero: number): boolean {
    const { from } = this;
    const value = from.value[node];
    // Where sums and products are finite, so were all their parts when this was recorded, and leaves are still.
    if ((code === MUL || code === RELU || code >= RUNS) && value - value === 0) {
      if ((this.finite ??= leavesFinite(from, this.last, this.base))) return true;
    }
    if (passesZero(from, node, code, zero)) return true;
    this.reached ??= reachedFrom(from, this.of);
    return this.reached[node] === 0;
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
