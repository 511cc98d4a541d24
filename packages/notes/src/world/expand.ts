import type { OperationName } from '@backflow/engine';
import type { NameTerm, Term } from '../term.ts';
import type { NotesFunction } from './assembly.ts';
import type { indexFacts } from './indices.ts';
import { instanceOf, keyOf, layerOf, partsOf, shiftLayer } from './name-parts.ts';

/** A layer's letter moved: l → l + 1, or l → 3. */
export interface LayerShift {
  readonly letter: string;
  readonly by: number;
  readonly onto: string | number;
}

export interface Expansion {
  readonly indices: ReturnType<typeof indexFacts>;
  readonly functions: ReadonlyMap<string, NotesFunction>;
  /** What stands for an activation that nobody has defined: the f of f(w x); null for other names. */
  readonly standIn: (key: string) => OperationName | null;
  /** How many terms may still be made; shared by all formulas of a page. */
  readonly budget: { left: number };
}

/**
 * A formula without sums over an index, index letters and functions of the notes: every Σ is written out, w_{jk} has become
 * an element, f(x) its formula. Null where that cannot be done.
 */
export function expand(
  term: Term,
  elements: ReadonlyMap<string, number>,
  shift: LayerShift | null,
  context: Expansion,
  parameters: ReadonlyMap<string, Term> | null = null,
  depth = 0,
): Term | null {
  if (--context.budget.left < 0 || depth > 400) return null;
  const inside = (part: Term) => expand(part, elements, shift, context, parameters, depth + 1);
  const all = (parts: readonly Term[]): Term[] | null => {
    const expanded: Term[] = [];
    for (const part of parts) {
      const one = inside(part);
      if (one === null) return null;
      expanded.push(one);
    }
    return expanded;
  };
  switch (term.kind) {
    case 'name':
      return parameters?.get(term.key) ?? moved(term, elements, shift);
    case 'number':
    case 'constant':
    case 'elided':
      return term;
    case 'apply':
    case 'list': {
      const parts = all(term.kind === 'apply' ? term.of : term.items);
      if (parts === null) return null;
      return term.kind === 'apply' ? { ...term, of: parts } : { ...term, items: parts };
    }
    case 'slope':
    case 'transpose': {
      const of = inside(term.of);
      return of === null ? null : { ...term, of };
    }
    case 'cases': {
      const branches: { value: Term; condition: Term | null }[] = [];
      for (const { value, condition } of term.branches) {
        const [branch, test] = [inside(value), condition === null ? null : inside(condition)];
        if (branch === null || (condition !== null && test === null)) return null;
        branches.push({ value: branch, condition: test });
      }
      return { ...term, branches };
    }
    case 'derivative': {
      const [of, by] = [term.of === null ? null : inside(term.of), inside(term.by)];
      return by === null || (term.of !== null && of === null) ? null : { ...term, of, by };
    }
    case 'call': {
      const of = all(term.of);
      if (of === null) return null;
      const known = context.functions.get(term.callee.key);
      const standIn = known === undefined && of.length === 1 ? context.standIn(term.callee.key) : null;
      if (standIn !== null && term.primes <= 1) {
        const { from, to } = term;
        if (term.primes === 1) return { kind: 'slope', operation: standIn, of: of[0], from, to };
        return { kind: 'apply', operation: standIn, of, from, to };
      }
      // C(w₁, w₂) is C where its arguments are those it is defined with, or left out.
      const plain =
        known === undefined ||
        of.some((part) => part.kind === 'elided') ||
        (of.length === known.parameters.length &&
          of.every((part, index) => part.kind === 'name' && part.key === known.parameters[index]));
      if (term.primes > 0) return { ...term, of };
      if (plain) return moved(term.callee, elements, shift);
      if (known.parameters.length !== of.length) return null;
      const given = new Map(known.parameters.map((key, index) => [key, of[index]]));
      return expand(known.body, elements, shift, context, given, depth + 1);
    }
    case 'series': {
      const letter = context.indices.letterOf(term, elements);
      if (letter === null) {
        // Σ over a vector.
        const body = inside(term.body);
        return body === null
          ? null
          : { kind: 'apply', operation: term.operation, of: [body], from: term.from, to: term.to };
      }
      const outer = new Map(elements);
      if (term.index !== null) outer.delete(letter);
      const range = context.indices.rangeOf(term, outer);
      if (range === null || range.length === 0) return null;
      const terms: Term[] = [];
      for (const element of range) {
        const one = expand(
          term.body,
          new Map([...elements, [letter, element]]),
          shift,
          context,
          parameters,
          depth + 1,
        );
        if (one === null) return null;
        terms.push(one);
      }
      if (terms.length === 1) return terms[0];
      return { kind: 'apply', operation: term.operation, of: terms, from: term.from, to: term.to };
    }
  }
}

/** The key of a name in another place: with elements for its letters, in another layer. */
export function movedKey(
  key: string,
  elements: ReadonlyMap<string, number>,
  shift: LayerShift | null,
): string {
  const instance = instanceOf(key, elements);
  if (shift === null) return instance;
  const parts = partsOf(instance);
  const layer = layerOf(parts);
  if (layer === null) return instance;
  const [open, close] = parts.above[0].startsWith('[') ? ['[', ']'] : ['(', ')'];
  const other = shiftLayer(layer, shift.letter, shift.by, shift.onto);
  return other === layer ? instance : keyOf({ ...parts, above: [`${open}${other}${close}`] });
}

function moved(name: NameTerm, elements: ReadonlyMap<string, number>, shift: LayerShift | null): NameTerm {
  const key = movedKey(name.key, elements, shift);
  return key === name.key ? name : { ...name, key, spelling: key };
}
