import { likeness } from './names.ts';
import { nearest } from './suggestion.ts';

/** The names that a program defines, wherever in it, and the spelling of each. */
export class Scope {
  readonly #spellings = new Map<string, string>();
  /** Per likeness the key that has it, null where several have. */
  readonly #alike = new Map<string, string | null>();

  /** Adds a name; the first spelling of a key stays. Returns another key that looks like it, if there is one. */
  define(key: string, spelling: string): string | null {
    if (this.#spellings.has(key)) return null;
    this.#spellings.set(key, spelling);
    const like = likeness(key);
    const other = this.#alike.get(like);
    this.#alike.set(like, other === undefined ? key : null);
    return other ?? null;
  }

  has(key: string): boolean {
    return this.#spellings.has(key);
  }

  spellingOf(key: string): string {
    return this.#spellings.get(key) ?? key;
  }

  /** The defined key that is meant: the same, or else the only one that looks like it; null if there is none. */
  find(key: string): string | null {
    return this.#spellings.has(key) ? key : (this.#alike.get(likeness(key)) ?? null);
  }

  /** The spelling of the defined name that a misspelt one is most like; null if none is near. */
  nearest(key: string): string | null {
    const near = nearest(key, this.#spellings.keys());
    return near && this.spellingOf(near);
  }
}
