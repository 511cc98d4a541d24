import { Tape, type Recording, type Value } from '@backflow/engine';

/** A recording made by a function of a fresh tape; what it returns is the output. */
export function recordingOf(program: (tape: Tape) => Value): Recording {
  const tape = new Tape();
  return tape.record(program(tape));
}

/** The same numbers for the same seed (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Sums, differences and products over shared operands; some of the sums have names, some terms are constants. */
export function randomSums(seed: number, size: number): Recording {
  const random = randomNumbers(seed);
  return recordingOf((tape) => {
    const nodes: Value[] = [];
    const number = (): number => Math.round(80 * (random() - 0.5)) / 8 + random();
    for (let k = 0; k < 3; k++) nodes.push(tape.leaf(number(), `x${k}`));
    const pick = (): Value => nodes[nodes.length - 1 - Math.floor(random() * random() * nodes.length)];
    for (let k = 0; k < size; k++) {
      const kind = random();
      const left = random() < 0.6 ? nodes[nodes.length - 1] : pick();
      const right = random() < 0.2 ? number() : pick();
      const made =
        kind < 0.45
          ? left.add(right)
          : kind < 0.75
            ? left.sub(right)
            : kind < 0.9
              ? left.mul(right)
              : left.tanh();
      if (random() < 0.15) made.label = `s${k}`;
      nodes.push(made);
    }
    return nodes[nodes.length - 1];
  });
}
