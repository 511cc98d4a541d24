import { describe, expect, it } from 'vitest';
import { readFormula } from '../../packages/notes/src/reading/formula.ts';
import type { Term } from '../../packages/notes/src/term.ts';
import { printTerm } from './print-term.ts';

const r = String.raw;

/** Notation, and what it is read as with every bracket. */
const TABLES: Readonly<Record<string, readonly (readonly [notation: string, read: string])[]>> = {
  'signs and precedence': [
    ['w a + b', '((w*a)+b)'],
    ['2(a-y)(1-a)', '((2*(a-y))*(1-a))'],
    ['-2(1-0.525)', '(-2*(1-0.525))'],
    ['-x^2', '-(x^2)'],
    ['(-3)²', '(-3^2)'],
    ['2^-1', '(2^-1)'],
    ['x**2**3', '(x^(2^3))'],
    ['2*x**2', '(2*(x^2))'],
    ['−0.0319', '-0.0319'],
    ['0.6·0.62·(-0.76)', '((0.6*0.62)*-0.76)'],
    [r`0.6 \cdot 0.62 \cdot (-0.76)`, '((0.6*0.62)*-0.76)'],
    ['(0.43 - 0.00)^2', '((0.43-0)^2)'],
    ['28 x 28', '(28*28)'],
    ['784×16+16×16+16×10', '(((784*16)+(16*16))+(16*10))'],
    ['1/x^2', '(1/(x^2))'],
    ['a @ b', '(a*b)'],
  ],
  'products without a sign, left to right': [
    [r`a^{(L-1)}σ'(z^{(L)})2(a^{(L)}-y)`, "(((a^{(L-1)}*sigmoid'(z^{(L)}))*2)*(a^{(L)}-y))"],
    [r`a^{(L-1)} \sigma'(z^{(L)}) 2(a^{(L)} - y)`, "(((a^{(L-1)}*sigmoid'(z^{(L)}))*2)*(a^{(L)}-y))"],
    ['a⁽ᴸ⁻¹⁾σ′(z⁽ᴸ⁾)2(a⁽ᴸ⁾−y)', "(((a^{(L-1)}*sigmoid'(z^{(L)}))*2)*(a^{(L)}-y))"],
    ['3/2 x²', '((3/2)*(x^2))'],
    [r`\frac{3}{2}x^2 + \frac{1}{2}y^2`, '(((3/2)*(x^2))+((1/2)*(y^2)))'],
    ['x²y + 3xy²', '(((x^2)*y)+(3*(x*(y^2))))'],
    ['2wx', '(2*wx)'],
    ['w1x1 + w2x2 + b', '((w1x1+w2x2)+b)'],
    ['x₁w₁ + x₂w₂', '((x_1*w_1)+(x_2*w_2))'],
    [r`w_1a_1 + w_2a_2 + \cdots + w_na_n`, '((((w_1*a_1)+(w_2*a_2))+…)+(w_n*a_n))'],
    ['2πx', '((2*#π)*x)'],
    [r`\mathbf{W}\mathbf{a}^{(0)} + \mathbf{b}`, '((W*a^{(0)})+b)'],
    ['(1)(2)(3)', '((1*2)*3)'],
    ['n∂L/∂ω', '(n*D[L; ω])'],
  ],
  derivatives: [
    ['∂L/∂w₅', 'D[L; w_5]'],
    ['dL/dw5', 'D[L; w5]'],
    ['dL / d w5', 'D[L; w5]'],
    ['∂E_total/∂w5', 'D[E_total; w5]'],
    ['∂E_total/∂out_{o1}', 'D[E_total; out_o1]'],
    [r`\frac{\partial C_0}{\partial w^{(L)}}`, 'D[C_0; w^{(L)}]'],
    [
      r`\frac{\partial z_j^{(L)}}{\partial w_{jk}^{(L)}} \frac{\partial C_0}{\partial a_j^{(L)}}`,
      '(D[z_j^{(L)}; w_jk^{(L)}]*D[C_0; a_j^{(L)}])',
    ],
    [r`\frac { \partial L } { \partial w _ { 1 1 } ^ { ( 1 ) } }`, 'D[L; w_11^{(1)}]'],
    [r`\frac{\mathrm{d}L}{\mathrm{d}w}`, 'D[L; w]'],
    [r`\partial L / \partial w`, 'D[L; w]'],
    ['𝜕𝐿/𝜕𝑤', 'D[L; w]'],
    ['∂L/∂ω²', 'D[L; ω^{(2)}]'],
    ['∂L/∂ω²₁₁', 'D[L; ω_11^{(2)}]'],
    ['∂L/∂W[0][1]', 'D[L; W[0][1]]'],
    ['dL_dw5', 'D[L; w5]'],
    ['dE_total_dw5', 'D[E_total; w5]'],
    ['w5.grad', 'D[?; w5]'],
    ['W[0][1].grad', 'D[?; W[0][1]]'],
    ['x.grad.item()', 'D[?; x]'],
    ['self.w1.grad', 'D[?; w1]'],
    ['∂_w L', 'D[L; w]'],
    [r`\nabla_{w} L`, 'D[L; w]'],
    [r`\nabla_{W^{(1)}} L`, 'D[L; W^{(1)}]'],
    [r`\bar{v}_4`, 'D[?; v_4]'],
    ['dL/dO31*dO31/dO21 + dL/dO31 · dO31/dO22', '((D[L; O31]*D[O31; O21])+(D[L; O31]*D[O31; O22]))'],
    [
      '∂L/∂O31[∂O31/∂O21×∂O21/∂O11 + ∂O31/∂O22×∂O22/∂O11]',
      '(D[L; O31]*((D[O31; O21]*D[O21; O11])+(D[O31; O22]*D[O22; O11])))',
    ],
    ['(dL/dy)(dy/dx)', '(D[L; y]*D[y; x])'],
  ],
  'derivatives of formulas': [
    [r`\frac{d}{dx} f`, 'D[f; x]'],
    [r`\frac{d}{dx}(x^2)`, 'D[(x^2); x]'],
    ['d/dx (x²)·3', '(D[(x^2); x]*3)'],
    ['d/dx x²y', 'D[((x^2)*y); x]'],
    ['∂/∂x (x²y)', 'D[((x^2)*y); x]'],
    ['d(sin x)/dx', 'D[sin(x); x]'],
    ['d sin(x²)/dx', 'D[sin((x^2)); x]'],
    ['∂(a·b)/∂a', 'D[(a*b); a]'],
    ['dσ(z)/dz', 'D[sigmoid(z); z]'],
    ['∂tanh/∂z', 'D[tanh; z]'],
  ],
  'second derivatives': [
    [r`\frac{\partial^2 y}{\partial x^2}`, 'D^2[y; x]'],
    ['d²y/dx²', 'D^2[y; x]'],
    [r`\frac{d^2}{dx^2} x^3`, 'D^2[(x^3); x]'],
    ['∂²f/∂x∂y', 'D[D[f; y]; x]'],
  ],
  'derivatives at a point': [
    ['dL/dx at x = 2', 'D[L; x]|x=2'],
    ['dL/dx |_{x=2}', 'D[L; x]|x=2'],
    [r`\left.\frac{\partial L}{\partial x}\right|_{x=2, y=3}`, 'D[L; x]|x=2,y=3'],
    [r`\frac{d f}{dx}\Big|_{x=2}`, 'D[f; x]|x=2'],
    ['d sin(x^2)/dx at 3', 'D[sin((x^2)); x]|x=3'],
    [r`σ'(z) at z = 1.1`, "sigmoid'(1.1)"],
    ['∂f/∂x|ₓ₌₂', 'D[f; x]|x=2'],
    [r`f'(x)|_{x=2}`, "f'<2>"],
  ],
  primes: [
    [r`f'(1)`, "f'<1>"],
    [r`f′(g(x))g'(x)`, "(f'<g<x>>*g'<x>)"],
    [r`f^{\prime}(x)`, "f'<x>"],
    [r`f''(x)`, "f''<x>"],
    [r`σ'(z)`, "sigmoid'(z)"],
    [r`\sigma'(z)`, "sigmoid'(z)"],
    [r`\sigma^{\prime}(z_1)`, "sigmoid'(z_1)"],
    ['sigma_prime(z)', "sigmoid'(z)"],
    [r`sigmoid'(z)`, "sigmoid'(z)"],
    [r`tanh'(z)`, "tanh'(z)"],
    [r`relu'(z)`, "relu'(z)"],
    ['dtanh(z)', "tanh'(z)"],
    ['σ_prime', 'σ_prime'],
    [r`σ'`, "σ'"],
  ],
  functions: [
    ['np.exp(x)', 'exp(x)'],
    ['math.tanh(z)', 'tanh(z)'],
    ['torch.nn.functional.relu(z)', 'relu(z)'],
    ['ReLU(z)', 'relu(z)'],
    [r`\text{sigmoid}(z)`, 'sigmoid(z)'],
    [r`\operatorname{sigmoid}(z)`, 'sigmoid(z)'],
    ['max(0, z)', 'max(0, z)'],
    [r`\max\{0, z\}`, 'max(0, z)'],
    ['exp[-x]', 'exp(-x)'],
    ['log_2 x', 'log2(x)'],
    [r`\log_{10} x`, 'log10(x)'],
    ['np.where(x > 0, x, 0)', 'where((x>0), x, 0)'],
    ['mean((y - t)**2)', 'mean(((y-t)^2))'],
  ],
  'functions without parentheses': [
    ['sin x²', 'sin((x^2))'],
    ['sin²x', '(sin(x)^2)'],
    ['sin^2 x', '(sin(x)^2)'],
    [r`1 - \tanh^2(z)`, '(1-(tanh(z)^2))'],
    ['2sinx', '(2*sin(x))'],
    ['sin x cos y', '(sin(x)*cos(y))'],
    ['sin 2πx', 'sin(((2*#π)*x))'],
    ['4x cos x² + 5/(2√(5x))', '(((4*x)*cos((x^2)))+(5/(2*sqrt((5*x)))))'],
    ['exp -x', 'exp(-x)'],
    ['sin⁻¹ x', 'asin(x)'],
    ['-y log p - (1-y) log(1-p)', '((-y*log(p))-((1-y)*log((1-p))))'],
    ['cost', 'cost'],
  ],
  "Euler's number": [
    ['e^{-z}', 'exp(-z)'],
    ['e^-x', 'exp(-x)'],
    ['e^{(x+1)}', 'exp((x+1))'],
    ['2x e^{x²}', '((2*x)*exp((x^2)))'],
    [r`\frac{e^z - e^{-z}}{e^z + e^{-z}}`, '((exp(z)-exp(-z))/(exp(z)+exp(-z)))'],
    ['1/(1+e^{-z})', '(1/(1+exp(-z)))'],
    ['e', 'e'],
  ],
  'roots, bars and fractions': [
    ['√3/2', '(sqrt(3)/2)'],
    ['√(5x)', 'sqrt((5*x))'],
    [r`\sqrt{3}/2`, '(sqrt(3)/2)'],
    [r`\sqrt[3]{x}`, '(x^(1/3))'],
    ['|x|', 'abs(x)'],
    ['|a||b|', '(abs(a)*abs(b))'],
    [r`\left| x \right|`, 'abs(x)'],
    ['½(a − y)²', '((1/2)*((a-y)^2))'],
    [r`\frac12 (y-t)^2`, '((1/2)*((y-t)^2))'],
    ['‖w‖₂²', '(hypot(w)^2)'],
    [r`\frac{1}{2}\|y - \hat{y}\|^2`, '((1/2)*(hypot((y-ŷ))^2))'],
  ],
  'sums over an index': [
    ['Σ_j w_j x_j + b', '(sum{j;;}((w_j*x_j))+b)'],
    ['∑ᵢ (yᵢ − ŷᵢ)²', 'sum{i;;}(((y_i-ŷ_i)^2))'],
    ['Σ w_i x_i', 'sum{;;}((w_i*x_i))'],
    [r`\sum_{j=0}^{n_L-1} (a_j^{(L)} - y_j)^2`, 'sum{j;0;(n_L-1)}(((a_j^{(L)}-y_j)^2))'],
    [
      r`\frac{1}{n}\sum_{k=0}^{n-1}\frac{\partial C_k}{\partial w^{(L)}}`,
      '((1/n)*sum{k;0;(n-1)}(D[C_k; w^{(L)}]))',
    ],
    [r`-\sum_i y_i \log p_i`, '-sum{i;;}((y_i*log(p_i)))'],
    [r`\sum_jw_j`, 'sum{j;;}(w_j)'],
    [r`\sum\limits_{j=1}^d w_j x_{ij} + b`, '(sum{j;1;d}((w_j*x_ij))+b)'],
    [r`\sum_{i,j} w_{ij}^2`, 'sum{i;;}(sum{j;;}((w_ij^2)))'],
    [r`f\left(\sum_{j=1}^d w_j x_j\right)`, 'f<sum{j;1;d}((w_j*x_j))>'],
    ['|Σ |w||', 'abs(sum{;;}(abs(w)))'],
    ['sum (y - t)^2', 'sum{;;}(((y-t)^2))'],
    ['1/4 sum 3(x_i+2)^2', '((1/4)*sum{;;}((3*((x_i+2)^2))))'],
    [r`\prod_{k=1}^{3} a_k`, 'prod{k;1;3}(a_k)'],
    ['sum_j w_j x_j', 'sum{j;;}((w_j*x_j))'],
    [
      r`a_k^{(l-1)} σ'(z_j^{(l)}) [Σ_j w_jk^{(l+1)} ∂C/∂a_j^{(l+1)}]`,
      "((a_k^{(l-1)}*sigmoid'(z_j^{(l)}))*sum{j;;}((w_jk^{(l+1)}*D[C; a_j^{(l+1)}])))",
    ],
  ],
  'vectors and matrices': [
    ['(1, 2, 3)', '[1, 2, 3]'],
    ['[1,2]', '[1, 2]'],
    ['[0.1 -0.2 0.3]', '[0.1, -0.2, 0.3]'],
    ['[1 2; 3 4]', '[[1, 2], [3, 4]]'],
    ['[[.2,-.3,.4],[.1,.5,-.2]]', '[[0.2, -0.3, 0.4], [0.1, 0.5, -0.2]]'],
    [r`\begin{bmatrix} 3 \\ 1 \end{bmatrix}`, '[3, 1]'],
    [
      r`\begin{pmatrix} a & b \\ c & d \end{pmatrix} \begin{pmatrix} x \\ y \end{pmatrix}`,
      '([[a, b], [c, d]]*[x, y])',
    ],
    ['(0.18, 0.45, …, 0.82)', '[0.18, 0.45, …, 0.82]'],
    [r`\begin{bmatrix} 0.18 \\ \vdots \\ 0.82 \end{bmatrix}`, '[0.18, …, 0.82]'],
    ['ωᵀx + b', '((T(ω)*x)+b)'],
    ['w^T x', '(T(w)*x)'],
    ['w^Tx', '(T(w)*x)'],
    [r`\omega^\top x`, '(T(ω)*x)'],
    ['W^{(2)T} δ^{(3)}', '(T(W^{(2)})*δ^{(3)})'],
    ['W.T @ x', '(T(W)*x)'],
  ],
  'cases and conditions': [
    [r`\begin{cases} z & z>0 \\ 0 & \text{otherwise} \end{cases}`, 'cases(z if (z>0); 0 if *)'],
    [
      r`\left\{ \begin{array}{ll} z & \text{if } z > 0 \\ 0 & \text{otherwise} \end{array} \right.`,
      'cases(z if (z>0); 0 if *)',
    ],
    ['{ z if z > 0; 0 otherwise', 'cases(z if (z>0); 0 if *)'],
    ['z if z > 0 else 0', 'cases(z if (z>0); 0 if *)'],
    ['(z>0)', '(z>0)'],
    ['1(x>=y)', '(1*(x>=y))'],
    ['𝟙[z>0]', '(1*(z>0))'],
    [r`\mathbb{1}_{\{z>0\}}`, '(z>0)'],
    ['I(z > 0)', '(z>0)'],
  ],
  'calls and products': [
    ['f(x)', 'f<x>'],
    ['g(f(x))', 'g<f<x>>'],
    ['C(w_1, w_2)', 'C<w_1, w_2>'],
    [r`C(w_1, w_2, \dots, w_{13,002})`, 'C<w_1, w_2, …, w_{13,002}>'],
    ['∇C(1,1)', '∇C<1, 1>'],
    [r`-\nabla C(\vec{W})`, '-∇C<W>'],
    ['a(1-a)', '(a*(1-a))'],
    ['out_{o1}(1-out_{o1})', '(out_o1*(1-out_o1))'],
    ['σ(1-σ)', '(σ*(1-σ))'],
    ['x(x+1)', '(x*(x+1))'],
  ],
  'names and their marks': [
    ['w^{(L)}_{jk}', 'w_jk^{(L)}'],
    ['w_{11}^2', 'w_11^{(2)}'],
    ['x_1^2', '(x_1^2)'],
    ['w_i^2', '(w_i^2)'],
    [r`\delta^l`, 'δ^{(l)}'],
    [r`\delta_{o1}`, 'δ_o1'],
    [r`E_{\text{total}}`, 'E_total'],
    [r`\text{net}_{h1}`, 'net_h1'],
    [r`\hat{y}_i`, 'ŷ_i'],
    [r`\vec{w}`, 'w'],
    ['{ w }_{ 11 }^{ (2) }', 'w_11^{(2)}'],
    ['w^{+}', 'w^{+}'],
    [r`(w_{ij}^k)_{\text{new}}`, 'w_ij^{(k)}_new'],
    ['L_{(n_{est})}', 'L_{(n_est)}'],
    [r`\sigma(wa^{(0)} + b)`, 'sigmoid(((w*a^{(0)})+b))'],
    ['a^{(L - 1)}', 'a^{(L-1)}'],
    ['w^{(1,2)}', 'w^{(1,2)}'],
    ['w_5^{(1 - 1)}', '(w_5^(1-1))'],
    ['w5+', 'w5^{+}'],
    ['w_{new}', 'w_new'],
    ['(ω)_new', 'ω_new'],
    ['dz^{[2]}', 'dz^{[2]}'],
  ],
  decorations: [
    [r`\boxed{-0.106}`, '-0.106'],
    [r`{\color{red} -0.106}`, '-0.106'],
    [r`\textcolor{red}{x} + 1`, '(x+1)'],
    [
      r`\underbrace{\frac{\partial L}{\partial a}}_{2(a-y)} \cdot \underbrace{\sigma'(z)}_{0.235}`,
      "(D[L; a]*sigmoid'(z))",
    ],
    [r`\overset{!}{0.5}`, '0.5'],
    [r`\textcircled{1} 0.5`, '0.5'],
    [r`\textcircled{0.2}`, '0.2'],
    ['① 0.5', '0.5'],
    [r`0.5 \quad`, '0.5'],
    ['$0.5$', '0.5'],
    ['0.5}', '0.5'],
    [r`0.5 \text{ as before}`, '0.5'],
  ],
  'what is left out': [
    ['a + … + b', '((a+…)+b)'],
    ['∂b/∂a · … · ∂z/∂y', '((D[b; a]*…)*D[z; y])'],
  ],
  'what cannot be read': [
    [r`\frac{`, '!cut-off'],
    [r`\frac{a}{`, '!cut-off'],
    ['1 +', '!cut-off'],
    ['((1)', '!cut-off'],
    ['f(', '!cut-off'],
    ['2 3', '!unexpected'],
    ['1.2.3', '!unexpected'],
    ['a = b', '!unexpected'],
    [')', '!unexpected'],
    [r`\int_0^1 x`, '!unexpected'],
    [r`\begin{cases} z & z>0`, '!cut-off'],
    ['x ? y', '!unexpected'],
  ],
};

describe('A formula in notes', () => {
  for (const [title, table] of Object.entries(TABLES)) {
    it.each(table)(`${title}: %s`, (notation, expected) => {
      expect(read(notation)).toBe(expected);
    });
  }

  it('takes blanks and line breaks between its parts', () => {
    expect(read('∂L/∂O31[A\n + B]')).toBe('(D[L; O31]*(A+B))');
  });
});

describe('What can be read in two ways', () => {
  it.each([
    ['1/2x', '((1/2)*x)', ['(1/(2*x))']],
    ['1/(2)x', '((1/2)*x)', ['(1/(2*x))']],
    ['x^2y', '((x^2)*y)', ['(x^(2*y))']],
    ['3xy²', '(3*(x*(y^2)))', ['(3*(xy^2))']],
    ['a(1-a)', '(a*(1-a))', ['a<(1-a)>']],
    ['f(x)', 'f<x>', ['(f*x)']],
    ['x̄', 'D[?; x]', ['x̄']],
    ['w_{11}^2', 'w_11^{(2)}', ['(w_11^2)']],
    ['w_i^2', '(w_i^2)', ['w_i^{(2)}']],
    ['e', 'e', ['#e']],
    ['e²', 'exp(2)', ['(e^2)']],
    ['2(a - y)', '(2*(a-y))', []],
    ['(1/2)x', '((1/2)*x)', []],
  ])('%s', (notation, first, others) => {
    expect(readings(notation)).toEqual([first, ...others]);
  });

  it.each([
    ['x̄', ['x̄'], 'x̄'],
    ['xy²', ['xy'], '(xy^2)'],
    ['abc²', ['a', 'b', 'c'], '((a*b)*(c^2))'],
    ['w^2', ['w^{(2)}'], 'w^{(2)}'],
    ['dL/dw', ['dL', 'dw'], '(dL/dw)'],
    ['dL/dw', ['L', 'w'], 'D[L; w]'],
    ['dL_dw', ['dL_dw'], 'dL_dw'],
    ['f(x)', ['f'], '(f*x)'],
    ['sinx', ['sinx'], 'sinx'],
    ['28 x 28', ['y'], '(28*28)'],
    ['e^x + e', ['e'], '(exp(x)+e)'],
    ['T^T', ['T'], '(T^T)'],
  ])('%s, where %j are defined', (notation, names, expected) => {
    expect(read(notation, names)).toBe(expected);
  });
});

describe('The places of terms', () => {
  const inner = (term: Term): Term[] => (term.kind === 'apply' ? [term, ...term.of.flatMap(inner)] : [term]);

  it('are those of the whole text, also where LaTeX is spelled out', () => {
    const text = r`so $\hat{y}_i - \frac{\sigma'(z)}{2\,x^{(L)}}$ it is`;
    const reading = readFormula(text, { from: 4, to: text.indexOf('$ it') });
    if ('code' in reading) throw new Error(reading.code);
    const places = inner(reading.term).map(({ from, to }) => text.slice(from, to));
    expect(places).toEqual([
      r`\hat{y}_i - \frac{\sigma'(z)}{2\,x^{(L)}}`,
      r`\hat{y}_i`,
      r`\frac{\sigma'(z)}{2\,x^{(L)}}`,
      r`{\sigma'(z)}`,
      r`{2\,x^{(L)}}`,
      '2',
      r`x^{(L)}`,
    ]);
  });

  it('name the unreadable part', () => {
    expect(readFormula('abc 1 + ? x', { from: 4, to: 11 })).toEqual({
      code: 'unexpected',
      found: '?',
      from: 8,
      to: 9,
    });
  });
});

describe('Formulas that are no formulas', () => {
  it.each([
    ['', 'empty'],
    ['  ① \n', 'empty'],
    ['('.repeat(300) + 'x' + ')'.repeat(300), 'too-deep'],
    ['-'.repeat(300) + 'x', 'too-deep'],
    [r`\frac{`.repeat(1000), 'cut-off'],
    [r`\sqrt{x}^`.repeat(1000) + '2', 'too-deep'],
    ['x'.repeat(20_001), 'too-long'],
  ])('%#', (text, code) => {
    expect(readFormula(text, { from: 0, to: text.length })).toMatchObject({ code });
  });

  it('long sums and products stay shallow', () => {
    const sum = readings(Array.from({ length: 784 }, (_, i) => `w_${i} x_${i}`).join(' + '));
    expect(sum[0]).toMatch(/^sum\(\(w_0\*x_0\), /);
    expect(readings(Array.from({ length: 784 }, () => 'x').join(' / '))[0]).toMatch(/^\(x\/prod\(x, x, /);
  });

  it('any cut of a formula is read or refused, and never throws', () => {
    for (const [notation] of Object.values(TABLES).flat()) {
      for (let to = 0; to <= notation.length; to++) {
        expect(readFormula(notation, { from: 0, to })).toBeTypeOf('object');
        expect(readFormula(notation, { from: to, to: notation.length })).toBeTypeOf('object');
      }
    }
  });
});

function read(notation: string, names: readonly string[] = []): string {
  const reading = readFormula(notation, { from: 0, to: notation.length }, new Set(names));
  return 'code' in reading ? `!${reading.code}` : printTerm(reading.term);
}

function readings(notation: string): string[] {
  const reading = readFormula(notation, { from: 0, to: notation.length });
  return 'code' in reading ? [] : [reading.term, ...reading.alternatives].map(printTerm);
}
