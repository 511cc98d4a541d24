import { LEAF } from '@backflow/engine';
import type { OperationName } from '@backflow/engine';
import type { Bound } from '../bound.ts';
import type { Term } from '../term.ts';
import type { Binding, Definition, Scope } from './binding.ts';
import { differentiate } from './differentiate.ts';
import { refuse } from './refusal.ts';
import { each, LARGEST_TENSOR, shapeText, squeezed } from './tensor.ts';
import type { Tensor } from './tensor.ts';

/** Formulas inlined inside formulas. */
const DEEPEST = 60;

/** What all parts of the binder share. A part of a formula that means nothing ends it by a `Refusal`. */
export abstract class Binder {
  protected readonly world: Binding;
  /** How much may still be bound: sums and functions inside one another grow fast. */
  protected left = LARGEST_TENSOR;

  constructor(world: Binding) {
    this.world = world;
  }

  /** `top`: the whole side of a claim, for which a name with nothing but a number is no explanation. */
  abstract bind(term: Term, scope: Scope, top?: boolean): Tensor;

  protected number(term: Term, scope: Scope): Bound {
    const bound = squeezed(this.bind(term, scope));
    return bound.shape.length === 0
      ? bound.items[0]
      : refuse({ code: 'shapes', left: shapeText(bound), right: '1' });
  }

  protected meant(operation: OperationName): OperationName {
    return operation === 'sigmoid' ? (this.world.declared ?? operation) : operation;
  }

  protected inlined(
    key: string,
    { parameters, body }: Definition,
    values: readonly Tensor[],
    scope: Scope,
  ): Tensor | null {
    if (scope.inside.has(key) || scope.depth >= DEEPEST) return null;
    return this.bind(body, {
      parameters: new Map(parameters.map((parameter, i) => [parameter, values[i]])),
      letters: scope.letters,
      inside: new Set(scope.inside).add(key),
      depth: scope.depth + 1,
    });
  }

  protected leavesOf(node: number): number[] {
    const { recording } = this.world;
    const needed = new Uint8Array(node + 1);
    needed[node] = 1;
    const leaves: number[] = [];
    for (let at = node; at >= 0; at--) {
      if (needed[at] === 0) continue;
      if (recording.operation[at] === LEAF) leaves.push(at);
      for (let edge = recording.inputStart[at]; edge < recording.inputStart[at + 1]; edge++) {
        if (recording.inputs[edge] >= 0) needed[recording.inputs[edge]] = 1;
      }
    }
    return leaves.toReversed();
  }

  protected onlyLeaf(node: number): number | null {
    const leaves = this.leavesOf(node);
    if (leaves.length === 1) return leaves[0];
    return leaves.find((leaf) => this.world.names.nameOf(leaf) === 'x') ?? null;
  }

  protected derivativeOf(
    of: Tensor,
    by: Tensor,
    order: number,
    at: ReadonlyMap<number, Bound> | null,
  ): Tensor {
    const [above, below] = [squeezed(of), squeezed(by)];
    if (above.shape.length > 0 && below.shape.length > 0 && above.items.length !== below.items.length) {
      refuse({ code: 'shapes', left: shapeText(above), right: shapeText(below) });
    }
    return each([above, below], ([a, b]) => this.partial(a, b, order, at));
  }

  protected partial(of: Bound, by: Bound, order: number, at: ReadonlyMap<number, Bound> | null): Bound {
    const { recording } = this.world;
    const node = by.kind === 'value' ? by.node : this.world.nodeLike(by);
    if (node === null) return refuse({ code: 'unsupported', found: '∂/∂(…)' });
    const { names } = this.world;
    if (of.kind === 'value' && of.node !== node && names.isLoose(node)) {
      const [above, below] = [of.node, node].map(
        (one) => recording.names.get(one) ?? names.nameOf(one) ?? '',
      );
      return refuse({ code: 'not-on-a-path', of: above, by: below });
    }
    if (of.kind === 'value' && order <= 2) {
      const slots: number[] = [];
      const start = recording.inputStart[of.node];
      for (let slot = 0; slot < recording.inputStart[of.node + 1] - start; slot++) {
        if (recording.inputs[start + slot] === node) slots.push(slot);
      }
      const partial = this.world.usesBesides(of.node, node);
      return {
        kind: 'derivative',
        of: of.node,
        by: node,
        slots,
        order,
        at: at ?? of.at ?? null,
        ...(partial ? { partial } : {}),
      };
    }
    if (at !== null) refuse({ code: 'unsupported', found: 'at' });
    let result: Bound | null = of;
    for (let step = 0; step < order && result !== null; step++) result = differentiate(result, { node });
    return result ?? refuse({ code: 'unsupported', found: '∂/∂' });
  }
}
