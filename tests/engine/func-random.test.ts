import { absoluteBackward, backward, gradcheck, LEAF, OPERATION_NAMES, Tape } from '@backflow/engine';
import type { OperationName, Recording, Value } from '@backflow/engine';
import { differentiate, grad, hessian, hvp, jvp } from '@backflow/engine/func';
import { expect, it } from 'vitest';
import { randomNumbers, randomProgram, seedOfRun } from './random-program.ts';

/** Records the program on the tape of its leaves, which are given; its nodes in order. */
function replayed(
  { count, operation, inputStart, inputs, constants }: Recording,
  leaves: readonly Value[],
): Value[] {
  const nodes: Value[] = [];
  let leaf = 0;
  for (let node = 0; node < count; node++) {
    const operands = [...inputs.subarray(inputStart[node], inputStart[node + 1])].map((entry) =>
      entry >= 0 ? nodes[entry] : constants[~entry],
    );
    const name = OPERATION_NAMES[operation[node]] as OperationName;
    nodes.push(operation[node] === LEAF ? leaves[leaf++] : leaves[0].tape.applyAll(name, operands));
  }
  return nodes;
}

/** The numbers of the program's leaves. */
function point(program: Recording): number[] {
  return [...program.value].filter((_, node) => program.operation[node] === LEAF);
}

const PROGRAMS = 1500;

it(`${PROGRAMS} random programs: the recorded gradient of every node is the eager one (seed ${seedOfRun()})`, () => {
  const random = randomNumbers(seedOfRun());
  let compared = 0;
  for (let round = 0; round < PROGRAMS; round++) {
    const program = randomProgram(random);
    const tape = new Tape();
    const nodes = replayed(
      program,
      point(program).map((x) => tape.leaf(x)),
    );
    const { output } = program;
    const eager = backward(program);
    const size = absoluteBackward(program, output);
    const recorded = differentiate([nodes[output]], nodes);
    for (let node = 0; node < program.count; node++) {
      if (!Number.isFinite(size[node])) continue;
      const error = Math.abs(recorded[node].data - eager[node]);
      expect(error, `program ${round}, node ${node}`).toBeLessThanOrEqual(1e-12 * size[node] + 1e-290);
      compared++;
    }
  }
  expect(compared).toBeGreaterThan(10 * PROGRAMS);
});

it('random programs: recorded gradients are differentiated right, by the reverse sweep, forward and by differences', () => {
  const random = randomNumbers(seedOfRun() + 1);
  const verdicts = new Map<string, number>();
  for (let round = 0; round < 400; round++) {
    const program = randomProgram(random);
    const tape = new Tape();
    const leaves = point(program).map((x) => tape.leaf(x));
    const nodes = replayed(program, leaves);
    for (const slope of differentiate([nodes[program.output]], leaves)) {
      if (slope.op === 'leaf') continue;
      for (const { verdict } of gradcheck(tape.record(slope)).leaves) {
        expect(verdict, `program ${round}`).not.toBe('disagrees');
        verdicts.set(verdict, (verdicts.get(verdict) ?? 0) + 1);
      }
    }
  }
  expect(verdicts.get('agrees')).toBeGreaterThan(500);
});

it('random programs: hvp is the Hessian times v, and jvp the gradient times v', () => {
  const random = randomNumbers(seedOfRun() + 2);
  let compared = 0;
  for (let round = 0; round < 400; round++) {
    const program = randomProgram(random);
    const x = point(program);
    const v = x.map(() => 2 * random() - 1);
    const f = (leaves: Value[]) => replayed(program, leaves)[program.output];
    const gradient = grad(f)(x);
    const matrix = hessian(f)(x);
    if (![...gradient, ...matrix.flat()].every((entry) => Math.abs(entry) < 1e6)) continue;
    const size = absoluteBackward(program, program.output).reduce((most, each) => Math.max(most, each), 1);
    if (!(size < 1e6)) continue;
    const { tangent } = jvp(f, x, v);
    const slope = gradient.reduce((total, entry, i) => total + entry * v[i], 0);
    expect(Math.abs(tangent - slope), `program ${round}`).toBeLessThanOrEqual(1e-11 * size);
    const product = hvp(f, x, v);
    matrix.forEach((row, i) => {
      const expected = row.reduce((total, entry, j) => total + entry * v[j], 0);
      expect(Math.abs(product[i] - expected), `program ${round}, row ${i}`).toBeLessThanOrEqual(
        1e-9 * Math.max(1, size, ...row.map(Math.abs)),
      );
      compared++;
    });
  }
  expect(compared).toBeGreaterThan(500);
});
