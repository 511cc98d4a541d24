import type { OperationName } from '@backflow/engine';
import { FUNCTIONS } from '@backflow/language';

/** A name that says what it is the derivative of: `dL_dw5`. `of` null: the output is meant, as in `dw5`. */
export interface DerivativeName {
  readonly of: string | null;
  readonly by: string;
}

/**
 * The ways in which a name may be a derivative: `dw5`, `dz^{[2]}`, `dL_dw5`, `dLdw5`, `grad_w5`, `w5_grad`, `x̄`. Which one
 * holds, if any, depends on which names are defined; a defined name of that spelling comes first.
 */
export function derivativeNames(key: string): readonly DerivativeName[] {
  const found: DerivativeName[] = [];
  const plain = /^(?:d|∂)_?(.+)$/u.exec(key);
  if (plain !== null) {
    const rest = plain[1];
    for (const cut of rest.matchAll(/_?(?:d|∂)/gu)) {
      const [of, by] = [rest.slice(0, cut.index), rest.slice(cut.index + cut[0].length)];
      if (of !== '' && isName(by)) found.push({ of: canonical(of), by: canonical(by) });
    }
    if (isName(rest)) found.push({ of: null, by: rest });
  }
  const grad =
    /^(?:grad|delta|gradient)_(.+)$/iu.exec(key)?.[1] ?? /^(.+)_(?:grad|gradient|bar)$/iu.exec(key)?.[1];
  if (grad !== undefined && isName(grad) && !/^delta/i.test(key))
    found.push({ of: null, by: canonical(grad) });
  if (/^\p{L}\u0304/u.test(key.normalize('NFD'))) {
    found.push({ of: null, by: key.normalize('NFD').replace('\u0304', '').normalize('NFC') });
  }
  return found;
}

function isName(text: string): boolean {
  return /^\p{L}/u.test(text);
}

/** `E_total`, `w_11`: a part of a key is a key, but for braces that are not needed alone. */
function canonical(part: string): string {
  return part.replace(/^(\p{L}[\p{L}\p{Nd}]*)_\{([\p{L}\p{Nd}]+)\}$/u, '$1_$2');
}

/** The marks of an error signal δ_{o1}, δ^{(L)}_j, δ1, delta_o1; null for a name that is none. */
export function errorSignal(
  key: string,
): { readonly withBase: (base: string) => string; readonly bare: boolean } | null {
  const match = /^(?:δ|delta|Delta|err_signal)(?=$|[\d_^])(.*)$/su.exec(key);
  if (match === null) return null;
  const [, marks] = match;
  return { withBase: (base) => base + marks, bare: marks === '' };
}

/** The name whose update is meant by `w5_new`, `w_{new}`, `w5^{+}`, `w5+`, `w^{(t+1)}`, `new_w5`, `w5'`; null for others. */
export function updatedName(key: string): string | null {
  const patterns = [
    /^(.+?)_(?:new|neu|next|updated|upd|nuevo|nouveau)((?:_.*|\^.*)?)$/iu,
    /^(.+?)\^\{?\(?(?:new|neu|\+|t\+1|k\+1|n\+1|next)\)?\}?((?:_.*)?)$/iu,
    /^(.+?)_\{(?:new|neu|t\+1|k\+1|n\+1)\}(.*)$/iu,
    /^(?:new|updated)_(.+)()$/iu,
    /^(.+?)\+()$/u,
    /^([wbWθ][^']*)'()((?:_.*|\^.*)?)$/u,
  ];
  for (const pattern of patterns) {
    const match = pattern.exec(key);
    if (match !== null) return match[1] + (match[2] ?? '') + (match[3] ?? '');
  }
  return null;
}

/** True for the names that people give to a learning rate. */
export function isRateName(key: string): boolean {
  return /^(?:η|eta|lr|LR|α|alpha|learning_?rate|rate|step_?size|stepsize|ε|epsilon|γ|λ)$/iu.test(key);
}

/** Cuts a joined word where both halves may be names: `wx`, `w1x1`, `xw2`. The longest first parts come first. */
export function splits(key: string): readonly (readonly [string, string])[] {
  if (key.length > 40 || !/^[\p{L}\p{Nd}_{}]+$/u.test(key)) return [];
  const cuts: [string, string][] = [];
  for (let at = key.length - 1; at > 0; at--) {
    const [left, right] = [key.slice(0, at), key.slice(at)];
    if (/^\p{L}/u.test(right) && !left.endsWith('_') && !left.endsWith('{') && braced(left))
      cuts.push([left, right]);
  }
  return cuts;
}

function braced(text: string): boolean {
  return text.split('{').length === text.split('}').length;
}

/** Names that mean something without a node of their own: derivatives, error signals, updates, rates. */
export function isSpecial(key: string): boolean {
  return (
    errorSignal(key) !== null || updatedName(key) !== null || isRateName(key) || /^[d∂∇](?!$)/u.test(key)
  );
}

/** A known function that stands without an argument: σ, σ′, tanh. */
export function bareFunction(
  key: string,
): { readonly operation: OperationName; readonly primes: number } | null {
  const [, base, primes] = /^(.+?)('*)$/su.exec(key) ?? [];
  const found = base === undefined ? undefined : FUNCTIONS.get(base);
  if (found === undefined || found.least !== 1 || found.most !== 1 || primes.length > 1) return null;
  return { operation: found.operation, primes: primes.length };
}
