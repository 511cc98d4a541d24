import { describe, expect, it } from 'vitest';
import { segmentsOf } from '../../apps/web/src/editor/segments.ts';

const cut = (text: string, ...stretches: [number, number, string][]): string =>
  segmentsOf(
    text.length,
    stretches.map(([from, to, kind]) => ({ from, to, kind })),
  )
    .map(({ from, to, classes }) =>
      classes === '' ? text.slice(from, to) : `<${classes}:${text.slice(from, to)}>`,
    )
    .join('');

describe('segments of a text', () => {
  it.each([
    ['x = 3', [], 'x = 3'],
    ['x = 3', [[0, 1, 'name']], '<name:x> = 3'],
    [
      'x = y·y',
      [
        [4, 7, 'selected'],
        [4, 5, 'name'],
        [6, 7, 'name'],
      ],
      'x = <selected name:y><selected:·><selected name:y>',
    ],
    [
      'abc',
      [
        [0, 2, 'a'],
        [1, 3, 'b'],
      ],
      '<a:a><a b:b><b:c>',
    ],
    ['abc', [[1, 1, 'error']], 'a<error:b>c'],
    ['abc', [[3, 3, 'error']], 'abc'],
    ['abc', [[2, 9, 'error']], 'ab<error:c>'],
    [
      'abc',
      [
        [0, 3, 'a'],
        [0, 3, 'a'],
      ],
      '<a:abc>',
    ],
  ] as [string, [number, number, string][], string][])('%j with %j', (text, stretches, expected) => {
    expect(cut(text, ...stretches)).toBe(expected);
  });
});
