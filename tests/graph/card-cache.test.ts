import { buildScene, CardCache, GRADIENT_STATES, wholeFrame, type SceneOptions } from '@backflow/graph';
import { describe, expect, it } from 'vitest';
import { momentWith, neurons, pictureIn, square, WORDS } from './scene-programs.ts';

/** Numbers from 0 to below `below`, the same in every run. */
function counting(): (below: number) => number {
  let state = 20_261_120;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
}

describe('cards that are kept from scene to scene', () => {
  it('look as if they were drawn anew, whatever changes in between', () => {
    const next = counting();
    const pictures = [neurons(), square()].flatMap((recording) => [
      pictureIn('row', recording),
      pictureIn('stacked', recording),
    ]);
    const cards = new CardCache();
    let picture = pictures[0];
    let moment = momentWith(picture.recording);
    let options: SceneOptions = { theme: 'light', words: WORDS };
    for (let step = 0; step < 2000; step++) {
      const { recording } = picture;
      const node = next(recording.count);
      const withNumber = <T extends Float64Array | Uint8Array | Int32Array>(column: T, value: number): T => {
        const changed = column.slice() as T;
        changed[node] = value;
        return changed;
      };
      switch (next(12)) {
        case 0:
          picture = pictures[next(pictures.length)];
          moment = momentWith(picture.recording);
          break;
        case 1:
          moment = { ...moment, value: withNumber(moment.value, next(4) - 2) };
          break;
        case 2:
          moment = { ...moment, valueKnown: withNumber(moment.valueKnown, next(2)) };
          break;
        case 3:
          moment = { ...moment, gradient: withNumber(moment.gradient, [-1.5, -0, 0, NaN, 7][next(5)]) };
          break;
        case 4:
          moment = {
            ...moment,
            gradientState: withNumber(moment.gradientState, next(GRADIENT_STATES.length)),
          };
          break;
        case 5:
          moment = { ...moment, reported: withNumber(moment.reported, next(3)) };
          break;
        case 6:
          moment = { ...moment, uses: withNumber(moment.uses, 1 + next(3)) };
          break;
        case 7:
          moment = { ...moment, scale: 1 + next(3) };
          break;
        case 8:
          options = { ...options, hovered: next(2) === 0 ? null : node };
          break;
        case 9:
          options = { ...options, digits: 2 + next(4), theme: next(2) === 0 ? 'light' : 'dark' };
          break;
        case 10:
          options = { ...options, frame: wholeFrame(picture.layout, 0.5 + next(3) / 2, next(3) * 10) };
          break;
        default:
          options = { ...options, words: { ...WORDS, value: ['value', 'Wert'][next(2)] } };
      }
      expect(buildScene(picture, moment, { ...options, cards })).toEqual(
        buildScene(picture, moment, options),
      );
    }
  });

  it('are taken as they were', () => {
    const recording = neurons();
    const picture = pictureIn('row', recording);
    const cards = new CardCache();
    const options = { theme: 'light', words: WORDS, cards, edges: [] } as const;
    const before = buildScene(picture, momentWith(recording), options).primitives;
    const after = buildScene(picture, momentWith(recording), options).primitives;
    expect(after.every((primitive, k) => primitive === before[k])).toBe(true);
  });
});
