import { effect } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { useApp } from '../app-context.ts';
import { lazily, painted } from '../look/lazy.tsx';
import { narrow } from '../look/media.ts';
import type { App } from '../state/app.ts';
import { statementAt } from '../state/places.ts';
import type { EditorHandle, EditorOptions, Mark } from './handle.ts';
import { plainEditor } from './plain-editor.ts';
import './source-pane.css';

/** What is wrong can be said a moment after the first picture. */
const Problems = lazily(async () => {
  await painted();
  return (await import('./problems.tsx')).Problems;
});

/** What the key row offers: the signs of derivations that phone keyboards hide. */
const CHARACTERS = ['∂', '/', '·', 'σ', '′', '²', '₁', '⁽ᴸ⁾', '='] as const;

/** The text of the document, with its problems below. */
export function SourcePane(): JSX.Element {
  const app = useApp();
  const texts = app.messages.value.page.editor;
  const host = useRef<HTMLDivElement>(null);
  const editor = useRef<EditorHandle | null>(null);
  const [focused, setFocused] = useState(false);

  useEffect(() => {
    const stop = mountEditor(host.current!, app, setFocused, (handle) => {
      editor.current = handle;
      app.editor.value = handle;
    });
    return stop;
  }, []);

  const { readOnly } = app;
  const notes = app.notes.value;
  return (
    <div class="source-pane">
      {app.kind.value === 'document' ? null : <ReadAs />}
      <div ref={host} class="editor" data-focus="editor" />
      {readOnly.value ? <p class="quiet small read-only">{texts.readOnly}</p> : null}
      {notes === null ? null : <notes.Panel />}
      <Problems reveal={(from, to) => editor.current?.reveal(from, to, true)} />
      {narrow.value && focused && !readOnly.value ? (
        <div class="key-row" role="toolbar" aria-label={texts.keys}>
          {CHARACTERS.map((character) => (
            <button
              key={character}
              type="button"
              class="button"
              // The caret stays in the editor, and so does the keyboard.
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => editor.current?.insert(character)}
            >
              {character}
            </button>
          ))}
        </div>
      ) : null}
    </div>
  );
}

/** A text without a fence is a program or notes: the reader says which. */
function ReadAs(): JSX.Element {
  const app = useApp();
  const texts = app.messages.value.page.editor;
  return (
    <div class="read-as" role="group" aria-label={texts.readAs}>
      {([false, true] as const).map((notes) => (
        <button
          key={String(notes)}
          type="button"
          class="button"
          aria-pressed={app.session.value.notes === notes}
          onClick={() => app.update({ notes })}
        >
          {notes ? texts.labels.notes : texts.labels.program}
        </button>
      ))}
    </div>
  );
}

/** Puts the plain editor into the page at once and the rich one in its place as soon as it is here. */
function mountEditor(
  host: HTMLElement,
  app: App,
  onFocus: (focused: boolean) => void,
  onHandle: (handle: EditorHandle) => void,
): () => void {
  let gone = false;
  const options: EditorOptions = {
    label: labelOf(app),
    onChange: (change) => app.type(change),
    onCaret: (offset) => selectStatement(app, offset),
    onFocus,
    onMark(line, what) {
      const notes = app.notes.peek();
      if (what === 'press') notes?.press(line);
      else notes?.point(what === 'enter' ? line : null);
    },
  };
  let handle = plainEditor(host, options);
  host.dataset['editor'] = 'plain';
  let stop = follow(handle, app);
  onHandle(handle);

  const load = (): void => {
    import('./code-editor.ts').then(
      ({ codeEditor }) => {
        if (gone) return;
        const { from, to, focused } = handle.caret();
        stop();
        handle.destroy();
        handle = codeEditor(host, app.history.peek().document.text, options);
        host.dataset['editor'] = 'rich';
        stop = follow(handle, app);
        onHandle(handle);
        if (focused) handle.reveal(from, to, true);
      },
      () => {
        // The plain editor does the same; a page that lost its connection need not hear of it.
      },
    );
  };
  // After the first picture: typing works in the plain editor until then.
  const idle = window.setTimeout(load, 600);

  return () => {
    gone = true;
    window.clearTimeout(idle);
    stop();
    handle.destroy();
  };
}

/** Keeps an editor's text and marks as the state says. */
function follow(handle: EditorHandle, app: App): () => void {
  let revealed: string | null = null;
  const stops = [
    effect(() => handle.setReadOnly(app.readOnly.value)),
    effect(() => handle.setLabel(labelOf(app))),
    effect(() => handle.setColoured(app.kind.value !== 'notes')),
    effect(() => {
      // The text first: marks are places in it.
      handle.setText(app.history.value.document.text);
      const marks = marksOf(app);
      handle.setMarks(marks);
      handle.setSigns(app.notes.value?.marks.value ?? [], app.messages.value.page.editor.marks);
      const { selected } = app.session.value;
      const mark = marks.find(({ kind }) => kind === 'selected');
      // The line of an open explanation stays where it is.
      const reads = app.notes.value?.marks.value.some(({ open }) => open) === true;
      if (selected !== revealed && mark !== undefined && !reads && !handle.caret().focused) {
        handle.reveal(mark.from, mark.to, false);
      }
      revealed = selected;
    }),
  ];
  return () => stops.forEach((stop) => stop());
}

function labelOf(app: App): string {
  return app.messages.value.page.editor.labels[app.kind.value];
}

function marksOf(app: App): Mark[] {
  const { length } = app.history.value.document.text;
  const marks: Mark[] = app.verdict.value.problems
    .map(({ from, to, severity }) => ({ from, to, kind: severity }))
    .filter(({ to }) => to <= length);
  const run = app.run.value;
  const node = app.selected.value;
  if (run !== null && node >= 0 && run.full.spans !== null && !app.stale.value) {
    const origin = run.origin[node];
    const from = run.full.spans[2 * origin];
    const to = run.full.spans[2 * origin + 1];
    if (from >= 0 && to > from) marks.push({ from, to, kind: 'selected' });
  }
  marks.push(...(app.lecture.value?.marks.value ?? []));
  marks.push(...(app.notes.value?.stretches.value.filter(({ to }) => to <= length) ?? []));
  return marks;
}

/** The caret in a statement selects its node, without opening the inspector: the reader is writing. */
function selectStatement(app: App, offset: number): void {
  const run = app.run.peek();
  if (run === null || app.stale.peek()) return;
  const node = statementAt(run, offset);
  if (node >= 0) app.update({ selected: run.keys[node] });
}
