import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lastClaim, page } from './page-of.ts';

/** A slip that somebody published, and what is to be said about it. */
interface Slip {
  readonly id: string;
  readonly expression: string;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly program?: readonly string[];
  readonly wrong_printed: string;
  readonly ask?: string;
  readonly verdict: string;
  readonly ids: readonly string[];
}

const slips = JSON.parse(
  readFileSync(resolve(import.meta.dirname, '../cases/mistakes.json'), 'utf8'),
) as readonly Slip[];

const NEURON = ['z = 0.4', 't = 0.2', 'o = sigmoid(z)', 'E = 1/2*(o - t)**2'];
const SUM_OF_SQUARES = ['w_1 = 0.7', 'x_1 = 1.1', 'x_2 = -0.4', 'y_1 = 0.3', 'y_2 = 1.2'];

/** Slips of which the list gives no program: the same thing on a small graph. */
const PAGES: ReadonlyMap<string, readonly string[]> = new Map([
  ['missing-outer-sigma-prime', [page(NEURON, '∂E/∂z = o - t')]],
  [
    'max-tie',
    [
      page(['x = 2', 'y = 2', 'f = max(x, y)'], '∂f/∂x = 1'),
      page(['x = 2', 'y = 2', 'f = max(x, y)'], '∂f/∂y = 1'),
    ],
  ],
  [
    'seed-dL-equals-L',
    [
      page(
        [...SUM_OF_SQUARES, 'L = (y_1 - tanh(w_1 x_1))^2 + (y_2 - tanh(w_1 x_2))^2'],
        '$\\frac{dL}{dw_1} = (y_1 - \\tanh(w_1 x_1))^2 + (y_2 - \\tanh(w_1 x_2))^2$',
      ),
    ],
  ],
  ['seed-tanh-range', [page([], '-1 ≤ z ≤ 1 ← tanh')]],
]);

/** The barest page: the program and the claim; where the expression is a formula, that too. */
function pagesOf(slip: Slip): readonly string[] {
  const { id, ask, program = [], inputs = {}, wrong_printed: printed, expression } = slip;
  if (ask === undefined) return PAGES.get(id) ?? [];
  const [kind, what] = ask.split(':');
  const [of, by] = what.split('|');
  const lines = [...Object.entries(inputs).map(([name, value]) => `${name} = ${value}`), ...program];
  const bare = page(lines, `${kind === 'value' ? of : `∂${of}/∂${by}`} = ${printed}`);
  const isFormula = /^[-\d(][^a-df-z]*$/u.test(expression);
  return isFormula
    ? [bare, page(lines, `${expression} = ${printed}`), page([], `${expression} = ${printed}`)]
    : [bare];
}

describe('a published slip', () => {
  for (const slip of slips) {
    for (const [form, text] of pagesOf(slip).entries()) {
      it(`${slip.id}, form ${form + 1}: ${slip.verdict}, ${slip.ids.join(' or ')}`, () => {
        const { verdict, mistakes } = lastClaim(text);
        expect(verdict).toBe(slip.verdict);
        const named = mistakes.slice(0, 2).map(({ id }) => id);
        expect(
          named.some((id) => slip.ids.includes(id)),
          `named ${named.join(', ')}`,
        ).toBe(true);
      });
    }
  }

  it('has a page for every entry of the list', () => {
    for (const slip of slips) expect(pagesOf(slip).length, slip.id).toBeGreaterThan(0);
  });
});
