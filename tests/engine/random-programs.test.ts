import { LEAF, OPERATION_NAMES } from '@backflow/engine';
import { expect, it } from 'vitest';
import { Counts, disagreements } from './agreement.ts';
import { DEFINED_NAMES } from './defined.ts';
import { Run, shrunk, textOf } from './program.ts';
import { randomLines, randomPoint } from './random-lines.ts';
import { randomNumbers, seedOfRun } from './random-program.ts';

const PROGRAMS = 10_000;

it(`${PROGRAMS} random programs agree between reverse mode, forward mode, replay and differences (seed ${seedOfRun()})`, () => {
  console.log(`random programs: BACKFLOW_SEED=${seedOfRun()}`);
  const random = randomNumbers(seedOfRun());
  const used = new Set<number>();
  const counts = new Counts();
  const failures: string[] = [];
  for (let number = 0; number < PROGRAMS; number++) {
    const program = randomLines(random, DEFINED_NAMES);
    for (const code of new Run(program).all().tape.record().operation) used.add(code);
    const other = randomPoint(random, program.leaves.length);
    const found = disagreements(program, [other], { differences: true }, counts);
    if (found.length === 0) continue;
    const least = shrunk(program, (candidate) => {
      const points = [other.slice(0, candidate.leaves.length)];
      return disagreements(candidate, points, { differences: true }).length > 0;
    });
    const still = disagreements(least, [other], { differences: true });
    failures.push(`program ${number}: ${found.join('; ')}\nsmaller: ${still.join('; ')}\n${textOf(least)}`);
  }
  const { verdicts } = counts;
  console.log('compared:', counts);
  expect(failures.slice(0, 3)).toEqual([]);
  expect(used.size).toBe(OPERATION_NAMES.length + DEFINED_NAMES.length);
  expect(used.has(LEAF)).toBe(true);
  // The programs must be worth checking: most leaves are decided, thousands of them with a slope.
  expect(verdicts.agrees).toBeGreaterThan(0.9 * Object.values(verdicts).reduce((sum, n) => sum + n, 0));
  expect(counts.slopes).toBeGreaterThan(0.5 * PROGRAMS);
});
