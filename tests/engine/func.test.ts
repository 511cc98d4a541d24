import {
  backward,
  BranchError,
  compile,
  defineOperation,
  DefinitionError,
  EngineError,
  evaluate,
  getTape,
  grad as gradOf,
  OperandError,
  softmax,
  sum,
  Tape,
  value,
  where,
  withTape,
} from '@backflow/engine';
import type { Value } from '@backflow/engine';
import {
  differentiate,
  grad,
  hessian,
  hvp,
  jacobian,
  jvp,
  LostDerivativeError,
  valueAndGrad,
  vjp,
} from '@backflow/engine/func';
import { describe, expect, it } from 'vitest';

/** Equal up to a few units in the last place of numbers of this size. */
function near(expected: number, size = Math.abs(expected)): unknown {
  return {
    asymmetricMatch: (found: unknown) =>
      typeof found === 'number' && Math.abs(found - expected) <= 1e-13 * size,
  };
}

/** The derivatives of f at x, from the 0th to the one of this order, each recorded from the one before. */
function derivatives(f: (x: Value) => Value, at: number, order: number): number[] {
  const x = new Tape().leaf(at);
  const all = [f(x)];
  for (let k = 1; k <= order; k++) all.push(...differentiate([all[k - 1]], [x]));
  return all.map(({ data }) => data);
}

it('a transform calls no hooks, whether it gives numbers or Values', () => {
  const w = value(3);
  const end = w.onGrad(() => expect.unreachable());
  expect(grad((x) => x.mul(w))(2)).toBe(3);
  expect(grad(grad((x) => x.pow(2).mul(w)))(2)).toBe(6);
  end();
});

describe('derivatives of any order', () => {
  const at = 0.7;
  const t = Math.tanh(at);
  const s = 1 / (1 + Math.exp(-at));
  const facts: [string, (x: Value) => Value, number[]][] = [
    ['sin', (x) => x.sin(), [Math.sin(at), Math.cos(at), -Math.sin(at), -Math.cos(at), Math.sin(at)]],
    ['exp', (x) => x.exp(), Array<number>(5).fill(Math.exp(at))],
    ['exp 2x', (x) => x.mul(2).exp(), [1, 2, 4, 8, 16].map((c) => c * Math.exp(2 * at))],
    ['x⁴', (x) => x.pow(4), [at ** 4, 4 * at ** 3, 12 * at ** 2, 24 * at, 24]],
    ['x·x·x', (x) => x.mul(x).mul(x), [at ** 3, 3 * at ** 2, 6 * at, 6, 0]],
    ['1/x', (x) => x.pow(-1), [1 / at, -1 / at ** 2, 2 / at ** 3, -6 / at ** 4, 24 / at ** 5]],
    [
      'a quotient 1/x',
      (x) => x.mul(0).add(1).div(x),
      [1 / at, -1 / at ** 2, 2 / at ** 3, -6 / at ** 4, 24 / at ** 5],
    ],
    ['ln', (x) => x.log(), [Math.log(at), 1 / at, -1 / at ** 2, 2 / at ** 3, -6 / at ** 4]],
    ['√', (x) => x.sqrt(), [1, 1 / 2, -1 / 4, 3 / 8, -15 / 16].map((c, k) => c * at ** (0.5 - k))],
    [
      'x/(1 + x)',
      (x) => x.div(x.add(1)),
      [at / (1 + at), ...[1, -2, 6, -24].map((c, k) => c / (1 + at) ** (k + 2))],
    ],
    [
      'tanh',
      (x) => x.tanh(),
      [
        t,
        1 - t * t,
        -2 * t * (1 - t * t),
        (1 - t * t) * (6 * t * t - 2),
        (1 - t * t) * (16 * t - 24 * t ** 3),
      ],
    ],
    [
      'sigmoid',
      (x) => x.sigmoid(),
      [
        s,
        s * (1 - s),
        s * (1 - s) * (1 - 2 * s),
        s * (1 - s) * (1 - 6 * s + 6 * s * s),
        s * (1 - s) * (1 - 2 * s) * (1 - 12 * s + 12 * s * s),
      ],
    ],
    [
      'softmax of x and 0 is the sigmoid',
      (x) => softmax([x, 0])[0],
      [
        s,
        s * (1 - s),
        s * (1 - s) * (1 - 2 * s),
        s * (1 - s) * (1 - 6 * s + 6 * s * s),
        s * (1 - s) * (1 - 2 * s) * (1 - 12 * s + 12 * s * s),
      ],
    ],
    [
      'xˣ by the exponent 2ˣ',
      (x) => x.tape.apply('pow', 2, x),
      [0, 1, 2, 3, 4].map((k) => 2 ** at * Math.LN2 ** k),
    ],
    ['|x|³', (x) => x.neg().abs().pow(3), [at ** 3, 3 * at ** 2, 6 * at, 6, 0]],
    ['relu(x)²', (x) => x.relu().pow(2), [at ** 2, 2 * at, 2, 0, 0]],
    ['hypot(x) is |x|', (x) => x.hypot().pow(2), [at ** 2, 2 * at, 2, 0, 0]],
  ];
  it.each(facts)('of %s up to the fourth', (_, f, expected) => {
    expect(derivatives(f, at, 4)).toEqual(expected.map((y) => near(y, Math.max(1, Math.abs(y)) * 10)));
  });

  it('mixed ones of softmax of three: ∂³y₀/∂x₀∂x₁∂x₂ = 2 y₀ y₁ y₂ (3 y₀ − 1)', () => {
    const tape = new Tape();
    const x = [0.2, -0.4, 1.1].map((data) => tape.leaf(data));
    const y = softmax(x);
    const [first] = differentiate([y[0]], [x[0]]);
    const [second] = differentiate([first], [x[1]]);
    const [third] = differentiate([second], [x[2]]);
    const [p, q, r] = y.map(({ data }) => data);
    expect(first.data).toEqual(near(p * (1 - p)));
    expect(second.data).toEqual(near(-p * q * (1 - 2 * p)));
    expect(third.data).toEqual(near(2 * p * q * r * (1 - 3 * p), 1));
  });

  it('are 0, on a leaf, where nothing depends on the input any more', () => {
    expect(derivatives((x) => x.mul(3), 2, 3)).toEqual([6, 3, 0, 0]);
    const tape = new Tape();
    const [a, b] = [tape.leaf(1), tape.leaf(2)];
    expect(differentiate([a.exp()], [b])[0].data).toBe(0);
  });
});

describe('differentiate', () => {
  it('takes several outputs with a seed each, also Values, and any node as an input', () => {
    const tape = new Tape();
    const [a, b, seed] = [2, 3, 5].map((data) => tape.leaf(data));
    const product = a.mul(b);
    const outputs = [product.exp(), product.mul(a)];
    const [byProduct, byA] = differentiate(outputs, [product, a], [0, seed]);
    expect([byProduct.data, byA.data]).toEqual([10, 60]);
    // Σ seed · output depends on the seed too.
    expect(differentiate([byA], [seed])[0].data).toBe(12);
  });

  it('gives the gradient of every node that a sweep reaches', () => {
    const tape = new Tape();
    const x = tape.leaf(0.3);
    const nodes = [x, x.sin(), x.mul(x)];
    nodes.push(nodes[1].mul(nodes[2]), nodes[1].exp());
    const y = nodes[3].add(nodes[4]).tanh();
    const recorded = differentiate([y], nodes).map(({ data }) => data);
    y.backward();
    nodes.forEach((node, i) => expect(recorded[i]).toEqual(near(node.grad)));
  });

  it('goes through nodes whose inputs are blocks', () => {
    const tape = new Tape();
    const w = tape.parameters([0.5, -1, 2], { label: 'w' });
    const x = tape.constants([3, 4, 5]);
    const y = tape.affine(w, x, w.at(0)).mul(tape.dot(w, w)).add(tape.sum(w)).tanh();
    const recorded = differentiate([y], w.values());
    y.backward();
    recorded.forEach(({ data }, i) => expect(data).toEqual(near(w.grad[i])));
    const second = recorded.map((slope) => differentiate([slope], w.values()).map(({ data }) => data));
    recorded.forEach((slope, i) => {
      expect([...gradOf(slope, w)]).toEqual(second[i].map((each) => near(each, 1)));
      expect(second[i]).toEqual(second.map((row) => near(row[i], 1)));
    });
  });

  it('touches no gradient', () => {
    const x = new Tape().leaf(2);
    x.grad = 7;
    differentiate([x.pow(2)], [x]);
    expect(x.grad).toBe(7);
  });

  it('works through a chain of 100,000 operations', () => {
    const x = new Tape().leaf(0.5);
    let y = x;
    for (let i = 0; i < 100_000; i++) y = i % 2 === 0 ? y.sin() : y.mul(1.2);
    const [slope] = differentiate([y], [x]);
    y.backward();
    expect(slope.data).toEqual(near(x.grad));
  });

  it('refuses Values of another tape and a wrong number of seeds', () => {
    const [a, b] = [new Tape().leaf(1), new Tape().leaf(2)];
    expect(() => differentiate([a.exp()], [b])).toThrow('another tape');
    expect(() => differentiate([a], [a], [1, 2])).toThrow('found 2 gradients for the outputs, expected 1');
  });
});

describe('a recorded gradient is a computation like any other', () => {
  it('runs as a plan, for other numbers: the product of a Hessian and a vector', () => {
    const tape = new Tape();
    const [a, b, v, w] = [2, 1, 1, 10].map((data) => tape.leaf(data));
    const plan = compile(
      hvp(([x, y]) => x.pow(3).mul(y.exp()), [a, b], [v, w]),
      [a, b, v, w],
      { engine: 'javascript' },
    );
    plan.inputs.set([3, 0, 1, 2]);
    plan.evaluate();
    // ∂²f/∂a² = 6a eᵇ, ∂²f/∂a∂b = 3a² eᵇ, ∂²f/∂b² = a³ eᵇ.
    expect([...plan.outputs]).toEqual([near(18 + 2 * 27), near(27 + 2 * 27)]);
  });

  it('which refuses to run on where another branch would be taken than the one that was differentiated', () => {
    const tape = new Tape();
    const x = tape.leaf(2);
    const y = where(x.greater(0), x.pow(2), x.pow(3));
    const plan = compile(differentiate([y], [x]), [x], { engine: 'javascript' });
    expect(tape.decisions).toEqual([{ node: 1, holds: true }]);
    plan.inputs[0] = 5;
    expect(plan.evaluate()).toBe(10);
    plan.inputs[0] = -5;
    expect(() => plan.evaluate()).toThrow(BranchError);
  });

  it('also from grad(…, { createGraph: true }) of the engine', () => {
    const tape = new Tape();
    const [a, b] = [tape.leaf(3, 'a'), tape.leaf(4, 'b')];
    const [da, db] = gradOf(a.pow(2).mul(b).as('y'), [a, b], { createGraph: true });
    expect([da.data, db.data, da.label, db.label]).toEqual([24, 9, '∂y/∂a', '']);
    expect([...gradOf(da, [a, b])]).toEqual([8, 6]);
  });

  it('goes through defined operations that say what their derivative is, as a formula', () => {
    const input = { input: 0 } as const;
    const cube = defineOperation('funcCube', {
      arity: 1,
      value: (x) => x ** 3,
      partials: [(x) => 3 * x * x],
      rule: () => ({ operation: 'mul', of: [3, { operation: 'mul', of: [input, input] }] }),
    });
    const closed = defineOperation('funcClosed', { arity: 1, value: (x) => 2 * x, partials: [() => 2] });
    expect(derivatives((x) => cube(x), 2, 4)).toEqual([8, 12, 12, 6, 0]);
    expect(grad((x) => closed(x))(1)).toBe(2);
    expect(() => grad(grad((x) => closed(x)))(1)).toThrow(DefinitionError);
  });
});

describe('grad', () => {
  it('gives numbers for numbers, and leaves nothing on the tape', () => {
    const tape = new Tape();
    withTape(tape, () => {
      expect(grad((x) => x.pow(3))(2)).toBe(12);
      expect(grad(([a, b]: Value[]) => a.mul(b))([2, 3])).toEqual([3, 2]);
      expect(valueAndGrad((x: Value[]) => sum(x).pow(2))([1, 2, 3])).toEqual({
        value: 36,
        gradient: [12, 12, 12],
      });
      expect(grad(() => 3)(5)).toBe(0);
      expect(() =>
        grad(() => {
          throw new RangeError('mine');
        })(1),
      ).toThrow('mine');
    });
    expect(tape.size).toBe(0);
  });

  it('gives Values for Values, which can be differentiated by backward() as well', () => {
    const x = new Tape().leaf(2);
    const slope = grad((y) => y.pow(3))(x);
    expect(slope.data).toBe(12);
    slope.backward();
    expect(x.grad).toBe(12);
    const { value: y, gradient } = valueAndGrad(([a, b]: Value[]) => a.div(b))([x, x]);
    expect([y.data, ...gradient.map(({ data }) => data)]).toEqual([1, 0.5, -0.5]);
  });

  it('nests: higher derivatives of functions of numbers', () => {
    const cube = (x: Value) => x.pow(3);
    expect([grad(cube)(2), grad(grad(cube))(2), grad(grad(grad(cube)))(2)]).toEqual([12, 12, 6]);
    expect(grad(grad(grad(grad(cube))))(2)).toBe(0);
  });

  it('differentiates by what a closure holds too, where that is a Value', () => {
    const w = value(3);
    const atTwo = grad((x) => x.mul(w).pow(2))(w.mul(0).add(2));
    expect(atTwo.data).toBe(36);
    expect(differentiate([atTwo], [w])[0].data).toBe(24);
  });

  it('follows the branch that is taken', () => {
    const f = (x: Value) => where(x.greater(0), x.pow(2), x.pow(3));
    expect([grad(f)(2), grad(f)(-2), grad(grad(f))(2), grad(grad(f))(-2)]).toEqual([4, 12, 2, -12]);
    const inside = (x: Value) =>
      where(
        x.greater(1),
        () => grad(grad((y) => y.pow(5)))(x),
        () => x.log().div(0),
      );
    expect([inside(value(2)).data, grad(inside)(2)]).toEqual([160, 240]);
  });

  it('in a branch that is not taken records what a replay needs when it is', () => {
    const inner = (y: Value) => where(y.greater(3), y.pow(3), y.pow(2).max(y));
    const tape = new Tape();
    const x = tape.leaf(0, 'x');
    const y = where(
      x.greater(1),
      () => grad(inner)(x),
      () => x.exp(),
    );
    expect(y.data).toBe(1);
    const at = (number: number) => {
      const replayed = evaluate(tape.record(y), new Map([[x.index, number]]));
      return [replayed.value[y.index], backward(replayed)[x.index]];
    };
    expect([at(0), at(2), at(5)]).toEqual([
      [1, 1],
      [4, 2],
      [75, 30],
    ]);
  });

  it('is right inside noGrad, where no derivative passes through what it gives', () => {
    const tape = new Tape();
    const x = tape.leaf(2);
    const square = (y: Value) => y.pow(3).mul(x);
    const [number, slope] = tape.noGrad(() => [grad((y) => y.pow(3))(2), grad(square)(x)] as const);
    expect([number, slope.data]).toEqual([12, 24]);
    expect(differentiate([slope], [x])[0].data).toBe(0);
    // A function may leave out what it likes.
    expect(grad((y) => y.mul(y.tape.noGrad(() => y.exp())))(0)).toBe(1);
    expect(grad((y) => y.mul(y.tape.noGrad(() => grad((z) => z.mul(y))(5))))(3)).toBe(3);
  });

  it('says what it expects', () => {
    expect(() => grad((x) => [x] as never)(1)).toThrow('expected one Value as the result');
    expect(() => grad((x) => x)('1' as never)).toThrow(OperandError);
    expect(() => grad((x: Value[]) => x[0])([])).toThrow('at least one number or Value');
    expect(() => grad(() => 'y' as never)(1)).toThrow('expected a Value as the result');
    expect(() => grad(() => new Tape().leaf(1))(1)).toThrow('another tape');
  });
});

describe('perturbations are not confused', () => {
  it('in d/dx (x · d/dy (x + y)), with y at x, at a number and under another name', () => {
    expect(grad((x) => x.mul(grad((y) => x.add(y))(x)))(1)).toBe(1);
    expect(grad((x) => x.mul(grad((y) => x.add(y))(1)))(1)).toBe(1);
    expect(jvp((x) => x.mul(jvp((y) => x.add(y), x, 1).tangent), 1, 1).tangent).toBe(1);
    expect(jvp((x) => x.mul(grad((y) => x.add(y))(x)), 1, 1).tangent).toBe(1);
    expect(grad((x) => x.mul(jvp((y) => x.add(y), x, 1).tangent))(1)).toBe(1);
  });

  it('in d/dx (x · d/dy (x · y)) = 2x and d/dx (x · d/dy (x · y²) at y = x) = 6x²', () => {
    expect(grad((x) => x.mul(grad((y) => x.mul(y))(x)))(3)).toBe(6);
    expect(jvp((x) => x.mul(jvp((y) => x.mul(y), x, 1).tangent), 3, 1).tangent).toBe(6);
    const f = (x: Value) => x.mul(grad((y) => x.mul(y.pow(2)))(x));
    expect([grad(f)(3), jvp(f, 3, 1).tangent, hessian(f)(3)]).toEqual([54, 54, 36]);
  });

  it('three deep, and with a function that is passed on', () => {
    // d/dx x · d/dy (y · d/dz (x y z) at z = y) at y = x: d/dx x · (2 x y) = d/dx 2x³ = 6x².
    const deep = (x: Value) => x.mul(grad((y) => y.mul(grad((z) => x.mul(y).mul(z))(y)))(x));
    expect(grad(deep)(2)).toBe(24);
    const shifted = (offset: Value) => (f: (x: Value) => Value) => (x: Value) => grad(f)(x.add(offset));
    // d/da at a = 0 of (d/dx x³ at x + a) = 6x.
    expect(grad((a) => shifted(a)((x) => x.pow(3))(value(2)))(0)).toBe(12);
  });

  it('numbers that would cut an outer derivative are refused, others are not', () => {
    expect(() => grad((x) => x.mul(grad((y) => x.mul(y))(1)))(2)).toThrow(LostDerivativeError);
    expect(() => grad((x) => x.mul(jvp((y) => x.mul(y), 1, 1).tangent))(2)).toThrow(/value\(x\)/);
    expect(() => grad((x) => x.mul(hvp((y) => x.mul(y).mul(y), 1, 1)))(2)).toThrow(LostDerivativeError);
    expect(() => grad((x) => x.mul(jacobian((y) => [y, x.mul(y)])(1)[1]))(2)).toThrow(LostDerivativeError);
    expect(grad((x) => x.mul(grad((y) => y.pow(2))(3)))(2)).toBe(6);
    expect(grad((x) => x.mul(grad((y) => x.mul(y))(value(1))))(2)).toBe(4);
  });
});

describe('jvp, vjp and jacobian', () => {
  const polar = ([r, angle]: readonly Value[]) => [r.mul(angle.cos()), r.mul(angle.sin())];
  const matrix = [
    [Math.cos(0.5), -2 * Math.sin(0.5)],
    [Math.sin(0.5), 2 * Math.cos(0.5)],
  ];
  const rows = (given: readonly (readonly number[])[]) => given.map((row) => row.map((x) => near(x)));

  it('of a change of coordinates', () => {
    expect(jacobian(polar)([2, 0.5])).toEqual(rows(matrix));
    const along = jvp(polar, [2, 0.5], [1, 10]);
    expect(along.value).toEqual([2 * Math.cos(0.5), 2 * Math.sin(0.5)]);
    expect(along.tangent).toEqual(matrix.map(([a, b]) => near(a + 10 * b)));
    const { value: y, pullback } = vjp(polar, [2, 0.5]);
    expect(y).toEqual(along.value);
    expect(pullback([1, 10])).toEqual([0, 1].map((j) => near(matrix[0][j] + 10 * matrix[1][j])));
    expect(pullback([0, 1])).toEqual(matrix[1].map((x) => near(x)));
  });

  it('leave an index out where there is one input, or one output', () => {
    expect(jacobian((x) => x.pow(2))(3)).toBe(6);
    expect(jacobian((x) => [x.pow(2), x, 1])(3)).toEqual([6, 1, 0]);
    expect(jacobian(([a, b]: Value[]) => a.mul(b))([3, 4])).toEqual([4, 3]);
    expect(jacobian(([a, b]: Value[]) => [a.mul(b)])([3, 4])).toEqual([[4, 3]]);
    expect(jacobian(([a]: Value[]) => [a.exp(), a])([0])).toEqual([[1], [1]]);
    expect(jvp((x) => x.sin(), 0, 2)).toEqual({ value: 0, tangent: 2 });
    expect(vjp((x) => x.sin(), 0).pullback(3)).toBe(3);
  });

  it('are Values for Values, and can be differentiated again', () => {
    const tape = new Tape();
    const x = [tape.leaf(2), tape.leaf(0.5)];
    const found = jacobian(polar)(x);
    expect(found.map((row) => row.map(({ data }) => data))).toEqual(rows(matrix));
    const determinant = found[0][0].mul(found[1][1]).sub(found[0][1].mul(found[1][0]));
    expect(differentiate([determinant], x).map(({ data }) => data)).toEqual([near(1), near(0, 1)]);
    const tall = jacobian((r: Value[]) => [r[0], r[0].pow(2), r[0].pow(3)])([x[0]]);
    expect(differentiate([tall[2][0]], [x[0]])[0].data).toBe(12);
    const direction = tape.leaf(3);
    const { tangent } = jvp((y) => y.pow(3), x[0], direction);
    expect(tangent.data).toBe(36);
    expect(differentiate([tangent], [x[0], direction]).map(({ data }) => data)).toEqual([36, 12]);
    const { pullback } = vjp((y) => y.pow(3), x[0]);
    expect(differentiate([pullback(direction)], [x[0], direction]).map(({ data }) => data)).toEqual([36, 12]);
  });

  it('take as many passes as there are inputs or outputs, whichever are fewer', () => {
    const sizes = [
      [1, 40],
      [40, 1],
    ].map(([inputs, outputs]) => {
      const tape = new Tape();
      const x = Array.from({ length: inputs }, (_, i) => tape.leaf(i + 1));
      jacobian((y: Value[]) =>
        Array.from({ length: outputs }, (_, i) =>
          sum(y)
            .mul(i + 1)
            .exp(),
        ),
      )(x);
      return tape.size;
    });
    for (const size of sizes) expect(size).toBeLessThan(400);
  });

  it('refuse a direction or a seed of another shape', () => {
    expect(() => jvp((x: Value[]) => x, [1, 2], [1])).toThrow(
      'found an array of 1 as the direction, expected an array of 2',
    );
    expect(() => jvp((x: Value[]) => x[0], [1], 1 as never)).toThrow('found one number as the direction');
    expect(() => hvp((x) => x, 1, [1] as never)).toThrow(EngineError);
    expect(() => vjp((x: Value[]) => x, [1, 2]).pullback([1])).toThrow(
      'found an array of 1, expected an array of 2',
    );
    expect(() => vjp((x) => x, 1).pullback([1] as never)).toThrow('expected one number');
  });
});

describe('hessian and hvp', () => {
  const f = ([a, b]: readonly Value[]) => a.pow(3).mul(b.exp());
  const [h, k] = [12 * Math.E, 8 * Math.E];
  it('of a function of two numbers', () => {
    expect(hessian(f)([2, 1])).toEqual([
      [near(h), near(h)],
      [near(h), near(k)],
    ]);
    expect(hvp(f, [2, 1], [1, 10])).toEqual([near(11 * h), near(h + 10 * k)]);
    expect(hessian((x) => x.pow(3))(2)).toBe(12);
    expect(hvp((x) => x.pow(3), 2, 5)).toBe(60);
  });

  it('are Values for Values, and can be differentiated again', () => {
    const tape = new Tape();
    const x = [tape.leaf(2), tape.leaf(1)];
    const [[, mixed]] = hessian(f)(x);
    expect(differentiate([mixed], x).map(({ data }) => data)).toEqual([near(h), near(h)]);
    const product = hvp(f, x, [1, 0]);
    expect(differentiate([product[0]], x).map(({ data }) => data)).toEqual([near(6 * Math.E), near(h)]);
  });

  it('hvp costs a few gradients, whatever the number of arguments', () => {
    const nodesFor = (length: number) => {
      const tape = new Tape();
      const x = Array.from({ length }, (_, i) => tape.leaf(i / length));
      const f = (z: readonly Value[]) => sum(z.map((each) => each.sin())).exp();
      const sizes = [tape.size];
      f(x);
      sizes.push(tape.size);
      hvp(f, x, x);
      return (tape.size - sizes[1]) / (sizes[1] - sizes[0]);
    };
    expect(nodesFor(1000)).toBeLessThan(16);
    expect(nodesFor(1000) / nodesFor(100)).toBeLessThan(1.1);
  });

  it('leave nothing on the tape when they are given numbers', () => {
    const before = getTape().size;
    hessian(f)([2, 1]);
    hvp(f, [2, 1], [1, 10]);
    jacobian((x) => [x, x.exp()])(1);
    jvp((x) => x.exp(), 1, 1);
    expect(getTape().size).toBe(before);
  });
});
