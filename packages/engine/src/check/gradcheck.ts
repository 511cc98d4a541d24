import { blamed } from './blame.ts';
import type { Blame } from './blame.ts';
import { InputReader, nodeValue, operationOf } from '../recording/columns.ts';
import { ridders } from './difference.ts';
import type { Difference } from './difference.ts';
import { kinksOf, nameAt } from './findings.ts';
import { absoluteBackward, forward } from '../gradient/forward.ts';
import { backward, checkNode, takenSlot } from '../gradient/backward.ts';
import { ForeignValueError, NodeError, OperandError } from '../errors.ts';
import { withTape } from '../tape/functions.ts';
import { CODES, LEAF } from '../operations/names.ts';
import type { Kink } from '../operations/operation.ts';
import { operationName } from '../operations/table.ts';
import type { Recording } from '../recording/recording.ts';
import { Tape } from '../tape/tape.ts';
import { Value } from '../tape/value.ts';

/**
 * - `agrees`: reverse mode, forward mode and differences say the same.
 * - `disagrees`: they do not, and rounding does not explain it.
 * - `kink`: the leaf stands on a kink, jump or pole, or too close to one for a difference; forward mode agrees.
 * - `notFinite`: the output or a derivative is NaN or infinite; differences mean nothing there.
 * - `inconclusive`: differences are too inexact here to say anything; forward mode agrees.
 */
export type Verdict = 'agrees' | 'disagrees' | 'kink' | 'notFinite' | 'inconclusive';

/** What three independent ways say about ∂output/∂leaf. */
export interface LeafCheck {
  readonly leaf: number;
  readonly name: string | undefined;
  /** Reverse mode. */
  readonly analytic: number;
  readonly forward: number;
  /** Extrapolated central differences; NaN where no step is usable. */
  readonly difference: number;
  readonly differenceError: number;
  readonly verdict: Verdict;
  /** Kinks that the leaf's descendants stand on or close to. */
  readonly kinks: readonly { readonly node: number; readonly kink: Kink | null }[];
  /** For a leaf that disagrees, the operations whose own partial derivatives are wrong, the weightiest first. */
  readonly blame: readonly Blame[];
}

/** What `gradcheck` found; as text with `toString()`. */
export class GradientReport {
  /** The node that was differentiated. */
  readonly of: number;
  /** What was found, leaf by leaf. */
  readonly leaves: readonly LeafCheck[];
  /** No leaf disagrees. */
  readonly ok: boolean;
  private readonly recording: Recording;

  /** @internal */
  constructor(recording: Recording, of: number, leaves: readonly LeafCheck[]) {
    this.recording = recording;
    this.of = of;
    this.leaves = leaves;
    this.ok = leaves.every(({ verdict }) => verdict !== 'disagrees');
  }

  /** A line per leaf, and one for each operation that is to blame or that stands on a kink. */
  toString(): string {
    const { recording, leaves } = this;
    const wrong = leaves.filter(({ verdict }) => verdict === 'disagrees').length;
    const lines = [
      `gradcheck of ${nameAt(recording, this.of)}: ${leaves.length} ${leaves.length === 1 ? 'leaf' : 'leaves'}, ` +
        `${wrong === 0 ? 'none' : wrong} ${wrong < 2 ? 'disagrees' : 'disagree'}`,
    ];
    for (const { leaf, verdict, analytic, forward, difference, differenceError, kinks, blame } of leaves) {
      const differences = Number.isNaN(difference)
        ? 'no difference'
        : `differences ${difference} ± ${differenceError.toExponential(1)}`;
      lines.push(
        `  ${nameAt(recording, leaf)}: ${verdict}; reverse ${analytic}, forward ${forward}, ${differences}`,
      );
      for (const { node, kink } of kinks) {
        const where =
          kink === null
            ? 'is close to a kink'
            : `stands on a kink in input ${kink.slot}, slope ${kink.chosen} is taken`;
        lines.push(`    ${nameAt(recording, node)} (${operationName(recording.operation[node])}) ${where}`);
      }
      for (const { node, operation, slot, inputs, found, expected, error } of blame) {
        lines.push(
          `    to blame: ${nameAt(recording, node)} = ${operation}(${inputs.join(', ')}), input ${slot}: found ${found}, expected ${expected} ± ${error.toExponential(1)}`,
        );
      }
      if (verdict === 'disagrees' && blame.length === 0) {
        lines.push('    to blame: no single operation; each agrees with differences of its own value');
      }
    }
    return lines.join('\n');
  }

  /** What Node prints, in place of every column of the recording. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.toString();
  }
}

/** Forward and reverse mode add the same products in another order: they differ by rounding of this relative size. */
const MODE_TOLERANCE = 1e-12;
/** Below this, products underflow, and a relative tolerance means nothing. */
const UNDERFLOW = 1e-290;
/** A difference less exact than this, relative to what it measures, decides nothing. */
const USEFUL = 1e-3;

/**
 * Checks a gradient against forward mode and against extrapolated differences, leaf by leaf. Differences are judged by
 * their own error estimate, never by a fixed tolerance, and steps across a kink are not used. For a leaf that disagrees
 * the report names the operation to blame: the one whose partial derivative is not the slope of its own value.
 *
 *     gradcheck((x, y) => x.mul(y).tanh(), [0.5, -1]).ok
 *     gradcheck(loss, { inputs: [w, b] }).toString()
 *     gradcheck(recording, { of: node, leaves: [leaf] })
 *
 * Takes a function of Values and the numbers to call it with, a Value, or a recording. Checked are all leaves: of the
 * function its arguments; of a Value those it depends on; else the ones that are named. `of` is the node that is
 * differentiated, by default the recording's output.
 *
 * Throws NodeError for a node that is no leaf or not there, OperandError for anything but these three, ForeignValueError for
 * Values of another tape.
 */
export function gradcheck(
  output: Recording,
  options?: { readonly of?: number; readonly leaves?: Iterable<number> },
): GradientReport;
export function gradcheck(output: Value, options?: { readonly inputs?: readonly Value[] }): GradientReport;
export function gradcheck(fn: (...inputs: Value[]) => Value, at: readonly number[]): GradientReport;
export function gradcheck(
  subject: Recording | Value | ((...inputs: Value[]) => Value),
  options: unknown = {},
): GradientReport {
  if (typeof subject === 'function') {
    if (!Array.isArray(options))
      throw new OperandError('gradcheck', options, 'an array of numbers to call with');
    const tape = new Tape();
    const inputs = (options as readonly number[]).map((number) => tape.leaf(number));
    const output = withTape(tape, () => subject(...inputs));
    if (!(output instanceof Value))
      throw new OperandError('gradcheck', output, 'a function that returns a Value');
    if (output.tape !== tape) throw new ForeignValueError('gradcheck');
    return check(
      tape.record(output),
      output.index,
      inputs.map(({ index }) => index),
    );
  }
  if (subject instanceof Value) {
    const { inputs } = options as { readonly inputs?: readonly Value[] };
    const { tape } = subject;
    const recording = tape.record(subject);
    for (const input of inputs ?? []) {
      if (!(input instanceof Value)) throw new OperandError('gradcheck', input, 'a Value');
      if (input.tape !== tape) throw new ForeignValueError('gradcheck');
      input.check('gradcheck');
    }
    const needed = influencing(recording, subject.index);
    return check(
      recording,
      subject.index,
      inputs?.map(({ index }) => index) ?? leavesOf(recording).filter((leaf) => needed[leaf] === 1),
    );
  }
  if (typeof subject !== 'object' || subject === null)
    throw new OperandError('gradcheck', subject, 'a recording, a Value or a function');
  const { of = subject.output, leaves } = options as { of?: number; leaves?: Iterable<number> };
  return check(subject, of, leaves === undefined ? leavesOf(subject) : [...leaves]);
}

function check(recording: Recording, of: number, leaves: readonly number[]): GradientReport {
  checkNode('gradcheck', recording, of);
  const analytic = backward(recording, { of });
  const absolute = absoluteBackward(recording, of);
  const differences = new LeafDifferences(recording, of, analytic);
  const kinks = kinksOf(recording);

  const checks = leaves.map((leaf): LeafCheck => {
    checkNode('gradcheck', recording, leaf);
    if (recording.operation[leaf] !== LEAF) throw new NodeError('gradcheck', leaf, 'a leaf');
    const tangent = forwardFrom(recording, leaf)[of];
    const { difference, crossed, cone } = differences.along(leaf);
    const inCone = new Set(cone);
    const standing = kinks.filter(({ node }) => inCone.has(node));
    const near = crossed.filter((node) => !standing.some((kink) => kink.node === node));
    const finite = Number.isFinite(recording.value[of]) && Number.isFinite(recording.value[leaf]);
    const judged = judge({
      finite,
      analytic: analytic[leaf],
      tangent,
      absolute: absolute[leaf],
      difference,
      crossed: crossed.length > 0,
    });
    const doubtful = judged === 'disagrees' || (judged === 'notFinite' && finite);
    const blame = doubtful ? blamed(recording, analytic, leaf, cone) : [];
    // The gradient may be NaN or infinite as the function has none; but not as an operation with a slope has said so.
    const verdict = blame.some(({ found }) => !Number.isFinite(found)) ? 'disagrees' : judged;
    return {
      leaf,
      name: recording.names.get(leaf),
      analytic: analytic[leaf],
      forward: tangent,
      difference: difference?.slope ?? NaN,
      differenceError: difference?.error ?? Infinity,
      verdict,
      kinks: [...standing, ...near.map((node) => ({ node, kink: null }))],
      blame: verdict === 'disagrees' ? blame : [],
    };
  });
  return new GradientReport(recording, of, checks);
}

function judge(found: {
  /** The output's and the leaf's own values are finite. */
  finite: boolean;
  analytic: number;
  tangent: number;
  /** Σ |path products|, which rounding is measured against. */
  absolute: number;
  difference: Difference | null;
  crossed: boolean;
}): Verdict {
  const { finite, analytic, tangent, absolute, difference, crossed } = found;
  const rounding = MODE_TOLERANCE * absolute + UNDERFLOW;
  const finiteSlopes = Number.isFinite(analytic) && Number.isFinite(absolute);
  // A tangent that is not finite next to a finite gradient disagrees, too.
  if (finiteSlopes && !(Math.abs(analytic - tangent) <= rounding)) return 'disagrees';
  if (!finite || !finiteSlopes) return 'notFinite';
  if (difference === null) return crossed ? 'kink' : 'inconclusive';
  if (Math.abs(analytic - difference.slope) > difference.error + rounding) return 'disagrees';
  const size = Math.max(Math.abs(analytic), Math.abs(difference.slope));
  return difference.error <= USEFUL * size || size === 0 ? 'agrees' : 'inconclusive';
}

function leavesOf({ count, operation }: Recording): number[] {
  const leaves: number[] = [];
  for (let node = 0; node < count; node++) if (operation[node] === LEAF) leaves.push(node);
  return leaves;
}

function forwardFrom(recording: Recording, leaf: number): Float64Array {
  const direction = new Float64Array(recording.count);
  direction[leaf] = 1;
  return forward(recording, direction);
}

/** Differences of one node along one leaf at a time, re-evaluating only what depends on the leaf. */
class LeafDifferences {
  private readonly recording: Recording;
  private readonly of: number;
  private readonly gradient: Float64Array;
  private readonly needed: Uint8Array;
  private readonly low: Float64Array;
  private readonly high: Float64Array;
  private readonly reader = new InputReader();
  private readonly otherReader = new InputReader();

  constructor(recording: Recording, of: number, gradient: Float64Array) {
    this.recording = recording;
    this.of = of;
    this.gradient = gradient;
    this.needed = influencing(recording, of);
    this.low = recording.value.slice();
    this.high = recording.value.slice();
  }

  /**
   * ∂of/∂leaf by differences, from whichever range of steps promises the smallest error (null if a kink leaves no
   * usable step), the kinks that lie within the smallest step tried, and the nodes between leaf and output.
   */
  along(leaf: number): { difference: Difference | null; crossed: number[]; cone: number[] } {
    const { recording, low, high, of } = this;
    const cone = this.coneOf(leaf);
    if (this.needed[leaf] === 0) return { difference: { slope: 0, error: 0, step: 0 }, crossed: [], cone };
    const x = recording.value[leaf];
    let crossed: number[] = [];
    const at = (step: number) => {
      // Rounded so that both points are represented exactly and x is their middle; else curvature poses as slope.
      const exactStep = Math.abs(x) + step - Math.abs(x);
      low[leaf] = x - exactStep;
      high[leaf] = x + exactStep;
      for (const node of cone) {
        low[node] = nodeValue(recording, node, this.reader, low);
        high[node] = nodeValue(recording, node, this.reader, high);
      }
      crossed = cone.filter((node) => this.crossesAt(node));
      return crossed.length > 0 || cone.some((node) => this.swingsAt(node))
        ? null
        : ([low[of], high[of], high[leaf] - low[leaf]] as const);
    };

    const surroundings = {
      at,
      middle: recording.value[of],
      scale: Math.max(1, Math.abs(x)),
      noise: this.noiseOf(cone),
    };
    let best: Difference | null = null;
    let second: Difference | null = null;
    for (const firstStep of firstSteps(x, surroundings.scale)) {
      const difference = ridders(surroundings, firstStep);
      if (difference === null) continue;
      if (best === null || difference.error < best.error) [second, best] = [best, difference];
      else if (second === null || difference.error < second.error) second = difference;
      if (best.error <= 1e-10 * Math.abs(best.slope) && second !== null) break;
    }
    low[leaf] = high[leaf] = x;
    for (const node of cone) low[node] = high[node] = recording.value[node];

    // Two ranges of steps that disagree by more than they admit are both less exact than they say.
    if (best !== null && second !== null && second.error < 100 * best.error) {
      best = { ...best, error: Math.max(best.error, Math.abs(best.slope - second.slope)) };
    }
    return { difference: best, crossed: best === null ? crossed : [], cone };
  }

  /** The nodes that depend on a leaf and that the output depends on, without the leaf, in recording order. */
  private coneOf(leaf: number): number[] {
    const { inputStart, inputs } = this.recording;
    const cone: number[] = [];
    const depends = new Uint8Array(this.of + 1);
    depends[leaf] = 1;
    for (let node = leaf + 1; node <= this.of; node++) {
      if (this.needed[node] === 0) continue;
      for (let at = inputStart[node]; at < inputStart[node + 1]; at++) {
        if (inputs[at] >= 0 && depends[inputs[at]] === 1) depends[node] = 1;
      }
      if (depends[node] === 1) cone.push(node);
    }
    return cone;
  }

  /**
   * The rounding error of a difference's two values, to first order: every operation errs by a few units in the last
   * place of its result, and its gradient says what that does to the output. Nodes outside the cone err alike on
   * both sides.
   */
  private noiseOf(cone: readonly number[]): number {
    let noise = 0;
    for (const node of cone) noise += Math.abs(this.gradient[node] * this.recording.value[node]);
    return Number.isNaN(noise) ? Infinity : 8 * Number.EPSILON * noise;
  }

  /** True if a periodic operation goes through a good part of its period: such values say nothing about a slope. */
  private swingsAt(node: number): boolean {
    const period = operationOf(this.recording, node)?.period;
    if (period === undefined) return false;
    const input = this.recording.inputs[this.recording.inputStart[node]];
    return input >= 0 && Math.abs(this.high[input] - this.low[input]) > period / 6;
  }

  /** True if a kink of the node lies between low and high, the middle included. */
  private crossesAt(node: number): boolean {
    const { recording, reader, otherReader, low, high } = this;
    const operation = operationOf(recording, node);
    if (operation?.crosses === undefined) return false;
    const { crosses, kinks } = operation;
    const middle = reader.read(recording, node);
    const standing = kinks?.(middle).length ?? 0;
    // A tie may be left though the input that counts for it is the selected one on both sides.
    const leaves = (inputs: Float64Array): boolean => standing > 0 && kinks?.(inputs).length !== standing;
    const before = otherReader.read(recording, node, low);
    if (leaves(before) || crosses(before, middle)) return true;
    const after = otherReader.read(recording, node, high);
    return leaves(after) || crosses(middle, after);
  }
}

/** Steps to start an extrapolation from: the function may bend on the scale of 1, of x, or much faster. */
function firstSteps(x: number, scale: number): number[] {
  const own = Math.abs(x) / 8;
  const steps = [1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-8].map((factor) => factor * scale);
  return own > 0 && own < 1e-4 ? [...steps, own] : steps;
}

/** 1 for every node that the value of `of` depends on: through live edges and through conditions. */
function influencing(recording: Recording, of: number): Uint8Array {
  const { count, operation, inputStart, inputs } = recording;
  const needed = new Uint8Array(count);
  needed[of] = 1;
  for (let node = of; node >= 0; node--) {
    if (needed[node] === 0) continue;
    const start = inputStart[node];
    const isWhere = operation[node] === CODES.where;
    const taken = isWhere ? takenSlot(recording, node) : -1;
    for (let at = start; at < inputStart[node + 1]; at++) {
      if (isWhere && at !== start && at - start !== taken) continue;
      if (inputs[at] >= 0) needed[inputs[at]] = 1;
    }
  }
  return needed;
}
