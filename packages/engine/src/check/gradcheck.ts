import { blamed } from './blame.ts';
import type { Blame } from './blame.ts';
import type { Difference } from './difference.ts';
import { influencing, LeafDifferences } from './leaf-difference.ts';
import { kinksOf, nameAt } from './findings.ts';
import { absoluteBackward, forward } from '../gradient/forward.ts';
import { backward, checkNode } from '../gradient/backward.ts';
import { ForeignValueError, NodeError, OperandError } from '../errors.ts';
import { withTape } from '../tape/functions.ts';
import { LEAF } from '../operations/names.ts';
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
        : `differences ${difference} ± ${written(differenceError)}`;
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
          `    to blame: ${nameAt(recording, node)} = ${operation}(${inputs.join(', ')}), input ${slot}: found ${found}, expected ${expected} ± ${written(error)}`,
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
/** Below this, digits go inside of a partial derivative, and a relative tolerance means nothing. */
const UNDERFLOW = 1e-290;
/** The distance of the smallest numbers: by half of it each product of them is rounded. */
const SMALLEST = 2 ** -1074;
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
    const tangents = forwardFrom(recording, leaf);
    const tangent = tangents[of];
    const { difference, crossed, cone, unresolved } = differences.along(leaf);
    const inCone = new Set(cone);
    const standing = kinks.filter(({ node }) => inCone.has(node));
    const near = crossed.filter((node) => !standing.some((kink) => kink.node === node));
    const rounding = roundingOf(recording, of, absolute, tangents, leaf);
    const finite = Number.isFinite(recording.value[of]) && Number.isFinite(recording.value[leaf]);
    const judged = judge({
      finite,
      overflows: overflows(recording, tangents),
      analytic: analytic[leaf],
      tangent,
      absolute: absolute[leaf],
      rounding,
      difference,
      crossed: crossed.length > 0,
    });
    const doubtful = judged === 'disagrees' || (judged === 'notFinite' && finite);
    const blame = doubtful ? blamed(recording, analytic, leaf, cone) : [];
    let verdict = judged;
    // The gradient may be NaN or infinite as the function has none; but not as an operation with a slope has said so.
    if (blame.some(({ found }) => !Number.isFinite(found))) verdict = 'disagrees';
    // Steps too coarse for the function contradict nobody, if every operation agrees with its own differences.
    const modesAgree = Math.abs(analytic[leaf] - tangent) <= rounding;
    if (judged === 'disagrees' && unresolved && modesAgree && blame.length === 0) verdict = 'inconclusive';
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
  /** Forward mode met numbers that are too large for it. */
  overflows: boolean;
  analytic: number;
  tangent: number;
  /** Σ |path products|. */
  absolute: number;
  /** By how much rounding may move the slope. */
  rounding: number;
  difference: Difference | null;
  crossed: boolean;
}): Verdict {
  const { finite, overflows, analytic, tangent, absolute, rounding, difference, crossed } = found;
  const finiteSlopes = Number.isFinite(analytic) && Number.isFinite(absolute);
  // ∞ · 0 further on: the zero comes first in reverse mode, and last in forward mode.
  if (!Number.isFinite(tangent) && overflows) return 'notFinite';
  // Any other tangent that is not finite next to a finite gradient disagrees, too.
  if (finiteSlopes && !(Math.abs(analytic - tangent) <= rounding)) return 'disagrees';
  if (!finite || !finiteSlopes) return 'notFinite';
  if (difference === null) return crossed ? 'kink' : 'inconclusive';
  if (Math.abs(analytic - difference.slope) > difference.error + rounding) return 'disagrees';
  const size = Math.max(Math.abs(analytic), Math.abs(difference.slope));
  return difference.error <= USEFUL * size || size === 0 ? 'agrees' : 'inconclusive';
}

/**
 * By how much two sums of the same products may differ: in proportion to Σ |path products|, and because a gradient, a
 * partial derivative or a tangent in between may be too small for all its digits, whatever it is multiplied by further on.
 */
function roundingOf(
  { inputStart, inputs }: Recording,
  of: number,
  absolute: Float64Array,
  tangents: Float64Array,
  leaf: number,
): number {
  let lost = 0;
  for (let node = leaf + 1; node <= of; node++) {
    if (tangents[node] === 0 && absolute[node] === 0) continue;
    for (let at = inputStart[node]; at < inputStart[node + 1]; at++) {
      if (inputs[at] < 0) continue;
      const moved = Math.abs(tangents[inputs[at]]);
      const times = moved * (1 + absolute[node]) + absolute[node];
      if (Number.isFinite(times)) lost += SMALLEST * times;
    }
  }
  return MODE_TOLERANCE * absolute[leaf] + UNDERFLOW + lost;
}

/** True if the first tangent that is not finite is infinite, or belongs to a number that is not finite itself. */
function overflows({ value }: Recording, tangents: Float64Array): boolean {
  const first = tangents.findIndex((tangent) => !Number.isFinite(tangent));
  return first >= 0 && !(Number.isNaN(tangents[first]) && Number.isFinite(value[first]));
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

/** An error with two digits; what only underflow allows is 0. */
function written(error: number): string {
  return error < UNDERFLOW ? '0' : error.toExponential(1);
}
