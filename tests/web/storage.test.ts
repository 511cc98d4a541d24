import { describe, expect, it } from 'vitest';
import { initialSettings } from '../../apps/web/src/state/session.ts';
import { shelfOn, type Store } from '../../apps/web/src/storage/shelf.ts';

function memory(start: Readonly<Record<string, string>> = {}, room = Infinity): Store {
  const items = new Map(Object.entries(start));
  return {
    getItem: (name) => items.get(name) ?? null,
    setItem: (name, text) => {
      if (text.length > room) throw new DOMException('No room left.', 'QuotaExceededError');
      items.set(name, text);
    },
    removeItem: (name) => items.delete(name),
  };
}

const forbidden: Store = {
  getItem: () => {
    throw new DOMException('Not here.', 'SecurityError');
  },
  setItem: () => {
    throw new DOMException('Not here.', 'SecurityError');
  },
  removeItem: () => undefined,
};

describe('the shelf', () => {
  it('gives back what was saved, each slot on its own', async () => {
    const shelf = shelfOn(memory());
    expect(shelf.save('work', { text: 'mine', fragment: '#1.pA.0' })).toBe('saved');
    expect(shelf.save('link', { text: 'theirs', fragment: undefined })).toBe('saved');
    expect(await shelf.load('work')).toEqual({ text: 'mine', fragment: '#1.pA.0' });
    expect(await shelf.load('link')).toEqual({ text: 'theirs', fragment: undefined });
    expect([shelf.textIn('work'), shelf.textIn('link')]).toEqual(['mine', 'theirs']);
  });

  it('remembers that a text is notes, and reads what was saved before there were any', async () => {
    const place = memory();
    const shelf = shelfOn(place);
    shelf.save('work', { text: 'dy/dx = 2', fragment: undefined, notes: true });
    expect(await shelf.load('work')).toEqual({ text: 'dy/dx = 2', fragment: undefined, notes: true });
    const { teacher: _teacher, ...earlier } = initialSettings;
    place.setItem('backflow.settings', JSON.stringify({ version: 1, ...earlier }));
    expect(await shelf.loadSettings()).toEqual(initialSettings);
  });

  it('keeps settings', async () => {
    const shelf = shelfOn(memory());
    const german = { ...initialSettings, language: 'de', digits: 6 } as const;
    expect(shelf.saveSettings(german)).toBe('saved');
    expect(await shelf.loadSettings()).toEqual(german);
  });

  it.each([
    ['nothing', ''],
    ['half a text', '{"version":1,"te'],
    ['another version', '{"version":2,"text":"x"}'],
    ['a number for the text', '{"version":1,"text":5}'],
    ['a list', '[]'],
    ['a prototype', '{"__proto__":{"version":1,"text":"x"}}'],
    ['a text of 3 MB', JSON.stringify({ version: 1, text: 'x'.repeat(3_000_000) })],
  ])('ignores %s', async (_what, text) => {
    expect(await shelfOn(memory({ 'backflow.work': text })).load('work')).toBeNull();
  });

  it.each([
    '{"version":1,"language":"fr","theme":"auto","digits":4,"singleKeys":true}',
    '{"version":1,"language":"en","theme":"auto","digits":40,"singleKeys":true}',
    '{"version":1,"language":"en","theme":"auto","digits":4}',
  ])('ignores the settings %s', async (text) => {
    expect(await shelfOn(memory({ 'backflow.settings': text })).loadSettings()).toBeNull();
  });

  it('says when there is no room, and when there is no shelf', async () => {
    expect(shelfOn(memory({}, 100)).save('work', { text: 'x'.repeat(200), fragment: undefined })).toBe(
      'full',
    );
    for (const shelf of [shelfOn(null), shelfOn(forbidden)]) {
      expect(shelf.save('work', { text: 'x', fragment: undefined })).toBe('unavailable');
      expect(await shelf.load('work')).toBeNull();
      expect(await shelf.loadSettings()).toBeNull();
    }
  });
});
