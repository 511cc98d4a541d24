import { DefinitionError } from '../errors.ts';
import type { Formula } from '../operations/formula.ts';
import { OPERATIONS_BY_CODE } from '../operations/table.ts';
import { EntryReader } from '../tape/links.ts';
import type { Operation } from '../operations/operation.ts';
import { takenBranch } from '../operations/choices.ts';
import { codeOf, CODES } from '../operations/names.ts';
import type { Value } from '../tape/value.ts';
import type { Tape } from '../tape/tape.ts';
import { DERIVATIVES, LOCALS_OF_MANY } from './derivatives.ts';
import type { Locals } from './derivatives.ts';
import { numberOf } from './recorder.ts';
import type { Recorder, Term } from './recorder.ts';

/** The operation of a node; null for a leaf. */
function operationAt(tape: Tape, node: number): Operation | null {
  return OPERATIONS_BY_CODE[tape.codeAt(node)];
}

/** What an entry of the inputs stands for: a node, or a constant's number. */
export function termAt(tape: Tape, entry: number): Term {
  return entry >= 0 ? tape.at(entry) : tape.numberOf(entry);
}

/** The inputs of a node, in slot order; constants as numbers. */
export function inputsAt(tape: Tape, node: number): readonly Term[] {
  return tape.at(node).inputs;
}

/**
 * True if a derivative passes through a slot of a computed node, whose first input is the number `first`: only the slot
 * that a `where` took, none of a flat operation. While nothing is evaluated a `where` has taken neither, and may take
 * either in a replay.
 */
export function passes(tape: Tape, node: number, first: number, slot: number): boolean {
  if (operationAt(tape, node)!.flat === true) return false;
  if (tape.codeAt(node) !== CODES.where) return true;
  return tape.skipping ? slot > 0 : slot === takenBranch(first);
}

/**
 * Says for the nodes from `from` to `to` which of them a derivative with respect to some nodes passes: those nodes and
 * everything that was computed from them by live edges. `before` answers for nodes below `from`.
 */
export function dependence(
  tape: Tape,
  from: number,
  to: number,
  on: (node: number) => boolean,
  before: (node: number) => boolean = () => false,
): (node: number) => boolean {
  const depends = new Uint8Array(Math.max(0, to - from));
  const asked = (node: number): boolean =>
    node < from ? before(node) : node < to && depends[node - from] === 1;
  const reader = new EntryReader();
  for (let node = from; node < to; node++) {
    if (on(node)) {
      depends[node - from] = 1;
      continue;
    }
    const length = reader.read(tape, node);
    const { entries } = reader;
    for (let slot = 0; slot < length; slot++) {
      const entry = entries[slot];
      if (entry < 0 || !asked(entry) || !passes(tape, node, tape.numberOf(entries[0]), slot)) continue;
      depends[node - from] = 1;
      break;
    }
  }
  return asked;
}

/**
 * The local derivatives of a computed node as terms, recorded where they need nodes; `wanted` says for which slots. Where
 * the table says NaN at the recorded numbers, as beyond the domain of a logarithm, NaN is what is recorded.
 */
export function localsAt(
  recorder: Recorder,
  node: number,
  inputs: readonly Term[],
  wanted: (slot: number) => boolean,
): Locals {
  const { tape } = recorder;
  const operation = operationAt(tape, node)!;
  const result = tape.at(node);
  const locals =
    operation.name === 'where' && !tape.skipping
      ? { scale: 1, of: inputs.map(() => 1) }
      : (LOCALS_OF_MANY[operation.name]?.(recorder, inputs, result) ??
        localsOfFew(recorder, operation, inputs, result, wanted));
  let finite = tape.skipping || Number.isFinite(result.data);
  if (!tape.skipping) for (const input of inputs) finite &&= Number.isFinite(numberOf(input));
  if (finite) return locals;
  const partials = partialsAt(operation, inputs.map(numberOf), result.data);
  return { ...locals, of: locals.of.map((local, slot) => (partials[slot] !== partials[slot] ? NaN : local)) };
}

function localsOfFew(
  recorder: Recorder,
  operation: Operation,
  inputs: readonly Term[],
  result: Value,
  wanted: (slot: number) => boolean,
): Locals {
  const formulas = DERIVATIVES[operation.name];
  recorder.forget();
  return {
    scale: 1,
    of: inputs.map((_, slot) => {
      if (!wanted(slot)) return 0;
      const formula =
        operation.derivative?.(slot, inputs.length) ??
        formulas?.[slot] ??
        operation.rule(slot, inputs.length);
      if (operation.opaque === true && !isKnown(formula)) {
        throw new DefinitionError(
          operation.name,
          `found no code for its slope by input ${slot}: definitions and slopes share 190, and each has 8 slopes at most; ` +
            'expected a rule.',
        );
      }
      return recorder.formula(formula, inputs, result);
    }),
  };
}

/** True if what a formula starts with can be recorded. */
function isKnown(formula: Formula): boolean {
  return typeof formula !== 'object' || !('operation' in formula) || codeOf(formula.operation) >= 0;
}

/** The partial derivatives that the table gives at these numbers. */
function partialsAt(operation: Operation, x: readonly number[], y: number): ArrayLike<number> {
  if (operation.arity === 1) return [operation.partials[0](x[0], y)];
  if (operation.arity === 2) return operation.partials.map((partial) => partial(x[0], x[1], y));
  const out = new Float64Array(x.length);
  operation.partials(x, y, out);
  return out;
}
