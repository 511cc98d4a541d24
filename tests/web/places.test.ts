import { describe, expect, it } from 'vitest';
import { excerptAt } from '../../apps/web/src/state/places.ts';

/** The line with a caret line under it. */
const pointed = (text: string, from: number, to: number, width = 40): string => {
  const { text: line, before, length } = excerptAt(text, from, to, width);
  return `${line}\n${' '.repeat(before)}${'^'.repeat(length)}`;
};

describe('an excerpt', () => {
  it('shows the line of the place', () => {
    expect(pointed('x = 3\ny = x * (2\nz = 1', 14, 15)).toBe('y = x * (2\n        ^');
  });

  it('points behind the end of a line, and at an empty text', () => {
    expect(pointed('x = ', 4, 4)).toBe('x = \n    ^');
    expect(pointed('', 0, 0)).toBe('\n^');
    expect(pointed('x =\ny', 3, 3)).toBe('x =\n   ^');
  });

  it('stays on its line when the place spans several', () => {
    expect(pointed('a = (1 +\n 2', 4, 11)).toBe('a = (1 +\n    ^^^^');
  });

  it('cuts long lines around the place', () => {
    const text = `${'('.repeat(100_000)}x`;
    const excerpt = excerptAt(text, 50_000, 50_001, 40);
    expect(excerpt.text).toBe(`…${'('.repeat(40)}…`);
    expect(excerpt.text[excerpt.before]).toBe('(');
    const end = excerptAt(text, 100_000, 100_001, 40);
    expect(end.text[end.before]).toBe('x');
  });
});
