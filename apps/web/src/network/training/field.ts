import { confidences, type Dataset, type LossSpec } from '@backflow/nn';
import type { Response } from './response.ts';

/** Part of the plane of two inputs. */
export interface Frame {
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
}

/** Numbers at the corners of a grid over a part of the plane, `channels` for each, row by row from its least y. */
export interface Field {
  readonly frame: Frame;
  /** Cells in each direction. */
  readonly cells: number;
  readonly channels: number;
  readonly values: Float64Array;
}

/** The least cells that show a curve as one, and the most that are worth their time. */
const LEAST = 24;
const MOST = 72;
/** Multiplications for a whole field. */
const WORK = 2_500_000;

/** How fine a grid a network of this size can have, when it is painted many times a second. */
export function cellsFor(parameters: number): number {
  return Math.max(LEAST, Math.min(MOST, Math.floor(Math.sqrt(WORK / Math.max(1, parameters)))));
}

/** The examples with some room around them. */
export function frameOf({ x, scale, inputs, size }: Dataset, room = 0.12): Frame {
  const range = (k: number): readonly [number, number] => {
    let [low, high] = [Infinity, -Infinity];
    for (let i = 0; i < size; i++) {
      const value = x[i * inputs + k] * scale;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    if (!(low < high))
      [low, high] = [(Number.isFinite(low) ? low : 0) - 1, (Number.isFinite(high) ? high : 0) + 1];
    const extra = room * (high - low);
    return [low - extra, high + extra];
  };
  return { x: range(0), y: inputs > 1 ? range(1) : [0, 1] };
}

/** What `at` writes for each corner of the grid. */
export function fieldOf(
  frame: Frame,
  cells: number,
  channels: number,
  at: (x: readonly [number, number], into: Float64Array) => void,
): Field {
  const values = new Float64Array((cells + 1) ** 2 * channels);
  for (let row = 0; row <= cells; row++) {
    const y = frame.y[0] + (row / cells) * (frame.y[1] - frame.y[0]);
    for (let column = 0; column <= cells; column++) {
      const x = frame.x[0] + (column / cells) * (frame.x[1] - frame.x[0]);
      const start = (row * (cells + 1) + column) * channels;
      at([x, y], values.subarray(start, start + channels));
    }
  }
  return { frame, cells, channels, values };
}

/** How sure a network is of each class, over the plane. */
export function confidenceField(response: Response, loss: LossSpec, frame: Frame, cells: number): Field {
  const outputs = response.layers[response.layers.length - 1].length;
  const classes = outputs === 1 ? 2 : outputs;
  return fieldOf(frame, cells, classes, (x, into) =>
    into.set(confidences(response.network, loss, response.of(x))),
  );
}

/** Between the corners of a cell: `across` and `up` from 0 to 1 over the whole frame. */
export function sampled(
  { cells, channels, values }: Field,
  across: number,
  up: number,
  channel: number,
): number {
  const x = Math.max(0, Math.min(cells, across * cells));
  const y = Math.max(0, Math.min(cells, up * cells));
  const [column, row] = [Math.min(cells - 1, Math.floor(x)), Math.min(cells - 1, Math.floor(y))];
  const [dx, dy] = [x - column, y - row];
  const at = (row * (cells + 1) + column) * channels + channel;
  const over = at + (cells + 1) * channels;
  return (
    (1 - dy) * ((1 - dx) * values[at] + dx * values[at + channels]) +
    dy * ((1 - dx) * values[over] + dx * values[over + channels])
  );
}
