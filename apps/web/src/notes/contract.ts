import type { JSX } from 'preact';
import type { ReadonlySignal } from '@preact/signals';
import type { Mark } from '../editor/handle.ts';
import type { LitPath } from '../state/app.ts';
import type { Run } from '../state/run.ts';

/** The mark in the margin of a line: that of the worst of its claims. */
export interface LineMark {
  /** Where the line begins in the present text. */
  readonly from: number;
  /** From 1, as counted when it was judged. */
  readonly line: number;
  readonly sign: Sign;
  /** What a screen reader says of it. */
  readonly label: string;
  readonly open: boolean;
}

export type Sign = '✓' | '≈' | '↳' | '✗' | '?';

/** What judges the notes of the document, as the rest of the page knows it. Its code is fetched when there are notes. */
export interface NotesDesk {
  readonly marks: ReadonlySignal<readonly LineMark[]>;
  /** Wrong members, repaired names, and the claims about the selected node, in the present text. */
  readonly stretches: ReadonlySignal<readonly Mark[]>;
  /** The edge or node that the open mark, or the one under the pointer, is about. */
  readonly lit: ReadonlySignal<LitPath | null>;
  /** Whether there is a loss whose conventions could be told. */
  readonly hasLoss: ReadonlySignal<boolean>;
  /** True until the first report about this text. */
  readonly waiting: ReadonlySignal<boolean>;

  /** Opens the explanation of a line's mark; where it is open, says more. */
  press(line: number): void;
  point(line: number | null): void;
  close(): void;
  next(): void;
  /** First why, then the right number. */
  more(): void;
  /** Opens the first wrong line and says why. */
  showFirst(): void;
  exportMarked(): void;

  readonly Panel: () => JSX.Element | null;
  /** Over the graph of a phone, where the notes are another tab: what the open mark says. */
  readonly Strip: () => JSX.Element | null;
  /** The conventions of the loss, beside its card. */
  readonly Chip: () => JSX.Element | null;
  readonly NodeLines: (props: { readonly run: Run; readonly node: number }) => JSX.Element | null;
}
