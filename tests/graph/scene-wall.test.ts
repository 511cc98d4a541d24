import { CARD, wholeFrame, type Scene } from '@backflow/graph';
import { describe, expect, it } from 'vitest';
import { draw, momentWith, neurons, pictureIn, textsOf } from './scene-programs.ts';

const WALL = 24;

describe('on a wall', () => {
  const recording = neurons();
  for (const form of ['row', 'stacked'] as const) {
    const picture = pictureIn(form, recording);
    const at = (scale: number, wall: number): Scene =>
      draw(picture, momentWith(recording), { frame: wholeFrame(picture.layout, scale), wall });
    const smallest = (scene: Scene): number => Math.min(...textsOf(scene).map(({ size }) => size));
    const widths = (scene: Scene): number[] =>
      scene.primitives.flatMap((primitive) => (primitive.kind === 'path' ? [primitive.lineWidth] : []));

    it(`no label of a ${form} card or an edge is smaller than its numbers may be`, () => {
      const large = WALL / CARD.number;
      expect(smallest(at(large, 0))).toBeLessThan(WALL - 3);
      // Names and derivatives may shrink by a fifth where they would not fit.
      const sizes = textsOf(at(large, WALL));
      expect(sizes.some(({ text }) => text.startsWith('×') && text.length > 1)).toBe(true);
      for (const { text, size } of sizes)
        expect(size, text).toBeGreaterThanOrEqual(text.startsWith('×') ? WALL : 0.8 * WALL);
    });

    it(`edges of ${form} cards are thicker, at any size`, () => {
      for (const scale of [0.5, 1, 2])
        expect(Math.max(...widths(at(scale, WALL)))).toBeGreaterThan(Math.max(...widths(at(scale, 0))));
    });
  }

  it('a small picture has the labels it has elsewhere', () => {
    const picture = pictureIn('row', recording);
    const frame = wholeFrame(picture.layout);
    const usual = textsOf(draw(picture, momentWith(recording), { frame }));
    expect(textsOf(draw(picture, momentWith(recording), { frame, wall: WALL }))).toEqual(usual);
  });
});
