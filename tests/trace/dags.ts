import { Tape } from '@backflow/engine';
import type { Recording, Value } from '@backflow/engine';
import { array, constantFrom, double, integer, record } from 'fast-check';
import type { Arbitrary } from 'fast-check';

/** Random recordings in which most operations use one of the last three results, so that nodes are shared a lot. */
export const anyDag: Arbitrary<Recording> = record({
  leaves: array(double({ min: -2, max: 2, noNaN: true }), { minLength: 1, maxLength: 3 }),
  steps: array(
    record({
      operation: constantFrom('add', 'sub', 'mul', 'sin', 'tanh', 'neg'),
      near: integer({ min: 1, max: 3 }),
      far: integer({ min: 0, max: 1000 }),
    }),
    { minLength: 1, maxLength: 10 },
  ),
}).map(({ leaves, steps }) => {
  const tape = new Tape();
  const nodes: Value[] = leaves.map((leaf, index) => tape.leaf(leaf, `x${index}`));
  for (const { operation, near, far } of steps) {
    const a = nodes[Math.max(0, nodes.length - near)];
    const b = nodes[far % nodes.length];
    const unary = operation === 'sin' || operation === 'tanh' || operation === 'neg';
    nodes.push(unary ? tape.apply(operation, a) : tape.apply(operation, a, b));
  }
  return tape.record(nodes[nodes.length - 1]);
});
