import { OPERATIONS } from '@backflow/engine';
import type { Bound, Unbound } from '../bound.ts';
import type { Term } from '../term.ts';
import type { Binding, Scope } from './binding.ts';
import { CallBinder } from './call-binder.ts';
import type { Letters } from './instances.ts';
import { Refusal, refuse } from './refusal.ts';
import { applied, each, scalar, shapeText, squeezed, summed, transposed } from './tensor.ts';
import type { Tensor } from './tensor.ts';

const NOTHING: ReadonlyMap<string, never> = new Map<string, never>();
const outermost: Scope = { parameters: NOTHING, letters: NOTHING, inside: new Set(), depth: 0 };

/** Terms of one series. */
const LONGEST_SERIES = 2000;

/** Binds a formula to a scalar. */
export function bindScalar(term: Term, world: Binding, letters: Letters = NOTHING): Bound | Unbound {
  const bind = (dots: boolean) =>
    attempt(() => {
      const tensor = squeezed(new TermBinder(world, dots).bind(term, { ...outermost, letters }, true));
      return tensor.shape.length === 0
        ? tensor.items[0]
        : refuse({ code: 'shapes', left: shapeText(tensor), right: '1' });
    });
  const bound = bind(false);
  return 'code' in bound && bound.code === 'shapes' && term.kind === 'apply' ? bind(true) : bound;
}

/** Binds a formula to a list of scalars, row by row; null where it is a scalar. */
export function bindTensor(term: Term, world: Binding): Tensor | Unbound {
  return attempt(() => squeezed(new TermBinder(world).bind(term, outermost, true)));
}

function attempt<T>(bind: () => T): T | Unbound {
  try {
    return bind();
  } catch (error) {
    if (error instanceof Refusal) return error.unbound;
    throw error;
  }
}

/** Binds formulas of every kind. Calls itself as deep as a formula is nested, which its reader limits. */
class TermBinder extends CallBinder {
  private readonly dots: boolean;

  /** `dots`: a dot between two vectors is the product that gives a number. */
  constructor(world: Binding, dots = false) {
    super(world);
    this.dots = dots;
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
    return applied(this.dots && this.isDot(term, operands) ? 'dot' : operation, operands);
  }

  private isDot(term: Term & { readonly kind: 'apply' }, operands: readonly Tensor[]): boolean {
    const { operation, of } = term;
    if (operation !== 'mul' || operands.some(({ shape }) => shape.length !== 1)) return false;
    // A row and a column written side by side.
    if (term.juxtaposed === true && of.every(({ kind }) => kind === 'list')) return true;
    return /[·⋅∙•@]|\\cdot/.test(this.world.text.slice(of[0].to, of[1].from));
  }

  private cases(term: Term & { readonly kind: 'cases' }, scope: Scope): Tensor {
    let result: Tensor = scalar({ kind: 'exact', value: NaN });
    for (const { value, condition } of term.branches.toReversed()) {
      const branch = this.bind(value, scope);
      result = condition === null ? branch : applied3(this.bind(condition, scope), branch, result);
    }
    return result;
  }

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

function combined(operation: 'sum' | 'prod', of: readonly Bound[]): Bound {
  if (operation === 'sum') return summed(of);
  if (of.length === 0) return { kind: 'exact', value: 1 };
  return of.length === 1 ? of[0] : { kind: 'apply', operation: 'prod', of };
}

function applied3(condition: Tensor, branch: Tensor, otherwise: Tensor): Tensor {
  return each([condition, branch, otherwise], (of) => ({ kind: 'apply', operation: 'where', of }));
}
