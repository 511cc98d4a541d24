import { OPERATION_NAMES, Tape } from '@backflow/engine';
import type { OperationName, Recording, Value } from '@backflow/engine';
import { randomNumbers, randomProgram, seedOfRun } from '../engine/random-program.ts';

export { seedOfRun };

export const PROGRAMS = 10_000;

const names: readonly OperationName[] = [
  'add',
  'sub',
  'mul',
  'mul',
  'div',
  'tanh',
  'sin',
  'where',
  'max',
  'dot',
];

/**
 * A random graph in which everything is used, most of it more than once: up to 4 leaves, up to 9 operations on any of
 * what is there, the same operand twice now and then, branches that are not taken, and a sum of all that nothing uses.
 */
export function sharedGraph(random: () => number): Recording {
  const tape = new Tape();
  const nodes: Value[] = [];
  const below = (limit: number): number => Math.floor(limit * random());
  const leafCount = 1 + below(4);
  for (let leaf = 0; leaf < leafCount; leaf++)
    nodes.push(tape.leaf(Math.round(40 * random() - 20) / 8, `x${leaf}`));
  const unused = new Set(nodes);
  const operand = (): Value => {
    const node = nodes[below(nodes.length)];
    unused.delete(node);
    return node;
  };
  const operationCount = 2 + below(8);
  for (let made = 0; made < operationCount; made++) {
    const name = names[below(names.length)];
    const arity = name === 'dot' ? 4 : name === 'where' ? 3 : name === 'tanh' || name === 'sin' ? 1 : 2;
    const operands = Array.from({ length: arity }, operand);
    if (arity === 2 && random() < 0.2) operands[1] = operands[0];
    const result = tape.apply(name, ...operands);
    nodes.push(result);
    unused.add(result);
  }
  return tape.record([...unused].reduce((sum, node) => sum.add(node)));
}

/** Random graphs, the same for the same seed: every other one of every kind of operation, every other one with much shared. */
export function eachProgram(check: (recording: Recording, program: number) => void, count = PROGRAMS): void {
  const random = randomNumbers(seedOfRun());
  for (let program = 0; program < count; program++) {
    check(program % 2 === 0 ? randomProgram(random) : sharedGraph(random), program);
  }
}

/**
 * Whether no gradient is what is left of much larger products that cancel each other. Elsewhere rounding hides what a
 * wrong algorithm does, and a verdict is a matter of judgement.
 */
export function isWellConditioned(gradients: Float64Array, absolute: Float64Array): boolean {
  return gradients.every((gradient, node) => gradient === 0 || absolute[node] <= 1e8 * Math.abs(gradient));
}

/** A graph as text, to be pinned as a test of its own when it fails. */
export function programText(recording: Recording): string {
  const lines: string[] = [];
  for (let node = 0; node < recording.count; node++) {
    const entries = recording.inputs.subarray(recording.inputStart[node], recording.inputStart[node + 1]);
    const inputs = Array.from(entries, (entry) => (entry >= 0 ? `n${entry}` : recording.constants[~entry]));
    const name = OPERATION_NAMES[recording.operation[node]];
    lines.push(`n${node} = ${name}(${inputs.join(', ')})  # ${recording.value[node]}`);
  }
  return lines.join('\n');
}
