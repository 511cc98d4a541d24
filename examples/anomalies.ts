import { detectAnomaly, gradcheck, kinks, Tape } from '@backflow/engine';

const tape = new Tape({ debug: true });
const mark = tape.mark();
const stale = tape.leaf(1);
tape.reset(mark);
const x = tape.leaf(0, 'x'); // takes the place of the first
try {
  console.log(stale.data);
} catch (error) {
  console.log((error as Error).name); // StaleValueError
}

const [{ operation, at, chosen, admissible }] = kinks(x.relu());
console.log(operation, at, chosen, admissible); // relu 0 0 [ 0, 1 ]

const root = x.sqrt().as('root');
console.log(String(detectAnomaly(root.mul(0).as('y'))));
console.log(String(gradcheck((a, b) => a.mul(b).add(a.relu()), [0, -1])));
// root = sqrt(0) passed Infinity · 0 = NaN to its input 0, x: local derivative · gradient of root.
//   y = mul(0, 0): value 0, gradient 1
//   root = sqrt(0): value 0, gradient 0
// gradcheck of node 4: 2 leaves, none disagrees
//   node 0: kink; reverse -1, forward -1, no difference
//     node 3 (relu) stands on a kink in input 0, slope 0 is taken
//   node 1: agrees; reverse 0, forward 0, differences 0 ± 0
