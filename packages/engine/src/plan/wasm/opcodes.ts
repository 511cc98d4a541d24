/**
 * Instructions of the WebAssembly machine, forward. A program is a row of 32-bit words: the number here, then operands.
 * A slot is named by the address of its value; its adjoint lies a constant distance further.
 */
export const FORWARD = {
  end: 0,
  again: 1,
  add: 2,
  sub: 3,
  mul: 4,
  div: 5,
  neg: 6,
  exp: 7,
  relu: 8,
  tanh: 9,
  sigmoid: 10,
  multiplyAdd: 11,
  dot: 12,
  gather: 13,
  where: 14,
  unary: 15,
  binary: 16,
  many: 17,
  rows: 18,
  rectify: 19,
  chainMultiplyAdd: 20,
  chainAdd: 21,
  chainSub: 22,
  chainSubFrom: 23,
  chainMul: 24,
  chainTwo: 25,
  chainPair: 26,
} as const;

/**
 * Instructions of the WebAssembly machine, backward. Where an operation has several operands, its number is followed by
 * those for the other sets of operands that want a gradient: mask 1 is the first operand, 2 the second, 4 the third.
 */
export const BACKWARD = {
  end: 0,
  again: 1,
  clear: 2,
  seed: 3,
  guard: 4,
  mark: 5,
  /** + mask − 1. */
  add: 6,
  sub: 9,
  mul: 12,
  div: 15,
  neg: 18,
  exp: 19,
  relu: 20,
  tanh: 21,
  sigmoid: 22,
  /** + mask − 1. */
  multiplyAdd: 23,
  dot: 30,
  gather: 31,
  where: 32,
  unary: 33,
  /** + mask − 1. */
  binary: 34,
  many: 37,
  rows: 38,
  rectify: 39,
  chainMultiplyAdd: 40,
  chainAdd: 41,
  chainSub: 42,
  chainSubFrom: 43,
  chainMul: 44,
  chainTwo: 45,
  chainPair: 46,
} as const;

/** Flags of `dot` and `gather`, backward: which operands want a gradient, and how the loop may run. */
export const DOT = {
  a: 1,
  b: 2,
  init: 4,
  /** Strides are 1 and the two ranges are one or do not meet: several steps may be taken at once. */
  vector: 8,
} as const;

/** Flags of `rows`, backward. */
export const ROWS = {
  weights: 1,
  inputs: 2,
  init: 4,
  /** Nobody has given the weights a gradient before: it is stored, not added, and need not be cleared. */
  store: 8,
  /** Weights and inputs both want gradients, and no slot gets more than one from a column: rows may come column by column. */
  columns: 16,
} as const;

/** Flags of the chains, backward. */
export const CHAIN = {
  /** Others use the links' results too, so that adjoints of links are in memory. */
  shared: 1,
  b: 2,
  c: 4,
  init: 8,
} as const;

/** Flags of `where`, backward: which branch wants a gradient, and which is guarded; `taken` is that of a condition that holds. */
export const WHERE = { taken: 1, other: 2, markTaken: 4, markOther: 8 } as const;

/** Words of the instructions forward, by opcode; `again` has four and as many as its body. */
export const FORWARD_LENGTHS: readonly number[] = [
  1, 4, 4, 4, 4, 4, 3, 3, 3, 3, 3, 5, 8, 5, 5, 4, 5, 5, 9, 4, 7, 5, 5, 5, 5, 9, 7,
];

/** Words of the instructions backward. */
export const BACKWARD_LENGTHS: readonly number[] = [
  1, 4, 3, 3, 3, 2, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 3, 3, 3, 3, 3, 5, 5, 5, 5, 5, 5, 5, 9, 6, 6, 4, 5, 5,
  5, 5, 10, 4, 8, 6, 6, 6, 6, 10, 8,
];
