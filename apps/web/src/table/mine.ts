import { judgeNumber, type NoteVerdict } from '@backflow/notes';
import { signal, type ReadonlySignal } from '@preact/signals';
import * as v from 'valibot';
import { browserStore, type Store } from '../storage/shelf.ts';

/** Which columns a reader fills in beside the computed ones. */
export const MINE_CHOICES = ['none', 'both', 'value', 'gradient'] as const;
export type MineChoice = (typeof MINE_CHOICES)[number];
export type MineColumn = 'value' | 'gradient';

export function columnsOf(choice: MineChoice): readonly MineColumn[] {
  return choice === 'none' ? [] : choice === 'both' ? ['value', 'gradient'] : [choice];
}

const text = v.pipe(v.string(), v.maxLength(60));
const saved = v.object({
  version: v.literal(1),
  choice: v.picklist(MINE_CHOICES),
  /** Per document, the last used at the end: what was typed, by the node's key and the column. */
  documents: v.pipe(
    v.array(
      v.object({
        about: v.pipe(v.string(), v.maxLength(2000)),
        entries: v.pipe(v.array(v.tuple([v.pipe(v.string(), v.maxLength(2000)), text])), v.maxLength(20_000)),
      }),
    ),
    v.maxLength(20),
  ),
});
type Saved = v.InferOutput<typeof saved>;

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
    const parsed = v.safeParse(saved, JSON.parse(store?.getItem(NAME) ?? 'null'));
    if (parsed.success) return parsed.output;
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
