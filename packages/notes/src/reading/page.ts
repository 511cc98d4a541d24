import { programParts } from '@backflow/language';
import type { Span } from '@backflow/language';
import { Canvas, COLUMN, EDGE } from './canvas.ts';
import { paintLatex, paintLine } from './markup.ts';

/** Only this much of a text is read. */
export const TEXT_READ = 1_000_000;

/** A stretch between two line breaks: of the text, of a code block, or a row of a displayed formula. */
export interface Row extends Span {
  readonly kind: 'text' | 'math' | 'code';
  /** What stood before the text and was taken away as a bullet: `-`, `+`, `*`; '' for none. */
  readonly bullet: string;
  /** True if an empty line stands before it. */
  readonly apart: boolean;
  /** In a block of code that is no program of notes: what cannot be read there is no claim. */
  readonly quoted?: true;
}

/** Notes cut into rows, with all markup painted over. */
export interface Page {
  readonly canvas: Canvas;
  readonly rows: readonly Row[];
  readonly program: readonly Span[];
}

const FENCE = /^ {0,3}(`{3,}|~{3,})[ \t]*([^`]*)$/;
/** What stands in code of these kinds says nothing about a derivative. */
const OTHER_LANGUAGES =
  /^(?:json[c5]?|ya?ml|toml|ini|xml|html?|s?css|less|svg|csv|tsv|console|terminal|shell|sh|bash|zsh|fish|bat|cmd|powershell|ps1|dockerfile|docker|make(?:file)?|cmake|diff|patch|git|http|sql|graphql|regex|js|jsx|mjs|javascript|ts|tsx|typescript|vue|svelte|c|h|cpp|c\+\+|cc|cu|cuda|cs|csharp|java|kotlin|scala|go|rust|rs|swift|php|ruby|rb|perl|lua|dart|asm|wasm|llvm|mermaid|stops|dot|graphviz|plantuml|log)$/i;
/** Lines of code that only frame others. */
const FRAMES =
  /^\s*(?:(?:def|class|import|return|raise|assert|function|lambda|global|del|using|package)\s|from\s+\S+\s+import\s|(?:for|while|if|elif|else|with|try|except|finally)\b.*:\s*(?:#.*)?$|for\s+\w+\s+in\s|(?:if|elif|while)\b.*(?:[<>!=]=|[<>]|\bnot\b|\bin\b).*:|@\w)/;
const OPENERS =
  /\\\\|\\\$|\$\$|\\\[|\$|\\\(|\\begin[ \t]*\{([A-Za-z]+\*?)\}|\\(?:begin|end)[ \t]*\{[A-Za-z]*\*?\}/g;
const MATH_ENVIRONMENTS =
  /^(?:equation|align|alignat|flalign|gather|multline|eqnarray|displaymath|math|split|aligned|alignedat|gathered|dmath|subequations|IEEEeqnarray|cases|array|[bpvBV]?matrix|smallmatrix)\*?$/;
/** Environments whose rows are formulas of their own; all others are part of one formula. */
const ROWS =
  /^(?:equation|align|alignat|flalign|gather|multline|eqnarray|displaymath|math|split|aligned|alignedat|gathered|dmath|subequations|IEEEeqnarray)\*?$/;
const TABLES = /^(?:tabular|longtable|tabularx|tabulary)\*?$/;
/** The longest stretch searched for the end of a formula. */
const FORMULA_LENGTH = 20_000;

/** `broken`: a program with errors is read like any other code, but for these statements. */
export function readPage(source: string, broken = false, owned: readonly Span[] = []): Page {
  const canvas = new Canvas(source);
  if (broken) for (const { from, to } of owned) canvas.blank(from, to);
  const parts = programParts(source);
  const program = broken || parts.fences.length === 0 ? [] : parts.regions;
  const rows: Row[] = [];
  let [from, end] = [0, source.length];
  const begin = source.indexOf('\\begin{document}');
  const latex = begin >= 0 || /\\documentclass/.test(source.slice(0, 2000));
  if (begin >= 0) {
    from = begin + '\\begin{document}'.length;
    const last = source.indexOf('\\end{document}', from);
    if (last >= 0) end = last;
  }
  let open: { mark: string; read: 'not' | 'as-program' | 'as-quoted' } | null = null;
  let block = from;
  for (let at = from; at < end;) {
    const newline = source.indexOf('\n', at);
    const to = newline < 0 || newline > end ? end : newline;
    const fence = to - at < 200 ? FENCE.exec(source.slice(at, to).trimEnd()) : null;
    if (fence !== null && open === null) {
      readBlock(canvas, block, at, latex, rows);
      const isProgram = parts.regions.some((region) => region.from === to + 1);
      const left = isProgram ? !broken : OTHER_LANGUAGES.test(/^[^\s{,:]*/.exec(fence[2])![0]);
      open = { mark: fence[1], read: left ? 'not' : isProgram ? 'as-program' : 'as-quoted' };
      block = to + 1;
    } else if (fence !== null && fence[2].trim() === '' && fence[1].startsWith(open!.mark)) {
      readCode(canvas, block, at, rows, open!.read);
      open = null;
      block = to + 1;
    }
    at = to + 1;
  }
  if (open === null) readBlock(canvas, Math.min(block, end), end, latex, rows);
  else readCode(canvas, Math.min(block, end), end, rows, open.read);
  return { canvas, rows, program };
}

/** A block of code: each line for itself. */
function readCode(
  canvas: Canvas,
  from: number,
  end: number,
  rows: Row[],
  how: 'not' | 'as-program' | 'as-quoted',
): void {
  if (how === 'not') return;
  const lines: Row[] = [];
  addLines(canvas, from, end, 'code', lines);
  for (const row of lines) {
    if (how === 'as-program') rows.push(row);
    else if (!FRAMES.test(canvas.source.slice(row.from, Math.min(row.to, row.from + 400))))
      rows.push({ ...row, quoted: true });
  }
}

/** Running text with formulas in it. */
function readBlock(canvas: Canvas, from: number, end: number, latex: boolean, rows: Row[]): void {
  const { source } = canvas;
  if (latex) paintComments(canvas, from, end);
  let text = from;
  const block = source.slice(from, end);
  const ends = new Finder(source);
  OPENERS.lastIndex = 0;
  for (;;) {
    const opener = OPENERS.exec(block);
    if (opener === null) break;
    opener.index += from;
    const sign = opener[0];
    const after = opener.index + sign.length;
    if (sign === '\\\\' || sign === '\\$') continue;
    if (sign === '$' || sign === '\\(') {
      const close = inlineEnd(source, after, end, sign);
      if (close === null) continue;
      canvas.blank(opener.index, after);
      canvas.mark(opener.index, EDGE);
      canvas.blank(close.from, close.to);
      canvas.mark(close.to, EDGE);
      OPENERS.lastIndex = close.to - from;
      continue;
    }
    if (opener[1] !== undefined && !MATH_ENVIRONMENTS.test(opener[1])) {
      if (TABLES.test(opener[1])) paintTable(canvas, after, ends.next(`\\end{${opener[1]}}`, after));
      canvas.blank(opener.index, after);
      continue;
    }
    // A matrix in a line of text is a part of that line.
    if (opener[1] !== undefined && !ROWS.test(opener[1])) {
      const close = ends.next(`\\end{${opener[1]}}`, after);
      if (close >= 0 && close < end && !source.slice(after, close).includes('\n')) {
        OPENERS.lastIndex = close - from + `\\end{${opener[1]}}`.length;
        continue;
      }
    }
    if (opener[1] === undefined && sign.startsWith('\\') && sign !== '\\[') {
      canvas.blank(opener.index, after);
      continue;
    }
    const mark = sign === '$$' ? '$$' : sign === '\\[' ? '\\]' : `\\end{${opener[1]}}`;
    let close = ends.next(mark, after);
    if (close < 0 || close > end || close - after > FORMULA_LENGTH) {
      close = paragraphEnd(source, after, end);
      if (sign === '$$' && close - after > 2000) continue;
    }
    addLines(canvas, text, opener.index, 'text', rows);
    const environment = opener[1] !== undefined;
    if (!environment) canvas.blank(opener.index, after);
    const closed = source.startsWith(mark, close);
    const to = closed ? close + mark.length : close;
    if (closed && !environment) canvas.blank(close, to);
    readDisplay(canvas, environment ? opener.index : after, environment ? to : close, rows);
    text = to;
    OPENERS.lastIndex = to - from;
  }
  addLines(canvas, text, end, 'text', rows);
}

/** Looks for marks ever further to the right, without looking at any place twice. */
class Finder {
  readonly #source: string;
  readonly #found = new Map<string, number>();

  constructor(source: string) {
    this.#source = source;
  }

  /** Where the next mark begins; −1 if there is none. */
  next(mark: string, from: number): number {
    const known = this.#found.get(mark);
    if (known !== undefined && (known < 0 || known >= from)) return known;
    const at = this.#source.indexOf(mark, from);
    this.#found.set(mark, at);
    return at;
  }
}

/** Where the formula in a line that begins at `from` ends; null if it is no formula. */
function inlineEnd(source: string, from: number, end: number, sign: string): Span | null {
  const limit = Math.min(end, paragraphEnd(source, from, Math.min(end, from + 3000)));
  const mark = sign === '$' ? '$' : '\\)';
  let at = source.indexOf(mark, from);
  while (at >= 0 && at < limit && source[at] === '$' && source[at - 1] === '\\')
    at = source.indexOf(mark, at + 1);
  if (at < 0 || at >= limit || at === from) return null;
  if (mark === '$' && /\d/.test(source[from]) && /\d/.test(source[at + 1] ?? '')) return null;
  return { from: at, to: at + mark.length };
}

function paragraphEnd(source: string, from: number, end: number): number {
  const limit = Math.min(end, from + FORMULA_LENGTH);
  const found = source.slice(from, limit).search(/\n[ \t\r]*\n/);
  return found < 0 ? limit : from + found;
}

/** A table of LaTeX with the borders of one of Markdown. */
function paintTable(canvas: Canvas, from: number, to: number): void {
  const { source } = canvas;
  if (to < 0 || to - from > FORMULA_LENGTH) return;
  const head = /^(?:\[[^\]\n]*\])?\{[^\n]*?\}(?=\s*(?:\n|\\))/.exec(
    source.slice(from, Math.min(to, from + 200)),
  );
  if (head !== null) canvas.blank(from, from + head[0].length);
  for (const found of source
    .slice(from, to)
    .matchAll(/\\(?:hline|toprule|midrule|bottomrule|cline\{[^}]*\})|\\\\|(?<!\\)&/g)) {
    const at = from + found.index;
    canvas.write(at, at + found[0].length, found[0] === '&' ? '|' : '');
  }
}

function paintComments(canvas: Canvas, from: number, end: number): void {
  const { source } = canvas;
  for (let at = source.indexOf('%', from); at >= 0 && at < end; at = source.indexOf('%', at + 1)) {
    if (source[at - 1] === '\\') continue;
    const newline = source.indexOf('\n', at);
    const to = newline < 0 ? end : Math.min(end, newline);
    canvas.blank(at, to);
    at = to - 1;
  }
}

const DISPLAY =
  /\\\\\*?(?:\[[^\]\n]{0,20}\])?|\\begin[ \t]*\{([A-Za-z]+\*?)\}(?:\{[^{}\n]{0,40}\})?|\\end[ \t]*\{([A-Za-z]+\*?)\}|\\(?:label|tag\*?|ref|eqref)[ \t]*\{[^{}\n]*\}|\\(?:nonumber|notag|displaystyle|allowbreak)(?![A-Za-z])|\\(?:short)?intertext[ \t]*\{|\\[{}&%$]|[{}&\n%$]/g;

/** A displayed formula: its rows, of which each may be a claim. */
function readDisplay(canvas: Canvas, from: number, end: number, rows: Row[]): void {
  const { source } = canvas;
  const environments: string[] = [];
  let opaque = 0;
  let braces = 0;
  let row = from;
  let apart = true;
  let ampersands = 0;
  const finish = (to: number, next: number) => {
    addMath(canvas, row, to, apart, rows);
    apart = false;
    ampersands = 0;
    row = next;
  };
  DISPLAY.lastIndex = from;
  for (;;) {
    const found = DISPLAY.exec(source);
    if (found === null || found.index >= end) break;
    const [sign] = found;
    const [at, after] = [found.index, found.index + found[0].length];
    if (found[1] !== undefined) {
      const inner = ROWS.test(found[1]) || holdsArrows(source, after, end);
      environments.push(inner ? 'rows' : 'part');
      if (inner) canvas.blank(at, after);
      else opaque++;
    } else if (found[2] !== undefined) {
      const last = environments.pop();
      if (last === 'part') opaque--;
      else canvas.blank(at, after);
    } else if (sign.startsWith('\\\\')) {
      if (opaque > 0) continue;
      canvas.blank(at, after);
      braces = 0;
      finish(at, after);
    } else if (sign === '\n') {
      if (opaque === 0 && braces <= 0) finish(at, after);
      else canvas.blank(at, after);
    } else if (sign === '%') {
      const newline = source.indexOf('\n', at);
      const to = newline < 0 ? end : Math.min(end, newline);
      canvas.blank(at, to);
      DISPLAY.lastIndex = to;
    } else if (sign === '&') {
      if (opaque > 0) continue;
      canvas.blank(at, after);
      ampersands++;
      const doubled = source[after] === '&' || source[at - 1] === '&';
      if (doubled || (ampersands % 2 === 0 && !besideRelation(source, at))) canvas.mark(at, COLUMN);
    } else if (sign === '{') braces++;
    else if (sign === '}') braces--;
    else if (sign.includes('intertext')) {
      finish(at, after);
      canvas.blank(at, after);
      const close = source.indexOf('}', after);
      if (close >= 0 && close < end) {
        canvas.blank(close, close + 1);
        addLines(canvas, after, close, 'text', rows);
        row = close + 1;
        DISPLAY.lastIndex = close + 1;
      }
    } else if (sign === '$') canvas.blank(at, after);
    else if (sign.length > 2) canvas.blank(at, after);
  }
  finish(end, end);
}

/** True for `cases` whose rows are notes of their own: `0.1863 \leftarrow (0.43 - 0.00)^2`. */
function holdsArrows(source: string, from: number, end: number): boolean {
  const body = source.slice(from, Math.min(end, from + 60));
  return /^\s*[\d.]+\s*(?:\\leftarrow|←)/.test(body);
}

function besideRelation(source: string, at: number): boolean {
  const around = `${source.slice(Math.max(0, at - 12), at).trimEnd()} | ${source.slice(at + 1, at + 12).trimStart()}`;
  return /(?:[=<>≈≤≥≃]|\\(?:le|leq|ge|geq|approx|simeq|sim)) \| | \| (?:[=<>≈≤≥≃]|\\(?:le|leq|ge|geq|approx|simeq|sim)(?![a-z]))/.test(
    around,
  );
}

function addMath(canvas: Canvas, from: number, to: number, apart: boolean, rows: Row[]): void {
  paintLatex(canvas, from, to);
  const leading = /^\s*(?:\\q?quad\s*)+/.exec(canvas.text(from, Math.min(to, from + 80)));
  if (leading !== null) canvas.blank(from, from + leading[0].length);
  const span = trimmed(canvas, from, to);
  if (span === null) return;
  canvas.mark(span.from, EDGE);
  canvas.mark(span.to, EDGE);
  rows.push({ ...span, kind: 'math', bullet: '', apart });
}

function addLines(canvas: Canvas, from: number, end: number, kind: 'text' | 'code', rows: Row[]): void {
  const { source } = canvas;
  let apart = true;
  for (let at = from; at < end;) {
    const newline = source.indexOf('\n', at);
    const to = newline < 0 || newline > end ? end : newline;
    const bullet = paintLine(canvas, at, to, kind);
    paintLatex(canvas, at, to);
    const span = trimmed(canvas, at, to);
    if (span === null) apart ||= at > from || source[at] === '\n';
    else {
      rows.push({ ...span, kind, bullet, apart: apart && at > from });
      apart = false;
    }
    at = to + 1;
  }
}

function trimmed(canvas: Canvas, from: number, to: number): Span | null {
  const text = canvas.text(from, to);
  const inner = text.trim();
  if (inner === '') return null;
  const start = from + (text.length - text.trimStart().length);
  return { from: start, to: start + inner.length };
}
