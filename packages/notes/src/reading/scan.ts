import type { Span } from '@backflow/language';
import { COLUMN } from './canvas.ts';
import { kindOfWord } from './vocabulary.ts';
import type { Relation } from '../sheet.ts';

/**
 * What a row consists of, as seen from outside any bracket.
 *
 * formula: number, name, function, bracket, command. operator: a sign between formulas. word: letters that may be a name or
 * prose. stop: prose for certain, or a sign that is no part of a formula. separator: comma, semicolon, `\quad`, a column.
 */
export interface Item extends Span {
  readonly kind: 'formula' | 'operator' | 'word' | 'stop' | 'separator' | 'relation' | 'arrow';
  /** The text; for relations and arrows the sign in its plain form, for brackets the opening sign. */
  readonly text: string;
  /** White space before it: none, some, or a gap of a tab or at least two spaces. */
  readonly gap: 0 | 1 | 2;
  /** A `$` or a column's border stands before it. */
  readonly edge: boolean;
  readonly shape: 'number' | 'name' | 'function' | 'group' | 'sign' | 'other';
  /** What a bracket holds. */
  readonly inner: Span | null;
}

const RELATIONS: ReadonlyMap<string, Relation> = new Map<string, Relation>([
  ...each<Relation>('=', ['=', '==', ':=', '≔', '＝', '\\equiv', '≡', '\\coloneqq', '≝', '\\doteq']),
  ...each<Relation>('≈', [
    '≈',
    '~=',
    '≃',
    '≅',
    '≒',
    '\\approx',
    '\\simeq',
    '\\cong',
    '\\approxeq',
    '=~',
    '~',
  ]),
  ...each<Relation>('≤', ['≤', '<=', '⩽', '=<', '\\le', '\\leq', '\\leqslant']),
  ...each<Relation>('≥', ['≥', '>=', '⩾', '\\ge', '\\geq', '\\geqslant']),
  ...each<Relation>('<', ['<', '\\lt', '≪', '\\ll']),
  ...each<Relation>('>', ['>', '\\gt', '≫', '\\gg']),
  ...each<Relation>('≠', ['≠', '!=', '\\ne', '\\neq']),
  ...each<Relation>('∝', ['∝', '\\propto']),
]);
const ARROWS: ReadonlyMap<string, string> = new Map<string, string>([
  ...each('→', [
    '→',
    '⟶',
    '->',
    '-->',
    '↦',
    '\\to',
    '\\rightarrow',
    '\\longrightarrow',
    '\\mapsto',
    '\\hookrightarrow',
    '↳',
    '↪',
  ]),
  ...each('⇒', ['⇒', '⟹', '=>', '==>', '\\Rightarrow', '\\implies', '\\Longrightarrow']),
  ...each('∴', [
    '∴',
    '\\therefore',
    '⇔',
    '⟺',
    '<=>',
    '\\iff',
    '\\Leftrightarrow',
    '↔',
    '\\leftrightarrow',
    '∵',
    '\\because',
  ]),
  ...each('←', ['←', '⟵', '<-', '\\leftarrow', '\\longleftarrow', '\\gets']),
]);
const SPACES = new Set(['\\,', '\\;', '\\:', '\\!', '\\ ', '\\>', '~']);

const SIGN =
  /===?>?|<=>|-->?|->|=>|:=|~=|=~|<=|>=|=<|!=|==|<-(?=\s)|\+=|-=|−=|\*=|\/=|\*\*|\/\/|[=≈≃≅≒≤≥⩽⩾≠≪≫<>∝≡≔＝≝→⟶⇒⟹↦↳↪∴⇔⟺↔∵←⟵~]/y;
const NUMBER =
  /(?:\d{1,3}(?:,\d{3})+(?![\d,])|\d+)(?:\.\d+|\.(?=[^\s\p{L}.]|$|\s*[*·×/+\-−)\]]))?(?:[eE][-+−]?\d+(?![\p{L}\d]))?(?:\.\.\.|…)?|\.\d+(?:[eE][-+−]?\d+)?/uy;
const EAST = '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}';
const EAST_WORD = new RegExp(`[${EAST}]+`, 'uy');
const SUB = '₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ';
const SUPER = '⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂ';
const WORD = new RegExp(
  `(?![${SUPER}${SUB}])(?![${EAST}])\\p{L}(?:(?![${EAST}${SUPER}${SUB}])[\\p{L}\\p{M}\\p{Nd}])*` +
    `(?:[${SUPER}${SUB}]+|['’′″‴]+(?!\\p{L})|_(?:\\{[^{}\\n]{0,60}\\}|(?:(?![${EAST}])[\\p{L}\\p{Nd}])+)|` +
    `\\^(?:\\{[([]?[^{}\\n]{0,60}[)\\]]?\\}|\\([\\p{L}\\d+\\-−]{1,8}\\)(?![\\p{L}\\d])|[\\p{L}\\d+](?![\\p{L}\\d(]))|\\.(?:grad|data|T|item\\(\\)|value)(?![\\p{L}\\d]))*`,
  'uy',
);
const COMMAND =
  /\\(?:left|right|[bB]igg?[lr]?)\s*(\\[{}|]|\\[a-z]+|[()[\]{}|./<>])|\\(begin|end)\s*\{([A-Za-z*]+)\}(?:\{[^{}]{0,40}\})?|\\[A-Za-z]+|\\[^A-Za-z]/y;
const TEXT_COMMAND = /^\\(?:text|textrm|textnormal|mathrm|mathit|textsf|operatorname|intertext)$/;
const CONTRACTION =
  /\p{L}{2,}['’](?:s|t|re|ll|ve|d|m)(?!\p{L})|(?:i\.e|e\.g|w\.r\.t|z\.\s?B|d\.\s?h|s\.t|u\.\s?a|a\.k\.a|resp|bzw|vgl|cf)\.|\b\p{L}{1,4}\/\p{L}?(?=\s)/uy;
const MODULE =
  /(?<![\p{L}\p{Nd}_.])(?:np|numpy|math|cmath|torch|tf|jnp|jax|F|nn|scipy|sp|special|Math|K|self)\.(?:(?:nn|functional|special|numpy|math|activations|linalg)\.)*(?=\p{L})/uy;
const CALL = new RegExp(MODULE.source + WORD.source, 'uy');
const OPERATORS = '+-−–±∓*·⋅×∗•⊙/÷∕⁄^√%∂∇∑∏∞';

const PLACE = /\|\p{L}[\p{Nd}₀-₉]*\s*=\s*[-−]?\d/uy;

const UNITS: ReadonlySet<string> = new Set(
  'st nd rd th er ste ter px ms kb mb gb dim bit am pm cm mm km kg hz fps sec min std'.split(' '),
);

interface Atom extends Span {
  readonly kind: Item['kind'] | 'open' | 'close';
  readonly text: string;
  readonly shape: Item['shape'];
  match: number;
}

/** The items of a stretch, with brackets closed up. */
export function scan(text: string, span: Span, flags: Uint8Array, names: ReadonlySet<string>): Item[] {
  const atoms = atomsOf(text, span, names);
  matchBrackets(atoms);
  const items: Item[] = [];
  let last = span.from;
  for (let i = 0; i < atoms.length; i++) {
    const atom = atoms[i];
    const gap = gapBetween(text, last, atom.from);
    let marks = 0;
    for (let at = last; at <= atom.from; at++) marks |= flags[at];
    const edge = marks !== 0;
    const column = (marks & COLUMN) !== 0;
    if (column && items.length > 0) {
      items.push({
        ...atom,
        from: last,
        to: last,
        kind: 'separator',
        text: '\t',
        shape: 'other',
        gap,
        edge,
        inner: null,
      });
    }
    if (atom.kind === 'open' && atom.match > i) {
      const close = atoms[atom.match];
      const to = close?.to ?? span.to;
      const inner = { from: atom.to, to: close?.from ?? span.to };
      items.push({ from: atom.from, to, kind: 'formula', text: atom.text, shape: 'group', gap, edge, inner });
      i = atom.match;
      last = to;
      continue;
    }
    const kind = atom.kind === 'open' || atom.kind === 'close' ? 'stop' : atom.kind;
    items.push({
      from: atom.from,
      to: atom.to,
      kind,
      text: atom.text,
      shape: atom.shape,
      gap,
      edge,
      inner: null,
    });
    last = atom.to;
  }
  return items;
}

function gapBetween(text: string, from: number, to: number): 0 | 1 | 2 {
  if (to <= from) return 0;
  // `\,` sets a factor apart, not a column.
  const whole = text.slice(from, to);
  const between = whole.replace(/\\[,;:!> ]/g, '');
  if (between === '') return 0;
  if (between.length < whole.length) return 1;
  return between.length >= 2 || between.includes('\t') ? 2 : 1;
}

function atomsOf(text: string, { from, to }: Span, names: ReadonlySet<string>): Atom[] {
  const atoms: Atom[] = [];
  const add = (kind: Atom['kind'], length: number, plain: string, shape: Item['shape'] = 'other') => {
    atoms.push({ from: at, to: at + length, kind, text: plain, shape, match: -1 });
    at += length;
  };
  const found = (pattern: RegExp) => {
    pattern.lastIndex = at;
    const match = pattern.exec(text)?.[0] ?? '';
    if (at + match.length <= to) return match;
    // What runs out of the stretch is cut off at its end, at once and not letter by letter.
    pattern.lastIndex = at;
    return pattern.exec(text.slice(0, to))?.[0] ?? '';
  };
  let at = from;
  while (at < to) {
    const character = text[at];
    if (
      character === ' ' ||
      character === '\t' ||
      character === '\n' ||
      character === '\r' ||
      character === '\u00a0'
    ) {
      at++;
      continue;
    }
    const code = text.charCodeAt(at);
    if (
      (code >= 48 && code <= 57) ||
      (code === 46 && /\d/.test(text[at + 1] ?? '') && !/[\d\p{L}]/u.test(text[at - 1] ?? ''))
    ) {
      const number = found(NUMBER) || character;
      add('formula', number.length, number, 'number');
      continue;
    }
    if (character === '\\') {
      readCommand();
      continue;
    }
    const sign = code < 128 && !'=-:~<>!+*/'.includes(character) ? '' : found(SIGN);
    if (sign !== '') {
      const relation = RELATIONS.get(sign);
      if (sign === '~' && !/^\s*[-−+]?\.?\d/.test(text.slice(at + 1, at + 8))) add('stop', 1, sign);
      else if (relation !== undefined) add('relation', sign.length, relation);
      else if (ARROWS.has(sign)) add('arrow', sign.length, ARROWS.get(sign)!);
      else if (/^(?:[+\-−*/])=$/.test(sign)) add('relation', sign.length, sign.replace('−', '-'));
      else if (sign === '**') add('operator', 2, sign, 'sign');
      else if (sign.startsWith('-')) add('operator', 1, '-', 'sign');
      else add('stop', sign.length, sign);
      continue;
    }
    const plain = (code >= 97 && code <= 122) || (code >= 65 && code <= 90);
    const letter = plain || code >= 128;
    const prose = letter ? found(CONTRACTION) : '';
    if (prose !== '' && !names.has(prose.replace(/\/$/, '')) && !/^[d∂]?\p{L}\//u.test(prose)) {
      add('stop', prose.length, prose);
      continue;
    }
    const eastern = code < 0x1100 ? '' : found(EAST_WORD);
    if (eastern !== '') {
      add(names.has(eastern) ? 'formula' : 'word', eastern.length, eastern, 'name');
      continue;
    }
    // np.exp(x)
    const module = plain ? found(MODULE) : '';
    if (module !== '' && !names.has(module.slice(0, module.indexOf('.')))) {
      const rest = found(CALL);
      add('formula', rest.length, rest.slice(module.length), 'function');
      continue;
    }
    const word = letter ? found(WORD) : '';
    if (word !== '') {
      const known = kindOfWord(word, names);
      // 2xy, but not 2nd.
      const last = atoms.at(-1);
      const glued = known === 'word' && last?.shape === 'number' && last.to === at;
      const kind = glued && word.length <= 3 && !UNITS.has(word.toLowerCase()) ? 'name' : known;
      if (kind === 'stop') add('stop', word.length, word.toLowerCase());
      else if (kind === 'word') add('word', word.length, word, 'name');
      else add('formula', word.length, word, kind);
      continue;
    }
    // dy/dx|x=3
    if (character === '|' && atoms.at(-1)?.to === at && found(PLACE) !== '') {
      add('stop', 1, 'at');
      continue;
    }
    if ('([{（［'.includes(character)) add('open', 1, character);
    else if (')]}）］'.includes(character)) add('close', 1, character);
    else if (',;，；、'.includes(character)) add('separator', 1, character);
    else if (text.startsWith('𝟙', at)) add('formula', 2, '𝟙');
    else if (OPERATORS.includes(character)) {
      const prefix = '√∂∇∑∏∞'.includes(character);
      add(prefix ? 'formula' : character === '%' ? 'stop' : 'operator', 1, character, 'sign');
    } else if (text.startsWith('...', at)) add('formula', 3, '…');
    else if (
      "…⋯⋮⋱|∣‖∥_'’′½⅓⅔¼¾⅕⅖⅗⅘⅙⅛⅜⅝⅞ⁿ".includes(character) ||
      SUB.includes(character) ||
      SUPER.includes(character)
    ) {
      add('formula', 1, character);
    } else add('stop', text.codePointAt(at)! > 0xffff ? 2 : 1, character);
  }
  return atoms;

  function readCommand(): void {
    COMMAND.lastIndex = at;
    const match = COMMAND.exec(text);
    if (match === null || at + match[0].length > to) {
      add('stop', 1, '\\');
      return;
    }
    const command = match[0];
    const delimiter = match[1];
    if (delimiter !== undefined) {
      const opening =
        command.startsWith('\\left') ||
        /^\\[bB]igg?l/.test(command) ||
        (/^\\[bB]igg?(?![lr])/.test(command) && '([\\{'.includes(delimiter));
      add(opening ? 'open' : 'close', command.length, '\\left');
    } else if (match[2] !== undefined)
      add(match[2] === 'begin' ? 'open' : 'close', command.length, '\\begin');
    else if (SPACES.has(command)) at += command.length;
    else if (command === '\\{' || command === '\\lbrace') add('open', command.length, '\\{');
    else if (command === '\\}' || command === '\\rbrace') add('close', command.length, '\\}');
    else if (command === '\\quad' || command === '\\qquad' || command === '\\\\')
      add('separator', command.length, '\t');
    else if (RELATIONS.has(command)) add('relation', command.length, RELATIONS.get(command)!);
    else if (ARROWS.has(command)) add('arrow', command.length, ARROWS.get(command)!);
    else if (/^\\(?:cdot|times|ast|pm|mp|odot|circ|div|bullet|star)$/.test(command))
      add('operator', command.length, '·', 'sign');
    else if (
      /^\\(?:uparrow|downarrow|nearrow|Uparrow|Downarrow|forall|exists|in|notin|ni|subset|mid|ldotp|checkmark)$/.test(
        command,
      )
    ) {
      add('stop', command.length, command);
    } else if (/^\\x(?:right|left)arrow$/.test(command)) {
      const braces = /^\\x(?:right|left)arrow\s*(?:\[[^\]]*\])?\s*(?:\{[^{}]*\})?/.exec(
        text.slice(at, Math.min(to, at + 300)),
      )!;
      add('arrow', braces[0].length, '→');
    } else if (TEXT_COMMAND.test(command)) {
      const body = /^\\[a-z]+\s*\{([^{}]*)\}/.exec(text.slice(at, Math.min(to, at + 300)));
      const inside = body?.[1].trim() ?? '';
      if (body === null) add('formula', command.length, command);
      else if (/^[\p{L}\d_.²]+$/u.test(inside) && kindOfWord(inside.replace(/\.$/, ''), names) !== 'stop') {
        add(
          'formula',
          body[0].length,
          inside,
          kindOfWord(inside, names) === 'function' ? 'function' : 'name',
        );
      } else add('stop', body[0].length, inside.toLowerCase());
    } else
      add(
        'formula',
        command.length,
        command,
        /^\\(?:frac|dfrac|tfrac|partial|nabla|sqrt|sum|prod)$/.test(command) ? 'sign' : 'name',
      );
  }
}

function matchBrackets(atoms: Atom[]): void {
  const open: number[] = [];
  for (let i = 0; i < atoms.length; i++) {
    const atom = atoms[i];
    if (atom.kind === 'open') open.push(i);
    else if (atom.kind === 'close' && open.length > 0) {
      const brace = atom.text === '}';
      let top = open.length - 1;
      while (top >= 0 && (atoms[open[top]].text === '{') !== brace) top--;
      if (top < 0 || (!brace && top < open.length - 1 && atoms[open[open.length - 1]].text === '{')) continue;
      atoms[open[top]].match = i;
      atom.match = open[top];
      open.length = top;
    }
  }
  // What is never closed runs to the end, if a formula could begin there.
  for (const i of open) {
    const before = atoms[i - 1];
    const within =
      before === undefined
        ? false
        : before.kind === 'relation' || before.kind === 'operator' || before.text.startsWith('\\');
    if (within) {
      atoms[i].match = atoms.length;
      break;
    }
  }
}

function each<const T extends string>(meaning: T, spellings: readonly string[]): [string, T][] {
  return spellings.map((spelling) => [spelling, meaning]);
}
