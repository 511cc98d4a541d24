import { inputsOf } from './parts.ts';
import type { NetworkParts } from './parts.ts';

/** What is open of a network: all of it, a layer, a neuron, its sum, one product of the sum, or the loss. */
export type NetworkLevel =
  | { readonly kind: 'network' }
  | { readonly kind: 'loss' }
  | { readonly kind: 'layer'; readonly layer: number }
  | { readonly kind: 'neuron'; readonly layer: number; readonly unit: number }
  | { readonly kind: 'sum'; readonly layer: number; readonly unit: number }
  | { readonly kind: 'term'; readonly layer: number; readonly unit: number; readonly term: number };

/** The names of the open levels, from the outermost: `['layer 2', 'neuron 3', 'sum', 'term 5']`. Layers count from 1, the rest from 0. */
export function pathOf(level: NetworkLevel): readonly string[] {
  switch (level.kind) {
    case 'network':
      return [];
    case 'loss':
      return ['loss'];
    case 'layer':
      return [`layer ${level.layer + 1}`];
    case 'neuron':
      return [`layer ${level.layer + 1}`, `neuron ${level.unit}`];
    case 'sum':
      return [`layer ${level.layer + 1}`, `neuron ${level.unit}`, 'sum'];
    case 'term':
      return [`layer ${level.layer + 1}`, `neuron ${level.unit}`, 'sum', `term ${level.term}`];
  }
}

/** The level that a path leads to, as far as the network has it. */
export function levelAt(path: readonly string[], parts: NetworkParts): NetworkLevel {
  if (path[0] === 'loss' && parts.loss >= 0) return { kind: 'loss' };
  const layer = numberIn(path[0], 'layer') - 1;
  if (!(layer >= 0 && layer < parts.layers.length)) return { kind: 'network' };
  const unit = numberIn(path[1], 'neuron');
  if (!(unit >= 0 && unit < parts.layers[layer].z.length)) return { kind: 'layer', layer };
  if (path[2] !== 'sum') return { kind: 'neuron', layer, unit };
  const term = numberIn(path[3], 'term');
  if (!(term >= 0 && term < inputsOf(parts, layer))) return { kind: 'sum', layer, unit };
  return { kind: 'term', layer, unit, term };
}

/** The level around a level; null for the outermost. */
export function levelAbove(level: NetworkLevel): NetworkLevel | null {
  switch (level.kind) {
    case 'network':
      return null;
    case 'loss':
    case 'layer':
      return { kind: 'network' };
    case 'neuron':
      return { kind: 'layer', layer: level.layer };
    case 'sum':
      return { kind: 'neuron', layer: level.layer, unit: level.unit };
    case 'term':
      return { kind: 'sum', layer: level.layer, unit: level.unit };
  }
}

/** The whole number behind a word, NaN where there is none. */
function numberIn(text: string | undefined, word: string): number {
  const match = text?.match(/^(\w+) (\d{1,7})$/);
  return match?.[1] === word ? Number(match[2]) : NaN;
}
