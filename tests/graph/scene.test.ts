import { GRADIENT_STATES, wholeFrame, type CardForm } from '@backflow/graph';
import { describe, expect, it } from 'vitest';
import { randomSums } from './programs.ts';
import {
  draw,
  momentWith,
  neurons,
  pathsOf,
  pictureIn,
  polygonsOf,
  reachOf,
  rectsOf,
  square,
  textsOf,
  wordsOf,
} from './scene-programs.ts';

const FORMS: readonly CardForm[] = ['row', 'stacked'];
const state = (name: (typeof GRADIENT_STATES)[number]): number => GRADIENT_STATES.indexOf(name);

describe('a card', () => {
  it('says name, symbol, value and the derivative by the reader’s own names', () => {
    const recording = square();
    const words = wordsOf(draw(pictureIn('row', recording), momentWith(recording)));
    expect(words).toEqual(expect.arrayContaining(['x', 'y', '×', '3', '9', '∂y/∂x', '6', '∂y/∂y', '1']));
  });

  it('shows a dash in a hollow field while its gradient is not reached', () => {
    const recording = square();
    const gradientState = new Uint8Array([state('none'), state('none')]);
    const scene = draw(pictureIn('row', recording), momentWith(recording, { gradientState }), { edges: [] });
    expect(wordsOf(scene).filter((word) => word === '—')).toHaveLength(2);
    expect(wordsOf(scene)).not.toContain('6');
    const fields = rectsOf(scene).filter(({ dash }) => dash !== null);
    expect(fields.map(({ fill, hatch }) => [fill, hatch])).toEqual([
      [null, null],
      [null, null],
    ]);
  });

  it('shows a dash for a value that is not computed yet', () => {
    const recording = square();
    const moment = momentWith(recording, { valueKnown: new Uint8Array([1, 0]) });
    expect(wordsOf(draw(pictureIn('row', recording), moment))).not.toContain('9');
  });

  it.each(FORMS)('says how many uses have reported while partial (%s)', (form) => {
    const recording = square();
    const moment = momentWith(recording, {
      gradientState: new Uint8Array([state('partial'), state('final')]),
      gradient: new Float64Array([3, 1]),
      reported: new Int32Array([1, 0]),
    });
    const words = wordsOf(draw(pictureIn(form, recording), moment)).join(' ');
    expect(words).toContain('3 + …');
    expect(words).toContain('(1 of 2)');
  });

  it('hatches a negative gradient and leaves a positive one plain', () => {
    const hatched = (x: number): boolean => {
      const recording = square(x);
      return rectsOf(draw(pictureIn('row', recording), momentWith(recording))).some(
        ({ hatch }) => hatch !== null,
      );
    };
    expect(hatched(-3)).toBe(true);
    expect(hatched(3)).toBe(false);
  });

  it('shows 0, plain, where no path leads to the output', () => {
    const recording = square(-3);
    const moment = momentWith(recording, {
      gradientState: new Uint8Array([state('zero'), state('final')]),
      gradient: new Float64Array([0, 1]),
      flowed: new Uint8Array(2),
    });
    const scene = draw(pictureIn('row', recording), moment);
    expect(wordsOf(scene)).toContain('0');
    expect(rectsOf(scene).every(({ hatch }) => hatch === null)).toBe(true);
  });

  it('shows the constants of its operation, which have no card', () => {
    const recording = neurons();
    const words = wordsOf(draw(pictureIn('row', recording), momentWith(recording)));
    expect(words).toContain('( )^{2}');
    expect(words).toContain('× 0.5');
  });

  it('shows the moment’s value of a leaf, not the recorded one', () => {
    const recording = square();
    const words = wordsOf(
      draw(pictureIn('row', recording), momentWith(recording, { value: new Float64Array([4, 16]) })),
    );
    expect(words).toEqual(expect.arrayContaining(['4', '16']));
  });

  it('tells where the numbers of leaves stand, and of leaves only', () => {
    const recording = neurons();
    const picture = pictureIn('row', recording);
    const { numbers } = draw(picture, momentWith(recording));
    expect(
      numbers.map(({ node }) => recording.names.get(node)!).toSorted((a, b) => a.localeCompare(b)),
    ).toEqual(['b', 't', 'u', 'w_hidden', 'x']);
  });

  it.each(FORMS)('keeps every text inside a card at every scale at which cards are drawn (%s)', (form) => {
    const outside: string[] = [];
    const recordings = [square(), square(-123456.789), neurons(), randomSums(7, 40)];
    for (const recording of recordings) {
      const long = new Map(recording.names).set(0, 'a_rather_long_name_of_a_number');
      const picture = pictureIn(form, { ...recording, names: long });
      for (const scale of [0.4, 0.55, 0.7, 0.75, 0.9, 1, 1.7]) {
        const scene = draw(picture, momentWith(recording), {
          edges: [],
          frame: wholeFrame(picture.layout, scale),
        });
        const { x: dx, y: dy } = wholeFrame(picture.layout, scale);
        for (const text of textsOf(scene)) {
          const [left, right] = reachOf(text);
          const inside = picture.layout.x.some((x, node) => {
            const cardX = x * scale + dx;
            const cardY = picture.layout.y[node] * scale + dy;
            const halfWidth = (picture.width[node] * scale) / 2;
            const halfHeight = (picture.height[node] * scale) / 2;
            return (
              left >= cardX - halfWidth - 0.01 &&
              right <= cardX + halfWidth + 0.01 &&
              text.y - 0.72 * text.size >= cardY - halfHeight &&
              text.y <= cardY + halfHeight
            );
          });
          if (!inside) outside.push(`${text.text} at scale ${scale}`);
        }
      }
    }
    expect(outside).toEqual([]);
  });

  it('keeps numbers at 11 pixels as long as three lines of them fit', () => {
    const recording = neurons();
    const picture = pictureIn('stacked', recording);
    for (const scale of [0.65, 0.72, 0.8, 1]) {
      const scene = draw(picture, momentWith(recording), {
        edges: [],
        frame: wholeFrame(picture.layout, scale),
      });
      const numbers = textsOf(scene).filter(({ text }) => /^−?\d+(\.\d+)?$/.test(text));
      expect(numbers.length).toBeGreaterThan(10);
      expect(numbers.filter(({ size }) => size < 10.5)).toEqual([]);
    }
  });

  it('aligns value and gradient on the decimal point where both stand in rows', () => {
    const recording = neurons();
    const scene = draw(pictureIn('row', recording), momentWith(recording), { edges: [] });
    const node = [...recording.names].find(([, name]) => name === 'a')![0];
    const value = textsOf(scene).find(({ text }) => text === recording.value[node].toPrecision(4));
    expect(value).toBeDefined();
    const beside = textsOf(scene).filter(({ anchor, text }) => anchor === 'end' && /^−?\d+\.\d+$/.test(text));
    // In front of the points, right-aligned numbers of different lengths end at different places.
    expect(new Set(beside.map(({ x }) => Math.round(x * 10))).size).toBeGreaterThan(1);
  });
});

describe('an edge', () => {
  it('carries its local derivative beside the line, not on it', () => {
    const recording = neurons();
    const picture = pictureIn('row', recording);
    const scene = draw(picture, momentWith(recording), { nodes: [] });
    const labels = textsOf(scene);
    expect(labels.length).toBeGreaterThan(4);
    const crossed = labels.filter((label) => {
      const [left, right] = reachOf(label);
      return pathsOf(scene).some(({ points }) =>
        points.some((x, k) => {
          const y = points[k + 1];
          return k % 2 === 0 && x > left && x < right && y > label.y - 0.7 * label.size && y < label.y;
        }),
      );
    });
    for (const { text } of labels) expect(text).toMatch(/^×/);
    expect(crossed).toEqual([]);
  });

  it('has no label before the value it leads to is known', () => {
    const recording = square();
    const moment = momentWith(recording, { valueKnown: new Uint8Array([1, 0]) });
    expect(textsOf(draw(pictureIn('row', recording), moment, { nodes: [] }))).toEqual([]);
  });

  it('is dashed where the flow is negative, dotted where nothing can flow, solid otherwise', () => {
    const recording = square(-3);
    const picture = pictureIn('row', recording);
    const dashes = (changes: Parameters<typeof momentWith>[1]): (readonly number[] | null)[] =>
      pathsOf(draw(picture, momentWith(recording, changes), { nodes: [] })).map(({ dash }) => dash);
    const [negative] = dashes({});
    const [dead] = dashes({ live: new Uint8Array(2), flowed: new Uint8Array(2) });
    const [waiting] = dashes({ flowed: new Uint8Array(2) });
    expect(negative).not.toBeNull();
    expect(dead).not.toBeNull();
    expect(dead).not.toEqual(negative);
    expect(waiting).toBeNull();
  });

  it('is drawn once for each use', () => {
    const recording = square();
    expect(pathsOf(draw(pictureIn('row', recording), momentWith(recording), { nodes: [] }))).toHaveLength(2);
  });

  it('ends at the border of the consumer’s card', () => {
    const recording = neurons();
    const picture = pictureIn('row', recording);
    const frame = wholeFrame(picture.layout);
    const scene = draw(picture, momentWith(recording), { nodes: [] });
    const tips = polygonsOf(scene).map(({ points }) => points[0]);
    const borders = new Set(
      Array.from(picture.uses.target, (node) =>
        Math.round(picture.layout.x[node] - picture.width[node] / 2 + frame.x),
      ),
    );
    expect(tips).toHaveLength(picture.uses.target.length);
    for (const tip of tips) expect(borders).toContain(Math.round(tip));
  });
});

describe('the active step', () => {
  const recording = square();
  const picture = pictureIn('row', recording);
  const entry = recording.inputStart[1];
  const flowing = momentWith(recording, {
    flowed: new Uint8Array([1, 0]),
    contribution: new Float64Array([3, NaN]),
  });

  it('shows upstream × local = contribution on the edge that contributes', () => {
    const moment = { ...flowing, active: { kind: 'contribute', node: 1, entry } } as const;
    expect(wordsOf(draw(picture, moment))).toContain('1 × 3 = 3');
  });

  it('writes a negative factor in brackets', () => {
    const negative = square(-3);
    const moment = momentWith(negative, { active: { kind: 'contribute', node: 1, entry } });
    expect(wordsOf(draw(pictureIn('row', negative), moment))).toContain('1 × (−3) = −3');
  });

  it('shows the sum when a further use reports', () => {
    const moment = momentWith(recording, {
      gradient: new Float64Array([6, 1]),
      reported: new Int32Array([2, 0]),
      active: { kind: 'accumulate', node: 1, entry: entry + 1 },
    });
    const words = wordsOf(draw(picture, moment)).join(' ');
    expect(words).toMatch(/3 \+ 3 = 6/);
  });

  it('moves the label from the consumer towards the input', () => {
    const moment = { ...flowing, active: { kind: 'contribute', node: 1, entry } } as const;
    const at = (phase: number): number =>
      textsOf(draw(picture, moment, { phase })).find(({ text }) => text.includes('='))!.x;
    expect(at(0)).toBeGreaterThan(at(1));
  });

  it('differs between forward and backward by more than colour', () => {
    const tabs = (kind: 'evaluate' | 'visit'): number[] => {
      const scene = draw(picture, momentWith(recording, { active: { kind, node: 1, entry: -1 } }), {
        edges: [],
      });
      return polygonsOf(scene).map(({ points }) => Math.sign(points[0] - points[2]));
    };
    expect(tabs('evaluate')).toEqual([1]);
    expect(tabs('visit')).toEqual([-1]);
    const rings = (kind: 'evaluate' | 'visit'): boolean =>
      rectsOf(draw(picture, momentWith(recording, { active: { kind, node: 1, entry: -1 } }))).some(
        ({ dash, lineWidth }) => dash !== null && lineWidth > 2,
      );
    expect(rings('evaluate')).toBe(false);
    expect(rings('visit')).toBe(true);
  });

  it('lets heads run along every input of the node that is evaluated', () => {
    const moment = momentWith(recording, { active: { kind: 'evaluate', node: 1, entry: -1 } });
    const still = polygonsOf(draw(picture, momentWith(recording), { nodes: [] })).length;
    expect(polygonsOf(draw(picture, moment, { nodes: [] })).length).toBe(still + 2 * 3);
  });
});

describe('a scene', () => {
  it('draws only the nodes and uses it is given', () => {
    const recording = neurons();
    const picture = pictureIn('row', recording);
    const words = wordsOf(draw(picture, momentWith(recording), { nodes: [0], edges: [] }));
    expect(words).toContain('x');
    expect(words).not.toContain('b');
  });

  it('fades while the text no longer matches', () => {
    const recording = square();
    const picture = pictureIn('row', recording);
    expect(draw(picture, momentWith(recording)).opacity).toBe(1);
    expect(draw(picture, momentWith(recording, { stale: true })).opacity).toBeLessThan(1);
  });

  it('shows infinities and NaN as such', () => {
    const recording = square();
    const moment = momentWith(recording, {
      gradient: new Float64Array([NaN, -Infinity]),
      value: new Float64Array([Infinity, NaN]),
    });
    const words = wordsOf(draw(pictureIn('row', recording), moment));
    expect(words).toEqual(expect.arrayContaining(['NaN', '∞', '−∞']));
  });
});
