import type { Dataset } from '../data/dataset.ts';
import { DataError } from './problem.ts';

/*
 * IDX, the format of MNIST (LeCun, Cortes, Burges 1998), all numbers big endian:
 *
 *     pictures  00 00 08 03 | count | rows | columns | a byte per pixel, row by row
 *     labels    00 00 08 01 | count | a byte per label
 */
const IMAGES = 0x803;
const LABELS = 0x801;
const IMAGES_HEAD = 16;
const LABELS_HEAD = 8;
const HIGHEST_LABEL = 9;
const MOST_PIXELS = 65_536;

/** Names of the two files, for messages and for the data set. */
export interface IdxNames {
  readonly images: string;
  readonly labels: string;
}

/** Whether bytes begin as a file that gzip has packed. */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes.length >= 2 && bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/**
 * Pictures and their labels from two IDX files, unpacked. The pixels stay in `images`, which must not change afterwards: nothing
 * is copied. All of both files is checked, also where only the first `count` examples are taken (null for all).
 *
 * @throws DataError with the byte: another magic number, a file that is cut short or goes on, labels that do not fit.
 */
export function datasetFromIdx(
  images: Uint8Array,
  labels: Uint8Array,
  names: IdxNames,
  count: number | null = null,
): Dataset {
  const found = head(images, names.images, IMAGES, IMAGES_HEAD);
  const height = uint32(images, 8);
  const width = uint32(images, 12);
  const pixels = width * height;
  if (pixels < 1 || pixels > MOST_PIXELS) {
    throw new DataError({
      kind: 'pixels',
      file: names.images,
      byte: 8,
      width,
      height,
      expected: MOST_PIXELS,
    });
  }
  length(images, names.images, IMAGES_HEAD + found * pixels);
  if (found === 0) throw new DataError({ kind: 'empty', file: names.images });

  const labelled = head(labels, names.labels, LABELS, LABELS_HEAD);
  length(labels, names.labels, LABELS_HEAD + labelled);
  if (labelled !== found) {
    throw new DataError({
      kind: 'count',
      file: names.labels,
      byte: 4,
      found: labelled,
      expected: found,
      images: names.images,
    });
  }
  for (let byte = LABELS_HEAD; byte < labels.length; byte++) {
    if (labels[byte] > HIGHEST_LABEL) {
      throw new DataError({
        kind: 'label',
        file: names.labels,
        byte,
        found: labels[byte],
        expected: HIGHEST_LABEL,
      });
    }
  }

  const size = Math.min(count ?? found, found);
  return {
    name: names.images,
    size,
    inputs: pixels,
    task: 'classification',
    x: images.subarray(IMAGES_HEAD, IMAGES_HEAD + size * pixels),
    scale: 1 / 255,
    y: Float64Array.from(labels.subarray(LABELS_HEAD, LABELS_HEAD + size)),
    targets: 1,
    classes: Array.from({ length: HIGHEST_LABEL + 1 }, (_, digit) => String(digit)),
    columns: [],
    picture: { width, height, signed: false },
  };
}

/** The number of items that the head of a file gives. */
function head(bytes: Uint8Array, file: string, magic: number, size: number): number {
  if (isGzip(bytes)) throw new DataError({ kind: 'packed', file, byte: 0 });
  // A file of three bytes has no magic number; one of ten has one, but no sizes.
  if (bytes.length >= 4 && uint32(bytes, 0) !== magic) {
    throw new DataError({ kind: 'magic', file, byte: 0, found: uint32(bytes, 0), expected: magic });
  }
  if (bytes.length < size) {
    throw new DataError({ kind: 'short', file, byte: bytes.length, found: bytes.length, expected: size });
  }
  return uint32(bytes, 4);
}

function length(bytes: Uint8Array, file: string, expected: number): void {
  const found = bytes.length;
  if (found < expected) throw new DataError({ kind: 'short', file, byte: found, found, expected });
  if (found > expected) throw new DataError({ kind: 'long', file, byte: expected, found, expected });
}

function uint32(bytes: Uint8Array, at: number): number {
  return ((bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3]) >>> 0;
}
