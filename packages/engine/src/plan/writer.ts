import { DOT, GATHER, GUARDED, MANY, OPCODE, RUN, RUN_MINIMUM, UNARY, WORDS } from './plan.ts';

/** While it is written, computed slots are numbered from here on: how many leaves there are is known only at the end. */
const COMPUTED = 1 << 28;

/** Writes instructions, and neighbours that differ by constant strides as runs. */
export class Writer {
  code = new Int32Array(1024);
  length = 0;
  extra = new Int32Array(256);
  extraLength = 0;
  /** The slot of the next result. */
  next = COMPUTED;

  // The run that is being collected: its first instruction, its last, and how much operands grow.
  private count = 0;
  private head = 0;
  private a = 0;
  private b = 0;
  private c = 0;
  private lastA = 0;
  private lastB = 0;
  private lastC = 0;
  private growthA = 0;
  private growthB = 0;
  private growthC = 0;
  // Of dot products: `c` is the start.
  private n = 0;
  private strideA = 0;
  private strideB = 0;

  /** An instruction of an opcode from ADD to FMA, or a DOT whose start is `c`. Returns the slot of its result. */
  add(head: number, a: number, b: number, c: number, n = 0, strideA = 0, strideB = 0): number {
    if (
      this.count === 0 ||
      head !== this.head ||
      n !== this.n ||
      strideA !== this.strideA ||
      strideB !== this.strideB
    ) {
      this.flush();
      this.head = head;
      this.n = n;
      this.strideA = strideA;
      this.strideB = strideB;
      this.start(a, b, c);
    } else {
      const growthA = a - this.lastA;
      const growthB = b - this.lastB;
      const growthC = c - this.lastC;
      const goesOn = growthA === this.growthA && growthB === this.growthB && growthC === this.growthC;
      if (this.count > 1 && !goesOn) {
        if (this.count === 2) {
          // The second may belong to what comes.
          this.single(this.a, this.b, this.c);
          this.start(this.lastA, this.lastB, this.lastC);
        } else {
          this.flush();
          this.start(a, b, c);
          return this.next++;
        }
      }
      if (this.count === 1) {
        this.growthA = a - this.lastA;
        this.growthB = b - this.lastB;
        this.growthC = c - this.lastC;
      }
      this.count++;
      this.lastA = a;
      this.lastB = b;
      this.lastC = c;
    }
    if ((head & GUARDED) !== 0) this.flush();
    return this.next++;
  }

  /** An instruction that comes in no runs. */
  other(head: number, a: number, b: number, c: number): number {
    this.flush();
    this.write(head, a, b, c);
    return this.next++;
  }

  /** Room for `length` numbers in `extra`; returns the place of the first. */
  reserve(length: number): number {
    const at = this.extraLength;
    if (at + length > this.extra.length) {
      const extra = new Int32Array(2 * this.extra.length + length);
      extra.set(this.extra);
      this.extra = extra;
    }
    this.extraLength += length;
    return at;
  }

  /** Writes what has been collected. */
  flush(): void {
    const { count } = this;
    this.count = 0;
    if (count >= RUN_MINIMUM) {
      this.run(count);
      return;
    }
    for (let i = 0; i < count; i++) {
      this.single(this.a + i * this.growthA, this.b + i * this.growthB, this.c + i * this.growthC);
    }
  }

  /** Ends the program: computed slots follow the `leaves` others. */
  finish(leaves: number): { readonly code: Int32Array; readonly extra: Int32Array; readonly slots: number } {
    this.flush();
    const code = this.code.slice(0, this.length);
    const extra = this.extra.slice(0, this.extraLength);
    const shift = leaves - COMPUTED;
    let slot = leaves;
    for (let at = 0; at < code.length; at += WORDS) {
      const opcode = code[at] & OPCODE;
      if ((code[at] & RUN) !== 0) {
        const place = code[at + 1];
        relocate(extra, place, opcode === DOT ? 2 : 3, shift);
        if (opcode === DOT) {
          relocate(extra, place + 7, 1, shift);
          relocateStrides(extra, place + 5, shift);
          extra[place + 9] = isIndependent(extra, place, code[at + 2], slot) ? 1 : 0;
        }
        slot += code[at + 2];
        continue;
      }
      slot++;
      if (opcode === GATHER) {
        relocate(code, at + 3, 1, shift);
        relocate(extra, code[at + 1], 2 * code[at + 2], shift);
      } else if (opcode === MANY) relocate(extra, code[at + 1], code[at + 2], shift);
      else if (opcode === UNARY) relocate(code, at + 1, 1, shift);
      else if (opcode === DOT) {
        relocate(code, at + 1, 2, shift);
        relocate(extra, code[at + 3] + 3, 1, shift);
        relocateStrides(extra, code[at + 3] + 1, shift);
      } else relocate(code, at + 1, 3, shift);
    }
    return { code, extra, slots: slot };
  }

  private start(a: number, b: number, c: number): void {
    this.count = 1;
    this.a = this.lastA = a;
    this.b = this.lastB = b;
    this.c = this.lastC = c;
  }

  private single(a: number, b: number, c: number): void {
    if ((this.head & OPCODE) !== DOT) {
      this.write(this.head, a, b, c);
      return;
    }
    const at = this.reserve(4);
    const { extra } = this;
    extra[at] = this.n;
    extra[at + 1] = this.strideA;
    extra[at + 2] = this.strideB;
    extra[at + 3] = c;
    this.write(this.head, a, b, at);
  }

  private run(count: number): void {
    const dot = (this.head & OPCODE) === DOT;
    const at = this.reserve(dot ? 10 : 6);
    const { extra } = this;
    extra[at] = this.a;
    extra[at + 1] = this.b;
    extra[at + 2] = dot ? this.n : this.c;
    extra[at + 3] = this.growthA;
    extra[at + 4] = this.growthB;
    extra[at + 5] = dot ? this.strideA : this.growthC;
    if (dot) {
      extra[at + 6] = this.strideB;
      extra[at + 7] = this.c;
      extra[at + 8] = this.growthC;
    }
    this.write(this.head | RUN, at, count, 0);
  }

  private write(head: number, a: number, b: number, c: number): void {
    const at = this.length;
    if (at === this.code.length) {
      const code = new Int32Array(2 * at);
      code.set(this.code);
      this.code = code;
    }
    const { code } = this;
    code[at] = head;
    code[at + 1] = a;
    code[at + 2] = b;
    code[at + 3] = c;
    this.length = at + WORDS;
  }
}

/** Moves slots of computed values to their place; the code in the last word of BINARY is small and stays. */
function relocate(words: Int32Array, from: number, length: number, shift: number): void {
  for (let at = from; at < from + length; at++) if (words[at] >= COMPUTED) words[at] += shift;
}

/** The same for the two strides of a DOT: from a leaf to a computed slot, or back, if there are but two products. */
function relocateStrides(words: Int32Array, from: number, shift: number): void {
  for (let at = from; at < from + 2; at++) {
    if (words[at] > COMPUTED >> 1) words[at] += shift;
    else if (words[at] < -COMPUTED >> 1) words[at] -= shift;
  }
}

/** No dot product of the run reads a result of the run. */
function isIndependent(extra: Int32Array, at: number, count: number, result: number): boolean {
  const n = extra[at + 2] - 1;
  const apart = (start: number, growth: number, span: number) => {
    const low = start + Math.min(0, (count - 1) * growth) + Math.min(0, span);
    const high = start + Math.max(0, (count - 1) * growth) + Math.max(0, span);
    return high < result || low >= result + count;
  };
  return (
    apart(extra[at], extra[at + 3], n * extra[at + 5]) &&
    apart(extra[at + 1], extra[at + 4], n * extra[at + 6]) &&
    apart(extra[at + 7], extra[at + 8], 0)
  );
}
