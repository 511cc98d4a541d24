import { grad, value } from '@backflow/engine';
import { show } from '@backflow/cli';

const x = value(2, { label: 'x' });
const y = x.pow(3).sub(x.mul(2)).as('y');
const [slope] = grad(y, [x], { createGraph: true }); // 3x² − 2, recorded as a graph
const [curvature] = grad(slope, [x], { createGraph: true }); // 6x
console.log(slope.label, slope.data); // ∂y/∂x 10
console.log(curvature.label, curvature.data); // ∂²y/∂x∂x 12
await show(slope);
