import { describe, expect, it } from 'vitest';
import { compile, Tape } from '@backflow/engine';
import type { Value } from '@backflow/engine';
import { applies, CELLS, engineTraining, WORKLOADS } from '../../bench/engine/cells.ts';
import { handWritten } from '../../bench/engine/hand.ts';
import { blockProgram } from '../../bench/engine/nary.ts';
import { programOf } from '../../bench/engine/programs.ts';
import { absoluteSum, agree, workload } from '../../bench/engine/training.ts';
import type { WorkloadName } from '../../bench/engine/training.ts';

/** The rows of the table, smaller where they are large. */
const SMALL: readonly WorkloadName[] = ['W1', 'W2', 'W3:1000', 'W4:400'];

describe('the workloads of the bench', () => {
  it('are as many operations as they say', () => {
    const operations = SMALL.map((name) => programOf(name).operations);
    expect(operations).toEqual([65_075, 25_991, 1000, 1200]);
    for (const name of SMALL) {
      const program = programOf(name);
      const tape = new Tape();
      const leaves = (numbers: Float64Array) => Array.from(numbers, (number) => tape.leaf(number));
      const [parameters, data] = [leaves(program.parameters), leaves(program.data)];
      const start = tape.size;
      program.loss<Value>(parameters, data);
      expect([name, tape.size - start]).toEqual([name, program.operations]);
    }
  });

  it('have every kind of workload at a small size here', () => {
    const kinds = (names: readonly WorkloadName[]) => [...new Set(names.map((name) => workload(name).kind))];
    expect(kinds(SMALL)).toEqual(kinds(WORKLOADS));
  });

  for (const name of SMALL) {
    for (const cell of CELLS.filter((cell) => applies(name, cell))) {
      it(`${name} computes by ${cell} what the loops written by hand compute`, () => {
        const [hand, engine] = [handWritten(name), engineTraining(name, cell)];
        expect(() => agree(name, hand, engine)).not.toThrow();
      });
    }
  }

  for (const kind of ['W1', 'W2'] as const) {
    it(`${kind} written with blocks makes a plan that computes the same`, () => {
      const { parameters, loss } = blockProgram(kind);
      const plan = compile(loss(), [parameters], { engine: 'javascript' });
      const hand = handWritten(kind);
      expect(plan.run()).toBeCloseTo(hand.step(), 12);
      expect(absoluteSum(plan.gradient)).toBeCloseTo(absoluteSum(hand.gradient()), 10);
    });
  }

  it('have every node of the ladder visited exactly once, however many paths there are', () => {
    const { parameters, loss } = programOf('W4:400');
    const tape = new Tape();
    const output = loss<Value>(
      Array.from(parameters, (number) => tape.leaf(number)),
      [],
    );
    const visits = new Int32Array(tape.size);
    output.backward({
      observer: { seed() {}, visit: (node) => visits[node]++, contribute() {} },
    });
    expect(tape.size).toBe(3 * 400 + 3);
    expect(visits.every((count) => count === 1)).toBe(true);
  });

  it('are told apart when they disagree', () => {
    const hand = handWritten('W3:1000');
    const wrong = { ...hand, step: () => hand.step() + 1e-6 };
    expect(() => agree('chain', handWritten('W3:1000'), wrong)).toThrow(
      /^chain, step 0: loss is 0\.50000.*, by hand 0\.5$/,
    );
  });
});
