import { FUNCTIONS } from '@backflow/language';
import type { Declaration } from '../sheet.ts';
import { COLUMN } from './canvas.ts';
import type { Canvas } from './canvas.ts';
import type { Row } from './page.ts';

const ACTIVATION =
  '(?:sigmoids?|logistic|tanh|relu|leaky ?relu|softplus|linear|identity|softmax|sigmoide?n?|σ)';
const ARROW = '(?:→|⟶|->|\\\\to(?![a-z])|\\\\rightarrow|-|–|/|\\s+to\\s+|\\s+nach\\s+|,\\s*)';
const BACK = '(?:←|<-|\\\\leftarrow|\\\\gets)';

/** `4-3-2-1`, `784–16–16–10`, `4→3→2→1`; no difference, no date. */
const SIZES =
  /(?<![\p{L}\p{Nd}_.^=+*/·×(){}\\-]|[=+*/·×(-]\s)(\d{1,5}(?:[ \t]?(?:[-–]|→|->)[ \t]?\d{1,5}){2,7})(?![\p{Nd}.]|\s*[=≈+*/·×^)}])/gu;
const LISTED =
  /(?:\[\s*(\d{1,5}(?:\s*,\s*\d{1,5}){1,7})\s*\]\s*(?:net(?:work|z)?|mlp|netz(?:werk)?|layers?)|(?:net(?:work)?|mlp|netz(?:werk)?|layers?|layer sizes|schichten|sizes)\s*[:=]?\s*\[\s*(\d{1,5}(?:\s*,\s*\d{1,5}){1,7})\s*\])/giu;
const NO_BIAS =
  /\b(?:no|without|zero|ohne|kein(?:e|en)?)\s+bias(?:es)?\b|\bbias(?:es)?\s*(?:=|:)\s*(?:0|none|false)\b|\bbias[- ]?frei\b/i;
const BIAS = /\b(?:with|mit)\s+(?:a\s+)?bias(?:es)?\b|\bbias(?:es)?\s*(?:=|:)\s*(?:true|yes)\b/i;
const NEAR_ACTIVATION = new RegExp(`(?<![\\p{L}\\\\])(${ACTIVATION})(?![\\p{L}(])`, 'iu');

const ORDERS: readonly (readonly [RegExp, 'from-to' | 'to-from'])[] = [
  [
    new RegExp(
      `(?:ind(?:ices|ex|izes)|order|reihenfolge|w_?\\{?(?:jk|ij)\\}?)?\\s*(?:order|reihenfolge)?\\s*[:=]?\\s*\\b(?:from|von)\\s*${ARROW}\\s*(?:to|nach)?\\b`,
      'iu',
    ),
    'from-to',
  ],
  [
    new RegExp(
      `(?:ind(?:ices|ex|izes)|order|reihenfolge|w_?\\{?(?:jk|ij)\\}?)?\\s*(?:order|reihenfolge)?\\s*[:=]?\\s*\\b(?:to|nach|zu)\\s*(?:${BACK}|-|–|/|,)\\s*(?:from|von)\\b`,
      'iu',
    ),
    'to-from',
  ],
];
const FIRST =
  /\b(?:count(?:ing|ed)?|indices|indexes|index|indexing|numbered|zählung|indizes|gezählt|nummeriert)\s+(?:(?:start(?:s|ing)?|begin(?:s|ning)?|counted|wird|beginnt|beginnen)\s+)?(?:from|at|with|ab|bei|mit|von)\s+(0|1|zero|one|null|eins)\b/i;
const ACTIVATION_LINES: readonly RegExp[] = [
  new RegExp(
    `(?:activations?(?:\\s+functions?)?|aktivierung(?:en|sfunktion)?|squashing function|nonlinearity)\\s*(?:\\([^)]*\\))?\\s*(?:is|=|:|ist|f\\s*=|σ\\s*=|functions?:)?\\s*(?:the\\s+|die\\s+|der\\s+)?(${ACTIVATION})(?![\\p{L}(])`,
    'iu',
  ),
  new RegExp(
    `(?<![\\p{L}\\\\])(${ACTIVATION})[- ]?(?:activations?|activation functions?|aktivierung(?:en|sfunktion)?|neurons?|neuronen|units?|network|net|netz(?:werk)?|schicht(?:en)?|layers?)(?!\\p{L})`,
    'iu',
  ),
  new RegExp(
    `^\\s*(?:σ|\\\\sigma|f|g|φ|\\\\phi|\\\\varphi)\\s*(?:=|:=|≔|is|ist)\\s*(\\\\?(?:tanh|relu|sigmoid|logistic|softplus))\\s*[.,;]?\\s*$`,
    'iu',
  ),
];

const CONVENTIONS: readonly (readonly [RegExp, string])[] = [
  [
    /\b(?:negative|minus)\s+(?:of the\s+)?(?:gradients?|derivatives?)|\bnegativen?r?s?\s+gradient|\bgradient\s*(?:means|=|is|heißt|ist)\s*(?:(?:-|−)\s*(?:∂|∇|\\|d[A-Z])|minus|negative)|vorzeichen(?:\s+um)?gedreht/iu,
    'negative-gradient',
  ],
  [
    /\b(?:target|soll(?:wert)?|ziel|truth|label|desired|[ty])\s*(?:-|−|–|minus)\s*(?:output|out|ist(?:wert)?|ausgabe|answer|prediction|[aoŷ])\b/iu,
    'difference-order:target-output',
  ],
  [
    /\b(?:output|out|ausgabe|prediction|answer|ist(?:wert)?|[aoŷ])\s*(?:-|−|–|minus)\s*(?:target|soll(?:wert)?|ziel|truth|label|desired|[ty])\b/iu,
    'difference-order:output-target',
  ],
  [
    /\b(?:mean|average|averaged|avg|mittel(?:wert)?|durchschnitt|gemittelt)\s+(?:is taken\s+)?(?:over|across|über|of)\s+(?:the|all|den|die|alle)?\s*(?:batch|samples?|examples?|outputs?|data|stapel|beispiele?|ausgänge)/iu,
    'mean:mean',
  ],
  [
    /\b(?:sum|summed|summe|summiert)\s+(?:over|across|über|of)\s+(?:the|all|den|die|alle)?\s*(?:batch|samples?|examples?|outputs?|stapel|beispiele?|ausgänge)/iu,
    'mean:sum',
  ],
  [
    /\b(?:without|no|ohne|kein(?:e|en)?)\s+(?:the\s+|factor\s+|faktor\s+|das\s+|den\s+)*(?:½|1\/2|half|one half|einhalb|\\frac\{1\}\{2\})/iu,
    'half:without',
  ],
  [
    /(?:½|\b1\/2|\b(?:one )?half|\beinhalb)\s+(?:is\s+|steht\s+)?(?:in|vor|before|in front of)\s+(?:the|our|dem|der|den)\s+(?:loss|cost|error|verlust|fehler|kosten)|\b(?:loss|cost|error|verlust|fehler|kosten)\s+(?:has|carries|contains|includes|hat|enthält)\s+(?:the\s+|a\s+|factor\s+|faktor\s+|ein\s+|den\s+|einen\s+)*(?:½|1\/2|half|one half|einhalb)/iu,
    'half:with',
  ],
  [
    /\b(?:sum|summe)\b[^.;=]{0,4}\b(?:not|instead of|rather than|nicht|statt)\s+(?:the\s+|das\s+|den\s+|dem\s+)?(?:mean|average|mittel(?:wert)?|durchschnitt)/iu,
    'mean:sum',
  ],
  [
    /\b(?:mean|average|mittel(?:wert)?|durchschnitt)\b[^.;=]{0,4}\b(?:not|instead of|rather than|nicht|statt)\s+(?:the\s+|die\s+|der\s+)?(?:sum|summe)/iu,
    'mean:mean',
  ],
  [
    /\b(?:with|mit)\s+(?:the\s+|a\s+|factor\s+|faktor\s+)*(?:½|1\/2|half|one half|einhalb|\\frac\{1\}\{2\})/iu,
    'half:with',
  ],
  [
    /\blog(?:arithms?|arithmus)?\s*(?:to\s+)?(?:the\s+)?(?:base|basis|zur basis)\s*(?:=|:)?\s*(2|10|e)\b/iu,
    'log-base:',
  ],
  [/\b(?:log|ln)\s+(?:is|means|ist|=)\s+(?:the\s+|der\s+)?(?:natural|natürliche)/iu, 'log-base:e'],
];
/** What stands before `target − output` where that is a convention, and no formula of a page. */
const ABOUT =
  /^\s*(?:the\s+|der\s+|we use\s+)?(?:error|fehler|difference|differenz)?(?:[\s-]*(?:signals?|terms?|is|means|ist|[=:]))*\s*$/iu;

/** What notes say about themselves. What is no claim is painted over, so that nothing else reads it. */
export function readDeclarations(canvas: Canvas, rows: readonly Row[]): Declaration[] {
  const found: Declaration[] = [];
  for (const row of rows) {
    if (row.to - row.from > 2000) continue;
    const text = canvas.text(row.from, row.to);
    if (!/[-–→←[]|\p{L}{3}/u.test(text)) continue;
    readNetwork(canvas, row, text, found);
    readWords(canvas, row, text, found);
  }
  return found;
}

function readNetwork(canvas: Canvas, row: Row, text: string, found: Declaration[]): void {
  const candidates: { readonly match: RegExpExecArray; readonly sizes: string }[] = [];
  if (/\d[ \t]?(?:[-–→]|->)[ \t]?\d/.test(text))
    for (const match of text.matchAll(SIZES)) candidates.push({ match, sizes: match[1] });
  if (/\[\s*\d/.test(text))
    for (const match of text.matchAll(LISTED)) candidates.push({ match, sizes: match[1] ?? match[2] });
  for (const { match, sizes: written } of candidates) {
    const sizes = written.split(/\D+/).map(Number);
    const words =
      /\b(?:net(?:work)?|netz(?:werk)?|mlp|perceptron|layers?|schicht|neurons?|architecture|bias)/iu.test(
        text,
      );
    const activation = NEAR_ACTIVATION.exec(text)?.[1] ?? null;
    const dated =
      sizes.length === 3 && sizes[0] > 1900 && sizes[0] < 2100 && sizes[1] <= 12 && sizes[2] <= 31;
    const alone = text.trim().replace(/[.,;]$/, '') === written.trim() && sizes.length >= 3;
    if (dated || sizes.some((size) => size === 0) || !(words || activation !== null || alone)) continue;
    const from = row.from + match.index;
    const to = from + match[0].length;
    const bias = NO_BIAS.test(text) ? false : BIAS.test(text) ? true : null;
    found.push({
      kind: 'network',
      sizes,
      activation: activation === null ? null : operationOf(activation),
      bias,
      from,
      to,
    });
    canvas.blank(from, to);
    canvas.mark(from, COLUMN);
    return;
  }
}

function readWords(canvas: Canvas, row: Row, text: string, found: Declaration[]): void {
  const place = (match: RegExpExecArray) => ({
    from: row.from + match.index,
    to: row.from + match.index + match[0].length,
  });
  if (/from|von/i.test(text)) {
    for (const [form, order] of ORDERS) {
      const match = form.exec(text);
      if (match === null || !/ind|order|reihenfolge|w_?\{?(?:jk|ij)/i.test(match[0])) {
        if (match === null || !/→|->|←|<-|-|–|\\to|\\rightarrow|\\leftarrow/.test(match[0])) continue;
      }
      const span = place(match);
      found.push({ kind: 'indices', order, ...span });
      canvas.blank(span.from, span.to);
      canvas.mark(span.from, COLUMN);
      break;
    }
    const letters =
      /w_?\{?([a-z])([a-z])\}?(?:\^\{?\(?\w\)?\}?)?[^.;]{0,40}?\b(?:from|von)\s+(?:\p{L}{3,}\s+)?\$?([a-z])\$?\s+(?:to|nach|zu)\s+(?:\p{L}{3,}\s+)?\$?([a-z])(?!\p{L})/u.exec(
        text,
      );
    if (letters !== null) {
      const [, one, two, source, target] = letters;
      const order =
        one === source && two === target ? 'from-to' : one === target && two === source ? 'to-from' : null;
      if (order !== null) found.push({ kind: 'indices', order, ...place(letters) });
    }
  }
  if (/count|ind|number|numm|zähl/i.test(text)) {
    const first = FIRST.exec(text);
    if (first !== null)
      found.push({ kind: 'base', first: /^(?:0|zero|null)$/i.test(first[1]) ? 0 : 1, ...place(first) });
  }
  if (/sigm|tanh|relu|logist|softp|linear|ident/i.test(text)) {
    for (const form of ACTIVATION_LINES) {
      const match = form.exec(text);
      if (match === null) continue;
      const span = place(match);
      found.push({ kind: 'activation', operation: operationOf(match[1].replace('\\', '')), ...span });
      if (match[0].includes('=') || match[0].includes('≔')) canvas.blank(span.from, span.to);
      break;
    }
  }
  if (
    !/grad|deriv|target|soll|ziel|truth|label|desired|mean|av(?:g|er)|mittel|durchsch|summ?|half|einhalb|log|vorzeichen|error|fehler|convention|konvention|delta|δ/i.test(
      text,
    ) &&
    !(/½|1\/2|\\frac/.test(text) && /with|no|ohne|kein|mit|natur|natür|loss|cost|verlust|kosten/i.test(text))
  )
    return;
  for (const [form, convention] of CONVENTIONS) {
    const match = form.exec(text);
    if (match === null) continue;
    const formula = convention.startsWith('difference-order');
    if (
      convention === 'negative-gradient' &&
      !/konvention|convention|vorzeichen|gradients?\s*(?:means|=|is\b|ist\b|heißt)/iu.test(text) &&
      text.trim().length > 36
    )
      continue;
    const said = /convention|konvention/i.test(text) || isAbout(text, match);
    if (formula && !said) continue;
    const base = convention === 'log-base:' ? match[1] : '';
    const span = place(match);
    found.push({ kind: 'convention', convention: convention + base, ...span });
    if (formula) canvas.blank(row.from, row.to);
    else canvas.blank(span.from, span.to);
    break;
  }
}

/** `error signal = target − output` and nothing else in the row. */
function isAbout(text: string, match: RegExpExecArray): boolean {
  const before = text.slice(0, match.index);
  const after = text.slice(match.index + match[0].length);
  return ABOUT.test(before) && /^\s*[.,;]?\s*$/.test(after);
}

/** The operation that people call `logistic`, `ReLU`, `leaky relu`. */
function operationOf(word: string): string {
  const plain = word.toLowerCase().replace(/\s+/g, '');
  const known =
    FUNCTIONS.get(plain)?.operation ?? FUNCTIONS.get(plain === 'leakyrelu' ? 'leakyRelu' : plain)?.operation;
  if (known !== undefined) return known;
  if (/^(?:sigmoid|sigmoids|sigmoide|sigmoiden|logistic|σ)$/.test(plain)) return 'sigmoid';
  return plain === 'leakyrelu' ? 'leakyRelu' : plain;
}
