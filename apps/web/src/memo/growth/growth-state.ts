import type { AlgorithmName, CounterName } from '@backflow/trace';
import { signal } from '@preact/signals';

export const FAMILIES = ['doubling', 'fibonacci', 'network', 'own'] as const;
export type FamilyName = (typeof FAMILIES)[number];

/** How far the plots go, for each kind of program. */
export const REACHES: Readonly<Record<FamilyName, readonly number[]>> = {
  doubling: [20, 100, 1_000, 10_000],
  fibonacci: [20, 100, 1_000, 10_000],
  network: [5, 20, 100],
  own: [5, 20, 100, 1_000],
};

export const WIDTHS = [2, 3, 4, 8, 16] as const;

export interface GrowthView {
  readonly family: FamilyName;
  readonly counter: CounterName;
  readonly reach: Readonly<Record<FamilyName, number>>;
  readonly size: Readonly<Record<FamilyName, number>>;
  readonly width: number;
  /** Key of the leaf in whose place the output of a copy stands; null for the selected or the first one. */
  readonly leaf: string | null;
  readonly shown: ReadonlySet<AlgorithmName>;
}

/** What the reader looks at; stays while other tabs are looked at. */
export const growthView = signal<GrowthView>({
  family: 'doubling',
  counter: 'multiplications',
  reach: { doubling: 20, fibonacci: 20, network: 20, own: 20 },
  size: { doubling: 10, fibonacci: 10, network: 10, own: 10 },
  width: 4,
  leaf: null,
  shown: new Set(['path-sum', 'memo', 'reverse', 'numeric', 'forward', 'accumulate-early']),
});

export function change(next: Partial<GrowthView>): void {
  growthView.value = { ...growthView.peek(), ...next };
}
