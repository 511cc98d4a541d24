import type { Columns } from './columns.ts';
import { InputReader } from './columns.ts';
import { CODES, LEAF } from './operation-names.ts';
import { OPERATIONS_BY_CODE } from './operations.ts';
import { relu, sigmoid, tanh } from './operations/activations.ts';
import { pow } from './operations/arithmetic.ts';
import { takenBranch } from './operations/choices.ts';

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

const { add: ADD, sub: SUB, mul: MUL, div: DIV, neg: NEG, pow: POW, exp: EXP, where: WHERE } = CODES;
const { relu: RELU, tanh: TANH, sigmoid: SIGMOID, sum: SUM, signedSum: SIGNED_SUM, dot: DOT } = CODES;

const [powBase, powExponent] = pow.partials;
const [reluSlope] = relu.partials;
const [tanhSlope] = tanh.partials;
const [sigmoidSlope] = sigmoid.partials;

/**
 * The reverse sweep: adds to `gradient` the derivative of node `of`, times `seed`, with respect to every node.
 *
 * Recording order is topological, so one pass downwards from `of` is enough: when a node is met, all its users
 * have been, and its gradient is final. Only nodes that `of` depends on through live edges are visited; the
 * edges of `where` to its condition and to the input not taken are not live. Zero gradients are not skipped:
 * 0 · ∞ is NaN, as IEEE says.
 *
 * `gradient` must hold 0 for every node that is not a leaf. An observer costs a null check per edge.
 */
export function sweep(
  columns: Columns,
  of: number,
  seed: number,
  gradient: Float64Array,
  observer: SweepObserver | null,
): void {
  const { operation, inputStart, inputs, constants, value } = columns;
  const reached = new Uint8Array(of + 1);
  const reader = new InputReader();
  let locals = new Float64Array(4);

  reached[of] = 1;
  gradient[of] += seed;
  if (observer !== null) observer.seed(of, seed);

  for (let node = of; node >= 0; node--) {
    if (reached[node] === 0) continue;
    const upstream = gradient[node];
    if (observer !== null) observer.visit(node, upstream);
    const code = operation[node];
    if (code === LEAF) continue;

    const start = inputStart[node];
    // The edges that pass something on, and the local derivatives of the first two.
    let first = 0;
    let edges = 1;
    let local0 = 0;
    let local1 = 0;
    const a = inputs[start];
    const x = a >= 0 ? value[a] : constants[~a];

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
      case MUL: {
        const b = inputs[start + 1];
        edges = 2;
        local0 = b >= 0 ? value[b] : constants[~b];
        local1 = x;
        break;
      }
      case DIV: {
        const b = inputs[start + 1];
        const divisor = b >= 0 ? value[b] : constants[~b];
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
        const b = inputs[start + 1];
        const exponent = b >= 0 ? value[b] : constants[~b];
        local0 = powBase(x, exponent, value[node]);
        if (b >= 0) {
          edges = 2;
          local1 = powExponent(x, exponent, value[node]);
        }
        break;
      }
      case WHERE:
        first = takenBranch(x);
        edges = first === -1 ? 0 : 1;
        local0 = 1;
        break;
      case SUM:
        edges = inputStart[node + 1] - start;
        if (locals.length < edges) locals = new Float64Array(2 * edges);
        locals.fill(1, 0, edges);
        break;
      case SIGNED_SUM:
      case DOT:
        edges = inputStart[node + 1] - start;
        if (locals.length < edges) locals = new Float64Array(2 * edges);
        for (let slot = 0; slot < edges; slot++) {
          const partner = inputs[start + (slot ^ 1)];
          locals[slot] = partner >= 0 ? value[partner] : constants[~partner];
        }
        break;
      default: {
        const entry = OPERATIONS_BY_CODE[code]!;
        if (entry.arity === 1) {
          local0 = entry.partials[0](x, value[node]);
        } else if (entry.arity === 2) {
          const b = inputs[start + 1];
          const other = b >= 0 ? value[b] : constants[~b];
          edges = 2;
          local0 = entry.partials[0](x, other, value[node]);
          local1 = entry.partials[1](x, other, value[node]);
        } else {
          edges = inputStart[node + 1] - start;
          if (locals.length < edges) locals = new Float64Array(2 * edges);
          entry.partials(reader.read(columns, node), value[node], locals);
        }
      }
    }

    const many = manyInputs[code] === 1;
    for (let edge = 0; edge < edges; edge++) {
      const input = inputs[start + first + edge];
      if (input < 0) continue;
      const local = many ? locals[edge] : edge === 0 ? local0 : local1;
      const contribution = local * upstream;
      const total = (gradient[input] += contribution);
      reached[input] = 1;
      if (observer !== null) observer.contribute(node, first + edge, local, contribution, total);
    }
  }
}

/** 1 for the codes whose local derivatives stand in an array: any number of inputs, and `clamp`. */
const manyInputs = Uint8Array.from(OPERATIONS_BY_CODE, (entry, code) =>
  entry !== null && entry.arity !== 1 && entry.arity !== 2 && code !== WHERE ? 1 : 0,
);
