import type { NetworkMessages } from '@backflow/messages';

/** What is wrong with files that the reader gave, in words; what the program itself got wrong is said in its own. */
export function fileProblem(error: unknown): (texts: NetworkMessages) => string {
  const message = error instanceof Error ? error.message : String(error);
  if (!(error instanceof Error) || error.name !== 'DataError')
    return (texts) => texts.training.files.unreadable(message);
  const { data } = error as Error & { readonly data: DataProblemLike };
  return (texts) => texts.training.files.problem(data, message);
}

/** A `DataProblem` of `@backflow/nn/files`, which is not loaded for this. */
export type DataProblemLike = { readonly kind: string; readonly file: string };
