import { inkOfPixels, type Ink } from './ink.ts';

/** Pictures are made smaller than this before they are read; the network takes fewer pixels anyway. */
const LARGEST_SIDE = 256;

/** The ink of a picture in a file; null if the browser cannot open it. */
export async function inkOfFile(file: Blob): Promise<{ ink: Ink; turned: boolean } | null> {
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(file);
  } catch {
    return null;
  }
  const scale = Math.min(1, LARGEST_SIDE / Math.max(bitmap.width, bitmap.height));
  const width = Math.max(1, Math.round(scale * bitmap.width));
  const height = Math.max(1, Math.round(scale * bitmap.height));
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d');
  if (context === null) return null;
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, 0, 0, width, height);
  bitmap.close();
  return inkOfPixels(context.getImageData(0, 0, width, height).data, width, height);
}

const isPicture = (file: File): boolean => file.type.startsWith('image/');

/**
 * Hands over pictures that are pasted while `root` is shown, or dropped on it. It listens before the page does, which takes
 * dropped files for documents. Returns the way to stop.
 */
export function listenToPictures(root: HTMLElement, take: (file: File) => void): () => void {
  const listener = (event: ClipboardEvent | DragEvent): void => {
    const pasted = event instanceof ClipboardEvent;
    const files = pasted ? event.clipboardData?.files : event.dataTransfer?.files;
    const file = Array.from(files ?? []).find(isPicture);
    if (file === undefined) return;
    if (!pasted && !(event.target instanceof Node && root.contains(event.target))) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    take(file);
  };
  window.addEventListener('paste', listener, true);
  window.addEventListener('drop', listener, true);
  return () => {
    window.removeEventListener('paste', listener, true);
    window.removeEventListener('drop', listener, true);
  };
}
