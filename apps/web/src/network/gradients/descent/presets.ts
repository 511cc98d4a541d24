/** Functions to begin with, and from where. */
export interface Preset {
  readonly text: string;
  readonly start: readonly number[];
  readonly rate: number;
  readonly from: readonly number[];
  readonly to: readonly number[];
}

export const PRESETS = {
  parabola: { text: 'w²', start: [3], rate: 0.2, from: [-4], to: [4] },
  minima: { text: 'w⁴/4 − 2w² + w', start: [0.5], rate: 0.05, from: [-3.2], to: [3.2] },
  waves: { text: '2 sin(x²) + √(5x)', start: [1], rate: 0.02, from: [0], to: [4] },
  bowl: { text: '3/2 x² + 1/2 y²', start: [1, 1], rate: 0.1, from: [-1.5, -1.5], to: [1.5, 1.5] },
  rosenbrock: {
    text: '(1 − x)² + 100 (y − x²)²',
    start: [-1.2, 1],
    rate: 0.001,
    from: [-2, -1],
    to: [2, 3],
  },
} satisfies Readonly<Record<string, Preset>>;

export type PresetName = keyof typeof PRESETS;
export const PRESET_NAMES = Object.keys(PRESETS) as PresetName[];

/** Where a function of the reader's own is looked at first. */
export const OWN_REACH = 4;
