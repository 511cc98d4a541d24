/**
 * A recorded computation as a row of instructions over slots: what both interpreters read.
 *
 * **Slots.** Every number has a slot in `value` and one in `gradient`, both of `slots` numbers. First come the inputs, then
 * the data, then other leaves and constants that are used; `leafValues` holds what they start with. One of these is
 * −0, the start of sums without one: −0 + x is x for every x, −0 included. Computed slots follow in instruction order.
 *
 * **Instructions** are four 32-bit words: `head, a, b, c`. `head` is `opcode | flags << 8`. The result needs no word: it
 * goes to the next slot, and that of a run to the next `count` slots. Walk forward with a slot that starts at
 * `leafValues.length`, backward with one that starts at `slots`.
 *
 *     opcode   a                b          c                     result
 *     ADD SUB MUL DIV                                            V[a] ∘ V[b]
 *     NEG EXP RELU TANH SIGMOID                                  ∘ V[a]
 *     FMA      factor           factor     term                  V[c] + V[a] · V[b], rounded twice
 *     DOT      first factor     first f.   place in extra        V[init] + Σ V[a + k·strideA] · V[b + k·strideB], from left to right
 *              extra: n, strideA, strideB, init
 *     GATHER   place in extra   n          init (a slot)         V[init] + Σ V[left] · V[right], from left to right
 *              extra: n pairs left, right
 *     WHERE    condition        then       else                  NaN for a condition that is NaN, V[then] unless it is 0, else V[else]
 *     UNARY    operand          code       –                     the operation of this code in the table
 *     BINARY   left             right      code
 *     MANY     place in extra   n          code
 *              extra: n slots
 *
 * **Runs.** With the flag RUN the instruction stands for `count` ≥ RUN_MINIMUM of the same, one after the other, whose
 * operands go on by constant strides. Its words are `head, place in extra, count, 0`, and `extra` holds from there on
 * `a, b, c` of the first one and by how much each of them grows: six numbers. For DOT ten:
 *
 *     a, b, n, growthA, growthB, strideA, strideB, init, growthInit, independent
 *
 * where `independent` is 1 if no dot product of the run reads the result of another. Of the other opcodes only ADD to FMA come in
 * runs. A run may read results of its own: they must be computed one after the other, and backward from the last to the
 * first.
 *
 * **Backward.** For each instruction from the last to the first, with g the result's gradient: operands whose flag is set
 * get local · g, in the order in which they are listed here.
 *
 *     ADD, SUB, MUL, DIV, BINARY, WHERE     a, then b; of WHERE only the branch taken, condition never
 *     FMA                                   c, a, b
 *     DOT, GATHER                           init, then pairs from the last to the first; of each the left, then the right
 *     MANY                                  from the first to the last
 *
 * A flag that is not set says that nobody asks for this gradient; writing it all the same does no harm. Local derivatives are
 * those of the eager sweep: 1/b and −(y/b) for DIV, tanh and sigmoid from the operand, relu 1, 0 or NaN and times g.
 * A gradient of 0 is passed on like any other, as 0 · ∞ is NaN, unless all that it is multiplied with is finite. Slots start
 * at +0, so that the signs of zeros that are added make no difference.
 *
 * **Guards.** GUARDED results are reached only through branches of WHERE. The sweep keeps a byte per slot: an instruction
 * with the flag is passed over unless its byte is set; if it is, it sets those of its operands. WHERE sets that of the
 * branch taken. Without `guarded` no byte is ever looked at. Runs are never guarded, and neither are outputs.
 */
export interface Program {
  /** Four words per instruction. */
  readonly code: Int32Array;
  /** Lists and strides that instructions point into. */
  readonly extra: Int32Array;
  /** What inputs, data and constants start with; their number is the first computed slot. */
  readonly leafValues: Float64Array;
  readonly slots: number;
  /** Slots 0 … inputs − 1: the leaves whose gradients are wanted. */
  readonly inputs: number;
  /** Slots inputs … inputs + data − 1: the leaves whose numbers change from run to run. */
  readonly data: number;
  /** The slot of each output; the same one may stand there twice, and it may be a leaf's. */
  readonly outputs: Int32Array;
  /** True if some instruction is GUARDED. */
  readonly guarded: boolean;
  /** What was read as a condition while recording, and must come out again. */
  readonly decisions: readonly ProgramDecision[];
}

/** A condition read while recording: the number in `slot` was not 0 (`holds`), or was. */
export interface ProgramDecision {
  readonly slot: number;
  readonly holds: boolean;
  /** The node of the recording. */
  readonly node: number;
}

/** True if a condition that is `found` now comes out as it did while recording; NaN never does. */
export function agrees(found: number, holds: boolean): boolean {
  return !Number.isNaN(found) && (found !== 0) === holds;
}

export const ADD = 1;
export const SUB = 2;
export const MUL = 3;
export const DIV = 4;
export const NEG = 5;
export const EXP = 6;
export const RELU = 7;
export const TANH = 8;
export const SIGMOID = 9;
export const FMA = 10;
export const DOT = 11;
export const GATHER = 12;
export const WHERE = 13;
export const UNARY = 14;
export const BINARY = 15;
export const MANY = 16;

/** `head & OPCODE` is the opcode. */
export const OPCODE = 255;

// Flags, as they stand in `head`.

/** The first operand wants a gradient; for DOT, GATHER and MANY: any of the left factors, any of the operands. */
export const WANTS_A = 1 << 8;
/** The second operand wants a gradient; for WHERE the branch `then`. */
export const WANTS_B = 2 << 8;
/** The third operand wants a gradient; for WHERE the branch `else`, for DOT and GATHER `init`. */
export const WANTS_C = 4 << 8;
/** Reached only through a branch of WHERE. */
export const GUARDED = 8 << 8;
/** The same instruction several times in a row. */
export const RUN = 16 << 8;

/** Words of an instruction. */
export const WORDS = 4;
/** Shorter runs are written as single instructions. */
export const RUN_MINIMUM = 4;

/** An engine that runs a program: its memory, and what it does with it. */
export interface Machine {
  /** One number per slot. May be replaced when a machine's memory grows: read it anew after each call. */
  readonly value: Float64Array;
  /** One number per slot. */
  readonly gradient: Float64Array;
  /** Computes all values. */
  forward(): void;
  /** Sets all gradients to 0, adds `seeds[i]` to that of the i-th output, and sweeps. Values must be computed. */
  backward(seeds: ArrayLike<number>): void;
  /** inputs −= rate · their gradients. */
  update(rate: number): void;
}
