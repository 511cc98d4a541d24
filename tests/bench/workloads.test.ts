import { describe, expect, it } from 'vitest';
import { binaryProgram, operationsOf } from '../../bench/engine/binary.ts';
import { applies, CELLS, engineTraining, WORKLOADS } from '../../bench/engine/cells.ts';
import { handWritten } from '../../bench/engine/hand.ts';
import { agree, workload } from '../../bench/engine/training.ts';
import type { WorkloadName } from '../../bench/engine/training.ts';

/** The rows of the table, smaller where they are large. */
const SMALL: readonly WorkloadName[] = ['W1', 'W2', 'W3:1000', 'W4:400'];

describe('the workloads of the bench', () => {
  it('are as many operations as they say', () => {
    expect(SMALL.map(operationsOf)).toEqual([65_075, 25_991, 1000, 1200]);
    for (const name of SMALL) {
      const { tape, data, loss } = binaryProgram(name);
      const leaves = Array.from(data, (number) => tape.leaf(number));
      const start = tape.size;
      loss(leaves);
      expect([name, tape.size - start]).toEqual([name, operationsOf(name)]);
    }
  });

  it('have every kind of workload at a small size here', () => {
    const kinds = (names: readonly WorkloadName[]) => [...new Set(names.map((name) => workload(name).kind))];
    expect(kinds(SMALL)).toEqual(kinds(WORKLOADS));
  });

  for (const name of SMALL) {
    for (const cell of CELLS.filter((cell) => applies(name, cell))) {
      it(`${name} computes by ${cell} what the loops written by hand compute`, () => {
        agree(`${name} ${cell}`, handWritten(name), engineTraining(name, cell), { steps: 3 });
      });
    }
  }

  it('are told apart when they disagree', () => {
    const hand = handWritten('W3:1000');
    const wrong = { ...hand, step: () => hand.step() + 1e-6 };
    expect(() => agree('chain', handWritten('W3:1000'), wrong)).toThrow(/^chain, step 0: loss is 0\.6/);
  });
});
