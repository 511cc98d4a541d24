import { Tape } from '@backflow/engine';
import { MLP, networkOf, parametersFromJson, parametersToJson } from '@backflow/nn';

const net = new MLP([2, 3, 1], { activation: 'tanh', seed: 5 });
const text = parametersToJson(net.spec, net.block.data); // a file, a link, a database

const { spec, parameters } = parametersFromJson(text);
const again = new MLP(spec, { parameters, tape: new Tape() });
console.log(again.forward([1, 2])[0].data === net.forward([1, 2])[0].data); // true

try {
  parametersFromJson(text, networkOf([2, 4, 1], { activation: 'tanh' }));
} catch (error) {
  console.log((error as Error).message); // Parameters, at sizes: found “2-3-1”, expected 2-4-1.
}
