import type { DataSpec, Dataset } from '@backflow/nn';

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
}

/** The files that the reader gave; they are kept in memory and nowhere else. Of several that would do, the last one counts. */
export class FileBox {
  #files: GivenFile[] = [];

  /** @throws DataError of `@backflow/nn/files` for what cannot be unpacked */
  async put(files: readonly File[]): Promise<void> {
    for (const file of files) {
      const bytes = await unpacked(file);
      this.#files = [...this.#files.filter(({ name }) => name !== file.name), { name: file.name, bytes }];
    }
  }

  /** What was refused is not tried again. */
  forget(names: readonly string[]): void {
    this.#files = this.#files.filter(({ name }) => !names.includes(name));
  }

  /** @throws DataError of `@backflow/nn/files` */
  async read(data: FileSpec): Promise<Given> {
    const { datasetFromCsv, datasetFromIdx, DataError } = await import('@backflow/nn/files');
    if (data.kind === 'csv') {
      const table = this.#files.findLast(({ bytes }) => ![PICTURES, LABELS].includes(magicOf(bytes)));
      if (table === undefined) return { kind: 'missing', names: [data.file] };
      const { name, bytes } = table;
      const text = textOf(bytes, () => new DataError({ kind: 'binary', file: name }));
      return { kind: 'read', dataset: datasetFromCsv(text, { name, target: data.target }) };
    }
    const { images, labels, count } = data;
    const pictures = this.#file(images, PICTURES);
    const classes = this.#file(labels, LABELS);
    const names = [...(pictures === null ? [images] : []), ...(classes === null ? [labels] : [])];
    if (pictures === null || classes === null) return { kind: 'missing', names };
    const given = { images: pictures.name, labels: classes.name };
    return { kind: 'read', dataset: datasetFromIdx(pictures.bytes, classes.bytes, given, count) };
  }

  /** The last that begins like one of these; else the one that is called so, whatever it holds. */
  #file(called: string, magic: number): GivenFile | null {
    return (
      this.#files.findLast(({ bytes }) => magicOf(bytes) === magic) ??
      this.#files.find(({ name }) => name === called) ??
      null
    );
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
