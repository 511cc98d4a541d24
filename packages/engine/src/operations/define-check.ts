import { takes } from './arity.ts';
import type { OperationDefinition } from './define.ts';
import { DefinitionError } from '../errors.ts';
import { evaluateFormula } from './formula-value.ts';
import type { Formula } from './formula.ts';
import { differenceAt, partialsAt, valueAt } from '../check/local-difference.ts';
import type { Operation } from './operation.ts';

/** Spread over what most operations bend on, off every round number, where kinks stand. */
const SAMPLE = [0.37, -1.23, 2.61, -0.11, 1.87, -2.74, 0.83, -0.59];
/** Formulas may lose digits that the partial derivatives keep. */
const FORMULA_TOLERANCE = 1e-7;

/**
 * Compares value, partial derivatives, differences, rules and formula of a definition at sample points. Points on a kink
 * or outside the domain (the value is NaN) are passed over, unless the definer gave them: then they must have a value.
 * Throws DefinitionError with the input and the point.
 */
export function checkDefinition(operation: Operation, definition: OperationDefinition): void {
  const { name } = operation;
  const { formula, points } = definition;
  let usable = 0;
  for (const point of points ?? samplePoints(operation)) {
    if (!takes(operation, point.length)) {
      throw new DefinitionError(name, `found a point of ${point.length} numbers, which it does not take.`);
    }
    const at = `at (${point.join(', ')})`;
    const y = valueAt(operation, point);
    if (!Number.isFinite(y)) {
      if (points === undefined) continue;
      throw new DefinitionError(name, `${at} the value is ${y}, expected a number at a point that is given.`);
    }
    const partials = partialsAt(operation, point, y);
    for (const kink of operation.kinks?.(point) ?? []) {
      if (Object.is(partials[kink.slot] + 0, kink.chosen + 0)) continue;
      throw new DefinitionError(
        name,
        `${at}, input ${kink.slot}: the partial derivative is ${partials[kink.slot]}, the kink says ${kink.chosen}.`,
      );
    }
    const differs = (found: number, expected: number) =>
      !(Math.abs(found - expected) <= FORMULA_TOLERANCE * Math.max(1, Math.abs(expected)));
    if (formula !== undefined) {
      const stated = evaluateFormula(formula, point, y);
      if (differs(stated, y)) {
        throw new DefinitionError(name, `${at} the value is ${y}, its formula gives ${stated}.`);
      }
    }
    const kinked = new Set(operation.kinks?.(point).map(({ slot }) => slot));
    for (let slot = 0; slot < point.length; slot++) {
      const partial = partials[slot];
      const difference = kinked.has(slot) ? null : differenceAt(operation, point, slot, y);
      if (
        difference !== null &&
        !(Math.abs(partial - difference.slope) <= difference.error + 1e-12 * Math.abs(partial))
      ) {
        throw new DefinitionError(
          name,
          `${at}, input ${slot}: the partial derivative is ${partial}, differences of the value say ${difference.slope} ± ${difference.error.toExponential(1)}.`,
        );
      }
      if (difference !== null) usable++;
      if (kinked.has(slot)) continue;
      const rules: [string, ((slot: number, arity: number) => Formula) | undefined][] = [
        ['rule', operation.opaque === true ? undefined : operation.rule],
        ['derivative', operation.derivative],
      ];
      for (const [what, rule] of rules) {
        const stated = rule === undefined ? partial : evaluateFormula(rule(slot, point.length), point, y);
        if (differs(stated, partial)) {
          throw new DefinitionError(
            name,
            `${at}, input ${slot}: the partial derivative is ${partial}, its ${what} gives ${stated}.`,
          );
        }
      }
    }
  }
  if (usable === 0) {
    throw new DefinitionError(
      name,
      'found no point at which it can be checked, expected points in its domain.',
    );
  }
}

function samplePoints(operation: Operation): number[][] {
  const { arity } = operation;
  const counts =
    typeof arity === 'number' ? [arity] : [1, 2, 3, 4, 5].filter((count) => takes(operation, count));
  return counts.flatMap((count) =>
    SAMPLE.map((_, first) =>
      Array.from({ length: count }, (_, slot) => SAMPLE[(first + 3 * slot) % SAMPLE.length]),
    ),
  );
}
