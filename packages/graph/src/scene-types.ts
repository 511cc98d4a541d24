import type { Recording } from '@backflow/engine';
import type { Layout } from './layout.ts';
import type { Look } from './looks.ts';
import type { Primitive } from './scene-primitive.ts';
import type { CardForm } from './scene-sizes.ts';
import type { Measure } from './scene-text.ts';
import type { CardTexts } from './scene-texts.ts';
import type { Uses } from './uses.ts';

/** What is drawn as long as the structure stays. */
export interface ScenePicture {
  readonly recording: Recording;
  readonly layout: Layout;
  /** In the order of the layout's edges. */
  readonly uses: Uses;
  readonly texts: CardTexts;
  /** Card sizes in layout units. */
  readonly width: Float64Array;
  readonly height: Float64Array;
  readonly form: CardForm;
}

export interface SceneWords {
  /** The label of the row that shows a value. */
  readonly value: string;
  /** "1 of 2": how many uses have reported. */
  readonly partial: (reported: number, uses: number) => string;
}

/** Where the layout stands in the view: pixel = layout · scale + (x, y). */
export interface SceneFrame {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Where the cards stand right now, while they move to their places. */
  readonly moved?: { readonly x: Float64Array; readonly y: Float64Array };
}

/** What drawing a card or an edge needs besides the thing itself. */
export interface Pen {
  readonly out: Primitive[];
  readonly look: Look;
  readonly measure: Measure;
  readonly digits: number;
  readonly words: SceneWords;
  /** Pixels per layout unit. */
  readonly scale: number;
  /** No label is smaller than this, in pixels. */
  readonly least: number;
  /** How much thicker than usual edges are. */
  readonly thickness: number;
}

/** A rectangle in pixels. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
