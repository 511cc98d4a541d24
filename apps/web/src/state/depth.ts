import type { Recording } from '@backflow/engine';

const known = new WeakMap<Recording, Int32Array>();

/** Per node, the number of operations on the longest way to it from a leaf. */
export function depthsOf(recording: Recording): Int32Array {
  let depth = known.get(recording);
  if (depth !== undefined) return depth;
  depth = new Int32Array(recording.count);
  for (let node = 0; node < recording.count; node++) {
    for (let k = recording.inputStart[node]; k < recording.inputStart[node + 1]; k++) {
      const input = recording.inputs[k];
      if (input >= 0) depth[node] = Math.max(depth[node], depth[input] + 1);
    }
  }
  known.set(recording, depth);
  return depth;
}
