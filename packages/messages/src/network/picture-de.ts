import type { pictureEn } from './picture-en.ts';

const ordinary = (count: string, one: boolean, single: string, many: string) =>
  `${count} ${one ? single : many}`;

export const pictureDe: typeof pictureEn = {
  label: 'Bild des Netzes',
  path: 'Offene Ebenen',
  network: 'Netz',
  layer: (number) => `Schicht ${number}`,
  neuron: (unit) => `Neuron ${unit}`,
  sum: 'Summe',
  term: (term) => `Produkt ${term}`,
  loss: 'Loss',
  inputs: 'Eingaben',
  outputs: 'Ausgabe',
  target: 'Ziel',
  bias: 'Bias',
  units: (count, one) => ordinary(count, one, 'Einheit', 'Einheiten'),
  more: (count) => `${count} weitere`,
  activations: {
    identity: 'Identität',
    step: 'Stufe',
    sigmoid: 'Sigmoid',
    tanh: 'tanh',
    relu: 'ReLU',
    leakyRelu: 'Leaky ReLU',
    softmax: 'Softmax',
  },
  rest: (count) => `${count} weitere zusammen`,
  users: 'genutzt von',
  slope: 'Steigung',
  value: 'Wert',
  product: 'Produkt',
  part: 'hier:',
  shade: { label: 'Kanten zeigen', weights: 'Gewichte', gradients: 'Gradienten' },
  open: 'Öffnen',
  details: 'Einzelheiten',
  showInGraph: 'Im Graphen zeigen',
  hint: 'Doppelklick oder Enter öffnet, Esc geht eine Ebene höher.',
  previous: 'Vorige Seite',
  next: 'Nächste Seite',
  page: (from, to, count) => `${from}–${to} von ${count}`,
  sorted: 'der Größe nach',
  totals: (shown, count, sum, rest, restSum) =>
    `Die ${shown} größten von ${count} Produkten ergeben ${sum}, die anderen ${rest} ${restSum}`,
  pageTotals: (from, to, count, sum, restSum) =>
    `Produkte ${from}–${to} von ${count}, der Größe nach, ergeben ${sum}, alle anderen ${restSum}`,
  allTotals: (count, one, sum) =>
    one ? `Das einzige Produkt ist ${sum}` : `Die ${count} Produkte ergeben ${sum}`,
  withBias: (bias, z) => `mit Bias ${bias}: z = ${z}`,
  withoutBias: (z) => `z = ${z}`,
  legend: {
    positive: 'positiv',
    negative: 'negativ',
    weights: (most) => `am breitesten: |w| = ${most}`,
    weightsOfLayers: 'Breite: |w|, in jeder Schicht an ihrem größten gemessen',
    gradients: (most) => `am breitesten: ${most}`,
    ring: 'Ring: Gradient',
    fill: 'Füllung: Aktivierung',
  },
  items: {
    input: (name, value) => `Eingabe ${name}, ${value}`,
    image: (width, height) => `Bild aus ${width} × ${height} Eingaben`,
    neuron: (name, value, gradient) => `${name} = ${value}, ${gradient}`,
    layer: (name, units) => `${name}, ${units}, öffnen`,
    more: (name, count) => `${name}: ${count} weitere, nächste Seite`,
    target: (name, value) => `Ziel ${name}, ${value}`,
    loss: (value) => `Loss ${value}, öffnen`,
    term: (name, product, gradient) => `${name}: Produkt ${product}, ${gradient}`,
    rest: (sum) => `alle anderen zusammen: ${sum}`,
    unknown: 'noch nicht berechnet',
  },
  steps: {
    name: 'Schritt des Netzes',
    begin: 'Eingaben, Gewichte und Bias sind da; der Vorwärtslauf hat noch nicht begonnen.',
    forwardLayer: (layer, count, one, value, unit) =>
      `Schicht ${layer}: ${one ? 'Summe und Aktivierung sind' : `${count} Summen und Aktivierungen sind`} berechnet; ${one ? `a = ${value}` : `größte a = ${value} bei Neuron ${unit}`}.`,
    forwardNeuron: (layer, unit, z, a) =>
      `Neuron ${unit} in Schicht ${layer}: z = ${z}${a === null ? '' : `, a = ${a}`}.`,
    forwardLoss: (loss, value) => `${loss} = ${value}: Der Vorwärtslauf ist fertig.`,
    backwardLoss: (outputs, count, one, value, unit) =>
      `Vom Loss zurück zu ${one ? 'der Ausgabe' : 'den Ausgaben'}: ${outputs} von ${ordinary(count, one, 'Ausgabe ist', 'Ausgaben sind')} bekannt; ${one ? value : `am größten ${value} bei Ausgabe ${unit}`}.`,
    backwardLayer: (layer, weights, below, count, value, unit) =>
      `Schicht ${layer} ist fertig: ∂/∂w ihrer ${weights} Parameter sind bekannt, und ${below} von ${count} Neuronen; am größten ${value} bei Neuron ${unit}.`,
    backwardFirst: (layer, weights, value, name) =>
      `Schicht ${layer} ist fertig: ∂/∂w ihrer ${weights} Parameter sind bekannt; am größten ${value} bei ${name}.`,
    backwardNeuron: (layer, unit, slope, count) =>
      `Neuron ${unit} in Schicht ${layer} ist fertig: ${slope} ging an seine ${count} Gewichte, an den Bias, wenn es einen hat, und hinab zu jeder seiner Eingaben.`,
    rest: (count, value, name) =>
      `Die anderen ${count} Produkte haben ihre Gradienten; am größten ${value} bei ${name}.`,
    forwardPart: (layer) => `Schicht ${layer} wird gerade berechnet.`,
    partial: (layer) => `Der Gradient ist unterwegs durch Schicht ${layer}.`,
    update: (rate) => `Jeder Parameter macht einen Schritt gegen seinen Gradienten, mit Lernrate ${rate}.`,
  },
};
