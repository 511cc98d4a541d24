import { canonicalName } from '@backflow/language';
import type { Span } from '@backflow/language';
import type { NameTerm, Term } from '../term.ts';

const NEW = '(?:new|neu|updated|next|nouveau)';
const FORMS: readonly RegExp[] = [
  // (ω'')_{\text{new}}, w_new, w_{5}^{new}
  new RegExp(
    `^\\(?\\s*(.+?)\\s*\\)?\\s*[_^]\\s*\\{?\\s*(?:\\\\(?:text|mathrm|rm)\\s*\\{?)?\\s*${NEW}\\s*\\}?\\s*\\}?$`,
    'u',
  ),
  new RegExp(`^\\(\\s*(.+?)\\s*\\)\\s*${NEW}$`, 'u'),
  new RegExp(`^${NEW}[_ ]\\s*(.+)$`, 'u'),
  // w5+, w5⁺, w_5^+, w_5^{+}
  /^(.+?)\s*(?:\^\s*\{?\s*\+\s*\}?|⁺|\+)$/u,
  // w_{t+1}, w^{(t+1)}, w[t+1]
  /^(.+?)\s*(?:_\{\s*t\s*\+\s*1\s*\}|_\(t\+1\)|\^\{?\(\s*t\s*\+\s*1\s*\)\}?|\^\{\s*t\s*\+\s*1\s*\}|\(t\s*\+\s*1\))$/u,
];
const GREEK: ReadonlyMap<string, string> = new Map([
  ['\\omega', 'ω'],
  ['\\theta', 'θ'],
  ['\\beta', 'β'],
]);

/** `w_new`, `(ω)_{new}`, `w5+`, `w_{t+1}`: the name whose new value is meant, as `new(name)`; null for anything else. */
export function updatedName(
  text: string,
  span: Span | null,
  names: ReadonlySet<string>,
): { term: Term; alternatives: [] } | null {
  if (span === null || span.to - span.from > 80) return null;
  const written = text.slice(span.from, span.to);
  if (!/new|neu|next|updated|nouveau|\+|⁺/.test(written)) return null;
  const key = canonicalName(written);
  if (key !== null && names.has(key)) return null;
  for (const form of FORMS) {
    const found = form.exec(written);
    if (found === null) continue;
    const plain = found[1].replace(/\\[a-z]+/g, (command) => GREEK.get(command) ?? command);
    const base = canonicalName(plain);
    if (base === null) continue;
    const from = span.from + written.indexOf(found[1]);
    const name: NameTerm = { kind: 'name', key: base, spelling: plain, from, to: from + found[1].length };
    const callee: NameTerm = { kind: 'name', key: 'new', spelling: 'new', from: span.from, to: span.to };
    return {
      term: { kind: 'call', callee, primes: 0, of: [name], from: span.from, to: span.to },
      alternatives: [],
    };
  }
  return null;
}
