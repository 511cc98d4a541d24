import { isLive } from '@backflow/engine';
import type { Trace } from './trace.ts';

/** Who reports to a node: the uses `[start[node], start[node + 1])`, in the order in which a reverse sweep meets them. */
export interface Users {
  /** Length `count + 1`. */
  readonly start: Int32Array;
  readonly consumer: Int32Array;
  readonly slot: Int32Array;
}

const known = new WeakMap<Trace, Users>();

/** The live uses of every node by nodes that the output depends on. O(count + inputs), computed once per trace. */
export function usersOf(trace: Trace): Users {
  let users = known.get(trace);
  if (users === undefined) known.set(trace, (users = computed(trace)));
  return users;
}

function computed({ recording, reached, uses }: Trace): Users {
  const { count, inputs, inputStart } = recording;
  const start = new Int32Array(count + 1);
  for (let node = 0; node < count; node++) start[node + 1] = start[node] + uses[node];
  const next = start.slice(0, count);
  const consumer = new Int32Array(start[count]);
  const slot = new Int32Array(start[count]);
  for (let node = count - 1; node >= 0; node--) {
    if (reached[node] === 0) continue;
    for (let at = inputStart[node]; at < inputStart[node + 1]; at++) {
      if (!isLive(recording, node, at - inputStart[node])) continue;
      const use = next[inputs[at]]++;
      consumer[use] = node;
      slot[use] = at - inputStart[node];
    }
  }
  return { start, consumer, slot };
}
