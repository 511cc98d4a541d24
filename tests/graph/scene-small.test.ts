import { wholeFrame } from '@backflow/graph';
import { describe, expect, it } from 'vitest';
import { draw, momentWith, neurons, pictureIn, textsOf } from './scene-programs.ts';

/** From just above dots to where cards have three lines. */
const HEIGHTS = [26, 30, 34, 37, 40, 44];

describe('small cards', () => {
  const recording = neurons();
  const picture = pictureIn('stacked', recording);
  const titles = [...recording.names.keys()].map((node) => picture.texts.title(node));

  for (const height of HEIGHTS)
    it(`at ${height} pixels show every name whole, and nothing over another text or the rim`, () => {
      const frame = wholeFrame(picture.layout, height / 78);
      const scene = draw(picture, momentWith(recording), { frame, edges: [] });
      const texts = textsOf(scene);
      for (const title of titles) expect(texts.map(({ text }) => text)).toContain(title);
      const boxes = texts.map(({ x, y, width, size, anchor, text }) => {
        const left = anchor === 'start' ? x : anchor === 'end' ? x - width : x - width / 2;
        return { text, left, right: left + width, top: y - 0.7 * size, bottom: y };
      });
      for (const [k, one] of boxes.entries()) {
        const node = nearest(one);
        const { x, y } = picture.layout;
        const middle = { x: x[node] * frame.scale + frame.x, y: y[node] * frame.scale + frame.y };
        expect(one.left).toBeGreaterThanOrEqual(middle.x - (picture.width[node] * frame.scale) / 2);
        expect(one.right).toBeLessThanOrEqual(middle.x + (picture.width[node] * frame.scale) / 2);
        expect(one.top).toBeGreaterThanOrEqual(middle.y - (picture.height[node] * frame.scale) / 2);
        expect(one.bottom).toBeLessThanOrEqual(middle.y + (picture.height[node] * frame.scale) / 2);
        for (const other of boxes.slice(k + 1)) {
          const apart =
            other.left >= one.right ||
            one.left >= other.right ||
            other.top >= one.bottom ||
            one.top >= other.bottom;
          expect(apart || `${one.text} on ${other.text}`).toBe(true);
        }
      }

      function nearest({ left, right, top, bottom }: (typeof boxes)[number]): number {
        const distance = (node: number): number =>
          Math.hypot(
            picture.layout.x[node] * frame.scale + frame.x - (left + right) / 2,
            picture.layout.y[node] * frame.scale + frame.y - (top + bottom) / 2,
          );
        return [...picture.layout.x.keys()].reduce((a, b) => (distance(b) < distance(a) ? b : a));
      }
    });

  it('too small for two lines have no text at all', () => {
    const frame = wholeFrame(picture.layout, 18 / 78);
    expect(textsOf(draw(picture, momentWith(recording), { frame, edges: [] }))).toEqual([]);
  });
});
