/** What the command line says, in English. Apart from `en`, so that the page does not load it. */
export const commandEn = {
  error: 'error',
  notice: 'notice',
  thousands: ',',
  line: (line: number, column: number): string => `line ${line}, column ${column}`,

  problems: {
    unknownCommand: (written: string): string => `There is no command ${written}.`,
    unknownOption: (written: string, command: string): string =>
      command === '' ? `Unknown option ${written}.` : `${command} has no option ${written}.`,
    didYouMean: (suggestion: string): string => `Did you mean ${suggestion}?`,
    knownOptions: (options: readonly string[]): string => `Its options: ${options.join(', ')}.`,
    seeHelp: (command: string): string => `More: backflow ${command === '' ? '' : `${command} `}--help`,
    formulaNeedsCommand: (formula: string): string =>
      `To differentiate a formula: backflow grad '${formula}'`,
    formulaAfterDashes: (command: string, formula: string): string =>
      `A formula that starts with - stands after --: backflow ${command} -- '${formula}'`,
    optionWithoutValue: (option: string, example: string): string =>
      `${option} needs a value, as in ${example}.`,
    optionWithValue: (option: string): string => `${option} is a switch and takes no value.`,
    wrongValue: (option: string, found: string, expected: string): string =>
      `${option}: expected ${expected}, found ${found === '' ? 'nothing' : found}.`,
    inputMissing: (command: string): string =>
      command === 'train'
        ? 'train needs something to train: a document, --data, --images with --labels, or --resume.'
        : command === 'export'
          ? 'export needs a MODEL: a file that train --save, train --checkpoint or import wrote.'
          : command === 'import'
            ? "import needs a STATE: PyTorch's state dict as a JSON file."
            : `${command} needs an INPUT: a formula in quotes, a file, or - for standard input.`,
    tooManyInputs: (command: string, found: readonly string[]): string =>
      `${command} takes one INPUT, found ${found.length}: ${found.join('  ')}`,
    optionsBeforeDashes: (command: string, formula: string): string =>
      `Options stand before --: backflow ${command} --at x=1 -- '${formula}'`,
    quoteFormula: 'Put a formula in quotes; separate several statements by commas or lines.',
    valuesWithoutSpaces:
      "Values stand after --at, without spaces, --at a=2,b=3, or in quotes, --at 'a=2, b=3'.",
    unknownNode: (option: string, written: string): string => `${option}: no node is called ${written}.`,
    knownNodes: (names: readonly string[]): string =>
      names.length === 0 ? 'No node of this program has a name.' : `The named nodes: ${names.join(', ')}.`,
    siteMissing: (folder: string): string => `The page is not built: there is nothing at ${folder}.`,
    buildSite: 'Build it with: npm run build',
    dataRefused: (origin: string): string =>
      `${origin} begins like a recording and is none that can be read.`,
    tooManySteps: (algorithm: string, steps: string, limit: string): string =>
      `${algorithm} takes ${steps} steps here; at most ${limit} are told.`,
    seeCompare: (algorithm: string): string =>
      `What it costs is counted by: backflow compare INPUT --algorithms ${algorithm}`,
    portTaken: (port: number): string => `Port ${port} cannot be used.`,
    unexpected: (message: string): string => `Something went wrong inside backflow: ${message}`,
  },

  unreadable: {
    missing: (origin: string): string => `There is no file ${origin}.`,
    directory: (origin: string): string =>
      `${origin} is a folder. Name a file in it; a formula of that name can be written (${origin}).`,
    folder: (origin: string): string => `${origin} is a folder; a file was expected.`,
    binary: (origin: string, at: number): string =>
      `${origin} is not text: it has a zero byte at position ${at}.`,
    encoding: (origin: string): string => `${origin} is not text in UTF-8.`,
    encodingAt: (origin: string, line: number): string =>
      `${origin}, line ${line}: bytes found that are no text in UTF-8; a table in UTF-8 was expected.`,
    unpacked: (origin: string, limit: string): string =>
      `${origin} is too large: unpacked it has more than ${limit} bytes.`,
    packedTwice: (origin: string): string => `${origin} is packed with gzip twice; once was expected.`,
    large: (origin: string, bytes: string | null, limit: string): string =>
      bytes === null
        ? `${origin} is too large: it has more than ${limit} bytes.`
        : `${origin} is too large: it has ${bytes} bytes, at most ${limit} are read.`,
    emptyFormula: 'The formula is empty.',
    emptyNotes: 'The notes are empty.',
    empty: (origin: string): string => `There is no formula in ${origin}: it is empty.`,
    system: (origin: string, message: string): string => `${origin} cannot be read: ${message}`,
  },

  expected: {
    node: 'the name of a node',
    pair: 'name=number pairs, as in a=2,b=-3',
    number: (name: string): string => `a number for ${name}`,
    element: (name: string): string => `a number for each element, as in ${name}[0]=1,${name}[1]=2`,
    pointNotComma: (name: string): string => `a number with a decimal point for ${name}, as in 0.5`,
    oneOf: (choices: readonly string[]): string => `${choices.slice(0, -1).join(', ')} or ${choices.at(-1)}`,
    wholeNumber: (from: number, to: number): string => `a whole number from ${from} to ${to}`,
    finiteNumber: 'a finite number',
    names: 'the names of leaves, as in w1,w2',
    leaf: 'a leaf (a number of its own, not the result of a formula)',
    rateForParameters: '--lr with it, as in --lr 0.1',
    noAlgorithm: 'no --algorithm beside it',
    oneForm: 'one form, --csv or --json',
    file: 'the name of a file',
    numberFrom: (from: number): string => `a number from ${from} on`,
    numberAbove: (above: number): string => `a number above ${above}`,
    numberFromTo: (from: number, below: number): string => `a number from ${from} to below ${below}`,
    sizes: 'the sizes of two layers or more, as in 784,16,16,10',
    batch: 'all, or a whole number from 1 on',
    dataOrFile: (names: readonly string[]): string => `${names.join(', ')}, or a file such as points.csv`,
    oneSource: 'no --images beside it',
    with: (option: string): string => `${option} with it`,
    withExample: (option: string, example: string): string => `${option} with it, as in ${option} ${example}`,
    noTestFiles: 'no --test-images beside it, which are what is validated on',
    noResume: 'no --resume beside it, which has weights of its own',
    notWith: (data: string): string => `nothing, as data of the kind ${data} have no such option`,
  },

  notices: {
    noSuchFile: (path: string): string => `There is no file ${path} either.`,
    giveValues: (names: readonly string[]): string =>
      `Give values with --at ${names.map((name) => `${name}=…`).join(',')}`,
    unusedValue: (name: string, suggestion: string | null): string =>
      `--at ${name}: no leaf is called ${name}${suggestion === null ? '' : `; did you mean ${suggestion}?`}`,
    computedValue: (name: string): string =>
      `--at ${name}: ${name} is computed by the program, so the value given for it is not used`,
    notFinite: (names: readonly string[]): string => `Not a finite number: ${names.join(', ')}.`,
    bornAsValue: (node: string, value: string): string => `It begins at the value of ${node}: ${value}.`,
    bornAsGradient: (node: string, value: string): string =>
      `It begins at the gradient of ${node}: ${value}.`,
    bornOnEdge: (from: string, to: string, product: string): string =>
      `It begins on the way back from ${from} to ${to}: ${product}.`,
    awaiting: 'Waiting for a formula on standard input; end it with Ctrl-D.',
    awaitingNotes: 'Waiting for notes on standard input; end them with Ctrl-D.',
  },

  table: {
    node: 'node',
    formula: 'formula',
    value: 'value',
    gradient: 'gradient',
    leaf: 'leaf',
    headline: (derivative: string): string => `gradient = ${derivative}`,
    more: (count: number): string => `… and ${count} unnamed nodes more`,
  },

  steps: {
    forward: 'Forward: values',
    backward: 'Backward: gradients',
    tangents: 'Forward for each leaf: tangents',
    differences: 'Forward for each leaf: differences',
    update: 'Update: leaves',
    count: (steps: number): string => (steps === 1 ? '1 step' : `${steps} steps`),
  },

  compare: {
    paths: (count: string, several: boolean, from: string | null, leaves: string, to: string): string =>
      `${count} ${several ? 'paths lead' : 'path leads'} from ${from ?? `${leaves} leaves`} to ${to}.`,
    algorithm: 'algorithm',
    /** Above how many derivatives by several leaves are right. */
    gradients: 'gradients',
    visits: 'visits',
    multiplications: 'multiplications',
    additions: 'additions',
    hits: 'hits',
    passes: 'passes',
    /** Where the table would be wider than the terminal. */
    short: { multiplications: 'mult.', additions: 'add.', hits: 'hits', passes: 'pass.' },
    rightOf: (right: string, leaves: string): string => `${right} of ${leaves}`,
    worst: (leaf: string, found: string, due: string): string => `${leaf} ${found}, not ${due}`,
    /** Below the table, each behind the name of its algorithm; why one is wrong is told as on the page. */
    counted: (steps: string, limit: string): string =>
      `counted, not run: it would take ${steps} steps, more than ${limit}.`,
    long: (steps: string): string => `where it goes wrong is not looked for in ${steps} steps.`,
  },

  check: {
    /** Parts of a summary that are not 0, joined by commas. */
    right: (right: number, claims: number): string => `${right} of ${claims} right`,
    follows: (count: number): string => (count === 1 ? '1 follows' : `${count} follow`),
    wrong: (count: number): string => `${count} wrong`,
    unknown: (count: number): string => `${count} unknown`,
    none: 'No claim found: nothing in these notes is an equation.',
    firstSlip: (line: number, title: string): string =>
      `first slip in line ${line}${title === '' ? '' : `: ${title}`}`,
    due: (truth: string): string => `Right is ${truth}.`,
    or: (sentence: string): string => `Or: ${sentence}`,
    inherited: (line: number): string => `Inherited from line ${line}.`,
    noReason: 'No known slip gives this.',
    setWithoutProgram: '--set replaces numbers of a program, and these notes bring none.',
    noReading: 'This could not be read.',
    readAs: (found: string, read: string): string => `${found} is read as ${read}.`,
    free: (names: readonly string[]): string => `Used and not defined: ${names.join(', ')}.`,
    offer: (network: string, lacks: readonly string[]): string =>
      `This looks like a network ${network}${lacks.length === 0 ? '' : `; to say: ${lacks.join(', ')}`}.`,
    lacks: { activation: 'its activation', loss: 'its loss', numbers: 'its numbers' },
    unreadable: 'unreadable',
  },

  train: {
    /** Before training; numbers come printed. */
    begins: (of: {
      readonly network: string;
      readonly parameters: string;
      readonly examples: string;
      readonly validation: string | null;
    }): string =>
      `Training ${of.network}, ${of.parameters} parameters, on ${of.examples} ${of.examples === '1' ? 'example' : 'examples'}${of.validation === null ? '' : `; ${of.validation} ${of.validation === '1' ? 'is' : 'are'} kept for validation`}.`,
    resumes: (epoch: number, epochs: number): string => `Going on after epoch ${epoch} of ${epochs}.`,
    complete: (epoch: number): string =>
      `${epoch === 1 ? 'The one epoch is' : `All ${epoch} epochs are`} done. More of them take --epochs, with a larger number.`,
    progress: (now: {
      readonly epoch: number;
      readonly epochs: number;
      readonly bar: string;
      readonly percent: number;
      readonly rate: string;
      readonly left: string;
      readonly loss: string;
    }): string =>
      `epoch ${now.epoch}/${now.epochs} ${now.bar} ${now.percent} %  ${now.rate} examples/s  ${now.left} left  loss ${now.loss}`,
    epoch: (epoch: number, epochs: number, scores: string): string => `epoch ${epoch}/${epochs}: ${scores}`,
    loss: (loss: string): string => `loss ${loss}`,
    accuracy: (share: string): string => `accuracy ${share}`,
    validationLoss: (loss: string): string => `validation loss ${loss}`,
    validationAccuracy: (share: string): string => `validation accuracy ${share}`,
    done: (of: { readonly examples: string; readonly time: string; readonly rate: string }): string =>
      `Done: ${of.examples} examples in ${of.time} (${of.rate} a second).`,
    converged: (epoch: number): string =>
      `Converged: in epoch ${epoch} no parameter moved by more than the tolerance.`,
    saved: (file: string): string => `Saved: ${file}`,
    /** Above the command that goes on. */
    stopped: (epoch: number, file: string): string =>
      `Stopped, with ${epoch === 1 ? '1 epoch' : `${epoch} epochs`} done; the state is in ${file}. To go on:`,
    /** The loss is no longer a number. */
    exploded: (at: {
      readonly epoch: number;
      readonly step: string;
      readonly loss: string;
      readonly rate: string;
    }): readonly string[] => [
      `The loss exploded in epoch ${at.epoch}, at step ${at.step}: it is ${at.loss}, and training has stopped.`,
      `Each step overshot the minimum and landed higher up the other side. Try a learning rate below ${at.rate}.`,
    ],
    unbounded: (loss: string): readonly string[] => [
      `The loss is ${loss} before the first step, and training has not begun.`,
      'The numbers of the data, or the first weights, are too large. Divide them by their size.',
    ],
    notFallen: (before: string, after: string, rate: string): string =>
      `The loss did not fall: it was ${before} before training and is ${after} now. Try another learning rate than ${rate}.`,
    unsaved: 'With --save FILE the last good weights are kept.',
    lastGood: (file: string): string => `The last good weights are saved: ${file}`,
    notWritten: (file: string, reason: string): string => `${file} cannot be written: ${reason}`,
    notWrittenAs: { folder: 'it is a folder.', nowhere: 'there is no folder for it.' },
    otherPictures: (file: string, found: string, expected: string | null): string =>
      expected === null
        ? `${file} has pictures of ${found} pixels, but what is trained on are no pictures.`
        : `${file}, byte 8: pictures of ${found} pixels found; ${expected} were expected, as in those that are trained on.`,
    noneLeft: 'No example is left to train on. Keep a smaller share with --validation.',
    noData: 'Nothing says what to train on.',
    nameData: 'Name data with --data NAME, --data FILE.csv, or --images FILE --labels FILE.',
    zeros: (file: string): string =>
      `There is no file ${file}: the example has zeros in place of its numbers.`,
    noNetwork: (origin: string): string => `${origin} describes no network.`,
    networkLine: 'A network is a line such as: net = mlp(2, 16, 16, 1)',
    doesNotFit: 'The network, its training and the data do not fit together.',
    otherData: (file: string): string => `The data are not those that ${file} was trained on.`,
    sameData: 'A training goes on with the same examples, in the same order.',
    otherTraining: (file: string): string => `${file} is of another training:`,
    difference: (path: string, found: string, kept: string): string =>
      `${path} is ${found} here and ${kept} there`,
    refused: {
      checkpoint: (file: string): string => `${file} is no checkpoint that can be read.`,
      weights: (file: string): string => `${file} holds no weights that can be used here.`,
      state: (file: string): string => `${file} is no state dict that fits.`,
      export: (file: string): string => `The weights of ${file} cannot be exported.`,
    },
  },

  show: {
    address: (address: string): string => `Backflow is open at ${address}`,
    stop: 'Stop with Ctrl-C.',
  },

  help: {
    main: `Backflow: a scalar autograd engine you can look inside.

Usage: backflow COMMAND INPUT [OPTIONS]

Commands:
  grad     values and gradients of a formula, as a table or as JSON
  steps    the forward and the backward pass in words, step by step
  compare  right and wrong ways to the gradient: results and costs
  graph    the graph of the formula, as DOT, JSON or SVG
  show     opens the formula in the page
  check    judges hand-worked notes: which line is wrong first, and why
  write    writes the derivation as notes: Markdown with LaTeX
  train    trains a network on data, with progress and checkpoints
  export   writes trained weights for other engines: ONNX, PyTorch
  import   reads weights from PyTorch
  help     explains a command: backflow help grad

INPUT is a formula, a file, or - for standard input. A path that exists is a
file, anything else a formula; after -- a formula may start with a minus sign.
A file is a program, or Markdown with programs in \`\`\`backflow fences, or what
\`graph --as recording\` and \`steps --trace\` print.

Options of every command:
  --lang en|de   language of the texts
  -h, --help     this text, or the command's own
  -V, --version  the version

Examples:
  backflow grad 'L = (a*b + c)*f' --at a=2,b=-3,c=10,f=-2
  backflow steps 'x = 3, u = x*x, v = u + x, y = u*v'
  backflow graph network.md --as svg > network.svg

Exit status: 0 done; 2 the command line, the formula or the file cannot be
used; 1 anything else: checked notes have something wrong, a loss exploded.
`,
    grad: `Usage: backflow grad INPUT [OPTIONS]

Prints every node with its value and its gradient, the derivative of the output
with respect to that node. A node without a path to the output has gradient 0.

Options:
  --at NAMES=VALUES  numbers for names: --at a=2,b=-3 (may be repeated);
                     a value may be written as −3, 1/2, 5e-3, sqrt(2)
  --of NAME          differentiate this node in place of the output
  --parameters FILE  weights of its network, from train --save
  --digits N         significant digits in the table, 2 to 17 (6)
  --json             {"output", "value", "values": {name: number},
                     "grads": {name: number}} with all digits of every named
                     node; an output without a name is "out"; NaN and
                     infinities are the strings "NaN", "Infinity", "-Infinity"

A name that is assigned twice is the latest; earlier versions are c@1, c@2.

Examples:
  backflow grad 'L = (a*b + c)*f' --at a=2,b=-3,c=10,f=-2
  backflow grad 'y = x*x' --at x=1/2 --json
  backflow grad network.md --of out_o1
  echo 'tanh(w*x)' | backflow grad - --at w=0.5,x=2
  backflow grad --at x=3 -- '-x^2'
`,
    steps: `Usage: backflow steps INPUT [OPTIONS]

Prints what happens, one numbered step a line: each value of the forward pass,
then each contribution to a gradient on the way back.

Options:
  --at NAMES=VALUES      numbers for names: --at a=2,b=-3 (may be repeated)
  --of NAME              differentiate this node in place of the output
  --parameters FILE      weights of its network, from train --save
  --granularity pass|node|edge
                         a step is a whole pass, a node, or an edge (edge)
  --algorithm NAME       another way to the gradient, one of those that
                         \`backflow compare\` lists; it sees sums two by two,
                         as they are compared, and takes no --lr
  --lr NUMBER            adds a pass that moves leaves by −NUMBER · gradient
  --params NAMES         the leaves to move: --params w1,w2 (all)
  --digits N             significant digits, 2 to 10 (4)
  --json                 the events: [{"step", "kind", "node", …}]
  --trace                the run with its recording, as JSON that can be INPUT

Events, in order; "step" counts from 1, a node is called by its name or by its
place in a named one, as in L/0:
  evaluate    node, value        the forward pass reaches a node
  seed        node, value        the backward pass starts at the output with 1
  visit       node, value        the gradient of a node is complete
  contribute  node, slot, input, value
                                 the node sends this to its input in that slot
  accumulate  node, from, slot, value
                                 the node's total after adding it
  update      node, value        the new value of a leaf
  reuse       node, value        done before: the table's entry, or null where
                                 there is only the mark that it was visited
  recompute   node, value        a node is visited once more

Examples:
  backflow steps 'x = 3, u = x*x, v = u + x, y = u*v'
  backflow steps 'x = 3, u = x*x, v = u + x, y = u*v' --algorithm preorder
  backflow steps neuron.md --granularity node --lr 0.1 --params w,b
  backflow steps 'y = sin(x^2)' --at x=2 --json
`,
    compare: `Usage: backflow compare INPUT [OPTIONS]

Computes the gradient in ten ways, five that are right and five that are wrong
on most graphs, and prints a table: the gradient of the leaf, or how many of
several are right and the worst of them; what it cost; and below it where each
wrong one goes wrong first.

  ✓ right   ✗ wrong   – counted, not run: more than 100,000 steps

  visits           how often a node was worked on
  multiplications  local derivatives times gradients, one for each edge
  additions        contributions added to one that was there already
  hits             what was asked for and had been done already
  passes           forward passes beyond the one that computed the values

Options:
  --at NAMES=VALUES   numbers for names: --at a=2,b=-3 (may be repeated)
  --of NAME           differentiate this node in place of the output
  --parameters FILE   weights of its network, from train --save
  --algorithms NAMES  only these: --algorithms reverse,preorder (all ten)
  --digits N          significant digits of the gradients, 2 to 17 (6)
  --json              {"paths": "1024", "algorithms": [{"name", "right",
                      "grads": {leaf: number}, "visits", "multiplications",
                      "additions", "hits", "forwardPasses"}]}; what was only
                      counted has null for "right" and "grads"; a count above
                      2^53 − 1 is a string, and so are NaN and the infinities

Algorithms:
  path-sum          every path from the output, each product from scratch
  memo              leaves ask their users; a table keeps what was answered
  reverse           one sweep in reversed topological order
  numeric           (f(x + h) − f(x))/h, a forward pass for each leaf
  forward           tangents, a pass for each leaf
  overwrite         reverse with = for +=
  accumulate-early  recursion that passes on whatever there is so far
  preorder          the same with a visited set
  breadth-first     a queue with a visited set
  postorder         a visited set, inputs before the node itself

Examples:
  backflow compare 'x = 3, u = x*x, v = u + x, y = u*v'
  backflow compare network.md --algorithms path-sum,memo,reverse
  backflow compare 'b = a + a, c = b + b' --at a=1 --json
`,
    graph: `Usage: backflow graph INPUT --as dot|json|svg|recording [OPTIONS]

Prints the graph: one edge for each use of a node, from the input to its user.
A run of + and − is one node, \`signedSum\`; its inputs are pairs of a sign, 1 or
−1, and a term.

Options:
  --as dot|json|svg|recording
                       DOT for Graphviz, JSON for programs, SVG for people,
                       or the recording, JSON that can be INPUT (dot)
  --at NAMES=VALUES    numbers for names: --at a=2,b=-3 (may be repeated)
  --of NAME            differentiate this node in place of the output
  --parameters FILE    weights of its network, from train --save
  --at-step N          SVG: the state after N steps; the end when left out
  --granularity pass|node|edge
                       SVG: what one step is, as in \`backflow steps\` (edge)
  --theme light|dark   SVG: the colours (light)

Examples:
  backflow graph 'L = (a*b + c)*f' --at a=2,b=-3,c=10,f=-2 --as svg > L.svg
  backflow graph network.md --as dot | dot -Tpdf > network.pdf
  backflow graph network.md --as recording > network.json
  backflow graph 'y = x*x' --at x=3 --as svg --at-step 3 --theme dark > y.svg
`,
    show: `Usage: backflow show INPUT [OPTIONS]

Serves the page on this machine with INPUT open in it, prints its address and
tries to open a browser. Stop it with Ctrl-C.

Options:
  --at NAMES=VALUES  numbers for names: --at a=2,b=-3 (may be repeated)
  --of NAME          differentiate this node in place of the output
  --parameters FILE  weights of its network, from train --save
  --port N           the port to serve on (a free one)
  --site FOLDER      the built page, where it is not in its usual place
  --no-open          only print the address

Examples:
  backflow show examples/neuron.md
  backflow show 'L = (a*b + c)*f' --at a=2,b=-3,c=10,f=-2
`,
    check: `Usage: backflow check NOTES… [OPTIONS]

Reads hand-worked notes, text, Markdown or LaTeX, and judges every equation in
them. A program stands in a \`\`\`backflow fence; without one, the definitions
in the notes are the program. NOTES are files, - for standard input, or a text
in quotes.

  ✓ right     ≈ right within the digits that the notes carry
  ✗ wrong     ↳ wrong, and just what an earlier wrong number gives
  ? something is missing or cannot be read

Options:
  --program FILE    the program the notes are about, from another file
  --set NAME=NUMBER numbers for given names: --set w=0.5,x=2 (may be repeated)
  --against FILE    compares with another person's notes
  --json            {"claims": [{"line", "column", "text", "subject", "stated",
                    "truth", "verdict", "scope", "convention", "mistakes":
                    [{"id", "why", "where"}]}], "firstWrong": index or null}
  --csv             one row a file: file, claims, right, wrong,
                    first_wrong_line, mistake, text

Examples:
  backflow check notes.md
  backflow check 'x = 3, y = x^2 = 9, dy/dx = x = 3'
  backflow check submissions/*.md --program exam.md --csv > marks.csv

Exit status: 0 nothing is wrong; 1 something is; 2 the notes or the program
cannot be read.
`,
    write: `Usage: backflow write INPUT [OPTIONS]

Prints the derivation as notes, in Markdown with LaTeX: the program, the values,
the derivatives in the order of the backward pass. \`backflow check\` finds
every line of them right.

Options:
  --at NAMES=VALUES  numbers for names: --at a=2,b=-3 (may be repeated)
  --of NAME          differentiate this node in place of the output
  --parameters FILE  weights of its network, from train --save
  --lr NUMBER        adds a step that moves leaves by −NUMBER · gradient
  --params NAMES     the leaves to move: --params w1,w2 (all)
  --digits N         significant digits, 2 to 10 (4)

Examples:
  backflow write examples/neuron.md > neuron-notes.md
  backflow write 'y = x*x' --at x=3 | backflow check -
`,
    train: `Usage: backflow train [DOCUMENT] [OPTIONS]

Trains the network of a document, or one that the options describe; options say
otherwise than the document where both speak. A line for each epoch goes to
standard output, a bar to a terminal. Ctrl-C ends it after the step, and says
how to go on.

Data:
  --data NAME|FILE.csv   moons, circles, blobs, xor, spiral, line, sine, camera,
                         digits; or a table, packed with gzip or not
  --target COLUMN        CSV: the column to be predicted (the last)
  --images FILE --labels FILE
                         pictures and labels as MNIST has them (IDX, also .gz)
  --test-images FILE --test-labels FILE
                         others to validate on
  --count N              so many examples (100 of moons; all in files)
  --noise NUMBER         of data with a name
  --validation SHARE     share of the examples kept for validation (0)

Network:
  --layers SIZES         inputs, units, outputs: 784,16,16,10 (… 16,16 …)
  --activation NAME      identity, step, sigmoid, tanh, relu, leakyRelu (relu)
  --output NAME          of the last layer, also softmax (identity; sigmoid for
                         classes where hidden ones are, unless the loss takes
                         sums)
  --no-bias              weights only
  --init NAME            uniform, xavier, he, zeros (he for relu, else xavier)
  --parameters FILE      starts with these weights, not with random ones

Training:
  --loss NAME            squared, meanSquared, absolute, hinge, crossEntropy,
                         binaryCrossEntropy, binaryCrossEntropyWithLogits
                         (crossEntropy for classes, squared for numbers)
  --l1 NUMBER --l2 NUMBER
                         λ of the penalties λ Σ |w| and λ Σ w² (0)
  --optimizer NAME       sgd, momentum, adam (adam)
  --rate NUMBER          the learning rate (0.1 of sgd; else 0.01, and
                         0.003 of more than 2,000 examples)
  --momentum NUMBER      μ of momentum, β₁ of adam (0.9)
  --schedule NAME        constant, linear, steps, cosine (linear)
  --to NUMBER            where linear and cosine end (0)
  --factor NUMBER --every EPOCHS
                         of steps (0.5, 10)
  --epochs N             (100; 10 of more than 2,000 examples)
  --batch N|all          examples of a step (10)
  --no-shuffle           the examples as they stand
  --tolerance NUMBER     stops when no parameter moves more in an epoch (0)
  --seed N               of the data, the first weights and the shuffles (1)

Files:
  --save FILE            the trained weights, as JSON; if the loss explodes, the
                         last good ones
  --checkpoint FILE      all that is needed to go on, after every epoch
  --resume FILE          goes on where a checkpoint stands, bit by bit
  --json                 an object for each epoch: {"epoch", "loss", "accuracy",
                         "validationLoss", "validationAccuracy"}

Examples:
  backflow train examples/moons.md --save moons.json
  backflow train --data spiral --layers 2,16,16,2 --seed 3
  backflow train --images train-images-idx3-ubyte.gz \\
    --labels train-labels-idx1-ubyte.gz --layers 784,16,16,10 --epochs 3

Exit status: 0 done; 1 the loss exploded; 2 options, document or data cannot be
used; 130 ended by Ctrl-C.
`,
    export: `Usage: backflow export MODEL --as onnx|pytorch|json [--out FILE]

Writes a trained network for another program. MODEL is a file that \`backflow
train\` wrote with --save or --checkpoint, or \`backflow import\`.

Options:
  --as onnx     ONNX in float32, for ONNX Runtime and others; needs --out
  --as pytorch  a Python file: nn.Sequential with the weights in float64
  --as json     the weights as Backflow reads them
  --out FILE    where to (standard output)

Examples:
  backflow export moons.json --as onnx --out moons.onnx
  backflow export moons.json --as pytorch > moons.py
`,
    import: `Usage: backflow import STATE --activation NAME [OPTIONS]

Reads the weights of nn.Linear layers from PyTorch's state dict, and prints them
as \`backflow train --parameters\` and \`backflow export\` read them. In Python
STATE is written by:

  with open("state.json", "w") as file:
      state = model.state_dict().items()
      json.dump({name: tensor.tolist() for name, tensor in state}, file)

Options:
  --activation NAME  of hidden layers, which the weights do not tell: identity,
                     step, sigmoid, tanh, relu, leakyRelu
  --output NAME      of the last layer, also softmax (identity)
  --layers SIZES     refuses other sizes: --layers 784,16,16,10
  --no-bias          with --layers: refuses biases
  --out FILE         where to (standard output)

Examples:
  backflow import state.json --activation relu --out model.json
`,
    help: `Usage: backflow help [COMMAND]

Explains a command: grad, steps, compare, graph, show, check, write, train,
export or import.
`,
  },
};

/** The texts of the command line. */
export type CommandMessages = typeof commandEn;
