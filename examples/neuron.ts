import { value } from '@backflow/engine';
import { show } from '@backflow/cli';

const x = value(2, { label: 'x' });
const w = value(-0.5, { label: 'w' });
const b = value(1.5, { label: 'b' });
const a = w.mul(x).add(b).sigmoid().as('a');
const loss = a.sub(1).pow(2).as('loss');
await show(loss);
