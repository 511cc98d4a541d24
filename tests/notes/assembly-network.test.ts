import { describe, expect, it } from 'vitest';
import { checkNotes } from '../../packages/notes/src/check.ts';
import { assembled } from './assembled.ts';

const numbers = `x=1,0,1,1, L=(1-O31)^2, W1=[[.2,-.3,.4],[.1,.5,-.2],[-.4,.1,.3],[.3,-.1,.2]],
W2=[[.5,-.4],[-.2,.3],[.1,.6]], W3=[.7,-.5]
dL/dO31=-2(1-0.525)=-0.95
dL/dw3_11=-0.95*0.249*0.562=-0.133
dL/dO11=-0.2368*0.7*0.2462*0.5=-0.0204
dL/dw1_11=-0.0204*0.2494*1=-0.0051
dL/dw1_21=0`;
const network = { kind: 'network', sizes: [4, 3, 2, 1], activation: 'sigmoid', bias: false } as const;
const fromTo = { kind: 'indices', order: 'from-to' } as const;

describe('a declared network with numbers', () => {
  const page = assembled(numbers, [network, fromTo]);

  it('has the values and gradients of its layers', () => {
    expect(page.value('O31')).toBeCloseTo(0.525, 3);
    expect(page.slope('L', 'O31')).toBeCloseTo(-0.95, 2);
    expect(page.slope('L', 'w3_11')).toBeCloseTo(-0.133, 3);
    expect(page.slope('L', 'O11')).toBeCloseTo(-0.0319, 4);
    expect(page.slope('L', 'w1_21')).toBe(0);
    expect(page.free).toEqual([]);
    expect(page.assembly.output).toBe(page.node('L'));
  });

  it('answers to every spelling of its weights and neurons', () => {
    const weight = page.node('w1_11');
    for (const name of [
      'ω^1_{11}',
      'ω¹₁₁',
      'w_{11}^{(1)}',
      'w^{(1)}_{11}',
      'W1[0][0]',
      'w_{11}^{1}',
      'w^1_{11}',
    ])
      expect(page.node(name), name).toBe(weight);
    for (const name of ['O_{31}', 'O^{3}_1', 'a^{(3)}_1', 'O31'])
      expect(page.node(name), name).toBe(page.node('O31'));
    expect(page.operation('z^{(1)}_2')).toBe('add');
    expect(page.node('x_3')).toBe(page.node('a^{(0)}_3'));
  });

  it('is one graph: no list is recorded twice', () => {
    const leaves = 4 + 12 + 6 + 2;
    expect([...page.recording.operation].filter((code) => code === 0)).toHaveLength(leaves);
    expect(page.assembly.network).toMatchObject({
      weights: 20,
      biases: 0,
      expanded: true,
      order: 'from-to',
      orderSource: 'declared',
    });
  });

  it('names its nodes as the page does', () => {
    expect(page.assembly.spellings.get(page.node('O11'))).toBe('O11');
    expect(page.recording.names.get(page.node('ω^1_{11}'))).toBe('w1_11');
  });
});

describe('the order of indices', () => {
  it('shows in the shape of a matrix', () => {
    const rows = assembled('W1=[[1,2,3],[4,5,6]], x=(1, 1)', [
      { kind: 'network', sizes: [2, 3, 1], activation: 'sigmoid', bias: false },
    ]);
    expect(rows.assembly.network).toMatchObject({ order: 'from-to', orderSource: 'shape' });
    expect(rows.value('w^1_{12}')).toBe(2);
    const columns = assembled('W1=[[1,2],[3,4],[5,6]], x=(1, 1)', [
      { kind: 'network', sizes: [2, 3, 1], activation: 'sigmoid', bias: false },
    ]);
    expect(columns.assembly.network).toMatchObject({ order: 'to-from', orderSource: 'shape' });
    expect(columns.value('w^1_{12}')).toBe(2);
    expect(columns.slope('z^{(1)}_1', 'w^1_{12}')).toBe(1);
  });

  it('is from→to where nothing tells', () => {
    const page = assembled('∂L/∂w^1_{12} = 3\nL = O21', [
      { kind: 'network', sizes: [2, 2, 1], activation: 'tanh', bias: true },
    ]);
    expect(page.assembly.network?.orderSource).toBe('assumed');
    expect(page.slope('z^{(1)}_2', 'w^1_{12}')).toBe(page.value('x_1'));
  });
});

describe('a declared network without numbers', () => {
  it('has free leaves, biases among them', () => {
    const page = assembled('L = (y - O21)^2\n∂L/∂b^{(2)}_1 = 1', [
      { kind: 'network', sizes: [2, 2, 1], activation: 'sigmoid', bias: true },
    ]);
    expect(page.assembly.network).toMatchObject({ weights: 6, biases: 3 });
    expect(page.free).toEqual(['b^{(2)}_1', 'y']);
    expect(page.assembly.slopes).toHaveLength(2 + 6 + 2);
    expect(page.slope('z^{(2)}_1', 'b^{(2)}_1')).toBe(1);
    expect(page.assembly.offer).toEqual({ sizes: [2, 2, 1], lacks: ['numbers'] });
  });

  it('of thousands of weights is counted, not put together', () => {
    const page = assembled('C = 3.37', [
      { kind: 'network', sizes: [784, 16, 16, 10], activation: 'sigmoid', bias: true },
    ]);
    expect(page.assembly.network).toMatchObject({ weights: 12960, biases: 42, expanded: false });
    expect(page.recording.count).toBe(1);
  });

  it('without an activation is offered to be completed', () => {
    const page = assembled('∂L/∂w^1_{11} = ∂L/∂O21 ∂O21/∂O11 ∂O11/∂w^1_{11}', [
      { kind: 'network', sizes: [2, 2, 1], activation: null, bias: null },
    ]);
    expect(page.assembly.offer).toEqual({ sizes: [2, 2, 1], lacks: ['activation', 'loss', 'numbers'] });
  });
});

describe('a sketch of ∂…/∂… alone', () => {
  const photo = `∂L/∂ω''=∂L/∂O31[∂O31/∂O21×∂O21/∂O11×∂O11/∂ω''
 + ∂O31/∂O22×∂O22/∂O11×∂O11/∂ω'']`;

  it('has an edge for each factor and both paths in the total', () => {
    const page = assembled(photo);
    const edges = page.assembly.sketchEdges.map(({ of, by }) => [
      page.recording.names.get(of),
      page.recording.names.get(by),
    ]);
    expect(edges).toEqual([
      ['O11', 'ω¹₁₁'],
      ['O21', 'O11'],
      ['O22', 'O11'],
      ['O31', 'O21'],
      ['O31', 'O22'],
      ['L', 'O31'],
    ]);
    const through = (neuron: string) => page.slope('O31', neuron) * page.slope(neuron, 'O11');
    expect(page.slope('L', 'ω¹₁₁')).toBeCloseTo(
      page.slope('L', 'O31') * (through('O21') + through('O22')) * page.slope('O11', 'ω¹₁₁'),
      14,
    );
    expect(page.assembly.slopes).toHaveLength(6);
    expect(page.assembly.output).toBe(page.node('L'));
  });

  it('offers the network it seems to be', () => {
    const { offer } = assembled(photo).assembly;
    expect(offer?.sizes.slice(-3)).toEqual([1, 2, 1]);
    expect(offer?.lacks).toEqual(['activation', 'loss', 'numbers']);
  });

  it('has no edge where other factors lead: totals are sums over paths', () => {
    const page = assembled('∂L/∂b = ∂L/∂a·∂a/∂b\n∂L/∂c = ∂L/∂b·∂b/∂c\n∂L/∂d = ∂L/∂c·∂c/∂d');
    expect(page.assembly.sketchEdges).toHaveLength(4);
  });

  it('keeps the numbers that the page gives for slopes', () => {
    const page = assembled(
      '∂L/∂O31 = -0.95\n∂O31/∂O21 = 0.17\n∂L/∂O21 = ∂L/∂O31 · ∂O31/∂O21 = -0.95·0.17 = -0.1615',
    );
    expect(page.slope('L', 'O21')).toBeCloseTo(-0.1615, 12);
    expect(page.assembly.slopes).toEqual([]);
  });

  it('takes no number that nothing else has to do with for true', () => {
    const page = assembled('∂L/∂w = -0.3');
    expect(page.assembly.slopes).toHaveLength(1);
    expect(page.assembly.sketchEdges[0].stated).toBeNull();
  });

  it('reads ∂y/∂w = x and ∂y/∂x = w as a product', () => {
    const page = assembled('∂y/∂w1 = x\n∂y/∂x = w1\n∂e/∂y = w2\n∂e/∂w1 = ∂y/∂w1 · ∂e/∂y');
    expect(page.slope('y', 'w1')).toBe(page.value('x'));
    expect(page.slope('e', 'w1')).toBeCloseTo(page.value('x') * page.value('w2'), 14);
  });

  it('makes formulas that have the slopes which the page states', () => {
    const square = assembled('dL/dy = 2(y-t)\ndy/dw = x\ndL/dw = 2(y-t)x');
    const [y, t, x] = ['y', 't', 'x'].map((name) => square.value(name));
    expect(square.slope('L', 'y')).toBeCloseTo(2 * (y - t), 13);
    expect(square.slope('L', 'w')).toBeCloseTo(2 * (y - t) * x, 13);
    expect(square.slope('L', 't')).toBeCloseTo(-2 * (y - t), 13);
    const entropy = assembled('∂L/∂p = -y/p + (1-y)/(1-p)\n∂L/∂w = ∂L/∂p · ∂p/∂w');
    const [p, label] = [entropy.value('p'), entropy.value('y')];
    expect(entropy.slope('L', 'p')).toBeCloseTo(-label / p + (1 - label) / (1 - p), 12);
  });

  it('makes no node of a name whose slope is a formula of another kind', () => {
    const page = assembled('∂L/∂y = exp(y)·y\n∂L/∂w = ∂L/∂y · ∂y/∂w');
    expect(page.assembly.nodeOf('L')).toBeNull();
    expect(page.assembly.sketchEdges.map(({ of }) => page.recording.names.get(of))).toEqual(['y']);
  });

  it('goes with what the page defines', () => {
    const page = assembled('L = (1 - O31)^2\nO31 = 0.525\n∂L/∂O21 = ∂L/∂O31 · ∂O31/∂O21');
    expect(page.value('O31')).toBeCloseTo(0.525, 14);
    expect(page.slope('L', 'O31')).toBeCloseTo(-0.95, 12);
    expect(page.assembly.pinned).toEqual(new Map([[page.node('O31'), 0.525]]));
    expect(page.assembly.sketchEdges).toHaveLength(1);
  });

  it('drops an edge that would lead in a circle', () => {
    const page = assembled('∂a/∂c = ∂a/∂b · ∂b/∂c\n∂b/∂d = ∂b/∂a · ∂a/∂d');
    expect(page.assembly.sketchEdges.length).toBeGreaterThan(1);
  });

  it('is drawn of a chain that does not telescope, too', () => {
    const page = assembled('∂L/∂w = ∂L/∂a · ∂b/∂w');
    expect(page.assembly.sketchEdges).toHaveLength(2);
    expect(page.slope('L', 'w')).toBe(0);
  });
});

describe('a report on a page without a program', () => {
  it('tells which network it offers, and what was taken for granted', () => {
    const photo = checkNotes('∂L/∂O11 = ∂L/∂O31[∂O31/∂O21·∂O21/∂O11 + ∂O31/∂O22·∂O22/∂O11]');
    expect(photo.offer?.lacks).toEqual(['activation', 'loss', 'numbers']);
    const neuron = checkNotes("z = w x + b = 1.5·0.6 - 0.4\na ≈ 0.62\n∂L/∂z = σ'(z) ∂L/∂a");
    const claim = neuron.claims.find(({ subject }) => subject === 'a');
    expect(claim?.verdict).toBe('right');
    expect(claim?.remarks).toEqual([
      { code: 'activation-by-name', data: { name: 'a', function: 'sigmoid', of: 'z' } },
    ]);
  });
});
