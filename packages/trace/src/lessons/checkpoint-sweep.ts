import { operationOf, reachable, takenBranch } from '@backflow/engine';
import { checkpointCost, stretchStart } from './checkpoints.ts';
import type { Schedule } from './checkpoints.ts';

/** What a sweep with checkpoints did, as it counted itself. */
export interface CheckpointSweep {
  /** ∂of/∂leaf per leaf of the schedule. */
  readonly gradients: Float64Array;
  /** The most cells that were in use at once. */
  readonly peakCells: number;
  /** Nodes evaluated after the first pass. */
  readonly again: number;
}

/**
 * A reverse sweep that keeps no more numbers than `checkpointCost` says: all values and gradients stand in that many
 * cells, which are taken and given back. The order of all sums is that of the engine's sweep, and so is every bit of
 * the result. `visited` is told every final gradient.
 */
export function checkpointedSweep(
  schedule: Schedule,
  checkpoints: number,
  visited: (node: number, gradient: number) => void = () => undefined,
): CheckpointSweep {
  const { recording, of, leaves, order, lastUse } = schedule;
  const { inputs, inputStart, constants } = recording;
  const reached = reachable(recording, of);
  const cells = new Cells(checkpointCost(schedule, checkpoints).peakCells);
  const valueCell = new Map<number, number>();
  const gradientCell = new Map<number, number>();
  const start = (stretch: number): number => stretchStart(schedule, checkpoints, stretch);

  const valueOf = (entry: number): number => {
    if (entry < 0) return constants[~entry];
    // The branch of a `where` that was not taken is not computed.
    const cell = valueCell.get(entry);
    return cell === undefined ? NaN : cells.numbers[cell];
  };
  const inputsOf = (node: number): number[] =>
    Array.from(inputs.subarray(inputStart[node], inputStart[node + 1]), valueOf);

  const evaluateAt = (place: number): void => {
    const node = order[place];
    const rule = operationOf(recording, node)!;
    const x = inputsOf(node);
    const value =
      rule.arity === 1 ? rule.value(x[0]) : rule.arity === 2 ? rule.value(x[0], x[1]) : rule.value(x);
    valueCell.set(node, cells.take(value));
  };
  const forget = (cellOf: Map<number, number>, node: number): void => {
    cells.giveBack(cellOf.get(node)!);
    cellOf.delete(node);
  };

  // The first pass.
  for (const leaf of leaves) valueCell.set(leaf, cells.take(recording.value[leaf]));
  for (let stretch = 0; stretch <= checkpoints; stretch++) {
    for (let place = start(stretch); place < start(stretch + 1); place++) evaluateAt(place);
    if (stretch === checkpoints) break;
    for (let place = start(stretch); place < start(stretch + 1); place++) {
      if (lastUse[place] < start(stretch + 1)) forget(valueCell, order[place]);
    }
  }

  // The sweep, stretch by stretch.
  for (const node of valueCell.keys()) gradientCell.set(node, cells.take(0));
  cells.numbers[gradientCell.get(of)!] += 1;
  let again = 0;
  for (let stretch = checkpoints; stretch >= 0; stretch--) {
    for (let place = start(stretch); place < start(stretch + 1); place++) {
      if (valueCell.has(order[place])) continue;
      evaluateAt(place);
      again++;
      gradientCell.set(order[place], cells.take(0));
    }
    for (let place = start(stretch + 1) - 1; place >= start(stretch); place--) {
      const node = order[place];
      if (reached[node] === 1) passOn(node);
      forget(valueCell, node);
      forget(gradientCell, node);
    }
  }

  function passOn(node: number): void {
    const upstream = cells.numbers[gradientCell.get(node)!];
    visited(node, upstream);
    const rule = operationOf(recording, node)!;
    const x = inputsOf(node);
    const y = valueOf(node);
    const local = new Float64Array(x.length);
    if (rule.arity === 1) local[0] = rule.partials[0](x[0], y);
    else if (rule.arity === 2) for (const slot of [0, 1]) local[slot] = rule.partials[slot](x[0], x[1], y);
    else rule.partials(x, y, local);
    for (let slot = 0; slot < x.length; slot++) {
      const input = inputs[inputStart[node] + slot];
      if (input < 0 || (rule.name === 'where' && slot !== takenBranch(x[0]))) continue;
      cells.numbers[gradientCell.get(input)!] += local[slot] * upstream;
    }
  }

  const gradients = Float64Array.from(leaves, (leaf) => cells.numbers[gradientCell.get(leaf)!]);
  for (const [at, leaf] of leaves.entries()) if (reached[leaf] === 1) visited(leaf, gradients[at]);
  return { gradients, peakCells: cells.peak, again };
}

/** A fixed number of places for numbers, lent out one by one. */
class Cells {
  readonly numbers: Float64Array;
  peak = 0;
  private readonly free: number[];

  constructor(count: number) {
    this.numbers = new Float64Array(count);
    this.free = Array.from({ length: count }, (_, index) => count - 1 - index);
  }

  take(number: number): number {
    const cell = this.free.pop();
    if (cell === undefined) {
      throw new RangeError(`Found no free cell among ${this.numbers.length}, expected one.`);
    }
    this.numbers[cell] = number;
    this.peak = Math.max(this.peak, this.numbers.length - this.free.length);
    return cell;
  }

  giveBack(cell: number): void {
    this.free.push(cell);
  }
}
