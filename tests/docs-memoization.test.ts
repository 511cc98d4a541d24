import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { compile } from '@backflow/language';
import {
  ALGORITHM_NAMES,
  ALGORITHMS,
  compareAlgorithms,
  DOUBLING,
  FIBONACCI,
  liveGraphOf,
  networkShape,
  shapeOf,
  type Counters,
} from '@backflow/trace';
import { describe, expect, it } from 'vitest';
import { codesIn, readMarkdown, targetsIn, type Row } from './markdown.ts';

const folder = resolve(import.meta.dirname, '../docs');
const read = (path: string): string => readFileSync(resolve(folder, path), 'utf8');
const { tables } = readMarkdown(read('memoization.md'));

/** Rows of the one table that has these columns. */
function rowsWith(...columns: string[]): readonly Row[] {
  const found = tables.filter((table) => columns.every((column) => table.columns.includes(column)));
  expect(found).toHaveLength(1);
  return found[0].rows;
}

function recorded(text: string) {
  const { recording } = compile(text);
  if (recording === null) throw new Error(text);
  return recording;
}

const COUNTERS = {
  visits: 'visits',
  multiplications: 'multiplications',
  additions: 'additions',
  hits: 'hits',
  'forward passes': 'forwardPasses',
  'memory cells': 'slots',
} as const satisfies Record<string, keyof Counters>;

const SQUARE = 'x = 3, u = x·x, v = u + x, y = u·v';
const BRANCHED = 'a = 1, b = 2, c = sin(a)*b, d = c + a, e = c*d*b, y = where(e > 0, e*c, a)';

describe('docs/memoization.md', () => {
  it('says of every algorithm whether it is right', () => {
    const stated = rowsWith('name', 'right', 'what it does').map((row) => [
      codesIn(row.get('name')!)[0],
      row.get('right') === 'yes',
    ]);
    expect(stated).toEqual(ALGORITHM_NAMES.map((name) => [name, ALGORITHMS[name].correct]));
  });

  it('says of every counter what it counts', () => {
    const stated = rowsWith('counter', 'what it counts').map((row) => row.get('counter'));
    expect(stated).toEqual(Object.keys(COUNTERS));
  });

  it.each([SQUARE, BRANCHED, 'x = 3', read('../examples/doubling.md'), read('../examples/mazur.md')])(
    'has the formulas of all counters of %s',
    (program) => {
      const graph = liveGraphOf(recorded(program));
      const { nodes: N, leaves: L, edges: E, depth: D, treeEdges: T } = shapeOf(graph);
      const values = new Map(Object.entries({ N, L, E, D, T }).map(([name, x]) => [name, Number(x)]));
      const rows = rowsWith('algorithm', ...Object.keys(COUNTERS));
      const stated = rows.map((row) => [
        codesIn(row.get('algorithm')!)[0],
        ...Object.keys(COUNTERS).map((counter) => {
          const { recording } = compile(`count = ${row.get(counter)!}`, { values });
          return BigInt(recording!.value[recording!.output]);
        }),
      ]);
      const known = ALGORITHM_NAMES.map((name) => {
        const counters = ALGORITHMS[name].count(graph);
        return [name, ...Object.values(COUNTERS).map((counter) => counters[counter])];
      });
      expect(stated).toEqual(known);
    },
  );

  it('states the results, the wrong ones in bold', () => {
    const rows = rowsWith('program', 'leaf', 'truth');
    expect(rows).toHaveLength(3);
    for (const row of rows) {
      const program = row.get('program')!;
      const recording = recorded(codesIn(program)[0] ?? read(targetsIn(program)[0]));
      const names = ALGORITHM_NAMES.filter((name) => row.has(`\`${name}\``));
      expect(names).toHaveLength(6);
      const { algorithms, truth, graph } = compareAlgorithms(recording, { names });
      expect(Array.from(graph.leaves, (leaf) => recording.names.get(leaf))).toEqual([row.get('leaf')]);
      const [leaf] = graph.leaves;
      expect(Number(row.get('truth'))).toBe(truth[leaf]);
      const stated = names.map((name) => row.get(`\`${name}\``)!.replaceAll(',', ''));
      const found = algorithms.map(({ gradients, right }) =>
        right === true ? String(gradients![leaf]) : `**${gradients![leaf]}**`,
      );
      expect(stated).toEqual(found);
    }
  });

  it('states what is saved', () => {
    const stated = rowsWith('paths', 'with a memory').map((row) =>
      ['paths', 'multiplications over all paths', 'with a memory'].map((column) => row.get(column)!),
    );
    const n = 12;
    const fibonacci = [0, 1, 1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233];
    const formulas = new Map([
      ['2ⁿ', 2 ** n],
      ['2ⁿ⁺¹ − 2', 2 ** (n + 1) - 2],
      ['2n', 2 * n],
      ['Fₙ₊₁', fibonacci[n + 1]],
      ['2Fₙ₊₁ − 2', 2 * fibonacci[n + 1] - 2],
      ['2n − 2', 2 * n - 2],
    ]);
    const shapes = [
      shapeOf(liveGraphOf(DOUBLING.record(n))),
      shapeOf(liveGraphOf(FIBONACCI.record(n))),
      ...[
        [2, 3, 1],
        [3, 3, 2],
        [784, 16, 16, 10],
      ].map((widths) => networkShape({ widths, square: 'pow' })),
    ];
    expect(
      stated.map((row) => row.map((text) => formulas.get(text) ?? Number(text.replaceAll(',', '')))),
    ).toEqual(shapes.map(({ paths, treeEdges, edges }) => [paths, treeEdges, edges].map(Number)));
    const { treeEdges } = networkShape({ widths: [784, 16, 16, 10], square: 'mul' });
    expect(read('memoization.md')).toContain(
      `multiplies ${Number(treeEdges).toLocaleString('en')} times over all paths`,
    );
  });
});
