import type { Messages } from '@backflow/messages';
import first from '../../../../examples/first-slip.md?raw';

export type ExampleId = keyof Messages['page']['examples'];

/** The examples, in the order of their names among the page's texts. */
export const examplesIn = (texts: Messages['page']): readonly ExampleId[] =>
  Object.keys(texts.examples) as ExampleId[];

/** The text of an example; all but the first visitor's are fetched when one is asked for. */
export async function exampleText(id: ExampleId): Promise<string> {
  return id === 'first-slip' ? first : (await import('./texts.ts')).TEXTS[id];
}

/** What a first visitor sees. */
export const FIRST = first;
