// The same steps as a trainer takes, by plain loops: the derivatives worked out on paper, typed arrays, nothing computed
// that is not needed. Parameters stand in the order of packages/nn: a layer's weights, unit by unit, then its biases.
import { DIGIT, digit, MOONS, moons } from '../engine/data.ts';
import type { Training } from '../engine/training.ts';
import { rectify, rectifyBackward, squash, squashBackward } from '../engine/activations.ts';

/** A layer: its parameters and their gradient, what comes in and goes out, and the gradients of both. */
interface Layer {
  readonly inputs: number;
  readonly units: number;
  /** The place of the first weight, and of the first bias. */
  readonly weights: number;
  readonly biases: number;
}

/** The layers of a network, each after the other. */
function layersOf(sizes: readonly number[]): Layer[] {
  let at = 0;
  return sizes.slice(1).map((units, i) => {
    const inputs = sizes[i];
    const weights = at;
    const biases = at + inputs * units;
    at = biases + units;
    return { inputs, units, weights, biases };
  });
}

/** y ← W·x + b. */
function forward(
  { inputs, units, weights, biases }: Layer,
  p: Float64Array,
  x: Float64Array,
  y: Float64Array,
) {
  for (let unit = 0, at = weights; unit < units; unit++, at += inputs) {
    let sum = p[biases + unit];
    for (let i = 0; i < inputs; i++) sum += p[at + i] * x[i];
    y[unit] = sum;
  }
}

/** Adds to the gradient `dp` of the parameters; `dx`, where it is wanted, becomes the gradient of the inputs. */
function backward(
  { inputs, units, weights, biases }: Layer,
  p: Float64Array,
  dp: Float64Array,
  x: Float64Array,
  dy: Float64Array,
  dx: Float64Array | null,
): void {
  if (dx !== null) dx.fill(0);
  for (let unit = 0, at = weights; unit < units; unit++, at += inputs) {
    const d = dy[unit];
    if (d === 0) continue;
    for (let i = 0; i < inputs; i++) {
      dp[at + i] += d * x[i];
      if (dx !== null) dx[i] += d * p[at + i];
    }
    dp[biases + unit] += d;
  }
}

/** A step on all moons: hinge loss, weight decay on weights, not on biases. */
export function moonsByHand(start: Float64Array): Training {
  const { x, y } = moons();
  const { sizes, examples, decay, rate } = MOONS;
  const [first, second, last] = layersOf(sizes);
  const p = start.slice();
  const dp = new Float64Array(p.length);
  const points = Array.from(y, (_, i) => x.slice(2 * i, 2 * i + 2));
  const [h1, h2, out] = [first, second, last].map(({ units }) => new Float64Array(units));
  const [dh1, dh2, dout] = [first, second, last].map(({ units }) => new Float64Array(units));
  return {
    step() {
      let hinge = 0;
      dp.fill(0);
      for (let i = 0; i < examples; i++) {
        forward(first, p, points[i], h1);
        rectify(h1);
        forward(second, p, h1, h2);
        rectify(h2);
        forward(last, p, h2, out);
        const margin = 1 - y[i] * out[0];
        if (!(margin > 0)) continue;
        hinge += margin;
        dout[0] = -y[i] / examples;
        backward(last, p, dp, h2, dout, dh2);
        rectifyBackward(h2, dh2);
        backward(second, p, dp, h1, dh2, dh1);
        rectifyBackward(h1, dh1);
        backward(first, p, dp, points[i], dh1, null);
      }
      let squares = 0;
      for (const { weights, biases } of [first, second, last]) {
        for (let i = weights; i < biases; i++) {
          squares += p[i] * p[i];
          dp[i] += 2 * decay * p[i];
        }
      }
      for (let i = 0; i < p.length; i++) p[i] -= rate * dp[i];
      return hinge / examples + decay * squares;
    },
    restart: () => p.set(start),
    gradient: () => dp,
  };
}

/** A step on one digit: sigmoid units throughout, squared error. */
export function digitByHand(start: Float64Array): Training {
  const { x, wanted } = digit();
  const [first, second, last] = layersOf(DIGIT.sizes);
  const p = start.slice();
  const dp = new Float64Array(p.length);
  const [h1, h2, out] = [first, second, last].map(({ units }) => new Float64Array(units));
  const [dh1, dh2, dout] = [first, second, last].map(({ units }) => new Float64Array(units));
  return {
    step() {
      forward(first, p, x, h1);
      squash(h1);
      forward(second, p, h1, h2);
      squash(h2);
      forward(last, p, h2, out);
      squash(out);
      let loss = 0;
      for (let i = 0; i < out.length; i++) {
        const miss = out[i] - wanted[i];
        loss += miss * miss;
        dout[i] = 2 * miss;
      }
      dp.fill(0);
      squashBackward(out, dout);
      backward(last, p, dp, h2, dout, dh2);
      squashBackward(h2, dh2);
      backward(second, p, dp, h1, dh2, dh1);
      squashBackward(h1, dh1);
      backward(first, p, dp, x, dh1, null);
      for (let i = 0; i < p.length; i++) p[i] -= DIGIT.rate * dp[i];
      return loss;
    },
    restart: () => p.set(start),
    gradient: () => dp,
  };
}
