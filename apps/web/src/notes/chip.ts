import type { NotesMessages } from '@backflow/messages';
import type { Answer } from './conventions.ts';
import { said } from './words.ts';

/** A convention in the chip: named where it is known, else asked about. */
export interface ChipPart {
  readonly id: string;
  readonly text: string;
  readonly open: boolean;
}

/** What the chip of the loss says. Signs are only told where they are turned: nobody wonders otherwise. */
export function chipParts(answers: readonly Answer[], texts: NotesMessages): readonly ChipPart[] {
  const { chips, questions } = texts.page;
  return answers.flatMap(({ id, declared, recognised }) => {
    const choice = declared ?? recognised;
    if (choice !== null)
      return { id, text: said(chips, choice) ?? said(texts.conventions, id) ?? id, open: false };
    const question = said(questions, id);
    return question === null ? [] : { id, text: question, open: true };
  });
}
