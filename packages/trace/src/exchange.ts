import { EngineError, isLive, LEAF, recordingFromData, recordingToData } from '@backflow/engine';
import type { ReadOptions } from '@backflow/engine';
import { accountOf } from './accounts/accounts.ts';
import { ALGORITHM_NAMES } from './algorithms/algorithm.ts';
import type { AlgorithmName } from './algorithms/algorithm.ts';
import { liveGraphOf } from './algorithms/live-graph.ts';
import { ALGORITHMS } from './algorithms/registry.ts';
import { traceAlgorithm } from './algorithms/run.ts';
import { EventColumns } from './event-columns.ts';
import { ACCUMULATE, CONTRIBUTE, EVALUATE, EVENT_KINDS, passOfKind, SEED, UPDATE } from './events.ts';
import { traceReverse } from './reverse.ts';
import { Trace } from './trace.ts';

const FORMAT = 'backflow-trace';
const VERSION = 1;

/** Events of a trace from elsewhere, where nothing else is said. */
const MOST_EVENTS = 10_000_000;

/** Data that claims to be a trace and is not. */
export class TraceError extends EngineError {
  readonly path: string;
  constructor(path: string, found: unknown, expected: string) {
    const shown = JSON.stringify(found) ?? String(found);
    super(
      `Trace, at ${path}: found ${shown.length > 60 ? `${shown.slice(0, 60)}…` : shown}, expected ${expected}.`,
    );
    this.path = path;
  }
}

/** How strictly a trace from elsewhere is read; for its recording see the engine's `ReadOptions`. */
export interface TraceReadOptions extends ReadOptions {
  /** The most events. */
  readonly events?: number;
}

/**
 * A run as JSON text: its recording, what ran, and the events in columns. `kinds` lists the kinds of events that occur,
 * `kind` holds an index into it per event, `node`, `slot` and `value` are those of `Trace`. NaN, infinities and −0 are
 * strings, as in a recording.
 */
export function traceToJson(trace: Trace): string {
  const kinds: string[] = [];
  const kind = Array.from(trace.kind, (code) => {
    const name = EVENT_KINDS[code];
    const index = kinds.indexOf(name);
    return index < 0 ? kinds.push(name) - 1 : index;
  });
  return JSON.stringify({
    format: FORMAT,
    version: VERSION,
    recording: recordingToData(trace.recording),
    of: trace.of,
    algorithm: trace.algorithm,
    learningRate: trace.learningRate,
    kinds,
    kind,
    node: Array.from(trace.node),
    slot: Array.from(trace.slot),
    value: Array.from(trace.value, (x) => (Number.isFinite(x) && !Object.is(x, -0) ? x : textOf(x))),
  });
}

/**
 * Reads what `traceToJson` wrote; every column comes back bit for bit. Checks that kinds, nodes and slots are those of the
 * recording, that contributions travel live edges, totals follow their contributions and passes their order. With
 * `verify` the recording's values are computed again, and so is the run: each event must be the same, its number up to
 * one part in 10¹². Throws TraceError or, for what is wrong with the recording, RecordingError; both have the place.
 */
export function traceFromJson(text: string, options: TraceReadOptions = {}): Trace {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new TraceError('$', text, 'JSON');
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json))
    throw new TraceError('$', json, 'an object');
  const data = new Map<string, unknown>(Object.entries(json));
  const expectAt = <T>(key: string, isRight: (found: unknown) => found is T, expected: string): T => {
    const found = data.get(key);
    if (!isRight(found)) throw new TraceError(`$.${key}`, found, expected);
    return found;
  };
  expectAt('format', (found) => found === FORMAT, JSON.stringify(FORMAT));
  expectAt('version', (found) => found === VERSION, String(VERSION));
  for (const key of data.keys())
    if (!MEMBERS.has(key)) throw new TraceError(`$.${key}`, data.get(key), 'no such member');
  const recording = recordingFromData(data.get('recording'), options, '$.recording');
  const { count } = recording;
  const of = expectAt('of', isWithin(0, count - 1), `a node from 0 to ${count - 1}`);
  const algorithm = expectAt(
    'algorithm',
    (found): found is AlgorithmName => ALGORITHM_NAMES.includes(found as AlgorithmName),
    `one of ${ALGORITHM_NAMES.join(', ')}`,
  );
  const learningRate = expectAt(
    'learningRate',
    (found): found is number | null => found === null || Number.isFinite(found),
    'a finite number or null',
  );
  const kinds = codesAt(data.get('kinds'));

  const length = listAt(data.get('kind'), 'kind', options.events ?? MOST_EVENTS).length;
  const columns = new EventColumns(length);
  const column = (key: string): readonly unknown[] => {
    const found = listAt(data.get(key), key, length);
    if (found.length !== length) throw new TraceError(`$.${key}.length`, found.length, String(length));
    return found;
  };
  const [kind, node, slot, value] = ['kind', 'node', 'slot', 'value'].map(column);
  for (let event = 0; event < length; event++) {
    columns.push(
      kinds[integerAt(`$.kind[${event}]`, kind[event], 0, kinds.length - 1)],
      integerAt(`$.node[${event}]`, node[event], 0, count - 1),
      integerAt(`$.slot[${event}]`, slot[event], -1, 2 ** 31 - 1),
      numberAt(`$.value[${event}]`, value[event]),
    );
  }
  const uses = ALGORITHMS[algorithm].uses?.(liveGraphOf(recording, of));
  const trace = new Trace(recording, columns, {
    of,
    algorithm,
    account: accountOf(algorithm),
    ...(learningRate === null ? {} : { learningRate }),
    ...(uses === undefined ? {} : { uses }),
  });
  checkEvents(trace);
  if (options.verify === true) verifyEvents(trace);
  return trace;
}

const MEMBERS: ReadonlySet<string> = new Set([
  'format',
  'version',
  'recording',
  'of',
  'algorithm',
  'learningRate',
  'kinds',
  'kind',
  'node',
  'slot',
  'value',
]);

function checkEvents({ recording, algorithm, kind, node, slot, length, learningRate }: Trace): void {
  const { operation, inputStart, inputs, skipped } = recording;
  const numeric = algorithm === 'numeric';
  for (let event = 0; event < length; event++) {
    const code = kind[event];
    const at = node[event];
    const isLeaf = operation[at] === LEAF;
    const wrong = (column: 'kind' | 'node' | 'slot', expected: string): TraceError => {
      const found = { kind: EVENT_KINDS[code], node: at, slot: slot[event] }[column];
      return new TraceError(`$.${column}[${event}]`, found, expected);
    };

    const pass = passOfKind(code);
    const before = event === 0 ? 'forward' : passOfKind(kind[event - 1]);
    if (!numeric) {
      if (pass !== before && (pass === 'forward' || before === 'update'))
        throw wrong('kind', 'values first, then gradients, then updates');
      if (pass === 'backward' && before === 'forward' && code !== SEED)
        throw wrong('kind', 'a seed, with which gradients begin');
      if (pass === 'update' && learningRate === null)
        throw wrong('kind', 'no update without a learning rate');
    }
    if (code === EVALUATE && (isLeaf || (skipped[at] === 1 && !numeric)))
      throw wrong('node', 'a node that is evaluated');
    if (code === UPDATE && !isLeaf) throw wrong('node', 'a leaf');

    const from = event > 0 && kind[event - 1] === CONTRIBUTE ? node[event - 1] : -1;
    if (code === CONTRIBUTE) {
      const entry = inputStart[at] + slot[event];
      const isEdge = slot[event] >= 0 && entry < inputStart[at + 1] && inputs[entry] >= 0;
      if (!isEdge || !isLive(recording, at, slot[event])) throw wrong('slot', 'a slot with a live edge');
    } else if (code === ACCUMULATE && from >= 0) {
      const input = inputs[inputStart[from] + slot[event - 1]];
      if (slot[event] !== slot[event - 1])
        throw wrong('slot', `${slot[event - 1]}, that of the contribution`);
      const due = algorithm === 'forward' ? from : input;
      if (at !== due) throw wrong('node', `${due}, which gets the contribution`);
    } else if (code === ACCUMULATE && !numeric) throw wrong('kind', 'a contribution before its total');
    else if (slot[event] !== -1) throw wrong('slot', '-1');
  }
}

/** Numbers from other JavaScript engines may differ in their last places. */
const NEAR = 1e-12;

function verifyEvents(trace: Trace): void {
  const { recording, of, algorithm, learningRate } = trace;
  const again = algorithm === 'reverse' ? reverseLike(trace) : traceAlgorithm(recording, algorithm, { of });
  if (again === null) throw new TraceError('$.algorithm', algorithm, 'a run short enough to be repeated');
  if (again.length !== trace.length)
    throw new TraceError('$.kind.length', trace.length, `${again.length}, as the run has`);
  if (algorithm !== 'reverse' && learningRate !== null)
    throw new TraceError('$.learningRate', learningRate, 'null');
  for (let event = 0; event < trace.length; event++) {
    for (const column of ['kind', 'node', 'slot', 'value'] as const) {
      const found = trace[column][event];
      const due = again[column][event];
      const near = column === 'value' && Math.abs(found - due) <= NEAR * Math.abs(due);
      if (!near && !Object.is(found, due))
        throw new TraceError(`$.${column}[${event}]`, textOf(found), `${textOf(due)}, as the run has it`);
    }
  }
}

function reverseLike({ recording, of, learningRate, kind, node }: Trace): Trace {
  if (learningRate === null) return traceReverse(recording, { of });
  const parameters = Array.from(node).filter((_, event) => kind[event] === UPDATE);
  return traceReverse(recording, { of, learningRate, parameters });
}

function codesAt(found: unknown): readonly number[] {
  const names = listAt(found, 'kinds', EVENT_KINDS.length);
  return names.map((name, i) => {
    const code = (EVENT_KINDS as readonly unknown[]).indexOf(name);
    if (code < 0) throw new TraceError(`$.kinds[${i}]`, name, `one of ${EVENT_KINDS.join(', ')}`);
    if (names.indexOf(name) < i) throw new TraceError(`$.kinds[${i}]`, name, 'each kind once');
    return code;
  });
}

function listAt(found: unknown, key: string, longest: number): readonly unknown[] {
  if (!Array.isArray(found)) throw new TraceError(`$.${key}`, found, 'an array');
  if (found.length > longest)
    throw new TraceError(`$.${key}.length`, found.length, `at most ${longest} entries`);
  return found;
}

function isWithin(least: number, most: number): (found: unknown) => found is number {
  return (found): found is number =>
    Number.isInteger(found) && Number(found) >= least && Number(found) <= most;
}

function integerAt(path: string, found: unknown, least: number, most: number): number {
  if (!isWithin(least, most)(found))
    throw new TraceError(path, found, `a whole number from ${least} to ${most}`);
  return found;
}

function numberAt(path: string, found: unknown): number {
  // 1e999 is a number of JSON and no double.
  if (typeof found === 'number' && Number.isFinite(found)) return found;
  const number = [NaN, Infinity, -Infinity, -0].find((x) => textOf(x) === found);
  if (number === undefined)
    throw new TraceError(path, found, 'a finite number, or "NaN", "Infinity", "-Infinity", "-0"');
  return number;
}

function textOf(x: number): string {
  return Object.is(x, -0) ? '-0' : String(x);
}
