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

const ORDINALS = [
  'first',
  'second',
  'third',
  'fourth',
  'fifth',
  'sixth',
  'seventh',
  'eighth',
  'ninth',
  'tenth',
];

/** The two algorithms side by side. Numbers and counts come printed, unless a sentence depends on them. */
const beside = {
  label: 'Two algorithms side by side',
  sides: ['Left algorithm', 'Right algorithm'],
  more: 'More …',
  groups: { right: 'Right on every graph', wrong: 'Wrong where a node is used more than once' },
  kinds: { right: 'right on every graph', wrong: 'wrong where a node is used more than once' },
  paths: (paths: string, one: boolean, output: string) =>
    one ? `One path leads from a leaf to ${output}.` : `${paths} paths lead from the leaves to ${output}.`,
  cost: (algorithm: string, count: string, one: boolean) =>
    `${algorithm}: ${count} ${one ? 'multiplication' : 'multiplications'}.`,
  shortCost: (algorithm: string, count: string) => `${algorithm}: ${count}.`,
  passes: (algorithm: string, count: string, one: boolean) =>
    `${algorithm}: ${count} forward ${one ? 'pass' : 'passes'}.`,
  counters: {
    visits: 'Visits',
    multiplications: 'Multiplications',
    additions: 'Additions',
    hits: 'Done already',
    forwardPasses: 'Forward passes',
    slots: 'Memory cells',
  },
  hints: {
    visits: 'How often a node was worked on',
    multiplications: 'Local derivative times gradient, once for each use that is passed',
    additions: 'Contributions added to what was there already',
    hits: 'How often a node was met whose gradient is in the table, or that is marked as visited',
    forwardPasses: 'Passes from the leaves to the output, beyond the one that computed the values',
    slots: 'Gradients, table entries, marks and products kept at once, beyond the values',
  },
  costOf: (algorithm: string) => `What it costs: ${algorithm}`,
  of: (now: string, total: string) => `${now} of ${total}`,
  scale: 'All bars are on one logarithmic scale.',
  counted: (count: string, what: 'multiplications' | 'events', limit: string) =>
    `Counted, not stepped: ${count} ${what} are more than ${limit} steps.`,
  through: (steps: string) => `Through after ${steps} steps.`,
  isRight: 'right',
  isWrong: (due: string) => `wrong: ${due} is due`,
  allRight: (count: string) => `all ${count} right`,
  someWrong: (wrong: string, count: string) => `${wrong} of ${count} wrong`,
  others: (count: string) => `and ${count} more`,
  results: (algorithm: string) => `Derivatives: ${algorithm}`,
  notRun: 'It was not run: no derivatives.',
  differs: {
    early: (name: string, found: string, due: string, reported: number) =>
      `${name} passed on ${found} before its ${ORDINALS[reported] ?? `${reported + 1}th`} use had reported; ${due} was due.`,
    again: (name: string, found: string, due: string) =>
      `${name} had passed on its whole gradient, ${due}, and passed on ${found} once more.`,
    overwritten: (name: string, found: string, due: string) =>
      `At ${name}, ${found} replaced what had arrived before; together that is ${due}.`,
    approximate: (name: string, found: string, due: string) =>
      `For ${name} the difference quotient gives ${found}; ${due} is due.`,
  },
  flag: (found: string, due: string) => `${found}, not ${due}`,
  large: 'Too large to draw. The counters and the steps go on.',
  drawing: 'Laying out the graph…',
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
