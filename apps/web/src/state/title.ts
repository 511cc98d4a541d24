/** The text of a document's first heading; null without one. */
export function titleOf(text: string): string | null {
  const title = /^#{1,3}[ \t]+(\S.{0,200}?)[ \t]*#*[ \t]*$/m.exec(text.slice(0, 4000))?.[1];
  // In a bare program # begins a comment: a heading is only one where there are fences.
  return title !== undefined && /^(```|~~~)/m.test(text) ? title : null;
}

/** A file name without an extension, safe on every system. */
export function fileNameOf(text: string): string {
  const plain = (titleOf(text) ?? 'backflow')
    .normalize('NFKD')
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .toLowerCase()
    .slice(0, 60);
  return plain === '' ? 'backflow' : plain;
}
