import { LEAF } from '@backflow/engine';
import type { Recording } from '@backflow/engine';
import { accountOf } from '../accounts/accounts.ts';
import { emitForward, traceReverse } from '../reverse.ts';
import { traceOf } from '../trace.ts';
import type { Trace } from '../trace.ts';
import type { AlgorithmName } from './algorithm.ts';
import { liveGraphOf } from './live-graph.ts';
import { ALGORITHMS } from './registry.ts';

/** The longest run that is stepped through; longer ones are counted. Events, the forward pass included. */
export const STEP_LIMIT = 100_000;

/** Events of the forward pass: the nodes that were evaluated. */
export function forwardEvents({ count, operation, skipped }: Recording): number {
  let events = 0;
  for (let node = 0; node < count; node++) if (operation[node] !== LEAF && skipped[node] === 0) events++;
  return events;
}

/**
 * The run of an algorithm for ∂of/∂everything, by default of the recording's output, behind the forward pass. Null where
 * it would have more than STEP_LIMIT events, which is known beforehand. Throws NodeError.
 */
export function traceAlgorithm(
  recording: Recording,
  name: AlgorithmName,
  options: { readonly of?: number } = {},
): Trace | null {
  const { of = recording.output } = options;
  const graph = liveGraphOf(recording, of);
  const algorithm = ALGORITHMS[name];
  if (BigInt(forwardEvents(recording)) + algorithm.events(graph) > STEP_LIMIT) return null;
  if (name === 'reverse') return traceReverse(recording, { of });
  const uses = algorithm.uses?.(graph);
  return traceOf(
    recording,
    (emit) => {
      emitForward(recording, emit);
      algorithm.run(graph, emit);
    },
    { of, algorithm: name, account: accountOf(name), ...(uses === undefined ? {} : { uses }) },
  );
}
