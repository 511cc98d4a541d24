/**
 * Sums of many gradients, one per parameter, that do not lose what is too small for the sum so far (Neumaier 1974): the mean
 * is as exact as the numbers that go in.
 */
export class GradientSum {
  /** Gradients that were added. */
  count = 0;
  private readonly sum: Float64Array;
  private readonly lost: Float64Array;

  constructor(parameters: number) {
    this.sum = new Float64Array(parameters);
    this.lost = new Float64Array(parameters);
  }

  /** Adds the gradient of one more example. */
  add(gradient: ArrayLike<number>): void {
    const { sum, lost } = this;
    this.count++;
    for (let i = 0; i < sum.length; i++) {
      const before = sum[i];
      const term = gradient[i];
      const after = before + term;
      lost[i] += Math.abs(before) >= Math.abs(term) ? before - after + term : term - after + before;
      sum[i] = after;
    }
  }

  /** The mean of all gradients, times `factor`; 0 of none. */
  mean(factor = 1): Float64Array {
    const { sum, lost, count } = this;
    // Where a sum is infinite, what it lost is NaN.
    return sum.map((each, i) =>
      count === 0 ? 0 : ((Number.isFinite(each) ? each + lost[i] : each) * factor) / count,
    );
  }
}

/** What every example asks of every parameter: −∂C/∂w, so that + means that the weight should grow. */
export interface WishTable {
  /** The examples that have a column. */
  readonly examples: Int32Array;
  /** One column per example, one number per parameter. */
  readonly columns: readonly Float64Array[];
  /** The mean over all examples, those without a column too: −∇C. */
  readonly mean: Float64Array;
  /** Examples in the mean. */
  readonly count: number;
  /** The largest |mean| of those that are numbers. */
  readonly largest: number;
}

/**
 * Goes through all `examples` and keeps the columns of the first `columns` of them. `gradientOf` gives ∂C/∂w of one example in
 * an array that may be used again. Yields the number of examples done, after each; what it returns is the table.
 */
export function* wishTable(
  gradientOf: (example: number) => ArrayLike<number>,
  parameters: number,
  examples: ArrayLike<number>,
  columns: number,
): Generator<number, WishTable> {
  const sum = new GradientSum(parameters);
  const kept = Math.min(columns, examples.length);
  const wishes: Float64Array[] = [];
  for (let i = 0; i < examples.length; i++) {
    const gradient = gradientOf(examples[i]);
    sum.add(gradient);
    // 0 − g and not −g: no wish is 0, not −0.
    if (i < kept) wishes.push(Float64Array.from({ length: parameters }, (_, each) => 0 - gradient[each]));
    yield i + 1;
  }
  const mean = sum.mean().map((each) => 0 - each);
  return {
    examples: Int32Array.from({ length: kept }, (_, i) => examples[i]),
    columns: wishes,
    mean,
    count: sum.count,
    largest: largestOf(mean.filter((each) => !Number.isNaN(each))),
  };
}

/** The largest size among numbers; 0 of none, NaN where one is NaN. */
export function largestOf(numbers: ArrayLike<number>): number {
  let largest = 0;
  for (let i = 0; i < numbers.length; i++) {
    const size = Math.abs(numbers[i]);
    if (!(size <= largest)) largest = size;
    if (Number.isNaN(size)) return NaN;
  }
  return largest;
}

/**
 * Indices in the order in which rows are shown: as they are, or the largest |mean| first; numbers that are none come before
 * all. Equal ones stay in their order. At most `most`.
 */
export function orderedRows(
  mean: ArrayLike<number>,
  rows: Iterable<number>,
  order: 'place' | 'size',
  most: number,
): Int32Array {
  const list = [...rows];
  if (order === 'size') {
    const size = (row: number): number => (Number.isNaN(mean[row]) ? Infinity : Math.abs(mean[row]));
    // Infinities are equal, and their difference is none.
    list.sort((a, b) => (size(a) === size(b) ? a - b : size(b) - size(a)));
  }
  return Int32Array.from(list.slice(0, most));
}
