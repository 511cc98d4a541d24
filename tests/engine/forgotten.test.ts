import {
  anomalyObserver,
  backwardFrom,
  compile,
  detectAnomaly,
  ForeignValueError,
  grad,
  gradcheck,
  kinks,
  record,
  scope,
  StaleValueError,
  Tape,
  where,
} from '@backflow/engine';
import type { Block, ConstantBlock, Value } from '@backflow/engine';
import * as func from '@backflow/engine/func';
import { describe, expect, it } from 'vitest';

interface Forgotten {
  readonly tape: Tape;
  readonly x: Value;
  readonly y: Value;
  readonly weights: Block;
  readonly gone: Value;
  readonly leaf: Value;
  readonly block: Block;
  readonly constants: ConstantBlock;
}

/** A tape on which other nodes and constants stand where `gone`, `leaf`, `block` and `constants` stood. */
function overwritten(): Forgotten {
  const tape = new Tape({ debug: true });
  const x = tape.leaf(1, 'x');
  const mark = tape.mark();
  const leaf = tape.leaf(2, 'leaf');
  const gone = leaf.exp();
  const block = tape.parameters([1, 2, 3]);
  const constants = tape.constants([4, 5, 6]);
  tape.reset(mark);
  const y = tape.leaf(20).neg();
  const weights = tape.parameters([10, 20, 30]);
  tape.constants([40, 50, 60]);
  return { tape, x, y, weights, gone, leaf, block, constants };
}

const uses: Readonly<Record<string, (of: Forgotten) => unknown>> = {
  data: ({ gone }) => gone.data,
  'to set data': ({ leaf }) => (leaf.data = 3),
  grad: ({ gone }) => gone.grad,
  label: ({ gone }) => gone.label,
  'to set label': ({ gone }) => gone.as('y'),
  prev: ({ gone }) => gone.prev,
  text: ({ gone }) => String(gone),
  detach: ({ gone }) => gone.detach(),
  holds: ({ gone }) => gone.holds(),
  onGrad: ({ gone }) => gone.onGrad(() => {}),
  operand: ({ x, gone }) => x.add(gone),
  condition: ({ x, gone }) => where(gone, x, 2),
  'one of a list': ({ tape, x, gone }) => tape.sum([x, gone]),
  'inside noGrad': ({ tape, gone }) => tape.noGrad(() => gone.exp()),
  block: ({ tape, block }) => tape.sum(block),
  'part of a block': ({ block }) => block.slice(1),
  'numbers of a block': ({ block }) => block.data,
  constants: ({ tape, weights, constants }) => tape.dot(weights, constants),
  'part of the constants': ({ constants }) => constants.slice(1),
  'numbers of the constants': ({ constants }) => constants.data,
  backward: ({ gone }) => gone.backward(),
  backwardFrom: ({ y, gone }) => backwardFrom([y, gone]),
  'grad of it': ({ x, gone }) => grad(gone, [x]),
  'grad by it': ({ y, leaf }) => grad(y, [leaf]),
  'grad by a block': ({ y, block }) => grad(y, block),
  'recorded grad of it': ({ x, gone }) => grad(gone, [x], { createGraph: true }),
  'recorded grad by it': ({ y, leaf }) => grad(y, [leaf], { createGraph: true }),
  'differentiate of it': ({ x, gone }) => func.differentiate([gone], [x]),
  'differentiate by it': ({ y, leaf }) => func.differentiate([y], [leaf]),
  'a seed': ({ x, y, gone }) => func.differentiate([y.mul(x)], [x], [gone]),
  'point of a transform': ({ gone }) => func.grad((a) => a.exp())(gone),
  'direction of a transform': ({ x, gone }) => func.jvp((a) => a.exp(), x, gone),
  'result of a transform': ({ x, gone }) => func.grad(() => gone)(x),
  'result of a jacobian': ({ x, gone }) => func.jacobian((a: Value) => [a, gone])(x),
  'closed over by a transform': ({ x, gone }) => func.hessian((a) => a.mul(gone))(x),
  'given to a pullback': ({ x, gone }) => func.vjp((a) => a.exp(), x).pullback(gone),
  checkpoint: ({ gone }) => func.checkpoint((a) => a.exp(), gone),
  'result of a checkpoint': ({ x, gone }) => func.checkpoint(() => gone, x),
  record: ({ gone }) => record(gone),
  'compile of it': ({ leaf, gone }) => compile(gone, [leaf]),
  'compile by it': ({ y, leaf }) => compile(y, [leaf]),
  'compile with its data': ({ y, block }) => compile(y, [], { data: [block] }),
  'gradcheck of it': ({ gone }) => gradcheck(gone),
  'gradcheck by it': ({ y, leaf }) => gradcheck(y, { inputs: [leaf] }),
  kinks: ({ gone }) => kinks(gone),
  detectAnomaly: ({ gone }) => detectAnomaly(gone),
  anomalyObserver: ({ gone }) => anomalyObserver(gone),
};

it.each(Object.entries(uses))('a forgotten Value is refused in debug mode: %s', (_, use) => {
  expect(() => use(overwritten())).toThrow(StaleValueError);
});

describe('without debug mode', () => {
  it('a forgotten condition and a forgotten number to detach are refused while their place is empty', () => {
    const tape = new Tape();
    let gone = tape.leaf(1);
    tape.scope(() => void (gone = gone.exp()));
    expect(() => gone.holds()).toThrow(StaleValueError);
    expect(() => gone.detach()).toThrow(StaleValueError);
    expect(tape.decisions).toEqual([]);
  });

  it('a pullback is refused once what it sweeps is forgotten', () => {
    let pullback: (v: number) => number = Math.abs;
    scope(() => void ({ pullback } = func.vjp((x) => x.exp().mul(x), 2)));
    expect(() => pullback(1)).toThrow(StaleValueError);
  });

  it('a gradient is not checked by Values of another tape', () => {
    const [x, other] = [new Tape().leaf(1), new Tape().leaf(2)];
    expect(() => gradcheck(x.exp(), { inputs: [other] })).toThrow(ForeignValueError);
  });
});

it('a differentiation of nothing is 0, and of anything but Values an error', () => {
  const x = new Tape().leaf(1);
  expect(func.differentiate([], [x]).map(({ data }) => data)).toEqual([0]);
  for (const junk of [x, null, 3] as never[]) {
    expect(() => func.differentiate(junk, [x])).toThrow('differentiate: found');
    expect(() => func.differentiate([x], junk)).toThrow('expected an array of Values');
  }
  expect(() => func.differentiate([x], [3 as never])).toThrow('differentiate: found 3, expected a Value');
});
