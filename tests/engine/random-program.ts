import { OPERATION_NAMES, OPERATIONS } from '@backflow/engine';
import type { OperationName, Recording } from '@backflow/engine';
import { Run } from './program.ts';
import type { Call, Entry, Line, Program } from './program.ts';

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
/** Operations of one number that are finite everywhere: for the branches of decisions. */
const tame: readonly OperationName[] = ['tanh', 'sin', 'neg', 'sigmoid', 'relu', 'abs'];
/** Points at which operations do something special. */
const specialNumbers = [0, 1, -1, 2, 0.5, -0.5, 3];

/**
 * A random program: up to 4 leaves (8 in a few), 16 operations of every kind with shared subexpressions, repeated
 * operands and constants, sums and products of whole blocks, `where` with branches as functions, also one within the
 * other, and decisions that are taken while recording. Numbers stay finite and below 1000 where a few tries find
 * operands for that, so that most programs can be checked by differences; where they do not, the program keeps its NaN
 * or infinity.
 */
export function randomLines(random: () => number): Program {
  const number = (): number => (random() < 0.2 ? pick(specialNumbers) : 6 * random() - 3);
  const below = (count: number): number => Math.floor(random() * count);
  const pick = <T>(list: readonly T[]): T => list[below(list.length)];

  const leaves = Array.from({ length: 1 + below(random() < 0.1 ? 8 : 4) }, number);
  const lines: Line[] = [];
  const run = new Run(leaves);
  const unused = new Set(leaves.keys());
  const entry = (): Entry => {
    const chance = random();
    if (chance < 0.15) return number();
    // Results without a user first, so that most of them reach the output; the others make shared subexpressions.
    if (chance < 0.7 && unused.size > 0) return { of: pick([...unused]) };
    return { of: below(run.results.length) };
  };
  const call = (): Call => {
    let name = pick(names);
    // Flat operations stop every gradient; a quarter of their share is enough of them.
    if (OPERATIONS[name].flat === true && random() < 0.75) name = 'mul';
    const { arity } = OPERATIONS[name];
    const even = 2 * (1 + below(3));
    const count = arity !== 'many' ? arity : name === 'affine' ? even + 1 : even;
    const entries = Array.from({ length: count }, (_, slot): Entry =>
      name === 'signedSum' && slot % 2 === 0 ? (random() < 0.5 ? 1 : -1) : entry(),
    );
    return { name, entries };
  };
  const line = (): Line => {
    const chance = random();
    if (chance < 0.8) return { kind: 'call', ...call() };
    if (chance < 0.88) {
      const length = 1 + below(leaves.length);
      const from = below(leaves.length - length + 1);
      const other = below(leaves.length - length + 1);
      const right = random() < 0.5 ? other : Array.from({ length }, number);
      const name = pick(['sum', 'dot', 'affine'] as const);
      return { kind: 'block', name, from, length, right, bias: name === 'affine' ? entry() : 0 };
    }
    if (chance < 0.95) {
      const inner = random() < 0.5 ? { condition: entry(), yes: call(), no: call() } : null;
      return { kind: 'choose', condition: entry(), yes: call(), no: inner ?? call() };
    }
    return { kind: 'decide', on: below(run.results.length), yes: pick(tame), no: pick(tame), entry: entry() };
  };

  const lineCount = 1 + below(16);
  while (lines.length < lineCount) {
    for (let attempt = 1; ; attempt++) {
      const next = line();
      const mark = run.tape.mark();
      const result = run.make(next);
      if (result !== null && (Math.abs(result.data) < 1000 || attempt >= 8)) {
        for (const used of usedBy(next)) unused.delete(used);
        unused.add(run.results.length);
        run.results.push(result);
        lines.push(next);
        break;
      }
      run.tape.reset(mark);
    }
  }
  return { leaves, lines };
}

function usedBy(line: Line): number[] {
  const of = (entries: readonly Entry[]): number[] =>
    entries.flatMap((entry) => (typeof entry === 'number' ? [] : [entry.of]));
  switch (line.kind) {
    case 'call':
      return of(line.entries);
    case 'block':
      return [...Array.from({ length: line.length }, (_, i) => line.from + i), ...of([line.bias])];
    case 'choose':
      return of([line.condition]);
    case 'decide':
      return of([line.entry]);
  }
}

/** A random program as it is recorded: see `randomLines`. */
export function randomProgram(random: () => number): Recording {
  const { tape, output } = new Run(randomLines(random)).all();
  return tape.record(output);
}
