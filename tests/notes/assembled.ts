import { backward, operationOf } from '@backflow/engine';
import type { Recording } from '@backflow/engine';
import { canonicalName } from '@backflow/language';
import { readFormula, isUnreadable } from '../../packages/notes/src/reading/formula.ts';
import { readSheet } from '../../packages/notes/src/reading/sheet.ts';
import type { Declaration } from '../../packages/notes/src/sheet.ts';
import type { Term } from '../../packages/notes/src/term.ts';
import { recordingFromNotes } from '../../packages/notes/src/world/assemble.ts';
import type { Assembly } from '../../packages/notes/src/world/assembly.ts';

/** Distributes `-?` over a union. */
type Bare<T> = T extends unknown ? Omit<T, 'from' | 'to'> : never;

/** A graph put together from a page, and short ways to ask it. */
export interface Assembled {
  readonly assembly: Assembly;
  readonly recording: Recording;
  /** The node of a name in any spelling. Throws where it has none. */
  node(name: string): number;
  value(name: string): number;
  /** ∂of/∂by. */
  slope(of: string, by: string): number;
  /** Name of the operation: `sigmoid`, or `leaf`. */
  operation(name: string): string;
  /** The text of the claim that defines a name; null where none does. */
  definition(name: string): string | null;
  readonly free: readonly string[];
}

export function assembled(text: string, declarations: readonly Bare<Declaration>[] = []): Assembled {
  const read = readSheet(text);
  const sheet =
    declarations.length === 0
      ? read
      : { ...read, declarations: declarations.map((one) => ({ ...one, from: 0, to: 0 })) };
  const assembly = recordingFromNotes(sheet);
  const { recording } = assembly;
  if (recording === null) throw new Error(`nothing was put together from: ${text}`);
  const node = (name: string): number => {
    const found = assembly.nodeOf(canonicalName(name) ?? name);
    if (found === null) throw new Error(`${name} is no node`);
    return found;
  };
  return {
    assembly,
    recording,
    node,
    value: (name) => recording.value[node(name)],
    slope: (of, by) => backward(recording, { of: node(of) })[node(by)],
    operation: (name) => operationOf(recording, node(name))?.name ?? 'leaf',
    definition: (name) => {
      const address = assembly.definedBy.get(node(name));
      if (address === undefined) return null;
      const { from, to } = sheet.chains[address.chain].members[address.member];
      return text.slice(from, to).trim();
    },
    free: [...assembly.free.keys()],
  };
}

/** A formula as its reader reads it. */
export function formula(text: string): Term {
  const reading = readFormula(text, { from: 0, to: text.length });
  if (isUnreadable(reading)) throw new Error(`${text}: ${reading.code}`);
  return reading.term;
}
