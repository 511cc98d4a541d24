import { signal, type Signal } from '@preact/signals';
import { blankInk, centred, drawStroke, FINE, shrunk, type Ink, type Stroke } from './ink.ts';

/** A drawing of the reader's, stroke by stroke. It stays while other tabs are open. */
export class Sketch {
  readonly width: number;
  readonly height: number;
  /** Counts changes of the ink. */
  readonly changes = signal(0);
  readonly erases = signal(false);
  /** True: brought to the form of the data. */
  readonly centre: Signal<boolean>;
  /** Where the pen of the keyboard is, in pixels, and whether it is down. */
  readonly pen = signal({ x: 0, y: 0, down: false });
  ink: Ink;
  #base: Ink | null = null;
  #strokes: Stroke[] = [];
  #open: Stroke | null = null;

  constructor(width: number, height: number) {
    this.width = width;
    this.height = height;
    this.centre = signal(Math.min(width, height) >= 16);
    this.pen.value = { x: Math.floor(width / 2), y: Math.floor(height / 2), down: false };
    this.ink = this.#blank();
  }

  #blank(): Ink {
    return blankInk(this.width * FINE, this.height * FINE);
  }

  get isEmpty(): boolean {
    return this.#strokes.length === 0 && this.#base === null;
  }

  /** Puts the pen down, in pixels. */
  begin(x: number, y: number, erases = this.erases.peek()): void {
    this.#open = { erases, points: [x, y] };
    this.#strokes.push(this.#open);
    drawStroke(this.ink, this.#open);
    this.changes.value++;
  }

  /** Draws on to there; not without `begin`. */
  go(x: number, y: number): void {
    const open = this.#open;
    if (open === null) return;
    open.points.push(x, y);
    drawStroke(this.ink, open, open.points.length / 2 - 2);
    this.changes.value++;
  }

  end(): void {
    this.#open = null;
  }

  /** Takes back the last stroke, or the picture that was opened. */
  undo(): void {
    this.end();
    if (this.#strokes.length > 0) this.#strokes.pop();
    else this.#base = null;
    this.#draw();
  }

  clear(): void {
    this.end();
    this.#strokes = [];
    this.#base = null;
    this.#draw();
  }

  /** In place of what is drawn. */
  open(base: Ink): void {
    this.clear();
    this.#base = base;
    this.#draw();
  }

  #draw(): void {
    this.ink = this.#blank();
    if (this.#base !== null) {
      this.ink.values.set(shrunk(this.#base, this.ink.width, this.ink.height));
    }
    for (const stroke of this.#strokes) drawStroke(this.ink, stroke);
    this.pen.value = { ...this.pen.peek(), down: false };
    this.changes.value++;
  }

  /** Brightness from 0 to 1 of each pixel, as the network gets it. */
  pixels(): Float64Array {
    const bring = this.centre.value ? centred : shrunk;
    return bring(this.ink, this.width, this.height);
  }

  /** Moves the keyboard's pen by whole pixels; where it is down, it draws. */
  move(dx: number, dy: number): void {
    const { x, y, down } = this.pen.peek();
    const within = (at: number, end: number): number => Math.min(end - 1, Math.max(0, at));
    const next = { x: within(x + dx, this.width), y: within(y + dy, this.height), down };
    this.pen.value = next;
    if (down) this.go(next.x + 0.5, next.y + 0.5);
  }

  /** Puts the keyboard's pen down, or lifts it. */
  press(): void {
    const { x, y, down } = this.pen.peek();
    if (down) this.end();
    else this.begin(x + 0.5, y + 0.5);
    this.pen.value = { x, y, down: !down };
  }
}
