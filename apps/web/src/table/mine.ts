import { judgeNumber, type NoteVerdict } from '@backflow/notes';
import { signal, type ReadonlySignal } from '@preact/signals';
import { list, members, oneOf, text, type Checked } from '../link/checked.ts';
import { browserStore, type Store } from '../storage/shelf.ts';

/** Which columns a reader fills in beside the computed ones. */
export const MINE_CHOICES = ['none', 'both', 'value', 'gradient'] as const;
export type MineChoice = (typeof MINE_CHOICES)[number];
export type MineColumn = 'value' | 'gradient';

export function columnsOf(choice: MineChoice): readonly MineColumn[] {
  return choice === 'none' ? [] : choice === 'both' ? ['value', 'gradient'] : [choice];
}

/** A node's key with its column, and what was typed there. */
const entry = (found: unknown): [string, string] | undefined => {
  if (!Array.isArray(found) || found.length !== 2) return undefined;
  const key = text(2000)(found[0]);
  const typed = text(60)(found[1]);
  return key === undefined || typed === undefined ? undefined : [key, typed];
};
const saved = members({
  version: oneOf(1),
  choice: oneOf(...MINE_CHOICES),
  /** Per document, the last used at the end: what was typed, by the node's key and the column. */
  documents: list(members({ about: text(2000), entries: list(entry, 20_000) }), 20),
});
type Saved = Checked<typeof saved>;

const NAME = 'backflow.mine';
const DOCUMENTS = 20;

/** A reader's own numbers, kept by document and never part of a link. */
export interface Mine {
  readonly choice: ReadonlySignal<MineChoice>;
  /** Changes with every number typed. */
  readonly entries: ReadonlySignal<ReadonlyMap<string, string>>;
  choose(choice: MineChoice): void;
  /** Takes out the numbers of another document. */
  turnTo(about: string): void;
  type(key: string, column: MineColumn, text: string): void;
  at(key: string, column: MineColumn): string;
}

const entryOf = (key: string, column: MineColumn): string => `${column} ${key}`;

export function mineOn(store: Store | null): Mine {
  let kept = load(store);
  let present = '';
  const choice = signal<MineChoice>(kept.choice);
  const entries = signal<ReadonlyMap<string, string>>(new Map());

  function save(): void {
    const documents = kept.documents.filter(({ about }) => about !== present);
    const own = [...entries.peek()];
    if (own.length > 0) documents.push({ about: present, entries: own });
    kept = { version: 1, choice: choice.peek(), documents: documents.slice(-DOCUMENTS) };
    try {
      store?.setItem(NAME, JSON.stringify(kept));
    } catch {
      // They stay as long as the page is open.
    }
  }

  return {
    choice,
    entries,
    choose(next) {
      choice.value = next;
      save();
    },
    turnTo(about) {
      if (about === present) return;
      present = about;
      entries.value = new Map(kept.documents.find((each) => each.about === about)?.entries);
    },
    type(key, column, typed) {
      const next = new Map(entries.peek());
      if (typed.trim() === '') next.delete(entryOf(key, column));
      else next.set(entryOf(key, column), typed.slice(0, 60));
      entries.value = next;
      save();
    },
    at: (key, column) => entries.value.get(entryOf(key, column)) ?? '',
  };
}

function load(store: Store | null): Saved {
  try {
    const kept = saved(JSON.parse(store?.getItem(NAME) ?? 'null'));
    if (kept !== undefined) return kept;
  } catch {
    // Storage may be forbidden, and what it holds may be anything.
  }
  return { version: 1, choice: 'none', documents: [] };
}

let shared: Mine | null = null;

/** The one of this browser. */
export function mine(): Mine {
  return (shared ??= mineOn(browserStore()));
}

/** What a typed number is worth; null while nothing is typed. */
export function verdictOf(typed: string, truth: number): NoteVerdict | null {
  return typed.trim() === '' ? null : judgeNumber(typed, truth);
}
