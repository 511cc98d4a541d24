import type { Settings } from '../state/session.ts';

/** The part of `Storage` that is used; a browser that forbids it gives none. */
export interface Store {
  getItem(name: string): string | null;
  setItem(name: string, text: string): void;
  removeItem(name: string): void;
}

/** The reader's own work, and apart from it what they are doing with a document that came by link. */
export type Slot = 'work' | 'link';

export interface Saved {
  readonly text: string;
  readonly fragment: string | undefined;
  /** A text without a fence is notes. */
  readonly notes?: boolean | undefined;
}

export type SaveOutcome = 'saved' | 'full' | 'unavailable';

/**
 * Autosaved work and settings, versioned and checked on the way in. What checks them is fetched where there is
 * something to check, and only where that fails is anything rejected: an empty shelf would be written over.
 */
export interface Shelf {
  load(slot: Slot): Promise<Saved | null>;
  /** The text alone, at once; null where there is none. */
  textIn(slot: Slot): string | null;
  save(slot: Slot, work: Saved): SaveOutcome;
  loadSettings(): Promise<Settings | null>;
  saveSettings(settings: Settings): SaveOutcome;
}

const NAME = { work: 'backflow.work', link: 'backflow.link', settings: 'backflow.settings' } as const;

export function shelfOn(store: Store | null): Shelf {
  function read(name: string): string | null {
    try {
      return store?.getItem(name) ?? null;
    } catch {
      // Storage may be forbidden.
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
    async load(slot) {
      const stored = read(NAME[slot]);
      return stored === null ? null : (await import('./stored.ts')).savedIn(stored);
    },
    textIn(slot) {
      try {
        const { version, text }: { readonly version?: unknown; readonly text?: unknown } = JSON.parse(
          read(NAME[slot]) ?? '{}',
        );
        return version === 1 && typeof text === 'string' ? text : null;
      } catch {
        // What is stored may be anything.
        return null;
      }
    },
    save: (slot, work) => write(NAME[slot], { version: 1, ...work }),
    async loadSettings() {
      const stored = read(NAME.settings);
      return stored === null ? null : (await import('./stored.ts')).settingsIn(stored);
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
