import type { OperationName } from './operations.ts';

/**
 * A formula over the inputs and the result of one operation, as data: it can be printed with the
 * reader's names, printed with numbers, evaluated, or recorded as a graph again.
 */
export type Formula =
  | number
  /** The operation's input in this slot. */
  | { readonly input: number }
  /** The operation's own result. */
  | 'result'
  | { readonly operation: OperationName; readonly of: readonly Formula[] };
