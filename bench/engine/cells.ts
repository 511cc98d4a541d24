import { eager } from './eager.ts';
import { nary } from './nary.ts';
import { planOf, trainingBy } from './replay.ts';
import type { Training, WorkloadName } from './training.ts';

/** How the engine is used: a column of the table. */
export const CELLS = ['eager', 'nary', 'replayJs', 'replayWasm'] as const;
export type CellName = (typeof CELLS)[number];

/** The rows of the table. */
export const WORKLOADS: readonly WorkloadName[] = [
  'W1',
  'W2',
  'W3:1000',
  'W3:100000',
  'W3:1000000',
  'W4:400',
  'W4:100000',
];

/** Whether this use of the engine makes sense for this workload: chains and ladders have no sums to write as one. */
export function applies(workload: WorkloadName, cell: CellName): boolean {
  return cell !== 'nary' || workload === 'W1' || workload === 'W2';
}

/** At most so many times the time of the loops written by hand. */
export function goalOf(workload: WorkloadName, cell: CellName): number {
  const row = workload === 'W1' || workload === 'W2' ? workload : workload.slice(0, 2);
  const goals: Readonly<Record<string, readonly number[]>> = {
    W1: [25, 8, 3, 1.1],
    W2: [11, 1.5, 1.15, 0.35],
    W3: [15, NaN, 7, workload === 'W3:1000' ? 1.35 : 4],
    W4: [18, NaN, 9, workload === 'W4:400' ? 1.3 : 4],
  };
  return goals[row][CELLS.indexOf(cell)];
}

export function engineTraining(workload: WorkloadName, cell: CellName): Training {
  if (cell === 'eager') return eager(workload);
  if (cell === 'nary') {
    if (workload !== 'W1' && workload !== 'W2') throw new Error(`${workload} is not written with blocks`);
    return nary(workload);
  }
  return trainingBy(planOf(workload, cell === 'replayJs' ? 'javascript' : 'wasm'));
}
