/** Where the camera stands: the layout point in the middle of the pane, and layout units per pixel. */
export interface CameraState {
  readonly x: number;
  readonly y: number;
  readonly ratio: number;
}

export interface GraphCallbacks {
  onSelect(node: number | null): void;
  /** A leaf's number is dragged; `value` is the new value. One start and one end per gesture. */
  onNudge(node: number, value: number, phase: 'start' | 'move' | 'end'): void;
  /** A press of an arrow key on a leaf's card; `size` is 10 with Shift, 0.1 with Alt. */
  onNudgeBy(node: number, direction: 1 | -1, size: number): void;
  /** A Σ card (or a card that came out of one) was double-clicked. */
  onToggleSum(node: number): void;
  /** The reader moved the camera: following ends. */
  onUserMove(): void;
  /** A number was typed into a leaf's card. */
  onEnterValue(node: number, value: number): void;
  /** The pointer or the keyboard is on a card, or on none. */
  onPoint?(node: number | null): void;
  /** The camera moved; `fitted` while it shows the whole graph by itself. Not called for `mirror`. */
  onCamera?(camera: CameraState, fitted: boolean): void;
}

/** What the shell may ask of the pane. */
export interface GraphHandle {
  fit(): void;
  /** Above 1 is nearer; around the middle of the pane. */
  zoomBy(factor: number): void;
  /** Brings a node to the middle, readable. */
  center(node: number): void;
  /** Brings a node onto the pane if it is not there. */
  reveal(node: number): void;
  camera(): CameraState;
  setCamera(camera: CameraState): void;
  /** Takes over the camera of another pane that shows the same picture. */
  mirror(camera: CameraState, fitted: boolean): void;
  /** Moves the keyboard focus to a node's card. */
  focus(node: number): void;
  /** The whole graph at the present step as an SVG document. */
  svg(): Promise<string>;
  /** The whole graph at the present step as a PNG, `scale` pixels per layout unit. */
  png(scale: number): Promise<Blob>;
}
