import { loadNotesMessages } from '@backflow/messages';
import { MISTAKE_IDS } from '@backflow/notes';
import type { MistakeId } from '@backflow/notes';
import { describe, expect, it } from 'vitest';
import { diagnose } from '../../packages/notes/src/diagnosis/diagnose.ts';
import { REGISTRY } from '../../packages/notes/src/diagnosis/registry.ts';
import type { Question } from '../../packages/notes/src/question.ts';
import { asking } from './asking.ts';

/** Each mistake made on purpose: the program, what the claim is about, and the number or formula that it gives. */
interface Fixture {
  readonly program: string;
  readonly subject: string;
  readonly stated: string;
  readonly more?: Partial<Question>;
}

const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z));
const digits = (x: number): string => x.toFixed(6);

const NEURON = `x1 = 1.5, x2 = -2, w1 = 0.8, w2 = 0.3, b = 0.1, t = 1
z = w1*x1 + w2*x2 + b
a = sigmoid(z)
E = (t - a)^2`;
const a = sigmoid(0.7);
const outer = -2 * (1 - a);
const slope = a * (1 - a);

/** Two layers of two, as in Mazur's example, with numbers that tell everything apart. */
const LAYERS = `i1 = 0.7, i2 = -1.3, w1 = 0.35, w2 = 0.62, w3 = -0.44, w4 = 0.91, w5 = 1.17, w6 = -0.53, w7 = 0.78, w8 = 0.26, b1 = 0.19, t1 = 0.3, t2 = 0.8
n1 = w1*i1 + w2*i2 + b1
h1 = sigmoid(n1)
n2 = w3*i1 + w4*i2 + b1
h2 = sigmoid(n2)
n3 = w5*h1 + w6*h2
o1 = sigmoid(n3)
n4 = w7*h1 + w8*h2
o2 = sigmoid(n4)
E1 = (o1 - t1)^2
E2 = (o2 - t2)^2
E = E1 + E2`;
const h1 = sigmoid(0.35 * 0.7 - 0.62 * 1.3 + 0.19);
const h2 = sigmoid(-0.44 * 0.7 - 0.91 * 1.3 + 0.19);
const o1 = sigmoid(1.17 * h1 - 0.53 * h2);
const o2 = sigmoid(0.78 * h1 + 0.26 * h2);
const d3 = 2 * (o1 - 0.3) * o1 * (1 - o1);
const d4 = 2 * (o2 - 0.8) * o2 * (1 - o2);
const d1 = (1.17 * d3 + 0.78 * d4) * h1 * (1 - h1);
const d2 = (-0.53 * d3 + 0.26 * d4) * h2 * (1 - h2);

const FOUR = `x = 3
u = x*x
v = u + x
y = u*v`;

const BATCH = `w = 0.7, x1 = 1, x2 = 2, x3 = 4, y1 = 0.5, y2 = 1, y3 = 3
L = sum((w*x1 - y1)^2, (w*x2 - y2)^2, (w*x3 - y3)^2)`;
const batch = 2 * ((0.7 - 0.5) * 1 + (1.4 - 1) * 2 + (2.8 - 3) * 4);

const FIXTURES: Readonly<Record<MistakeId, Fixture>> = {
  'missed-path': { program: LAYERS, subject: '∂E/∂h1', stated: digits(1.17 * d3) },
  // The last contribution that arrives at x replaces the others: 27 by the other use of u, 9 · 3.
  overwritten: { program: FOUR, subject: '∂y/∂x', stated: '27' },
  // Recursion that passes on what has arrived so far.
  premature: { program: FOUR, subject: '∂y/∂x', stated: '207' },
  stale: { program: NEURON, subject: '∂E/∂b', stated: digits(2 * outer * slope) },
  'activation-for-derivative': { program: NEURON, subject: '∂E/∂w1', stated: digits(outer * a * 1.5) },
  'derivative-at-wrong-argument': {
    program: NEURON,
    subject: '∂E/∂w1',
    stated: digits(outer * 0.7 * 0.3 * 1.5),
  },
  'missing-activation-derivative': { program: NEURON, subject: '∂E/∂w1', stated: digits(outer * 1.5) },
  'inner-point': { program: 'x = 1.3\nf = sin(x^2)', subject: '∂f/∂x', stated: digits(Math.cos(1.3) * 2.6) },
  'missing-factor': { program: 'x = 1.3\nf = sin(x^2)', subject: '∂f/∂x', stated: digits(Math.cos(1.69)) },
  'factor-two': { program: NEURON, subject: '∂E/∂w1', stated: digits((outer / 2) * slope * 1.5) },
  'lost-sign': { program: 'y = 1.1\nv = cos(y)\nf = v*3', subject: '∂v/∂y', stated: digits(Math.sin(1.1)) },
  'operand-sign': { program: 'p = 3, q = 5\nr = (p - q)*p\ns = r - q*q', subject: '∂s/∂q', stated: '7' },
  'opposite-convention': { program: NEURON, subject: '∂E/∂w1', stated: digits(-outer * slope * 1.5) },
  'missing-weight': {
    program: LAYERS,
    subject: '∂E/∂w1',
    stated: digits((d3 + 0.78 * d4) * h1 * (1 - h1) * 0.7),
  },
  'transposed-weight': {
    program: LAYERS,
    subject: '∂E/∂n1',
    stated: digits((1.17 * d3 - 0.53 * d4) * h1 * (1 - h1)),
  },
  'updated-weight': {
    program: `lr = 0.5\n${LAYERS}`,
    subject: '∂E/∂n1',
    stated: digits(((1.17 - 0.5 * d3 * h1) * d3 + (0.78 - 0.5 * d4 * h1) * d4) * h1 * (1 - h1)),
  },
  'missing-input': { program: LAYERS, subject: '∂E/∂w1', stated: digits(d1) },
  'own-activation': { program: LAYERS, subject: '∂E/∂w5', stated: digits(d3 * o1) },
  'swapped-operands': { program: 'p = 3, q = 5\nr = p*q\ns = r^2', subject: '∂s/∂p', stated: '90' },
  'multiplied-contributions': { program: LAYERS, subject: '∂E/∂h1', stated: digits(1.17 * d3 * 0.78 * d4) },
  'averaged-contributions': {
    program: LAYERS,
    subject: '∂E/∂h1',
    stated: digits((1.17 * d3 + 0.78 * d4) / 2),
  },
  'missing-relu-mask': {
    program: 'w = 0.4, x = -2, v = 3\nr = relu(w*x)\nf = v*r + w',
    subject: '∂f/∂w',
    stated: '-5',
  },
  'mean-for-sum': { program: BATCH, subject: '∂L/∂w', stated: digits(batch / 3) },
  'sum-for-mean': { program: BATCH.replace('sum', 'mean'), subject: '∂L/∂w', stated: digits(batch) },
  'shared-once': { program: LAYERS, subject: '∂E/∂b1', stated: digits(d2) },
  'quotient-order': {
    program: 'x = 1.3\nu = x^2 + 1\nv = sin(x)\nq = u/v\nf = q*x',
    subject: '∂q/∂x',
    stated: digits((2.69 * Math.cos(1.3) - 2.6 * Math.sin(1.3)) / Math.sin(1.3) ** 2),
  },
  'total-for-part': { program: LAYERS, subject: 'E1', stated: digits((o1 - 0.3) ** 2 + (o2 - 0.8) ** 2) },
  'double-counted': { program: LAYERS, subject: '∂E/∂h1', stated: digits(2 * 1.17 * d3 + 0.78 * d4) },
  'value-for-derivative': { program: 'x = 1.7, y = 2\nL = 4*x + y^2', subject: '∂L/∂x', stated: '6.8' },
  'wrong-branch': { program: 'p = 3.5, q = 5\nm = max(p, q)\nf = m^2', subject: '∂f/∂p', stated: '7' },
  'wrong-point': { program: 'x = 3.5, y = 1\nf = 5*x^2 + y^3', subject: '∂f/∂x', stated: '20' },
  'wrong-constant': { program: 'x = 1.3\nf = x^4', subject: 'f', stated: digits(1.3 ** 5) },
  'wrong-range': { program: NEURON, subject: 'z', stated: '0.5', more: { relation: '≤' } },
  'wrong-count': { program: 'n = 4*3 + 3*2 + 2*1', subject: 'n', stated: '23' },
  'wrong-shape': {
    program: NEURON,
    subject: 'z',
    stated: 'w1',
    more: { shapes: { left: '3×4', right: '3' } },
  },
  'broken-chain': { program: LAYERS, subject: '∂E/∂w1', stated: '∂E/∂o1·∂o1/∂h1·∂n1/∂w1' },
  'bad-arithmetic': { program: NEURON, subject: '∂E/∂w1', stated: '-0.417293' },
  'rounded-too-early': { program: NEURON, subject: '∂E/∂b', stated: '-0.147325' },
  truncated: { program: NEURON, subject: '∂E/∂b', stated: '-0.1471' },
  'digit-slip': { program: NEURON, subject: '∂E/∂w1', stated: '-0.220101' },
  'transposed-digits': { program: NEURON, subject: '∂E/∂w1', stated: '-0.202701' },
  'exponent-slip': { program: NEURON, subject: '∂E/∂w1', stated: '-0.0220701' },
  'copied-answer': { program: LAYERS, subject: '∂E/∂w5', stated: digits(d1 + d2) },
  'wrong-name': { program: LAYERS, subject: '∂E/∂w5', stated: digits(d3 * h2) },
};

const without = (id: MistakeId): typeof REGISTRY => new Map([...REGISTRY].filter(([other]) => other !== id));

describe('a mistake made on purpose', () => {
  for (const id of MISTAKE_IDS) {
    const { program, subject, stated, more } = FIXTURES[id];

    it(`${id}: ${subject} = ${stated}`, () => {
      const question = asking(program, subject, stated, more);
      const found = diagnose(question).map((mistake) => mistake.id);
      expect(found.slice(0, 2)).toContain(id);
      expect(diagnose(question, without(id)).map((mistake) => mistake.id)).not.toContain(id);
    });
  }

  it('is in the registry under each name, once', () => {
    expect([...REGISTRY.keys()].toSorted()).toEqual([...MISTAKE_IDS].toSorted());
  });

  it.each(['en', 'de'] as const)('has a title and a sentence for each in %s', async (language) => {
    const { titles, mistakes } = await loadNotesMessages(language);
    expect(Object.keys(titles).toSorted()).toEqual([...MISTAKE_IDS].toSorted());
    for (const id of MISTAKE_IDS) {
      const { program, subject, stated, more } = FIXTURES[id];
      const [mistake] = diagnose(asking(program, subject, stated, more)).filter((found) => found.id === id);
      const sentence = mistakes[id](mistake.data);
      expect(sentence, id).not.toMatch(/undefined|NaN|\[object|\s\s/u);
      expect(sentence.endsWith('.'), sentence).toBe(true);
    }
  });
});
