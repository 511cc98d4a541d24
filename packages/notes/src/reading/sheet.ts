import type { Span } from '@backflow/language';
import type { Chain, Sheet } from '../sheet.ts';
import { collected } from './accumulation.ts';
import { otherwise, readCounts, readSteps } from './asides.ts';
import { chainsOf } from './chains.ts';
import { clausesOf } from './clauses.ts';
import { readDeclarations } from './declarations.ts';
import { settleExercises } from './exercises.ts';
import { settleNames } from './joined.ts';
import { readPage, TEXT_READ } from './page.ts';
import { paintDecimalCommas, paintWide } from './numerals.ts';
import { repairNames, repairText } from './repairs.ts';
import { joinRows } from './rows.ts';
import { settleSteps } from './steps.ts';
import { settleTotals } from './totals.ts';
import { readTables } from './tables.ts';
import { repairThousands } from './thousands.ts';
import { settleVectors } from './vectors.ts';

/** With the one that says what was left out, as many as are judged. */
const CLAIMS_READ = 19_999;

export interface ReadingOptions {
  /** The program has errors; its lines are read as notes. */
  readonly broken?: boolean;
  /** Statements of a program with errors that claim nothing: network lines. */
  readonly owned?: readonly Span[];
  /** Numbers of the program's leaves, by key. */
  readonly values?: ReadonlyMap<string, number>;
}

/**
 * Reads notes: Markdown, LaTeX or plain text. Never throws; takes time in proportion to the length of the text.
 *
 * - What a weight is after a step — `w_new`, `(ω)_{new}`, `w5⁺`, `w_{t+1}`, `w ← …` — is the call `new(w)`: `{ kind: 'call', callee: new, of: [w] }`.
 * - How many weights a layer has — `w²'s derivatives: 3 weights` — is the call `count(w^{(2)})`. The mean and the sum of a table's row
 *   are the operations `mean` and `sum` of its other numbers; a column of `…` is an elided number.
 * - What has an equation sign and cannot be read is a chain with an `elided` subject and one member with a problem.
 * - Only the first million characters are read; where what follows has an equation sign, one chain there has a
 *   problem of the code `too-long`.
 *
 * `names`: keys of the names that the program has; they are never taken for prose.
 */
export function readSheet(
  text: string,
  names: ReadonlySet<string> = new Set(),
  { broken = false, owned = [], values = new Map() }: ReadingOptions = {},
): Sheet {
  const read =
    text.length > TEXT_READ ? text.slice(0, text.lastIndexOf('\n', TEXT_READ) + 1 || TEXT_READ) : text;
  const page = readPage(read, broken, owned);
  const { canvas } = page;
  paintWide(canvas, page.rows);
  paintDecimalCommas(canvas, page.rows);
  const repairs = [...repairText(canvas, page.rows), ...repairThousands(canvas, page.rows)];
  const steps = readSteps(canvas, page.rows);
  const counts = readCounts(read, page.rows);
  const tables = readTables(canvas, page.rows, names);
  const declarations = readDeclarations(canvas, tables.rows);
  const rows = joinRows(canvas, tables.rows);
  const reader = { text: canvas.text(), names };
  const chains: Chain[] = [];
  let end = read.length;
  let claims = 0;
  for (const row of rows) {
    if (claims >= CLAIMS_READ) {
      end = row.from;
      break;
    }
    if (!mayClaim(reader.text, row.from, row.to)) continue;
    const other = otherwise(chains, reader.text, row);
    if (other !== null) chains[chains.length - 1] = other;
    else {
      const found = chainsOf(reader, clausesOf(reader.text, row, canvas.flags, names));
      for (const chain of found) {
        if (row.quoted && !isSaid(chain)) continue;
        claims += chain.members.length;
        chains.push(row.quoted ? { ...chain, quoted: true } : chain);
      }
    }
  }
  for (const others of [tables.chains, steps, counts]) for (const chain of others) chains.push(chain);
  chains.sort((a, b) => a.from - b.from || a.to - b.to);
  settleExercises(chains, read, names);
  collected(chains, names);
  settleTotals(chains, names, values);
  settleVectors(chains, names);
  settleNames(chains, read, names);
  settleSteps(chains, values);
  const kept = chainsUpTo(chains, CLAIMS_READ);
  const cut = kept < chains.length ? Math.min(end, chains[kept].from) : end;
  chains.length = kept;
  const left = cut < text.length ? text.slice(cut).search(/[=≈]/) : -1;
  if (left >= 0) chains.push(unread(cut + left, lineEnd(text, cut + left)));
  const repaired = repairNames(chains, text);
  for (const repair of repaired.repairs) repairs.push(repair);
  repairs.sort((a, b) => a.from - b.from);
  return { text, program: page.program, chains: repaired.chains, declarations, repairs };
}

/** False for what other code has in common with a claim: what cannot be read, and `i += 1`. */
function isSaid({ subject, members }: Chain): boolean {
  if (subject.kind === 'elided' || members.some(({ problem }) => problem !== null)) return false;
  const step = subject.kind === 'call' && subject.callee.key === 'new' ? members[0].term : null;
  return !(step?.kind === 'apply' && step.of.at(-1)?.kind === 'number');
}

/** How many chains have together at most so many claims; one has as many as it has. */
function chainsUpTo(chains: readonly Chain[], most: number): number {
  let claims = 0;
  const over = chains.findIndex(({ members }, index) => (claims += members.length) > most && index > 0);
  return over < 0 ? chains.length : over;
}

const SIGNS =
  /[=≈≃≅≒≤≥⩽⩾<>≠∝≡≔＝⇒←⟵~]|\\(?:leq?|geq?|leqslant|geqslant|approx|simeq|cong|equiv|lt|gt|neq?|propto|leftarrow|gets|Rightarrow|sim|coloneqq|doteq)(?![A-Za-z])|\b(?:is|equals|most|least|than|ist|als|höchstens|mindestens|beträgt|between|zwischen)\b|höchstens/;

/** Most rows are prose, which this tells without taking them apart. */
function mayClaim(text: string, from: number, to: number): boolean {
  return SIGNS.test(text.slice(from, to));
}

function lineEnd(text: string, at: number): number {
  const newline = text.indexOf('\n', at);
  return Math.min(newline < 0 ? text.length : newline, at + 200);
}

function unread(from: number, to: number): Chain {
  const problem = { from, to, code: 'too-long', found: '' } as const;
  return {
    from,
    to,
    subject: { kind: 'elided', from, to: from },
    members: [{ from, to, relation: '=', term: null, alternatives: [], problem }],
    at: [],
    remark: '',
    layout: 'line',
  };
}
