import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import {
  GENERATED,
  SpecError,
  stateFromJson,
  stateToJson,
  type GeneratedName,
  type TrainerState,
  type TrainingSpec,
} from '@backflow/nn';
import { FileRefused } from './train-problem.ts';
import { withDataFiles, type TestFiles } from './train-data.ts';

/** A training that can go on. */
export interface Checkpoint {
  readonly spec: TrainingSpec;
  readonly test: TestFiles | null;
  /** Of the data: see `fingerprintOf`. */
  readonly fingerprint: string;
  readonly state: TrainerState;
}

const FORMAT = 'backflow-checkpoint';
const VERSION = 1;
const MOST_EXAMPLES = 100_000;

/** What follows is the state, which is read by its own rules; no text before it can hold a line break. */
const BEFORE_STATE = '\n"state":';

/** A text that is a checkpoint, or claims to be one. */
export const isCheckpoint = (text: string): boolean =>
  /^\s*\{\s*"format"\s*:\s*"backflow-checkpoint"/.test(text);

export function checkpointToJson({ spec, test, fingerprint, state }: Checkpoint): string {
  const { batch } = spec.train;
  const train = { ...spec.train, batch: batch === Infinity ? 'all' : batch };
  const members = { format: FORMAT, version: VERSION, spec: { ...spec, train }, test, data: fingerprint };
  const lines = Object.entries(members).map(([key, value]) => `"${key}":${JSON.stringify(value)}`);
  return `{${lines.join(',\n')},${BEFORE_STATE}${stateToJson(state).trimEnd()}}\n`;
}

/** Reads what `checkpointToJson` wrote. Throws `FileRefused`; whether the state fits its training is not looked at. */
export function checkpointFromJson(origin: string, text: string): Checkpoint {
  const refuse = (where: string): never => {
    throw new FileRefused(origin, 'checkpoint', where);
  };
  const at = text.indexOf(BEFORE_STATE);
  const end = text.lastIndexOf('}');
  if (!isCheckpoint(text)) return refuse(`found no "format": "${FORMAT}" at its beginning`);
  if (at < 0 || end < at) return refuse('found no state: the file is cut short');
  let head: unknown;
  try {
    head = JSON.parse(`${text.slice(0, at)}${BEFORE_STATE}null}`);
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error));
  }
  const { version, spec, test, data } = head as Readonly<Record<string, unknown>>;
  if (version !== VERSION) return refuse(`version: found ${JSON.stringify(version)}, expected ${VERSION}`);
  if (!isObject(spec) || !['network', 'data', 'loss', 'train'].every((part) => isObject(spec[part]))) {
    return refuse('spec: expected network, data, loss and train');
  }
  const wrong = wrongData(spec.data as Readonly<Record<string, unknown>>);
  if (wrong !== null) {
    return refuse(
      `spec.data.${wrong}: found ${JSON.stringify((spec.data as Readonly<Record<string, unknown>>)[wrong])}`,
    );
  }
  if (typeof data !== 'string') return refuse('data: expected a text');
  if (
    test !== null &&
    !(isObject(test) && typeof test.images === 'string' && typeof test.labels === 'string')
  ) {
    return refuse('test: expected null, or images and labels');
  }
  const train = spec.train as Readonly<Record<string, unknown>>;
  const batch = train.batch === 'all' ? Infinity : train.batch;
  try {
    return {
      spec: { ...spec, train: { ...train, batch } } as unknown as TrainingSpec,
      test: test as TestFiles | null,
      fingerprint: data,
      state: stateFromJson(text.slice(at + BEFORE_STATE.length, end)),
    };
  } catch (error) {
    if (error instanceof SpecError) return refuse(error.message);
    throw error;
  }
}

/** The member of what should be a `DataSpec` that is none; null if all are. What files hold is looked at when they are read. */
function wrongData(data: Readonly<Record<string, unknown>>): string | null {
  const text = (x: unknown): boolean => typeof x === 'string';
  const number = (x: unknown, from: number, to: number): boolean =>
    typeof x === 'number' && x >= from && x <= to;
  const whole = (x: unknown, from: number, to: number): boolean => number(x, from, to) && Number.isInteger(x);
  const { kind, count, noise, file, target, images, labels, seed, validation } = data;
  const made = GENERATED.includes(kind as GeneratedName);
  const checks: Readonly<Record<string, boolean>> = {
    kind: made || kind === 'csv' || kind === 'images',
    count: kind === 'csv' || (kind === 'images' && count === null) || whole(count, 1, MOST_EXAMPLES),
    noise: !made || number(noise, 0, Number.MAX_VALUE),
    file: kind !== 'csv' || text(file),
    target: kind !== 'csv' || target === null || text(target),
    images: kind !== 'images' || text(images),
    labels: kind !== 'images' || text(labels),
    seed: whole(seed, 0, Number.MAX_SAFE_INTEGER),
    validation: number(validation, 0, 1) && validation !== 1,
  };
  return Object.entries(checks).find(([, right]) => !right)?.[0] ?? null;
}

/**
 * The same with its files as seen from the folder of the checkpoint, so that a training goes on from any folder, and on another
 * machine if all of it has moved.
 */
export const towards = (checkpoint: Checkpoint, folder: string, file: string): Checkpoint =>
  withFiles(checkpoint, (name) => {
    if (isAbsolute(name)) return name;
    return relative(dirname(resolve(folder, file)), resolve(folder, name));
  });

/** The files of a checkpoint as seen from where the command runs. */
export const besideCheckpoint = (checkpoint: Checkpoint, file: string): Checkpoint =>
  withFiles(checkpoint, (name) => (isAbsolute(name) ? name : join(dirname(file), name)));

function withFiles(checkpoint: Checkpoint, seen: (name: string) => string): Checkpoint {
  const { spec, test } = checkpoint;
  return {
    ...checkpoint,
    spec: { ...spec, data: withDataFiles(spec.data, seen) },
    test: test && { images: seen(test.images), labels: seen(test.labels) },
  };
}

const isObject = (found: unknown): found is Readonly<Record<string, unknown>> =>
  typeof found === 'object' && found !== null && !Array.isArray(found);

/** Where two specs differ, as paths such as `train.rate`, with both sides; the number of epochs may. */
export function differencesOf(
  found: TrainingSpec,
  kept: TrainingSpec,
): readonly { readonly path: string; readonly found: string; readonly kept: string }[] {
  const [ours, theirs] = [leavesOf(found), leavesOf(kept)];
  return [...new Set([...ours.keys(), ...theirs.keys()])].flatMap((path) => {
    const [one, other] = [ours.get(path) ?? '–', theirs.get(path) ?? '–'];
    return one === other || FREE.has(path) ? [] : [{ path, found: one, kept: other }];
  });
}

/** More epochs than were planned are no other training; names of files are no other data, which are compared themselves. */
const FREE: ReadonlySet<string> = new Set(['train.epochs', 'data.file', 'data.images', 'data.labels']);

function leavesOf(spec: TrainingSpec): ReadonlyMap<string, string> {
  const leaves = new Map<string, string>();
  for (const part of ['network', 'data', 'loss', 'train'] as const) {
    for (const [name, value] of Object.entries(spec[part])) {
      if (name === 'schedule') {
        for (const [key, each] of Object.entries(value as object))
          leaves.set(`train.schedule.${key}`, String(each));
      } else leaves.set(`${part}.${name}`, Array.isArray(value) ? value.join(',') : String(value));
    }
  }
  return leaves;
}
