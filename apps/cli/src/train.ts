import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { parametersToJson, SpecError, Trainer, TrainingError, type TrainingSpec } from '@backflow/nn';
import { formatCount, formatNumber } from '@backflow/print';
import { checkWritable, readText, writeWhole } from './bytes.ts';
import type { Call, Command } from './command.ts';
import { InputMissing, WrongValue } from './problem.ts';
import { paintFor } from './terminal.ts';
import {
  besideCheckpoint,
  checkpointFromJson,
  checkpointToJson,
  differencesOf,
  towards,
  type Checkpoint,
} from './train-checkpoint.ts';
import { fingerprintOf, readExamples, type TestFiles } from './train-data.ts';
import { readDocument } from './train-document.ts';
import { checkFit, noticeUnused } from './train-fit.ts';
import { fileOption } from './train-options.ts';
import { NetworkUnfit, ResumeRefused } from './train-problem.ts';
import { Progress } from './train-progress.ts';
import { dataSpecOf, NO_PARTS, testFilesOf, trainingSpecOf, type Parts } from './train-spec.ts';
import { MOST_BYTES_OF_WEIGHTS, readWeights } from './weights.ts';
import { plain } from './width.ts';

/** Where a training stands that was ended without `--checkpoint`; a number is added where there is one. */
const CHECKPOINT = 'backflow-checkpoint';
/** Between two looks at what the terminal says, in milliseconds. */
const TURN = 50;
const INTERRUPTED = 130;

/** `backflow train`: trains the network of a document, or of the options. */
export const train: Command = async (call) => {
  const training = await prepare(call);
  const { trainer } = training;
  const { terminal, messages } = call;
  const user = { interrupted: false };
  void terminal.stopped().then(() => (user.interrupted = true));
  introduce(call, training);

  const progress = new Progress(call, {
    epochs: training.spec.train.epochs,
    examples: trainer.split.train.length,
    inEpoch: trainer.state().position * Math.min(training.spec.train.batch, trainer.split.train.length),
  });
  const save = fileOption(call, 'save');
  const before = training.resumed === null ? trainer.evaluate('train').loss : Infinity;
  let after = -Infinity;
  let turn = performance.now();
  while (!ended(training) && !user.interrupted) {
    const step = trainer.takeStep();
    // Between epochs the trainer would try the step again, from weights that were all right.
    if (hasExploded(trainer)) break;
    progress.step(trainer.epoch - (step.endOfEpoch ? 1 : 0), step);
    if (step.endOfEpoch) {
      const report = trainer.finishEpoch();
      if (hasExploded(trainer)) break;
      progress.epoch(report);
      after = report.loss;
      if (training.checkpoint !== null) {
        try {
          await keep(call, training, training.checkpoint);
        } catch (error) {
          // What has been learned so far is not lost with it.
          if (save !== undefined) await saveWeights(call, training, save);
          throw error;
        }
      }
      if (terminal.out.closed && save === undefined && training.checkpoint === null) return 0;
    }
    if (!step.endOfEpoch && performance.now() - turn < TURN) continue;
    // Signals, and that a reader has gone away, are heard between steps.
    await new Promise((done) => setImmediate(done));
    turn = performance.now();
  }
  progress.clear();

  const { stop } = trainer;
  if (stop?.reason === 'exploded') return await exploded(call, training, stop);
  if (save !== undefined) await saveWeights(call, training, save);
  if (user.interrupted && !ended(training)) return await stopped(call, training);
  const { err } = terminal;
  if (stop?.reason === 'converged') err.write(`${messages.train.converged(trainer.epoch)}\n`);
  if (after >= before) {
    const label = paintFor(err, terminal.env)(['bold', 'yellow'], `${messages.notice}:`);
    const numbers = [before, after, training.spec.train.rate].map((x) => formatNumber(x)) as [
      string,
      string,
      string,
    ];
    err.write(`${label} ${messages.train.notFallen(...numbers)}\n`);
  }
  err.write(`${messages.train.done(progress.sum())}\n`);
  return 0;
};

interface Training {
  readonly trainer: Trainer;
  readonly spec: TrainingSpec;
  readonly test: TestFiles | null;
  readonly fingerprint: string;
  /** The file that is written after every epoch. */
  readonly checkpoint: string | null;
  /** The epochs that had been finished before. */
  readonly resumed: number | null;
}

const hasExploded = ({ stop }: Trainer): boolean => stop?.reason === 'exploded';

const ended = ({ trainer, spec }: Training): boolean =>
  trainer.epoch >= spec.train.epochs || trainer.stop?.reason === 'converged';

/** Reads all that is to be read, and checks that it fits. Throws a `Problem`. */
async function prepare(call: Call): Promise<Training> {
  const { folder } = call.terminal;
  const resume = fileOption(call, 'resume');
  for (const target of [fileOption(call, 'save'), fileOption(call, 'checkpoint') ?? resume])
    if (target !== undefined) checkWritable(folder, target);
  const kept =
    resume === undefined
      ? null
      : besideCheckpoint(
          checkpointFromJson(resume, await readText(folder, resume, MOST_BYTES_OF_WEIGHTS)),
          resume,
        );
  const start = fileOption(call, 'parameters');
  if (start !== undefined && kept !== null) {
    throw new WrongValue('--parameters', start, ({ expected }) => expected.noResume);
  }
  const written = call.inputs.length > 0 ? await readDocument(call) : null;
  if (
    written === null &&
    kept === null &&
    !['data', 'images', 'labels'].some((name) => call.options.has(name as 'data'))
  ) {
    throw new InputMissing('train');
  }
  const known: Parts = written ?? kept?.spec ?? NO_PARTS;
  const data = dataSpecOf(call, known.data);
  const test = testFilesOf(call) ?? kept?.test ?? null;
  const { dataset, split } = await readExamples(call, data, test);
  const spec = trainingSpecOf(call, known, data, dataset);
  await checkFit(call, spec, dataset);
  if (kept === null) await noticeUnused(call, spec);
  const fingerprint = fingerprintOf(dataset);
  const options = split === null ? {} : { split };
  try {
    if (kept !== null) {
      compare(resume!, { spec, fingerprint }, kept);
      const trainer = Trainer.resume(spec, dataset, kept.state, options);
      const checkpoint = fileOption(call, 'checkpoint') ?? resume!;
      return { trainer, spec, test, fingerprint, checkpoint, resumed: kept.state.epoch };
    }
    const parameters = start === undefined ? null : await readWeights(folder, start, spec.network);
    const trainer = new Trainer(spec, dataset, {
      ...options,
      ...(parameters !== null && { parameters: parameters.parameters }),
    });
    return {
      trainer,
      spec,
      test,
      fingerprint,
      checkpoint: fileOption(call, 'checkpoint') ?? null,
      resumed: null,
    };
  } catch (error) {
    if (error instanceof SpecError || error instanceof TrainingError)
      throw new NetworkUnfit(error.message, error);
    throw error;
  }
}

/** Refuses to go on with another training, or with other data. */
function compare(
  file: string,
  { spec, fingerprint }: { readonly spec: TrainingSpec; readonly fingerprint: string },
  kept: Checkpoint,
): void {
  const differences = differencesOf(spec, kept.spec);
  if (differences.length > 0) throw new ResumeRefused(file, differences);
  if (fingerprint !== kept.fingerprint) throw new ResumeRefused(file, []);
}

function introduce(call: Call, { trainer, spec, resumed }: Training): void {
  const { terminal, messages } = call;
  const { train, validation } = trainer.split;
  const begins = messages.train.begins({
    network: spec.network.sizes.join('-'),
    parameters: count(call, trainer.parameters.length),
    examples: count(call, train.length),
    validation: validation.length === 0 ? null : count(call, validation.length),
  });
  terminal.err.write(`${begins}\n`);
  if (resumed === null) return;
  const { epochs } = spec.train;
  const goesOn =
    resumed >= epochs ? messages.train.complete(resumed) : messages.train.resumes(resumed, epochs);
  terminal.err.write(`${goesOn}\n`);
}

const count = ({ messages }: Call, n: number): string => formatCount(n, { group: messages.thousands });

/** Writes the state of the training. */
async function keep(call: Call, { trainer, spec, test, fingerprint }: Training, file: string): Promise<void> {
  const { folder } = call.terminal;
  const checkpoint = towards({ spec, test, fingerprint, state: trainer.state() }, folder, file);
  await writeWhole(folder, file, checkpointToJson(checkpoint));
}

async function saveWeights(
  call: Call,
  { trainer, spec }: Training,
  file: string,
  said = call.messages.train.saved,
): Promise<void> {
  await writeWhole(call.terminal.folder, file, parametersToJson(spec.network, trainer.parameters));
  call.terminal.err.write(`${said(plain(file))}\n`);
}

/** Ctrl-C: what there is is kept, and how to go on is said. */
async function stopped(call: Call, training: Training): Promise<number> {
  const { terminal, messages, options } = call;
  const file = training.checkpoint ?? unused(terminal.folder);
  await keep(call, training, file);
  const again = ['save', 'json'].flatMap((name) => {
    const values = options.get(name as 'save');
    if (values === undefined) return [];
    return name === 'json' ? ['--json'] : ['--save', shellWord(values.at(-1)!)];
  });
  const command = ['backflow train --resume', shellWord(file), ...again].join(' ');
  terminal.err.write(`${messages.train.stopped(training.trainer.epoch, plain(file))}\n  ${plain(command)}\n`);
  return INTERRUPTED;
}

function unused(folder: string): string {
  for (let number = 1; ; number++) {
    const file = `${CHECKPOINT}${number === 1 ? '' : `-${number}`}.json`;
    if (!existsSync(resolve(folder, file))) return file;
  }
}

const shellWord = (text: string): string =>
  /^[\w./=-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;

/**
 * The loss is no longer a number, or a thousand times what it was at the start, which saturated units and optimizers that
 * bound their steps come to instead. It is said in words, and the last good weights are kept.
 */
async function exploded(
  call: Call,
  training: Training,
  at: { readonly epoch: number; readonly step: number; readonly loss: number },
): Promise<number> {
  const { terminal, messages } = call;
  const { trainer, spec } = training;
  const label = paintFor(terminal.err, terminal.env)(['bold', 'red'], `${messages.error}:`);
  const loss = formatNumber(at.loss);
  const begun = trainer.step > 0 || Number.isFinite(at.loss);
  const lines = begun
    ? messages.train.exploded({
        epoch: at.epoch,
        step: count(call, at.step),
        loss,
        rate: formatNumber(spec.train.rate),
      })
    : messages.train.unbounded(loss);
  terminal.err.write(`${label} ${lines.join('\n  ')}\n`);
  trainer.setParameters(trainer.lastGood);
  const save = fileOption(call, 'save');
  if (save !== undefined) await saveWeights(call, training, save, messages.train.lastGood);
  else if (begun) terminal.err.write(`  ${messages.train.unsaved}\n`);
  return 1;
}
