import { codeOf, LEAF, operationName } from '@backflow/engine';
import type { OperationName, Recording } from '@backflow/engine';
import type { Compilation } from '@backflow/language';
import type { Bound, Unbound } from '../bound.ts';
import { isUnreadable, readFormula } from '../reading/formula.ts';
import type { Report } from '../report.ts';
import type { Change, Run } from '../run.ts';
import type { Sheet } from '../sheet.ts';
import type { NameTerm, Term } from '../term.ts';
import { isUnbound } from '../world.ts';
import type { World } from '../world.ts';
import type { Assembly } from './assembly.ts';
import { bindScalar, bindTensor } from './bind.ts';
import type { Binding, Definition } from './binding.ts';
import { evaluateBound, ownNodes } from './evaluate.ts';
import { Instances } from './instances.ts';
import { ACTIVATIONS } from './mentions.ts';
import { NameIndex, swappedKey } from './names.ts';
import type { IndexChoice, ReadAs } from './names.ts';
import { orderOf } from './order.ts';
import { namesOfPage, pageDefinitions, seriesOfPage } from './page.ts';
import { Rates } from './rates.ts';
import { createRun } from './run.ts';
import { Sampler } from './sample.ts';
import { sourceOf } from './source.ts';
import type { Source, WorldOptions } from './source.ts';

/**
 * What a page speaks about: its program, or the one given, or what its own definitions make. A program that does not
 * compile counts as none.
 */
export function createWorld(sheet: Sheet, options: WorldOptions = {}): World {
  return new PageWorld(sheet, sourceOf(sheet, options), null);
}

class PageWorld implements World {
  readonly recording: Recording;
  readonly fromNotes: boolean;
  readonly known: Uint8Array;
  readonly free: readonly string[];
  readonly output: number;
  readonly assembly: Assembly | null;
  readonly offer: Report['offer'];
  readonly compilation: Compilation | null;
  private readonly sheet: Sheet;
  private readonly source: Source;
  private readonly order: 'from-to' | 'to-from';
  private readonly names: NameIndex;
  private readonly binding: Binding;
  private readonly leafValues: ReadonlyMap<number, number> | null;
  private readonly bound = new WeakMap<Term, Bound | Unbound>();
  private readonly runs = new WeakMap<Change, Run>();
  private readonly samples: (Run | null)[] = [];
  private plain: Run | null = null;
  private sampler: Sampler | null = null;
  private turned: World | null | undefined;

  /** `order`: the notes' order of indices, where it is not the graph's. */
  constructor(sheet: Sheet, source: Source, order: 'from-to' | 'to-from' | null) {
    const { recording, names, output, assembly } = source;
    this.sheet = sheet;
    this.source = source;
    this.recording = recording;
    this.output = output;
    this.assembly = assembly;
    this.offer = assembly?.offer ?? null;
    this.compilation = source.compilation;
    this.fromNotes = assembly !== null;
    const graphOrder = assembly?.network?.order ?? orderOf(recording, names);
    this.order = order ?? declaredOrder(sheet) ?? graphOrder;
    const choice: IndexChoice = {
      order: this.order === graphOrder ? 'same' : 'swapped',
      first: firstIndex(sheet, names),
    };
    this.names = new NameIndex(
      names,
      output,
      choice,
      namesOfPage(sheet).map(({ key }) => key),
      source.dummies,
    );
    const unknown = new Set([...unknownLeaves(assembly), ...source.dummies.values()]);
    this.free = [...(assembly?.free.keys() ?? []), ...source.dummies.keys()];
    this.leafValues = unknown.size === 0 ? null : new Map([...unknown].map((leaf) => [leaf, NaN]));
    this.known = knownNodes(recording, unknown, assembly?.pinned ?? new Map());
    this.binding = this.bindingOf(choice);
  }

  nameOf(node: number): string {
    const { assembly, recording } = this;
    return (
      assembly?.spellings.get(node) ?? recording.names.get(node) ?? this.names.nameOf(node) ?? `#${node}`
    );
  }

  nodeNamed(name: NameTerm): number | null {
    const bound = this.bind(name);
    return !isUnbound(bound) && bound.kind === 'value' ? bound.node : null;
  }

  /** How a name was read, where that is not how the graph writes it. */
  readAs(key: string): ReadAs | null {
    return this.names.readAs(key);
  }

  /** The definition of a name by the notes, where the graph has no node of that name. */
  definitionOf(key: string): Definition | null {
    return this.binding.definitions.get(key) ?? null;
  }

  formulaOf(node: number): Bound | null {
    const { spans, operation } = this.recording;
    const text = this.compilation?.text;
    if (text === undefined || spans === null || operation[node] !== LEAF || spans[2 * node] < 0) return null;
    const reading = readFormula(text, { from: spans[2 * node], to: spans[2 * node + 1] });
    if (isUnreadable(reading) || reading.term.kind === 'number') return null;
    const bound = bindScalar(reading.term, { ...this.binding, definitions: new Map() });
    return isUnbound(bound) || bound.kind !== 'apply' ? null : bound;
  }

  bind(term: Term): Bound | Unbound {
    let bound = this.bound.get(term);
    if (bound === undefined) {
      bound = bindScalar(term, this.binding);
      this.bound.set(term, bound);
    }
    return bound;
  }

  bindEach(term: Term): readonly Bound[] | Unbound | null {
    const tensor = bindTensor(term, this.binding);
    if ('code' in tensor) return tensor;
    return tensor.shape.length === 0 ? null : tensor.items;
  }

  withIndexOrder(order: 'from-to' | 'to-from'): World | null {
    if (order === this.order) return null;
    if (this.turned === undefined) {
      const turns = namesOfPage(this.sheet).some(({ key }) => swappedKey(key) !== key);
      this.turned = turns ? new PageWorld(this.sheet, this.source, order) : null;
    }
    return this.turned;
  }

  run(change?: Change): Run {
    const pinned = this.assembly?.pinned;
    if (change === undefined) {
      const fixed = pinned === undefined || pinned.size === 0 ? undefined : { values: pinned };
      return (this.plain ??= createRun(this.recording, this.leafValues, fixed));
    }
    let run = this.runs.get(change);
    if (run === undefined) {
      const values = new Map([...(pinned ?? []), ...(change.values ?? [])]);
      const fixed = values.size === 0 ? change : { ...change, values };
      run = createRun(this.recording, this.leafValues, fixed, this.run());
      this.runs.set(change, run);
    }
    return run;
  }

  sample(index: number, change?: Change): Run | null {
    this.sampler ??= new Sampler(this.recording, this.run().value);
    if (change !== undefined) {
      const numbers = this.sampler.at(index);
      return numbers === null ? null : createRun(this.recording, numbers, change);
    }
    let run = this.samples[index];
    if (run === undefined) {
      const numbers = this.sampler.at(index);
      this.samples[index] = run = numbers === null ? null : createRun(this.recording, numbers);
    }
    return run;
  }

  private bindingOf(choice: IndexChoice): Binding {
    const { names, recording, output, sheet, assembly } = this;
    const find =
      assembly === null || choice.order === 'swapped'
        ? (key: string) => names.find(key)
        : (key: string) => assembly.nodeOf(key) ?? names.find(key);
    const definitions: ReadonlyMap<string, Definition> =
      assembly === null
        ? pageDefinitions(sheet, (key) => names.exactly(key) !== null)
        : new Map(
            [...assembly.functions].map(([key, { parameters, body }]) => [
              key,
              { parameters, body, number: false },
            ]),
          );
    const generic = namesOfPage(sheet).map(({ key }) => key);
    const values = new Set(names.indexValues);
    for (let layer = 0; layer <= Math.min(names.lastLayer ?? -1, 12); layer++) values.add(layer);
    const instances = new Instances(
      (key) => names.has(key) || definitions.has(key) || (assembly?.nodeOf(key) ?? null) !== null,
      [...values].toSorted((a, b) => a - b),
      generic,
      seriesOfPage(sheet),
      assembly?.indices ?? null,
    );
    const declared = declaredActivation(sheet, recording);
    const used = new Set(recording.inputs);
    const binding: Binding = {
      text: sheet.text,
      recording,
      output,
      names: {
        isSketched: (node) => this.source.sketched.has(node),
        isLoose: (node) => this.fromNotes && this.known[node] === 0 && !used.has(node),
        exactly: (key) => (choice.order === 'swapped' && swappedKey(key) !== key ? null : names.exactly(key)),
        find,
        family: (key) => names.family(key),
        readAs: (key) => names.readAs(key),
        suggestion: (spelling) => names.suggestion(spelling),
        nameOf: (node) => names.nameOf(node),
      },
      definitions,
      instances,
      activation: commonActivation(recording) ?? activationNamed(assembly?.network?.activation) ?? declared,
      sizes: declaredSizes(sheet),
      declared,
      bare: this.source.bare === null ? null : find(this.source.bare),
      usesBesides: (of, by) => this.usesBesides(of, by),
      rateOf: (leaf) => rates.of(leaf),
      nodeLike: (bound) => this.nodeLike(bound),
    };
    const rates = new Rates(sheet, binding, () => this.run());
    return binding;
  }

  private usesBesides(of: number, by: number): boolean {
    const { recording } = this;
    if (by >= of || !recording.names.has(by)) return false;
    const own = ownNodes(recording, of);
    if (!own.includes(by)) return false;
    // A slope may be zero at the document's point alone.
    const behind = [this.run(), this.sample(0)].map((run) => run?.tangent(by));
    return own.some(
      (node) =>
        node !== of &&
        node !== by &&
        recording.names.has(node) &&
        behind.some((slopes) => (slopes?.[node] ?? 0) !== 0),
    );
  }

  /** A node with the value of a formula at the document's point and wherever else it is tried. */
  private nodeLike(bound: Bound): number | null {
    const runs = [this.run(), this.sample(0), this.sample(1), this.sample(2)].filter((run) => run !== null);
    const expected = runs.map((run) => evaluateBound(bound, run));
    if (!expected.some((number) => Number.isFinite(number))) return null;
    for (let node = 0; node < this.recording.count; node++) {
      const same = runs.every((run, i) => {
        const difference = Math.abs(run.value[node] - expected[i]);
        return expected[i] !== expected[i] || difference <= 1e-12 * Math.max(1, Math.abs(expected[i]));
      });
      if (same) return node;
    }
    return null;
  }
}

function unknownLeaves(assembly: Assembly | null): Set<number> {
  return assembly === null ? new Set() : new Set([...assembly.free.values(), ...assembly.slopes]);
}

function knownNodes(
  { count, inputStart, inputs }: Recording,
  unknown: ReadonlySet<number>,
  pinned: ReadonlyMap<number, number>,
): Uint8Array {
  const known = new Uint8Array(count).fill(1);
  for (const leaf of unknown) known[leaf] = 0;
  for (let node = 0; node < count; node++) {
    for (let edge = inputStart[node]; edge < inputStart[node + 1]; edge++) {
      if (inputs[edge] >= 0 && known[inputs[edge]] === 0) known[node] = 0;
    }
    if (pinned.has(node)) known[node] = 1;
  }
  return known;
}

function declaredOrder(sheet: Sheet): 'from-to' | 'to-from' | null {
  for (const declaration of sheet.declarations) if (declaration.kind === 'indices') return declaration.order;
  return null;
}

/** What the notes call the first element of a program's vector: 0 where a 0 occurs among their indices, else 1. */
function firstIndex(sheet: Sheet, names: ReadonlyMap<string, number>): 0 | 1 {
  for (const declaration of sheet.declarations) if (declaration.kind === 'base') return declaration.first;
  let elements = false;
  for (const name of names.keys()) if (name.endsWith(']')) elements = true;
  if (!elements) return 1;
  const zero = namesOfPage(sheet).some(({ key }) =>
    /^[A-Za-zωΩ]\d*_(?:\d*0\d*|\{[\d,]*\b0\b[\d,]*\})(?:$|\^)/u.test(key),
  );
  return zero ? 0 : 1;
}

function activationNamed(name: string | null | undefined): OperationName | null {
  if (name === null || name === undefined) return null;
  const operation = operationName(Math.max(0, codeOf(name)));
  return operation === 'leaf' ? null : operation;
}

/** Sizes of the layers that the notes declare: `4-3-2-1`. */
function declaredSizes({ declarations }: Sheet): readonly number[] | null {
  for (const declaration of declarations) if (declaration.kind === 'network') return declaration.sizes;
  return null;
}

/** σ means what the notes declare, unless the graph itself has a sigmoid. */
function declaredActivation(sheet: Sheet, recording: Recording): OperationName | null {
  const sigmoid = codeOf('sigmoid');
  if (recording.operation.includes(sigmoid)) return null;
  for (const declaration of sheet.declarations) {
    if (declaration.kind === 'activation') return activationNamed(declaration.operation);
    if (declaration.kind === 'network' && declaration.activation !== null)
      return activationNamed(declaration.activation);
  }
  return null;
}

/** The activation that most nodes of the graph are. */
function commonActivation({ operation }: Recording): OperationName | null {
  const counts = new Map<OperationName, number>();
  for (const code of operation) {
    const name = operationName(code);
    if (name !== 'leaf' && ACTIVATIONS.has(name)) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  let best: OperationName | null = null;
  for (const [name, count] of counts) if (best === null || count > counts.get(best)!) best = name;
  return best;
}
