import { operationOf } from '@backflow/engine';
import type { OperationName, Recording } from '@backflow/engine';
import { ELIDED, nameOf, numberOf, replaceNames, substitute, symbolsOf, tidy } from './expression.ts';
import type { Expression } from './expression.ts';
import { formatExact, isShownExactly } from './numbers.ts';
import { toText } from './text.ts';

/** How far expressions of unnamed nodes are opened where nothing else is said. */
const DEPTH = 4;
/** Most parts of an expression made from a recording: shared unnamed nodes would double at every level. */
const LIMIT = 400;

/**
 * What the reader calls a node: its name, `out` for an output without one, null for any other unnamed node.
 */
export function nodeName(recording: Recording, node: number): string | null {
  return recording.names.get(node) ?? (node === recording.output ? 'out' : null);
}

/**
 * The node as a part of a formula: by name; an unnamed leaf as its number; an unnamed result as its expression,
 * opened `depth` levels deep.
 */
export function nodeExpression(recording: Recording, node: number, depth = DEPTH): Expression {
  const name = nodeName(recording, node);
  return name !== null ? nameOf(name) : expressionOf(recording, node, depth);
}

/**
 * The operation of a node over its inputs: named inputs by name, unnamed ones opened up to `depth` levels deep and
 * elided below. A leaf is its number. At most `limit` parts; what is over is elided, the deepest first.
 */
export function expressionOf(recording: Recording, node: number, depth = DEPTH, limit = LIMIT): Expression {
  interface Part {
    readonly done: Expression | null;
    readonly node: number;
    readonly depth: number;
    readonly inputs: number[];
  }
  const parts: Part[] = [];
  const { inputs, inputStart, names } = recording;
  const finished = (done: Expression): Part => ({ done, node: -1, depth: 0, inputs: [] });
  const open = (at: number, left: number): Part =>
    operationOf(recording, at) === null
      ? finished(numberOf(recording.value[at]))
      : left < 0 || parts.length >= limit
        ? finished(ELIDED)
        : { done: null, node: at, depth: left, inputs: [] };

  parts.push(open(node, Math.max(0, depth)));
  // Breadth first, so that the limit cuts off the deepest parts.
  for (let index = 0; index < parts.length; index++) {
    const part = parts[index];
    if (part.done !== null) continue;
    for (let at = inputStart[part.node]; at < inputStart[part.node + 1]; at++) {
      const entry = inputs[at];
      const name = names.get(entry);
      part.inputs.push(parts.length);
      if (entry < 0) parts.push(finished(constantExpression(recording, ~entry)));
      else if (name !== undefined) parts.push(finished(nameOf(name)));
      else parts.push(open(entry, part.depth - 1));
    }
  }
  // Inputs stand behind their users.
  const built: Expression[] = [];
  built.length = parts.length;
  for (let index = parts.length - 1; index >= 0; index--) {
    const part = parts[index];
    built[index] = part.done ?? {
      kind: 'apply',
      operation: operationNameOf(recording, part.node),
      of: part.inputs.map((input) => built[input]),
    };
  }
  return built[0];
}

/** One input of a node as a part of a formula: a constant as written, a node as in `nodeExpression`. */
export function inputExpression(recording: Recording, node: number, slot: number, depth = DEPTH): Expression {
  const entry = recording.inputs[recording.inputStart[node] + slot];
  return entry < 0 ? constantExpression(recording, ~entry) : nodeExpression(recording, entry, depth);
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

/** A formula in three forms: with the symbols of a formulary, with the reader's names, with the numbers of the recording. */
export interface Forms {
  readonly symbols: Expression;
  readonly names: Expression;
  readonly numbers: Expression;
}

/** The operation of a node: `a·b`, `w1·i1`, `0.15·0.05`. Not for leaves. */
export function valueForms(recording: Recording, node: number): Forms {
  const operation = operationNameOf(recording, node);
  const shape = (inputs: readonly Expression[]): Expression => ({ kind: 'apply', operation, of: inputs });
  const slots = slotsOf(recording, node);
  return {
    symbols: shape(symbolsAt(recording, node).inputs),
    names: shape(slots.map((slot) => inputExpression(recording, node, slot))),
    numbers: shape(slots.map((slot) => inputNumber(recording, node, slot))),
  };
}

/**
 * The local derivative of a node by the input in `slot`, as the operation table's rule says it: `b`, `i1`, `0.05`.
 * Constants are worked in, so that the rule of powers on x² reads `2·x`. Not for leaves.
 */
export function slopeForms(recording: Recording, node: number, slot: number): Forms {
  const operation = operationOf(recording, node);
  if (operation === null) throw new RangeError(`Node ${node} is a leaf; expected a node with inputs.`);
  const slots = slotsOf(recording, node);
  const rule = operation.rule(slot, slots.length);
  const symbols = symbolsAt(recording, node);
  const isConstant = (at: number): boolean => recording.inputs[recording.inputStart[node] + at] < 0;
  // Names that no reader can have: the slot, and `y` with a blank for the result.
  const shape = tidy(
    substitute(
      rule,
      slots.map((at) => (isConstant(at) ? inputNumber(recording, node, at) : nameOf(` ${at}`))),
      nameOf(' y'),
    ),
  );
  const filled = (input: (at: number) => Expression, result: Expression): Expression =>
    replaceNames(shape, (name) =>
      name === ' y' ? result : name.startsWith(' ') ? input(Number(name.slice(1))) : null,
    );
  return {
    symbols: tidy(substitute(rule, symbols.inputs, symbols.result)),
    names: filled((at) => inputExpression(recording, node, at), nodeExpression(recording, node)),
    numbers: filled((at) => inputNumber(recording, node, at), numberOf(recording.value[node])),
  };
}

/** The symbols of a node's operation; the signs of a signed sum are those of the node. */
export function symbolsAt(
  recording: Recording,
  node: number,
): { readonly inputs: readonly Expression[]; readonly result: Expression } {
  const operation = operationNameOf(recording, node);
  const slots = slotsOf(recording, node);
  const symbols = symbolsOf(operation, slots.length);
  if (operation !== 'signedSum') return symbols;
  return {
    inputs: slots.map((slot) =>
      slot % 2 === 0 ? inputNumber(recording, node, slot) : nameOf(`x_{${(slot + 1) / 2}}`),
    ),
    result: symbols.result,
  };
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

function operationNameOf(recording: Recording, node: number): OperationName {
  const operation = operationOf(recording, node);
  if (operation === null) throw new RangeError(`Node ${node} is a leaf; expected a node with inputs.`);
  return operation.name;
}

function slotsOf({ inputStart }: Recording, node: number): number[] {
  return Array.from({ length: inputStart[node + 1] - inputStart[node] }, (_, slot) => slot);
}
