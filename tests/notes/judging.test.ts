import { checkNotes, compareNotes } from '@backflow/notes';
import type { Report } from '@backflow/notes';
import { describe, expect, it } from 'vitest';

const MARKS = { right: '✓', rounded: '≈', follows: '↳', wrong: '✗', unknown: '?' } as const;

const marks = ({ claims }: Report): string => claims.map(({ verdict }) => MARKS[verdict]).join('');

/** A page with a program. */
const page = (program: string, notes: string): Report =>
  checkNotes(`\`\`\`backflow\n${program}\n\`\`\`\n\n${notes}\n`);

const NEURON = 'w = 1.5, x = 0.6, b = -0.4, y = 1\nz = w x + b\na = σ(z)\nC = (a - y)²';
const MAZUR = `i1 = 0.05, i2 = 0.10, w1 = 0.15, w2 = 0.20, w3 = 0.25, w4 = 0.30, w5 = 0.40, w6 = 0.45, w7 = 0.50, w8 = 0.55
b1 = 0.35, b2 = 0.60, t1 = 0.01, t2 = 0.99
net_h1 = w1 i1 + w2 i2 + b1
out_h1 = σ(net_h1)
net_h2 = w3 i1 + w4 i2 + b1
out_h2 = σ(net_h2)
net_o1 = w5 out_h1 + w6 out_h2 + b2
out_o1 = σ(net_o1)
net_o2 = w7 out_h1 + w8 out_h2 + b2
out_o2 = σ(net_o2)
E_o1 = 1/2 (t1 - out_o1)²
E_o2 = 1/2 (t2 - out_o2)²
E = E_o1 + E_o2`;

describe('numbers', () => {
  it.each([
    ['half a unit of the last digit', 'a = 0.62', '✓'],
    ['a digit off', 'a = 0.63', '≈'],
    ['two digits off', 'a = 0.64', '✗'],
    ['a digit off where nothing is rounded', 'z = 0.6', '✗'],
    ['trailing zeros count', 'a = 0.620', '✗'],
    ['an open number', 'a = 0.62...', '✓'],
    ['an open number below', 'a = 0.63...', '✗'],
    ['a zero is not a little off', '∂C/∂w = 0', '✗'],
    ['a zero to one place', 'z = 0.50', '✓'],
    ['an integer is that integer', 'y = 1', '✓'],
    ['an integer may be rounded after ≈', 'a ≈ 1', '✓'],
    ['an integer without ≈', 'a = 1', '✗'],
    ['an exact fraction', 'z = 1/2', '✓'],
    ['a wrong fraction', 'z = 1/3', '✗'],
  ])('%s: %s', (_what, line, mark) => {
    expect(marks(page(NEURON, line))).toBe(mark);
  });

  it('tells a number that was cut off from one that was rounded from rounded numbers', () => {
    expect(page('x = 3\nz = sin(x²)', '∂z/∂x = -5.46').claims[0]).toMatchObject({
      verdict: 'rounded',
      mistakes: [{ id: 'truncated' }],
    });
    expect(
      page('w0 = 2, x0 = -1, w1 = -3, x1 = -2, w2 = -3\nf = σ(w0 x0 + w1 x1 + w2)', '∂f/∂x0 = 0.40')
        .claims[0],
    ).toMatchObject({
      verdict: 'rounded',
      mistakes: [{ id: 'rounded-too-early' }],
    });
  });

  it('takes the digits of the notes for what they were rounded from', () => {
    const program =
      'x1 = 2, x2 = 3, w1 = 0.5, w2 = -0.2, b = 1, t = 1\nz = x1 w1 + x2 w2 + b\np = σ(z)\nL = 0.5 (p - t)²';
    expect(marks(page(program, 'p = 0.802\n∂L/∂p = -0.198\n∂p/∂z = 0.158\n∂L/∂w2 = -0.0939'))).toBe('✓✓≈≈');
    expect(marks(page(program, '∂L/∂w2 = -0.0939'))).toBe('✗');
  });

  it('judges calculations of numbers by what their digits can stand for', () => {
    expect(marks(checkNotes('0.43^2 = 0.1863'))).toBe('≈');
    expect(marks(checkNotes('28 × 28 = 784'))).toBe('✓');
    expect(marks(checkNotes('28 × 28 = 785'))).toBe('✗');
    expect(marks(checkNotes('1.21 + 0.82 ⇒ 2.03'))).toBe('✓');
    expect(marks(page(NEURON, '∂C/∂x = 1.5·0.235·(-0.76) = -0.268'))).toBe('✓≈');
    expect(marks(page('a = 2, b = 3, c = 0.6\ny = a b + c', 'y = 2·3 + 0.5'))).toBe('✗');
  });
});

describe('formulas', () => {
  it('tells what holds everywhere from what holds only here', () => {
    const { claims } = page('t = 1, y = 2 t', 'dy/dt = 2\ndy/dt = 2t\ny = t² + 1');
    expect(claims.map(({ verdict, scope }) => [verdict, scope])).toEqual([
      ['right', null],
      ['wrong', 'point'],
      ['wrong', 'point'],
    ]);
    expect(page(NEURON, '∂C/∂w = x σ′(z) 2(a - y)').claims[0]).toMatchObject({
      verdict: 'right',
      scope: 'everywhere',
    });
  });

  it('lets literals stand for the leaves and results that have these numbers', () => {
    expect(page(NEURON, 'z = 1.5 x - 0.4').claims[0]).toMatchObject({ verdict: 'right', scope: 'point' });
    expect(page(NEURON, '∂C/∂w = x·0.235·2(a - y)').claims[0]).toMatchObject({
      verdict: 'right',
      scope: 'point',
    });
  });

  it('accepts the local partial and the total derivative, and says which it is', () => {
    const program = 'b = 3\na = 2 b\nf = a b';
    const { claims } = page(program, '∂f/∂b = 6\n∂f/∂b = 12\n∂f/∂b = a\n∂f/∂b = 9');
    expect(claims.map(({ verdict }) => MARKS[verdict]).join('')).toBe('✓✓✓✗');
    expect(claims[0].remarks.map(({ code }) => code)).toEqual(['local-partial']);
    expect(claims[1].remarks.map(({ code }) => code)).toEqual(['total-derivative']);
  });

  it('judges a right number from a wrong formula, and what a wrong formula gives', () => {
    expect(marks(page(NEURON, '∂C/∂w = x a 2(a - y) = -0.1065'))).toBe('✗✓');
    const { claims } = page(NEURON, '∂C/∂w = x a 2(a - y) = -0.2820');
    expect(claims[0].verdict).toBe('wrong');
    expect(claims[1]).toMatchObject({ verdict: 'follows', inherits: 0 });
  });
});

describe('one slip', () => {
  it('is one red line; what inherits it is amber', () => {
    const report = page(NEURON, '∂C/∂z = -0.47\n∂C/∂w = -0.282\n∂C/∂b = -0.47\n∂C/∂x = -0.705');
    expect(marks(report)).toBe('✗↳↳↳');
    expect(report.firstWrong).toBe(0);
    expect(report.claims.slice(1).map(({ inherits }) => inherits)).toEqual([0, 0, 0]);
  });

  it('is inherited where it is made again, though no number of it was written down', () => {
    const report = page(NEURON, '∂C/∂w = x σ′(z) 2(a-y) = 0.6·0.62·(-0.76) = -0.283\n∂C/∂b = -0.47');
    expect(marks(report)).toBe('✓✗↳↳');
    expect(report.firstWrong).toBe(1);
  });

  it('is the first in the order of dependency, not of the page', () => {
    const report = page(NEURON, '∂C/∂w = -0.282\n∂C/∂z = -0.47');
    expect(marks(report)).toBe('↳✗');
    expect(report.firstWrong).toBe(1);
    expect(page(NEURON, 'C = 0.16\na = 0.60').firstWrong).toBe(1);
  });

  it('does not make a copy of it another', () => {
    expect(marks(page(NEURON, 'a = 0.70\na = 0.70\na = 0.71'))).toMatch(/^✗↳/);
  });

  it('goes through wrong values and right ones rounded', () => {
    const report = page(MAZUR, 'net_h1 = 0.3875\nout_h1 = 0.5957\nnet_h2 = 0.3925\nout_h2 = 0.5969');
    expect(marks(report)).toBe('✗↳✓✓');
  });
});

describe('conventions', () => {
  it('take the negative gradient for one, where every sign is turned', () => {
    const report = page(MAZUR, '∂E/∂w5 = -0.0822\n∂E/∂w6 = -0.0827\n∂E/∂w7 = 0.0226');
    expect(marks(report)).toBe('✓✓✓');
    expect(report.conventions).toMatchObject([
      { id: 'negative-gradient', source: 'recognised', claims: [0, 1, 2] },
    ]);
  });

  it('leave a lone exception a mistake', () => {
    const report = page(MAZUR, '∂E/∂w5 = 0.0822\n∂E/∂w6 = -0.0827\n∂E/∂w7 = -0.0226');
    expect(marks(report)).toBe('✓✗✓');
    expect(report.conventions).toEqual([]);
  });

  it('are none where the output is no loss', () => {
    expect(marks(page('x = 3\ns = x²\nz = sin(s)', '∂z/∂s = 0.911\n∂z/∂x = 5.467'))).toBe('✗↳');
  });

  it('know the loss with and without ½, and a page that says otherwise itself', () => {
    const report = page(NEURON, 'C = 0.0713\n∂C/∂w = -0.0532\n∂C/∂b = -0.0887');
    expect(marks(report)).toBe('✓✓✓');
    expect(report.conventions).toMatchObject([{ id: 'half', choice: 'with-half' }]);
    expect(marks(page(NEURON, 'C = 0.1425\n∂C/∂w = -0.0532\n∂C/∂b = -0.0887'))).toMatch(/^✓✗/);
  });

  it('do not change a loss whose formula stands on the page', () => {
    expect(marks(page(NEURON, 'C = (a - y)²\n∂C/∂w = -0.0532\n∂C/∂b = -0.0887'))).toMatch(/^✓✗/);
  });

  it('know the order of indices that fits the whole page, and no other', () => {
    const program =
      'x1 = 1, x2 = 0.5, w_11 = 0.1, w_12 = 0.2, w_21 = 0.3, w_22 = 0.4\na_1 = σ(w_11 x1 + w_21 x2)\na_2 = σ(w_12 x1 + w_22 x2)\nL = (a_1 + 2 a_2 - 1)²';
    const turned = page(
      program,
      'dL/dw_12 = x2 a_1 (1 - a_1) 2 (a_1 + 2 a_2 - 1)\ndL/dw_21 = x1 a_2 (1 - a_2) 4 (a_1 + 2 a_2 - 1)',
    );
    expect(marks(turned)).toBe('✓✓');
    expect(turned.conventions).toMatchObject([{ id: 'index-order', choice: 'to-from', claims: [0, 1] }]);
    const single = page(program, 'dL/dw_12 = x2 a_1 (1 - a_1) 2 (a_1 + 2 a_2 - 1)');
    expect(marks(single)).toBe('✗');
    expect(single.conventions).toEqual([]);
  });

  it('leave the choice of a slope at a kink free', () => {
    const report = page('x = 0\ny = relu(x)', 'dy/dx = 1\ndy/dx = 0\ndy/dx = 0.5\ndy/dx = 2');
    expect(marks(report)).toBe('✓✓✓✗');
    expect(report.conventions).toMatchObject([{ id: 'kink', claims: [0, 2] }]);
    expect(marks(page('x = 1, y = 1\nf = max(x, y)', '∂f/∂x = 1\n∂f/∂y = 1'))).toBe('✓✓');
  });
});

describe('inequalities', () => {
  it.each([
    ['0 ≤ 1 - tanh(z)² ≤ 1', '✓'],
    ['-1 < tanh(z) < 1', '✓'],
    ['σ(z) ≤ 0.5', '✗'],
    ['σ(z)(1 - σ(z)) < 0.25', '✗'],
    ['0.25³ < 10⁻³', '✗'],
    ['0.25^5 < 10^{-3}', '✓'],
    ['-1 ≤ z ≤ 1 ← tanh', '✗'],
  ])('%s', (line, due) => {
    expect(marks(checkNotes(line))).toBe(due);
  });
});

describe('what is stated about many', () => {
  it('is told where one of them is missing', () => {
    const lines = ['w1', 'w2', 'w3', 'w4', 'w5', 'w6', 'w6', 'w7'].map((name) => `∂E/∂${name} = 0.00000`);
    const { coverage } = page(MAZUR, lines.join('\n'));
    expect(coverage).toMatchObject([
      { of: 'E', family: 'w', due: 8, given: 7, missing: ['w8'], twice: ['w6'] },
    ]);
  });

  it('is compared element by element with what another page states', () => {
    const vector = (fifth: string): string =>
      `$$-\\nabla C = \\begin{bmatrix} 0.31 \\\\ 0.03 \\\\ \\vdots \\\\ ${fifth} \\\\ 0.16 \\end{bmatrix}$$`;
    const { claims } = compareNotes(vector('0.48'), vector('0.78'));
    expect(claims[0]).toMatchObject({
      verdict: 'wrong',
      stated: 0.48,
      truth: 0.78,
      remarks: [{ data: { position: '4' } }],
    });
    expect(compareNotes(vector('0.78'), vector('0.78')).claims[0].verdict).toBe('right');
  });
});

describe('a report', () => {
  it('says what a claim speaks about, where it stands and what is right', () => {
    expect(page(NEURON, '∂C/∂w = x σ(z) 2(a - y)').claims[0]).toMatchObject({
      line: 8,
      column: 1,
      text: '∂C/∂w = x σ(z) 2(a - y)',
      subject: 'dC/dw',
      stated: 'x σ(z) 2(a - y)',
      truth: '∂C/∂z · x',
    });
    expect(page(NEURON, 'foo = 3').claims[0]).toMatchObject({
      verdict: 'unknown',
      remarks: [{ code: 'unknown-name' }],
    });
    expect(page('weight = 1.37\ny = weight²', 'weigth = 1.37').claims[0]).toMatchObject({
      verdict: 'wrong',
      mistakes: [{ id: 'wrong-name' }],
    });
  });
});
