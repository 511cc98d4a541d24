import type { NotesMessages } from '@backflow/messages';
import type { Claim, Mistake, Report, Where } from '@backflow/notes';
import { formatNumber, nameToText, nodeTitle } from '@backflow/print';

/** What a mistake is, as a sentence. */
export function mistakeSentence({ id, data }: Mistake, words: NotesMessages): string {
  return words.mistakes[id](data);
}

/** What is noted beside a verdict, as sentences. */
export function remarkSentences({ remarks }: Claim, words: NotesMessages): string[] {
  return remarks.flatMap(({ code, data }) => {
    const sentence = Object.hasOwn(words.remarks, code) ? words.remarks[code](data) : '';
    return sentence === '' ? [] : [sentence];
  });
}

/** Where a mistake happened: `z → a` for an edge, the name of a node; null for no particular place. */
export function placeOf(where: Where | undefined, { recording }: Report): string | null {
  if (where === undefined || recording === null) return null;
  const title = (node: number): string => {
    const name = recording.names.get(node);
    return name === undefined ? nodeTitle(recording, node) : nameToText(name);
  };
  const { node, slot } = where;
  const input = slot === null ? -1 : recording.inputs[recording.inputStart[node] + slot];
  return input < 0 ? title(node) : `${title(input)} → ${title(node)}`;
}

/** A number with the digits that a reader needs, or the formula. */
export function factText(fact: number | string): string {
  return typeof fact === 'string' ? fact : formatNumber(fact, { digits: 6 });
}
