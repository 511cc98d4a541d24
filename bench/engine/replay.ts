// The same programs recorded once, made into a plan, and run again and again.
import { binaryProgram } from './binary.ts';
import type { Plan } from './future.ts';
import { compile } from './future.ts';
import type { Training, WorkloadName } from './training.ts';

/** The plan of a workload, the numbers to feed it with, and how long recording and planning took, in milliseconds. */
export function planOf(name: WorkloadName, engine: 'javascript' | 'wasm') {
  if (compile === null) throw new Error('The engine has no plans');
  const { tape, parameters, rate, data, loss: lossOf } = binaryProgram(name);
  const leaves = Array.from(data, (number) => tape.leaf(number));
  const start = performance.now();
  const loss = lossOf(leaves);
  const recorded = performance.now();
  const plan: Plan = compile(loss, parameters, { data: leaves, engine });
  const built = performance.now();
  if (plan.engine !== engine) throw new Error(`${name}: the plan runs in ${plan.engine}, not in ${engine}`);
  return { plan, data, rate, recording: recorded - start, building: built - recorded };
}

export function replay(name: WorkloadName, engine: 'javascript' | 'wasm'): Training {
  const { plan, data, rate } = planOf(name, engine);
  const initial = plan.inputs.slice();
  return {
    step() {
      if (data.length > 0) plan.data.set(data);
      const loss = plan.run();
      if (rate !== 0) plan.update(rate);
      return loss;
    },
    restart: () => plan.inputs.set(initial),
    gradient: () => plan.gradient,
  };
}
