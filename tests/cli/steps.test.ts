import { describe, expect, it } from 'vitest';
import { run } from './run.ts';

const FOUR_NODES = 'x = 3, u = x*x, v = u + x, y = u*v';

interface Event {
  readonly step: number;
  readonly kind: string;
  readonly node: string;
  readonly slot?: number;
  readonly input?: string;
  readonly from?: string;
  readonly value: number | string;
}

async function events(...argv: string[]): Promise<Event[]> {
  const { status, out, err } = await run(['steps', '--json', ...argv]);
  expect([status, err]).toEqual([0, '']);
  return JSON.parse(out) as Event[];
}

describe('backflow steps', () => {
  it('tells the steps in words, numbered, below a heading for each pass', async () => {
    const { status, out } = await run(['steps', FOUR_NODES]);
    expect(status).toBe(0);
    const lines = out.split('\n');
    expect(lines[0]).toBe('Forward: values');
    expect(lines[1]).toMatch(/^ +1 {2}.*u = x·x = 3·3 = 9/);
    expect(lines[4]).toBe('');
    expect(lines[5]).toBe('Backward: gradients');
    expect(lines.at(-2)).toMatch(/^ +20 {2}.*∂y\/∂x.*135/);
  });

  it('takes larger steps by node and by pass', async () => {
    const count = async (granularity: string): Promise<number> =>
      (await run(['steps', FOUR_NODES, '--granularity', granularity])).out.match(/^ +\d+ {2}/gm)!.length;
    expect(await count('edge')).toBe(20);
    expect(await count('node')).toBe(8);
    expect(await count('pass')).toBe(2);
  });

  it('speaks German', async () => {
    const { out } = await run(['steps', FOUR_NODES, '--lang', 'de']);
    expect(out).toMatch(/^Vorwärts: Werte\n +1 {2}.*u = x·x = 3·3 = 9/);
  });

  it('updates leaves with --lr', async () => {
    const { out } = await run(['steps', 'w = 2, b = 1, L = w*w + b', '--lr', '0.1']);
    expect(out).toContain('Update: leaves');
    expect(out).toMatch(/w.* = 1\.6/);
    const some = await events('w = 2, b = 1, L = w*w + b', '--lr', '1/10', '--params', 'w');
    expect(some.filter(({ kind }) => kind === 'update')).toEqual([
      { step: some.length, kind: 'update', node: 'w', value: 1.6 },
    ]);
  });

  it('refuses to update what is not a leaf', async () => {
    const { status, err } = await run(['steps', 'w = 2, L = w*w', '--lr', '1', '--params', 'L']);
    expect(status).toBe(2);
    expect(err).toContain('expected a leaf');
  });

  it('prints the events as JSON', async () => {
    const all = await events('x = 3, y = x*x');
    expect(all).toEqual([
      { step: 1, kind: 'evaluate', node: 'y', value: 9 },
      { step: 2, kind: 'seed', node: 'y', value: 1 },
      { step: 3, kind: 'visit', node: 'y', value: 1 },
      { step: 4, kind: 'contribute', node: 'y', slot: 0, input: 'x', value: 3 },
      { step: 5, kind: 'accumulate', node: 'x', from: 'y', slot: 0, value: 3 },
      { step: 6, kind: 'contribute', node: 'y', slot: 1, input: 'x', value: 3 },
      { step: 7, kind: 'accumulate', node: 'x', from: 'y', slot: 1, value: 6 },
      { step: 8, kind: 'visit', node: 'x', value: 6 },
    ]);
  });

  it('writes numbers that JSON has none for as strings', async () => {
    expect((await events('y = log(x)', '--at', 'x=0'))[0]).toMatchObject({ value: '-Infinity' });
  });

  it('differentiates another node with --of', async () => {
    const seeds = (await events(FOUR_NODES, '--of', 'v')).filter(({ kind }) => kind === 'seed');
    expect(seeds).toMatchObject([{ node: 'v', value: 1 }]);
  });

  it('copes with a leaf alone', async () => {
    const { status, out } = await run(['steps', 'x = 3']);
    expect(status).toBe(0);
    expect(out).toMatch(/∂x\/∂x = 1/);
  });
});
