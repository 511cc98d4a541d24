import {
  backward,
  gradcheck,
  OPERATIONS,
  record,
  recordingFromJson,
  recordingToJson,
  Tape,
  Value,
} from '@backflow/engine';
import type { OperationName, Recording } from '@backflow/engine';
import { differentiate } from '@backflow/engine/func';
import { toDot } from '@backflow/graph';
import { compile } from '@backflow/language';
import { programOf } from '@backflow/print';
import { describe, expect, it } from 'vitest';
import { allNames, edgeInputs, ordinaryInputs } from './points.ts';
import { randomNumbers } from './random-program.ts';

/** One operation with a leaf in every slot (a signed sum keeps its signs), and its recorded gradient. */
function recorded(name: OperationName, inputs: readonly number[]) {
  const tape = new Tape();
  const leaves = inputs.map((x) => tape.leaf(x));
  const y = tape.applyAll(
    name,
    leaves.map((leaf, slot) => (name === 'signedSum' && slot % 2 === 0 ? inputs[slot] : leaf)),
  );
  const eager = backward(tape.record(y));
  return { tape, leaves, y, eager, gradient: differentiate([y], leaves) };
}

const text = (x: number) => (Object.is(x, -0) ? '−0' : String(x));

/**
 * Every edge point at which the recorded gradient is another number than the eager one: 1/−0 is −∞ where the table
 * has the slope ∞; the angle of (0, ±∞) divides ∞ by ∞; through a flat operation nothing is recorded, also at NaN.
 */
const deviations: Readonly<Record<string, readonly string[]>> = {
  log: ['−0'],
  log2: ['−0'],
  log10: ['−0'],
  sqrt: ['−0'],
  atan2: ['0, Infinity', '0, -Infinity', '−0, Infinity', '−0, -Infinity'],
  step: ['NaN'],
  sign: ['NaN'],
  floor: ['NaN'],
  ceil: ['NaN'],
  round: ['NaN'],
};

describe.each(allNames)('the recorded gradient of %s', (name) => {
  it('is the eager one at ordinary points, to a few units in the last place', () => {
    const random = randomNumbers(1);
    for (let round = 0; round < 50; round++) {
      const inputs = ordinaryInputs(name, random);
      const { leaves, eager, gradient } = recorded(name, inputs);
      leaves.forEach((leaf, slot) => {
        const expected = eager[leaf.index];
        expect(
          Math.abs(gradient[slot].data - expected),
          `slot ${slot} of ${name}(${inputs.join(', ')})`,
        ).toBeLessThanOrEqual(4 * Number.EPSILON * Math.abs(expected));
      });
    }
  });

  it('is the eager one at 0, −0, ±∞, NaN and where numbers over- or underflow, but for the deviations listed', () => {
    const found = new Set<string>();
    for (const inputs of edgeInputs(name)) {
      const { leaves, eager, gradient } = recorded(name, inputs);
      leaves.forEach((leaf, slot) => {
        const expected = eager[leaf.index];
        const error = Math.abs(gradient[slot].data - expected);
        const same =
          Object.is(gradient[slot].data, expected) || error <= 4 * Number.EPSILON * Math.abs(expected);
        if (!same || !(error < Infinity || Object.is(gradient[slot].data, expected))) {
          found.add(inputs.map(text).join(', '));
        }
      });
    }
    expect([...found].sort()).toEqual([...(deviations[name] ?? [])].sort());
  });

  it('is a graph whose own gradient is right: the second derivative, by the reverse sweep, forward and by differences', () => {
    const random = randomNumbers(2);
    let checked = 0;
    for (let round = 0; round < 12; round++) {
      const { tape, gradient, y } = recorded(name, ordinaryInputs(name, random));
      for (const slope of gradient) {
        // A slope that is an input, or a number, has nothing to check.
        if (slope.index <= y.index || slope.op === 'leaf') continue;
        const report = gradcheck(tape.record(slope));
        expect(report.leaves.filter(({ verdict }) => verdict === 'disagrees')).toEqual([]);
        checked++;
      }
    }
    const linear = 'add sub mul neg exp sum signedSum dot mean where affine'.split(' ');
    expect(checked > 5).toBe(!OPERATIONS[name].flat && !linear.includes(name));
  });
});

describe('recorded derivatives keep their digits', () => {
  const slope = (name: OperationName, x: number[], slot = 0) => recorded(name, x).gradient[slot].data;
  it.each([
    ['sigmoid', [40], 4.248354255291589e-18],
    ['sigmoid', [-40], 4.248354255291589e-18],
    ['sigmoid', [-800], 0],
    ['tanh', [20], 1.6993417021166355e-17],
    ['tanh', [-400], 0],
    ['softplus', [-40], 4.248354255291589e-18],
    ['logsumexp', [1e200, 1e200, 1e200], 1 / 3],
    ['logsumexp', [-40, 0], 4.248354255291589e-18],
    ['softmax', [40, 0], 4.248354255291589e-18],
    ['softmax', [40, 0, -1000], 4.248354255291589e-18],
    ['hypot', [3e200, 4e200], 0.6],
    ['asin', [1 - 2 ** -53], 1 / Math.sqrt(2 ** -53 * (2 - 2 ** -53))],
    ['div', [1e-200, 1e-200], 1e200],
  ] as const)('%s at %j has the slope %d', (name, x, expected) => {
    expect(Math.abs(slope(name, [...x]) - expected)).toBeLessThanOrEqual(1e-14 * expected);
  });

  it('also in higher derivatives: no NaN far out', () => {
    for (const name of ['sigmoid', 'tanh', 'softplus'] as const) {
      for (const x of [-800, -30, 0, 30, 800]) {
        const tape = new Tape();
        const leaf = tape.leaf(x);
        let y = tape.apply(name, leaf);
        for (let order = 1; order <= 4; order++) {
          [y] = differentiate([y], [leaf]);
          expect(y.data, `${name}, order ${order}, at ${x}`).not.toBeNaN();
          expect(Math.abs(y.data)).toBeLessThan(Math.abs(x) === 800 && order > 1 ? 1e-300 : 3);
        }
      }
    }
  });
});

/** The nodes that a recorded gradient adds, as text. */
function added(tape: Tape, y: Value): string[] {
  const recording: Recording = tape.record();
  const lines: string[] = [];
  for (let node = y.index + 1; node < recording.count; node++) {
    const value = tape.at(node);
    const inputs = value.inputs.map((input) =>
      input instanceof Value ? input.label || `n${input.index}` : input,
    );
    lines.push(`${value.label || `n${node}`} = ${value.op}(${inputs.join(', ')})`);
  }
  return lines;
}

describe('the graph of a gradient', () => {
  const labelled = (...labels: string[]) => {
    const tape = new Tape();
    return { tape, values: labels.map((label, i) => tape.leaf(i + 2, label)) };
  };

  it('has no node for what is known: 1 · g, g through +, the other factor of a product', () => {
    const {
      tape,
      values: [a, b, c],
    } = labelled('a', 'b', 'c');
    const y = a.mul(b).add(c).as('y');
    const [da, db, dc] = differentiate([y], [a, b, c]);
    expect([da.index, db.index]).toEqual([b.index, a.index]);
    expect([dc.op, dc.data]).toEqual(['leaf', 1]);
    expect(added(tape, y)).toEqual(['n5 = leaf()']);
    expect([a.label, b.label]).toEqual(['a', 'b']);
  });

  it('names the derivatives after what they are derivatives of', () => {
    const {
      tape,
      values: [w, x],
    } = labelled('w', 'x');
    const loss = w.mul(x).sigmoid().as('L');
    const [dw] = differentiate([loss], [w]);
    expect(added(tape, loss)).toEqual([
      'n4 = neg(n2)',
      'n5 = sigmoid(n4)',
      'n6 = mul(L, n5)',
      '∂L/∂w = mul(x, n6)',
    ]);
    const [dwx] = differentiate([dw], [x]);
    expect(dwx.label).toBe('∂²L/∂w∂x');
    expect(differentiate([dwx], [w])[0].label).toBe('∂³L/∂w∂x∂w');
  });

  it('adds the gradient of a node in one node, however many users it has', () => {
    const {
      tape,
      values: [x, a, b, c],
    } = labelled('x', 'a', 'b', 'c');
    const y = x.mul(a).add(x.mul(b)).add(x.mul(c)).as('y');
    differentiate([y], [x]);
    expect(added(tape, y)).toEqual(['∂y/∂x = sum(c, b, a)']);
    const z = x.mul(a).exp().add(x.mul(b)).add(x).as('z');
    differentiate([z], [x]);
    expect(added(tape, z)).toEqual(['n15 = mul(a, n11)', '∂z/∂x = sum(1, b, n15)']);
    const u = x.exp().sub(x.mul(a)).as('u');
    differentiate([u], [x]);
    expect(added(tape, u)).toEqual(['∂u/∂x = sub(n17, a)']);
    const v = x.exp().mul(b).sub(x.mul(a)).sub(x).as('v');
    differentiate([v], [x]);
    expect(added(tape, v)).toEqual(['n26 = mul(n21, b)', '∂v/∂x = signedSum(1, -1, -1, a, 1, n26)']);
  });

  it('leaves out what no input depends on, and the branch that was not taken', () => {
    const {
      tape,
      values: [a, b],
    } = labelled('a', 'b');
    const y = a.greater(0).where(a.mul(b), b.log().div(0)).as('y');
    const [da, db] = differentiate([y], [a, b]);
    expect([da.index, db.index]).toEqual([b.index, a.index]);
    expect(added(tape, y)).toEqual([]);
    const z = a.exp().mul(b.sin()).as('z');
    differentiate([z], [a]);
    expect(added(tape, z)).toEqual(['∂z/∂a = mul(n7, n8)']);
  });

  it('can be shown like any other: as a program that computes it, as data and as a drawing', () => {
    const {
      tape,
      values: [w, x, b],
    } = labelled('w', 'x', 'b');
    const loss = w.mul(x).add(b).tanh().mul(w).sub(w.mul(b)).sub(w).as('L');
    const [slope] = differentiate([loss], [w]);
    expect(slope.op).toBe('signedSum');
    const recording = record(slope);
    const program = programOf(recording);
    const compiled = compile(program);
    expect(compiled.diagnostics).toEqual([]);
    expect(compiled.recording!.value[compiled.recording!.output]).toBe(slope.data);
    expect(program).toContain('sigmoid(-2*t1)');
    const again = recordingFromJson(recordingToJson(recording));
    expect(again.names.get(again.output)).toBe('∂L/∂w');
    expect(toDot(recording, backward(recording))).toContain('∂L/∂w');
    expect(tape.record(slope).output).toBe(slope.index);
  });

  it('grows as the number of inputs of an operation with many', () => {
    for (const name of [
      'sum',
      'mean',
      'prod',
      'dot',
      'max',
      'min',
      'hypot',
      'logsumexp',
      'softmax',
    ] as const) {
      const nodes = [100, 200].map((length) => {
        const tape = new Tape();
        const x = Array.from({ length }, (_, i) => tape.leaf(1 + (i % 7) / 8));
        const y = tape.applyAll(name, x);
        const before = tape.record();
        differentiate([y.mul(y)], x);
        const after = tape.record();
        return [after.count - before.count, after.inputs.length - before.inputs.length];
      });
      expect(nodes[1][0], name).toBeLessThan(2.1 * nodes[0][0]);
      expect(nodes[1][1], name).toBeLessThan(2.1 * nodes[0][1]);
    }
  });
});
