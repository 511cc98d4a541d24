import type { Recording } from '@backflow/engine';
import type { Compilation } from '@backflow/language';
import type { Bound, Unbound } from './bound.ts';
import type { Report } from './report.ts';
import type { Change, Run } from './run.ts';
import type { NameTerm, Term } from './term.ts';
import type { Assembly } from './world/assembly.ts';
import type { Definition } from './world/binding.ts';
import type { ReadAs } from './world/names.ts';

/**
 * What a page of notes speaks about: a graph, the numbers its leaves have, and the means to ask it anything. It comes from
 * the program, else from the notes' own definitions, from a declared network, or from the names in ∂…/∂… alone.
 */
export interface World {
  readonly recording: Recording;
  /** True where the graph was put together from the notes. */
  readonly fromNotes: boolean;
  /** Per node: 1 where its value at the document's point is known, that is, no free leaf is behind it. */
  readonly known: Uint8Array;
  /** Names that are used and defined nowhere; leaves that are sampled. */
  readonly free: readonly string[];
  /** The node of the loss: the program's output, or what the notes differentiate most. -1 for none. */
  readonly output: number;
  /** The learning rate that the notes give; null for none. */
  readonly rate?: number | null;
  /** The network the notes seem to be about, and what they leave open. */
  readonly offer?: Report['offer'];
  /** How a node is called in reports. */
  nameOf(node: number): string;
  /** The node a name means, by any of its spellings and by the notes' index convention; null for none. */
  nodeNamed(name: NameTerm): number | null;
  bind(term: Term): Bound | Unbound;
  /** The elements of a vector or matrix, row by row: of a list, of `W a + b`, of a name that stands for several. Null for a scalar. */
  bindEach?(term: Term): readonly Bound[] | Unbound | null;
  /** The same notes read with the other order of indices; null where it makes no difference. */
  withIndexOrder?(order: 'from-to' | 'to-from'): World | null;
  /** The notes' own definitions made into a graph; null in a document with a program. */
  readonly assembly?: Assembly | null;
  /** The program, where there is one, with what is wrong with it. */
  readonly compilation?: Compilation | null;
  /** How a name was read, where that is not how the graph writes it (a remark's code and data). */
  readAs?(key: string): ReadAs | null;
  /** What the notes themselves say a name is, where the graph has no node of that name. */
  definitionOf?(key: string): Definition | null;
  /** The formula of numbers as which the program writes a leaf, `3*2`; null for a plain number and for what is no leaf. */
  formulaOf?(node: number): Bound | null;
  /** The document's point, with a change; runs without a change are computed once. */
  run(change?: Change): Run;
  /** At random points on the same branches and in the domain; `index` 0 … 19, the same numbers every time. Null where no such point was found. */
  sample(index: number, change?: Change): Run | null;
}

export function isUnbound(bound: Bound | Unbound): bound is Unbound {
  return 'code' in bound;
}
