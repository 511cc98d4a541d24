import { SpecError } from '../spec/problem.ts';
import { cos, ln } from './portable.ts';

const WORDS = 4_294_967_296;

/** Where a generator is: four words of 32 bits, as plain numbers. */
export type GeneratorState = readonly [number, number, number, number];

/**
 * Random numbers from a seed: xoshiro128** (Blackman and Vigna 2018), in whole-number arithmetic. The same seed gives the
 * same numbers on every machine.
 */
export class Generator {
  private s0 = 0;
  private s1 = 0;
  private s2 = 0;
  private s3 = 0;

  /** Throws SpecError unless the seed is a whole number. */
  constructor(seed: number) {
    if (!Number.isSafeInteger(seed)) throw new SpecError('seed', seed, 'a whole number');
    this.mix([seed >>> 0, Math.floor(seed / WORDS) >>> 0]);
  }

  /** A generator that goes on from a state. */
  static restore(state: GeneratorState): Generator {
    const generator = new Generator(0);
    generator.restore(state);
    return generator;
  }

  /** Where it is. */
  get state(): GeneratorState {
    return [this.s0, this.s1, this.s2, this.s3];
  }

  /** Goes on from a state. Throws SpecError unless it is four words that are not all 0. */
  restore(state: GeneratorState): void {
    const words: readonly unknown[] = Array.isArray(state) ? state : [];
    const fit = words.every((word) => Number.isInteger(word) && (word as number) >>> 0 === word);
    if (words.length !== 4 || !fit || words.every((word) => word === 0)) {
      throw new SpecError('generator', state, 'four whole numbers below 2³², not all 0');
    }
    [this.s0, this.s1, this.s2, this.s3] = state;
  }

  /** A whole number from 0 to 2³² − 1. */
  uint32(): number {
    const { s1 } = this;
    const result = Math.imul(turn(Math.imul(s1, 5), 7), 9) >>> 0;
    this.s2 ^= this.s0;
    this.s3 ^= s1;
    this.s1 ^= this.s2;
    this.s0 ^= this.s3;
    this.s2 = (this.s2 ^ (s1 << 9)) >>> 0;
    this.s3 = turn(this.s3, 11) >>> 0;
    this.s1 >>>= 0;
    this.s0 >>>= 0;
    return result;
  }

  /** A number from 0 up to, not including, 1; one of 2⁵³. */
  uniform(): number {
    const high = this.uint32() >>> 5;
    return (high * 67_108_864 + (this.uint32() >>> 6)) / 9_007_199_254_740_992;
  }

  /** A number of the normal distribution with mean 0 and variance 1 (Box and Muller 1958). */
  normal(): number {
    const radius = Math.sqrt(-2 * ln(1 - this.uniform()));
    return radius * cos(2 * Math.PI * this.uniform());
  }

  /** A whole number from 0 to n − 1, each as likely as the others. Throws SpecError unless n is from 1 to 2³². */
  below(n: number): number {
    if (!Number.isInteger(n) || n < 1 || n > WORDS)
      throw new SpecError('below', n, 'a whole number from 1 to 2³²');
    const even = WORDS - (WORDS % n);
    let word = this.uint32();
    while (word >= even) word = this.uint32();
    return word % n;
  }

  /** Puts a list into random order, each as likely as the others (Fisher and Yates). */
  shuffle(list: Int32Array): void {
    for (let i = list.length - 1; i > 0; i--) {
      const j = this.below(i + 1);
      const kept = list[i];
      list[i] = list[j];
      list[j] = kept;
    }
  }

  /**
   * A generator of its own for this label, the same for the same state and label; this one does not move. Example i of data
   * is made by `fork(i)`, whatever the number of examples.
   */
  fork(label: number): Generator {
    if (!Number.isSafeInteger(label)) throw new SpecError('label', label, 'a whole number');
    const fork = new Generator(0);
    fork.mix([...this.state, label >>> 0, Math.floor(label / WORDS) >>> 0]);
    return fork;
  }

  /** Four words that depend on every bit of the given ones. */
  private mix(words: readonly number[]): void {
    let hash = 0x9e3779b9;
    for (const word of words) hash = scatter(Math.imul(hash, 31) + word + 0x9e3779b9);
    const next = (): number => scatter((hash = (hash + 0x9e3779b9) >>> 0));
    [this.s0, this.s1, this.s2, this.s3] = [next(), next(), next(), next()];
    if ((this.s0 | this.s1 | this.s2 | this.s3) === 0) this.s0 = 1;
  }
}

function turn(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}

/** The last step of MurmurHash3 (Appleby): one to one on 32 bits, and each bit of the result depends on all. */
function scatter(word: number): number {
  let h = word >>> 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
