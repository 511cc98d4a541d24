import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compilerWith, type CompileOutcome } from '../../apps/web/src/state/compiler.ts';
import { awaitsNetworks, compileNear, compileWhole } from '../../apps/web/src/state/compiling.ts';

const example = (name: string): string =>
  readFileSync(join(import.meta.dirname, `../../examples/${name}.md`), 'utf8');

const XOR = example('xor');

/** Compiles as the page does, where workers are not allowed. */
const compiled = (text: string): Promise<CompileOutcome & { readonly later: boolean }> =>
  new Promise((resolve) => {
    let later = false;
    const compiler = compilerWith(() => null);
    const waits = compiler.compile(text, (outcome) => resolve({ ...outcome, later }));
    later = waits;
  });

describe('a text with a network', () => {
  it('waits for what reads it, once; other texts do not', async () => {
    expect([awaitsNetworks('x = 2\ny = x²'), awaitsNetworks('simpler (x)'), awaitsNetworks(XOR)]).toEqual([
      false,
      false,
      true,
    ]);
    const plain = await compiled('x = 2\ny = x²');
    expect(plain).toMatchObject({ kind: 'compiled', compiled: { network: null, problems: [] } });
    const first = await compiled(XOR);
    expect(first).toMatchObject({
      kind: 'compiled',
      later: true,
      compiled: { problems: [], network: { name: 'net', data: { kind: 'xor' } } },
    });
    expect(awaitsNetworks(XOR)).toBe(false);
    let now: CompileOutcome | null = null;
    expect(compilerWith(() => null).compile(XOR, (outcome) => void (now = outcome))).toBe(false);
    expect(now).toMatchObject({ kind: 'compiled', compiled: { network: { example: 1 } } });
  });

  it('is small where its graph is, and left to the worker where it is not', () => {
    expect(compileNear(XOR)!.network).not.toBeNull();
    expect(compileNear(example('digits'))).toBeNull();
    const { network, recording } = compileWhole(example('digits'));
    expect(network!.nodes.parameters).toHaveLength(13_002);
    expect(structuredClone(network)).toEqual(network);
    expect(recording!.count).toBeGreaterThan(13_002);
  });
});
