import { SpecError, stateFromJson, stateToJson, type TrainerState, type TrainingSpec } from '@backflow/nn';
import { FileRefused } from './train-problem.ts';
import type { TestFiles } from './train-data.ts';

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
