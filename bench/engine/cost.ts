import type { CellName } from './cells.ts';
import { engineTraining } from './cells.ts';
import { median, warm } from './measure.ts';
import { programOf } from './programs.ts';
import { planOf } from './replay.ts';
import type { WorkloadName } from './training.ts';
import { small } from './training.ts';

/** What a workload costs by itself. */
export interface Cost {
  /** Nanoseconds of a step for each of the program's binary operations. */
  readonly nanoseconds: number;
  readonly plan: PlanCost | null;
}

interface PlanCost {
  /** Time of function and gradient over the time of the function alone. */
  readonly gradient: number;
  /** Milliseconds that recording the program took once, and making a plan of the recording. */
  readonly recording: number;
  readonly building: number;
  readonly instructions: number;
  /** Bytes of the plan for each of the program's binary operations. */
  readonly bytes: number;
}

/** Measures for about so many milliseconds, and at least three times. */
const BUDGET = 800;

export function costOf(workload: WorkloadName, cell: CellName): Cost {
  warm(engineTraining(small(workload), cell));
  const { operations } = programOf(workload);
  if (cell === 'eager' || cell === 'nary') {
    const training = engineTraining(workload, cell);
    const [time] = timesOf(() => training.step());
    return { nanoseconds: (1e6 * time) / operations, plan: null };
  }
  const { plan, recording, building } = planOf(workload, cell === 'replayJs' ? 'javascript' : 'wasm');
  const [whole, forward, ratio] = timesOf(
    () => plan.run(),
    () => plan.evaluate(),
  );
  const { instructions, bytes } = plan.size;
  if (!(forward > 0)) throw new Error(`${workload}: a run of the function took no time`);
  return {
    nanoseconds: (1e6 * whole) / operations,
    plan: { gradient: ratio, recording, building, instructions, bytes: bytes / operations },
  };
}

/** Median milliseconds of one and of the other, by turns, and of the ratio of the two. */
function timesOf(one: () => unknown, other: () => unknown = () => null): [number, number, number] {
  const repeats = Math.max(1, Math.ceil(4 / time(one, 1)));
  const rounds: [number, number][] = [];
  const end = performance.now() + BUDGET;
  while (rounds.length < 3 || performance.now() < end)
    rounds.push([time(one, repeats), time(other, repeats)]);
  return [
    median(rounds.map(([a]) => a)),
    median(rounds.map(([, b]) => b)),
    median(rounds.map(([a, b]) => a / b)),
  ];
}

function time(run: () => unknown, repeats: number): number {
  const start = performance.now();
  for (let i = 0; i < repeats; i++) run();
  return (performance.now() - start) / repeats;
}
