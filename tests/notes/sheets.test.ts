import { describe, expect, it } from 'vitest';
import { readSheet } from '../../packages/notes/src/reading/sheet.ts';
import { printChains } from './printed.ts';

const read = (text: string, ...names: string[]) => printChains(readSheet(text, new Set(names)));

/** Each text with the chains that are read from it. */
function reads(examples: readonly (readonly [string, ...string[]])[]): void {
  it.each(examples.map(([text, ...chains]) => ({ text, chains })))('$text', ({ text, chains }) => {
    expect(read(text)).toEqual(chains);
  });
}

describe('a formula among words', () => {
  reads([
    ['so dL/dw5 = 0.0822 and therefore the rest follows.', 'D[L; w5] = 0.0822'],
    ['Hence the gradient is ∂L/∂w = 2.', 'D[L; w] = 2'],
    ['daraus folgt z = 3', 'z = 3'],
    ['因此 z = 0.5', 'z = 0.5'],
    ['因此z=0.5', 'z = 0.5'],
    ['∴ z = 0.5', 'z = 0.5'],
    ['Тогда z = 0.5', 'z = 0.5'],
    ['The loss = 3 and we have net = 0.5.', 'loss = 3', 'net = 0.5'],
    ['where (since a = 2) we get b = 3', 'b = 3 @ a=2'],
    ['z = w a + b (weighted sum) = 0.5', 'z = ((w*a)+b) = 0.5 # weighted sum'],
    ['Der Gradient ist dL/dw = 0,0822, also z = 1.', 'D[L; w] = 0.0822', 'z = 1'],
    ['we find $4 \\times 3 + 3 \\times 2 + 2 \\times 1 = 20$ weights.', '(((4*3)+(3*2))+(2*1)) = 20'],
    ['so \\(x = 2\\) and \\[ y = 3 \\] end', 'x = 2', 'y = 3'],
  ]);
});

describe('prose', () => {
  it.each([
    'Back prop is the algo used to compute the gradient.',
    'if step size $\\propto$ slope, Then steps get smaller',
    'We need at least 3 layers, which is less than 10.',
    'Only light up when weighted sum > 10',
    'We go from left to right -> and back.',
    '<Recap> 2<sup>nd</sup> Video',
    'sum is ↑↑ when middle pixel - white',
    '- CNN - img recognition',
    'The answer stays between -1 and 1.',
    'ranging b/t 0 (black) & 1 (white) pixels',
    'SOTA $\\rightarrow$ 99.79 %',
    'https://example.org/?x=2',
  ])('%s', (text) => {
    expect(read(text)).toEqual([]);
  });

  it('with an equation sign is one claim that cannot be read', () => {
    expect(read('slope = change in error change in weight')).toEqual(['slope = ?unexpected']);
    expect(read('Global minimum = Crazy hard')).toEqual(['minimum = ?unexpected']);
    expect(read('$$1) [9] = [0] + [1]$$')).toEqual(['… = ?unexpected']);
  });
});

describe('several claims in a line', () => {
  reads([
    ['a≈0.62, y=1, C_0=(a-y)^2', 'a ≈ 0.62', 'y = 1', 'C_0 = ((a-y)^2)'],
    ['x = 2; y = 3', 'x = 2', 'y = 3'],
    ['x = 2   y = 3', 'x = 2', 'y = 3'],
    ['x = 2 y = 3', 'x = 2', 'y = 3'],
    ['x = 2\ty = 3', 'x = 2', 'y = 3'],
    ['$x = 2 \\quad y = 3$', 'x = 2', 'y = 3'],
    ["σ' at most .25, so 0.25³ < 10⁻³", "σ' ≤ 0.25", '(0.25^3) < (10^-3)'],
    ['$$z = w a \\quad \\left\\{ C_0 = (a - y)^2 \\right\\}$$', 'z = (w*a)', 'C_0 = ((a-y)^2)'],
  ]);
});

describe('vectors', () => {
  reads([
    ['x=1,0,1,1', 'x = [1, 0, 1, 1]'],
    ['x=1,0,1,1, L=(1-a)^2', 'x = [1, 0, 1, 1]', 'L = ((1-a)^2)'],
    ['x, y = -2, 3', 'x = -2', 'y = 3'],
    ['x = (1, 0, 1, 1)', 'x = [1, 0, 1, 1]'],
    ['W = (2.25, −1.57, …, 1.21)', 'W = [2.25, -1.57, …, 1.21]'],
    ['∇C(1,1) = (3, 1)', '∇C<1, 1> = [3, 1]'],
    ['C(w) has n = 13,002 weights', 'n = 13002'],
    [
      '$$\\vec{W} = \\begin{bmatrix} 2.25 \\\\ \\vdots \\\\ 1.21 + 0.82 \\Rightarrow 2.03 \\end{bmatrix}$$',
      'W = [2.25, …, 2.03]',
      '(1.21+0.82) = 2.03',
    ],
  ]);
});

describe('a chain over several lines', () => {
  reads([
    ['dL/dw = a · b\n   = 0.5 · 2\n   = 1', 'D[L; w] = (a*b) = (0.5*2) = 1'],
    ['dL/dw =\n 0.5', 'D[L; w] = 0.5'],
    ['z = a\n+ b', 'z = (a+b)'],
    ['z = a\n − b', 'z = (a-b)'],
    ['z = a +\n b', 'z = (a+b)'],
    ['- x = 2\n- y = 3', 'x = 2', 'y = 3'],
    ['x = 2\n-1 ≤ z', 'x = 2', '-1 ≤ z'],
    [
      '∂C/∂w &= 2(a-y) \\\\\n      &= 0.6·(-0.76)\n      &= -0.456',
      'D[C; w] = (2*(a-y)) = (0.6*-0.76) = -0.456',
    ],
    [
      '\\begin{align*}\nz &= x + y \\nonumber \\\\\n &\\quad + 3 \\label{eq:z}\\\\\na &= 1 & b &= 2 && \\text{(given)}\n\\end{align*}',
      'z = ((x+y)+3)',
      'a = 1',
      'b = 2',
    ],
    ['$$\\frac{\\partial L}{\\partial w} = 2a$$\n\n$$= 4$$', 'D[L; w] = (2*a) = 4'],
    ['$$-\\nabla C =$$\n\n$$\\begin{bmatrix} 1 \\\\ 2 \\end{bmatrix}$$', '-∇C = [1, 2]'],
    ['$$z = a$$\n\n+\n\n$$b$$', 'z = (a+b)'],
    ['b = a, a > 0\n= 0, otherwise', 'b = cases(a if (a>0); 0 if *)'],
  ]);
});

describe('signs and arrows', () => {
  reads([
    ['1.21 + 0.82 ⇒ 2.03', '(1.21+0.82) = 2.03'],
    ['0.1863 ← (0.43 − 0.00)²', '((0.43-0)^2) ← 0.1863'],
    ['-1 ≤ z ≤ 1 ← tanh', '-1 ≤ z ≤ 1 # tanh'],
    ['f′ is at least 0', "f' ≥ 0"],
    ['0.5 < x', '0.5 < x'],
    ['a is between 0 and 1', '0 ≤ a ≤ 1'],
    ['|x| = 2, |-3| = 3', 'abs(x) = 2', 'abs(-3) = 3'],
    ['28x28 = 784', '(28*28) = 784'],
    ['x ~= 0.3', 'x ≈ 0.3'],
    ['$x \\approx 0.3$', 'x ≈ 0.3'],
    [
      '$$\\begin{cases} 0.18 \\leftarrow (0.43 - 0.00)^2 + \\\\ 0.08 \\leftarrow (0.28 - 0.00)^2 \\end{cases}$$',
      '((0.43-0)^2) ← 0.18',
      '((0.28-0)^2) ← 0.08',
    ],
  ]);
});

describe('where a claim holds', () => {
  reads([
    ['dL/dx = 12 at x = 2', 'D[L; x] = 12 @ x=2'],
    ['at x=2: f = 3', 'f = 3 @ x=2'],
    ['dz/da = 64 when a = 3.5', 'D[z; a] = 64 @ a=3.5'],
    ['dz/da = 64 für a = 3.5', 'D[z; a] = 64 @ a=3.5'],
    ['dy/dx = 12 (x=2)', 'D[y; x] = 12 @ x=2'],
    ['dz/dx = 12 at x = 2, y = 3', 'D[z; x] = 12 @ x=2, y=3'],
    ['for x = 3', 'x = 3'],
    ['if z > 0 then a = z', 'a = cases(z if (z>0))'],
    ['The error is E = (target − out)^2', 'E = ((target-out)^2)'],
    ['gradient = -0.5', 'gradient = -0.5'],
  ]);
});

describe('updates', () => {
  reads([
    ['w_new = w - η g', 'new<w> = (w-(η*g))'],
    ['w5+ = w5 - 0.5*0.082 = 0.359', 'new<w5> = (w5-(0.5*0.082)) = 0.359'],
    ['w ← w − η ∂L/∂w = 0.36', 'new<w> = (w-(η*D[L; w])) = 0.36'],
    ['w_{t+1} = w_t - 0.1', 'new<w> = (w-0.1)'],
    ['$(\\omega)_{\\text{new}} = (\\omega)_{\\text{old}} - \\eta g$', 'new<ω> = (ω-(η*g))'],
    ['w := w − η g = 0.5265', 'new<w> = (w-(η*g)) = 0.5265'],
    ['x += 1.0*dx', 'new<x> = (x+(1*dx))'],
  ]);
  it('are none where the program has a node of that name', () => {
    expect(read('w_new = 3', 'w_new')).toEqual(['w_new = 3']);
  });
});

describe('what a photo damages', () => {
  const text = "∂L/∂ω''=∂L/∂O31[∂O31/∂O21\n + ∂O31/∂O22]\nhence (ω'')new=2.5 - n∂L/∂ω''=2.5-0.O1×0.1=2.499";
  const sheet = readSheet(text);

  it('is read as it was meant', () => {
    expect(printChains(sheet)).toEqual([
      'D[L; ω_11^{(1)}] = (D[L; O31]*(D[O31; O21]+D[O31; O22]))',
      'new<ω_11^{(1)}> = (2.5-(η*D[L; ω_11^{(1)}])) = (2.5-(0.01*0.1)) = 2.499',
    ]);
  });

  it('is said', () => {
    expect(sheet.repairs.map(({ found, read: meant }) => `${found} ${meant}`)).toEqual([
      "ω'' ω¹₁₁",
      "ω'' ω¹₁₁",
      'n η',
      "ω'' ω¹₁₁",
      '0.O1 0.01',
    ]);
    for (const { from, to, found } of sheet.repairs) expect(text.slice(from, to)).toBe(found);
  });

  it('leaves names alone', () => {
    const plain = readSheet("f'' = 2, O31 = 0.5, l = 3, n = 4, O = 2");
    expect(plain.repairs).toEqual([]);
    expect(readSheet("ω'' = 3").repairs).toEqual([]);
  });
});

describe('documents', () => {
  it('Markdown: the program is none of the notes, other code is', () => {
    const text =
      '# x = 1\n```backflow\nx = 2\ny = 3\n```\n> **so** `z = 5`\n```python\na = 6  # b = 7\n```\n(3) c = 8\n';
    const sheet = readSheet(text);
    expect(sheet.program.map(({ from, to }) => text.slice(from, to))).toEqual(['x = 2\ny = 3\n']);
    expect(printChains(sheet)).toEqual(['x = 1', 'z = 5', 'a = 6', 'b = 7', 'c = 8']);
  });

  it('LaTeX: from begin to end', () => {
    const text =
      '\\documentclass{article}\\newcommand{\\x}{y = 2}\n\\begin{document}\n\\section{So $x = 1$} % z = 3\n\\begin{itemize}\\item $a = 4$\\end{itemize}\n\\begin{equation}\nb = 5 \\label{e}\n\\end{equation}\n\\end{document}\nc = 6';
    expect(read(text)).toEqual(['x = 1', 'a = 4', 'b = 5']);
  });

  it('gives places in the text', () => {
    const text = 'x = 1\n\n- so **y** = 2·3 = 6.\n';
    const [, chain] = readSheet(text).chains;
    expect(text.slice(chain.from, chain.to)).toBe('y** = 2·3 = 6');
    expect(chain.members.map(({ from, to }) => text.slice(from, to))).toEqual(['2·3', '6']);
  });
});
