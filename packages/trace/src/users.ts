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

function computed({ recording, reached }: Trace): Users {
  const { count, inputs, inputStart } = recording;
  const start = new Int32Array(count + 1);
  const everyUse = (told: (consumer: number, slot: number, input: number) => void): void => {
    for (let node = count - 1; node >= 0; node--) {
      if (reached[node] === 0) continue;
      const first = inputStart[node];
      for (let at = first; at < inputStart[node + 1]; at++) {
        if (isLive(recording, node, at - first)) told(node, at - first, inputs[at]);
      }
    }
  };
  everyUse((_consumer, _slot, input) => start[input + 1]++);
  for (let node = 0; node < count; node++) start[node + 1] += start[node];
  const next = start.slice(0, count);
  const consumer = new Int32Array(start[count]);
  const slot = new Int32Array(start[count]);
  everyUse((user, at, input) => {
    const use = next[input]++;
    consumer[use] = user;
    slot[use] = at;
  });
  return { start, consumer, slot };
}
