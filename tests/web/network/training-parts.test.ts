import {
  generate,
  initialParameters,
  parametersFromJson,
  parametersToJson,
  Trainer,
  type Dataset,
  type NetworkSpec,
  type TrainingSpec,
} from '@backflow/nn';
import { fromStateDict } from '@backflow/nn/exchange';
import { describe, expect, it } from 'vitest';
import { heightOf, thinned } from '../../../apps/web/src/network/training/curve-lines.ts';
import {
  cellsFor,
  confidenceField,
  fieldOf,
  frameOf,
  sampled,
} from '../../../apps/web/src/network/training/field.ts';
import { percent, rangeOf, ticksBetween } from '../../../apps/web/src/network/training/figures.ts';
import { FileBox } from '../../../apps/web/src/network/training/files.ts';
import { misfitOf } from '../../../apps/web/src/network/training/fit.ts';
import { identityOf, keyOf, wholeOf } from '../../../apps/web/src/network/training/identity.ts';
import { keptIn } from '../../../apps/web/src/network/training/kept-schema.ts';
import { fileProblem, reasonOf } from '../../../apps/web/src/network/training/problems.ts';
import { answersOf, Response } from '../../../apps/web/src/network/training/response.ts';
import { trendOf } from '../../../apps/web/src/network/training/trend.ts';
import { exampleOf } from '../../../apps/web/src/network/training/values.ts';
import { networkDe } from '../../../packages/messages/src/network-de.ts';
import { networkEn } from '../../../packages/messages/src/network-en.ts';

const NETWORK: NetworkSpec = {
  sizes: [2, 5, 3],
  activation: 'tanh',
  output: 'softmax',
  bias: true,
  init: 'xavier',
  seed: 4,
};
const SPEC: TrainingSpec = {
  network: NETWORK,
  data: { kind: 'blobs', count: 60, noise: 0.1, seed: 1, validation: 0 },
  loss: { name: 'crossEntropy', l1: 0, l2: 0 },
  train: {
    optimizer: 'sgd',
    rate: 0.1,
    momentum: 0.9,
    schedule: { name: 'linear', to: 0.01, factor: 1, every: 1 },
    epochs: 10,
    batch: Infinity,
    shuffle: true,
    seed: 1,
    tolerance: 0,
  },
};

describe('the plain pass for pictures', () => {
  it.each([
    ['tanh', 'softmax'],
    ['relu', 'softmax'],
    ['sigmoid', 'identity'],
    ['leakyRelu', 'identity'],
    ['identity', 'sigmoid'],
    ['tanh', 'tanh'],
  ] as const)('has the outputs of the recording: %s, %s', (activation, output) => {
    const loss = output === 'softmax' ? SPEC.loss : ({ name: 'squared', l1: 0, l2: 0 } as const);
    const spec = { ...SPEC, loss, network: { ...NETWORK, activation, output } };
    const trainer = new Trainer(spec, generate(spec.data as Parameters<typeof generate>[0]));
    const response = new Response(spec.network, trainer.parameters);
    for (const x of [
      [0.3, -0.7],
      [0, 0],
      [-2, 5],
    ]) {
      const expected = trainer.outputsOf(x);
      response.of(x).forEach((value, c) => expect(value).toBeCloseTo(expected[c], 13));
    }
  });

  it('answers all examples, as sure as the outputs are', async () => {
    const dataset = generate(SPEC.data as Parameters<typeof generate>[0]);
    const parameters = initialParameters(NETWORK);
    const answers = await answersOf(NETWORK, SPEC.loss, parameters, dataset, () => false);
    const response = new Response(NETWORK, parameters);
    const outputs = response.of(exampleOf(dataset, 7).x);
    expect(answers!.certainty[7]).toBeCloseTo(Math.max(...outputs), 14);
    expect(outputs[answers!.answer[7]]).toBe(Math.max(...outputs));
  });
});

describe('the plane of two inputs', () => {
  it('has every example inside, with room', () => {
    const dataset = generate(SPEC.data as Parameters<typeof generate>[0]);
    const { x, y } = frameOf(dataset);
    for (let i = 0; i < dataset.size; i++) {
      const [a, b] = exampleOf(dataset, i).x;
      expect(a > x[0] && a < x[1] && b > y[0] && b < y[1]).toBe(true);
    }
  });

  it('is sampled between the corners of its grid: exactly, where it is a plane', () => {
    const field = fieldOf({ x: [0, 2], y: [-1, 1] }, 5, 1, ([a, b], into) => void (into[0] = 3 * a - b));
    for (const [across, up] of [
      [0, 0],
      [1, 1],
      [0.31, 0.77],
      [0.5, 0.2],
    ])
      expect(sampled(field, across, up, 0)).toBeCloseTo(3 * 2 * across - (-1 + 2 * up), 12);
  });

  it('holds how sure the network is of each class, which adds up to 1', () => {
    const frame = { x: [-1, 1], y: [-1, 1] } as const;
    const field = confidenceField(new Response(NETWORK, initialParameters(NETWORK)), SPEC.loss, frame, 6);
    expect(field.channels).toBe(3);
    for (let at = 0; at < field.values.length; at += 3)
      expect(field.values[at] + field.values[at + 1] + field.values[at + 2]).toBeCloseTo(1, 12);
  });

  it('has fewer cells for a larger network', () => {
    expect(cellsFor(337)).toBeGreaterThan(cellsFor(3000));
    expect(cellsFor(1e9)).toBe(24);
  });
});

describe('curves', () => {
  it('keep the first and the last of many epochs', () => {
    const list = Array.from({ length: 1001 }, (_, at) => at);
    const { kept, every } = thinned(list, 60);
    expect([kept[0], kept.at(-1), every]).toEqual([0, 1000, 17]);
    expect(kept.length).toBeLessThanOrEqual(61);
    expect(thinned([1, 2], 60).kept).toEqual([1, 2]);
  });

  it('leave out on a log scale what has no logarithm', () => {
    expect([
      heightOf(100, true),
      heightOf(0, true),
      heightOf(null, false),
      heightOf(Infinity, false),
    ]).toEqual([2, NaN, NaN, NaN]);
  });

  it('have round ticks', () => {
    expect(ticksBetween(0, 1, 4)).toEqual([0, 0.5, 1]);
    expect(ticksBetween(-0.13, 0.31, 5)).toEqual([-0.1, 0, 0.1, 0.2, 0.3]);
    expect(ticksBetween(0, 97, 5)).toEqual([0, 20, 40, 60, 80]);
    expect(ticksBetween(1, 1, 5)).toEqual([1]);
    expect(rangeOf([NaN, Infinity])).toEqual([0, 1]);
  });

  it('never say 100 % of less than all', () => {
    expect([percent(1), percent(0.9999), percent(0.5), percent(0), percent(NaN)]).toEqual([
      '100 %',
      '99.9 %',
      '50 %',
      '0 %',
      '—',
    ]);
  });
});

describe('what a training is', () => {
  const change = (train: Partial<TrainingSpec['train']>): TrainingSpec => ({
    ...SPEC,
    train: { ...SPEC.train, ...train },
  });

  it('stays the same when numbers change that no example depends on', () => {
    const same = [
      change({ rate: 1 }),
      change({ epochs: 99 }),
      change({ tolerance: 1 }),
      { ...SPEC, loss: { ...SPEC.loss, l2: 1 } },
    ];
    for (const spec of same) {
      expect(identityOf(spec)).toBe(identityOf(SPEC));
      expect(wholeOf(spec)).not.toBe(wholeOf(SPEC));
    }
  });

  it('is another with other data, another network, another order', () => {
    const others = [
      change({ batch: 16 }),
      change({ seed: 2 }),
      change({ optimizer: 'adam' }),
      { ...SPEC, network: { ...NETWORK, seed: 5 } },
      { ...SPEC, data: { ...SPEC.data, seed: 5 } },
      { ...SPEC, loss: { ...SPEC.loss, name: 'squared' as const } },
    ];
    for (const spec of others) expect(identityOf(spec)).not.toBe(identityOf(SPEC));
    const dataset = generate(SPEC.data as Parameters<typeof generate>[0]);
    const moved = { ...dataset, y: dataset.y.map((c) => (c + 1) % 3) };
    expect(keyOf(SPEC, dataset)).not.toBe(keyOf(SPEC, moved));
  });
});

describe('what was kept', () => {
  const report = { epoch: 0, loss: 1, accuracy: 0.5, validationLoss: null, validationAccuracy: null };
  const kept = {
    version: 1,
    key: 'k',
    at: 5,
    running: true,
    epoch: 3,
    step: 12,
    reports: [report],
    state: '{}',
  };

  it('is taken as it was kept', () => {
    expect(keptIn(kept)).toEqual(kept);
  });

  it.each([
    ['nothing', undefined],
    ['another version', { ...kept, version: 2 }],
    ['a part of an epoch', { ...kept, epoch: 0.5 }],
    ['an accuracy beyond 1', { ...kept, reports: [{ ...report, accuracy: 3 }] }],
    ['no report', { ...kept, reports: [] }],
    ['a state that is no text', { ...kept, state: {} }],
  ])('is left alone where it is %s', (_name, entry) => {
    expect(keptIn(entry)).toBeNull();
  });
});

describe('the trend of the loss', () => {
  const reports = (losses: readonly number[]): Parameters<typeof trendOf>[0] =>
    losses.map((loss, epoch) => ({
      epoch,
      loss,
      accuracy: null,
      validationLoss: null,
      validationAccuracy: null,
    }));
  it.each([
    ['no epoch', [2], null],
    ['falling', [2, 3, 1], null],
    ['not below the start', [2, 1, 2], { kind: 'risen', before: 2, after: 2 }],
    ['still', [2, 1, 1, 1, 1, 1, 1], { kind: 'still', epochs: 5, loss: 1 }],
    ['still from the start', [2, 2, 2, 2, 2, 2], { kind: 'still', epochs: 5, loss: 2 }],
    ['not still for long', [2, 1, 1, 1, 1, 1], null],
    ['nothing left', [2, 0, 0, 0, 0, 0, 0], null],
  ])('is said: %s', (_name, losses, trend) => {
    expect(trendOf(reports(losses))).toEqual(trend);
  });
});

describe('files', () => {
  const csv = { kind: 'csv', file: 'points.csv', target: null, seed: 1, validation: 0 } as const;
  const table = 'a,b,class\n1,2,red\n3,4,blue\n5,6,red\n';
  const gzip = (text: string): Promise<Blob> =>
    new globalThis.Response(new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'))).blob();

  it('are asked for until they are there', async () => {
    const box = new FileBox();
    expect(await box.read(csv)).toEqual({ kind: 'missing', names: ['points.csv'] });
    await box.put(csv, [new File([table], 'points.csv')]);
    expect(await box.read(csv)).toMatchObject({
      kind: 'read',
      dataset: { size: 3, inputs: 2, classes: ['blue', 'red'] },
    });
  });

  it('may be packed, and may have another name', async () => {
    const box = new FileBox();
    await box.put(csv, [new File([await gzip(table)], 'mine.csv.gz')]);
    expect(await box.read(csv)).toMatchObject({ kind: 'read', dataset: { size: 3 } });
  });

  it('are those that were given last', async () => {
    const box = new FileBox();
    await box.put(csv, [new File([table], 'points.csv')]);
    const { content } = box;
    await box.put(csv, [new File([table.replace('5,6,red\n', '')], 'mine.csv')]);
    expect(await box.read(csv)).toMatchObject({ dataset: { size: 2, name: 'mine.csv' } });
    box.restore(content);
    expect(await box.read(csv)).toMatchObject({ dataset: { size: 3, name: 'points.csv' } });
  });

  it('are not taken for those of another document, unless they are called so', async () => {
    const box = new FileBox();
    await box.put(csv, [new File([table], 'points.csv'), new File([table], 'mine.csv')]);
    expect(await box.read({ ...csv, file: 'others.csv' })).toEqual({
      kind: 'missing',
      names: ['others.csv'],
    });
    expect(await box.read({ ...csv, file: 'mine.csv' })).toMatchObject({ dataset: { name: 'mine.csv' } });
  });

  it.each([
    ['a,b,c,kind\n1,2,3,red\n3,4,5,blue\n', /3 inputs, but the network takes 2/],
    ['a,b,kind\n1,2,red\n3,4,blue\n5,6,green\n', /3 classes, but the network gives 1 output/],
    ['a,b,size\n1,2,1.5\n3,4,2.25\n5,6,3.125\n', /is for classes, but points.csv has numbers/],
    [table, /^It fits/],
  ])('are refused where the network does not take them: %j', async (text, said) => {
    const box = new FileBox();
    await box.put(csv, [new File([text], 'points.csv')]);
    const given = await box.read(csv);
    const network = { ...NETWORK, sizes: [2, 5, 1], output: 'sigmoid' } as const;
    const loss = { name: 'binaryCrossEntropy', l1: 0, l2: 0 } as const;
    const misfit = misfitOf({ ...SPEC, network, loss }, (given as { dataset: Dataset }).dataset);
    expect(misfit?.(networkEn) ?? 'It fits.').toMatch(said);
  });

  it('are refused with the line, in both languages', async () => {
    const box = new FileBox();
    await box.put(csv, [new File(['a,b\n1,2\n3,\n'], 'points.csv')]);
    const said = await box.read(csv).then(
      () => null,
      (error: unknown) => fileProblem(error),
    );
    expect(said!(networkEn)).toMatch(/^points\.csv, line 3: /);
    expect(said!(networkDe)).toMatch(/^points\.csv, Zeile 3: /);
  });

  it('are refused when they are packed and cut short, or are pictures without labels', async () => {
    const cut = (await gzip(table)).slice(0, 30);
    const failure = await new FileBox()
      .put(csv, [new File([cut], 'points.csv')])
      .catch((error: unknown) => error);
    expect(fileProblem(failure as Error)(networkDe)).toContain('gzip');

    const box = new FileBox();
    const images = new Uint8Array([0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 2, 255, 0]);
    const spec = { kind: 'images', images: 'i', labels: 'l', count: null, seed: 1, validation: 0 } as const;
    await box.put(spec, [new File([images], 'given')]);
    expect(await box.read(spec)).toEqual({ kind: 'missing', names: ['l'] });
    await box.put(spec, [new File([new Uint8Array([0, 0, 8, 1, 0, 0, 0, 2, 7, 7])], 'labels')]);
    const refused = await box.read(spec).catch((error: unknown) => error);
    expect(fileProblem(refused)(networkDe)).toContain('Beschriftungen');
  });
});

describe('what weights are refused for', () => {
  const network = { ...NETWORK, sizes: [2, 2, 1], output: 'identity' } as const;
  const good = parametersToJson(network, initialParameters(network));
  const state = {
    'fc1.weight': [
      [1, 2],
      [3, 4],
    ],
    'fc1.bias': [1, 2],
    'fc2.weight': [[1, 2]],
    'fc2.bias': [1],
  };
  it.each([
    ['other sizes', parametersToJson(NETWORK, initialParameters(NETWORK))],
    ['another activation', good.replace('tanh', 'relu')],
    ['another version', good.replace('"version": 1', '"version": 9')],
    ['a row that is cut', good.replace(/\[-?[\d.e-]+, /, '[')],
    ['a text for a number', good.replace(/\[-?[\d.e-]+, /, '["x", ')],
    ['no layers', good.replace('"layers"', '"others"')],
    ['no JSON', 'once upon a time'],
    ['a list', '[]'],
    ['no tensor', '{}'],
    ['a tensor that is no Linear', JSON.stringify({ ...state, 'norm.running_mean': [1] })],
    ['a tensor of three dimensions', JSON.stringify({ ...state, 'fc1.weight': [[[1]]] })],
    ['a weight of another shape', JSON.stringify({ ...state, 'fc2.weight': [[1, 2, 3]] })],
    ['a bias of another shape', JSON.stringify({ ...state, 'fc2.bias': [1, 2] })],
    ['a bias too few', JSON.stringify({ ...state, 'fc2.bias': undefined })],
    ['a layer too few', JSON.stringify({ 'fc1.weight': [[1, 2]], 'fc1.bias': [1] })],
    ['NaN', JSON.stringify(state).replace('[[1,2]]', '[[NaN,2]]')],
    ['a row too short', JSON.stringify({ ...state, 'fc1.weight': [[1, 2], [3]] })],
  ])('is said in German: %s', (_name, text) => {
    const refused = refusalOf(() =>
      text.includes('backflow-network') ? parametersFromJson(text, network) : fromStateDict(text, network),
    );
    const reason = reasonOf(refused);
    expect(networkEn.training.reason(reason)).toBe((refused as Error).message);
    const said = networkDe.training.reason(reason).replace(/Unexpected token.*?(?= gefunden)/, '');
    expect(said).toMatch(/ gefunden, erwartet: /);
    expect(said).not.toMatch(
      /\b(a|an|the|as|of|has|is|found|expected|list|number|shape|layer|nothing|none)\b/,
    );
  });
});

function refusalOf(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  throw new Error('Nothing was refused.');
}
