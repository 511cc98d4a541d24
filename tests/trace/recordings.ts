import { OPERATION_NAMES, OPERATIONS, Tape } from '@backflow/engine';
import type { Operand, Recording, Value } from '@backflow/engine';
import { compile } from '@backflow/language';
import { array, constantFrom, double, integer, record } from 'fast-check';
import type { Arbitrary } from 'fast-check';

/** The recording of a program, one statement per argument. */
export function recorded(...lines: string[]): Recording {
  const { recording } = compile(lines.join('\n'));
  if (recording === null) throw new Error(`Not a program: ${lines.join('; ')}`);
  return recording;
}

/** The node of a name. */
export function nodeOf(recording: Recording, name: string): number {
  for (const [node, found] of recording.names) if (found === name) return node;
  throw new Error(`No node is called ${name}.`);
}

/** u = x·x, v = u + x, y = u·v at x = 3: four nodes that defeat every wrong algorithm. */
export const FOUR_NODES = ['x = 3', 'u = x*x', 'v = u + x', 'y = u*v'];

/** Random recordings of every operation, with shared nodes, constants, untaken branches and nodes without a path. */
export const anyRecording: Arbitrary<Recording> = record({
  leaves: array(double({ min: -4, max: 4, noNaN: true }), { minLength: 1, maxLength: 4 }),
  choices: array(
    record({
      operation: constantFrom(...OPERATION_NAMES.filter((name) => name !== 'leaf')),
      inputs: array(integer({ min: 0, max: 1000 }), { minLength: 4, maxLength: 4 }),
      constant: integer({ min: 0, max: 9 }),
    }),
    { maxLength: 20 },
  ),
  output: integer({ min: 0, max: 4 }),
}).map(({ leaves, choices, output }) => {
  const tape = new Tape();
  const nodes: Value[] = leaves.map((leaf, index) => tape.leaf(leaf, `x${index}`));
  for (const { operation, inputs, constant } of choices) {
    const { arity } = OPERATIONS[operation];
    const count = arity === 'many' ? (operation === 'affine' ? 3 : 4) : arity;
    const operands: Operand[] = inputs.slice(0, count).map((input) => nodes[input % nodes.length]);
    if (constant > 0 && constant < count) operands[constant] = constant;
    if (operation === 'where') {
      const [condition, a] = operands;
      nodes.push(
        tape
          .at(0)
          .where(a, () => nodes[inputs[2] % nodes.length].exp())
          .add(condition),
      );
    } else nodes.push(tape.apply(operation, ...operands));
  }
  return tape.record(nodes[Math.max(0, nodes.length - 1 - output)]);
});
