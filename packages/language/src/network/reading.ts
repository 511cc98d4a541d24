import type { BareTape } from '@backflow/engine';
import { initialParameters, recordExample, recordNetwork } from '@backflow/nn';
import type { Dataset, DataSpec, LossSpec, NetworkNodes, NetworkSpec, TrainSpec } from '@backflow/nn';
import type { Reporter, Shape } from '../diagnostics.ts';
import type { ExtensionLine, ExtensionName, ExtensionReading } from '../extension.ts';
import type { LanguageFunction } from '../functions.ts';
import type { Limits } from '../limits.ts';
import { canonicalName } from '../names.ts';
import type { CallPlan } from '../shapes.ts';
import type { NetworkDocument } from './document.ts';
import { exampleOf, oneExample, generatedKind } from './example.ts';
import type { DocumentExample } from './example.ts';
import { planPass } from './call.ts';
import { dataProblems, lossProblems } from './fit.ts';
import type { NetworkLine } from './line.ts';
import { NetworkLines } from './lines.ts';
import {
  inputNames,
  lossNames,
  otherNames,
  parameterNames,
  sizeOfExample,
  sizeOfPass,
  unitNames,
  unitsOf,
} from './nodes.ts';
import { spansOf } from './places.ts';
import { problemAt, quoted, refusal } from './problem.ts';
import { dataSpec, lossSpec, networkSpec, trainSpec } from './specs.ts';
import { OF_SCHEDULE } from './words.ts';

export interface NetworkOptions {
  /**
   * An example of data that are not made from a seed; null while their files are missing. For data from a seed it is asked too,
   * where it is given, before they are made.
   */
  readonly example?: (data: DataSpec, index: number) => DocumentExample | null;
  /** Numbers in place of those of the seed, in the order of `layoutOf`; left alone where they are not as many as the network has. */
  readonly parameters?: ArrayLike<number>;
}

/** One text, read by `networks`. */
export class NetworkReading implements ExtensionReading {
  readonly #reporter: Reporter;
  readonly #limits: Limits;
  readonly #options: NetworkOptions;
  readonly #lines: NetworkLines;
  #network: NetworkSpec | null = null;
  #data: DataSpec | null = null;
  #loss: LossSpec | null = null;
  #train: TrainSpec | null = null;
  /** Other names, and what they stand for. */
  #others: ReadonlyMap<string, string> = new Map();
  readonly #standFor = new Map<string, string[]>();
  /** True once a formula calls the network. */
  #called = false;
  /** True once the names of the call that is shown are known. */
  #passKnown = false;
  /** True once the statement is checked: before it the network has no numbers. */
  #stands = false;
  #known: ExtensionName[] = [];
  #named = new Map<string, number>();
  #parameters: Int32Array | null = null;
  #nodes: NetworkNodes | null = null;
  #callee: LanguageFunction | null = null;

  constructor(text: string, reporter: Reporter, limits: Limits, options: NetworkOptions) {
    this.#reporter = reporter;
    this.#limits = limits;
    this.#options = options;
    this.#lines = new NetworkLines(text, reporter);
  }

  claim(definitions: readonly ExtensionLine[]): ReadonlySet<ExtensionLine> {
    const owned = this.#lines.claim(definitions);
    this.#understand();
    const taken = new Set(definitions.flatMap((line) => (owned.has(line) ? [] : [line.name.key])));
    this.#nameOthers(taken);
    return owned;
  }

  // Understanding

  #understand(): void {
    for (const [role, line] of this.#lines.byRole) {
      const found = this.#lines.read.get(role)?.word;
      if (role === 'net' || found === undefined) continue;
      if (!this.#lines.byRole.has('net')) this.#lines.report('needsNet', line, { found });
      else if (role === 'data') continue;
      else if (!this.#lines.byRole.has('data')) this.#lines.report('needsData', line, { found });
      else if (role === 'train' && !this.#lines.byRole.has('loss'))
        this.#lines.report('needsLoss', line, { found });
    }
    const net = this.#lines.read.get('net');
    const data = this.#lines.read.get('data');
    const loss = this.#lines.read.get('loss');
    const train = this.#lines.read.get('train');
    this.#checkArguments(net, data);
    this.#noticeUnused(train);
    if (this.#lines.broken || net === undefined) return;
    this.#network = networkSpec(net);
    if (this.#network.output === 'softmax' && this.#network.sizes.at(-1) === 1) {
      this.#lines.report('softmaxOne', net.options.get('output')!, undefined, 'sigmoid');
    }
    if (data !== undefined) this.#data = dataSpec(data);
    if (loss !== undefined) this.#loss = lossSpec(loss);
    if (train !== undefined) this.#train = trainSpec(train);
    if (data === undefined) return;
    const dataset = this.#sample();
    const problems = dataset === null ? [] : dataProblems(net, this.#network, data, dataset);
    if (loss !== undefined) problems.push(...lossProblems(this.#network, loss, this.#loss!, data, dataset));
    for (const problem of problems) this.#lines.add(problem);
    const generated = generatedKind(this.#data!);
    if (generated !== null && this.#lines.example >= generated.count) {
      const facts = { data: data.word, found: this.#lines.example, count: generated.count };
      this.#lines.report('exampleRange', this.#lines.exampleSpan!, facts, String(generated.count - 1));
    }
  }

  /** Values without a name: sizes and files have to be there. */
  #checkArguments(net: NetworkLine | undefined, data: NetworkLine | undefined): void {
    if (net !== undefined && !net.broken && net.arguments.length < 2) {
      this.#lines.report('sizes', net.at, { found: net.arguments.length });
    }
    const count = data?.word === 'csv' ? 1 : data?.word === 'images' ? 2 : 0;
    if (data !== undefined && !data.broken && data.arguments.length < count) {
      this.#lines.report('files', data.at, { word: data.word, count, found: data.arguments.length });
    }
  }

  #noticeUnused(train: NetworkLine | undefined): void {
    if (train === undefined || train.broken) return;
    const schedule = (train.options.get('schedule')?.value ?? 'constant') as string;
    for (const [option, words] of OF_SCHEDULE) {
      const span = train.optionNames.get(option);
      if (span === undefined || words.includes(schedule)) continue;
      this.#reporter.add(problemAt('unused', span, { found: option, option: 'schedule', words }));
    }
  }

  /** One example of the data, which tells what all are like; null where only files would. */
  #sample(): Dataset | null {
    const generated = generatedKind(this.#data!);
    return generated === null
      ? null
      : oneExample(generated, Math.min(this.#lines.example, generated.count - 1));
  }

  // Names

  readonly unlisted = new Set<string>();

  #nameOthers(taken: ReadonlySet<string>): void {
    if (this.#network === null || !this.#small()) return;
    const others = new Map(
      [...otherNames(this.#network)].filter(([name]) => !taken.has(canonicalName(name)!)),
    );
    for (const name of others.keys()) this.unlisted.add(name);
    const line = this.#lines.byRole.get('loss');
    const key = line === undefined ? null : canonicalName(line.name.spelling);
    // What stands before a sign of equality may be no name that can be found again: `a^{(0)}_{0}loss`.
    if (this.#loss !== null && key !== null && key !== 'loss') others.set(line!.name.spelling, 'loss');
    this.#others = others;
    for (const [other, name] of others) {
      const list = this.#standFor.get(name);
      if (list === undefined) this.#standFor.set(name, [other]);
      else list.push(other);
    }
  }

  /** False for a network that is refused: its names are not even listed. */
  #small(): boolean {
    if (this.#lines.broken || this.#network === null) return false;
    const { nodes, edges } = sizeOfExample(this.#network, this.#loss);
    return nodes <= this.#limits.nodes && edges <= this.#limits.edges;
  }

  names(): readonly string[] {
    if (!this.#small()) return [];
    const names = this.#allNames().map(({ name }) => name);
    return [...names, ...this.#others.keys()];
  }

  #allNames(): ExtensionName[] {
    const network = this.#network!;
    const names = [...inputNames(network), ...parameterNames(network), ...unitNames(network)];
    return this.#loss === null ? names : [...names, ...lossNames(network, this.#loss)];
  }

  #learn(names: readonly ExtensionName[]): void {
    for (const each of names) {
      this.#known.push(each);
      for (const name of this.#standFor.get(each.name) ?? []) this.#known.push({ ...each, name });
    }
  }

  known(): readonly ExtensionName[] {
    const known = this.#known;
    this.#known = [];
    return known;
  }

  // Checking

  callee(key: string): LanguageFunction | undefined {
    if (this.#lines.name?.key !== key) return undefined;
    this.#called = true;
    this.#callee ??= {
      name: this.#lines.name.spelling,
      operation: 'affine',
      takes: 'all',
      least: 0,
      most: Infinity,
      own: {
        plan: (shapes) => this.#plan(shapes),
        record: (tape, inputs) => this.#recordCall(tape, inputs),
      },
    };
    return this.#callee;
  }

  /** Without data and never called: a pass of zeros is what there is to see. */
  get #ofZeros(): boolean {
    return this.#data === null && !this.#called;
  }

  size(): { readonly nodes: number; readonly edges: number } {
    this.#stands = true;
    if (this.#lines.broken || this.#network === null) return { nodes: 0, edges: 0 };
    const network = this.#network;
    if (this.#data === null && this.#called) {
      const parameters = this.#small() ? parameterNames(network) : [];
      this.#learn(parameters);
      const { nodes, edges } = sizeOfExample(network, null);
      const pass = sizeOfPass(network);
      return { nodes: nodes - pass.nodes - network.sizes[0], edges: edges - pass.edges };
    }
    if (this.#small()) this.#learn(this.#allNames());
    return sizeOfExample(network, this.#loss);
  }

  #plan(shapes: readonly Shape[]): CallPlan | null {
    if (this.#lines.broken || this.#network === null) return null;
    const network = this.#network;
    const name = this.#lines.name!.spelling;
    if (!this.#stands) return refusal('early', { name });
    const plan = planPass(name, network, shapes);
    if (plan.kind === 'refused') return plan;
    if (this.#data === null && !this.#passKnown) {
      this.#passKnown = true;
      if (this.#small()) this.#learn([...inputNames(network), ...unitNames(network)]);
    }
    return plan;
  }

  get output(): { readonly name: string; readonly firm: boolean } | null {
    if (this.#lines.broken || this.#network === null || (!this.#ofZeros && this.#data === null)) return null;
    if (this.#loss !== null) return { name: 'loss', firm: true };
    return { name: `a^{(${this.#network.sizes.length - 1})}_{0}`, firm: false };
  }

  // Recording

  record(tape: BareTape, given: (name: string) => number | undefined): void {
    const network = this.#network!;
    const valueOf = (name: string): number | undefined => {
      for (const each of [name, ...(this.#standFor.get(name) ?? [])]) {
        const value = given(each);
        if (value !== undefined) return value;
      }
      return undefined;
    };
    const own = initialParameters(network);
    const wanted = this.#options.parameters;
    const parameters = wanted?.length === own.length ? Float64Array.from(wanted) : own;
    const names = parameterNames(network);
    for (const [i, { name }] of names.entries()) parameters[i] = valueOf(name) ?? parameters[i];

    if (this.#data === null && this.#called) {
      const leaves = Int32Array.from(parameters, (value, i) => {
        const node = tape.pushLeaf(value);
        tape.setName(node, names[i].name);
        return node;
      });
      this.#parameters = leaves;
      this.#give(names, leaves);
      return;
    }
    const example = this.#shownExample();
    const x = Float64Array.from(example.x, (value, k) => valueOf(`a^{(0)}_{${k}}`) ?? value);
    const y = Float64Array.from(example.y, (value, c) => valueOf(`y_{${c}}`) ?? value);
    const loss = this.#loss && { ...this.#loss };
    const nodes = recordExample(tape, { network, loss }, { parameters, x, y });
    this.#nodes = nodes;
    this.#parameters = nodes.parameters;
    const { inputs, layers } = nodes;
    this.#give(
      [...inputNames(network), ...names, ...unitNames(network)],
      [...inputs, ...nodes.parameters, ...unitsOf(layers)],
    );
    if (this.#loss !== null) this.#nameLoss(tape, nodes);
  }

  /** Nodes of the loss are found by the names that they were given. */
  #nameLoss(tape: BareTape, { targets, loss }: NetworkNodes): void {
    const names = lossNames(this.#network!, this.#loss!);
    const byName = new Map<string, number>();
    for (let node = targets[0]; node <= loss; node++) {
      const name = tape.names.get(node);
      if (name !== undefined) byName.set(name, node);
    }
    this.#give(
      names,
      names.map(({ name }) => byName.get(name)!),
    );
    const line = this.#lines.read.get('loss')!;
    for (const [mark, option] of [
      ['_1', 'l1'],
      ['_2', 'l2'],
    ] as const) {
      const node = byName.get(`λ${mark}`) ?? (this.#loss![option] > 0 ? byName.get('λ') : undefined);
      const span = line.options.get(option);
      if (node !== undefined && span !== undefined) tape.setSpanOf(node, span.from, span.to);
    }
  }

  #give(names: readonly ExtensionName[], nodes: ArrayLike<number>): void {
    for (const [i, { name }] of names.entries()) {
      this.#named.set(name, nodes[i]);
      for (const other of this.#standFor.get(name) ?? []) this.#named.set(other, nodes[i]);
    }
  }

  named(): ReadonlyMap<string, number> {
    const named = this.#named;
    this.#named = new Map();
    return named;
  }

  #shownExample(): DocumentExample {
    const network = this.#network!;
    const zeros = { x: new Float64Array(network.sizes[0]), y: new Float64Array(network.sizes.at(-1)!) };
    const data = this.#data;
    if (data === null) return zeros;
    const given = this.#options.example?.(data, this.#lines.example);
    if (given?.x.length === zeros.x.length && given.y.length === zeros.y.length) return given;
    const generated = generatedKind(data);
    if (generated !== null) {
      return exampleOf(oneExample(generated, this.#lines.example), 0, { network, loss: this.#loss });
    }
    const files =
      data.kind === 'csv' ? [data.file] : data.kind === 'images' ? [data.images, data.labels] : [];
    const line = this.#lines.read.get('data')!;
    this.#reporter.add(problemAt('filesMissing', line.at, { files: files.map(quoted) }));
    return zeros;
  }

  #recordCall(tape: BareTape, inputs: readonly number[]): readonly number[] {
    const network = this.#network!;
    const shown = this.#nodes === null;
    const recorded = recordNetwork(tape, network, { parameters: { leaves: this.#parameters! }, inputs });
    const { layers } = recorded;
    const outputs = Array.from(layers.at(-1)!.a);
    if (shown) {
      this.#nodes = {
        ...recorded,
        inputs: Int32Array.from(inputs),
        targets: new Int32Array(0),
        error: -1,
        loss: -1,
      };
      this.#give([...inputNames(network), ...unitNames(network)], [...inputs, ...unitsOf(layers)]);
      // What the formula calls them goes before.
      for (const node of outputs) tape.setName(node, '');
    } else {
      for (const node of unitsOf(layers)) tape.setName(node, '');
    }
    return outputs;
  }

  result(): NetworkDocument | null {
    if (this.#network === null || this.#nodes === null) return null;
    return {
      name: this.#lines.name!.spelling,
      network: this.#network,
      data: this.#data,
      loss: this.#loss,
      train: this.#train,
      example: this.#lines.example,
      nodes: this.#nodes,
      spans: spansOf(this.#lines.read, this.#lines.exampleSpan),
    };
  }
}
