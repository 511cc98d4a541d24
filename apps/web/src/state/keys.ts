import type { Messages } from '@backflow/messages';

/** The part of a keyboard event that names a key. */
export interface Press {
  readonly key: string;
  readonly code: string;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
}

/**
 * A key as the command table writes it: `Mod+Shift+Z`, `ArrowRight`, `Space`, `Shift+1`, `?`.
 * `Mod` is Ctrl, or ⌘ on a Mac. Letters do not tell upper from lower case; a mark such as `?` stands
 * for itself, whether or not the keyboard needs Shift for it.
 */
interface Key {
  readonly mod: boolean;
  readonly shift: boolean;
  readonly alt: boolean;
  readonly name: string;
}

function parseKey(text: string): Key {
  const cut = text.slice(0, -1).lastIndexOf('+');
  const name = text.slice(cut + 1);
  const held = new Set(text.slice(0, Math.max(0, cut)).split('+'));
  return { mod: held.has('Mod'), shift: held.has('Shift'), alt: held.has('Alt'), name };
}

const isMark = (name: string): boolean => name.length === 1 && !/[a-z0-9]/i.test(name);

/** True if this press is the key that the table writes as `text`. */
export function matchesKey(text: string, press: Press): boolean {
  const key = parseKey(text);
  if (key.mod !== (press.ctrlKey || press.metaKey)) return false;
  if (isMark(key.name)) return press.key === key.name && (!press.altKey || key.alt);
  if (key.shift !== press.shiftKey || key.alt !== press.altKey) return false;
  return key.name === nameOf(press);
}

/** The key's name independent of Shift, and for letters of the layout where it has Latin letters. */
function nameOf(press: Press): string {
  if (press.key === ' ') return 'Space';
  const digit = /^Digit(\d)$/.exec(press.code)?.[1];
  if (digit !== undefined && press.shiftKey) return digit;
  if (/^[a-z]$/i.test(press.key)) return press.key.toUpperCase();
  const letter = /^Key([A-Z])$/.exec(press.code)?.[1];
  if (letter !== undefined && press.key.length === 1) return letter;
  return press.key;
}

/** True for a key that types a character when no control is focused: those can be switched off. */
export function isSingleCharacter(text: string): boolean {
  const key = parseKey(text);
  return !key.mod && !key.alt && key.name.length === 1;
}

const SIGNS = new Map([
  ['ArrowLeft', '←'],
  ['ArrowRight', '→'],
  ['ArrowUp', '↑'],
  ['ArrowDown', '↓'],
  ['Escape', 'Esc'],
]);

/** The key as it stands on a keyboard, in parts. */
export function keyCaps(text: string, mac: boolean, words: Messages['page']['keyCaps']): string[] {
  const key = parseKey(text);
  const caps: string[] = [];
  if (key.mod) caps.push(mac ? '⌘' : words.ctrl);
  if (key.alt) caps.push(mac ? '⌥' : words.alt);
  if (key.shift) caps.push(mac ? '⇧' : words.shift);
  const named = new Map([
    ['Space', words.space],
    ['Home', words.home],
    ['End', words.end],
  ]);
  return [...caps, SIGNS.get(key.name) ?? named.get(key.name) ?? key.name];
}

/** The same for `aria-keyshortcuts`, whose modifiers have other names. */
export function ariaKeys(keys: readonly string[], mac: boolean): string {
  return keys.map((text) => text.replace('Mod', mac ? 'Meta' : 'Control')).join(' ');
}
