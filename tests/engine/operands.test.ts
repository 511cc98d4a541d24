import { backward, defineOperation, OPERATIONS, Tape } from '@backflow/engine';
import type { OperationName, Recording, Value } from '@backflow/engine';
import { expect, it } from 'vitest';
import { allNames, edgeInputs, tablePartials } from './points.ts';

/** One operation whose inputs were recorded from the last to the first, some of them as constants. */
function recorded(
  name: OperationName,
  inputs: readonly number[],
  isConstant: (slot: number) => boolean,
): { leaves: (Value | null)[]; result: Value; recording: Recording } {
  const tape = new Tape();
  const leaves: (Value | null)[] = [];
  for (let slot = inputs.length - 1; slot >= 0; slot--) {
    leaves[slot] = isConstant(slot) ? null : tape.leaf(inputs[slot]);
  }
  const result = tape.applyAll(
    name,
    inputs.map((x, slot) => leaves[slot] ?? x),
  );
  return { leaves, result, recording: tape.record(result) };
}

/** The slopes that the table gives; for `where` only the taken branch has one. */
function slopes(
  name: OperationName,
  inputs: readonly number[],
  leaves: readonly (Value | null)[],
): unknown[] {
  const partials = tablePartials(name, inputs);
  return leaves.map((leaf, slot) => (leaf === null ? null : partials[slot] + 0));
}

const constants: readonly ((slot: number) => boolean)[] = [
  () => false,
  (slot) => slot === 0,
  (slot) => slot === 1,
  (slot) => slot % 2 === 0,
  () => true,
];

it.each(allNames)('%s passes its slopes on, whatever its inputs are and wherever they stand', (name) => {
  const points = edgeInputs(name).filter((_, i) => i % (OPERATIONS[name].arity === 1 ? 1 : 7) === 0);
  for (const inputs of points) {
    for (const isConstant of constants) {
      const { leaves, result, recording } = recorded(name, inputs, isConstant);
      const expected = slopes(name, inputs, leaves);
      const where = `${name}(${inputs.join(', ')})`;

      result.backward();
      expect(
        leaves.map((leaf) => leaf && leaf.grad + 0),
        where,
      ).toEqual(expected);
      const gradient = backward(recording);
      expect(
        leaves.map((leaf) => leaf && gradient[leaf.index] + 0),
        where,
      ).toEqual(expected);

      // The same while it is watched.
      const seen: number[] = [];
      const watched = backward(recording, {
        seed: 1,
        observer: { seed() {}, visit: (node) => void seen.push(node), contribute() {} },
      });
      expect([...watched]).toEqual([...gradient]);
      expect(seen[0]).toBe(recording.output);
    }
  }
});

it('a node of few inputs takes nothing over from one of many', () => {
  const tape = new Tape();
  const x = Array.from({ length: 6 }, (_, i) => tape.leaf(i));
  const few = tape.applyAll('max', x.slice(0, 2));
  const many = tape.applyAll('max', x.slice(0, 6));
  few.add(many).backward();
  expect(x.map((leaf) => leaf.grad)).toEqual([0, 1, 0, 0, 0, 1]);
  const third = tape.applyAll('max', x.slice(0, 3));
  tape.zeroGrad();
  few.add(third).backward();
  expect(x.map((leaf) => leaf.grad)).toEqual([0, 1, 1, 0, 0, 0]);
});

it('operands that are left out are the last ones, and the defaults of these stand for them', () => {
  const line = defineOperation('line', {
    arity: 3,
    defaults: [2, 5],
    value: ({ 0: x, 1: slope, 2: shift }) => slope * x + shift,
    partials: ({ 0: x, 1: slope }, _y, out) => {
      out[0] = slope;
      out[1] = x;
      out[2] = 1;
    },
  });
  const tape = new Tape();
  const x = tape.leaf(10);
  const inputs = [line(x), line(x, 3), line(x, 3, 4)].map((result) => result.inputs.slice(1));
  expect(inputs).toEqual([
    [2, 5],
    [3, 5],
    [3, 4],
  ]);
});
