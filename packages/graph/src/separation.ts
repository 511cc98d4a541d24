/**
 * The nearest positions that keep distances, in each column: minimises Σ weight · (result − wanted)²
 * subject to result[k + 1] − result[k] ≥ distance[k]. Pool-adjacent-violators, linear time.
 *
 * `wanted`, `weight` and the result have `size` entries; `distance[k]` is the distance from k − 1 to k.
 */
export class Separator {
  readonly #mean: Float64Array;
  readonly #weight: Float64Array;
  readonly #size: Int32Array;

  /** @param capacity the length of the longest column */
  constructor(capacity: number) {
    this.#mean = new Float64Array(capacity);
    this.#weight = new Float64Array(capacity);
    this.#size = new Int32Array(capacity);
  }

  separate(
    size: number,
    wanted: Float64Array,
    weight: Float64Array,
    distance: Float64Array,
    result: Float64Array,
  ): void {
    const mean = this.#mean;
    const total = this.#weight;
    const length = this.#size;
    let pools = 0;
    let offset = 0;
    for (let k = 0; k < size; k++) {
      if (k > 0) offset += distance[k];
      let m = wanted[k] - offset;
      let w = weight[k];
      let n = 1;
      while (pools > 0 && mean[pools - 1] > m) {
        pools--;
        const both = total[pools] + w;
        m = (mean[pools] * total[pools] + m * w) / both;
        w = both;
        n += length[pools];
      }
      mean[pools] = m;
      total[pools] = w;
      length[pools++] = n;
    }
    offset = 0;
    let k = 0;
    for (let pool = 0; pool < pools; pool++) {
      for (let i = 0; i < length[pool]; i++, k++) {
        if (k > 0) offset += distance[k];
        result[k] = mean[pool] + offset;
      }
    }
  }
}
