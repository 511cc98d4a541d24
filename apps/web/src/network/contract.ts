import type { Dataset, EpochReport, TrainerStop } from '@backflow/nn';
import type { NetworkDocument } from '@backflow/language/network';
import type { NetworkMessages } from '@backflow/messages';
import type { ReadonlySignal } from '@preact/signals';
import type { ComponentType, JSX } from 'preact';
import type { App } from '../state/app.ts';
import type { Run } from '../state/run.ts';
import type { Timeline } from '../state/timeline.ts';

/** What the network view shows, one at a time. */
export const NETWORK_TABS = ['picture', 'training', 'gradients', 'try'] as const;
export type NetworkTab = (typeof NETWORK_TABS)[number];

/** What each tab gets; the network is there and its run is of the present parameters. */
export interface NetworkTabProps {
  readonly app: App;
  readonly run: Run;
  readonly network: NetworkDocument;
  readonly training: Training;
  readonly texts: NetworkMessages;
  readonly dark: boolean;
}

export type NetworkTabView = ComponentType<NetworkTabProps>;

/** `none`: the document says nothing about training. `waiting`: for files that the reader has to give. */
export type TrainingState =
  'none' | 'waiting' | 'preparing' | 'ready' | 'running' | 'paused' | 'finished' | 'failed';

/** The example that is shown: one of the data, or the reader's own. */
export interface ShownExample {
  /** Null for the reader's own. */
  readonly index: number | null;
  readonly x: Float64Array;
  /** What is wanted: the class, or the numbers. */
  readonly y: Float64Array;
}

/** The training of the document's network. The numbers that train are in a worker; these are the last that it sent. */
export interface Training {
  readonly state: ReadonlySignal<TrainingState>;
  /** Null until the data are there. */
  readonly dataset: ReadonlySignal<Dataset | null>;
  /** Indices of the examples that are trained on, and of those kept for validation. */
  readonly split: ReadonlySignal<{ readonly train: Int32Array; readonly validation: Int32Array } | null>;
  /** In the order of the spec's layout. A new array each time. */
  readonly parameters: ReadonlySignal<Float64Array>;
  /** 1 where a parameter is frozen. */
  readonly frozen: ReadonlySignal<Uint8Array>;
  /** One entry per finished epoch; the first is of the parameters that training began with, epoch 0. */
  readonly epochs: ReadonlySignal<readonly EpochReport[]>;
  /** Steps that were taken, of which there are `perEpoch`, the loss of the last one's batch, and the rate of the next one. */
  readonly progress: ReadonlySignal<{
    readonly step: number;
    readonly perEpoch: number;
    readonly loss: number;
    readonly rate: number;
    readonly examplesPerSecond: number;
  }>;
  /** Why it ended; null while it has not. */
  readonly stop: ReadonlySignal<TrainerStop | null>;
  readonly example: ReadonlySignal<ShownExample | null>;
  /** The rate and the penalties that differ from the document's, since the reader changed them while it trained. */
  readonly rate: ReadonlySignal<number>;
  readonly l1: ReadonlySignal<number>;
  readonly l2: ReadonlySignal<number>;

  start(): void;
  pause(): void;
  /** One step of the optimizer, one batch. */
  step(): void;
  epoch(): void;
  /** To the parameters of the seed. */
  reset(): void;
  setRate(rate: number): void;
  setPenalty(kind: 'l1' | 'l2', lambda: number): void;
  setParameter(index: number, value: number): void;
  /** All of them, as from a file. */
  setParameters(values: Float64Array): void;
  freeze(indices: readonly number[], frozen: boolean): void;
  showExample(index: number): void;
  /** The reader's own input, and what is wanted for it, if that is known. */
  showOwn(x: Float64Array, y?: Float64Array): void;
  /** Files for a document that names some; refused with a notice if they cannot be read. */
  giveFiles(files: readonly File[]): Promise<void>;
}

/** All that the page does with networks, as one piece that is fetched when it is first asked for. */
export interface NetworkDesk {
  readonly View: (props: { readonly dark: boolean }) => JSX.Element | null;
  /**
   * What the open level goes through, as steps over the positions of the run's trace; null where it shows the run. Reads
   * signals; `goTo` places the page at a position without ending what plays.
   */
  timeline(goTo: (position: number) => void): Timeline | null;
  readonly training: Training;
  /**
   * The numbers of leaves of the network's recording (node of `run.full` → number) where they differ from what the text says:
   * trained weights, the reader's own example. Null for none. Asked for each new recording before it is shown.
   */
  valuesOf(network: NetworkDocument): ReadonlyMap<number, number> | null;
  /** A number for a shown leaf that has no place in the text: a weight, an input. False if it is no leaf of the network's. */
  enterValue(node: number, value: number): boolean;
}
