import {
  backward,
  isLive,
  OperandError,
  partialsOf,
  reachable,
  Tape,
  value,
  where,
  withTape,
} from '@backflow/engine';
import type { Recording, SweepObserver, Value } from '@backflow/engine';
import { describe, expect, it } from 'vitest';
import { allNames, edgeInputs, ordinaryInputs, recordingOf } from './points.ts';
import { randomNumbers, randomProgram } from './random-program.ts';

/** The local derivatives that the sweep uses, per slot of the output; absent where nothing is passed on. */
function localsUsed(recording: Recording): Map<number, number> {
  const locals = new Map<number, number>();
  backward(recording, {
    observer: {
      seed: () => {},
      visit: () => {},
      contribute: (node, slot, local) => {
        if (node === recording.output) locals.set(slot, local);
      },
    },
  });
  return locals;
}

describe.each(allNames)('the sweep through %s', (name) => {
  it('uses the local derivatives of the table, bit for bit, on every live edge', () => {
    const random = randomNumbers(7);
    const inputs = [...edgeInputs(name), ...Array.from({ length: 100 }, () => ordinaryInputs(name, random))];
    for (const x of inputs) {
      const recording = recordingOf(name, x);
      const { output } = recording;
      const expected = [...partialsOf(recording, output)].flatMap((partial, slot): [number, number][] =>
        isLive(recording, output, slot) ? [[slot, partial]] : [],
      );
      // toEqual compares with Object.is: NaN equals itself, −0 differs from 0.
      expect([...localsUsed(recording)], `${name}(${x.join(', ')})`).toEqual(expected);
    }
  });
});

describe('an observer', () => {
  const names = (recording: Recording) => (node: number) => recording.names.get(node) ?? `#${node}`;

  function story(recording: Recording): string[] {
    const name = names(recording);
    const lines: string[] = [];
    const observer: SweepObserver = {
      seed: (node, gradient) => lines.push(`seed ${name(node)} ${gradient}`),
      visit: (node, gradient) => lines.push(`visit ${name(node)} ${gradient}`),
      contribute: (node, slot, local, contribution, total) => {
        const input = recording.inputs[recording.inputStart[node] + slot];
        lines.push(`${name(node)}/${slot} → ${name(input)}: ${local} gives ${contribution}, now ${total}`);
      },
    };
    backward(recording, { observer });
    return lines;
  }

  it('hears the seed, each node when its gradient is final, and each use of an input', () => {
    const tape = new Tape();
    const x = tape.leaf(3, 'x');
    const u = x.mul(x).as('u');
    const v = u.add(x).as('v');
    const y = u.mul(v).as('y');
    expect(story(tape.record(y))).toEqual([
      'seed y 1',
      'visit y 1',
      'y/0 → u: 12 gives 12, now 12',
      'y/1 → v: 9 gives 9, now 9',
      'visit v 9',
      'v/0 → u: 1 gives 9, now 21',
      'v/1 → x: 1 gives 9, now 9',
      'visit u 21',
      'u/0 → x: 3 gives 63, now 72',
      'u/1 → x: 3 gives 63, now 135',
      'visit x 135',
    ]);
  });

  it('hears nothing of constants, nor of nodes the output does not depend on', () => {
    const tape = new Tape();
    const x = tape.leaf(2, 'x');
    tape.leaf(5, 'unused').mul(x).as('aside');
    const y = x.mul(10).as('y');
    expect(story(tape.record(y))).toEqual([
      'seed y 1',
      'visit y 1',
      'y/0 → x: 10 gives 10, now 10',
      'visit x 10',
    ]);
  });

  it('hears the same gradients as are returned, and each reached node once', () => {
    const random = randomNumbers(11);
    for (let round = 0; round < 200; round++) {
      const recording = randomProgram(random);
      const visited = new Map<number, number>();
      const gradient = backward(recording, {
        observer: {
          seed: () => {},
          contribute: () => {},
          visit: (node, final) => {
            expect(visited.has(node)).toBe(false);
            visited.set(node, final);
          },
        },
      });
      const reached = reachable(recording, recording.output);
      for (let node = 0; node < recording.count; node++) {
        expect(visited.has(node)).toBe(reached[node] === 1);
        expect(gradient[node]).toBe(visited.get(node) ?? 0);
      }
    }
  });
});

describe('backward(recording)', () => {
  it('refuses a Value, and says what to call', () => {
    const x = new Tape().leaf(2);
    expect(() => backward(x as never)).toThrow(
      'backward: found Value(2), expected a recording; a Value y has y.backward().',
    );
    expect(() => backward(undefined as never)).toThrow(OperandError);
  });

  it('differentiates any node, from any seed', () => {
    const tape = new Tape();
    const x = tape.leaf(3);
    const u = x.mul(x);
    const y = u.mul(u);
    const recording = tape.record(y);
    expect([...backward(recording)]).toEqual([108, 18, 1]);
    expect([...backward(recording, { of: u.index })]).toEqual([6, 1, 0]);
    expect([...backward(recording, { seed: -2 })]).toEqual([-216, -36, -2]);
    expect([...backward(recording, { of: x.index })]).toEqual([1, 0, 0]);
    expect(() => backward(recording, { of: 3 })).toThrow('found node 3, expected an index from 0 to 2');
  });

  it('is NaN, and not 0, where 0 meets ∞: sqrt(x²) at 0', () => {
    const tape = new Tape();
    const x = tape.leaf(0);
    const y = x.mul(x).sqrt();
    expect(backward(tape.record(y))[x.index]).toBeNaN();
    expect(backward(tape.record(x.hypot()))[x.index]).toBe(0);
  });
});

describe('where', () => {
  it('has no edge to the branch it did not take: no 0 · ∞ comes from there', () => {
    const x = value(0);
    const y = where(x.greater(0), x.log(), x.mul(3));
    y.backward();
    expect(y.data).toBe(0);
    expect(x.grad).toBe(3);
  });

  it('has no edge to its condition: an infinite gradient does not become NaN there', () => {
    const tape = new Tape();
    const x = tape.leaf(0);
    const y = where(x.greaterEqual(0), x, 0).sqrt();
    expect(backward(tape.record(y))[x.index]).toBe(Infinity);
  });

  it('evaluates only the branch it takes when branches are functions, and records both', () => {
    withTape(new Tape(), () => {
      const x = value(-1);
      const y = where(
        x.greater(0),
        () => x.log().exp(),
        () => x.mul(x),
      );
      y.backward();
      const recording = y.tape.record(y);
      expect(y.data).toBe(1);
      expect(x.grad).toBe(-2);
      expect(y.prev.map(({ op }) => op)).toEqual(['greater', 'exp', 'mul']);
      expect([...recording.skipped]).toEqual([0, 0, 1, 1, 0, 0]);
      expect(recording.value[2]).toBeNaN();
    });
  });

  it('takes neither branch for a condition that is NaN', () => {
    const x = value(NaN);
    const y = where(
      x,
      () => x.add(1),
      () => x.sub(1),
    );
    y.backward();
    expect(y.data).toBeNaN();
    expect(x.grad).toBe(0);
  });
});

describe('Numbers written after recording', () => {
  const observer: SweepObserver = { seed() {}, visit() {}, contribute() {} };
  const computed: Readonly<Record<string, (x: Value, y: Value) => Value>> = {
    'x · y': (x, y) => x.mul(y),
    'x / y': (x, y) => x.div(y),
    'relu x': (x) => x.relu(),
    'tanh x': (x) => x.tanh(),
    'σ(x)': (x) => x.sigmoid(),
    'x · y, summed': (x, y) => x.tape.dot([x, y], [y, x]),
  };
  const written: Readonly<
    Record<string, (tape: Tape) => readonly [Value, Value, (numbers: number[]) => void]>
  > = {
    parameters: (tape) => {
      const [x, y] = [tape.leaf(2), tape.leaf(3)];
      return [x, y, ([a, b]) => ([x.data, y.data] = [a, b])];
    },
    'later leaves': (tape) => {
      tape.leaf(1).exp();
      const [x, y] = [tape.leaf(2), tape.leaf(3)];
      return [x, y, ([a, b]) => ([x.data, y.data] = [a, b])];
    },
    'a block': (tape) => {
      const block = tape.parameters([2, 3]);
      return [block.at(0), block.at(1), (numbers) => block.data.set(numbers)];
    },
    'a later block': (tape) => {
      tape.leaf(1).exp();
      const block = tape.parameters([2, 3]);
      return [block.at(0), block.at(1), (numbers) => block.data.set(numbers)];
    },
  };

  for (const [where, leaves] of Object.entries(written)) {
    it(`into ${where}: 0 · ∞ is NaN, whether somebody watches or not`, () => {
      for (const [what, compute] of Object.entries(computed)) {
        for (const numbers of [
          [Infinity, 3],
          [2, NaN],
          [NaN, -Infinity],
          [5, 7],
        ]) {
          const tape = new Tape();
          const [x, y, write] = leaves(tape);
          const output = compute(x, y).mul(0);
          write(numbers);
          output.backward({ observer });
          const watched = [x.grad, y.grad];
          tape.zeroGrad();
          output.backward();
          expect({ what, numbers, gradient: [x.grad, y.grad] }).toEqual({ what, numbers, gradient: watched });
        }
      }
    });
  }

  it('into a block of constants', () => {
    const tape = new Tape();
    const [weights, numbers] = [tape.parameters([1, 2]), tape.constants([3, 4])];
    const output = tape.dot(weights, numbers).mul(0);
    numbers.data[1] = Infinity;
    output.backward();
    expect([...weights.grad]).toEqual([0, NaN]);
  });
});
