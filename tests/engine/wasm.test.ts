import { describe, expect, it, vi } from 'vitest';
import type { OperationName } from '@backflow/engine';
import { OPERATIONS } from '@backflow/engine';
import { CODES } from '../../packages/engine/src/operations/names.ts';
import { Interpreter } from '../../packages/engine/src/plan/interpret.ts';
import * as plan from '../../packages/engine/src/plan/plan.ts';
import { wasmMachine } from '../../packages/engine/src/plan/wasm/machine.ts';
import type { MachineVariant } from '../../packages/engine/src/plan/wasm/load.ts';
import { allNames, edgeInputs, tablePartials, tableValue } from './points.ts';
import { generator, ProgramWriter, randomProgram } from './wasm-programs.ts';
import { byTheBook } from './wasm-reference.ts';

const VARIANTS = ['simd', 'scalar'] as const;

/** Values of all slots and gradients of the inputs, after the second of two runs; `javascript` is the interpreter. */
function run(
  program: plan.Program,
  variant: MachineVariant | 'javascript',
  seeds: readonly number[] = program.outputs.length === 1
    ? [1]
    : Array.from(program.outputs, (_, i) => 1 - i / 4),
): { value: Float64Array; gradient: Float64Array; seeds: readonly number[] } {
  // The second time by a module made for this program, if it is long enough.
  const machine = variant === 'javascript' ? new Interpreter(program) : wasmMachine(program, variant, 1)!;
  for (let time = 0; time < 2; time++) {
    machine.forward();
    machine.backward(seeds);
  }
  return { value: machine.value, gradient: machine.gradient.subarray(0, program.inputs), seeds };
}

/**
 * Where one of the variants has other bits than the format says, in values or gradients: for programs whose sums are
 * exact, in whatever order they are added.
 */
function differences(program: plan.Program, seeds?: readonly number[]): string[] {
  return ([...VARIANTS, 'javascript'] as const).flatMap((variant) => {
    const found = run(program, variant, seeds);
    const expected = byTheBook(program, found.seeds);
    return (['value', 'gradient'] as const).flatMap((what) =>
      [...found[what]].flatMap((x, slot) =>
        Object.is(x, expected[what][slot])
          ? []
          : [`${variant}: ${what} ${slot} is ${x}, expected ${expected[what][slot]}`],
      ),
    );
  });
}

/** Small whole numbers, so that no sum is rounded. */
function wholeNumbers(count: number, seed = 1): number[] {
  const random = generator(seed);
  return Array.from({ length: count }, () => Math.floor(9 * random()) - 4);
}

describe('random programs', () => {
  for (const variant of ['scalar', 'javascript'] as const) {
    it(`have the bits of the format: ${variant}`, () => {
      for (let seed = 1; seed <= 600; seed++) {
        const program = randomProgram(seed);
        const found = run(program, variant);
        const expected = byTheBook(program, found.seeds);
        const differ = [...found.value].findIndex((x, slot) => !Object.is(x, expected.value[slot]));
        expect({ seed, differ }).toEqual({ seed, differ: -1 });
        const wrong = [...found.gradient].findIndex((x, slot) => !Object.is(x, expected.gradient[slot]));
        expect({ seed, wrong }).toEqual({ seed, wrong: -1 });
      }
    });
  }

  it('agree with the format with SIMD, as far as sums in another order do', () => {
    let rounded = 0;
    for (let seed = 1; seed <= 600; seed++) {
      const program = randomProgram(seed, { tame: true });
      const found = run(program, 'simd');
      const { gradient, magnitude } = byTheBook(program, found.seeds);
      for (let slot = 0; slot < program.inputs; slot++) {
        const [x, wanted] = [found.gradient[slot], gradient[slot]];
        if (Object.is(x, wanted)) continue;
        rounded++;
        expect({ seed, slot, x, wanted, close: Math.abs(x - wanted) <= 1e-12 * magnitude[slot] }).toEqual({
          seed,
          slot,
          x,
          wanted,
          close: true,
        });
      }
    }
    expect(rounded).toBeGreaterThan(0);
  });
});

describe('a program written out', () => {
  it('has the bits that the machine has', () => {
    const module = vi.spyOn(WebAssembly, 'Module');
    for (let seed = 1; seed <= 60; seed++) {
      const program = randomProgram(seed, { length: 200, leaves: 20, tame: seed % 3 > 0 });
      const found = run(program, 'scalar');
      const { value, gradient } = byTheBook(program, found.seeds);
      const differ = [...found.value].findIndex((x, slot) => !Object.is(x, value[slot]));
      const wrong = [...found.gradient].findIndex((x, slot) => !Object.is(x, gradient[slot]));
      expect({ seed, differ, wrong }).toEqual({ seed, differ: -1, wrong: -1 });
    }
    // One of each was compiled.
    expect(module.mock.calls.length).toBeGreaterThanOrEqual(60);
    module.mockRestore();
  });

  it('leaves alone what guards pass over', () => {
    for (const condition of [0, 1]) {
      const writer = new ProgramWriter([condition, Infinity, 2, 3]);
      const outputs: number[] = [];
      for (let i = 0; i < 60; i++) {
        const a = writer.one(plan.MUL, 2, 3);
        const b = writer.one(plan.MUL | plan.GUARDED, 1, a);
        const c = writer.one(plan.SUB | plan.GUARDED, b, i % 4);
        outputs.push(writer.one(plan.WHERE, 0, c, writer.one(plan.ADD, a, 3)));
      }
      expect(differences(writer.program(outputs))).toEqual([]);
    }
  });

  it('runs as a machine where it cannot be compiled', () => {
    const program = randomProgram(1, { length: 200, tame: true });
    const machine = wasmMachine(program, 'scalar', 1)!;
    const module = vi.spyOn(WebAssembly, 'Module').mockImplementation(function Module() {
      throw new WebAssembly.CompileError('not here');
    });
    const before = run(program, 'scalar');
    for (let time = 0; time < 3; time++) {
      machine.forward();
      machine.backward(before.seeds);
    }
    expect(module).toHaveBeenCalled();
    module.mockRestore();
    expect([...machine.value]).toEqual([...before.value]);
  });
});

describe('dot products', () => {
  it('of every length and stride', () => {
    const writer = new ProgramWriter(wholeNumbers(40));
    const results: number[] = [];
    for (let n = 1; n <= 19; n++) {
      for (const [a, b, strideA, strideB] of [
        [0, 20, 1, 1],
        [3, 3, 1, 1],
        [3, 4, 1, 1],
        [0, 39, 1, -1],
        [0, 20, 2, 1],
        [7, 20, 0, 1],
        [20, 7, 1, 0],
      ]) {
        results.push(writer.dot(a, b, [n, strideA, strideB], n));
      }
    }
    expect(differences(writer.program(results))).toEqual([]);
  });

  it('in rows of every width and number', () => {
    for (const growth of ['left', 'right'] as const) {
      for (let count = 4; count <= 9; count++) {
        for (const n of [1, 2, 3, 4, 5, 8, 15, 16, 31, 32, 33, 40]) {
          const weights = count * (n + 1);
          const writer = new ProgramWriter(wholeNumbers(weights + n, n), weights + (count % 2 ? n : 0));
          // The biases stand behind the rows.
          const [w, x, moves, rests] = [0, weights, n + 1, 0];
          const first =
            growth === 'left'
              ? writer.dots(count, [w, x, n], [moves, rests, n + 1], [n, 1, 1])
              : writer.dots(count, [x, w, n], [rests, moves, n + 1], [n, 1, 1]);
          expect(differences(writer.program(Array.from({ length: count }, (_, row) => first + row)))).toEqual(
            [],
          );
        }
      }
    }
  });

  it('in rows whose weights get gradients elsewhere too, or overlap, or are outputs', () => {
    const width = 40;
    for (const kind of ['again', 'twice', 'windows', 'output', 'bias']) {
      const writer = new ProgramWriter(wholeNumbers(6 * width, 5));
      const x = 5 * width;
      const growth = kind === 'windows' ? 1 : width;
      const init = kind === 'bias' ? 3 : writer.zero;
      const rows = (): number =>
        writer.dots(4, [0, x, init], [growth, 0, kind === 'bias' ? 1 : 0], [width, 1, 1]);
      const first = rows();
      const outputs = [first, first + 1, first + 2, first + 3];
      if (kind === 'again') outputs.push(writer.one(plan.MUL, 7, 8));
      if (kind === 'twice') outputs.push(rows());
      if (kind === 'output') outputs.push(5);
      expect(differences(writer.program(outputs))).toEqual([]);
    }
  });

  it('in rows, with starts that go on through the weights in steps of their own', () => {
    const random = generator(3);
    for (const [init, growthInit] of [
      [17, 1],
      [5, 12],
      [53, -6],
      [5, 6],
      [20, 0],
    ]) {
      const writer = new ProgramWriter(Array.from({ length: 72 }, random));
      const rows = (): number => writer.dots(8, [0, 64, init], [6, 0, growthInit], [5, 1, 1]);
      const outputs = [rows(), rows()].flatMap((first) => Array.from({ length: 8 }, (_, row) => first + row));
      const seeds = outputs.map(random);
      const { gradient } = run(writer.program(outputs), 'javascript', seeds);
      expect(gradient).toEqual(byTheBook(writer.program(outputs), seeds).gradient.subarray(0, 72));
    }
  });

  it('a gradient of 0 passes over what is finite, and meets what is not', () => {
    for (const x of [2, Infinity, NaN]) {
      for (const n of [2, 12, 40]) {
        for (const others of [false, true]) {
          const leaves = [...wholeNumbers(4 * n), ...wholeNumbers(n - 1, 2), x];
          // Without others the rows' gradients are stored, not added.
          const writer = new ProgramWriter(leaves, others ? leaves.length : 4 * n);
          const first = writer.dots(4, [0, 4 * n, writer.zero], [n, 0, 0], [n, 1, 1]);
          const outputs = [first, writer.one(plan.MUL, first + 1, writer.zero), first + 3];
          if (others) outputs.push(writer.dot(0, 4 * n, [n, 1, 1]));
          const program = writer.program(outputs);
          for (const seeds of [
            [0, 1, 0, 0],
            [0, 0, 0, 0],
            [1, 0, 0, 2],
            [2, 3, 4, 0],
          ]) {
            expect(differences(program, seeds)).toEqual([]);
          }
        }
      }
    }
  });
});

describe('chains', () => {
  const count = 12;
  for (const opcode of [plan.ADD, plan.SUB, plan.MUL, plan.FMA]) {
    for (const side of ['left', 'right'] as const) {
      for (const growth of [0, 1, -1]) {
        it(`of opcode ${opcode}, onto the ${side}, with operands ${growth} apart`, () => {
          for (const shared of [false, true]) {
            const ones = wholeNumbers(30, 3).map((x) => Math.sign(x));
            const writer = new ProgramWriter([...ones, ...wholeNumbers(30)]);
            const start = writer.one(plan.ADD, 31, 32);
            const operand = growth < 0 ? 20 : 5;
            const [a, b] = side === 'left' ? [start, operand] : [operand, start];
            const [growthA, growthB] = side === 'left' ? [1, growth] : [growth, 1];
            const first = writer.run(opcode, count, [a, b, 45], [growthA, growthB, growth]);
            const outputs = [writer.next - 1];
            if (shared) outputs.push(writer.one(plan.MUL, first + 4, first + 7), first + 2);
            expect(differences(writer.program(outputs))).toEqual([]);
          }
        });
      }
    }
  }

  it('of sums of two products with one factor', () => {
    for (const side of ['left', 'right'] as const) {
      for (const init of ['none', 'one', 'many']) {
        for (const growth of [0, 2]) {
          const writer = new ProgramWriter([...wholeNumbers(30, 3).map((x) => Math.sign(x)), 3, 1, 2, -1]);
          const start = writer.one(plan.ADD, 31, 32);
          const [c, growthC] = init === 'none' ? [writer.zero, 0] : init === 'one' ? [33, 0] : [28, -2];
          if (side === 'left') writer.dots(5, [start, 0, c], [1, growth, growthC], [2, 0, 1]);
          else writer.dots(5, [0, start, c], [growth, 1, growthC], [2, 1, 0]);
          expect(differences(writer.program())).toEqual([]);
        }
      }
    }
  });

  it('that read more than one of their results', () => {
    // Fibonacci's numbers, squares of squares, and an operand that is the beginning as well.
    const writer = new ProgramWriter([1, 1, 2]);
    const first = writer.one(plan.ADD, 0, 1);
    const second = writer.one(plan.ADD, first, 1);
    writer.run(plan.ADD, 20, [second, first, 0], [1, 1, 0]);
    const square = writer.one(plan.MUL, 2, 0);
    writer.run(plan.MUL, 4, [square, square, 0], [1, 1, 0]);
    const onto = writer.one(plan.NEG, 2);
    writer.run(plan.FMA, 6, [onto, onto, 1], [1, 0, 0]);
    expect(differences(writer.program([square - 1, onto - 1, writer.next - 1]))).toEqual([]);
  });

  it('of many links keep a gradient of infinity, and a factor of 0 makes it NaN', () => {
    const writer = new ProgramWriter([1, 1e300, 0, 0]);
    const start = writer.one(plan.MUL, 0, 1);
    writer.run(plan.MUL, 5, [start, 1, 0], [1, 0, 0]);
    expect(differences(writer.program())).toEqual([]);
    const zero = writer.one(plan.MUL, writer.next - 1, 2);
    expect(differences(writer.program([zero]))).toEqual([]);
  });
});

describe('activations in a row', () => {
  it('are the same as one by one', () => {
    for (const opcode of [plan.RELU, plan.TANH, plan.SIGMOID, plan.EXP, plan.NEG]) {
      const leaves = [0, -0, 1, -1, 1e-320, 40, -40, 800, -800, Infinity, -Infinity, NaN, 3];
      const writer = new ProgramWriter(leaves);
      const first = writer.run(opcode, leaves.length, [0, 0, 0], [1, 0, 0]);
      const outputs = leaves.map((_, i) => first + i);
      expect(
        differences(
          writer.program(outputs),
          leaves.map((_, i) => i - 3),
        ),
      ).toEqual([]);
      expect(
        differences(
          writer.program(outputs),
          leaves.map((_, i) => [Infinity, 0, NaN][i % 3]),
        ),
      ).toEqual([]);
    }
  });
});

describe('where', () => {
  it('takes a branch, and passes nothing to the other: no 0 · ∞', () => {
    for (const condition of [1, 0, -0, -2, NaN]) {
      const writer = new ProgramWriter([condition, 0, 2]);
      // Guarded: 1/0 and log 0, whose slopes are infinite.
      const over = writer.one(plan.DIV | plan.GUARDED, 2, 1);
      const twice = writer.one(plan.ADD | plan.GUARDED, over, over);
      const log = writer.one(plan.UNARY | plan.GUARDED, 1, CODES.log);
      const inner = writer.one(plan.WHERE | plan.GUARDED, 1, twice, log);
      const plain = writer.one(plan.MUL | plan.GUARDED, 2, 2);
      const outer = writer.one(plan.WHERE, 0, inner, plain);
      expect(differences(writer.program([outer]))).toEqual([]);
      expect(differences(writer.program([outer]), [NaN])).toEqual([]);
    }
  });

  it('guards what is reached through any one operand of a guarded instruction', () => {
    const g = plan.GUARDED;
    const places: readonly ((writer: ProgramWriter, inner: number) => number)[] = [
      (writer, inner) => writer.one(plan.ADD | g, inner, 2),
      (writer, inner) => writer.one(plan.ADD | g, 2, inner),
      (writer, inner) => writer.one(plan.TANH | g, inner),
      (writer, inner) => writer.one(plan.FMA | g, inner, 1, 2),
      (writer, inner) => writer.one(plan.FMA | g, 1, inner, 2),
      (writer, inner) => writer.one(plan.FMA | g, 1, 2, inner),
      (writer, inner) => writer.dot(inner, 1, [2, -1, 1], 2, g),
      (writer, inner) => writer.dot(1, inner, [2, 1, -1], 2, g),
      (writer, inner) => writer.dot(1, 2, [2, 1, 1], inner, g),
      (writer, inner) => writer.gather([1, 2, inner, 3], 2, g),
      (writer, inner) => writer.gather([1, inner, 2, 3], 2, g),
      (writer, inner) => writer.gather([1, 2, 2, 3], inner, g),
      (writer, inner) => writer.one(plan.BINARY | g, inner, 2, CODES.atan2),
      (writer, inner) => writer.one(plan.BINARY | g, 2, inner, CODES.atan2),
      (writer, inner) => writer.many(CODES.prod, [1, inner, 2], g),
      (writer, inner) => writer.one(plan.WHERE | g, 1, inner, 2),
      (writer, inner) => writer.one(plan.WHERE | g, writer.zero, 2, inner),
    ];
    for (const place of places) {
      const writer = new ProgramWriter([1, 2, 3, 0.5]);
      const inner = writer.one(plan.MUL | g, 2, 3);
      writer.one(plan.WHERE, 0, place(writer, inner), 3);
      expect(differences(writer.program())).toEqual([]);
    }
  });

  it('guards every kind of instruction', () => {
    for (const condition of [0, 1]) {
      for (const taken of [0, 1]) {
        const writer = new ProgramWriter([condition, Infinity, 2, 3, taken]);
        const g = plan.GUARDED;
        const guarded = [writer.one(plan.MUL | g, 1, 2)];
        guarded.push(writer.one(plan.FMA | g, guarded[0], 2, 3));
        guarded.push(writer.dot(guarded[0], 2, [2, 1, 1], 3, g));
        guarded.push(writer.gather([guarded[2], 2, 3, guarded[1]], guarded[0], g));
        guarded.push(writer.many(CODES.prod, [guarded[3], 2, guarded[1]], g));
        guarded.push(writer.one(plan.BINARY | g, guarded[4], 2, CODES.pow));
        guarded.push(writer.one(plan.TANH | g, guarded[5]));
        const all = guarded.map((slot) => writer.one(plan.WHERE, 4, writer.one(plan.WHERE, 0, slot, 2), 3));
        expect(
          differences(
            writer.program(all),
            all.map((_, i) => i + 1),
          ),
        ).toEqual([]);
      }
    }
  });
});

/** Instructions of the operations that have some. */
const OWN: Partial<Record<OperationName, number>> = {
  add: plan.ADD,
  sub: plan.SUB,
  mul: plan.MUL,
  div: plan.DIV,
  neg: plan.NEG,
  exp: plan.EXP,
  relu: plan.RELU,
  tanh: plan.TANH,
  sigmoid: plan.SIGMOID,
  where: plan.WHERE,
};

describe('the operations at their edges', () => {
  for (const name of allNames) {
    it(`${name} has the table's values and derivatives`, () => {
      for (const inputs of edgeInputs(name)) {
        const writer = new ProgramWriter(inputs);
        const opcode = OWN[name];
        const { arity } = OPERATIONS[name];
        const slots = inputs.map((_, slot) => slot);
        if (opcode !== undefined) writer.one(opcode, 0, 1, 2);
        else if (arity === 1) writer.one(plan.UNARY, 0, CODES[name]);
        else if (arity === 2) writer.one(plan.BINARY, 0, 1, CODES[name]);
        else writer.many(CODES[name], slots);
        const program = writer.program();
        for (const variant of VARIANTS) {
          const { value, gradient } = run(program, variant);
          expect({ inputs, value: value[program.slots - 1] }).toEqual({
            inputs,
            value: tableValue(name, inputs),
          });
          // Slots start at +0, to which −0 is added.
          const partials = tablePartials(name, inputs).map((x) => 0 + x);
          const expected = name === 'where' ? taken(inputs) : partials;
          expect({ inputs, gradient: [...gradient] }).toEqual({ inputs, gradient: expected });
        }
      }
    });
  }
});

/** The table gives the branch not taken 0; there is no edge to it, and no gradient either way. */
function taken([condition]: readonly number[]): number[] {
  if (Number.isNaN(condition)) return [0, 0, 0];
  return condition === 0 ? [0, 0, 1] : [0, 1, 0];
}
