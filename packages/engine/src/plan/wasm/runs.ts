import * as plan from '../plan.ts';
import type { Step } from './step.ts';

/** A stretch of slots, `from` inclusive to `to` exclusive. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

export function stretch(start: number, stride: number, count: number): Stretch {
  const end = start + stride * (count - 1);
  return { from: Math.min(start, end), to: Math.max(start, end) + 1 };
}

export const apart = (one: Stretch, other: Stretch): boolean => one.to <= other.from || other.to <= one.from;

/** The stretch of one operand of a dot product over all turns of a run. */
export function dotStretch(start: number, stride: number, step: Step, turn: number): Stretch {
  const [first, last] = [
    stretch(start, stride, step.n),
    stretch(start + turn * (step.count - 1), stride, step.n),
  ];
  return { from: Math.min(first.from, last.from), to: Math.max(first.to, last.to) };
}

/** True if no start of a run of dot products is one of the weights, which stand in rows. */
export function startsApart({ c, growthC, n, count }: Step, w: number, turn: number): boolean {
  for (let each = 0; each < count; each++) {
    const start = c + each * growthC;
    // The row whose weights it could be among, counted from the lowest.
    const from = Math.min(w, w + turn * (count - 1));
    const row = Math.floor((start - from) / Math.abs(turn));
    if (row >= 0 && row < count && start - from - row * Math.abs(turn) < n) return false;
  }
  return true;
}

interface Operand {
  readonly role: 'b' | 'c' | 'init';
  readonly slot: number;
  readonly stride: number;
  readonly wants: boolean;
}

interface Link {
  readonly name:
    'chainMultiplyAdd' | 'chainAdd' | 'chainSub' | 'chainSubFrom' | 'chainMul' | 'chainPair' | 'chainTwo';
  /** What joins the result before, in the order of the machine's operands. */
  readonly operands: readonly Operand[];
  /** The result before gets a gradient. */
  readonly passes: boolean;
}

/** How the results of a run hang together; null if they do not, or not in a way that has a loop of its own. */
export function linkOf(step: Step, isStart: (slot: number) => boolean): Link | null {
  const { opcode, flags, d, a, b, c, growthA, growthB, growthC } = step;
  const first = a === d - 1 && growthA === 1;
  const second = b === d - 1 && growthB === 1;
  if (first === second) return null;
  const passes = (flags & (first ? 1 : 2)) !== 0;
  const [slot, stride, wants] = first ? [b, growthB, (flags & 2) !== 0] : [a, growthA, (flags & 1) !== 0];
  const other: Operand = { role: 'b', slot, stride, wants };
  const added: Operand = { role: 'c', slot: c, stride: growthC, wants: (flags & 4) !== 0 };
  switch (opcode) {
    case plan.ADD:
      return { name: 'chainAdd', operands: [other], passes };
    case plan.SUB:
      return { name: first ? 'chainSub' : 'chainSubFrom', operands: [other], passes };
    case plan.MUL:
      return { name: 'chainMul', operands: [other], passes };
    case plan.FMA:
      return { name: 'chainMultiplyAdd', operands: [other, added], passes };
    case plan.DOT: {
      // Both products have the result before as a factor.
      if (step.n !== 2 || (first ? step.strideA : step.strideB) !== 0) return null;
      const next: Operand = { role: 'c', slot: slot + (first ? step.strideB : step.strideA), stride, wants };
      if (growthC === 0 && isStart(c)) return { name: 'chainPair', operands: [other, next], passes };
      return { name: 'chainTwo', operands: [other, next, { ...added, role: 'init' }], passes };
    }
    default:
      return null;
  }
}
