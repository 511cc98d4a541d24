/** The events of each node in time: `events[start[node] … start[node + 1])`, ascending. */
export interface NodeIndex {
  /** Length `count + 1`. */
  readonly start: Int32Array;
  readonly events: Int32Array;
}

/** The index of the events for which `chosen[kind]` is 1. O(events + count). */
export function nodeIndex(
  count: number,
  kind: Uint8Array,
  node: Int32Array,
  chosen: ArrayLike<number>,
): NodeIndex {
  const start = new Int32Array(count + 1);
  let total = 0;
  for (let event = 0; event < kind.length; event++) {
    if (chosen[kind[event]] !== 1) continue;
    start[node[event] + 1]++;
    total++;
  }
  for (let at = 0; at < count; at++) start[at + 1] += start[at];
  // Each start doubles as the place to write, which leaves it one node further; it is moved back afterwards.
  const events = new Int32Array(total);
  for (let event = 0; event < kind.length; event++) {
    if (chosen[kind[event]] === 1) events[start[node[event]]++] = event;
  }
  start.copyWithin(1, 0, count);
  start[0] = 0;
  return { start, events };
}

/** How many of a node's events come before a position. One binary search. */
export function countBefore({ start, events }: NodeIndex, node: number, position: number): number {
  let low = start[node];
  let high = start[node + 1];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (events[middle] < position) low = middle + 1;
    else high = middle;
  }
  return low - start[node];
}

/** A node's last event before a position; −1 if there is none. */
export function lastBefore(index: NodeIndex, node: number, position: number): number {
  const count = countBefore(index, node, position);
  return count === 0 ? -1 : index.events[index.start[node] + count - 1];
}
