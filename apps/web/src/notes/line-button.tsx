import type { JSX } from 'preact';
import type { NotesState } from './desk.ts';

interface LineButtonProps {
  readonly state: NotesState;
  readonly line: number;
}

/** "line 7", which opens that line's explanation and shows the line. */
export function LineButton({ state, line }: LineButtonProps): JSX.Element {
  return (
    <button
      type="button"
      class="link"
      onClick={() => {
        state.close();
        state.press(line);
      }}
    >
      {state.texts.value.page.line(line)}
    </button>
  );
}
