// simplegrad: recorded once, written out as straight-line JavaScript.
import { ValueStorage, Variable } from 'simplegrad';
import { programOf } from '../dist/engine/programs.js';

// It has no rectifier; this adds one the way its own operations are made.
Variable.prototype.relu = function () {
  const result = new Variable(this.vs, new Set([this]), 'relu');
  result.setForwardCode(`${result.name} = ${this.name} > 0 ? ${this.name} : 0;`);
  result.setBackwardCode(`if (${this.name} > 0) ${this.gradName} += ${result.gradName};`);
  return result;
};

export function training(name) {
  const { parameters: initial, data, rate, loss: lossOf } = programOf(name);
  const storage = new ValueStorage();
  const leaves = (numbers) => Array.from(numbers, () => new Variable(storage));
  const [parameters, inputs] = [leaves(initial), leaves(data)];
  const loss = lossOf(parameters, inputs);
  loss.compile();
  const restart = () => parameters.forEach((p, i) => p.setValue(initial[i]));
  restart();
  return {
    step() {
      inputs.forEach((input, i) => input.setValue(data[i]));
      loss.forward();
      storage.gv.fill(0);
      loss.setGradient(1);
      loss.backward();
      for (const p of parameters) p.gradientStep(rate);
      return loss.getValue();
    },
    restart,
    gradient: () => parameters.map((p) => p.getGradient()),
  };
}
