/** A file of data that was refused: the parts of what is said about it. */
export interface RefusedFile {
  readonly kind: string;
  readonly file: string;
  readonly line?: number;
  readonly byte?: number;
  readonly column?: string | number;
  readonly found?: string | number;
  readonly expected?: string | number | readonly string[];
  readonly what?: 'characters' | 'columns' | 'cells';
  readonly images?: string;
  readonly width?: number;
  readonly height?: number;
}

const epochsEn = (epoch: number): string =>
  epoch === 0 ? 'less than an epoch' : `${epoch} ${epoch === 1 ? 'epoch' : 'epochs'}`;

/** What is wrong with weights, a kept training or a network, where an error says it. */
export interface RefusedNumbers {
  readonly message: string;
  readonly where?: string;
  readonly found?: string;
  readonly expected?: string;
}

/** Training: the control strip and its tab. Numbers come printed, unless a sentence depends on them. */
export const trainingEn = {
  strip: {
    label: 'Training',
    start: 'Train',
    pause: 'Pause',
    goOn: 'Go on',
    step: 'Step',
    stepHint: 'One step of the optimizer: one batch',
    epoch: 'Epoch',
    epochHint: 'One epoch: every example once',
    reset: 'Reset',
    resetHint:
      'Back to the weights of the seed, and to the rate and λ of the text; nothing is frozen any more',
    fast: 'Fast',
    fastHint: 'As fast as this machine can; otherwise slowly enough to watch',
    more: 'Rate, λ, speed',
    rate: 'Rate',
    rateHint: 'Learning rate; changing it does not reset anything',
    l1: 'λ |w|',
    l2: 'λ w²',
    penaltyHint: 'How much weights cost; changing it does not reset anything',
    epochs: (done: string, of: string) => `Epoch ${done} of ${of}`,
    steps: (step: string, of: string) => `step ${step} of ${of}`,
    loss: 'Loss',
    accuracy: 'Right',
    validation: (share: string) => `val. ${share}`,
    speed: (examples: string) => `${examples} examples/s`,
    present: (rate: string) => `now ${rate}`,
    /** `lines` are the first words of the lines that are missing. */
    none: (lines: readonly string[]) =>
      `There is nothing to train: the document has no ${lines.join(' and no ')} line. Weights can be entered by hand.`,
    states: {
      none: 'nothing to train',
      waiting: 'waiting for files',
      preparing: 'preparing the data',
      ready: 'ready',
      running: 'training',
      paused: 'paused',
      finished: 'finished',
      failed: 'stopped',
    },
    announced: (state: string, epoch: string, loss: string) =>
      `Training: ${state}. Epoch ${epoch}, loss ${loss}.`,
  },
  stopped: {
    epochs: (epochs: string) => `All ${epochs} epochs are done. “Go on” takes more of them.`,
    still: (epochs: string) =>
      `All ${epochs} epochs are done, and the rate has come to 0: more of them would move nothing. Reset, and give train more epochs.`,
    risen: (before: string, after: string, rate: string) =>
      `The loss has not fallen: it was ${before} at the start, and is ${after}. With the rate ${rate} the steps are too long, or too short, or the units are saturated. Try another rate.`,
    stuck: (epochs: string, loss: string, rate: string) =>
      `For ${epochs} epochs the loss has stayed at ${loss} to the last digit: no weight moves any more. Units that are saturated or dead have no slope; with the rate ${rate} the steps may have been too long. Reset, and try another rate.`,
    converged: (epoch: string) =>
      `After epoch ${epoch} no weight moves any more (w_new ≈ w_old): training has converged.`,
    exploded: (loss: string, rate: string, step: string) =>
      `The loss exploded: it was ${loss} at step ${step}, with the learning rate ${rate}. Each step went further than the slope holds, so the weights grew without end. Training has stopped; the last good weights are shown.`,
    recover: (rate: string) => `Go on from them with the rate ${rate}`,
  },
  failed: (why: string) => `Training cannot go on: ${why}`,
  reason: ({ message }: RefusedNumbers): string => message,
  resume: {
    offer: (epoch: number, wasRunning: boolean) =>
      wasRunning
        ? `This network was being trained here when the page was left, after ${epochsEn(epoch)}.`
        : `This network was trained here before, for ${epochsEn(epoch)}.`,
    yes: 'Resume',
    no: 'Start anew',
    unfit: (why: string) => `What was kept of the last training does not fit this document: ${why}`,
  },
  files: {
    label: 'Data from files',
    missing: (names: readonly string[]) =>
      `The document names ${names.map((name) => `“${name}”`).join(' and ')}. The files are read in this page and sent nowhere.`,
    choose: 'Choose files …',
    drop: 'or drop them here',
    again: 'Other files …',
    unreadable: (why: string) => `The file cannot be read: ${why}`,
    problem: (_file: RefusedFile, message: string): string => message,
  },
  curves: {
    label: 'Curves over the epochs',
    loss: 'Loss',
    accuracy: 'Share answered right',
    train: 'training',
    validation: 'validation',
    epoch: 'Epoch',
    log: 'Log scale',
    none: 'The curves begin with the first epoch.',
    at: (epoch: string, parts: string) => `Epoch ${epoch}: ${parts}`,
    part: (name: string, value: string) => `${name} ${value}`,
    table: 'As a table',
    every: (count: string) => `Every ${count}th epoch`,
  },
  plane: {
    label: 'Decision boundary',
    regression: 'What it answers',
    about: (right: string, of: string) =>
      `The class that the network answers at each point of the plane; the stronger its colour, the surer. ${right} of ${of} examples are on the right side.`,
    curve: (name: string) => `What the network answers to each ${name}, and the examples.`,
    heat: 'What the network answers at each point of the plane: blue positive, orange and striped negative.',
    hint: 'Click an example to see it in the picture and the run, anywhere else to ask about that point.',
    sure: (name: string, share: string) => `class ${name}, ${share} sure`,
    kept: 'Hollow ones are kept for validation.',
    margin: (name: string, output: string) => `class ${name}, with the output ${output}`,
    noShare:
      'This loss makes no probabilities: the colour goes by how far the output is on its way to what is wanted.',
    here: (x: string, y: string, answer: string) => `At (${x}, ${y}): ${answer}`,
  },
  predictions: {
    label: 'Answers',
    show: 'Show',
    filters: { all: 'all', wrong: 'wrong ones', train: 'trained on', validation: 'kept for validation' },
    pair: (wanted: string, answered: string) => `wanted ${wanted}, answered ${answered}`,
    anyPair: 'all pairs',
    example: 'Example',
    input: 'Input',
    wanted: 'Wanted',
    answer: 'Answer',
    certainty: 'Sure',
    error: 'Off by',
    verdict: 'Right?',
    right: 'right',
    wrong: 'wrong',
    none: 'No example is like that.',
    range: (from: string, to: string, of: string) => `${from} to ${to} of ${of}`,
    earlier: 'Earlier ones',
    later: 'Later ones',
    sort: 'Worst first',
    open: (index: string, wanted: string, answer: string, right: string) =>
      `Show example ${index}: wanted ${wanted}, answered ${answer}, ${right}`,
    asOf: 'As of the last time it paused.',
  },
  confusion: {
    label: 'What is taken for what',
    about: 'Rows: wanted. Columns: answered. A number leads to its examples.',
    wanted: 'wanted',
    cell: (count: string, wanted: string, answered: string) =>
      `${count} times ${wanted}, answered ${answered}`,
  },
  neurons: {
    label: 'What does this neuron look for?',
    layer: 'Layer',
    layerName: (layer: string, isOutput: boolean) => (isOutput ? `${layer} (output)` : layer),
    neuron: (index: string) => `Neuron ${index}`,
    picture: 'Its weights as a picture: blue +, orange and striped −, white 0.',
    plane: 'Its activation over the plane of the inputs: blue +, orange and striped −.',
    bars: 'Its weights, from the first input to the last: blue + up, orange and striped − down.',
    described: (neuron: string, largest: string, smallest: string) =>
      `${neuron}: weights from ${smallest} to ${largest}`,
    some: (shown: string, of: string) => `${shown} of ${of} neurons`,
  },
  weights: {
    label: (neuron: string) => `Weights of ${neuron.toLowerCase()}`,
    freeze: (name: string) => `Freeze ${name}`,
    bias: 'bias',
    input: (name: string) => `input ${name}`,
    neuron: (name: string) => `neuron ${name}`,
    freezeAll: 'Freeze all of them',
    thawAll: 'Free all of them',
    freezeLayer: 'Freeze the layer',
    thawLayer: 'Free the layer',
    largest: (shown: string, of: string) => `The ${shown} largest of ${of}.`,
    hint: 'A number that is entered is where training goes on from; a frozen one stays.',
  },
  saving: {
    label: 'Weights in files',
    save: 'Save',
    json: 'JSON',
    onnx: 'ONNX',
    pytorch: 'PyTorch',
    open: 'Open weights …',
    about:
      'JSON is read back here; ONNX and PyTorch carry the network to engines that scale. A PyTorch state dict as JSON can be opened, too.',
    opened: (name: string) => `The weights of ${name} are in the network.`,
    refused: (name: string, why: string) => `${name} does not fit: ${why}`,
    failed: (why: string) => `The file could not be written: ${why}`,
  },
};
