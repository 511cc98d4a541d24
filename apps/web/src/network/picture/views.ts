import {
  layerScene,
  lossScene,
  networkScene,
  neuronScene,
  pageOf,
  termScene,
  termsShown,
  UNITS_MOST,
  type EdgeShade,
  type Measure,
  type NetworkLevel,
  type NetworkNumbers,
  type NetworkScene,
  type Page,
  type RankedTerms,
} from '@backflow/graph';
import type { NetworkMessages } from '@backflow/messages';
import type { Dataset } from '@backflow/nn';
import { formatCount, nodeTitle } from '@backflow/print';
import type { Ground } from './timing.ts';

/** What is drawn, and how. */
export interface View {
  readonly ground: Ground;
  readonly level: NetworkLevel;
  readonly numbers: NetworkNumbers;
  readonly dataset: Dataset | null;
  readonly texts: NetworkMessages['picture'];
  readonly dark: boolean;
  readonly measure: Measure;
  readonly width: number;
  readonly height: number;
  readonly readable: number;
  readonly shade: EdgeShade;
  readonly selected: number;
  readonly hovered: { readonly layer: number; readonly unit: number } | null;
  readonly pages: ReadonlyMap<string, number>;
  /** The terms of the open neuron or sum by size. */
  readonly ranked: RankedTerms | null;
}

/** The name of the list that a sum's pages are kept under. */
export const sumList = (layer: number, unit: number): string => `sum ${layer} ${unit}`;
export const columnList = (layer: number): string => `column ${layer}`;

/** Which terms of an open sum are shown. */
export function sumPage(view: View, layer: number, unit: number): Page {
  const most = Math.max(6, Math.min(UNITS_MOST, Math.floor((view.height - 60) / 27) - 2));
  const count = view.ranked?.order.length ?? 0;
  return pageOf(count, most, view.pages.get(sumList(layer, unit)) ?? 0);
}

/** The picture of the open level. */
export function sceneOf(view: View): NetworkScene {
  const { ground, level, numbers, measure, texts, selected, width, height, readable } = view;
  const { parts, run } = ground;
  const { shown } = run;
  const theme = view.dark ? 'dark' : 'light';
  const name = (node: number): string => shown.names.get(node) ?? nodeTitle(shown, node, 18);
  const loss = name(run.trace.of);
  const sizes = { width, height, measure, numbers, selected, theme } as const;
  const last = parts.layers.length - 1;
  switch (level.kind) {
    case 'network':
    case 'layer': {
      const { dataset } = view;
      const picture = pictureOf(view);
      const words = {
        inputs: texts.inputs,
        layer: texts.layer,
        outputs: texts.outputs,
        activation: (layer: number) => texts.activations[activationOf(ground, layer)],
        units: texts.units,
        loss: texts.loss,
        target: texts.target,
        more: texts.more,
        output: (unit: number) =>
          dataset !== null && dataset.classes.length === parts.layers[last].z.length
            ? dataset.classes[unit]
            : null,
        input: (unit: number) =>
          dataset !== null && picture === null && dataset.columns.length > unit
            ? dataset.columns[unit]
            : null,
      };
      const options = {
        ...sizes,
        picture,
        signed: picture?.signed ?? false,
        page: (layer: number) => view.pages.get(columnList(layer)) ?? 0,
        readable,
        words,
        shade: view.shade,
        hovered: view.hovered,
        loss,
      };
      if (level.kind === 'network') return networkScene(parts, options);
      const layerWords = { neuron: texts.neuron, bias: 'b', more: texts.more };
      return layerScene(parts, { ...options, layer: level.layer, layerWords });
    }
    case 'neuron':
    case 'sum': {
      const { layer, unit } = level;
      const only = level.kind === 'sum';
      const { from, to } = only
        ? sumPage(view, layer, unit)
        : { from: 0, to: termsShown(view.ranked!.order.length) };
      const ranked = view.ranked!;
      const all = ranked.order.length;
      return neuronScene(parts, {
        ...sizes,
        words: {
          bias: texts.bias,
          sum: 'z',
          slope: texts.slope,
          rest: texts.rest,
          users: texts.users,
          loss: texts.loss,
        },
        layer,
        unit,
        ranked,
        from,
        to: Math.min(to, all),
        users: termsShown(parts.layers[layer + 1]?.z.length ?? 0),
        loss,
        name,
        activation: texts.activations[activationOf(ground, layer)],
        curve: curveOf(activationOf(ground, layer)),
        slope: () => slopeOf(ground, layer, unit),
        only,
      });
    }
    case 'term':
      return termScene(parts, {
        ...sizes,
        words: { value: texts.value, product: texts.product, part: texts.part },
        layer: level.layer,
        unit: level.unit,
        term: level.term,
        loss,
        name,
      });
    case 'loss':
      return lossScene(parts, shown, {
        ...sizes,
        loss,
        title: (node) => {
          const own = shown.names.get(node);
          return own === undefined ? nodeTitle(shown, node, 18) : own;
        },
        more: (count) => texts.more(count),
      });
  }
}

type Activation = Ground['network']['network']['activation'];

function activationOf({ network, parts }: Ground, layer: number): Activation {
  return layer === parts.layers.length - 1 ? network.network.output : network.network.activation;
}

/** Data whose pictures are known before they are there. */
const PICTURES: ReadonlyMap<string, NonNullable<Dataset['picture']>> = new Map([
  ['camera', { width: 2, height: 2, signed: true }],
  ['digits', { width: 28, height: 28, signed: false }],
]);

/** The shape of the input if it is a picture. */
export function pictureOf({ ground, dataset }: Pick<View, 'ground' | 'dataset'>): Dataset['picture'] {
  const { network, parts } = ground;
  const picture = dataset === null ? (PICTURES.get(network.data?.kind ?? '') ?? null) : dataset.picture;
  return picture !== null && picture.width * picture.height === parts.inputs.length ? picture : null;
}

function curveOf(activation: Activation): ((z: number) => number) | null {
  switch (activation) {
    case 'identity':
    case 'softmax':
      return null;
    case 'step':
      return (z) => (z > 0 ? 1 : 0);
    case 'sigmoid':
      return (z) => 1 / (1 + Math.exp(-z));
    case 'tanh':
      return Math.tanh;
    case 'relu':
      return (z) => Math.max(0, z);
    case 'leakyRelu':
      return (z) => (z > 0 ? z : 0.01 * z);
  }
}

/** The derivative of a by z, as the run has it. */
function slopeOf({ run, parts }: Ground, layer: number, unit: number): number | null {
  const { a, z } = parts.layers[layer];
  const { inputs, inputStart } = run.shown;
  if (a[unit] === z[unit]) return null;
  for (let entry = inputStart[a[unit]]; entry < inputStart[a[unit] + 1]; entry++)
    if (inputs[entry] === z[unit]) return run.local[entry];
  return null;
}

export const count = (x: number): string => formatCount(x);
