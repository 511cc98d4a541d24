/**
 * Random programs for as long as one likes: `npm run fuzz:engine -- 1000000 [seed]`. Reverse mode, forward mode, replay
 * and differences are compared for every program. Prints the seed, the counts, and every
 * disagreement with the smallest program found that still shows it; fails if there is one.
 */
import { Counts, disagreements } from './agreement.ts';
import { DEFINED_NAMES } from './defined.ts';
import { shrunk, textOf } from './program.ts';
import { randomLines, randomPoint } from './random-lines.ts';
import { randomNumbers } from './random-program.ts';

const programs = Number(process.argv[2] ?? 1_000_000);
const seed = Number(process.argv[3] ?? Math.floor(Math.random() * 2 ** 31));
if (!Number.isInteger(programs) || !Number.isInteger(seed)) {
  throw new Error('fuzz: expected a number of programs and, if you like, a seed.');
}
console.log(`${programs} programs, seed ${seed}`);

const random = randomNumbers(seed);
const counts = new Counts();
let failures = 0;
for (let number = 0; number < programs; number++) {
  const program = randomLines(random, DEFINED_NAMES);
  const other = randomPoint(random, program.leaves.length);
  const fails = (candidate: typeof program): string[] =>
    disagreements(candidate, [other], { differences: true });
  const found = disagreements(program, [other], { differences: true }, counts);
  if (found.length > 0) {
    failures++;
    console.log(`program ${number}: ${found.join('; ')}`);
    if (failures <= 20) {
      const least = shrunk(program, (candidate) => fails(candidate).length > 0);
      console.log(`smaller, at [${other.join(', ')}] too: ${fails(least).join('; ')}\n${textOf(least)}\n`);
    }
  }
  if ((number + 1) % Math.max(1, Math.floor(programs / 10)) === 0) console.log(`${number + 1} programs`);
}
console.log(JSON.stringify(counts));
console.log(`${failures} of ${programs} programs disagree (seed ${seed}).`);
process.exitCode = failures === 0 ? 0 : 1;
