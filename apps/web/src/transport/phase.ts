import type { Trace } from '@backflow/trace';

export type Phase = Trace['passes'][number]['kind'];

/** The pass of the last applied event; of the first one at the start. */
export function phaseAt(trace: Trace, position: number): Phase | null {
  const at = Math.max(0, position - 1);
  return trace.passes.find(({ from, to }) => at >= from && at < to)?.kind ?? null;
}
