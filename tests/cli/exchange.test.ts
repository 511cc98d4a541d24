import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { recordingFromJson } from '@backflow/engine';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { main } from '../../apps/cli/src/main.ts';
import { readModel } from '../nn/model.ts';
import { gradients, run } from './run.ts';
import { fakeTerminal } from './terminal.ts';

let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'backflow-exchange-'));
  await run(
    [
      'train',
      '--data',
      'moons',
      '--count',
      '20',
      '--layers',
      '2,3,2',
      '--epochs',
      '2',
      '--save',
      'model.json',
      '--checkpoint',
      'state.json',
    ],
    { folder },
  );
  writeFileSync(
    join(folder, 'torch.json'),
    JSON.stringify({ 'fc1.weight': [[1, 2], [3, 4]], 'fc1.bias': [5, 6], 'fc2.weight': [[7, 8]], 'fc2.bias': [9] }), // prettier-ignore
  );
  writeFileSync(join(folder, 'nan.json'), '{"fc1.weight": [[1, NaN]]}');
});

afterAll(() => rmSync(folder, { recursive: true }));

const saved = (name: string): string => readFileSync(join(folder, name), 'utf8');

/** What is said about a command line that ends with status 2. */
async function refusal(argv: readonly string[]): Promise<string> {
  const { status, out, err } = await run(argv, { folder });
  expect([status, out]).toEqual([2, '']);
  return err;
}

describe('export', () => {
  it.each(['model.json', 'state.json'])('of %s writes ONNX', async (model) => {
    const { status, out, err } = await run(['export', model, '--as', 'onnx', '--out', 'model.onnx'], {
      folder,
    });
    expect([status, out, err]).toEqual([0, '', 'Saved: model.onnx\n']);
    const { nodes, tensors } = readModel(readFileSync(join(folder, 'model.onnx')));
    expect(nodes.map(({ type }) => type)).toEqual(['Gemm', 'Relu', 'Gemm', 'Identity']);
    const { layers } = JSON.parse(saved('model.json')) as { layers: { weight: number[][] }[] };
    expect(tensors.get('layers.0.weight')!.numbers).toEqual(layers[0].weight.flat().map(Math.fround));
  });

  it('prints code for PyTorch', async () => {
    const { status, out } = await run(['export', 'model.json', '--as', 'pytorch'], { folder });
    expect(status).toBe(0);
    expect(out).toContain(
      'network = nn.Sequential(\n    nn.Linear(2, 3),\n    nn.ReLU(),\n    nn.Linear(3, 2),\n)',
    );
  });

  it('prints weights of a checkpoint as they are saved', async () => {
    expect((await run(['export', 'state.json', '--as', 'json'], { folder })).out).toBe(saved('model.json'));
  });

  it.each([
    [['model.json'], '--as: expected onnx, pytorch or json, found nothing'],
    [['model.json', '--as', 'onxx'], 'Did you mean onnx?'],
    [['model.json', '--as', 'onnx'], 'expected --out with it, as in --out model.onnx'],
    [['torch.json', '--as', 'json'], 'torch.json holds no weights that can be used here.'],
    [['nothing.json', '--as', 'json'], 'There is no file nothing.json.'],
    [['.', '--as', 'json'], '. is a folder; a file was expected.'],
    [[], 'export needs a MODEL'],
  ])('of %j is refused', async (argv, what) => {
    expect(await refusal(['export', ...argv])).toContain(what);
  });
});

describe('import', () => {
  it("prints PyTorch's weights as others read them", async () => {
    const { status, out } = await run(['import', 'torch.json', '--activation', 'tanh'], { folder });
    expect(status).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      sizes: [2, 2, 1],
      activation: 'tanh',
      output: 'identity',
      bias: true,
      layers: [
        { weight: [[1, 2], [3, 4]], bias: [5, 6] }, // prettier-ignore
        { weight: [[7, 8]], bias: [9] },
      ],
    });
  });

  it('gives weights to train on with, and to export', async () => {
    const out = ['--out', 'imported.json'];
    expect(
      await run(['import', 'torch.json', '--activation', 'tanh', '--output', 'tanh', ...out], { folder }),
    ).toEqual({
      status: 0,
      out: '',
      err: 'Saved: imported.json\n',
    });
    const layers = ['--layers', '2,2,1', '--activation', 'tanh', '--output', 'tanh', '--loss', 'hinge'];
    const { status } = await run(
      ['train', '--data', 'moons', ...layers, '--parameters', 'imported.json', '--epochs', '1'],
      { folder },
    );
    expect(status).toBe(0);
    expect((await run(['export', 'imported.json', '--as', 'pytorch'], { folder })).out).toContain(
      '[7.0, 8.0],',
    );
  });

  it.each([
    [['torch.json'], '--activation: expected identity, step'],
    [['torch.json', '--activation', 'Relu'], 'Did you mean relu?'],
    [
      ['torch.json', '--activation', 'relu', '--layers', '3,2,1'],
      'fc1.weight: found shape [2, 2], expected shape [2, 3]',
    ],
    [
      ['torch.json', '--activation', 'relu', '--layers', '2,2,1', '--no-bias'],
      'fc1.bias: found shape [2], expected none',
    ],
    [['nan.json', '--activation', 'relu'], 'fc1.weight[0][1]: found NaN, expected a finite number'],
    [['model.json', '--activation', 'relu'], 'model.json is no state dict that fits.'],
    [[], 'import needs a STATE'],
  ])('of %j is refused', async (argv, what) => {
    expect(await refusal(['import', ...argv])).toContain(what);
  });
});

describe('weights of a document', () => {
  const net = 'net = mlp(2, 3, 2, seed: 9)';

  it('stand in its graph', async () => {
    writeFileSync(
      join(folder, 'net.md'),
      `\`\`\`backflow\n${net}\ndata = moons(20)\nloss = crossEntropy()\n\`\`\`\n`,
    );
    const weights = ['--parameters', 'model.json'];
    const { layers } = JSON.parse(saved('model.json')) as {
      layers: { weight: number[][]; bias: number[] }[];
    };
    const { values } = await gradients(['net.md', ...weights], { folder });
    expect(values.get('w^{(1)}_{2,1}')).toBe(layers[0].weight[2][1]);
    expect(values.get('b^{(2)}_{0}')).toBe(layers[1].bias[0]);
    expect((await gradients(['net.md'], { folder })).values.get('w^{(1)}_{2,1}')).not.toBe(
      layers[0].weight[2][1],
    );
    expect((await run(['steps', 'net.md', ...weights], { folder })).status).toBe(0);
  });

  it('are served to the page, in the recording', async () => {
    mkdirSync(join(folder, 'site'));
    writeFileSync(join(folder, 'site/index.html'), 'page');
    const { terminal, browsed, stop } = fakeTerminal({ folder });
    const text = `${net}\nout = sum(net([1, 2]))`;
    const shown = main(['show', text, '--parameters', 'model.json', '--site', 'site'], terminal);
    await vi.waitFor(() => expect(browsed).toHaveLength(1));
    expect(browsed[0]).toMatch(/\?recording=recording\.json$/);
    const answer = await fetch(new URL('recording.json', browsed[0]));
    const { names, value } = recordingFromJson(await answer.text());
    const [weight] = Array.from(names).find(([, name]) => name === 'w^{(1)}_{0,0}')!;
    const { layers } = JSON.parse(saved('model.json')) as { layers: { weight: number[][] }[] };
    expect(value[weight]).toBe(layers[0].weight[0][0]);
    stop();
    expect(await shown).toBe(0);
  });

  it('fit it, or are refused', async () => {
    expect(await refusal(['grad', 'y = 2', '--parameters', 'model.json'])).toContain(
      'formula describes no network.',
    );
    const other = 'net = mlp(2, 4, 2)\nout = sum(net([1, 2]))';
    expect(await refusal(['grad', other, '--parameters', 'model.json'])).toContain(
      'found “2-3-2”, expected 2-4-2',
    );
    expect(await refusal(['grad', other, '--parameters', 'state.json'])).toContain(
      'found “2-3-2”, expected 2-4-2',
    );
  });

  it('meet the example of a file, or zeros where there is none, which is said', async () => {
    writeFileSync(join(folder, 'rows.csv'), 'a,b,y\n1,2,x\n3,4,z\n5,6,x\n7,8,z\n');
    const text = (file: string): string =>
      `${net}\ndata = csv("${file}")\nloss = crossEntropy()\nexample = 1`;
    const { values } = await gradients([text('rows.csv')], { folder });
    expect([values.get('a^{(0)}_{0}'), values.get('a^{(0)}_{1}')]).toEqual([3, 4]);
    const { status, err } = await run(['grad', text('row.csv')], { folder });
    expect([status, err]).toEqual([
      0,
      expect.stringContaining('There is no file row.csv: the example has zeros'),
    ]);
  });
});

describe('their help', () => {
  it.each(['train', 'export', 'import'])('of %s fits on 80 columns, in both languages', async (command) => {
    for (const [language, usage] of [
      ['en', 'Usage'],
      ['de', 'Aufruf'],
    ]) {
      const { status, out } = await run([command, '--help', '--lang', language]);
      expect(status).toBe(0);
      expect(out).toMatch(new RegExp(`^${usage}: backflow ${command} `));
      for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
    }
  });

  it('of train names every option that it takes', async () => {
    const { err } = await run(['train', '--zzzzzzzz']);
    const options = [...err.matchAll(/--[a-z][a-z0-9-]+/g)].map(([option]) => option);
    const known = new Set(
      options.filter((option) => !['--zzzzzzzz', '--lang', '--help', '--version'].includes(option)),
    );
    expect(known.size).toBeGreaterThan(30);
    for (const language of ['en', 'de']) {
      const help = (await run(['train', '--help', '--lang', language])).out;
      for (const option of known) expect(help, option).toContain(option);
    }
  });
});
