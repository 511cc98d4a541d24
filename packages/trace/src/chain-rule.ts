import { partialsOf } from '@backflow/engine';
import { apply, derivativeOf, ELIDED, nodeExpression, numberOf, slopeForms, sumOf } from '@backflow/print';
import type { Expression } from '@backflow/print';
import { gradientOf } from './explanation.ts';
import { countBefore, lastBefore } from './node-index.ts';
import { backwardStart, checkPosition, gradientState } from './state.ts';
import type { Trace } from './trace.ts';
import { usersOf } from './users.ts';

/** One use of a node: what it brings to the node's gradient. */
export interface ChainTerm {
  readonly consumer: number;
  readonly slot: number;
  readonly consumerName: Expression;
  /** ∂output/∂consumer · ∂consumer/∂node. */
  readonly symbols: Expression;
  /** The same with the formula of the local derivative. */
  readonly names: Expression;
  /** Upstream times local in numbers; null before the consumer has passed its gradient on. */
  readonly numbers: Expression | null;
  readonly local: number;
  readonly upstream: number | null;
  readonly contribution: number | null;
}

/** A node's gradient as the sum over its uses. */
export interface ChainRule {
  readonly node: number;
  /** ∂output/∂node. */
  readonly subject: Expression;
  /** In the order in which a reverse sweep adds them; at most `limit`. */
  readonly terms: readonly ChainTerm[];
  /** Uses that are left out. */
  readonly omitted: number;
  readonly symbols: Expression | null;
  readonly names: Expression | null;
  /** The products and the contributions in numbers; `…` for what is not known yet. */
  readonly numbers: Expression | null;
  readonly sum: Expression | null;
  /** The total so far; null where nothing has arrived, 0 where it is known to be 0. */
  readonly total: number | null;
  /** True once the last use has reported. */
  readonly complete: boolean;
}

/**
 * The chain-rule sum of a node at a position: one term per use. For the output itself there are no terms, and the
 * total is the seed. The numbers are those of the run: of an algorithm that goes wrong, what it has passed on; where a
 * use reports several times, the sum without its factors; and none in forward mode and finite differences, which
 * do not go by uses. Throws PositionError.
 */
export function chainRule(trace: Trace, node: number, position: number, limit = 50): ChainRule {
  checkPosition(trace, position);
  const { recording } = trace;
  const { start, consumer, slot } = usersOf(trace);
  const name = nodeExpression(recording, node);
  const terms: ChainTerm[] = [];
  const end = Math.min(start[node + 1], start[node] + limit);
  for (let use = start[node]; use < end; use++)
    terms.push(chainTerm(trace, name, consumer[use], slot[use], position));
  const omitted = start[node + 1] - end;
  const state = gradientState(trace, node, position);
  const summed = (pick: (term: ChainTerm) => Expression): Expression | null =>
    terms.length === 0 ? null : sumOf(omitted > 0 ? [...terms.map(pick), ELIDED] : terms.map(pick));
  return {
    node,
    subject: gradientOf(trace, node),
    terms,
    omitted,
    symbols: summed((term) => term.symbols),
    names: summed((term) => term.names),
    numbers: summed((term) => term.numbers ?? ELIDED),
    sum: summed((term) => (term.contribution === null ? ELIDED : numberOf(term.contribution))),
    total: 'total' in state ? state.total : state.state === 'zero' ? 0 : null,
    complete: state.state === 'final' || state.state === 'zero',
  };
}

function chainTerm(
  trace: Trace,
  name: Expression,
  consumer: number,
  slot: number,
  position: number,
): ChainTerm {
  const { recording, visits, arrivals } = trace;
  const consumerName = nodeExpression(recording, consumer);
  const upstreamName = gradientOf(trace, consumer);
  const local = partialsOf(recording, consumer)[slot];
  const input = recording.inputs[recording.inputStart[consumer] + slot];
  const begun = backwardStart(trace, position);
  // The report comes some events after the visit, so the visit alone does not say that it is in.
  const reports: number[] = [];
  const byUses = trace.algorithm !== 'forward' && trace.algorithm !== 'numeric';
  const count = byUses ? countBefore(arrivals, input, position) : 0;
  for (let at = count - 1; at >= 0; at--) {
    const event = arrivals.events[arrivals.start[input] + at];
    if (event < begun) break;
    if (trace.node[event - 1] === consumer && trace.slot[event] === slot)
      reports.push(trace.value[event - 1]);
  }
  const visited = countBefore(visits, consumer, position) - countBefore(visits, consumer, begun);
  const upstream = byUses && visited === 1 ? trace.value[lastBefore(visits, consumer, position)] : null;
  return {
    consumer,
    slot,
    consumerName,
    symbols: apply('mul', upstreamName, derivativeOf(consumerName, name)),
    names: apply('mul', upstreamName, slopeForms(recording, consumer, slot).names),
    numbers: upstream === null ? null : apply('mul', numberOf(upstream), numberOf(local)),
    local,
    upstream,
    contribution: reports.length === 0 ? null : reports.reduce((sum, report) => sum + report),
  };
}
