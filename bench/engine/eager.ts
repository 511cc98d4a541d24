import { Tape } from '@backflow/engine';
import type { Value } from '@backflow/engine';
import { programOf } from './programs.ts';
import type { Training, WorkloadName } from './training.ts';

/** Every step records the program anew with Values, sweeps back through it, and forgets it. */
export function eager(name: WorkloadName): Training {
  const { parameters: initial, data, rate, operations, loss: lossOf } = programOf(name);
  const tape = new Tape();
  const parameters = Array.from(initial, (number) => tape.leaf(number));
  const start = tape.mark();
  const record = (): Value =>
    lossOf(
      parameters,
      Array.from(data, (number) => tape.leaf(number)),
    );

  record();
  const recorded = tape.size - start.count - data.length;
  tape.reset(start);
  if (recorded !== operations) {
    throw new Error(`${name}: ${recorded} operations recorded, expected ${operations}`);
  }
  return {
    step() {
      const loss = record();
      for (const p of parameters) p.grad = 0;
      loss.backward();
      if (rate !== 0) for (const p of parameters) p.data -= rate * p.grad;
      const result = loss.data;
      tape.reset(start);
      return result;
    },
    restart: () => parameters.forEach((p, i) => (p.data = initial[i])),
    gradient: () => parameters.map((p) => p.grad),
  };
}
