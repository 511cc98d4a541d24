import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fromStateDict, toPyTorch } from '@backflow/nn/exchange';
import { outputsOf } from './cases.js';

const PYTHON = '/usr/bin/python3';
/** Of the larger of 1 and the output. */
const TOLERANCE = 1e-12;

/** Runs every network in PyTorch, and reads back what PyTorch writes of it. Returns the number of differences. */
export function inPyTorch(cases) {
  try {
    execFileSync(PYTHON, ['-c', 'import torch'], { stdio: 'ignore' });
  } catch {
    console.log(`PyTorch: not run, as ${PYTHON} has none`);
    return 0;
  }
  const folder = mkdtempSync(join(tmpdir(), 'backflow-pytorch-'));
  try {
    return compareIn(folder, cases);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function compareIn(folder, cases) {
  for (const [index, { spec, parameters, inputs }] of cases.entries()) {
    writeFileSync(join(folder, `network_${index}.py`), toPyTorch(spec, parameters));
    writeFileSync(join(folder, `inputs_${index}.json`), JSON.stringify(inputs));
  }
  const code = join(import.meta.dirname, 'outputs.py');
  const version = execFileSync(PYTHON, [code, folder, String(cases.length)], { encoding: 'utf8' }).trim();
  let [compared, worst, failures] = [0, 0, 0];
  for (const [index, each] of cases.entries()) {
    const found = JSON.parse(readFileSync(join(folder, `outputs_${index}.json`), 'utf8'));
    for (const [row, inputs] of each.inputs.entries()) {
      for (const [unit, a] of outputsOf(each, inputs).outputs.entries()) {
        const difference = Math.abs(found[row][unit] - a) / Math.max(1, Math.abs(a));
        compared++;
        worst = Math.max(worst, difference);
        if (!(difference <= TOLERANCE)) {
          failures++;
          console.error(
            `${each.name}: output ${unit} of input ${row} is ${found[row][unit]} in PyTorch, not ${a}`,
          );
        }
      }
    }
    const state = readFileSync(join(folder, `state_${index}.json`), 'utf8');
    const { parameters } = fromStateDict(state, each.spec);
    if (parameters.some((number, at) => !Object.is(number, each.parameters[at]))) {
      failures++;
      console.error(`${each.name}: the state dict comes back with other numbers`);
    }
  }
  failures += byItself(folder, cases.length - 1, cases.at(-1));
  console.log(
    `PyTorch ${version}: ${cases.length} networks, ${compared} outputs, largest difference ${worst.toExponential(1)}; ` +
      `${cases.length} state dicts came back with every number the same`,
  );
  return failures;
}

/** The code as a program of its own, which reads its inputs from standard input. */
function byItself(folder, index, { name, inputs }) {
  const printed = execFileSync(PYTHON, [join(folder, `network_${index}.py`)], {
    encoding: 'utf8',
    input: JSON.stringify(inputs),
  });
  const expected = readFileSync(join(folder, `outputs_${index}.json`), 'utf8');
  if (printed.trim() === expected) return 0;
  console.error(`${name}: run by itself, the code prints other outputs`);
  return 1;
}
