import { BareTape } from './bare-tape.ts';
import { EngineError } from '../errors.ts';
import { LEAF } from '../operations/names.ts';

/** A point in the life of a tape, to which it can be reset. */
export interface TapeMark {
  readonly count: number;
  readonly inputCount: number;
  readonly constantCount: number;
  readonly groupCount: number;
  readonly decisionCount: number;
  /** @internal In debug mode, what tells the last node before it from others that have had its place. */
  readonly stamp: number;
  /** @internal */
  readonly tape: object;
}

/** A tape that can forget, and that takes many leaves or constants at once. */
export class RewindableTape extends BareTape {
  /** The current end of the tape. */
  mark(): TapeMark {
    return {
      count: this.count,
      inputCount: this.extraCount,
      constantCount: this.constantCount,
      groupCount: this.groups.length,
      decisionCount: 0,
      stamp: 0,
      tape: this,
    };
  }

  /**
   * Forgets every node recorded after the mark, which lets a training loop keep its parameters and record each step
   * anew. Throws EngineError for a mark that lies ahead or is of another tape.
   */
  reset(mark: TapeMark): void {
    this.checkMark(mark);
    this.skipped?.fill(0, mark.count, this.count);
    this.groupOf?.fill(-1, mark.count, this.count);
    this.spans?.fill(-1, 2 * mark.count, 2 * this.count);
    if (this.namedTo > mark.count) {
      cutNumbers(this.names, mark.count);
      this.namedTo = mark.count;
    }
    cutNumbers(this.constantTexts, mark.constantCount);
    if (this.dirty > mark.count) {
      this.grad.fill(0, mark.count, this.dirty);
      this.dirty = mark.count;
    }
    if (this.base > mark.count) this.base = mark.count;
    this.count = mark.count;
    this.extraCount = mark.inputCount;
    this.constantCount = mark.constantCount;
    this.groups.length = mark.groupCount;
    if (this.currentGroup >= mark.groupCount) this.currentGroup = -1;
  }

  protected checkMark(mark: TapeMark): void {
    if (mark?.tape !== this) {
      throw new EngineError('reset: found no mark of this tape, expected what its mark() returned.');
    }
    if (mark.count > this.count) {
      throw new EngineError(
        `reset: found a mark at node ${mark.count}, expected one at or before the end of the tape, ${this.count}.`,
      );
    }
    const { inputCount, constantCount, groupCount } = mark;
    if (
      inputCount > this.extraCount ||
      constantCount > this.constantCount ||
      groupCount > this.groups.length
    ) {
      this.refuseMark();
    }
  }

  protected refuseMark(): never {
    throw new EngineError(
      'reset: found a mark behind which the tape has been reset since, expected one whose nodes are still there.',
    );
  }

  /** Makes room for `length` more leaves and returns the first; their values are still to be set. */
  pushLeaves(length: number): number {
    const start = this.count;
    while (start + length > this.value.length) this.growNodes();
    for (let node = start; node < start + length; node++) this.links[3 * node] = LEAF;
    this.count = start + length;
    if (this.base === start) this.base = this.count;
    if (!this.plain) for (let node = start; node < this.count; node++) this.annotate(node, false);
    return start;
  }

  /** Makes room for `length` more constants and returns the first. */
  pushNumbers(numbers: ArrayLike<number>): number {
    const start = this.constantCount;
    if (start + numbers.length > this.pool.length) this.growPool(start + numbers.length);
    this.pool.set(numbers, start);
    this.constantCount = start + numbers.length;
    return start;
  }
}

function cutNumbers(map: Map<number, string>, from: number): void {
  for (const key of map.keys()) if (key >= from) map.delete(key);
}
