import { describe, expect, it } from 'vitest';
import { formula, graph, output, problem } from './notation.ts';

const defined = 'x = 2, y = 3, z = 5, a = 7, b = 11\n';

/** How a formula over x, y, z, a, b is read. */
const read = (text: string): string => formula(`${defined}r = ${text}`);

describe('precedence', () => {
  it.each([
    ['x + y * z', '(add x (mul y z))'],
    ['x - y - z', '(sub (sub x y) z)'],
    ['x - y + z', '(add (sub x y) z)'],
    ['x / y / z', '(div (div x y) z)'],
    ['x / y * z', '(mul (div x y) z)'],
    ['x^y^z', '(pow x (pow y z))'],
    ['x**y**z', '(pow x (pow y z))'],
    ['-x^2', '(neg (pow x 2))'],
    ['-x²', '(neg (pow x 2))'],
    ['(-x)^2', '(pow (neg x) 2)'],
    ['2^-1 * x', '(mul 2^-1 x)'],
    ['x^-y^z', '(pow x (neg (pow y z)))'],
    ['x^-y*z', '(mul (pow x (neg y)) z)'],
    ['-x * y', '(mul (neg x) y)'],
    ['x * -y + z', '(add (mul x (neg y)) z)'],
    ['- - x', '(neg (neg x))'],
    ['+x + +y', '(add x y)'],
    ['x + y > z - a', '(greater (add x y) (sub z a))'],
    ['x - -2', '(sub x -2)'],
    ['x^2^3', '(pow x 2^3)'],
    ['(x + y) * (z - a)', '(mul (add x y) (sub z a))'],
    ['((x))', 'x'],
  ])('%s is %s', (text, expected) => {
    expect(read(text)).toBe(expected);
  });
});

describe('products without a sign', () => {
  it.each([
    ['2x', '(mul 2 x)'],
    ['x y', '(mul x y)'],
    ['2 x y', '(mul (mul 2 x) y)'],
    ['3/2 x²', '(mul 3/2 (pow x 2))'],
    ['1/2 x^2 + 1/2 y^2', '(add (mul 1/2 (pow x 2)) (mul 1/2 (pow y 2)))'],
    ['2(x + 1)', '(mul 2 (add x 1))'],
    ['(x + y)z', '(mul (add x y) z)'],
    ['(x + y)(y + z)', '(mul (add x y) (add y z))'],
    ['x(y + z)', '(mul x (add y z))'],
    ['-2x', '(mul -2 x)'],
    ['x^2y', '(mul (pow x 2) y)'],
    ['x²y³', '(mul (pow x 2) (pow y 3))'],
    ['½(x - y)²', '(mul ½ (pow (sub x y) 2))'],
    ['2|x|', '(mul 2 (abs x))'],
    ['2√x', '(mul 2 (sqrt x))'],
    ['2sin(x)cos(y)', '(mul (mul 2 (sin x)) (cos y))'],
    ['x / y z', '(mul (div x y) z)'],
    ['2π x', '(mul 2π x)'],
  ])('%s is %s', (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  it.each(['1/2x', '-1/2x', '1/x(y + 1)', 'x/y²z', 'x / 2y', '(x + y)/(z + a)b', '1/2√x', '1/2|x|'])(
    'without a space after a division is refused: %s',
    (text) => {
      expect(problem(`${defined}r = ${text}`)).toMatch(/ambiguous-division$/);
    },
  );

  it('needs no digits behind a factor', () => {
    expect(problem('x = 2\ny = x 3')).toBe('y = x ‸⟨3⟩  missing-operator');
    expect(problem('y = 2 3')).toBe('y = 2 ‸⟨3⟩  missing-operator');
  });
});

describe('Unicode', () => {
  it.each([
    ['x · y × z ⋅ a', '(mul (mul (mul x y) z) a)'],
    ['x ÷ y', '(div x y)'],
    ['x − y', '(sub x y)'],
    ['x – y', '(sub x y)'],
    ['x — y', '(sub x y)'],
    ['x ‐ y ‑ z', '(sub (sub x y) z)'],
    ['x³', '(pow x 3)'],
    ['x¹⁰', '(pow x 10)'],
    ['x⁻¹', '(pow x -1)'],
    ['xʸ', '(pow x y)'],
    ['√x', '(sqrt x)'],
    ['√(5x)', '(sqrt (mul 5 x))'],
    ['√x/2', '(div (sqrt x) 2)'],
    ['σ(x)', '(sigmoid x)'],
    ['x ≤ y', '(lessEqual x y)'],
    ['x ≥ y', '(greaterEqual x y)'],
    ['x ≠ y', '(notEqual x y)'],
    ['x \\cdot y \\times z', '(mul (mul x y) z)'],
    ['1e−3 x', '(mul 0.001 x)'],
    ['x\u00a0+\u2009y\u200b', '(add x y)'],
  ])('%s is %s', (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  it('accepts names in any script, and mathematical letters as plain ones', () => {
    expect(graph('𝑥 = 2, ŷ = x')).toBe('x=2');
    expect(graph('größe = 2, ψ = größe^2')).toBe('größe=2, ψ=(pow größe 2)=4');
  });
});

describe('bars', () => {
  it.each([
    ['|x|', '(abs x)'],
    ['|x - |y||', '(abs (sub x (abs y)))'],
    ['||x| - y|', '(abs (sub (abs x) y))'],
    ['|x| + |y|', '(add (abs x) (abs y))'],
    ['|x||y|', '(mul (abs x) (abs y))'],
    ['|x|^2', '(pow (abs x) 2)'],
  ])('%s is %s', (text, expected) => {
    expect(read(text)).toBe(expected);
  });
});

describe('functions', () => {
  it.each([
    ['ln(x)', '(log x)'],
    ['log₂(x)', '(log2 x)'],
    ['log_2(x) + log_{10}(y)', '(add (log2 x) (log10 y))'],
    ['pow(x, 3)', '(pow x 3)'],
    ['sqrt(x)', '(sqrt x)'],
    ['abs(x)', '(abs x)'],
    ['ReLU(x)', '(relu x)'],
    ['leakyRelu(x)', '(leakyRelu x 0.01)'],
    ['leakyRelu(x, 0.2)', '(leakyRelu x 0.2)'],
    ['atan2(x, y)', '(atan2 x y)'],
    ['clamp(x, 0, 1)', '(clamp x 0 1)'],
    ['max(x, y, 3)', '(max x y 3)'],
    ['sum(x, y, z)', '(sum x y z)'],
    ['mean([x, y])', '(mean x y)'],
    ['dot([x, y], [z, 2])', '(dot x z y 2)'],
    ['affine([x, y], [z, 2], 3)', '(affine 3 x z y 2)'],
    ['softmax(x, y, z)[1]', '(softmax y x z)'],
    ['logsumexp(x, y)', '(logsumexp x y)'],
    ['step(x)', '(step x)'],
    ['xlogx(x)', '(xlogx x)'],
    ['round (x)', '(round x)'],
  ])('%s is %s', (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  it('give way to a defined name, except directly before a parenthesis', () => {
    expect(graph('exp = 2, x = 3, y = exp(x) + exp (x) + exp')).toBe(
      'exp=2, x=3, y=(add (add (exp x) (mul exp x)) exp)=28.0855',
    );
    expect(graph('s = 1, w2 = 3, dot = s + w2, neg = -1*dot')).toBe(
      's=1, w2=3, dot=(add s w2)=4, neg=(mul -1 dot)=-4',
    );
  });
});

describe('π', () => {
  it('is a factor of what follows it directly', () => {
    expect(formula('r = 1\nA = πr²')).toBe('(mul π (pow r 2))');
    expect(formula('x₁ = 1\nf = cos(2πx₁)')).toBe('(cos (mul 2π x₁))');
    expect(formula('πr = 1\nA = 2πr')).toBe('(mul 2 πr)');
    expect(formula('π = 3, r = 1\nA = πr')).toBe('(mul π r)');
    expect(problem('A = πr')).toBe('A = ‸⟨πr⟩  undefined-name');
  });
});

describe("Euler's number", () => {
  it('is e, unless e is defined', () => {
    expect(formula('x = 1\ny = 2 e x')).toBe('(mul 2 e x)');
    expect(formula('e = 3\ny = 2e')).toBe('(mul 2 e)');
  });

  it('to a power is exp', () => {
    expect(read('e^x')).toBe('(exp x)');
    expect(read('e^(-x)')).toBe('(exp (neg x))');
    expect(read('e^{-x}')).toBe('(exp (neg x))');
    expect(read('e^-x/2')).toBe('(div (exp (neg x)) 2)');
    expect(read('e**x')).toBe('(exp x)');
  });

  it('is meant by e^ even where e is defined, and that is said', () => {
    expect(problem('e = 3\ny = e^2 + e')).toBe('y = ‸⟨e⟩^2 + e  notice euler');
    expect(output('e = 3\ny = e^2 + 0e')).toBe('y=7.38906');
    expect(formula('e = 3\nf = e**2')).toBe('(pow e 2)');
    expect(formula('e = 3\nf = (e)^2')).toBe('(pow e 2)');
  });
});

describe('where', () => {
  it('records both branches', () => {
    expect(read('where(x > 0, log(x), x*2)')).toBe('(where (greater x 0) (log x) (mul x 2))');
  });

  it('inside where', () => {
    expect(read('where(x > 0, where(y > 9, z, a), b)')).toBe(
      '(where (greater x 0) (where (greater y 9) z a) b)',
    );
  });
});

describe('literals', () => {
  it('in a formula are constants, folded with their writing', () => {
    expect(read('1/2*x')).toBe('(mul 1/2 x)');
    expect(read('(1/2 + 1/3)x')).toBe('(mul 1/2 + 1/3 x)');
    expect(read('x^(1/2)')).toBe('(pow x 1/2)');
    expect(read('sqrt(2)x')).toBe('(mul sqrt(2) x)');
    expect(read('x + 10.0/2')).toBe('(add x 10.0/2)');
    expect(read('x/2*3')).toBe('(mul (div x 2) 3)');
  });

  it.each([
    ['2', 2],
    ['-3', -3],
    ['−3', -3],
    ['3/2', 1.5],
    ['sqrt(4)', 2],
    ['.5', 0.5],
    ['5.', 5],
    ['5e-3', 0.005],
    ['1E3', 1000],
    ['½', 0.5],
    ['max(1, 2) + 3', 5],
    ['[4, 5][1]', 5],
  ])('alone make one leaf: %s', (text, value) => {
    expect(graph(`x = ${text}`)).toBe(`x=${value}`);
  });
});
