import type { ConventionId, Report } from '@backflow/notes';
import type { NotesMessages } from '@backflow/messages';
import type { Ground } from './places.ts';
import { said } from './words.ts';

/** In the order in which the chip names them. */
const ORDER: readonly ConventionId[] = [
  'half',
  'mean',
  'difference-order',
  'index-order',
  'log-base',
  'negative-gradient',
];

/**
 * What the notes' conventions say about the loss, as a line beside its card; null where there is no loss to speak of. Of
 * what no claim turns on only the ½ is asked about, which every loss has or has not.
 */
export function chipOf(
  { claims, conventions }: Pick<Report, 'claims' | 'conventions'>,
  { run }: Pick<Ground, 'run'>,
  texts: NotesMessages,
): { readonly node: number; readonly text: string } | null {
  if (claims.length === 0) return null;
  const parts = ORDER.flatMap((id) => {
    const found = conventions.find((convention) => convention.id === id);
    if (found !== undefined) return said(texts.page.chips, found.choice) ?? said(texts.conventions, id) ?? [];
    return id === 'half' ? texts.page.openHalf : [];
  });
  return { node: run.trace.of, text: parts.join(' · ') };
}
