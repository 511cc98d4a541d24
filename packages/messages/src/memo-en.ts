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
  groups: { right: 'Right on every graph', wrong: 'Wrong on many graphs' },
  kinds: { right: 'right on every graph', wrong: 'wrong on many graphs' },
  paths: (paths: string, one: boolean, output: string) =>
    one ? `One path leads from a leaf to ${output}.` : `${paths} paths lead from the leaves to ${output}.`,
  cost: (algorithm: string, count: string, one: boolean) =>
    `${algorithm}: ${count} ${one ? 'multiplication' : 'multiplications'}.`,
  shortCost: (algorithm: string, count: string) => `${algorithm}: ${count}.`,
  passes: (algorithm: string, count: string, one: boolean) =>
    `${algorithm}: ${count} forward ${one ? 'pass' : 'passes'}.`,
  /** Before buttons that lead to programs that save more. */
  larger: 'Larger programs save more:',
  doublings: (stages: string, every: string, once: string) => `${stages} doublings: ${every} → ${once}`,
  digits: (every: string, once: string) => `a network that reads digits: ${every} → ${once}`,
  /** Above the particulars of a node. */
  inspected: (algorithm: string) => `Algorithm: ${algorithm}`,
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
    infinite: (name: string, found: string, due: string) =>
      `For ${name} it gives ${found}, the engine ${due}: with infinite numbers the order of the operations matters.`,
  },
  flag: (found: string, due: string) => `${found}, not ${due}`,
  large: 'Too large to draw. The counters and the steps go on.',
  drawing: 'Laying out the graph…',
};
const tree = {
  label: 'The tree of all paths and the graph',
  multiplications: (one: boolean): string => (one ? 'multiplication' : 'multiplications'),
  ends: (most: string, least: string): string => `${most} from scratch, ${least} when all copies are folded`,
  scale: 'Logarithmic scale; the dashed line is the graph',
  merges: 'Merges',
  step: (at: string, count: string): string => `Merge ${at} of ${count}`,
  start: (output: string, paths: string, multiplications: string): string =>
    `From scratch, each of the ${paths} paths from ${output} to a leaf is walked on its own: one multiplication for each edge of this tree, ${multiplications} in all.`,
  nothingToFold: 'Every node is used once: the tree is the graph already, and there is nothing to save.',
  merge: (
    name: string,
    sum: string | null,
    derivative: string,
    {
      together,
      uses,
      saved,
      one,
      edges,
    }: {
      readonly together: number;
      readonly uses: number;
      readonly saved: string | null;
      readonly one: boolean;
      /** Edges of the graph, where nothing is left to fold. */
      readonly edges: string | null;
    },
  ): string => {
    const done = together === uses;
    const meet =
      uses === 2
        ? `The two copies of ${name} become one`
        : `${together} of ${uses} copies of ${name} are one now`;
    const what = sum === null ? '' : `: ${sum}${done ? ` = ${derivative}` : ' so far'}`;
    const end = edges === null ? '' : ` This is the graph: ${edges} edges, each multiplied once.`;
    return saved === null
      ? `${meet}${what}.${end || ` Nothing hangs below ${name}: no multiplication less, but one sum.`}`
      : `${meet}${what}. What hangs below is worked out once for both: ${saved} ${one ? 'multiplication' : 'multiplications'} less.${end}`;
  },
  unfolded: 'Tree of all paths',
  between: 'Tree, partly folded',
  folded: 'Tree, folded: the graph',
  graph: 'Graph',
  full: 'Full size',
  treeLabel: (copies: string): string => `Tree: ${copies} copies`,
  graphLabel: (nodes: string): string => `Graph: ${nodes} nodes`,
  hint: (output: string): string =>
    `A copy shows the product of the slopes from ${output} down to it. Point at a node to see all its copies.`,
  lit: (name: string, copies: string, now: string, single: boolean, sum: string | null): string =>
    single
      ? `${name}: 1 copy in the tree, 1 node in the graph${sum === null ? '' : `; ${sum}`}.`
      : `${name}: ${copies} copies in the tree, ${now} of them standing; 1 node in the graph${sum === null ? '' : `. Together they carry ${sum}`}.`,
  tooLarge: (nodes: string, most: string): string =>
    `The tree has ${nodes} nodes, too many to draw (at most ${most}). It is folded all the same.`,
  pointAtGraph: 'Point at a node of the graph to see how many copies of it still stand.',
  graphTooLarge: (nodes: string, most: string): string =>
    `The graph has ${nodes} nodes, too many to draw here (at most ${most}). The counter is exact all the same.`,
  table: {
    summary: 'As a table',
    node: 'node',
    copies: 'copies in the tree',
    now: 'standing now',
    uses: 'uses',
    saves: 'each merge saves',
    more: (rows: string): string => `and ${rows} more`,
  },
};

const written = {
  label: 'The chain rule, written out',
  multiplications: (one: boolean): string => (one ? 'multiplication' : 'multiplications'),
  ends: (formulas: string, one: boolean, most: string, least: string): string =>
    `${formulas} ${one ? 'formula' : 'formulas'}: ${most} written out, ${least} with everything repeated stored`,
  scale: 'Logarithmic scale; the dashed line is the end',
  derivatives: 'Stored derivatives',
  step: (at: string, count: string): string => `Stored: ${at} of ${count}`,
  next: (derivative: string, times: string, short: string): string =>
    `${derivative} is outlined: it stands in ${times} products. Store it as ${short}.`,
  did: (short: string, derivative: string, saved: string | null): string =>
    saved === null
      ? `${short} = ${derivative} is stored: a single factor, so nothing is saved yet.`
      : `${short} = ${derivative} is stored: ${saved} multiplications less.`,
  done: (multiplications: string): string =>
    `Nothing stands twice any more: ${multiplications} multiplications are left.`,
  nothing: 'Nothing stands in more than one product: there is nothing to store.',
  stored: 'Stored',
  formulas: 'Formulas',
  all: 'with inputs',
  allTitle: 'Write the derivatives by all leaves, not only by the weights',
  between: (names: string): string => `with ${names}`,
  betweenTitle: 'Keep every name, also the sum before an activation',
  more: (products: string): string => `… (${products} more)`,
  long: (products: string): string => `too long to be written here (products: ${products})`,
  /** Multiplications of one formula, in short. */
  cost: (count: string): string => `${count} mult.`,
  moreFormulas: (formulas: string): string => `and ${formulas} more formulas`,
  earlier: (stored: string): string => `${stored} earlier ones, and then:`,
  tooLarge: (uses: string, most: string): string =>
    `The program has ${uses} uses, too many to be written out (at most ${most}).`,
  none: 'The output is a leaf, or depends on none: there is no chain to write out.',
};
const table = {
  of: 'Table of',
  now: 'Side by side now',
  others: 'Others (take the right-hand place)',
  /** "∂y/∂… as reverse keeps it" */
  title: (output: string) => `What is stored of ∂${output}/∂node`,
  node: 'Node',
  twoMemos: 'Two different memos',
  visitedSet: 'Visited set',
  visitedHint: 'Dealt with? One bit.',
  stored: 'Stored',
  storedOf: (output: string) => `Stored ∂${output}/∂node`,
  /** Under the visited set: whether the algorithm keeps one, or why it needs none. */
  visitedKept: {
    kept: 'kept',
    order: 'not needed: each comes once',
    entry: 'not kept: an entry says so',
    none: 'not kept',
  },
  storedHint: 'How much? The number.',
  computed: 'Computed',
  usedBy: 'Used for',
  step: (step: number) => `step ${step}`,
  visits: (visits: number) => `${visits}×`,
  visitedAgain: (visits: number) => `visited ${visits} times: nothing marks it`,
  met: (times: number) => (times === 1 ? 'met again, passed by' : `met again ${times}×, passed by`),
  yes: 'yes',
  no: 'no',
  partial: (reported: number, uses: number) => `${reported} of ${uses}`,
  hit: 'looked up',
  miss: 'computed for it',
  /** On a chip: "12, due 21" */
  due: (found: string, due: string) => `${found}, due ${due}`,
  dueHint: (node: string, found: string, due: string) =>
    `${node} passed ${found} on; ${due} was due, and this has not been put right.`,
  endsWrong: (due: string) => `due ${due}`,
  more: (count: number) => `and ${count} more`,
  rows: (from: number, to: number, of: number) => `Rows ${from} to ${to} of ${of}`,
  earlier: 'Earlier rows',
  later: 'Later rows',
  strokes: {
    write: 'written',
    miss: 'missing: computed and stored',
    hit: 'found: looked up',
    met: 'marked: passed by',
    read: 'read',
  },
  counts: (misses: string, hits: string) => `${misses} computed, ${hits} looked up so far`,
  tooLong: (events: string) => `This run has ${events} events: it is counted, not stepped through.`,
  nothing: {
    sums: 'Nothing is kept but the sums at the leaves: each product is computed from scratch, as often as paths lead to its node.',
    values: 'No gradient is kept: every node is evaluated once more for each leaf.',
    tangents:
      'No gradient is kept: the tangents of one leaf are computed at all nodes, and thrown away for those of the next.',
  },
  instead: 'Computed so far',
  inAll: 'In all',
  alone: {
    title: (of: string) => `What each memo does alone: ${of}`,
    memo: 'Memo',
    algorithm: 'Algorithm',
    result: 'Result',
    cost: 'Multiplications',
    neither: 'neither',
    visited: 'visited set alone',
    stored: 'stored number alone',
    both: 'both, in the right order',
    says: {
      neither: 'Right, but every path is computed from scratch.',
      visited: 'Each node once, but it passes on whatever has arrived by then.',
      stored:
        'The sums are kept, but a node passes its sum on at every visit, also what it has passed on before.',
      both: 'A node passes on once, when all its uses have reported. That is what the order is for.',
    },
    right: 'right',
    wrong: (due: string) => `wrong: ${due} is due`,
    same: 'On this graph each alone comes out right as well; it does not on every graph. Try u = x·x, v = u + x, y = u·v.',
    counted: 'counted only',
    later: 'Shown at the end: predict first.',
  },
};
const memory = {
  title: 'Memory against time',
  about:
    'The sweep needs the values of the forward pass again, and one place for each gradient. What is not stored can be computed again: keep the values at some checkpoints, and evaluate a stretch anew when the sweep comes to it.',
  of: 'Of',
  own: 'this program',
  chain: (nodes: string) => `a chain of ${nodes}`,
  whole: 'Whole tape',
  wholeIs: (nodes: string, cells: string, bytes: string) =>
    `${nodes} nodes, a value and a gradient each: ${cells} cells of 8 bytes, ${bytes}.`,
  engine: (bytes: string, perNode: string) =>
    `The engine’s tape takes ${bytes} for it, ${perNode} bytes a node: besides the two numbers, which operation on which inputs (30 bytes in all for two inputs).`,
  checkpoints: 'Checkpoints',
  cellsOver: 'Memory: most cells in use at once, logarithmic',
  againOver: 'Time: nodes evaluated again',
  best: (count: string) => `best: ${count}`,
  proving: 'Sweeping with these checkpoints…',
  proof: (same: boolean, cells: string, again: string) =>
    `A real sweep with these checkpoints: ${cells} cells in use at once, ${again} nodes evaluated again; its gradients are ${same ? 'those of the engine, bit for bit' : 'not those of the engine'}.`,
  toBest: (count: string) => `Go to the best: ${count}`,
  reading: (count: number, cells: string, bytes: string, share: string) =>
    `${count === 0 ? 'No checkpoint' : count === 1 ? '1 checkpoint' : `${count.toLocaleString('en')} checkpoints`}: ${cells} cells, ${bytes}, ${share} of the whole tape.`,
  time: (again: string, share: string) =>
    `${again} nodes are evaluated again: ${share} of a forward pass on top. However many checkpoints there are, it stays below one.`,
  noTime: 'Nothing is evaluated again.',
  leaves: (count: string) => `The ${count} leaves are always kept, and not worth a checkpoint.`,
  root: (root: string) => `On a chain of N computed nodes the best is about √N: here √N = ${root}.`,
  worthless: 'This program is too small: checkpoints save nothing here.',
  bytes: (bytes: string) => `${bytes} bytes`,
};
const growth = {
  family: 'Programs',
  families: {
    doubling: 'Doubling ladder',
    fibonacci: 'Fibonacci',
    network: 'Deep network',
    own: 'This program in series',
  },
  about: {
    doubling: 'a_1 = a_0 + a_0, a_2 = a_1 + a_1, and so on: each stage uses the one before twice.',
    fibonacci: 'f_n = f_{n−1} + f_{n−2}: each number is used for the next two.',
    network:
      'n layers of w neurons behind w inputs, in scalar operations: products, sums by twos, bias, sigmoid, squared error. Inputs, weights, biases and targets are leaves.',
    own: (leaf: string) =>
      `n copies of this program: the output of a copy stands in the place of ${leaf} in the next.`,
  },
  width: 'Neurons per layer w',
  leaf: 'Put the output in the place of',
  noLeaf:
    'The output of this program depends on no leaf but itself, so copies of it cannot be put in series.',
  counter: 'Count',
  counters: {
    visits: 'Visits',
    multiplications: 'Multiplications',
    additions: 'Additions',
    hits: 'Hits',
    forwardPasses: 'Forward passes',
    slots: 'Memory slots',
  },
  upTo: 'Up to n =',
  size: {
    doubling: 'Stages n',
    fibonacci: 'Index n',
    network: 'Layers n',
    own: 'Copies n',
  },
  axis: 'n',
  plot: (counter: string, family: string) =>
    `${counter} over n, ${family}; the numbers stand in the table below.`,
  logarithmic: (counter: string) => `${counter}, logarithmic`,
  at: (size: string) => `At n = ${size}`,
  algorithm: 'Algorithm',
  formula: 'For any n',
  show: (algorithm: string) => `Show ${algorithm}`,
  alike: (first: string, others: number) => `${first} and ${others} more`,
  paths: (paths: string) => `${paths} paths lead from the leaves to the output.`,
  counting: 'Counting on the graph itself…',
  counted: (nodes: string) => `Counted on the graph itself (${nodes} nodes): the same numbers.`,
  differs: 'Counted on the graph itself, the numbers differ.',
  notBuilt: (nodes: string) => `The graph of ${nodes} nodes is not built; the formulas hold for every size.`,
  fibonacciNumbers: 'F_1 = F_2 = 1, F_3 = 2, F_4 = 3, F_5 = 5, …',
  letters: {
    N: 'nodes',
    E: 'uses',
    L: 'leaves',
    T: 'products over all paths',
    p: 'paths through a copy',
    P: 'paths from all leaves',
    D: 'longest path',
    d: 'longest path through a copy',
    I: 'nodes that use another',
    A: 'nodes that are asked for',
    B: 'uses that are asked for',
    w: 'neurons per layer',
  } as Readonly<Record<string, string>>,
  networks: {
    title: 'Networks, counted',
    about:
      'Edge multiplications of one backward pass, in scalar operations; the square as one operation with a constant exponent.',
    digits: (network: string, paths: string, edges: string) =>
      `A network that reads digits, ${network}: ${paths} multiplications if every path is computed, ${edges} with stored gradients.`,
    network: 'Network',
    everyPath: 'Every path',
    storedOnce: 'Stored once',
    saved: 'Saves',
    product: (network: string) => `${network}, square as d·d`,
    own: 'Another network',
    ownHint: 'Neurons per layer, for example 784-128-64-10',
    notNetwork: 'Two to twelve layers of 1 to 100,000 neurons, such as 3-3-2.',
    check: 'Check',
    byFormula: 'by the formula',
    counting: 'counting…',
    counted: 'counted on the graph',
    count: (nodes: string) => `Count on the graph (${nodes} nodes)`,
    small: 'Small networks save little: memoization pays where paths meet again and again.',
    times: (factor: string) => `${factor}×`,
  },
};
const listed = (items: readonly string[]): string =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1) ?? ''}`;

/** Questions before a step, and verdicts. Names and numbers come printed. */
const predict = {
  label: 'Predict first',
  begin: {
    node: 'Predict first: you are asked for every node before it has its turn.',
    gradient: 'Predict first: you are asked for every number before it is shown.',
  },
  /** In front of a question about one of two algorithms. */
  lane: (algorithm: string, question: string) => `${algorithm}: ${question}`,
  nodes: {
    evaluate: 'Which node is evaluated next?',
    seed: 'At which node does the backward pass begin?',
    seedLeaf: 'With which leaf does the next pass begin?',
    visit: 'Which node comes next in the backward pass?',
    meet: 'Which node comes next, to be visited or to be met again?',
    table: 'Whose gradient comes next, computed and stored or looked up?',
    tangent: 'Which node gets its tangent next?',
    move: 'Which leaf is moved next?',
    update: 'Which leaf is updated next?',
  },
  numbers: {
    value: (name: string, formula: string | null) =>
      formula === null ? `What is the value of ${name}?` : `What is the value of ${name} = ${formula}?`,
    seed: (derivative: string) => `What does the pass begin with? ${derivative} = …`,
    contribution: (from: string, to: string, use: number, uses: number) =>
      uses > 1
        ? `What does ${from} pass on to ${to}, for use ${use} of ${uses}?`
        : `What does ${from} pass on to ${to}?`,
    arrives: (derivative: string, before: string, amount: string) =>
      `${before} was there, ${amount} arrives: what is ${derivative} now?`,
    after: (derivative: string, name: string | null) =>
      name === null
        ? `After this step, what is ${derivative}?`
        : `When ${name} has had its turn, what is ${derivative}?`,
    pass: (derivative: string) => `After this pass, what is ${derivative}?`,
    quotient: (derivative: string, leaf: string) =>
      `${leaf} is moved by a little h: what does the difference quotient give for ${derivative}?`,
    update: (leaf: string) => `What is ${leaf} after the update?`,
  },
  candidates: 'Answers',
  clickToo: 'Choose one, or click it in the graph.',
  answer: 'Your answer',
  check: 'Check',
  show: 'Show me',
  leave: 'Stop predicting',
  reset: 'Start the score again',
  right: 'Right.',
  wrongNode: (taken: string) => `No, ${taken} is next.`,
  wrongNumber: (expected: string) => `No, it is ${expected}.`,
  shownNode: (taken: string) => `${taken} is next.`,
  shownNumber: (expected: string) => `It is ${expected}.`,
  score: (right: number, asked: number, row: number) =>
    `${right} of ${asked} right${row > 1 ? `, ${row} in a row` : ''}`,
  notANumber: 'Not a number: write 0.25, 1/4 or 2.5·10⁻¹.',
  reasons: {
    output: 'Nothing lies behind the output.',
    ready: (name: string, uses: number) =>
      uses === 1
        ? `The only use of ${name} has reported.`
        : `${uses === 2 ? 'Both' : `All ${uses}`} uses of ${name} have reported.`,
    known: (name: string) => `All that ${name} needs is known.`,
    turn: 'The leaves have their turn in any order.',
    also: (chosen: string, taken: string, last: boolean) =>
      `${chosen} is ready; so is ${taken}, which is taken because it was recorded ${last ? 'last' : 'first'}.`,
    waits: (name: string, reported: number, uses: number, waitsFor: readonly string[]) =>
      uses === 1
        ? `${name} waits for ${listed(waitsFor)}, its only use.`
        : `${name} waits for ${listed(waitsFor)}: ${reported} of ${uses} uses ${reported === 1 ? 'has' : 'have'} reported.`,
    leaf: (name: string) => `${name} is a leaf: nothing flows on from it.`,
    needs: (name: string, inputs: readonly string[]) => `${name} needs ${listed(inputs)}, not known yet.`,
    given: (name: string) => `${name} is a leaf: its value is given.`,
    untaken: (name: string) => `${name} stands in the branch that is not taken.`,
    apart: (name: string, output: string) => `${output} does not depend on ${name}.`,
    done: (name: string) => `${name} has had its turn.`,
    begins: 'A backward pass begins at the output, whose derivative by itself is 1.',
    beginsLeaf: 'In forward mode a pass begins with a leaf: its tangent is 1, all others are 0.',
    notLeaf: (name: string) => `${name} is computed: only a leaf can be changed by hand.`,
    start: 'The recursion begins with the output.',
    descend: (from: string, taken: string) => `Depth first: ${from} goes into its first input, ${taken}.`,
    return: (from: string, taken: string, after: string | null) =>
      after === null || after === taken
        ? `Depth first: back at ${from}, the next input is ${taken}.`
        : `Depth first: below ${after} all is done; back at ${from}, the next input is ${taken}.`,
    inputsFirst: (taken: string) =>
      `Inputs first: below ${taken} all is done, so it is the turn of ${taken} itself.`,
    queue: (taken: string) => `${taken} has waited longest in the queue.`,
    queueAgain: (taken: string, from: string) => `${from} comes upon ${taken} again.`,
    asked: (taken: string, from: string | null) =>
      from === null
        ? `All uses of ${taken} have reported: its sum is stored.`
        : `${from} asked for ${taken}, whose users are all in the table.`,
    lookedUp: (taken: string, from: string | null) =>
      from === null ? `${taken} is in the table.` : `${from} asks for ${taken}, which is in the table.`,
    metAgain: 'It is marked already, and not taken up again.',
    visitedAgain: 'No marks are kept: it is visited once more.',
    early: (name: string, reported: number, uses: number) =>
      `This algorithm does not wait: ${reported} of ${uses} uses of ${name} ${reported === 1 ? 'has' : 'have'} reported.`,
    coarse: 'Right so far: give two digits or more, or a fraction.',
    slips: {
      sign: 'The size is right, the sign is not.',
      localForgotten: 'That is what arrives: the local derivative is missing.',
      upstreamForgotten: 'That is the local derivative: the gradient that arrives is missing.',
      factorsAdded: 'Along an edge, gradient and local derivative are multiplied, not added.',
      valueForSlope: (name: string) => `The value of ${name} stands where a derivative is due.`,
      slopeForValue: 'That is a local derivative: the value is asked for.',
      operand: (name: string) => `That is the value of ${name}: the operation is missing.`,
      notAdded: 'That is what arrives; what was there before is to be added.',
      before: 'That is what was there before; what arrives is missing.',
      subtracted: 'What arrives is added, not taken off.',
      oneUse: 'That is one use; there is another.',
      added: 'This algorithm overwrites: what was there before is lost.',
      zero: 'With 0 nothing would flow at all: the derivative of the output by itself is 1.',
      uphill: 'Descent takes the step off, it does not add it.',
      rateForgotten: 'The learning rate is missing.',
      stepAlone: 'That is the step; it is taken off the old value.',
    },
  },
};

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
  memory,
  growth,
  predict,
};

export type MemoMessages = typeof memoEn;
