import { Tape, Constant } from '@backflow/engine';
import type { Formula, OperationName, Value } from '@backflow/engine';
import {
  apply,
  derivativeLatex,
  derivativeText,
  ELIDED,
  expressionOf,
  nameOf,
  nodeTitle,
  numberOf,
  slopeForms,
  substitute,
  sumOf,
  tidy,
  toLatex,
  toText,
  valueForms,
} from '@backflow/print';
import type { Expression } from '@backflow/print';
import { renderToString } from 'katex';
import { describe, expect, it } from 'vitest';

// Shorthand: a text is a name, a number a number, a list an operation.
type Short = string | number | Expression | readonly [OperationName, ...Short[]];

function e(short: Short): Expression {
  if (typeof short === 'string') return nameOf(short);
  if (typeof short === 'number') return numberOf(short);
  if (!Array.isArray(short)) return short as Expression;
  const [operation, ...of] = short as readonly [OperationName, ...Short[]];
  return apply(operation, ...of.map(e));
}

const half = numberOf(0.5, '1/2');

const EXPRESSIONS: [short: Short, text: string, latex: string][] = [
  [['add', ['mul', 'w1', 'i1'], 'b1'], 'w1·i1 + b1', 'w_1 \\cdot i_1 + b_1'],
  [['pow', ['sub', 'a', 'y'], 2], '(a − y)²', '\\left(a - y\\right)^{2}'],
  [['mul', 2, -3], '2·(−3)', '2 \\cdot \\left(-3\\right)'],
  [['mul', -2, 3], '−2·3', '-2 \\cdot 3'],
  [['add', 1, ['mul', -2, 3]], '1 + (−2)·3', '1 + \\left(-2\\right) \\cdot 3'],
  [['sub', ['sub', 'a', 'b'], 'c'], 'a − b − c', 'a - b - c'],
  [['sub', 'a', ['sub', 'b', 'c']], 'a − (b − c)', 'a - \\left(b - c\\right)'],
  [['add', 'a', ['add', 'b', 'c']], 'a + (b + c)', 'a + \\left(b + c\\right)'],
  [['div', ['div', 'a', 'b'], 'c'], 'a/b/c', '\\frac{\\frac{a}{b}}{c}'],
  [['div', 'a', ['div', 'b', 'c']], 'a/(b/c)', '\\frac{a}{\\frac{b}{c}}'],
  [['div', 'a', ['mul', 'b', 'c']], 'a/(b·c)', '\\frac{a}{b \\cdot c}'],
  [['mul', 'a', ['div', 'b', 'c']], 'a·(b/c)', 'a \\cdot \\frac{b}{c}'],
  [['mul', ['div', 'a', 'b'], 'c'], 'a/b·c', '\\frac{a}{b} \\cdot c'],
  [['mul', ['add', 'x', 'y'], 'z'], '(x + y)·z', '\\left(x + y\\right) \\cdot z'],
  [['neg', ['pow', 'x', 2]], '−x²', '-x^{2}'],
  [['pow', ['neg', 'x'], 2], '(−x)²', '\\left(-x\\right)^{2}'],
  [['pow', -3, 2], '(−3)²', '\\left(-3\\right)^{2}'],
  [['neg', ['mul', 'x', 'y']], '−(x·y)', '-\\left(x \\cdot y\\right)'],
  [['mul', ['neg', 'x'], 'y'], '−x·y', '-x \\cdot y'],
  [['neg', ['neg', 'x']], '−(−x)', '-\\left(-x\\right)'],
  [['sub', 'a', ['neg', 'b']], 'a − (−b)', 'a - \\left(-b\\right)'],
  [['pow', ['pow', 'x', 2], 3], '(x²)³', '\\left(x^{2}\\right)^{3}'],
  [['pow', 'x', ['pow', 'y', 2]], 'x^(y²)', 'x^{y^{2}}'],
  [['pow', 'x', -1], 'x⁻¹', 'x^{-1}'],
  [['pow', 'x', half], 'x^(1/2)', 'x^{\\frac{1}{2}}'],
  [['pow', 'x', 0.5], 'x^0.5', 'x^{0.5}'],
  [['pow', 'x', -0.5], 'x^(−0.5)', 'x^{-0.5}'],
  [['pow', 'w^{(2)}', 2], '(w⁽²⁾)²', '\\left(w^{(2)}\\right)^{2}'],
  [['mul', half, ['pow', 'x', 2]], '1/2·x²', '\\frac{1}{2} \\cdot x^{2}'],
  [['mul', 'x', half], 'x·(1/2)', 'x \\cdot \\frac{1}{2}'],
  [['pow', half, 2], '(1/2)²', '\\left(\\frac{1}{2}\\right)^{2}'],
  [['div', 6, 0.00095], '6/(9.5·10⁻⁴)', '\\frac{6}{9.5 \\cdot 10^{-4}}'],
  [['pow', 0.00095, 2], '(9.5·10⁻⁴)²', '\\left(9.5 \\cdot 10^{-4}\\right)^{2}'],
  [['abs', ['neg', 'x']], '|−x|', '\\left|-x\\right|'],
  [['sqrt', 'x'], '√x', '\\sqrt{x}'],
  [['sqrt', ['add', 'x', 1]], '√(x + 1)', '\\sqrt{x + 1}'],
  [['pow', ['sqrt', 'x'], 2], '(√x)²', '\\sqrt{x}^{2}'],
  [['mul', ['sqrt', 'x'], 'y'], '√x·y', '\\sqrt{x} \\cdot y'],
  [['sigmoid', ['neg', 'z']], 'σ(−z)', '\\sigma\\left(-z\\right)'],
  [['pow', ['sin', 'x'], 2], 'sin(x)²', '\\sin\\left(x\\right)^{2}'],
  [['max', 'a', 'b', 0], 'max(a, b, 0)', '\\max\\left(a, b, 0\\right)'],
  [['log', 'x'], 'ln(x)', '\\ln\\left(x\\right)'],
  [['greater', ['add', 'a', 'b'], 0], 'a + b > 0', 'a + b > 0'],
  [['mul', ['greater', 'a', 0], 'b'], '(a > 0)·b', '\\left(a > 0\\right) \\cdot b'],
  [['greater', ['greater', 'a', 'b'], 'c'], '(a > b) > c', '\\left(a > b\\right) > c'],
  [
    ['where', ['greater', 'x', 0], 'x', ['mul', 0.01, 'x']],
    'where(x > 0, x, 0.01·x)',
    '\\begin{cases} x & x > 0 \\\\ 0.01 \\cdot x & \\text{otherwise} \\end{cases}',
  ],
  [
    ['where', 'c', 1, 2],
    'where(c, 1, 2)',
    '\\begin{cases} 1 & c \\ne 0 \\\\ 2 & \\text{otherwise} \\end{cases}',
  ],
  [['signedSum', 1, 'a', -1, 'b', 1, ['mul', 'c', 'd']], 'a − b + c·d', 'a - b + c \\cdot d'],
  [['signedSum', -1, 'a', -1, ['neg', 'b']], '−a − (−b)', '-a - \\left(-b\\right)'],
  [['mul', 'x', ['signedSum', -1, 'a', 1, 'b']], 'x·(−a + b)', 'x \\cdot \\left(-a + b\\right)'],
  [['pow', numberOf(Math.PI, 'pi'), 2], 'π²', '\\pi^{2}'],
  [['mul', numberOf(2 * Math.PI, '2*pi'), 'x'], '2·π·x', '2 \\cdot \\pi \\cdot x'],
  [['mul', 'x', numberOf(-0.25, '-1/4')], 'x·(−1/4)', 'x \\cdot \\left(-1/4\\right)'],
  [['tanh', ELIDED], 'tanh(…)', '\\tanh\\left(\\ldots\\right)'],
  [
    [
      'mul',
      { kind: 'derivative', of: nameOf('L'), by: nameOf('d') },
      { kind: 'derivative', of: nameOf('d'), by: nameOf('a') },
    ],
    '∂L/∂d · ∂d/∂a',
    '\\frac{\\partial L}{\\partial d} \\cdot \\frac{\\partial d}{\\partial a}',
  ],
];

describe('an expression', () => {
  it.each(EXPRESSIONS)('%j is %s', (short, text) => {
    expect(toText(e(short))).toBe(text);
  });

  it.each(EXPRESSIONS)('%j in LaTeX', (short, _text, latex) => {
    expect(toLatex(e(short))).toBe(latex);
    expect(() => renderToString(latex, { throwOnError: true, strict: 'error' })).not.toThrow();
  });

  it('of 100,000 nested operations is written without overflowing the stack', () => {
    let chain: Expression = nameOf('x');
    for (let depth = 0; depth < 100_000; depth++) chain = apply('tanh', chain);
    expect(toText(chain).length).toBe(6 * 100_000 + 1);
    expect(toLatex(chain).startsWith('\\tanh\\left(\\tanh')).toBe(true);
    expect(toText(tidy(chain), { maxLength: 12 })).toBe('tanh(tanh(t…');
  });

  it('ends in … when it is longer than allowed, and never inside a character', () => {
    expect(toText(e(['add', 'alpha', 'beta']), { maxLength: 8 })).toBe('alpha +…');
    expect(toText(nameOf('𝒘𝒘𝒘𝒘'), { maxLength: 3 })).toBe('𝒘𝒘…');
  });
});

describe('a derivative', () => {
  it('is written with the names of the reader', () => {
    expect(derivativeText('E_total', 'w5')).toBe('∂E_total/∂w5');
    expect(derivativeText('L', 'w^{(2)}_{11}')).toBe('∂L/∂w⁽²⁾₁₁');
    expect(derivativeText('L', e(['sub', 't', 'o']))).toBe('∂L/∂(t − o)');
    expect(derivativeText('L', e(['pow', 'x', 2]))).toBe('∂L/∂(x²)');
    expect(derivativeText('∂L/∂w', 'b')).toBe('∂²L/∂w∂b');
    expect(derivativeText('∂²y/∂x∂x', 'x')).toBe('∂³y/∂x³');
    expect(derivativeText('∂L/∂w', '∂L/∂w')).toBe('∂(∂L/∂w)/∂(∂L/∂w)');
    expect(toText(e(['mul', 'x', ['pow', '∂L/∂w', 2]]))).toBe('x·(∂L/∂w)²');
    expect(toText(e(['mul', 'x', '∂L/∂w']))).toBe('x · ∂L/∂w');
  });

  it('is a fraction in LaTeX', () => {
    expect(derivativeLatex('E_total', 'w5')).toBe('\\frac{\\partial E_{\\mathrm{total}}}{\\partial w_5}');
    expect(derivativeLatex('∂L/∂w', 'b')).toBe('\\frac{\\partial^{2} L}{\\partial w\\,\\partial b}');
    expect(derivativeLatex('L', e(['sub', 't', 'o']))).toBe(
      '\\frac{\\partial L}{\\partial \\left(t - o\\right)}',
    );
  });
});

describe('a rule of the operation table', () => {
  const rule: Formula = { operation: 'mul', of: ['result', { operation: 'sub', of: [1, 'result'] }] };

  it('is written with names or with numbers', () => {
    expect(toText(substitute(rule, [nameOf('z')], nameOf('out')))).toBe('out·(1 − out)');
    expect(toText(substitute(rule, [numberOf(0)], numberOf(-0.5)))).toBe('−0.5·(1 − (−0.5))');
  });

  it.each<[Short, string]>([
    [['mul', 2, ['pow', 'x', ['sub', 2, 1]]], '2·x'],
    [['mul', 3, ['pow', 'x', ['sub', 3, 1]]], '3·x²'],
    [['mul', 1, ['pow', 'x', ['sub', 1, 1]]], '1'],
    [['mul', -1, ['pow', 'x', ['sub', -1, 1]]], '−1·x⁻²'],
    [['mul', 0.5, ['pow', 'x', ['sub', 0.5, 1]]], '0.5·x^(−0.5)'],
    [['div', 'a', 1], 'a'],
    [['neg', ['neg', 'a']], 'a'],
    [['add', 0, 'a'], '0 + a'],
  ])('%j is tidied to %s', (short, text) => {
    expect(toText(tidy(e(short)))).toBe(text);
  });
});

describe('a recorded node', () => {
  const tape = new Tape();
  const w = tape.leaf(0.5, 'w');
  const x = tape.leaf(-2, 'x');
  const t = tape.leaf(0.123456, 't');
  const z = tape.apply('add', w.mul(x), 1).as('z');
  const o = z.tanh().as('o');
  const error = tape.apply('mul', new Constant(0.5, '1/2'), t.sub(o).pow(2)).as('E');
  const recording = tape.record(error);
  const text = ({ index }: Value, depth?: number) => toText(expressionOf(recording, index, depth));

  it('is the expression of its inputs, by name or opened', () => {
    expect(text(z)).toBe('w·x + 1');
    expect(text(error)).toBe('1/2·(t − o)²');
  });

  it('is opened only so far', () => {
    expect(text(error, 1)).toBe('1/2·…²');
    expect(text(error, 0)).toBe('1/2·…');
  });

  it('has three forms: symbols, names, numbers', () => {
    const forms = valueForms(recording, z.index);
    expect([forms.symbols, forms.names, forms.numbers].map((form) => toText(form))).toEqual([
      'a + b',
      'w·x + 1',
      '−1 + 1',
    ]);
  });

  it('has its local derivative in the same three forms', () => {
    const slope = (node: Value, slot: number) => {
      const forms = slopeForms(recording, node.index, slot);
      return [forms.symbols, forms.names, forms.numbers].map((form) => toText(form));
    };
    expect(slope(o, 0)).toEqual(['1 − y²', '1 − o²', '1 − 0²']);
    const [product, square] = [error.prev[0].index, error.prev[0].prev[0].index];
    expect(slopeForms(recording, product, 0)).toMatchObject({ names: { operation: 'mul' } });
    expect(toText(slopeForms(recording, product, 0).symbols)).toBe('n·a^(n − 1)');
    expect(toText(slopeForms(recording, product, 0).names)).toBe('2·(t − o)');
    expect(toText(slopeForms(recording, product, 0).numbers)).toBe('2·0.1235');
    expect(toText(slopeForms(recording, square, 1).names)).toBe('−1');
  });

  it('has a short title: its name, its number, or as much of its formula as there is room for', () => {
    expect(nodeTitle(recording, z.index)).toBe('z');
    const square = error.prev[0].index;
    expect(nodeTitle(recording, square)).toBe('(t − o)²');
    expect(nodeTitle(recording, square, 5)).toBe('…²');
    const wide = tape.applyAll(
      'sum',
      Array.from({ length: 30 }, () => w),
    );
    expect(nodeTitle(tape.record(wide), wide.index, 16)).toBe('sum(w, w, w, w,…');
    expect(nodeTitle(new Tape().leaf(-2.5).tape.record(), 0)).toBe('−2.5');
  });

  it('of a chain of 100,000 unnamed operations has a title, and a formula when asked for', () => {
    const long = new Tape();
    let chain = long.leaf(0.5, 'x');
    for (let depth = 0; depth < 100_000; depth++) chain = chain.sin();
    const whole = long.record(chain);
    expect(nodeTitle(whole, chain.index)).toBe('sin(sin(sin(sin(…))))');
    expect(toText(expressionOf(whole, chain.index, Infinity, Infinity)).length).toBe(5 * 100_000 + 1);
  });

  it('whose unnamed parts are shared has a formula of limited size', () => {
    const ladder = new Tape();
    let rung = ladder.leaf(1, 'x');
    for (let depth = 0; depth < 60; depth++) rung = rung.add(rung);
    const text = toText(expressionOf(ladder.record(rung), rung.index, Infinity));
    expect(text.length).toBeLessThan(4000);
    expect(text).toContain('…');
  });
});

describe('a node with many inputs', () => {
  const tape = new Tape();
  const many = Array.from({ length: 784 }, (_, index) => tape.leaf(index, `x${index}`));
  const sum = tape.applyAll('sum', many);
  const product = tape.applyAll('prod', many);
  const signs = tape.applyAll(
    'signedSum',
    many.flatMap((leaf, index) => [index % 2 === 0 ? 1 : -1, leaf]),
  );
  const dot = tape.applyAll('dot', many);
  const affine = tape.applyAll('affine', many.slice(0, 783));
  const recording = tape.record(tape.applyAll('sum', [sum, product, signs, dot, affine]).as('L'));

  it('shows the first few and the last', () => {
    expect(toText(valueForms(recording, sum.index).names)).toBe(
      'sum(x0, x1, x2, x3, x4, x5, x6, x7, x8, x9, x10, x11, …, x783)',
    );
    expect(toText(valueForms(recording, signs.index).names)).toBe('x0 − x1 + x2 − x3 + x4 − x5 + … − x783');
    expect(toText(valueForms(recording, dot.index).names)).toBe(
      'x0·x1 + x2·x3 + x4·x5 + x6·x7 + x8·x9 + x10·x11 + … + x782·x783',
    );
    expect(toText(valueForms(recording, affine.index).names)).toBe(
      'x0 + x1·x2 + x3·x4 + x5·x6 + x7·x8 + x9·x10 + … + x781·x782',
    );
    expect(nodeTitle(recording, affine.index, 40)).toBe('x0 + x1·x2 + x3·x4 + x5·x6 + x7·x8 + x9…');
    expect(toText(slopeForms(recording, product.index, 3).names)).toBe(
      'prod(x0, x1, x2, x4, x5, x6, x7, x8, x9, x10, x11, x12, …, x783)',
    );
  });

  it('is cut shorter inside the formula of another', () => {
    expect(toText(valueForms(recording, recording.output).names).length).toBeLessThan(350);
  });

  it('is whole when it is asked for', () => {
    const whole = toText(expressionOf(recording, sum.index, Infinity, Infinity));
    expect(whole.split(', ')).toHaveLength(784);
  });
});

describe('sums of products', () => {
  const tape = new Tape();
  const [a, b, c] = ['a', 'b', 'c'].map((name, k) => tape.leaf(k + 2, name));
  const forms = (made: Value): string[] => {
    const { symbols, names, numbers } = valueForms(tape.record(made), made.index);
    return [symbols, names, numbers].map((form) => toText(form));
  };

  it('are written as such', () => {
    expect(forms(tape.apply('affine', c, a, b, 0.5, -1))).toEqual([
      'b + w₁·x₁ + w₂·x₂',
      'c + a·b + 0.5·(−1)',
      '4 + 2·3 + 0.5·(−1)',
    ]);
    expect(forms(tape.apply('dot', a, b, c, a.add(b)))).toEqual([
      'a₁·b₁ + a₂·b₂',
      'a·b + c·(a + b)',
      '2·3 + 4·5',
    ]);
    expect(forms(tape.apply('dot', a, b))).toEqual(['a₁·b₁', 'a·b', '2·3']);
    expect(forms(tape.apply('affine', a))).toEqual(['b', 'a', '2']);
    const sums = [a, b, c].reduce((sum, x) => [sum[0].add(x.mul(c))], [a.mul(b)])[0];
    expect(toText(expressionOf(tape.record(sums), sums.index, 1))).toBe('… + c·c');
    const z = tape.apply('affine', c, a, b).as('z');
    expect(toText(slopeForms(tape.record(z), z.index, 1).symbols)).toBe('x₁');
    expect(
      toLatex(expressionOf(tape.record(tape.apply('mul', tape.apply('dot', a, b, b, c), c)), z.index + 2)),
    ).toBe('\\left(a \\cdot b + b \\cdot c\\right) \\cdot c');
  });
});

describe('sums of terms', () => {
  it('are written without parentheses', () => {
    expect(toText(sumOf(['a', 'b', 'c'].map(nameOf)))).toBe('a + b + c');
    expect(toText(sumOf([]))).toBe('0');
  });
});

describe('sums of products that are one operation', () => {
  const tape = new Tape();
  const [w, x, b] = ['w', 'x', 'b'].map((name, index) => tape.leaf(index + 1, name));
  const printed = (made: Value): string => {
    const recording = tape.record(made);
    return toText(expressionOf(recording, recording.output, 4, 12));
  };

  it('are written as what they are, with the parentheses of a sum', () => {
    const affine = tape.apply('affine', b, w, x, x.add(1), -2);
    expect(printed(affine)).toBe('b + w·x + (x + 1)·(−2)');
    expect(printed(affine.mul(2))).toBe('(b + w·x + (x + 1)·(−2))·2');
    expect(printed(tape.apply('affine', b).tanh())).toBe('tanh(b)');
    expect(printed(tape.apply('dot', w, x, x, x).pow(2))).toBe('(w·x + x·x)²');
    expect(printed(tape.apply('dot', -1, x).mul(3))).toBe('−1·x·3');
    expect(printed(w.sub(tape.apply('dot', -1, x)))).toBe('w − (−1)·x');
    expect(toLatex(expressionOf(tape.record(affine), affine.index))).toBe(
      'b + w \\cdot x + \\left(x + 1\\right) \\cdot \\left(-2\\right)',
    );
  });

  it('leave out whole products where they are long', () => {
    const many = Array.from({ length: 40 }, () => [w, x]).flat();
    const short = (made: Value): string => {
      const recording = tape.record(made);
      return toText(valueForms(recording, recording.output).names);
    };
    expect(short(tape.applyAll('dot', many))).toBe(`${'w·x + '.repeat(6)}… + w·x`);
    expect(short(tape.applyAll('affine', [b, ...many]))).toBe(`b + ${'w·x + '.repeat(5)}… + w·x`);
  });
});
