import { OPERATIONS_BY_CODE } from '../../operations/table.ts';
import type { BinaryOperation, ManyOperation, UnaryOperation } from '../../operations/operation.ts';
import type { Machine, Program } from '../plan.ts';
import { ADD, BINARY, DIV, DOT, FMA, GATHER, GUARDED, OPCODE, RUN, WHERE, WORDS } from '../plan.ts';
import { Assembler, VALUES } from './assemble.ts';
import type { MachineVariant, WebAssemblyMemory } from './load.ts';
import { loadMachine } from './load.ts';
import type { Step } from './step.ts';
import { countAt, emptyStep, readStep } from './step.ts';
import type { Straight } from './straight.ts';
import { straightModule } from './straight.ts';

/** What the module exports. */
interface Exports {
  place(values: number, valuesEnd: number, distance: number, reached: number, scratch: number): void;
  forward(program: number): void;
  backward(program: number): void;
  update(start: number, count: number, rate: number): void;
  sigmoid(x: number): number;
  sigmoidSlope(x: number): number;
  tanhSlope(x: number): number;
}

/**
 * After so many runs the single instructions of a program are written out as a module of their own, which takes a few
 * milliseconds and is then up to five times as fast: the machine has to guess what comes next, and for a long irregular
 * program it guesses wrong.
 */
const STRAIGHT_AFTER = 1000;
/** How many instructions, both ways together, are worth it; more take longer to compile than most programs run. */
const STRAIGHT_SIZE = { least: 100, most: 40_000 };

const PAGE = 65536;
const upTo = (bytes: number, multiple: number): number => Math.ceil(bytes / multiple) * multiple;

/**
 * A machine that runs the program in WebAssembly, in a memory of its own; null where there is no WebAssembly, where a
 * content security policy forbids it and where there is not enough memory. With SIMD, which is taken where the host has
 * it, sums inside a dot product are added in another order than recorded; every other number has the bits of the
 * JavaScript interpreter's, and so has all of it with the variant `scalar`.
 *
 * After `straightAfter` runs the machine writes out what it can, with the same bits.
 */
export function wasmMachine(
  program: Program,
  variant?: MachineVariant,
  straightAfter = STRAIGHT_AFTER,
): Machine | null {
  const machine = loadMachine(variant);
  if (machine === null) return null;

  const { slots, extra, outputs } = program;
  const guarded = program.guarded ? guardedSlots(program) : null;
  const uses = countUses(program);
  const bytes = upTo(8 * slots, 32);
  // Values, adjoints, a byte per slot, pairs, seeds, a list of rows, programs.
  const reached = VALUES + 2 * bytes;
  const pairs = upTo(reached + (guarded === null ? 0 : slots + VALUES / 8), 16);
  const gathers = hasGather(program);
  const seeds = upTo(pairs + (gathers ? 4 * extra.length : 0), 8);
  const scratch = upTo(seeds + 8 * outputs.length, 16);
  const code = scratch + 16 * mostRows(program);

  const assembler = new Assembler({
    count: slots,
    inputs: program.inputs,
    extra,
    seeded: outputs,
    distance: bytes,
    uses,
    guarded,
    isStart: (slot) => slot >= program.inputs + program.data && Object.is(program.leafValues[slot], -0),
    seeds,
    reached,
    pairs,
  });
  const programs = assemble(program, assembler);
  const [forward, backward] = [code, code + 4 * programs.forward.length];
  const size = backward + 4 * programs.backward.length;

  const { host, module } = machine;
  let memory: WebAssemblyMemory;
  let exports: Exports;
  const functions = imports(() => views, extra);
  try {
    memory = new host.Memory({ initial: Math.ceil(size / PAGE) });
    exports = new host.Instance(module, { m: { memory, ...functions } }).exports as Exports;
  } catch {
    return null;
  }
  const { buffer } = memory;
  const value = new Float64Array(buffer, VALUES, slots);
  const gradient = new Float64Array(buffer, VALUES + bytes, slots);
  const views = { value, gradient };
  const seedValues = new Float64Array(buffer, seeds, outputs.length);
  const forwardWords = new Int32Array(buffer, forward, programs.forward.length);
  const backwardWords = new Int32Array(buffer, backward, programs.backward.length);
  forwardWords.set(programs.forward);
  backwardWords.set(programs.backward);
  if (gathers) placePairs(program, new Int32Array(buffer, pairs, extra.length));
  value.set(program.leafValues);
  exports.place(VALUES, VALUES + bytes, bytes, reached, scratch);

  const writeOut = (): Straight | null => {
    const [placed, placedBackward] = [
      { words: forwardWords.slice(), address: forward },
      { words: backwardWords.slice(), address: backward },
    ];
    const made = straightModule(placed, placedBackward, buffer, bytes, STRAIGHT_SIZE);
    if (made === null) return null;
    try {
      const instance = new host.Instance(new host.Module(made), { m: { memory, ...functions, ...exports } });
      forwardWords.set(placed.words);
      backwardWords.set(placedBackward.words);
      return instance.exports as Straight;
    } catch {
      return null;
    }
  };
  let runs = 0;
  let straight: Straight | null = null;

  return {
    value,
    gradient,
    forward() {
      if (runs++ === straightAfter) straight = writeOut();
      if (straight === null) exports.forward(forward);
      else straight.forward();
    },
    backward(given) {
      for (let i = 0; i < seedValues.length; i++) seedValues[i] = given[i];
      if (straight === null) exports.backward(backward);
      else straight.backward();
    },
    update: (rate) => exports.update(VALUES, program.inputs, rate),
  };
}

/** What the module calls: functions of JavaScript, and the operations that have no instruction of their own. */
function imports(
  views: () => { readonly value: Float64Array; readonly gradient: Float64Array },
  extra: Int32Array,
): Readonly<Record<string, unknown>> {
  const of = new Map<number, Float64Array>();
  /** The operands of an operation, valid until the next call for as many. */
  const operands = (list: number, n: number): Float64Array => {
    const { value } = views();
    let x = of.get(n);
    if (x === undefined) of.set(n, (x = new Float64Array(n)));
    for (let k = 0; k < n; k++) x[k] = value[extra[list + k]];
    return x;
  };
  let locals = new Float64Array(8);
  return {
    exp: Math.exp,
    tanh: Math.tanh,
    unary: (code: number, a: number) => (OPERATIONS_BY_CODE[code] as UnaryOperation).value(a),
    unarySlope: (code: number, a: number, y: number) =>
      (OPERATIONS_BY_CODE[code] as UnaryOperation).partials[0](a, y),
    binary: (code: number, a: number, b: number) => (OPERATIONS_BY_CODE[code] as BinaryOperation).value(a, b),
    binarySlope: (code: number, slot: 0 | 1, a: number, b: number, y: number) =>
      (OPERATIONS_BY_CODE[code] as BinaryOperation).partials[slot](a, b, y),
    many: (d: number, list: number, n: number, code: number) => {
      views().value[d] = (OPERATIONS_BY_CODE[code] as ManyOperation).value(operands(list, n));
    },
    manyBackward: (d: number, list: number, n: number, code: number) => {
      const { value, gradient } = views();
      if (locals.length < n) locals = new Float64Array(2 * n);
      (OPERATIONS_BY_CODE[code] as ManyOperation).partials(operands(list, n), value[d], locals);
      const g = gradient[d];
      for (let k = 0; k < n; k++) gradient[extra[list + k]] += locals[k] * g;
    },
  };
}

function assemble(program: Program, assembler: Assembler): ReturnType<Assembler['finish']> {
  const count = program.code.length / WORDS;
  const step = emptyStep();
  let d = program.leafValues.length;
  for (let index = 0; index < count; index++) {
    readStep(program, index, d, step);
    assembler.addForward(step);
    d += step.count;
  }
  for (let index = count - 1; index >= 0; index--) {
    d -= countAt(program, index);
    readStep(program, index, d, step);
    assembler.addBackward(step);
  }
  return assembler.finish();
}

function eachStep(program: Program, visit: (step: Step) => void): void {
  const step = emptyStep();
  let d = program.leafValues.length;
  for (let index = 0; index < program.code.length / WORDS; index++) {
    readStep(program, index, d, step);
    visit(step);
    d += step.count;
  }
}

function guardedSlots(program: Program): Uint8Array {
  const guarded = new Uint8Array(program.slots);
  let d = program.leafValues.length;
  for (let index = 0; index < program.code.length / WORDS; index++) {
    const count = countAt(program, index);
    if (program.code[WORDS * index] & GUARDED) guarded.fill(1, d, d + count);
    d += count;
  }
  return guarded;
}

function hasGather({ code }: Program): boolean {
  for (let at = 0; at < code.length; at += WORDS) if ((code[at] & OPCODE) === GATHER) return true;
  return false;
}

/** The longest run of dot products that may be rows of weights. */
function mostRows({ code, extra }: Program): number {
  let most = 0;
  for (let at = 0; at < code.length; at += WORDS) {
    if ((code[at] & OPCODE) !== DOT || (code[at] & RUN) === 0) continue;
    const place = code[at + 1];
    if (extra[place + 5] === 1 && extra[place + 6] === 1) most = Math.max(most, code[at + 2]);
  }
  return most;
}

/** Addresses in place of the slots of the pairs. */
function placePairs(program: Program, table: Int32Array): void {
  eachStep(program, ({ opcode, list, n }) => {
    if (opcode !== GATHER) return;
    for (let k = list; k < list + 2 * n; k++) table[k] = VALUES + 8 * program.extra[k];
  });
}

/** How often each computed slot is an operand, counted up to 2; being an output counts. */
function countUses(program: Program): Uint8Array {
  const { extra, leafValues, slots } = program;
  const leaves = leafValues.length;
  const uses = new Uint8Array(slots);
  const use = (slot: number): void => {
    if (uses[slot] < 2) uses[slot]++;
  };
  const walk = (start: number, stride: number, count: number): void => {
    if (start < leaves && start + stride * (count - 1) < leaves) return;
    for (let k = 0, slot = start; k < count; k++, slot += stride) use(slot);
  };
  for (const slot of program.outputs) use(slot);
  eachStep(program, (step) => {
    const { opcode, a, b, c, n, count, list, growthA, growthB, growthC } = step;
    if (list >= 0) {
      const end = list + (opcode === GATHER ? 2 * n : n);
      for (let k = list; k < end; k++) use(extra[k]);
      if (opcode === GATHER) use(c);
    } else if (opcode === DOT) {
      for (let turn = 0; turn < count; turn++) {
        const [left, right] = [a + turn * growthA, b + turn * growthB];
        // One factor of all products counts once.
        walk(left, step.strideA, step.strideA === 0 ? 1 : n);
        walk(right, step.strideB, step.strideB === 0 ? 1 : n);
      }
      walk(c, growthC, count);
    } else {
      walk(a, growthA, count);
      const two = (opcode >= ADD && opcode <= DIV) || opcode === FMA || opcode === BINARY || opcode === WHERE;
      if (two) walk(b, growthB, count);
      if (opcode === FMA || opcode === WHERE) walk(c, growthC, count);
    }
  });
  return uses;
}
