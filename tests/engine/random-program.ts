import { OPERATION_NAMES, OPERATIONS, Tape, Value } from '@backflow/engine';
import type { Operand, OperationName, Recording } from '@backflow/engine';

/** A small generator of evenly distributed numbers in [0, 1), the same for the same seed (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const given = process.env.BACKFLOW_SEED;
const seed =
  given === undefined ? 20_240_607 : given === 'fresh' ? Math.floor(Math.random() * 2 ** 31) : Number(given);

/** The seed of this run: BACKFLOW_SEED, a new one for `fresh`, else a fixed one. */
export function seedOfRun(): number {
  return seed;
}

const names = OPERATION_NAMES.filter((name): name is OperationName => name !== 'leaf');
/** Points at which operations do something special. */
const specialNumbers = [0, 1, -1, 2, 0.5, -0.5, 3];

/**
 * A random program: up to 4 leaves and 16 operations of every kind, with shared subexpressions, repeated operands and
 * constants. Numbers stay finite and below 1000 where a few tries find operands for that, so that most programs can be
 * checked by differences; where they do not, the program keeps its NaN or infinity.
 */
export function randomProgram(random: () => number): Recording {
  const tape = new Tape();
  const number = () =>
    random() < 0.2 ? specialNumbers[Math.floor(random() * specialNumbers.length)] : 6 * random() - 3;
  const nodes: Value[] = [];
  const leafCount = 1 + Math.floor(random() * 4);
  for (let leaf = 0; leaf < leafCount; leaf++) nodes.push(tape.leaf(number(), `x${leaf}`));

  const unused = new Set(nodes);
  const operationName = () => {
    const name = names[Math.floor(random() * names.length)];
    // Flat operations stop every gradient; a quarter of their share is enough of them.
    return OPERATIONS[name].flat === true && random() < 0.75 ? 'mul' : name;
  };
  const operand = (): Operand => {
    const pick = random();
    if (pick < 0.15) return number();
    // Nodes without a user first, so that most nodes reach the output; the others make shared subexpressions.
    if (pick < 0.7 && unused.size > 0) return [...unused][Math.floor(random() * unused.size)];
    return nodes[Math.floor(random() * nodes.length)];
  };
  const operationCount = 1 + Math.floor(random() * 16);
  for (let made = 0; made < operationCount; made++) {
    const name = operationName();
    const { arity } = OPERATIONS[name];
    const even = 2 * (1 + Math.floor(random() * 3));
    const count = arity !== 'many' ? arity : name === 'affine' ? even + 1 : even;
    for (let attempt = 1; ; attempt++) {
      const mark = tape.mark();
      const operands = Array.from({ length: count }, (_, slot) =>
        name === 'signedSum' && slot % 2 === 0 ? (random() < 0.5 ? 1 : -1) : operand(),
      );
      const result = tape.applyAll(name, operands);
      if (Math.abs(result.data) < 1000 || attempt === 8) {
        for (const used of operands) if (used instanceof Value) unused.delete(used);
        nodes.push(result);
        unused.add(result);
        break;
      }
      tape.reset(mark);
    }
  }
  return tape.record(nodes[nodes.length - 1]);
}
