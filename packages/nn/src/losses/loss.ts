import { LEAF, OperandError, Value } from '@backflow/engine';
import type { Operand, Tape } from '@backflow/engine';
import type { Module, Parameter } from '../modules/module.ts';
import { checkWord } from '../spec/check.ts';
import { SpecError } from '../spec/problem.ts';
import { LOSSES } from '../spec/spec.ts';
import type { LossName } from '../spec/spec.ts';
import { recordL1, recordL2 } from './penalties.ts';
import { recordLoss } from './record-loss.ts';

/** What one example costs, of the network's outputs and of as many targets. */
export type Loss = (outputs: readonly Value[], targets: ArrayLike<Operand>) => Value;

/**
 * A loss by its name. `crossEntropy` and `binaryCrossEntropyWithLogits` take sums z, before any activation; targets of
 * `crossEntropy` are the wanted share of each class, 1 for the right one and 0 for all others; those of `hinge` are ±1.
 *
 * The loss throws SpecError unless there is one target for each output, and the engine's errors for what is no Value of one tape.
 */
export function lossOf(name: LossName): Loss {
  checkWord('loss', name, LOSSES);
  return (outputs, targets) => {
    const { tape } = firstOf('loss', outputs);
    if (targets?.length !== outputs.length) {
      throw new SpecError('targets', targets, `${outputs.length}, one for each output`);
    }
    const entries = Array.from(targets, (target) => entryOf(tape, target));
    return tape.at(
      recordLoss(
        tape,
        name,
        outputs.map((output) => entryOf(tape, output)),
        entries,
      ),
    );
  };
}

/** λ Σ |w| over the weights of a module, not the biases; the slope at 0 is 0. */
export function l1Penalty(module: Module, lambda: number): Value {
  const weights = weightsOf(module);
  const { tape } = weights[0];
  return tape
    .at(
      recordL1(
        tape,
        weights.map((weight) => entryOf(tape, weight)),
      ),
    )
    .mul(lambda);
}

/** λ Σ w² over the weights of a module, not the biases. */
export function l2Penalty(module: Module, lambda: number): Value {
  const weights = weightsOf(module);
  const { tape } = weights[0];
  return tape
    .at(
      recordL2(
        tape,
        weights.map((weight) => entryOf(tape, weight)),
      ),
    )
    .mul(lambda);
}

/** The leaves of all parameters that are named `weight`. */
function weightsOf(module: Module): Value[] {
  const named = module.namedParameters().filter(([name]) => /(?:^|\.)weight$/.test(name));
  const weights = named.flatMap(([, parameter]) => valuesOf(parameter));
  if (weights.length === 0) throw new SpecError('module', module, 'a module with a parameter named weight');
  return weights;
}

function valuesOf(parameter: Parameter): readonly Value[] {
  return parameter instanceof Value ? [parameter] : parameter.values();
}

function firstOf(where: string, values: readonly Value[]): Value {
  if (!(values?.[0] instanceof Value)) throw new OperandError(where, values, 'a list of Values');
  return values[0];
}

function entryOf(tape: Tape, operand: Operand): number {
  return tape.entryOf(LEAF, operand);
}
