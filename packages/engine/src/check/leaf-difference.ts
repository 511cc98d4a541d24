import { InputReader, nodeValue, operationOf } from '../recording/columns.ts';
import { mostExact, ridders } from './difference.ts';
import type { Difference } from './difference.ts';
import { sizeOfTerms } from './local-difference.ts';
import { takenSlot } from '../gradient/backward.ts';
import { CODES } from '../operations/names.ts';
import type { Recording } from '../recording/recording.ts';

/** The smallest number with all its digits: below, an error is as large as here. */
const NORMAL = 2 ** -1022;

interface LeafDifference {
  readonly difference: Difference | null;
  readonly crossed: readonly number[];
  readonly cone: readonly number[];
  readonly unresolved: boolean;
}

/** Differences of one node along one leaf at a time, re-evaluating only what depends on the leaf. */
export class LeafDifferences {
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
   *
   * `unresolved`: with the slope of reverse mode the function would change more over the finest step than it does over
   * any step. If that slope is right, all that happens happens between two steps.
   */
  along(leaf: number): LeafDifference {
    const { recording, low, high, of } = this;
    const cone = this.coneOf(leaf);
    if (this.needed[leaf] === 0) {
      return { difference: { slope: 0, error: 0, step: 0 }, crossed: [], cone, unresolved: false };
    }
    const x = recording.value[leaf];
    const middle = recording.value[of];
    const claimed = this.gradient[leaf];
    let crossed: number[] = [];
    let reach = 0;
    let finest = Infinity;
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
      if (crossed.length > 0 || cone.some((node) => this.swingsAt(node) || this.leavesAt(node))) return null;
      const width = high[leaf] - low[leaf];
      reach = Math.max(reach, Math.abs(high[of] - middle), Math.abs(low[of] - middle));
      finest = Math.min(finest, width);
      return [low[of], high[of], width] as const;
    };

    const surroundings = {
      at,
      middle,
      scale: Math.max(1, Math.abs(x)),
      noise: this.noiseOf(cone),
    };
    const found: Difference[] = [];
    for (const firstStep of firstSteps(x, surroundings.scale)) {
      const difference = ridders(surroundings, firstStep);
      if (difference === null) continue;
      found.push(difference);
      const { slope, error } = mostExact(found)!;
      // Where they contradict reverse mode, differences must stand up to finer ones, too.
      const doubted = Math.abs(claimed - slope) > error;
      if (error <= 1e-10 * Math.abs(slope) && found.length > 1 && !doubted) break;
    }
    const best = mostExact(found);
    low[leaf] = high[leaf] = x;
    for (const node of cone) low[node] = high[node] = recording.value[node];

    return {
      difference: best,
      crossed: best === null ? crossed : [],
      cone,
      unresolved: reach > 0 && Math.abs(claimed) * finest > reach,
    };
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
   * place of its result, and its gradient says what that does to the output. One of many inputs errs as what it is made
   * of does, which may be larger than the result: a sum that cancels. Nodes outside the cone err alike on both sides.
   */
  private noiseOf(cone: readonly number[]): number {
    const { recording, reader, gradient } = this;
    let noise = 0;
    for (const node of cone) {
      let size = Math.max(NORMAL, Math.abs(recording.value[node]));
      const operation = operationOf(recording, node);
      if (operation?.arity === 'many') {
        const inputs = reader.read(recording, node);
        size = Math.max(size, sizeOfTerms(operation, inputs, recording.value[node]));
      }
      noise += Math.abs(gradient[node]) * size;
    }
    return Number.isNaN(noise) ? Infinity : 8 * Number.EPSILON * noise;
  }

  /** True if a number becomes infinite or undefined: what is computed of it says nothing about a slope. */
  private leavesAt(node: number): boolean {
    const { low, high, recording } = this;
    return !Number.isFinite(low[node] + high[node]) && Number.isFinite(recording.value[node]);
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
export function influencing(recording: Recording, of: number): Uint8Array {
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
