// The engine against loops written by hand that do the same work. `npm run bench` prints tables, and
// `npm run -s bench -- --json` one line; `--only W1,W3` and `--cells eager,nary` choose rows and columns.
//
// Every cell runs in processes of its own, so that one does not spoil the code that another is compiled to; in each,
// engine and loops alternate, and the median of the rounds' ratios counts.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { applies, CELLS, engineTraining, goalOf, WORKLOADS } from './engine/cells.ts';
import type { CellName } from './engine/cells.ts';
import { costOf } from './engine/cost.ts';
import type { Cost } from './engine/cost.ts';
import { handWritten } from './engine/hand.ts';
import { compare, warm } from './engine/measure.ts';
import type { Comparison } from './engine/measure.ts';
import { agree, small } from './engine/training.ts';
import type { WorkloadName } from './engine/training.ts';

/** Fresh processes per cell; the median of their medians counts. */
const PROCESSES = 3;

/** What goals allow for the noise of a machine. */
const NOISE = 1.15;

/** Sizes at which the cost of an operation is stated, a decade apart. */
const SIZES: readonly WorkloadName[] = ['W3:1000', 'W3:10000', 'W3:100000', 'W3:1000000', 'W3:10000000'];

interface Options {
  readonly workloads: readonly WorkloadName[];
  readonly cells: readonly CellName[];
}

function optionsOf(words: readonly string[]): Options {
  const listAfter = (option: string): string[] => {
    const at = words.indexOf(option);
    return at < 0 ? [] : (words[at + 1] ?? '').split(',');
  };
  const [only, cells] = [listAfter('--only'), listAfter('--cells')];
  const chosen = (name: string, words: string[]): boolean =>
    words.length === 0 || words.some((word) => name === word || name.startsWith(`${word}:`));
  return {
    workloads: WORKLOADS.filter((name) => chosen(name, only)),
    cells: CELLS.filter((name) => chosen(name, cells)),
  };
}

/** In a process of its own: compares one cell with the loops. */
function comparisonOf(workload: WorkloadName, cell: CellName): Comparison {
  warm(handWritten(small(workload)));
  warm(engineTraining(small(workload), cell));
  const [hand, engine] = [handWritten(workload), engineTraining(workload, cell)];
  agree(`${workload} ${cell}`, hand, engine);
  return compare(engine, hand);
}

/** What a fresh process measures. */
async function measured<T>(...words: readonly ['--cell' | '--cost', WorkloadName, CellName]): Promise<T> {
  const { stdout } = await promisify(execFile)(process.execPath, [process.argv[1], ...words]);
  return JSON.parse(stdout) as T;
}

async function ratioOf(workload: WorkloadName, cell: CellName): Promise<number | null> {
  if (!applies(workload, cell)) return null;
  const ratios: number[] = [];
  for (let fresh = 0; fresh < PROCESSES; fresh++) {
    ratios.push((await measured<Comparison>('--cell', workload, cell)).ratio);
  }
  return Number(ratios.sort((a, b) => a - b)[PROCESSES >> 1].toPrecision(3));
}

async function printJson({ workloads, cells }: Options): Promise<void> {
  const table: Record<string, Record<string, number | null>> = {};
  for (const workload of workloads) {
    table[workload] = {};
    for (const cell of cells) table[workload][cell] = await ratioOf(workload, cell);
  }
  console.log(JSON.stringify(table));
}

async function printTables({ workloads, cells }: Options): Promise<void> {
  console.log('Times the loops written by hand (goal)\n');
  printRow('', cells);
  for (const workload of workloads) {
    const row: string[] = [];
    for (const cell of cells) {
      const ratio = await ratioOf(workload, cell);
      const goal = goalOf(workload, cell);
      row.push(ratio === null ? '–' : `${ratio} (${goal}) ${markOf(ratio, goal)}`);
    }
    printRow(workload, row);
  }

  const sizes = [...workloads.filter((name) => /^W[12]/.test(name)), ...SIZES];
  const chosen = sizes.filter((name) =>
    workloads.some((workload) => workload.slice(0, 2) === name.slice(0, 2)),
  );
  const costs = new Map<string, Cost>();
  for (const workload of chosen) {
    for (const cell of cells) {
      if (applies(workload, cell)) {
        costs.set(`${workload} ${cell}`, await measured<Cost>('--cost', workload, cell));
      }
    }
  }
  const print = (title: string, cells: readonly CellName[], text: (cost: Cost) => string): void => {
    if (chosen.length === 0 || cells.length === 0) return;
    console.log(`\n${title}\n`);
    printRow('', cells);
    for (const workload of chosen) {
      const cost = (cell: CellName): Cost | undefined => costs.get(`${workload} ${cell}`);
      printRow(
        workload,
        cells.map((cell) => (cost(cell) === undefined ? '–' : text(cost(cell)!))),
      );
    }
  };
  const replays = cells.filter((cell) => cell === 'replayJs' || cell === 'replayWasm');
  print('Nanoseconds per binary operation and step', cells, ({ nanoseconds }) => nanoseconds.toPrecision(3));
  print('Gradient and function over the function alone (theory allows 5; goal 3)', replays, ({ plan }) =>
    plan === null ? '–' : `${plan.gradient.toFixed(2)} ${markOf(plan.gradient, 3)}`,
  );
  print('Making the plan: recording + building in ms, instructions', replays, ({ plan }) =>
    plan === null ? '–' : `${plan.recording.toFixed(1)} + ${plan.building.toFixed(1)}, ${plan.instructions}`,
  );
  print('Bytes of the plan per binary operation', replays, ({ plan }) => plan?.bytes.toFixed(1) ?? '–');
}

/** Whether a goal is reached; what exceeds it by no more than the noise is marked so. */
function markOf(ratio: number, goal: number): string {
  return ratio <= goal ? '✓' : ratio <= NOISE * goal ? '✓ within noise' : '✗';
}

function printRow(name: string, cells: readonly string[]): void {
  console.log(
    name.padEnd(14) +
      cells
        .map((cell) => cell.padEnd(22))
        .join('')
        .trimEnd(),
  );
}

const words = process.argv.slice(2);
const [workload, cell] = [words[1] as WorkloadName, words[2] as CellName];
if (words[0] === '--cell') console.log(JSON.stringify(comparisonOf(workload, cell)));
else if (words[0] === '--cost') console.log(JSON.stringify(costOf(workload, cell)));
else if (words.includes('--json')) await printJson(optionsOf(words));
else await printTables(optionsOf(words));
