import { LEAF, OPERATIONS } from '@backflow/engine';
import type { OperationName, Recording } from '@backflow/engine';
import type { Bound } from '../bound.ts';
import type { Run } from '../run.ts';
import type { NumberTerm } from '../term.ts';
import { createRun } from './run.ts';

/** How a bound formula is to be read. */
export interface Mode {
  /** ∂A/∂B is the local partial where A directly uses B; otherwise, and by default, the total derivative. */
  readonly local: boolean;
  /** Other numbers for the literals, e.g. a corner of the box of their half units. */
  readonly literal?: (literal: NumberTerm) => number;
}

const total: Mode = { local: false };

/**
 * The number of a bound formula in a run; NaN where it has none: an operation outside its domain, a node that was not
 * evaluated, an update without a rate. Calls itself as deep as the formula is nested, which the reader limits.
 */
export function evaluateBound(bound: Bound, run: Run, mode: Mode = total): number {
  switch (bound.kind) {
    case 'literal':
      return mode.literal === undefined ? bound.literal.value : mode.literal(bound.literal);
    case 'exact':
      return bound.value;
    case 'value':
      return movedRun(run, bound.at ?? null, mode).value[bound.node] ?? NaN;
    case 'derivative': {
      const at = movedRun(run, bound.at, mode);
      const number =
        bound.order >= 2
          ? secondDerivative(at, bound.of, bound.by)
          : mode.local && (bound.slots.length > 0 || bound.partial === true)
            ? (heldGradient(at, bound.of)[bound.by] ?? NaN)
            : (at.gradient(bound.of)[bound.by] ?? NaN);
      return bound.negative === true ? -number : number;
    }
    case 'apply': {
      const { of } = bound;
      const operation = OPERATIONS[bound.operation];
      if (operation.arity === 2 && of.length === 2)
        return operation.value(evaluateBound(of[0], run, mode), evaluateBound(of[1], run, mode));
      if (operation.arity === 1 && of.length === 1) return operation.value(evaluateBound(of[0], run, mode));
      const numbers = new Float64Array(of.length);
      for (let slot = 0; slot < numbers.length; slot++) {
        numbers[slot] = evaluateBound(of[slot], run, mode);
      }
      return valueOf(bound.operation, numbers);
    }
    case 'slope':
      return slopeOf(bound.operation, evaluateBound(bound.of, run, mode));
    case 'updated':
      if (bound.rate === null) return NaN;
      return (
        run.value[bound.leaf] -
        evaluateBound(bound.rate, run, mode) * run.gradient(run.recording.output)[bound.leaf]
      );
  }
}

/** An operation's value; NaN for a number of inputs that it cannot have. */
export function valueOf(name: OperationName, numbers: Float64Array): number {
  const operation = OPERATIONS[name];
  const { length } = numbers;
  if (operation.arity === 1) return length === 1 ? operation.value(numbers[0]) : NaN;
  if (operation.arity === 2) {
    const second = length === 1 ? operation.defaults?.[0] : numbers[1];
    return second === undefined ? NaN : operation.value(numbers[0], second);
  }
  return length === 0 ? NaN : operation.value(numbers);
}

function slopeOf(name: OperationName, x: number): number {
  const operation = OPERATIONS[name];
  if (operation.arity === 1) return operation.partials[0](x, operation.value(x));
  const second = operation.defaults?.[0];
  if (operation.arity !== 2 || second === undefined) return NaN;
  return operation.partials[0](x, second, operation.value(x, second));
}

const heldGradients = new WeakMap<Run, Map<number, Float64Array>>();

/**
 * The derivative of a node by what its own formula uses, everything named held fixed: a reverse sweep that does not go on
 * behind a node with a name.
 */
function heldGradient(run: Run, of: number): Float64Array {
  let known = heldGradients.get(run);
  if (known === undefined) heldGradients.set(run, (known = new Map<number, Float64Array>()));
  let gradient = known.get(of);
  if (gradient !== undefined) return gradient;
  const { recording, local } = run;
  const { inputStart, inputs, names } = recording;
  gradient = new Float64Array(recording.count);
  gradient[of] = 1;
  for (const node of ownNodes(recording, of)) {
    if (node !== of && names.has(node)) continue;
    for (let edge = inputStart[node]; edge < inputStart[node + 1]; edge++) {
      if (inputs[edge] >= 0 && local[edge] !== 0) gradient[inputs[edge]] += local[edge] * gradient[node];
    }
  }
  known.set(of, gradient);
  return gradient;
}

const ownNodesOf = new WeakMap<Recording, Map<number, readonly number[]>>();

/** The nodes that the formula of a node consists of, users first: itself, nameless nodes, and the named ones they use. */
export function ownNodes(recording: Recording, of: number): readonly number[] {
  let known = ownNodesOf.get(recording);
  if (known === undefined) ownNodesOf.set(recording, (known = new Map<number, readonly number[]>()));
  let nodes = known.get(of);
  if (nodes === undefined) {
    const { inputStart, inputs, names } = recording;
    const found = new Set([of]);
    const waiting = [of];
    while (waiting.length > 0) {
      const node = waiting.pop()!;
      if (node !== of && names.has(node)) continue;
      for (let edge = inputStart[node]; edge < inputStart[node + 1]; edge++) {
        const input = inputs[edge];
        if (input < 0 || found.has(input)) continue;
        found.add(input);
        waiting.push(input);
      }
    }
    nodes = [...found].toSorted((a, b) => b - a);
    known.set(of, nodes);
  }
  return nodes;
}

const movedRuns = new WeakMap<Run, Map<string, Run>>();

/** The same run with some nodes at other numbers; computed once for each set of numbers. */
function movedRun(run: Run, at: ReadonlyMap<number, Bound> | null, mode: Mode): Run {
  if (at === null || at.size === 0) return run;
  const numbers = new Map<number, number>();
  for (const [node, bound] of at) numbers.set(node, evaluateBound(bound, run, mode));
  const key = [...numbers].join(';');
  let known = movedRuns.get(run);
  if (known === undefined) movedRuns.set(run, (known = new Map<string, Run>()));
  let moved = known.get(key);
  if (moved === undefined) known.set(key, (moved = withNumbers(run, numbers)));
  return moved;
}

/** The run with some nodes held at other numbers; leaves that were moved before stay where they are. */
function withNumbers(run: Run, numbers: ReadonlyMap<number, number>): Run {
  const { recording, change } = run;
  const leaves = new Map<number, number>();
  for (let node = 0; node < recording.count; node++) {
    if (recording.operation[node] === LEAF) leaves.set(node, run.value[node]);
  }
  const values = new Map(change.values);
  for (const [node, number] of numbers) {
    if (recording.operation[node] === LEAF) {
      leaves.set(node, number);
      values.delete(node);
    } else values.set(node, number);
  }
  return createRun(recording, leaves, { ...change, values });
}

/**
 * ∂²of/∂by² as the difference quotient of exact gradients: central differences with four halved steps, extrapolated to
 * step 0 (Richardson), of which the stablest entry is taken. Exact up to rounding for polynomials.
 */
function secondDerivative(run: Run, of: number, by: number): number {
  const x = run.value[by];
  if (!Number.isFinite(x) || by > of) return by > of ? 0 : NaN;
  let best = NaN;
  let error = Infinity;
  let before: number[] = [];
  // Powers of two, so that x ± h is as exact as it can be.
  let h = 2 ** Math.floor(Math.log2(0.02 * Math.max(1, Math.abs(x))));
  for (let level = 0; level < 6; level++, h /= 2) {
    const slope = (at: number) => withNumbers(run, new Map([[by, at]])).gradient(of)[by];
    const row = [(slope(x + h) - slope(x - h)) / (2 * h)];
    for (let k = 1; k <= level; k++) {
      const finer = row[k - 1] + (row[k - 1] - before[k - 1]) / (4 ** k - 1);
      const change = Math.max(Math.abs(finer - row[k - 1]), Math.abs(finer - before[k - 1]));
      row.push(finer);
      if (change < error) {
        error = change;
        best = finer;
      }
    }
    before = row;
  }
  return best;
}
