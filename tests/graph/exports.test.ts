import { backward, type Recording } from '@backflow/engine';
import { toDot, toJson } from '@backflow/graph';
import { describe, expect, it } from 'vitest';
import { recordingOf } from './programs.ts';

const product = recordingOf((tape) => {
  const w = tape.leaf(2, 'w');
  const y = w.mul(tape.leaf(-3, 'x')).add(0.5);
  y.label = 'y';
  return y;
});

function withNames(...names: string[]): Recording {
  return recordingOf((tape) => names.map((name) => tape.leaf(1, name)).reduce((sum, leaf) => sum.add(leaf)));
}

/**
 * The tokens of a DOT text. Quoted strings end at a quote that no backslash precedes; anything that is not
 * a token of the language is an error.
 */
function tokensOf(dot: string): string[] {
  const token = /\s+|"(?:[^"\\]|\\[^])*"|->|[A-Za-z_][A-Za-z_0-9]*|-?\d+(?:\.\d+)?|[{}[\]=;,]/y;
  const tokens: string[] = [];
  while (token.lastIndex < dot.length) {
    const at = token.lastIndex;
    const match = token.exec(dot);
    if (!match) throw new Error(`No DOT token at ${at}: ${dot.slice(at, at + 20)}`);
    if (match[0].trim() !== '') tokens.push(match[0]);
  }
  return tokens;
}

/** Checks `digraph ID { (ID = ID | node | edge) ; … }` with attribute lists; returns nodes and edges. */
function parseDot(dot: string): { nodes: string[]; edges: string[] } {
  const tokens = tokensOf(dot);
  const nodes: string[] = [];
  const edges: string[] = [];
  let at = 0;
  const isId = (text: string | undefined): boolean =>
    text !== undefined && /^["A-Za-z_0-9-]/.test(text) && text !== '->';
  const take = (expected?: string): string => {
    const token = tokens[at++];
    if (expected === undefined ? !isId(token) : token !== expected) {
      throw new Error(`Expected ${expected ?? 'a name'}, found ${token}`);
    }
    return token;
  };
  take('digraph');
  take();
  take('{');
  while (tokens[at] !== '}') {
    const first = take();
    if (tokens[at] === '=') {
      take('=');
      take();
    } else {
      if (tokens[at] === '->') {
        take('->');
        edges.push(`${first} ${take()}`);
      } else if (first !== 'node' && first !== 'edge') nodes.push(first);
      take('[');
      while (tokens[at] !== ']') {
        take();
        take('=');
        take();
        if (tokens[at] === ',') take(',');
      }
      take(']');
    }
    take(';');
  }
  take('}');
  expect(at).toBe(tokens.length);
  return { nodes, edges };
}

describe('DOT', () => {
  it('has a statement for each node and each use', () => {
    const { nodes, edges } = parseDot(toDot(product, backward(product)));
    expect(nodes).toEqual(['n0', 'n1', 'n2', 'n3']);
    expect(edges).toEqual(['n0 n2', 'n1 n2', 'n2 n3']);
  });

  it('says name, operation, value, gradient and local derivative', () => {
    const dot = toDot(product, backward(product));
    expect(dot).toContain('n0 [label="w\\n2\\n∂y/∂w = −3"');
    expect(dot).toContain('n3 [label="y  +\\n−5.5\\n∂y/∂y = 1"');
    expect(dot).toContain('n1 -> n2 [label="2"]');
  });

  it.each([
    ['a quote', 'say "hi"'],
    ['a backslash', 'a\\b'],
    ['a backslash before a quote', 'a\\"; n9 [label="x'],
    ['a backslash at the end', 'a\\'],
    ['an escape of the language', '\\N \\G \\l'],
    ['line ends and NUL', 'a\nb\r\u0000c'],
    ['markup', '<b>&amp;</b>'],
    ['braces and keywords', 'digraph { } -> ; node'],
    ['other letters', 'ω³₁₁ 🙂'],
  ])('stays one string with %s in a name', (_, name) => {
    const { nodes, edges } = parseDot(toDot(withNames('first', name)));
    expect(nodes).toEqual(['n0', 'n1', 'n2']);
    expect(edges.length).toBe(2);
  });

  it('doubles backslashes, so that Graphviz shows them', () => {
    expect(toDot(withNames('a\\N"', 'b'))).toContain('label="a\\\\N\\"\\n1"');
  });

  it('draws an edge without a gradient dashed', () => {
    const recording = recordingOf((tape) => tape.apply('where', 0, tape.leaf(1, 'a'), tape.leaf(2, 'b')));
    expect(toDot(recording)).toContain('n0 -> n2 [style=dashed]');
  });
});

describe('JSON', () => {
  it('lists nodes with their inputs and edges with their slots', () => {
    expect(toJson(product, backward(product))).toEqual({
      output: 'y',
      nodes: [
        { key: 'w', name: 'w', operation: 'leaf', value: 2, gradient: -3, inputs: [] },
        { key: 'x', name: 'x', operation: 'leaf', value: -3, gradient: 2, inputs: [] },
        { key: 'y/0', name: null, operation: 'mul', value: -6, gradient: 1, inputs: ['w', 'x'] },
        {
          key: 'y',
          name: 'y',
          operation: 'add',
          value: -5.5,
          gradient: 1,
          inputs: ['y/0', { constant: 0.5 }],
        },
      ],
      edges: [
        { source: 'w', target: 'y/0', slot: 0, local: -3 },
        { source: 'x', target: 'y/0', slot: 1, local: 2 },
        { source: 'y/0', target: 'y', slot: 0, local: 1 },
      ],
    });
  });

  it('writes NaN and infinities as strings and loses nothing on the way through text', () => {
    const recording = recordingOf((tape) => tape.leaf(-1, 'x').log().div(0).add(tape.leaf(Infinity, 'y')));
    const graph = toJson(recording, Float64Array.of(NaN, Infinity, -Infinity, 0, 1));
    expect(graph.nodes.map((node) => node.value)).toContain('NaN');
    expect(graph.nodes.map((node) => node.gradient)).toContain('-Infinity');
    expect(JSON.parse(JSON.stringify(graph))).toEqual(graph);
  });

  it('has no gradients where none were given, and null where a slope does not count', () => {
    const recording = recordingOf((tape) => tape.apply('where', 0, tape.leaf(1, 'a'), tape.leaf(2, 'b')));
    const graph = toJson(recording);
    expect(graph.nodes.every((node) => !('gradient' in node))).toBe(true);
    expect(graph.edges.map((edge) => edge.local)).toEqual([null, 1]);
  });
});
