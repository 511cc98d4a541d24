import { Block } from '../tape/block.ts';
import { BranchError, EngineError, ForeignValueError, NodeError, OperandError } from '../errors.ts';
import { LEAF } from '../operations/names.ts';
import type { Inputs } from '../tape/grad.ts';
import type { Tape } from '../tape/tape.ts';
import { Value } from '../tape/value.ts';
import { buildProgram } from './build.ts';
import { Interpreter } from './interpret.ts';
import { agrees, WORDS } from './plan.ts';
import type { Machine, Program } from './plan.ts';
import { wasmMachine } from './wasm/machine.ts';

/** What runs a plan: `wasm`, one constant WebAssembly module, or the interpreter in plain JavaScript. */
export type PlanEngine = 'javascript' | 'wasm';

/** What changes from run to run, and what runs it. */
export interface CompileOptions {
  /** Leaves whose numbers change from run to run, but whose gradients nobody asks for: examples, targets. */
  readonly data?: Inputs;
  /**
   * `auto`, the default, takes WebAssembly where the host has it and allows it, else JavaScript. `javascript` has the bits of
   * the eager engine; `wasm` may add up the products of a sum in another order.
   */
  readonly engine?: 'auto' | PlanEngine;
}

/**
 * Turns a recorded computation into a plan that computes it again and again for other numbers, without recording:
 *
 *     const plan = compile(loss, parameters, { data: example });
 *     for (const numbers of examples) {
 *       plan.data.set(numbers);
 *       plan.run();
 *       plan.update(0.01);
 *     }
 *
 * `inputs` are leaves whose gradients are wanted, `data` leaves that only change; blocks stand for all of their leaves. Every
 * other leaf, and every number, keeps what it is now. With several outputs the plan differentiates their sum, weighted by the
 * seed of `run`.
 *
 * The plan does what was recorded: `where` chooses anew in every run, and a condition read with `Value.holds()` is checked in
 * every run. But nobody can see an `if` on `.data`: such a plan goes on computing the branch that was recorded.
 * Hooks are not called.
 *
 * Throws ForeignValueError and StaleValueError for Values of other tapes or forgotten ones; NodeError for an input that is no
 * leaf or that is there twice; OperandError for something else than Values and blocks; EngineError if the output depends on the
 * number of a computation that was not recorded (`detach`, `noGrad`), which is not among `data`, and if `wasm` is asked for
 * where there is none; BranchError if a condition read with `holds()` comes out differently already, as a leaf that it was
 * read from has another number now and is no input.
 */
export function compile(
  output: Value | readonly Value[],
  inputs: Inputs,
  options: CompileOptions = {},
): Plan {
  const { data = [], engine = 'auto' } = options;
  const outputs = output instanceof Value ? [output] : output;
  if (!Array.isArray(outputs) || !(outputs[0] instanceof Value)) {
    throw new OperandError('compile', output, 'a Value or several');
  }
  if (engine !== 'auto' && engine !== 'javascript' && engine !== 'wasm') {
    throw new OperandError('compile', engine, 'auto, javascript or wasm');
  }
  const { tape } = outputs[0];
  const nodes = outputs.map((each) => nodeOf(tape, each));
  const taken = new Set<number>();
  const inputNodes = leavesOf(tape, inputs, taken);
  const dataNodes = leavesOf(tape, data, taken);
  const { decisions, detachedLeaves } = tape;
  const program = buildProgram(tape, {
    outputs: nodes,
    inputs: inputNodes,
    data: dataNodes,
    decisions,
    refused: detachedLeaves,
  });

  const machine = engine === 'javascript' ? null : wasmMachine(program);
  if (engine === 'wasm' && machine === null) {
    throw new EngineError(
      'compile: found no WebAssembly, or a policy that forbids it; expected engine: javascript.',
    );
  }
  return new Plan(program, machine ?? new Interpreter(program), machine === null ? 'javascript' : 'wasm');
}

/** A recorded computation, ready to be run for other numbers. Made by `compile`. */
export class Plan {
  /** What runs it. */
  readonly engine: PlanEngine;
  /** The outputs of the last run or evaluation, in the order in which they were given. */
  readonly outputs: Float64Array;
  /** How large it is: instructions, numbers, and bytes of both. */
  readonly size: { readonly instructions: number; readonly slots: number; readonly bytes: number };
  private readonly program: Program;
  private readonly machine: Machine;
  private readonly seeds: Float64Array;
  private inputView: Float64Array;
  private dataView: Float64Array;
  private gradientView: Float64Array;

  /** @internal */
  constructor(program: Program, machine: Machine, engine: PlanEngine) {
    this.program = program;
    this.machine = machine;
    this.engine = engine;
    this.outputs = new Float64Array(program.outputs.length);
    this.seeds = new Float64Array(program.outputs.length);
    const { code, extra, slots } = program;
    this.size = {
      instructions: code.length / WORDS,
      slots,
      bytes: code.byteLength + extra.byteLength + 16 * slots,
    };
    const { value, gradient } = machine;
    const { inputs, data } = program;
    this.inputView = value.subarray(0, inputs);
    this.dataView = value.subarray(inputs, inputs + data);
    this.gradientView = gradient.subarray(0, inputs);
  }

  /** The numbers of the inputs, to be read and written. */
  get inputs(): Float64Array {
    const { value } = this.machine;
    if (this.inputView.buffer !== value.buffer) this.inputView = value.subarray(0, this.program.inputs);
    return this.inputView;
  }

  /** The numbers of the data, to be read and written. */
  get data(): Float64Array {
    const { value } = this.machine;
    const { inputs, data } = this.program;
    if (this.dataView.buffer !== value.buffer) this.dataView = value.subarray(inputs, inputs + data);
    return this.dataView;
  }

  /** ∂output/∂inputs of the last `run`, one number per input; 0 for an input that the output does not depend on. */
  get gradient(): Float64Array {
    const { gradient } = this.machine;
    if (this.gradientView.buffer !== gradient.buffer) {
      this.gradientView = gradient.subarray(0, this.program.inputs);
    }
    return this.gradientView;
  }

  /** Computes the outputs and returns the first. Throws BranchError where a recorded decision comes out differently. */
  evaluate(): number {
    const { machine, program, outputs } = this;
    machine.forward();
    const { value } = machine;
    for (const { slot, holds, node } of program.decisions) {
      const found = value[slot];
      if (!agrees(found, holds)) throw new BranchError(node, found, holds);
    }
    for (let i = 0; i < outputs.length; i++) outputs[i] = value[program.outputs[i]];
    return outputs[0];
  }

  /**
   * Computes the outputs and the gradient, and returns the first output. `seed` is the derivative of whatever lies beyond with
   * respect to the outputs: one number for all of them, 1 by default, or one for each.
   *
   * Throws BranchError where a recorded decision comes out differently, OperandError for a seed of the wrong kind or length.
   */
  run(seed: number | ArrayLike<number> = 1): number {
    const { seeds } = this;
    if (typeof seed === 'number') seeds.fill(seed);
    else {
      if (typeof seed !== 'object' || seed?.length !== seeds.length)
        throw new OperandError('run', seed, `a number, or ${seeds.length} of them`);
      seeds.set(seed);
    }
    const result = this.evaluate();
    this.machine.backward(seeds);
    return result;
  }

  /** A step of gradient descent: inputs −= `rate` · gradient. Throws OperandError for anything but a number. */
  update(rate: number): void {
    if (typeof rate !== 'number') throw new OperandError('update', rate, 'a number');
    this.machine.update(rate);
  }
}

function nodeOf(tape: Tape, value: Value): number {
  if (!(value instanceof Value)) throw new OperandError('compile', value, 'a Value');
  if (value.tape !== tape) throw new ForeignValueError('compile');
  value.check('compile');
  return value.index;
}

function leavesOf(tape: Tape, given: Inputs, taken: Set<number>): Int32Array {
  const list = given instanceof Block ? [given] : given;
  if (!Array.isArray(list)) throw new OperandError('compile', given, 'a list of leaves and blocks');
  const leaves: number[] = [];
  const take = (node: number) => {
    if (taken.has(node)) throw new NodeError('compile', node, 'each leaf only once among inputs and data');
    taken.add(node);
    leaves.push(node);
  };
  for (const each of list as readonly (Value | Block)[]) {
    if (each instanceof Block) {
      if (each.tape !== tape) throw new ForeignValueError('compile');
      each.check('compile');
      for (let i = 0; i < each.length; i++) take(each.start + i);
    } else {
      const node = nodeOf(tape, each);
      if (tape.codeAt(node) !== LEAF) throw new NodeError('compile', node, 'a leaf');
      take(node);
    }
  }
  return Int32Array.from(leaves);
}
