import { RangeSet, RangeSetBuilder, StateEffect, StateField, type Extension } from '@codemirror/state';
import { Decoration, EditorView, gutter, GutterMarker, type DecorationSet } from '@codemirror/view';
import type { LineMark } from '../notes/contract.ts';
import type { EditorOptions } from './handle.ts';

export const setSignsEffect = StateEffect.define<readonly LineMark[]>();

/** A mark in the margin: a button with the line's number and sign. */
class SignMarker extends GutterMarker {
  readonly mark: LineMark;
  /** One of them is reached by Tab, the others from it by the arrows. */
  readonly first: boolean;
  readonly onMark: EditorOptions['onMark'];

  constructor(mark: LineMark, first: boolean, onMark: EditorOptions['onMark']) {
    super();
    this.mark = mark;
    this.first = first;
    this.onMark = onMark;
  }

  override eq(other: SignMarker): boolean {
    const { line, sign, label, open } = this.mark;
    const { mark } = other;
    return (
      line === mark.line &&
      sign === mark.sign &&
      label === mark.label &&
      open === mark.open &&
      this.first === other.first
    );
  }

  override toDOM(): HTMLElement {
    const { line, sign, label, open } = this.mark;
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'sign';
    button.dataset['line'] = String(line);
    button.dataset['sign'] = sign;
    button.setAttribute('aria-label', label);
    button.setAttribute('aria-expanded', String(open));
    button.tabIndex = this.first ? 0 : -1;
    const number = document.createElement('span');
    number.className = 'number';
    number.textContent = String(line);
    const shape = document.createElement('span');
    shape.className = 'shape';
    shape.textContent = sign;
    button.append(number, shape);
    // The caret stays where it is.
    button.addEventListener('mousedown', (event) => event.preventDefault());
    button.addEventListener('click', () => this.onMark(line, 'press'));
    button.addEventListener('pointerenter', () => this.onMark(line, 'enter'));
    button.addEventListener('pointerleave', () => this.onMark(line, 'leave'));
    button.addEventListener('focus', () => this.onMark(line, 'enter'));
    button.addEventListener('blur', () => this.onMark(line, 'leave'));
    button.addEventListener('keydown', walk);
    return button;
  }
}

function walk(event: KeyboardEvent): void {
  const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (by === 0) return;
  const button = event.currentTarget as HTMLElement;
  const all = [...(button.closest('.cm-gutters')?.querySelectorAll<HTMLElement>('.sign') ?? [])];
  all[all.indexOf(button) + by]?.focus();
  event.preventDefault();
  event.stopPropagation();
}

interface Signs {
  readonly markers: RangeSet<GutterMarker>;
  readonly lines: DecorationSet;
}

const MARKED = Decoration.line({ class: 'marked' });

/** The margin with the marks; they move with the text until new ones come. */
export function signsWith(onMark: EditorOptions['onMark']): Extension {
  const field = StateField.define<Signs>({
    create: () => ({ markers: RangeSet.empty, lines: Decoration.none }),
    update(before, transaction) {
      for (const effect of transaction.effects) {
        if (!effect.is(setSignsEffect)) continue;
        const markers = new RangeSetBuilder<GutterMarker>();
        const lines = new RangeSetBuilder<Decoration>();
        const { length } = transaction.state.doc;
        const tabStop = effect.value.find(({ open }) => open) ?? effect.value[0];
        let last = -1;
        for (const mark of effect.value) {
          const { from } = transaction.state.doc.lineAt(Math.min(mark.from, length));
          if (from <= last) continue;
          last = from;
          markers.add(from, from, new SignMarker(mark, mark === tabStop, onMark));
          lines.add(from, from, MARKED);
        }
        return { markers: markers.finish(), lines: lines.finish() };
      }
      if (!transaction.docChanged) return before;
      return {
        markers: before.markers.map(transaction.changes),
        lines: before.lines.map(transaction.changes),
      };
    },
    provide: (own) => EditorView.decorations.from(own, ({ lines }) => lines),
  });
  return [field, gutter({ class: 'cm-signs', markers: (view) => view.state.field(field).markers })];
}
