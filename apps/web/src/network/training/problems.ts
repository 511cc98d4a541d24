import type { NetworkMessages, RefusedNumbers } from '@backflow/messages';

/** What is wrong with files that the reader gave, in words; what the program itself got wrong is said in its own. */
export function fileProblem(error: unknown): (texts: NetworkMessages) => string {
  const reason = reasonOf(error);
  if (!(error instanceof Error) || error.name !== 'DataError')
    return (texts) => texts.training.files.unreadable(texts.training.reason(reason));
  const { data } = error as Error & { readonly data: DataProblemLike };
  return (texts) => texts.training.files.problem(data, error.message);
}

/** A `DataProblem` of `@backflow/nn/files`, which is not loaded for this. */
export type DataProblemLike = { readonly kind: string; readonly file: string };

/** What an error of numbers and networks says, as plain data: where it is, what is there, what fits. */
export function reasonOf(error: unknown): RefusedNumbers {
  if (!(error instanceof Error)) return { message: String(error) };
  const { message } = error;
  if (!('where' in error && 'found' in error && 'expected' in error)) return { message };
  const { where, found, expected } = error;
  return { message, where: String(where), found: named(found), expected: String(expected) };
}

function named(found: unknown): string {
  if (Array.isArray(found) || ArrayBuffer.isView(found))
    return `a list of ${(found as ArrayLike<unknown>).length}`;
  return typeof found === 'object' && found !== null ? 'an object' : String(found);
}
