/** Events while they are being recorded: four columns that grow by doubling, no object per event. */
export class EventColumns {
  length = 0;
  private kind: Uint8Array;
  private node: Int32Array;
  private slot: Int32Array;
  private value: Float64Array;

  /** `expected`: the number of events to make room for. */
  constructor(expected: number) {
    const capacity = Math.max(16, expected);
    this.kind = new Uint8Array(capacity);
    this.node = new Int32Array(capacity);
    this.slot = new Int32Array(capacity);
    this.value = new Float64Array(capacity);
  }

  push(kind: number, node: number, slot: number, value: number): void {
    const at = this.length++;
    if (at === this.kind.length) this.grow(2 * at);
    this.kind[at] = kind;
    this.node[at] = node;
    this.slot[at] = slot;
    this.value[at] = value;
  }

  /** The columns at their final length; the recorder must not be used afterwards. */
  finish(): {
    readonly kind: Uint8Array;
    readonly node: Int32Array;
    readonly slot: Int32Array;
    readonly value: Float64Array;
  } {
    if (this.length < this.kind.length) this.grow(this.length);
    return { kind: this.kind, node: this.node, slot: this.slot, value: this.value };
  }

  private grow(capacity: number): void {
    const resized = <T extends Uint8Array | Int32Array | Float64Array>(from: T, to: T): T => {
      to.set(from.length > capacity ? from.subarray(0, capacity) : from);
      return to;
    };
    this.kind = resized(this.kind, new Uint8Array(capacity));
    this.node = resized(this.node, new Int32Array(capacity));
    this.slot = resized(this.slot, new Int32Array(capacity));
    this.value = resized(this.value, new Float64Array(capacity));
  }
}
