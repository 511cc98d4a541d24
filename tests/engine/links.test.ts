import { backwardFrom, Tape } from '@backflow/engine';
import type { Value } from '@backflow/engine';
import { describe, expect, it } from 'vitest';

/** The nodes that a sweep from these Values visits. */
function visited(...of: Value[]): number[] {
  const nodes: number[] = [];
  const visit = (node: number) => void nodes.push(node);
  backwardFrom(of, { observer: { seed() {}, contribute() {}, visit } });
  return nodes;
}

describe('a watched sweep', () => {
  it('visits the branch that a constant chooses', () => {
    for (const condition of [0, 1]) {
      const tape = new Tape();
      const y = tape.apply('where', condition, tape.leaf(2), tape.leaf(3));
      expect(visited(y)).toEqual([2, 1 - condition]);
    }
  });

  it('visits what the latest of several nodes depends on, in whatever order they are given', () => {
    const tape = new Tape();
    const [x, z] = [tape.leaf(2), tape.leaf(3)];
    const early = x.exp();
    const late = early.mul(z);
    expect([visited(late, early), visited(early, late)]).toEqual([
      [3, 2, 1, 0],
      [3, 2, 1, 0],
    ]);
  });
});
