import { backward, compile, evaluate, OPERATION_NAMES, Tape } from '@backflow/engine';
import type { Operand, Plan, Recording, SweepObserver, Value } from '@backflow/engine';
import { describe, expect, it } from 'vitest';
import { allNames, edgeInputs, edgeNumbers } from './points.ts';
import { randomNumbers, randomProgram, seedOfRun } from './random-program.ts';

// A plan run by the JavaScript interpreter has the bits of the eager engine: every comparison here is `Object.is`. A sweep
// that is watched takes no short cuts.
const observer: SweepObserver = { seed() {}, visit() {}, contribute() {} };

/** The recording's operations, recorded once more on a tape of their own. */
function onTape({ count, operation, inputStart, inputs, constants, value }: Recording): Value[] {
  const tape = new Tape();
  const values: Value[] = [];
  for (let node = 0; node < count; node++) {
    const operands: Operand[] = [];
    for (let at = inputStart[node]; at < inputStart[node + 1]; at++) {
      operands.push(inputs[at] >= 0 ? values[inputs[at]] : constants[~inputs[at]]);
    }
    const name = OPERATION_NAMES[operation[node]];
    values.push(name === 'leaf' ? tape.leaf(value[node]) : tape.applyAll(name, operands));
  }
  return values;
}

interface Result {
  readonly value: number;
  readonly gradient: readonly number[];
}

function byPlan(plan: Plan): Result {
  return { value: plan.run(), gradient: [...plan.gradient] };
}

function eagerly(output: Value, leaves: readonly Value[]): Result {
  output.tape.zeroGrad();
  output.backward({ observer });
  return { value: output.data, gradient: leaves.map((leaf) => leaf.grad) };
}

/** Where two results differ in a bit, as text; null where they do not. */
function difference(expected: Result, found: Result): string | null {
  if (!Object.is(expected.value, found.value)) return `value ${found.value}, eager ${expected.value}`;
  const at = expected.gradient.findIndex((each, i) => !Object.is(each, found.gradient[i]));
  return at < 0 ? null : `gradient ${at}: ${found.gradient[at]}, eager ${expected.gradient[at]}`;
}

describe('A plan has the bits of the eager engine', () => {
  it('on random programs, for the recorded numbers and for others, which may be edges', () => {
    const random = randomNumbers(seedOfRun());
    const number = () =>
      random() < 0.2 ? edgeNumbers[Math.floor(random() * edgeNumbers.length)] : 6 * random() - 3;
    const wrong: string[] = [];
    for (let program = 0; program < 1000; program++) {
      const recording = randomProgram(random);
      const values = onTape(recording);
      const leaves = values.filter((each) => each.op === 'leaf');
      const output = values[recording.output];
      const plan = compile(output, leaves, { engine: 'javascript' });
      const asRecorded = difference(eagerly(output, leaves), byPlan(plan));
      if (asRecorded !== null) wrong.push(`program ${program}: ${asRecorded}`);

      const changes = new Map(leaves.map((leaf) => [leaf.index, number()]));
      plan.inputs.set([...changes.values()]);
      const replayed = evaluate(recording, changes);
      const gradient = backward(replayed, { observer });
      const expected = {
        value: replayed.value[recording.output],
        gradient: [...changes.keys()].map((node) => gradient[node]),
      };
      const asChanged = difference(expected, byPlan(plan));
      if (asChanged !== null) wrong.push(`program ${program}, changed: ${asChanged}`);
    }
    expect(wrong).toEqual([]);
  });

  it('on every operation, at edges, each operand alone and all together', () => {
    const wrong: string[] = [];
    for (const name of allNames) {
      const signs = name === 'signedSum';
      const plans = new Map<string, Plan>();
      for (const inputs of edgeInputs(name)) {
        // Signs are constants, so that a plan for one pair of signs is not one for the other.
        const key = signs ? String(inputs[0]) : '';
        const tape = new Tape();
        const operands = inputs.map((x, slot) => (signs && slot % 2 === 0 ? x : tape.leaf(x)));
        const leaves = operands.filter((each) => typeof each !== 'number');
        const output = tape.applyAll(name, operands);
        if (!plans.has(key)) plans.set(key, compile(output, leaves, { engine: 'javascript' }));
        const plan = plans.get(key)!;
        plan.inputs.set(leaves.map((leaf) => leaf.data));
        const found = difference(eagerly(output, leaves), byPlan(plan));
        if (found !== null) wrong.push(`${name}(${inputs.join(', ')}): ${found}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('where products and sums are fused, whatever stands between them and is shared', () => {
    const random = randomNumbers(7);
    const pick = (from: readonly Value[]) => from[Math.floor(random() * from.length)];
    const wrong: string[] = [];
    for (let program = 0; program < 2500; program++) {
      const tape = new Tape();
      const leaves = Array.from({ length: 3 }, () => tape.leaf(3 * random() - 1.5));
      const nodes = [...leaves];
      for (let made = 0; made < 14; made++) {
        const kind = random();
        const recent = nodes.slice(-3);
        const [a, b] = random() < 0.6 ? [pick(recent), pick(recent)] : [pick(nodes), pick(nodes)];
        if (kind < 0.45) nodes.push(a.mul(random() < 0.2 ? random() : b));
        else if (kind < 0.85) nodes.push(random() < 0.1 ? a.add(random()) : a.add(b));
        else if (kind < 0.9) nodes.push(a.sub(b));
        else nodes.push(random() < 0.5 ? a.tanh() : a.relu());
      }
      const output = nodes[nodes.length - 1].add(pick(nodes)).add(pick(nodes));
      const found = difference(
        eagerly(output, leaves),
        byPlan(compile(output, leaves, { engine: 'javascript' })),
      );
      if (found !== null) wrong.push(`program ${program}: ${found}`);
    }
    expect(wrong).toEqual([]);
  });

  it('where what a sum adds is used by others before the sum goes on', () => {
    const random = randomNumbers(17);
    const wrong: string[] = [];
    for (let program = 0; program < 800; program++) {
      const tape = new Tape();
      const leaves = Array.from({ length: 4 }, () => tape.leaf(3 * random() - 1.5));
      const pick = () => leaves[Math.floor(random() * leaves.length)];
      const products = program % 2 === 0;
      const single = () => (random() < (products ? 0.2 : 0.5) ? pick() : pick().tanh());
      const term = () => (products ? single().mul(single()) : single());
      let sum = (random() < 0.5 ? pick() : term()).add(term());
      let others: Value = pick().sin();
      for (let made = 0; made < 12; made++) {
        if (random() < 0.4) others = others.mul(pick().add(3));
        else sum = random() < 0.5 ? sum.add(term()) : term().add(sum);
      }
      const output = sum.mul(others);
      const plan = compile(output, leaves, { engine: 'javascript' });
      const found = difference(eagerly(output, leaves), byPlan(plan));
      if (found !== null) wrong.push(`program ${program}: ${found}`);
    }
    expect(wrong).toEqual([]);
  });

  it('where sums are used beside their activations', () => {
    const random = randomNumbers(19);
    const wrong: string[] = [];
    for (let program = 0; program < 20; program++) {
      const tape = new Tape();
      const leaves = Array.from({ length: 12 }, () => tape.leaf(2 * random() - 1));
      const [a, b, c, d, e, f, g, h, i, j] = leaves;
      const first = tape.dot([a, b], [c, d]);
      const activated = first.tanh();
      const second = tape.dot([first, e], [f, g]).tanh();
      const third = tape.dot([first, h], [i, j]).tanh();
      const output = activated.mul(leaves[10]).add(second.mul(leaves[11])).add(third.mul(a));
      const plan = compile(output, leaves, { engine: 'javascript' });
      const found = difference(eagerly(output, leaves), byPlan(plan));
      if (found !== null) wrong.push(`program ${program}: ${found}`);
    }
    expect(wrong).toEqual([]);
  });

  it('in runs: layers of every width, with shared, strided and repeated operands', () => {
    const random = randomNumbers(11);
    const wrong: string[] = [];
    for (let program = 0; program < 150; program++) {
      const tape = new Tape();
      const width = () => 1 + Math.floor(random() * 9);
      const number = () => (random() < 0.05 ? 0 : 2 * random() - 1);
      const leaves: Value[] = [];
      const leaf = () => {
        leaves.push(tape.leaf(number()));
        return leaves[leaves.length - 1];
      };
      const kind = Math.floor(random() * 5);
      let x = Array.from({ length: width() }, leaf);
      for (let layer = 0; layer < 3; layer++) {
        const from = x;
        const shared = Array.from({ length: from.length + 8 }, leaf);
        x = Array.from({ length: width() }, (_, unit) => {
          let sum: Value | number = kind === 3 ? 0.5 : kind === 2 ? shared[0] : leaf();
          from.forEach((each, i) => {
            // Weights of its own, the same for all, those of a filter that moves on or back, or the number itself.
            const filter = [0, 0, unit % 8, 0, 7 - (unit % 8)][kind];
            const weight = kind === 0 ? leaf() : kind === 3 ? each : shared[i + filter];
            sum = weight.mul(each).add(sum);
          });
          const total = sum as unknown as Value;
          return [total.relu(), total.tanh(), total.sigmoid(), total][(layer + program) % 4];
        });
      }
      let output = x[0];
      for (const each of x.slice(1)) output = output.add(each);
      const plan = compile(output, leaves, { engine: 'javascript' });
      const found = difference(eagerly(output, leaves), byPlan(plan));
      if (found !== null) wrong.push(`program ${program} of kind ${kind}: ${found}`);
    }
    expect(wrong).toEqual([]);
  });

  it('in runs of sums whose starts and factors are each other', () => {
    const random = randomNumbers(13);
    type Start = (matrix: readonly Value[][], x: readonly Value[], row: number) => Value;
    const starts: Readonly<Record<string, Start>> = {
      'the row’s first weight': (matrix, _x, row) => matrix[row][0],
      'the next row’s first weight': (matrix, _x, row) => matrix[row + 1][0],
      'the next row’s last weight but one': (matrix, _x, row) => matrix[row + 1][3],
      'the last weight of the row before': (matrix, _x, row) => matrix[row + 1][5],
      'behind the third row, then through the next ones': (matrix, _x, row) => matrix.flat()[17 + row],
      'the first number': (_matrix, x) => x[0],
      'each number in turn': (_matrix, x, row) => x[row % 5],
      'one for all': (matrix) => matrix[9][5],
    };
    const wrong: string[] = [];
    for (const [name, start] of Object.entries(starts)) {
      for (const of of [
        'numbers of its own',
        'row 0',
        'row 2',
        'row 3, shifted',
        'the rows’ first weights',
        'one number',
      ]) {
        const tape = new Tape();
        const leaf = () => tape.leaf(2 * random() - 1);
        const leaves: Value[] = [];
        const matrix = Array.from({ length: 10 }, () => Array.from({ length: 6 }, leaf));
        const own = Array.from({ length: 5 }, leaf);
        leaves.push(...matrix.flat(), ...own);
        const x = {
          'numbers of its own': own,
          'row 0': matrix[0],
          'row 2': matrix[2],
          'row 3, shifted': matrix[3].slice(1),
          'one number': own.map(() => own[0]),
          'the rows’ first weights': matrix.map(([first]) => first),
        }[of]!;
        let output: Value = leaves[0].exp();
        for (const sums of [8, 5]) {
          const rows = Array.from({ length: sums }, (_, row) => {
            let sum = start(matrix, x, row);
            for (let k = 0; k < 5; k++) sum = sum.add(matrix[row][k].mul(x[k]));
            return sum;
          });
          for (const row of rows) output = output.add(row.mul(random()).tanh());
        }
        const plan = compile(output, leaves, { engine: 'javascript' });
        const found = difference(eagerly(output, leaves), byPlan(plan));
        if (found !== null) wrong.push(`${name} + weights · ${of}: ${found}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('in runs of every operation that has them, and in chains whose links are used again', () => {
    const steps: Readonly<Record<string, (x: Value, c: Value, d: Value) => Value>> = {
      'x·c + d': (x, c, d) => x.mul(c).add(d),
      'c·x + d': (x, c, d) => d.add(c.mul(x)),
      'x·c + c': (x, c) => x.mul(c).add(c),
      'x·x + d': (x, _c, d) => x.mul(x).mul(d),
      'x·c + x·d': (x, c, d) => x.mul(c).add(x.mul(d)),
      'x·d + x·d': (x, _c, d) => x.mul(d).add(x.mul(d)),
      'x + d': (x, _c, d) => x.add(d),
      'd − x': (x, _c, d) => d.sub(x),
      'x − d': (x, _c, d) => x.sub(d),
      'x / c': (x, c) => x.div(c),
      'c / x': (x, c) => c.div(x),
      '−x': (x) => x.neg(),
      'exp(−x)': (x) => x.neg().exp(),
      'tanh x': (x) => x.tanh(),
      'σ x': (x) => x.sigmoid(),
      'sin x': (x) => x.sin(),
    };
    const wrong: string[] = [];
    for (const [name, step] of Object.entries(steps)) {
      for (const again of [false, true]) {
        for (const numbers of [
          [0.7, 0.9, -0.3],
          [Infinity, 0.9, 1],
          [0, -0, -0],
          [2, 1e200, 0],
        ]) {
          const tape = new Tape();
          const leaves = numbers.map((each) => tape.leaf(each));
          let x = leaves[0];
          const links: Value[] = [];
          for (let i = 0; i < 20; i++) links.push((x = step(x, leaves[1], leaves[2])));
          for (const i of again ? [3, 12, 17] : []) x = x.add(links[i].mul(links[i + 1]));
          const found = difference(eagerly(x, leaves), byPlan(compile(x, leaves, { engine: 'javascript' })));
          if (found !== null)
            wrong.push(`${name}${again ? ', links used again' : ''}, ${numbers.join()}: ${found}`);
        }
      }
    }
    expect(wrong).toEqual([]);
  });

  it('with n-ary operations over blocks, with constants, repeated operands and none at all', () => {
    const tape = new Tape();
    const w = tape.parameters([0.1, 0.2, -0.3, 0.4, 0.5, 0.6]);
    const x = tape.constants([1, -2, 3]);
    const [w0, w1, w2] = w.values();
    const parts = [
      tape.affine(w.slice(0, 3), x, w1),
      tape.affine(w.slice(3, 6), x, w.at(0)),
      tape.dot(w.slice(0, 3), w.slice(3, 6)),
      tape.dot(w.slice(0, 5), w.slice(1, 6)),
      tape.dot(w, w),
      tape.sum(w),
      tape.sum(x),
      tape.sum([w0, w0, w2, 3]),
      tape.dot([w0, w1, w0], [w1, w0, 2]),
      tape.dot([w0], [w1]),
      tape.affine([], [], w1),
      tape.affine([w0, w0], [w1, w2], w0),
    ];
    for (const output of [...parts, tape.sum(parts.map((part) => part.tanh()))]) {
      const plan = compile(output, [w], { engine: 'javascript' });
      expect(difference(eagerly(output, w.values()), byPlan(plan))).toBe(null);
    }
  });
});

describe('`where` in a plan', () => {
  const record = (numbers: readonly number[]) => {
    const tape = new Tape();
    const [x, y] = numbers.map((each) => tape.leaf(each));
    // The logarithm of a negative number and the square root's slope at 0 stand in branches.
    const inner = x.less(y).where(y.sqrt().mul(x), x.log());
    const output = x.greater(0).where(inner.mul(x), y.exp().add(inner)).add(y.mul(y));
    return { output, leaves: [x, y] };
  };

  it('chooses anew in every run, as if it were recorded anew, and never lets the other branch leak', () => {
    const { output, leaves } = record([1, 2]);
    const plan = compile(output, leaves, { engine: 'javascript' });
    const points = [-1, 0, 2, NaN, Infinity, 0.5, -0];
    for (const a of points) {
      for (const b of points) {
        plan.inputs.set([a, b]);
        const fresh = record([a, b]);
        expect(difference(eagerly(fresh.output, fresh.leaves), byPlan(plan))).toBe(null);
      }
    }
  });

  it('gives a gradient of 0, not NaN, where the branch with an infinite slope is not taken', () => {
    const tape = new Tape();
    const x = tape.leaf(4);
    const plan = compile(x.greater(0).where(x.sqrt(), 0), [x], { engine: 'javascript' });
    expect([plan.run(), plan.gradient[0]]).toEqual([2, 0.25]);
    plan.inputs[0] = 0;
    expect([plan.run(), plan.gradient[0]]).toEqual([0, 0]);
    plan.inputs[0] = -1;
    expect([plan.run(), plan.gradient[0]]).toEqual([0, 0]);
  });

  it('computes a branch that was never evaluated while recording', () => {
    const tape = new Tape();
    const x = tape.leaf(1);
    const output = x.greater(0).where(
      () => x.mul(2),
      () => x.mul(x).mul(x),
    );
    const plan = compile(output, [x], { engine: 'javascript' });
    plan.inputs[0] = -2;
    expect([plan.run(), plan.gradient[0]]).toEqual([-8, 12]);
  });
});
