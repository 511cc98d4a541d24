import { LanguageError } from './diagnostics.ts';
import type { Reporter } from './diagnostics.ts';
import { FUNCTIONS } from './functions.ts';
import { readName, referenceKey, withLayer } from './names.ts';
import type { Layer, Name } from './names.ts';
import type { Scope } from './scope.ts';
import type { Token } from './tokens.ts';

export type NameToken = Token & { readonly kind: 'name' };

/** Names written without a space between them that may form one name: `w₁x₁`. */
const LONGEST_RUN = 8;

/**
 * Decides what the names in a formula are, knowing which names are defined:
 *
 *     w₁x₁     one name if that is defined, else two
 *     w^2      the name w^{(2)} if that is defined, else a power
 *     w1x1     a product if only w1 and x1 are defined
 *     w_1      w1 if that is defined and w_1 is not
 *     x[0]     the name of one number if x[0] is defined and x is not
 *
 * Gives the tokens anew; names that mean nothing stay as they are. Throws a LanguageError for `dL/dw` with
 * undefined dL or dw: a derivative is what a program is asked for, not what it contains.
 */
export function decideNames(
  tokens: readonly Token[],
  text: string,
  scope: Scope,
  reporter: Reporter,
): Token[] {
  const decided: Token[] = [];
  for (let i = 0; i < tokens.length;) {
    const token = tokens[i];
    if (token.kind !== 'name') {
      decided.push(token);
      i++;
      continue;
    }
    refuseDerivative(tokens, i, text, scope);
    const decision =
      joinedRun(tokens, i, scope) ??
      layeredName(tokens, i, text, scope, reporter) ??
      elementName(tokens, i, scope);
    if (decision !== null) {
      decided.push(decision.token);
      i += decision.length;
      continue;
    }
    const key = scope.find(token.name.key);
    if (key !== null) decided.push({ ...token, name: { ...token.name, key } });
    else {
      const factors = factorsOf(token, text, tokens[i + 1], scope);
      const undefinedLayer = factors === null ? indexedLayer(tokens, i, text) : null;
      decided.push(...(factors ?? [undefinedLayer?.token ?? token]));
      i += (undefinedLayer?.length ?? 1) - 1;
    }
    i++;
  }
  return decided;
}

interface Decision {
  readonly token: NameToken;
  /** Number of tokens it stands for. */
  readonly length: number;
}

function joinedRun(tokens: readonly Token[], first: number, scope: Scope): Decision | null {
  const run: NameToken[] = [];
  for (let i = first; i < tokens.length && run.length < LONGEST_RUN; i++) {
    const token = tokens[i];
    if (token.kind !== 'name' || (i > first && token.spaced)) break;
    run.push(token);
  }
  for (let length = run.length; length > 1; length--) {
    const token = joinNames(run.slice(0, length));
    if (scope.has(token.name.key)) return { token, length };
  }
  return null;
}

/** Adjacent names as one. */
export function joinNames(run: readonly NameToken[]): NameToken {
  const first = run[0];
  const last = run.at(-1)!;
  if (run.length === 1) return first;
  const name: Name = {
    key: run.map((token) => token.name.key).join(''),
    spelling: run.map((token) => token.name.spelling).join(''),
    layered: run.some((token) => token.name.layered),
    indexed: run.some((token) => token.name.indexed),
    version: last.name.version,
  };
  return { ...first, name, to: last.to };
}

function layeredName(
  tokens: readonly Token[],
  at: number,
  text: string,
  scope: Scope,
  reporter: Reporter,
): Decision | null {
  const token = tokens[at] as NameToken;
  const above = superscriptAfter(tokens, at);
  if (above === null || token.name.layered || token.name.version !== null) return null;
  const name = withLayer(token.name, above, text.slice(token.to, above.to));
  const key = scope.find(name.key);
  const base = scope.find(token.name.key);
  const span = { from: token.from, to: above.to };
  if (key === null) return null;
  if (base !== null) {
    const exponent = above.indices === '' ? above.text : text.slice(token.to + 1, above.to);
    const power = `(${scope.spellingOf(base)})^${/^[\p{L}\p{Nd}]+$/u.test(exponent) ? exponent : `(${exponent})`}`;
    reporter.report('layer-or-power', span, { name: scope.spellingOf(key), power }, power);
  }
  return { token: { ...token, ...span, name: { ...name, key } }, length: above.length };
}

/** `x[0]` where that element is defined on its own. */
function elementName(tokens: readonly Token[], at: number, scope: Scope): Decision | null {
  const token = tokens[at] as NameToken;
  if (scope.has(token.name.key)) return null;
  const { indices, length, to } = indicesAfter(tokens, at + 1);
  if (length === 0) return null;
  const key = referenceKey(token.name.key, null, indices);
  if (!scope.has(key)) return null;
  return {
    token: { ...token, name: { ...token.name, key, spelling: scope.spellingOf(key) }, to },
    length: length + 1,
  };
}

/** The indices `[0][1]` that begin with the token at `at`, and how many tokens they are. */
export function indicesAfter(
  tokens: readonly Token[],
  at: number,
): { readonly indices: readonly number[]; readonly length: number; readonly to: number } {
  const indices: number[] = [];
  let to = 0;
  let next = at;
  for (;;) {
    const [open, index, close] = [tokens[next], tokens[next + 1], tokens[next + 2]];
    if (open?.kind !== 'bracket' || open.symbol !== '[' || open.spaced) break;
    if (index?.kind !== 'number' || !Number.isInteger(index.value)) break;
    if (close?.kind !== 'bracket' || close.symbol !== ']') break;
    indices.push(index.value);
    to = close.to;
    next += 3;
  }
  return { indices, length: next - at, to };
}

function refuseDerivative(tokens: readonly Token[], at: number, text: string, scope: Scope): void {
  const [above, slash, below] = [tokens[at] as NameToken, tokens[at + 1], tokens[at + 2]];
  if (slash?.kind !== 'operator' || slash.symbol !== '/' || below?.kind !== 'name') return;
  const [upper, lower] = [above.name.key, below.name.key];
  if (!/^d./u.test(upper) || !/^d./u.test(lower)) return;
  if (scope.find(upper) !== null && scope.find(lower) !== null) return;
  if (scope.find(upper.slice(1)) === null && scope.find(lower.slice(1)) === null) return;
  const span = { from: above.from, to: below.to };
  throw new LanguageError('derivative', span, { found: text.slice(span.from, span.to) });
}

/** A whole number above an index is a layer: `w_{11}^3`, also where that is not defined and neither is `w_{11}`. */
function indexedLayer(tokens: readonly Token[], at: number, text: string): Decision | null {
  const token = tokens[at] as NameToken;
  const above = superscriptAfter(tokens, at);
  const { name } = token;
  if (above === null || !/^\d+$/.test(above.text)) return null;
  if (!name.indexed || name.layered || name.version !== null) return null;
  return {
    token: { ...token, name: withLayer(name, above, text.slice(token.to, above.to)), to: above.to },
    length: above.length,
  };
}

/** A bare superscript on the name at `at`: `^2`, `²`, `^(L)`, `^{L-1}`, `^l_{jk}`; `length` counts the name too. */
export function superscriptAfter(tokens: readonly Token[], at: number): SuperscriptReading | null {
  const first = tokens[at + 1];
  if (first === undefined || first.spaced) return null;
  if (first.kind === 'superscript') {
    return /^[-+]/.test(first.exponent)
      ? null
      : { text: first.exponent, indices: '', to: first.to, length: 2 };
  }
  if (first.kind !== 'operator' || first.symbol !== '^') return null;
  const second = tokens[at + 2];
  if (second === undefined || second.spaced) return null;
  if (second.kind !== 'bracket') {
    const layer = layerOf(second);
    return layer && { ...layer, to: second.to, length: 3 };
  }
  const closing = second.symbol === '(' ? ')' : second.symbol === '{' ? '}' : null;
  const layer = layerOf(tokens[at + 3]);
  if (layer === null || layer.indices !== '') return null;
  const [sign, shift] = [tokens[at + 4], tokens[at + 5]];
  const shifted =
    sign?.kind === 'operator' && (sign.symbol === '-' || sign.symbol === '+') && shift?.kind === 'number';
  const text = shifted ? `${layer.text}${sign.symbol}${shift.value}` : layer.text;
  const length = shifted ? 7 : 5;
  const last = tokens[at + length - 1];
  if (last?.kind !== 'bracket' || last.symbol !== closing) return null;
  return { text, indices: '', to: last.to, length };
}

interface SuperscriptReading extends Layer {
  readonly to: number;
  /** Number of tokens, with the name. */
  readonly length: number;
}

function layerOf(token: Token | undefined): Layer | null {
  if (token?.kind === 'number') {
    return Number.isInteger(token.value) && token.value < 1e9
      ? { text: String(token.value), indices: '' }
      : null;
  }
  const parts = token?.kind === 'name' ? /^([\p{L}\p{Nd}]+)((?:_.+)?)$/u.exec(token.name.key) : null;
  const plain = token?.kind === 'name' && !token.name.layered && token.name.version === null;
  return parts !== null && plain ? { text: parts[1], indices: parts[2] } : null;
}

/** Where a joined word is cut: `w1|x1`, `π|r`. */
const FACTORS = /(?<=\d)(?=\p{L})|(?<=^π)(?=.)/u;

/** The defined names that a joined word like `w1x1` or `πr` consists of; null if not all are. */
function factorsOf(
  token: NameToken,
  text: string,
  next: Token | undefined,
  scope: Scope,
): NameToken[] | null {
  const written = text.slice(token.from, token.to);
  if (FUNCTIONS.has(token.name.key) || written.length > 200 || !FACTORS.test(written)) return null;
  const factors: NameToken[] = [];
  let from = token.from;
  const parts = written.split(FACTORS);
  const called = next?.kind === 'bracket' && next.symbol === '(' && !next.spaced;
  for (const [i, part] of parts.entries()) {
    const to = from + part.length;
    const reading = readName(part, 0);
    if (reading === null || reading.to !== part.length) return null;
    const callee = called && i === parts.length - 1 && FUNCTIONS.has(part);
    const key = callee ? part : (scope.find(reading.name.key) ?? (part === 'π' ? part : null));
    if (key === null) return null;
    factors.push({ kind: 'name', name: { ...reading.name, key }, from, to, spaced: i === 0 && token.spaced });
    from = to;
  }
  return factors;
}
