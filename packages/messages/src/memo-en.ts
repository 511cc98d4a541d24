/** What the memoization view says about the ways of computing a derivative. */
const algorithms = {
  names: {
    'path-sum': 'Path sum',
    memo: 'Recursion with a memo table',
    reverse: 'Reverse',
    numeric: 'Numeric',
    forward: 'Forward mode',
    overwrite: '= in place of +=',
    'accumulate-early': 'Half-accumulated',
    preorder: 'Pre-order',
    'breadth-first': 'Breadth-first',
    postorder: 'Post-order',
  },
  /** One line each: what it does. */
  lines: {
    'path-sum': 'Every path from the output to a leaf, each product from scratch; nothing is stored.',
    memo: 'Top down: each leaf asks its users for their gradients; what was computed once is looked up.',
    reverse: 'Bottom up: a node passes on when all its uses have reported. One sweep.',
    numeric: 'Moves one leaf a little and runs the whole program again: (f(x + h) − f(x))/h.',
    forward: 'One pass of tangents from the leaves to the output, for each leaf.',
    overwrite: 'The order of the reverse sweep, but each contribution replaces the one before.',
    'accumulate-early': 'At every visit a node passes on its gradient so far, and goes on into each input.',
    preorder: 'Depth first with a visited set: a node passes on at its first visit, complete or not.',
    'breadth-first':
      'A queue with a visited set: a node passes on when it leaves the queue, complete or not.',
    postorder: 'A visited set, and the inputs first: they pass on before anything has reached them.',
  },
};

const beside = {
  label: 'Two algorithms side by side',
};

const tree = {};
const written = {};
const table = {};
const growth = {};
const predict = {};

/** The texts of the memoization view, loaded with it. */
export const memoEn = {
  tabs: {
    label: 'Memoization',
    names: {
      beside: 'Side by side',
      tree: 'Tree and graph',
      written: 'Written out',
      table: 'Memo table',
      growth: 'Growth',
    },
    none: 'Write a program, or open an example: there is nothing to compute yet.',
  },
  algorithms,
  beside,
  tree,
  written,
  table,
  growth,
  predict,
};

export type MemoMessages = typeof memoEn;
