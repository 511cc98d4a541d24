import { LINK_BYTES } from '../link/limits.ts';

/** Offers a file for download. */
export function download(name: string, content: Blob): void {
  const address = URL.createObjectURL(content);
  const anchor = document.createElement('a');
  anchor.href = address;
  anchor.download = name;
  anchor.click();
  // The download has begun by then; the address would keep the content in memory.
  setTimeout(() => URL.revokeObjectURL(address), 30_000);
}

export type Opened =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'large'; readonly size: number }
  | { readonly kind: 'unreadable' };

/** Lets the reader choose a text file; null if they do not. */
export function chooseFile(): Promise<Opened | null> {
  return new Promise((resolve) => {
    const input = document.createElement('input');
    input.type = 'file';
    input.accept = '.md,.txt,.tex,.markdown,text/plain,text/markdown';
    input.addEventListener('cancel', () => resolve(null));
    input.addEventListener('change', () => {
      const file = input.files?.[0];
      if (file === undefined) resolve(null);
      else void readText(file).then(resolve);
    });
    input.click();
  });
}

/** Takes files that are dropped anywhere on the page, before the editor puts their text into its own. */
export function listenToDrops(page: Document, take: (opened: Opened) => void): void {
  const onDrag = (event: DragEvent): void => {
    const file = event.dataTransfer?.types.includes('Files') === true;
    // A place for files of its own takes them itself.
    if (!file || (event.target instanceof Element && event.target.closest('[data-drop]') !== null)) return;
    event.preventDefault();
    event.stopPropagation();
    const dropped = event.type === 'drop' ? event.dataTransfer?.files[0] : undefined;
    if (dropped !== undefined) void readText(dropped).then(take);
  };
  page.addEventListener('dragover', onDrag, { capture: true });
  page.addEventListener('drop', onDrag, { capture: true });
}

async function readText(file: Blob): Promise<Opened> {
  if (file.size > LINK_BYTES) return { kind: 'large', size: file.size };
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer());
    // A zero byte is no text that anybody wrote.
    return text.includes('\0')
      ? { kind: 'unreadable' }
      : { kind: 'text', text: text.replace(/\r\n?/g, '\n') };
  } catch {
    return { kind: 'unreadable' };
  }
}
