import { OPERATION_NAMES, OPERATIONS } from '@backflow/engine';
import type { Operation, OperationName } from '@backflow/engine';
import { Run } from './program.ts';
import type { Call, Entry, Line, Program } from './program.ts';

const names = OPERATION_NAMES.filter((name): name is OperationName => name !== 'leaf');
/** Operations of one number that are finite everywhere: for the branches of decisions. */
const tame: readonly OperationName[] = ['tanh', 'sin', 'neg', 'sigmoid', 'relu', 'abs'];
/** Points at which operations do something special. */
const specialNumbers = [0, 1, -1, 2, 0.5, -0.5, 3];
const extremes = [0, -0, 1, -1, 2, 1e200, -1e-200, 5e-324, Infinity, -Infinity, NaN];

/**
 * A random program: up to 4 leaves (60 in a few), 16 operations of every kind with shared subexpressions, repeated
 * operands and constants, sums and products of whole blocks, layers of neurons, chains, `where` with branches as
 * functions, also one within the other, and decisions that are taken while recording. Numbers stay finite and below 1000 where a few tries find
 * operands for that, so that most programs can be checked by differences; where they do not, the program keeps its NaN
 * or infinity. Operations that are defined come in if they are named.
 */
export function randomLines(random: () => number, defined: readonly string[] = []): Program {
  const number = (): number => (random() < 0.2 ? pick(specialNumbers) : 6 * random() - 3);
  const below = (count: number): number => Math.floor(random() * count);
  const pick = <T>(list: readonly T[]): T => list[below(list.length)];

  const size = random();
  const leaves = Array.from({ length: 1 + below(size < 0.01 ? 60 : size < 0.1 ? 16 : 4) }, number);
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
    let name: string = defined.length > 0 && random() < 0.05 ? pick(defined) : pick(names);
    // Flat operations stop every gradient; a quarter of their share is enough of them.
    if (operationNamed(name).flat === true && random() < 0.75) name = 'mul';
    const { arity } = operationNamed(name);
    const even = 2 * (1 + below(3));
    const count = arity !== 'many' ? arity : name === 'affine' ? even + 1 : even;
    const entries = Array.from({ length: count }, (_, slot): Entry =>
      name === 'signedSum' && slot % 2 === 0 ? (random() < 0.5 ? 1 : -1) : entry(),
    );
    return { name, entries };
  };
  const line = (): Line => {
    const chance = random();
    if (chance < 0.78) return { kind: 'call', ...call() };
    if (chance < 0.8) {
      const links = Array.from({ length: 1 + below(3) }, () => {
        const name = pick(['mul', 'add', 'sub', 'tanh', 'relu', 'sigmoid', 'neg', 'div', 'max']);
        const other = random() < 0.7 ? number() : entry();
        return operationNamed(name).arity === 1 ? ([name] as const) : ([name, other] as const);
      });
      return { kind: 'chain', entry: entry(), links, times: 1 + below(12) };
    }
    if (chance < 0.82) {
      const inputs = 1 + below(Math.min(leaves.length, 9));
      const neurons = 1 + below(Math.floor(leaves.length / inputs));
      const from = below(leaves.length - inputs * neurons + 1);
      const right =
        random() < 0.5 ? below(leaves.length - inputs + 1) : Array.from({ length: inputs }, number);
      const [activation, end] = [pick(tame), pick(['sum', 'max', 'hypot'] as const)];
      return { kind: 'layer', from, inputs, neurons, right, activation, end };
    }
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

const operationNamed = (name: string): Operation => OPERATIONS[name as OperationName];

function usedBy(line: Line): number[] {
  const of = (entries: readonly Entry[]): number[] =>
    entries.flatMap((entry) => (typeof entry === 'number' ? [] : [entry.of]));
  switch (line.kind) {
    case 'call':
      return of(line.entries);
    case 'block':
      return [...Array.from({ length: line.length }, (_, i) => line.from + i), ...of([line.bias])];
    case 'layer':
      return Array.from({ length: line.inputs * line.neurons }, (_, i) => line.from + i);
    case 'chain':
      return of([line.entry, ...line.links.flatMap(([, ...others]) => others)]);
    case 'choose':
      return of([line.condition]);
    case 'decide':
      return of([line.entry]);
  }
}

/** Numbers for the leaves of a program: ordinary ones, and some at which arithmetic does something special. */
export function randomPoint(random: () => number, count: number): number[] {
  return Array.from({ length: count }, () =>
    random() < 0.1 ? extremes[Math.floor(random() * extremes.length)] : 6 * random() - 3,
  );
}
