import { compile, editNumber, highlight } from '@backflow/language';
import { en, loadMessages } from '@backflow/messages';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const SEED = 20240617;
const RUNS = 3000;

/** Pieces of programs, right and wrong, so that random texts get past the first character. */
const piece = fc.oneof(
  fc.constantFrom(
    ...'x y z w1 x1 w1x1 w_{11} w^{(2)} z₁ z_1 e π c@1 sin sin( σ( max( where( softmax( [ ] ( ) { } | || √ ² ⁻¹ ^ ** * / + - · , ; = += == < ≤ # // \n \n 1 2.5 .5 5e-3 1/2 ½ 0,5 ∂ dL/dw ? $ output [0] [1][2] [1,2] [[1,2],[3,4]] ⊙ ` ```backflow ``` ~~~'.split(
      ' ',
    ),
  ),
  fc.string({ maxLength: 3, unit: 'binary' }),
);
const program = fc.array(fc.tuple(piece, fc.constantFrom('', ' ', ' ', '\n')), { maxLength: 40 });
const written = program.map((pieces) => `x = 2, y = 3\n${pieces.flat().join('')}`);
const text = fc.oneof(
  written,
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.string({ unit: 'grapheme' }),
);

const de = await loadMessages('de');

describe('any text', () => {
  it('compiles to a recording, or to errors that stand in it and have words', () => {
    fc.assert(
      fc.property(text, (source) => {
        const { recording, diagnostics } = compile(source);
        const errors = diagnostics.filter(({ severity }) => severity === 'error');
        expect(recording === null).toBe(errors.length > 0);
        for (const diagnostic of diagnostics) {
          expect(diagnostic.from).toBeGreaterThanOrEqual(0);
          expect(diagnostic.to).toBeGreaterThanOrEqual(diagnostic.from);
          expect(diagnostic.to).toBeLessThanOrEqual(source.length);
          expect(diagnostic.line).toBeGreaterThan(0);
          expect(diagnostic.column).toBeGreaterThan(0);
          for (const messages of [en, de])
            expect(diagnostic.message(messages)).not.toMatch(/undefined|\[object|^$/);
        }
      }),
      { seed: SEED, numRuns: RUNS },
    );
  });

  it('is coloured in order, without overlaps', () => {
    fc.assert(
      fc.property(text, (source) => {
        let end = 0;
        for (const { from, to } of highlight(source)) {
          expect(from).toBeGreaterThanOrEqual(end);
          expect(to).toBeGreaterThan(from);
          end = to;
        }
        expect(end).toBeLessThanOrEqual(source.length);
      }),
      { seed: SEED, numRuns: RUNS },
    );
  });
});

describe('a number from a drag', () => {
  const numbers = fc.double({ noNaN: true, noDefaultInfinity: true });
  const literals = fc.constantFrom(
    '2',
    '2.0',
    '-3',
    '−3',
    '.5',
    '5e-3',
    '5.00E+2',
    '3/2',
    'sqrt(2)',
    '1e-300',
  );

  it('is written so that the program then has it, to 12 digits', () => {
    fc.assert(
      fc.property(literals, numbers, (literal, value) => {
        const source = `x = ${literal}, y = 2x`;
        const { from, to, insert } = editNumber(source, { from: 4, to: 4 + literal.length }, value);
        const { recording } = compile(source.slice(0, from) + insert + source.slice(to));
        expect(recording?.value[0]).toBe(Number(value.toPrecision(12)) + 0);
      }),
      { seed: SEED, numRuns: RUNS },
    );
  });
});
