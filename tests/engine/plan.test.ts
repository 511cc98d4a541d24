import {
  BranchError,
  compile,
  EngineError,
  ForeignValueError,
  NodeError,
  OperandError,
  StaleValueError,
  Tape,
} from '@backflow/engine';
import type { Value } from '@backflow/engine';
import { describe, expect, it } from 'vitest';

const javascript = { engine: 'javascript' } as const;

/** A network as micrograd's users write it: one addition and one multiplication at a time. */
function network(parameters: readonly Value[], sizes: readonly number[], x: readonly (Value | number)[]) {
  let at = 0;
  let from: readonly (Value | number)[] = x;
  for (const units of sizes) {
    const layer: Value[] = [];
    for (let unit = 0; unit < units; unit++) {
      let sum = parameters[at + from.length];
      for (let i = 0; i < from.length; i++) sum = sum.add(parameters[at + i].mul(from[i]));
      at += from.length + 1;
      layer.push(sum.relu());
    }
    from = layer;
  }
  return from as readonly Value[];
}

const parametersOf = (tape: Tape, count: number) =>
  tape.parameters(Array.from({ length: count }, (_, i) => Math.sin(i + 1))).values();

describe('A plan', () => {
  it('computes what was recorded, for the numbers that are written into it', () => {
    const tape = new Tape();
    const [a, b] = [tape.leaf(2), tape.leaf(3)];
    const plan = compile(a.mul(b).add(a), [a, b], javascript);
    expect([...plan.inputs]).toEqual([2, 3]);
    expect(plan.run()).toBe(8);
    expect([...plan.gradient]).toEqual([4, 2]);
    plan.inputs.set([5, -1]);
    expect(plan.run()).toBe(0);
    expect([...plan.gradient]).toEqual([0, 5]);
    expect([...plan.outputs]).toEqual([0]);
    expect([a.data, a.grad]).toEqual([2, 0]);
  });

  it('evaluates without a gradient: that of the last run stays', () => {
    const tape = new Tape();
    const a = tape.leaf(2);
    const plan = compile(a.mul(a), [a], javascript);
    plan.run();
    plan.inputs[0] = 7;
    expect(plan.evaluate()).toBe(49);
    expect([...plan.gradient]).toEqual([4]);
    expect([...plan.outputs]).toEqual([49]);
  });

  it('takes data that change, and asks for no gradient of them', () => {
    const tape = new Tape();
    const weights = tape.parameters([1, 2]);
    const x = tape.parameters([10, 20]);
    const target = tape.leaf(0);
    const miss = tape.dot(weights, x).sub(target);
    const plan = compile(miss.mul(miss), [weights], { data: [x, target], ...javascript });
    expect([...plan.data]).toEqual([10, 20, 0]);
    plan.data.set([1, 1, 4]);
    expect(plan.run()).toBe(1);
    expect([...plan.gradient]).toEqual([-2, -2]);
    const same = compile(miss.mul(miss), weights, { data: x, ...javascript });
    expect([[...same.inputs], [...same.data]]).toEqual([
      [1, 2],
      [10, 20],
    ]);
  });

  it('keeps the numbers of all other leaves as they are when it is made', () => {
    const tape = new Tape();
    const [a, frozen] = [tape.leaf(2), tape.leaf(3)];
    const output = a.mul(frozen.mul(frozen).exp());
    frozen.data = 0;
    const plan = compile(output, [a], javascript);
    frozen.data = 5;
    expect(plan.run()).toBe(2);
    expect([...plan.gradient]).toEqual([1]);
    // What depends on nothing that changes is a constant: one product is left.
    expect(plan.size.instructions).toBe(1);
  });

  it('goes a step against the gradient', () => {
    const tape = new Tape();
    const [a, b] = [tape.leaf(2), tape.leaf(3)];
    const plan = compile(a.mul(b), [a, b], javascript);
    plan.run();
    plan.update(0.5);
    expect([...plan.inputs]).toEqual([0.5, 2]);
  });

  it('has several outputs, each with a seed of its own, one for all, or 1', () => {
    const tape = new Tape();
    const [a, b] = [tape.leaf(2), tape.leaf(3)];
    const product = a.mul(b);
    const plan = compile([product, product.exp(), a, product], [a, b], javascript);
    expect(plan.run([1, 0, 10, 100])).toBe(6);
    expect([...plan.outputs]).toEqual([6, Math.exp(6), 2, 6]);
    expect([...plan.gradient]).toEqual([313, 202]);
    plan.run(2);
    expect(plan.gradient[1]).toBe(2 * 2 * (2 + Math.exp(6)));
    plan.run();
    expect(plan.gradient[1]).toBe(2 * (2 + Math.exp(6)));
    expect(() => plan.run([1, 2])).toThrow(OperandError);
    expect(() => plan.run('1' as never)).toThrow(OperandError);
    expect(() => plan.run('1234' as never)).toThrow(OperandError);
    expect(() => plan.update('1' as never)).toThrow(OperandError);
  });

  it('gives 0 for an input that the output does not depend on, recorded before it or after', () => {
    const tape = new Tape();
    const unused = tape.leaf(1);
    const a = tape.leaf(2);
    const output = a.exp();
    const later = tape.leaf(9);
    const plan = compile(output, [unused, a, later], javascript);
    plan.run();
    expect([...plan.gradient]).toEqual([0, Math.exp(2), 0]);
    expect([...plan.inputs]).toEqual([1, 2, 9]);
  });

  it('may have an input, or a constant, as output', () => {
    const tape = new Tape();
    const [a, b] = [tape.leaf(2), tape.leaf(3)];
    const plan = compile([a, b, b.mul(2)], [a], javascript);
    expect(plan.run([5, 1, 1])).toBe(2);
    expect([...plan.outputs]).toEqual([2, 3, 6]);
    expect([...plan.gradient]).toEqual([5]);
  });

  it('refuses inputs that it cannot change: computed, twice, foreign, forgotten or no Values at all', () => {
    const tape = new Tape();
    const a = tape.leaf(2);
    const y = a.exp();
    expect(() => compile(y, [y], javascript)).toThrow(NodeError);
    expect(() => compile(y, [a, a], javascript)).toThrow(NodeError);
    expect(() => compile(y, [a], { data: [a], ...javascript })).toThrow(NodeError);
    const block = tape.parameters([1, 2]);
    expect(() => compile(y, [block, block.at(1)], javascript)).toThrow(NodeError);
    expect(() => compile(y, [new Tape().leaf(1)], javascript)).toThrow(ForeignValueError);
    expect(() => compile(y, [new Tape().parameters([1])], javascript)).toThrow(ForeignValueError);
    expect(() => compile([y, new Tape().leaf(1)], [a], javascript)).toThrow(ForeignValueError);
    expect(() => compile(y, [3 as never], javascript)).toThrow(OperandError);
    expect(() => compile(y, a as never, javascript)).toThrow('expected a list of leaves and blocks');
    expect(() => compile([], [a], javascript)).toThrow(OperandError);
    expect(() => compile(4 as never, [a], javascript)).toThrow(OperandError);
    expect(() => compile(y, [a], { engine: 'abacus' as never })).toThrow(OperandError);
    const mark = tape.mark();
    const stale = tape.leaf(1);
    const staleOutput = stale.exp();
    tape.reset(mark);
    expect(() => compile(y, [stale], javascript)).toThrow(StaleValueError);
    expect(() => compile(staleOutput, [a], javascript)).toThrow(StaleValueError);
  });

  it('outlives what it was made from', () => {
    const tape = new Tape();
    const a = tape.leaf(2);
    const plan = tape.scope(() => compile(a.exp().mul(a), [a], javascript));
    expect(plan.run()).toBe(2 * Math.exp(2));
  });

  it('refuses numbers that would not follow: of `detach` and `noGrad`, unless they are data', () => {
    const tape = new Tape();
    const a = tape.leaf(2);
    const detached = a.exp().detach();
    const quiet = tape.noGrad(() => a.mul(3));
    expect(() => compile(a.mul(detached), [a], javascript)).toThrow(EngineError);
    expect(() => compile(a.mul(quiet), [a], javascript)).toThrow(/data/);
    const plan = compile(a.mul(detached), [a], { data: [detached], ...javascript });
    plan.data[0] = 10;
    expect(plan.run()).toBe(20);
  });

  it('says which engine runs it, whichever the host has', () => {
    const tape = new Tape();
    const a = tape.leaf(2);
    const y = a.exp();
    expect(compile(y, [a], javascript).engine).toBe('javascript');
    const plan = compile(y, [a]);
    expect(['wasm', 'javascript']).toContain(plan.engine);
    expect(plan.run()).toBe(Math.exp(2));
  });
});

describe('Decisions taken while recording', () => {
  const record = (x: number) => {
    const tape = new Tape();
    const a = tape.leaf(x);
    const positive = a.greater(0);
    const output = positive.holds() ? a.mul(2) : a.mul(a);
    return { a, positive, plan: compile(output, [a], javascript) };
  };

  it('are taken again in every run; one that comes out differently is an error', () => {
    const { plan, positive } = record(1);
    plan.inputs[0] = 5;
    expect(plan.run()).toBe(10);
    plan.inputs[0] = -1;
    expect(() => plan.run()).toThrow(BranchError);
    expect(() => plan.evaluate()).toThrow(BranchError);
    expect(() => plan.run()).toThrow(expect.objectContaining({ node: positive.index, recorded: true }));
    // The outputs are those of the last run that was right.
    expect([...plan.outputs]).toEqual([10]);
    plan.inputs[0] = 2;
    expect(plan.run()).toBe(4);
    expect([...plan.gradient]).toEqual([2]);
  });

  it('are checked the other way round, too, and where the number has become NaN', () => {
    const { plan } = record(-3);
    expect(plan.run()).toBe(9);
    plan.inputs[0] = 3;
    expect(() => plan.run()).toThrow(BranchError);
    const tape = new Tape();
    const a = tape.leaf(1);
    a.log().holds();
    const other = compile(a.mul(2), [a], javascript);
    other.inputs[0] = -1;
    expect(() => other.run()).toThrow(BranchError);
  });

  it('are checked at once where they depend on no input: a leaf may have another number by now', () => {
    const tape = new Tape();
    const [a, b] = [tape.leaf(1), tape.leaf(2)];
    const output = b.greater(1).holds() ? a.exp() : a;
    for (const number of [0, NaN]) {
      b.data = number;
      expect(() => compile(output, [a], javascript)).toThrow(BranchError);
    }
    // As an input it may get a number that fits.
    const plan = compile(output, [a, b], javascript);
    expect(() => plan.run()).toThrow(BranchError);
    plan.inputs[1] = 5;
    expect(plan.run()).toBe(Math.E);
  });

  it('are all checked, also where one leaf was read twice with different numbers', () => {
    const tape = new Tape();
    const x = tape.leaf(1);
    const first = x.holds() ? x.mul(2) : x;
    x.data = 0;
    const output = x.holds() ? first : first.add(1);
    const plan = compile(output, [x], javascript);
    for (const number of [0, 1]) {
      plan.inputs[0] = number;
      expect(() => plan.run()).toThrow(BranchError);
    }
  });

  it('cost nothing where they depend on no input', () => {
    const tape = new Tape();
    const [a, b] = [tape.leaf(1), tape.leaf(2)];
    const output = b.greater(1).holds() ? a.exp() : a;
    const plan = compile(output, [a], javascript);
    expect(plan.size.instructions).toBe(1);
    expect(plan.run()).toBe(Math.E);
  });

  it('are not seen in a plain `if` on `.data`: the branch that was recorded is computed again', () => {
    const tape = new Tape();
    const a = tape.leaf(1);
    const output = a.data > 0 ? a.mul(2) : a.mul(a);
    const plan = compile(output, [a], javascript);
    plan.inputs[0] = -3;
    expect(plan.run()).toBe(-6); // 9, had it been recorded anew
  });
});

describe('The instructions of a plan', () => {
  it('leave out what no output needs', () => {
    const tape = new Tape();
    const a = tape.leaf(1);
    let noise: Value = a;
    for (let i = 0; i < 100; i++) noise = noise.sin();
    expect(compile(a.exp(), [a], javascript).size.instructions).toBe(1);
  });

  it('are one for each layer of sums and one for its activations', () => {
    const tape = new Tape();
    const parameters = parametersOf(tape, 17 * 16 + 17 * 16 + 17 * 10);
    const x = Array.from({ length: 16 }, (_, i) => tape.leaf(i));
    const output = network(parameters, [16, 16, 10], x);
    const plan = compile(output, parameters, { data: x, ...javascript });
    expect(plan.size.instructions).toBe(6);
    // Inputs, data, and a sum and an activation per unit.
    expect(plan.size.slots).toBe(parameters.length + 16 + 2 * 42);
  });

  it('are the same for `affine` over blocks, and number for number for constants', () => {
    const instructions = (numbers: (tape: Tape) => readonly Value[] | readonly number[]) => {
      const tape = new Tape();
      const parameters = parametersOf(tape, 17 * 16);
      const layer = network(parameters, [16], numbers(tape));
      return compile(layer, parameters, javascript).size;
    };
    const x = Array.from({ length: 16 }, (_, i) => i % 3);
    const tape = new Tape();
    const parameters = tape.parameters(new Float64Array(17 * 16));
    const block = tape.constants(x);
    const layer = Array.from({ length: 16 }, (_, unit) =>
      tape.affine(parameters.slice(17 * unit, 17 * unit + 16), block, parameters.at(17 * unit + 16)).relu(),
    );
    const { size } = compile(layer, [parameters], javascript);
    expect(size.instructions).toBe(2);
    // The sixteen numbers stand there once, not once for each unit.
    expect(size.slots).toBe(17 * 16 + 16 + 32);
    expect(instructions(() => x)).toEqual(size);
    expect(instructions((own) => own.parameters(x).values())).toEqual(size);
  });

  it('are eight for each example of a batch, whatever is written in between', () => {
    const count = (examples: number) => {
      const tape = new Tape();
      const parameters = parametersOf(tape, 48 + 272 + 17);
      let loss: Value | null = null;
      for (let i = 0; i < examples; i++) {
        const [score] = network(parameters, [16, 16, 1], [Math.cos(i), Math.sin(3 * i)]);
        const hinge = score
          .mul(i % 2 === 0 ? -1 : 1)
          .add(1)
          .relu();
        loss = loss === null ? hinge : loss.add(hinge);
      }
      return compile(loss!, parameters, javascript).size.instructions;
    };
    expect(count(30) - count(20)).toBe(80);
  });

  it('stay two for a chain and for a ladder of any length', () => {
    for (const length of [10, 1000, 100_000]) {
      const tape = new Tape();
      const [c, d] = [tape.leaf(0.999), tape.leaf(0.001)];
      let [x, y] = [tape.leaf(1), tape.leaf(1)];
      const inputs = [x, y, c, d];
      for (let i = 0; i < length; i++) x = x.mul(c).add(d);
      expect(compile(x, inputs, javascript).size.instructions).toBe(2);
      for (let i = 0; i < length; i++) y = y.mul(c).add(y.mul(d));
      expect(compile(y, inputs, javascript).size.instructions).toBe(2);
      const plan = compile([x, y], inputs, javascript);
      tape.zeroGrad();
      x.backward();
      y.backward();
      expect(plan.run()).toBe(x.data);
      expect(plan.outputs[1]).toBe(y.data);
      expect(plan.gradient[0]).toBe(inputs[0].grad);
    }
  });

  it('add up a long sum in one, though its terms are recorded far apart', () => {
    const tape = new Tape();
    const inputs = tape.parameters(Array.from({ length: 50 }, (_, i) => i));
    let sum: Value = inputs.at(0).sin();
    for (let i = 1; i < 50; i++) sum = sum.add(inputs.at(i).sin());
    expect(compile(sum, [inputs], javascript).size.instructions).toBe(51);
  });
});
