import { LEAF, operationName } from '@backflow/engine';
import type { Bound } from '../bound.ts';
import type { NameTerm, Term } from '../term.ts';
import { Binder } from './binder.ts';
import type { Scope } from './binding.ts';
import { FUNCTION, withoutOld } from './definitions.ts';
import { instanceIn } from './instances.ts';
import { ACTIVATIONS } from './mentions.ts';
import { keyOf, partsOf } from './name-parts.ts';
import type { Family } from './families.ts';
import type { ReadAs } from './names.ts';
import { ACTIVATION_BASES, PRE_ACTIVATION_BASES } from './readings.ts';
import { refuse } from './refusal.ts';
import {
  bareFunction,
  derivativeNames,
  errorSignal,
  isRateName,
  splits,
  updatedName,
} from './special-names.ts';
import { applied, each, scalar, squeezed } from './tensor.ts';
import type { Tensor } from './tensor.ts';

/** Binds names: to nodes, to what the notes define, to derivatives, error signals and updates. */
export abstract class NameBinder extends Binder {
  protected name(term: NameTerm, scope: Scope, top: boolean): Tensor {
    const parameter = scope.parameters.get(term.key);
    if (parameter !== undefined) return parameter;
    const letter = scope.letters.get(term.key);
    if (letter !== undefined) return scalar({ kind: 'exact', value: letter });
    const found = this.named(instanceIn(term.key, scope.letters), scope, top);
    if (found !== null) return found;
    const generic = this.world.instances.representative(term.key);
    const representative = generic === null ? null : this.named(generic, scope, top);
    if (representative !== null) return representative;
    for (const [left, right] of splits(term.key)) {
      const factors = [left, right].map((key) => this.named(key, scope, false));
      if (factors[0] !== null && factors[1] !== null) {
        return applied('mul', [factors[0], factors[1]]);
      }
    }
    const power = this.power(term, scope);
    if (power !== null) return power;
    const { names, instances } = this.world;
    const size = instances.sizeOf(term.key);
    if (size !== null) return scalar({ kind: 'exact', value: size });
    return refuse({ code: 'unknown-name', name: term.spelling, suggestion: names.suggestion(term.spelling) });
  }

  protected named(key: string, scope: Scope, top: boolean): Tensor | null {
    const { names, definitions, output } = this.world;
    const exact = names.exactly(key);
    const standing = exact === null || names.isSketched(exact) ? this.standing(key) : null;
    if (standing !== null) return standing;
    if (exact !== null) return scalar({ kind: 'value', node: exact });
    for (const { of, by } of derivativeNames(key)) {
      const above = of === null ? output : names.find(of);
      if (above === null || above < 0) continue;
      const below = this.valueNamed(by);
      if (below !== null) return this.derivativeOf(scalar({ kind: 'value', node: above }), below, 1, null);
    }
    const signal = this.signal(key) ?? this.primed(key);
    if (signal !== null) return signal;
    if (key.startsWith('∇') && key.length > 1 && names.find(key.slice(1)) !== null) {
      return this.gradientList({ kind: 'name', key, spelling: key, from: 0, to: 0 }, [], scope);
    }
    const definition = definitions.get(key);
    const inlined = (number: boolean) =>
      definition === undefined || definition.parameters.length > 0 || definition.number !== number
        ? null
        : this.inlined(key, definition, [], scope);
    const node = names.find(withoutOld(key));
    // A name that the notes define by a formula is not taken for another in the same role.
    const guessed = node !== null && isGuess(names.readAs(key));
    if (node !== null && !guessed) return scalar({ kind: 'value', node });
    const defined = inlined(false);
    if (defined !== null) return defined;
    if (node !== null) return scalar({ kind: 'value', node });
    const leafName = updatedName(key);
    const leaf = leafName === null ? null : names.find(leafName);
    if (leaf !== null && this.world.recording.operation[leaf] === LEAF) {
      return scalar({ kind: 'updated', leaf, rate: this.world.rateOf(leaf) });
    }
    const family = names.family(key);
    if (family !== null) return familyTensor(family);
    const leaves = leafName === null ? null : names.family(leafName);
    if (leaves !== null) {
      return each([familyTensor(leaves)], ([of]) =>
        of.kind === 'value' ? { kind: 'updated', leaf: of.node, rate: this.world.rateOf(of.node) } : of,
      );
    }
    const step = /^Δ_?(.+)$/u.exec(key);
    const stepped = step === null ? null : this.valueNamed(step[1]);
    if (stepped !== null) return this.stepOf(stepped);
    const partial = this.subscripted(key);
    if (partial !== null) return partial;
    const stated = top ? null : inlined(true);
    if (stated !== null) return stated;
    if (isRateName(key)) {
      for (const [other, { body, parameters }] of definitions) {
        if (isRateName(other) && parameters.length === 0)
          return this.bind(body, { ...scope, depth: scope.depth + 1 });
      }
      const rate = this.world.rateOf(-1);
      if (rate !== null) return scalar(rate);
    }
    return null;
  }

  /** y′ for dy/dx: by the one variable, or by x. */
  protected primed(key: string): Tensor | null {
    const { names, recording, definitions } = this.world;
    const parts = partsOf(key);
    if (parts.primes === '' || !FUNCTION.test(parts.base) || definitions.has(key)) return null;
    const of = names.find(keyOf({ ...parts, primes: '' }));
    const by = of === null || recording.operation[of] === LEAF ? null : this.onlyLeaf(of);
    if (of === null || by === null) return null;
    const [above, below] = [of, by].map((node) => scalar({ kind: 'value', node }));
    return this.derivativeOf(above, below, parts.primes.length, null);
  }

  /** f_x for ∂f/∂x, f_xx for the second; only where f is computed and x is a leaf. */
  protected subscripted(key: string): Tensor | null {
    const { names, recording } = this.world;
    const { base, digits, primes, below, above } = partsOf(key);
    const [mark] = below;
    if (below.length !== 1 || digits + primes !== '' || above.length > 0 || !/^([a-hm-z])\1?$/u.test(mark))
      return null;
    const [of, by] = [names.find(base), names.exactly(mark[0])];
    if (of === null || by === null || recording.operation[of] === LEAF || recording.operation[by] !== LEAF)
      return null;
    return this.derivativeOf(
      scalar({ kind: 'value', node: of }),
      scalar({ kind: 'value', node: by }),
      mark.length,
      null,
    );
  }

  protected valueNamed(key: string): Tensor | null {
    const node = this.world.names.find(key);
    if (node !== null) return scalar({ kind: 'value', node });
    const family = this.world.names.family(key);
    return family === null ? null : familyTensor(family);
  }

  /** `w_5^{(2-1)}`: a calculation above a name is an exponent. */
  protected power(term: NameTerm, scope: Scope): Tensor | null {
    const parts = partsOf(term.key);
    const match = parts.above.length === 1 ? /^\((\d+)([-+])(\d+)\)$/.exec(parts.above[0]) : null;
    const base = match === null ? null : this.named(keyOf({ ...parts, above: [] }), scope, false);
    if (match === null || base === null) return null;
    const exponent = Number(match[1]) + Number(match[2] + match[3]);
    return applied('pow', [base, scalar({ kind: 'exact', value: exponent })]);
  }

  /** A function without an argument: σ of whatever. */
  protected standing(key: string): Tensor | null {
    const { bare, definitions } = this.world;
    const found = bare === null || definitions.has(key) ? null : bareFunction(key);
    if (found === null) return null;
    const argument: Bound = { kind: 'value', node: bare! };
    const operation = this.meant(found.operation);
    return scalar(
      found.primes === 0
        ? { kind: 'apply', operation, of: [argument] }
        : { kind: 'slope', operation, of: argument },
    );
  }

  /** The new value of a weight, or of all weights that a name stands for. */
  protected updated(name: NameTerm, scope: Scope): Tensor {
    const weights = squeezed(this.name(name, scope, false));
    return each([weights], ([weight]) => {
      if (weight.kind !== 'value' || this.world.recording.operation[weight.node] !== LEAF) {
        return refuse({ code: 'unknown-name', name: name.spelling, suggestion: null });
      }
      return { kind: 'updated', leaf: weight.node, rate: this.world.rateOf(weight.node) };
    });
  }

  /** Δw: what an update adds. */
  protected stepOf(weights: Tensor): Tensor | null {
    const { recording } = this.world;
    const leaves = weights.items.every(
      (item) => item.kind === 'value' && recording.operation[item.node] === LEAF,
    );
    if (!leaves) return null;
    return each([weights], ([weight]) => {
      const leaf = (weight as Bound & { readonly kind: 'value' }).node;
      return {
        kind: 'apply',
        operation: 'sub',
        of: [{ kind: 'updated', leaf, rate: this.world.rateOf(leaf) }, weight],
      };
    });
  }

  /** ∇C, or ∇C(1, 1): by the weights and biases, where there are any, else by a vector x, else by all leaves in the order of the graph. */
  protected gradientList({ key, spelling }: NameTerm, of: readonly Term[], scope: Scope): Tensor {
    const { names, recording, output } = this.world;
    const above = names.find(key.slice(1));
    if (above === null) {
      return refuse({
        code: 'unknown-name',
        name: spelling,
        suggestion: names.suggestion(spelling.slice(1)),
      });
    }
    if (output < 0) refuse({ code: 'no-output' });
    const leaves = this.leavesOf(above);
    const weights = leaves.filter((leaf) => /^[wWbθ](?:[\d_^[]|$)/u.test(recording.names.get(leaf) ?? ''));
    const vector = leaves.filter((leaf) => /^x[\d_[]/u.test(names.nameOf(leaf) ?? ''));
    const free = weights.length > 0 ? weights : vector.length > 1 ? vector : leaves;
    const by = of.length === leaves.length ? leaves : free;
    const numbers = of.length === by.length && of.every(isNumeric);
    const at = numbers ? new Map(by.map((leaf, i) => [leaf, this.number(of[i], scope)])) : null;
    const items = by.map((leaf) =>
      this.partial({ kind: 'value', node: above }, { kind: 'value', node: leaf }, 1, at),
    );
    return { shape: [items.length], items };
  }

  /** δ of a neuron: the derivative of the output by what its activation is applied to. */
  protected signal(key: string): Tensor | null {
    const { names, output, recording } = this.world;
    const signal = errorSignal(key);
    if (signal === null || output < 0) return null;
    const by = (tensor: Tensor) =>
      this.derivativeOf(scalar({ kind: 'value', node: output }), squeezed(tensor), 1, null);
    if (!signal.bare) {
      for (const base of PRE_ACTIVATION_BASES) {
        const node = names.find(signal.withBase(base));
        if (node !== null && recording.operation[node] !== LEAF) return by(scalar({ kind: 'value', node }));
      }
      for (const bare of [signal.withBase('').replace(/^_/, ''), ...ACTIVATION_BASES.map(signal.withBase)]) {
        const node = bare === '' ? null : names.find(bare);
        const before = node === null ? null : this.beforeActivation(node);
        if (before !== null) return by(scalar({ kind: 'value', node: before }));
      }
      for (const base of PRE_ACTIVATION_BASES) {
        const family = names.family(signal.withBase(base));
        if (family !== null) return by(familyTensor(family));
      }
      return null;
    }
    const last = this.lastPreActivations();
    const items = last.map((node): Bound => ({ kind: 'value', node }));
    return items.length === 0 ? null : by({ shape: [items.length], items });
  }

  /** δ alone speaks of the last layer: of the activations behind which there is no other. */
  protected lastPreActivations(): readonly number[] {
    const { output, recording } = this.world;
    const reached = new Uint8Array(output + 1);
    const behind = new Uint8Array(output + 1);
    const last: number[] = [];
    reached[output] = 1;
    for (let node = output; node >= 0; node--) {
      if (reached[node] === 0) continue;
      const before = this.beforeActivation(node);
      if (before !== null && behind[node] === 0) last.push(before);
      for (let edge = recording.inputStart[node]; edge < recording.inputStart[node + 1]; edge++) {
        const input = recording.inputs[edge];
        if (input < 0) continue;
        reached[input] = 1;
        if (before !== null || behind[node] === 1) behind[input] = 1;
      }
    }
    return last.toReversed();
  }

  /** What an activation is applied to; null where a node is no activation. */
  protected beforeActivation(node: number): number | null {
    const { operation, inputs, inputStart } = this.world.recording;
    const name = operationName(operation[node]);
    if (name === 'leaf' || !ACTIVATIONS.has(name)) return null;
    const input = inputs[inputStart[node]];
    return input >= 0 ? input : null;
  }
}

/** True where a name was found by the role of its letter or by its layer. */
function isGuess(read: ReadAs | null): boolean {
  return read !== null && (read.code === 'same-role' || read.code === 'symbolic-layer');
}

function familyTensor({ shape, nodes }: Family): Tensor {
  return squeezed({ shape, items: nodes.map((node): Bound => ({ kind: 'value', node })) });
}

/** True for a formula of numbers. */
export function isNumeric(term: Term): boolean {
  if (term.kind === 'number' || term.kind === 'constant') return true;
  return term.kind === 'apply' && term.of.every(isNumeric);
}
