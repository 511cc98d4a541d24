const ordinary = (count: string, one: boolean, single: string, many: string) =>
  `${count} ${one ? single : many}`;

/** The picture of a network. Layers count from 1, neurons and products from 0, as in their names. Numbers come printed. */
export const pictureEn = {
  label: 'Picture of the network',
  path: 'Open levels',
  network: 'Network',
  layer: (number: number) => `Layer ${number}`,
  neuron: (unit: number) => `Neuron ${unit}`,
  sum: 'Sum',
  term: (term: number) => `Product ${term}`,
  loss: 'Loss',
  inputs: 'Inputs',
  outputs: 'Output',
  target: 'target',
  bias: 'bias',
  units: (count: string, one: boolean) => ordinary(count, one, 'unit', 'units'),
  more: (count: string) => `${count} more`,
  activations: {
    identity: 'identity',
    step: 'step',
    sigmoid: 'sigmoid',
    tanh: 'tanh',
    relu: 'relu',
    leakyRelu: 'leaky relu',
    softmax: 'softmax',
  },
  rest: (count: string) => `${count} more, together`,
  users: 'used by',
  slope: 'slope',
  value: 'value',
  product: 'product',
  part: 'here:',
  shade: { label: 'Edges show', weights: 'weights', gradients: 'gradients' },
  open: 'Open',
  details: 'Details',
  showInGraph: 'Show in graph',
  hint: 'Double-click or Enter opens, Esc goes up.',
  previous: 'Previous page',
  next: 'Next page',
  page: (from: string, to: string, count: string) => `${from}–${to} of ${count}`,
  sorted: 'by size',
  /** "12 largest of 784 products: 1.2; the other 772: −0.3; bias 0.1; z = 1.0" */
  totals: (shown: string, count: string, sum: string, rest: string, restSum: string) =>
    `The ${shown} largest of ${count} products sum to ${sum}, the other ${rest} to ${restSum}`,
  pageTotals: (from: string, to: string, count: string, sum: string, restSum: string) =>
    `Products ${from}–${to} of ${count}, by size, sum to ${sum}, all others to ${restSum}`,
  allTotals: (count: string, one: boolean, sum: string) =>
    one ? `The only product is ${sum}` : `The ${count} products sum to ${sum}`,
  withBias: (bias: string, z: string) => `with bias ${bias}: z = ${z}`,
  withoutBias: (z: string) => `z = ${z}`,
  legend: {
    positive: 'positive',
    negative: 'negative',
    weights: (most: string) => `widest: |w| = ${most}`,
    weightsOfLayers: 'width: |w|, in each layer by its largest',
    gradients: (most: string) => `widest: ${most}`,
    ring: 'ring: gradient',
    fill: 'fill: activation',
  },
  /** What screen readers are told of an item. */
  items: {
    input: (name: string, value: string) => `input ${name}, ${value}`,
    image: (width: string, height: string) => `picture of ${width} × ${height} inputs`,
    neuron: (name: string, value: string, gradient: string) => `${name} = ${value}, ${gradient}`,
    layer: (name: string, units: string) => `${name}, ${units}, open`,
    more: (name: string, count: string) => `${name}: ${count} more, next page`,
    target: (name: string, value: string) => `target ${name}, ${value}`,
    loss: (value: string) => `loss ${value}, open`,
    term: (name: string, product: string, gradient: string) => `${name}: product ${product}, ${gradient}`,
    rest: (sum: string) => `all others together: ${sum}`,
    unknown: 'not computed yet',
  },
  /** The steps of the forward and the backward pass. */
  steps: {
    name: 'Step of the network',
    begin: 'The inputs, weights and biases are there; the forward pass has not begun.',
    forwardLayer: (layer: number, count: string, one: boolean, value: string, unit: number) =>
      `Layer ${layer}: ${one ? 'its sum and activation are' : `${count} sums and activations are`} computed; ${one ? `a = ${value}` : `largest a = ${value} at neuron ${unit}`}.`,
    forwardNeuron: (layer: number, unit: number, z: string, a: string | null) =>
      `Neuron ${unit} of layer ${layer}: z = ${z}${a === null ? '' : `, a = ${a}`}.`,
    forwardLoss: (loss: string, value: string) => `${loss} = ${value}: the forward pass is done.`,
    backwardLoss: (outputs: string, count: string, one: boolean, value: string, unit: number) =>
      `From the loss back to the ${one ? 'output' : 'outputs'}: ${outputs} of ${ordinary(count, one, 'output is', 'outputs are')} known; ${one ? `it is ${value}` : `largest ${value} at output ${unit}`}.`,
    backwardLayer: (
      layer: number,
      weights: string,
      below: string,
      count: string,
      value: string,
      unit: number,
    ) =>
      `Layer ${layer} is done: ∂/∂w of its ${weights} parameters are known, and ${below} of ${count} neurons; largest ${value} at neuron ${unit}.`,
    backwardFirst: (layer: number, weights: string, value: string, name: string) =>
      `Layer ${layer} is done: ∂/∂w of its ${weights} parameters are known; largest ${value} at ${name}.`,
    backwardNeuron: (layer: number, unit: number, slope: string, count: string) =>
      `Neuron ${unit} of layer ${layer} is done: ${slope} went to its ${count} weights, to its bias if it has one, and down to each of its inputs.`,
    rest: (count: string, value: string, name: string) =>
      `The other ${count} products have their gradients; largest ${value} at ${name}.`,
    forwardPart: (layer: number) => `Layer ${layer} is being computed.`,
    partial: (layer: number) => `The gradient is on its way through layer ${layer}.`,
    update: (rate: string) => `Every parameter takes a step against its gradient, with rate ${rate}.`,
  },
};
