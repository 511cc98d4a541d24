// The tape against plain loops over typed arrays that do the same arithmetic. Run, after `npm ci`, with
//
//     npx rolldown bench/engine.bench.ts --platform node --file node_modules/.cache/engine.bench.mjs
//     node node_modules/.cache/engine.bench.mjs
//
// (Under vitest every import is a property of a module object, and the engine three times slower than it is.)
// Engine and loop alternate within each round, and the median of the rounds' ratios is printed: a machine that is slow
// for a while is slow for both.
import { Tape } from '@backflow/engine';

/** One forward and backward pass; what it computed, for comparison. */
type Pass = () => readonly number[];

const ROUNDS = 60;
const WARM_UP = 20;

function compare(name: string, operations: number, [engine, loop]: readonly [Pass, Pass]): void {
  const [found, expected] = [engine(), loop()];
  found.forEach((x, i) => {
    if (Math.abs(x - expected[i]) > 1e-9 * Math.abs(expected[i])) {
      throw new Error(`${name}: the engine found ${found.join(', ')}, the loop ${expected.join(', ')}`);
    }
  });
  const ratios: number[] = [];
  const nanoseconds: number[] = [];
  for (let round = -WARM_UP; round < ROUNDS; round++) {
    const start = performance.now();
    loop();
    loop();
    const middle = performance.now();
    engine();
    const end = performance.now();
    if (round < 0) continue;
    ratios.push((2 * (end - middle)) / (middle - start));
    nanoseconds.push((1e6 * (end - middle)) / operations);
  }
  const each = `${median(nanoseconds).toFixed(0)} ns per operation`;
  console.log(
    `${name}, ${operations} operations: ${median(ratios).toFixed(1)} times the hand-written loop, ${each}`,
  );
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[numbers.length >> 1];
}

/** x ← x · c + d, again and again. */
function chain(operations: number): [Pass, Pass] {
  const tape = new Tape();
  const [x0, c, d] = [tape.leaf(0.5), tape.leaf(0.999), tape.leaf(0.0005)];
  const start = tape.mark();
  const engine: Pass = () => {
    tape.reset(start);
    tape.zeroGrad();
    let x = x0;
    for (let i = 0; i < operations; i += 2) x = x.mul(c).add(d);
    x.backward();
    return [x.data, x0.grad, c.grad, d.grad];
  };

  const value = new Float64Array(operations + 1);
  const gradient = new Float64Array(operations + 1);
  const loop: Pass = () => {
    let [gradientOfC, gradientOfD] = [0, 0];
    value[0] = 0.5;
    for (let i = 0; i < operations; i += 2) {
      value[i + 1] = value[i] * 0.999;
      value[i + 2] = value[i + 1] + 0.0005;
    }
    gradient.fill(0);
    gradient[operations] = 1;
    for (let i = operations - 2; i >= 0; i -= 2) {
      gradient[i + 1] += gradient[i + 2];
      gradientOfD += gradient[i + 2];
      gradient[i] += gradient[i + 1] * 0.999;
      gradientOfC += gradient[i + 1] * value[i];
    }
    return [value[operations], gradient[0], gradientOfC, gradientOfD];
  };
  return [engine, loop];
}

/** y ← y · h + y · k, again and again: every rung doubles the number of paths. */
function ladder(rungs: number): [Pass, Pass] {
  const tape = new Tape();
  const [y0, h, k] = [tape.leaf(1), tape.leaf(0.375), tape.leaf(0.625)];
  const start = tape.mark();
  const engine: Pass = () => {
    tape.reset(start);
    tape.zeroGrad();
    let y = y0;
    for (let i = 0; i < rungs; i++) y = y.mul(h).add(y.mul(k));
    y.backward();
    return [y.data, y0.grad, h.grad, k.grad];
  };

  const [left, right, value] = [
    new Float64Array(rungs),
    new Float64Array(rungs),
    new Float64Array(rungs + 1),
  ];
  const gradient = new Float64Array(rungs + 1);
  const loop: Pass = () => {
    let [gradientOfH, gradientOfK] = [0, 0];
    value[0] = 1;
    for (let i = 0; i < rungs; i++) {
      left[i] = value[i] * 0.375;
      right[i] = value[i] * 0.625;
      value[i + 1] = left[i] + right[i];
    }
    gradient.fill(0);
    gradient[rungs] = 1;
    for (let i = rungs - 1; i >= 0; i--) {
      gradientOfH += gradient[i + 1] * value[i];
      gradientOfK += gradient[i + 1] * value[i];
      gradient[i] += gradient[i + 1] * 0.375 + gradient[i + 1] * 0.625;
    }
    return [value[rungs], gradient[0], gradientOfH, gradientOfK];
  };
  return [engine, loop];
}

compare('chain', 1e5, chain(1e5));
compare('chain', 1e6, chain(1e6));
compare('ladder', 3e4, ladder(1e4));
compare('ladder', 3e5, ladder(1e5));
