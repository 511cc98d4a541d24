import { compile, Tape, where } from '@backflow/engine';
import type { Plan, Value } from '@backflow/engine';

// |x| in three ways, recorded at 2 and run again at −3.
function replayed(magnitude: (x: Value) => Value): Plan {
  const x = new Tape().leaf(2, 'x');
  const plan = compile(magnitude(x), [x]);
  plan.inputs[0] = -3;
  return plan;
}

const chosen = replayed((x) => where(x.less(0), x.neg(), x));
console.log(chosen.run(), chosen.gradient); // 3 Float64Array(1) [ -1 ]

const decided = replayed((x) => (x.less(0).holds() ? x.neg() : x));
try {
  decided.run();
} catch (error) {
  console.log((error as Error).name); // BranchError
}

const unseen = replayed((x) => (x.data < 0 ? x.neg() : x));
console.log(unseen.run()); // -3
