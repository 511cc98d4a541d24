import { codeOf } from '@backflow/engine';
import type { Recording } from '@backflow/engine';
import { foldedBase, readingsOf } from './readings.ts';

const MUL = codeOf('mul');

/**
 * Whether the graph's own weights w_{jk} lead from j to k or to j from k: weights of one input share the index of the input.
 * From → to where that cannot be told.
 */
export function orderOf(recording: Recording, names: ReadonlyMap<string, number>): 'from-to' | 'to-from' {
  const indices = new Map<number, readonly string[]>();
  for (const [name, node] of names) {
    const reading = readingsOf(name).find(
      (each) => each.indices.length === 2 && foldedBase(each.base).startsWith('w'),
    );
    if (reading !== undefined) indices.set(node, [reading.base + reading.layer, ...reading.indices]);
  }
  if (indices.size < 2) return 'from-to';
  const first = new Map<number, Map<string, readonly string[]>>();
  let fromTo = 0;
  let toFrom = 0;
  for (let node = 0; node < recording.count; node++) {
    if (recording.operation[node] !== MUL) continue;
    const start = recording.inputStart[node];
    const pair = [recording.inputs[start], recording.inputs[start + 1]];
    for (const [weight, input] of [pair, pair.toReversed()]) {
      const found = indices.get(weight);
      if (found === undefined || input < 0 || indices.has(input)) continue;
      let seen = first.get(input);
      if (seen === undefined) first.set(input, (seen = new Map()));
      const other = seen.get(found[0]);
      if (other === undefined) seen.set(found[0], found);
      else if (other[1] === found[1] && other[2] !== found[2]) fromTo++;
      else if (other[2] === found[2] && other[1] !== found[1]) toFrom++;
    }
  }
  return toFrom > fromTo ? 'to-from' : 'from-to';
}
