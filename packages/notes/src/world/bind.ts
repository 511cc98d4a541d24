import { LEAF, OPERATION_NAMES, OPERATIONS } from '@backflow/engine';
import type { OperationName, Recording } from '@backflow/engine';
import type { Bound, Unbound } from '../bound.ts';
import type { NameTerm, Term } from '../term.ts';
import { withoutOld } from './definitions.ts';
import { differentiate, replaced } from './differentiate.ts';
import { instanceIn } from './instances.ts';
import { keyOf, partsOf } from './name-parts.ts';
import type { Instances, Letters } from './instances.ts';
import type { Family, ReadAs } from './names.ts';
import { Refusal, refuse } from './refusal.ts';
import {
  bareFunction,
  derivativeNames,
  errorSignal,
  isRateName,
  splits,
  updatedName,
} from './special-names.ts';
import { applied, each, LARGEST_TENSOR, scalar, shapeText, squeezed, summed, transposed } from './tensor.ts';
import type { Tensor } from './tensor.ts';
import { ACTIVATION_BASES, PRE_ACTIVATION_BASES } from './readings.ts';

/** A function or a name that the notes define by a formula. */
export interface Definition {
  readonly parameters: readonly string[];
  readonly body: Term;
  /** Only a number: other formulas may use it, but it is nothing to check it against. */
  readonly number: boolean;
}

/** What binding asks about a world. */
export interface Binding {
  readonly recording: Recording;
  readonly output: number;
  readonly names: {
    exactly(key: string): number | null;
    /** True for a node of which nothing is known but that it has edges. */
    isSketched(node: number): boolean;
    find(key: string): number | null;
    family(key: string): Family | null;
    suggestion(spelling: string): string | null;
    readAs(key: string): ReadAs | null;
    nameOf(node: number): string | null;
  };
  readonly definitions: ReadonlyMap<string, Definition>;
  readonly instances: Instances;
  /** What σ, f and φ stand for where nobody defines them; null where the graph has no activation. */
  readonly activation: OperationName | null;
  /** What σ was declared to be, where it was. */
  readonly declared: OperationName | null;
  /** The learning rate of the notes for an update of this leaf. */
  rateOf(leaf: number): Bound | null;
  /** The node that a σ without an argument is applied to; null for none. */
  readonly bare: number | null;
  /** Whether the formula of `of` itself uses `by`, and something named in it depends on `by` too. */
  usesBesides(of: number, by: number): boolean;
  /** A node that has the value of a formula wherever it was tried. */
  nodeLike(bound: Bound): number | null;
}

interface Scope {
  /** Parameters of a function, by key. */
  readonly parameters: ReadonlyMap<string, Tensor>;
  /** Index letters, by key. */
  readonly letters: Letters;
  /** Names whose definitions are being inlined: a definition by itself means nothing. */
  readonly inside: ReadonlySet<string>;
  readonly depth: number;
}

const NOTHING: ReadonlyMap<string, never> = new Map<string, never>();
const outermost: Scope = { parameters: NOTHING, letters: NOTHING, inside: new Set(), depth: 0 };

/** Formulas inlined inside formulas. */
const DEEPEST = 60;
/** Terms of one series. */
const LONGEST_SERIES = 2000;

/** Binds a formula to a scalar. */
export function bindScalar(term: Term, world: Binding, letters: Letters = NOTHING): Bound | Unbound {
  return attempt(() => {
    const tensor = squeezed(new Binder(world).bind(term, { ...outermost, letters }, true));
    return tensor.shape.length === 0
      ? tensor.items[0]
      : refuse({ code: 'shapes', left: shapeText(tensor), right: '1' });
  });
}

/** Binds a formula to a list of scalars, row by row; null where it is a scalar. */
export function bindTensor(term: Term, world: Binding): Tensor | Unbound {
  return attempt(() => squeezed(new Binder(world).bind(term, outermost, true)));
}

function attempt<T>(bind: () => T): T | Unbound {
  try {
    return bind();
  } catch (error) {
    if (error instanceof Refusal) return error.unbound;
    throw error;
  }
}

class Binder {
  private readonly world: Binding;
  private left = LARGEST_TENSOR;

  constructor(world: Binding) {
    this.world = world;
  }

  bind(term: Term, scope: Scope, top = false): Tensor {
    if (--this.left < 0) refuse({ code: 'unsupported', found: '…' });
    switch (term.kind) {
      case 'number':
        return scalar({ kind: 'literal', literal: term });
      case 'constant': {
        const node = this.world.names.exactly(term.name);
        return scalar(node === null ? { kind: 'exact', value: term.value } : { kind: 'value', node });
      }
      case 'name':
        return this.name(term, scope, top);
      case 'derivative':
        return this.derivative(term, scope);
      case 'apply':
        return this.apply(term, scope);
      case 'slope': {
        const operation = this.meant(term.operation);
        return each([this.bind(term.of, scope)], ([of]) => ({ kind: 'slope', operation, of }));
      }
      case 'call':
        return this.call(term, scope);
      case 'series':
        return this.series(term, scope);
      case 'list': {
        const items = term.items.map((item) => this.bind(item, scope));
        const [first] = items;
        if (items.every(({ shape }) => shape.length === 0)) {
          return { shape: [items.length], items: items.flatMap((item) => item.items) };
        }
        if (items.some(({ shape }) => shape.length !== 1 || shape[0] !== first.shape[0])) {
          refuse({ code: 'shapes', left: shapeText(first), right: shapeText(items.at(-1)!) });
        }
        return { shape: [items.length, first.shape[0]], items: items.flatMap((item) => item.items) };
      }
      case 'cases':
        return this.cases(term, scope);
      case 'transpose':
        return transposed(this.bind(term.of, scope));
      case 'elided':
        return refuse({ code: 'elided' });
    }
  }

  // Names

  private name(term: NameTerm, scope: Scope, top: boolean): Tensor {
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

  private named(key: string, scope: Scope, top: boolean): Tensor | null {
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
    const signal = this.signal(key);
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
    const guessed = node !== null && /^s/.test(names.readAs(key)?.code ?? '');
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

  /** The new value of a weight, or of all weights that a name stands for. */
  private updated(name: NameTerm, scope: Scope): Tensor {
    const weights = squeezed(this.name(name, scope, false));
    return each([weights], ([weight]) => {
      if (weight.kind !== 'value' || this.world.recording.operation[weight.node] !== LEAF) {
        return refuse({ code: 'unknown-name', name: name.spelling, suggestion: null });
      }
      return { kind: 'updated', leaf: weight.node, rate: this.world.rateOf(weight.node) };
    });
  }

  /** Δw: what an update adds. */
  private stepOf(weights: Tensor): Tensor | null {
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

  /** ∇C, or ∇C(1, 1): by the weights and biases, where there are any, else by all leaves in the order of the graph. */
  private gradientList({ key, spelling }: NameTerm, of: readonly Term[], scope: Scope): Tensor {
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
    const by = of.length === leaves.length || weights.length === 0 ? leaves : weights;
    const numbers = of.length === by.length && of.every(isNumeric);
    const at = numbers ? new Map(by.map((leaf, i) => [leaf, this.number(of[i], scope)])) : null;
    const items = by.map((leaf) =>
      this.partial({ kind: 'value', node: above }, { kind: 'value', node: leaf }, 1, at),
    );
    return { shape: [items.length], items };
  }

  /** `w_5^{(2-1)}`: a calculation above a name is an exponent. */
  private power(term: NameTerm, scope: Scope): Tensor | null {
    const parts = partsOf(term.key);
    const match = parts.above.length === 1 ? /^\((\d+)([-+])(\d+)\)$/.exec(parts.above[0]) : null;
    const base = match === null ? null : this.named(keyOf({ ...parts, above: [] }), scope, false);
    if (match === null || base === null) return null;
    const exponent = Number(match[1]) + Number(match[2] + match[3]);
    return applied('pow', [base, scalar({ kind: 'exact', value: exponent })]);
  }

  /** A function without an argument: σ of whatever. */
  private standing(key: string): Tensor | null {
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

  private valueNamed(key: string): Tensor | null {
    const node = this.world.names.find(key);
    if (node !== null) return scalar({ kind: 'value', node });
    const family = this.world.names.family(key);
    return family === null ? null : familyTensor(family);
  }

  /** δ of a neuron: the derivative of the output by what its activation is applied to. */
  private signal(key: string): Tensor | null {
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
  private lastPreActivations(): readonly number[] {
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
  private beforeActivation(node: number): number | null {
    const { operation, inputs, inputStart } = this.world.recording;
    const name = OPERATION_NAMES[operation[node]];
    if (name === 'leaf' || !ACTIVATIONS.has(name)) return null;
    const input = inputs[inputStart[node]];
    return input >= 0 ? input : null;
  }

  // Derivatives

  private derivative(term: Term & { readonly kind: 'derivative' }, scope: Scope): Tensor {
    const { output } = this.world;
    if (term.of === null && output < 0) refuse({ code: 'no-output' });
    const of =
      term.of === null
        ? scalar({ kind: 'value', node: output } as Bound)
        : this.functionOf(term.of, term.by, scope);
    let at: Map<number, Bound> | null = null;
    for (const { name, value } of term.at) {
      const node = this.world.names.find(name.key);
      if (node === null)
        refuse({
          code: 'unknown-name',
          name: name.spelling,
          suggestion: this.world.names.suggestion(name.spelling),
        });
      at ??= new Map<number, Bound>();
      at.set(node, this.number(value, scope));
    }
    if (term.by.kind === 'name' && this.isFreeParameter(term.by, scope)) return this.byParameter(term, scope);
    return this.derivativeOf(of, this.bind(term.by, scope, true), term.order, at);
  }

  /** The numerator; f in df/dx may be a function that the notes define. */
  private functionOf(of: Term, by: Term, scope: Scope): Tensor {
    if (of.kind === 'name' && this.world.names.exactly(of.key) === null) {
      const definition = this.world.definitions.get(of.key);
      if (definition !== undefined && definition.parameters.length > 0) {
        const values = definition.parameters.map((key) => this.parameterValue(key, by, scope));
        const inlined = this.inlined(of.key, definition, values, scope);
        if (inlined !== null) return inlined;
      }
    }
    return this.bind(of, scope, true);
  }

  private parameterValue(key: string, by: Term, scope: Scope): Tensor {
    return this.bind({ kind: 'name', key, spelling: key, from: by.from, to: by.to }, scope);
  }

  /** True for the x of d sin(x)/dx where x is a parameter of the function being inlined. */
  private isFreeParameter(name: NameTerm, scope: Scope): boolean {
    return scope.parameters.has(name.key);
  }

  private byParameter(term: Term & { readonly kind: 'derivative' }, scope: Scope): Tensor {
    const key = (term.by as NameTerm).key;
    const hole: Bound = { kind: 'exact', value: NaN };
    const parameters = new Map(scope.parameters).set(key, scalar(hole));
    const value = scope.parameters.get(key)!;
    if (term.of === null || value.shape.length > 0) refuse({ code: 'unsupported', found: key });
    const body = this.bind(term.of, { ...scope, parameters });
    return each([body], ([bound]) => {
      let result: Bound | null = bound;
      for (let order = 0; order < term.order && result !== null; order++)
        result = differentiate(result, { part: hole });
      return result === null
        ? refuse({ code: 'unsupported', found: 'd/d' + key })
        : replaced(result, hole, value.items[0]);
    });
  }

  private derivativeOf(of: Tensor, by: Tensor, order: number, at: ReadonlyMap<number, Bound> | null): Tensor {
    const [above, below] = [squeezed(of), squeezed(by)];
    if (above.shape.length > 0 && below.shape.length > 0 && above.items.length !== below.items.length) {
      refuse({ code: 'shapes', left: shapeText(above), right: shapeText(below) });
    }
    return each([above, below], ([a, b]) => this.partial(a, b, order, at));
  }

  private partial(of: Bound, by: Bound, order: number, at: ReadonlyMap<number, Bound> | null): Bound {
    const { recording } = this.world;
    const node = by.kind === 'value' ? by.node : this.world.nodeLike(by);
    if (node === null) return refuse({ code: 'unsupported', found: '∂/∂(…)' });
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

  // Functions

  private apply(term: Term & { readonly kind: 'apply' }, scope: Scope): Tensor {
    const operands = term.of.map((part, slot) =>
      // In e^x the e is Euler's number whatever else is called e.
      term.operation === 'pow' && slot === 0 && part.kind === 'constant'
        ? scalar({ kind: 'exact', value: part.value })
        : this.bind(part, scope),
    );
    const operation = this.meant(term.operation);
    const { arity } = OPERATIONS[operation];
    if (arity === 2 && operands.length > 2) {
      return operands.reduce((left, right) => applied(operation, [left, right]));
    }
    const few = arity === 2 && operands.length === 1 && OPERATIONS[operation].defaults === undefined;
    if (few || (typeof arity === 'number' && operands.length > arity)) {
      refuse({ code: 'unsupported', found: operation });
    }
    if (operation === 'pow' && operands[0].shape.length === 2) refuse({ code: 'unsupported', found: 'pow' });
    return applied(operation, operands);
  }

  private meant(operation: OperationName): OperationName {
    return operation === 'sigmoid' ? (this.world.declared ?? operation) : operation;
  }

  private call(term: Term & { readonly kind: 'call' }, scope: Scope): Tensor {
    const { callee, primes, of } = term;
    const { names, definitions, activation } = this.world;
    if (callee.key === 'new' && of.length === 1 && primes === 0 && of[0].kind === 'name') {
      return this.updated(of[0], scope);
    }
    if (callee.key === 'count' && of.length === 1) {
      const { items } = this.bind(of[0], scope);
      return scalar({ kind: 'exact', value: items.length });
    }
    if (/^[∇∂]./u.test(callee.key) && primes === 0) return this.gradientList(callee, of, scope);
    const definition = definitions.get(callee.key);
    if (definition !== undefined && definition.parameters.length === of.length && of.length > 0) {
      return this.functionAt(term, definition, scope);
    }
    const node = names.find(callee.key);
    if (node !== null) return this.nodeAt(term, node, scope);
    if (activation !== null && of.length === 1 && PLACEHOLDERS.has(callee.key)) {
      const argument = this.bind(of[0], scope);
      if (primes === 0) return applied(activation, [argument]);
      if (primes === 1) return each([argument], ([x]) => ({ kind: 'slope', operation: activation, of: x }));
    }
    if (primes === 0 && of.length === 1) {
      const factor = this.named(instanceIn(callee.key, scope.letters), scope, false);
      if (factor !== null) return applied('mul', [factor, this.bind(of[0], scope)]);
    }
    const suggestion = names.suggestion(callee.spelling);
    return refuse({ code: 'unknown-name', name: callee.spelling, suggestion });
  }

  /** f(x) or f′(x) for a function that the notes define. */
  private functionAt(term: Term & { readonly kind: 'call' }, definition: Definition, scope: Scope): Tensor {
    const { callee, primes, of } = term;
    const values = of.map((part) => this.bind(part, scope));
    if (primes === 0) {
      return (
        this.inlined(callee.key, definition, values, scope) ??
        refuse({ code: 'unsupported', found: callee.spelling })
      );
    }
    const [value] = values;
    const hole: Bound = { kind: 'exact', value: NaN };
    const body = of.length === 1 ? this.inlined(callee.key, definition, [scalar(hole)], scope) : null;
    if (body === null || value.shape.length > 0)
      return refuse({ code: 'unsupported', found: callee.spelling });
    return each([body], ([bound]) => {
      let result: Bound | null = bound;
      for (let order = 0; order < primes && result !== null; order++)
        result = differentiate(result, { part: hole });
      return result === null
        ? refuse({ code: 'unsupported', found: callee.spelling })
        : replaced(result, hole, value.items[0]);
    });
  }

  /** A node in front of a parenthesis: C(w₁, w₂), f(2), f′(2), or a product like a(1 − a). */
  private nodeAt(term: Term & { readonly kind: 'call' }, node: number, scope: Scope): Tensor {
    const { callee, primes, of } = term;
    const { names, recording } = this.world;
    const value: Bound = { kind: 'value', node };
    const computed = recording.operation[node] !== LEAF;
    const [only] = of;
    if (primes > 0) {
      if (of.length !== 1 || !computed) refuse({ code: 'unsupported', found: callee.spelling });
      const by = only.kind === 'name' ? this.bind(only, scope) : null;
      if (by !== null && by.items[0].kind === 'value')
        return this.derivativeOf(scalar(value), by, primes, null);
      const leaf = this.onlyLeaf(node) ?? refuse({ code: 'unsupported', found: callee.spelling });
      const at = new Map([[leaf, this.number(only, scope)]]);
      return this.derivativeOf(scalar(value), scalar({ kind: 'value', node: leaf }), primes, at);
    }
    if (computed && of.every((part) => part.kind === 'name' || part.kind === 'elided')) {
      const nodes = of.map((part) => (part.kind === 'name' ? names.find(part.key) : null));
      if (nodes.every((argument) => argument === null || argument < node)) return scalar(value);
    }
    if (computed && /^[A-Za-z]$/.test(callee.key) && of.length === 1 && isNumeric(only)) {
      const leaf = this.onlyLeaf(node);
      if (leaf !== null && /^[fghpqCLEJFGuy]$/.test(callee.key)) {
        return scalar({ ...value, at: new Map([[leaf, this.number(only, scope)]]) });
      }
    }
    if (computed && of.length > 1 && of.every(isNumeric)) {
      const leaves = this.leavesOf(node);
      if (leaves.length === of.length) {
        return scalar({ ...value, at: new Map(leaves.map((leaf, i) => [leaf, this.number(of[i], scope)])) });
      }
    }
    if (of.length !== 1) return refuse({ code: 'unsupported', found: callee.spelling });
    return applied('mul', [scalar(value), this.bind(only, scope)]);
  }

  private inlined(
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

  private leavesOf(node: number): number[] {
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

  private onlyLeaf(node: number): number | null {
    const leaves = this.leavesOf(node);
    if (leaves.length === 1) return leaves[0];
    return leaves.find((leaf) => this.world.names.nameOf(leaf) === 'x') ?? null;
  }

  private number(term: Term, scope: Scope): Bound {
    const bound = squeezed(this.bind(term, scope));
    return bound.shape.length === 0
      ? bound.items[0]
      : refuse({ code: 'shapes', left: shapeText(bound), right: '1' });
  }

  private cases(term: Term & { readonly kind: 'cases' }, scope: Scope): Tensor {
    let result: Tensor = scalar({ kind: 'exact', value: NaN });
    for (const { value, condition } of term.branches.toReversed()) {
      const branch = this.bind(value, scope);
      result = condition === null ? branch : applied3(this.bind(condition, scope), branch, result);
    }
    return result;
  }

  // Series

  private series(term: Term & { readonly kind: 'series' }, scope: Scope): Tensor {
    const { body, operation } = term;
    const letter = term.index ?? this.world.instances.onlyLetter(body, scope.letters);
    if (letter === null) {
      // Σ (a − y)² over vectors: their elements.
      const whole = this.bind(body, scope);
      if (whole.shape.length === 0) refuse({ code: 'unsupported', found: 'Σ' });
      return scalar(combined(operation, whole.items));
    }
    const bounds = [term.first, term.last].map((bound) =>
      bound === null ? null : this.integer(bound, scope),
    );
    const elements = this.world.instances.elements(term, letter, scope.letters, bounds[0], bounds[1]);
    if (elements === null || elements.length > LONGEST_SERIES)
      return refuse({ code: 'unsupported', found: `Σ ${letter}` });
    const terms = elements.map((element) =>
      this.bind(body, { ...scope, letters: new Map(scope.letters).set(letter, element) }),
    );
    return each(terms, (of) => combined(operation, of));
  }

  private integer(term: Term, scope: Scope): number | null {
    if (term.kind === 'number') return term.value;
    if (term.kind !== 'name') return null;
    const value = scope.letters.get(term.key);
    return value ?? null;
  }
}

/** Names for an activation that nobody has defined. */
export const PLACEHOLDERS: ReadonlySet<string> = new Set([
  'σ',
  'f',
  'g',
  'φ',
  'ϕ',
  'ψ',
  'act',
  'h',
  's',
  'sig',
  'activation',
]);

const ACTIVATIONS: ReadonlySet<OperationName> = new Set<OperationName>([
  'sigmoid',
  'tanh',
  'relu',
  'leakyRelu',
  'softplus',
]);

function familyTensor({ shape, nodes }: Family): Tensor {
  return squeezed({ shape, items: nodes.map((node): Bound => ({ kind: 'value', node })) });
}

function combined(operation: 'sum' | 'prod', of: readonly Bound[]): Bound {
  if (operation === 'sum') return summed(of);
  if (of.length === 0) return { kind: 'exact', value: 1 };
  return of.length === 1 ? of[0] : { kind: 'apply', operation: 'prod', of };
}

function applied3(condition: Tensor, branch: Tensor, otherwise: Tensor): Tensor {
  return each([condition, branch, otherwise], (of) => ({ kind: 'apply', operation: 'where', of }));
}

function isNumeric(term: Term): boolean {
  if (term.kind === 'number' || term.kind === 'constant') return true;
  return term.kind === 'apply' && term.of.every(isNumeric);
}
