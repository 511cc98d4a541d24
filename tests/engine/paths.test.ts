import { countPaths, NodeError, Tape } from '@backflow/engine';
import type { Recording, Value } from '@backflow/engine';
import { describe, expect, it } from 'vitest';

function recordingOf(write: (tape: Tape) => Value): Recording {
  const tape = new Tape();
  return tape.record(write(tape));
}

describe('counting paths', () => {
  it('is exact where floating point is not', () => {
    const recording = recordingOf((tape) => {
      let x = tape.leaf(1, 'a');
      for (let times = 0; times < 10_000; times++) x = x.add(x);
      return x;
    });
    expect(countPaths(recording)[0]).toBe(2n ** 10_000n);
  });

  it('counts both uses by one consumer, and no way through constants', () => {
    const recording = recordingOf((tape) => {
      const x = tape.leaf(3, 'x');
      return x.mul(x).add(2);
    });
    expect(countPaths(recording)).toEqual([2n, 1n, 1n]);
  });

  it('counts no path along the branch that was not taken', () => {
    const recording = recordingOf((tape) => {
      const x = tape.leaf(3, 'x');
      return tape.apply('where', x, x.mul(2), x.mul(x));
    });
    expect(countPaths(recording)[0]).toBe(1n);
  });

  it('counts from every node to any node', () => {
    const recording = recordingOf((tape) => {
      const a = tape.leaf(1, 'a');
      const b = a.add(a);
      return b.mul(b).sub(a);
    });
    expect(countPaths(recording, 2)).toEqual([4n, 2n, 1n, 0n]);
  });

  it('refuses a node that is not there', () => {
    const recording = recordingOf((tape) => tape.leaf(1, 'a'));
    expect(() => countPaths(recording, 1)).toThrow(NodeError);
  });
});
