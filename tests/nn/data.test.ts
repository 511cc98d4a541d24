import { GENERATED, generate, inputInto, SpecError, type Dataset, type GeneratedName } from '@backflow/nn';
import { describe, expect, it } from 'vitest';

const made = (
  kind: GeneratedName,
  options: { count?: number; noise?: number; seed?: number } = {},
): Dataset => generate({ kind, count: 40, noise: 0, seed: 1, validation: 0, ...options });

/** The bits of all inputs and targets as one number (FNV-1a). */
function hashOf(data: Dataset): number {
  let hash = 0x811c9dc5;
  for (const { buffer } of [data.x, data.y]) {
    for (const byte of new Uint8Array(buffer)) hash = Math.imul(hash ^ byte, 0x01000193);
  }
  return hash >>> 0;
}

const pointOf = (data: Dataset, i: number): number[] => {
  const into = new Float64Array(data.inputs);
  inputInto(data, i, into);
  return [...into];
};

describe('data from a seed', () => {
  it.each(GENERATED)('%s are of the shape that they say', (kind) => {
    const data = made(kind, { count: 23, noise: 0.1 });
    expect(data.name).toBe(kind);
    expect(data.size).toBe(23);
    expect(data.x.length).toBe(23 * data.inputs);
    expect(data.y.length).toBe(23 * data.targets);
    expect(data.columns.length).toBe(data.picture === null ? data.inputs : 0);
    const { picture } = data;
    expect(picture === null ? data.inputs : picture.width * picture.height).toBe(data.inputs);
    expect(data.task).toBe(data.classes.length === 0 ? 'regression' : 'classification');
    expect([...data.x, ...data.y].every(Number.isFinite)).toBe(true);
    const classes = data.task === 'classification' ? new Set(data.y) : new Set();
    expect(classes).toEqual(new Set(data.classes.keys()));
  });

  it.each(GENERATED)(
    '%s: an example depends on the seed and its index, not on how many there are',
    (kind) => {
      const few = made(kind, { count: 12, noise: 0.1 });
      const many = made(kind, { count: 31, noise: 0.1 });
      for (const i of [0, 5, 11]) expect(pointOf(few, i)).toEqual(pointOf(many, i));
      expect([...many.y.subarray(0, 12)]).toEqual([...few.y]);
      const last = generate({ kind, count: 2, noise: 0.1, seed: 1, validation: 0 }, 29);
      expect([0, 1].map((i) => pointOf(last, i))).toEqual([29, 30].map((i) => pointOf(many, i)));
      expect([...last.y]).toEqual([...many.y.subarray(29)]);
    },
  );

  it.each(GENERATED)('%s differ by seed', (kind) => {
    const [one, two] = [1, 2].map((seed) => made(kind, { noise: 0.1, seed }));
    expect(one.x).not.toEqual(two.x);
  });

  // Pinned: these bits are the same on every machine and in every version.
  it.each<[GeneratedName, number]>([
    ['moons', 3073294500],
    ['circles', 2746546496],
    ['blobs', 3148221932],
    ['xor', 107706248],
    ['spiral', 627411197],
    ['line', 1541344953],
    ['sine', 2259822877],
    ['camera', 2549800822],
    ['digits', 1534477303],
  ])('%s have the bits that they always had', (kind, hash) => {
    expect(hashOf(made(kind, { count: 100, noise: 0.1, seed: 7 }))).toBe(hash);
  });
});

describe('data that cannot be', () => {
  it.each<[string, Partial<Parameters<typeof generate>[0]>]>([
    ['kind', { kind: 'constructor' as 'moons' }],
    ['kind', { kind: 'csv' as 'moons' }],
    ['count', { count: NaN }],
    ['count', { count: 1.5 }],
    ['count', { count: -1 }],
    ['noise', { noise: NaN }],
    ['noise', { noise: -1 }],
    ['noise', { noise: Infinity }],
    ['seed', { seed: 0.5 }],
  ])('are refused with the reason: %s', (where, options) => {
    const spec = { kind: 'moons', count: 4, noise: 0, seed: 1, validation: 0, ...options } as const;
    expect(() => generate(spec)).toThrow(SpecError);
    expect(() => generate(spec)).toThrow(new RegExp(`^${where}: found`));
  });
});

describe('without noise', () => {
  it('moons lie on two half circles', () => {
    const data = made('moons');
    for (let i = 0; i < data.size; i++) {
      const [x, y] = pointOf(data, i);
      const lower = data.y[i] === 1;
      expect(Math.hypot(x - (lower ? 1 : 0), y - (lower ? 0.5 : 0))).toBeCloseTo(1, 14);
      expect(lower ? y <= 0.5 : y >= 0).toBe(true);
    }
  });

  it('circles have radius 1 and 0.5', () => {
    const data = made('circles');
    for (let i = 0; i < data.size; i++) {
      expect(Math.hypot(...pointOf(data, i))).toBeCloseTo(data.y[i] === 0 ? 1 : 0.5, 14);
    }
  });

  it('xor is the table of exclusive or', () => {
    const data = made('xor');
    const rows = Array.from({ length: 8 }, (_, i) => [...pointOf(data, i), data.y[i]].join(' '));
    expect(new Set(rows)).toEqual(new Set(['0 0 0', '0 1 1', '1 0 1', '1 1 0']));
  });

  it('the arms of the spiral are each other, turned by half a circle', () => {
    const data = made('spiral');
    for (let i = 0; i < data.size; i += 2) {
      const [a, b] = [pointOf(data, i), pointOf(data, i + 1)];
      expect(a[0] + b[0]).toBeCloseTo(0, 14);
      expect(a[1] + b[1]).toBeCloseTo(0, 14);
      expect(Math.hypot(...a)).toBeLessThan(1);
      expect(Math.hypot(...a)).toBeGreaterThan(0.1);
    }
  });

  it('blobs are three points of the same distance from each other', () => {
    const data = made('blobs', { count: 3 });
    const [a, b, c] = [0, 1, 2].map((i) => pointOf(data, i));
    const apart = (p: number[], q: number[]) => Math.hypot(p[0] - q[0], p[1] - q[1]);
    expect(apart(a, b)).toBeCloseTo(apart(b, c), 14);
    expect(apart(b, c)).toBeCloseTo(apart(c, a), 14);
  });

  it('a line is 2x − 1 and a sine sin x, over all of their range', () => {
    const [line, sine] = [made('line'), made('sine')];
    for (let i = 0; i < 40; i++) {
      expect(line.y[i]).toBe(2 * line.x[i] - 1);
      expect(sine.y[i]).toBeCloseTo(Math.sin(sine.x[i]), 15);
    }
    expect(Math.min(...sine.x)).toBeLessThan(-3);
    expect(Math.max(...sine.x)).toBeGreaterThan(3);
  });
});

describe('noise', () => {
  it('has the standard deviation that it is given', () => {
    const clean = made('circles', { count: 4000 });
    const noisy = made('circles', { count: 4000, noise: 0.3 });
    const squares = Array.from(clean.x, (x, k) => (noisy.x[k] - x) ** 2);
    expect(Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / squares.length)).toBeCloseTo(0.3, 1);
  });

  it('leaves pixels between black and white', () => {
    for (const kind of ['camera', 'digits'] as const) {
      const data = made(kind, { noise: 3 });
      const all = Array.from({ length: data.size }, (_, i) => pointOf(data, i)).flat();
      expect(Math.max(...all)).toBe(1);
      expect(Math.min(...all)).toBe(kind === 'camera' ? -1 : 0);
    }
  });
});

describe('the camera of four pixels', () => {
  it('sees its eight patterns, from −1 to 1', () => {
    const data = made('camera', { count: 8 });
    const seen = Array.from(
      { length: 8 },
      (_, i) => `${data.classes[data.y[i]]} ${pointOf(data, i).join(' ')}`,
    );
    expect(seen).toEqual([
      'solid 1 1 1 1',
      'vertical 1 -1 1 -1',
      'diagonal 1 -1 -1 1',
      'horizontal 1 1 -1 -1',
      'solid -1 -1 -1 -1',
      'vertical -1 1 -1 1',
      'diagonal -1 1 1 -1',
      'horizontal -1 -1 1 1',
    ]);
    expect(data.picture).toEqual({ width: 2, height: 2, signed: true });
  });
});
