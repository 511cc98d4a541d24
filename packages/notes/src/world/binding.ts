import type { OperationName, Recording } from '@backflow/engine';
import type { Bound } from '../bound.ts';
import type { Term } from '../term.ts';
import type { Instances, Letters } from './instances.ts';
import type { Family } from './families.ts';
import type { ReadAs } from './names.ts';
import type { Tensor } from './tensor.ts';

/** A function or a name that the notes define by a formula. */
export interface Definition {
  readonly parameters: readonly string[];
  readonly body: Term;
  /** Only a number: other formulas may use it, but it is nothing to check it against. */
  readonly number: boolean;
}

/** What binding asks about a world. */
export interface Binding {
  /** The whole text, for signs that terms do not keep. */
  readonly text: string;
  readonly recording: Recording;
  readonly output: number;
  readonly names: {
    exactly(key: string): number | null;
    /** True for a name of which the notes say nothing but that something is differentiated by it. */
    isLoose(node: number): boolean;
    /** True for a node of which nothing is known but that it has edges. */
    isSketched(node: number): boolean;
    find(key: string): number | null;
    family(key: string): Family | null;
    suggestion(spelling: string): string | null;
    readAs(key: string): ReadAs | null;
    nameOf(node: number): string | null;
  };
  readonly definitions: ReadonlyMap<string, Definition>;
  readonly instances: Instances;
  /** What σ, f and φ stand for where nobody defines them; null where the graph has no activation. */
  readonly activation: OperationName | null;
  /** Sizes of the layers of a declared network, inputs first; null where none is declared. */
  readonly sizes: readonly number[] | null;
  /** What σ was declared to be, where it was. */
  readonly declared: OperationName | null;
  /** The learning rate of the notes for an update of this leaf. */
  rateOf(leaf: number): Bound | null;
  /** The node that a σ without an argument is applied to; null for none. */
  readonly bare: number | null;
  /** Whether the formula of `of` itself uses `by`, and something named in it depends on `by` too. */
  usesBesides(of: number, by: number): boolean;
  /** A node that has the value of a formula wherever it was tried. */
  nodeLike(bound: Bound): number | null;
}

/** What names mean inside a formula, besides what they mean on the page. */
export interface Scope {
  /** Parameters of a function, by key. */
  readonly parameters: ReadonlyMap<string, Tensor>;
  /** Index letters, by key. */
  readonly letters: Letters;
  /** Names whose definitions are being inlined: a definition by itself means nothing. */
  readonly inside: ReadonlySet<string>;
  readonly depth: number;
}
