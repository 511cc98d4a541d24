import type { ConventionId, Report } from '@backflow/notes';
import type { NotesPageMessages } from '@backflow/messages';
import type { Ground } from './places.ts';

/** In the order in which the chip names them. */
const PARTS: readonly {
  readonly id: ConventionId;
  readonly key: 'half' | 'mean' | 'order' | 'indices' | 'log';
}[] = [
  { id: 'half', key: 'half' },
  { id: 'mean', key: 'mean' },
  { id: 'difference-order', key: 'order' },
  { id: 'index-order', key: 'indices' },
  { id: 'log-base', key: 'log' },
];

/** Words of a choice that stand for the first way and not for the second. */
const SECOND: Readonly<Record<string, RegExp>> = {
  half: /without|no/i,
  mean: /sum/i,
  order: /^output/i,
  indices: /to(←|-|<-)from|to-from/i,
  log: /^(e|ln|natural)/i,
};

/** What the notes' conventions say about the loss, as a line beside its card; null where there is no loss to speak of. */
export function chipOf(
  report: Report,
  ground: Ground,
  words: NotesPageMessages,
): { readonly node: number; readonly text: string } | null {
  if (report.claims.length === 0) return null;
  const { chip } = words;
  const parts = PARTS.flatMap(({ id, key }) => {
    const found = report.conventions.find((convention) => convention.id === id);
    const [open, first, second] = chip[key];
    // What no claim turns on is not asked about, but for the ½, which every loss has or has not.
    if (found === undefined) return id === 'half' ? [open] : [];
    return [SECOND[key].test(found.choice) ? second : first];
  });
  if (report.conventions.some(({ id }) => id === 'negative-gradient')) parts.push(chip.gradient);
  return { node: ground.run.trace.of, text: parts.join(' · ') };
}
