import { describe, expect, it } from 'vitest';
import { readSheet } from '../../packages/notes/src/reading/sheet.ts';
import { printChains } from './printed.ts';

const read = (text: string) => printChains(readSheet(text));

describe('a table', () => {
  it('with a node in each row', () => {
    const text =
      '| node | value | gradient |\n|------|:-----:|---------:|\n| x | 2 | 3 |\n| w1 | 0.5 | ≈ 4.00 |\n| total | 2.5 | 7 |\n';
    const sheet = readSheet(text);
    expect(printChains(sheet)).toEqual([
      'x = 2',
      'D[?; x] = 3',
      'w1 = 0.5',
      'D[?; w1] ≈ 4',
      'sum(2, 0.5) = 2.5',
      'sum(3, 4) = 7',
    ]);
    expect(sheet.chains.every(({ layout }) => layout === 'cell')).toBe(true);
    expect(text.slice(sheet.chains[1].from, sheet.chains[1].to)).toBe('3');
  });

  it('in aligned columns, in German', () => {
    expect(read('Knoten   Wert    Ableitung\na        0.62    -0.76\nz        0.5     —\n')).toEqual([
      'a = 0.62',
      'D[?; a] = -0.76',
      'z = 0.5',
    ]);
  });

  it('whose heading names what is derived', () => {
    expect(read('weight | ∂E/∂·\nw5 | 0.0822\nw_6 | 0.0827')).toEqual([
      'D[E; w5] = 0.0822',
      'D[E; w_6] = 0.0827',
    ]);
  });

  it('with a node in each column', () => {
    expect(read('|  | x | y |\n|---|---|---|\n| value | 1 | 2 |\n| grad | 4 | 5 |')).toEqual([
      'x = 1',
      'y = 2',
      'D[?; x] = 4',
      'D[?; y] = 5',
    ]);
  });

  it('of averages, of which an elided column leaves a part unknown', () => {
    expect(read('\t2\t5\tAvg\n$w_0$\t-0.08\t+0.02\t-0.03\n$w_1$\t-0.11\t...\t+0.12\n')).toEqual([
      'mean(-0.08, 0.02) = -0.03',
    ]);
    expect(read('\t2\t5\t...\tAverage over all training data\n$w_0$\t-0.08\t+0.02\t...\t-0.08\n')).toEqual([
      'mean(-0.08, 0.02, …) = -0.08',
    ]);
  });

  it('that traces a computation', () => {
    expect(
      read(
        'Trace | Elementary Function | Value | ∇_x value\nv1 | sin(x) | 1 | 0\nv2 | cos(y) | 0.5 | \\frac{\\sqrt{3}}{2}',
      ),
    ).toEqual(['v1 = sin(x)', 'v1 = 1', 'D[v1; x] = 0', 'v2 = cos(y)', 'v2 = 0.5', 'D[v2; x] = (sqrt(3)/2)']);
  });

  it('without such headings has claims in its cells', () => {
    expect(read('| claim | note |\n|---|---|\n| dL/dw = 2 | so x = 3 |\n')).toEqual(['D[L; w] = 2', 'x = 3']);
  });
});

describe('a printout', () => {
  it.each([
    ['x1 | data 2.0000 | grad -1.5000', ['x1 = 2', 'D[?; x1] = -1.5']],
    ['{ o | { data 0.7071 | grad 1.0000 } }', ['o = 0.7071', 'D[?; o] = 1']],
    ['a = Value(data=-4.0, grad=138.8338)', ['a = -4', 'D[?; a] = 138.8338']],
    ['>>> x.grad\ntensor(6.)', ['D[?; x] = 6']],
    ['print(a.grad)  # 138.8338', ['D[?; a] = 138.8338']],
    ['w5.grad = 0.0822', ['D[?; w5] = 0.0822']],
    ['x.grad = tensor([1., 2.], grad_fn=<A>)', ['D[?; x] = [1, 2]']],
    ['y.grad = array(6.0)', ['D[?; y] = 6']],
  ])('%s', (text, chains) => {
    expect(read(text)).toEqual(chains);
  });
});

describe('a count', () => {
  it.each([
    ["$w^2$ 's derivatives w.r.t L are found.\n③ weights.", ['count<w^{(2)}> = 3']],
    ['ω³: ② weights', ['count<ω^{(3)}> = 2']],
  ])('%s', (text, chains) => {
    expect(read(text)).toEqual(chains);
  });
});

describe('a declaration', () => {
  const declared = (text: string) =>
    readSheet(text).declarations.map(({ from: _from, to: _to, ...rest }) => rest);

  it('of a network', () => {
    const sheet = readSheet('4-3-2-1, sigmoid, no bias, x=1,0, W3=[.7,-.5], indices from→to');
    expect(sheet.declarations).toMatchObject([
      { kind: 'network', sizes: [4, 3, 2, 1], activation: 'sigmoid', bias: false },
      { kind: 'indices', order: 'from-to' },
    ]);
    expect(printChains(sheet)).toEqual(['x = [1, 0]', 'W3 = [0.7, -0.5]']);
    expect(declared('784-16-16-10')).toEqual([
      { kind: 'network', sizes: [784, 16, 16, 10], activation: null, bias: null },
    ]);
    expect(declared('We use a [2, 3, 1] net.')).toMatchObject([{ kind: 'network', sizes: [2, 3, 1] }]);
  });

  it.each([
    ['Indices: to←from', { kind: 'indices', order: 'to-from' }],
    ['w_jk leads from j to k', { kind: 'indices', order: 'from-to' }],
    ['w_{jk} goes from k to j', { kind: 'indices', order: 'to-from' }],
    ['indices count from 0', { kind: 'base', first: 0 }],
    ['Aktivierung: tanh', { kind: 'activation', operation: 'tanh' }],
    ['σ = tanh', { kind: 'activation', operation: 'tanh' }],
    ['convention: negative gradient', { kind: 'convention', convention: 'negative-gradient' }],
    ['error signal = target − output', { kind: 'convention', convention: 'difference-order:target-output' }],
    ['Mittel über den Stapel', { kind: 'convention', convention: 'mean:mean' }],
    ['ohne ½', { kind: 'convention', convention: 'half:without' }],
    ['log base 2', { kind: 'convention', convention: 'log-base:2' }],
  ])('%s', (text, declaration) => {
    expect(declared(text)).toEqual([declaration]);
    expect(readSheet(text).chains).toEqual([]);
  });

  it('is no date, difference or formula', () => {
    expect(declared('on 2015-03-17 we met; 4-3-2-1 = -2; x = 4-3-2-1; dL/da = 2(a - y)')).toEqual([]);
  });
});

describe('a text of any kind', () => {
  it.each([
    ['braces', `x = ${'{'.repeat(50_000)}`],
    ['fractions', `$x = ${'\\frac{'.repeat(20_000)}`],
    ['parentheses', `x = ${'('.repeat(30_000)}${')'.repeat(30_000)}`],
    ['fences', '```\n'.repeat(20_000)],
    ['environments', '\\begin{cases} x'.repeat(10_000)],
    ['dollars', '$ x = '.repeat(20_000)],
    ['binary', Array.from({ length: 60_000 }, (_, i) => String.fromCharCode((i * 7919) % 65_536)).join('')],
    ['continued lines', `x = 1\n${'+ 1\n'.repeat(20_000)}`],
  ])('%s', (_, text) => {
    const sheet = readSheet(text);
    for (const { from, to } of sheet.chains) expect(0 <= from && from <= to && to <= text.length).toBe(true);
  });

  it('is read up to a million characters, and says so', () => {
    const { chains } = readSheet(`${'The quick brown fox and so on.\n'.repeat(100_000)}x = 2`);
    expect(chains.map(({ members }) => members[0].problem?.code)).toEqual(['too-long']);
  });
});
