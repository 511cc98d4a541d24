import type { ReadonlySignal } from '@preact/signals';
import type { JSX } from 'preact';
import type { Mark } from '../editor/handle.ts';

/** What a document with stops adds to the page. Its code is fetched for such a document, or when a QR code is asked for. */
export interface LectureDesk {
  readonly count: ReadonlySignal<number>;
  /** What is said at the present stop; null where the reader is elsewhere, or nothing is said. */
  readonly sentence: ReadonlySignal<string | null>;
  /** Lines of the fence with something wrong, in the present text. */
  readonly marks: ReadonlySignal<readonly Mark[]>;

  /** To the next stop; from elsewhere, back to the one that was left. */
  move(direction: 1 | -1): void;

  /** "Stop 2 of 7", between its arrows. */
  readonly Control: () => JSX.Element | null;
  /** What is wrong with the stops. */
  readonly Problems: (props: { readonly reveal: (from: number, to: number) => void }) => JSX.Element | null;
}
