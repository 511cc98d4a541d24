import { de, en } from './texts.ts';
import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../apps/web/src/state/commands.ts';
import { isSingleCharacter, keyCaps, matchesKey, type Press } from '../../apps/web/src/state/keys.ts';

const press = (key: string, held: Partial<Press> = {}): Press => ({
  key,
  code: /^[a-z]$/i.test(key) ? `Key${key.toUpperCase()}` : key,
  shiftKey: false,
  altKey: false,
  ctrlKey: false,
  metaKey: false,
  ...held,
});

describe('the commands', () => {
  it('have different names', () => {
    expect(new Set(COMMANDS.map(({ id }) => id)).size).toBe(COMMANDS.length);
  });

  it('have different keys', () => {
    const keys = COMMANDS.flatMap(({ keys }) => keys);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('are told apart by every press that one of them asks for', () => {
    const presses = COMMANDS.flatMap(({ id, keys }) => keys.map((key) => ({ id, press: pressOf(key) })));
    for (const { id, press } of presses) {
      const answering = COMMANDS.filter(({ keys }) => keys.some((key) => matchesKey(key, press)));
      expect(answering.map((command) => command.id)).toEqual([id]);
    }
  });

  it('have a label in every language, and every label has its command', () => {
    for (const texts of [en, de]) {
      expect(Object.keys(texts.page.commands).sort()).toEqual(COMMANDS.map(({ id }) => id).sort());
    }
  });
});

function pressOf(text: string): Press {
  const parts = text.split('+').filter((part) => part !== '');
  const name = text.endsWith('+') ? '+' : parts.at(-1)!;
  const digit = /^\d$/.test(name);
  return press(name === 'Space' ? ' ' : digit ? '!' : name.length === 1 ? name.toLowerCase() : name, {
    code: digit ? `Digit${name}` : `Key${name}`,
    shiftKey: parts.includes('Shift'),
    ctrlKey: parts.includes('Mod'),
    altKey: parts.includes('Alt'),
  });
}

describe('keys', () => {
  it.each([
    ['Mod+Z', press('z', { ctrlKey: true }), true],
    ['Mod+Z', press('z', { metaKey: true }), true],
    ['Mod+Z', press('Z', { ctrlKey: true, shiftKey: true }), false],
    ['Mod+Shift+Z', press('Z', { ctrlKey: true, shiftKey: true }), true],
    ['Mod+Z', press('я', { ctrlKey: true, code: 'KeyZ' }), true],
    ['Mod+Z', press('z', { ctrlKey: true, code: 'KeyY' }), true],
    ['F', press('f'), true],
    ['F', press('f', { ctrlKey: true }), false],
    ['?', press('?', { shiftKey: true, code: 'Minus' }), true],
    ['?', press('?', { code: 'KeyM' }), true],
    ['.', press('.', { code: 'Period' }), true],
    ['Shift+1', press('!', { shiftKey: true, code: 'Digit1' }), true],
    ['Shift+1', press('1', { code: 'Digit1' }), false],
    ['Space', press(' '), true],
    ['ArrowRight', press('ArrowRight'), true],
    ['ArrowRight', press('ArrowRight', { shiftKey: true }), false],
    ['ArrowRight', press('ArrowRight', { altKey: true }), false],
    ['Shift+ArrowRight', press('ArrowRight', { shiftKey: true }), true],
  ])('%s and %j: %s', (text, pressed, expected) => {
    expect(matchesKey(text, pressed)).toBe(expected);
  });

  it('that are one character can be switched off', () => {
    expect(
      ['F', '?', '.', 'Shift+1', '+', 'Mod+K', 'Space', 'ArrowLeft', 'Escape'].map(isSingleCharacter),
    ).toEqual([true, true, true, true, true, false, false, false, false]);
  });

  it('are written as on the keyboard', () => {
    expect(keyCaps('Mod+Shift+Z', false, en.page.keyCaps)).toEqual(['Ctrl', 'Shift', 'Z']);
    expect(keyCaps('Mod+ArrowLeft', true, en.page.keyCaps)).toEqual(['⌘', '←']);
    expect(keyCaps('+', false, en.page.keyCaps)).toEqual(['+']);
    expect(keyCaps('Shift+Home', false, de.page.keyCaps)).toEqual(['Umschalt', 'Pos1']);
  });
});
