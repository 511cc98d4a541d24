import type { NameTerm } from '../term.ts';
import type { Reader } from './reader.ts';
import type { NameNoteToken } from './tokens.ts';

/** A name with what belongs to it and follows as tokens of its own: a bare layer if `layered`, and elements. */
export function nameWithMarks(reader: Reader, token: NameNoteToken, layered: boolean): NameTerm {
  let { key, spelling } = token;
  let { to } = token;
  const above = layered && !token.layered ? layerAhead(reader) : null;
  if (above !== null) {
    key += `^{(${above.text})}`;
    spelling += above.spelling;
    reader.at += above.length;
    to = reader.tokens[reader.at - 1].to;
  }
  for (;;) {
    const element = elementAhead(reader);
    if (element === null) break;
    key += element;
    spelling += element;
    to = reader.tokens[reader.at - 1].to;
  }
  return { kind: 'name', key, spelling, from: token.from, to };
}

/** `[0]`, `[0, 1]` */
function elementAhead(reader: Reader): string | null {
  if (!reader.isBracket('[') || reader.peek()!.spaced) return null;
  const closing = reader.closingOf(reader.at);
  const inner = closing < 0 || closing - reader.at > 4 ? [] : reader.tokens.slice(reader.at + 1, closing);
  const indices = inner.filter(({ kind }) => kind !== 'separator');
  if (indices.length === 0 || inner.length !== 2 * indices.length - 1) return null;
  let element = '';
  for (const index of indices) {
    if (index.kind !== 'number' || !index.integer) return null;
    element += `[${index.value}]`;
  }
  reader.at = closing + 1;
  return element;
}

/** A superscript that may be a layer: `^L`, `^{l+1}`, `^(2)`, `²`; `length` in tokens. */
export function layerAhead(reader: Reader): {
  readonly text: string;
  readonly spelling: string;
  readonly length: number;
} | null {
  const first = reader.peek();
  if (first?.kind === 'raised' && /^[\p{L}\p{Nd}]+(?:[-+]\d+)?$/u.test(first.text)) {
    return { text: first.text, spelling: `^{(${first.text})}`, length: 1 };
  }
  if (!reader.isOperator('^')) return null;
  const open = reader.peek(1);
  const bracketed = open?.kind === 'bracket' && (open.symbol === '{' || open.symbol === '(');
  const closing = bracketed ? reader.closingOf(reader.at + 1) : -1;
  const inner = bracketed ? reader.tokens.slice(reader.at + 2, Math.max(closing, 0)) : [reader.peek(1)];
  if (inner.length > 3) return null;
  let text = '';
  for (const token of inner) {
    if (token?.kind === 'name') text += token.key;
    else if (token?.kind === 'number' && token.integer) text += String(token.value);
    else if (token?.kind === 'operator' && (token.symbol === '-' || token.symbol === '+'))
      text += token.symbol;
    else return null;
  }
  if (!/^[\p{L}\p{Nd}_]+(?:[-+]\d+)?$/u.test(text)) return null;
  const length = bracketed ? closing - reader.at + 1 : 2;
  return {
    text,
    spelling: `^{(${text})}`,
    length,
  };
}
