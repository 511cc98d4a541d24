import { takes } from './arity.ts';
import { RecordingError } from './errors.ts';
import { LEAF, OPERATION_NAMES } from './operation-names.ts';
import { OPERATIONS_BY_CODE } from './operations.ts';
import type { Group, Recording } from './recording.ts';

/** The most that a recording from elsewhere may hold. */
export interface RecordingLimits {
  readonly nodes: number;
  readonly inputs: number;
  /** Length of one name or text. */
  readonly text: number;
  readonly groups: number;
}

export const RECORDING_LIMITS: RecordingLimits = {
  nodes: 2_000_000,
  inputs: 10_000_000,
  text: 1000,
  groups: 200_000,
};

const FORMAT = 'backflow-recording';
const VERSION = 1;

/** A recording as JSON text. NaN, infinities and −0, which JSON does not have, become the strings `NaN`, `-0`, …. */
export function recordingToJson(recording: Recording): string {
  return JSON.stringify({
    format: FORMAT,
    version: VERSION,
    count: recording.count,
    operation: Array.from(recording.operation),
    inputStart: Array.from(recording.inputStart),
    inputs: Array.from(recording.inputs),
    constants: Array.from(recording.constants, numberToJson),
    constantTexts: [...recording.constantTexts],
    value: Array.from(recording.value, numberToJson),
    skipped: Array.from(recording.skipped),
    names: [...recording.names],
    spans: recording.spans && Array.from(recording.spans),
    group: recording.group && Array.from(recording.group),
    groups: recording.groups.map(({ name, parent }) => [name, parent]),
    output: recording.output,
  });
}

/** Reads what `recordingToJson` wrote. Throws RecordingError for anything else, with the place and what was expected. */
export function recordingFromJson(text: string, limits: RecordingLimits = RECORDING_LIMITS): Recording {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new RecordingError('$', text, 'JSON');
  }
  const data = objectAt('$', json);
  if (data.get('format') !== FORMAT)
    throw new RecordingError('format', data.get('format'), JSON.stringify(FORMAT));
  if (data.get('version') !== VERSION)
    throw new RecordingError('version', data.get('version'), String(VERSION));
  const numbers = (key: string, longest: number) =>
    Float64Array.from(listAt(key, data.get(key), longest), (entry, i) =>
      numberFromJson(`${key}[${i}]`, entry),
    );
  const integers = (key: string, longest: number) =>
    Int32Array.from(listAt(key, data.get(key), longest), (entry, i) => integerAt(`${key}[${i}]`, entry));
  const bytes = (key: string) =>
    Uint8Array.from(integers(key, limits.nodes), (entry, i) => {
      if (entry < 0 || entry > 255) throw new RecordingError(`${key}[${i}]`, entry, 'a byte');
      return entry;
    });
  const texts = (key: string) =>
    new Map(
      listAt(key, data.get(key), limits.inputs).map((pair, i): [number, string] => {
        const [index, name] = listAt(`${key}[${i}]`, pair, 2);
        return [integerAt(`${key}[${i}][0]`, index), textAt(`${key}[${i}][1]`, name, limits)];
      }),
    );
  return validateRecording(
    {
      count: data.get('count'),
      operation: bytes('operation'),
      inputStart: integers('inputStart', limits.nodes + 1),
      inputs: integers('inputs', limits.inputs),
      constants: numbers('constants', limits.inputs),
      constantTexts: texts('constantTexts'),
      value: numbers('value', limits.nodes),
      skipped: bytes('skipped'),
      names: texts('names'),
      spans: data.get('spans') === null ? null : integers('spans', 2 * limits.nodes),
      group: data.get('group') === null ? null : integers('group', limits.nodes),
      groups: listAt('groups', data.get('groups'), limits.groups).map((pair, i) => {
        const [name, parent] = listAt(`groups[${i}]`, pair, 2);
        return { name, parent };
      }),
      output: data.get('output'),
    },
    limits,
  );
}

/**
 * Checks that data from elsewhere (a message, a file) is a recording that every other function can trust: columns of
 * the right kind and length, inputs that stand before their users, known operations with the number of inputs they
 * take. Returns it unchanged; throws RecordingError with the place, what was found and what was expected.
 */
export function validateRecording(data: unknown, limits: RecordingLimits = RECORDING_LIMITS): Recording {
  const fields = objectAt('$', data);
  const count = integerAt('count', fields.get('count'), 1, limits.nodes);
  const operation = arrayAt('operation', fields.get('operation'), Uint8Array, count);
  const inputStart = arrayAt('inputStart', fields.get('inputStart'), Int32Array, count + 1);
  const inputs = arrayAt('inputs', fields.get('inputs'), Int32Array);
  const constants = arrayAt('constants', fields.get('constants'), Float64Array);
  const value = arrayAt('value', fields.get('value'), Float64Array, count);
  const skipped = arrayAt('skipped', fields.get('skipped'), Uint8Array, count);
  const spans =
    fields.get('spans') === null ? null : arrayAt('spans', fields.get('spans'), Int32Array, 2 * count);
  const group =
    fields.get('group') === null ? null : arrayAt('group', fields.get('group'), Int32Array, count);
  const groups = groupsAt(fields.get('groups'), limits);
  if (inputs.length > limits.inputs)
    throw new RecordingError('inputs', inputs, `at most ${limits.inputs} entries`);

  if (inputStart[0] !== 0) throw new RecordingError('inputStart[0]', inputStart[0], '0');
  if (inputStart[count] !== inputs.length) {
    throw new RecordingError(
      `inputStart[${count}]`,
      inputStart[count],
      `the length of inputs, ${inputs.length}`,
    );
  }
  for (let node = 0; node < count; node++) {
    const arity = inputStart[node + 1] - inputStart[node];
    checkInputs(node, operation[node], arity);
    if (skipped[node] > 1) throw new RecordingError(`skipped[${node}]`, skipped[node], '0 or 1');
    if (group !== null && (group[node] < -1 || group[node] >= groups.length)) {
      throw new RecordingError(`group[${node}]`, group[node], `an index into ${groups.length} groups, or -1`);
    }
    for (let at = inputStart[node]; at < inputStart[node + 1]; at++) {
      const entry = inputs[at];
      if (entry >= node || ~entry >= constants.length) {
        throw new RecordingError(
          `inputs[${at}]`,
          entry,
          `a node before ${node}, or one of ${constants.length} constants`,
        );
      }
    }
  }
  return {
    count,
    operation,
    inputStart,
    inputs,
    constants,
    constantTexts: textsAt('constantTexts', fields.get('constantTexts'), constants.length, limits),
    value,
    skipped,
    names: textsAt('names', fields.get('names'), count, limits),
    spans,
    group,
    groups,
    output: integerAt('output', fields.get('output'), 0, count - 1),
  };
}

function checkInputs(node: number, code: number, arity: number): void {
  const path = `operation[${node}]`;
  if (code === LEAF) {
    if (arity !== 0) throw new RecordingError(path, arity, 'no inputs for a leaf');
    return;
  }
  const entry = OPERATIONS_BY_CODE[code];
  if (entry === undefined || entry === null) {
    throw new RecordingError(path, code, `a code below ${OPERATION_NAMES.length}`);
  }
  if (!takes(entry, arity))
    throw new RecordingError(path, arity, `the number of inputs that ${entry.name} takes (${entry.arity})`);
}

function objectAt(path: string, found: unknown): ReadonlyMap<string, unknown> {
  if (typeof found !== 'object' || found === null || Array.isArray(found)) {
    throw new RecordingError(path, found, 'an object');
  }
  return new Map(Object.entries(found));
}

function listAt(path: string, found: unknown, longest: number): readonly unknown[] {
  if (!Array.isArray(found)) throw new RecordingError(path, found, 'an array');
  if (found.length > longest) throw new RecordingError(path, found, `at most ${longest} entries`);
  return found;
}

function arrayAt<T extends Uint8Array | Int32Array | Float64Array>(
  path: string,
  found: unknown,
  kind: abstract new (...given: never[]) => T,
  length?: number,
): T {
  if (!(found instanceof kind)) throw new RecordingError(path, found, 'a typed array of its kind');
  if (length !== undefined && found.length !== length) {
    throw new RecordingError(`${path}.length`, found.length, String(length));
  }
  return found;
}

function integerAt(path: string, found: unknown, least = -(2 ** 31), most = 2 ** 31 - 1): number {
  if (typeof found !== 'number' || !Number.isInteger(found) || found < least || found > most) {
    throw new RecordingError(path, found, `a whole number from ${least} to ${most}`);
  }
  return found;
}

function textAt(path: string, found: unknown, limits: RecordingLimits): string {
  if (typeof found !== 'string' || found.length > limits.text) {
    throw new RecordingError(path, found, `a text of at most ${limits.text} characters`);
  }
  return found;
}

function textsAt(
  path: string,
  found: unknown,
  count: number,
  limits: RecordingLimits,
): ReadonlyMap<number, string> {
  if (!(found instanceof Map)) throw new RecordingError(path, found, 'a Map');
  for (const [index, text] of found as ReadonlyMap<unknown, unknown>) {
    integerAt(`${path}, key`, index, 0, count - 1);
    textAt(`${path}, of ${String(index)}`, text, limits);
  }
  return found as ReadonlyMap<number, string>;
}

function groupsAt(found: unknown, limits: RecordingLimits): readonly Group[] {
  return listAt('groups', found, limits.groups).map((entry, i) => {
    const group = objectAt(`groups[${i}]`, entry);
    return {
      name: textAt(`groups[${i}].name`, group.get('name'), limits),
      parent: integerAt(`groups[${i}].parent`, group.get('parent'), -1, i - 1),
    };
  });
}

function numberToJson(value: number): number | string {
  return Number.isFinite(value) && !Object.is(value, -0)
    ? value
    : Object.is(value, -0)
      ? '-0'
      : String(value);
}

function numberFromJson(path: string, found: unknown): number {
  if (typeof found === 'number') return found;
  switch (found) {
    case '-0':
      return -0;
    case 'NaN':
      return NaN;
    case 'Infinity':
      return Infinity;
    case '-Infinity':
      return -Infinity;
    default:
      throw new RecordingError(path, found, 'a number, or "NaN", "Infinity", "-Infinity", "-0"');
  }
}
