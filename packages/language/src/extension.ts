import type { BareTape } from '@backflow/engine';
import type { NetworkDocument } from './network/document.ts';
import type { Reporter } from './diagnostics.ts';
import type { LanguageFunction } from './functions.ts';
import type { Limits } from './limits.ts';
import type { Span } from './span.ts';
import type { BinaryOperator, Definee } from './syntax.ts';
import type { Token } from './tokens.ts';

/** What reads statements of its own in a program, `name = word(…)`; given to `compile`. See docs/networks.md. */
export interface Extension {
  /** Begins a text. */
  read(text: string, reporter: Reporter, limits: Limits): ExtensionReading;
}

/** A definition whose left side has been read: `name = ` and the tokens behind it, of which the last is `end`. */
export interface ExtensionLine extends Span {
  readonly name: Definee;
  /** For `c += …` the operator; null for `=`. */
  readonly update: BinaryOperator | null;
  readonly right: readonly Token[];
}

/** A name that an extension gives to a number, and whether that is a leaf, to which a value from outside can be given. */
export interface ExtensionName {
  readonly name: string;
  readonly leaf: boolean;
}

/** One text as an extension reads it. The members are called in the order in which they stand here. */
export interface ExtensionReading {
  /** Reads those definitions of a program that are its own, whose names then are no names of the program. */
  claim(definitions: readonly ExtensionLine[]): ReadonlySet<ExtensionLine>;
  /** Names that it gives to numbers, anywhere in the program; none if something is wrong. */
  names(): readonly string[];
  /** A function that it defines, by the key of its name. */
  callee(key: string): LanguageFunction | undefined;
  /** Nodes and edges that its own statement makes, which stands where its first line does; called once all calls are read. */
  size(): { readonly nodes: number; readonly edges: number };
  /** Names that have become known since the last time, while the program is checked statement by statement. */
  known(): readonly ExtensionName[];
  /** Its output, where there is one: `firm` if it goes before the program's last definition. */
  readonly output: { readonly name: string; readonly firm: boolean } | null;
  /** Records what its statement means. `given` is the value from outside of a leaf. */
  record(tape: BareTape, given: (name: string) => number | undefined): void;
  /** Names that are understood, but are not listed: other spellings of those that are. */
  readonly unlisted: ReadonlySet<string>;
  /** Nodes that names have got since the last time, while the program is recorded statement by statement. */
  named(): ReadonlyMap<string, number>;
  /** What came of it, once everything is recorded. */
  result(): NetworkDocument | null;
}
