import { absoluteBackward, backward, BranchError, forward, gradcheck } from '@backflow/engine';
import type { Recording, Verdict } from '@backflow/engine';
import { Run, withConstants } from './program.ts';
import type { Program } from './program.ts';
import { replayed, REPLAYS } from './replay.ts';
import type { Replayed } from './replay.ts';

/** What has been compared so far. */
export class Counts {
  programs = 0;
  /** Derivatives in reverse and forward mode. */
  derivatives = 0;
  /** Derivatives that differ by what products too small for all their digits explain, and where forward mode is ∞ · 0. */
  underflown = 0;
  overflown = 0;
  /** Numbers of replays, and how many of them are not finite, where wasm is not compared. */
  replayed = 0;
  notFinite = 0;
  /** Numbers of wasm that differ by no more than a change of the leaves in their last bits would change them. */
  sensitive = 0;
  /** Replays that a decision refused. */
  refused = 0;
  readonly verdicts: Record<Verdict, number> = {
    agrees: 0,
    disagrees: 0,
    kink: 0,
    notFinite: 0,
    inconclusive: 0,
  };
  /** Slopes other than 0 that differences agree with. */
  slopes = 0;
}

/** Rounding of products that are added in another order, of Σ |path products|; below 1e-290 digits go. */
const slack = (absolute: number): number => 1e-12 * absolute + 1e-290;

/**
 * What underflow explains: every partial derivative, gradient and tangent is a multiple of 2⁻¹⁰⁷⁴, and what it is off by
 * is multiplied by the rest of the path.
 */
function underflow(
  { inputStart, inputs, count }: Recording,
  absolute: Float64Array,
  tangents: Float64Array,
): number {
  let sum = 0;
  for (let node = 0; node < count; node++) {
    for (const input of inputs.subarray(inputStart[node], inputStart[node + 1])) {
      if (input < 0) continue;
      const lost = Math.abs(tangents[input]) * (1 + absolute[node]) + absolute[node];
      if (Number.isFinite(lost)) sum += 2 ** -1074 * lost;
    }
  }
  return sum;
}

const identical = (a: number, b: number): boolean => a === b || (a !== a && b !== b);

/**
 * Everything in which the ways to differentiate a program disagree: the eager sweep, the sweep of its recording, forward
 * mode, replay in JavaScript (equal to the bit) and in WebAssembly, there and at the other points. With `differences`
 * also extrapolated differences, and forward mode from computed nodes too.
 */
export function disagreements(
  program: Program,
  otherPoints: readonly ArrayLike<number>[],
  options: { readonly differences: boolean },
  counts = new Counts(),
): string[] {
  const run = new Run(program).all();
  const recording = run.tape.record(run.output);
  const gradient = backward(recording);
  const absolute = absoluteBackward(recording, recording.output);
  const found: string[] = [];
  counts.programs++;

  run.output.backward();
  run.leaves.forEach(({ grad }, leaf) => {
    if (!identical(grad, gradient[leaf])) {
      found.push(`x${leaf}: ${grad} by the tape, ${gradient[leaf]} by its recording`);
    }
  });

  // Leaves stand first.
  const starts = options.differences ? recording.count : run.leaves.length;
  for (let node = 0; node < starts; node++) {
    if (!Number.isFinite(absolute[node])) continue;
    const direction = new Float64Array(recording.count);
    direction[node] = 1;
    const tangents = forward(recording, direction);
    const tangent = tangents[recording.output];
    const apart = Math.abs(gradient[node] - tangent);
    if (apart <= slack(absolute[node])) counts.derivatives++;
    else if (apart <= slack(absolute[node]) + underflow(recording, absolute, tangents)) counts.underflown++;
    // ∞ · 0 further on, where reverse mode has 0 before it comes to ∞.
    else if (Number.isNaN(tangent) && tangents.find((t) => !Number.isFinite(t))! ** 2 === Infinity)
      counts.overflown++;
    else found.push(`node ${node}: ${gradient[node]} in reverse mode, ${tangent} in forward mode`);
  }

  found.push(...replayFaults(program, run, otherPoints, counts));

  if (options.differences) {
    for (const check of gradcheck(recording).leaves) {
      const { leaf, verdict, analytic, difference, differenceError } = check;
      counts.verdicts[verdict]++;
      if (verdict === 'agrees' && analytic !== 0) counts.slopes++;
      if (verdict === 'disagrees') {
        found.push(`node ${leaf}: ${analytic}, but ${difference} ± ${differenceError} by differences`);
      }
    }
  }
  return found;
}

/** Replays where the program was recorded and at the other points, where it is recorded again to compare. */
function replayFaults(
  program: Program,
  run: Run,
  otherPoints: readonly ArrayLike<number>[],
  counts: Counts,
): string[] {
  const found: string[] = [];
  const points = [program.leaves, ...otherPoints];
  const fresh = points.map((at) => freshly(program, at));
  for (const way of REPLAYS) {
    const again = replayed(way, run.output, run.leaves);
    const first = again(points[0]);
    for (const [i, expected] of fresh.entries()) {
      const decided = expected.decisions === fresh[0].decisions;
      let replay: Replayed;
      try {
        replay = again(points[i]);
      } catch (error) {
        if (!(error instanceof BranchError)) throw error;
        if (decided) found.push(`${way}: ${error.message}`);
        counts.refused++;
        continue;
      }
      const where = `${way}, replayed at [${Array.from(points[i]).join(', ')}]`;
      if (!decided) {
        found.push(`${where}: a decision came out differently and was not noticed`);
        continue;
      }
      const numbers = [replay.value, ...replay.gradient];
      const eager = [expected.value, ...expected.gradient];
      counts.replayed += numbers.length;
      let sensitive: number[] | null = null;
      numbers.forEach((number, k) => {
        const scale = expected.scale[k];
        if (identical(number, eager[k])) return;
        if (way === 'wasm') {
          if (!Number.isFinite(scale)) return void counts.notFinite++;
          const apart = Math.abs(number - eager[k]);
          if (apart <= slack(scale)) return;
          // Nobody can tell a slope where the last bit of an input changes it by as much.
          sensitive ??= sensitivity(program, points[i], eager);
          if (apart <= 64 * sensitive[k]) return void counts.sensitive++;
        }
        found.push(
          `${where}: ${k === 0 ? 'value' : `slope of x${k - 1}`} ${number}, recorded anew ${eager[k]}`,
        );
      });
    }
    // Nothing of the other runs is left behind.
    const last = again(points[0]);
    const same =
      identical(first.value, last.value) && first.gradient.every((x, k) => identical(x, last.gradient[k]));
    if (!same) found.push(`${way}: differs when it is run again where it was recorded`);
  }
  return found;
}

/** By how much the value and the slopes change if leaves and constants change in their last bit or two. */
function sensitivity(program: Program, at: ArrayLike<number>, eager: readonly number[]): number[] {
  const change = eager.map(() => 0);
  for (let round = 0; round < 8; round++) {
    let turn = 0;
    const shaken = (x: number): number => x * (1 + ((round >> (turn++ % 3)) & 1 ? 2 : -2) * Number.EPSILON);
    const { value, gradient } = freshly(withConstants(program, shaken), Array.from(at, shaken));
    [value, ...gradient].forEach((number, k) => {
      change[k] = Math.max(change[k], Math.abs(number - eager[k]));
    });
  }
  return change;
}

interface Fresh extends Replayed {
  /** What rounding is measured against: of the value, then of each slope. */
  readonly scale: readonly number[];
  /** What came out of the decisions; null if one was to be taken by NaN. */
  readonly decisions: string | null;
}

/** A program recorded at a point. */
function freshly(program: Program, at: ArrayLike<number>): Fresh {
  const run = new Run(program, at);
  let recording: Recording;
  try {
    recording = run.all().tape.record(run.output);
  } catch {
    return { value: NaN, gradient: [], scale: [], decisions: null };
  }
  const gradient = backward(recording);
  const absolute = absoluteBackward(recording, recording.output);
  const noise = absolute.reduce(
    (sum, paths, node) => sum + (paths === 0 ? 0 : paths * Math.abs(recording.value[node])),
    0,
  );
  const leaves = run.leaves.map(({ index }) => index);
  return {
    value: run.output.data,
    gradient: leaves.map((leaf) => gradient[leaf]),
    scale: [Math.abs(run.output.data) + noise, ...leaves.map((leaf) => absolute[leaf])],
    decisions: run.tape.decisions.map(({ holds }) => (holds ? 1 : 0)).join(''),
  };
}
