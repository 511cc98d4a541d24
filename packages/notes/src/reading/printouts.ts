import { canonicalName } from '@backflow/language';
import type { Span } from '@backflow/language';
import type { Term } from '../term.ts';
import { readFormula } from './formula.ts';

/** What a program printed about nodes. */
export interface Printout {
  readonly claims: readonly { readonly subject: Term; readonly value: Span }[];
  /** Number of further rows that belong to it. */
  readonly more: number;
  /** True if the number stands in a remark, which is painted over. */
  readonly inRemark?: boolean;
}

const NUMBER = '[-+−]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][-+−]?\\d+)?';
const NAME = "[\\p{L}][\\p{L}\\p{M}\\p{Nd}_.'₀-₉]*";
/** `x1 | data 2.0000 | grad -1.5000`, with or without braces. */
const CARD = new RegExp(
  `(?:(${NAME})\\s*[|:]?\\s*)?[|{]?\\s*\\{?\\s*data\\s*[:=]?\\s*(${NUMBER})\\s*[|,]\\s*grad\\s*[:=]?\\s*(${NUMBER})`,
  'u',
);
const VALUE = new RegExp(
  `^(?:(${NAME})\\s*[=:]\\s*)?Value\\(data=(${NUMBER})(?:,\\s*grad=(${NUMBER}))?`,
  'u',
);
/** `x.grad`, whose number is printed on the next line. */
const ASKED = new RegExp(`^(?:print\\()?(${NAME})\\.grad(?:\\.item\\(\\))?\\)?$`, 'u');
/** `In [1]: y`, `>>> dy/dx`: what is asked for is printed on the next line. */
const PROMPTED = /^(?:In ?\[\d*\]:|>>>)\s*(?:print\()?([^=\n]{1,40}?)\)?$/u;
/** `print(x.grad)  # 138.8` */
const PRINTED = new RegExp(
  `^print\\((?:f?['"]\\{)?(${NAME})\\.grad(?:\\.item\\(\\))?(?::[^}]*)?(?:\\}['"])?\\)\\s*#\\s*(?:prints?\\s+|→\\s*|-> ?)?(${NUMBER})`,
  'u',
);
const ANSWER = new RegExp(
  `^(?:tensor|array|np\\.float64|DeviceArray|Array)?\\(?\\s*(${NUMBER})\\s*(?:,[^()]*(?:\\([^()]*\\))?)?\\)?$`,
);

/** Reads a printout of micrograd, PyTorch and their like; null if the row is none. */
export function printoutOf(text: string, source: string, row: Span, next: Span | undefined): Printout | null {
  if (row.to - row.from > 400) return null;
  if (text.startsWith('print', row.from)) {
    const printed = PRINTED.exec(source.slice(row.from, row.from + 200));
    const name = printed === null ? null : nameOf(printed[1], row.from + printed[0].indexOf(printed[1]));
    if (printed === null || name === null) return null;
    const to = row.from + printed[0].length;
    return {
      claims: [{ subject: gradientOf(name), value: { from: to - printed[2].length, to } }],
      more: 0,
      inRemark: true,
    };
  }
  const line = text.slice(row.from, row.to);
  const start = source.lastIndexOf('\n', row.from - 1) + 1;
  const prompted =
    start < row.from && row.to - start < 80 ? PROMPTED.exec(source.slice(start, row.to).trim()) : null;
  if (prompted !== null && !prompted[1].includes('.grad')) {
    const from = row.from + line.indexOf(prompted[1]);
    const asked = readFormula(text, { from, to: from + prompted[1].length });
    return 'term' in asked ? answered(text, asked.term, next) : null;
  }
  if (!line.includes('data') && !line.includes('grad')) return null;
  const found = VALUE.exec(line) ?? CARD.exec(line);
  if (found !== null && found[1] !== undefined) {
    const name = nameOf(found[1], row.from + found.index + found[0].indexOf(found[1]));
    if (name === null) return null;
    const span = (number: string, after: string): Span => {
      const from = row.from + line.indexOf(number, line.indexOf(after, found.index) + after.length);
      return { from, to: from + number.length };
    };
    const claims = [{ subject: name, value: span(found[2], 'data') }];
    if (found[3] !== undefined) claims.push({ subject: gradientOf(name), value: span(found[3], 'grad') });
    return { claims, more: 0 };
  }
  const asked = ASKED.exec(line.trim());
  const name = asked === null ? null : nameOf(asked[1], row.from + line.indexOf(asked[1]));
  return name === null ? null : answered(text, gradientOf(name), next);
}

/** The number on the next line, for what was asked. */
function answered(text: string, subject: Term, next: Span | undefined): Printout | null {
  if (next === undefined || next.to - next.from > 200) return null;
  const answer = ANSWER.exec(text.slice(next.from, next.to).trim());
  if (answer === null) return null;
  const from = next.from + text.slice(next.from, next.to).indexOf(answer[1]);
  return { claims: [{ subject, value: { from, to: from + answer[1].length } }], more: 1 };
}

function nameOf(spelling: string, from: number): Term | null {
  const key = canonicalName(spelling);
  return key === null ? null : { kind: 'name', key, spelling, from, to: from + spelling.length };
}

function gradientOf(by: Term): Term {
  return { kind: 'derivative', of: null, by, order: 1, at: [], from: by.from, to: by.to };
}
