import { describe, expect, it } from 'vitest';
import { excerpt } from '../../apps/cli/src/excerpt.ts';
import { widthOf } from '../../apps/cli/src/width.ts';

/** The excerpt of a text in which `«` and `»` stand around the part that is meant. */
function marked(text: string, width = 80): string {
  const from = text.indexOf('«');
  const to = text.indexOf('»') - 1;
  const { line, mark } = excerpt(text.replace(/[«»]/g, ''), from, to, width);
  return `${line}\n${mark}`;
}

describe('the caret', () => {
  it.each([
    ['below one character', 'a «$» b', 'a $ b\n  ^'],
    ['below a word', 'y = «foo» + 1', 'y = foo + 1\n    ^~~'],
    ['behind the end', 'y = (a«»', 'y = (a\n      ^'],
    ['in the line that is meant', 'a = 1\nb = «?»\nc = 2', 'b = ?\n    ^'],
    ['behind a line that Windows ended', 'a = («»\r\nb = 2', 'a = (\n     ^'],
    ['at the line feed of a Windows line', 'a = (\r«\n»b = 2', 'a = (\n     ^'],
    ['after a tab', '\ta = «$»', '        a = $\n            ^'],
    ['after a tab in the middle', 'ab\t«$»', 'ab      $\n        ^'],
    ['after wide characters', '重み = «$»', '重み = $\n       ^'],
    ['after a combining accent', 'e\u0301 = «$»', 'e\u0301 = $\n    ^'],
    ['after an emoji of several code points', '👩‍🔬 = «$»', '👩‍🔬 = $\n     ^'],
    ['below a wide word', 'y = «重み»', 'y = 重み\n    ^~~~'],
    ['only to the end of the line', 'y = «(1\n+ 2»', 'y = (1\n    ^~'],
    ['after control characters, which are drawn', '\u001b[31m«$»', '␛[31m$\n     ^'],
    ['after a character that turns the direction', '\u202e«$»', '�$\n ^'],
  ])('stands %s', (_, text, expected) => {
    expect(marked(text)).toBe(expected);
  });

  it('stands in a window of a line that is too long', () => {
    const text = `${'a+'.repeat(500)}«$»${'+b'.repeat(500)}`;
    const [line, mark] = marked(text, 40).split('\n');
    expect(widthOf(line)).toBeLessThanOrEqual(40);
    expect(line).toMatch(/^….*…$/);
    expect(line[mark.indexOf('^')]).toBe('$');
  });

  it('stands at the end of 100,000 brackets', () => {
    const text = '('.repeat(100_000);
    const { line, mark } = excerpt(text, text.length, text.length, 60);
    expect(line).toBe(`…${'('.repeat(58)}`);
    expect(mark).toBe(`${' '.repeat(59)}^`);
  });

  it('stands at the start of a long line', () => {
    const { line, mark } = excerpt('$'.repeat(200), 0, 1, 20);
    expect(line).toBe(`${'$'.repeat(19)}…`);
    expect(mark).toBe('^');
  });
});
