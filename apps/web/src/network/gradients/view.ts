import { signal } from '@preact/signals';

/** What the gradients are explained by, one at a time. */
export const GRADIENT_TABS = ['wishes', 'ways', 'layers', 'units', 'cost', 'descent'] as const;
export type GradientTab = (typeof GRADIENT_TABS)[number];

/** Of which examples the mean is taken. */
export const SHARES = ['all', 'train', 'validation'] as const;
export type Share = (typeof SHARES)[number];

export const DEPTHS = [2, 10, 20, 100] as const;

export interface GradientView {
  readonly tab: GradientTab;
  readonly share: Share;
  readonly order: 'place' | 'size';
  /** The layer whose rows are shown, and the unit; -1 for all. */
  readonly layer: number;
  readonly unit: number;
  /** Parameters that are compared, at most two. */
  readonly compared: readonly number[];
  /** The unit whose output is to be raised; the last layer for -1. */
  readonly raisedLayer: number;
  readonly raisedUnit: number;
}

/** What the reader looks at; stays while other tabs are looked at. */
export const gradientView = signal<GradientView>({
  tab: 'wishes',
  share: 'all',
  order: 'place',
  layer: -1,
  unit: -1,
  compared: [],
  raisedLayer: -1,
  raisedUnit: 0,
});

export function change(next: Partial<GradientView>): void {
  gradientView.value = { ...gradientView.peek(), ...next };
}
