import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gradients, type Gradients } from './run.ts';

interface Truth {
  readonly true: string;
}

/** A published derivation; a gradient called `a|b` is ∂a/∂b. */
interface Case {
  readonly id: string;
  readonly inputs: Readonly<Record<string, string>>;
  readonly program: readonly string[];
  readonly output: string;
  readonly expected?: Readonly<Record<string, Truth>>;
  readonly gradients?: Readonly<Record<string, Truth>>;
}

const cases = JSON.parse(
  readFileSync(resolve(import.meta.dirname, '../cases/worked-examples.json'), 'utf8'),
) as readonly Case[];

let folder: string;
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'backflow-cases-'))));
afterAll(() => rmSync(folder, { recursive: true }));

/** The ways to hand in a program: its inputs by `--at`, or as lines of its own. */
const WAYS = ['a formula', 'standard input', 'a file', 'inputs as lines'] as const;

function run(way: (typeof WAYS)[number], { id, inputs, program }: Case, of: string): Promise<Gradients> {
  const at = ['--at', Object.entries(inputs).map((pair) => pair.join('=')).join(',')]; // prettier-ignore
  const text = program.join('\n');
  switch (way) {
    case 'a formula':
      return gradients([...at, '--of', of, '--', text]);
    case 'standard input':
      return gradients([...at, '--of', of, '-'], { stdin: text });
    case 'a file':
      writeFileSync(join(folder, `${id}.bf`), text);
      return gradients([...at, '--of', of, `${id}.bf`], { folder });
    case 'inputs as lines':
  }
  const lines = Object.entries(inputs).map((pair) => pair.join(' = '));
  return gradients(['--of', of, [...lines, text].join('\n')]);
}

/** Agreement to 1e-12, relative. */
function expectTrue(name: string, found: number | string | undefined, truth: Truth): void {
  const expected = Number(truth.true);
  const difference = Math.abs(Number(found) - expected);
  expect(difference <= 1e-12 * Math.abs(expected), `${name}: found ${found}, true ${truth.true}`).toBe(true);
}

describe.each(WAYS)('published derivations as %s', (way) => {
  it.each(cases.map((example) => [example.id, example] as const))('%s', async (_, example) => {
    const whole = await run(way, example, example.output);
    expect(whole.output).toBe(example.output);
    for (const [name, truth] of Object.entries(example.expected ?? {})) {
      expectTrue(name, whole.values.get(name), truth);
    }
    for (const [name, truth] of Object.entries(example.gradients ?? {})) {
      const [of, by] = name.includes('|') ? name.split('|') : [example.output, name];
      const found = of === example.output ? whole : await run(way, example, of);
      expectTrue(`∂${of}/∂${by}`, found.grads.get(by), truth);
    }
  });
});

describe('the published derivations', () => {
  it('are all there', () => {
    expect(cases.length).toBeGreaterThanOrEqual(34);
  });
});
