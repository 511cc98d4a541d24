import { canonicalName, compile, nearest } from '@backflow/language';
import { describe, expect, it } from 'vitest';
import { compiled, formula, graph, output, problem, problems } from './notation.ts';

describe('the key of a name', () => {
  it.each([
    ['w1', 'w1'],
    ['w_11', 'w_11'],
    ['w_{11}', 'w_11'],
    ['w₁₁', 'w_11'],
    ['z₁', 'z_1'],
    ['w_{jk}^{(L)}', 'w_jk^{(L)}'],
    ['w^{(L)}_{jk}', 'w_jk^{(L)}'],
    ['w^(L)_jk', 'w_jk^{(L)}'],
    ['w⁽ᴸ⁾ⱼₖ', 'w_jk^{(L)}'],
    ['w_{11}^3', 'w_11^{(3)}'],
    ['ω^3_{11}', 'ω_11^{(3)}'],
    ['w₁₁³', 'w_11^{(3)}'],
    ['w³₁₁', 'w_11^{(3)}'],
    ['w^2', 'w^{(2)}'],
    ['w^{2}', 'w^{(2)}'],
    ['w²', 'w^{(2)}'],
    ['W^{[1]}', 'W^{[1]}'],
    ['a^{[1](i)}', 'a^{[1](i)}'],
    ['O_21', 'O_21'],
    ['a0', 'a0'],
    ['δ', 'δ'],
    ['E_total', 'E_total'],
    ['E_{total}', 'E_total'],
    ['x_{n-1}', 'x_{n-1}'],
    ['xₙ₋₁', 'x_{n-1}'],
    ['x_{n−1}', 'x_{n-1}'],
    ['a^{L-1}', 'a^{(L-1)}'],
    ['a^{(L−1)}', 'a^{(L-1)}'],
    ['w^l_{jk}', 'w_jk^{(l)}'],
    ['w^{l}_{jk}', 'w_jk^{(l)}'],
    ['a^{l−1}_j', 'a_j^{(l-1)}'],
    ['w_{1,2}', 'w_{1,2}'],
    ["x'", "x'"],
    ['x′', "x'"],
    ["x_1'", "x'_1"],
    ["x'_1", "x'_1"],
    ['__proto__', '__proto__'],
    ['_x', '_x'],
    ['x_', 'x_'],
    ['c@1', 'c@1'],
    ['c₍₁₎', 'c@1'],
    ['W[0][1]', 'W[0][1]'],
    ['W@2[0]', 'W@2[0]'],
    ['ϵ', 'ε'],
    ['𝐖', 'W'],
    [' x ', 'x'],
  ])('%s is %s', (spelling, key) => {
    expect(canonicalName(spelling)).toBe(key);
  });

  it.each(['', '1', '1x', 'x y', 'x+1', 'w_{1', 'x^', 'x^-1', 'c@', 'W[0', 'W[a]', '(x)', 'x^{(1)}^2'])(
    '%s is not a name',
    (text) => {
      expect(canonicalName(text)).toBeNull();
    },
  );
});

describe('names in a program', () => {
  it('are shown as their definition spells them', () => {
    expect(graph('w_{11}^{(2)} = 2, z₁ = 3\ny = w^{(2)}_{11} z_1')).toBe(
      'w_{11}^{(2)}=2, z₁=3, y=(mul w_{11}^{(2)} z₁)=6',
    );
  });

  it('keep the characters of their definition, but not its blanks', () => {
    expect(graph('w⁽²⁾₁₁ = 2')).toBe('w⁽²⁾₁₁=2');
    expect(graph('a^(2) = 2\ny = a^{(2)}')).toBe('a^(2)=2');
    expect(graph('σ² = 2\ny = 1/σ²')).toBe('σ²=2, y=(div 1 σ²)=0.5');
    expect(graph('w_{1, 2} = 2')).toBe('w_{1,2}=2');
    expect(graph('h_{t−1} = 2')).toBe('h_{t−1}=2');
    // A hat of its own stays one, and means the same as the composed letter.
    expect(graph('y\u0302 = 1\nL = (ŷ − 2)²')).toBe('y\u0302=1, L=(pow (sub y\u0302 2) 2)=1');
  });

  it('with a true minus in an index or a layer are those with a hyphen', () => {
    expect(formula('h_{t-1} = 2\ny = 3h_{t−1}')).toBe('(mul 3 h_{t-1})');
    expect(formula('a_0^{(L−1)} = 2\ny = 3a_0^{(L-1)}')).toBe('(mul 3 a_0^{(L−1)})');
    expect(formula('a^{(L-1)} = 2\ny = 3a^(L−1)')).toBe('(mul 3 a^{(L-1)})');
  });

  it('with a letter as a bare layer are names where they are defined', () => {
    expect(formula('w^l_{jk} = 2\ny = 3w^l_{jk}')).toBe('(mul 3 w^l_{jk})');
    expect(formula('w^l_{jk} = 2\ny = 3w_{jk}^{(l)}')).toBe('(mul 3 w^l_{jk})');
    expect(formula('a^{L-1} = 2\ny = 3a^{L-1} + a^{(L-1)}')).toBe('(add (mul 3 a^{L-1}) a^{L-1})');
    expect(formula('a^{l-1}_j = 2, a^l_j = 3\ny = a_j^l a_j^{l−1}')).toBe('(mul a^l_j a^{l-1}_j)');
    expect(formula('a = 3, L_j = 2\ny = a^L_j')).toBe('(pow a L_j)');
    expect(formula('a = 3, L = 2\ny = a^{L-1}')).toBe('(pow a (sub L 1))');
    expect(problem('a = 3, L_j = 2, a^L_j = 5\ny = 2a^L_j')).toBe('y = 2‸⟨a^L_j⟩  notice layer-or-power');
  });

  it('with a layer in parentheses are always names', () => {
    expect(problem('w = 3\ny = w^{(2)}')).toBe('y = ‸⟨w^{(2)}⟩  undefined-name');
  });

  it('with a bare superscript are powers, unless that name is defined', () => {
    expect(formula('w = 3\ny = w^2')).toBe('(pow w 2)');
    expect(formula('w_1 = 3\ny = w_1^2')).toBe('(pow w_1 2)');
    expect(formula('a^1 = 3\na^2 = 2a^1\ny = a² + a^{(1)}')).toBe('(add a^2 a^1)');
    expect(formula('a^L = 3\ny = 2a^L')).toBe('(mul 2 a^L)');
    expect(formula('a = 3, n = 2\ny = a^n')).toBe('(pow a n)');
  });

  it('with an index and a bare superscript have a layer', () => {
    expect(formula('w_{11}^3 = 2\ny = 2ω^3_{11}', { values: new Map([['ω_{11}^3', 5]]) })).toBe(
      '(mul 2 ω_{11}^3)',
    );
    expect(problem('y = w_{11}^3')).toBe('y = ‸⟨w_{11}^3⟩  undefined-name');
  });

  it('that could be a name or a power are taken as the name, and that is said', () => {
    expect(problem('w = 3, w^2 = 5\ny = 2w^2')).toBe('y = 2‸⟨w^2⟩  notice layer-or-power');
    expect(output('w = 3, w^2 = 5\ny = 2w^2')).toBe('y=10');
    expect(output('w = 3, w^2 = 5\ny = 2(w)^2')).toBe('y=18');
  });

  it('joined with digits are a product if only their parts are defined', () => {
    expect(formula('w1 = 2, x1 = 3\ny = w1x1')).toBe('(mul w1 x1)');
    expect(formula('w_1 = 2, x_1 = 3\ny = w_1x_1^2')).toBe('(mul w_1 (pow x_1 2))');
    expect(formula('w1 = 2, x1 = 3, w1x1 = w1*x1\ny = 2w1x1')).toBe('(mul 2 w1x1)');
    expect(formula('w1 = 2, z = 3\ny = w1sin(z)')).toBe('(mul w1 (sin z))');
    expect(problem('w1 = 2, x1 = 3\ny = 1/w1x1')).toBe('y = ‸⟨1/w1x1⟩  ambiguous-division');
    expect(problem('w1 = 2\ny = w1x1')).toBe('y = ‸⟨w1x1⟩  undefined-name');
  });

  it('joined with marks are one name if that is defined', () => {
    expect(graph('w₁ = 2, x₁ = 3\nw₁x₁ = w₁ x₁\ny = w₁x₁ + 1')).toBe(
      'w₁=2, x₁=3, w₁x₁=(mul w₁ x₁)=6, y=(add w₁x₁ 1)=7',
    );
    expect(formula('w_{11} = 2, x_{1} = 3\ny = w_{11}x_{1}')).toBe('(mul w_{11} x_{1})');
  });

  it('joined without digits are an error that suggests the product', () => {
    expect(problem('w = 2, x = 3\ny = wx')).toBe('y = ‸⟨wx⟩  joined-names');
    expect(problem('x = 3\ny = sinx')).toBe('y = ‸⟨sinx⟩  needs-parentheses');
  });

  it('find the only one that looks like them', () => {
    expect(formula('w5 = 2\ny = 3w₅')).toBe('(mul 3 w5)');
    expect(formula('z_1 = 2\ny = 3z1')).toBe('(mul 3 z_1)');
    expect(formula('W^{[1]} = 2\ny = 3 W^{(1)}')).toBe('(mul 3 W^{[1]})');
  });

  it('that look alike and are both defined are noticed', () => {
    expect(problem('z1 = 1, z_1 = 2\ny = z1 + z_1')).toBe('z1 = 1, ‸⟨z_1⟩ = 2  notice look-alike');
    expect(output('z1 = 1, z_1 = 2\ny = z1 + 10z_1')).toBe('y=21');
  });

  it('of elements may be defined one by one', () => {
    expect(graph('W[0][1] = 2, x[0] = 3\ny = W[0][1] x[0]')).toBe(
      'W[0][1]=2, x[0]=3, y=(mul W[0][1] x[0])=6',
    );
  });

  it('e and pi give way to definitions wherever those stand', () => {
    expect(problems('y = 2e\ne = 3\nz = e*y')).toEqual(['y = 2‸⟨e⟩  used-before']);
    expect(output('pi = 3\ny = 2pi')).toBe('y=6');
    expect(output('y = 2π')).toBe('y=6.28319');
  });
});

describe('values from outside', () => {
  const values = (given: Readonly<Record<string, number>>) => ({ values: new Map(Object.entries(given)) });

  it('define the names that the text leaves open', () => {
    expect(graph('L = (a*b + c)*f', values({ a: 2, b: -3, c: 10, f: -2 }))).toBe(
      'a=2, b=-3, c=10, f=-2, L=(mul (add (mul a b) c) f)=-8',
    );
    expect(graph('c += 1', values({ c: 3 }))).toBe('c@1=3, c=(add c@1 1)=4');
    expect(graph('x = x + 1', values({ x: 3 }))).toBe('x@1=3, x=(add x@1 1)=4');
    expect(graph('y = 2 W[0][1]', values({ 'W[0][1]': 3 }))).toBe('W[0][1]=3, y=(mul 2 W[0][1])=6');
  });

  it('replace leaves, under any spelling', () => {
    expect(output('x = 1, y = 2x', values({ x: 5 }))).toBe('y=10');
    expect(output('z₁ = 1, y = 2z₁', values({ z_1: 5 }))).toBe('y=10');
    expect(output('w1 = 1, y = 2w1', values({ 'w₁': 5 }))).toBe('y=10');
    expect(output('W = [[1, 2]], y = sum(W)', values({ 'W[0][1]': 5 }))).toBe('y=6');
    expect(output('c = 1\nc += 1', values({ 'c@1': 5 }))).toBe('c=6');
    expect(output('y = 2e', values({ e: 5 }))).toBe('y=10');
  });

  it('that nothing uses are noticed', () => {
    expect(problem('x = 1', values({ q: 5 }))).toMatch(/notice unused-value$/);
    expect(problem('x = 1', values({ 'not a name': 5 }))).toMatch(/notice unused-value$/);
    expect(problem('x = 1', values({ 'x@7': 5 }))).toMatch(/notice unused-value$/);
  });

  it('for something computed or a whole vector are refused', () => {
    expect(problem('x = 1, y = 2x', values({ y: 5 }))).toBe('x = 1, ‸⟨y⟩ = 2x  value-of-computed');
    expect(problem('c = 1\nc += 1', values({ c: 5 }))).toBe('‸⟨c⟩ = 1  value-of-computed');
    const [computed] = compile('c = 1\nc += 1', values({ c: 5 })).diagnostics;
    expect(computed.suggestion?.replacement).toBe('c@1');
    expect(problem('v = [1, 2], y = sum(v)', values({ v: 5 }))).toBe(
      '‸⟨v⟩ = [1, 2], y = sum(v)  value-of-shape',
    );
    expect(problem('v = [1, 2], y = sum(v)', values({ 'v[2]': 5 }))).toBe(
      '‸⟨v⟩ = [1, 2], y = sum(v)  index-range',
    );
  });

  it('have no place in the text', () => {
    const { spans } = compiled('y = 2x', values({ x: 3 })).recording;
    expect(spans!.slice(0, 2)).toEqual(Int32Array.of(-1, -1));
  });
});

describe('did you mean', () => {
  it.each([
    ['sigmod', 'sigmoid'],
    ['SIGMOID', 'sigmoid'],
    ['leakyrelu', 'leaky_relu'],
    ['tahn', 'tanh'],
    ['sqr', 'sqrt'],
    ['xyz', null],
    ['q', null],
  ])('%s: %s', (word, expected) => {
    expect(nearest(word, ['sigmoid', 'leaky_relu', 'tanh', 'sqrt', 'x'])).toBe(expected);
  });
});
