import { defineOperation, input, term, value } from '@backflow/engine';
import { grad } from '@backflow/engine/func';
import { compile } from '@backflow/language';
import { en } from '@backflow/messages';
import { caption, traceReverse } from '@backflow/trace';

const sigma = (x: number) => 1 / (1 + Math.exp(-x));
const one = term('sigmoid', input(0));
const swish = defineOperation('swish', {
  arity: 1,
  value: (x) => x * sigma(x),
  partials: [(x, y) => sigma(x) + y * (1 - sigma(x))], // from the input and the result
  rule: () => term('add', one, term('mul', 'result', term('sub', 1, one))), // the same as a formula
  check: true, // against differences, here and now
});

const x = value(0.5, { label: 'x' });
swish(x).backward();
console.log(x.grad.toFixed(6)); // 0.739961
console.log(grad(grad(swish))(0.5).toFixed(6)); // 0.441229

const { recording } = compile('x = 0.5, y = swish(x)');
const trace = traceReverse(recording!);
for (let k = 0; k < trace.length; k++) console.log(caption(trace, k, 'edge', en));
// Only the leaves have values; nothing has been computed yet.
// Evaluate y = swish(x) = swish(0.5) = 0.3112.
// Seed ∂y/∂y = 1: when y changes, y itself changes by just as much.
// ∂y/∂y = 1 is final, as nothing lies behind the output; next is x.
// x gets ∂y/∂y · ∂y/∂x = 1·0.74 = 0.74 from y, because along this edge ∂y/∂x = σ(x) + y·(1 − σ(x)) = 0.74.
// ∂y/∂x = 0.74: its only use has reported.
