import { checkNotes, type Report } from '@backflow/notes';
import { array, assert, constantFrom, oneof, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { run } from '../cli/run.ts';

/** The verdicts of a text, none of which may be a guess: what is unknown says why. */
function verdictsOf(text: string): Report['claims'][number]['verdict'][] {
  const { claims } = checkNotes(text);
  expect(claims.filter(({ verdict, remarks }) => verdict === 'unknown' && remarks.length === 0)).toEqual([]);
  return claims.map(({ verdict }) => verdict);
}

const PROGRAM = '```backflow\nx = 3\ny = x^2\n```\n';

describe('notes that are no notes', () => {
  it.each([
    ['nothing', ''],
    ['blanks', ' \t \n\r\n \u00a0'],
    ['prose', 'The chain rule says that a derivative of a composition is a product.'],
    ['prose in other scripts', 'Правило цепочки — это произведение. 連鎖律は積である。 قاعدة السلسلة'],
    ['a heading and a list', '# Notes\n\n1. first\n2. second\n- and so on'],
    ['only a program', PROGRAM],
  ])('have no claims: %s', (_what, text) => {
    expect(checkNotes(text)).toMatchObject({ claims: [], firstWrong: null });
  });

  it.each([
    ['a fraction that is cut off', '$y = \\frac{'],
    ['a fraction without its second half', 'y = \\frac{1}'],
    ['a root that is cut off', 'y = \\sqrt{'],
    ['a bracket that is never closed', 'dy/dx = 2·(x + (1'],
    ['a bracket too many', 'dy/dx = 2·(x))·3'],
    ['an unknown command', 'y = \\definitelynot{x}{y}'],
    ['an operator at the end', 'y = x ·'],
    ['signs only', 'y = + − · /'],
    ['a question', 'dy/dx = ?'],
  ])('are unknown with a reason: %s', (_what, line) => {
    const verdicts = verdictsOf(PROGRAM + line);
    expect(verdicts.length).toBeGreaterThan(0);
    expect(verdicts.filter((verdict) => verdict !== 'unknown')).toEqual([]);
  });

  it('says nothing about a name on its own beside an equals sign', () => {
    expect(verdictsOf(`${PROGRAM}y =`).filter((verdict) => verdict !== 'unknown')).toEqual([]);
    expect(verdictsOf(`${PROGRAM}= 9`).filter((verdict) => verdict === 'wrong')).toEqual([]);
  });
});

/** Long or deep texts, each of which is answered in bounded work. */
const HEAVY: readonly (readonly [string, () => string])[] = [
  ['10 MB of prose', () => 'The gradient of a sum is the sum of the gradients. '.repeat(200_000)],
  ['10 MB of one word', () => 'a'.repeat(10_000_000)],
  ['100,000 equals signs', () => '='.repeat(100_000)],
  ['100,000 equals signs with names', () => 'x='.repeat(100_000)],
  ['100,000 lines with an equals sign', () => 'x =\n'.repeat(100_000)],
  ['a formula in a line of 1 MB', () => `y = ${'x + '.repeat(250_000)}x`],
  ['a number of 1 MB', () => `y = ${'1'.repeat(1_000_000)}`],
  ['100,000 opening braces', () => `y = ${'{'.repeat(100_000)}`],
  ['nested braces', () => `y = ${'{'.repeat(5_000)}x${'}'.repeat(5_000)}`],
  ['nested parentheses', () => `y = ${'('.repeat(5_000)}x${')'.repeat(5_000)}`],
  ['nested fractions', () => `y = ${'\\frac{1}{'.repeat(3_000)}x${'}'.repeat(3_000)}`],
  ['fractions that are cut off', () => `y = ${'\\frac{'.repeat(20_000)}`],
  ['roots in each other', () => `y = ${'√'.repeat(20_000)}x`],
  ['signs in a row', () => `y = ${'-'.repeat(100_000)}x`],
  ['powers of powers', () => `y = ${'x^'.repeat(20_000)}x`],
  ['primes', () => `f${"'".repeat(100_000)}(x) = 1`],
  ['dollar signs', () => '$'.repeat(200_000)],
  ['backslashes', () => '\\'.repeat(200_000)],
  ['double backslashes in a formula', () => `$$y = ${'x \\\\ '.repeat(50_000)}$$`],
  ['table bars', () => '|'.repeat(200_000)],
  ['a table of 10,000 rows', () => `| node | value |\n|---|---|\n${'| y | 9 |\n'.repeat(10_000)}`],
  ['backticks', () => '`'.repeat(200_000)],
  ['fences that never close', () => '```backflow\n'.repeat(5_000)],
  ['arrows', () => '←→⇒∴'.repeat(50_000)],
  ['inequalities', () => `0 ${'≤ z '.repeat(30_000)}`],
  ['derivatives of derivatives', () => `${'∂'.repeat(50_000)}y/∂x = 1`],
  ['names of 100,000 letters', () => `${'n'.repeat(100_000)} = 1`],
  ['10,000 definitions', () => Array.from({ length: 10_000 }, (_, at) => `n${at} = ${at}`).join('\n')],
  [
    'a chain of 5,000 definitions',
    () => `n0 = 1\n${Array.from({ length: 5_000 }, (_, at) => `n${at + 1} = n${at} + 1`).join('\n')}`,
  ],
  ['combining marks', () => `y = x${'\u0302'.repeat(100_000)}`],
  ['every character', () => Array.from({ length: 0x3000 }, (_, code) => String.fromCodePoint(code)).join('')],
  ['lone surrogates', () => '\ud800 = \udfff\n'.repeat(2_000)],
  ['a network of a million weights', () => '1000-1000-1000, sigmoid\ndL/dw1_11 = 0'],
  ['a sum over a huge range', () => 'C = \\sum_{j=0}^{1000000000} j'],
  ['a huge power', () => 'y = 9^9^9^9^9'],
];

describe('heavy notes', () => {
  it.each(HEAVY)('are answered: %s', (_what, make) => {
    expect(verdictsOf(make()).length).toBeLessThanOrEqual(20_001);
  });

  it.each(HEAVY.filter(([what]) => !what.startsWith('10 MB')))(
    'are answered beside a program: %s',
    (_what, make) => {
      const { claims } = checkNotes(PROGRAM + make());
      expect(claims.length).toBeLessThanOrEqual(20_001);
    },
  );

  it.each([
    ['10 MB', 'dy/dx = 6\n'.repeat(1_000_000)],
    ['30,000 lines', 'dy/dx = 6\n'.repeat(30_000)],
    ['45,000 claims', 'dy/dx = 6 = 6 = 6\n'.repeat(15_000)],
  ])('of %s are read up to a limit, and what is left out is said', (_what, notes) => {
    const { claims } = checkNotes(PROGRAM + notes);
    expect(claims.slice(0, -1).every(({ verdict }) => verdict === 'right')).toBe(true);
    expect(claims.at(-1)).toMatchObject({
      verdict: 'unknown',
      remarks: [{ code: 'unreadable-too-long' }],
    });
  });
});

describe('numbers that are not finite', () => {
  it.each(['y = 1/0', 'y = 9^9^9^9^9', 'y = 1e300·1e300', 'y = 0/0', 'y = ln(0)'])(
    'are not right: %s',
    (line) => {
      expect(['wrong', 'unknown']).toContain(verdictsOf(PROGRAM + line)[0]);
    },
  );
});

/** Pieces from which notes are made, in any order. */
const PIECE = constantFrom(
  ...'x y z w1 w^{(L)} a^{(L-1)} σ σ′ f(x) = ≈ ≤ < ← ⇒ + − - · × / ^ ( ) [ ] { } | $ $$ \\frac \\partial \\sigma \\sum_{j=0}^{n} \\left( \\right) \\begin{align} \\end{align} \\\\ & ∂ ∂L/∂w dL/dw5 1.5 0,5 13,002 .5 5.01e-05 ½ 0.39... … ` # - 1. ① so'.split(
    ' ',
  ),
  '\n',
  ' ',
  '\n\n',
  '```backflow\n',
  '```\n',
);

describe('any text', () => {
  it('is judged without a throw, the same every time', () => {
    assert(
      property(oneof(string({ maxLength: 300 }), string({ unit: 'binary', maxLength: 300 })), (text) => {
        expect(verdictsOf(text)).toEqual(verdictsOf(text));
      }),
      { seed: 7, numRuns: 300 },
    );
  });

  it('made of the pieces of notes is judged without a throw, and every claim lies in the text', () => {
    assert(
      property(array(PIECE, { maxLength: 60 }), (pieces) => {
        const text = PROGRAM + pieces.join(' ');
        const { claims, firstWrong } = checkNotes(text);
        for (const { from, to, line, column } of claims) {
          expect(0 <= from && from <= to && to <= text.length).toBe(true);
          expect([line >= 1, column >= 1]).toEqual([true, true]);
        }
        const wrong = claims.filter(({ verdict }) => verdict === 'wrong');
        expect(firstWrong === null ? wrong.length === 0 : wrong.includes(claims[firstWrong])).toBe(true);
      }),
      { seed: 8, numRuns: 500 },
    );
  });
});

describe('backflow check', () => {
  it.each([
    ['prose', 'Nothing to see here, move along.', 0],
    ['a fraction that is cut off', 'y = \\frac{', 0],
    ['a wrong number', 'x = 3, y = x^2 = 10', 1],
    ['a zero byte', 'y = \u0000 1', 2],
    ['nothing', '', 2],
  ] as const)('on %s ends with a status that says so', async (_what, stdin, status) => {
    const ran = await run(['check', '-'], { stdin });
    expect(ran.status).toBe(status);
    expect((status === 2 ? ran.err : ran.out).trim()).not.toBe('');
  });

  it('on bytes that are not text ends with status 2', async () => {
    const stdin = Uint8Array.from({ length: 4096 }, (_, at) => ((at * 197 + 13) % 251) | 1);
    expect(await run(['check', '-'], { stdin })).toMatchObject({ status: 2, out: '' });
  });

  it('on 10 MB of prose finds nothing wrong', async () => {
    const { status, out } = await run(['check', '-'], { stdin: 'No equation stands here. '.repeat(400_000) });
    expect(status).toBe(0);
    expect(out).toMatch(/^No claim found|^ +\d+ {2}\? /);
  });
});
