// The synthetic exam: papers with one slip, and papers with none. `npm run exam -- [--papers N] [--claims N] [--misses N]`
// takes at most N papers of each mistake and example, so many claims of right notes, and prints so many of what went wrong.
import { parseArgs } from 'node:util';
import { randomNumbers, seedOfRun } from '../../engine/random-program.ts';
import { alarmsIn, DIGITS, examine, newScore, rightPage } from './examine.ts';
import { EXAMPLE_NAMES, programOfExample } from './examples.ts';
import type { Alarms, Score } from './examine.ts';
import { atRandomNumbers, randomProgramText } from './programs.ts';

const { values } = parseArgs({
  options: {
    papers: { type: 'string', default: '10' },
    claims: { type: 'string', default: '100000' },
    misses: { type: 'string', default: '0' },
    only: { type: 'string', default: '' },
  },
});
const papers = Number(values.papers);
const most = Number(values.claims);
const examples = EXAMPLE_NAMES.filter((name) => name.includes(values.only)).map((name) => ({
  name,
  program: programOfExample(name),
}));

const MODES = ['rounded', 'cut', 'written'] as const;
const random = randomNumbers(seedOfRun());
console.log(
  `Seed ${seedOfRun()}, at most ${papers} papers of each mistake in each of ${examples.length} examples.\n`,
);

const scores = new Map(DIGITS.map((digits) => [digits as number, newScore()]));
for (const { name, program } of examples) {
  const start = performance.now();
  examine(name, program, scores, papers, random);
  console.error(`${name}: ${((performance.now() - start) / 1000).toFixed(1)} s`);
}

const percent = (part: number, whole: number): string =>
  whole === 0 ? '' : `${((100 * part) / whole).toFixed(1)} %`;
console.log(
  '| digits | papers | first wrong line found | only one mistake gives it | named first | among the first two |',
);
console.log(
  '| ------ | ------ | ---------------------- | ------------------------- | ----------- | ------------------- |',
);
for (const [digits, { papers: count, found, unique, named, namedSecond }] of scores) {
  console.log(
    `| ${digits} | ${count} | ${percent(found, count)} | ${unique} | ${percent(named, unique)} | ${percent(namedSecond, unique)} |`,
  );
}

const alarms: Alarms = { claims: 0, wrong: 0, unknown: 0, examples: [] };
for (let page = 0; alarms.claims < most; page++) {
  const program =
    page % 3 === 0
      ? atRandomNumbers(examples[(page / 3) % examples.length].program, random)
      : randomProgramText(random);
  const digits = 2 + Math.floor(random() * 5);
  const text = rightPage(program, digits, MODES[Math.floor(random() * MODES.length)]);
  if (text !== null) alarmsIn(text, alarms);
}
console.log(`\nRight notes: ${alarms.claims} claims, ${alarms.wrong} alarms, ${alarms.unknown} not judged.`);

const sum = (pick: (score: Score) => number): number =>
  [...scores.values()].reduce((all, score) => all + pick(score), 0);
console.log(
  `Not counted: ${sum((score) => score.withinRounding)} within rounding, ${sum((score) => score.byConvention)} explained by a convention.`,
);

const misses = [...scores.values()].flatMap((score) => score.misses);
for (const miss of [...misses, ...alarms.examples].slice(0, Number(values.misses))) console.log(miss);
