/** A workload, ready to run: the same steps by hand or by an engine. */
export interface Training {
  /** One step: loss, gradient and, if there is something to train, the update. Returns the loss before the update. */
  step(): number;
  /** Puts the parameters back to where they were before the first step. */
  restart(): void;
  /** The gradient of the last step. */
  gradient(): ArrayLike<number>;
}

/** The workloads: W1 trains on moons, W2 on a digit, W3 is a chain of so many operations, W4 a ladder of so many rungs. */
export type WorkloadName = 'W1' | 'W2' | `W3:${number}` | `W4:${number}`;

/** Splits a name into what is run and at which size; the size of W1 and W2 is 0. */
export function workload(name: WorkloadName): { kind: 'W1' | 'W2' | 'W3' | 'W4'; size: number } {
  const [kind, size] = name.split(':');
  if (kind === 'W1' || kind === 'W2') return { kind, size: 0 };
  if (kind === 'W3' || kind === 'W4') return { kind, size: Number(size) };
  throw new Error(`There is no workload ${name}: W1, W2, W3:<operations> and W4:<rungs> are`);
}

/** The same workload at a size that takes next to no time. */
export function small(name: WorkloadName): WorkloadName {
  const { kind, size } = workload(name);
  return kind === 'W1' || kind === 'W2' || size <= 1000 ? name : `${kind}:400`;
}

/**
 * Runs a few steps of both and throws unless losses and sums of absolute gradients agree within `tolerance`, relative
 * to what is expected.
 */
export function agree(
  name: string,
  expected: Training,
  found: Training,
  { steps = 3, tolerance = 1e-9 }: { steps?: number; tolerance?: number } = {},
): void {
  expected.restart();
  found.restart();
  for (let step = 0; step < steps; step++) {
    const losses = [expected.step(), found.step()];
    const gradients = [absoluteSum(expected.gradient()), absoluteSum(found.gradient())];
    for (const [what, [wanted, got]] of Object.entries({ loss: losses, 'Σ|gradient|': gradients })) {
      if (Math.abs(got - wanted) <= tolerance * Math.abs(wanted)) continue;
      throw new Error(`${name}, step ${step}: ${what} is ${got}, by hand ${wanted}`);
    }
  }
}

export function absoluteSum(numbers: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < numbers.length; i++) sum += Math.abs(numbers[i]);
  return sum;
}
