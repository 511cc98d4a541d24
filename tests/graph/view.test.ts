import { factsOf, groupPath, useCounts, usesOf, viewGraph } from '@backflow/graph';
import { describe, expect, it } from 'vitest';
import { recordingOf } from './programs.ts';

describe('the graph of a recording', () => {
  const square = recordingOf((tape) => {
    const x = tape.leaf(3, 'x');
    const y = x.mul(x).add(1);
    y.label = 'y';
    return y;
  });

  it('x × x keeps one edge for each use of x', () => {
    const graph = viewGraph(square);
    expect(graph.edges('x', 'y/0').toSorted()).toEqual(['y/0:0', 'y/0:1']);
    expect(graph.getEdgeAttributes('y/0:1')).toEqual({ entry: 1, slot: 1, local: 3, live: true });
  });

  it('has no node and no edge for a constant', () => {
    const graph = viewGraph(square);
    expect(graph.nodes()).toEqual(['x', 'y/0', 'y']);
    expect(graph.inEdges('y')).toEqual(['y:0']);
    expect([...usesOf(square).entry]).toEqual([0, 1, 2]);
    expect([...useCounts(usesOf(square))]).toEqual([2, 1, 0]);
  });

  it('knows names, operations, values and which node is the output', () => {
    const graph = viewGraph(square);
    expect(graph.getNodeAttributes('y')).toEqual({
      node: 2,
      operation: 'add',
      name: 'y',
      value: 10,
      skipped: false,
      output: true,
      uses: 0,
      depth: 2,
      groups: [],
    });
    expect(graph.getNodeAttribute('y/0', 'name')).toBe(null);
  });

  it('takes names like __proto__ and constructor as names', () => {
    const recording = recordingOf((tape) => {
      const odd = tape.leaf(1, '__proto__');
      const sum = odd.add(tape.leaf(2, 'constructor'));
      sum.label = 'toString';
      return sum;
    });
    const graph = viewGraph(recording);
    expect(graph.nodes()).toEqual(['__proto__', 'constructor', 'toString']);
    expect(graph.size).toBe(2);
  });

  it('marks the branch that was not taken', () => {
    const recording = recordingOf((tape) => {
      const x = tape.leaf(2, 'x');
      const choice = tape.apply('where', 1, x, tape.leaf(5, 'z'));
      choice.label = 'c';
      return choice;
    });
    const graph = viewGraph(recording);
    expect(graph.getEdgeAttribute('c:1', 'live')).toBe(true);
    expect(graph.getEdgeAttribute('c:2', 'live')).toBe(false);
  });

  it('knows depth below, distance to the output, and groups', () => {
    const recording = recordingOf((tape) => {
      const a = tape.leaf(1, 'a');
      const lost = a.neg();
      lost.label = 'lost';
      const inner = tape.group('layer 1', () => tape.group('neuron 2', () => a.tanh()));
      return inner.mul(a);
    });
    const facts = factsOf(recording);
    expect([...facts.uses]).toEqual([3, 0, 1, 0]);
    expect([...facts.depth]).toEqual([0, 1, 1, 2]);
    expect([...facts.distance]).toEqual([2, -1, 1, 0]);
    expect(groupPath(recording, 2)).toEqual(['layer 1', 'neuron 2']);
    expect(groupPath(recording, 3)).toEqual([]);
  });
});
