import { createHash } from 'node:crypto';
import { dirname, isAbsolute, join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { loadNetworkMessages } from '@backflow/messages';
import { generate, type DataSpec, type Dataset, type Split } from '@backflow/nn';
import { DataError, datasetFromCsv, datasetFromIdx, isGzip } from '@backflow/nn/files';
import { readBytes } from './bytes.ts';
import type { Call } from './command.ts';
import { UnreadableInput } from './problem.ts';
import { DataUnusable, OtherPictures } from './train-problem.ts';

const unzip = promisify(gunzip);

/** Of a file, and of what is unpacked from it. */
const MOST_BYTES = 1_000_000_000;

/** Pictures and labels that are not trained on. */
export interface TestFiles {
  readonly images: string;
  readonly labels: string;
}

export interface TrainingData {
  readonly dataset: Dataset;
  /** Null where the seed draws it. */
  readonly split: Split | null;
}

/** Makes or reads the examples, as `readData`; what is wrong with them is said in the reader's language. Throws a `Problem`. */
export async function readExamples(
  call: Call,
  data: DataSpec,
  test: TestFiles | null,
): Promise<TrainingData> {
  try {
    return await readData(call.terminal.folder, data, test);
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    const { training } = await loadNetworkMessages(call.language);
    throw new DataUnusable(training.files.problem(error.data, error.message), error);
  }
}

/** The data with their files as seen from where the command runs: a document names those beside itself. */
export function besides(data: DataSpec, document: string): DataSpec {
  return withDataFiles(data, (file) =>
    document === '' || isAbsolute(file) ? file : join(dirname(document), file),
  );
}

/** The data with other names for their files. */
export function withDataFiles(data: DataSpec, seen: (file: string) => string): DataSpec {
  if (data.kind === 'csv') return { ...data, file: seen(data.file) };
  if (data.kind === 'images') return { ...data, images: seen(data.images), labels: seen(data.labels) };
  return data;
}

/** Makes or reads the examples; test files are appended, and kept for validation. Throws a `Problem`, and `DataError`. */
async function readData(folder: string, spec: DataSpec, test: TestFiles | null): Promise<TrainingData> {
  const dataset = await readDataset(folder, spec);
  if (test === null) return { dataset, split: null };
  return joined(dataset, await readImages(folder, test, null), test);
}

async function readDataset(folder: string, spec: DataSpec): Promise<Dataset> {
  switch (spec.kind) {
    case 'csv': {
      const bytes = await readUnpacked(folder, spec.file);
      return datasetFromCsv(textOf(bytes, spec.file), { name: spec.file, target: spec.target });
    }
    case 'images':
      return await readImages(folder, spec, spec.count);
    default:
      return generate(spec);
  }
}

async function readImages(folder: string, names: TestFiles, count: number | null): Promise<Dataset> {
  const images = await readUnpacked(folder, names.images);
  const labels = await readUnpacked(folder, names.labels);
  return datasetFromIdx(images, labels, names, count);
}

/** The bytes of a file, unpacked if it begins as gzip does, whatever its name. */
async function readUnpacked(folder: string, file: string): Promise<Uint8Array> {
  const bytes = await readBytes(folder, file, MOST_BYTES);
  if (!isGzip(bytes)) return bytes;
  let unpacked: Uint8Array;
  try {
    unpacked = await unzip(bytes, { maxOutputLength: MOST_BYTES });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ERR_BUFFER_TOO_LARGE')
      throw new UnreadableInput(file, { kind: 'unpacked', limit: MOST_BYTES });
    // Of a file that is cut short, the place is where it ends.
    throw new DataError({ kind: 'packed', file, byte: code === 'Z_BUF_ERROR' ? bytes.length : 0 });
  }
  if (isGzip(unpacked)) throw new UnreadableInput(file, { kind: 'packedTwice' });
  return unpacked;
}

/** UTF-8, or UTF-16 where a byte order mark says so (the redirections of Windows write it). */
function textOf(bytes: Uint8Array, file: string): string {
  const [first, second] = bytes;
  const wide = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  const encoding = !wide ? 'utf-8' : first === 0xff ? 'utf-16le' : 'utf-16be';
  if (!wide && bytes.includes(0)) throw new DataError({ kind: 'binary', file });
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    if (wide) throw new DataError({ kind: 'binary', file });
    throw new UnreadableInput(file, { kind: 'encodingAt', line: lineOfFault(bytes) });
  }
}

/** The first line, from 1, that is no UTF-8. */
function lineOfFault(bytes: Uint8Array): number {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let line = 1;
  for (let from = 0; ; line++) {
    const at = bytes.indexOf(0x0a, from);
    try {
      decoder.decode(bytes.subarray(from, at < 0 ? undefined : at));
    } catch {
      return line;
    }
    if (at < 0) return line;
    from = at + 1;
  }
}

/** Both after each other, the second kept for validation. */
function joined(train: Dataset, kept: Dataset, test: TestFiles): TrainingData {
  const found = kept.picture!;
  // Those that are made have bytes like the files, or are none (`camera`).
  const wanted = train.x instanceof Uint8Array ? train.picture : null;
  if (wanted === null || wanted.width !== found.width || wanted.height !== found.height) {
    throw new OtherPictures(test.images, sizeOf(found), wanted && sizeOf(wanted));
  }
  const size = train.size + kept.size;
  const x = new Uint8Array(size * train.inputs);
  x.set(train.x);
  x.set(kept.x, train.x.length);
  const y = new Float64Array(size);
  y.set(train.y);
  y.set(kept.y, train.size);
  const range = (from: number, to: number): Int32Array =>
    Int32Array.from({ length: to - from }, (_, index) => from + index);
  return {
    dataset: { ...train, size, x, y },
    split: { train: range(0, train.size), validation: range(train.size, size) },
  };
}

const sizeOf = ({ width, height }: NonNullable<Dataset['picture']>): string => `${width} × ${height}`;

/** Tells data apart: the same for the same examples, whatever the files are called. */
export function fingerprintOf({ x, y, scale, inputs, targets }: Dataset): string {
  const hash = createHash('sha256').update(JSON.stringify([inputs, targets, scale, x.length]));
  for (const numbers of [x, y])
    hash.update(new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength));
  return hash.digest('hex').slice(0, 32);
}
