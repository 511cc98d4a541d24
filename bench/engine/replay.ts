import { compile, Tape } from '@backflow/engine';
import { programOf } from './programs.ts';
import type { Training, WorkloadName } from './training.ts';

/** The plan of a workload, and how long recording it and making the plan took, in milliseconds. */
export function planOf(name: WorkloadName, engine: 'javascript' | 'wasm') {
  const program = programOf(name);
  const tape = new Tape();
  const parameters = Array.from(program.parameters, (number) => tape.leaf(number));
  const data = Array.from(program.data, (number) => tape.leaf(number));
  const start = performance.now();
  const loss = program.loss<(typeof parameters)[number]>(parameters, data);
  const recorded = performance.now();
  const plan = compile(loss, parameters, { data, engine });
  const built = performance.now();
  if (plan.engine !== engine) throw new Error(`${name}: the plan runs in ${plan.engine}, not in ${engine}`);
  return { plan, program, recording: recorded - start, building: built - recorded };
}

/** Runs a plan in every step. */
export function trainingBy({ plan, program }: ReturnType<typeof planOf>): Training {
  const { parameters, data, rate } = program;
  return {
    step() {
      if (data.length > 0) plan.data.set(data);
      const loss = plan.run();
      if (rate !== 0) plan.update(rate);
      return loss;
    },
    restart: () => plan.inputs.set(parameters),
    gradient: () => plan.gradient,
  };
}
