import { Tape, type Recording } from '@backflow/engine';
import { buildScene, CARD, estimateWidth, finishedMoment, toSvg, wholeFrame } from '@backflow/graph';
import { en } from '@backflow/messages';
import { describe, expect, it } from 'vitest';
import { nearest, neighbourOf } from '../../apps/web/src/graph-view/access.ts';
import { describeCard, detailsOf } from '../../apps/web/src/graph-view/describe.ts';
import { imageScale } from '../../apps/web/src/graph-view/export.ts';
import {
  cardColors,
  cardPoints,
  curveColors,
  curveLines,
  FILL,
  FRAME_SIZE,
  weightiestUses,
} from '../../apps/web/src/graph-view/far-data.ts';
import { cardGrid } from '../../apps/web/src/graph-view/grid.ts';
import { stepOf, stepped } from '../../apps/web/src/graph-view/numbers.ts';
import { paint } from '../../apps/web/src/graph-view/painter.ts';
import type { CameraState } from '../../apps/web/src/graph-view/contract.ts';
import { arrange, paneScale, pictureOf, type Picture } from '../../apps/web/src/graph-view/picture.ts';
import { isReadable } from '../../apps/web/src/graph-view/readable.ts';
import { curveReach } from '../../apps/web/src/graph-view/reach.ts';
import { cardTween } from '../../apps/web/src/graph-view/tween.ts';
import { openingCamera } from '../../apps/web/src/graph-view/where.ts';
import { fittingCamera, followingCamera, frameOf, zoomedAt } from '../../apps/web/src/graph-view/view.ts';

const PANE = { width: 900, height: 600 };
const OPTIONS = { digits: 4, words: en.graph };

const unframedX = (x: number): number => (x - 0.5) * FRAME_SIZE;
const unframedY = (y: number): number => (0.5 - y) * FRAME_SIZE;

function network(layers: number): Recording {
  const tape = new Tape();
  let a = tape.leaf(0.7, 'a0');
  for (let layer = 1; layer <= layers; layer++) {
    const z = tape
      .leaf(layer % 2 === 0 ? -0.6 : 1.2, `w${layer}`)
      .mul(a)
      .add(tape.leaf(0.1, `b${layer}`));
    z.label = `z${layer}`;
    a = z.sigmoid();
    a.label = `a${layer}`;
  }
  const cost = a.sub(tape.leaf(1, 'y')).pow(2);
  cost.label = 'C';
  return tape.record(cost);
}

const nodeNamed = (recording: Recording, name: string): number =>
  [...recording.names].find(([, known]) => known === name)![0];

describe('a picture', () => {
  it('takes rows where there is room and stacks where there is not', () => {
    expect(arrange(network(1), { width: 1600, height: 900 }, OPTIONS).form).toBe('row');
    expect(arrange(network(3), { width: 700, height: 500 }, OPTIONS).form).toBe('stacked');
  });

  it('fits into the pane with a margin', () => {
    for (const layers of [1, 2, 4]) {
      const picture = pictureOf(network(layers), PANE, OPTIONS);
      const frame = frameOf(fittingCamera(picture, PANE), PANE);
      const { left, right, top, bottom } = picture.layout.bounds;
      expect(left * frame.scale + frame.x).toBeGreaterThanOrEqual(23);
      expect(right * frame.scale + frame.x).toBeLessThanOrEqual(PANE.width - 23);
      expect(top * frame.scale + frame.y).toBeGreaterThanOrEqual(23);
      expect(bottom * frame.scale + frame.y).toBeLessThanOrEqual(PANE.height - 23);
    }
  });

  it('shows thirty nodes at a scale at which their numbers have 11 pixels', () => {
    const recording = network(5);
    expect(recording.count).toBeGreaterThanOrEqual(28);
    const picture = pictureOf(recording, PANE, OPTIONS);
    expect(paneScale(picture.layout, PANE)).toBeGreaterThan(0.62);
  });

  it('gives the cards of a column one width', () => {
    const { layout, width } = pictureOf(network(3), PANE, OPTIONS);
    const widths = new Map<number, number>();
    layout.layer.forEach((layer, node) => {
      expect(widths.get(layer) ?? width[node]).toBe(width[node]);
      widths.set(layer, width[node]);
    });
  });

  it('keeps its form while another is only a little better', () => {
    const first = pictureOf(network(2), PANE, OPTIONS);
    const next = pictureOf(network(2), { width: 880, height: 590 }, { ...OPTIONS, previous: first });
    expect(next.form).toBe(first.form);
  });
});

describe('cards on their way', () => {
  it('start where they stood, end where they belong, and new ones stand at once', () => {
    const before = pictureOf(network(1), PANE, OPTIONS);
    const after = pictureOf(network(2), PANE, { ...OPTIONS, previous: before });
    const tween = cardTween(before, before.layout, after, 1000)!;
    const start = tween.at(1000)!;
    const half = tween.at(1120)!;
    after.keys.forEach((key, node) => {
      const was = before.keys.indexOf(key);
      const from = was < 0 ? after.layout.x[node] : before.layout.x[was];
      expect(start.x[node]).toBe(from);
      expect(half.x[node]).toBeCloseTo((from + after.layout.x[node]) / 2, 6);
    });
    expect(tween.at(1300)).toBeUndefined();
    expect(cardTween(before, before.layout, before, 0)).toBeNull();
  });
});

describe('the camera', () => {
  const picture = pictureOf(network(3), PANE, OPTIONS);
  const moment = finishedMoment(picture.recording);
  const follow = (camera: CameraState, pane: typeof PANE, nodes: readonly number[], readable = 11) =>
    followingCamera(picture, camera, pane, nodes, readable, (node, scale) =>
      isReadable(picture, moment, node, scale, { readable, digits: 4, measure: estimateWidth }),
    );

  it('zooms at the pointer: what is under it stays there', () => {
    const camera = fittingCamera(picture, PANE);
    const pixel = { x: 123, y: 456 };
    const under = (c: typeof camera): readonly [number, number] => {
      const { scale, x, y } = frameOf(c, PANE);
      return [(pixel.x - x) / scale, (pixel.y - y) / scale];
    };
    const before = under(camera);
    const after = under(zoomedAt(camera, PANE, pixel, 1.7));
    expect(after[0]).toBeCloseTo(before[0], 6);
    expect(after[1]).toBeCloseTo(before[1], 6);
  });

  it('does not zoom beyond its limits', () => {
    const near = zoomedAt({ x: 0, y: 0, ratio: 1 }, PANE, { x: 0, y: 0 }, 1e9);
    const far = zoomedAt({ x: 0, y: 0, ratio: 1 }, PANE, { x: 0, y: 0 }, 1e-9);
    expect(near.ratio).toBeGreaterThan(0);
    expect(far.ratio).toBeLessThan(1e4);
  });

  it('stays while both ends of the step are on the pane and readable', () => {
    const camera = { x: picture.layout.x[0], y: picture.layout.y[0], ratio: 1 };
    expect(follow(camera, PANE, [0])).toBeNull();
  });

  it('goes where an end is off the pane, and brings all of it', () => {
    const last = picture.recording.output;
    const camera = { x: picture.layout.x[last] + 5000, y: picture.layout.y[last], ratio: 1 };
    const next = follow(camera, PANE, [last])!;
    expect(follow(next, PANE, [last])).toBeNull();
  });

  it('goes nearer where the numbers are too small, and leaves a farther view alone if they are not', () => {
    const next = follow({ x: picture.layout.x[0], y: picture.layout.y[0], ratio: 5 }, PANE, [0])!;
    expect(1 / next.ratio).toBeGreaterThanOrEqual(11 / 13);
    const projector = follow(next, PANE, [0], 24)!;
    expect(13 / projector.ratio).toBeGreaterThanOrEqual(24 - 1e-9);
  });

  it('shows both ends of an edge even on a phone', () => {
    const phone = { width: 390, height: 500 };
    const uses = picture.uses;
    const ends = [uses.source[uses.source.length - 1], uses.target[uses.target.length - 1]];
    const next = follow({ x: 1e5, y: 0, ratio: 1 }, phone, ends)!;
    const { scale, x } = frameOf(next, phone);
    for (const node of ends) {
      const middle = picture.layout.x[node] * scale + x;
      expect(middle).toBeGreaterThan(0);
      expect(middle).toBeLessThan(390);
    }
  });
});

describe('an operation of many inputs', () => {
  const summed = (inputs: number): Recording => {
    const tape = new Tape();
    const leaves = Array.from({ length: inputs }, (_, i) => tape.leaf(i / inputs, `x${i}`));
    return tape.record(tape.applyAll('sum', leaves).as('z'));
  };
  const onPane = (picture: Picture, camera: CameraState): number[] => {
    const { scale, x, y } = frameOf(camera, PANE);
    return Array.from({ length: picture.recording.count }, (_, node) => node).filter((node) => {
      const [across, down] = [picture.layout.x[node] * scale + x, picture.layout.y[node] * scale + y];
      const half = (picture.height[node] / 2) * scale;
      return across > 0 && across < PANE.width && down > half && down < PANE.height - half && half > 14;
    });
  };

  it.each([
    [40, 4],
    [1600, 1],
  ])('of %i is shown with those beside it, as far as they can be read', (inputs, least) => {
    const picture = pictureOf(summed(inputs), PANE, OPTIONS);
    const shown = onPane(picture, openingCamera(picture, PANE, null, 11));
    expect(shown).toContain(picture.recording.output);
    expect(shown.length).toBeGreaterThanOrEqual(least);
  });
});

describe('the grid of cards', () => {
  const picture = pictureOf(network(6), PANE, OPTIONS);
  const grid = cardGrid(picture);
  const { x, y } = picture.layout;
  const { width, height } = picture;

  it('finds exactly the cards that touch a rectangle', () => {
    for (const [left, top, right, bottom] of [
      [0, 0, 300, 200],
      [-1e6, -1e6, 1e6, 1e6],
      [100, -50, 101, 900],
      [5000, 5000, 6000, 6000],
    ]) {
      const expected = Array.from({ length: picture.recording.count }, (_, node) => node).filter(
        (node) =>
          x[node] + width[node] / 2 >= left &&
          x[node] - width[node] / 2 <= right &&
          y[node] + height[node] / 2 >= top &&
          y[node] - height[node] / 2 <= bottom,
      );
      expect(grid.within(left, top, right, bottom)).toEqual(expected);
    }
  });

  it('hits a card anywhere on it, and nothing beside it', () => {
    for (let node = 0; node < picture.recording.count; node++) {
      expect(grid.at(x[node], y[node])).toBe(node);
      expect(grid.at(x[node] - width[node] / 2 + 0.5, y[node] + height[node] / 2 - 0.5)).toBe(node);
    }
    expect(grid.at(picture.layout.bounds.right + 50, picture.layout.bounds.bottom + 50)).toBeNull();
  });

  it('finds the curves that may pass through a rectangle', () => {
    const moment = finishedMoment(picture.recording);
    const all = curveReach(picture).within({ left: -1e6, top: -1e6, right: 1e6, bottom: 1e6 }, moment);
    expect(all).toHaveLength(picture.uses.source.length);
    const none = curveReach(picture).within({ left: 1e5, top: 0, right: 1e5 + 1, bottom: 1 }, moment);
    expect(none).toEqual([]);
  });
});

describe('painting', () => {
  /** A canvas that writes down what is painted on it. */
  function recorder(): {
    readonly context: CanvasRenderingContext2D;
    readonly calls: string[];
    readonly texts: string[];
  } {
    const calls: string[] = [];
    const texts: string[] = [];
    const context = new Proxy(
      {},
      {
        get: (_, name: string) =>
          name === 'measureText'
            ? (text: string) => ({ width: text.length * 6 })
            : (...given: unknown[]) => {
                calls.push(name);
                if (name === 'fillText') texts.push(String(given[0]));
              },
        set: () => true,
      },
    ) as unknown as CanvasRenderingContext2D;
    return { context, calls, texts };
  }

  it('puts the same primitives on the canvas as into the SVG', () => {
    const recording = network(2);
    const picture = pictureOf(recording, PANE, OPTIONS);
    const scene = buildScene(picture, finishedMoment(recording), { theme: 'light', words: en.graph });
    const { context, calls, texts } = recorder();
    paint(context, scene);
    const svg = toSvg(scene);
    const count = (pattern: RegExp): number => [...svg.matchAll(pattern)].length;
    const written = [...svg.matchAll(/<text [^>]*>(.*?)<\/text>/g)]
      .filter(([element]) => !element.includes('aria-hidden'))
      .map(([, content]) => content.replace(/<[^>]*>/g, ''));
    expect(texts.join('')).toBe(written.join(''));
    expect(calls.filter((name) => name === 'roundRect')).toHaveLength(
      scene.primitives.filter(({ kind }) => kind === 'rect').length,
    );
    expect(calls.filter((name) => name === 'closePath')).toHaveLength(count(/<polygon/g));
    expect(calls.filter((name) => name === 'clip')).toHaveLength(count(/fill="url\(#/g));
    expect(calls.filter((name) => name === 'bezierCurveTo')).toHaveLength(
      [...svg.matchAll(/<path d="([^"]*)"/g)].reduce((sum, [, data]) => sum + data.split('C').length - 1, 0),
    );
  });

  it('makes images no larger than browsers can', () => {
    expect(imageScale({ width: 800, height: 600 }, 2)).toBe(2);
    expect(imageScale({ width: 40_000, height: 100 }, 2)).toBeLessThanOrEqual(0.4);
    expect(imageScale({ width: 15_000, height: 15_000 }, 1)).toBeLessThan(0.7);
  });
});

describe('the view from afar', () => {
  const recording = network(3);
  const picture = pictureOf(recording, PANE, OPTIONS);
  const moment = finishedMoment(recording);

  it('keeps the sign in a second channel: negative is striped, positive solid, nothing yet hollow', () => {
    const fills = cardColors(moment, 'light').filter((_, at) => at % 4 === 3);
    recording.value.forEach((_, node) =>
      expect(fills[node]).toBe(moment.gradient[node] < 0 ? FILL.striped : FILL.solid),
    );
    const before = { ...moment, gradientState: new Uint8Array(recording.count) };
    expect(new Set(cardColors(before, 'light').filter((_, at) => at % 4 === 3))).toEqual(
      new Set([FILL.hollow]),
    );
  });

  it('dashes curves along which a negative gradient flows', () => {
    const lines = curveLines(picture, weightiestUses(picture, moment));
    const colors = curveColors(picture, moment, lines, 'light');
    lines.use.forEach((use, vertex) => {
      const negative = moment.contribution[picture.uses.entry[use]] < 0;
      expect(colors[vertex * 8 + 4]).toBe(negative ? 255 : 0);
    });
  });

  it('runs each curve from the right border of the input to the left border of the consumer', () => {
    const { vertices, use } = curveLines(picture, [2]);
    const { source, target } = picture.uses;
    const first = unframedX(vertices[0]);
    const last = unframedX(vertices[3 * (use.length - 1)]);
    expect(first).toBeCloseTo(picture.layout.x[source[2]] + picture.width[source[2]] / 2, 1);
    expect(last).toBeCloseTo(picture.layout.x[target[2]] - picture.width[target[2]] / 2, 1);
    expect(unframedY(cardPoints(picture)[1])).toBeCloseTo(picture.layout.y[0], 1);
  });

  it('shows of too many curves the ones along which most flows', () => {
    const kept = weightiestUses(picture, moment, 3);
    expect(kept).toHaveLength(3);
    const flow = (use: number): number => Math.abs(moment.contribution[picture.uses.entry[use]]);
    const least = Math.min(...Array.from(kept, flow));
    const others = Array.from(picture.uses.source, (_, use) => use).filter((use) => !kept.includes(use));
    for (const use of others) expect(flow(use)).toBeLessThanOrEqual(least);
  });
});

describe('cards for ears and fingers', () => {
  const recording = network(2);
  const picture = pictureOf(recording, PANE, OPTIONS);
  const moment = finishedMoment(recording);
  const node = (name: string): number => nodeNamed(recording, name);

  it('are described with kind, value, derivative and state', () => {
    expect(describeCard(picture, moment, node('w1'), 4, en.graph)).toMatch(
      /^w1, given number, value 1\.2, ∂C\/∂w1 = −?[\d.]+, final$/,
    );
    const before = { ...moment, gradientState: new Uint8Array(recording.count) };
    expect(describeCard(picture, before, node('a2'), 4, en.graph)).toContain('∂C/∂a2 not reached yet');
  });

  it('show every digit on request', () => {
    const details = detailsOf(picture, moment, node('a1'));
    expect(Number(details.value)).toBe(recording.value[node('a1')]);
    expect(details.title).toBe('a1 = σ(z1)');
  });

  it('are walked along the edges: left to an input, right to a user, up and down in the column', () => {
    expect(neighbourOf(picture, node('a1'), 'left')).toBe(node('z1'));
    expect(neighbourOf(picture, node('z1'), 'right')).toBe(node('a1'));
    expect(neighbourOf(picture, node('C'), 'right')).toBeNull();
    expect(neighbourOf(picture, node('w1'), 'left')).toBeNull();
    const below = neighbourOf(picture, node('a0'), 'down') ?? neighbourOf(picture, node('a0'), 'up')!;
    expect(picture.layout.layer[below]).toBe(picture.layout.layer[node('a0')]);
    const back = [neighbourOf(picture, below, 'up'), neighbourOf(picture, below, 'down')];
    expect(back).toContain(node('a0'));
  });

  it('get elements nearest to the middle first, and not more than asked', () => {
    const middle = { x: picture.layout.x[node('C')], y: picture.layout.y[node('C')] };
    const all = Array.from({ length: recording.count }, (_, k) => k);
    expect(nearest(all, picture, middle, [], 1)).toEqual([node('C')]);
    expect(nearest(all, picture, middle, [null, node('a0')], 5)).toHaveLength(5);
    expect(nearest(all, picture, middle, [null, node('a0')], 5)).toContain(node('a0'));
    expect(nearest(all, picture, middle)).toEqual(all);
  });
});

describe('steps of a number under the finger', () => {
  it.each([
    [3, 0.1],
    [0.4, 0.01],
    [-25, 1],
    [0.00012, 0.00001],
    [0, 0.01],
    [1000, 100],
  ])('of %d go by %d', (value, step) => {
    expect(stepOf(value)).toBeCloseTo(step, 12);
  });

  it('leave no noise of binary fractions behind', () => {
    expect(stepped(0.1, 2, 0.1)).toBe(0.3);
    expect(stepped(0.35, -35, 0.01)).toBe(0);
    expect(Object.is(stepped(0.01, -1, 0.01), 0)).toBe(true);
    expect(stepped(1e-7, 3, 1e-9)).toBe(1.03e-7);
    expect(stepped(123.456, 1, 0.001)).toBe(123.457);
  });
});

it('the frame of a whole layout holds all of it', () => {
  const { layout } = pictureOf(network(2), PANE, OPTIONS);
  const frame = wholeFrame(layout, 2);
  expect(layout.bounds.left * 2 + frame.x).toBeGreaterThan(0);
  expect(layout.bounds.right * 2 + frame.x).toBeLessThan(frame.width);
});

describe('the camera of a document that is opened', () => {
  it('shows the whole graph where it can be read', () => {
    const picture = pictureOf(network(3), PANE, OPTIONS);
    expect(openingCamera(picture, PANE, null, 11)).toEqual(fittingCamera(picture, PANE));
  });

  it('is as near on a wall as its numbers ask for, though the whole graph would fit', () => {
    const recording = network(3);
    const picture = pictureOf(recording, PANE, OPTIONS);
    const output = { kind: 'seed', node: nodeNamed(recording, 'C'), entry: -1 } as const;
    const camera = openingCamera(picture, PANE, output, 24);
    expect(CARD.number / camera.ratio).toBeGreaterThanOrEqual(24);
    expect(CARD.number / fittingCamera(picture, PANE).ratio).toBeLessThan(24);
  });

  it('begins at the first operation of a graph that is too large, and at the step after that', () => {
    const recording = network(40);
    const picture = pictureOf(recording, PANE, OPTIONS);
    const seen = (node: number, camera: CameraState): boolean => {
      const { scale, x, y } = frameOf(camera, PANE);
      const across = picture.layout.x[node] * scale + x;
      const down = picture.layout.y[node] * scale + y;
      return across > 0 && down > 0 && across < PANE.width && down < PANE.height;
    };
    const start = openingCamera(picture, PANE, null, 11);
    expect(start.ratio).toBeLessThanOrEqual(13 / 11);
    expect(seen(nodeNamed(recording, 'a0'), start)).toBe(true);
    expect(seen(nodeNamed(recording, 'w1'), start)).toBe(true);
    expect(seen(nodeNamed(recording, 'C'), start)).toBe(false);
    const later = openingCamera(
      picture,
      PANE,
      { kind: 'seed', node: nodeNamed(recording, 'C'), entry: -1 },
      11,
    );
    expect(seen(nodeNamed(recording, 'C'), later)).toBe(true);
    expect(seen(nodeNamed(recording, 'a0'), later)).toBe(false);
  });
});
