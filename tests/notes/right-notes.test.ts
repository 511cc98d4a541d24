import { checkNotes } from '@backflow/notes';
import { expect, it } from 'vitest';
import { randomNumbers, seedOfRun } from '../engine/random-program.ts';
import { rightPage } from './right-pages.ts';

/** A fixed number of claims; a fresh seed is given for a long search. */
const CLAIMS = process.env.BACKFLOW_SEED === undefined ? 4_000 : 100_000;

it(`${CLAIMS} claims of right notes raise no alarm (seed ${seedOfRun()})`, { timeout: 600_000 }, () => {
  console.log(`right notes: BACKFLOW_SEED=${seedOfRun()}`);
  const random = randomNumbers(seedOfRun());
  const alarms: string[] = [];
  let claims = 0;
  let right = 0;
  while (claims < CLAIMS && alarms.length < 3) {
    const page = rightPage(random);
    if (page === null) continue;
    for (const { verdict, line, text, truth } of checkNotes(page).claims) {
      claims++;
      if (verdict === 'right') right++;
      else if (verdict !== 'rounded')
        alarms.push(`${verdict}, line ${line}: ${text} (due ${truth})\n${page}`);
    }
  }
  expect(alarms).toEqual([]);
  // Most of what is rounded is right as it is printed.
  expect(right).toBeGreaterThan(0.7 * claims);
});
