// @penrose/core: recorded once, compiled to a WebAssembly function for this graph.
import { genGradient, variable } from '@penrose/core/dist/engine/Autodiff';
import { add, div, exp, ifCond, gt, max, mul, neg, sub } from '@penrose/core/dist/engine/AutodiffFunctions';
import { programOf } from '../dist/engine/programs.js';

/** Its expressions are plain objects; this carries one. It takes part in recording only. */
class Scalar {
  constructor(expression) {
    this.expression = expression;
  }
  add(b) {
    return new Scalar(add(this.expression, of(b)));
  }
  sub(b) {
    return new Scalar(sub(this.expression, of(b)));
  }
  mul(b) {
    return new Scalar(mul(this.expression, of(b)));
  }
  relu() {
    return new Scalar(max(this.expression, 0));
  }
  /** It has no sigmoid; this one does not overflow. */
  sigmoid() {
    const positive = gt(this.expression, 0);
    const e = exp(ifCond(positive, neg(this.expression), this.expression));
    return new Scalar(div(ifCond(positive, 1, e), add(1, e)));
  }
}
const of = (b) => (typeof b === 'number' ? b : b.expression);

export async function training(name) {
  const { parameters: initial, data, rate, loss: lossOf, parts: partsOf } = programOf(name);
  const leaves = (numbers) => Array.from(numbers, (number) => new Scalar(variable(number)));
  const [parameters, inputs] = [leaves(initial), leaves(data)];
  // Every part becomes a function of its own; one function of them all would be too long for WebAssembly.
  const parts = partsOf === null ? [lossOf(parameters, inputs)] : partsOf(parameters, inputs);
  const run = await genGradient([...parameters, ...inputs].map(of), parts.map(of), []);
  const values = new Float64Array(initial.length + data.length);
  const gradient = new Float64Array(values.length);
  const masks = { inputMask: Array.from(values, () => true), objMask: parts.map(() => true), constrMask: [] };
  values.set(initial);
  return {
    step() {
      values.set(data, initial.length);
      const { phi } = run(masks, values, 0, gradient);
      for (let i = 0; i < initial.length; i++) values[i] -= rate * gradient[i];
      return phi;
    },
    restart: () => values.set(initial),
    gradient: () => gradient.subarray(0, initial.length),
  };
}
