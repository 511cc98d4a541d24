import { describe, expect, it } from 'vitest';
import { randomNumbers } from '../engine/random-program.ts';
import { alarmsIn, DIGITS, examine, newScore, rightPage, type Alarms } from './exam/examine.ts';
import { programOfExample } from './exam/examples.ts';
import { atRandomNumbers, randomProgramText } from './exam/programs.ts';

// A small sample of what `npm run exam` measures.

const MODES = ['rounded', 'cut', 'written'] as const;
const EXAMPLES = ['circuit', 'neuron', 'chain-of-neurons', 'sine-and-root', 'four-nodes', 'two-weights'];

describe('a paper with one slip', () => {
  it.each(EXAMPLES)('on %s: its first wrong line is found, and mostly named', (name) => {
    const scores = new Map(DIGITS.map((digits) => [digits as number, newScore()]));
    examine(name, programOfExample(name), scores, 2, randomNumbers(1));
    const all = [...scores.values()];
    const sum = (pick: (score: (typeof all)[number]) => number): number =>
      all.reduce((total, score) => total + pick(score), 0);
    expect(sum(({ papers }) => papers)).toBeGreaterThan(20);
    const unfound = all.flatMap(({ misses }) => misses).filter((miss) => miss.includes(': found '));
    expect(unfound).toEqual([]);
    expect(sum(({ named }) => named)).toBeGreaterThanOrEqual(0.8 * sum(({ unique }) => unique));
  });
});

describe('a paper without a slip', () => {
  it('raises no alarm, at any number of digits, rounded or cut off', () => {
    const random = randomNumbers(2);
    const alarms: Alarms = { claims: 0, wrong: 0, unknown: 0, examples: [] };
    for (let page = 0; alarms.claims < 3000; page++) {
      const program =
        page % 3 === 0
          ? atRandomNumbers(programOfExample(EXAMPLES[page % EXAMPLES.length]), random)
          : randomProgramText(random);
      const text = rightPage(
        program,
        2 + Math.floor(random() * 5),
        MODES[Math.floor(random() * MODES.length)],
      );
      if (text !== null) alarmsIn(text, alarms);
    }
    expect(alarms.examples).toEqual([]);
  });
});
