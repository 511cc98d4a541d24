import type { DataSpec, Dataset } from '@backflow/nn';

type FileSpec = Extract<DataSpec, { readonly kind: 'csv' | 'images' }>;

/** IDX files say in their first four bytes what they hold. */
const PICTURES = 0x803;
const LABELS = 0x801;

/** What the files hold, or which of them are still missing. */
export type Given =
  | { readonly kind: 'read'; readonly dataset: Dataset }
  | { readonly kind: 'missing'; readonly names: readonly string[] };

/** The bytes that the reader gave, under their names; they are kept in memory and nowhere else. */
export class FileBox {
  readonly #files = new Map<string, Uint8Array>();

  async put(file: File): Promise<void> {
    this.#files.set(file.name, await unpacked(file));
  }

  /** @throws DataError of `@backflow/nn/files` */
  async read(data: FileSpec): Promise<Given> {
    const { datasetFromCsv, datasetFromIdx, DataError } = await import('@backflow/nn/files');
    if (data.kind === 'csv') {
      const { file, target } = data;
      const bytes = this.#files.get(file) ?? this.#other(file);
      if (bytes === null) return { kind: 'missing', names: [file] };
      return {
        kind: 'read',
        dataset: datasetFromCsv(
          textOf(bytes, () => new DataError({ kind: 'binary', file })),
          { name: file, target },
        ),
      };
    }
    const { images, labels, count } = data;
    const pictures = this.#files.get(images) ?? this.#first(PICTURES);
    const classes = this.#files.get(labels) ?? this.#first(LABELS);
    const names = [...(pictures === null ? [images] : []), ...(classes === null ? [labels] : [])];
    if (pictures === null || classes === null) return { kind: 'missing', names };
    return { kind: 'read', dataset: datasetFromIdx(pictures, classes, { images, labels }, count) };
  }

  /** The last table that came under another name. */
  #other(name: string): Uint8Array | null {
    const found = [...this.#files].findLast(([given]) => given !== name && !/idx\d|ubyte/.test(given));
    return found?.[1] ?? null;
  }

  #first(magic: number): Uint8Array | null {
    return [...this.#files.values()].findLast((bytes) => magicOf(bytes) === magic) ?? null;
  }
}

function magicOf(bytes: Uint8Array): number {
  return bytes.length < 4 ? -1 : new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
}

/** A file's bytes; what gzip packed is unpacked. */
async function unpacked(file: File): Promise<Uint8Array> {
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
