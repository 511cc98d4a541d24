import { arityOf, operationOf } from '@backflow/engine';
import type { Operation, Recording } from '@backflow/engine';
import {
  abridge,
  nameOf,
  numberOf,
  replaceNames,
  RESULT,
  substitute,
  symbolOf,
  tidy,
  written,
} from './expression.ts';
import type { Expression } from './expression.ts';
import { inputExpression, inputNumber, nodeExpression } from './nodes.ts';

/** A formula in three forms: with the symbols of a formulary, with the reader's names, with the numbers of the recording. */
export interface Forms {
  readonly symbols: Expression;
  readonly names: Expression;
  readonly numbers: Expression;
}

/** Inputs of an operation that are written out in a form; of more, the first few and the last. */
const SHOWN_INPUTS = 16;

/** The operation of a node: `a·b`, `w1·i1`, `0.15·0.05`. Throws RangeError for a leaf. */
export function valueForms(recording: Recording, node: number): Forms {
  const { name: operation } = operationAt(recording, node);
  const form = (input: (slot: number) => Expression): Expression => {
    const of = Array.from({ length: arityOf(recording, node) }, (_, slot) => input(slot));
    return abridge(written(operation, of), SHOWN_INPUTS);
  };
  return {
    symbols: form((slot) => symbolAt(recording, node, slot)),
    names: form((slot) => inputExpression(recording, node, slot)),
    numbers: form((slot) => inputNumber(recording, node, slot)),
  };
}

/**
 * The local derivative of a node by the input in `slot`, as the operation table's rule says it: `b`, `i1`, `0.05`.
 * Constants are worked in, so that the rule of powers on x² reads `2·x`. Throws RangeError for a leaf.
 */
export function slopeForms(recording: Recording, node: number, slot: number): Forms {
  const rule = operationAt(recording, node).rule(slot, arityOf(recording, node));
  const filled = slopeShape(recording, node, slot);
  return {
    symbols: abridge(tidy(substitute(rule, (at) => symbolAt(recording, node, at), RESULT)), SHOWN_INPUTS),
    names: filled((at) => inputExpression(recording, node, at), nodeExpression(recording, node)),
    numbers: filled((at) => inputNumber(recording, node, at), numberOf(recording.value[node])),
  };
}

/**
 * The local derivative of a node by the input in `slot`, with what `expression` gives for the node itself and for those of
 * its inputs that are nodes. Throws RangeError for a leaf.
 */
export function slopeFormula(
  recording: Recording,
  node: number,
  slot: number,
  expression: (node: number) => Expression,
): Expression {
  const inputAt = (at: number): number => recording.inputs[recording.inputStart[node] + at];
  // Constants are worked in already.
  return slopeShape(recording, node, slot)((at) => expression(inputAt(at)), expression(node));
}

type Fill = (input: (at: number) => Expression, result: Expression) => Expression;

function slopeShape(recording: Recording, node: number, slot: number): Fill {
  const rule = operationAt(recording, node).rule(slot, arityOf(recording, node));
  const isConstant = (at: number): boolean => recording.inputs[recording.inputStart[node] + at] < 0;
  // Names that no reader can have: the slot, and `y`, behind a blank.
  const shape = abridge(
    tidy(
      substitute(
        rule,
        (at) => (isConstant(at) ? inputNumber(recording, node, at) : nameOf(` ${at}`)),
        nameOf(' y'),
      ),
    ),
    SHOWN_INPUTS,
  );
  return (input, result) =>
    replaceNames(shape, (name) => {
      if (!name.startsWith(' ')) return null;
      return name === ' y' ? result : input(Number(name.slice(1)));
    });
}

/** The letter for one input of a node's operation; the signs of a signed sum are those of the node. */
export function symbolAt(recording: Recording, node: number, slot: number): Expression {
  const { name, notation } = operationAt(recording, node);
  if (notation.form !== 'signedSum') return symbolOf(name, arityOf(recording, node), slot);
  return slot % 2 === 0 ? inputNumber(recording, node, slot) : nameOf(`x_{${(slot + 1) / 2}}`);
}

/** The letters for all inputs of a node's operation and for its result. Throws RangeError for a leaf. */
export function symbolsAt(
  recording: Recording,
  node: number,
): { readonly inputs: readonly Expression[]; readonly result: Expression } {
  const inputs = Array.from({ length: arityOf(recording, node) }, (_, slot) =>
    symbolAt(recording, node, slot),
  );
  return { inputs, result: RESULT };
}

function operationAt(recording: Recording, node: number): Operation {
  const operation = operationOf(recording, node);
  if (operation === null) throw new RangeError(`Found leaf ${node}, expected a node with inputs.`);
  return operation;
}
