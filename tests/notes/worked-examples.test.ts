import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { checkNotes } from '@backflow/notes';
import { describe, expect, it } from 'vitest';

interface Stated {
  readonly printed: string | null;
  readonly verdict?: string;
  readonly ids?: readonly string[];
}

interface Example {
  readonly id: string;
  readonly inputs: Readonly<Record<string, string>>;
  readonly program: readonly string[];
  readonly output: string;
  readonly expected?: Readonly<Record<string, Stated>>;
  readonly gradients?: Readonly<Record<string, Stated>>;
  readonly update?: { readonly lr: number; readonly params: Readonly<Record<string, Stated>> };
}

const examples = JSON.parse(
  readFileSync(resolve(import.meta.dirname, '../cases/worked-examples.json'), 'utf8'),
) as Example[];

interface Expected {
  readonly line: string;
  readonly verdict: string;
  readonly ids: readonly string[];
}

/** The lines of a worked example as notes, with the verdict of each. */
function linesOf({ output, expected, gradients, update }: Example): Expected[] {
  const lines: Expected[] = [];
  const add = (subject: string, { printed, verdict, ids = [] }: Stated, due = verdict ?? 'right'): void => {
    if (printed !== null) lines.push({ line: `${subject} = ${printed}`, verdict: due, ids });
  };
  for (const [name, stated] of Object.entries(expected ?? {})) add(name, stated);
  for (const [name, stated] of Object.entries(gradients ?? {})) {
    const [of, by] = name.includes('|') ? name.split('|') : [output, name];
    add(`∂${of}/∂${by}`, stated);
  }
  if (update !== undefined) {
    lines.push({ line: `η = ${update.lr}`, verdict: 'right', ids: [] });
    // The verdicts of updates there are about digits: all printed ones are right to the last.
    for (const [name, stated] of Object.entries(update.params)) add(`${name}+`, stated, 'right');
  }
  return lines;
}

const fence = ({ inputs, program, output }: Example): string =>
  [
    '```backflow',
    ...Object.entries(inputs).map(([k, v]) => `${k} = ${v}`),
    ...program,
    `output ${output}`,
    '```',
  ].join('\n');

describe('published derivations, written as notes with their printed numbers', () => {
  it.each(examples)('$id', (example) => {
    const lines = linesOf(example);
    const { claims } = checkNotes(`${fence(example)}\n\n${lines.map(({ line }) => line).join('\n')}\n`);
    const found = claims.map(({ text, verdict }) => `${text.replace(/\.$/, '')} ${verdict}`);
    expect(found).toEqual(lines.map(({ line, verdict }) => `${line.replace(/\.$/, '')} ${verdict}`));
    for (const [index, { ids }] of lines.entries()) {
      const named = claims[index].mistakes.slice(0, 2).map(({ id }) => id as string);
      expect(ids.length === 0 || named.some((id) => ids.includes(id))).toBe(true);
    }
  });
});
