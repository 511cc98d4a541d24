// The engine against loops written by hand that do the same work. `npm run bench` prints a table, and
// `npm run -s bench -- --json` one line; `--only W1,W3` and `--cells eager,nary` choose rows and columns.
//
// Every cell runs in processes of its own, so that one does not spoil the code that another is compiled to; in each,
// engine and loops alternate, and the median of the rounds' ratios counts.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { applies, CELLS, engineTraining, goalOf, WORKLOADS } from './engine/cells.ts';
import type { CellName } from './engine/cells.ts';
import { handWritten } from './engine/hand.ts';
import { compare, warm } from './engine/measure.ts';
import type { Comparison } from './engine/measure.ts';
import { agree, small } from './engine/training.ts';
import type { WorkloadName } from './engine/training.ts';

const run = promisify(execFile);

/** Fresh processes per cell; the median of their medians counts. */
const PROCESSES = 3;

interface Options {
  readonly json: boolean;
  readonly workloads: readonly WorkloadName[];
  readonly cells: readonly CellName[];
}

function optionsOf(words: readonly string[]): Options {
  const listAfter = (option: string): string[] => {
    const at = words.indexOf(option);
    return at < 0 ? [] : (words[at + 1] ?? '').split(',');
  };
  const [only, cells] = [listAfter('--only'), listAfter('--cells')];
  return {
    json: words.includes('--json'),
    workloads: WORKLOADS.filter(
      (name) => only.length === 0 || only.some((word) => name === word || name.startsWith(`${word}:`)),
    ),
    cells: CELLS.filter((name) => cells.length === 0 || cells.includes(name)),
  };
}

/** In a process of its own: compares one cell with the loops, and prints the result. */
function measureCell(workload: WorkloadName, cell: CellName): void {
  warm(handWritten(small(workload)));
  warm(engineTraining(small(workload), cell));
  const [hand, engine] = [handWritten(workload), engineTraining(workload, cell)];
  agree(`${workload} ${cell}`, hand, engine);
  console.log(JSON.stringify(compare(engine, hand)));
}

async function cellOf(workload: WorkloadName, cell: CellName): Promise<Comparison | null> {
  if (!applies(workload, cell)) return null;
  const results: Comparison[] = [];
  for (let fresh = 0; fresh < PROCESSES; fresh++) {
    const { stdout } = await run(process.execPath, [process.argv[1], '--cell', workload, cell]);
    results.push(JSON.parse(stdout) as Comparison);
  }
  return results.toSorted((a, b) => a.ratio - b.ratio)[PROCESSES >> 1];
}

async function main({ json, workloads, cells }: Options): Promise<void> {
  const table: Record<string, Record<string, number | null>> = {};
  for (const workload of workloads) {
    table[workload] = {};
    for (const cell of cells) {
      const result = await cellOf(workload, cell);
      table[workload][cell] = result === null ? null : Number(result.ratio.toPrecision(3));
      if (json || result === null) continue;
      const goal = goalOf(workload, cell);
      const mark = result.ratio <= goal ? '✓' : '✗';
      console.log(
        `${workload} ${cell}: ${result.ratio.toFixed(2)} × hand, goal ${goal} ${mark}; ` +
          `${(result.one / 1000).toFixed(1)} µs against ${(result.other / 1000).toFixed(1)} µs`,
      );
    }
  }
  if (json) console.log(JSON.stringify(table));
}

const words = process.argv.slice(2);
if (words[0] === '--cell') measureCell(words[1] as WorkloadName, words[2] as CellName);
else await main(optionsOf(words));
