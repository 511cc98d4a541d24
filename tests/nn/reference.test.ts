import { readFileSync } from 'node:fs';
import { absoluteBackward, backward, Tape } from '@backflow/engine';
import type { Recording } from '@backflow/engine';
import { addPenaltyGradient, optimizerOf, penaltyOf, recordExample } from '@backflow/nn';
import type { ActivationName, LossName, NetworkSpec, OptimizerName } from '@backflow/nn';
import { describe, expect, it } from 'vitest';

interface Case {
  readonly sizes: readonly number[];
  readonly activation: ActivationName;
  readonly output: ActivationName;
  readonly bias: boolean;
  readonly loss: LossName;
  readonly parameters: readonly number[];
}

interface GradientCase extends Case {
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly z: readonly (readonly number[])[];
  readonly a: readonly (readonly number[])[];
  readonly cost: number;
  readonly gradient: readonly number[];
  readonly dz: readonly (readonly number[])[];
  readonly da: readonly (readonly number[])[];
  readonly dx: readonly number[];
}

interface TrainingCase extends Case {
  readonly optimizer: OptimizerName;
  readonly l1: number;
  readonly l2: number;
  readonly xs: readonly (readonly number[])[];
  readonly ys: readonly (readonly number[])[];
  readonly costs: readonly number[];
  readonly after: readonly number[];
  readonly path?: readonly (readonly number[])[];
}

const reference = JSON.parse(readFileSync(new URL('./reference/pytorch.json', import.meta.url), 'utf8')) as {
  readonly gradients: readonly GradientCase[];
  readonly training: readonly TrainingCase[];
};

const specOf = ({ sizes, activation, output, bias }: Case): NetworkSpec => ({
  sizes,
  activation,
  output,
  bias,
  init: 'zeros',
  seed: 1,
});

const nameOf = ({ sizes, activation, output, loss }: Case): string =>
  `${sizes.join('-')} ${activation} ${output} ${loss}`;

/** Σ over all paths from the leaves of |leaf · path product|: what is added up into a node's number, to first order. */
function termsOf(recording: Recording, node: number): number {
  const paths = absoluteBackward(recording, node);
  let terms = Math.abs(recording.value[node]);
  for (let leaf = 0; leaf < node; leaf++) {
    if (recording.operation[leaf] === 0) terms += paths[leaf] * Math.abs(recording.value[leaf]);
  }
  return terms;
}

/** The largest difference in units of what it is measured against, which may be 0 only where both agree. */
function worst(found: ArrayLike<number>, expected: ArrayLike<number>, against: ArrayLike<number>): number {
  expect(found.length).toBe(expected.length);
  let most = 0;
  for (let i = 0; i < found.length; i++) {
    const miss = Math.abs(found[i] - expected[i]);
    if (miss !== 0) most = Math.max(most, miss / against[i]);
    if (Number.isNaN(miss)) return NaN;
  }
  return most;
}

describe('one example, as PyTorch computes it', () => {
  it('is compared for every loss, and activation of hidden layers', () => {
    const pairs = new Set(reference.gradients.map(({ loss, activation }) => `${loss} ${activation}`));
    expect(pairs.size).toBe(7 * 6);
    expect(reference.gradients.length).toBe(86);
  });

  it.each(reference.gradients.map((each) => [nameOf(each), each] as const))('%s', (_, each) => {
    const tape = new Tape();
    const spec = { network: specOf(each), loss: { name: each.loss, l1: 0, l2: 0 } };
    const nodes = recordExample(tape, spec, each);
    const recording = tape.recordNode(nodes.loss);
    const { value } = recording;
    const at = (from: ArrayLike<number>, of: Int32Array): number[] => Array.from(of, (node) => from[node]);

    const sums = nodes.layers.map(({ z }) => at(value, z));
    const outputs = nodes.layers.map(({ a }) => at(value, a));
    const values = [...nodes.layers.flatMap(({ z, a }) => [...z, ...a]), nodes.loss];
    const expected = each.z.flatMap((z, l) => [...z, ...each.a[l]]);
    const terms = values.map((node) => termsOf(recording, node));
    expect(sums.map((z) => z.length)).toEqual(each.z.map((z) => z.length));
    expect(outputs.length).toBe(each.a.length);
    expect(worst(at(value, Int32Array.from(values)), [...expected, each.cost], terms)).toBeLessThan(1e-12);

    const gradient = backward(recording);
    const paths = absoluteBackward(recording, nodes.loss);
    const compare = (of: Int32Array, wanted: readonly number[]): void =>
      expect(worst(at(gradient, of), wanted, at(paths, of))).toBeLessThan(1e-12);
    compare(nodes.parameters, each.gradient);
    compare(nodes.inputs, each.dx);
    nodes.layers.forEach(({ z, a }, l) => {
      // A sum that is read beside its activation has a gradient from there; identity has one node for both.
      compare(z, each.dz[l]);
      if (z[0] !== a[0]) compare(a, each.da[l]);
    });
  });
});

describe('20 steps of training, as PyTorch takes them', () => {
  it('are compared for every loss, optimizer and penalty', () => {
    const kinds = new Set(
      reference.training.map(({ loss, optimizer, l1, l2 }) => `${loss} ${optimizer} ${l1} ${l2}`),
    );
    expect(kinds.size).toBe(7 * 3 * 4);
  });

  it.each(
    reference.training.map(
      (each) => [`${each.optimizer} ${each.l1} ${each.l2} ${nameOf(each)}`, each] as const,
    ),
  )('%s', (_, each) => {
    const network = specOf(each);
    const penalties = { l1: each.l1, l2: each.l2 };
    const optimizer = optimizerOf({ optimizer: each.optimizer });
    const sizes = optimizerOf({ optimizer: each.optimizer });
    const parameters = Float64Array.from(each.parameters);
    /** Σ of the sizes of all that is added up into a parameter: what it started with, and every path product of every step. */
    const terms = parameters.map(Math.abs);
    const costs: number[] = [];
    const costTerms: number[] = [];
    for (let step = 0; step < each.costs.length; step++) {
      const gradient = new Float64Array(parameters.length);
      const paths = new Float64Array(parameters.length);
      let cost = 0;
      let costTerm = 0;
      each.xs.forEach((x, i) => {
        const tape = new Tape();
        const spec = { network, loss: { name: each.loss, l1: 0, l2: 0 } };
        const nodes = recordExample(tape, spec, { parameters, x, y: each.ys[i] });
        const recording = tape.recordNode(nodes.loss);
        const all = backward(recording);
        const absolute = absoluteBackward(recording, nodes.loss);
        cost += recording.value[nodes.loss] / each.xs.length;
        costTerm += termsOf(recording, nodes.loss) / each.xs.length;
        nodes.parameters.forEach((node, p) => {
          gradient[p] += all[node] / each.xs.length;
          paths[p] += absolute[node] / each.xs.length;
        });
      });
      addPenaltyGradient(network, penalties, parameters, gradient);
      const penalty = penaltyOf(network, penalties, parameters);
      costs.push(cost + penalty);
      costTerms.push(costTerm + penalty);
      const before = parameters.slice();
      optimizer.step(parameters, gradient, 0.05);
      if (each.optimizer === 'adam') parameters.forEach((w, p) => (terms[p] += Math.abs(w - before[p])));
      else {
        const moved = new Float64Array(parameters.length);
        sizes.step(moved, paths, 0.05);
        moved.forEach((move, p) => (terms[p] -= move));
      }
      // Not every case has all steps.
      expect(worst(parameters, each.path?.[step] ?? parameters, terms)).toBeLessThan(1e-12);
    }
    expect(worst(costs, each.costs, costTerms)).toBeLessThan(1e-12);
    expect(worst(parameters, each.after, terms)).toBeLessThan(1e-12);
  });
});
