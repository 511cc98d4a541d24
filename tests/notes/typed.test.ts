import { judgeNumber } from '@backflow/notes';
import { describe, expect, it } from 'vitest';

describe('a number typed into the table', () => {
  it.each([
    ['0.0822', 0.0821670405642308, 'right'],
    ['0.082', 0.0821670405642308, 'right'],
    ['0,0822', 0.0821670405642308, 'right'],
    ['.0822', 0.0821670405642308, 'right'],
    ['8.22·10⁻²', 0.0821670405642308, 'right'],
    ['8.22e-2', 0.0821670405642308, 'right'],
    ['−0.4694', -0.46944, 'right'],
    ['0.0821', 0.08217, 'rounded'],
    ['0.0823', 0.08222, 'rounded'],
    ['0.0823', 0.0821670405642308, 'wrong'],
    ['0.0832', 0.0821670405642308, 'wrong'],
    ['0.0822', -0.0821670405642308, 'wrong'],
    ['6', 6, 'right'],
    ['6', 6.2, 'wrong'],
    ['≈6', 6.2, 'right'],
    ['6.', 6.2, 'right'],
    ['0', 0.0004, 'wrong'],
    ['0', 0, 'right'],
    ['0.00', 0.0004, 'right'],
    ['1/3', 1 / 3, 'right'],
    ['1/3', 0.33, 'wrong'],
    ['', 1, 'unknown'],
    ['x', 1, 'unknown'],
    ['1/0', 1, 'unknown'],
    ['0.5', NaN, 'wrong'],
  ] as const)('%s for %f is %s', (text, truth, verdict) => {
    expect(judgeNumber(text, truth)).toBe(verdict);
  });
});
