import {
  absoluteBackward,
  backward,
  backwardFrom,
  EngineError,
  ForeignValueError,
  isLive,
  NodeError,
  OperandError,
  partialsOf,
  reachable,
  StaleValueError,
  Tape,
  UnknownOperationError,
} from '@backflow/engine';
import type { OperationName, Value } from '@backflow/engine';
import { checkpoint } from '@backflow/engine/func';
import { describe, expect, it } from 'vitest';

describe('a block of parameters', () => {
  it('names its own nodes if a label is given, and no others', () => {
    const tape = new Tape();
    tape.parameters([1, 2]);
    expect(tape.names.size).toBe(0);
    tape.parameters([3, 4], { label: 'w' });
    expect([...tape.names]).toEqual([
      [2, 'w[0]'],
      [3, 'w[1]'],
    ]);
  });
});

describe('parameters', () => {
  it('are leaves, whatever had their place', () => {
    const tape = new Tape();
    const x = tape.leaf(2);
    const mark = tape.mark();
    for (let i = 0; i < 3; i++) x.neg();
    tape.reset(mark);
    const block = tape.parameters([1, 2, 3]);
    expect(block.values().map(({ op }) => op)).toEqual(['leaf', 'leaf', 'leaf']);
  });

  it('of a group are in it, and what comes next is not', () => {
    const tape = new Tape();
    tape.group('g', () => tape.parameters([1, 2]));
    tape.leaf(3);
    expect([...tape.record().group!]).toEqual([0, 0, -1]);
  });

  it('of a branch that is not taken have their numbers', () => {
    const tape = new Tape();
    expect([...tape.skip(() => tape.parameters([1, 2])).data]).toEqual([1, 2]);
    expect([...tape.record().skipped]).toEqual([0, 0]);
  });
});

describe('a block of constants that was forgotten', () => {
  it('is refused in debug mode, and so is each part of it, when others have its place', () => {
    const tape = new Tape({ debug: true });
    const mark = tape.mark();
    const block = tape.constants([1, 2, 3]);
    const part = block.slice(1);
    tape.reset(mark);
    tape.leaf(7);
    const later = tape.constants([4, 5, 6]);
    for (const gone of [block, part]) expect(() => gone.data).toThrow(StaleValueError);
    expect([...later.slice(1).data]).toEqual([5, 6]);
  });
});

describe('a node or a block whose place another has', () => {
  it('is refused in debug mode, whatever was recorded in between', () => {
    const tape = new Tape({ debug: true });
    const mark = tape.mark();
    const gone = tape.leaf(1);
    tape.reset(mark);
    tape.constants([1]);
    tape.leaf(2);
    expect(() => gone.data).toThrow(StaleValueError);
  });

  it('is the other without debug mode, in a group as well', () => {
    const tape = new Tape();
    const mark = tape.mark();
    const found = tape.group('g', () => {
      const [parameters, constants] = [tape.parameters([1, 2]), tape.constants([3])];
      tape.reset(mark);
      tape.parameters([4, 5]);
      tape.constants([6]);
      return [...parameters.data, ...constants.data];
    });
    expect(found).toEqual([4, 5, 6]);
  });
});

describe('a tape', () => {
  it('says which nodes there are', () => {
    const tape = new Tape();
    tape.leaf(1);
    tape.leaf(2);
    expect(() => tape.at(-1)).toThrow('an index from 0 to 1');
  });

  it('refuses the Values of another one also beside a number', () => {
    const foreign = new Tape().leaf(1);
    expect(() => new Tape().apply('add', foreign, 3)).toThrow(ForeignValueError);
    const tape = new Tape();
    tape.leaf(5);
    expect(() => tape.apply('pow', foreign, 3)).toThrow(ForeignValueError);
  });
});

describe('a sweep', () => {
  it('can be asked of the tape', () => {
    const tape = new Tape();
    const x = tape.leaf(3);
    tape.backward(x.mul(x), 2);
    expect(x.grad).toBe(12);
  });

  it('from several outputs passes 0 · ∞ on as NaN, unless asked not to', () => {
    const gradient = (options?: { readonly absoluteZero: boolean }) => {
      const x = new Tape().leaf(0);
      backwardFrom([x.sqrt().mul(0)], options);
      return x.grad;
    };
    expect([gradient(), gradient({ absoluteZero: true })]).toEqual([NaN, 0]);
  });

  it('from an early node leaves what a later one gave a leaf to zeroGrad()', () => {
    const tape = new Tape();
    const y = tape.leaf(2).neg();
    const later = tape.leaf(5);
    y.mul(later).backward();
    y.backward();
    expect(later.grad).toBe(-2);
    tape.zeroGrad();
    expect(later.grad).toBe(0);
  });

  it('from a gradient of 0 minds an infinity in the last of the leaves', () => {
    const tape = new Tape();
    const x = tape.leaf(2).neg();
    const last = tape.leaf(3);
    const y = x.mul(last);
    last.data = Infinity;
    y.backward(0);
    expect([x.grad, last.grad]).toEqual([NaN, 0]);
  });

  it('and whatever else is asked of a node needs one', () => {
    const recording = new Tape().leaf(1).exp().tape.record();
    for (const of of [-1, 0.5, 2, NaN]) {
      expect(() => backward(recording, { of })).toThrow(NodeError);
      expect(() => partialsOf(recording, of)).toThrow(NodeError);
      expect(() => reachable(recording, of)).toThrow(NodeError);
    }
  });

  it('over absolute values follows paths alone, too', () => {
    const tape = new Tape();
    const x = tape.leaf(0);
    x.sqrt();
    const y = x.mul(-3);
    expect([...absoluteBackward(tape.record(y), y.index)]).toEqual([3, 0, 1]);
    const z = x
      .greater(0)
      .where(() => x.log(), y)
      .mul(5);
    const total = absoluteBackward(tape.record(z), z.index);
    expect([total[x.index], total[y.index]]).toEqual([15, 5]);
  });

  // By then it has long found out whether all leaves are finite, and need not ask again.
  const far = (below: Value, aside: Value): Value => {
    let y = below.mul(0);
    for (let i = 0; i < 3000; i++) y = y.add(1);
    return y.add(aside.mul(aside).mul(0));
  };

  it('passes 0 · ∞ on as NaN also thousands of nodes further down', () => {
    const tape = new Tape();
    const [large, factor, zero] = [tape.leaf(1000), tape.leaf(2), tape.leaf(0)];
    const written = tape.leaf(1);
    far(large.exp().mul(factor), factor).add(far(zero.sqrt(), factor)).backward();
    expect([large.grad, factor.grad, zero.grad]).toEqual([NaN, NaN, NaN]);
    tape.zeroGrad();
    const product = written.mul(factor);
    const y = far(product, factor);
    written.data = Infinity;
    y.backward();
    expect([written.grad, factor.grad]).toEqual([0, NaN]);
  });
});

describe('numbers and gradients that are written', () => {
  it('must be numbers, into parameters and into later leaves', () => {
    const tape = new Tape();
    const parameter = tape.leaf(1);
    parameter.neg();
    const later = tape.leaf(2);
    const text = '3' as unknown as number;
    for (const leaf of [parameter, later]) {
      expect(() => (leaf.data = text)).toThrow(OperandError);
      expect(() => (leaf.grad = text)).toThrow(OperandError);
      leaf.grad = 5;
      expect(() => (leaf.grad = text)).toThrow(OperandError);
    }
    expect([parameter.data, later.data, parameter.grad, later.grad]).toEqual([1, 2, 5, 5]);
  });

  it('need a node that is still there', () => {
    const tape = new Tape();
    const mark = tape.mark();
    const gone = tape.leaf(1);
    tape.reset(mark);
    expect(() => (gone.data = 2)).toThrow(StaleValueError);
    expect(() => (gone.grad = 2)).toThrow(StaleValueError);
  });

  it('go with zeroGrad(), though no sweep came before', () => {
    const tape = new Tape();
    const x = tape.leaf(1);
    x.grad = 5;
    tape.zeroGrad();
    expect(x.grad).toBe(0);
  });
});

describe('after a reset', () => {
  it('the end of a forgotten hook leaves those of the node that has its place', () => {
    const tape = new Tape();
    const x = tape.leaf(3);
    const mark = tape.mark();
    const end = x.mul(2).onGrad(() => {});
    tape.reset(mark);
    const y = x.mul(2);
    y.onGrad(() => 10);
    end();
    y.backward();
    expect(x.grad).toBe(20);
  });

  it('leaves of detach() are known as such as long as they are there', () => {
    const tape = new Tape();
    const x = tape.leaf(3);
    const kept = x.detach();
    const mark = tape.mark();
    x.detach();
    x.detach();
    tape.reset(mark);
    expect([...tape.detachedLeaves]).toEqual([kept.index]);
  });
});

it('a scope lets Values of other tapes out, whatever their place there', () => {
  const other = new Tape().parameters([1, 2, 3]).at(2);
  expect(new Tape().scope(() => other)).toBe(other);
});

it('a checkpoint that makes the tape longer in the middle of a sweep loses no gradient', () => {
  const tape = new Tape();
  const x = tape.leaf(2);
  const chain = (y: Value, length: number): Value => {
    for (let i = 0; i < length; i++) y = y.neg();
    return y;
  };
  const y = chain(
    checkpoint((z: Value) => chain(z, 200).mul(z), x),
    100,
  );
  const room = tape.grad.length;
  y.backward();
  expect([x.grad, y.grad, tape.grad.length > room]).toEqual([4, 1, true]);
});

it('a promise is found among other results, too', () => {
  const tape = new Tape();
  expect(() => tape.noGrad(() => [1, Promise.resolve(2)])).toThrow(EngineError);
});

describe('operations on entries', () => {
  it('take defaults, and no leaf for an operation', () => {
    const tape = new Tape();
    const x = tape.leaf(-2);
    const node = tape.applyTo('leakyRelu', [x.index]);
    expect(tape.at(node).inputs.slice(1)).toEqual([0.01]);
    expect(() => tape.applyTo('leaf' as OperationName, [x.index])).toThrow(UnknownOperationError);
  });

  it('keep the text of a constant if it has one', () => {
    const tape = new Tape();
    tape.applyTo('add', [tape.constant(1), tape.constant(0.5, '1/2')]);
    expect([...tape.record().constantTexts]).toEqual([[1, '1/2']]);
  });
});

describe('spans', () => {
  it('end with clearSpan()', () => {
    const tape = new Tape();
    tape.setSpan(4, 9);
    tape.leaf(1);
    tape.clearSpan();
    tape.leaf(2);
    tape.group('g', () => tape.leaf(3));
    expect([...tape.record().spans!]).toEqual([4, 9, -1, -1, -1, -1]);
  });

  it('can be set for one node alone', () => {
    const tape = new Tape();
    const [first] = [tape.leaf(1), tape.leaf(2)];
    tape.setSpanOf(first.index, 1, 2);
    expect(() => tape.setSpanOf(2, 1, 2)).toThrow('an index from 0 to 1');
    expect([...tape.record().spans!]).toEqual([1, 2, -1, -1]);
  });
});

describe('what nodes have beside their numbers', () => {
  it('stays when the tape grows', () => {
    const tape = new Tape();
    const x = tape.leaf(1);
    tape.setSpan(4, 9);
    tape.skip(() => x.neg());
    tape.clearSpan();
    for (let i = 0; i < 300; i++) tape.leaf(i);
    const { spans, skipped } = tape.record();
    expect([...spans!.slice(0, 4), ...spans!.slice(-2)]).toEqual([-1, -1, 4, 9, -1, -1]);
    expect(Array.from(skipped.subarray(0, 3))).toEqual([0, 1, 0]);
    expect([spans!.length, skipped.length]).toEqual([2 * 302, 302]);
  });

  it('goes with a reset, and stays before the mark', () => {
    const tape = new Tape();
    tape.setSpan(4, 9);
    for (let i = 0; i < 3; i++) tape.leaf(i);
    const mark = tape.mark();
    for (let i = 0; i < 3; i++) tape.leaf(i);
    tape.clearSpan();
    tape.reset(mark);
    tape.leaf(3);
    expect([...tape.record().spans!]).toEqual([4, 9, 4, 9, 4, 9, -1, -1]);
  });

  it('is no group that a reset inside of it has forgotten', () => {
    const tape = new Tape();
    const mark = tape.mark();
    tape.group('g', () => {
      tape.reset(mark);
      tape.leaf(1);
    });
    expect([...tape.record().group!]).toEqual([-1]);
  });
});

describe('a mark that was overtaken', () => {
  const recorded: Readonly<Record<string, (x: Value) => unknown>> = {
    inputs: (x) => x.max(x, x),
    constants: (x) => x.add(1),
    groups: (x) => x.tape.group('g', () => x.neg()),
  };
  for (const [what, record] of Object.entries(recorded)) {
    it(`is known by its ${what}, though there are as many nodes again`, () => {
      const tape = new Tape();
      const x = tape.leaf(1);
      const mark = tape.mark();
      record(x);
      const overtaken = tape.mark();
      tape.reset(mark);
      x.neg();
      expect(() => tape.reset(overtaken)).toThrow('behind which the tape has been reset');
    });
  }
});

describe('names', () => {
  it('can be taken away', () => {
    const x = new Tape().leaf(1, 'x').as('');
    expect(x.tape.names.size).toBe(0);
  });

  it('are forgotten with their nodes, in whatever order they were given', () => {
    const tape = new Tape();
    const first = tape.leaf(1);
    const mark = tape.mark();
    tape.leaf(2, 'second');
    first.as('first');
    tape.reset(mark);
    expect([...tape.names]).toEqual([[0, 'first']]);
  });
});

it('a constant can be what a where chooses by', () => {
  const tape = new Tape();
  const [a, b] = [tape.leaf(1), tape.leaf(2)];
  const chosen = [0, 1].map((condition) => {
    const y = tape.apply('where', condition, a, b);
    const recording = tape.record(y);
    return [0, 1, 2].map((slot) => isLive(recording, y.index, slot));
  });
  expect(chosen).toEqual([
    [false, false, true],
    [false, true, false],
  ]);
});
