import type { Language } from '@backflow/messages';
import type { AlgorithmName, CounterName, Granularity } from '@backflow/trace';
import type { GrowthFamily, MemoTab } from '../memo/contract.ts';
import type { NetworkTab } from '../network/contract.ts';

export const SPEEDS = [0.25, 0.5, 1, 2, 4, 8, 16, 32] as const;

export const MODES = ['graph', 'table', 'memo', 'network'] as const;
export type Mode = (typeof MODES)[number];

export const THEMES = ['auto', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

/** Parts of the page that a link may leave out. */
export const HIDEABLE = ['source', 'inspector', 'menu', 'transport'] as const;
export type Hideable = (typeof HIDEABLE)[number];

/** What a phone shows: one of its tabs. */
export const TABS = ['source', 'graph', 'table', 'memo', 'network'] as const;
export type Tab = (typeof TABS)[number];

/** What the learner predicts before it is shown. */
export const PREDICTIONS = ['off', 'node', 'gradient'] as const;
export type Predict = (typeof PREDICTIONS)[number];

/** What the memoization view shows: one of its tabs, and where each of them stands. */
export interface MemoChoice {
  readonly tab: MemoTab;
  /** The two algorithms that run side by side. */
  readonly left: AlgorithmName;
  readonly right: AlgorithmName;
  /** How many merges have folded the tree; as many as there are where it has fewer. */
  readonly folds: number;
  /** How many derivatives are stored of those that are written out; likewise. */
  readonly stored: number;
  /** Written out are the derivatives by every leaf, not only by the weights. */
  readonly inputs: boolean;
  /** Also by names that only pass on what they get. */
  readonly between: boolean;
  /** What is plotted against the size of which programs, and the size that is read off. */
  readonly family: GrowthFamily;
  readonly counter: CounterName;
  readonly size: number;
}

/** What the network view shows. */
export interface NetworkChoice {
  readonly tab: NetworkTab;
  /** The levels that are open in the picture, from the outermost: `layer 1`, `neuron 3`, `sum`. */
  readonly path: readonly string[];
  /** The edges show gradients, not weights. */
  readonly gradients: boolean;
}

/** Stands for all merges, and for all that can be stored. */
export const ALL = 1_000_000_000;

/** What the reader set up once and keeps on every visit. */
export interface Settings {
  readonly language: Language;
  readonly theme: Theme;
  /** Significant digits of printed numbers, 2 to 10. */
  readonly digits: number;
  /** Off: keys that are a single character do nothing. */
  readonly singleKeys: boolean;
  /** Explanations and right numbers of notes are shown at once, not when asked for. */
  readonly teacher: boolean;
}

/** How the document is looked at. Undo does not cover it; a link does. */
export interface Session {
  /** A text without a fence is notes, not a program. */
  readonly notes: boolean;
  readonly granularity: Granularity;
  readonly speed: number;
  /** Key of the selected node. */
  readonly selected: string | null;
  /** Keys of the sums that are shown as their two-operand parts. */
  readonly open: ReadonlySet<string>;
  readonly mode: Mode;
  /** A link said which mode: the document does not choose its own. */
  readonly modeGiven: boolean;
  readonly tab: Tab;
  readonly memo: MemoChoice;
  readonly network: NetworkChoice;
  readonly predict: Predict;
  /** Whether the source pane is unfolded. */
  readonly source: boolean;
  /** Whether the inspector is unfolded. */
  readonly inspector: boolean;
  /** It opens by itself on a selection until the reader has folded it by hand. */
  readonly inspectorOpens: boolean;
  /** Digits that a link asks for; null for those of the settings. */
  readonly digits: number | null;
  /** Learning rate of a closing update pass; null for none. */
  readonly rate: number | null;
  readonly following: boolean;
  readonly projector: boolean;
  /** Index of the document's stop that was gone to last, -1 for none. */
  readonly stop: number;
  readonly blank: boolean;
  readonly hide: ReadonlySet<Hideable>;
}

export const DIGITS = { least: 2, usual: 4, most: 10 } as const;

export const initialSettings: Settings = {
  language: 'en',
  theme: 'auto',
  digits: DIGITS.usual,
  singleKeys: true,
  teacher: false,
};

export const initialSession: Session = {
  notes: false,
  granularity: 'edge',
  speed: 1,
  selected: null,
  open: new Set(),
  mode: 'graph',
  modeGiven: false,
  tab: 'graph',
  memo: {
    tab: 'beside',
    left: 'path-sum',
    right: 'reverse',
    folds: 0,
    stored: 0,
    inputs: false,
    between: false,
    family: 'doubling',
    counter: 'multiplications',
    size: 10,
  },
  network: { tab: 'picture', path: [], gradients: false },
  predict: 'off',
  source: true,
  inspector: false,
  inspectorOpens: true,
  digits: null,
  rate: null,
  following: true,
  projector: false,
  stop: -1,
  blank: false,
  hide: new Set(),
};
