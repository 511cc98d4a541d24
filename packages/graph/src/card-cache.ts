import { drawCard } from './scene-card.ts';
import type { CardMarks } from './scene-card.ts';
import { hasNumbers, numbersOf } from './scene-moment.ts';
import type { Moment, NodeNumbers } from './scene-moment.ts';
import type { Primitive } from './scene-primitive.ts';
import type { Box, Pen, ScenePicture } from './scene-types.ts';

/** A card as it was drawn last: what decided its looks, what was drawn, and where its value stands. */
interface Drawn {
  readonly box: Box;
  readonly hovered: boolean;
  readonly numbers: NodeNumbers;
  readonly primitives: readonly Primitive[];
  readonly valueBox: Box | null;
}

/**
 * Keeps the cards of one pane from scene to scene: a step changes one or two of them, and the others are taken as they
 * were drawn before. Give the same cache to every `buildScene` of a pane.
 */
export class CardCache {
  readonly #cards = new Map<number, Drawn>();
  #picture: ScenePicture | null = null;
  #pen: Omit<Pen, 'out'> | null = null;
  #scale = NaN;

  /** Forgets all cards if they were drawn in another way than now. */
  prepare(picture: ScenePicture, moment: Moment, pen: Pen): void {
    const before = this.#pen;
    const same =
      before !== null &&
      this.#picture === picture &&
      this.#scale === moment.scale &&
      before.look === pen.look &&
      before.measure === pen.measure &&
      before.digits === pen.digits &&
      before.words === pen.words &&
      before.scale === pen.scale &&
      before.least === pen.least;
    if (same) return;
    this.#cards.clear();
    this.#picture = picture;
    this.#scale = moment.scale;
    this.#pen = pen;
  }

  /** As `drawCard`. */
  draw(
    pen: Pen,
    picture: ScenePicture,
    moment: Moment,
    node: number,
    box: Box,
    marks: CardMarks,
  ): Box | null {
    const kept = this.#cards.get(node);
    if (
      kept !== undefined &&
      kept.box.x === box.x &&
      kept.box.y === box.y &&
      kept.hovered === marks.hovered &&
      hasNumbers(moment, node, kept.numbers)
    ) {
      for (const primitive of kept.primitives) pen.out.push(primitive);
      return kept.valueBox;
    }
    const primitives: Primitive[] = [];
    const valueBox = drawCard({ ...pen, out: primitives }, picture, moment, node, box, marks);
    for (const primitive of primitives) pen.out.push(primitive);
    this.#cards.set(node, {
      box,
      hovered: marks.hovered,
      numbers: numbersOf(moment, node),
      primitives,
      valueBox,
    });
    return valueBox;
  }
}
