import { numberOf } from '@backflow/print';
import type { Account } from '../account.ts';
import { CONTRIBUTE } from '../events.ts';
import { edgeOf } from '../state.ts';
import { foundSummary } from './summary.ts';
import { derivativeText, telling } from './telling.ts';

/** From each leaf upwards, with a table of what has been computed. */
export const memo: Account = {
  explain(trace, plain) {
    switch (plain.kind) {
      case 'visit':
        return telling(plain, (tell) =>
          tell.words.miss(
            derivativeText(trace, plain.node, tell),
            tell.chain(plain.withNumbers, numberOf(plain.result)),
          ),
        );
      case 'reuse': {
        // An entry is asked for on behalf of an input, or in the end by the leaf itself.
        const next = plain.event + 1;
        const edge = trace.kind[next] === CONTRIBUTE ? edgeOf(trace, next) : null;
        return telling(plain, (tell) =>
          tell.words.hit(
            derivativeText(trace, plain.node, tell),
            tell.number(plain.result),
            edge === null ? null : derivativeText(trace, edge.input, tell),
          ),
        );
      }
      default:
        return plain;
    }
  },
  summary: foundSummary,
};
