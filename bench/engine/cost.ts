import type { CellName } from './cells.ts';
import { engineTraining } from './cells.ts';
import { handWritten } from './hand.ts';
import { median, warm } from './measure.ts';
import { programOf } from './programs.ts';
import { planOf, trainingBy } from './replay.ts';
import type { WorkloadName } from './training.ts';
import { agree, small } from './training.ts';

/** What a workload costs by itself: the least of what was measured, since other work on the machine only adds. */
export interface Cost {
  /** Nanoseconds of a step for each of the program's binary operations. */
  readonly nanoseconds: number;
  readonly plan: PlanCost | null;
}

interface PlanCost {
  /** Time of function and gradient over the time of the function alone; median. */
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
    agree(`${workload} ${cell}`, handWritten(workload), training, { steps: 1 });
    const { time } = timesOf(() => training.step());
    return { nanoseconds: (1e6 * time) / operations, plan: null };
  }
  const engine = cell === 'replayJs' ? 'javascript' : 'wasm';
  const planned = planOf(workload, engine);
  agree(`${workload} ${cell}`, handWritten(workload), trainingBy(planned), { steps: 1 });
  let { plan, recording, building } = planned;
  for (let again = 0, end = performance.now() + BUDGET; again < 9 && performance.now() < end; again++) {
    const next = planOf(workload, engine);
    plan = next.plan;
    recording = Math.min(recording, next.recording);
    building = Math.min(building, next.building);
  }
  const { time, ratio } = timesOf(
    () => plan.run(),
    () => plan.evaluate(),
  );
  const { instructions, bytes } = plan.size;
  return {
    nanoseconds: (1e6 * time) / operations,
    plan: { gradient: ratio, recording, building, instructions, bytes: bytes / operations },
  };
}

/** Least milliseconds of one, and the median of its ratio to the other, by turns. */
function timesOf(one: () => unknown, other: () => unknown = () => null): { time: number; ratio: number } {
  const repeats = Math.max(1, Math.ceil(4 / timeOf(one, 1)));
  const rounds: [number, number][] = [];
  const end = performance.now() + BUDGET;
  while (rounds.length < 3 || performance.now() < end) {
    rounds.push([timeOf(one, repeats), timeOf(other, repeats)]);
  }
  return { time: Math.min(...rounds.map(([a]) => a)), ratio: median(rounds.map(([a, b]) => a / b)) };
}

function timeOf(run: () => unknown, repeats: number): number {
  const start = performance.now();
  for (let i = 0; i < repeats; i++) run();
  return (performance.now() - start) / repeats;
}
