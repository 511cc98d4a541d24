import { absoluteBackward, backward, checkGradients, forward, LEAF, OPERATION_NAMES } from '@backflow/engine';
import type { Recording, Verdict } from '@backflow/engine';
import { expect, it } from 'vitest';
import { randomNumbers, randomProgram, seedOfRun } from './random-program.ts';

const PROGRAMS = 10_000;

/** A program as text, to be pinned as a test of its own when it fails. */
function textOf(recording: Recording): string {
  const lines: string[] = [];
  for (let node = 0; node < recording.count; node++) {
    const entries = [
      ...recording.inputs.subarray(recording.inputStart[node], recording.inputStart[node + 1]),
    ];
    const inputs = entries.map((entry) => (entry >= 0 ? `n${entry}` : String(recording.constants[~entry])));
    const name = OPERATION_NAMES[recording.operation[node]];
    lines.push(`n${node} = ${name}(${inputs.join(', ')})  # ${recording.value[node]}`);
  }
  return lines.join('\n');
}

it(`${PROGRAMS} random programs agree between reverse mode, forward mode and differences (seed ${seedOfRun()})`, () => {
  console.log(`random programs: BACKFLOW_SEED=${seedOfRun()}`);
  const random = randomNumbers(seedOfRun());
  const used = new Set<number>();
  const verdicts: Record<Verdict, number> = {
    agrees: 0,
    disagrees: 0,
    kink: 0,
    notFinite: 0,
    inconclusive: 0,
  };
  const failures: string[] = [];
  let compared = 0;
  let nonZero = 0;
  for (let program = 0; program < PROGRAMS; program++) {
    const recording = randomProgram(random);
    const { count, output, operation } = recording;
    for (const code of operation) used.add(code);
    const gradient = backward(recording);
    const absolute = absoluteBackward(recording, output);

    // Every node as a starting point of forward mode, the computed ones too.
    for (let node = 0; node < count; node++) {
      if (!Number.isFinite(absolute[node])) continue;
      const direction = new Float64Array(count);
      direction[node] = 1;
      const difference = Math.abs(gradient[node] - forward(recording, direction)[output]);
      // Below 1e-290 products underflow, and digits go.
      if (!(difference <= 1e-12 * absolute[node] + 1e-290)) {
        failures.push(`program ${program}: node ${node} differs by ${difference}\n${textOf(recording)}`);
      }
      compared++;
    }

    for (const { leaf, verdict, analytic, difference, differenceError } of checkGradients(recording).leaves) {
      verdicts[verdict]++;
      if (verdict === 'agrees' && analytic !== 0) nonZero++;
      if (verdict === 'disagrees') {
        failures.push(
          `program ${program}: leaf ${leaf} is ${analytic}, but ${difference} ± ${differenceError} by differences\n` +
            textOf(recording),
        );
      }
    }
  }
  console.log(`compared ${compared} derivatives; by differences:`, verdicts);
  expect(failures.slice(0, 3)).toEqual([]);
  expect(used.size).toBe(OPERATION_NAMES.length);
  expect(used.has(LEAF)).toBe(true);
  // The programs must be worth checking: most leaves are decided, thousands of them with a slope.
  expect(verdicts.agrees).toBeGreaterThan(0.9 * Object.values(verdicts).reduce((sum, n) => sum + n, 0));
  expect(nonZero).toBeGreaterThan(0.5 * PROGRAMS);
});
