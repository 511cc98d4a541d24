type Size = 'hardly' | 'little' | 'somewhat' | 'lot';

/** How much and where to; the thresholds are `WISH_THRESHOLDS`. */
const increase: Readonly<Record<Size, string>> = {
  hardly: 'should hardly increase',
  little: 'should increase a little',
  somewhat: 'should increase somewhat',
  lot: 'should increase a lot',
};
const decrease: Readonly<Record<Size, string>> = {
  hardly: 'should hardly decrease',
  little: 'should decrease a little',
  somewhat: 'should decrease somewhat',
  lot: 'should decrease a lot',
};

const percent = (share: number): string => `${100 * share} %`;
/** A number, printed, and what there is so many of. */
const many = (count: string | number, one: string, more: string): string =>
  `${count} ${String(count) === '1' ? one : more}`;
const forAll = (examples: string): string =>
  examples === '1' ? 'for the only example' : `for all ${examples} examples`;

/** What the gradients of a network say. Numbers come printed, unless a sentence depends on them. */
export const gradientsEn = {
  label: 'Gradients explained',
  tabs: {
    wishes: 'Wishes',
    ways: 'Three ways',
    layers: 'Layers',
    units: 'Dead units',
    cost: 'Cost',
    descent: 'Descent',
  },
  example: 'Example',
  ofExamples: (last: string) => `of 0 … ${last}`,
  ownInput: 'Shown is your own input.',
  noExample: 'Needs an example of the data, and a loss.',

  wishes: {
    table: 'What each example wants of each weight',
    about:
      'A row per weight, a column per example: what that example alone would do to the weight. + is up, − is down. The last column is the average, what all of them do together.',
    share: 'Examples',
    shares: { all: 'all', train: 'trained on', validation: 'for validation' },
    layer: 'Layer',
    layerName: (layer: number) => `layer ${layer}`,
    allLayers: 'all',
    unit: 'Neuron',
    allUnits: 'all',
    bySize: 'largest first',
    weight: 'Weight',
    mean: 'Average',
    of: (count: string) => `of ${count}`,
    said: 'In words',
    increase,
    decrease,
    stay: 'should stay',
    noNumber: 'is no number (NaN)',
    compareRow: (name: string) => `Compare ${name}`,
    compareHint: 'Choose two weights to see which one matters more.',
    compareSecond: 'Choose another one to compare it with.',
    bang: (times: string, one: string, other: string) =>
      `${one} gives ${times} times more bang for the buck than ${other}: the same small nudge changes the cost ${times} times as much.`,
    onlyOne: (one: string, other: string) =>
      `Only ${one} matters; a small nudge of ${other} changes nothing.`,
    bothNothing: 'A small nudge of either changes nothing.',
    bangSame: (one: string, other: string) =>
      `A small nudge of ${one} changes the cost as much as one of ${other}.`,
    noCompare: 'They cannot be compared: not both are finite numbers.',
    working: (done: string, total: string) => `${done} of ${many(total, 'example', 'examples')} …`,
    shown: (rows: string, allRows: string, columns: string, allColumns: string, everything: boolean) =>
      everything
        ? `${many(rows, 'weight', 'weights')}, ${many(columns, 'example', 'examples')}.`
        : `${rows} of ${many(allRows, 'weight', 'weights')} and ${columns} of ${many(allColumns, 'example', 'examples')} are shown; averages are over all ${allColumns}.`,
    withoutPenalty: 'The penalty λ is left out: no example asks for it.',
    noData: 'Needs data and a loss in the document.',
    howRead: 'How to read it',
    scale: ({ little, somewhat, lot }: { little: number; somewhat: number; lot: number }) =>
      `The words go by the size next to the largest average: a lot from ${percent(lot)}, somewhat from ${percent(somewhat)}, a little from ${percent(little)}, hardly below. A weight stays if its average is exactly 0.`,
    limits: (rows: string, columns: number) =>
      `At most ${rows} rows and the first ${columns} examples are shown. Averages are always over all examples, with every digit.`,
    lecture:
      'The well-known table of the 3Blue1Brown lecture shows six of many examples: its printed averages are not those of the six numbers beside them, and need not be. Here they can be checked.',
  },

  ways: {
    label: 'Three ways to raise an output',
    about: 'To raise the output of a neuron, there are three things to turn.',
    layer: 'Layer',
    layerName: (layer: number) => `layer ${layer}`,
    outputLayer: (layer: number) => `layer ${layer} (output)`,
    unit: 'Neuron',
    wanted: 'wanted',
    slope: 'σ′(z)',
    up: 'For this example it should rise: turn everything in the direction of its bar.',
    down: 'For this example it should fall: turn everything against its bar.',
    content: 'This example wants no change of it.',
    noNumber: 'Its slope, or what the example wants of it, is no finite number.',
    stuck: 'The slope is 0 here: no small nudge changes this output.',
    bias: 'Increase the bias',
    biasNote: '∂a/∂b = σ′(z)',
    noBias: 'This network has no biases.',
    weights: 'Increase the weights, in proportion to a',
    weightsNote: '∂a/∂w_k = σ′(z) · a_k. Weights of bright neurons do most.',
    activations: 'Change the activations, in proportion to w',
    activationsNote:
      '∂a/∂a_k = σ′(z) · w_k. Nobody can set them; the wish goes on to the layer before. Choose one to follow it.',
    inputsNote: '∂a/∂a_k = σ′(z) · w_k. These are the inputs: the example is what it is.',
    rest: (count: string, sum: string) => `${count} smaller ones sum to ${sum}.`,
    goTo: (name: string) => `Go to ${name}`,
    together: 'All neurons of the layer together',
    togetherNote:
      'What each of them asks of the activations before it, (−∂C/∂z) · w, and the sum, −∂C/∂a: the wish with which the layer before begins in turn.',
    togetherInputs: 'What each of them asks of the inputs, (−∂C/∂z) · w, and the sum.',
    activation: 'Activation',
    others: (count: number) => `${count} others`,
    sum: 'Sum',
    largestOf: (shown: number, all: string) => `The ${shown} largest of ${all}.`,
  },

  layers: {
    label: 'Gradient size by layer',
    about: 'On its way back the gradient is multiplied by slopes and weights in every layer.',
    source: 'Of',
    overData: 'the data',
    oneExample: 'one example',
    measure: 'Size',
    rms: 'root mean square',
    meanSize: 'mean of |x|',
    layer: 'Layer',
    plot: 'Gradient size by layer, on a logarithmic scale',
    table: 'Gradient size by layer, in numbers',
    working: 'Going through the examples …',
    factor: '∂C/∂z next to that of the next layer',
    factorOf: (factor: string, slopes: string, weights: string) =>
      `× ${factor} = slopes ${slopes} × weights ${weights}`,
    verdicts: {
      vanishing: 'The gradient vanishes.',
      shrinking: 'The gradient shrinks.',
      even: 'The gradient stays about the same.',
      growing: 'The gradient grows.',
      exploding: 'The gradient explodes.',
      zero: 'No gradient arrives.',
      broken: 'The gradient is not finite.',
    },
    causes: {
      slopes: 'Cause: slopes.',
      weights: 'Cause: weights.',
      both: 'Cause: slopes and weights.',
      none: 'None sets out: the cost asks nothing of the last layer.',
      zeros: 'Cause: all weights of a layer are 0.',
      level: 'Cause: all slopes of a layer are 0.',
      paths: 'Every path has a slope or a weight that is 0, or is smaller than any number.',
    },
    oneLayer: 'There is only one layer.',
    ratio: (ratio: string) =>
      `∂C/∂z of the first layer is ${ratio} times that of the last, by root mean squares, as the factors are.`,
    cause: (slopes: string, weights: string) => `Of it slopes make × ${slopes}, and weights × ${weights}.`,
    sigmoidBound: (layers: number, bound: string) =>
      `σ′ is at most 0.25: ${layers === 1 ? 'one sigmoid layer' : `${layers} sigmoid layers`} let through at most × ${bound}, unless large weights make up for it.`,
    update: (rate: string, change: string, next: string) =>
      `A step −η·∂C/∂w for one example, with η = ${rate}, moves a usual weight of the first layer by ${change}: 2.5 becomes ${next}, say.`,
    updateSteps: (steps: string) => `To move by 0.1 takes about ${steps} such steps.`,
    updateNone: 'No weight of the first layer is moved by a step −η·∂C/∂w: 2.5 stays 2.5.',
    updateNotes: (three: string, eight: string) =>
      `(A step of 10⁻³ makes it ${three}, one of 10⁻⁸ makes it ${eight}: nothing is learned.)`,
    depth: 'What depth does',
    depthAbout:
      'Fresh networks of 2, 10, 20 and 100 hidden layers and one example, from one seed. What arrives of ∂C/∂z in the first layer?',
    activation: 'Activation',
    init: 'Weights',
    width: 'Neurons per layer',
    seed: 'Seed',
    depthOf: (layers: number) => `${layers} layers`,
    depthPlot: 'Size of ∂C/∂z by layer, at four depths, on a logarithmic scale',
    fromLast: 'Layers before the last',
    layersColumn: 'Layers n',
    ratioColumn: 'First / last',
    slopesColumn: 'of it slopes',
    weightsColumn: 'of it weights',
    boundColumn: (slope: string) => `Slopes at most ${slope}ⁿ`,
    perLayerColumn: 'Per layer',
    verdictColumn: 'Verdict',
    advice: {
      identity:
        'Without an activation all slopes are 1: only the weights decide, and the net is one linear map.',
      sigmoid:
        'σ′ is at most 0.25, and only at z = 0: whatever the weights start with, deep sigmoid networks lose their gradient.',
      tanh: 'tanh′ is 1 at 0 and less elsewhere. Xavier weights keep the sums small, so the gradient fades far more slowly than with sigmoid.',
      relu: 'ReLU has slope 1 or 0. He weights, with twice the variance, make up on average for the half that is 0; with uniform weights the gradient vanishes all the same, and narrow deep nets may die altogether.',
      leakyRelu: 'As ReLU, but with a slope of 0.01 where that has 0: it cannot die altogether.',
    },
    notes: '10⁻¹⁰, 10⁻²⁰, 10⁻¹⁰⁰?',
    notesBound: (three: string, few: number, bound: string) =>
      `Three slopes of at most 0.25 multiply to at most ${three}. Less than 10⁻³ takes ${few} of them: ${bound}.`,
    needed: 'Factor per layer for 10⁻ⁿ',
    notesNeeded:
      'Some notes have 10⁻ⁿ for n layers. The bound of the slopes alone does not give that: it takes a factor of 0.1 per layer, that is, slopes well below 0.25, or small weights besides.',
  },

  units: {
    label: 'Units that do not learn',
    about:
      'A ReLU whose sum z is at most 0 for every example gives 0 for every example. Its slope is 0, so no weight into it has a wish: it is dead. A unit of the first layer stays so as long as no penalty or momentum moves its weights; a later one may wake, if the layers before it come to send it something else.',
    working: 'Going through the examples …',
    counts: 'Units by layer',
    layer: 'Layer',
    activation: 'Activation',
    unitsColumn: 'Units',
    states: { alive: 'alive', nearly: 'nearly dead', flat: 'flat', dead: 'dead', broken: 'no number' },
    range: 'z from',
    dead: (examples: string, largest: string, lift: string) =>
      `${forAll(examples)} z is at most ${largest}, so that slope, wishes and output are 0. To be reached by one, z would have to rise by more than ${lift}.`,
    noSlope: (examples: string) =>
      `its slope is 0 ${forAll(examples)}: none of its weights has a wish, and it hands none back.`,
    nearly: (reached: string, examples: string) =>
      `only ${reached} of ${examples} examples ${reached === '1' ? 'reaches' : 'reach'} it; all others teach it nothing.`,
    flat: (slope: string, examples: string) =>
      `far out on its curve ${forAll(examples)}: the mean slope is ${slope}.`,
    broken: 'its sum z is no number (NaN) for some example.',
    someBroken: (count: number) =>
      count === 1 ? 'The sum of one unit is no number.' : `The sums of ${count} units are no numbers.`,
    someDead: (count: number) => (count === 1 ? 'One unit is dead.' : `${count} units are dead.`),
    someSick: (count: number) =>
      count === 1 ? 'No unit is dead; one learns little.' : `No unit is dead; ${count} learn little.`,
    noneDead: 'No unit is dead: each is reached by some example.',
    cannotDie: (activation: string) => `No unit is dead or flat (${activation}).`,
    more: (count: number) => `… and ${count} more.`,
    limits: (nearly: number, flat: number) =>
      `Nearly dead: reached by at most ${percent(nearly)} of the examples. Flat: the slope is below ${percent(flat)} of the steepest for every example.`,
  },

  cost: {
    label: 'The cost of one example',
    about: 'What the network gives, what is wanted, and what the difference costs, output by output.',
    output: 'Output',
    found: { a: 'a', p: 'p', z: 'z' },
    wanted: 'y',
    cost: 'Cost',
    from: 'from',
    sum: 'Sum',
    divided: (count: number) => `Cost: the sum over ${count} outputs, divided by ${count}`,
    mean: (count: string) => `Mean over ${many(count, 'example', 'examples')}`,
    meanUnknown: 'Mean over the data',
    rounded: (digits: number) =>
      `Costs are of all digits, what stands behind the arrows shows ${digits}. Point at it for every digit.`,
    roundedSquares:
      'Squaring what is shown may give other last digits: in the lecture 0.1863 stands beside (0.43 − 0.00)², which is 0.1849, as 0.43 was rounded. Neither is wrong.',
    whySquares: 'Why squares?',
    whySquaresNote:
      'What should it cost to be off by d? The square makes large mistakes expensive and small ones cheap, and its slope is smooth.',
    deviation: 'off by d',
  },

  descent: {
    label: 'Gradient descent, step by step',
    about:
      'A ball on a cost. Each step goes against the slope, η times as far as it is steep: near a smooth minimum steps get small by themselves.',
    preset: 'Function',
    own: 'my own',
    presets: {
      parabola: 'parabola',
      minima: 'two minima',
      waves: 'waves',
      bowl: 'bowl, ∇C(1, 1) = (3, 1)',
      rosenbrock: 'Rosenbrock’s valley',
    },
    formula: (names: string) => `C(${names}) =`,
    noNames: 'There is no letter whose number could change: write for example x² or x² + y².',
    noNetworks: 'A network has more numbers than a picture has room for: write for example x² or x² + y².',
    tooManyNames: (names: string, most: number) =>
      `${names} are too many letters: a picture has room for ${most}.`,
    picture: (place: string, cost: string) => `The ball is at ${place}, where ${cost}.`,
    hint: 'Click, or press the arrow keys, to choose where it starts.',
    toStart: 'To start',
    back: 'Back',
    step: 'Step',
    play: 'Roll',
    pause: 'Pause',
    nearer: 'Nearer',
    farther: 'Farther',
    rate: 'Learning rate η =',
    start: 'Start:',
    startOf: (name: string) => `Start of ${name}`,
    stepOf: (step: number, all: number) => `Step ${step} of ${all}`,
    steps: 'Steps',
    stepColumn: 'Step',
    moveColumn: 'η·|∇C|',
    proportion: (rate: string) => `Each step is ${rate} times as long as it is steep there.`,
    behaviours: {
      settled: (steps: number) =>
        `It comes to rest after ${many(steps, 'step', 'steps')}: a minimum, or at least a level place.`,
      rolling: (steps: number) =>
        steps === 0
          ? 'It is about to roll.'
          : `After ${many(steps, 'step', 'steps')} it is still rolling down: a larger rate is faster.`,
      zigzags: (steps: number) =>
        `It goes to and fro, by less and less; after ${steps} steps it is not there yet.`,
      oscillates: (steps: number) =>
        `The rate is too large: it jumps over the minimum, to and fro, and does not come closer in ${steps} steps.`,
      explodes: (steps: number) =>
        `The rate is too large: its jumps lead ever higher up. It explodes within ${steps} steps.`,
      bottomless: (_steps: number) => 'It falls for ever: this cost has no lowest place.',
      leaves: (steps: number) =>
        `Step ${steps} leads to a place where there is no cost, or no slope. A smaller rate may keep it from there.`,
      flat: (_steps: number) => 'It does not move: it is level where it starts.',
      creeps: (steps: number) =>
        steps === 0
          ? 'The rate is too small: a step would be as good as none, though it is not level here.'
          : `After ${many(steps, 'step', 'steps')} another would be as good as none, w_new ≈ w_old, though it is not level there: the rate is too small.`,
      nowhere: (_steps: number) => 'There is no cost, or no slope, where it starts.',
    },
    costs: {
      label: 'What other ways cost',
      values: 'Values tried for each number',
      way: 'Way',
      evaluations: 'Evaluations of C',
      sweeps: 'Backward passes',
      found: 'Lowest place found',
      height: 'C there',
      search: (values: number, numbers: number) =>
        numbers === 1
          ? `Exhaustive search: ${values} places`
          : `Exhaustive search: ${values} × ${values} places`,
      differences: (steps: number) => `Descent by finite differences, ${many(steps, 'step', 'steps')}`,
      descent: (steps: number) => `Descent by backward passes, ${many(steps, 'step', 'steps')}`,
      counted: (h: string) =>
        `All numbers are counted while running. Exhaustive search looks at the part that is seen; finite differences nudge each number by ${h}.`,
      dimensions:
        'With two numbers any way will do. With more of them, exhaustive search takes ten times as long for each, finite differences one evaluation more for each, and the backward pass costs about one more evaluation, however many there are:',
      byWeights: 'Cost by number of weights',
      weights: 'Weights',
      searchOf: (values: number) => `Exhaustive search, ${values} values each`,
      differencesOf: 'One gradient by finite differences',
      backwardOf: 'One gradient by a backward pass',
      two: '1 forward + 1 backward',
      thisNetwork: '(this network)',
      countHere: 'Count it on this network',
      counting: (done: string) => `${done} evaluations …`,
      here: (values: string, slopes: string, difference: string, largest: string) =>
        `One gradient of the shown example’s cost: ${values} evaluations by finite differences, ${slopes} forward and ${slopes} backward pass by backpropagation. They differ by at most ${difference}, where the largest ∂C/∂w is ${largest}.`,
      ran: 'counted by running it',
      ranNote:
        '✓ counted by running it, on a bowl of so many dimensions. The others would take longer than anybody has.',
    },
  },
};
