// What the engine keeps: bytes per node, what stays after a million training steps, what debug mode and the sweep's
// observer cost. `npm run bench:memory`; ends with code 1 if steps leave something behind.
import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { Tape } from '@backflow/engine';
import type { Value } from '@backflow/engine';
import { eager } from './engine/eager.ts';
import { handWritten } from './engine/hand.ts';
import { compare, median, processorClock, warm } from './engine/measure.ts';
import type { Comparison } from './engine/measure.ts';
import { programOf } from './engine/programs.ts';
import type { WorkloadName } from './engine/training.ts';

/** Steps of the long run, and what they may leave behind: an eighth of a byte each. */
const STEPS = 1_000_000;
const ALLOWANCE = STEPS / 8;

const PROCESSES = 7;

/** Bytes that are in use once everything that can be collected has been. */
function bytesInUse(): number {
  if (globalThis.gc === undefined) throw new Error('Needs node --expose-gc');
  globalThis.gc();
  globalThis.gc();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** Bytes of a binary node on a tape that is just full, after a sweep; on one that has just grown it is twice as much. */
function bytesPerNode(): number {
  const nodes = 2 ** 20;
  const before = bytesInUse();
  const tape = new Tape();
  let x = tape.leaf(0.5);
  const c = tape.leaf(0.999);
  while (tape.size < nodes) x = x.mul(c);
  x.backward();
  const bytes = (bytesInUse() - before) / nodes;
  if (x.index !== nodes - 1) throw new Error(`The tape ends at node ${x.index}`);
  return bytes;
}

/** Learns the exclusive or, a step a scope, with a name and a noted decision in each; bytes at start, middle and end. */
function longRun(): number[] {
  const tape = new Tape();
  const inputs = [0, 1, 2, 3].map((i) => [i & 1, i >> 1]);
  const weights = Array.from({ length: 13 }, (_, i) => tape.leaf(Math.sin(7 * i)));
  const step = (at: number): void =>
    tape.scope(() => {
      const [a, b] = inputs[at % 4];
      let out = weights[12];
      for (let unit = 0; unit < 3; unit++) {
        const [wa, wb, bias, w] = weights.slice(4 * unit, 4 * unit + 4);
        out = out.add(wa.mul(a).add(wb.mul(b)).add(bias).tanh().mul(w));
      }
      const miss = out.sub(a ^ b).as('miss');
      const loss = miss.mul(miss);
      if (loss.greater(1e-12).holds()) loss.backward();
      for (const w of weights) {
        w.data -= 0.1 * w.grad;
        w.grad = 0;
      }
    });
  for (let i = 0; i < 20_000; i++) step(i);
  const bytes = [bytesInUse()];
  for (let half = 0; half < 2; half++) {
    for (let i = 0; i < STEPS / 2; i++) step(i);
    bytes.push(bytesInUse());
  }
  return bytes;
}

/** The sweep as it is against one without any check for an observer, made from the same source. */
async function observerCost(workload: WorkloadName): Promise<Comparison> {
  const home = new URL('gradient/sweep.js', import.meta.resolve('@backflow/engine'));
  const source = readFileSync(fileURLToPath(home), 'utf8');
  const unwatched = source
    .replace(/(?<=const watched = )[^;]+/, 'false')
    .replaceAll(/(?:observer|settle) !== null/g, 'false');
  if (!unwatched.includes('const watched = false;') || !/if \(false\)\s/.test(unwatched)) {
    throw new Error('The sweep is written in a way that this bench does not know');
  }
  const [asItIs, without] = await Promise.all([
    sweepFrom(source, 'as-it-is', home),
    sweepFrom(unwatched, 'without', home),
  ]);

  const program = programOf(workload);
  const tape = new Tape();
  const leaves = (numbers: Float64Array): Value[] => Array.from(numbers, (number) => tape.leaf(number));
  const loss = program.loss<Value>(leaves(program.parameters), leaves(program.data));
  // Both write to one array: where it lies in memory matters more than what is measured.
  const gradient = new Float64Array(tape.size);
  const training = (sweep: Sweep) => ({
    step() {
      gradient.fill(0);
      sweep(tape, [loss.index], [1], gradient, null, null);
      return loss.data;
    },
    restart() {},
    gradient: () => gradient,
  });
  return compare(training(asItIs), training(without), { budget: 2000, clock: processorClock });
}

type Sweep = (
  from: Tape,
  of: ArrayLike<number>,
  seeds: ArrayLike<number>,
  gradient: Float64Array,
  observer: null,
  settle: null,
) => void;

/** Loads a copy of the module `sweep.js` with this text; what it imports is the engine's own. */
async function sweepFrom(source: string, name: string, home: URL): Promise<Sweep> {
  const folder = new URL('sweep/', import.meta.url);
  mkdirSync(folder, { recursive: true });
  const file = fileURLToPath(new URL(`${name}.mjs`, folder));
  writeFileSync(
    file,
    source.replaceAll(
      /from '(\.\.?\/[\w./-]+\.js)'/g,
      (_, path: string) => `from '${new URL(path, home).href}'`,
    ),
  );
  const { sweep } = (await import(pathToFileURL(file).href)) as { sweep: Sweep };
  return sweep;
}

const MEASUREMENTS: Readonly<Record<string, () => unknown>> = {
  bytes: bytesPerNode,
  run: longRun,
  plain: () => debugCost(false),
  debug: () => debugCost(true),
  'observer W1': () => observerCost('W1'),
  'observer W3': () => observerCost('W3:100000'),
};

function debugCost(debug: boolean): number {
  const hand = handWritten('W1');
  warm(hand);
  return compare(eager('W1', { debug }), hand, { clock: processorClock }).ratio;
}

/** The result of a measurement in a fresh process. */
async function measured<T>(name: string): Promise<T> {
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--expose-gc',
    process.argv[1],
    '--measure',
    name,
  ]);
  return JSON.parse(stdout) as T;
}

async function medianOf(name: string): Promise<number> {
  const results: number[] = [];
  for (let fresh = 0; fresh < PROCESSES; fresh++) {
    const result = await measured<number | Comparison>(name);
    results.push(typeof result === 'number' ? result : result.ratio);
  }
  return median(results);
}

async function main(): Promise<void> {
  const bytes = await measured<number>('bytes');
  console.log(
    `A binary node takes ${bytes.toFixed(1)} bytes where the tape is full, ${(2 * bytes).toFixed(1)} where it has just grown.`,
  );

  const run = await measured<number[]>('run');
  const kilobytes = run.map((bytes) => `${(bytes / 1000).toFixed(0)} kB`);
  const left = run[2] - run[0];
  const flat = left <= ALLOWANCE;
  console.log(
    `${STEPS} training steps in scopes: ${kilobytes.join(', ')} in use at the start, in the middle and at the end ` +
      (flat ? '✓' : `✗ (at most ${ALLOWANCE / 1000} kB more expected)`),
  );

  const [plain, debug] = [await medianOf('plain'), await medianOf('debug')];
  console.log(`Debug mode makes a training step on moons take ${(debug / plain).toFixed(2)} times as long.`);

  for (const program of ['W1', 'W3']) {
    const ratio = await medianOf(`observer ${program}`);
    const mark = ratio <= 1.02 ? '✓' : '✗';
    console.log(
      `The sweep over ${program} without an observer takes ${ratio.toFixed(3)} times the time of one that knows none, at most 1.02 ${mark}`,
    );
  }
  if (!flat) process.exitCode = 1;
}

const words = process.argv.slice(2);
if (words[0] === '--measure') console.log(JSON.stringify(await MEASUREMENTS[words[1]]()));
else await main();
