/** How large the numbers of a layer are. */
export interface Sizes {
  /** √(mean of x²). */
  readonly rms: number;
  /** Mean of |x|. */
  readonly mean: number;
  readonly largest: number;
}

/** The sizes of many lists of numbers together. */
export class SizeSum {
  private count = 0;
  private sum = 0;
  private largest = 0;
  // The root of the sum of squares is `scale` · √`squares`: no square leaves the doubles.
  private scale = 0;
  private squares = 0;

  add(numbers: ArrayLike<number>, from = 0, to = numbers.length): void {
    let [squares, sum, largest] = [0, 0, this.largest];
    for (let i = from; i < to; i++) {
      const size = Math.abs(numbers[i]);
      sum += size;
      squares += size * size;
      if (!(size <= largest)) largest = size;
    }
    this.count += to - from;
    this.sum += sum;
    this.largest = largest;
    if (squares > 1e-250 && squares < 1e250) this.addRoot(Math.sqrt(squares));
    else for (let i = from; i < to; i++) this.addRoot(Math.abs(numbers[i]));
  }

  private addRoot(root: number): void {
    if (root === 0) return;
    if (root > this.scale) {
      this.squares = 1 + this.squares * (this.scale / root) ** 2;
      this.scale = root;
    } else this.squares += (root / this.scale) ** 2;
  }

  sizes(): Sizes {
    const { count, sum, largest, scale, squares } = this;
    const mean = sum / Math.max(1, count);
    if (largest === 0 || !Number.isFinite(largest)) return { rms: largest, mean, largest };
    return { rms: scale * Math.sqrt(squares / count), mean, largest };
  }
}

/** Sizes of the numbers from `from` up to, not including, `to`; 0 of none. */
export function sizesOf(numbers: ArrayLike<number>, from = 0, to = numbers.length): Sizes {
  const sum = new SizeSum();
  sum.add(numbers, from, to);
  return sum.sizes();
}

/** What becomes of the gradient on its way from the last layer to the first. */
export const GRADIENT_VERDICTS = [
  'vanishing',
  'shrinking',
  'even',
  'growing',
  'exploding',
  'zero',
  'broken',
] as const;
export type GradientVerdict = (typeof GRADIENT_VERDICTS)[number];

/** Up to these factors from the last layer to the first the verdict is `even`, and `shrinking` or `growing`. */
export const VERDICT_FACTORS = { even: 10, mild: 1000 } as const;

/**
 * Verdict on sizes of ∂C/∂z by layer, the first layer's first: `vanishing` where the first layer's is less than a thousandth of
 * the last one's, `shrinking` below a tenth, and `growing`, `exploding` the other way. `zero`: nothing arrives at the first
 * layer, or nothing sets out; `broken`: a size is no finite number.
 */
export function verdictOf(sizes: ArrayLike<number>): GradientVerdict {
  const last = sizes[sizes.length - 1];
  const ratio = sizes[0] / last;
  for (let i = 0; i < sizes.length; i++) if (!Number.isFinite(sizes[i])) return 'broken';
  if (sizes[0] === 0 || last === 0) return 'zero';
  const { even, mild } = VERDICT_FACTORS;
  if (ratio < 1 / mild) return 'vanishing';
  if (ratio < 1 / even) return 'shrinking';
  if (ratio > mild) return 'exploding';
  if (ratio > even) return 'growing';
  return 'even';
}

/** The sizes of what belongs to one layer. */
export interface LayerSizes {
  readonly weights: Sizes;
  /** Of ∂C/∂w. */
  readonly weightGradients: Sizes;
  /** Of ∂C/∂z. */
  readonly gradients: Sizes;
  /** Of ∂a/∂z. */
  readonly slopes: Sizes;
}

/** One layer of the chain, and what it does to the gradient that comes back through it. */
export interface ChainLayer extends LayerSizes {
  /** By what ∂C/∂z is multiplied from the next layer to this one; 1 for the last. It is `slopeFactor · weightFactor`. */
  readonly factor: number;
  /** The part of the slopes σ′(z) of this layer: their RMS. */
  readonly slopeFactor: number;
  /** The rest: what the weights of the next layer make of it. */
  readonly weightFactor: number;
}

/** The way of the gradient through the layers, and what each of them does to it; the first layer first. */
export function chainOf(layers: readonly LayerSizes[]): readonly ChainLayer[] {
  return layers.map((layer, at) => {
    const next = layers[at + 1];
    if (next === undefined) return { ...layer, factor: 1, slopeFactor: 1, weightFactor: 1 };
    const factor = layer.gradients.rms / next.gradients.rms;
    const slopeFactor = layer.slopes.rms;
    return { ...layer, factor, slopeFactor, weightFactor: factor / slopeFactor };
  });
}

/** The verdict on a chain. */
export function chainVerdict(chain: readonly ChainLayer[]): GradientVerdict {
  return verdictOf(chain.map(({ gradients }) => gradients.rms));
}

/**
 * Why the gradient of the first layer is not as large as that of the last. `slopes`, `weights`: what these make of it is at least
 * three quarters of it, in powers of ten. `both`: neither alone. Of one that is 0, `none`: no gradient sets out; `zeros`: all weights
 * of a layer are 0; `level`: all slopes of a layer are; `paths`: every path has a slope or a weight that is 0, or its product is
 * smaller than any number.
 */
export const GRADIENT_CAUSES = ['slopes', 'weights', 'both', 'none', 'zeros', 'level', 'paths'] as const;
export type GradientCause = (typeof GRADIENT_CAUSES)[number];

/** From this share of the powers of ten on, slopes or weights are named alone. */
export const CAUSE_SHARE = 3 / 4;

/** The cause of the verdict on a chain; null where there is nothing to explain: `even`, or `broken`. */
export function chainCause(chain: readonly ChainLayer[]): GradientCause | null {
  const verdict = chainVerdict(chain);
  if (verdict === 'even' || verdict === 'broken') return null;
  const hidden = chain.slice(0, -1);
  if (verdict === 'zero') {
    if (chain[hidden.length].gradients.largest === 0) return 'none';
    if (chain.slice(1).some(({ weights }) => weights.largest === 0)) return 'zeros';
    return hidden.some(({ slopes }) => slopes.largest === 0) ? 'level' : 'paths';
  }
  // Logarithms, layer by layer: the products may leave the doubles.
  const powers = (of: (layer: ChainLayer) => number): number =>
    hidden.reduce((sum, layer) => sum + Math.log10(of(layer)), 0);
  const share = powers(({ slopeFactor }) => slopeFactor) / powers(({ factor }) => factor);
  if (share >= CAUSE_SHARE) return 'slopes';
  return share <= 1 - CAUSE_SHARE ? 'weights' : 'both';
}

/** The steepest that an activation can be: what a product of its slopes can at most be made of. */
export function steepest(activation: string): number {
  if (activation === 'sigmoid') return 0.25;
  return activation === 'step' ? 0 : 1;
}

/** The factor per layer of which `layers` make `product`: product^(1/layers). */
export function factorPerLayer(product: number, layers: number): number {
  return product ** (1 / layers);
}
