import { group, Tape, value, withTape } from '@backflow/engine';

const x = value(3, { label: 'x' }); // on the default tape
const tape = new Tape();
const w = tape.leaf(-2, 'w'); // on one of our own
try {
  x.mul(w);
} catch (error) {
  console.log((error as Error).name); // ForeignValueError
}

const y = withTape(tape, () => {
  const z = value(3, { label: 'z' }); // here value(), group(), scope() and noGrad() mean this tape
  return group('neuron', () => z.mul(w).add(7).relu()).as('y');
});
console.log(tape.size, y.tape === tape); // 5 true
console.log(y, y.op); // Value(y = 1) relu
console.log(y.prev[0].inputs); // [ Value(-6), 7 ]
