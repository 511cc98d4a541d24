import { integerAt, listAt, objectAt, pairAt, textAt } from '../recording/checked-data.ts';
import { InputReader, nodePartials, operationOf } from '../recording/columns.ts';
import { defineOperation, definitionOf } from './define.ts';
import type { OperationDefinition } from './define.ts';
import { RecordingError } from '../errors.ts';
import { evaluateFormula } from './formula-value.ts';
import type { Formula } from './formula.ts';
import { backward } from '../gradient/backward.ts';
import type { Kink, Notation, Operation } from './operation.ts';
import { DEFINED_OPERATIONS } from './table.ts';
import type { Recording } from '../recording/recording.ts';
import { Tape } from '../tape/tape.ts';
import type { Value } from '../tape/value.ts';

/*
 * Functions cannot be sent to another program. What can be is everything that a definition says as data: names, how it is
 * written, formulas; and what its functions gave at the inputs of a recording.
 */

const FORMAT = 'backflow-operations';
const VERSION = 1;
/** The most inputs for which the rules of an operation of any number of inputs are written down. */
const MOST_INPUTS = 16;
/** Operations of one formula: they are evaluated by recursion. */
const LARGEST_FORMULA = 500;
const LONGEST_TEXT = 200;
const MOST_POINTS = 1_000_000;

/** Numbers in a text, each with every digit; −0 keeps its sign. */
function written(numbers: ArrayLike<number>): string {
  return Array.from(numbers, (x) => (Object.is(x, -0) ? '-0' : String(x))).join(' ');
}

/** The node's inputs as `written`, with its value, partial derivatives and kinks there. */
interface Point {
  readonly x: string;
  readonly y: string;
  readonly slopes: string;
  readonly kinks: readonly Kink[];
}

/**
 * The defined operations that a recording uses, as JSON text for a program that does not have their definitions; null if
 * it uses none. Has what `defineFromJson` needs: names, notation, formulas, and value and partial derivatives at the
 * recorded inputs.
 */
export function definitionsToJson(recording: Recording): string | null {
  const points = new Map<Operation, { all: Map<string, Point>; counts: Set<number> }>();
  const reader = new InputReader();
  for (let node = 0; node < recording.count; node++) {
    const operation = operationOf(recording, node);
    if (operation === null || !DEFINED_OPERATIONS.includes(operation)) continue;
    let known = points.get(operation);
    if (known === undefined) points.set(operation, (known = { all: new Map(), counts: new Set() }));
    const inputs = reader.read(recording, node).slice();
    known.counts.add(inputs.length);
    if (recording.skipped[node] === 1) continue;
    const slopes = new Float64Array(inputs.length);
    nodePartials(recording, node, reader, slopes);
    const x = written(inputs);
    known.all.set(x, {
      x,
      y: written([recording.value[node]]),
      slopes: written(slopes),
      kinks: operation.kinks?.(inputs) ?? [],
    });
  }
  if (points.size === 0) return null;
  const operations = Array.from(points, ([operation, { all, counts }]) => {
    const { name, arity, notation, symbol, aliases, defaults, flat, period, opaque, rule } = operation;
    const lengths = typeof arity === 'number' ? [arity] : [...counts];
    const rules =
      opaque === true || lengths.some((count) => count > MOST_INPUTS)
        ? null
        : lengths.map((count) => Array.from({ length: count }, (_, slot) => rule(slot, count)));
    const paired = 'paired' in operation ? operation.paired : undefined;
    const formula = definitionOf(name)?.formula;
    return {
      name,
      arity,
      paired,
      notation,
      symbol,
      aliases,
      defaults,
      flat,
      period,
      formula,
      rules,
      points: [...all.values()],
    };
  });
  const numbers = (_key: string, value: unknown): unknown =>
    typeof value === 'number' && (!Number.isFinite(value) || Object.is(value, -0))
      ? { number: written([value]) }
      : value;
  return JSON.stringify({ format: FORMAT, version: VERSION, operations }, numbers);
}

/** An operation as another program knows it. */
export interface ForeignOperation {
  readonly name: string;
  /** It can be computed anywhere; else it is NaN but for the inputs that were recorded. */
  readonly whole: boolean;
}

/**
 * Defines the operations of `definitionsToJson`, but for those whose names are defined already. Where a definition has a
 * formula, values and partial derivatives at other inputs than the recorded ones come from it; else they are NaN.
 *
 * Throws RecordingError for anything else, DefinitionError for names that are taken by the table.
 */
export function defineFromJson(text: string): readonly ForeignOperation[] {
  let json: unknown;
  try {
    json = JSON.parse(text, (_key, value: unknown) =>
      typeof value === 'object' && value !== null && 'number' in value ? Number(value.number) : value,
    );
  } catch {
    throw new RecordingError('$', text, 'JSON');
  }
  const root = objectAt('$', json);
  if (root.get('format') !== FORMAT)
    throw new RecordingError('format', root.get('format'), JSON.stringify(FORMAT));
  if (root.get('version') !== VERSION)
    throw new RecordingError('version', root.get('version'), String(VERSION));
  return listAt('operations', root.get('operations'), 190).map((entry, i) => {
    const path = `operations[${i}]`;
    const found = objectAt(path, entry);
    const name = textAt(`${path}.name`, found.get('name'), 40);
    const formula = found.get('formula') as Formula | undefined;
    if (formula !== undefined) checkSize(`${path}.formula`, formula);
    if (definitionOf(name) === null) {
      const { operation } = defineOperation(name, definitionAt(path, found, formula));
      // What it names is an operation, too, and may be recorded: the slope, where there is no rule.
      for (let slot = 0; slot < Number(operation.arity); slot++)
        operation.rule(slot, Number(operation.arity));
    }
    return { name, whole: formula !== undefined };
  });
}

function definitionAt(
  path: string,
  found: ReadonlyMap<string, unknown>,
  formula: Formula | undefined,
): OperationDefinition {
  const known = pointsAt(`${path}.points`, found.get('points'));
  const at = (x: ArrayLike<number>): KnownPoint => {
    const point = known.get(written(x));
    if (point !== undefined) return point;
    return formula === undefined
      ? { y: NaN, slopes: new Float64Array(x.length).fill(NaN), kinks: [] }
      : computed(formula, x);
  };
  const arity = found.get('arity');
  const rules = rulesAt(`${path}.rules`, found.get('rules'));
  const text = (key: string): string => textAt(`${path}.${key}`, found.get(key), LONGEST_TEXT);
  const common = {
    notation: notationAt(`${path}.notation`, found.get('notation')),
    symbol: text('symbol'),
    aliases: listAt(`${path}.aliases`, found.get('aliases') ?? [], 20).map((_, i, all) =>
      textAt(`${path}.aliases[${i}]`, all[i], 40),
    ),
    ...(rules !== null && { rule: (slot: number, count: number) => rules.get(count)?.[slot] ?? NaN }),
    ...(formula !== undefined && { formula }),
    ...(found.get('flat') === true && { flat: true }),
    kinks: (x: ArrayLike<number>) => known.get(written(x))?.kinks ?? [],
  };
  const { 1: one, 2: two } = { 1: (a: number) => at([a]), 2: (a: number, b: number) => at([a, b]) };
  const defaults = (listAt(`${path}.defaults`, found.get('defaults') ?? [], 6) as unknown[]).map(Number);
  const given = defaults.length > 0 ? { defaults } : {};
  if (arity === 1) {
    const period = found.get('period');
    return {
      ...common,
      ...(typeof period === 'number' && { period }),
      arity: 1,
      value: (a) => one(a).y,
      partials: [(a) => one(a).slopes[0]],
    };
  }
  if (arity === 2) {
    return {
      ...common,
      ...given,
      arity: 2,
      value: (a, b) => two(a, b).y,
      partials: [(a, b) => two(a, b).slopes[0], (a, b) => two(a, b).slopes[1]],
    };
  }
  const paired = found.get('paired');
  return {
    ...common,
    ...given,
    ...((paired === true || paired === 'afterFirst') && { paired }),
    // What it is not is refused by the definition.
    arity: arity as 3 | 'many',
    value: (x: ArrayLike<number>) => at(x).y,
    partials: (x: ArrayLike<number>, _y: number, out: Float64Array) => out.set(at(x).slopes),
  };
}

interface KnownPoint {
  readonly y: number;
  readonly slopes: ArrayLike<number>;
  readonly kinks: readonly Kink[];
}

function pointsAt(path: string, found: unknown): ReadonlyMap<string, KnownPoint> {
  const known = new Map<string, KnownPoint>();
  for (const [i, entry] of listAt(path, found, MOST_POINTS).entries()) {
    const at = `${path}[${i}]`;
    const point = objectAt(at, entry);
    const numbers = (key: string, length?: number): number[] => {
      const text = textAt(`${at}.${key}`, point.get(key), 50_000_000);
      const all = text.split(' ').map(Number);
      if (length !== undefined && all.length !== length)
        throw new RecordingError(`${at}.${key}`, text, `as many numbers as there are to be, ${length}`);
      return all;
    };
    const x = numbers('x');
    const kinks = Array.from(listAt(`${at}.kinks`, point.get('kinks'), 1000), (kink, k) =>
      kinkAt(`${at}.kinks[${k}]`, kink, x.length),
    );
    known.set(written(x), { y: numbers('y', 1)[0], slopes: numbers('slopes', x.length), kinks });
  }
  return known;
}

function kinkAt(path: string, found: unknown, inputs: number): Kink {
  const kink = objectAt(path, found);
  const number = (key: string, entry: unknown): number => {
    if (typeof entry !== 'number') throw new RecordingError(`${path}.${key}`, entry, 'a number');
    return entry;
  };
  const admissible = kink.get('admissible');
  const [from, to] = admissible === null ? [] : pairAt(`${path}.admissible`, admissible);
  return {
    slot: integerAt(`${path}.slot`, kink.get('slot'), 0, inputs - 1),
    chosen: number('chosen', kink.get('chosen')),
    admissible: admissible === null ? null : [number('admissible[0]', from), number('admissible[1]', to)],
  };
}

/** Value and partial derivatives of a formula: recorded, and swept. */
function computed(formula: Formula, x: ArrayLike<number>): KnownPoint {
  const tape = new Tape();
  const leaves = Array.from(x, (each) => tape.leaf(each));
  const record = (part: Formula): Value | number => {
    if (typeof part === 'number') return part;
    if (part === 'result') return NaN;
    if ('input' in part) return leaves[part.input];
    return tape.applyAll(part.operation, part.of.map(record));
  };
  const output = record(formula);
  const y = evaluateFormula(formula, x, NaN);
  if (typeof output === 'number') return { y, slopes: new Float64Array(x.length), kinks: [] };
  return { y, slopes: backward(tape.record(output)).subarray(0, x.length), kinks: [] };
}

function rulesAt(path: string, found: unknown): ReadonlyMap<number, readonly Formula[]> | null {
  if (found === null || found === undefined) return null;
  const byCount = new Map<number, readonly Formula[]>();
  for (const [i, entry] of listAt(path, found, 1000).entries()) {
    const rules = listAt(`${path}[${i}]`, entry, MOST_INPUTS) as readonly Formula[];
    rules.forEach((rule, slot) => checkSize(`${path}[${i}][${slot}]`, rule));
    byCount.set(rules.length, rules);
  }
  return byCount;
}

/** That it is a formula of known operations is checked by `defineOperation`. */
function checkSize(path: string, formula: unknown): void {
  const open = [formula];
  for (let count = 0; open.length > 0; count++) {
    if (count > LARGEST_FORMULA) throw new RecordingError(path, formula, `at most ${LARGEST_FORMULA} parts`);
    const part = open.pop();
    if (typeof part === 'object' && part !== null && 'of' in part && Array.isArray(part.of))
      open.push(...(part.of as unknown[]));
  }
}

const FORMS: readonly unknown[] = ['infix', 'prefix', 'fraction', 'power', 'root', 'bars', 'call'];

function notationAt(path: string, found: unknown): Notation {
  const notation = objectAt(path, found);
  const form = notation.get('form');
  if (!FORMS.includes(form)) throw new RecordingError(`${path}.form`, form, FORMS.join(', '));
  if (form === 'infix' || form === 'prefix' || form === 'call') {
    for (const key of ['text', 'latex']) textAt(`${path}.${key}`, notation.get(key), LONGEST_TEXT);
  }
  if (form === 'infix' && ![0, 1, 2].includes(notation.get('precedence') as number)) {
    throw new RecordingError(`${path}.precedence`, notation.get('precedence'), '0, 1 or 2');
  }
  return found as Notation;
}
