import { describe, expect, it } from 'vitest';
import { editDistance, nearest } from '../../apps/cli/src/nearest.ts';
import { tableLines } from '../../apps/cli/src/table.ts';
import { clip, plain, widthOf } from '../../apps/cli/src/width.ts';

describe('the nearest word', () => {
  it.each([
    ['gard', 'grad'],
    ['--jsno', '--json'],
    ['--digit', '--digits'],
    ['GRAPH', 'graph'],
    ['stpes', 'steps'],
  ])('to %s is %s', (written, meant) => {
    expect(nearest(written, ['grad', 'graph', 'steps', '--json', '--digits'])).toBe(meant);
  });

  it('is none when nothing is near', () => {
    expect(nearest('banana', ['grad', 'graph', 'steps'])).toBeNull();
  });

  it.each([
    ['', 'abc', 3],
    ['abc', 'abc', 0],
    ['abc', 'acb', 1],
    ['kitten', 'sitting', 3],
  ])('%j and %j are %i edits apart', (a, b, distance) => {
    expect(editDistance(a, b)).toBe(distance);
    expect(editDistance(b, a)).toBe(distance);
  });
});

describe('the width in a terminal', () => {
  it.each([
    ['a', 1],
    ['σ(z₁)', 5],
    ['重み', 4],
    ['e\u0301', 1],
    ['ẑ', 1],
    ['w\u0302_1', 3],
    ['👩‍🔬', 2],
    ['🇩🇪', 2],
    ['ﾊ', 1],
    ['\u200b', 0],
  ])('of %j is %i', (text, width) => {
    expect(widthOf(text)).toBe(width);
  });

  it('is what a text is cut to', () => {
    expect(clip('abcdef', 6)).toBe('abcdef');
    expect(clip('abcdefg', 6)).toBe('abcde…');
    expect(clip('重み重み', 6)).toBe('重み…');
  });

  it('is not changed by what a terminal would obey', () => {
    expect(plain('a\u001b]0;x\u0007b\u009bc')).toBe('a␛]0;x␇b�c');
  });
});

describe('a table', () => {
  it('puts points below each other and ends no line in spaces', () => {
    const lines = tableLines(
      [
        { title: 'node', align: 'text' },
        { title: 'formula', align: 'text', width: 5 },
        { title: 'value', align: 'number' },
        { title: 'g', align: 'number' },
      ],
      [
        ['重み', 'a·b', '−12', '1'],
        ['b', '', '0.25', '9.5·10⁻⁴'],
        ['', 'a + b + c', '∞', '0'],
      ],
    );
    expect(lines.join('\n')).toBe(
      [
        'node  formula   value         g',
        '重み  a·b      −12     1',
        'b                0.25  9.5·10⁻⁴',
        '      a + …      ∞     0',
      ].join('\n'),
    );
  });
});
