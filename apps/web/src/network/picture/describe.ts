import type { NetworkItem, NetworkNumbers } from '@backflow/graph';
import type { Messages } from '@backflow/messages';
import { derivativeText, formatExact, formatNumber, nameToText, nodeTitle } from '@backflow/print';
import { count, pictureOf, type View } from './views.ts';

/** An item in words, for those who hear the picture. */
export function describeItem(view: View, item: NetworkItem, messages: Messages['graph']): string {
  const { texts, numbers } = view;
  const { items } = texts;
  const name = titleOf(view, item.node);
  const value = valueOf(view, item.node);
  const gradient = gradientOf(view, item.node, messages);
  switch (item.kind) {
    case 'image': {
      const picture = pictureOf(view)!;
      return items.image(String(picture.width), String(picture.height));
    }
    case 'layer':
      return items.layer(columnName(view, item.layer), unitsOf(view, item.layer));
    case 'more':
      return items.more(columnName(view, item.layer), item.text ?? '');
    case 'target':
      return items.target(name, value);
    case 'loss':
      return items.loss(value);
    case 'rest':
      return items.rest(item.text ?? '');
    case 'term':
      if (item.node < 0) return texts.term(item.unit);
      return items.term(name, productOf(view, item), gradient);
    case 'input':
      return items.input(name, value);
    default:
      return numbers.known(item.node) ? items.neuron(name, value, gradient) : `${name}, ${items.unknown}`;
  }
}

function columnName({ texts, ground }: View, layer: number): string {
  if (layer < 0) return texts.inputs;
  return layer === ground.parts.layers.length - 1 && layer > 0 ? texts.outputs : texts.layer(layer + 1);
}

function unitCount({ ground }: View, layer: number): number {
  return layer < 0 ? ground.parts.inputs.length : ground.parts.layers[layer].z.length;
}

function unitsOf(view: View, layer: number): string {
  const units = unitCount(view, layer);
  return view.texts.units(count(units), units === 1);
}

export function titleOf({ ground }: View, node: number): string {
  const { shown } = ground.run;
  if (node < 0) return '';
  const name = shown.names.get(node);
  return name === undefined ? nodeTitle(shown, node, 24) : nameToText(name);
}

function valueOf({ numbers, texts }: View, node: number): string {
  if (node < 0 || !numbers.known(node)) return texts.items.unknown;
  return formatNumber(numbers.value(node), { digits: numbers.digits });
}

function productOf({ ranked, numbers, ground, level }: View, item: NetworkItem): string {
  if (level.kind !== 'neuron' && level.kind !== 'sum') return '';
  const { z } = ground.parts.layers[level.layer];
  const product = ranked?.product[item.unit] ?? NaN;
  return numbers.known(z[level.unit]) ? formatNumber(product, { digits: numbers.digits }) : '—';
}

/** "∂loss/∂w = 0.31, final". */
function gradientOf(view: View, node: number, messages: Messages['graph']): string {
  const { numbers } = view;
  if (node < 0) return '';
  const name = derivativeName(view, node);
  const total = formatNumber(numbers.gradient(node), { digits: numbers.digits });
  const state = numbers.state(node);
  if (state === 'final') return messages.gradient.final(name, total);
  if (state === 'partial') return `${name} = ${total} + …`;
  return messages.gradient[state](name);
}

export function derivativeName(view: View, node: number): string {
  return derivativeText(titleOf(view, view.ground.run.trace.of), titleOf(view, node));
}

/** Every digit of an item's numbers, as lines. */
export function detailsOf(view: View, item: NetworkItem): readonly string[] {
  const { numbers, ground, texts } = view;
  const { layers } = ground.parts;
  const lines: string[] = [];
  const say = (node: number): void => {
    const known = numbers.known(node);
    lines.push(`${titleOf(view, node)} = ${known ? formatExact(numbers.value(node)) : '—'}`);
    lines.push(`${derivativeName(view, node)} = ${exactGradient(numbers, node)}`);
  };
  if (item.kind === 'neuron' || item.kind === 'activation') {
    const { z, a, biases } = layers[item.layer];
    say(a[item.unit]);
    if (z[item.unit] !== a[item.unit]) say(z[item.unit]);
    if (biases !== null) say(biases[item.unit]);
  } else if (item.kind === 'image') {
    lines.push(describeItem(view, item, {} as Messages['graph']));
  } else if (item.kind === 'layer') {
    lines.push(`${columnName(view, item.layer)}: ${unitsOf(view, item.layer)}`);
  } else if (item.node >= 0) {
    say(item.node);
    if (item.kind === 'term' && view.ranked !== null)
      lines.push(`w · a = ${formatExact(view.ranked.product[item.unit])}`);
  } else if (item.kind === 'rest') lines.push(texts.items.rest(item.text ?? ''));
  return lines;
}

export function exactGradient(numbers: NetworkNumbers, node: number): string {
  switch (numbers.state(node)) {
    case 'none':
      return '—';
    case 'zero':
      return '0';
    case 'partial':
      return `${formatExact(numbers.gradient(node))} + …`;
    case 'final':
      return formatExact(numbers.gradient(node));
  }
}
