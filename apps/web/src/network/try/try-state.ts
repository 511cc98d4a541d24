import type { Dataset } from '@backflow/nn';
import { signal, type Signal } from '@preact/signals';
import type { Training } from '../contract.ts';
import { Sketch } from './sketch.ts';

/** What the reader has drawn, typed and asked; it stays while other tabs are open. */
export interface TryState {
  readonly sketch: Sketch | null;
  /** Of small pictures and of columns: the numbers themselves. */
  readonly input: Signal<Float64Array>;
  /** Class or number that is wanted for the input; null where nothing is said. */
  readonly wanted: Signal<number | null>;
  /** Counts what the reader has done to the input, or to what is wanted. */
  readonly changes: Signal<number>;
  /** How much of that the graph has. */
  published: number;
  /** The last example of the data that was shown. */
  example: number;
  /** Pictures so far. */
  readonly noise: Signal<{ readonly seed: number; readonly count: number }>;
}

/** Pictures of more pixels are drawn, those of fewer pressed pixel by pixel. */
const FEW_PIXELS = 64;

interface Kept {
  readonly shape: string;
  readonly state: TryState;
}

const kept = new WeakMap<Training, Kept>();

/** The state for data of this shape; a new one where the shape has changed. */
export function tryStateOf(training: Training, dataset: Dataset | null, inputs: number): TryState {
  const shape = JSON.stringify([dataset?.name, dataset?.classes, dataset?.picture, dataset?.columns, inputs]);
  const before = kept.get(training);
  if (before?.shape === shape) return before.state;
  const picture = dataset?.picture ?? null;
  const example = training.example.peek();
  const state: TryState = {
    sketch: picture !== null && inputs > FEW_PIXELS ? new Sketch(picture.width, picture.height) : null,
    input: signal(example?.x.length === inputs ? example.x.slice() : new Float64Array(inputs)),
    wanted: signal(null),
    changes: signal(0),
    published: 0,
    example: example?.index ?? 0,
    noise: signal({ seed: 1, count: 1 }),
  };
  kept.set(training, { shape, state });
  return state;
}
