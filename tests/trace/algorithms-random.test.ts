import {
  absoluteBackward,
  backward,
  gradcheck,
  kinksOf,
  OPERATION_NAMES,
  OPERATIONS,
} from '@backflow/engine';
import type { Recording } from '@backflow/engine';
import { ALGORITHM_NAMES, ALGORITHMS, compareAlgorithms, liveGraphOf } from '@backflow/trace';
import type { AlgorithmName, EventKind } from '@backflow/trace';
import { describe, expect, it } from 'vitest';
import { eachProgram, PROGRAMS, programText, seedOfRun } from './random-graphs.ts';
import { PLAIN_ALGORITHMS, plainOf } from './plain-algorithms.ts';

/** Runs that are compared event by event; the others of a program are left out, and counted. */
const LONGEST = 3_000n;

/** Events in columns, and the numbers that a reader of them would count. */
class Log {
  readonly kind: EventKind[] = [];
  readonly node: number[] = [];
  readonly slot: number[] = [];
  readonly value: number[] = [];
  readonly emit = (kind: EventKind, node: number, slot: number, value: number): void => {
    this.kind.push(kind);
    this.node.push(node);
    this.slot.push(slot);
    this.value.push(value);
  };

  /** The first event in which two logs differ; −1 where they are the same. */
  differsAt(other: Log): number {
    for (let event = 0; event < Math.max(this.kind.length, other.kind.length); event++) {
      const same =
        this.kind[event] === other.kind[event] &&
        this.node[event] === other.node[event] &&
        this.slot[event] === other.slot[event] &&
        Object.is(this.value[event], other.value[event]);
      if (!same) return event;
    }
    return -1;
  }
}

/** The counters, read off the events as they are defined. */
function counted(name: AlgorithmName, { kind, node }: Log): Record<string, bigint> {
  const number = (...kinds: EventKind[]): bigint =>
    BigInt(kind.filter((found) => kinds.includes(found)).length);
  let additions = 0n;
  let got = new Set<number>();
  kind.forEach((found, event) => {
    if (found === 'seed') got = new Set();
    if (found !== 'accumulate') return;
    if (got.has(node[event]) && name !== 'overwrite') additions++;
    got.add(node[event]);
  });
  return {
    visits: number('visit', 'recompute', 'evaluate'),
    multiplications: number('contribute'),
    additions,
    hits: number('reuse'),
    forwardPasses: name === 'forward' ? number('seed') : number('update') / 2n,
  };
}

/** Whether difference quotients can be expected to come close: f is a number, does not jump, and finer ones do. */
const smooth = (recording: Recording): boolean =>
  Number.isFinite(recording.value[recording.output]) &&
  gradcheck(recording).leaves.every(({ verdict }) => verdict === 'agrees') &&
  kinksOf(recording).length === 0 &&
  !recording.operation.some((code) => {
    const name = OPERATION_NAMES[code];
    return name === 'where' || (name !== 'leaf' && OPERATIONS[name].flat === true);
  });

describe(`${PROGRAMS} random graphs (seed ${seedOfRun()})`, () => {
  it('make every algorithm do what its definition says, event by event, at the cost that is counted for it', () => {
    const failures: string[] = [];
    const runs = new Map<AlgorithmName, number>(ALGORITHM_NAMES.map((name) => [name, 0]));
    eachProgram((recording, program) => {
      const graph = liveGraphOf(recording);
      const plain = plainOf(recording);
      for (const name of ALGORITHM_NAMES) {
        const algorithm = ALGORITHMS[name];
        const events = algorithm.events(graph);
        if (events > LONGEST) continue;
        runs.set(name, runs.get(name)! + 1);
        const fail = (what: string): void => {
          failures.push(`program ${program}, ${name}: ${what}\n${programText(recording)}`);
        };
        const expected = new Log();
        const due = PLAIN_ALGORITHMS[name](plain, expected.emit);
        const found = new Log();
        const gradients = algorithm.run(graph, found.emit);
        const differs = found.differsAt(expected);
        if (differs >= 0) fail(`event ${differs} differs`);
        if (due.some((value, node) => !Object.is(value, gradients[node]))) fail('the gradients differ');
        if (algorithm.run(graph, null).some((value, node) => !Object.is(value, gradients[node])))
          fail('the gradients differ where nobody listens');
        if (events !== BigInt(expected.kind.length)) fail(`${events} events counted`);
        const counters = algorithm.count(graph);
        for (const [counter, number] of Object.entries(counted(name, expected))) {
          if (counters[counter as keyof typeof counters] !== number) fail(`${counter}: expected ${number}`);
        }
      }
    });
    expect(failures.slice(0, 3)).toEqual([]);
    // Few are left out.
    for (const [name, count] of runs) expect(count, name).toBeGreaterThan(0.97 * PROGRAMS);
  });

  it('give the right algorithms the gradients of the engine, and the verdicts to those that have them', () => {
    const failures: string[] = [];
    let uncertain = 0;
    const wrong = new Map<AlgorithmName, number>(ALGORITHM_NAMES.map((name) => [name, 0]));
    eachProgram((recording, program) => {
      const { graph, algorithms } = compareAlgorithms(recording);
      const truth = backward(recording);
      const scale = absoluteBackward(recording, recording.output);
      for (const { name, right, gradients } of algorithms) {
        if (gradients === null) continue;
        const leaves = [...graph.leaves];
        const apart = (leaf: number): number => Math.abs(gradients[leaf] - truth[leaf]);
        const same = (leaf: number): boolean =>
          gradients[leaf] === truth[leaf] || (Number.isNaN(gradients[leaf]) && Number.isNaN(truth[leaf]));
        const bounded = (leaf: number): boolean => Number.isFinite(scale[leaf]);
        const fail = (what: string): void => {
          failures.push(`program ${program}, ${name}: ${what}\n${programText(recording)}`);
        };
        if (name === 'numeric') {
          if (right === false && smooth(recording)) fail('differs');
        } else if (ALGORITHMS[name].correct) {
          // ∞ − ∞ depends on the order, and on nothing else.
          const agrees = (leaf: number): boolean =>
            same(leaf) || (bounded(leaf) && apart(leaf) <= 1e-9 * scale[leaf] + 2 ** -1022);
          if (leaves.some((leaf) => bounded(leaf) && !agrees(leaf))) fail('differs');
          if (right !== leaves.every(agrees)) fail(`is said to be ${right}`);
        } else {
          // In between, cancellation has left something over, and who is wrong is a matter of judgement.
          const nearlySame = (leaf: number): boolean =>
            same(leaf) || apart(leaf) <= 1e-13 * Math.abs(truth[leaf]);
          const farOff = (leaf: number): boolean =>
            !same(leaf) && !(bounded(leaf) && apart(leaf) <= 1e-8 * scale[leaf]);
          const certain = leaves.some(farOff) ? false : leaves.every(nearlySame) ? true : null;
          if (certain === null) uncertain++;
          else if (right !== certain) fail(`is said to be ${right}`);
        }
        if (name === 'memo' || name === 'reverse') {
          if ([...graph.leaves].some((leaf) => !Object.is(gradients[leaf], truth[leaf])))
            fail('not to the bit');
        }
        if (right === false) wrong.set(name, wrong.get(name)! + 1);
      }
    });
    expect(failures.slice(0, 3)).toEqual([]);
    expect(uncertain).toBeLessThan(0.01 * PROGRAMS);
    // Each wrong one is found out often.
    const unsuspected = [...wrong].filter(
      ([name, count]) => !ALGORITHMS[name].correct && count < PROGRAMS / 20,
    );
    expect(unsuspected).toEqual([]);
  });
});
