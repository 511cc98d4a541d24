import type { AlgorithmName } from '@backflow/trace';
import { signal } from '@preact/signals';
import type { GrowthFamily } from '../contract.ts';

/** How far the plots go, for each kind of program. */
export const REACHES: Readonly<Record<GrowthFamily, readonly number[]>> = {
  doubling: [20, 100, 1_000, 10_000],
  fibonacci: [20, 100, 1_000, 10_000],
  network: [5, 20, 100],
  own: [5, 20, 100, 1_000],
};

export const WIDTHS = [2, 3, 4, 8, 16] as const;

/** How the plot is looked at; program, counter and size are in the session. */
export interface GrowthView {
  readonly reach: Readonly<Record<GrowthFamily, number>>;
  readonly width: number;
  /** Key of the leaf in whose place the output of a copy stands; null for the selected or the first one. */
  readonly leaf: string | null;
  readonly shown: ReadonlySet<AlgorithmName>;
}

/** What the reader looks at; stays while other tabs are looked at. */
export const growthView = signal<GrowthView>({
  reach: { doubling: 20, fibonacci: 20, network: 20, own: 20 },
  width: 4,
  leaf: null,
  shown: new Set(['path-sum', 'memo', 'reverse', 'numeric', 'forward', 'accumulate-early']),
});

export function change(next: Partial<GrowthView>): void {
  growthView.value = { ...growthView.peek(), ...next };
}
