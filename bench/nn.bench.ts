// Training of networks by packages/nn against loops written by hand that take the same steps, and a training on 60,000
// digits: examples per second, and memory epoch by epoch. `npm run bench:nn` prints tables, `npm run -s bench:nn -- --json`
// one line. Ends with code 1 if the epochs leave something behind.
//
// Every number comes from processes of its own; in each, trainer and loops alternate, and the median of the rounds' ratios
// counts.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { compare, median, warm } from './engine/measure.ts';
import type { Comparison } from './engine/measure.ts';
import { agree } from './engine/training.ts';
import { digitsTrainer, ENGINES, EXAMPLES, GOALS, pairOf, STEPS } from './nn/trainings.ts';
import type { EngineName, StepName } from './nn/trainings.ts';

/** Fresh processes per ratio; the median of their medians counts. */
const PROCESSES = 3;
/** What goals allow for the noise of a machine. */
const NOISE = 1.15;

const EPOCHS = 10;
/** Bytes that nine epochs, 54,000 steps, may leave behind. */
const ALLOWANCE = 125_000;

/** An epoch: seconds of its steps, of its report, and bytes after it. */
interface Epoch {
  readonly steps: number;
  readonly report: number;
  readonly bytes: number;
  readonly resident: number;
}

/** In a process of its own: compares a step of the trainer with the same by hand. */
function comparisonOf(step: StepName, engine: EngineName): Comparison {
  const { trainer, hand } = pairOf(step, engine);
  agree(`${step} ${engine}`, hand, trainer);
  warm(hand);
  warm(trainer);
  return compare(trainer, hand);
}

/** In a process of its own: trains on all digits, ten times. */
function epochsOf(engine: EngineName): Epoch[] {
  const collect = globalThis.gc;
  if (collect === undefined) throw new Error('Needs node --expose-gc');
  const trainer = digitsTrainer(engine);
  return Array.from({ length: EPOCHS }, () => {
    const start = performance.now();
    let end: boolean;
    do end = trainer.takeStep().endOfEpoch;
    while (!end);
    const stepped = performance.now();
    trainer.finishEpoch();
    const reported = performance.now();
    collect();
    collect();
    const { heapUsed, external, rss } = process.memoryUsage();
    return {
      steps: (stepped - start) / 1000,
      report: (reported - stepped) / 1000,
      bytes: heapUsed + external,
      resident: rss,
    };
  });
}

async function measured<T>(what: '--step' | '--epochs', ...words: readonly string[]): Promise<T> {
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--expose-gc',
    process.argv[1],
    what,
    ...words,
  ]);
  return JSON.parse(stdout) as T;
}

async function ratioOf(step: StepName, engine: EngineName): Promise<Comparison> {
  const all: Comparison[] = [];
  for (let fresh = 0; fresh < PROCESSES; fresh++) {
    all.push(await measured<Comparison>('--step', step, engine));
  }
  return all.sort((a, b) => a.ratio - b.ratio)[PROCESSES >> 1];
}

/** What the first epoch leaves may be caches; the others should leave nothing. */
const left = (epochs: readonly Epoch[]): number => epochs[epochs.length - 1].bytes - epochs[0].bytes;

const perSecond = (epochs: readonly Epoch[]): number => EXAMPLES / median(epochs.map(({ steps }) => steps));

async function printJson(): Promise<void> {
  const ratios: Record<string, Record<string, number>> = {};
  for (const step of STEPS) {
    ratios[step] = {};
    for (const engine of ENGINES) {
      ratios[step][engine] = Number((await ratioOf(step, engine)).ratio.toPrecision(3));
    }
  }
  const digits: Record<string, unknown> = {};
  for (const engine of ENGINES) {
    const epochs = await measured<Epoch[]>('--epochs', engine);
    digits[engine] = { examplesPerSecond: Math.round(perSecond(epochs)), bytesLeft: left(epochs) };
  }
  console.log(JSON.stringify({ ratios, digits }));
}

async function printTables(): Promise<void> {
  console.log('A step of the trainer, times that of the loops written by hand (goal)\n');
  printRow('', ENGINES);
  for (const step of STEPS) {
    const row: string[] = [];
    for (const engine of ENGINES) {
      const { ratio, one, other } = await ratioOf(step, engine);
      const goal = GOALS[step][engine];
      const mark = ratio <= goal ? '✓' : ratio <= NOISE * goal ? '✓ within noise' : '✗';
      row.push(`${ratio.toPrecision(3)} (${goal}) ${mark}, ${micro(one)} to ${micro(other)}`);
    }
    printRow(step, row);
  }
  for (const engine of ENGINES) {
    const epochs = await measured<Epoch[]>('--epochs', engine);
    console.log(`\n784-16-16-10 on ${EXAMPLES} digits in batches of 10, ${engine}\n`);
    printRow('epoch', ['examples/s', 'with report', 'bytes in use', 'resident']);
    for (const [i, { steps, report, bytes, resident }] of epochs.entries()) {
      printRow(String(i + 1), [
        Math.round(EXAMPLES / steps).toString(),
        Math.round(EXAMPLES / (steps + report)).toString(),
        `${(bytes / 1e6).toFixed(3)} MB`,
        `${(resident / 1e6).toFixed(0)} MB`,
      ]);
    }
    const flat = left(epochs) <= ALLOWANCE;
    if (!flat) process.exitCode = 1;
    console.log(
      `${Math.round(perSecond(epochs))} examples per second; ${left(epochs)} bytes more after the last epoch than after the first ` +
        (flat ? '✓' : `✗ (at most ${ALLOWANCE} expected)`),
    );
  }
}

const micro = (nanoseconds: number): string => `${(nanoseconds / 1000).toPrecision(3)} µs`;

function printRow(name: string, cells: readonly string[]): void {
  const row = cells.map((cell) => cell.padEnd(cells === ENGINES || cell.includes('(') ? 46 : 16));
  console.log((name.padEnd(8) + row.join('')).trimEnd());
}

const [what, first, second] = process.argv.slice(2);
if (what === '--step') console.log(JSON.stringify(comparisonOf(first as StepName, second as EngineName)));
else if (what === '--epochs') console.log(JSON.stringify(epochsOf(first as EngineName)));
else if (what === '--json') await printJson();
else await printTables();
