/** The first slots: inputs, data, other leaves and constants, equal ones once. */
export class LeafSlots {
  values = new Float64Array(256);
  length = 0;
  private readonly single = new Map<number, number>();
  private readonly rows = new Map<number, number[]>();
  private negativeZero = -1;

  /** A slot of its own. */
  add(value: number): number {
    if (this.length === this.values.length) this.grow(1);
    this.values[this.length] = value;
    return this.length++;
  }

  /** The slot of a constant. */
  constant(value: number): number {
    if (value === 0 && 1 / value < 0) {
      return this.negativeZero >= 0 ? this.negativeZero : (this.negativeZero = this.add(value));
    }
    let slot = this.single.get(value);
    if (slot === undefined) {
      slot = this.add(value);
      this.single.set(value, slot);
    }
    return slot;
  }

  /** The first of `length` slots in a row that hold these constants. */
  row(values: Float64Array, length: number): number {
    if (length === 1) return this.constant(values[0]);
    const bits = new Int32Array(values.buffer, 0, 2 * length);
    let hash = length;
    for (let i = 0; i < bits.length; i++) hash = Math.imul(hash ^ bits[i], 0x01000193) + (hash >>> 15);
    const known = this.rows.get(hash);
    if (known !== undefined) {
      for (let i = 0; i < known.length; i += 2) {
        if (known[i + 1] === length && this.holds(known[i], values, length)) return known[i];
      }
    }
    const start = this.length;
    if (start + length > this.values.length) this.grow(length);
    this.values.set(values.subarray(0, length), start);
    this.length += length;
    if (known === undefined) this.rows.set(hash, [start, length]);
    else known.push(start, length);
    return start;
  }

  private holds(start: number, values: Float64Array, length: number): boolean {
    for (let i = 0; i < length; i++) if (!Object.is(this.values[start + i], values[i])) return false;
    return true;
  }

  private grow(by: number): void {
    const values = new Float64Array(2 * this.values.length + by);
    values.set(this.values);
    this.values = values;
  }
}
