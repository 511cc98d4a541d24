import { Block, Value } from '@backflow/engine';
import type { Optimizer } from '../optimizers/optimizer.ts';

/** Leaves that are trained: a row of them, or one. */
export type Parameter = Block | Value;

/**
 * Something with parameters: a class that extends it keeps blocks and leaves, other modules, and arrays of these in properties,
 * and they are found there, as in PyTorch. `#private` properties are not looked at.
 *
 *     class Scaled extends Module {
 *       readonly net = new MLP([2, 8, 1]);
 *       readonly scale = value(1);
 *       forward(x: readonly number[]): Value {
 *         return this.net.forward(x)[0].mul(this.scale);
 *       }
 *     }
 */
export abstract class Module {
  /**
   * Parameters with the path that leads to them, as in PyTorch (`layers.0.weight`), in the order of the properties. What is there
   * twice is listed once. Of Values only leaves are parameters.
   */
  namedParameters(): [name: string, parameter: Parameter][] {
    const found: [string, Parameter][] = [];
    const seen = new Set<unknown>();
    const open: [string, unknown][] = [['', this]];
    while (open.length > 0) {
      const [name, each] = open.pop()!;
      if (typeof each !== 'object' || each === null || seen.has(each)) continue;
      if (each instanceof Block || (each instanceof Value && each.op === 'leaf')) found.push([name, each]);
      else if (each instanceof Module || Array.isArray(each)) {
        const prefix = name === '' ? '' : `${name}.`;
        const inside = Object.entries(each).map(([key, part]): [string, unknown] => [prefix + key, part]);
        open.push(...inside.toReversed());
      }
      seen.add(each);
    }
    return found;
  }

  /** The same without names: inputs for `compile`. */
  parameters(): Parameter[] {
    return this.namedParameters().map(([, parameter]) => parameter);
  }

  /** Sets the gradients of all parameters to 0. */
  zeroGrad(): void {
    for (const parameter of this.parameters()) {
      if (parameter instanceof Block) parameter.zeroGrad();
      else parameter.grad = 0;
    }
  }

  /**
   * Moves all parameters by their gradients. `frozen` has one number per parameter, in the order of `parameters()`, 1 for those
   * that are to stay.
   */
  update(optimizer: Optimizer, rate: number, frozen?: ArrayLike<number>): void {
    const parameters = this.parameters();
    const numbers = Float64Array.from(parameters.flatMap((each) => numbersOf(each, 'data')));
    const gradient = parameters.flatMap((each) => numbersOf(each, 'grad'));
    optimizer.step(numbers, gradient, rate, frozen);
    let at = 0;
    for (const each of parameters) {
      if (each instanceof Block) each.data.set(numbers.subarray(at, (at += each.length)));
      else each.data = numbers[at++];
    }
  }
}

function numbersOf(parameter: Parameter, of: 'data' | 'grad'): number[] {
  return parameter instanceof Block ? Array.from(parameter[of]) : [parameter[of]];
}
