import { lowered, MOVED, raised, unmoved } from './glyphs.ts';
import { countedNames, partialIn } from './partials.ts';
import type { Partial } from './partials.ts';

/*
 * A name is a base with marks: w^{(2)}_{11}
 *                              | |     └ below: 11
 *                              | └ above: (2)
 *                              └ base
 * W[0][1] has elements, c@1 is the first of several versions of c, x' has a prime.
 * A derivative (∂²L/∂w∂b) has a name above and names below.
 * Anything else (a label like "my loss") is not taken apart: it is shown as it stands.
 */
interface Mark {
  readonly kind: 'below' | 'above' | 'prime' | 'element' | 'version';
  readonly text: string;
  readonly braced: boolean;
}

interface Name {
  readonly base: string;
  readonly marks: readonly Mark[];
}

/** A name for people: `w⁽²⁾₁₁` for `w^{(2)}_{11}`; `E_total`, `w1` and `c@1` stay as they are. */
export function nameToText(name: string): string {
  const parts = parseName(name);
  if (parts === null) {
    const partial = partialIn(name);
    return partial === null ? name.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ') : partialToText(partial);
  }
  return parts.base + parts.marks.map(markToText).join('');
}

/** A name in LaTeX: `w^{(2)}_{11}`, `E_{\mathrm{total}}`, `\mathrm{out}_{h1}`, `\hat{y}`, `\delta_1`; other labels as `\text{…}`. */
export function nameToLatex(name: string): string {
  const parts = parseName(name);
  if (parts === null) {
    const partial = partialIn(name);
    return partial === null ? `\\text{${escapeLatex(name)}}` : partialToLatex(partial);
  }
  const below: string[] = [];
  const above: string[] = [];
  let primes = '';
  const [, letters, digits] = /^(.*?)(\d*)$/u.exec(parts.base) as unknown as [string, string, string];
  if (digits !== '') below.push(digits);
  for (const { kind, text } of parts.marks) {
    if (kind === 'prime') primes += "'";
    else if (kind === 'above') above.push(indexToLatex(text));
    else if (kind === 'version') below.push(`(${text})`);
    else below.push(indexToLatex(text));
  }
  return lettersToLatex(letters) + primes + script('^', above) + script('_', below);
}

/** `∂²L/∂w∂b`, `∂²y/∂x²`. */
export function partialToText({ of, by }: Partial): string {
  const power = (times: number): string => (times > 1 ? raised(String(times))! : '');
  const below = countedNames(by, isRaised).map(({ name, times }) => `∂${nameToText(name)}${power(times)}`);
  return `∂${power(by.length)}${nameToText(of)}/${below.join('')}`;
}

/** `\frac{\partial^{2} L}{\partial w\,\partial b}`. */
export function partialToLatex({ of, by }: Partial): string {
  const power = (times: number): string => (times > 1 ? `^{${times}}` : '');
  const below = countedNames(by, isRaised).map(
    ({ name, times }) => `\\partial ${nameToLatex(name)}${power(times)}`,
  );
  return `\\frac{\\partial${power(by.length)} ${nameToLatex(of)}}{${below.join('\\,')}}`;
}

/** True if the name already carries something raised, so that a power of it needs parentheses. */
export function isRaised(name: string): boolean {
  const parts = parseName(name);
  if (parts === null) return partialIn(name) !== null;
  return parts.marks.some((mark) => mark.kind === 'above' || mark.kind === 'prime');
}

/** Text that stands inside `\text{…}`. */
export function escapeLatex(text: string): string {
  const special = new Map([
    ['\\', '\\textbackslash{}'],
    ['^', '\\textasciicircum{}'],
    ['~', '\\textasciitilde{}'],
  ]);
  return text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/[\\{}$&#%_^~]/g, (character) => special.get(character) ?? `\\${character}`);
}

const BASE = /^\p{L}[\p{L}\p{M}\p{Nd}]*/u;
const MARK = new RegExp(
  '(?<script>[_^])(?:\\{(?<braced>[^{}]+)\\}|(?<round>\\([^(){}]+\\))|(?<bare>[\\p{L}\\p{Nd}*]+))|' +
    `(?<prime>['′])|\\[(?<element>\\w+)\\]|@(?<version>\\d+)|(?<raised>[${MOVED.raised}]+)|(?<lowered>[${MOVED.lowered}]+(?:,[${MOVED.lowered}]+)*)`,
  'uy',
);

function parseName(name: string): Name | null {
  const base = BASE.exec(name)?.[0];
  if (base === undefined || name.length > 100) return null;
  // Raised and lowered letters are letters to Unicode: the base ends before them.
  const end = Array.from(base).findIndex((character) => unmoved(character) !== null);
  const letters = end < 0 ? base : Array.from(base).slice(0, end).join('');
  if (letters === '') return null;
  const marks: Mark[] = [];
  MARK.lastIndex = letters.length;
  while (MARK.lastIndex < name.length) {
    const found = MARK.exec(name);
    if (found === null) return null;
    marks.push(markOf(found.groups as Readonly<Record<string, string | undefined>>));
  }
  return { base: letters, marks };
}

function markOf(groups: Readonly<Record<string, string | undefined>>): Mark {
  const { script: sign, braced = groups.round, bare, prime, element, version } = groups;
  if (sign !== undefined) {
    return {
      kind: sign === '_' ? 'below' : 'above',
      text: braced ?? bare ?? '',
      braced: braced !== undefined,
    };
  }
  if (prime !== undefined) return { kind: 'prime', text: prime, braced: false };
  if (element !== undefined) return { kind: 'element', text: element, braced: false };
  if (version !== undefined) return { kind: 'version', text: version, braced: false };
  const glyphs = groups.raised ?? groups.lowered ?? '';
  return {
    kind: groups.raised === undefined ? 'below' : 'above',
    text: Array.from(glyphs, (glyph) => unmoved(glyph) ?? glyph).join(''),
    braced: true,
  };
}

function markToText({ kind, text, braced }: Mark): string {
  switch (kind) {
    case 'prime':
      return '′';
    case 'element':
      return `[${text}]`;
    case 'version':
      return `@${text}`;
    default: {
      // Words (E_total) and mixtures (out_h1) are read more easily on the line than as tiny glyphs.
      const bare = kind === 'above' ? /^(\d+|\p{L})$/u : /^\d+$/;
      const short = !/\p{L}{3}|\p{L}\d/u.test(text) && (braced || bare.test(text));
      const glyphs = short ? (kind === 'above' ? raised(text) : lowered(text)) : null;
      const sign = kind === 'above' ? '^' : '_';
      return glyphs ?? (/^([\p{L}\p{Nd}]+|\*|\[\w+\])$/u.test(text) ? sign + text : `${sign}{${text}}`);
    }
  }
}

const GREEK: ReadonlyMap<string, string> = new Map(
  (
    'α alpha β beta γ gamma δ delta ε varepsilon ϵ epsilon ζ zeta η eta θ theta ϑ vartheta ι iota κ kappa λ lambda ' +
    'μ mu µ mu ν nu ξ xi π pi ρ rho σ sigma ς varsigma τ tau υ upsilon φ varphi ϕ phi χ chi ψ psi ω omega ' +
    'Γ Gamma Δ Delta Θ Theta Λ Lambda Ξ Xi Π Pi Σ Sigma Υ Upsilon Φ Phi Ψ Psi Ω Omega ℓ ell'
  )
    .match(/\S+ \S+/g)
    ?.map((pair) => pair.split(' ') as [string, string]),
);
const SPELLED = new Set([...GREEK.values()].filter((name) => name !== 'ell'));

function lettersToLatex(letters: string): string {
  const greek = GREEK.get(letters);
  if (greek !== undefined) return `\\${greek}`;
  if (SPELLED.has(letters)) return `\\${letters}`;
  return (
    accented(letters) ?? (Array.from(letters).length === 1 ? letters : `\\mathrm{${greekInWord(letters)}}`)
  );
}

/** `\hat{y}` for ŷ, composed or not; null for anything but one letter with accents that LaTeX has. */
function accented(letters: string): string | null {
  const [letter, ...marks] = letters.normalize('NFD');
  if (marks.length === 0) return null;
  let latex = lettersToLatex(letter);
  for (const mark of marks) {
    const command = ACCENTS.get(mark);
    if (command === undefined) return null;
    latex = `\\${command}{${latex}}`;
  }
  return latex;
}

const ACCENTS: ReadonlyMap<string, string> = new Map([
  ['\u0300', 'grave'],
  ['\u0301', 'acute'],
  ['\u0302', 'hat'],
  ['\u0303', 'tilde'],
  ['\u0304', 'bar'],
  ['\u0305', 'bar'],
  ['\u0306', 'breve'],
  ['\u0307', 'dot'],
  ['\u0308', 'ddot'],
  ['\u030a', 'mathring'],
  ['\u030c', 'check'],
  ['\u20d7', 'vec'],
]);

function greekInWord(word: string): string {
  return Array.from(word)
    .map((letter) => (GREEK.has(letter) ? `\\${GREEK.get(letter)} ` : letter))
    .join('');
}

/** Up to two letters in a row are indices (`jk`, `h1`), more are a word. */
function indexToLatex(text: string): string {
  return text
    .replaceAll('−', '-')
    .replace(/\p{L}+|[\\{}$&#%_^~]|[^\p{L}]/gu, (part) => {
      if (/^[\\{}$&#%_^~]$/.test(part)) return `\\text{${escapeLatex(part)}}`;
      if (SPELLED.has(part)) return `\\${part} `;
      return /^\p{L}{3,}$/u.test(part) ? `\\mathrm{${greekInWord(part)}}` : greekInWord(part);
    })
    .trim();
}

function script(sign: '^' | '_', parts: readonly string[]): string {
  if (parts.length === 0) return '';
  const text = parts.join(',');
  return text.length === 1 ? sign + text : `${sign}{${text}}`;
}
