import { backward, reachable, Tape } from '@backflow/engine';
import {
  bestCheckpoints,
  checkpointCost,
  checkpointedSweep,
  DOUBLING,
  mostCheckpoints,
  networksOfWidth,
  scheduleOf,
  tapeBytes,
} from '@backflow/trace';
import type { CheckpointCost, Schedule } from '@backflow/trace';
import type { Recording } from '@backflow/engine';
import { assert, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyRecording, FOUR_NODES, recorded } from './recordings.ts';

/** A real sweep in as many cells as were foretold: every gradient is the engine's, bit for bit. */
function expectExact(recording: Recording, schedule: Schedule, checkpoints: number): CheckpointCost {
  const cost = checkpointCost(schedule, checkpoints);
  const due = backward(recording);
  const visited = new Set<number>();
  const sweep = checkpointedSweep(schedule, checkpoints, (node, gradient) => {
    visited.add(node);
    if (!Object.is(gradient, due[node])) throw new Error(`Found ${gradient} at ${node}, due is ${due[node]}`);
  });
  expect(visited.size).toBe(reachable(recording, recording.output).reduce((sum, one) => sum + one, 0));
  expect([...sweep.gradients]).toEqual(schedule.leaves.map((leaf) => due[leaf]));
  expect({ peak: sweep.peakCells, again: sweep.again }).toEqual({ peak: cost.peakCells, again: cost.again });
  return cost;
}

describe('recomputing from checkpoints', () => {
  it('gives the bits of the engine in the cells and evaluations that were counted', () => {
    assert(
      property(anyRecording, (recording) => {
        const schedule = scheduleOf(recording);
        for (let k = 0; k <= mostCheckpoints(schedule); k++) expectExact(recording, schedule, k);
      }),
      { seed: 51, numRuns: 300 },
    );
  });

  it('holds everything without checkpoints, and evaluates nothing again', () => {
    const recording = recorded(...FOUR_NODES);
    const schedule = scheduleOf(recording);
    expect(expectExact(recording, schedule, 0)).toEqual({ checkpoints: 0, kept: 0, peakCells: 8, again: 0 });
  });

  it('keeps of a chain one value for each cut', () => {
    const recording = DOUBLING.record(12);
    const schedule = scheduleOf(recording);
    // Stretches of 3: 3 values are kept, and 2 of each of the first 3 stretches are evaluated again.
    expect(expectExact(recording, schedule, 3)).toEqual({
      checkpoints: 3,
      kept: 3,
      peakCells: 2 * (1 + 3 + 3),
      again: 6,
    });
  });

  it('needs the fewest cells on a chain of 10,000 with √N − 1 cuts', () => {
    const recording = DOUBLING.record(10_000);
    const schedule = scheduleOf(recording);
    expect(checkpointCost(schedule, 0).peakCells).toBe(20_002);
    expect(bestCheckpoints(schedule)).toEqual({
      checkpoints: 99,
      kept: 99,
      peakCells: 2 * (1 + 99 + 100),
      again: 9_801,
    });
    expectExact(recording, schedule, 99);
  });

  it('finds the best of all numbers of cuts', () => {
    assert(
      property(anyRecording, (recording) => {
        const schedule = scheduleOf(recording);
        let best = checkpointCost(schedule, 0);
        for (let k = 1; k <= mostCheckpoints(schedule); k++) {
          const cost = checkpointCost(schedule, k);
          if (cost.peakCells < best.peakCells) best = cost;
        }
        expect(bestCheckpoints(schedule)).toEqual(best);
      }),
      { seed: 52, numRuns: 100 },
    );
  });

  it('never keeps a leaf twice: a network saves only what is computed', () => {
    const recording = networksOfWidth(4).record(6);
    const schedule = scheduleOf(recording);
    const { peakCells } = expectExact(recording, schedule, bestCheckpoints(schedule).checkpoints);
    expect(peakCells).toBeGreaterThan(2 * schedule.leaves.length);
    expect(peakCells).toBeLessThan(checkpointCost(schedule, 0).peakCells);
  });

  it('works on a chain of 200,000 without recursion', () => {
    const recording = DOUBLING.record(200_000);
    const schedule = scheduleOf(recording);
    const { peakCells, again } = checkpointedSweep(schedule, 446);
    expect({ peakCells, again }).toEqual({
      peakCells: checkpointCost(schedule, 446).peakCells,
      again: checkpointCost(schedule, 446).again,
    });
  });

  it('leaves out the branch that was not taken', () => {
    const recording = recorded('a = 2', 'y = where(a > 1, a*a, exp(sin(a)))');
    expect(scheduleOf(recording).order).toHaveLength(3);
    expectExact(recording, scheduleOf(recording), 1);
  });
});

describe('the bytes of a tape', () => {
  it('are 30 for a node with two inputs, 26 with one, 22 for a leaf, and 8 for a constant', () => {
    const tape = new Tape();
    const a = tape.leaf(2);
    a.mul(a).sin().pow(2);
    const { numbers, structure } = tapeBytes(tape.record());
    expect(numbers).toBe(4 * 16);
    expect(numbers + structure).toBe(22 + 30 + 26 + 30 + 8);
  });
});
