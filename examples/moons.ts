import { affine, compile, dot, sum, Tape } from '@backflow/engine';
import type { Value } from '@backflow/engine';

// Two half circles of 50 points each that reach into each other, labelled −1 and 1.
const points = Array.from({ length: 100 }, (_, i) => {
  const angle = (Math.PI * (i >> 1)) / 49;
  const [x, y] = [Math.cos(angle), Math.sin(angle)];
  return i % 2 === 0 ? { at: [x, y], label: -1 } : { at: [1 - x, 0.5 - y], label: 1 };
});

// All weights and biases in one block; each unit has a part of it.
const sizes = [2, 16, 16, 1];
const counts = sizes.slice(1).map((units, i) => units * (sizes[i] + 1));
let seed = 42;
const random = () => (seed = (seed * 16_807) % 2_147_483_647) / 2_147_483_647;
const tape = new Tape();
const parameters = tape.parameters(
  counts.flatMap((count, i) =>
    Array.from({ length: count }, () => (2 * random() - 1) * Math.sqrt(3 / sizes[i])),
  ),
);
let used = 0;
const [first, second, [last]] = sizes.slice(1).map((units, i) =>
  Array.from({ length: units }, () => {
    const weights = parameters.slice(used, (used += sizes[i]));
    return { weights, bias: parameters.at(used++) };
  }),
);

function score(at: readonly number[]): Value {
  const h1 = first.map(({ weights, bias }) => affine(weights, at, bias).relu());
  const h2 = second.map(({ weights, bias }) => affine(weights, h1, bias).relu());
  return affine(last.weights, h2, last.bias);
}

function loss(): Value {
  const misses = points.map(({ at, label }) => score(at).mul(-label).add(1).relu());
  return sum(misses).div(points.length).add(dot(parameters, parameters).mul(1e-4));
}

// Eager: every step is recorded, swept and forgotten.
const start = parameters.data.slice();
for (let step = 0; step <= 100; step++) {
  parameters.zeroGrad();
  const now = tape.scope(() => {
    const total = loss();
    total.backward();
    return total.data;
  });
  const { data, grad } = parameters;
  for (let i = 0; i < data.length; i++) data[i] -= 0.2 * grad[i];
  if (step % 50 === 0) console.log('eager', step, now.toFixed(3));
}

// Replayed: recorded once, as a plan with numbers of its own.
parameters.data.set(start);
const plan = tape.scope(() => compile(loss(), parameters));
for (let step = 0; step <= 100; step++) {
  const now = plan.run();
  plan.update(0.2);
  if (step % 50 === 0) console.log('plan', step, now.toFixed(3));
}
parameters.data.set(plan.inputs);
const right = points.filter(({ at, label }) => tape.scope(() => score(at).data * label > 0));
console.log('right', right.length);
// eager 0 1.003
// eager 50 0.147
// eager 100 0.029
// plan 0 1.003
// plan 50 0.147
// plan 100 0.029
// right 98
