import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { gradients, type Gradients } from './run.ts';

/**
 * A formula from a source, in the notation in which people write it; where the source has no numbers, they are ours.
 * The truth is to 17 digits, computed with 70. A gradient called `a|b` is ∂a/∂b. Gradients that are a difference of
 * nearly equal numbers are left out.
 */
interface Case {
  readonly id: string;
  readonly title: string;
  readonly source: string;
  readonly text: readonly string[];
  readonly at?: Readonly<Record<string, string>>;
  readonly output: string;
  readonly values: Readonly<Record<string, string>>;
  readonly gradients: Readonly<Record<string, string>>;
}

const cases = JSON.parse(
  readFileSync(resolve(import.meta.dirname, '../cases/more-examples.json'), 'utf8'),
) as readonly Case[];

function run({ text, at = {}, output }: Case, of = output): Promise<Gradients> {
  const values = Object.entries(at).map((pair) => pair.join('='));
  return gradients([
    ...(values.length > 0 ? ['--at', values.join(',')] : []),
    ...(of === output ? [] : ['--of', of]),
    '--',
    text.join('\n'),
  ]);
}

/** Agreement to 1e-12, relative. */
function expectTrue(name: string, found: number | string | undefined, truth: string): void {
  const difference = Math.abs(Number(found) - Number(truth));
  expect(difference <= 1e-12 * Math.abs(Number(truth)), `${name}: found ${found}, true ${truth}`).toBe(true);
}

describe('formulas as people write them', () => {
  it.each(cases.map((example) => [example.id, example] as const))('%s', async (_, example) => {
    const whole = await run(example);
    expect(whole.output).toBe(example.output);
    expect([...whole.values.keys()].sort()).toEqual(Object.keys(example.values).sort());
    for (const [name, truth] of Object.entries(example.values)) {
      expectTrue(name, whole.values.get(name), truth);
    }
    for (const [name, truth] of Object.entries(example.gradients)) {
      const [of, by] = name.includes('|') ? name.split('|') : [example.output, name];
      const found = of === example.output ? whole : await run(example, of);
      expectTrue(`∂${of}/∂${by}`, found.grads.get(by), truth);
    }
  });

  it('come from many sources', () => {
    expect(new Set(cases.map(({ id }) => id)).size).toBe(cases.length);
    expect(cases.length).toBeGreaterThanOrEqual(140);
    expect(new Set(cases.map(({ source }) => source)).size).toBeGreaterThanOrEqual(90);
  });
});
