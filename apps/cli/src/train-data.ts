import { createHash } from 'node:crypto';
import { dirname, isAbsolute, join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { loadNetworkMessages } from '@backflow/messages';
import { generate, type DataSpec, type Dataset, type Split } from '@backflow/nn';
import { DataError, datasetFromCsv, datasetFromIdx, isGzip } from '@backflow/nn/files';
import { readBytes } from './bytes.ts';
import type { Call } from './command.ts';
import { DataUnusable } from './train-problem.ts';

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
  const seen = (file: string): string =>
    document === '' || isAbsolute(file) ? file : join(dirname(document), file);
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
  try {
    return await unzip(bytes, { maxOutputLength: MOST_BYTES });
  } catch {
    throw new DataError({ kind: 'packed', file, byte: 0 });
  }
}

/** UTF-8, or UTF-16 where a byte order mark says so (the redirections of Windows write it). */
function textOf(bytes: Uint8Array, file: string): string {
  const [first, second] = bytes;
  const wide = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  const encoding = !wide ? 'utf-8' : first === 0xff ? 'utf-16le' : 'utf-16be';
  try {
    if (wide || !bytes.includes(0)) return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    // Said below.
  }
  throw new DataError({ kind: 'binary', file });
}

/** Both after each other, the second kept for validation. */
function joined(train: Dataset, kept: Dataset, test: TestFiles): TrainingData {
  const [wanted, found] = [train.picture, kept.picture!];
  if (wanted === null || wanted.width !== found.width || wanted.height !== found.height) {
    const pixels = wanted === null ? train.inputs : wanted.width * wanted.height;
    throw new DataError({
      kind: 'pixels',
      file: test.images,
      byte: 8,
      width: found.width,
      height: found.height,
      expected: pixels,
    });
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

/** Tells data apart: the same for the same examples, whatever the files are called. */
export function fingerprintOf({ x, y, scale, inputs, targets }: Dataset): string {
  const hash = createHash('sha256').update(JSON.stringify([inputs, targets, scale, x.length]));
  for (const numbers of [x, y])
    hash.update(new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength));
  return hash.digest('hex').slice(0, 32);
}
