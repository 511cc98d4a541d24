import type { Recording } from '@backflow/engine';
import type { CardForm, CardTexts, Edges, Layout } from '@backflow/graph';

/** What is drawn as long as the structure stays: the nodes, their texts, and where they stand. */
export interface Picture {
  /** As shown: runs of + and − folded. */
  readonly recording: Recording;
  readonly layout: Layout;
  /** Per node, its key: the same node has the same key in the next picture. */
  readonly keys: readonly string[];
  readonly form: CardForm;
  /** Card sizes in layout units. */
  readonly width: Float64Array;
  readonly height: Float64Array;
  /** The uses that are drawn as curves; in the order of the layout's edges. */
  readonly edges: Edges;
  readonly texts: CardTexts;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Where the camera stands: `x`, `y` is the layout point in the middle of the pane, `ratio` layout units per pixel. */
export interface CameraState {
  readonly x: number;
  readonly y: number;
  readonly ratio: number;
}

export interface GraphCallbacks {
  onSelect(node: number | null): void;
  /** A leaf's number is being dragged or nudged; `value` is the new value. One start and one end per gesture. */
  onNudge(node: number, value: number, phase: 'start' | 'move' | 'end'): void;
  /** A Σ card (or a card that came out of one) was double-clicked. */
  onToggleSum(node: number): void;
  /** The reader moved the camera: following ends. */
  onUserMove(): void;
  /** A number was typed into a leaf's card. */
  onEnterValue(node: number, value: number): void;
}

/** What the shell may ask of the pane. */
export interface GraphHandle {
  fit(): void;
  zoomBy(factor: number): void;
  /** Brings a node to the middle, readable. */
  center(node: number): void;
  camera(): CameraState;
  setCamera(camera: CameraState): void;
  /** Moves the keyboard focus to a node's card. */
  focus(node: number): void;
  /** The whole graph at the present step as an SVG document. */
  svg(): string;
  /** The whole graph at the present step as a PNG, `scale` pixels per layout unit. */
  png(scale: number): Promise<Blob>;
}
