import { NodeError, StaleValueError, Tape } from '@backflow/engine';
import { checkpoint } from '@backflow/engine/func';
import { describe, expect, it } from 'vitest';

describe('a block', () => {
  it('has places from 0 up to its length, and parts between them', () => {
    const tape = new Tape();
    tape.leaf(0);
    const block = tape.parameters([1, 2, 3]);
    for (const i of [-1, 0.5, 3]) expect(() => block.at(i)).toThrow('a place from 0 to 2');
    for (const some of [block, tape.constants([1, 2, 3])]) {
      for (const from of [-1, 0.5, 4]) expect(() => some.slice(from)).toThrow('a start from 0 to 3');
      for (const to of [0, 1.5, 4]) expect(() => some.slice(1, to)).toThrow(NodeError);
      expect([some.slice(0, 2).length, some.slice(1, 1).length, some.slice(3).length]).toEqual([2, 0, 0]);
    }
  });

  it('can be used in debug mode, also an empty one, whatever stands in its place', () => {
    const tape = new Tape({ debug: true });
    const [none, nothing] = [tape.parameters([]), tape.constants([])];
    const [block, constants] = [tape.parameters([1, 2]), tape.constants([3, 4])];
    expect([...none.data, ...nothing.data]).toEqual([]);
    expect([...block.data, ...constants.data]).toEqual([1, 2, 3, 4]);
  });

  it('says which of its numbers is not there any more', () => {
    const tape = new Tape();
    tape.leaf(0);
    tape.constants([0]);
    const mark = tape.mark();
    const [block, constants] = [tape.parameters([1, 2]), tape.constants([3, 4])];
    tape.reset(mark);
    for (const gone of [block, constants]) {
      expect(() => gone.data).toThrow(StaleValueError);
      expect(() => gone.data).toThrow(/ (?:node|constant) 2,/);
    }
  });
});

describe('gradients of a block', () => {
  it('that are written go with zeroGrad() of the tape', () => {
    const tape = new Tape();
    const block = tape.parameters([1, 2]);
    block.grad[1] = 5;
    tape.zeroGrad();
    expect([...block.grad]).toEqual([0, 0]);
  });

  it('that are only read leave those behind them to zeroGrad()', () => {
    const tape = new Tape();
    const block = tape.parameters([1, 2]);
    const later = tape.leaf(3);
    later.grad = 5;
    expect([...block.grad]).toEqual([0, 0]);
    tape.zeroGrad();
    expect(later.grad).toBe(0);
  });

  it('go alone with its own zeroGrad()', () => {
    const tape = new Tape();
    const before = tape.leaf(0);
    const block = tape.parameters([1, 2]);
    const later = tape.leaf(3);
    tape.sum([before, block.at(0), block.at(1), later]).backward();
    block.zeroGrad();
    expect([before.grad, ...block.grad, later.grad]).toEqual([1, 0, 0, 1]);
  });
});

it('a hook inside a checkpoint is called, though there are none outside', () => {
  const x = new Tape().leaf(2);
  const y = checkpoint((z) => {
    const u = z.mul(2);
    u.onGrad((gradient) => 10 * gradient);
    return u.mul(3);
  }, x);
  y.backward();
  expect(x.grad).toBe(60);
});
