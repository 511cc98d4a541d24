// adnn: an object per operation, recorded anew in every step; its scalars.
import ad from 'adnn/ad/index.js';
import { programOf } from '../dist/engine/programs.js';

const { scalar } = ad;
/** It has no rectifier, and its `max` passes no gradient on. */
const relu = ad.newUnaryFunction({
  OutputType: Number,
  name: 'relu',
  forward: (x) => (x > 0 ? x : 0),
  backward(x) {
    if (x.x > 0) x.dx += this.dx;
  },
});
const node = Object.getPrototypeOf(ad.lift(0));
node.add = function (b) {
  return scalar.add(this, b);
};
node.sub = function (b) {
  return scalar.sub(this, b);
};
node.mul = function (b) {
  return scalar.mul(this, b);
};
node.relu = function () {
  return relu(this);
};
node.sigmoid = function () {
  return scalar.sigmoid(this);
};

export function training(name) {
  const { parameters: initial, data, rate, loss: lossOf } = programOf(name);
  const parameters = Array.from(initial, (number) => ad.lift(number));
  return {
    step() {
      const loss = lossOf(
        parameters,
        Array.from(data, (number) => ad.lift(number)),
      );
      for (const p of parameters) p.dx = 0;
      loss.backprop();
      for (const p of parameters) p.x -= rate * p.dx;
      return loss.x;
    },
    restart: () => parameters.forEach((p, i) => (p.x = initial[i])),
    gradient: () => parameters.map((p) => p.dx),
  };
}
