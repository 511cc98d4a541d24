import { LOOKS } from '@backflow/graph';
import type { Moment, ThemeName } from '@backflow/graph';
import { cardColors, cardPoints, curveColors, curveLines, EDGES_MOST, weightiestUses } from './far-data.ts';
import type { CurveLines } from './far-data.ts';
import type { Host } from './host.ts';
import type { Picture } from './picture.ts';

/** Keeps the host's buffers in step with picture and moment, and uploads only when something is to be seen. */
export class FarView {
  readonly #host: Host;
  #structureStale = true;
  #numbersStale = true;
  #lines: CurveLines = { vertices: new Float32Array(0), use: new Int32Array(0) };

  constructor(host: Host) {
    this.#host = host;
  }

  structureChanged(): void {
    this.#structureStale = true;
    this.#numbersStale = true;
  }

  numbersChanged(): void {
    this.#numbersStale = true;
  }

  hide(): void {
    if (this.#host.visible) this.#host.hide();
  }

  /** `moved`: where the cards stand while they are on their way to the layout's places. */
  show(
    picture: Picture,
    moment: Moment,
    theme: ThemeName,
    moved: { readonly x: Float64Array; readonly y: Float64Array } | undefined,
  ): void {
    const host = this.#host;
    if (this.#structureStale || moved !== undefined) host.cards.setPoints(cardPoints(picture, moved));
    if (this.#numbersStale) host.cards.setColors(cardColors(moment, theme));
    // Of very many edges the ones that carry most are shown, so which they are depends on the numbers.
    if (this.#structureStale || (this.#numbersStale && picture.uses.source.length > EDGES_MOST)) {
      this.#lines = curveLines(picture, weightiestUses(picture, moment));
      host.curves.setVertices(this.#lines.vertices);
    }
    if (this.#structureStale || this.#numbersStale)
      host.curves.setColors(curveColors(picture, moment, this.#lines, theme));
    this.#structureStale = moved !== undefined;
    this.#numbersStale = false;
    host.show(LOOKS[theme].card);
  }
}
