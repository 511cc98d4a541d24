import { highlight } from '@backflow/language';
import { changeBetween } from '../state/history.ts';
import { isHighlightable, type EditorHandle, type EditorOptions, type Mark } from './handle.ts';
import { segmentsOf } from './segments.ts';
import { rootOn } from './sheet.ts';

const LONG_PASTE = 10_000;

/**
 * A text field over its own coloured copy: there at once, and for good where the rich editor cannot be
 * loaded. The text of the field is transparent, what is seen is the copy under it.
 */
export function plainEditor(host: HTMLElement, options: EditorOptions): EditorHandle {
  const root = rootOn(host);
  const frame = document.createElement('div');
  frame.className = 'plain';
  const copy = document.createElement('pre');
  copy.setAttribute('aria-hidden', 'true');
  const field = document.createElement('textarea');
  field.setAttribute('aria-label', options.label);
  field.spellcheck = false;
  field.autocomplete = 'off';
  field.setAttribute('autocapitalize', 'off');
  field.setAttribute('autocorrect', 'off');
  frame.append(copy, field);
  root.replaceChildren(frame);

  let text = '';
  let marks: readonly Mark[] = [];
  let asProgram = true;
  let lastCaret = -1;

  function paint(): void {
    const coloured = isHighlightable(text);
    field.classList.toggle('bare', !coloured);
    if (!coloured) {
      copy.replaceChildren();
      return;
    }
    const tokens = (asProgram ? highlight(text) : []).map(({ from, to, kind }) => ({
      from,
      to,
      kind: `t-${kind}`,
    }));
    const parts = segmentsOf(text.length, [...tokens, ...marks]).map(({ from, to, classes }) => {
      const piece = text.slice(from, to);
      if (classes === '') return piece;
      const span = document.createElement('span');
      span.className = classes;
      span.textContent = piece;
      return span;
    });
    // The last line break needs something behind it to have a height.
    copy.replaceChildren(...parts, '\n');
    if (!CSS.supports('field-sizing', 'content')) field.style.height = `${copy.offsetHeight}px`;
  }

  function insert(piece: string): void {
    field.setRangeText(piece, field.selectionStart, field.selectionEnd, 'end');
    field.dispatchEvent(new Event('input'));
  }

  field.addEventListener('input', () => {
    const change = changeBetween(text, field.value);
    text = field.value;
    lastCaret = field.selectionStart;
    paint();
    options.onChange(change);
  });
  field.addEventListener('beforeinput', (event) => {
    // The browser's own undo would undo only the field; the page's listens to the keys.
    if (event.inputType === 'historyUndo' || event.inputType === 'historyRedo') event.preventDefault();
    // Browsers type a long text into a field line by line, which takes seconds; setting it does not.
    else if (event.data !== null && event.data.length > LONG_PASTE) {
      event.preventDefault();
      insert(event.data);
    }
  });
  field.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') field.blur();
  });
  field.addEventListener('selectionchange', () => {
    if (root.activeElement !== field || field.selectionStart === lastCaret || field.value !== text) return;
    lastCaret = field.selectionStart;
    options.onCaret(lastCaret);
  });
  field.addEventListener('focus', () => options.onFocus(true));
  field.addEventListener('blur', () => options.onFocus(false));

  return {
    setText(next) {
      if (next === text) return;
      const { from, to, insert } = changeBetween(text, next);
      const moved = (at: number): number =>
        at <= from ? at : at >= to ? at + insert.length - (to - from) : from + insert.length;
      const { selectionStart, selectionEnd } = field;
      text = next;
      field.value = next;
      if (root.activeElement === field) field.setSelectionRange(moved(selectionStart), moved(selectionEnd));
      lastCaret = field.selectionStart;
      paint();
    },
    setMarks(next) {
      marks = next;
      paint();
    },
    // What the margin would say, the list under the source says too.
    setSigns: () => undefined,
    setColoured(coloured) {
      if (coloured === asProgram) return;
      asProgram = coloured;
      paint();
    },
    setReadOnly: (readOnly) => (field.readOnly = readOnly),
    setLabel: (label) => field.setAttribute('aria-label', label),
    reveal(from, to, focus) {
      field.setSelectionRange(from, to);
      if (focus) field.focus();
      const before = copy.childNodes.length === 0 ? null : markedElement(copy, from);
      before?.scrollIntoView({ block: 'nearest' });
    },
    insert(piece) {
      field.focus();
      insert(piece);
    },
    focus: () => field.focus(),
    caret: () => ({
      from: field.selectionStart,
      to: field.selectionEnd,
      scroll: frame.scrollTop,
      focused: root.activeElement === field,
    }),
    destroy: () => frame.remove(),
  };
}

function markedElement(copy: HTMLElement, offset: number): Element | null {
  let at = 0;
  for (const child of copy.childNodes) {
    const end = at + (child.textContent?.length ?? 0);
    if (end > offset && child instanceof Element) return child;
    at = end;
  }
  return null;
}
