import { takes } from '../operations/arity.ts';
import { InputReader, nodeValue, operationOf } from './columns.ts';
import {
  arrayAt,
  integerAt,
  listAt,
  numberFromJson,
  numberToJson,
  objectAt,
  pairAt,
  textAt,
} from './checked-data.ts';
import { RecordingError } from '../errors.ts';
import { codeOf, LEAF, OPERATION_NAMES } from '../operations/names.ts';
import { OPERATIONS_BY_CODE } from '../operations/table.ts';
import type { Group, Recording } from './recording.ts';

/** The most that a recording from elsewhere may hold. */
export interface RecordingLimits {
  readonly nodes: number;
  readonly inputs: number;
  /** Length of one name or text. */
  readonly text: number;
  readonly groups: number;
}

/** The limits that hold where none are given. */
export const RECORDING_LIMITS: RecordingLimits = {
  nodes: 2_000_000,
  inputs: 10_000_000,
  text: 1000,
  groups: 200_000,
};

/** How strictly a recording from elsewhere is read. */
export interface ReadOptions {
  readonly limits?: RecordingLimits;
  /** True refuses NaN and infinities, among the constants and wherever a node was evaluated. Default false. */
  readonly finite?: boolean;
  /**
   * True computes every value again from the recorded inputs and refuses one that differs: in any bit for arithmetic,
   * by more than 16 units in the last place where JavaScript engines may differ (exp, tanh, …). Default false.
   */
  readonly verify?: boolean;
}

const FORMAT = 'backflow-recording';
const VERSION = 2;
/** Operations that a recording of version 1 names by code: those up to `expm1`. */
const CODES_OF_VERSION_1 = 53;

const MEMBERS: ReadonlySet<string> = new Set([
  'format',
  'version',
  'operations',
  'count',
  'operation',
  'inputStart',
  'inputs',
  'constants',
  'constantTexts',
  'value',
  'skipped',
  'names',
  'spans',
  'group',
  'groups',
  'output',
  'keys',
]);

/**
 * A recording as an object for `JSON.stringify`, version 2. `operations` lists the names of the operations that occur, and
 * `operation` holds an index into it per node, so operations of one's own travel by name. NaN, infinities and −0, which
 * JSON does not have, are the strings `NaN`, `Infinity`, `-Infinity` and `-0`.
 */
export function recordingToData(recording: Recording): object {
  const operations: string[] = [];
  const indices = new Map<number, number>();
  const operation = Array.from(recording.operation, (code) => {
    let index = indices.get(code);
    if (index === undefined)
      indices.set(code, (index = operations.push(OPERATIONS_BY_CODE[code]?.name ?? 'leaf') - 1));
    return index;
  });
  return {
    format: FORMAT,
    version: VERSION,
    operations,
    count: recording.count,
    operation,
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
    ...(recording.keys && { keys: recording.keys }),
  };
}

/** A recording as JSON text; see `recordingToData`. */
export function recordingToJson(recording: Recording): string {
  return JSON.stringify(recordingToData(recording));
}

/**
 * Reads what `recordingToJson` wrote, of version 2 or 1 (which named operations by their codes). It comes back bit for bit.
 * Operations of one's own must have been defined before. Throws RecordingError for anything else: a cycle or an input
 * behind its user, an unknown operation, a wrong number of inputs, columns that do not fit together, numbers that no
 * double is (`1e999`), and what `options` rule out; with the place (`$.inputs[7]`), what was found and what was expected.
 */
export function recordingFromJson(text: string, options: ReadOptions = {}): Recording {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new RecordingError('$', text, 'JSON');
  }
  return recordingFromData(json, options);
}

/** `recordingFromJson` for what JSON.parse made of it; `at` is its place in a larger document. */
export function recordingFromData(json: unknown, options: ReadOptions = {}, at = '$'): Recording {
  const { limits = RECORDING_LIMITS } = options;
  const data = objectAt(at, json);
  const path = (key: string): string => `${at}.${key}`;
  if (data.get('format') !== FORMAT)
    throw new RecordingError(path('format'), data.get('format'), JSON.stringify(FORMAT));
  const version = data.get('version');
  if (version !== VERSION && version !== 1)
    throw new RecordingError(path('version'), version, `${VERSION}, or 1`);
  for (const key of data.keys())
    if (!MEMBERS.has(key) || (version === 1 && key === 'operations'))
      throw new RecordingError(path(key), data.get(key), 'no such member');
  const list = (key: string, longest: number): readonly unknown[] =>
    listAt(path(key), data.get(key), longest);
  const numbers = (key: string, longest: number) =>
    Float64Array.from(list(key, longest), (entry, i) => numberFromJson(`${path(key)}[${i}]`, entry));
  const integers = (key: string, longest: number) =>
    Int32Array.from(list(key, longest), (entry, i) => integerAt(`${path(key)}[${i}]`, entry));
  const texts = (key: string, longest: number) => {
    const map = new Map<number, string>();
    for (const [i, pair] of list(key, longest).entries()) {
      const place = `${path(key)}[${i}]`;
      const [index, name] = pairAt(place, pair);
      const node = integerAt(`${place}[0]`, index, 0, longest - 1);
      if (map.has(node)) throw new RecordingError(`${place}[0]`, node, 'one text for each');
      map.set(node, textAt(`${place}[1]`, name, limits.text));
    }
    return map;
  };
  const codes = version === 1 ? null : codesAt(path('operations'), data.get('operations'));
  const operation = Uint8Array.from(list('operation', limits.nodes), (entry, i) => {
    const place = `${path('operation')}[${i}]`;
    const index = integerAt(place, entry, 0, (codes?.length ?? CODES_OF_VERSION_1) - 1);
    return codes === null ? index : codes[index];
  });
  return validateRecording(
    {
      count: data.get('count'),
      operation,
      inputStart: integers('inputStart', limits.nodes + 1),
      inputs: integers('inputs', limits.inputs),
      constants: numbers('constants', limits.inputs),
      constantTexts: texts('constantTexts', limits.inputs),
      value: numbers('value', limits.nodes),
      skipped: Uint8Array.from(list('skipped', limits.nodes), (entry, i) =>
        integerAt(`${path('skipped')}[${i}]`, entry, 0, 1),
      ),
      names: texts('names', limits.nodes),
      spans: data.get('spans') === null ? null : integers('spans', 2 * limits.nodes),
      group: data.get('group') === null ? null : integers('group', limits.nodes),
      groups: Array.from(list('groups', limits.groups), (pair, i) => {
        const [name, parent] = pairAt(`${path('groups')}[${i}]`, pair);
        return { name, parent };
      }),
      output: data.get('output'),
      ...(data.has('keys') && { keys: list('keys', limits.nodes) }),
    },
    options,
    at,
  );
}

/** The codes of operations by their names. */
function codesAt(path: string, found: unknown): Uint8Array {
  const known = new Set<unknown>();
  return Uint8Array.from(listAt(path, found, 256), (name, i) => {
    const code = typeof name === 'string' ? codeOf(name) : -1;
    if (code < 0) throw new RecordingError(`${path}[${i}]`, name, 'the name of a known operation, or "leaf"');
    if (known.has(name)) throw new RecordingError(`${path}[${i}]`, name, 'each name once');
    known.add(name);
    return code;
  });
}

/**
 * Checks that data from elsewhere (a message, a file) is a recording that every other function can trust: columns of
 * the right kind and length, inputs that stand before their users, known operations with the number of inputs they
 * take, values where something was evaluated and NaN where nothing was. Constants and values may be any double unless
 * `finite` is asked for: a NaN is a result like others, and the graph shows where it began. Throws RecordingError with
 * the place, what was found and what was expected.
 */
export function validateRecording(data: unknown, options: ReadOptions = {}, at = '$'): Recording {
  const { limits = RECORDING_LIMITS, finite = false, verify = false } = options;
  const fields = objectAt(at, data);
  const path = (key: string): string => `${at}.${key}`;
  const array = <T extends Uint8Array | Int32Array | Float64Array>(
    key: string,
    kind: abstract new (...given: never[]) => T,
    length?: number,
  ): T => arrayAt(path(key), fields.get(key), kind, length);
  const count = integerAt(path('count'), fields.get('count'), 1, limits.nodes);
  const operation = array('operation', Uint8Array, count);
  const inputStart = array('inputStart', Int32Array, count + 1);
  const inputs = array('inputs', Int32Array);
  const constants = array('constants', Float64Array);
  const value = array('value', Float64Array, count);
  const skipped = array('skipped', Uint8Array, count);
  const spans = fields.get('spans') === null ? null : array('spans', Int32Array, 2 * count);
  const group = fields.get('group') === null ? null : array('group', Int32Array, count);
  const groups = groupsAt(path('groups'), fields.get('groups'), limits);
  if (inputs.length > limits.inputs)
    throw new RecordingError(path('inputs'), inputs, `at most ${limits.inputs} entries`);
  if (constants.length > limits.inputs)
    throw new RecordingError(path('constants'), constants, `at most ${limits.inputs} entries`);

  if (inputStart[0] !== 0) throw new RecordingError(path('inputStart[0]'), inputStart[0], '0');
  if (inputStart[count] !== inputs.length) {
    throw new RecordingError(
      path(`inputStart[${count}]`),
      inputStart[count],
      `the length of inputs, ${inputs.length}`,
    );
  }
  for (let node = 0; node < count; node++) {
    checkInputs(path(`operation[${node}]`), operation[node], inputStart[node + 1] - inputStart[node]);
    if (skipped[node] > (operation[node] === LEAF ? 0 : 1)) {
      const expected = operation[node] === LEAF ? '0, as every leaf has its number' : '0 or 1';
      throw new RecordingError(path(`skipped[${node}]`), skipped[node], expected);
    }
    if (skipped[node] === 1 && !Number.isNaN(value[node]))
      throw new RecordingError(path(`value[${node}]`), value[node], 'NaN, as the node was never evaluated');
    if (finite && skipped[node] === 0 && !Number.isFinite(value[node]))
      throw new RecordingError(path(`value[${node}]`), value[node], 'a finite number');
    if (group !== null && (group[node] < -1 || group[node] >= groups.length)) {
      throw new RecordingError(
        path(`group[${node}]`),
        group[node],
        `an index into ${groups.length} groups, or -1`,
      );
    }
    if (spans !== null && !(spans[2 * node] >= -1 && spans[2 * node + 1] >= spans[2 * node]))
      throw new RecordingError(
        path(`spans[${2 * node}]`),
        spans[2 * node],
        'two ascending places, or -1 twice',
      );
    for (let at = inputStart[node]; at < inputStart[node + 1]; at++) {
      const entry = inputs[at];
      if (entry >= node || ~entry >= constants.length) {
        throw new RecordingError(
          path(`inputs[${at}]`),
          entry,
          `a node before ${node}, or one of ${constants.length} constants`,
        );
      }
    }
  }
  if (finite) {
    const c = constants.findIndex((constant) => !Number.isFinite(constant));
    if (c >= 0) throw new RecordingError(path(`constants[${c}]`), constants[c], 'a finite number');
  }
  const recording: Recording = {
    count,
    operation,
    inputStart,
    inputs,
    constants,
    constantTexts: textsAt(path('constantTexts'), fields.get('constantTexts'), constants.length, limits),
    value,
    skipped,
    names: textsAt(path('names'), fields.get('names'), count, limits),
    spans,
    group,
    groups,
    output: integerAt(path('output'), fields.get('output'), 0, count - 1),
    ...(fields.get('keys') !== undefined && { keys: keysAt(path('keys'), fields.get('keys'), count) }),
  };
  if (verify) verifyValues(recording, path);
  return recording;
}

/** Operations whose values are the same everywhere: arithmetic, roots, and what chooses or rounds. */
const EXACT: ReadonlySet<string> = new Set(
  (
    'add sub mul div neg sqrt abs relu leakyRelu max min sum signedSum mean prod dot affine step sign floor ceil round ' +
    'where clamp greater less greaterEqual lessEqual equal notEqual'
  ).split(' '),
);

/** 16 units in the last place, as a share. */
const LAST_PLACES = 2 ** -48;

function verifyValues(recording: Recording, path: (key: string) => string): void {
  const { count, operation, skipped, value } = recording;
  const reader = new InputReader();
  for (let node = 0; node < count; node++) {
    if (operation[node] === LEAF || skipped[node] === 1) continue;
    const found = value[node];
    const due = nodeValue(recording, node, reader);
    if (Object.is(found, due)) continue;
    const { name } = operationOf(recording, node)!;
    if (!EXACT.has(name) && Math.abs(found - due) <= LAST_PLACES * Math.abs(due)) continue;
    const written = numberToJson(due);
    throw new RecordingError(path(`value[${node}]`), found, `${written}, what ${name} gives for its inputs`);
  }
}

function checkInputs(path: string, code: number, arity: number): void {
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

function keysAt(path: string, found: unknown, count: number): readonly string[] {
  const keys = listAt(path, found, count);
  if (keys.length !== count) throw new RecordingError(`${path}.length`, keys.length, String(count));
  const known = new Set<unknown>();
  for (const [node, key] of keys.entries()) {
    if (typeof key !== 'string' || known.has(key))
      throw new RecordingError(`${path}[${node}]`, key, 'a text that no other node has');
    known.add(key);
  }
  return keys as readonly string[];
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
    textAt(`${path}, of ${String(index)}`, text, limits.text);
  }
  return found as ReadonlyMap<number, string>;
}

function groupsAt(path: string, found: unknown, limits: RecordingLimits): readonly Group[] {
  return Array.from(listAt(path, found, limits.groups), (entry, i) => {
    const group = objectAt(`${path}[${i}]`, entry);
    return {
      name: textAt(`${path}[${i}].name`, group.get('name'), limits.text),
      parent: integerAt(`${path}[${i}].parent`, group.get('parent'), -1, i - 1),
    };
  });
}
