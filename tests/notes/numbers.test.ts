import { describe, expect, it } from 'vitest';
import { readFormula } from '../../packages/notes/src/reading/formula.ts';
import { tokenize } from '../../packages/notes/src/reading/tokens.ts';

const r = String.raw;

describe('A number in notes', () => {
  it.each([
    // notation, value, unit of the last digit, written as an integer
    ['0.40', 0.4, 0.01, false],
    ['0.00', 0, 0.01, false],
    ['.5', 0.5, 0.1, false],
    ['3.', 3, 1, true],
    ['3.)', 3, 1, false],
    ['42', 42, 1, true],
    ['13,002', 13002, 1, true],
    ['10,000,000', 10_000_000, 1, true],
    ['13\u2009002', 13002, 1, true],
    ['13\u00a0002', 13002, 1, true],
    [r`13\,002`, 13002, 1, true],
    ['13{,}002', 13002, 1, true],
    ['1,234.50', 1234.5, 0.01, false],
    ['1.234,5', 1234.5, 0.1, false],
    ['1_000', 1000, 1, true],
    ['0,25', 0.25, 0.01, false],
    ['0,125', 0.125, 0.001, false],
    ['3,14', 3.14, 0.01, false],
    [r`0{,}25`, 0.25, 0.01, false],
    ['5.01e-05', 5.01e-5, 1e-7, false],
    ['5.01E-05', 5.01e-5, 1e-7, false],
    ['5.01e−05', 5.01e-5, 1e-7, false],
    ['1e-10', 1e-10, 1e-10, false],
    ['9.5·10⁻⁴', 9.5e-4, 1e-5, false],
    [r`9.5 \times 10^{-4}`, 9.5e-4, 1e-5, false],
    ['9.5*10^-4', 9.5e-4, 1e-5, false],
    ['9.5 x 10^-4', 9.5e-4, 1e-5, false],
    ['9.5*10**(-4)', 9.5e-4, 1e-5, false],
    ['3·10⁻³', 3e-3, 1e-3, false],
    ['6.02×10^23', 6.02e23, 1e21, false],
  ])('%s', (notation, value, unit, integer) => {
    expect(tokenize(notation, { from: 0, to: notation.length })[0]).toMatchObject({
      kind: 'number',
      value,
      unit,
      integer,
      open: false,
    });
  });

  it.each([
    ['0.39...', 0.39, 0.01],
    ['0.39…', 0.39, 0.01],
    [r`0.333\ldots`, 0.333, 0.001],
  ])('%s is open', (notation, value, unit) => {
    const [token] = tokenize(notation, { from: 0, to: notation.length });
    expect(token).toMatchObject({ kind: 'number', value, unit, open: true, to: notation.length });
  });

  it.each([
    ['max(0,5)', [0, 5]],
    ['[0,25]', [0, 25]],
    ['[100,200]', [100, 200]],
    ['x=1,0,1,1', [1, 0, 1, 1]],
    ['1, 2', [1, 2]],
    ['(0,25)', [0.25]],
    ['2·10²', [2, 10]],
    ['x^2·10^3', [2, 10, 3]],
    ['1...10', [1, 10]],
    ['0.5. Then', [0.5]],
    ['is 3. Then', [3]],
    ['2e^x', [2]],
  ])('%s holds %j', (notation, values) => {
    const tokens = tokenize(notation, { from: 0, to: notation.length });
    expect(tokens.flatMap((token) => (token.kind === 'number' ? [token.value] : []))).toEqual(values);
  });

  it('is no number where it is too large for one', () => {
    const reading = readFormula('1e999', { from: 0, to: 5 });
    expect(reading).toMatchObject({ code: 'unexpected', found: '1e999' });
  });

  it('a half is an exact fraction', () => {
    const reading = readFormula('½', { from: 0, to: 1 });
    expect(reading).toMatchObject({
      term: { kind: 'apply', operation: 'div', of: [{ value: 1 }, { value: 2 }] },
    });
  });
});
