import {
  generate,
  initialParameters,
  split as splitOf,
  type DataSpec,
  type Dataset,
  type EpochReport,
  type TrainerStop,
  type TrainingSpec,
} from '@backflow/nn';
import type { NetworkDocument } from '@backflow/language/network';
import type { NetworkMessages } from '@backflow/messages';
import {
  batch,
  computed,
  effect,
  signal,
  untracked,
  type ReadonlySignal,
  type Signal,
} from '@preact/signals';
import { painted } from '../../look/lazy.tsx';
import type { App } from '../../state/app.ts';
import type { ShownExample, Training, TrainingState } from '../contract.ts';
import { FileBox } from './files.ts';
import { misfitOf } from './fit.ts';
import { hireDrill, type Drill } from './hire.ts';
import { identityOf, keyOf, needsFiles, specOf, wholeOf } from './identity.ts';
import { forget, keptAs } from './kept.ts';
import type { Answer, Order, Snapshot } from './protocol.ts';
import { fileProblem } from './problems.ts';
import { showInRun } from './show-in-run.ts';
import { madeHere } from './untrained.ts';
import { exampleOf, leavesOf } from './values.ts';

/** Unless it is asked to be as fast as it can, all epochs together take so long, and one no longer than `SLOWEST_MS`. */
const WATCHED_MS = 8000;
const SLOWEST_MS = 250;
type Progress = Training['progress']['value'];

/** Training, with what only its own tab and the control strip use. */
export interface TrainingRoom extends Training {
  /** The network of the present run. */
  readonly document: ReadonlySignal<NetworkDocument | null>;
  /** Finished epochs. */
  readonly done: ReadonlySignal<number>;
  /** True: no epoch is drawn out to be watched. */
  readonly fast: Signal<boolean>;
  /** What is said above the tabs when the data cannot be read or training cannot go on. */
  readonly problem: ReadonlySignal<((texts: NetworkMessages) => string) | null>;
  /** Files that the document names and nobody has given. */
  readonly missing: ReadonlySignal<readonly string[]>;
  /** After an explosion: from the last good weights, with a tenth of the rate. */
  recover(): void;
  /** The numbers of the recording's leaves that differ from the text's; null for none. */
  valuesOf(document: NetworkDocument): ReadonlyMap<number, number> | null;
}

const NOTHING: Progress = { step: 0, perEpoch: 0, loss: NaN, rate: NaN, examplesPerSecond: 0 };
const NO_REPORTS: readonly EpochReport[] = [];

export function trainingOf(app: App, texts: ReadonlySignal<NetworkMessages>): TrainingRoom {
  const state = signal<TrainingState>('none');
  const dataset = signal<Dataset | null>(null);
  const split = signal<{ readonly train: Int32Array; readonly validation: Int32Array } | null>(null);
  const parameters = signal<Float64Array>(new Float64Array());
  const frozen = signal<Uint8Array>(new Uint8Array());
  const epochs = signal(NO_REPORTS);
  const done = signal(0);
  const progress = signal(NOTHING);
  const stop = signal<TrainerStop | null>(null);
  const rate = signal(NaN);
  const penalties = { l1: signal(0), l2: signal(0) };
  const fast = signal(false);
  const problem = signal<((texts: NetworkMessages) => string) | null>(null);
  const missing = signal<readonly string[]>([]);
  const own = signal<ShownExample | null>(null);
  /** The example chosen here where the text does not say one. */
  const picked = signal<number | null>(null);
  const document = computed(() => app.run.value?.network ?? null);
  const example = computed(() => {
    const data = dataset.value;
    const said = document.value?.example ?? 0;
    if (own.value !== null) return own.value;
    if (data === null) return null;
    return exampleOf(data, Math.max(0, Math.min(data.size - 1, picked.value ?? said)));
  });

  const files = new FileBox();
  let drill: Drill | null = null;
  /** What the drill has: what may not change, and everything. */
  let open: { readonly spec: TrainingSpec; readonly identity: string; readonly key: string | null } | null =
    null;
  let whole = '';
  /** The network that `parameters` are of. */
  let network = '';
  /** True while the parameters are those of the seed. */
  let untouched = true;

  const order = (next: Order, transfer?: Transferable[]): void => drill?.order(next, transfer);

  function close(): void {
    drill?.close();
    drill = null;
    open = null;
    app.dismiss('training');
  }

  /** Nothing is known of data or training any more. */
  function clear(): void {
    close();
    own.value = null;
    picked.value = null;
    problem.value = null;
    missing.value = [];
    dataset.value = null;
    split.value = null;
    epochs.value = NO_REPORTS;
    done.value = 0;
    progress.value = NOTHING;
    stop.value = null;
  }

  /** Takes up what a new run's document says. */
  function follow(next: NetworkDocument | null): void {
    const spec = specOf(next);
    const said = spec === null ? JSON.stringify(next?.data ?? null) : wholeOf(spec);
    const ofNetwork = next === null ? '' : JSON.stringify(next.network);
    const sameNetwork = ofNetwork === network;
    if (said === whole && sameNetwork) return;
    whole = said;
    network = ofNetwork;
    batch(() => {
      if (open !== null && spec !== null && identityOf(spec) === open.identity) return change(spec);
      clear();
      if (next !== null && !sameNetwork) {
        untouched = true;
        parameters.value = initialParameters(next.network);
        frozen.value = new Uint8Array(parameters.value.length);
      }
      state.value = 'none';
      if (spec === null) return make(next?.data ?? null);
      rate.value = spec.train.rate;
      penalties.l1.value = spec.loss.l1;
      penalties.l2.value = spec.loss.l2;
      begin(spec);
    });
  }

  /** The data of a document that says nothing about training: its network can be looked at and tried with them. */
  function make(said: DataSpec | null): void {
    const data = madeHere(said);
    if (data === null) return;
    const of = whole;
    void painted().then(() => {
      if (whole !== of) return;
      const made = generate(data);
      batch(() => {
        dataset.value = made;
        split.value = splitOf(made, data);
      });
    });
  }

  function change(spec: TrainingSpec): void {
    open = { ...open!, spec };
    order({ kind: 'change', spec });
    order({ kind: 'pace', epochMs: paceOf(spec) });
  }

  function begin(spec: TrainingSpec): void {
    if (spec.data.kind !== 'csv' && spec.data.kind !== 'images') return start(spec, null);
    state.value = 'waiting';
    missing.value = needsFiles(spec.data);
    void takeFiles(spec, []);
  }

  /** Begins with the files that there are, those included. Where they do not do, all stays as it is, and why is said. */
  async function takeFiles(spec: TrainingSpec, given: readonly File[]): Promise<void> {
    const { data } = spec;
    if (data.kind !== 'csv' && data.kind !== 'images') return;
    const { content } = files;
    const refuse = (why: (texts: NetworkMessages) => string): void => {
      files.restore(content);
      problem.value = why;
    };
    try {
      await files.put(data, given);
      const found = await files.read(data);
      if (wholeOf(spec) !== whole) return;
      if (found.kind === 'missing') return void (missing.value = found.names);
      const misfit = misfitOf(spec, found.dataset);
      if (misfit !== null) return refuse(misfit);
      batch(() => {
        clear();
        start(spec, found.dataset);
      });
    } catch (error) {
      if (wholeOf(spec) === whole) refuse(fileProblem(error));
    }
  }

  function start(spec: TrainingSpec, data: Dataset | null): void {
    state.value = 'preparing';
    // What is opened begins with the weights of its seed.
    untouched = true;
    const key = keyOf(spec, data);
    open = { spec, identity: identityOf(spec), key };
    const mine = hireDrill((answer) => {
      if (drill === mine) batch(() => take(answer));
    });
    drill = mine;
    order({ kind: 'open', spec, dataset: data, key });
    order({ kind: 'pace', epochMs: paceOf(spec) });
  }

  const paceOf = ({ train }: TrainingSpec): number =>
    fast.peek() ? 0 : Math.min(SLOWEST_MS, WATCHED_MS / Math.max(1, train.epochs));

  function take(answer: Answer): void {
    switch (answer.kind) {
      case 'opened':
        dataset.value = answer.dataset;
        split.value = { train: answer.train, validation: answer.validation };
        void offer(open?.key ?? null);
        return;
      case 'snapshot':
        show(answer.snapshot);
        void painted().then(() => order({ kind: 'seen' }));
        return;
      case 'failed': {
        const { reason, what } = answer;
        problem.value = ({ training: words }) =>
          (what === 'resume' ? words.resume.unfit : words.failed)(words.reason(reason));
        if (what === 'work') state.value = 'failed';
      }
    }
  }

  function show(snapshot: Snapshot): void {
    const { running, stop: why } = snapshot;
    const begun = snapshot.epoch > 0 || snapshot.step > 0;
    if (running || begun) untouched = false;
    parameters.value = snapshot.parameters;
    frozen.value = snapshot.frozen;
    if (snapshot.whole) epochs.value = snapshot.reports;
    else if (snapshot.reports.length > 0) epochs.value = [...epochs.peek(), ...snapshot.reports];
    done.value = snapshot.epoch;
    const { step, perEpoch, loss, examplesPerSecond } = snapshot;
    progress.value = { step, perEpoch, loss, rate: snapshot.rate, examplesPerSecond };
    stop.value = why;
    rate.value = snapshot.base;
    penalties.l1.value = snapshot.l1;
    penalties.l2.value = snapshot.l2;
    if (running) state.value = 'running';
    else if (why !== null) state.value = why.reason === 'exploded' ? 'failed' : 'finished';
    else state.value = begun ? 'paused' : 'ready';
  }

  /** What was trained here before can be gone on with. */
  async function offer(key: string | null): Promise<void> {
    const kept = key === null ? null : await keptAs(key);
    if (kept === null || kept.step === 0 || open?.key !== key || !untouched) return;
    const away = (): void => app.dismiss('training');
    app.tell({
      id: 'training',
      tone: 'info',
      text: () => texts.value.training.resume.offer(kept.epoch, kept.running),
      actions: [
        {
          label: () => texts.value.training.resume.yes,
          perform() {
            away();
            if (open?.key !== key) return;
            untouched = false;
            order({ kind: 'resume', state: kept.state, reports: kept.reports });
            if (kept.running) training.start();
          },
        },
        {
          label: () => texts.value.training.resume.no,
          perform() {
            away();
            void forget(key!);
          },
        },
      ],
    });
  }

  /** Changes the parameters here at once, where nobody trains them too. */
  function alter(change: (values: Float64Array) => void): void {
    untouched = false;
    const values = parameters.peek().slice();
    change(values);
    parameters.value = values;
  }

  /** What failed for another reason than its numbers cannot go on. */
  const isBroken = (): boolean => state.peek() === 'failed' && stop.peek() === null;

  const act = (kind: 'run' | 'pause' | 'step' | 'epoch' | 'reset'): void => {
    if (isBroken()) return;
    app.dismiss('training');
    problem.value = null;
    order({ kind });
  };

  const training: TrainingRoom = {
    state,
    dataset,
    split,
    parameters,
    frozen,
    epochs,
    done,
    progress,
    stop,
    example,
    rate,
    ...penalties,
    document,
    fast,
    problem,
    missing,
    start: () => act('run'),
    pause: () => act('pause'),
    step: () => act('step'),
    epoch: () => act('epoch'),
    reset() {
      if (isBroken() && open !== null) {
        const { spec } = open;
        const given = needsFiles(spec.data).length > 0 ? dataset.peek() : null;
        batch(() => {
          clear();
          start(spec, given);
        });
      } else act('reset');
      untouched = true;
      const { network } = document.peek() ?? {};
      if (drill === null && network !== undefined) parameters.value = initialParameters(network);
    },
    setRate(next) {
      rate.value = next;
      order({ kind: 'rate', rate: next });
    },
    setPenalty(of, lambda) {
      penalties[of].value = lambda;
      order({ kind: 'penalty', of, lambda });
    },
    setParameter(index, value) {
      alter((values) => void (values[index] = value));
      order({ kind: 'set', index, value });
    },
    setParameters(values) {
      alter((all) => all.set(values));
      order({ kind: 'setAll', values: values.slice() });
    },
    freeze(indices, isFrozen) {
      const next = frozen.peek().slice();
      for (const index of indices) next[index] = isFrozen ? 1 : 0;
      frozen.value = next;
      order({ kind: 'freeze', indices, frozen: isFrozen });
    },
    showExample(index) {
      const run = app.run.peek();
      const span = run?.network?.spans.get('example');
      own.value = null;
      picked.value = index;
      if (run === null || span === undefined) return;
      if (app.readOnly.peek() || run.text !== app.history.peek().document.text) return;
      // A document that says which example it shows goes on saying so.
      const number = /\d+\s*$/.exec(run.text.slice(span.from, span.to))?.[0].trimEnd();
      if (number === undefined) return;
      const to = span.from + run.text.slice(span.from, span.to).trimEnd().length;
      picked.value = null;
      app.type({ from: to - number.length, to, insert: String(index) });
    },
    showOwn(x, y) {
      own.value = { index: null, x, y: y ?? new Float64Array() };
    },
    async giveFiles(given) {
      const spec = specOf(document.peek());
      if (spec === null || needsFiles(spec.data).length === 0) return;
      problem.value = null;
      await takeFiles(spec, given);
    },
    recover() {
      problem.value = null;
      order({ kind: 'recover' });
    },
    valuesOf(of) {
      const said = JSON.stringify(of.network) === network;
      if (!said) return null;
      const data = dataset.peek();
      const shown = own.peek() ?? (data === null ? null : exampleNow(of, data));
      const given = of.data !== null && needsFiles(of.data).length > 0;
      const elsewhere = shown !== null && (given || shown.index !== of.example);
      if (untouched && !elsewhere) return null;
      return leavesOf(of, parameters.peek(), shown, data);
    },
  };

  const exampleNow = ({ example: said }: NetworkDocument, data: Dataset): ShownExample =>
    exampleOf(data, Math.max(0, Math.min(data.size - 1, picked.peek() ?? said)));

  effect(() => {
    const next = document.value;
    untracked(() => follow(next));
  });
  effect(() => {
    const { state, problems } = app.verdict.value;
    if (dataset.value === null || wholeOf(specOf(document.value)!) !== whole) return;
    // The example is no longer all zeros.
    const left = problems.filter(({ data }) => !('problem' in data) || data.problem !== 'filesMissing');
    if (left.length < problems.length) app.verdict.value = { state, problems: left };
  });
  effect(() => {
    const isFast = fast.value;
    if (open !== null) order({ kind: 'pace', epochMs: isFast ? 0 : paceOf(open.spec) });
  });
  showInRun(app, training);
  return training;
}
