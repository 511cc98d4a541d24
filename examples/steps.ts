import { compile } from '@backflow/language';
import { en } from '@backflow/messages';
import { caption, nodeState, traceReverse } from '@backflow/trace';

const { recording, names, diagnostics } = compile('x = 3, u = x*x, v = u + x, y = u*v');
if (recording === null) throw new Error(diagnostics[0].message(en));

const trace = traceReverse(recording);
const u = names.get('u')!;
console.log(trace.length); // 20
console.log(nodeState(trace, u, 6).gradient.state); // none
console.log(nodeState(trace, u, 7).gradient); // { state: 'partial', total: 12, reported: 1, uses: 2 }
console.log(caption(trace, 12, 'edge', en)); // ∂y/∂u = 12 + 9 = 21: 2 of 2 uses have reported.
