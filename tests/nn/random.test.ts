import {
  GENERATED,
  generate,
  Generator,
  initialParameters,
  INITIALIZERS,
  networkOf,
  rateAt,
  SpecError,
  split,
} from '@backflow/nn';
import { describe, expect, it, vi } from 'vitest';
import { cos, ln, sin } from '../../packages/nn/src/random/portable.ts';

const words = (generator: Generator, count: number): number[] =>
  Array.from({ length: count }, () => generator.uint32());

/** One number for the bits of many. */
function bitsOf(numbers: readonly number[]): number {
  const view = new DataView(new ArrayBuffer(8));
  let hash = 0;
  for (const number of numbers) {
    view.setFloat64(0, number);
    hash = Math.imul(Math.imul(hash, 31) + view.getUint32(0), 31) + view.getUint32(4);
  }
  return hash >>> 0;
}

/** The distance of neighbours around a number. */
function unitOf(x: number): number {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, Math.abs(x));
  view.setBigUint64(0, view.getBigUint64(0) + 1n);
  return view.getFloat64(0) - Math.abs(x);
}

describe('the generator', () => {
  it('is xoshiro128**: the first words of the published state 1, 2, 3, 4', () => {
    const generator = Generator.restore([1, 2, 3, 4]);
    expect(words(generator, 6)).toEqual([11520, 0, 5927040, 70819200, 2031721883, 1637235492]);
  });

  it('gives the same numbers on every machine', () => {
    const generator = new Generator(1);
    expect(words(generator, 3)).toEqual([2121520488, 2307898462, 2580389891]);
    expect(generator.uniform()).toBe(0.8143292390201428);
    expect(generator.normal()).toBe(-0.2595352202795404);
    expect(generator.below(1000)).toBe(231);
    const list = Int32Array.from({ length: 10 }, (_, i) => i);
    generator.shuffle(list);
    expect([...list]).toEqual([4, 0, 6, 5, 7, 2, 3, 9, 1, 8]);
    expect(generator.fork(7).uint32()).toBe(2998914290);
    expect(bitsOf(Array.from({ length: 10_000 }, () => generator.normal()))).toBe(3905602674);
  });

  it('goes on from its state', () => {
    const generator = new Generator(5);
    words(generator, 10);
    const state = JSON.parse(JSON.stringify(generator.state)) as typeof generator.state;
    const next = words(generator, 5);
    expect(words(Generator.restore(state), 5)).toEqual(next);
    generator.restore(state);
    expect(words(generator, 5)).toEqual(next);
  });

  it('forks by label, without moving itself', () => {
    const generator = new Generator(5);
    const { state } = generator;
    const forks = [0, 1, 2, -1, 2 ** 40].map((label) => generator.fork(label).uint32());
    expect(new Set(forks).size).toBe(5);
    expect(generator.state).toEqual(state);
    expect(generator.fork(1).uint32()).toBe(forks[1]);
    generator.uint32();
    expect(generator.fork(1).uint32()).not.toBe(forks[1]);
  });

  it('has other numbers for other seeds, large and negative ones too', () => {
    const seeds = [0, 1, -1, 2 ** 32, 2 ** 32 + 1, 2 ** 52, -(2 ** 52)];
    expect(new Set(seeds.map((seed) => new Generator(seed).uint32())).size).toBe(seeds.length);
    let total = 0;
    for (let seed = 0; seed < 10_000; seed++) total += new Generator(seed).uniform();
    expect(total / 10_000).toBeCloseTo(0.5, 2);
  });

  it('is uniform, normal and fair', () => {
    const generator = new Generator(11);
    const bins = new Int32Array(10);
    const faces = new Int32Array(7);
    let [sum, squares, fourths] = [0, 0, 0];
    for (let i = 0; i < 70_000; i++) {
      bins[Math.floor(10 * generator.uniform())]++;
      faces[generator.below(7)]++;
      const z = generator.normal();
      sum += z;
      squares += z ** 2;
      fourths += z ** 4;
    }
    // χ² with 9 and 6 degrees of freedom stays below these in 999 of 1000.
    const chi = (counts: Int32Array): number =>
      counts.reduce((total, n) => total + (n - 70_000 / counts.length) ** 2 / (70_000 / counts.length), 0);
    expect(chi(bins)).toBeLessThan(27.9);
    expect(chi(faces)).toBeLessThan(22.5);
    // Taken modulo three quarters of all words, their first quarter would come twice as often.
    let low = 0;
    for (let i = 0; i < 4000; i++) if (generator.below(3 * 2 ** 30) < 2 ** 30) low++;
    expect(Math.abs(low / 4000 - 1 / 3)).toBeLessThan(0.03);
    expect(sum / 70_000).toBeCloseTo(0, 1);
    expect(squares / 70_000).toBeCloseTo(1, 1);
    expect(fourths / 70_000).toBeCloseTo(3, 0);
  });

  it('puts lists into every order equally often', () => {
    const generator = new Generator(3);
    const counts = new Map<string, number>();
    for (let i = 0; i < 12_000; i++) {
      const list = Int32Array.of(0, 1, 2);
      generator.shuffle(list);
      counts.set(list.join(''), (counts.get(list.join('')) ?? 0) + 1);
    }
    expect(counts.size).toBe(6);
    for (const count of counts.values()) expect(Math.abs(count - 2000)).toBeLessThan(150);
    const one = Int32Array.of(7);
    generator.shuffle(one);
    expect(one[0]).toBe(7);
  });

  it.each([0.5, NaN, Infinity, 2 ** 53, '1' as unknown as number])('refuses the seed %s', (seed) => {
    expect(() => new Generator(seed)).toThrow(SpecError);
    expect(() => new Generator(1).fork(seed)).toThrow(SpecError);
  });

  it('refuses what is no range and no state', () => {
    const generator = new Generator(1);
    for (const n of [0, -1, 1.5, NaN, 2 ** 32 + 1]) expect(() => generator.below(n)).toThrow(SpecError);
    expect(generator.below(2 ** 32)).toBeLessThan(2 ** 32);
    for (const state of [[0, 0, 0, 0], [1, 2, 3], [1, 2, 3, 2 ** 32], [1, 2, 3, 0.5], null]) {
      expect(() => generator.restore(state as unknown as typeof generator.state)).toThrow(SpecError);
    }
  });
});

describe('functions from + − × ÷ alone', () => {
  const generator = new Generator(99);
  const spread = (exponent: number): number =>
    (2 * generator.uniform() - 1) * 2 ** (exponent * generator.uniform());
  const worst = (own: (x: number) => number, of: (x: number) => number, points: readonly number[]): number =>
    Math.max(...points.map((x) => Math.abs(own(x) - of(x)) / unitOf(of(x))));

  it('ln is that of Math to a unit in the last place', () => {
    const points = Array.from({ length: 50_000 }, () => Math.exp(spread(9.4)));
    const nearOne = Array.from({ length: 20_000 }, () => 1 + spread(-40));
    expect(worst(ln, Math.log, points)).toBeLessThanOrEqual(1);
    expect(worst(ln, Math.log, nearOne)).toBeLessThanOrEqual(1);
    expect(
      worst(ln, Math.log, [
        5e-324,
        2.2250738585072014e-308,
        1.7976931348623157e308,
        Math.SQRT2,
        Math.SQRT1_2,
      ]),
    ).toBeLessThanOrEqual(1);
    expect([ln(1), ln(0), ln(-0), ln(-1), ln(NaN), ln(Infinity)]).toEqual([
      0,
      -Infinity,
      -Infinity,
      NaN,
      NaN,
      Infinity,
    ]);
  });

  it('sin and cos are those of Math to two units in the last place, up to a million', () => {
    const points = Array.from({ length: 100_000 }, () => spread(20));
    expect(worst(sin, Math.sin, points)).toBeLessThanOrEqual(2);
    expect(worst(cos, Math.cos, points)).toBeLessThanOrEqual(2);
    const quarters = Array.from({ length: 2000 }, (_, k) => (k - 1000) * (Math.PI / 2));
    expect(
      worst(
        sin,
        Math.sin,
        quarters.filter((x) => x !== 0),
      ),
    ).toBeLessThanOrEqual(2);
    expect(worst(cos, Math.cos, quarters)).toBeLessThanOrEqual(2);
    expect([sin(0), cos(0), sin(Infinity), cos(NaN)]).toEqual([0, 1, NaN, NaN]);
    expect(sin(5e-324)).toBe(5e-324);
  });

  it('give the same bits on every machine', () => {
    const points = Array.from({ length: 1000 }, (_, i) => (i - 500) / 7 + i / 1024);
    expect(
      points
        .map((x) => [ln(Math.abs(x)), sin(x), cos(x)])
        .map(bitsOf)
        .reduce((all, each) => Math.imul(all, 31) + each, 0) >>> 0,
    ).toBe(124704531);
  });
});

describe('what a seed makes', () => {
  const exact = [
    'abs',
    'ceil',
    'clz32',
    'floor',
    'fround',
    'imul',
    'max',
    'min',
    'round',
    'sign',
    'sqrt',
    'trunc',
  ];

  it('takes nothing from Math that may differ between machines', () => {
    const functions = Object.getOwnPropertyNames(Math).filter((name) => /^[a-z]/.test(name));
    const rest = functions.filter((name) => !exact.includes(name)) as 'sin'[];
    expect(rest.length).toBeGreaterThan(20);
    const spies = rest.map((name) =>
      vi.spyOn(Math, name).mockImplementation(() => {
        throw new Error(`Math.${name} was called`);
      }),
    );
    try {
      for (const kind of GENERATED) {
        const data = generate({ kind, count: 20, noise: 0.1, seed: 3, validation: 0.2 });
        split(data, { validation: 0.2, seed: 3 });
      }
      for (const init of INITIALIZERS) initialParameters(networkOf([5, 4, 3], { init, seed: 3 }));
      new Generator(3).fork(1).shuffle(Int32Array.of(1, 2, 3, 4));
      for (const name of ['linear', 'steps', 'cosine'] as const) rateAt({ name, to: 0.1 }, 1, 7, 30);
    } finally {
      for (const spy of spies) spy.mockRestore();
    }
  });

  it('is not alike: first weights, noise and order of one seed', () => {
    const seeds = Array.from({ length: 400 }, (_, seed) => seed);
    const count = 5;
    const of = (noise: number, seed: number) =>
      generate({ kind: 'xor', count, noise, seed, validation: 0 }).x;
    const noise = seeds.map((seed) => {
      const clean = of(0, seed);
      return Float64Array.from(of(1, seed), (x, k) => x - clean[k]);
    });
    const weights = seeds.map((seed) => initialParameters(networkOf([2, 4, 1], { seed, init: 'uniform' })));
    const orders = seeds.map((seed) => {
      const order = Int32Array.from({ length: 20 }, (_, i) => i);
      new Generator(seed).fork(0).shuffle(order);
      return Float64Array.from(order);
    });
    /** The largest correlation of a number of one kind with a number of the other; 0.05 is its spread by chance. */
    const alike = (one: readonly Float64Array[], other: readonly Float64Array[]): number => {
      const pairs = Array.from({ length: 2 * count }, (_, i) => i).flatMap((i) =>
        [0, 1, 2, 3, 4].map((k) => [i, k]),
      );
      return Math.max(...pairs.map(([i, k]) => Math.abs(correlation(column(one, i), column(other, k)))));
    };
    for (const [one, other] of [
      [noise, weights],
      [noise, orders],
      [weights, orders],
    ]) {
      expect(alike(one, other)).toBeLessThan(0.22);
    }
    expect(alike(weights, weights)).toBeCloseTo(1, 12);
  });

  it('is another stream for every example, and for seeds at both ends', () => {
    const streams = new Set<string>();
    for (const seed of [0, 4_294_967_295]) {
      const generator = new Generator(seed);
      for (let label = 0; label < 10_000; label++) streams.add(generator.fork(label).state.join());
    }
    expect(streams.size).toBe(20_000);
  });
});

const column = (rows: readonly Float64Array[], k: number): number[] => rows.map((row) => row[k]);

function correlation(a: readonly number[], b: readonly number[]): number {
  const mean = (of: readonly number[]): number => of.reduce((sum, x) => sum + x, 0) / of.length;
  const [ma, mb] = [mean(a), mean(b)];
  const product = (p: readonly number[], mp: number, q: readonly number[], mq: number): number =>
    p.reduce((sum, x, i) => sum + (x - mp) * (q[i] - mq), 0);
  return product(a, ma, b, mb) / Math.sqrt(product(a, ma, a, ma) * product(b, mb, b, mb));
}
