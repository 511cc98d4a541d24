import {
  backward,
  compile,
  EngineError,
  group,
  OperandError,
  record,
  recordingToJson,
  StaleValueError,
  sum,
  Tape,
  withTape,
} from '@backflow/engine';
import type { Value } from '@backflow/engine';
import { checkpoint, differentiate, grad, hessian, jvp } from '@backflow/engine/func';
import { describe, expect, it } from 'vitest';

type Wrap = <R extends Value | readonly Value[]>(
  fn: (x: readonly Value[]) => R,
  inputs: readonly Value[],
) => R;
const plain: Wrap = (fn, inputs) => fn(inputs);
const kept: Wrap = checkpoint;

/** A small network on a tape of its own, its layers wrapped; weights are closed over, activations passed on. */
function network(wrap: Wrap, debug = false) {
  const [layers, width] = [4, 3];
  const tape = new Tape({ debug });
  const weights = Array.from({ length: layers * width * width }, (_, i) =>
    tape.leaf(Math.sin(i + 1), `w${i}`),
  );
  const inputs = Array.from({ length: width }, (_, i) => tape.leaf(Math.cos(i), `x${i}`));
  let hidden: readonly Value[] = inputs;
  for (let layer = 0; layer < layers; layer++) {
    hidden = wrap(
      (x) =>
        Array.from({ length: width }, (_, row) => {
          const start = (layer * width + row) * width;
          const dot = sum(x.map((each, i) => each.mul(weights[start + i])));
          return row === 1 ? dot.relu().add(dot.mul(weights[0])) : dot.tanh();
        }),
      hidden,
    );
  }
  const loss = wrap((x) => sum(x.map((each) => each.mul(each).add(x[0]))), hidden).as('L');
  return { tape, leaves: [...weights, ...inputs], inputs, loss };
}

describe('checkpoint', () => {
  it('gives the values and the gradients of the plain function, bit for bit, also to what it closes over', () => {
    const [a, b] = [network(plain), network(kept)];
    expect(b.loss.data).toBe(a.loss.data);
    a.loss.backward();
    b.loss.backward();
    expect(b.leaves.map((leaf) => leaf.grad)).toEqual(a.leaves.map((leaf) => leaf.grad));
    expect(new Set(a.leaves.map((leaf) => leaf.grad)).size).toBeGreaterThan(20);
    // A second sweep adds up on leaves, as ever.
    a.loss.backward();
    b.loss.backward();
    expect(b.leaves.map((leaf) => leaf.grad)).toEqual(a.leaves.map((leaf) => leaf.grad));
  });

  it('and on a tape in debug mode, where no Value of what was forgotten can be used', () => {
    const [a, b] = [network(plain), network(kept, true)];
    a.loss.backward();
    b.loss.backward();
    expect(b.leaves.map((leaf) => leaf.grad)).toEqual(a.leaves.map((leaf) => leaf.grad));
    let inner: Value | undefined;
    const y = checkpoint((x) => (inner = x.exp()).mul(2), b.leaves[0]);
    expect(() => y.mul(inner!)).toThrow(StaleValueError);
  });

  it('is swept inside noGrad as outside, and recorded there as nothing', () => {
    const tape = new Tape();
    const a = tape.leaf(3);
    const y = checkpoint((x) => x.mul(x), a);
    tape.noGrad(() => y.backward());
    expect(a.grad).toBe(6);
    const z = tape.noGrad(() => checkpoint((x) => x.mul(x), a));
    z.mul(a).backward();
    expect([z.op, a.grad]).toEqual(['leaf', 6 + 9]);
  });

  it('keeps fewer nodes, from the recording to the end of the sweep', () => {
    const run = (wrap: Wrap) => {
      const tape = new Tape();
      const x = tape.leaf(0.5);
      let y: Value = x;
      for (let part = 0; part < 50; part++) {
        [y] = wrap(
          ([start]) => {
            let z = start;
            for (let i = 0; i < 1000; i++) z = i % 2 === 0 ? z.sin() : z.mul(1.3);
            return [z];
          },
          [y],
        );
      }
      const { size } = tape;
      y.backward();
      // Columns grow when they are full and never shrink: their length is the peak.
      return { size, peak: tape.value.length, gradient: x.grad };
    };
    const [a, b] = [run(plain), run(kept)];
    expect(b.gradient).toBe(a.gradient);
    expect([a.size, b.size]).toEqual([50_001, 51]);
    expect(a.peak).toBeGreaterThan(50_000);
    expect(b.peak).toBeLessThanOrEqual(2048);
  });

  it('nests', () => {
    const f = (wrap: Wrap) => {
      const tape = new Tape();
      const [a, b] = [tape.leaf(0.3), tape.leaf(1.7)];
      const y = wrap(
        ([x]) => {
          const [inner, other] = wrap(
            ([z]) => [z.mul(b).sin(), wrap(([u]) => u.exp().mul(b), [z])],
            [x.mul(x)],
          );
          return inner.mul(other).add(x);
        },
        [a],
      );
      y.backward();
      return [y.data, a.grad, b.grad];
    };
    expect(f(kept)).toEqual(f(plain));
  });

  it('has one Value for one Value, and leaves alone what it is given back', () => {
    const tape = new Tape();
    const a = tape.leaf(3);
    expect(checkpoint((x) => x.mul(x).add(1), a).data).toBe(10);
    const [same, square] = checkpoint(([x]) => [x, x.mul(x)], [a]);
    expect(same.index).toBe(a.index);
    same.add(square).backward();
    expect(a.grad).toBe(7);
    expect(checkpoint((x) => x, a).index).toBe(a.index);
  });

  it('differentiates the outputs that are used, and no others', () => {
    const tape = new Tape();
    const a = tape.leaf(0);
    const outputs = checkpoint(([x]) => [x.add(1), x.log(), x.add(2)], [a]);
    outputs[2].mul(outputs[0]).backward();
    expect(a.grad).toBe(3);
  });

  it('is recorded in full in a gradient that is recorded, to any order', () => {
    const [a, b] = [network(plain), network(kept)];
    const gradients = [a, b].map(({ loss, leaves }) => differentiate([loss], leaves));
    expect(gradients[1].map(({ data }) => data)).toEqual(gradients[0].map(({ data }) => data));
    const second = [a, b].map(({ leaves }, i) => differentiate([gradients[i][2]], leaves));
    // The nodes stand in another order, and so do the terms of sums.
    second[1].forEach(({ data }, i) => expect(data).toBeCloseTo(second[0][i].data, 14));
    expect(new Set(second[1].map(({ data }) => data)).size).toBeGreaterThan(20);
  });

  it('goes with every transform', () => {
    const f = (wrap: Wrap) => (x: readonly Value[]) => {
      const [p, q] = wrap(([a, b]) => [a.mul(b).sin(), a.div(b)], x);
      return p.mul(q).exp();
    };
    const at = [0.4, 1.2];
    expect(grad(f(kept))(at)).toEqual(grad(f(plain))(at));
    const second = hessian(f(plain))(at).flat();
    hessian(f(kept))(at)
      .flat()
      .forEach((entry, i) => expect(entry).toBeCloseTo(second[i], 14));
    expect(jvp(f(kept), at, [1, 2])).toEqual(jvp(f(plain), at, [1, 2]));
  });

  it('is recorded in full by record(output): the recording of the plain function', () => {
    const [a, b] = [network(plain), network(kept)];
    expect(recordingToJson(record(b.loss))).toBe(recordingToJson(record(a.loss)));
    const recording = record(b.loss);
    const gradient = backward(recording);
    b.loss.backward();
    const node = [...recording.names].find(([, name]) => name === 'w5')![0];
    expect(gradient[node]).toBe(b.leaves[5].grad);
    expect(b.tape.size).toBeLessThan(a.tape.size);
  });

  it('keeps groups and names in such a recording', () => {
    const recorded = (wrap: Wrap) => {
      const tape = new Tape();
      return withTape(tape, () => {
        const x = tape.leaf(2, 'x');
        const y = group('outer', () =>
          wrap(
            ([a]) => group('inner', () => a.mul(a).as('square')).add(wrap(([b]) => b.exp().as('e'), [a])),
            [x],
          ),
        );
        return record(y.add(1).as('y'));
      });
    };
    expect(recordingToJson(recorded(kept))).toBe(recordingToJson(recorded(plain)));
  });

  it('is refused where nodes are asked for by their index', () => {
    const { tape, loss } = network(kept);
    expect(() => tape.record(loss)).toThrow(/record\(output\)/);
    const a = new Tape().leaf(2);
    const y = checkpoint((x) => x.exp(), a);
    expect(() => compile(y, [a], { engine: 'javascript' }).run()).toThrow(/record\(output\)/);
  });

  it('says so when it computes something else the second time', () => {
    const tape = new Tape();
    const [a, b] = [tape.leaf(2), tape.leaf(5)];
    const y = checkpoint((x) => x.mul(b), a);
    b.data = 6;
    expect(() => y.backward()).toThrow(/found 12 when it was computed again, expected 10/);
    let calls = 0;
    const z = checkpoint((x) => (calls++ === 0 ? x.mul(1) : x.mul(b).div(b)), a);
    expect(() => z.backward()).toThrow(EngineError);
    let again = false;
    const square = checkpoint((x) => {
      const factor = again ? x.data : x;
      again = true;
      return x.mul(factor);
    }, a);
    expect(() => square.backward()).toThrow('found other operations when it was computed again');
    expect([tape.size, a.grad]).toEqual([5, 0]);
  });

  it('calls the hooks that its function sets, in checkpoints within it, too', () => {
    const gradients = [plain, kept].map((wrap) => {
      const a = new Tape().leaf(2);
      const seen: number[] = [];
      a.onGrad((gradient) => void seen.push(gradient));
      const y = wrap(
        ([x]) => {
          const u = wrap(
            ([z]) => {
              const v = z.mul(3);
              v.onGrad((gradient) => (seen.push(gradient), 10 * gradient));
              return v.sin();
            },
            [x],
          );
          u.onGrad((gradient) => (seen.push(gradient), gradient / 2));
          return u.exp();
        },
        [a],
      );
      y.backward();
      return [...seen, a.grad];
    });
    expect(gradients[1]).toEqual(gradients[0]);
    expect(gradients[0]).toHaveLength(4);
  });

  it('forgets its nodes when the function throws, or is not taken', () => {
    const tape = new Tape();
    const a = tape.leaf(2);
    expect(() =>
      checkpoint((x) => {
        x.exp();
        throw new RangeError('mine');
      }, a),
    ).toThrow('mine');
    expect(tape.size).toBe(1);
    const y = a.greater(0).where(a, () => checkpoint((x) => x.log().mul(x), a));
    y.backward();
    expect(a.grad).toBe(1);
    expect(() => checkpoint(() => 3 as never, a)).toThrow(OperandError);
    expect(() => checkpoint((x: readonly Value[]) => x[0], [])).toThrow('at least one');
  });

  it('works in a training loop on a tape that is reset', () => {
    const tape = new Tape();
    const w = tape.leaf(1);
    for (let step = 0; step < 20; step++) {
      tape.scope(() => {
        const y = checkpoint((x) => x.mul(x).sub(3), w);
        y.mul(y).backward();
      });
      w.data -= 0.02 * w.grad;
      w.grad = 0;
    }
    expect(w.data).toBeCloseTo(Math.sqrt(3), 4);
    expect(tape.size).toBe(1);
  });
});
