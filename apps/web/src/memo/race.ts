import type { Recording } from '@backflow/engine';
import { traceReverse, type AlgorithmName } from '@backflow/trace';
import type { Runner } from '../state/lanes.ts';
import type { Lane } from './contract.ts';

const known = new WeakMap<Recording, Map<AlgorithmName, Lane>>();
const NOTHING = { visits: 0n, multiplications: 0n, additions: 0n, hits: 0n, forwardPasses: 0n, slots: 0n };

/** One algorithm over a recording, run once and kept. */
function laneOf(recording: Recording, algorithm: AlgorithmName): Lane {
  let lanes = known.get(recording);
  if (lanes === undefined) known.set(recording, (lanes = new Map()));
  let lane = lanes.get(algorithm);
  if (lane === undefined) {
    lane = { algorithm, trace: traceReverse(recording), counters: NOTHING, gradients: null, right: null };
    lanes.set(algorithm, lane);
  }
  return lane;
}

export const race: Runner = (recording, left, right) => [laneOf(recording, left), laneOf(recording, right)];
