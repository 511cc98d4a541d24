import { Tape } from '@backflow/engine';
import type { Value } from '@backflow/engine';
import { programOf } from './programs.ts';
import type { Training, WorkloadName } from './training.ts';

/** Every step records the program anew with Values, sweeps back through it, and forgets it. */
export function eager(name: WorkloadName, { debug = false } = {}): Training {
  const { parameters: initial, data, rate, operations, loss: lossOf } = programOf(name);
  const tape = new Tape({ debug });
  const parameters = Array.from(initial, (number) => tape.leaf(number));
  const record = (): Value =>
    lossOf(
      parameters,
      Array.from(data, (number) => tape.leaf(number)),
    );

  const recorded = tape.scope(() => {
    const start = tape.size;
    record();
    return tape.size - start - data.length;
  });
  if (recorded !== operations) {
    throw new Error(`${name}: ${recorded} operations recorded, expected ${operations}`);
  }
  return {
    step: () =>
      tape.scope(() => {
        const loss = record();
        for (const p of parameters) p.grad = 0;
        loss.backward();
        if (rate !== 0) for (const p of parameters) p.data -= rate * p.grad;
        return loss.data;
      }),
    restart: () => parameters.forEach((p, i) => (p.data = initial[i])),
    gradient: () => parameters.map((p) => p.grad),
  };
}
