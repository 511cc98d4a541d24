import type { NameTerm, Term } from '../term.ts';
import { apply } from './build.ts';
import type { Reader } from './reader.ts';

/** Σ or Π with its bounds and its body. */
export function seriesAt(reader: Reader): Term {
  const token = reader.next();
  if (token.kind !== 'series') reader.fail();
  let index: string | null = null;
  let others: readonly string[] = [];
  let first: Term | null = null;
  let last: Term | null = null;
  for (;;) {
    const mark = reader.peek();
    if (mark?.kind === 'lowered') {
      reader.at++;
      const lower = /^(\p{L}+?)(?:=(\d+))?$/u.exec(mark.text);
      if (lower !== null) {
        index = lower[1];
        first = lower[2] === undefined ? null : numberIn(Number(lower[2]), mark);
      }
    } else if (mark?.kind === 'raised') {
      reader.at++;
      last = /^\d+$/.test(mark.text) ? numberIn(Number(mark.text), mark) : nameIn(mark.text, mark);
    } else if (reader.isOperator('_')) {
      reader.at++;
      const lower = markOf(reader, () => lowerBound(reader));
      ({ index, first, others } = lower);
      last = lower.last ?? last;
    } else if (reader.isOperator('^')) {
      reader.at++;
      last = markOf(reader, () => (reader.peek() === undefined ? null : reader.sum()));
    } else break;
  }
  if (!reader.begins(reader.peek()) && !reader.isOperator('-') && !reader.isBracket('|')) reader.fail();
  const body = reader.nested(() => reader.product());
  const { operation, from } = token;
  const { to } = body;
  let inner = body;
  for (const other of others.toReversed()) {
    inner = { kind: 'series', operation, index: other, first: null, last: null, body: inner, from, to };
  }
  return { kind: 'series', operation, index, first, last, body: inner, from, to };
}

interface Bounds {
  readonly index: string | null;
  /** Further indices: `j` and `k` of `i,j,k`. */
  readonly others: readonly string[];
  readonly first: Term | null;
  readonly last: Term | null;
}

/** `j`, `j=0`, `i = 1 … n`, `i,j`, `k ∈ S`, `1`. */
function lowerBound(reader: Reader): Bounds {
  const name = reader.nameAt();
  if (name === null) {
    const first = reader.peek() === undefined ? null : reader.sum();
    return { index: null, others: [], first, last: null };
  }
  reader.at++;
  const relation = reader.peek();
  let first: Term | null = null;
  let last: Term | null = null;
  if (relation?.kind === 'relation') {
    reader.at++;
    if (relation.symbol === '=') {
      first = reader.sum();
      if (reader.peek()?.kind === 'ellipsis') {
        reader.at++;
        last = reader.sum();
      }
    }
  }
  const others: string[] = [];
  for (;;) {
    const separator = reader.peek();
    const other = reader.nameAt(1);
    if (separator?.kind !== 'separator' || other === null) break;
    others.push(other.key);
    reader.at += 2;
  }
  // Conditions say nothing that an expansion over the names that exist needs.
  reader.at = reader.limit;
  return { index: name.key, others, first, last };
}

function markOf<T>(reader: Reader, read: () => T): T {
  if (reader.isBracket('{')) {
    const closing = reader.closingOf(reader.at);
    if (closing < 0 || closing >= reader.limit) reader.fail('cut-off');
    return reader.within(reader.at + 1, closing, closing + 1, read);
  }
  if (reader.isBracket('(')) {
    const closing = reader.closingOf(reader.at);
    if (closing >= 0) return reader.within(reader.at + 1, closing, closing + 1, read);
  }
  // Without braces: one token, and `=0` behind an index.
  const assigned = reader.peek(1)?.kind === 'relation' && reader.peek(2)?.kind === 'number';
  const length = assigned ? 3 : 1;
  if (reader.at + length > reader.limit) reader.fail();
  return reader.within(reader.at, reader.at + length, reader.at + length, read);
}

/** |x| and ‖x‖. */
export function barsAt(reader: Reader, double: boolean): Term {
  const { from } = reader.next();
  const { bars } = reader;
  const inner = reader.nested(() => {
    reader.bars = 1;
    return reader.sum();
  });
  reader.bars = bars;
  // |Σ |w||: two bars that close one after the other.
  const both = reader.peek();
  if (!double && bars > 0 && both?.kind === 'bracket' && both.symbol === '‖') {
    reader.tokens[reader.at] = { ...both, symbol: '|', from: both.from + 1 };
    return apply('abs', [inner], { from, to: both.from + 1 });
  }
  let { to } = reader.expect(double ? '‖' : '|');
  if (double) to = euclidean(reader) ?? to;
  return apply(double ? 'hypot' : 'abs', [inner], { from, to });
}

/** The ₂ of ‖x‖₂, which says nothing new; gives its end. */
function euclidean(reader: Reader): number | null {
  const lowered = reader.peek();
  if (lowered?.kind === 'lowered' && lowered.text === '2') return reader.next().to;
  const braced = reader.isOperator('_') && reader.isBracket('{', 1);
  const number = reader.isOperator('_') ? reader.peek(braced ? 2 : 1) : undefined;
  if (number?.kind !== 'number' || number.value !== 2) return null;
  reader.at += braced ? 4 : 2;
  return reader.tokens[reader.at - 1].to;
}

function numberIn(value: number, { from, to }: { readonly from: number; readonly to: number }): Term {
  return { kind: 'number', value, unit: 1, integer: true, open: false, from, to };
}

function nameIn(key: string, { from, to }: { readonly from: number; readonly to: number }): NameTerm {
  return { kind: 'name', key, spelling: key, from, to };
}
