import type { Messages } from '@backflow/messages';
import { numberOf } from '@backflow/print';
import type { NumberOptions } from '@backflow/print';
import type { Pass } from '../events.ts';
import { gradientOf } from '../explanation.ts';
import { namedLeaves } from '../sentences.ts';
import { gradientState } from '../state.ts';
import type { Trace } from '../trace.ts';
import { dueFor, truthOf } from './due.ts';
import { tellingOf } from './telling.ts';

/** Leaves that are listed with their numbers. */
const LISTED = 4;

/** What a run has found for the first few leaves, and what is due where that is something else. */
export function foundSummary(trace: Trace, { to }: Pass, messages: Messages, options: NumberOptions): string {
  const tell = tellingOf(messages, options);
  const leaves = namedLeaves(trace);
  const shown = leaves.slice(0, LISTED).map((leaf) => {
    const state = gradientState(trace, leaf, to);
    const found = 'total' in state ? state.total : 0;
    const result = tell.chain(gradientOf(trace, leaf), numberOf(found));
    const due = dueFor(found, truthOf(trace)[leaf], tell);
    return due === null ? result : tell.words.due(result, due);
  });
  return tell.words.done(shown, leaves.length - shown.length);
}
