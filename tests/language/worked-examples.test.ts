import { backward } from '@backflow/engine';
import { describe, expect, it } from 'vitest';
import examples from '../cases/worked-examples.json' with { type: 'json' };
import { compiled } from './notation.ts';

interface Entry {
  readonly true?: string;
}
interface Example {
  readonly id: string;
  readonly inputs: Readonly<Record<string, string>>;
  readonly program: readonly string[];
  readonly output: string;
  readonly expected?: Readonly<Record<string, Entry>>;
  readonly gradients?: Readonly<Record<string, Entry>>;
}

/** Published derivations whose printed gradient is known to be wrong keep the true one beside it, but for this one. */
const close = (found: number, truth: number): boolean =>
  Math.abs(found - truth) <= 1e-12 * Math.abs(truth) || Math.abs(found - truth) < 1e-300;

describe('published derivations', () => {
  for (const example of examples as unknown as readonly Example[]) {
    const definitions = Object.entries(example.inputs).map(([name, value]) => `${name} = ${value}`);
    const values = new Map(Object.entries(example.inputs).map(([name, value]) => [name, Number(value)]));
    const programs = [
      ['with leaves in the text', [...definitions, ...example.program].join('\n'), {}],
      ['with leaves from outside', example.program.join('\n'), { values }],
      ['on one line', [...definitions, ...example.program].join(', '), {}],
    ] as const;

    for (const [manner, text, options] of programs) {
      it(`${example.id}: values and gradients, ${manner}`, () => {
        const { recording, names } = compiled(text, options);
        expect(recording.names.get(recording.output)).toBe(example.output);
        const wrong: string[] = [];
        const compare = (what: string, found: number | undefined, truth: string | undefined): void => {
          if (truth !== undefined && !close(found!, Number(truth)))
            wrong.push(`${what}: ${found}, true ${truth}`);
        };
        for (const [name, entry] of Object.entries(example.expected ?? {})) {
          compare(name, recording.value[names.get(name)!], entry.true);
        }
        for (const [name, entry] of Object.entries(example.gradients ?? {})) {
          const [above, below] = name.includes('|') ? (name.split('|') as [string, string]) : [null, name];
          const of = above === null ? recording.output : names.get(above)!;
          compare(`∂${name}`, backward(recording, { of })[names.get(below)!], entry.true);
        }
        expect(wrong).toEqual([]);
      });
    }
  }
});
