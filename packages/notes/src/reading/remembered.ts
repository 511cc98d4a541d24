import type { Span } from '@backflow/language';
import type { Reading, Term, Unreadable } from '../term.ts';
import { isUnreadable, readFormula } from './formula.ts';

/** What is longer is read anew each time, and so is all beyond so many. */
const LIMITS = { length: 300, count: 4_000 };

interface Remembered {
  readonly reading: Reading | Unreadable;
  readonly from: number;
}

const remembered = new WeakMap<ReadonlySet<string>, Map<string, Remembered>>();

/**
 * As `readFormula`, but what stands on a page more than once is read once, and so is what stands on the next page with the same
 * set of names, which must not change.
 */
export function readFormulaOnce(text: string, span: Span, names: ReadonlySet<string>): Reading | Unreadable {
  if (span.to - span.from > LIMITS.length) return readFormula(text, span, names);
  let known = remembered.get(names);
  if (known === undefined) remembered.set(names, (known = new Map<string, Remembered>()));
  const written = text.slice(span.from, span.to);
  const found = known.get(written);
  if (found === undefined) {
    const reading = readFormula(text, span, names);
    if (known.size >= LIMITS.count) known.clear();
    known.set(written, { reading, from: span.from });
    return reading;
  }
  const by = span.from - found.from;
  const { reading } = found;
  if (!isUnreadable(reading))
    return {
      term: moved(reading.term, by),
      alternatives: reading.alternatives.map((term) => moved(term, by)),
    };
  // What is found where nothing is lies behind the formula.
  if (reading.code === 'empty') return readFormula(text, span, names);
  return { ...reading, from: reading.from + by, to: reading.to + by };
}

/** The same term, so many characters further on. */
function moved<T extends Term>(term: T, by: number): T;
function moved(term: Term, by: number): Term {
  const from = term.from + by;
  const to = term.to + by;
  switch (term.kind) {
    case 'number': {
      const { kind, value, unit, integer, open } = term;
      return { kind, value, unit, integer, open, from, to };
    }
    case 'name':
      return { kind: 'name', key: term.key, spelling: term.spelling, from, to };
    case 'constant':
    case 'elided':
      return { ...term, from, to };
    case 'derivative': {
      const at = term.at.map(({ name, value }) => ({ name: moved(name, by), value: moved(value, by) }));
      return { ...term, of: term.of && moved(term.of, by), by: moved(term.by, by), at, from, to };
    }
    case 'apply':
      return { ...term, of: term.of.map((part) => moved(part, by)), from, to };
    case 'slope':
    case 'transpose':
      return { ...term, of: moved(term.of, by), from, to };
    case 'call': {
      const of = term.of.map((part) => moved(part, by));
      return { ...term, callee: moved(term.callee, by), of, from, to };
    }
    case 'series': {
      const [first, last] = [term.first && moved(term.first, by), term.last && moved(term.last, by)];
      return { ...term, first, last, body: moved(term.body, by), from, to };
    }
    case 'list':
      return { ...term, items: term.items.map((item) => moved(item, by)), from, to };
    case 'cases': {
      const branches = term.branches.map(({ value, condition }) => ({
        value: moved(value, by),
        condition: condition && moved(condition, by),
      }));
      return { ...term, branches, from, to };
    }
  }
}
