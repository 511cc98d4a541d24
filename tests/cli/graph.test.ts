import { describe, expect, it } from 'vitest';
import { run } from './run.ts';

const SQUARE = ['x = 3, y = x*x + 1'];

async function graph(...argv: string[]): Promise<string> {
  const { status, out, err } = await run(['graph', ...argv]);
  expect([status, err]).toEqual([0, '']);
  return out;
}

describe('backflow graph', () => {
  it('prints DOT with an edge for each use', async () => {
    const dot = await graph(...SQUARE, '--as', 'dot');
    expect(dot).toMatch(/^digraph /);
    expect(dot.match(/->/g)).toHaveLength(3);
    expect(dot).toContain('∂y/∂x = 6');
    expect(await graph(...SQUARE)).toBe(dot);
  });

  it('prints JSON with nodes and edges', async () => {
    const { output, nodes, edges } = JSON.parse(await graph(...SQUARE, '--as', 'json')) as {
      output: string;
      nodes: { key: string; value: number; gradient: number }[];
      edges: { source: string; target: string; slot: number; local: number }[];
    };
    expect(output).toBe('y');
    expect(nodes.map(({ key, value, gradient }) => [key, value, gradient])).toEqual([
      ['x', 3, 6],
      ['y/0', 9, 1],
      ['y', 10, 1],
    ]);
    expect(edges).toEqual([
      { source: 'x', target: 'y/0', slot: 0, local: 3 },
      { source: 'x', target: 'y/0', slot: 1, local: 3 },
      { source: 'y/0', target: 'y', slot: 0, local: 1 },
    ]);
  });

  it('draws SVG at the end of the run, or after some steps', async () => {
    const end = await graph(...SQUARE, '--as', 'svg');
    expect(end).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
    expect(end).toContain('>×3<');
    expect(end).toContain('<title>Graph of y</title>');
    const numbers = (svg: string): string[] => [...svg.matchAll(/>([−\d.]+)</g)].map((match) => match[1]);
    const start = await graph(...SQUARE, '--as', 'svg', '--at-step', '0');
    expect(numbers(start)).toEqual(['3']);
    expect(numbers(await graph(...SQUARE, '--as', 'svg', '--at-step', '1'))).toContain('9');
    expect(numbers(end)).toEqual(expect.arrayContaining(['3', '9', '10', '6', '1']));
  });

  it('counts steps as backflow steps does', async () => {
    const last = async (granularity: string): Promise<number> => {
      const { err } = await run([
        'graph',
        ...SQUARE,
        '--as',
        'svg',
        '--granularity',
        granularity,
        '--at-step',
        '999',
      ]);
      return Number(/from 0 to (\d+)/.exec(err)![1]);
    };
    for (const granularity of ['pass', 'node', 'edge']) {
      const { out } = await run(['steps', ...SQUARE, '--granularity', granularity]);
      expect(await last(granularity)).toBe(out.match(/^ +\d+ {2}/gm)!.length);
    }
  });

  it('has a light and a dark theme, and speaks German', async () => {
    const light = await graph(...SQUARE, '--as', 'svg', '--theme', 'light');
    expect(light).toBe(await graph(...SQUARE, '--as', 'svg'));
    expect(light).not.toBe(await graph(...SQUARE, '--as', 'svg', '--theme', 'dark'));
    expect(await graph(...SQUARE, '--as', 'svg', '--lang', 'de')).not.toBe(light);
  });

  it('takes hostile names', async () => {
    const program = '__proto__ = 2, constructor = __proto__*3';
    expect(await graph(program, '--as', 'dot')).toContain('__proto__');
    expect(await graph(program, '--as', 'svg')).toContain('constructor');
    const { nodes } = JSON.parse(await graph(program, '--as', 'json')) as { nodes: { name: string }[] };
    expect(nodes.map(({ name }) => name)).toEqual(['__proto__', 'constructor']);
  });
});
