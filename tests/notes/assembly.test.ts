import { describe, expect, it } from 'vitest';
import { assembled } from './assembled.ts';

describe('definitions of a page', () => {
  it('are recorded whatever their order', () => {
    const page = assembled('L = (z - t)^2\nz = w*x + b\nw = 2, x = 3, b = 1, t = 5');
    expect(page.value('z')).toBe(7);
    expect(page.value('L')).toBe(4);
    expect(page.slope('L', 'w')).toBe(12);
    expect(page.definition('z')).toBe('w*x + b');
    expect(page.definition('w')).toBe('2');
    expect(page.free).toEqual([]);
  });

  it('take leaves from the calculation that follows the formula', () => {
    const page = assembled('z^{(L)}=w^{(L)}a^{(L-1)}+b^{(L)}=1.5·0.6-0.4=0.5');
    expect(page.value('w^{(L)}')).toBe(1.5);
    expect(page.value('a^{(L-1)}')).toBe(0.6);
    expect(page.value('b^{(L)}')).toBe(-0.4);
    expect(page.assembly.fromAlignment.get(page.node('b^{(L)}'))).toEqual({ chain: 0, member: 1 });
    expect(page.definition('z^{(L)}')).toBe('w^{(L)}a^{(L-1)}+b^{(L)}');
  });

  it('take leaves from a calculation in another line about the same', () => {
    const page = assembled('net_h1 = w1*i1 + w2*i2 + b1*1\nnet_h1 = 0.15*0.05 + 0.2*0.1 + 0.35*1 = 0.3775');
    expect(page.value('i2')).toBe(0.1);
    expect(page.value('net_h1')).toBeCloseTo(0.3775, 12);
  });

  it('prefer a number of its own to one from a calculation', () => {
    const page = assembled('w = 2\nz = w x = 3·4');
    expect(page.value('w')).toBe(2);
    expect(page.value('x')).toBe(4);
  });

  it('leave updates, derivatives and circles alone', () => {
    const page = assembled(
      'z = w*x\nw = 2, x = 3\nw = w - 0.1*dw\nw_new = w - 0.1*5\ndz = 2(z-t)\nL = (z - t)^2\nu = v + 1\nv = u - 1',
    );
    expect(page.value('w')).toBe(2);
    expect(page.assembly.names.has('dz')).toBe(false);
    expect(page.assembly.names.has('w_new')).toBe(false);
    expect(page.operation('u')).toBe('add');
    expect(page.operation('v')).toBe('leaf');
  });

  it('count the first formula; a number before it is a claim', () => {
    const page = assembled('y = 10\ny = x * 2\ny = x * 3\nx = 5');
    expect(page.value('y')).toBe(10);
    expect(page.operation('y')).toBe('mul');
    expect(page.definition('y')).toBe('x * 2');
  });

  it('may be functions with arguments', () => {
    const page = assembled('C(x, y) = \\frac{3}{2}x^2 + \\frac{1}{2}y^2\nx = 1, y = 1');
    expect(page.value('C')).toBe(2);
    expect(page.slope('C', 'x')).toBe(3);
    expect(page.slope('C', 'y')).toBe(1);
    expect(page.assembly.functions.get('C')?.parameters).toEqual(['x', 'y']);
  });

  it('hold vectors and matrices, number by number', () => {
    const page = assembled(
      'x = (1, 2)\nW = [[0.1, 0.2], [0.3, 0.4], [0.5, -0.5]]\nb = (0.1, 0.1, 0.1)\nh = tanh(W x + b)\ny = \\sum_j v_j h_j',
    );
    expect(page.value('h_1')).toBeCloseTo(Math.tanh(0.6), 15);
    expect(page.value('h_3')).toBeCloseTo(Math.tanh(-0.4), 15);
    expect(page.node('W_{12}')).toBe(page.node('W[0][1]'));
    expect(page.node('x1')).toBe(page.node('x_1'));
    expect(page.slope('y', 'v_2')).toBe(page.value('h_2'));
    expect(page.assembly.slopes.concat([...page.assembly.free.values()]).toSorted((a, b) => a - b)).toEqual(
      ['v_1', 'v_2', 'v_3'].map((name) => page.node(name)),
    );
  });

  it('that do not fit in shape define nothing', () => {
    const page = assembled('x = (1, 2)\nW = [[1, 2, 3], [4, 5, 6]]\nz = W x');
    expect(page.operation('z')).toBe('leaf');
    expect(page.free).toEqual(['z']);
  });

  it('of a chain of thousands of names are recorded without running out of stack', () => {
    const lines = Array.from({ length: 4000 }, (_, index) => `q${4000 - index} = q${3999 - index} + 1`);
    const page = assembled([...lines, 'q0 = 1'].join('\n'));
    expect(page.value('q4000')).toBe(4001);
  });
});

describe('activations by the names they have', () => {
  it('belong to the weighted sum with the same marks where the page differentiates it', () => {
    const page = assembled(
      "z^{(L)}=w^{(L)}a^{(L-1)}+b^{(L)}=1.5·0.6-0.4=0.5\na^{(L)}≈0.62, y=1, C_0=(a^{(L)}-y)^2\n∂C_0/∂w^{(L)} = a^{(L-1)}σ'(z^{(L)})2(a^{(L)}-y)",
    );
    expect(page.operation('a^{(L)}')).toBe('sigmoid');
    expect(page.operation('a^{(L-1)}')).toBe('leaf');
    expect(page.value('a^{(L)}')).toBeCloseTo(0.6224593312018546, 14);
    expect(page.slope('C_0', 'w^{(L)}')).toBeCloseTo(-0.106468, 5);
    expect(page.assembly.remarks).toContainEqual({
      code: 'activation-by-name',
      data: { name: 'a^{(L)}', function: 'sigmoid', of: 'z^{(L)}' },
      node: page.node('a^{(L)}'),
    });
    expect(page.assembly.output).toBe(page.node('C_0'));
  });

  it('follow from the slope that is stated', () => {
    expect(assembled('z = w x\n∂a/∂z = a(1-a)').operation('a')).toBe('sigmoid');
    expect(assembled('z = w x\n∂a/∂z = 1 - a^2').operation('a')).toBe('tanh');
    expect(assembled('∂b/∂a = σ(a)(1 - σ(a))').operation('b')).toBe('sigmoid');
  });

  it('follow from a declaration', () => {
    const page = assembled('net_h1 = w1 i1\nE = (out_h1 - t)^2', [{ kind: 'activation', operation: 'tanh' }]);
    expect(page.operation('out_h1')).toBe('tanh');
  });

  it('have a stand-in where they are only called f', () => {
    const page = assembled('o = f(w x + b)\nL = (y - o)^2');
    expect(page.operation('o')).toBe('sigmoid');
    expect(assembled('o = f(w x + b)\n∂L/∂f = 2(f - y)').operation('o')).toBe('leaf');
  });

  it('are not guessed', () => {
    expect(assembled('z = w x\nL = (a - y)^2').operation('a')).toBe('leaf');
  });
});

describe('index letters', () => {
  const layer = `z_j^{(L)} = \\sum_k w_{jk}^{(L)} a_k^{(L-1)} + b_j^{(L)}
a_j^{(L)} = \\sigma(z_j^{(L)})
C_0 = \\sum_j (a_j^{(L)} - y_j)^2`;

  it('stand for elements, and sums run over all of them', () => {
    const page = assembled(layer);
    const { recording, assembly } = page;
    expect(page.operation('C_0')).toBe('sum');
    const j = assembly.indices.representative.get('j')!;
    const k = assembly.indices.representative.get('k')!;
    expect(j).not.toBe(k);
    expect(page.node('w_{jk}^{(L)}')).toBe(page.node(`w_{${j}${k}}^{(L)}`));
    let slope = 0;
    for (const element of [1, 2, 3]) {
      const [w, z, a, y] = [`w_{${element}${k}}`, `z_${element}`, `a_${element}`, `y_${element}`];
      const s = recording.value[page.node(`${z}^{(L)}`)];
      const sigmoid = 1 / (1 + Math.exp(-s));
      slope +=
        page.value(`${w}^{(L)}`) * sigmoid * (1 - sigmoid) * 2 * (page.value(`${a}^{(L)}`) - page.value(y));
    }
    expect(page.slope('C_0', 'a_k^{(L-1)}')).toBeCloseTo(slope, 13);
  });

  it('have the elements that the page writes', () => {
    const page = assembled(
      'z_j^{(L)} = w_{j0}^{(L)} a_0^{(L-1)} + w_{j1}^{(L)} a_1^{(L-1)} + w_{j2}^{(L)} a_2^{(L-1)} + b_j^{(L)}\na_j^{(L)} = \\sigma(z_j^{(L)})\nC_0 = \\sum_{j=0}^{n_L-1} (a_j^{(L)} - y_j)^2',
    );
    expect(page.assembly.indices.sizes.get('n_L')).toBe(3);
    expect(page.value('n_L')).toBe(3);
    expect(page.slope('C_0', 'w_{20}^{(L)}')).not.toBe(0);
    expect(page.node('b_j^{(L)}')).toBe(page.node('b_0^{(L)}'));
  });

  it('run as far as the page says', () => {
    const page = assembled('S = \\sum_{i=1}^{4} x_i\nx_1 = 1, x_2 = 2, x_3 = 3, x_4 = 4');
    expect(page.value('S')).toBe(10);
    const mean = assembled('n = 2\nm = 1/n \\sum_{i=1}^n x_i\nx_1 = 3, x_2 = 5');
    expect(mean.value('m')).toBe(4);
  });

  it('below sums with dots run over the letter that is left', () => {
    const page = assembled('z_j = \\dots + w_{jk} a_k + \\dots\n∂z_j/∂a_k = w_{jk}');
    expect(page.slope('z_j', 'a_k')).toBe(page.value('w_{jk}'));
  });

  it('that nothing counts with are part of the name', () => {
    const page = assembled('z_k = w_k x + b\nw_k = 2, x = 3, b = 1');
    expect(page.value('z_k')).toBe(7);
    expect(page.recording.count).toBe(5);
  });

  it('of examples: the mean of their costs is the cost', () => {
    const page = assembled(
      'C_0 = (a - y)^2\na = w x\n\\frac{\\partial C}{\\partial w} = \\frac{1}{n} \\sum_{k=0}^{n-1} \\frac{\\partial C_k}{\\partial w}',
    );
    const own = ['C_0', 'C_1', 'C_2'].map((cost) => page.slope(cost, 'w'));
    expect(page.slope('C', 'w')).toBeCloseTo((own[0] + own[1] + own[2]) / 3, 14);
    expect(own[1]).not.toBe(0);
  });

  it('of a sum name its terms: L_i for Σ_i', () => {
    const page = assembled('L = \\sum_{i=1}^n (y_i - w x_i)^2\n∂L_i/∂w = -2x_i(y_i - w x_i)');
    expect(page.slope('L_i', 'w')).toBeCloseTo(
      -2 * page.value('x_i') * (page.value('y_i') - page.value('w') * page.value('x_i')),
      13,
    );
    expect(page.slope('L', 'w')).not.toBeCloseTo(page.slope('L_i', 'w'), 3);
  });

  it('of layers move definitions to the layers that the page names', () => {
    const page = assembled(`${layer}
\\frac{\\partial C_0}{\\partial w_{jk}^{(l)}} = a_k^{(l-1)} \\sigma'(z_j^{(l)}) \\sum_i w_{ij}^{(l+1)} \\sigma'(z_i^{(l+1)}) \\frac{\\partial C_0}{\\partial a_i^{(l+1)}}`);
    expect(page.node('w_{11}^{(l+1)}')).toBe(page.node('w_{11}^{(L)}'));
    expect(page.node('z_1^{(l)}')).toBe(page.node('z_1^{(L-1)}'));
    expect(page.operation('a_1^{(l)}')).toBe('sigmoid');
    expect(page.operation('a_1^{(l-1)}')).toBe('leaf');
    expect(page.slope('C_0', 'w_{12}^{(l)}')).not.toBe(0);
  });
});

describe('a page of symbols only', () => {
  it('of one neuron per layer has a graph with free leaves', () => {
    const page = assembled(
      '$$C_0(\\dots) = (a^{(L)} - y)^2$$\n$$a^{(L)} = \\sigma(z^{(L)})$$\n$$z^{(L)} = w^{(L)} a^{(L-1)} + b^{(L)}$$',
    );
    expect(page.free).toEqual(['w^{(L)}', 'a^{(L-1)}', 'b^{(L)}', 'y']);
    const sigmoid = page.value('a^{(L)}');
    expect(page.slope('C_0', 'w^{(L)}')).toBeCloseTo(
      page.value('a^{(L-1)}') * sigmoid * (1 - sigmoid) * 2 * (sigmoid - page.value('y')),
      14,
    );
  });

  it('may define a name on the right', () => {
    expect(assembled('w a + b = z\nw = 1, a = 2, b = 3').value('z')).toBe(5);
  });

  it('that says nothing of names gives no graph', () => {
    expect(() => assembled('28 × 28 = 784')).toThrow('nothing was put together');
  });
});
