import { defaultKeymap } from '@codemirror/commands';
import {
  Annotation,
  Compartment,
  EditorState,
  RangeSetBuilder,
  StateEffect,
  StateField,
} from '@codemirror/state';
import {
  Decoration,
  EditorView,
  highlightActiveLine,
  keymap,
  type DecorationSet,
  type ViewUpdate,
} from '@codemirror/view';
import { highlight } from '@backflow/language';
import type { LineMark } from '../notes/contract.ts';
import { changeBetween, type Change } from '../state/history.ts';
import { isHighlightable, type EditorHandle, type EditorOptions, type Mark } from './handle.ts';
import { segmentsOf } from './segments.ts';
import { rootOn } from './sheet.ts';
import { setSignsEffect, signsWith } from './signs.ts';

/** Marks a transaction that brings in a text from elsewhere. */
const fromOutside = Annotation.define<boolean>();
const setMarksEffect = StateEffect.define<readonly Mark[]>();
/** More than stands above the first line. */
const TOP = 100;
const setColouredEffect = StateEffect.define<boolean>();

interface Painting {
  readonly coloured: boolean;
  readonly marks: readonly Mark[];
  readonly decorations: DecorationSet;
}

function painted(state: EditorState, marks: readonly Mark[], coloured: boolean): Painting {
  const text = state.doc.toString();
  const tokens =
    coloured && isHighlightable(text)
      ? highlight(text).map(({ from, to, kind }) => ({ from, to, kind: `t-${kind}` }))
      : [];
  const builder = new RangeSetBuilder<Decoration>();
  for (const { from, to, classes } of segmentsOf(text.length, [...tokens, ...marks])) {
    if (classes !== '') builder.add(from, to, Decoration.mark({ class: classes }));
  }
  return { coloured, marks, decorations: builder.finish() };
}

const paint = StateField.define<Painting>({
  create: (state) => painted(state, [], true),
  update(before, transaction) {
    let marks: readonly Mark[] | null = null;
    let { coloured } = before;
    for (const effect of transaction.effects) {
      if (effect.is(setMarksEffect)) marks = effect.value;
      if (effect.is(setColouredEffect)) coloured = effect.value;
    }
    if (marks !== null || coloured !== before.coloured)
      return painted(transaction.state, marks ?? before.marks, coloured);
    if (!transaction.docChanged) return before;
    const last = transaction.startState.doc.length;
    const moved = before.marks.map((mark) => ({
      ...mark,
      from: transaction.changes.mapPos(Math.min(mark.from, last), 1),
      to: transaction.changes.mapPos(Math.min(mark.to, last), -1),
    }));
    return painted(transaction.state, moved, coloured);
  },
  provide: (field) => EditorView.decorations.from(field, ({ decorations }) => decorations),
});

/** The whole of an update as one change. */
function changeOf(update: ViewUpdate): Change {
  let from = Infinity;
  let to = 0;
  let newTo = 0;
  update.changes.iterChanges((fromA, toA, _fromB, toB) => {
    from = Math.min(from, fromA);
    to = Math.max(to, toA);
    newTo = Math.max(newTo, toB);
  });
  return { from, to, insert: update.state.doc.sliceString(from, newTo) };
}

/** CodeMirror in a shadow root, without a history of its own. */
export function codeEditor(host: HTMLElement, text: string, options: EditorOptions): EditorHandle {
  const root = rootOn(host);
  const readOnly = new Compartment();
  const attributes = new Compartment();
  const labelled = (label: string) =>
    EditorView.contentAttributes.of({
      'aria-label': label,
      autocapitalize: 'off',
      autocorrect: 'off',
      spellcheck: 'false',
      tabindex: '0',
    });
  root.replaceChildren();
  const view = new EditorView({
    parent: root,
    root,
    state: EditorState.create({
      doc: text,
      extensions: [
        EditorState.lineSeparator.of('\n'),
        EditorView.lineWrapping,
        highlightActiveLine(),
        keymap.of([
          {
            key: 'Escape',
            run: (target) => {
              target.contentDOM.blur();
              return true;
            },
          },
          ...defaultKeymap,
        ]),
        paint,
        signsWith(options.onMark),
        readOnly.of([]),
        attributes.of(labelled(options.label)),
        EditorView.updateListener.of((update) => {
          if (update.focusChanged) options.onFocus(update.view.hasFocus);
          const outside = update.transactions.some((transaction) => transaction.annotation(fromOutside));
          if (outside) return;
          if (update.docChanged) options.onChange(changeOf(update));
          else if (update.selectionSet && update.view.hasFocus)
            options.onCaret(update.state.selection.main.head);
        }),
      ],
    }),
  });
  const inside = (at: number): number => Math.max(0, Math.min(at, view.state.doc.length));

  return {
    setText(next) {
      const before = view.state.doc.toString();
      if (next === before) return;
      const changes = changeBetween(before, next);
      // Another document begins at its top.
      const other =
        2 * (changes.to - changes.from) > before.length && 2 * changes.insert.length > next.length;
      view.dispatch({
        changes,
        ...(other ? { effects: EditorView.scrollIntoView(0, { y: 'start', yMargin: TOP }) } : {}),
        annotations: fromOutside.of(true),
      });
    },
    setMarks: (marks) =>
      view.dispatch({ effects: setMarksEffect.of(marks), annotations: fromOutside.of(true) }),
    setSigns(signs: readonly LineMark[], label) {
      const held = root.activeElement instanceof HTMLElement ? root.activeElement.dataset['line'] : undefined;
      host.toggleAttribute('data-signs', signs.length > 0);
      view.dispatch({ effects: setSignsEffect.of(signs), annotations: fromOutside.of(true) });
      const gutters = view.dom.querySelector('.cm-gutters');
      // They hold buttons here, not numbers that are decoration.
      gutters?.removeAttribute('aria-hidden');
      gutters?.setAttribute('role', 'group');
      gutters?.setAttribute('aria-label', label);
      if (held !== undefined && root.activeElement === null)
        root.querySelector<HTMLElement>(`[data-line="${held}"]`)?.focus();
    },
    setColoured: (coloured) =>
      view.dispatch({ effects: setColouredEffect.of(coloured), annotations: fromOutside.of(true) }),
    setReadOnly: (value) =>
      view.dispatch({
        effects: readOnly.reconfigure(
          value ? [EditorState.readOnly.of(true), EditorView.editable.of(false)] : [],
        ),
        annotations: fromOutside.of(true),
      }),
    setLabel: (label) =>
      view.dispatch({ effects: attributes.reconfigure(labelled(label)), annotations: fromOutside.of(true) }),
    reveal(from, to, focus) {
      view.dispatch({
        ...(focus ? { selection: { anchor: inside(from), head: inside(to) } } : {}),
        effects: EditorView.scrollIntoView(inside(from), { y: 'nearest', yMargin: 30 }),
        annotations: fromOutside.of(true),
      });
      if (focus) view.focus();
    },
    insert(piece) {
      view.focus();
      view.dispatch(view.state.replaceSelection(piece), { scrollIntoView: true });
    },
    focus: () => view.focus(),
    caret: () => ({
      from: view.state.selection.main.from,
      to: view.state.selection.main.to,
      scroll: view.scrollDOM.scrollTop,
      focused: view.hasFocus,
    }),
    destroy: () => view.destroy(),
  };
}
