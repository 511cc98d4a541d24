/** A fenced block: ```language, its lines, ```. */
export interface Fence {
  readonly language: string;
  readonly text: string;
  /** The line of the opening fence, from 1. */
  readonly line: number;
}

/** A row of a table, by the titles of its columns. */
export type Row = ReadonlyMap<string, string> & { readonly line: number };

export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
}

interface Line {
  readonly text: string;
  readonly number: number;
}

/** What the tests want to know of a Markdown text: its fences, its tables, and its prose without either. */
export interface Markdown {
  readonly fences: readonly Fence[];
  readonly tables: readonly Table[];
  /** Lines outside of fences. */
  readonly lines: readonly Line[];
  readonly headings: readonly string[];
}

export function readMarkdown(text: string): Markdown {
  const fences: Fence[] = [];
  const lines: Line[] = [];
  let open: { mark: string; language: string; from: number; body: string[] } | null = null;
  for (const [index, line] of text.split('\n').entries()) {
    const mark = /^\s*(`{3,})\s*(\S*)/.exec(line);
    if (open !== null) {
      if (mark !== null && mark[1].startsWith(open.mark) && mark[2] === '') {
        fences.push({ language: open.language, text: open.body.join('\n'), line: open.from });
        open = null;
      } else open.body.push(line);
    } else if (mark !== null) open = { mark: mark[1], language: mark[2], from: index + 1, body: [] };
    else lines.push({ text: line, number: index + 1 });
  }
  const headings = lines.flatMap(({ text: line }) => /^#+ (.*)$/.exec(line)?.[1] ?? []);
  return { fences, lines, headings, tables: tablesOf(lines) };
}

function tablesOf(lines: readonly Line[]): Table[] {
  const tables: Table[] = [];
  for (let at = 1; at < lines.length; at++) {
    if (!/^\|[-:| ]+\|$/.test(lines[at].text)) continue;
    const columns = cellsOf(lines[at - 1].text);
    const rows: Row[] = [];
    for (let next = at + 1; lines[next]?.text.startsWith('|'); next++) {
      const cells = cellsOf(lines[next].text);
      const row = new Map(columns.map((column, i) => [column, cells[i]]));
      rows.push(Object.assign(row, { line: lines[next].number }));
    }
    tables.push({ columns, rows });
  }
  return tables;
}

/** The cells of a line of a table; `\|` is a bar inside a cell. */
function cellsOf(line: string): string[] {
  return line
    .split(/(?<!\\)\|/)
    .slice(1, -1)
    .map((cell) => cell.trim().replaceAll('\\|', '|'));
}

/** The code spans of a text, in order. */
export function codesIn(text: string): string[] {
  return [...text.matchAll(/`([^`]+)`/g)].map(([, code]) => code);
}

/** Where the links and pictures of a line lead. */
export function targetsIn(line: string): string[] {
  return [...line.replace(/`[^`]*`/g, '').matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target);
}

/** The address of a heading within its page, as GitHub makes it. */
export function slugOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{Nd}\s_-]/gu, '')
    .replace(/\s/g, '-');
}
