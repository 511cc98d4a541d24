import { operationOf } from '@backflow/engine';
import type { Operation, Recording } from '@backflow/engine';
import { abridged, ELIDED, nameOf, numberOf, written } from './expression.ts';
import type { Expression } from './expression.ts';
import { formatExact, isShownExactly } from './numbers.ts';
import { toText } from './text.ts';

/** How far expressions of unnamed nodes are opened where nothing else is said. */
const DEPTH = 4;
/** Most parts of an expression made from a recording: shared unnamed nodes would double at every level. */
const LIMIT = 400;
/** Most parts of an unnamed node that stands in another's formula; a sum of four products has 15. */
const INNER_LIMIT = 16;
/** Inputs of one operation that are shown even where the limit is reached. */
const LEAST_INPUTS = 6;

/**
 * What the reader calls a node: its name, `out` for an output without one, null for any other unnamed node.
 */
export function nodeName(recording: Recording, node: number): string | null {
  return recording.names.get(node) ?? (node === recording.output ? 'out' : null);
}

/**
 * The node as a part of a formula: by name; an unnamed leaf as its number; an unnamed result as its expression,
 * opened `depth` levels deep, in a few parts.
 */
export function nodeExpression(recording: Recording, node: number, depth = DEPTH): Expression {
  const name = nodeName(recording, node);
  return name !== null ? nameOf(name) : expressionOf(recording, node, depth, INNER_LIMIT);
}

/**
 * The operation of a node over its inputs: named inputs by name, unnamed ones opened up to `depth` levels deep and
 * elided below. A leaf is its number. At most `limit` parts; what is over is elided, the deepest first.
 */
export function expressionOf(recording: Recording, node: number, depth = DEPTH, limit = LIMIT): Expression {
  interface Part {
    readonly done: Expression | null;
    readonly operation: Operation | null;
    readonly node: number;
    readonly depth: number;
    readonly inputs: number[];
  }
  const parts: Part[] = [];
  const { inputs, inputStart, names } = recording;
  const finished = (done: Expression): Part => ({ done, operation: null, node: -1, depth: 0, inputs: [] });
  const open = (at: number, left: number): Part => {
    const operation = operationOf(recording, at);
    if (operation === null) return finished(numberOf(recording.value[at]));
    if (left < 0 || parts.length >= limit) return finished(ELIDED);
    return { done: null, operation, node: at, depth: left, inputs: [] };
  };

  parts.push(open(node, Math.max(0, depth)));
  // Breadth first, so that the limit cuts off the deepest parts.
  for (let index = 0; index < parts.length; index++) {
    const part = parts[index];
    if (part.operation === null) continue;
    const start = inputStart[part.node];
    const slots = inputStart[part.node + 1] - start;
    const room = Math.max(LEAST_INPUTS, limit - parts.length);
    // Of many inputs, the first and the last are enough for `abridged`.
    for (let slot = 0; slot < slots; slot++) {
      const skipped = slots > room && slot >= room && slot < slots - 2;
      const entry = inputs[start + slot];
      const name = names.get(entry);
      part.inputs.push(parts.length);
      if (skipped) part.inputs[part.inputs.length - 1] = -1;
      else if (entry < 0) parts.push(finished(constantExpression(recording, ~entry)));
      else if (name !== undefined) parts.push(finished(nameOf(name)));
      else parts.push(open(entry, part.depth - 1));
    }
  }
  // Inputs stand behind their users.
  const built: Expression[] = [];
  built.length = parts.length;
  for (let index = parts.length - 1; index >= 0; index--) {
    const { done, operation, inputs: found } = parts[index];
    if (operation === null) {
      built[index] = done ?? ELIDED;
      continue;
    }
    const of = found.map((input) => (input < 0 ? ELIDED : built[input]));
    const { name } = operation;
    const whole = written(name, of);
    built[index] =
      whole.kind === 'apply'
        ? { ...whole, of: abridged(whole.operation, whole.of, Math.max(LEAST_INPUTS, limit)) }
        : whole;
  }
  return built[0];
}

/** One input of a node as a part of a formula: a constant as written, a node as in `nodeExpression`. */
export function inputExpression(recording: Recording, node: number, slot: number): Expression {
  const entry = recording.inputs[recording.inputStart[node] + slot];
  return entry < 0 ? constantExpression(recording, ~entry) : nodeExpression(recording, entry);
}

/** One input of a node as its number; elided if it was never evaluated. */
export function inputNumber(recording: Recording, node: number, slot: number): Expression {
  const entry = recording.inputs[recording.inputStart[node] + slot];
  if (entry < 0) return constantExpression(recording, ~entry);
  return recording.skipped[entry] === 1 ? ELIDED : numberOf(recording.value[entry]);
}

function constantExpression(recording: Recording, constant: number): Expression {
  const value = recording.constants[constant];
  const written = recording.constantTexts.get(constant);
  if (written !== undefined && written.trim() !== String(value)) return numberOf(value, written);
  // A constant is quoted, not rounded, as long as it is short.
  const exact = formatExact(value);
  return !isShownExactly(value, { digits: 2 }) && exact.length <= 10 && !exact.includes('·')
    ? numberOf(value, exact)
    : numberOf(value);
}

/**
 * A short title for a node's card: its name, else its number or its formula, with inner parts elided until it has at
 * most `maxLength` characters.
 */
export function nodeTitle(recording: Recording, node: number, maxLength = 24): string {
  const name = recording.names.get(node);
  if (name !== undefined) return toText(nameOf(name), { maxLength });
  for (let depth = DEPTH; depth > 0; depth--) {
    const text = toText(expressionOf(recording, node, depth, 4 * maxLength), { maxLength: 2 * maxLength });
    if (Array.from(text).length <= maxLength) return text;
  }
  return toText(expressionOf(recording, node, 0), { maxLength });
}
