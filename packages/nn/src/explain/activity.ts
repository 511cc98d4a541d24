import { OPERATIONS } from '@backflow/engine';
import type { ActivationName } from '../spec/spec.ts';
import { steepest } from './sizes.ts';

/** The slope of an activation that takes one number. Throws RangeError for `softmax`, which takes several. */
export function slopeOf(activation: ActivationName): (z: number) => number {
  if (activation === 'identity') return () => 1;
  if (activation === 'softmax')
    throw new RangeError('slopeOf: found softmax, expected an activation of one number.');
  const operation = OPERATIONS[activation];
  if (operation.arity === 1) return (z) => operation.partials[0](z, operation.value(z));
  if (operation.arity !== 2) throw new RangeError(`slopeOf: found ${activation}.`);
  const second = operation.defaults![0];
  return (z) => operation.partials[0](z, second, operation.value(z, second));
}

/**
 * Whether a unit can learn from the data. `dead`: its slope is 0 for every example, so no weight of it ever gets a wish.
 * `nearly`: for all but a few. `flat`: for every example the slope is below a hundredth of the steepest, but not for every one 0
 * (a sigmoid far out). `broken`: a weighted sum is NaN. Of no examples every unit is `alive`: nothing speaks against it.
 */
export const UNIT_STATES = ['alive', 'nearly', 'flat', 'dead', 'broken'] as const;
export type UnitState = (typeof UNIT_STATES)[number];

/** At most this share of the examples may reach a unit that is called nearly dead. */
export const NEARLY_DEAD = 0.05;
/** Slopes below this share of the steepest count as flat. */
export const FLAT_SLOPE = 0.01;

/** What one unit does over the data. */
export interface UnitActivity {
  readonly unit: number;
  readonly state: UnitState;
  /** Examples for which the slope is not 0. */
  readonly reached: number;
  /** Examples for which it is no less than FLAT_SLOPE of the steepest. */
  readonly steep: number;
  readonly examples: number;
  /** The largest and the smallest weighted sum z over all examples. */
  readonly largest: number;
  readonly smallest: number;
  readonly meanSlope: number;
}

/** Counts what the units of one layer do over the data. */
export class LayerActivity {
  private examples = 0;
  private readonly slope: (z: number) => number;
  private readonly flat: number;
  private readonly reached: Int32Array;
  private readonly steep: Int32Array;
  private readonly slopes: Float64Array;
  private readonly largest: Float64Array;
  private readonly smallest: Float64Array;

  constructor(activation: ActivationName, units: number) {
    this.slope = slopeOf(activation);
    this.flat = FLAT_SLOPE * steepest(activation);
    this.reached = new Int32Array(units);
    this.steep = new Int32Array(units);
    this.slopes = new Float64Array(units);
    this.largest = new Float64Array(units).fill(-Infinity);
    this.smallest = new Float64Array(units).fill(Infinity);
  }

  /** The weighted sums of one example; those of this layer begin at `from`. */
  add(z: ArrayLike<number>, from = 0): void {
    this.examples++;
    for (let unit = 0; unit < this.reached.length; unit++) {
      const sum = z[from + unit];
      const slope = this.slope(sum);
      if (slope !== 0) this.reached[unit]++;
      if (Math.abs(slope) >= this.flat) this.steep[unit]++;
      this.slopes[unit] += slope;
      // One that is NaN stays.
      this.largest[unit] = Math.max(this.largest[unit], sum);
      this.smallest[unit] = Math.min(this.smallest[unit], sum);
    }
  }

  /** Every unit of the layer, over the examples that were added. */
  units(): readonly UnitActivity[] {
    const { examples } = this;
    return Array.from(this.reached, (reached, unit) => {
      const steep = this.steep[unit];
      return {
        unit,
        state: Number.isNaN(this.largest[unit]) ? 'broken' : stateOf(reached, steep, examples),
        reached,
        steep,
        examples,
        largest: this.largest[unit],
        smallest: this.smallest[unit],
        meanSlope: this.slopes[unit] / examples,
      };
    });
  }
}

function stateOf(reached: number, steep: number, examples: number): UnitState {
  if (examples === 0) return 'alive';
  if (reached === 0) return 'dead';
  if (steep === 0) return 'flat';
  return reached <= NEARLY_DEAD * examples ? 'nearly' : 'alive';
}
