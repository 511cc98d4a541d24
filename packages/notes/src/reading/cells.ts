import type { Span } from '@backflow/language';
import type { Canvas } from './canvas.ts';
import type { Row } from './page.ts';

/** A line of a table. */
export interface Line {
  readonly row: Row;
  readonly cells: readonly Cell[];
  readonly ruled: 'pipes' | 'tabs' | 'gaps' | 'commas';
}

export interface Cell extends Span {
  readonly text: string;
}

const RULER = /^\s*\|?[\s:|+-]*-[\s:|+-]*$/;

/** True for the line under a heading: `|---|:-:|`. */
export function isRuler(text: string): boolean {
  return RULER.test(text);
}

/** Cuts a line into cells; null if it is no line of a table. */
export function lineOf(canvas: Canvas, row: Row): Line | null {
  const start = canvas.source.lastIndexOf('\n', row.from - 1) + 1;
  if (row.kind === 'math' || row.to - start > 4000) return null;
  const text = canvas.text(start, row.to);
  const pipes = text.split('|').length - 1;
  if (pipes > 0) {
    const trimmedStart = text.length - text.trimStart().length;
    const opening = text[trimmedStart] === '|';
    const cells = cut(text, /\|/g, start);
    if (opening) cells.shift();
    if (text.trimEnd().endsWith('|')) cells.pop();
    return cells.length >= 2 ? { row, cells, ruled: 'pipes' } : null;
  }
  if (text.includes('\t')) {
    const cells = cut(text, /\t/g, start);
    if (cells.length >= 2) return { row, cells, ruled: 'tabs' };
  }
  const source = canvas.source.slice(row.from, row.to);
  const cells = /\t| {2}/.test(source) ? cut(source, / {2,}|\t+/g, row.from) : [];
  if (cells.length >= 2) return { row, cells, ruled: 'gaps' };
  const entries = text.includes('=') ? [] : cut(text, /[,;]/g, start);
  return entries.length >= 2 ? { row, cells: entries, ruled: 'commas' } : null;
}

function cut(text: string, border: RegExp, offset: number): Cell[] {
  const cells: Cell[] = [];
  let from = 0;
  const add = (to: number) => {
    const whole = text.slice(from, to);
    const inner = whole.trim();
    const start = offset + from + (inner === '' ? 0 : whole.length - whole.trimStart().length);
    cells.push({ from: start, to: start + inner.length, text: inner });
  };
  for (const found of text.matchAll(border)) {
    add(found.index);
    from = found.index + found[0].length;
  }
  add(text.length);
  return cells;
}

export type Heading =
  | { readonly kind: 'name' | 'value' | 'formula' | 'mean' | 'sum' | 'other' | 'number' | 'elided' }
  /** `of`: the name in `∂E/∂·`; `by`: the name in `∇_x` and `∂/∂x`. */
  | { readonly kind: 'gradient'; readonly of: Span | null; readonly by: Span | null };

const NAME =
  /^(?:nodes?|names?|variables?|vars?|weights?|param(?:eter)?s?|knoten|gr(?:ö|oe)(?:ß|ss)en?|gewichte?|symbole?|quantity|trace|output|neuron|leaf|leaves|bl(?:ä|ae)tter|blatt|n(?:œ|oe)uds?|nodos?|nodi|nós?|variabili|узел|узлы|переменная|节点|变量|ノード|変数)$/;
const VALUE =
  /^(?:(?:current |function |forward |numeric(?:al)? |node )*(?:values?|val\.?|data)|daten|werte?|zahlenwert|zahlwert|forward(?: pass)?|vorwärts|current function value|activation|aktivierung|valeurs?|valor(?:es)?|valor[ei]|значени[ея]|值|数值|値)$/;
const FORMULA =
  /^(?:expressions?|formulas?|formulae|formeln?|ausdr(?:u|ü)cke?|definition|operation|elementary (?:function|operation)|elementarfunktion|how|rechnung|computation)$/;
const GRADIENT =
  /^(?:grads?\.?|gradients?|gradienten?|derivatives?|deriv\.?|ableitung(?:en)?|abl\.?|backward(?: pass)?|rückwärts|adjoints?|sensitivity|partial|\.grad|slope|steigung|dérivées?|derivadas?|derivat[ae]|gradientes?|gradienti|производн(?:ая|ые)|градиент(?:ы)?|梯度|导数|勾配|微分)$/;
const MEAN =
  /^(?:avg\.?|averages?|mean|mittel(?:wert)?|durchschnitt|ø|⌀|average over .*|mean over .*|moyenne|media|média|promedio|среднее|平均|平均值|均值)$/;
const SUM =
  /^(?:totals?|sums?|summen?|σ|∑|gesamt|insgesamt|somme|suma|soma|somma|сумма|всего|итого|合计|总和|合計)$/;
const OTHER =
  /^(?:steps?|schritt|#|no\.?|nr\.?|line|zeile|remarks?|bemerkung|comments?|unit|why|note|warum|elementary (?:function )?derivative|local derivative|lokale ableitung)$/;

/** What a column or row with this heading holds; null for a name or number. */
export function headingOf(cell: Cell): Heading | null {
  const text = cell.text
    .toLowerCase()
    .replace(/[*`_$:]+/g, '')
    .replace(/\s*\(.*\)$/, '')
    .trim();
  if (NAME.test(text)) return { kind: 'name' };
  if (VALUE.test(text)) return { kind: 'value' };
  if (FORMULA.test(text)) return { kind: 'formula' };
  if (MEAN.test(text)) return { kind: 'mean' };
  if (SUM.test(text)) return { kind: 'sum' };
  if (OTHER.test(text)) return { kind: 'other' };
  if (GRADIENT.test(text)) return { kind: 'gradient', of: null, by: null };
  return derivativeHeading(cell);
}

const BLANK =
  '(?:[·•⋅.?_□◦*]|\\\\cdot|\\\\bullet|\\\\square|node|knoten|name|value|x_i|w_i|v_i|v|var(?:iable)?|this|…)?';
const FRACTION = new RegExp(
  `^\\$?\\s*(?:∂|d|\\\\partial\\s*)([^/\\s]+?)\\s*/\\s*(?:∂|d|\\\\partial\\s*)\\(?${BLANK}\\)?\\s*\\$?$`,
  'u',
);
const LATEX_FRACTION = new RegExp(
  `^\\$?\\s*\\\\[dt]?frac\\s*\\{\\s*(?:\\\\partial|d|∂)\\s*([^{}]+(?:\\{[^{}]*\\}[^{}]*)?)\\}\\s*\\{\\s*(?:\\\\partial|d|∂)\\s*${BLANK}\\s*\\}\\s*\\$?$`,
  'u',
);
const BY =
  /^\$?\s*(?:(?:∇|\\nabla)_?\{?([\p{L}\d]+)\}?|(?:∂|d)\/(?:∂|d)([\p{L}\d_]+))\s*\$?(?:\s*values?)?$/u;

function derivativeHeading(cell: Cell): Heading | null {
  const { text } = cell;
  const part = (inner: string): Span => {
    const from = cell.from + text.indexOf(inner);
    return { from, to: from + inner.length };
  };
  const fraction = FRACTION.exec(text) ?? LATEX_FRACTION.exec(text);
  if (fraction !== null) return { kind: 'gradient', of: part(fraction[1].trim()), by: null };
  const by = BY.exec(text);
  if (by !== null) return { kind: 'gradient', of: null, by: part(by[1] ?? by[2]) };
  return null;
}

/** A number in a cell: `+0.02`, `−.5`, `3.`. */
export function isNumber(text: string): boolean {
  return /^[-+−–]?\s*(?:\d[\d,]*\.?\d*|\.\d+)(?:[eE][-+−]?\d+)?$/.test(text);
}

export function isElided(text: string): boolean {
  return /^(?:…|⋯|⋮|\.{2,}|\.\. \.|\\(?:dots|cdots|vdots|ldots))$/.test(text);
}
