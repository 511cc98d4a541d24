import type { DataSpec, Dataset } from '@backflow/nn';
import { needsFiles } from './identity.ts';

type FileSpec = Extract<DataSpec, { readonly kind: 'csv' | 'images' }>;

/** IDX files say in their first four bytes what they hold. */
const PICTURES = 0x803;
const LABELS = 0x801;

/** What the files hold, or which of them are still missing. */
export type Given =
  | { readonly kind: 'read'; readonly dataset: Dataset }
  | { readonly kind: 'missing'; readonly names: readonly string[] };

interface GivenFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** The names in the document that it was given for. */
  readonly asked: string;
}

/**
 * The files that the reader gave; they are kept in memory and nowhere else. Of several that would do, the last one counts; one
 * that was given for other names is not taken, unless it has a name that is asked for.
 */
export class FileBox {
  #files: readonly GivenFile[] = [];

  /** What is in it, to be given back to `restore`. */
  get content(): unknown {
    return this.#files;
  }

  /** What was refused is not tried again. */
  restore(content: unknown): void {
    this.#files = content as readonly GivenFile[];
  }

  /** @throws DataError of `@backflow/nn/files` for what cannot be unpacked */
  async put(data: FileSpec, files: readonly File[]): Promise<void> {
    const asked = askedBy(data);
    for (const { name, bytes } of await Promise.all(files.map(unpacked)))
      this.#files = [...this.#files.filter((file) => file.name !== name), { name, bytes, asked }];
  }

  /** @throws DataError of `@backflow/nn/files` */
  async read(data: FileSpec): Promise<Given> {
    const { datasetFromCsv, datasetFromIdx, DataError } = await import('@backflow/nn/files');
    const names = needsFiles(data);
    const ours = this.#files.filter(({ name, asked }) => asked === askedBy(data) || names.includes(name));
    if (data.kind === 'csv') {
      const table = ours.findLast(({ bytes }) => ![PICTURES, LABELS].includes(magicOf(bytes)));
      if (table === undefined) return { kind: 'missing', names: [data.file] };
      const { name, bytes } = table;
      const text = textOf(bytes, () => new DataError({ kind: 'binary', file: name }));
      return { kind: 'read', dataset: datasetFromCsv(text, { name, target: data.target }) };
    }
    const { images, labels, count } = data;
    const pictures = among(ours, images, PICTURES);
    const classes = among(ours, labels, LABELS);
    if (pictures === null || classes === null) {
      const missing = [...(pictures === null ? [images] : []), ...(classes === null ? [labels] : [])];
      return { kind: 'missing', names: missing };
    }
    const given = { images: pictures.name, labels: classes.name };
    return { kind: 'read', dataset: datasetFromIdx(pictures.bytes, classes.bytes, given, count) };
  }
}

const askedBy = (data: FileSpec): string => JSON.stringify(needsFiles(data));

/** The last that begins like one of these; else the one that is called so, whatever it holds. */
function among(files: readonly GivenFile[], called: string, magic: number): GivenFile | null {
  return (
    files.findLast(({ bytes }) => magicOf(bytes) === magic) ??
    files.find(({ name }) => name === called) ??
    null
  );
}

function magicOf(bytes: Uint8Array): number {
  return bytes.length < 4 ? -1 : new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
}

/** A file's name and bytes; what gzip packed is unpacked. */
async function unpacked(file: File): Promise<{ readonly name: string; readonly bytes: Uint8Array }> {
  return { name: file.name, bytes: await bytesOf(file) };
}

async function bytesOf(file: File): Promise<Uint8Array> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const { DataError, isGzip } = await import('@backflow/nn/files');
  if (!isGzip(bytes)) return bytes;
  try {
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  } catch {
    throw new DataError({ kind: 'packed', file: file.name, byte: 0 });
  }
}

function textOf(bytes: Uint8Array, fail: () => Error): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw fail();
  }
}
