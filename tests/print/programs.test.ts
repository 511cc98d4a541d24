import { backward, Constant, OPERATION_NAMES, OPERATIONS, Tape } from '@backflow/engine';
import type { Operand, OperationName, Recording, Value } from '@backflow/engine';
import { compile } from '@backflow/language';
import { en } from '@backflow/messages';
import { nameToText, programNames, programOf } from '@backflow/print';
import { array, assert, constantFrom, double, integer, property, record, tuple } from 'fast-check';
import { describe, expect, it } from 'vitest';

function recompiled(recording: Recording): Recording {
  const text = programOf(recording);
  const { recording: again, diagnostics } = compile(text);
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  expect(errors.map((error) => `${error.message(en)}\n${text}`)).toEqual([]);
  if (again === null) throw new Error(text);
  return again;
}

function valueByName({ names, value }: Recording): Map<string, number> {
  return new Map([...names].map(([node, name]) => [name, value[node]]));
}

function gradientByName(recording: Recording): Map<string, number> {
  const gradient = backward(recording);
  return new Map([...recording.names].map(([node, name]) => [name, gradient[node]]));
}

describe('a program of a recording', () => {
  it('has a line for every named node and every leaf', () => {
    const tape = new Tape();
    const a = tape.leaf(2, 'a');
    const b = tape.leaf(-3, 'b');
    const c = tape.leaf(10);
    const d = a.mul(b).add(c).as('d');
    const loss = tape.apply('mul', new Constant(0.5, '1/2'), d.sub(1e-7).pow(2)).as('L');
    expect(programOf(tape.record(loss))).toBe(
      ['a = 2', 'b = -3', 'x1 = 10', 'd = a*b + x1', 'L = 1/2*(d - 1e-7)^2', ''].join('\n'),
    );
  });

  it('gives a line to an unnamed node that is used twice, and names the output', () => {
    const tape = new Tape();
    const x = tape.leaf(3, 'x');
    const u = x.mul(x);
    u.mul(u.add(x));
    expect(programOf(tape.record())).toBe(['x = 3', 't1 = x*x', 'out = t1*(t1 + x)', ''].join('\n'));
  });

  it('can be asked for the names of its lines', () => {
    const tape = new Tape();
    const x = tape.leaf(3, 'c@1');
    const u = x.mul(x);
    const out = u.mul(u.add(x));
    expect([...programNames(tape.record())]).toEqual([
      [x.index, 'c_1'],
      [u.index, 't1'],
      [out.index, 'out'],
    ]);
  });

  it('says which node is the output if it is not the last', () => {
    const tape = new Tape();
    const x = tape.leaf(3, 'x');
    const y = x.exp().as('y');
    y.neg().as('z');
    expect(programOf(tape.record(y))).toBe('x = 3\ny = exp(x)\nz = -y\noutput y\n');
    expect(recompiled(tape.record(y)).names.get(recompiled(tape.record(y)).output)).toBe('y');
  });

  it.each([
    ['two nodes of one name', ['a', 'a', 'a_2'], ['a', 'a_3', 'a_2']],
    ['names that differ in braces only', ['w_{11}', 'w_11'], ['w_{11}', 'w_11_2']],
    ['names that look alike', ['z1', 'z_1'], ['z1', 'z_1_2']],
    [
      'texts',
      ['my loss', '50 %', '', '__proto__', 'x = 3\nevil'],
      ['my_loss', 'x_50', 'x1', 'proto', 'x_3_evil'],
    ],
    ['versions', ['c@1', 'c'], ['c_1', 'c']],
    ['words of the language', ['output', 'max', 'e', 'pi', 'where'], ['output_2', 'max', 'e', 'pi', 'where']],
    ['layers and indices', ['w^{(2)}_{11}', 'w_{jk}^{(L)}', 'W^{[1]}', "x'", 'δ'], null],
    ['glyphs', ['z₁', 'w⁽²⁾₁₁', 'hₜ₋₁', 'σ²'], ['z₁', 'w⁽²⁾₁₁', 'hₜ₋₁', 'σ2']],
    ['bare layers', ['w^2_{11}', 'w^L_{12}', 'a^1_1', 'a^L', 'a^{L−1}', 'σ^2', 'b^(2)'], null],
    [
      'layers that say the same',
      ['w^2', 'w^{(2)}', 'w^(2)', 'w_11^3', 'w^3_{11}'],
      ['w^2', 'w_2', 'w_2_2', 'w_11^3', 'w_3_11'],
    ],
    ['glyphs that say the same', ['z₁', 'z_1', 'h_{t-1}', 'hₜ₋₁'], ['z₁', 'z_1_2', 'h_{t-1}', 'ht_1']],
    ['indices with commas and signs', ['w_{1,2}', 'h_{t−1}', 'a^{(L-1)}'], null],
    ['accents', ['ŷ', 'x\u0302', 'C\u0303_t'], null],
    ['elements', ['W[0][1]', 'b[12]', 'M[2][10]', 'v_1[0]'], ['W_{01}', 'b_{12}', 'M_{2,10}', 'v_1_0']],
  ])('survives %s', (_what, labels, expected) => {
    const tape = new Tape();
    const leaves = labels.map((label, index) => tape.leaf(index + 2, label));
    const sum = leaves.reduce((total, leaf) => total.add(leaf.mul(leaf)), tape.leaf(1, 'first'));
    const recording = tape.record(sum.pow(2).as('L'));
    const again = recompiled(recording);
    expect(again.value[again.output]).toBe(recording.value[recording.output]);
    const names = programOf(recording)
      .split('\n')
      .slice(0, labels.length)
      .map((line) => line.split(' = ')[0]);
    expect(names).toEqual(expected ?? labels);
    expect(again.names.size).toBeGreaterThan(labels.length);
  });

  it.each([
    ['∂L/∂w', 'L_w'],
    ['∂²L/∂w∂b', 'L_{wb}'],
    ['∂²L/∂w1∂b1', 'L_{w1,b1}'],
    ['∂L/∂θ', 'L_θ'],
    ['∂L/∂w_{11}^{(1)}', 'L_w_11_1'],
    ['∂²y/∂x', 'x_2y_x'],
  ])('calls %s %s, and says so', (label, expected) => {
    const tape = new Tape();
    const recording = tape.record(tape.leaf(3, 'x').exp().as(label));
    const [, line] = programOf(recording).split('\n');
    const comment = label === '∂²y/∂x' ? '' : `  # ${nameToText(label)}`;
    expect(line).toBe(`${expected} = exp(x)${comment}`);
    expect(recompiled(recording).names.get(1)).toBe(expected);
  });

  it('survives a power of a node called e', () => {
    const tape = new Tape();
    const power = tape.leaf(3, 'e').pow(tape.leaf(2, 'x'));
    expect(recompiled(tape.record(power)).value.at(-1)).toBe(9);
  });

  it('keeps dot products, affine sums and softmax', () => {
    const tape = new Tape();
    const [a, b, c, d] = [1, 2, 3, 4].map((number) => tape.leaf(number, `x${number}`));
    const dot = tape.apply('dot', a, b, c, d).as('p');
    const affine = tape.apply('affine', d, a, b, c, dot).as('r');
    const soft = tape.apply('softmax', dot, affine, b).as('q');
    const again = recompiled(tape.record(soft));
    expect(valueByName(again).get('p')).toBe(14);
    expect(valueByName(again).get('r')).toBe(4 + 2 + 3 * 14);
    expect(valueByName(again).get('q')).toBe(soft.data);
  });

  it.each([NaN, Infinity, -Infinity, -0, 1e-320, 1e21, 123456789])('keeps the number %d', (number) => {
    const tape = new Tape();
    const leaf = tape.leaf(number, 'x');
    const again = recompiled(tape.record(leaf.mul(number).as('y')));
    const values = valueByName(again);
    expect(values.get('x')).toBe(number);
    expect(values.get('y')).toBe(number * number);
  });

  it('of a chain of 100,000 unnamed operations is written in lines of limited depth', () => {
    const tape = new Tape();
    let chain = tape.leaf(0.5, 'x');
    for (let depth = 0; depth < 100_000; depth++) chain = chain.sin();
    const text = programOf(tape.record(chain));
    expect(text.split('\n').length).toBe(100_000 / 40 + 2);
    expect(text).toContain('\nt1 = sin(sin(');
  });

  it('computes the same bits, forward and backward', () => {
    const operation = constantFrom(
      ...OPERATION_NAMES.filter((name) => name !== 'leaf' && name !== 'signedSum'),
    );
    const choice = record({
      operation,
      inputs: array(integer({ min: 0, max: 1000 }), { minLength: 4, maxLength: 4 }),
      constant: tuple(integer({ min: 0, max: 9 }), double({ min: -3, max: 3, noNaN: true })),
      named: integer({ min: 0, max: 3 }),
    });
    assert(
      property(
        array(double({ min: -4, max: 4, noNaN: true }), { minLength: 2, maxLength: 4 }),
        array(choice, { minLength: 1, maxLength: 12 }),
        (leaves, choices) => {
          const tape = new Tape();
          const nodes = leaves.map((leaf, index) => tape.leaf(leaf, `x${index}`));
          choices.forEach(({ operation: name, inputs, constant, named }, index) => {
            const node = applied(tape, nodes, name, inputs, constant);
            if (named === 0) node.label = `n${index}`;
            nodes.push(node);
          });
          const recording = tape.record(nodes.at(-1)!.as('L'));
          const again = recompiled(recording);
          const values = valueByName(again);
          for (const [name, number] of valueByName(recording))
            expect([name, values.get(name)]).toEqual([name, number]);
          const gradients = gradientByName(again);
          for (const [name, number] of gradientByName(recording)) {
            expect([name, gradients.get(name)]).toEqual([name, number]);
          }
        },
      ),
      { seed: 7, numRuns: 400 },
    );
  });
});

/** An operation on nodes that were recorded before, one of them replaced by a constant now and then. */
function applied(
  tape: Tape,
  nodes: readonly Value[],
  name: OperationName,
  inputs: readonly number[],
  [where, constant]: readonly [number, number],
): Value {
  const { arity } = OPERATIONS[name];
  const count = arity === 'many' ? (name === 'affine' ? 3 : 4) : arity;
  const operands: Operand[] = inputs.slice(0, count).map((input) => nodes[input % nodes.length]);
  if (where > 0 && where < count && name !== 'softmax') operands[where] = constant;
  return tape.apply(name, ...operands);
}
