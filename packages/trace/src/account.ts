import type { Messages } from '@backflow/messages';
import type { NumberOptions } from '@backflow/print';
import type { Pass } from './events.ts';
import type { Explanation, ExplainOptions } from './explanation.ts';
import type { Trace } from './trace.ts';

/** What is said of a run whose algorithm is not the reverse sweep; see `accountOf`. */
export interface Account {
  /** The explanation of an event, from the one that it would have in a reverse sweep. */
  explain(trace: Trace, plain: Explanation, options: ExplainOptions): Explanation;
  /** What a backward pass has brought. */
  summary(trace: Trace, pass: Pass, messages: Messages, options: NumberOptions): string;
}
