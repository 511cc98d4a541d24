import { describe, expect, it } from 'vitest';
import { compiled, formula, graph, output, problem } from './notation.ts';

describe('vectors and matrices', () => {
  it('of literals make a leaf for each element', () => {
    expect(graph('v = [1, -2]\noutput v[0]')).toBe('v[0]=1, v[1]=-2');
    expect(graph('W = [[1, 2], [3, 4]]\noutput W[1][0]')).toBe('W[0][0]=1, W[0][1]=2, W[1][0]=3, W[1][1]=4');
  });

  it('multiply as matrices do, in sums of products', () => {
    const W = 'W = [[1, 2], [3, 4]], a = [5, 6], b = [7, 8]\n';
    expect(graph(`${W}z = W a + b\noutput z[0]`)).toContain(
      'z[0]=(add (add (mul W[0][0] a[0]) (mul W[0][1] a[1])) b[0])=24, z[1]=(add (add (mul W[1][0] a[0]) (mul W[1][1] a[1])) b[1])=47',
    );
    expect(output(`${W}z = W*a\noutput z[1]`)).toBe('z[1]=39');
    expect(output(`${W}z = a*W\noutput z[1]`)).toBe('z[1]=34');
    expect(output(`${W}P = W W\noutput P[1][0]`)).toBe('P[1][0]=15');
    expect(output(`${W}P = W ⊙ W\noutput P[1][0]`)).toBe('P[1][0]=9');
  });

  it('combine element by element, a number with each', () => {
    expect(formula('v = [1, 2], w = [3, 4]\ny = sum((v - w)^2)')).toBe(
      '(sum (pow (sub v[0] w[0]) 2) (pow (sub v[1] w[1]) 2))',
    );
    expect(formula('v = [1, 2]\ny = sum(σ(-2v + 1)/2)')).toBe(
      '(sum (div (sigmoid (add (mul -2 v[0]) 1)) 2) (div (sigmoid (add (mul -2 v[1]) 1)) 2))',
    );
    expect(formula('v = [1, 2], x = 3\ny = sum(max([x, 1]) v)')).toBe(
      '(sum (mul (max x 1) v[0]) (mul (max x 1) v[1]))',
    );
  });

  it('give their elements by index', () => {
    expect(formula('v = [1, 2]\ny = v[0] v[1]')).toBe('(mul v[0] v[1])');
    expect(formula('W = [[1, 2], [3, 4]]\ny = W[1, 0] + W[0][1]')).toBe('(add W[1][0] W[0][1])');
    expect(formula('W = [[1, 2], [3, 4]]\ny = sum(W[1])')).toBe('(sum W[1][0] W[1][1])');
    expect(formula('v = [1, 2]\ny = (v + 1)[1]')).toBe('(add v[1] 1)');
  });

  it('keep the names of what they are made of', () => {
    expect(graph('a = 1, b = 2\nv = [a, a*b]\ny = v[0] + v[1]')).toBe(
      'a=1, b=2, v[1]=(mul a b)=2, y=(add a v[1])=3',
    );
  });

  it('may be reassigned', () => {
    expect(graph('v = [1, 2]\nv += 1\ny = sum(v) + v@1[0]')).toBe(
      'v@1[0]=1, v@1[1]=2, v[0]=(add v@1[0] 1)=2, v[1]=(add v@1[1] 1)=3, y=(add (sum v[0] v[1]) v@1[0])=6',
    );
  });

  it('go through where with one condition', () => {
    expect(formula('v = [1, 2], x = 3\ny = sum(where(x > 0, v, 0))')).toBe(
      '(sum (where (greater x 0) v[0] 0) (where (greater x 0) v[1] 0))',
    );
  });

  it('go through softmax as shares that add up to 1', () => {
    expect(output('v = [1, 2, 3]\ny = sum(softmax(v))')).toBe('y=1');
    expect(graph('v = [1, 2, 2]\ny = softmax(v)[2]')).toBe(
      'v[0]=1, v[1]=2, v[2]=2, y=(softmax v[2] v[0] v[1])=0.422319',
    );
    expect(compiled('v = [1, 2, 2]\ny = softmax(v)[2]').recording.count).toBe(4);
  });
});

describe('shapes that do not fit', () => {
  const defined = 'W = [[1, 2], [3, 4]], v = [1, 2], u = [1, 2, 3], x = 1\n';
  it.each([
    ['v + u', 'shapes-differ'],
    ['W - v', 'shapes-differ'],
    ['W u', 'product-shapes'],
    ['u W', 'product-shapes'],
    ['v u', 'shapes-differ'],
    ['v v', 'vector-product'],
    ['W^2', 'matrix-power'],
    ['|v|', 'bars-of-vector'],
    ['where(v > 1, 1, 2)', 'condition-shape'],
    ['max(v, 0)', 'mixed-arguments'],
    ['softmax(W)', 'argument-shape'],
    ['dot(v, x)', 'argument-shape'],
    ['affine(v, v, v)', 'argument-shape'],
    ['dot(v, u)', 'shapes-differ'],
    ['[v, x]', 'list-shapes'],
    ['[W]', 'list-too-deep'],
    ['x[0]', 'no-elements'],
    ['v[2]', 'index-range'],
    ['v[0][0][0][0]', 'no-elements'],
    ['v[-1]', 'bad-index'],
    ['v[x]', 'bad-index'],
    ['v', 'output-shape'],
  ])('%s: %s', (text, code) => {
    expect(problem(`${defined}y = ${text}`)).toMatch(new RegExp(`${code}$`));
  });
});
