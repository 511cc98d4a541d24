import { backward, LEAF, Tape } from '@backflow/engine';
import { EVENT_KINDS, PositionError, traceOf, traceReverse } from '@backflow/trace';
import type { Trace } from '@backflow/trace';
import { assert, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyRecording, FOUR_NODES, nodeOf, recorded } from './recordings.ts';

/** One event per line: kind, node (or the edge's consumer and slot), value. */
function listed(trace: Trace): string[] {
  const { names } = trace.recording;
  return Array.from({ length: trace.length }, (_, k) => {
    const { kind, node, slot, value } = trace.at(k);
    return `${kind} ${names.get(node) ?? node}${slot < 0 ? '' : `.${slot}`} ${value}`;
  });
}

describe('a reverse trace', () => {
  it('is the forward pass in recording order, then the sweep as the engine reports it', () => {
    expect(listed(traceReverse(recorded(...FOUR_NODES)))).toEqual([
      'evaluate u 9',
      'evaluate v 12',
      'evaluate y 108',
      'seed y 1',
      'visit y 1',
      'contribute y.0 12',
      'accumulate u.0 12',
      'contribute y.1 9',
      'accumulate v.1 9',
      'visit v 9',
      'contribute v.0 9',
      'accumulate u.0 21',
      'contribute v.1 9',
      'accumulate x.1 9',
      'visit u 21',
      'contribute u.0 63',
      'accumulate x.0 72',
      'contribute u.1 63',
      'accumulate x.1 135',
      'visit x 135',
    ]);
  });

  it('ends with an update when it is given a learning rate', () => {
    const recording = recorded('a = 2', 'b = 3', 'y = a*b');
    expect(listed(traceReverse(recording, { learningRate: 0.1 })).slice(-2)).toEqual([
      'update a 1.7',
      'update b 2.8',
    ]);
    const one = traceReverse(recording, { learningRate: 0.1, parameters: [nodeOf(recording, 'b')] });
    expect(listed(one).at(-1)).toBe('update b 2.8');
    expect(one.passes.map(({ kind, from, to }) => [kind, to - from])).toEqual([
      ['forward', 1],
      ['backward', 8],
      ['update', 1],
    ]);
  });

  it('differentiates another node when asked to', () => {
    const recording = recorded(...FOUR_NODES);
    const trace = traceReverse(recording, { of: nodeOf(recording, 'v') });
    expect(listed(trace).at(-1)).toBe('visit x 7');
    expect(listed(trace)).toContain('seed v 1');
  });

  it('has no event for the untaken branch of a where', () => {
    const trace = traceReverse(recorded('x = -1', 'y = where(x > 0, log(x), x*x)'));
    const kinds = listed(trace).map((line) => line.split(' ')[0]);
    // x > 0, x·x and where; ln is never evaluated.
    expect(kinds.filter((kind) => kind === 'evaluate')).toHaveLength(3);
    expect(listed(trace).some((line) => line.includes('NaN'))).toBe(false);
  });

  it('of a single leaf is a seed and a visit', () => {
    expect(listed(traceReverse(recorded('x = 3')))).toEqual(['seed x 1', 'visit x 1']);
  });

  it('ends with the gradients of the engine, bit for bit', () => {
    assert(
      property(anyRecording, (recording) => {
        const trace = traceReverse(recording);
        const gradient = new Float64Array(recording.count);
        for (let k = 0; k < trace.length; k++) {
          const { kind, node, value } = trace.at(k);
          if (kind === 'visit') gradient[node] = value;
        }
        expect(gradient).toEqual(backward(recording));
      }),
      { seed: 11, numRuns: 300 },
    );
  });
});

describe('the columns of a trace', () => {
  it('hold 280,000 events at 40,000 nodes in about 6 MB, indices included', () => {
    const tape = new Tape();
    const nodes = Array.from({ length: 100 }, (_, index) => tape.leaf(Math.sin(index)));
    while (nodes.length < 40_000) {
      const n = nodes.length;
      const pick = (step: number) => nodes[n - 1 - ((n * step) % 97)];
      nodes.push(
        n % 3 === 0 ? tape.apply('mul', pick(3), pick(7)) : tape.apply('sum', pick(1), pick(5), pick(11)),
      );
    }
    const trace = traceReverse(tape.record());
    expect(trace.length).toBeGreaterThan(275_000);
    expect(trace.length).toBeLessThan(285_000);
    const { kind, node, slot, value, values, arrivals, visits, reached, uses } = trace;
    expect(bytes(kind, node, slot, value)).toBe(17 * trace.length);
    const indices = [values, arrivals, visits].flatMap(({ start, events }) => [start, events]);
    expect(bytes(kind, node, slot, value, ...indices, reached, uses)).toBeLessThan(6.5e6);
  });

  it('grow as far as they must and end at their length', () => {
    const recording = recorded('x = 1');
    const trace = traceOf(recording, (emit) => {
      for (let k = 0; k < 1000; k++) emit('visit', 0, -1, k);
    });
    expect([trace.length, trace.kind.length, trace.node.buffer.byteLength]).toEqual([1000, 1000, 4000]);
    expect(trace.at(999)).toEqual({ index: 999, kind: 'visit', node: 0, slot: -1, value: 999 });
  });

  it('index the events of every node by what they change', () => {
    assert(
      property(anyRecording, (recording) => {
        const trace = traceReverse(recording);
        const indexed = [
          [trace.values, ['evaluate', 'update']],
          [trace.arrivals, ['seed', 'accumulate']],
          [trace.visits, ['visit']],
        ] as const;
        for (const [{ start, events }, kinds] of indexed) {
          for (let node = 0; node < recording.count; node++) {
            const expected = [];
            for (let k = 0; k < trace.length; k++) {
              const kind: string = EVENT_KINDS[trace.kind[k]];
              if (trace.node[k] === node && kinds.some((one) => one === kind)) expected.push(k);
            }
            expect([...events.subarray(start[node], start[node + 1])]).toEqual(expected);
          }
        }
      }),
      { seed: 12, numRuns: 100 },
    );
  });
});

describe('a trace of any run', () => {
  it('takes events in any order; passes follow from their kinds, and a seed begins one', () => {
    const recording = recorded('a = 2', 'y = a*a');
    const trace = traceOf(recording, (emit) => {
      emit('evaluate', 1, -1, 4);
      emit('seed', 1, -1, 1);
      emit('visit', 1, -1, 1);
      emit('seed', 1, -1, 1);
      emit('visit', 0, -1, 0);
      emit('update', 0, -1, 1);
    });
    expect(trace.passes).toEqual([
      { kind: 'forward', from: 0, to: 1 },
      { kind: 'backward', from: 1, to: 3 },
      { kind: 'backward', from: 3, to: 5 },
      { kind: 'update', from: 5, to: 6 },
    ]);
  });

  it('may be empty', () => {
    const trace = traceOf(recorded('a = 2'), () => undefined);
    expect([trace.length, trace.passes]).toEqual([0, []]);
  });

  it('refuses an event that it does not have', () => {
    const trace = traceReverse(recorded('x = 3'));
    for (const k of [-1, 2, 0.5, NaN]) {
      expect(() => trace.at(k)).toThrow(PositionError);
      expect(() => trace.at(k)).toThrow(`Found event ${k}, expected an integer from 0 to 1.`);
    }
  });

  it('counts only live uses by nodes that the output depends on', () => {
    const recording = recorded('x = 2', 'a = x*x', 'unused = x + a', 'y = where(x > 0, a, x) + x');
    const trace = traceReverse(recording);
    expect(trace.uses[nodeOf(recording, 'x')]).toBe(3);
    expect(trace.uses[nodeOf(recording, 'a')]).toBe(1);
    expect(trace.reached[nodeOf(recording, 'unused')]).toBe(0);
    expect(recording.operation[nodeOf(recording, 'x')]).toBe(LEAF);
  });
});

function bytes(...columns: readonly { readonly byteLength: number }[]): number {
  return columns.reduce((total, { byteLength }) => total + byteLength, 0);
}
