import { editNumber, highlight } from '@backflow/language';
import { describe, expect, it } from 'vitest';

/** The text with each stretch marked by its kind: `number:2`. */
function coloured(text: string): string {
  return highlight(text)
    .map(({ from, to, kind }) => `${kind}:${text.slice(from, to)}`)
    .join(' ');
}

describe('highlight', () => {
  it('tells definitions, names, functions, constants and numbers apart', () => {
    expect(coloured('y = 2sin(x²) + π # note')).toBe(
      'definition:y operator:= number:2 function:sin bracket:( name:x number:² bracket:) operator:+ constant:π comment:# note',
    );
  });

  it('knows that a defined name hides a constant or function', () => {
    expect(coloured('e = 1, max = e')).toBe(
      'definition:e operator:= number:1 separator:, definition:max operator:= name:e',
    );
    expect(coloured('max = 1, max(2)')).toContain('separator:, function:max');
    expect(coloured('max = 1, max (2)')).toContain('separator:, name:max');
  });

  it('colours the directive, and what means nothing', () => {
    expect(coloured('output y; output = 2 $')).toBe(
      'keyword:output name:y separator:; definition:output operator:= number:2 invalid:$',
    );
  });

  it('leaves the prose of a document alone', () => {
    expect(coloured('text x = 1\n```backflow\nx = 2\n```\nmore')).toBe(
      'fence:```backflow definition:x operator:= number:2 fence:```',
    );
  });

  it('takes a name with its marks as one', () => {
    expect(coloured("w_{11}^{(2)} = z₁ + x'")).toBe(
      "definition:w_{11}^{(2)} operator:= name:z₁ operator:+ name:x'",
    );
  });
});

describe('editNumber', () => {
  it.each([
    ['2', 3, '3'],
    ['2', 0.35000000000000003, '0.35'],
    ['2.0', 3, '3.0'],
    ['2.50', 3.125, '3.125'],
    ['0.10', 0.4, '0.40'],
    ['-3', 2, '2'],
    ['-3', -2.5, '-2.5'],
    ['−3', -2.5, '−2.5'],
    ['2', -1, '-1'],
    ['.5', 0.25, '.25'],
    ['.5', -0.25, '-.25'],
    ['.5', 1.25, '1.25'],
    ['5.', 6, '6'],
    ['5e-3', 0.006, '6e-3'],
    ['5e-3', 0.0065, '6.5e-3'],
    ['5.0e-3', 0.006, '6.0e-3'],
    ['5e-3', 500, '500'],
    ['1E+3', 2000, '2E+3'],
    ['3/2', 1.6, '1.6'],
    ['sqrt(2)', 1.5, '1.5'],
    ['½', 0.75, '0.75'],
    ['2', -0, '0'],
    ['2.0', -0, '0.0'],
    ['2', 1e-7, '1e-7'],
    ['2', 1e21, '1e+21'],
    ['2', 1 / 3, '0.333333333333'],
  ])('%s dragged to %d is %s', (literal, value, expected) => {
    const text = `x = ${literal}`;
    expect(editNumber(text, { from: 4, to: text.length }, value)).toEqual({
      from: 4,
      to: text.length,
      insert: expected,
    });
  });

  it('writes the minus that the program uses', () => {
    expect(editNumber('x = 2, y = x − 1', { from: 4, to: 5 }, -2).insert).toBe('−2');
    expect(editNumber('x = 2, y = x - 1', { from: 4, to: 5 }, -2).insert).toBe('-2');
    expect(editNumber('A − B\n```backflow\nx = 2\n```', { from: 22, to: 23 }, -2).insert).toBe('-2');
  });

  it('refuses what a program cannot hold', () => {
    expect(() => editNumber('x = 2', { from: 4, to: 5 }, NaN)).toThrow(RangeError);
    expect(() => editNumber('x = 2', { from: 4, to: 5 }, Infinity)).toThrow(
      'found Infinity, expected a finite number',
    );
  });
});
