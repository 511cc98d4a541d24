import {
  absoluteBackward,
  backward,
  keysOf,
  OPERATION_NAMES,
  type Recording,
  type Value,
} from '@backflow/engine';
import { arrangeCards, foldSums, type ArrangeOptions } from '@backflow/graph';
import { en } from '@backflow/messages';
import { assert, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomSums, recordingOf } from './programs.ts';

const seed = 71;

/** Each node as `name = operation(inputs)`, constants as numbers, unnamed nodes by index. */
function written({ count, operation, inputStart, inputs, names, constants }: Recording): string[] {
  const nameOf = (node: number): string => names.get(node) ?? `#${node}`;
  return Array.from({ length: count }, (_, node) => {
    const entries = [...inputs.subarray(inputStart[node], inputStart[node + 1])];
    const list = entries.map((entry) => (entry >= 0 ? nameOf(entry) : constants[~entry]));
    return `${nameOf(node)} = ${OPERATION_NAMES[operation[node]]}(${list.join(', ')})`;
  });
}

function fourLeaves(program: (a: Value, b: Value, c: Value, d: Value) => Value): Recording {
  return recordingOf((tape) => {
    const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((name, k) => tape.leaf(k + 2, name));
    return program(a, b, c, d);
  });
}

describe('folding sums', () => {
  it('draws a + b − c + d as one sum with a sign for each term', () => {
    const folded = foldSums(fourLeaves((a, b, c, d) => a.add(b).sub(c).add(d)));
    expect(written(folded.recording).at(-1)).toBe('#4 = signedSum(1, a, 1, b, -1, c, 1, d)');
    expect([...folded.origin]).toEqual([0, 1, 2, 3, 6]);
    expect([...folded.shown]).toEqual([0, 1, 2, 3, 4, 4, 4]);
    expect([...folded.folded]).toEqual([0, 0, 0, 0, 1]);
    expect(folded.recording.output).toBe(4);
  });

  it('leaves sums of two terms as they are', () => {
    const recording = fourLeaves((a, b, c, d) => a.add(b).mul(c.sub(d)));
    expect(written(foldSums(recording).recording)).toEqual(written(recording));
  });

  it('keeps a parenthesised right operand as a node of its own', () => {
    const folded = foldSums(fourLeaves((a, b, c, d) => a.sub(b).add(c.sub(d))));
    expect(written(folded.recording).slice(-2)).toEqual([
      '#4 = sub(c, d)',
      '#5 = signedSum(1, a, -1, b, 1, #4)',
    ]);
  });

  it('keeps a part that has a name, is used twice, or is the output', () => {
    const withName = fourLeaves((a, b, c, d) => {
      const part = a.add(b);
      part.label = 'part';
      return part.add(c).add(d);
    });
    expect(written(foldSums(withName).recording).at(-1)).toBe('#5 = signedSum(1, part, 1, c, 1, d)');
    const usedTwice = fourLeaves((a, b, c) => {
      const part = a.add(b);
      return part.add(c).add(part);
    });
    expect(written(foldSums(usedTwice).recording).at(-1)).toBe('#5 = signedSum(1, #4, 1, c, 1, #4)');
    const inner = fourLeaves((a, b, c, d) => a.add(b).add(c).add(d));
    expect(written(foldSums({ ...inner, output: 4 }).recording).at(-1)).toBe(
      '#5 = signedSum(1, #4, 1, c, 1, d)',
    );
  });

  it('keeps a part of another group, and the groups and spans of what stays', () => {
    const recording = recordingOf((tape) => {
      const a = tape.leaf(1, 'a');
      const part = tape.group('neuron', () => a.add(a));
      return part.add(a).add(a);
    });
    const spans = Int32Array.from({ length: 2 * recording.count }, (_, k) => k);
    const folded = foldSums({ ...recording, spans });
    expect(written(folded.recording)).toEqual([
      'a = leaf()',
      '#1 = add(a, a)',
      '#2 = signedSum(1, #1, 1, a, 1, a)',
    ]);
    expect([...folded.recording.group!]).toEqual([-1, 0, -1]);
    expect(folded.recording.groups).toEqual(recording.groups);
    expect([...folded.recording.spans!]).toEqual([0, 1, 2, 3, 6, 7]);
  });

  it('shows the two-operand sums of a run that is open, all of them', () => {
    const recording = fourLeaves((a, b, c, d) => {
      const sum = a.add(b).add(c).sub(d);
      sum.label = 'sum';
      return sum.mul(a);
    });
    expect(written(foldSums(recording, new Set(['sum'])).recording)).toEqual(written(recording));
    expect(foldSums(recording, new Set(['other'])).recording.count).toBe(recording.count - 2);
  });

  it('shows what was recorded with many inputs in its parts, with the keys and the way back', () => {
    const recording = recordingOf((tape) => {
      const [a, b, c] = ['a', 'b', 'c'].map((name, k) => tape.leaf(k + 2, name));
      tape.setSpan(4, 9);
      return tape.apply('dot', a.add(b).add(c).tanh(), b, c.add(1), a).exp();
    });
    const closed = foldSums(recording);
    const open = foldSums(recording, new Set(['#5/0', '#5/0/0/0', 'nothing', 'a']));
    expect(written(closed.recording).slice(3)).toEqual([
      '#3 = signedSum(1, a, 1, b, 1, c)',
      '#4 = tanh(#3)',
      '#5 = add(c, 1)',
      '#6 = dot(#4, b, #5, a)',
      '#7 = exp(#6)',
    ]);
    expect(keysOf(closed.recording).slice(3)).toEqual(['#7/0/0/0', '#7/0/0', '#7/0/2', '#7/0', '#7']);
    const both = foldSums(recording, new Set(['#7/0', '#7/0/0/0']));
    expect(open.recording).toEqual(closed.recording);
    expect(written(both.recording).slice(3)).toEqual([
      '#3 = add(a, b)',
      '#4 = add(#3, c)',
      '#5 = tanh(#4)',
      '#6 = add(c, 1)',
      '#7 = mul(#5, b)',
      '#8 = mul(#6, a)',
      '#9 = add(#7, #8)',
      '#10 = exp(#9)',
    ]);
    expect(keysOf(both.recording).slice(3)).toEqual([
      '#7/0/0/0/+2',
      '#7/0/0/0',
      '#7/0/0',
      '#7/0/2',
      '#7/0/×1',
      '#7/0/×2',
      '#7/0',
      '#7',
    ]);
    expect([...both.origin]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 7, 7, 8]);
    expect([...both.shown]).toEqual([0, 1, 2, 3, 4, 5, 6, 9, 10]);
    expect([...both.folded]).toEqual(Array.from({ length: 11 }, () => 0));
    expect([...both.recording.spans!.subarray(6)].filter((at) => at !== 4 && at !== 9)).toEqual([]);
  });

  it('opens one sum and leaves those inside it closed', () => {
    const recording = fourLeaves((a, b, c, d) => a.add(b).add(c).mul(d).add(a).sub(a.add(b).add(d)));
    const closed = foldSums(recording);
    const keys = keysOf(closed.recording);
    expect(written(closed.recording).at(-1)).toBe('#7 = signedSum(1, #5, 1, a, -1, #6)');
    const open = foldSums(recording, new Set(['#7']));
    expect(written(open.recording).slice(-2)).toEqual(['#7 = add(#5, a)', '#8 = sub(#7, #6)']);
    expect(keysOf(open.recording)).toEqual([...keys.slice(0, 7), '#7/+2', '#7']);
    const inside = foldSums(recording, new Set([keys[4]]));
    expect(written(inside.recording).slice(4, 6)).toEqual(['#4 = add(a, b)', '#5 = add(#4, c)']);
  });

  it('keeps constants, with what the writer wrote', () => {
    const folded = foldSums(fourLeaves((a, b) => a.add(b).add(0.5).sub(2)));
    expect(written(folded.recording).at(-1)).toBe('#4 = signedSum(1, a, 1, b, 1, 0.5, -1, 2)');
  });

  it('keeps every value bit for bit and every gradient to rounding', () => {
    let runs = 0;
    assert(
      property(integer(), integer({ min: 1, max: 60 }), (programSeed, size) => {
        const full = randomSums(programSeed, size);
        const { recording, origin, shown, folded } = foldSums(full);
        const keys = keysOf(full);
        const before = backward(full);
        const after = backward(recording);
        const bound = absoluteBackward(full, full.output);
        for (let node = 0; node < recording.count; node++) {
          expect(recording.value[node]).toBe(full.value[origin[node]]);
          expect(shown[origin[node]]).toBe(node);
          expect(recording.names.get(node)).toBe(full.names.get(origin[node]));
          const difference = Math.abs(after[node] - before[origin[node]]);
          const same = Object.is(after[node], before[origin[node]]);
          expect(same || difference <= 1e-12 * bound[origin[node]], `node ${node}`).toBe(true);
          runs += folded[node];
          // What the engine computes for the folded node is what is kept.
          const from = recording.inputStart[node];
          let total = 0;
          if (!folded[node]) continue;
          for (let k = from; k < recording.inputStart[node + 1]; k += 2) {
            const entry = recording.inputs[k + 1];
            const term = entry >= 0 ? recording.value[entry] : recording.constants[~entry];
            const signed = recording.constants[~recording.inputs[k]] * term;
            total = k === from ? signed : total + signed;
          }
          expect(total).toBe(recording.value[node]);
        }
        expect(new Set(keys).size).toBe(full.count);
        expect(origin[recording.output]).toBe(full.output);
      }),
      { seed, numRuns: 300 },
    );
    expect(runs).toBeGreaterThan(100);
  });

  it('folds a run of 200,000 terms', () => {
    const recording = recordingOf((tape) => {
      const x = tape.leaf(1, 'x');
      let sum = x;
      for (let k = 0; k < 200_000; k++) sum = sum.add(x);
      return sum;
    });
    const folded = foldSums(recording);
    expect(folded.recording.count).toBe(2);
    expect(backward(folded.recording)[0]).toBe(200_001);
  });

  it('leaves every card a place when a large one is opened and closed again', () => {
    const recording = recordingOf((tape) => {
      const inputs = Array.from({ length: 1569 }, (_, k) => tape.leaf(k));
      return tape.applyAll('affine', inputs).as('z').tanh();
    });
    const pane = { width: 500, height: 550 };
    const views = [foldSums(recording), foldSums(recording, new Set(['z'])), foldSums(recording)];
    let previous: ArrangeOptions['previous'] = null;
    for (const { recording: view } of views) {
      const arrangement = arrangeCards(view, pane, { digits: 4, words: en.graph, previous });
      expect(arrangement.layout.x.every(Number.isFinite)).toBe(true);
      expect(arrangement.layout.y.every(Number.isFinite)).toBe(true);
      previous = { ...arrangement, keys: keysOf(view) };
    }
  });
});
