import { SUPERSCRIPTS } from '@backflow/language';

/** A number as printed; see `NumberTerm`. */
export interface NumberReading {
  readonly value: number;
  readonly unit: number;
  readonly integer: boolean;
  readonly open: boolean;
  /** Offset of the first character after it. */
  readonly to: number;
}

const GROUPED = /[1-9]\d{0,2}(?:([,\u2009\u202f\u00a0])\d{3})(?:\1\d{3}){0,5}(?![\d\u2009\u202f]|,\d)/y;
/** `13 002`: with plain blanks, where no list is meant. */
const SPACED = /[1-9]\d{0,2}(?: \d{3}){1,5}(?![\d ]*\d|,\d)/y;
/** `1.234,5` */
const CONTINENTAL = /[1-9]\d{0,2}(?:\.\d{3}){1,5},\d+(?![\d.]|,\d)/y;
const DECIMAL_COMMA = /\d+,\d+(?![\d.]|,\d)/y;
const PLAIN = /\d+(?:_\d{3})+(?!\d)|\d+/y;
const EXPONENT = /[eE]([-+−]?\d{1,4})(?!\d)/y;
const TEN =
  /[ \u2009\u200a\u00a0]*[·×⋅∙*✕xX][ \u2009\u200a\u00a0]*10(?:[ ]*(?:\^|\*\*)[ ]*(?:\{[ ]*([-+−–]?[ ]*\d{1,3})[ ]*\}|\([ ]*([-+−–]?[ ]*\d{1,3})[ ]*\)|([-+−–]?\d{1,3}(?![\d.])))|([⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}))/y;
/** After `3.`, what shows that the point belongs to the number and does not end a sentence. */
const AFTER_POINT = /[*/)+\-−\],;·×^}\]]|[ ]?[-+*/·×−]/y;

/**
 * Reads the number that begins at `from`: `0.40`, `.5`, `13,002`, `13 002` with thin spaces, `5.01e-05`, `9.5·10⁻⁴`, `0,25`,
 * `0.39…`. `listed`: commas separate the entries of a list here. `raised`: the number is an exponent, so that a factor 10ⁿ
 * behind it is not its own. Null where none begins, or where it is too large for a double.
 */
export function readNumber(
  text: string,
  from: number,
  listed: boolean,
  raised: boolean,
): NumberReading | null {
  let at = from;
  let whole = '';
  let decimals = '';
  let point = false;
  const inList = listed || (text[from - 1] === ',' && /\d/.test(text[from - 2] ?? ''));
  let end = from;
  while (text.charCodeAt(end) >= 48 && text.charCodeAt(end) <= 57) end++;
  // What stands behind the first digits tells most of these apart.
  const sign = end === from ? '' : (text[end] ?? '');
  const grouped =
    (',\u2009\u202f\u00a0'.includes(sign) ? match(GROUPED, text, from) : null) ??
    (sign === ' ' && !inList ? match(SPACED, text, from) : null);
  const comma = inList
    ? null
    : sign === '.'
      ? match(CONTINENTAL, text, from)
      : sign === ','
        ? match(DECIMAL_COMMA, text, from)
        : null;
  if (grouped !== null && !(grouped.includes(',') && inList)) {
    whole = grouped.replace(/\D/g, '');
    at += grouped.length;
  } else if (comma !== null) {
    [whole, decimals] = comma.replaceAll('.', '').split(',');
    point = true;
    at += comma.length;
  } else {
    const digits = match(PLAIN, text, from);
    if (digits === null && !/\.\d/.test(text.slice(from, from + 2))) return null;
    whole = (digits ?? '').replaceAll('_', '');
    at += digits?.length ?? 0;
  }
  if (!point && text[at] === '.' && text[at + 1] !== '.') {
    const digits = match(PLAIN, text, at + 1);
    if (digits !== null) {
      decimals = digits.replaceAll('_', '');
      point = true;
      at += 1 + digits.length;
    } else if (match(AFTER_POINT, text, at + 1) !== null) {
      point = true;
      at++;
    }
  }
  if (!point && whole === '') return null;
  let exponent = 0;
  let scientific = false;
  const e = text[at] === 'e' || text[at] === 'E' ? execute(EXPONENT, text, at) : null;
  if (e !== null) {
    exponent = Number(e[1].replace('−', '-'));
    scientific = true;
    at += e[0].length;
  } else if (!raised) {
    const ten = execute(TEN, text, at);
    if (ten !== null) {
      const power = exponentOf(ten);
      if (point || power < 0) {
        exponent = power;
        scientific = true;
        at += ten[0].length;
      }
    }
  }
  let open = false;
  if (decimals !== '' && !scientific) {
    if (text[at] === '…') {
      open = true;
      at++;
    } else if (text.startsWith('...', at)) {
      open = true;
      at += 3;
    }
  }
  const value = Number(`${whole === '' ? '0' : whole}.${decimals === '' ? '0' : decimals}e${exponent}`);
  if (!Number.isFinite(value)) return null;
  return {
    value,
    unit: Number(`1e${exponent - decimals.length}`),
    integer: !point && !scientific,
    open,
    to: at,
  };
}

function exponentOf(ten: RegExpExecArray): number {
  const written = ten[1] ?? ten[2] ?? ten[3];
  const plain = written ?? Array.from(ten[4], (digit) => SUPERSCRIPTS.get(digit) ?? '').join('');
  return Number(plain.replace(/[−–]/, '-').replace(/\s+/g, ''));
}

function match(pattern: RegExp, text: string, at: number): string | null {
  return execute(pattern, text, at)?.[0] ?? null;
}

function execute(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
