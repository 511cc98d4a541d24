import type { Claim, Mistake, Repair } from '@backflow/notes';
import type { NotesMessages } from '@backflow/messages';
import { formatNumber } from '@backflow/print';

/** A text, or a function of data to one, in a table whose keys come from a report. */
export function said(table: object, key: string, data: Readonly<Record<string, string>> = {}): string | null {
  const entry = (table as Readonly<Record<string, unknown>>)[key];
  if (!Object.hasOwn(table, key)) return null;
  if (typeof entry === 'string') return entry;
  return typeof entry === 'function' ? String((entry as (data: object) => unknown)(data)) : null;
}

/** A mistake in a sentence; its title where it does not tell what the sentence is about. */
export function sentenceOf({ id, data }: Mistake, texts: NotesMessages): string {
  const sentence = texts.mistakes[id](data);
  if (!sentence.includes('undefined')) return sentence;
  const title = texts.titles[id];
  return `${title.charAt(0).toUpperCase()}${title.slice(1)}.`;
}

/** The same without the right number, which comes later. */
export function reasonOf(mistake: Mistake, texts: NotesMessages): string {
  const { truth: _truth, ...data } = mistake.data;
  return sentenceOf({ ...mistake, data }, texts);
}

/** What was read otherwise than it stands: each once, and how often. */
export function repairsOf(repairs: readonly Repair[], { page }: NotesMessages): readonly string[] {
  const counts = new Map<string, number>();
  for (const { found, read } of repairs) {
    const text = page.repair(found, read);
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  return [...counts].map(([text, count]) => (count > 1 ? `${text} (${count}×)` : text));
}

/** What is right, with at least as many digits as the writer gave. */
export function truthOf({ truth, stated, text }: Claim, digits: number): string | null {
  if (truth === null) return null;
  if (typeof truth === 'string') return truth;
  const written =
    typeof stated === 'number' ? (/[\d.,]+\D*$/.exec(text)?.[0].replace(/^[0.,]+|\D/g, '').length ?? 0) : 0;
  return formatNumber(truth, { digits: Math.max(digits, written) });
}

export function statedOf({ stated }: Claim, digits: number): string | null {
  return typeof stated === 'number' ? formatNumber(stated, { digits: Math.max(6, digits) }) : stated;
}
