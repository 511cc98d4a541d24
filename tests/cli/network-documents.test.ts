import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { gradients, run } from './run.ts';

const folder = resolve(import.meta.dirname, '../..');
const XOR = 'examples/xor.md';

describe('documents with a network on the command line', () => {
  it('have gradients for every parameter, once', async () => {
    const { output, grads } = await gradients([XOR], { folder });
    expect(output).toBe('loss');
    const weights = [...grads.keys()].filter((name) => /^[wb]/.test(name));
    expect(weights).toHaveLength(8 * 3 + 8 + 1);
    expect(weights.slice(0, 3)).toEqual(['w^{(1)}_{0,0}', 'w^{(1)}_{0,1}', 'w^{(1)}_{1,0}']);
  });

  it('take values for weights, and any node as the output', async () => {
    const argv = [XOR, '--at', 'w^{(1)}_{0,1}=0.5', '--of', 'z^{(1)}_0'];
    const { output, values, grads } = await gradients(argv, { folder });
    expect(output).toBe('z^{(1)}_{0}');
    expect(values.get('w^{(1)}_{0,1}')).toBe(0.5);
    expect(grads.get('w^{(1)}_{0,1}')).toBe(values.get('a^{(0)}_{1}'));
  });

  it.each([
    ['steps', ['--granularity', 'pass'], 'Backward pass done'],
    ['graph', ['--as', 'dot'], 'digraph'],
    ['write', [], 'net = mlp('],
  ])('go through %s', async (command, options, expected) => {
    const { status, out, err } = await run([command, 'examples/line.md', ...options], { folder });
    expect([status, err]).toEqual([0, '']);
    expect(out).toContain(expected);
  });

  it('have notes that are checked', async () => {
    const stdin = '```backflow\nnet = mlp(1, 1, init: zeros)\n```\n\nz^{(1)}_0 = 0\n\nw^{(1)}_{00} = 0.3\n';
    const { status, out } = await run(['check', '-'], { stdin });
    expect(status).toBe(1);
    expect(out).toMatch(/✓ z.*\n[^]*✗ w/);
    expect(out).toContain('1 of 2 right, 1 wrong');
  });

  it('are refused with the line, the place and what was meant', async () => {
    const { status, err } = await run(['grad', 'net = mlp(2, 3, activaton: tanh)']);
    expect(status).toBe(2);
    expect(err).toContain('formula:1:17: error: mlp has no option activaton. Did you mean activation?');
    expect(err).toContain('^~~~~~~~~');
  });

  it('are refused in German', async () => {
    const { err } = await run(['grad', '--lang', 'de', 'net = mlp(2, 0)']);
    expect(err).toContain('mlp nimmt eine ganze Zahl ab 1, gefunden: 0.');
  });
});
