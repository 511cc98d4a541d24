import { COLUMN } from './canvas.ts';
import type { Canvas } from './canvas.ts';

/** A list's sign at the beginning of a line: `-`, `3.`, `(3)`, `a)`, `①`; what follows must not continue a formula. */
const LABEL =
  /^(?:[-*+](?=\s+\S)|[•◦▪‣●○■–→]|[↳↪⇒⟹∴]|\d{1,3}[.)\]](?=\s)|\[\d{1,3}\](?=\s+\S)|\((?:\d{1,2}(?:\.\d{1,2})*|[a-z]|[ivx]{1,4})\)(?=\s+(?:\*\*|__)?[^\s+\-−*·×/=<>≤≥≈^])|[a-z]\)(?=\s)|[①-⓿❶-➓]|(?:Q|Step|Schritt|Aufgabe|Exercise)\s*\d{0,2}[.):](?=\s))(?=[\s①-⓿]|$|(?<=[①-⓿❶-➓↳↪⇒⟹∴→•]))[ \t]*(?!=(?!=))/u;
const HEADING = /^#{1,6}[ \t]+/;
const RULE = /^[ \t]*(?:[-=_*~][ \t]*){3,}\r?$/;

/** Paints over what a line of Markdown has besides its text; gives the sign of its bullet. */
export function paintLine(canvas: Canvas, from: number, end: number, kind: 'text' | 'code'): string {
  let to = end;
  if (canvas.source[to - 1] === '\r') canvas.blank(--to, end);
  let line = canvas.text(from, to);
  if (line.trim() === '') return '';
  if (RULE.test(line) && !line.includes('|')) {
    canvas.blank(from, to);
    return '';
  }
  let at = from + line.length - line.trimStart().length;
  let bullet = '';
  if (kind === 'text') {
    for (let i = 0; i < 6; i++) {
      const rest = canvas.source.slice(at, Math.min(to, at + 80));
      const quote = /^(?:>(?=[ \t]|$)|>>>|In ?\[\d*\]:|Out ?\[\d*\]:)[ \t]*/.exec(rest) ?? HEADING.exec(rest);
      const label =
        quote ??
        (rest.startsWith('\\item') ? /^\\item(?![a-z])(?:\[[^\]]*\])?[ \t]*/.exec(rest) : LABEL.exec(rest));
      if (label === null || label[0] === '') break;
      if (quote === null && /^[-+*]/.test(label[0])) bullet ||= label[0][0];
      canvas.blank(at, at + label[0].length);
      at += label[0].length;
    }
    line = canvas.text(from, to);
    paintEmphasis(canvas, from, line);
    paintTags(canvas, from, line);
    paintAlignment(canvas, from, line);
    // The number of an equation at the right.
    const number = /(?: {2}|\t)\(\d{1,2}(?:\.\d{1,2})*\)\s*$/.exec(line);
    if (number !== null && line.slice(0, number.index).trim() !== '')
      canvas.blank(from + number.index, from + line.length);
  } else {
    const prompt = /^\s*(?:>>>|\.\.\.|In ?\[\d*\]:|Out ?\[\d*\]:)[ \t]?/.exec(line);
    if (prompt !== null) canvas.blank(from, from + prompt[0].length);
  }
  paintWrappers(canvas, from, to);
  paintGradients(canvas, from, to);
  paintDots(canvas, from, to);
  paintRemark(canvas, from, to);
  return bullet;
}

/** `&=` and `\\\\` of a formula that was copied without its environment. */
function paintAlignment(canvas: Canvas, from: number, line: string): void {
  if (line.includes('&')) {
    for (const found of line.matchAll(/&(?=\s*(?:[=≈≤≥<>]|\\(?:approx|leq?|geq?)))|(?<=[=≈≤≥]\s{0,3})&/g)) {
      canvas.blank(from + found.index, from + found.index + 1);
    }
  }
  const end = /\\\\\s*$/.exec(line);
  if (end !== null) canvas.blank(from + end.index, from + line.length);
}

function paintEmphasis(canvas: Canvas, from: number, line: string): void {
  if (/[*_~`]/.test(line)) {
    const blankEnds = (pattern: RegExp, width: number) => {
      for (const found of line.matchAll(pattern)) {
        const start = from + found.index + found[1].length;
        const stop = from + found.index + found[0].length;
        canvas.blank(start, start + width);
        canvas.blank(stop - width, stop);
      }
    };
    if (line.includes('**'))
      blankEnds(/(^|[\s(])\*\*(?=\S)[^*\n]*(?:\*(?!\*)[^*\n]*)*\*\*(?=$|[\s.,;:!?)])/g, 2);
    if (line.includes('__')) blankEnds(/(^|[\s(])__(?=\S)[^_\n]*(?:_(?!_)[^_\n]*)*__(?=$|[\s.,;:!?)])/g, 2);
    if (/(?:^|[\s(])\*[^\s*]/.test(line))
      blankEnds(/(^\s*|[\s(])\*(?=[^\s*])[^*\n]*[^\s*]\*(?=\s*$|[.,;:!?)](?:\s|$))/g, 1);
    if (/(?:^|[\s(])_[^\s_]/.test(line))
      blankEnds(/(^\s*|[\s(])_(?=[^\s_])[^_\n]*[^\s_]_(?=\s*$|[.,;:!?)](?:\s|$))/g, 1);
    if (line.includes('~~')) {
      for (const found of line.matchAll(/~~[^~\n]*~~/g))
        canvas.blank(from + found.index, from + found.index + found[0].length);
    }
    for (let at = line.indexOf('`'); at >= 0; at = line.indexOf('`', at + 1))
      canvas.blank(from + at, from + at + 1);
    if (/\\[*_#~]/.test(line))
      for (const found of line.matchAll(/\\[*_#~]/g))
        canvas.blank(from + found.index, from + found.index + 2);
  }
}

/** Not every `<`: in `a<b and c>d` it relates. */
const TAG =
  /<(\/?)(su[bp]|br|hr|[bipu]|em|strong|div|span|font|center|a|img|t[drh]|table|thead|tbody|[ou]l|li|code|pre|h[1-6]|small|mark|details|summary)(?:\s+[\w-]+=[^<>\n]{0,200})?\s*\/?>/gi;
const TAG_TEXTS: ReadonlyMap<string, readonly [open: string, close: string]> = new Map([
  ['sup', ['^{', '}']],
  ['sub', ['_{', '}']],
  ['td', ['|', '']],
  ['th', ['|', '']],
]);

const ENTITIES: ReadonlyMap<string, string> = new Map(
  'nbsp=  thinsp=  ensp=  emsp=  lt=< gt=> le=≤ ge=≥ ne=≠ asymp=≈ middot=· sdot=· times=× divide=÷ minus=− plusmn=± part=∂ nabla=∇ sum=∑ prod=∏ radic=√ frac12=½ frac14=¼ sup2=² sup3=³ rarr=→ larr=← alpha=α beta=β delta=δ Delta=Δ eta=η theta=θ lambda=λ mu=μ pi=π sigma=σ omega=ω'
    .split(/ (?=\w)/)
    .map((entry): [string, string] => [entry.split('=')[0], entry.split('=')[1] || ' ']),
);

/** HTML as in `w<sup>(L)</sup>`, pictures and addresses. */
function paintTags(canvas: Canvas, from: number, line: string): void {
  if (line.includes('<')) {
    for (const found of line.matchAll(TAG)) {
      const [start, stop] = [from + found.index, from + found.index + found[0].length];
      const written = TAG_TEXTS.get(found[2].toLowerCase()) ?? [' ', ' '];
      canvas.write(start, stop, written[found[1] === '' ? 0 : 1]);
    }
  }
  if (line.includes('](')) {
    for (const found of line.matchAll(/!?\[([^\]\n]{0,200})\]\([^)\s]*\)/g)) {
      const label = from + found.index + found[0].indexOf('[') + 1;
      canvas.blank(from + found.index, label);
      canvas.blank(label + found[1].length, from + found.index + found[0].length);
    }
  }
  if (line.includes('://')) {
    for (const found of line.matchAll(/[a-z]+:\/\/\S+/g))
      canvas.blank(from + found.index, from + found.index + found[0].length);
  }
  if (line.includes('&')) {
    for (const { 0: entity, 1: name, index } of line.matchAll(/&([a-zA-Z]{2,7}\d?);/g)) {
      const sign = ENTITIES.get(name);
      if (sign !== undefined) canvas.write(from + index, from + index + entity.length, sign);
    }
  }
}

const WRAPPER =
  /(?<![\p{L}\d_])(?:torch\.|np\.|jnp\.|numpy\.|tf\.)?(?:tensor|array|Tensor|FloatTensor|Variable|constant|Parameter|float64|float32|DeviceArray|Array)\(/gu;

/** `tensor([1., 2.], grad_fn=…)` is the list in it. */
function paintWrappers(canvas: Canvas, from: number, to: number): void {
  const line = canvas.text(from, to);
  if (!/(?:ensor|array|Array|Variable|constant|Parameter|float(?:64|32))\(/.test(line)) return;
  for (const found of line.matchAll(WRAPPER)) {
    const start = found.index + found[0].length;
    let depth = 1;
    let comma = -1;
    for (let at = start; at < line.length; at++) {
      if ('([<'.includes(line[at])) depth++;
      else if (line[at] === ',' && depth === 1 && comma < 0) comma = at;
      else if (')]>'.includes(line[at]) && --depth === 0) {
        canvas.blank(from + found.index, from + start);
        canvas.blank(from + (comma < 0 ? at : comma), from + at + 1);
        break;
      }
    }
  }
}

/** `# …` and `// …` behind a formula; a remark with an equation sign is read on its own, `# = 6` goes on with the formula. */
function paintRemark(canvas: Canvas, from: number, to: number): void {
  const line = canvas.text(from, to);
  const found = /(?:^|\s)(?:#(?![\d{])|\/\/)(?=\s|[A-Za-z]|\(\d{1,2}\)\s*$)/.exec(line);
  if (found === null) return;
  const [start, rest] = [from + found.index, line.slice(found.index + found[0].length)];
  if (!/(?:^|[^=!<>+\-*/:])=(?!=)|≈/.test(rest)) {
    canvas.blank(start, to);
    return;
  }
  canvas.blank(start, start + found[0].length);
  const number = /\s#\(\d{1,2}\)\s*$/.exec(line);
  if (number !== null) canvas.blank(from + number.index, to);
  if (!/^\s*[=≈]/.test(rest)) canvas.mark(start, COLUMN);
}

/** `a.*b`, `a.^2`: element by element. */
function paintDots(canvas: Canvas, from: number, to: number): void {
  const line = canvas.text(from, to);
  if (!/\.[*/^]/.test(line)) return;
  for (const { index } of line.matchAll(/(?<=[\p{L}\p{Nd})\]'])\.(?=[*/^])/gu))
    canvas.blank(from + index, from + index + 1);
}

/** `grad f` is ∇f; `tape.gradient(y, x)`, `torch.autograd.grad(y, x)[0]`, `jax.grad(f)(x)` is ∂y/∂x. */
const GRADIENT =
  /(?<![\p{L}\d_.])(?:\p{L}\w*\.gradients?|(?:torch\.)?autograd\.grad|tf\.gradients|(?:jax\.)?grad)\(\s*(\p{L}\w*)(?:,\s*|\)\()(\p{L}\w*)(?:,\s*\w+=\w+)*\s*\)(?:\[0\])?/gu;

function paintGradients(canvas: Canvas, from: number, to: number): void {
  const line = canvas.text(from, to);
  if (!line.includes('grad')) return;
  for (const { 0: word, index } of line.matchAll(/(?<![\p{L}.\\])grad +(?=\p{L}(?![\p{L}\p{Nd}]))/gu))
    canvas.write(from + index, from + index + word.length, '∇');
  for (const { 0: call, 1: of, 2: by, index } of line.matchAll(GRADIENT))
    canvas.write(from + index, from + index + call.length, `∂${of}/∂${by}`);
}

const COMMANDS =
  /\\(?:boxed|fbox|framebox|colorbox|underline|emph|textbf|textit|texttt|section|subsection|subsubsection|paragraph|chapter|title|author|caption|footnote|textcolor|color|cancel|textcircled|mbox|hbox)\*?[ \t]*(?:\{[A-Za-z0-9!]*\}(?=[ \t]*\{))?[ \t]*\{|\\(?:noindent|newline|newpage|maketitle|centering|par|medskip|bigskip|smallskip|hfill|vspace\*?\{[^{}]*\}|hspace\*?\{[^{}]*\}|left\.|right\.|limits|nolimits|color\{[a-z]+\}|begingroup|endgroup|usepackage(?:\[[^\]]*\])?\{[^{}]*\}|bigl|bigr|Bigl|Bigr|big|Big|bigg|Bigg)(?![A-Za-z])/g;

/** Commands that only say how something looks, where they hold a whole claim; inside a formula its reader knows them. */
export function paintLatex(canvas: Canvas, from: number, to: number): void {
  const text = canvas.text(from, to);
  if (!text.includes('\\')) return;
  for (const found of text.matchAll(COMMANDS)) {
    const start = from + found.index;
    const stop = start + found[0].length;
    if (!found[0].endsWith('{')) {
      if (!/^\\(?:left|right)/.test(found[0])) canvas.blank(start, stop);
      continue;
    }
    const name = /^\\([a-z]+)/.exec(found[0])![1];
    const close = closingBrace(text, found.index + found[0].length, text.length);
    if (close < 0) continue;
    const body = text.slice(found.index + found[0].length, close);
    const label = name === 'textcircled' && /^\s*(?:\d{1,2}|[a-z]|\\[a-z]+)\s*$/.test(body);
    if (label && !/^\s*(?:=|\\approx)/.test(text.slice(close + 1))) canvas.blank(start, from + close + 1);
    else if (name === 'cancel') canvas.blank(start, from + close + 1);
    else if (
      !/^(?:boxed|fbox|framebox|colorbox|textcolor|color|underline)$/.test(name) ||
      /[=≈<>≤≥]|\\(?:approx|leq?|geq?)(?![a-z])/.test(body)
    ) {
      canvas.blank(start, stop);
      canvas.blank(from + close, from + close + 1);
    }
  }
}

/** Where the brace closes that is open before `from`; −1 if it does not. */
export function closingBrace(text: string, from: number, end: number): number {
  let depth = 1;
  for (let at = from; at < end && at - from < 5000; at++) {
    const code = text.charCodeAt(at);
    if (code === 92) at++;
    else if (code === 123) depth++;
    else if (code === 125 && --depth === 0) return at;
  }
  return -1;
}
