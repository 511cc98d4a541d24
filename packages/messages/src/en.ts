// Every text that the page shows, in English. The command line's own are in command-en.ts.

type Shape = readonly number[];

/** A name, and the one that was probably meant. */
export interface Suggested {
  readonly name: string;
  readonly suggestion: string | undefined;
}

const END = 'the end of the statement';

/** `found` as it is quoted; nothing is the end of the statement. */
const quoted = (found: string): string => (found === '' ? END : found);

/** True for more than one word or number. */
const isFormula = (text: string): boolean => /[^\p{L}\p{Nd}_.−-]/u.test(text);

const shapeOf = (shape: Shape): string =>
  shape.length === 0
    ? 'a number'
    : shape.length === 1
      ? `a vector of ${shape[0]}`
      : `a matrix of ${shape[0]} × ${shape[1]}`;

const didYouMean = (suggestion: string): string => `Did you mean ${suggestion}?`;

const expected = {
  operand: 'a number, a name or an opening bracket',
  operator: 'an operator or the end of the statement',
  name: 'the name of a node',
  '=': '=',
  ')': ')',
  ']': ']',
  '}': '}',
  '|': '|',
};

/** What the language says about a program, in English. One text for each kind of problem. */
const language = {
  /** Between groups of three digits. */
  thousands: ',',
  expected,

  problems: {
    // The text as a whole
    'text-too-long': ({ length, limit }: { length: string; limit: string }): string =>
      `The text has ${length} characters; at most ${limit} are read.`,
    'empty-program': (): string => 'There is no formula yet. Write one, as in: x = 2, y = x^2',
    'unclosed-fence': (): string =>
      'This block is never closed: everything down to the end is read as program.',
    'unmarked-fence': ({ found }: { found: string }): string =>
      `No block is marked as a program. Write \`\`\`backflow where this one begins, found ${found}.`,
    'more-problems': ({ limit }: { limit: string }): string =>
      `There are more problems; the first ${limit} are shown.`,
    'too-deep': ({ limit }: { limit: string }): string =>
      `Brackets, signs and powers are nested more than ${limit} deep here. Give parts of the formula names of their own.`,
    'too-many-nodes': ({ count, limit }: { count: string; limit: string }): string =>
      `This program would make a graph of ${count} nodes; at most ${limit} are recorded.`,
    'too-many-edges': ({ count, limit }: { count: string; limit: string }): string =>
      `This program would make a graph of ${count} edges; at most ${limit} are recorded.`,

    // Characters
    'unknown-character': ({ found }: { found: string }): string => `${found} has no meaning in a formula.`,
    'foreign-symbol': ({ found, instead }: { found: string; instead: string }): string =>
      `${found} has no meaning in a program; write ${instead}.`,
    'unknown-command': ({ found }: { found: string }): string =>
      `${found} is not understood in a program; write the formula in plain characters, as in a/b or sqrt(x).`,
    'bad-number': ({ found }: { found: string }): string =>
      `${found} is not a number. Expected digits with at most one point, as in 13002 or 1.5e-3.`,
    'number-too-large': ({ found }: { found: string }): string =>
      `${found} is larger than any number that can be stored (about 1.8e308).`,
    'bad-superscript': ({ found }: { found: string }): string =>
      `The exponent ${found} is not understood. Expected a whole number or one letter; write x^(…) for anything else.`,
    'unclosed-brace': (): string => 'Expected an index in braces after this {, closed by }, as in w_{11}.',
    derivative: ({ found }: { found: string }): string =>
      `${found} is a derivative. A program holds the formulas that are differentiated; the derivatives are what Backflow computes from them.`,

    // Syntax
    unexpected: ({ found, expected: due }: { found: string; expected: keyof typeof expected }): string =>
      `Expected ${expected[due]}, found ${quoted(found)}.`,
    'unclosed-bracket': ({ bracket, closing }: { bracket: string; closing: string }): string =>
      `This ${bracket} is never closed. Expected ${closing}, found ${END}.`,
    'missing-operator': ({ found }: { found: string }): string =>
      `Expected an operator before ${found}, as in *${found} or ^${found}.`,
    'ambiguous-division': ({
      found,
      first,
      second,
    }: {
      found: string;
      first: string;
      second: string;
    }): string => `${found} can be read in two ways. Write ${first} or ${second}.`,
    'ambiguous-root': ({ found, first, second }: { found: string; first: string; second: string }): string =>
      `${found} can be read in two ways. Write ${first} or ${second}.`,
    'chained-comparison': ({ found }: { found: string }): string =>
      `Comparisons do not chain: found a second one, ${found}. Write them one by one, as in (a < x)*(x < b).`,
    'equals-in-formula': (): string => 'Found = inside brackets. To compare, write ==.',
    'double-equals': ({ name }: { name: string }): string =>
      `== compares two values. To define ${name}, write =.`,
    'second-equals': (): string =>
      'Found a second = in one statement. Give each name a line of its own; to compare, write ==.',
    'left-side': ({ found }: { found: string }): string =>
      found === '' ? 'Expected a name before =.' : `Expected one name before =, found ${found}.`,
    'function-definition': ({ name, parameter }: { name: string; parameter: string }): string =>
      `Functions cannot be defined in a program. Give ${parameter === '' ? 'the input' : parameter} a value and write ${name} = … .`,
    'version-assigned': ({ found, name }: { found: string; name: string }): string =>
      `${found} is an earlier definition of ${name} and cannot be defined itself. Write ${name} = … .`,
    'decimal-comma': ({
      found,
      instead,
      other,
    }: {
      found: string;
      instead: string;
      other: string | null;
    }): string =>
      `A comma separates statements. For the number ${found} write ${instead}${other === null ? '' : ` or ${other}`}.`,
    'bare-formula': (): string =>
      'Expected a name for this formula, as in y = … . Only the last statement may stand without one.',
    'continued-line': ({ found }: { found: string }): string =>
      `Expected a name, found ${found}. A statement continues on the next line only inside brackets.`,
    'needs-parentheses': ({ name, suggestion }: Suggested): string =>
      `${name} is a function. Expected its argument in parentheses, as in ${suggestion ?? `${name}(x)`}.`,
    'function-power': ({ name }: { name: string }): string =>
      `A power of a function is written after its argument, as in ${name}(x)^2.`,
    'brace-group': (): string => 'Braces do not group in a program. Write ( ).',
    'bracket-group': ({ found, instead }: { found: string; instead: string }): string =>
      `${found} is a vector of one element. To group, write ${instead}.`,
    'empty-list': (): string => 'Expected at least one number between [ and ].',
    'bad-index': ({ found }: { found: string }): string =>
      `Expected a whole number from 0 as the index of an element, found ${quoted(found)}.${isFormula(found) ? ' To group, write ( ).' : ''}`,

    // Names
    'undefined-name': ({ name, suggestion }: Suggested): string =>
      suggestion === undefined
        ? `${name} is not defined. Define it on a line above, as in ${name} = 1.`
        : `${name} is not defined. ${didYouMean(suggestion)}`,
    'joined-names': ({ name, product }: { name: string; product: string }): string =>
      `${name} is not defined. For the product write ${product}.`,
    'unknown-function': ({ name, suggestion }: Suggested): string =>
      `${name} is neither a function nor a defined name.${suggestion === undefined ? '' : ` ${didYouMean(suggestion)}`}`,
    'not-a-function': ({ name }: { name: string }): string =>
      `${name} is a defined name, not a function, so what follows it is a factor. Expected no comma in that.`,
    'used-before': ({ name, line }: { name: string; line: number }): string =>
      `${name} is used before it is defined (on line ${line}). Move that definition above this line.`,
    'self-reference': ({ name }: { name: string }): string =>
      `${name} is defined by itself. Expected an earlier definition of ${name}, as in ${name} = 1.`,
    'unknown-version': ({ name, version, count }: { name: string; version: number; count: string }): string =>
      `There is no ${name}@${version} here: ${name} has ${count} ${count === '1' ? 'definition' : 'definitions'} above.`,
    'unknown-output': ({ name, suggestion }: Suggested): string =>
      `No node is called ${name}.${suggestion === undefined ? '' : ` ${didYouMean(suggestion)}`}`,
    'look-alike': ({ name, other }: { name: string; other: string }): string =>
      `${name} and ${other} look alike, but are two different names.`,
    euler: ({ found }: { found: string }): string =>
      `${found} is read as a power of Euler's number, although e is defined. For a power of your e write (e)^… .`,
    'layer-or-power': ({ name, power }: { name: string; power: string }): string =>
      `This is read as the name ${name}, which is defined. For the power write ${power}.`,
    'exponent-then-product': ({
      found,
      exponent,
      product,
    }: {
      found: string;
      exponent: string;
      product: string;
    }): string => `${found} is read as ${product}. If all of it is the exponent, write ${exponent}.`,

    // Values
    'argument-count': ({
      name,
      found,
      least,
      most,
    }: {
      name: string;
      found: number;
      least: number;
      most: number;
    }): string => {
      const wanted =
        most === Infinity ? `at least ${least}` : least === most ? `${least}` : `${least} or ${most}`;
      return `${name} takes ${wanted} ${wanted === '1' || wanted === 'at least 1' ? 'argument' : 'arguments'}, found ${found}.`;
    },
    'argument-shape': ({ name, shape }: { name: string; shape: Shape }): string =>
      `${name} takes vectors, found ${shapeOf(shape)}.`,
    'mixed-arguments': ({ name, shape }: { name: string; shape: Shape }): string =>
      `${name} takes either one vector or matrix, or a list of numbers; found ${shapeOf(shape)} among several arguments.`,
    'shapes-differ': ({ operator, left, right }: { operator: string; left: Shape; right: Shape }): string =>
      `${operator} needs two values of the same shape, found ${shapeOf(left)} and ${shapeOf(right)}.`,
    'product-shapes': ({ left, right }: { left: Shape; right: Shape }): string =>
      `This product is not defined: found ${shapeOf(left)} on the left and ${shapeOf(right)} on the right, expected as many columns on the left as rows on the right.`,
    'vector-product': ({ left, right }: { left: string; right: string }): string =>
      `The product of two vectors can mean two things. Write dot(${left}, ${right}) for the number, ${left} ⊙ ${right} for the products element by element.`,
    'matrix-power': ({ shape }: { shape: Shape }): string =>
      `A power of ${shapeOf(shape)} can mean two things. Write A*A for the product of matrices, A ⊙ A for the products element by element.`,
    'bars-of-vector': ({ shape }: { shape: Shape }): string =>
      `| | around ${shapeOf(shape)} can mean two things. Write hypot(v) for its length, abs(v) for the absolute value of each element.`,
    'condition-shape': ({ shape }: { shape: Shape }): string =>
      `where needs one condition, found ${shapeOf(shape)}.`,
    'list-shapes': ({ first, other }: { first: Shape; other: Shape }): string =>
      `The items of a list must have the same shape, found ${shapeOf(first)} and ${shapeOf(other)}.`,
    'list-too-deep': ({ shape }: { shape: Shape }): string =>
      `Lists can be vectors and matrices, no more. Expected numbers or vectors in it, found ${shapeOf(shape)}.`,
    'no-elements': ({ shape }: { shape: Shape }): string =>
      `There is no such element: this is ${shapeOf(shape)}.`,
    'index-range': ({ index, size }: { index: number; size: number }): string =>
      `There is no element ${index}. Expected ${size === 1 ? '0' : `an index from 0 to ${size - 1}`}.`,
    'element-of-defined': ({ name, whole }: { name: string; whole: string }): string =>
      `${name} belongs to ${whole}, which is defined as a whole. Define either ${whole} or its elements.`,
    'update-shape': ({ name, before, after }: { name: string; before: Shape; after: Shape }): string =>
      `This would turn ${name} from ${shapeOf(before)} into ${shapeOf(after)}. Write ${name} = … if that is meant.`,
    'output-shape': ({ name, shape }: { name: string; shape: Shape }): string =>
      `The output must be one number, but ${name} is ${shapeOf(shape)}. Add it up with sum(…), or choose an element with: output ${name}[0]${shape.length > 1 ? '[0]' : ''}`,
    'second-output': ({ name }: { name: string }): string =>
      `The output was chosen before; this line counts, so it is ${name}.`,
    'leaf-output': ({ name, last }: { name: string; last: string }): string =>
      `The last definition, ${name}, is the output, but it is a number that depends on nothing. Perhaps you want: output ${last}`,

    // Extensions
    network: ({ found }: { found: string }): string =>
      `${found}(…) is a network: give compile the extension networks() of @backflow/language/network.`,

    // Values from outside
    'unused-value': ({ name }: { name: string }): string =>
      `The program has no ${name} that could be given a value.`,
    'value-of-computed': ({ name, suggestion }: Suggested): string =>
      `${name} is computed by the program and cannot be given a value. ${suggestion === undefined ? 'Expected the name of a leaf.' : didYouMean(suggestion)}`,
    'value-of-shape': ({ name, shape }: { name: string; shape: Shape }): string =>
      `${name} is ${shapeOf(shape)}. Give its elements values, as in ${name}[0]${shape.length > 1 ? '[0]' : ''}=1.`,
  },
};

/** What the steps of a run say, in English. Texts in the data are formulas and names, already printed. */
const trace = {
  /** Which of the accounts of other algorithms goes with these texts. */
  language: 'en' as 'en' | 'de',
  start: 'Only the leaves have values; nothing has been computed yet.',

  evaluate: ({ equation }: { equation: string }) => `Evaluate ${equation}.`,

  seed: ({ equation, output }: { equation: string; output: string }) =>
    `Seed ${equation}: when ${output} changes, ${output} itself changes by just as much.`,

  /** `ending` comes from `nextVisit` and `waiting`. */
  visitOutput: ({ equation, ending }: { equation: string; ending: string }) =>
    `${equation} is final, as nothing lies behind the output${ending}.`,
  visit: ({
    equation,
    reported,
    uses,
    ending,
  }: {
    equation: string;
    reported: number;
    uses: number;
    ending: string;
  }) =>
    `${equation} is final: ${uses === 1 ? 'its only use has' : `${reported} of ${uses} uses have`} reported${ending}.`,
  visitEarly: ({
    equation,
    reported,
    uses,
    ending,
  }: {
    equation: string;
    reported: number;
    uses: number;
    ending: string;
  }) => `${equation} is passed on, though only ${reported} of ${uses} uses have reported${ending}.`,
  nextVisit: ({ next }: { next: string }) => `; next is ${next}`,
  lastVisit: '; it was the last one',
  passed: ({
    parts,
    more,
  }: {
    parts: readonly { readonly amount: string; readonly to: string }[];
    more: number;
  }) => {
    const shown = parts.map(({ amount, to }) => `${amount} to ${to}`);
    return `It passes ${more === 0 ? list(shown) : `${shown.join(', ')} and so on to ${more} more ${more === 1 ? 'input' : 'inputs'}`}.`;
  },
  waiting: ({ name, waitsFor, more }: { name: string; waitsFor: readonly string[]; more: number }) =>
    `, while ${name} still waits for ${list(waitsFor)}${more === 0 ? '' : ` and ${more} more ${more === 1 ? 'node waits' : 'nodes wait'}`}`,

  contribute: ({
    input,
    consumer,
    equation,
    slope,
  }: {
    input: string;
    consumer: string;
    equation: string;
    slope: string;
  }) => `${input} gets ${equation} from ${consumer}, because along this edge ${slope}.`,

  useOf: ({ consumer, use, uses }: { consumer: string; use: number; uses: number }) =>
    `${consumer} (use ${use} of ${uses} there)`,

  accumulateOnly: ({ equation }: { equation: string }) => `${equation}: its only use has reported.`,
  accumulate: ({ equation, reported, uses }: { equation: string; reported: number; uses: number }) =>
    `${equation}${reported < uses ? ' so far' : ''}: ${reported} of ${uses} uses ${reported === 1 ? 'has' : 'have'} reported.`,

  update: ({ name, equation, rate }: { name: string; equation: string; rate: string }) =>
    `Update ${name} ← ${equation}: a step against the gradient with η = ${rate}.`,

  kink: ({ chosen, low, high }: { chosen: string; low: string; high: string }) =>
    `Slope ${chosen} at this kink by convention: any value in [${low}, ${high}] is a subgradient.`,
  jump: ({ chosen }: { chosen: string }) =>
    `The value jumps here, so there is no slope; ${chosen} is taken by convention.`,
  opaque: 'The operation computes its slope itself; no formula for it is given.',
  flat: 'The slope is zero almost everywhere: nothing can be learned through this operation.',
  born: {
    value: ({ value }: { value: string }) => `${value} is born here: every input is finite.`,
    contribution: ({ value }: { value: string }) =>
      `The gradient becomes ${value} on this edge: what arrived was not.`,
    gradient: ({ value }: { value: string }) =>
      `The gradient becomes ${value} in this sum: its parts are not.`,
  },
  stable: ({ shown, local }: { shown: string; local: string }) =>
    `In floating point the formula as shown gives ${shown}; ${local} comes from a stable form of it.`,
  untaken: ({ input }: { input: string }) =>
    `${input} stands in the branch that is not taken: it is not evaluated, and no gradient passes there.`,

  forwardDone: ({ count, equation }: { count: number; equation: string }) =>
    `Forward pass done: ${count} ${count === 1 ? 'operation' : 'operations'}, ${equation}.`,
  backwardDone: ({ leaves, more }: { leaves: readonly string[]; more: number }) =>
    leaves.length === 0
      ? 'Backward pass done.'
      : `Backward pass done: ${more === 0 ? list(leaves) : `${leaves.join(', ')} and ${more} more`}.`,
  updateDone: ({
    count,
    output,
    before,
    after,
  }: {
    count: number;
    output: string;
    before: string;
    after: string;
  }) =>
    `Update done: with ${count} changed ${count === 1 ? 'leaf' : 'leaves'}, ${output} would go from ${before} to ${after}.`,

  derivation: {
    title: ({ output }: { output: string }) => `Derivation of the gradient of ${output}`,
    program: 'Program',
    forward: 'Forward: values',
    backward: ({ output }: { output: string }) => `Backward: derivatives of ${output}`,
    leaves: 'Gradients of the leaves',
    update: ({ rate }: { rate: string }) => `Update: a step against the gradient, ${rate} times as long`,
    omitted: ({ count }: { count: number }) => `… and ${count} more.`,
    noPath: ({ output }: { output: string }) => `${output} does not depend on these leaves`,
    otherwise: 'otherwise',
  },
};

function list(items: readonly string[]): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1) ?? ''}`;
}

/** The texts of the graph pane. */
const graph = {
  label: (output: string) => `Graph of ${output}`,
  value: 'value',
  partial: (reported: number, uses: number) => `${reported} of ${uses}`,
  leaf: 'given number',
  operation: (symbol: string) => `operation ${symbol}`,
  /** A card that stands for several operations. */
  whole: (symbol: string) => `operation ${symbol}, O opens its parts`,
  notComputed: 'value not computed yet',
  /** What a screen reader says of a card. */
  card: (name: string, kind: string, value: string, gradient: string) =>
    `${name}, ${kind}, ${value}, ${gradient}`,
  valueIs: (value: string) => `value ${value}`,
  gradient: {
    none: (name: string) => `${name} not reached yet`,
    partial: (name: string, total: string, reported: number, uses: number) =>
      `${name} so far ${total}, ${reported} of ${uses} uses have reported`,
    final: (name: string, total: string) => `${name} = ${total}, final`,
    zero: (name: string) => `${name} = 0, no path to the output`,
  },
  enterValue: (name: string) => `New value of ${name}`,
  notANumber: 'Expected a number, such as 0.5 or −2',
  withoutWebgl: 'This browser draws without WebGL: here is the whole graph, to scroll.',
  lostWebgl: 'The graphics card is busy: here is the whole graph, to scroll. The pane comes back by itself.',
};

/** The page's own texts in English. */
const page = {
  title: 'Backflow',
  untitled: 'Untitled',

  commands: {
    playPause: 'Play or pause',
    stepForward: 'Step forward',
    stepBack: 'Step back',
    nodeForward: 'Step forward over a node',
    nodeBack: 'Step back over a node',
    toStart: 'To the start',
    toEnd: 'To the end',
    nextStop: 'Next stop',
    previousStop: 'Previous stop',
    finer: 'Finer steps',
    coarser: 'Coarser steps',
    faster: 'Faster',
    slower: 'Slower',
    fit: 'Show the whole graph',
    zoomIn: 'Zoom in',
    zoomOut: 'Zoom out',
    follow: 'Follow the steps',
    find: 'Find a node',
    showGraph: 'Show the graph',
    showTable: 'Show the table',
    showMemo: 'Show the memoization',
    showNetwork: 'Show the network',
    toggleSource: 'Source on or off',
    toggleInspector: 'Inspector on or off',
    nudgeUp: 'Raise the selected number a little',
    nudgeDown: 'Lower the selected number a little',
    toggleSum: 'Open the selected Σ into its parts, or close it',
    escape: 'Leave: close, deselect',
    undo: 'Undo',
    redo: 'Redo',
    newDocument: 'New document',
    open: 'Open a file…',
    save: 'Save as a file',
    share: 'Copy a link to this',
    qr: 'Link as a QR code',
    reset: 'Back to how it was opened',
    exportSvg: 'Picture as SVG',
    exportPng: 'Picture as PNG',
    exportDerivation: 'Derivation as Markdown',
    exportMarked: 'Marked notes as Markdown',
    writeNotes: 'Write my notes',
    nextMark: 'Next mark in the notes',
    moreAboutMark: 'Say more about this mark',
    updatePass: 'Update pass on or off',
    predict: 'Predict first',
    palette: 'All commands',
    help: 'Keys and help',
    projector: 'Projector on or off',
    blank: 'Blank the screen',
    theme: 'Light or dark',
    language: 'English or German',
    moreDigits: 'More digits',
    fewerDigits: 'Fewer digits',
    singleKeys: 'Single-letter keys on or off',
    backToWork: 'Back to my work',
  },
  /** What stands on keys that have a name; the rest is the same everywhere. */
  keyCaps: { ctrl: 'Ctrl', alt: 'Alt', shift: 'Shift', space: 'Space', home: 'Home', end: 'End' },
  commandGroups: { steps: 'Steps', view: 'View', document: 'Document', page: 'Page' },

  menu: {
    examples: 'Examples',
    document: 'Document',
    view: 'View',
    menu: 'Menu',
    exportHeading: 'Export',
    theme: 'Colours',
    themes: { auto: 'As the system', light: 'Light', dark: 'Dark' },
    language: 'Language',
    languages: { en: 'English', de: 'Deutsch' },
    digits: 'Digits',
    digitsOf: (digits: number) => `${digits} digits`,
    singleKeys: 'Single-letter keys',
    rate: 'Learning rate of an update pass',
    rateHint: 'none',
    close: 'Close',
  },

  /** In the order of the menu: the first visitor’s, then from the smallest to the largest, then those with networks. */
  examples: {
    'first-slip': 'Six lines, one slip',
    'why-memoize': 'Why memoize? A lesson with stops',
    square: 'One number, used twice',
    'two-weights': 'Two weights in a row',
    circuit: 'A sum times a number',
    'four-nodes': 'Four nodes that need the right order',
    doubling: 'Ten doublings, a thousand paths',
    'cost-surface': 'The slope of a cost surface',
    'sine-and-root': 'A sine and a root',
    neuron: 'A neuron with a sigmoid',
    'chain-of-neurons': 'Three layers of one neuron',
    mazur: 'Mazur’s two-two-two network',
    'twenty-weights': 'Four, three, two, one: twenty weights',
    micrograd: 'The program of micrograd’s README',
    line: 'A straight line',
    xor: 'Exclusive or',
    blobs: 'Three clouds',
    sine: 'A sine from hills',
    circles: 'A circle inside another',
    moons: 'Two moons',
    spiral: 'Two spiral arms',
    'four-three-two-one': 'Four, three, two, one as a network',
    camera: 'A camera with four pixels',
    digits: 'Drawn digits: 13,002 parameters',
  },

  panes: {
    source: 'Source',
    notes: 'Notes',
    graph: 'Graph',
    table: 'Table',
    memo: 'Memoization',
    network: 'Network',
    inspector: 'Inspector',
    transport: 'Transport',
    views: 'Views',
    stale: 'This is the last good picture; the text has changed since.',
    drawing: (count: string) => `Laying out ${count} nodes…`,
    largeTitle: 'Too large to draw',
    large: (count: string) =>
      `Laying out ${count} nodes took too long and was stopped. The table shows every one of them, and stepping works.`,
    emptyTitle: 'Nothing to draw yet',
    empty: 'Write a formula such as  y = x·x  with  x = 3  above it, or open an example.',
    emptyNotes:
      'Write or paste a derivation, as in  z = w·x + b = 1.5·0.6 − 0.4 = 0.5:  its graph appears here.',
  },

  editor: {
    labels: { program: 'Program', document: 'Program and notes', notes: 'Notes' },
    readAs: 'Read as',
    marks: 'Marks of the notes',
    readOnly: 'Recorded in a program; this text cannot be edited.',
    problems: 'Problems',
    error: 'Error',
    notice: 'Note',
    place: (line: number, column: number) => `line ${line}, column ${column}`,
    finding: 'Not finite',
    bornValue: (name: string, value: string) =>
      `${name} is ${value}: every number that goes in is finite, so it was born here.`,
    givenValue: (name: string, value: string) => `${name} is given as ${value}.`,
    bornContribution: (input: string, name: string, local: string, value: string) =>
      `The gradient of ${input} becomes ${value} here: the slope of ${name} is ${local}.`,
    bornGradient: (name: string, value: string) => `The gradient of ${name} grows to ${value}.`,
    apply: (text: string) => `Replace by ${text}`,
    more: (count: number) => `and ${count} more`,
    computing: 'Computing…',
    cancel: 'Stop',
    cancelled: 'Stopped. The last good picture stays; change the text to try again.',
    tooSlow: (seconds: number) =>
      `This took longer than ${seconds} seconds and was stopped. The last good picture stays; a smaller program will do.`,
    crashed: 'The computation broke off. The last good picture stays; change the text to try again.',
    keys: 'Characters',
  },

  transport: {
    play: 'Play',
    pause: 'Pause',
    step: 'Step',
    count: (step: number, of: number) => `Step ${step} of ${of}`,
    granularity: 'Step size',
    granularities: { pass: 'Pass', node: 'Node', edge: 'Edge' },
    speed: 'Speed',
    phases: { forward: 'forward', backward: 'backward', update: 'update' },
    phaseOf: (count: string, phase: string) => `${count}, ${phase} pass`,
    follow: 'Follow',
    noNumbers: 'Nothing here has a number yet, so there is nothing to step through.',
    begin: 'Only the given numbers are known. Step forward, or press play.',
    caption: 'What this step does',
  },

  notices: {
    linkOpened: 'This document came with a link. Your own work is kept.',
    linkOpenedFirst: 'This document came with a link.',
    keep: 'Make it my work',
    close: 'Close',
    linkCut:
      'This link is incomplete: its end is missing. Ask for it again, or copy it whole. Your own work is untouched.',
    linkDamaged: 'This link cannot be read: it is damaged or not one of ours. Your own work is untouched.',
    linkLarge: 'This link unfolds to more than 2 MB and was not opened. Your own work is untouched.',
    linkNewer: 'This link was written by a newer version of this page. Your own work is untouched.',
    copied: 'The link is copied.',
    reset: 'This is how it was opened. Undo brings your edits back.',
    copyFailed: 'The browser did not allow copying. The link stands in the address bar.',
    linkTooLong: 'This document is too long for a link. Save it as a file instead.',
    storageFull: 'The browser has no room left to save this text. Save it as a file before you leave.',
    storageNone: 'The browser does not allow saving here. Save your text as a file before you leave.',
    fileTooLarge: (size: string) => `The file has ${size}; at most 2 MB can be opened.`,
    fileUnreadable: 'The file could not be read as text.',
    imageFailed: 'The picture could not be made.',
    recordingFailed: (why: string) => `The recording could not be opened: ${why}`,
    recordingForeign: 'Only recordings from the same place as this page are opened.',
    recordingOpened: 'This was recorded by a program. You can edit it here; the program stays as it is.',
    recordingFixed:
      'This was recorded by a program that cannot be written as a text of the same numbers. It can be stepped through, not edited.',
    leafMoved: 'This number is not where it was: correct the text first.',
    leafOfNotes: 'This number was read from the notes: change it there.',
    readAsNotes: 'This is no program: it is read as notes.',
    readAsProgram: 'It is a program',
  },
};

/** Every text that the page shows, in English. Each room reads its own section. */
export const en = { language, trace, graph, page };

/** All texts of one language: strings, and functions from data to a string. */
export type Messages = typeof en;
