import { gradcheck, record, value } from '@backflow/engine';

const x = value(0, { label: 'x' });
const w = value(0.7, { label: 'w' });
const { leaves, ok } = gradcheck(record(w.mul(2).tanh().add(x.relu())));
console.log(ok); // true
for (const { name, analytic, forward, verdict } of leaves) {
  console.log(name, analytic.toFixed(6), forward.toFixed(6), verdict);
}
// x 0.000000 0.000000 kink
// w 0.432305 0.432305 agrees
