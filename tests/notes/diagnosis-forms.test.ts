import { describe, expect, it } from 'vitest';
import { areSimilar } from '../../packages/notes/src/diagnosis/value-mutations.ts';
import { diagnose, diagnosis } from '../../packages/notes/src/diagnosis/diagnose.ts';
import { digitsOf, significantDigits } from '../../packages/notes/src/diagnosis/agreement.ts';
import { evaluateBound } from '../../packages/notes/src/world/evaluate.ts';
import { asking } from './asking.ts';

const NEURON = `x1 = 1.5, x2 = -2, w1 = 0.8, w2 = 0.3, b = 0.1, t = 1
z = w1*x1 + w2*x2 + b
a = sigmoid(z)
E = (t - a)^2`;
const DEEP = `x = 0.9, w1 = 0.8, w2 = -0.6, t = 1
h = sigmoid(w1*x)
o = sigmoid(w2*h)
E = 1/2*(o - t)^2`;

const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z));
const idsOf = (...asked: Parameters<typeof asking>): string[] =>
  diagnose(asking(...asked)).map(({ id }) => id);

describe('the place of a mistake', () => {
  it('is the edge on which σ stood for σ′', () => {
    const question = asking(NEURON, '∂E/∂w1', '-0.665139');
    const [{ id, where, data }] = diagnose(question);
    expect(id).toBe('activation-for-derivative');
    const { names } = question.world.recording;
    expect(where.map(({ node, slot }) => [names.get(node), slot])).toEqual([['a', 0]]);
    expect(data).toMatchObject({
      edge: 'z → a',
      found: 'σ(z) = 0.6682',
      due: 'σ′(z) = 0.2217',
      stated: '−0.665139',
    });
  });

  it('is every site where the slip was made throughout', () => {
    const h = sigmoid(0.72);
    const o = sigmoid(-0.6 * h);
    const [{ id, where, data }] = diagnose(asking(DEEP, '∂E/∂w1', ((o - 1) * o * -0.6 * h * 0.9).toFixed(6)));
    expect(id).toBe('activation-for-derivative');
    expect(where).toHaveLength(2);
    expect(data.more).toBe('1');
  });

  it('has a change that gives the stated number when it is run', () => {
    const question = asking(NEURON, '∂E/∂w1', '-0.665139');
    const [{ change, gives }] = diagnose(question);
    const run = question.world.run(change!);
    expect(evaluateBound(question.subject, run)).toBeCloseTo(-0.665139, 6);
    expect(gives).toBeCloseTo(-0.665139, 6);
  });
});

describe('a wrong formula', () => {
  it.each([
    ['∂E/∂w1', '2(a - t)·a·x1', 'activation-for-derivative'],
    ['∂E/∂w1', '2(a - t)·x1', 'missing-activation-derivative'],
    ['∂E/∂w1', '2(a - t)·z(1 - z)·x1', 'derivative-at-wrong-argument'],
    ['∂E/∂w1', '(a - t)·a(1 - a)·x1', 'factor-two'],
    ['∂E/∂w1', '2(a - t)·a(1 - a)', 'missing-input'],
    ['∂E/∂w1', '2(a - t)·a(1 - a)·a', 'own-activation'],
    ['∂E/∂w1', '2(t - a)·a(1 - a)·x1', 'opposite-convention'],
    ['∂E/∂w1', 'E', 'value-for-derivative'],
    ['∂E/∂x1', '2(a - t)·a(1 - a)', 'missing-weight'],
    ['∂E/∂x1', '2(a - t)·a(1 - a)·w2', 'transposed-weight'],
    ['∂E/∂w1', '∂E/∂a·∂z/∂w1', 'broken-chain'],
    ['∂E/∂w1', '∂E/∂a·∂a/∂z·∂z/∂w2', 'broken-chain'],
    ['z', 'w1·x1 + w2·x2', 'missing-input'],
    ['z', 'w1·x2 + w2·x2 + b', 'wrong-name'],
    ['z', 'w1·x1 - w2·x2 + b', 'lost-sign'],
    ['E', '(2 - a)^2', 'wrong-constant'],
  ])('%s = %s: %s', (subject, stated, id) => {
    expect(idsOf(NEURON, subject, stated).slice(0, 2)).toContain(id);
  });

  it('is not explained by a number that it has at this point alone', () => {
    // ∂z/∂w1 is x1; 8b is 0.8 here, and so is w1, which the other operand would give.
    expect(idsOf(NEURON, '∂z/∂w1', '0.8')).toContain('swapped-operands');
    expect(idsOf(NEURON, '∂z/∂w1', 'w1')).toContain('swapped-operands');
    expect(idsOf(NEURON, '∂z/∂w1', '8b')).not.toContain('swapped-operands');
  });

  it('with the quotient turned round is named so', () => {
    const program = 'x = 1.3\nu = x^2\nv = sin(x)\nq = u/v\nf = q*x';
    const turned = '(u·cos(x) - 2x·v)/v^2';
    expect(idsOf(program, '∂q/∂x', turned)[0]).toBe('quotient-order');
  });
});

describe('a formula of numbers', () => {
  it('tells by its rounded digits which factor is wrong', () => {
    expect(idsOf(NEURON, '∂E/∂w1', '-0.664·0.668·1.5')[0]).toBe('activation-for-derivative');
    expect(idsOf(NEURON, '∂E/∂w1', '-0.664·0.222')[0]).toBe('missing-input');
  });

  it('that is right leaves slips of arithmetic to its result', () => {
    expect(idsOf(NEURON, '3·7 + 4·2.5', '32.5')).toEqual(['bad-arithmetic']);
    expect(idsOf(NEURON, '3.25·(1 - 0.75)', '5.6875')[0]).toBe('lost-sign');
  });

  it('may hold two numbers that changed places', () => {
    const stated = (0.5 * 0.593269992 + 0.55 * 0.596884378 + 0.6).toFixed(9);
    const ids = idsOf(NEURON, '0.50·0.593269992 + 0.45·0.596884378 + 0.55', stated);
    expect(ids.slice(0, 2)).toContain('transposed-weight');
  });
});

describe('two slips at once', () => {
  it('are both named where no single one explains the number', () => {
    const a = sigmoid(0.7);
    // (t − a) for (a − t), and σ for σ′.
    expect(idsOf(NEURON, '∂E/∂w1', (2 * (1 - a) * a * 1.5).toFixed(6)).slice(0, 2)).toEqual([
      'activation-for-derivative',
      'lost-sign',
    ]);
  });

  it('are not looked for in few digits', () => {
    expect(idsOf(NEURON, '∂E/∂w1', '0.67')).not.toContain('activation-for-derivative');
  });
});

describe('ties', () => {
  it('are listed: what one path gives is also what overwriting leaves', () => {
    const program = 'p = 2, q = 0.7\nr = p*q\nu = sin(r)\nv = exp(r)\nL = u + v';
    const question = asking(program, '∂L/∂r', Math.exp(1.4).toFixed(5));
    expect(
      diagnose(question)
        .slice(0, 2)
        .map(({ id }) => id),
    ).toEqual(['missed-path', 'overwritten']);
  });

  it('put the opposite convention before a lost sign for the loss alone', () => {
    expect(idsOf(NEURON, '∂E/∂w1', '0.220701').slice(0, 2)).toEqual(['opposite-convention', 'lost-sign']);
    expect(idsOf('y = 1.1\nv = cos(y)\nf = v*3', '∂v/∂y', '0.8912')[0]).toBe('lost-sign');
  });

  it('end with bad arithmetic', () => {
    for (const stated of ['-0.665139', '0.220701', '7.7', '-0.441402']) {
      expect(idsOf(NEURON, '∂E/∂w1', stated).at(-1)).toBe('bad-arithmetic');
    }
  });
});

describe('the limits of the search', () => {
  it('are told where they were met', () => {
    const terms = Array.from({ length: 1000 }, (_, k) => `w${k} = 0.5, y${k} = sin(w${k})·tanh(w${k})`);
    const program = [...terms, `L = ${terms.map((_, k) => `y${k}`).join(' + ')}`].join('\n');
    const { mistakes, searched } = diagnosis(asking(program, 'L', '3.14159'));
    expect(searched).toBe(false);
    expect(mistakes.at(-1)!.id).toBe('bad-arithmetic');
  });

  it('are not met in a small graph', () => {
    expect(diagnosis(asking(NEURON, '∂E/∂w1', '7.7')).searched).toBe(true);
  });
});

describe('digits', () => {
  it.each([
    ['0.0204', 3],
    ['0.40', 2],
    ['3', 1],
    ['5.01e-05', 3],
    ['-13002', 5],
  ])('%s has %i that say something', (text, count) => {
    expect(significantDigits(text)).toBe(count);
  });

  it('are read with sign and exponent apart', () => {
    expect(digitsOf('−0.0320')).toEqual({ negative: true, digits: '00320', whole: 1, exponent: 0 });
    expect(digitsOf('5.01e-05')).toEqual({ negative: false, digits: '501', whole: 1, exponent: -5 });
    expect(digitsOf('√3/2')).toBeNull();
  });
});

describe('names', () => {
  it.each([
    ['w11', 'w21', true],
    ['w12', 'w21', true],
    ['out_o1', 'out_o2', true],
    ['w', 'w1', false],
    ['dw', 'w', false],
    ['net_h1', 'out_h1', false],
  ])('%s and %s are taken for each other: %s', (a, b, similar) => {
    expect(areSimilar(a, b)).toBe(similar);
  });
});
