// What somebody would write who does without an engine: the derivatives worked out on paper, plain loops over typed
// arrays, nothing computed that is not needed. Values and adjoints are kept in arrays, as backpropagation has them.
import { CHAIN, DIGIT, digit, initialParameters, LADDER, MOONS, moons } from './data.ts';
import type { Training, WorkloadName } from './training.ts';
import { workload } from './training.ts';
import { rectify, rectifyBackward, squash, squashBackward } from './activations.ts';

export function handWritten(name: WorkloadName): Training {
  const { kind, size } = workload(name);
  if (kind === 'W1') return moonsByHand();
  if (kind === 'W2') return digitByHand();
  return kind === 'W3' ? chainByHand(size) : ladderByHand(size);
}

/** y ← W·x + b. `p` holds, from `at` on, every unit's weights and then its bias. */
function layer(p: Float64Array, at: number, x: Float64Array, y: Float64Array): void {
  const width = x.length;
  for (let unit = 0; unit < y.length; unit++, at += width + 1) {
    let sum = p[at + width];
    for (let i = 0; i < width; i++) sum += p[at + i] * x[i];
    y[unit] = sum;
  }
}

/** Adds to the gradient `dp` of the parameters; `dx`, where it is wanted, becomes the gradient of the inputs. */
function layerBackward(
  p: Float64Array,
  dp: Float64Array,
  at: number,
  x: Float64Array,
  dy: Float64Array,
  dx: Float64Array | null,
): void {
  const width = x.length;
  if (dx !== null) dx.fill(0);
  for (let unit = 0; unit < dy.length; unit++, at += width + 1) {
    const d = dy[unit];
    if (d === 0) continue;
    for (let i = 0; i < width; i++) {
      dp[at + i] += d * x[i];
      if (dx !== null) dx[i] += d * p[at + i];
    }
    dp[at + width] += d;
  }
}

function moonsByHand(): Training {
  const { x, y } = moons();
  const { examples, decay, rate } = MOONS;
  const start = initialParameters(MOONS);
  const p = start.slice();
  const dp = new Float64Array(p.length);
  const points = Array.from(y, (_, i) => x.subarray(2 * i, 2 * i + 2));
  const [h1, h2, out] = [new Float64Array(16), new Float64Array(16), new Float64Array(1)];
  const [dh1, dh2, dout] = [new Float64Array(16), new Float64Array(16), new Float64Array(1)];
  return {
    step() {
      let hinge = 0;
      dp.fill(0);
      for (let i = 0; i < examples; i++) {
        layer(p, 0, points[i], h1);
        rectify(h1);
        layer(p, 48, h1, h2);
        rectify(h2);
        layer(p, 320, h2, out);
        const margin = 1 - y[i] * out[0];
        if (!(margin > 0)) continue;
        hinge += margin;
        dout[0] = -y[i] / examples;
        layerBackward(p, dp, 320, h2, dout, dh2);
        rectifyBackward(h2, dh2);
        layerBackward(p, dp, 48, h1, dh2, dh1);
        rectifyBackward(h1, dh1);
        layerBackward(p, dp, 0, points[i], dh1, null);
      }
      let squares = 0;
      for (let i = 0; i < p.length; i++) {
        squares += p[i] * p[i];
        dp[i] += 2 * decay * p[i];
        p[i] -= rate * dp[i];
      }
      return hinge / examples + decay * squares;
    },
    restart: () => p.set(start),
    gradient: () => dp,
  };
}

function digitByHand(): Training {
  const { x, wanted } = digit();
  const start = initialParameters(DIGIT);
  const p = start.slice();
  const dp = new Float64Array(p.length);
  const [h1, h2, out] = [new Float64Array(16), new Float64Array(16), new Float64Array(10)];
  const [dh1, dh2, dout] = [new Float64Array(16), new Float64Array(16), new Float64Array(10)];
  const [second, third] = [16 * 785, 16 * 785 + 16 * 17];
  return {
    step() {
      layer(p, 0, x, h1);
      squash(h1);
      layer(p, second, h1, h2);
      squash(h2);
      layer(p, third, h2, out);
      squash(out);
      let loss = 0;
      for (let i = 0; i < out.length; i++) {
        const miss = out[i] - wanted[i];
        loss += miss * miss;
        dout[i] = 2 * miss;
      }
      dp.fill(0);
      squashBackward(out, dout);
      layerBackward(p, dp, third, h2, dout, dh2);
      squashBackward(h2, dh2);
      layerBackward(p, dp, second, h1, dh2, dh1);
      squashBackward(h1, dh1);
      layerBackward(p, dp, 0, x, dh1, null);
      for (let i = 0; i < p.length; i++) p[i] -= DIGIT.rate * dp[i];
      return loss;
    },
    restart: () => p.set(start),
    gradient: () => dp,
  };
}

function chainByHand(operations: number): Training {
  const [x0, c, d] = CHAIN;
  const value = new Float64Array(operations / 2 + 1);
  const adjoint = new Float64Array(value.length);
  const gradient = new Float64Array(3);
  return {
    step() {
      const x = chain(value, x0, c, d);
      chainBackward(value, adjoint, c, gradient);
      return x;
    },
    restart() {},
    gradient: () => gradient,
  };
}

function chain(value: Float64Array, x: number, c: number, d: number): number {
  value[0] = x;
  for (let i = 1; i < value.length; i++) {
    x = x * c + d;
    value[i] = x;
  }
  return x;
}

function chainBackward(value: Float64Array, adjoint: Float64Array, c: number, gradient: Float64Array): void {
  const last = value.length - 1;
  let dx = 1;
  let dc = 0;
  let dd = 0;
  adjoint[last] = dx;
  for (let i = last - 1; i >= 0; i--) {
    dd += dx;
    dc += dx * value[i];
    dx *= c;
    adjoint[i] = dx;
  }
  gradient[0] = dx;
  gradient[1] = dc;
  gradient[2] = dd;
}

function ladderByHand(rungs: number): Training {
  const [y0, h, k] = LADDER;
  const value = new Float64Array(rungs + 1);
  const adjoint = new Float64Array(rungs + 1);
  const gradient = new Float64Array(3);
  return {
    step() {
      const y = ladder(value, y0, h, k);
      ladderBackward(value, adjoint, h, k, gradient);
      return y;
    },
    restart() {},
    gradient: () => gradient,
  };
}

function ladder(value: Float64Array, y: number, h: number, k: number): number {
  value[0] = y;
  for (let i = 1; i < value.length; i++) {
    y = y * h + y * k;
    value[i] = y;
  }
  return y;
}

function ladderBackward(
  value: Float64Array,
  adjoint: Float64Array,
  h: number,
  k: number,
  gradient: Float64Array,
): void {
  const last = value.length - 1;
  let dy = 1;
  let dh = 0;
  let dk = 0;
  adjoint[last] = dy;
  for (let i = last - 1; i >= 0; i--) {
    dh += dy * value[i];
    dk += dy * value[i];
    dy = dy * h + dy * k;
    adjoint[i] = dy;
  }
  gradient[0] = dy;
  gradient[1] = dh;
  gradient[2] = dk;
}
