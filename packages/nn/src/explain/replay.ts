import { compile, Tape } from '@backflow/engine';
import type { Plan, PlanEngine } from '@backflow/engine';
import { recordExample } from '../record.ts';
import { layoutOf, parameterCount } from '../spec/layout.ts';
import type { LayerLayout } from '../spec/layout.ts';
import type { LossSpec, NetworkSpec } from '../spec/spec.ts';

/**
 * The gradient of the cost of one example after the other, without penalty: recorded once, then replayed. It is recorded with
 * biases, which stay 0 where the network has none: ∂C/∂b of a unit is its ∂C/∂z.
 */
export class GradientReplay {
  /** The network whose examples it runs. */
  readonly network: NetworkSpec;
  /** Where the parameters of each layer stand. */
  readonly layers: readonly LayerLayout[];
  /** ∂C/∂w of the last run, in the order of the network's parameters. */
  readonly gradient: Float64Array;
  /** ∂C/∂z of the last run, layer after layer. */
  readonly unitGradient: Float64Array;
  /** Where each layer's units begin in `unitGradient` and `z`; the last entry is their number. */
  readonly firstUnit: readonly number[];
  private readonly plan: Plan;
  private readonly padded: readonly LayerLayout[];
  private readonly seeds: Float64Array;

  constructor(network: NetworkSpec, loss: LossSpec, engine: 'auto' | PlanEngine = 'auto') {
    this.network = network;
    this.layers = layoutOf(network);
    const padded: NetworkSpec = { ...network, bias: true };
    this.padded = layoutOf(padded);
    const outputs = network.sizes[network.sizes.length - 1];
    const tape = new Tape();
    const nodes = recordExample(
      tape,
      { network: padded, loss: { ...loss, l1: 0, l2: 0 } },
      {
        parameters: new Float64Array(parameterCount(padded)),
        x: new Float64Array(network.sizes[0]),
        y: new Float64Array(outputs),
      },
    );
    const values = (list: Int32Array) => Array.from(list, (node) => tape.at(node));
    this.plan = compile(
      [tape.at(nodes.error), ...nodes.layers.flatMap(({ z }) => values(z))],
      values(nodes.parameters),
      { data: [...values(nodes.inputs), ...values(nodes.targets)], engine },
    );
    this.gradient = new Float64Array(parameterCount(network));
    const first = [0];
    for (const { units } of this.layers) first.push(first[first.length - 1] + units);
    this.firstUnit = first;
    this.unitGradient = new Float64Array(first[first.length - 1]);
    this.seeds = Float64Array.from({ length: 1 + this.unitGradient.length }, (_, i) => (i === 0 ? 1 : 0));
  }

  /** The numbers that it computes with from now on, in the order of the network's parameters. */
  setParameters(parameters: Float64Array): void {
    const { inputs } = this.plan;
    this.layers.forEach(({ weights, biases, units, inputs: width }, layer) => {
      const place = this.padded[layer];
      inputs.set(parameters.subarray(weights, weights + units * width), place.weights);
      if (biases >= 0) inputs.set(parameters.subarray(biases, biases + units), place.biases);
    });
  }

  /** What an example costs; `y` as the loss takes it. */
  cost(x: ArrayLike<number>, y: ArrayLike<number>): number {
    this.show(x, y);
    return this.plan.evaluate();
  }

  /** What an example costs, and its gradient. */
  run(x: ArrayLike<number>, y: ArrayLike<number>): number {
    this.show(x, y);
    const cost = this.plan.run(this.seeds);
    const found = this.plan.gradient;
    this.layers.forEach(({ weights, biases, units, inputs }, layer) => {
      const place = this.padded[layer];
      this.gradient.set(found.subarray(place.weights, place.weights + units * inputs), weights);
      const sums = found.subarray(place.biases, place.biases + units);
      this.unitGradient.set(sums, this.firstUnit[layer]);
      if (biases >= 0) this.gradient.set(sums, biases);
    });
    return cost;
  }

  /** The weighted sums of the last run, layer after layer. */
  get z(): Float64Array {
    return this.plan.outputs.subarray(1);
  }

  private show(x: ArrayLike<number>, y: ArrayLike<number>): void {
    const { data } = this.plan;
    data.set(x);
    data.set(y, x.length);
  }
}
