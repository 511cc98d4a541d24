import { nameToLatex } from '@backflow/print';

/** Whether a piece of notes is LaTeX; the first line of anything else says as much as it stands. */
export function isLatex(text: string): boolean {
  return /\\[a-zA-Z]{2}|[\^_]\{/.test(text);
}

/** A claim as it stands in LaTeX notes, without what belongs to the lines around it. */
export function claimLatex(text: string): string {
  return text
    .replace(/\\(?:begin|end)\{[a-z]+\*?\}|\\(?:label|tag)\{[^{}]*\}|\\(?:[[\]()]|nonumber\b|notag\b)/g, ' ')
    .replace(/\\\\(?:\[[^\]]*\])?/g, ' ')
    .replace(/(?<!\\)[&$]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

/** A name, and the raised and lowered signs behind it. */
const NAME = '\\p{L}[\\p{L}\\p{Nd}]*(?:_[\\p{L}\\p{Nd}]+)*[⁽⁾⁺⁻⁰¹²³⁴-⁹₀-₎ᴬ-ᵪ]*';
const PART = new RegExp(`∂(${NAME})/∂(${NAME})|${NAME}`, 'gu');
const FUNCTIONS: ReadonlySet<string> = new Set([
  'sin',
  'cos',
  'tan',
  'tanh',
  'exp',
  'log',
  'ln',
  'max',
  'min',
]);
const SIGNS: Readonly<Record<string, string>> = {
  '∂': '\\partial ',
  '·': '\\cdot ',
  '−': '-',
  '′': "'",
  '√': '\\surd ',
};

/** A formula as it is printed in a line of text, in LaTeX: `∂E_total/∂w₅ · (a·(1 − a))`. */
export function textLatex(text: string): string {
  const signs = (piece: string): string => piece.replace(/[∂·−′√]/g, (sign) => SIGNS[sign]);
  let out = '';
  let at = 0;
  for (const { 0: part, 1: above, 2: below, index } of text.matchAll(PART)) {
    out += signs(text.slice(at, index));
    out +=
      above === undefined
        ? nameLatex(part)
        : `\\frac{\\partial ${nameLatex(above)}}{\\partial ${nameLatex(below)}}`;
    at = index + part.length;
  }
  return out + signs(text.slice(at));
}

function nameLatex(text: string): string {
  if (FUNCTIONS.has(text)) return `\\${text} `;
  const [, name, marks] = /^(.*?)([⁽⁾⁺⁻⁰¹²³⁴-⁹₀-₎ᴬ-ᵪ]*)$/u.exec(text) as unknown as [string, string, string];
  return name.length > 1 && marks === '' ? nameToLatex(name) : text;
}
