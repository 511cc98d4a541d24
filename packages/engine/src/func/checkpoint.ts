import { EngineError, ForeignValueError, OperandError } from '../errors.ts';
import { inputCount, linked, writeEntries } from '../tape/links.ts';
import type { Linked } from '../tape/links.ts';
import type { OperationName } from '../operations/names.ts';
import { call } from '../operations/operation.ts';
import type { ManyOperation, Operation } from '../operations/operation.ts';
import { OPERATIONS_BY_CODE } from '../operations/table.ts';
import { sweep } from '../gradient/sweep.ts';
import type { Settle } from '../gradient/sweep.ts';
import type { Tape } from '../tape/tape.ts';
import { Value } from '../tape/value.ts';
import { CHECKPOINT, placeOf, places, recordAgain, shapeOf } from './forgotten.ts';
import type { Forgotten, Place } from './forgotten.ts';
import { unfold } from './unfold.ts';

/**
 * What `fn` computes from the inputs, without what it computes on the way: its nodes are forgotten, and recorded again, for
 * as long as it takes, when a backward sweep comes by. This trades time, one more evaluation, for memory: a chain of k parts
 * of n nodes, each in a checkpoint, never has more than k + n of them at once. Values and gradients are those of `fn` without
 * the checkpoint, bit for bit, also by the Values that `fn` closes over. Checkpoints nest.
 *
 *     const hidden = checkpoint((x) => layer(x, weights), inputs);
 *
 * `fn` is given the inputs as they are, a Value or an array, and returns a Value or an array. It must record the same each time.
 * Where a gradient is recorded (`createGraph`, transforms), and in `record(output)`, it is recorded again in full and stays.
 * `tape.record()` and plans, which speak of nodes by their index, refuse a tape that has a checkpoint.
 *
 * Throws OperandError for anything but Values, ForeignValueError for Values of several tapes, and EngineError from
 * the sweep if `fn` computes something else the second time, as where a leaf got another number in between.
 */
export function checkpoint<R extends Value | readonly Value[]>(fn: (x: Value) => R, input: Value): R;
export function checkpoint<R extends Value | readonly Value[]>(
  fn: (x: readonly Value[]) => R,
  inputs: readonly Value[],
): R;
export function checkpoint(
  fn: (x: never) => Value | readonly Value[],
  x: Value | readonly Value[],
): Value | readonly Value[] {
  const inputs = x instanceof Value ? [x] : x;
  if (!Array.isArray(inputs) || inputs.length === 0) {
    throw new OperandError('checkpoint', x, 'a Value or an array of at least one');
  }
  const { tape } = valueOf(inputs[0]);
  for (const input of inputs) if (valueOf(input).tape !== tape) throw new ForeignValueError('checkpoint');
  // In a branch that is not taken nothing is to be differentiated.
  if (tape.skipping) return fn(x as never);

  const mark = tape.mark();
  const { count } = mark;
  let numbers: number[];
  let nodes: number[];
  let outside: number[];
  let shape: number;
  let many: boolean;
  try {
    const result = fn(x as never);
    many = Array.isArray(result);
    const outputs = outputsOf(tape, result);
    nodes = outputs.map(({ index }) => index);
    numbers = outputs.map(({ data }) => data);
    outside = nodesOutside(tape, count);
    shape = shapeOf(tape, count);
  } finally {
    tape.reset(mark);
  }

  const inner = nodes.filter((node) => node >= count);
  const forgotten: Forgotten = {
    tape,
    // An output that is one of the nodes outside stays that node.
    again: () => outputsOf(tape, fn(x as never)).filter((_, i) => nodes[i] >= count),
    outside,
    numbers: numbers.filter((_, i) => nodes[i] >= count),
    shape,
  };
  const first = tape.count;
  const ofTape = places.get(tape) ?? new Map<number, Place>();
  places.set(tape, ofTape);
  // What stood further on has been forgotten by a reset.
  for (const node of ofTape.keys()) if (node >= first) ofTape.delete(node);
  register();
  tape.unfold ??= (whole, shifted) => unfold(tape, whole, shifted);
  inner.forEach((_, output) => {
    const entries = output === 0 ? outside : [first];
    const start = tape.reserve(entries.length);
    tape.extra.set(entries, start);
    ofTape.set(tape.push(CHECKPOINT, start, entries.length, forgotten.numbers[output]), {
      forgotten,
      output,
    });
  });
  let next = first;
  const results = nodes.map((node) => tape.at(node >= count ? next++ : node));
  return many ? results : results[0];
}

/** What a sweep does at a checkpoint: the sweep of what was forgotten, in arrays of its own. */
function sweepAgain(from: object, node: number, gradient: Float64Array): void {
  const place = places.get(from)?.get(node);
  if (place === undefined) throw new EngineError('checkpoint: found a node that belongs to none.');
  // The first node is the last to be met: all outputs have their gradients by then.
  if (place.output > 0) return;
  const { forgotten } = place;
  const { tape, outside, numbers } = forgotten;
  const entries = new Int32Array(outside.length);
  writeEntries(from as Linked, node, entries, 0);

  const mark = tape.mark();
  try {
    const outputs = recordAgain(forgotten);
    const part = partOf(tape, mark.count, outside);
    const inner = new Float64Array(part.count);
    entries.forEach((entry, i) => (inner[i] = gradient[entry]));
    // An output that nothing reached is not differentiated.
    const reached = numbers.map((_, i) => i).filter((i) => gradient[node + i] !== 0);
    const roots = reached.length > 0 ? reached : numbers.map((_, i) => i);
    const shift = outside.length - mark.count;
    // Hooks that its function puts on what it computes.
    const settle: Settle | null = tape.hasHooksFrom(mark.count)
      ? (at, found) => (at < outside.length ? found : tape.settled(at - shift, found))
      : null;
    sweep(
      part,
      roots.map((i) => outputs[i].index + shift),
      roots.map((i) => gradient[node + i]),
      inner,
      null,
      settle,
    );
    entries.forEach((entry, i) => (gradient[entry] = inner[i]));
  } finally {
    tape.reset(mark);
  }
}

/** The end of a tape from `base` on, in a form of its own, with leaves in front for the nodes outside that it reads. */
function partOf(tape: Tape, base: number, outside: readonly number[]): Linked {
  const shift = outside.length - base;
  const count = shift + tape.count;
  const leafOf = new Map(outside.map((node, i) => [node, i]));
  const operation = new Uint8Array(count);
  const inputStart = new Int32Array(count + 1);
  const inputs: number[] = [];
  const value = new Float64Array(count);
  const inner = new Map<number, Place>();
  outside.forEach((node, i) => (value[i] = tape.value[node]));
  for (let node = base; node < tape.count; node++) {
    for (const entry of tape.entriesOf(node)) {
      const moved = entry < 0 ? entry : entry >= base ? entry + shift : leafOf.get(entry);
      if (moved === undefined) {
        throw new EngineError(
          `checkpoint: found an operand that was not read before, node ${entry}. ` +
            'Its function must record the same each time.',
        );
      }
      inputs.push(moved);
    }
    const at = node + shift;
    operation[at] = tape.codeAt(node);
    inputStart[at + 1] = inputs.length;
    value[at] = tape.value[node];
    const place = placeOf(tape, node);
    if (place !== null) inner.set(at, place);
  }
  const part = linked({
    count,
    operation,
    inputStart,
    inputs: Int32Array.from(inputs),
    constants: tape.pool,
    value,
  });
  places.set(part, inner);
  return part;
}

/** The nodes below `base` that nodes from there on read, in rising order. */
function nodesOutside(tape: Tape, base: number): number[] {
  const outside = new Set<number>();
  let entries = new Int32Array(8);
  for (let node = base; node < tape.count; node++) {
    const length = inputCount(tape, node);
    if (entries.length < length) entries = new Int32Array(2 * length);
    writeEntries(tape, node, entries, 0);
    for (let slot = 0; slot < length; slot++) {
      if (entries[slot] >= 0 && entries[slot] < base) outside.add(entries[slot]);
    }
  }
  return [...outside].sort((a, b) => a - b);
}

function outputsOf(tape: Tape, result: Value | readonly Value[]): readonly Value[] {
  const outputs: readonly Value[] = result instanceof Value ? [result] : result;
  if (!Array.isArray(outputs)) throw new OperandError('checkpoint', result, 'a Value or an array of them');
  for (const output of outputs) if (valueOf(output).tape !== tape) throw new ForeignValueError('checkpoint');
  return outputs;
}

function valueOf(value: unknown): Value {
  if (!(value instanceof Value)) throw new OperandError('checkpoint', value, 'a Value');
  return value;
}

const refuse = (): never => {
  throw new EngineError(
    'checkpoint: found a checkpoint where nodes are asked for, expected a recording by record(output), in which it is ' +
      'recorded in full.',
  );
};

const operation: ManyOperation = {
  name: 'checkpoint' as OperationName,
  arity: 'many',
  notation: call('checkpoint'),
  symbol: '⟲',
  value: refuse,
  partials: refuse,
  rule: refuse,
  sweep: sweepAgain,
};

/** Only once a checkpoint is made, so that importing this changes nothing. */
function register(): void {
  (OPERATIONS_BY_CODE as (Operation | null)[])[CHECKPOINT] = operation;
}
