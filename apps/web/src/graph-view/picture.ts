import { keysOf } from '@backflow/engine';
import type { Recording } from '@backflow/engine';
import { arrangeCards, cardTexts, FIT_MOST, fitScale, usesOf } from '@backflow/graph';
import type { ArrangeOptions, Arrangement, Layout, ScenePicture } from '@backflow/graph';

/** What is drawn as long as the structure stays: the nodes, their texts, and where they stand. */
export interface Picture extends ScenePicture {
  /** Per node, its key: the same node has the same key in the next picture. */
  readonly keys: readonly string[];
}

/** The size of the pane in CSS pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Free space around the fitted picture, in pixels. */
export const FIT_MARGIN = 24;

/** The scale at which a layout fits the pane. */
export function paneScale(layout: Layout, size: Size): number {
  return fitScale(layout, size.width, size.height, FIT_MOST, FIT_MARGIN);
}

/** Sizes the cards and lays them out for a pane of this size. */
export function arrange(recording: Recording, size: Size, options: ArrangeOptions): Arrangement {
  const pane = { width: size.width - 2 * FIT_MARGIN, height: size.height - 2 * FIT_MARGIN };
  return arrangeCards(recording, pane, options);
}

/** The picture of a recording (with sums already folded), arranged for a pane, here or beforehand in a worker. */
export function pictureOf(
  recording: Recording,
  size: Size,
  options: ArrangeOptions,
  arranged: Arrangement = arrange(recording, size, options),
): Picture {
  return {
    recording,
    ...arranged,
    uses: usesOf(recording),
    texts: cardTexts(recording),
    keys: keysOf(recording),
  };
}

export type { GraphCallbacks, GraphHandle } from './contract.ts';
export type { Arrangement };
