import { sum, Tape } from '@backflow/engine';
import { generate, l2Penalty, lossOf, MLP, rateAt, SGD } from '@backflow/nn';

const { x, y, size } = generate({ kind: 'moons', count: 100, noise: 0.1, seed: 1, validation: 0 });
const tape = new Tape();
const net = new MLP([2, 16, 16, 1], { activation: 'relu', seed: 2, tape });
console.log(net.parameters().length, net.block.length); // 6 337
console.log(net.namedParameters()[2][0], net.layers[0].neurons[3].weight.at(1).label); // layers.1.weight w^{(1)}_{3,1}

const hinge = lossOf('hinge');
const optimizer = new SGD();

const score = (i: number) => net.forward(x.subarray(2 * i, 2 * i + 2))[0];
const label = (i: number) => (y[i] === 1 ? 1 : -1);
const examples = Array.from({ length: size }, (_, i) => i);

for (let epoch = 0; epoch < 100; epoch++) {
  net.zeroGrad();
  const loss = tape.scope(() => {
    const costs = examples.map((i) => hinge([score(i)], [label(i)]));
    const total = sum(costs).div(size).add(l2Penalty(net, 1e-4));
    total.backward();
    return total.data;
  });
  if (epoch % 33 === 0) console.log(epoch, loss.toFixed(3));
  const rate = rateAt({ name: 'linear', to: 0.1 }, 1, epoch, 100);
  optimizer.step(net.block.data, net.block.grad, rate);
}
const right = examples.filter((i) => tape.scope(() => score(i).data) * label(i) > 0);
console.log('right', right.length);
// 0 0.792
// 33 0.101
// 66 0.032
// 99 0.016
// right 100
