import { Tape } from '@backflow/engine';
import type { Value } from '@backflow/engine';
import { programOf } from './programs.ts';
import type { Training, WorkloadName } from './training.ts';

/** Every step records the program anew with Values, sweeps back through it, and forgets it. */
export function eager(name: WorkloadName, { debug = false } = {}): Training {
  const { parameters: initial, data, rate, operations, loss: lossOf } = programOf(name);
  const tape = new Tape({ debug });
  const block = tape.parameters(initial);
  const parameters = block.values();
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
        block.zeroGrad();
        loss.backward();
        if (rate !== 0) {
          const { data, grad } = block;
          for (let i = 0; i < data.length; i++) data[i] -= rate * grad[i];
        }
        return loss.data;
      }),
    restart: () => block.data.set(initial),
    gradient: () => block.grad,
  };
}
