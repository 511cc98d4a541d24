import type { LineMark } from '../notes/contract.ts';
import type { Change } from '../state/history.ts';

/**
 * A stretch of the text with a look of its own: a problem's squiggle, what is selected in the graph, a claim that is
 * wrong or inherits what is, a name that was read otherwise than it stands.
 */
export interface Mark {
  readonly from: number;
  readonly to: number;
  readonly kind: 'error' | 'notice' | 'selected' | 'wrong' | 'follows' | 'repaired' | 'spoken';
}

export interface EditorOptions {
  readonly label: string;
  readonly onChange: (change: Change) => void;
  /** The reader moved the caret, without typing. */
  readonly onCaret: (offset: number) => void;
  readonly onFocus: (focused: boolean) => void;
  readonly onMark: (line: number, what: 'press' | 'enter' | 'leave') => void;
}

/** What plain and rich editor have in common. Neither keeps a history: undo is the page's own. */
export interface EditorHandle {
  /** Takes over a text that changed elsewhere (undo, a dragged number, another document). */
  setText(text: string): void;
  setMarks(marks: readonly Mark[]): void;
  /** The marks in the margin; `label` names them together. */
  setSigns(signs: readonly LineMark[], label: string): void;
  /** Whether the text is coloured as a program. */
  setColoured(coloured: boolean): void;
  setReadOnly(readOnly: boolean): void;
  setLabel(label: string): void;
  /** Selects a stretch and scrolls to it. */
  reveal(from: number, to: number, focus: boolean): void;
  /** Types at the caret. */
  insert(text: string): void;
  focus(): void;
  /** Where caret and window stand, to hand over from one editor to the other. */
  caret(): { readonly from: number; readonly to: number; readonly scroll: number; readonly focused: boolean };
  destroy(): void;
}

/** Longer texts are shown without colours: typing must stay quick. */
const HIGHLIGHT_LENGTH = 60_000;
const HIGHLIGHT_LINE_LENGTH = 4_000;

export function isHighlightable(text: string): boolean {
  if (text.length > HIGHLIGHT_LENGTH) return false;
  for (let from = 0; from < text.length;) {
    const newline = text.indexOf('\n', from);
    const to = newline < 0 ? text.length : newline;
    if (to - from > HIGHLIGHT_LINE_LENGTH) return false;
    from = to + 1;
  }
  return true;
}
