import { sum, Tape } from '@backflow/engine';
import type { Value } from '@backflow/engine';
import { Adam, lossOf, MLP, Module } from '@backflow/nn';

// A network beside a straight line: a residual connection.
class Residual extends Module {
  readonly net: MLP;
  readonly slope: Value;

  constructor(tape: Tape) {
    super();
    this.net = new MLP([1, 4, 1], { activation: 'tanh', tape });
    this.slope = tape.leaf(0);
  }

  forward(x: number): Value {
    return this.net.forward([x])[0].add(this.slope.mul(x));
  }
}

const tape = new Tape();
const model = new Residual(tape);
const names = model.namedParameters().map(([name]) => name);
console.log(names.at(-1)); // slope
const squared = lossOf('squared');
const optimizer = new Adam();
const points = Array.from({ length: 11 }, (_, i) => i / 5 - 1);
for (let step = 0; step < 200; step++) {
  model.zeroGrad();
  tape.scope(() => sum(points.map((x) => squared([model.forward(x)], [2 * x + Math.abs(x)]))).backward());
  model.update(optimizer, 0.05);
}
const found = points.slice(-3).map((x) => tape.scope(() => model.forward(x).data.toFixed(1)));
console.log(found); // [ '1.8', '2.4', '3.0' ]
