import { LEAF } from '@backflow/engine';
import type { Bound } from '../bound.ts';
import type { NameTerm, Term } from '../term.ts';
import type { Definition, Scope } from './binding.ts';
import { differentiate, replaced } from './differentiate.ts';
import { instanceIn } from './instances.ts';
import { isNumeric, NameBinder } from './name-binder.ts';
import { refuse } from './refusal.ts';
import { applied, each, scalar } from './tensor.ts';
import type { Tensor } from './tensor.ts';

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

/** Binds derivatives, and functions of the notes and of the graph before a parenthesis. */
export abstract class CallBinder extends NameBinder {
  protected derivative(term: Term & { readonly kind: 'derivative' }, scope: Scope): Tensor {
    const { output } = this.world;
    if (term.of === null && output < 0) refuse({ code: 'no-output' });
    const of =
      term.of === null ? scalar({ kind: 'value', node: output }) : this.functionOf(term.of, term.by, scope);
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
  protected functionOf(of: Term, by: Term, scope: Scope): Tensor {
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

  protected parameterValue(key: string, by: Term, scope: Scope): Tensor {
    return this.bind({ kind: 'name', key, spelling: key, from: by.from, to: by.to }, scope);
  }

  /** True for the x of d sin(x)/dx where x is a parameter of the function being inlined. */
  protected isFreeParameter(name: NameTerm, scope: Scope): boolean {
    return scope.parameters.has(name.key);
  }

  protected byParameter(term: Term & { readonly kind: 'derivative' }, scope: Scope): Tensor {
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

  protected call(term: Term & { readonly kind: 'call' }, scope: Scope): Tensor {
    const { callee, primes, of } = term;
    const { names, definitions, activation } = this.world;
    if (callee.key === 'new' && of.length === 1 && primes === 0 && of[0].kind === 'name') {
      return this.updated(of[0], scope);
    }
    if (callee.key === 'count' && of.length === 1) {
      return scalar({ kind: 'exact', value: this.countOf(of[0], scope) });
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

  /** Number of weights of a layer, `w^{(2)}`: from the sizes that the page declares, else those that there are. */
  private countOf(layer: Term, scope: Scope): number {
    const { sizes } = this.world;
    const above = layer.kind === 'name' ? /\^\{\((\d+)\)\}$/.exec(layer.key) : null;
    if (above !== null && sizes !== null) {
      const at = Number(above[1]);
      if (at >= 1 && at < sizes.length) return sizes[at - 1] * sizes[at];
    }
    const { shape, items } = this.bind(layer, scope);
    if (shape.length > 0) return items.length;
    const name = layer.kind === 'name' ? layer.spelling : '';
    return refuse({ code: 'unknown-name', name, suggestion: null });
  }

  /** f(x) or f′(x) for a function that the notes define. */
  protected functionAt(term: Term & { readonly kind: 'call' }, definition: Definition, scope: Scope): Tensor {
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
  protected nodeAt(term: Term & { readonly kind: 'call' }, node: number, scope: Scope): Tensor {
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
}
