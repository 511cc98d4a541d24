import { compile, Tape } from '@backflow/engine';
import type { Plan, Value } from '@backflow/engine';
import type { Dataset } from '../data/dataset.ts';
import { inputInto } from '../data/input.ts';
import { encodeTarget } from '../losses/targets.ts';
import { recordExample } from '../record.ts';
import { parameterCount } from '../spec/layout.ts';
import type { LossSpec, NetworkSpec } from '../spec/spec.ts';

/** So many lanes pay; more only take memory. */
const MOST_LANES = 16;

/** How many examples of a batch are computed in one run: as many in each run, so that the last has few lanes to spare. */
export function lanesFor(batch: number): number {
  return Math.ceil(batch / Math.ceil(batch / MOST_LANES));
}

/** What runs the recording: see `compile` of the engine. */
export type TrainingEngine = 'auto' | 'javascript' | 'wasm';

export interface ReplayOptions {
  readonly engine: TrainingEngine;
  /** Examples that are computed in one run. */
  readonly lanes: number;
  /** True if the network's outputs are wanted, too. */
  readonly outputs: boolean;
}

/** Where an example's numbers go. */
interface Lane {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/**
 * A network and its loss, recorded once by `recordExample` for each of `lanes` examples that share the parameters, and
 * compiled: what is replayed for every batch. The sweep goes from the last node to the first, so that the gradient of the
 * last lane is added up first.
 */
export class Replay {
  readonly lanes: number;
  readonly network: NetworkSpec;
  readonly loss: LossSpec;
  private readonly plan: Plan;
  /** Numbers that a run gives per lane: its loss, and the outputs if they are wanted. */
  private readonly perLane: number;
  private readonly outputView: Float64Array;
  private readonly seeds: Float64Array;
  /** Room for what the gradients of a batch add up to, run by run. */
  private readonly sum: Float64Array;
  /** Inputs and targets of each lane, in the plan's memory, and this memory. */
  private views: readonly Lane[] = [];
  private memory: ArrayBufferLike | null = null;

  constructor(network: NetworkSpec, loss: LossSpec, { engine, lanes, outputs }: ReplayOptions) {
    this.network = network;
    // Penalties depend on the parameters alone: the trainer adds them once per batch, not once per example.
    this.loss = { ...loss, l1: 0, l2: 0 };
    this.lanes = lanes;
    const { sizes } = network;
    const tape = new Tape();
    const values = (nodes: ArrayLike<number>): Value[] => Array.from(nodes, (node) => tape.at(node));
    const x = new Float64Array(sizes[0]);
    const y = new Float64Array(sizes[sizes.length - 1]);
    const parameters = tape.parameters(new Float64Array(parameterCount(network)));
    const data: Value[] = [];
    const wanted: Value[] = [];
    for (let lane = 0; lane < lanes; lane++) {
      const nodes = recordExample(tape, { network, loss: this.loss }, { parameters, x, y });
      data.push(...values(nodes.inputs), ...values(nodes.targets));
      wanted.push(tape.at(nodes.error));
      if (outputs) wanted.push(...values(nodes.layers[nodes.layers.length - 1].a));
    }
    this.plan = compile(wanted, parameters, { data, engine });
    this.perLane = wanted.length / lanes;
    this.outputView = this.plan.outputs.subarray(1, this.perLane);
    this.seeds = new Float64Array(wanted.length);
    this.sum = new Float64Array(parameters.length);
  }

  /** What runs it. */
  get engine(): 'javascript' | 'wasm' {
    return this.plan.engine;
  }

  /** The parameters that it computes with, to be read and written. */
  get parameters(): Float64Array {
    return this.plan.inputs;
  }

  /** The gradient of the last `run`, to be read and written. */
  get gradient(): Float64Array {
    return this.plan.gradient;
  }

  /** Gives the first lane an example of the data. */
  setExample(dataset: Dataset, example: number): void {
    this.place(this.lanesNow()[0], dataset, example);
  }

  /** Gives the first lane these inputs and, unless they do not matter, targets as the loss reads them. */
  setNumbers(x: ArrayLike<number>, y: ArrayLike<number> | null): void {
    const [lane] = this.lanesNow();
    lane.x.set(x);
    if (y !== null) lane.y.set(y);
  }

  /** Computes losses and the gradient of `seed` · (the sum of the losses of the first `used` lanes). */
  run(used: number, seed: number): void {
    const { seeds, lanes, perLane } = this;
    for (let lane = 0; lane < lanes; lane++) seeds[lane * perLane] = lane < used ? seed : 0;
    this.plan.run(seeds);
  }

  /**
   * The mean loss of `count` examples of the data, those that stand in `order` from `from` on. Its gradient is that of the last
   * run afterwards: each example's is added in turn, those of one run first among themselves.
   */
  runBatch(dataset: Dataset, order: Int32Array, from: number, count: number): number {
    const { lanes, sum } = this;
    const views = this.lanesNow();
    let loss = 0;
    for (let done = 0; done < count; done += lanes) {
      const used = Math.min(lanes, count - done);
      // The sweep adds up the last lane first.
      for (let k = 0; k < used; k++) this.place(views[used - 1 - k], dataset, order[from + done + k]);
      this.run(used, 1 / count);
      for (let k = used - 1; k >= 0; k--) loss += this.plan.outputs[k * this.perLane];
      const { gradient } = this;
      if (done > 0) add(gradient, sum);
      if (done + lanes < count) sum.set(gradient);
    }
    return loss / count;
  }

  /** Computes losses and outputs. */
  evaluate(): void {
    this.plan.evaluate();
  }

  /** The loss of the first lane, without penalty. */
  get error(): number {
    return this.plan.outputs[0];
  }

  /** The outputs of the first lane, where they are wanted; other numbers after the next run. */
  get outputs(): Float64Array {
    return this.outputView;
  }

  /** parameters −= rate · gradient. */
  update(rate: number): void {
    this.plan.update(rate);
  }

  private place({ x, y }: Lane, dataset: Dataset, example: number): void {
    inputInto(dataset, example, x);
    encodeTarget(this.network, this.loss, dataset, example, y);
  }

  /** The lanes' places in the plan's memory, which may have been replaced by a larger one. */
  private lanesNow(): readonly Lane[] {
    const { data } = this.plan;
    if (data.buffer !== this.memory) {
      const { sizes } = this.network;
      const [inputs, targets] = [sizes[0], sizes[sizes.length - 1]];
      this.memory = data.buffer;
      this.views = Array.from({ length: this.lanes }, (_, each) => {
        const at = each * (inputs + targets);
        return { x: data.subarray(at, at + inputs), y: data.subarray(at + inputs, at + inputs + targets) };
      });
    }
    return this.views;
  }
}

/** a += b. By fours, which halves the time. */
function add(a: Float64Array, b: Float64Array): void {
  const { length } = a;
  const whole = length - (length % 4);
  for (let i = 0; i < whole; i += 4) {
    const first = a[i] + b[i];
    const second = a[i + 1] + b[i + 1];
    const third = a[i + 2] + b[i + 2];
    const fourth = a[i + 3] + b[i + 3];
    a[i] = first;
    a[i + 1] = second;
    a[i + 2] = third;
    a[i + 3] = fourth;
  }
  for (let i = whole; i < length; i++) a[i] += b[i];
}
