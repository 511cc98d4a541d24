import type { Recording } from '@backflow/engine';
import { compile } from '@backflow/language';
import type { Compilation } from '@backflow/language';
import type { Sheet } from '../sheet.ts';
import type { NameTerm } from '../term.ts';
import { recordingFromNotes } from './assemble.ts';
import type { Assembly } from './assembly.ts';
import { PLACEHOLDERS } from './call-binder.ts';
import { bareArgument, dummiesOf, withLeaves } from './dummies.ts';
import { NameIndex } from './names.ts';
import { pageDefinitions } from './page.ts';
import { isSpecial, splits } from './special-names.ts';

export interface WorldOptions {
  /** The program, where it does not stand in the notes' own fences. */
  readonly compilation?: Compilation | null;
  /** Numbers for leaves by name, in place of the program's. */
  readonly values?: ReadonlyMap<string, number>;
}

/** A graph and its names, wherever they come from. */
export interface Source {
  readonly recording: Recording;
  readonly names: ReadonlyMap<string, number>;
  readonly output: number;
  readonly compilation: Compilation | null;
  readonly assembly: Assembly | null;
  /** Leaves for names that stand for any number, by key. */
  readonly dummies: ReadonlyMap<string, number>;
  /** What a σ that stands alone is applied to; null for nothing. */
  readonly bare: string | null;
  /** Nodes of which nothing is known but that there are edges. */
  readonly sketched: ReadonlySet<number>;
}

/** The graph of a page: of its program, or of what it defines itself. */
export function sourceOf(sheet: Sheet, { compilation = null, values }: WorldOptions): Source {
  const program =
    compilation ??
    (sheet.program.length > 0 ? compile(sheet.text, values === undefined ? {} : { values }) : null);
  if (program !== null && program.recording !== null) return withDummies(sheet, program, program.recording);
  return fromNotes(sheet, recordingFromNotes(sheet), program);
}

/** The graph that the notes make, with a leaf for the argument of functions that stand without one. */
function fromNotes(sheet: Sheet, assembly: Assembly, compilation: Compilation | null): Source {
  const recording = assembly.recording ?? emptyRecording;
  const { output } = assembly;
  const sketched = new Set(assembly.sketchEdges.map(({ of }) => of));
  const isMade = (key: string) => {
    const node = assembly.nodeOf(key);
    return node !== null && !sketched.has(node);
  };
  const bare = bareArgument(sheet, isMade);
  const added = bare !== null && assembly.nodeOf(bare.key) === null ? [bare] : [];
  return {
    recording: withLeaves(recording, added),
    names: namesOf(assembly),
    output,
    compilation,
    assembly,
    dummies: new Map(added.map(({ key }, i) => [key, recording.count + i])),
    bare: bare?.key ?? null,
    sketched,
  };
}

/** A program's graph, with leaves for the variables of lines that speak only of functions. */
function withDummies(sheet: Sheet, program: Compilation, recording: Recording): Source {
  const { names } = program;
  const source = { recording, names, output: recording.output, compilation: program, assembly: null };
  const index = new NameIndex(names, recording.output, { order: 'same', first: 1 });
  const definitions = pageDefinitions(sheet, (key) => index.exactly(key) !== null);
  const dummies: NameTerm[] = dummiesOf(sheet, {
    isKnown: (key) =>
      index.means(key) ||
      definitions.has(key) ||
      isSpecial(key) ||
      splits(key).some((parts) => parts.every((part) => index.find(part) !== null)),
    isFunction: (key) => PLACEHOLDERS.has(key) || (definitions.get(key)?.parameters.length ?? 0) > 0,
  });
  const bare = bareArgument(sheet, (key) => index.exactly(key) !== null || definitions.has(key));
  if (bare !== null && index.find(bare.key) === null && !dummies.some(({ key }) => key === bare.key))
    dummies.push(bare);
  if (dummies.length === 0)
    return { ...source, dummies: new Map(), bare: bare?.key ?? null, sketched: new Set() };
  const added = new Map(dummies.map(({ key }, i) => [key, recording.count + i]));
  return {
    ...source,
    recording: withLeaves(recording, dummies),
    dummies: added,
    bare: bare?.key ?? null,
    sketched: new Set(),
  };
}

/** The names of the notes, and those of nodes that the notes do not name themselves: the other elements of a vector. */
function namesOf({ names, spellings, network }: Assembly): ReadonlyMap<string, number> {
  const all = new Map(names);
  const add = (name: string, node: number) => {
    if (!all.has(name)) all.set(name, node);
  };
  for (const [node, spelling] of spellings) add(spelling, node);
  network?.weightNodes.forEach((layer, at) => {
    layer.forEach((row, from) => {
      row.forEach((node, to) => {
        const [a, b] = network.order === 'from-to' ? [from, to] : [to, from];
        add(`w_{${a + 1},${b + 1}}^{(${at + 1})}`, node);
      });
    });
  });
  const neurons = (base: string, layers: readonly (readonly number[])[] | undefined) => {
    layers?.forEach((layer, at) => {
      layer.forEach((node, neuron) => add(`${base}_${neuron + 1}^{(${at + 1})}`, node));
    });
  };
  neurons('b', network?.biasNodes);
  neurons('z', network?.sumNodes);
  neurons('a', network?.activationNodes);
  network?.inputNodes.forEach((node, input) => add(`x_${input + 1}`, node));
  return all;
}

const emptyRecording: Recording = {
  count: 0,
  operation: new Uint8Array(0),
  inputStart: new Int32Array(1),
  inputs: new Int32Array(0),
  constants: new Float64Array(0),
  constantTexts: new Map(),
  value: new Float64Array(0),
  skipped: new Uint8Array(0),
  names: new Map(),
  spans: null,
  group: null,
  groups: [],
  output: -1,
};
