import { canonicalName, compile } from '@backflow/language';
import { WrongValue } from './problem.ts';

/** A number given for a name on the command line. */
export interface GivenValue {
  /** The name as written. */
  readonly name: string;
  readonly text: string;
  readonly value: number;
}

/**
 * Reads `--at a=2,b=-3`: pairs separated by commas, semicolons, lines or spaces. A value is a number as people
 * write it: `−3` with a true minus sign, `1/2`, `5e-3`, `sqrt(2)`, `NaN`, `∞`. Returns them by the names' keys;
 * a later value of a name replaces an earlier one. Throws `WrongValue`.
 */
export function readValues(option: string, written: readonly string[]): ReadonlyMap<string, GivenValue> {
  const values = new Map<string, GivenValue>();
  for (const text of written) {
    const parts = partsOf(unquoted(text));
    if (parts.length === 0) throw new WrongValue(option, text, ({ expected }) => expected.pair);
    let previous: { readonly name: string; readonly value: string } | null = null;
    for (const part of parts) {
      const [name, value, ...more] = part.split('=').map((side) => side.trim());
      if (value === undefined && previous !== null && /^\d+$/.test(name)) {
        const before = previous;
        const found = `${before.value},${part}`;
        throw new WrongValue(option, found, ({ expected }) => expected.pointNotComma(before.name));
      }
      const key = canonicalName(name);
      if (value === undefined || more.length > 0 || key === null) {
        throw new WrongValue(option, part, ({ expected }) => expected.pair);
      }
      const number = readNumber(value);
      if (number === null) {
        const list = value.startsWith('[');
        throw new WrongValue(option, value, ({ expected }) =>
          list ? expected.element(name) : expected.number(name),
        );
      }
      values.set(key, { name, text: value, value: number });
      previous = { name, value };
    }
  }
  return values;
}

/** A number as people write it, or null. */
export function readNumber(written: string): number | null {
  const text = written.trim().replace(/^[−–]/, '-');
  if (/^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text)) return Number(text);
  const special = /^([-+]?)(nan|inf|infinity|∞)$/i.exec(text);
  if (special !== null)
    return special[2].toLowerCase() === 'nan' ? NaN : special[1] === '-' ? -Infinity : Infinity;
  if (/[=,;\n\r#@]|\/\//.test(text)) return null;
  // Anything else is arithmetic without names, which the language makes one leaf of.
  const { recording } = compile(`value = ${text}`);
  return recording !== null && recording.count === 1 ? recording.value[0] : null;
}

/** Without the quotes that a shell which does not know them (Windows) hands on: `'a=2,b=3'`. */
const unquoted = (text: string): string => /^(['"])(.*)\1$/s.exec(text.trim())?.[2] ?? text;

/** Cuts at separators outside brackets, and at a space that another `name =` follows. */
function partsOf(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at <= text.length; at++) {
    const character = text[at];
    if (character !== undefined) {
      if ('([{'.includes(character)) depth++;
      if (')]}'.includes(character)) depth--;
      if (depth > 0 || !',;\n\r'.includes(character)) continue;
    }
    parts.push(text.slice(from, at));
    from = at + 1;
  }
  return parts.flatMap((part) => part.split(/\s+(?=[^\s=]+\s*=)/)).filter((part) => part.trim() !== '');
}
