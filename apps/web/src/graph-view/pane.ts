import { buildScene, CARD, CardCache, isEdited, wholeFrame } from '@backflow/graph';
import type {
  Box,
  Measure,
  Moment,
  Scene,
  SceneFrame,
  SceneOptions,
  SceneWords,
  ThemeName,
} from '@backflow/graph';
import type { CameraState } from './contract.ts';
import type { FarView } from './far-view.ts';
import { cardGrid } from './grid.ts';
import type { CardGrid } from './grid.ts';
import { paintFlag, paintMarks } from './marks.ts';
import { isReadable } from './readable.ts';
import { cameraAt } from './camera-move.ts';
import type { CameraMove } from './camera-move.ts';
import { curveReach } from './reach.ts';
import type { CurveReach } from './reach.ts';
import type { Host } from './host.ts';
import { paint } from './painter.ts';
import type { Picture, Size } from './picture.ts';
import { cardTween, ease } from './tween.ts';
import type { CardTween, Positions } from './tween.ts';
import { beginningOf, nodesAt, openingCamera } from './where.ts';
import { cardBox, fittingCamera, followingCamera, frameOf, pannedBy, viewIn, zoomedAt } from './view.ts';

/** How things are drawn and said; everything else is the picture and the moment. */
export interface PaneLooks {
  readonly theme: ThemeName;
  readonly digits: number;
  readonly words: SceneWords;
  readonly measure: Measure;
  /** Font size in pixels that counts as readable when the camera follows. */
  readonly readable: number;
}

/** Below this height of a card, in pixels, and above this number of cards in view, the far view takes over. */
const NEAR_HEIGHT = 26;
const NEAR_CARDS = 500;
/** A glide goes as far as the hand would have come in this time. */
const GLIDE_MS = 130;
const PHASE_MS = 480;
/** Rings, tabs and curves reach this far beyond their cards, in pixels. */
const RIM = 12;

/** `small`: too far away for text. `many`: more cards than the canvas should paint. */
export type Distance = 'near' | 'small' | 'many';

/**
 * Draws a picture at a moment on one canvas, moves the camera, and knows what stands where. Two paths are kept
 * apart: `setPicture` builds the grid and moves the cards to their new places, `setMoment` only repaints.
 */
export class Pane {
  readonly canvas: HTMLCanvasElement;
  looks: PaneLooks;
  picture: Picture | null = null;
  moment: Moment | null = null;
  size: Size = { width: 0, height: 0 };
  camera: CameraState = { x: 0, y: 0, ratio: 1 };
  selected: number | null = null;
  hovered: number | null = null;
  lit: ReadonlySet<number> = new Set();
  following = false;
  /** Nothing moves by itself: a step is one repaint. */
  calm = false;
  /** Nodes that the camera keeps in view besides those of the step, as long as all can be read. */
  company: readonly number[] = [];
  /** A node that is pointed out as wrong. */
  flagged: number | null = null;
  /** The last near scene; null while the far view shows. */
  scene: Scene | null = null;
  /** How far away the last paint was: what is not near wants a host. */
  distance: Distance = 'near';
  /** Nodes whose cards are on the pane; null between a new structure and its first paint. */
  visible: readonly number[] | null = null;
  afterPaint: () => void = () => {};
  onCamera: (camera: CameraState, fitted: boolean) => void = () => {};

  #host: Host | null = null;
  #far: FarView | null = null;
  #grid: CardGrid | null = null;
  #reach: CurveReach | null = null;
  /** True until the reader moves the camera: the whole graph stays in view, or the beginning of a large one. */
  #fitted = true;
  /** A document was opened, and nothing but that has placed the camera. */
  #opening = false;
  /** The step and its company are too far from each other: this camera is told nobody. */
  #apart = false;
  /** The picture is of another document than the moment. */
  #awaitsMoment = false;
  #frame = 0;
  #cameraMove: CameraMove | null = null;
  #tween: CardTween | null = null;
  #phaseStart = -Infinity;
  readonly #reduced = matchMedia('(prefers-reduced-motion: reduce)');

  readonly #cards = new CardCache();
  readonly #context: CanvasRenderingContext2D | null;

  constructor(canvas: HTMLCanvasElement, looks: PaneLooks) {
    this.canvas = canvas;
    this.looks = looks;
    // The canvas stays in main memory: that is several times faster where graphics are computed, fast enough where they
    // are accelerated, and spares the half second that asking for WebGL may take.
    this.#context = canvas.getContext('2d', { willReadFrequently: true });
  }

  get #still(): boolean {
    return this.calm || this.#reduced.matches;
  }

  dispose(): void {
    cancelAnimationFrame(this.#frame);
    this.#host = null;
    this.#far = null;
  }

  setHost(host: Host | null, far: FarView | null = null): void {
    this.#host = host;
    this.#far = far;
    host?.setCamera(this.camera);
    this.invalidate();
  }

  setSize(size: Size): void {
    if (size.width === this.size.width && size.height === this.size.height) return;
    this.size = size;
    this.#host?.resize();
    if (this.#fitted) this.#place(this.#fitting());
    else this.#place(this.camera);
    this.#follow();
  }

  setLooks(looks: PaneLooks): void {
    const resized = looks.readable !== this.looks.readable;
    this.looks = looks;
    this.#far?.numbersChanged();
    if (resized && this.#fitted && this.picture !== null) {
      this.#opening = true;
      this.#place(this.#fitting());
    }
    this.invalidate();
  }

  /** Structure changed. Nodes that were there before move to their new places. */
  setPicture(picture: Picture | null): void {
    const before = this.picture;
    if (picture === before) return;
    const standing = before === null ? null : (this.#positionsNow() ?? before.layout);
    this.picture = picture;
    this.hovered = null;
    this.visible = null;
    this.#far?.structureChanged();
    this.#tween = null;
    if (picture === null) {
      this.#grid = null;
      this.invalidate();
      return;
    }
    this.#grid = cardGrid(picture);
    this.#reach = curveReach(picture);
    const another = before === null || !isEdited(picture.keys, before.keys);
    if (before !== null && standing !== null && !another && !this.#still)
      this.#tween = cardTween(before, standing, picture, performance.now());
    if (another) this.#fitted = this.#opening = this.#awaitsMoment = true;
    if (this.#fitted) this.#move(this.#fitting(), another);
    this.invalidate();
  }

  /** Step or numbers changed: a repaint, nothing else. */
  setMoment(moment: Moment | null): void {
    const before = this.moment?.active ?? null;
    this.moment = moment;
    this.#far?.numbersChanged();
    const active = moment?.active ?? null;
    const changed =
      active !== null &&
      (before === null ||
        before.kind !== active.kind ||
        before.node !== active.node ||
        before.entry !== active.entry);
    if (changed) this.#phaseStart = performance.now();
    if (this.#awaitsMoment && moment !== null) {
      this.#awaitsMoment = false;
      if (this.#fitted) this.#place(this.#fitting());
    } else if (changed || active === null) {
      if (changed || before !== null) this.#opening = false;
      this.#follow();
    }
    this.invalidate();
  }

  setSelected(node: number | null): void {
    this.selected = node;
    this.invalidate();
  }

  setFlagged(node: number | null): void {
    this.flagged = node;
    this.invalidate();
  }

  setHovered(node: number | null): void {
    if (this.hovered === node) return;
    this.hovered = node;
    this.invalidate();
  }

  setLit(uses: ReadonlySet<number>): void {
    this.lit = uses;
    this.invalidate();
  }

  setFollowing(following: boolean): void {
    const begins = following && !this.following;
    this.following = following;
    if (!following) this.#apart = false;
    if (!begins) return;
    this.#opening = false;
    this.#follow();
  }

  fit(): void {
    this.#fitted = true;
    this.#apart = false;
    this.#opening = false;
    this.#move(this.#fitting());
  }

  /** A camera set from outside or by the reader: no longer the whole graph. */
  setCamera(camera: CameraState): void {
    this.#fitted = false;
    this.#place(camera);
  }

  /** Another pane's camera: it is not told on. */
  mirror(camera: CameraState, fitted: boolean): void {
    this.#fitted = fitted;
    this.#cameraMove = null;
    this.#show(camera);
  }

  /** Moves the paper under the camera, in pixels. */
  pan(across: number, down: number): void {
    this.#fitted = false;
    this.#place(pannedBy(this.camera, across, down));
  }

  /** Lets the paper run on after a pan, at a speed in pixels per millisecond. */
  glide(across: number, down: number): void {
    if (this.#still || Math.hypot(across, down) < 0.1) return;
    const to = pannedBy(this.camera, across * GLIDE_MS, down * GLIDE_MS);
    this.#cameraMove = { from: this.camera, to, start: performance.now(), gliding: true };
    this.invalidate();
  }

  /** Stops a glide. */
  hold(): void {
    if (this.#cameraMove?.gliding === true) this.#cameraMove = null;
  }

  zoomAt(pixel: { readonly x: number; readonly y: number }, factor: number, animated = false): void {
    this.#fitted = false;
    const camera = zoomedAt(this.#cameraMove?.to ?? this.camera, this.size, pixel, factor);
    if (animated) this.#move(camera);
    else this.#place(camera);
  }

  center(node: number): void {
    if (this.picture === null) return;
    this.#fitted = false;
    const { x, y } = this.picture.layout;
    this.#move({
      x: x[node],
      y: y[node],
      ratio: Math.min(this.camera.ratio, 13 / Math.max(13, this.looks.readable)),
    });
  }

  /** Brings a node onto the pane if it is not there; true if the camera had to move. */
  reveal(node: number): boolean {
    if (this.picture === null) return false;
    const camera = followingCamera(this.picture, this.camera, this.size, [node], 0, () => true);
    if (camera === null) return false;
    this.#fitted = false;
    this.#move({ ...camera, ratio: this.camera.ratio }, true);
    return true;
  }

  /** The card under a pixel of the pane. */
  nodeAt(pixel: { readonly x: number; readonly y: number }): number | null {
    if (this.#grid === null) return null;
    const { scale, x, y } = frameOf(this.camera, this.size);
    return this.#grid.at((pixel.x - x) / scale, (pixel.y - y) / scale);
  }

  /** The leaf whose number is under a pixel, if numbers are shown. */
  numberAt(pixel: { readonly x: number; readonly y: number }, slack: number): number | null {
    for (const { node, box } of this.scene?.numbers ?? [])
      if (
        pixel.x >= box.x - slack &&
        pixel.x <= box.x + box.width + slack &&
        pixel.y >= box.y - slack &&
        pixel.y <= box.y + box.height + slack
      )
        return node;
    return null;
  }

  boxOf(node: number): Box | null {
    if (this.picture === null || node >= this.picture.recording.count) return null;
    return cardBox(this.picture, this.#frameNow(), node);
  }

  numberBoxOf(node: number): Box | null {
    return this.scene?.numbers.find((number) => number.node === node)?.box ?? null;
  }

  /** The whole graph at this step, whatever the camera shows. */
  wholeScene(scale: number): Scene | null {
    const { picture, moment } = this;
    if (picture === null || moment === null) return null;
    const frame = wholeFrame(picture.layout, scale);
    return buildScene(picture, moment, { ...this.#sceneOptions(), wall: 0, frame, hovered: null, phase: 1 });
  }

  invalidate(): void {
    if (this.#frame === 0) this.#frame = requestAnimationFrame((now) => this.#tick(now));
  }

  #fitting(): CameraState {
    const { picture, size, moment } = this;
    if (picture === null || size.width === 0) return this.camera;
    if (!this.#opening) return fittingCamera(picture, size);
    const active = this.#awaitsMoment ? null : (moment?.active ?? null);
    return openingCamera(picture, size, active, this.looks.readable);
  }

  #place(camera: CameraState): void {
    this.#cameraMove = null;
    this.#show(camera);
    if (!this.#apart) this.onCamera(camera, this.#fitted);
  }

  #show(camera: CameraState): void {
    this.camera = camera;
    this.#host?.setCamera(camera);
    this.invalidate();
  }

  #move(to: CameraState, cut = false): void {
    if (cut || this.#still || this.size.width === 0) {
      this.#place(to);
      return;
    }
    this.#cameraMove = { from: this.camera, to, start: performance.now(), gliding: false };
    this.invalidate();
  }

  #follow(): void {
    const { picture, moment } = this;
    if (!this.following || this.#opening || picture === null || moment === null || this.size.width === 0)
      return;
    const { active } = moment;
    const own = active === null ? beginningOf(picture) : nodesAt(picture, active);
    const both = [...own, ...this.company];
    const from = this.#cameraMove?.to ?? this.camera;
    const readable = (node: number, scale: number): boolean =>
      // Before the first step there is nothing to read yet, but it is known where that will be.
      active === null || isReadable(picture, moment, node, scale, this.looks);
    const over = (nodes: readonly number[]): CameraState | null =>
      followingCamera(picture, from, this.size, nodes, this.looks.readable, readable);
    const wasApart = this.#apart;
    let camera = over(both);
    this.#apart =
      this.company.length > 0 && camera !== null && !both.every((node) => readable(node, 1 / camera!.ratio));
    if (this.#apart) camera = over(own);
    else if (wasApart && camera === null) this.onCamera(this.camera, this.#fitted);
    if (camera === null) return;
    this.#fitted = false;
    this.#move(camera);
  }

  #positionsNow(): Positions | undefined {
    const positions = this.#tween?.at(performance.now());
    if (positions === undefined) this.#tween = null;
    return positions;
  }

  #frameNow(): SceneFrame {
    const moved = this.#positionsNow();
    const frame = frameOf(this.camera, this.size);
    return moved === undefined ? frame : { ...frame, moved };
  }

  #sceneOptions(): SceneOptions {
    const { theme, digits, words, measure, readable } = this.looks;
    const { selected, hovered, lit } = this;
    return { theme, digits, words, measure, wall: readable > 13 ? readable : 0, selected, hovered, lit };
  }

  #tick(now: number): void {
    this.#frame = 0;
    if (this.#cameraMove !== null) {
      const move = this.#cameraMove;
      const { camera, arrived } = cameraAt(move, now);
      this.#place(camera);
      if (!arrived) this.#cameraMove = move;
    }
    const phase = this.#still ? 1 : Math.min(1, (now - this.#phaseStart) / PHASE_MS);
    this.#paint(ease(phase));
    if (this.#cameraMove !== null || this.#tween !== null || phase < 1) this.invalidate();
    this.afterPaint();
  }

  #paint(phase: number): void {
    const { canvas, size, picture, moment } = this;
    const ratio = devicePixelRatio;
    const width = Math.round(size.width * ratio);
    const height = Math.round(size.height * ratio);
    if (canvas.width !== width || canvas.height !== height) {
      canvas.width = width;
      canvas.height = height;
    }
    const context = this.#context;
    if (context === null || width === 0 || height === 0) return;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, size.width, size.height);
    this.scene = null;
    const far = this.#far;
    if (picture === null || moment === null || this.#grid === null || this.#reach === null) {
      this.visible = [];
      far?.hide();
      return;
    }
    const frame = this.#frameNow();
    const view = viewIn(frame, RIM);
    const within = this.#grid.within(view.left, view.top, view.right, view.bottom, NEAR_CARDS + 1);
    this.distance =
      within.length > NEAR_CARDS
        ? 'many'
        : CARD[picture.form].height * frame.scale < NEAR_HEIGHT
          ? 'small'
          : 'near';
    const near = this.distance === 'near';
    // While cards move, the grid of their final places does not know where they are.
    const nodes =
      frame.moved !== undefined && picture.recording.count <= NEAR_CARDS
        ? allOf(picture.recording.count)
        : within;
    this.visible = nodes;
    // Without a host, the canvas paints what it can.
    if (near || (far === null && this.distance === 'small')) {
      this.scene = buildScene(picture, moment, {
        ...this.#sceneOptions(),
        frame,
        phase,
        nodes,
        cards: this.#cards,
        edges:
          frame.moved === undefined ? this.#reach.within(view, moment) : allOf(picture.uses.source.length),
      });
      paint(context, this.scene);
    } else paintMarks(context, picture, moment, { ...this.#sceneOptions(), frame, phase });
    if (this.flagged !== null) paintFlag(context, picture, frame, this.flagged, this.looks.theme);
    if (near) far?.hide();
    else far?.show(picture, moment, this.looks.theme, frame.moved);
  }
}

function allOf(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index);
}
