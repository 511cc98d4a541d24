import { loadNetworkMessages } from '@backflow/messages';
import {
  BEHAVIOURS,
  GRADIENT_CAUSES,
  GRADIENT_VERDICTS,
  GradientReplay,
  initialParameters,
  layoutOf,
  parameterCount,
  UNIT_STATES,
  type Dataset,
  type LossSpec,
  type NetworkSpec,
} from '@backflow/nn';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { decades } from '../../../apps/web/src/network/gradients/decades.ts';
import {
  byDifferences,
  compare,
  dimensionCosts,
  VALUES,
} from '../../../apps/web/src/network/gradients/descent/counting.ts';
import { bothWays } from '../../../apps/web/src/network/gradients/descent/both-ways.ts';
import { readFormula, type Formula } from '../../../apps/web/src/network/gradients/descent/landscape.ts';
import {
  bandOf,
  curveOf,
  bandsOf,
  inPixels,
  NO_BAND,
  pathOf,
  reliefOf,
  roundTicks,
  tickText,
} from '../../../apps/web/src/network/gradients/descent/picture.ts';
import { PRESET_NAMES, PRESETS } from '../../../apps/web/src/network/gradients/descent/presets.ts';
import { exampleName, outputName } from '../../../apps/web/src/network/gradients/names.ts';
import { inSlices } from '../../../apps/web/src/network/gradients/slices.ts';
import { surveyorWith, type Question } from '../../../apps/web/src/network/gradients/surveying.ts';
import { rowsOf } from '../../../apps/web/src/network/gradients/wishes/rows.ts';
import { seen, stepped } from '../../../apps/web/src/network/gradients/wishes/window.ts';

const read = (text: string): Extract<Formula, { kind: 'landscape' }> => {
  const formula = readFormula(text);
  if (formula.kind !== 'landscape') throw new Error(`${text}: ${JSON.stringify(formula)}`);
  return formula;
};

describe('a formula that the reader types', () => {
  it('is a cost over its free letters, with the gradient of the lecture', () => {
    const { names, landscape, cost } = read('C(x, y) = 3/2 x² + 1/2 y²');
    expect([names, cost]).toEqual([['x', 'y'], 'C']);
    const slope = new Float64Array(2);
    expect(landscape.slope([1, 1], slope)).toBe(2);
    expect([...slope]).toEqual([3, 1]);
    expect(landscape.value([2, -1])).toBe(6.5);
  });

  it('may have lines before the last', () => {
    const { names, landscape } = read('a = 3\nh = a w\nE = h²');
    expect([names, landscape.value([2]), read('E = w²').cost]).toEqual([['w'], 36, 'E']);
  });

  it('has slopes like finite differences, at every preset', () => {
    for (const name of PRESET_NAMES) {
      const { text, start } = PRESETS[name];
      const { landscape, names } = read(text);
      expect(names).toHaveLength(start.length);
      const exact = new Float64Array(start.length);
      const found = new Float64Array(start.length);
      landscape.slope(start, exact);
      byDifferences(landscape).slope(start, found);
      found.forEach((each, i) => expect(Math.abs(each - exact[i])).toBeLessThan(1e-2));
    }
    const waves = read(PRESETS.waves.text).landscape;
    const slope = new Float64Array(1);
    waves.slope([1.3], slope);
    expect(slope[0]).toBeCloseTo(4 * 1.3 * Math.cos(1.69) + 5 / (2 * Math.sqrt(6.5)), 12);
  });

  it('is refused with a reason', () => {
    expect(readFormula('x² +').kind).toBe('problem');
    expect(readFormula('net = mlp(2, 3, 1)')).toMatchObject({
      kind: 'problem',
      problem: { code: 'network' },
    });
    expect(readFormula('3 + 4')).toEqual({ kind: 'names', names: [] });
    expect(readFormula('x + y + z')).toEqual({ kind: 'names', names: ['x', 'y', 'z'] });
    expect(readFormula(`x${' + x'.repeat(3000)}`).kind).toBe('problem');
  });
});

describe('the picture of a cost', () => {
  it('is a line with gaps where there is no number', () => {
    const curve = curveOf(read('√x').landscape, -2, 2, 5);
    expect([...curve.y]).toEqual([NaN, NaN, 0, 1, Math.SQRT2]);
    expect([curve.low, curve.high]).toEqual([0, Math.SQRT2]);
    const path = pathOf(
      curve,
      (x) => x,
      (y) => y,
    );
    expect(path).toBe('M0.0 0.0L1.0 1.0L2.0 1.4');
  });

  it('has the heights of the plane, top row first', () => {
    const relief = reliefOf(read('x + 10 y').landscape, [0, 0], [2, 1], 3, 2);
    expect([...relief.heights]).toEqual([10, 11, 12, 0, 1, 2]);
    // 10, 10.5, 11, 11.5, 12, and below 5 to 7, and 0 to 2: the cube root of their share of 12, of ten bands.
    const bandAt = (height: number): number => Math.min(9, Math.floor(10 * Math.cbrt(height / 12)));
    expect([...bandsOf(relief, 5, 3, 10)]).toEqual(
      [10, 10.5, 11, 11.5, 12, 5, 5.5, 6, 6.5, 7, 0, 0.5, 1, 1.5, 2].map(bandAt),
    );
    expect([...bandsOf(reliefOf(read('√x + 0 y').landscape, [-1, 0], [1, 1], 3, 2), 3, 1, 10)]).toEqual([
      NO_BAND,
      0,
      9,
    ]);
    expect([bandOf(0, relief, 10), bandOf(12, relief, 10), bandOf(NaN, relief, 10)]).toEqual([0, 10, NaN]);
  });

  it('stays in numbers where heights or places do not', () => {
    const { y, low, high } = curveOf(read('x·1e308').landscape, -1.5, 1.5, 4);
    expect([...y].every(Number.isFinite)).toBe(true);
    expect(Number.isFinite(1.12 * (high - low))).toBe(true);
    expect([inPixels(7e301), inPixels(-Infinity), inPixels(12.5)]).toEqual([1e6, -1e6, 12.5]);
  });

  it('has ticks in as many digits as tell them apart', () => {
    const near = [1.6491, 1.64912, 1.64914];
    expect(near.map((tick) => tickText(tick, near))).toEqual(['1.6491', '1.64912', '1.64914']);
    expect([tickText(0.5, [0, 0.5, 1]), tickText(-2, [-2]), tickText(0, [0])]).toEqual(['0.5', '−2', '0']);
  });

  it('has round ticks', () => {
    expect(roundTicks(-1.5, 1.5, 4)).toEqual([-1, 0, 1]);
    expect(roundTicks(0, 0.4, 4)).toEqual([0, 0.1, 0.2, 0.3, 0.4]);
    // So near to each other that one step more is the same number.
    expect(roundTicks(2, 2 + 2 ** -50, 4)).toEqual([]);
    expect(roundTicks(-Infinity, Infinity, 4)).toEqual([]);
    expect(decades([-61, 0], 5)).toEqual({ low: -61, high: 0, ticks: [-60, -40, -20, 0] });
    expect(decades([], 5)).toEqual({ low: 0, high: 1, ticks: [0, 1] });
  });
});

describe('the ways that are compared', () => {
  it('are counted while they run', () => {
    const { landscape } = read('3/2 x² + 1/2 y²');
    const { search, descent, differences } = compare(landscape, [-1, -1], [1, 1], 11, [1, 1], 0.1, 40);
    expect(search.evaluations).toEqual({ values: 121, slopes: 0 });
    expect([...search.point]).toEqual([0, 0]);
    expect(descent.evaluations).toEqual({ values: 0, slopes: descent.steps + 1 });
    expect(differences.evaluations).toEqual({ values: 3 * (differences.steps + 1), slopes: 0 });
    expect(descent.end.cost).toBeLessThan(1e-3);
    expect(differences.end.cost).toBeCloseTo(descent.end.cost, 4);
  });

  it('cost ten times as much per weight, one more, and nothing more', () => {
    const work = dimensionCosts([1, 2, 4, 8, 50]);
    let found = work.next();
    while (found.done !== true) found = work.next();
    expect(found.value).toEqual([
      { dimensions: 1, search: VALUES, differences: 2 },
      { dimensions: 2, search: VALUES ** 2, differences: 3 },
      { dimensions: 4, search: VALUES ** 4, differences: 5 },
      { dimensions: 8, search: null, differences: 9 },
      { dimensions: 50, search: null, differences: 51 },
    ]);
  });
});

describe('one gradient of a network', () => {
  it('is the same both ways, at very different costs', () => {
    const network: NetworkSpec = {
      sizes: [2, 5, 3],
      activation: 'sigmoid',
      output: 'sigmoid',
      bias: true,
      init: 'xavier',
      seed: 2,
    };
    const parameters = initialParameters(network);
    const replay = new GradientReplay(network, { name: 'squared', l1: 0, l2: 0 });
    const work = bothWays(replay, parameters, [0.3, -0.7], [0, 1, 0]);
    let found = work.next();
    while (found.done !== true) found = work.next();
    const { evaluations, difference, largest } = found.value;
    expect(evaluations).toEqual({ values: 34, slopes: 1 });
    expect(difference).toBeGreaterThan(0);
    expect(difference / largest).toBeLessThan(1e-5);
  });
});

describe('the table of wishes', () => {
  const layers = layoutOf({ sizes: [2, 3, 1], bias: true });

  it('has the rows of a layer, or of a neuron', () => {
    expect(rowsOf(layers, -1, -1)).toEqual(Array.from({ length: 13 }, (_, i) => i));
    expect(rowsOf(layers, 0, 1)).toEqual([2, 3, 7]);
    expect(rowsOf(layers, 1, -1)).toEqual([9, 10, 11, 12]);
    expect(rowsOf(layoutOf({ sizes: [2, 3, 1], bias: false }), 0, 2)).toEqual([4, 5]);
  });

  it('keeps in the page what is seen, and a little more', () => {
    expect(seen(1000, 3200, 320, 32, 4)).toEqual({ from: 96, to: 114 });
    expect(seen(5, 0, 320, 32, 4)).toEqual({ from: 0, to: 5 });
    expect(seen(10, 9999, 320, 32, 4)).toEqual({ from: 10, to: 10 });
    expect([0, 99, 100, 250].map((at) => stepped(at, 100))).toEqual([0, 0, 100, 200]);
  });
});

const dataset: Dataset = {
  name: 'two',
  size: 4,
  inputs: 2,
  task: 'classification',
  x: Float64Array.from([0, 0, 0, 1, 1, 0, 1, 1]),
  scale: 1,
  y: Float64Array.from([0, 1, 1, 0]),
  targets: 1,
  classes: ['even', 'odd'],
  columns: ['a', 'b'],
  picture: null,
};

describe('names', () => {
  it('say what an example and an output are about', () => {
    expect(exampleName(dataset, 1, String)).toBe('odd');
    const numbers = { ...dataset, task: 'regression' as const, y: Float64Array.of(1, 2, 3, 4), targets: 2 };
    expect(exampleName(numbers, 1, String)).toBe('3, 4');
    expect([outputName(dataset, 2, 1), outputName(dataset, 1, 0), outputName(null, 2, 1)]).toEqual([
      'odd',
      null,
      null,
    ]);
  });
});

describe('surveys', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  const network: NetworkSpec = {
    sizes: [2, 3, 1],
    activation: 'tanh',
    output: 'tanh',
    bias: true,
    init: 'uniform',
    seed: 1,
  };
  const loss: LossSpec = { name: 'squared', l1: 0, l2: 0 };
  const question = (scale: number, more?: Partial<Question>): Question => ({
    network,
    loss,
    parameters: initialParameters(network).map((each) => scale * each),
    dataset,
    examples: Int32Array.of(0, 1, 2, 3),
    ...more,
  });
  /** Each look at the clock takes a while, so that every slice is one example. */
  const slow = () => {
    let now = 0;
    return {
      now: () => (now += 5),
      wait(then: () => void, ms: number) {
        const timer = setTimeout(then, ms);
        return () => clearTimeout(timer);
      },
    };
  };

  it('tell how far they are, and what they found', () => {
    const surveyor = surveyorWith(slow());
    surveyor.ask(question(1), false);
    expect(surveyor.state.value).toEqual({ last: null, done: 0, problem: null });
    vi.runAllTimers();
    const { last, done } = surveyor.state.value;
    expect(done).toBeNull();
    expect(last!.survey.wishes.count).toBe(4);
    expect(last!.survey.wishes.mean).toHaveLength(parameterCount(network));
  });

  it('go by the last question, at once where nobody trains', () => {
    const surveyor = surveyorWith(slow());
    const later = question(3);
    surveyor.ask(question(1), false);
    surveyor.ask(question(2), false);
    vi.advanceTimersByTime(0);
    surveyor.ask(later, false);
    vi.runAllTimers();
    expect(surveyor.state.value.last!.question).toBe(later);
  });

  it('forget what they found out about another network', () => {
    const surveyor = surveyorWith(slow());
    surveyor.ask(question(1), false);
    vi.runAllTimers();
    surveyor.ask(question(2), false);
    expect(surveyor.state.value.last).not.toBeNull();
    const wider = { ...network, sizes: [2, 4, 1] };
    surveyor.ask(question(1, { network: wider, parameters: initialParameters(wider) }), false);
    expect(surveyor.state.value.last).toBeNull();
    surveyor.stop();
  });

  it('finish, and rest, while one trains', () => {
    const surveyor = surveyorWith(slow());
    const [first, second, third] = [question(1), question(2), question(3)];
    const answered: unknown[] = [];
    surveyor.state.subscribe(({ last }) => {
      if (last !== null && last.question !== answered.at(-1)) answered.push(last.question);
    });
    surveyor.ask(first, true);
    surveyor.ask(second, true);
    surveyor.ask(third, true);
    vi.runAllTimers();
    expect(answered).toEqual([first, third]);
  });

  it('say why data do not fit, and end when nobody looks', () => {
    const surveyor = surveyorWith(slow());
    surveyor.ask(
      question(1, { network: { ...network, sizes: [3, 3, 1] }, parameters: new Float64Array(16) }),
      false,
    );
    vi.runAllTimers();
    expect(surveyor.state.value.problem).toMatch(/sizes/);
    surveyor.ask(question(1), false);
    surveyor.stop();
    vi.runAllTimers();
    expect(surveyor.state.value.last).toBeNull();
  });

  it('are worked on in slices', () => {
    let now = 0;
    function* work(): Generator<number, string> {
      for (let i = 1; i <= 3; i++) {
        now += 6;
        yield i;
      }
      return 'done';
    }
    const heard: unknown[] = [];
    inSlices(
      work(),
      (result) => heard.push(result),
      (done) => heard.push(done),
      () => now,
    );
    expect(heard).toEqual([]);
    vi.runAllTimers();
    expect(heard).toEqual([2, 'done']);
    const stop = inSlices(work(), () => heard.push('never'));
    stop();
    vi.runAllTimers();
    expect(heard).toHaveLength(2);
  });
});

describe('the texts', () => {
  const shape = (texts: object, path = ''): string[] =>
    Object.entries(texts).flatMap(([name, text]: [string, unknown]) =>
      typeof text === 'object' && text !== null ? shape(text, `${path}.${name}`) : [`${path}.${name}`],
    );

  it('count one as one', async () => {
    const [{ gradients: en }, { gradients: de }] = [
      await loadNetworkMessages('en'),
      await loadNetworkMessages('de'),
    ];
    expect(en.wishes.shown('1', '1', '1', '1', true)).toBe('1 weight, 1 example.');
    expect(de.wishes.shown('2', '2', '1', '1', true)).toBe('2 Gewichte, 1 Beispiel.');
    expect([en.cost.mean('1'), de.cost.mean('1,000')]).toEqual([
      'Mean over 1 example',
      'Mittel über 1,000 Beispiele',
    ]);
    expect(en.units.nearly('1', '100')).toMatch(/^only 1 of 100 examples reaches it/);
    expect(de.units.dead('1', '−1', '1')).toMatch(/^für das einzige Beispiel ist z höchstens −1/);
    expect(de.descent.behaviours.settled(1)).toMatch(/nach 1 Schritt zur Ruhe/);
  });

  it('are all there in both languages, with words for every verdict', async () => {
    const [en, de] = [await loadNetworkMessages('en'), await loadNetworkMessages('de')];
    expect(shape(de.gradients)).toEqual(shape(en.gradients));
    for (const { gradients } of [en, de]) {
      expect(Object.keys(gradients.layers.verdicts)).toEqual([...GRADIENT_VERDICTS]);
      expect(Object.keys(gradients.layers.causes)).toEqual([...GRADIENT_CAUSES]);
      expect(Object.keys(gradients.descent.behaviours)).toEqual([...BEHAVIOURS]);
      expect(Object.keys(gradients.units.states).sort()).toEqual([...UNIT_STATES].sort());
    }
  });
});
