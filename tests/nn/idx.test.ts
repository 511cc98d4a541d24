import { DataError, datasetFromIdx, isGzip, type DataProblem } from '@backflow/nn/files';
import { describe, expect, it } from 'vitest';

const names = { images: 'images', labels: 'labels' };
const big = (...numbers: number[]): number[] =>
  numbers.flatMap((number) => [number >>> 24, (number >>> 16) & 255, (number >>> 8) & 255, number & 255]);

/** Three pictures of 2 × 3 pixels: 0 … 17. */
const images = Uint8Array.from([...big(0x803, 3, 3, 2), ...Array.from({ length: 18 }, (_, i) => i)]);
const labels = Uint8Array.from([...big(0x801, 3), 7, 0, 9]);
const changed = (bytes: Uint8Array, at: number, ...values: number[]): Uint8Array => {
  const copy = bytes.slice();
  copy.set(values, at);
  return copy;
};

function problemOf(pictures: Uint8Array, answers: Uint8Array): DataProblem {
  try {
    datasetFromIdx(pictures, answers, names);
  } catch (error) {
    if (error instanceof DataError) return error.data;
    throw error;
  }
  throw new Error('It was read.');
}

describe('pictures and labels in IDX files', () => {
  it('give brightnesses row by row, and ten classes', () => {
    const data = datasetFromIdx(images, labels, names);
    expect(data).toMatchObject({ name: 'images', size: 3, inputs: 6, task: 'classification', targets: 1 });
    expect(data.picture).toEqual({ width: 2, height: 3, signed: false });
    expect([...data.y]).toEqual([7, 0, 9]);
    expect([...data.x.subarray(6, 12)]).toEqual([6, 7, 8, 9, 10, 11]);
    expect(255 * data.scale).toBe(1);
    expect(data.classes).toEqual(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
  });

  it('stay where they are: no pixel is copied', () => {
    const data = datasetFromIdx(images, labels, names);
    expect(data.x.buffer).toBe(images.buffer);
    expect(data.x).toBeInstanceOf(Uint8Array);
  });

  it('give the first of them where fewer are asked for', () => {
    const data = datasetFromIdx(images, labels, names, 2);
    expect([data.size, data.x.length, data.y.length]).toEqual([2, 12, 2]);
    expect(datasetFromIdx(images, labels, names, 99).size).toBe(3);
  });

  it('may begin within a larger buffer', () => {
    const within = new Uint8Array(images.length + 5);
    within.set(images, 5);
    expect([...datasetFromIdx(within.subarray(5), labels, names).x]).toEqual([...images.subarray(16)]);
  });
});

describe('IDX files that cannot be taken', () => {
  it.each<[string, Uint8Array, Uint8Array, DataProblem]>([
    [
      'pictures given as labels',
      images,
      images,
      { kind: 'magic', file: 'labels', byte: 0, found: 0x803, expected: 0x801 },
    ],
    [
      'labels given as pictures',
      labels,
      labels,
      { kind: 'magic', file: 'images', byte: 0, found: 0x801, expected: 0x803 },
    ],
    [
      'a magic number of other numbers',
      changed(images, 2, 0x0d),
      labels,
      { kind: 'magic', file: 'images', byte: 0, found: 0xd03, expected: 0x803 },
    ],
    [
      'nothing',
      new Uint8Array(0),
      labels,
      { kind: 'short', file: 'images', byte: 0, found: 0, expected: 16 },
    ],
    [
      'a head cut short',
      images.subarray(0, 10),
      labels,
      { kind: 'short', file: 'images', byte: 10, found: 10, expected: 16 },
    ],
    [
      'pictures cut short',
      images.subarray(0, 33),
      labels,
      { kind: 'short', file: 'images', byte: 33, found: 33, expected: 34 },
    ],
    [
      'pictures that go on',
      Uint8Array.from([...images, 0]),
      labels,
      { kind: 'long', file: 'images', byte: 34, found: 35, expected: 34 },
    ],
    [
      'labels cut short',
      images,
      labels.subarray(0, 10),
      { kind: 'short', file: 'labels', byte: 10, found: 10, expected: 11 },
    ],
    [
      'labels that go on',
      images,
      Uint8Array.from([...labels, 1, 1]),
      { kind: 'long', file: 'labels', byte: 11, found: 13, expected: 11 },
    ],
    [
      'fewer labels than pictures',
      images,
      Uint8Array.from([...big(0x801, 2), 1, 2]),
      { kind: 'count', file: 'labels', byte: 4, found: 2, expected: 3, images: 'images' },
    ],
    [
      'a label that is no digit',
      images,
      changed(labels, 9, 10),
      { kind: 'label', file: 'labels', byte: 9, found: 10, expected: 9 },
    ],
    [
      'pictures without pixels',
      changed(images, 11, 0),
      labels,
      { kind: 'pixels', file: 'images', byte: 8, width: 2, height: 0, expected: 65_536 },
    ],
    [
      'pictures of more pixels than there can be',
      changed(images, 8, 255, 255, 255, 255),
      labels,
      { kind: 'pixels', file: 'images', byte: 8, width: 2, height: 4_294_967_295, expected: 65_536 },
    ],
    ['no pictures', Uint8Array.from(big(0x803, 0, 3, 2)), labels, { kind: 'empty', file: 'images' }],
    [
      'a file that is still packed',
      Uint8Array.from([0x1f, 0x8b, 8, 0]),
      labels,
      { kind: 'packed', file: 'images', byte: 0 },
    ],
    [
      'more pictures than a head can mean',
      changed(images, 4, 255, 255, 255, 255),
      labels,
      { kind: 'short', file: 'images', byte: 34, found: 34, expected: 16 + 6 * 4_294_967_295 },
    ],
  ])('%s', (_, pictures, answers, problem) => {
    expect(problemOf(pictures, answers)).toEqual(problem);
  });

  it('say the file, the byte, what was found and what was expected', () => {
    expect(() => datasetFromIdx(labels, labels, names)).toThrow(
      'images, byte 0: the file begins with 0x00000801; 0x00000803 was expected (IDX, pictures of bytes).',
    );
    expect(() => datasetFromIdx(images.subarray(0, 33), labels, names)).toThrow(
      'images, byte 33: the file ends after 33 bytes; 34 were expected.',
    );
  });
});

describe('isGzip', () => {
  it('knows packed files by their first two bytes', () => {
    expect(isGzip(Uint8Array.from([0x1f, 0x8b, 8]))).toBe(true);
    expect(isGzip(images)).toBe(false);
    expect(isGzip(Uint8Array.from([0x1f]))).toBe(false);
  });
});
