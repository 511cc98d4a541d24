/** A growing row of bytes in WebAssembly's binary format. */
export class Bytes {
  private bytes = new Uint8Array(4096);
  length = 0;

  byte(byte: number): this {
    if (this.length === this.bytes.length) this.grow(1);
    this.bytes[this.length++] = byte;
    return this;
  }

  /** An unsigned number, seven bits to a byte. */
  unsigned(i: number): this {
    let rest = i >>> 0;
    while (rest > 127) {
      this.byte((rest & 127) | 128);
      rest >>>= 7;
    }
    return this.byte(rest);
  }

  /** A signed 32-bit number, seven bits to a byte. */
  signed(i: number): this {
    let rest = i | 0;
    while (rest < -64 || rest > 63) {
      this.byte((rest & 127) | 128);
      rest >>= 7;
    }
    return this.byte(rest & 127);
  }

  float(x: number): this {
    return this.all(new Uint8Array(new Float64Array([x]).buffer));
  }

  name(ascii: string): this {
    this.unsigned(ascii.length);
    for (let i = 0; i < ascii.length; i++) this.byte(ascii.charCodeAt(i));
    return this;
  }

  all(bytes: Uint8Array): this {
    if (this.length + bytes.length > this.bytes.length) this.grow(bytes.length);
    this.bytes.set(bytes, this.length);
    this.length += bytes.length;
    return this;
  }

  /** Bytes behind their number. */
  block(bytes: Bytes): this {
    return this.unsigned(bytes.length).all(bytes.view());
  }

  view(): Uint8Array {
    return this.bytes.subarray(0, this.length);
  }

  private grow(by: number): void {
    const bytes = new Uint8Array(2 * this.bytes.length + by);
    bytes.set(this.bytes);
    this.bytes = bytes;
  }
}
