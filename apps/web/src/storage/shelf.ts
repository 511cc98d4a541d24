import { flag, members, oneOf, text, whole, type Check } from '../link/checked.ts';
import { DIGITS, initialSettings, THEMES, type Settings } from '../state/session.ts';

/** The part of `Storage` that is used; a browser that forbids it gives none. */
export interface Store {
  getItem(name: string): string | null;
  setItem(name: string, text: string): void;
  removeItem(name: string): void;
}

/** The reader's own work, and apart from it what they are doing with a document that came by link. */
export type Slot = 'work' | 'link';

const saved = members(
  { version: oneOf(1), text: text(2_000_000) },
  {
    /** The fragment that the page wrote for this text: a page that opens with another one was sent by somebody. */
    fragment: text(3_000_000),
    notes: flag,
  },
);

const settings = members(
  {
    version: oneOf(1),
    language: oneOf('en', 'de'),
    theme: oneOf(...THEMES),
    digits: whole(DIGITS.least, DIGITS.most),
    singleKeys: flag,
  },
  { teacher: flag },
);

export interface Saved {
  readonly text: string;
  readonly fragment: string | undefined;
  /** A text without a fence is notes. */
  readonly notes?: boolean | undefined;
}

export type SaveOutcome = 'saved' | 'full' | 'unavailable';

/** Autosaved work and settings, versioned and checked on the way in. Nothing here throws. */
export interface Shelf {
  load(slot: Slot): Saved | null;
  save(slot: Slot, work: Saved): SaveOutcome;
  loadSettings(): Settings | null;
  saveSettings(settings: Settings): SaveOutcome;
}

const NAME = { work: 'backflow.work', link: 'backflow.link', settings: 'backflow.settings' } as const;

export function shelfOn(store: Store | null): Shelf {
  function read<T>(check: Check<T>, name: string): T | null {
    try {
      return check(JSON.parse(store?.getItem(name) ?? 'null')) ?? null;
    } catch {
      // Storage may be forbidden, and what it holds may be anything.
      return null;
    }
  }

  function write(name: string, value: object): SaveOutcome {
    if (store === null) return 'unavailable';
    try {
      store.setItem(name, JSON.stringify(value));
      return 'saved';
    } catch (error) {
      const kind = error instanceof Error ? error.name : '';
      return kind === 'QuotaExceededError' || kind === 'NS_ERROR_DOM_QUOTA_REACHED' ? 'full' : 'unavailable';
    }
  }

  return {
    load(slot) {
      const work = read(saved, NAME[slot]);
      return work === null
        ? null
        : { text: work.text, fragment: work.fragment, ...(work.notes ? { notes: true } : {}) };
    },
    save: (slot, work) => write(NAME[slot], { version: 1, ...work }),
    loadSettings() {
      const stored = read(settings, NAME.settings);
      if (stored === null) return null;
      const { version: _version, ...rest } = stored;
      return { ...initialSettings, ...rest };
    },
    saveSettings: (value) => write(NAME.settings, { version: 1, ...value }),
  };
}

/** The browser's own storage, or null where it is forbidden (private windows, some file addresses). */
export function browserStore(): Store | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}
