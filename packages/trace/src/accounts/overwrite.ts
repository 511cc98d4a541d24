import { apply, numberOf } from '@backflow/print';
import type { Account } from '../account.ts';
import { dueFor, tellEdge, truthOf } from './due.ts';
import { foundSummary } from './summary.ts';
import { nextEnding, telling } from './telling.ts';

/** The order of the reverse sweep, with = in place of +=. */
export const overwrite: Account = {
  explain(trace, plain) {
    switch (plain.kind) {
      case 'visit': {
        const { event, node, name, result, isLeaf, uses } = plain;
        // What stands there is no sum.
        const explained = { ...plain, withNames: null, withNumbers: null };
        return telling(explained, (tell) => {
          const due = dueFor(result, truthOf(trace)[node], tell);
          if (due === null) return tell.plain(explained);
          const say = uses > 1 ? tell.words.lastAlone : tell.words.wrong;
          return say(tell.text(name), tell.number(result), due, isLeaf, nextEnding(trace, event, tell));
        });
      }
      case 'contribute':
        return tellEdge(trace, plain);
      case 'accumulate': {
        const { event, subject, result, reported, ledger } = plain;
        const explained = { ...plain, withNumbers: null };
        if (reported < 2) return explained;
        const before = ledger.at(-2)?.total ?? NaN;
        const added = trace.value[event - 1];
        return telling(explained, ({ words, number, chain }) =>
          words.overwritten(
            chain(subject, numberOf(result)),
            number(before),
            chain(apply('add', numberOf(before), numberOf(added)), numberOf(before + added)),
          ),
        );
      }
      default:
        return plain;
    }
  },
  summary: foundSummary,
};
