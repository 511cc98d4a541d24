import { canonicalName, programParts } from '@backflow/language';
import type { Program } from './program.ts';

interface Edit {
  readonly from: number;
  readonly to: number;
  readonly insert: string;
}

/**
 * The program as a document that says all by itself what the command line said beside it: values of `--at` replace
 * the numbers of their leaves, or stand before the first statement; `--of` becomes an `output` line.
 */
export function documentOf({ source, values, recording }: Program, of: string | undefined): string {
  const { text } = source;
  const leaves = new Map(Array.from(recording.names, ([node, name]) => [canonicalName(name), node]));
  const { regions } = programParts(text);
  const edits: Edit[] = [];
  const added: string[] = [];
  for (const [key, { name, text: written, value }] of values) {
    const node = leaves.get(key);
    if (node === undefined) continue;
    const number = Number.isFinite(value)
      ? written
      : Number.isNaN(value)
        ? '0/0'
        : value > 0
          ? '1/0'
          : '-1/0';
    const [from, to] = recording.spans?.subarray(2 * node, 2 * node + 2) ?? [0, 0];
    if (to > from) edits.push({ from, to, insert: number });
    else added.push(`${name} = ${number}`);
  }
  const { from: begin } = regions[0];
  if (added.length > 0) edits.push({ from: begin, to: begin, insert: `${added.join(', ')}\n` });
  if (of !== undefined && recording.names.has(recording.output)) {
    const { to: end } = regions.at(-1)!;
    edits.push({ from: end, to: end, insert: `${text[end - 1] === '\n' ? '' : '\n'}output ${of.trim()}\n` });
  }
  // From the end, so that positions before stay true.
  return edits
    .sort((a, b) => b.from - a.from)
    .reduce((edited, { from, to, insert }) => edited.slice(0, from) + insert + edited.slice(to), text);
}
