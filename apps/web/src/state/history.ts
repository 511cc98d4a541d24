/** What undo covers: the text, and nothing about how it is looked at. */
export interface Document {
  readonly text: string;
}

/** `[from, to)` of a text is replaced by `insert`. */
export interface Change {
  readonly from: number;
  readonly to: number;
  readonly insert: string;
}

interface Entry {
  /** The document as it was before this entry. */
  readonly before: Document;
  /** Edits of one group may join: one drag is one entry, and so is a run of typing. */
  readonly group: string;
  readonly at: number;
  /** Where the last change of this entry ended, in the text after it. */
  readonly end: number;
}

/** One line of undo shared by the editor and by dragged numbers. */
export interface History {
  readonly document: Document;
  readonly past: readonly Entry[];
  readonly future: readonly Document[];
}

/** Typing pauses longer than this begin a new entry. */
const PAUSE_MS = 900;
const ENTRIES = 500;
/** Entries keep whole texts; this bounds them together. */
const CHARACTERS = 20_000_000;

export function historyOf(text: string): History {
  return { document: { text }, past: [], future: [] };
}

export type HistoryAction =
  | { readonly kind: 'type'; readonly change: Change; readonly at: number }
  /** All edits with one `gesture` become one entry, however long the gesture takes. */
  | { readonly kind: 'drag'; readonly change: Change; readonly gesture: string; readonly at: number }
  | { readonly kind: 'replace'; readonly text: string; readonly at: number }
  | { readonly kind: 'undo' }
  | { readonly kind: 'redo' };

export function reduceHistory(history: History, action: HistoryAction): History {
  switch (action.kind) {
    case 'undo':
      return undo(history);
    case 'redo':
      return redo(history);
    case 'replace':
      return push(
        history,
        { from: 0, to: history.document.text.length, insert: action.text },
        'replace',
        action.at,
      );
    case 'drag':
      return push(history, action.change, `drag ${action.gesture}`, action.at);
    case 'type':
      return push(history, action.change, 'type', action.at);
  }
}

/** The text after a change. */
export function applyChange(text: string, change: Change): string {
  return text.slice(0, change.from) + change.insert + text.slice(change.to);
}

/** The smallest single change that turns one text into another. */
export function changeBetween(before: string, after: string): Change {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  let end = 0;
  while (
    end < shorter - start &&
    before.charCodeAt(before.length - 1 - end) === after.charCodeAt(after.length - 1 - end)
  ) {
    end++;
  }
  return { from: start, to: before.length - end, insert: after.slice(start, after.length - end) };
}

function push(history: History, change: Change, group: string, at: number): History {
  const text = applyChange(history.document.text, change);
  if (text === history.document.text) return history;
  const end = change.from + change.insert.length;
  const last = history.past.at(-1);
  if (last !== undefined && history.future.length === 0 && joins(last, change, group, at)) {
    return { ...history, document: { text }, past: [...history.past.slice(0, -1), { ...last, at, end }] };
  }
  const past = bounded([...history.past, { before: history.document, group, at, end }]);
  return { document: { text }, past, future: [] };
}

function joins(last: Entry, change: Change, group: string, at: number): boolean {
  if (last.group !== group) return false;
  if (group !== 'type') return group !== 'replace';
  const touches = change.from === last.end || change.to === last.end;
  return touches && at - last.at <= PAUSE_MS && !change.insert.includes('\n');
}

function bounded(past: readonly Entry[]): readonly Entry[] {
  let characters = 0;
  let first = past.length;
  while (first > 0 && past.length - first < ENTRIES) {
    characters += past[first - 1].before.text.length;
    if (characters > CHARACTERS && first < past.length) break;
    first--;
  }
  return first === 0 ? past : past.slice(first);
}

function undo(history: History): History {
  const last = history.past.at(-1);
  if (last === undefined) return history;
  return {
    document: last.before,
    past: history.past.slice(0, -1),
    future: [...history.future, history.document],
  };
}

function redo(history: History): History {
  const next = history.future.at(-1);
  if (next === undefined) return history;
  const entry: Entry = { before: history.document, group: 'redo', at: 0, end: -1 };
  return { document: next, past: [...history.past, entry], future: history.future.slice(0, -1) };
}
