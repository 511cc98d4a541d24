import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { main } from '../../apps/cli/src/main.ts';
import { run } from './run.ts';
import { fakeTerminal } from './terminal.ts';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'backflow-train-'));
  const pixels = (count: number): number[] => Array.from({ length: 4 * count }, (_, at) => (at * 97) % 256);
  const labels = (count: number): number[] => Array.from({ length: count }, (_, at) => at % 3);
  write('images', idx(0x803, [12, 2, 2], pixels(12)));
  write('labels', idx(0x801, [12], labels(12)));
  write('test-images.gz', gzipSync(idx(0x803, [5, 2, 2], pixels(5))));
  write('test-labels.gz', gzipSync(idx(0x801, [5], labels(5))));
  write(
    'large-images',
    idx(
      0x803,
      [5, 3, 3],
      Array.from({ length: 45 }, () => 1),
    ),
  );
  write('cut-images', idx(0x803, [12, 2, 2], pixels(12)).subarray(0, 30));
  write('cut.gz', gzipSync(idx(0x803, [12, 2, 2], pixels(12))).subarray(0, 30));
  write('few-labels', idx(0x801, [11], labels(11)));
  write('bad-label', idx(0x801, [12], [...labels(11), 77]));
  write(
    'points.csv',
    `a,b,kind\n${Array.from({ length: 20 }, (_, i) => `${i},${-i},${i < 10 ? 'x' : 'y'}\n`).join('')}`,
  );
  write('hole.csv', 'a,b,kind\n1,2,x\n3,,y\n');
  write('nan.csv', 'a,b,kind\n1,2,x\n3,NaN,y\n');
  write('table.csv.gz', gzipSync(readFileSync(join(folder, 'points.csv'))));
  mkdirSync(join(folder, 'documents'));
  write('documents/points.csv', 'x,y\n0,1\n1,3\n2,5\n3,7\n');
  write(
    'documents/line.md',
    '# A line\n\n```backflow\nnet = mlp(1, 1, seed: 1)\ndata = csv("points.csv", target: y)\nloss = squared()\ntrain = sgd(rate: 0.05, epochs: 60)\n```\n',
  );
  write('plain.md', '```backflow\ny = 2\n```\n');
  write('wrong.md', '```backflow\nnet = mlp(2, 3, activation: rule)\n```\n');
});

afterAll(() => rmSync(folder, { recursive: true }));

function write(name: string, content: string | Uint8Array): void {
  writeFileSync(join(folder, name), content);
}

function idx(magic: number, sizes: readonly number[], bytes: readonly number[]): Buffer {
  const head = Buffer.alloc(4 * (1 + sizes.length));
  for (const [at, number] of [magic, ...sizes].entries()) head.writeUInt32BE(number, 4 * at);
  return Buffer.concat([head, Buffer.from(bytes)]);
}

const train = (argv: readonly string[], options = {}): ReturnType<typeof run> =>
  run(['train', ...argv], { folder, ...options });

const IMAGES = ['--images', 'images', '--labels', 'labels'];
const TINY = ['--data', 'moons', '--count', '20', '--layers', '2,3,2'];

/** The objects that `--json` prints. */
async function epochs(argv: readonly string[]): Promise<Record<string, number | null>[]> {
  const { status, out, err } = await train([...argv, '--json']);
  expect({ status, err: status === 0 ? '' : err }).toEqual({ status: 0, err: '' });
  return out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, number | null>);
}

/** What is said about a command line that ends with status 2. */
async function refusal(argv: readonly string[], options = {}): Promise<string> {
  const { status, out, err } = await train(argv, options);
  expect([status, out]).toEqual([2, '']);
  return err;
}

describe('training', () => {
  it('prints an object for each epoch', async () => {
    const objects = await epochs([...TINY, '--epochs', '3']);
    expect(objects.map(({ epoch }) => epoch)).toEqual([1, 2, 3]);
    for (const each of objects) {
      expect(Object.keys(each)).toEqual([
        'epoch',
        'loss',
        'accuracy',
        'validationLoss',
        'validationAccuracy',
      ]);
      expect(each).toMatchObject({ validationLoss: null, validationAccuracy: null });
      expect(each.accuracy).toBeGreaterThanOrEqual(0);
      expect(each.accuracy).toBeLessThanOrEqual(1);
    }
    expect(objects[2].loss).toBeLessThan(objects[0].loss!);
  });

  it('prints a line for each epoch, and says what it does beside it', async () => {
    const { status, out, err } = await train([...TINY, '--epochs', '2', '--validation', '0.25']);
    expect(status).toBe(0);
    expect(out).toMatch(
      /^epoch 1\/2: loss [\d.]+, accuracy [\d.]+ %, validation loss [\d.]+, validation accuracy [\d.]+ %\nepoch 2\/2: .*\n$/,
    );
    expect(err).toMatch(
      /^Training 2-3-2, 17 parameters, on 15 examples; 5 are kept for validation\.\nDone: 30 examples in .*\n$/,
    );
  });

  it('is in German where that is asked for', async () => {
    const { out, err } = await train([...TINY, '--epochs', '1', '--lang', 'de']);
    expect(out).toMatch(/^Epoche 1\/1: Verlust [\d.]+, Trefferquote [\d.]+ %\n$/);
    expect(err).toMatch(/^Training von 2-3-2, 17 Parameter, mit 20 Beispielen\.\nFertig: /);
  });

  it('is the same for a seed, and another for another', async () => {
    const [one, again, other] = [
      await epochs([...TINY, '--epochs', '2', '--seed', '4']),
      await epochs([...TINY, '--epochs', '2', '--seed', '4']),
      await epochs([...TINY, '--epochs', '2', '--seed', '5']),
    ];
    expect(again).toEqual(one);
    expect(other).not.toEqual(one);
  });

  it('takes the network of a document, and its data from beside it', async () => {
    const objects = await epochs(['documents/line.md', '--save', 'line.json']);
    expect(objects).toHaveLength(60);
    expect(objects[0]).toMatchObject({ accuracy: null });
    const { layers } = JSON.parse(readFileSync(join(folder, 'line.json'), 'utf8')) as {
      layers: { weight: number[][]; bias: number[] }[];
    };
    expect(layers[0].weight[0][0]).toBeCloseTo(2, 1);
    expect(layers[0].bias[0]).toBeCloseTo(1, 0);
  });

  it('takes options for what they say, and the document for the rest', async () => {
    expect(await epochs(['documents/line.md', '--epochs', '2'])).toHaveLength(2);
    const [whole] = await epochs(['documents/line.md', '--epochs', '1', '--rate', '0.01']);
    const [usual] = await epochs(['documents/line.md', '--epochs', '1']);
    expect(whole.loss).not.toBe(usual.loss);
  });

  it('reads pictures, and validates on those of the test files, packed or not', async () => {
    const test = ['--test-images', 'test-images.gz', '--test-labels', 'test-labels.gz'];
    const { err, out } = await train([...IMAGES, ...test, '--layers', '4,5,10', '--epochs', '1']);
    expect(err).toContain('on 12 examples; 5 are kept for validation');
    expect(out).toContain('validation accuracy');
    expect((await train([...IMAGES, '--count', '7', '--epochs', '1'])).err).toContain(
      '4-16-16-10, 522 parameters, on 7',
    );
  });

  it('reads tables, packed or not', async () => {
    const [one] = await epochs(['--data', 'points.csv', '--epochs', '1']);
    const [packed] = await epochs(['--data', 'table.csv.gz', '--epochs', '1']);
    expect(packed).toEqual(one);
    expect(one.accuracy).not.toBeNull();
    const [number] = await epochs(['--data', 'points.csv', '--target', 'a', '--epochs', '1']).catch(() => [
      null,
    ]);
    expect(number).toBeNull();
  });

  it('begins with weights that are given', async () => {
    await train([...TINY, '--epochs', '2', '--save', 'start.json']);
    const [first] = await epochs([...TINY, '--epochs', '1', '--rate', '1e-9', '--parameters', 'start.json']);
    const kept = await epochs([...TINY, '--epochs', '2']);
    expect(first.loss).toBeCloseTo(kept[1].loss!, 6);
    expect(await refusal([...TINY.slice(0, 4), '--layers', '2,4,2', '--parameters', 'start.json'])).toContain(
      'start.json holds no weights that can be used here.',
    );
  });

  it('ends where nothing moves any more', async () => {
    const { status, out, err } = await train([...TINY, '--tolerance', '100']);
    expect(status).toBe(0);
    expect(out.trimEnd().split('\n')).toHaveLength(1);
    expect(err).toContain('Converged: in epoch 1 no parameter moved');
  });
});

describe('a bar', () => {
  it('is drawn on a terminal, in one line, and taken away', async () => {
    const { out, err } = await train([...TINY, '--epochs', '2'], { columns: 80, env: { NO_COLOR: '1' } });
    expect(out.split('\n')).toHaveLength(3);
    expect(err).toMatch(
      /\repoch 1\/2 [█░]+ \d+ % {2}[\d,]+ examples\/s {2}(?:–|\d+:\d\d) left {2}loss [\d.]+/,
    );
    expect(err).not.toContain('\u001b');
    for (const line of err.split(/[\r\n]/)) expect(line.length).toBeLessThan(80);
    expect(err).toMatch(/\r +\r(?:Done: .*\n)$/);
  });

  it.each([20, 45, 60])('fits into a line of %d cells', async (columns) => {
    const { err } = await train([...TINY, '--epochs', '2'], { columns });
    const drawn = err.split(/[\r\n]/).filter((line) => line.startsWith('epoch'));
    expect(drawn.length).toBeGreaterThan(0);
    for (const line of drawn) expect(line.length).toBeLessThan(columns);
  });

  it('is not drawn into a pipe, nor where a line cannot be begun again', async () => {
    expect((await train([...TINY, '--epochs', '1'])).err).not.toContain('\r');
    expect(
      (await train([...TINY, '--epochs', '1'], { columns: 80, env: { TERM: 'dumb' } })).err,
    ).not.toContain('\r');
  });
});

/** Runs until `epochs` lines are there, and presses Ctrl-C. */
async function interrupt(
  argv: readonly string[],
  lines: number,
): Promise<{ status: number; out: string; err: string }> {
  const { terminal, out, err, stop } = fakeTerminal({ folder });
  const write = terminal.out.write.bind(terminal.out);
  Object.assign(terminal.out, {
    write: (text: string) => {
      write(text);
      if (out().split('\n').length > lines) stop();
    },
  });
  const status = await main(['train', ...argv], terminal);
  return { status, out: out(), err: err() };
}

describe('Ctrl-C', () => {
  const long = [...TINY, '--epochs', '40', '--validation', '0.2', '--optimizer', 'adam', '--json'];

  it('keeps the state, from which training goes on as if nothing had been', async () => {
    const whole = await train([...long, '--save', 'whole.json']);
    const first = await interrupt([...long, '--checkpoint', 'state.json'], 3);
    expect(first.status).toBe(130);
    expect(first.err).toMatch(
      /Stopped, with \d+ epochs done; the state is in state\.json\. To go on:\n {2}backflow train --resume state\.json --json\n$/,
    );
    expect(first.out.split('\n').length).toBeLessThan(40);
    const rest = await train(['--resume', 'state.json', '--json', '--save', 'rest.json']);
    expect(rest.err).toContain('Going on after epoch');
    expect([rest.status, first.out + rest.out]).toEqual([0, whole.out]);
    expect(readFileSync(join(folder, 'rest.json'), 'utf8')).toBe(
      readFileSync(join(folder, 'whole.json'), 'utf8'),
    );
    expect(readdirSync(folder).filter((name) => name.includes('.part'))).toEqual([]);
  });

  it('keeps the state also where nobody named a file for it, and overwrites none', async () => {
    const one = await interrupt(long, 1);
    const two = await interrupt(long, 1);
    expect(one.err).toContain('backflow train --resume backflow-checkpoint.json --json');
    expect(two.err).toContain('backflow train --resume backflow-checkpoint-2.json --json');
    expect(existsSync(join(folder, 'backflow-checkpoint-2.json'))).toBe(true);
  });

  it('is followed by the same training only', async () => {
    await interrupt([...long, '--checkpoint', 'kept.json'], 2);
    const again = ['--resume', 'kept.json'];
    expect(await refusal([...again, '--rate', '0.5'])).toBe(
      'error: kept.json is of another training:\n  train.rate is 0.5 here and 0.01 there\n',
    );
    expect(await refusal([...again, '--layers', '2,4,2'])).toContain(
      'network.sizes is 2,4,2 here and 2,3,2 there',
    );
    expect(await refusal([...again, '--data', 'circles', '--count', '20'])).toContain(
      'data.kind is circles here and moons there',
    );
    expect(await refusal([...again, '--parameters', 'kept.json'])).toContain('no --resume beside it');
    expect((await train([...again, '--epochs', '41'])).status).toBe(0);
  });

  it('is followed by the same data only', async () => {
    write('changing.csv', readFileSync(join(folder, 'points.csv')));
    await train(['--data', 'changing.csv', '--epochs', '1', '--checkpoint', 'changing.json']);
    write('changing.csv', readFileSync(join(folder, 'points.csv'), 'utf8').replace('7,-7', '7,-8'));
    expect(await refusal(['--resume', 'changing.json', '--epochs', '2'])).toContain(
      'The data are not those that changing.json was trained on.',
    );
  });

  it.each([
    ['{}', 'found no "format"'],
    ['{"format":"backflow-checkpoint",\n"version":1', 'found no state: the file is cut short'],
    ['{"format":"backflow-checkpoint",\n"version":2,\n"state":{}}', 'version: found 2, expected 1'],
    ['{"format":"backflow-checkpoint",\n"version":1,\n"spec":{},\n"state":{}}', 'spec: expected network'],
  ])('is not followed by a file that is no checkpoint: %s', async (text, why) => {
    write('broken.json', text);
    const err = await refusal(['--resume', 'broken.json']);
    expect(err).toContain('broken.json is no checkpoint that can be read.');
    expect(err).toContain(why);
  });
});

describe('a loss that explodes', () => {
  it('is said in words, ends training, and the last good weights are kept', async () => {
    const argv = [...TINY, '--loss', 'squared', '--optimizer', 'sgd', '--rate', '1e9', '--epochs', '50'];
    const { status, err } = await train([...argv, '--save', 'good.json']);
    expect(status).toBe(1);
    expect(err).toMatch(
      /error: The loss exploded in epoch \d+, at step \d+: it is .*\n.*Try a learning rate below 1·10⁹/,
    );
    expect(err).toContain('The last good weights are saved: good.json');
    expect(readFileSync(join(folder, 'good.json'), 'utf8')).not.toMatch(/NaN|Infinity|null\]/);
    const other = await train([...argv, '--lang', 'de']);
    expect(other.err).toMatch(/Fehler: Der Verlust ist in Epoche \d+ explodiert/);
    expect(other.err).toContain('Mit --save DATEI');
  });
});

describe('a loss that comes to no number within an epoch', () => {
  const LONG = ['--data', 'line', '--layers', '1,1', '--optimizer', 'sgd', '--epochs', '5', '--batch', '1'];

  it('ends training at that step, not at the end of the epoch', async () => {
    const { status, err, out } = await train([...LONG, '--rate', '1e160']);
    expect(status).toBe(1);
    expect(err).toContain('The loss exploded in epoch 1, at step 2: it is ∞');
    expect(out).toBe('');
  });

  it('has not begun if numbers are too large for a first step', async () => {
    write('vast.csv', 'a,b,y\n1e300,2,0.5\n3,1e300,1.5\n1e-300,2,3\n');
    const { status, err } = await train(['--data', 'vast.csv', '--epochs', '2']);
    expect(status).toBe(1);
    expect(err).toContain('The loss is ∞ before the first step, and training has not begun.');
    expect(err).not.toContain('learning rate');
  });
});

describe('a loss that only grows and grows', () => {
  it.each(['adam', 'momentum'])('is told likewise (%s)', async (optimizer) => {
    const { status, err } = await train([
      ...TINY,
      '--optimizer',
      optimizer,
      '--rate',
      '1e9',
      '--save',
      'grown.json',
    ]);
    expect(status).toBe(1);
    expect(err).toMatch(/The loss exploded in epoch 1, at step \d+: it is [\d.·⁰¹²³⁴⁵⁶⁷⁸⁹,]+/);
    const weights = readFileSync(join(folder, 'grown.json'), 'utf8')
      .match(/-?\d+\.\d+/g)!
      .map(Number);
    expect(Math.max(...weights.map(Math.abs))).toBeLessThan(10);
  });
});

describe('a loss that does not fall', () => {
  it('is noticed', async () => {
    const saturated = ['--activation', 'sigmoid', '--loss', 'squared', '--optimizer', 'sgd', '--rate', '1e9'];
    const { status, err } = await train([...TINY, ...saturated, '--epochs', '2']);
    expect(status).toBe(0);
    expect(err).toMatch(/notice: The loss did not fall: it was [\d.]+ before training and is [\d.]+ now/);
    expect((await train([...TINY, '--epochs', '2'])).err).not.toContain('notice');
  });
});

describe('data that cannot be used', () => {
  it.each([
    [['--data', 'hole.csv'], 'hole.csv, line 3: nothing in column “b”'],
    [['--data', 'nan.csv'], 'nan.csv, line 3: “NaN” found in column “b”; a finite number was expected'],
    [['--data', 'points.csv', '--target', 'c'], 'points.csv, line 1: there is no column “c”'],
    [['--data', 'missing.csv'], 'There is no file missing.csv.'],
    [['--data', 'point.csv'], 'Did you mean points.csv?'],
    [['--data', './documents'], './documents is a folder; a file was expected.'],
    [
      ['--images', 'cut-images', '--labels', 'labels'],
      'cut-images, byte 30: the file ends after 30 bytes; 64 were expected.',
    ],
    [
      ['--images', 'cut.gz', '--labels', 'labels'],
      'cut.gz, byte 30: the file is packed with gzip and could not be unpacked',
    ],
    [
      ['--images', 'images', '--labels', 'few-labels'],
      'few-labels, byte 4: 11 labels found; 12 were expected',
    ],
    [['--images', 'images', '--labels', 'bad-label'], 'bad-label, byte 19: the label 77 found'],
    [['--images', 'labels', '--labels', 'images'], 'labels, byte 0: the file begins with 0x00000801'],
    [['--images', 'images', '--labels', 'nothing'], 'There is no file nothing.'],
    [
      [...IMAGES, '--test-images', 'large-images', '--test-labels', 'test-labels.gz'],
      'large-images, byte 8: pictures of 3 × 3 pixels found; 2 × 2 were expected',
    ],
    [[...IMAGES, '--layers', '5,10'], '4 inputs, but the network takes 5. Expected 4 as its first number.'],
    [[...IMAGES, '--layers', '4,3'], '10 classes, but the network gives 3 outputs. Expected 10 as its last'],
    [['--data', 'sine', '--loss', 'hinge'], 'hinge is for classes, but sine has numbers to be predicted.'],
    [['--data', 'moons', '--layers', '2,1', '--loss', 'crossEntropy'], 'needs two outputs or more, found 1'],
    [['--data', 'moons', '--count', '3', '--validation', '.99'], 'No example is left to train on.'],
  ])('%j', async (argv, what) => {
    expect(await refusal(argv)).toContain(what);
  });

  it('are named in German', async () => {
    expect(await refusal(['--data', 'hole.csv', '--lang', 'de'])).toMatch(/^Fehler: .*Zeile 3/);
    expect(await refusal(['--data', 'moons', '--layers', '3,2', '--lang', 'de'])).toMatch(
      /passen nicht zusammen\.\n {2}Ein Beispiel von moons hat 2 Eingänge, das Netz nimmt aber 3/,
    );
  });
});

describe('a command line', () => {
  it.each([
    [[], 'train needs something to train', '--help'],
    [['--layers', '2,3,2'], 'train needs something to train', ''],
    [['--data', 'mons'], 'expected moons, circles', 'Did you mean moons?'],
    [['--data', 'moons', '--activation', 'sigmod'], 'expected identity, step', 'Did you mean sigmoid?'],
    [['--data', 'moons', '--lose', 'hinge'], 'train has no option --lose', 'Did you mean --loss?'],
    [['--data', 'moons', '--epochs', '0'], '--epochs: expected a whole number from 1 to', ''],
    [['--data', 'moons', '--rate', '0'], '--rate: expected a number above 0, found 0', ''],
    [['--data', 'moons', '--l2', '-1'], '--l2: expected a number from 0 on, found -1', ''],
    [['--data', 'moons', '--validation', '1'], 'expected a number from 0 to below 1, found 1', ''],
    [['--data', 'moons', '--batch', 'some'], '--batch: expected all, or a whole number', ''],
    [['--data', 'moons', '--layers', '2'], '--layers: expected the sizes of two layers', ''],
    [['--data', 'moons', '--target', 'x'], '--target: expected nothing, as data of the kind moons', ''],
    [['--data', 'points.csv', '--noise', '1'], '--noise: expected nothing, as data of the kind csv', ''],
    [['--data', 'moons', ...IMAGES], '--data: expected no --images beside it', ''],
    [['--images', 'images'], '--images: expected --labels with it', ''],
    [[...IMAGES, '--test-images', 'images'], '--test-images: expected --test-labels with it', ''],
    [
      ['--data', 'moons', '--activation', 'softmax'],
      '--activation: expected identity, step, sigmoid, tanh, relu or leakyRelu, found softmax',
      '',
    ],
    [['--data', 'moons', '--loss', 'crossEntropy', '--output', 'tanh'], 'output: found “tanh”', ''],
    [['plain.md'], 'plain.md describes no network.', 'net = mlp('],
    [['wrong.md'], 'wrong.md:2:', ''],
    [['one.md', 'two.md'], 'train takes one INPUT', ''],
    [['--resume', 'nowhere.json'], 'There is no file nowhere.json.', ''],
  ])('%j is refused', async (argv, what, help) => {
    const err = await refusal(argv);
    expect(err).toContain(what);
    expect(err).toContain(help);
  });

  it('says which options change nothing', async () => {
    const argv = [...TINY, '--epochs', '1', '--optimizer', 'sgd', '--momentum', '.5', '--every', '3'];
    const { status, err } = await train(argv);
    expect(status).toBe(0);
    expect(err).toContain(
      'notice: --momentum changes nothing here: it belongs to --optimizer: momentum or adam',
    );
    expect(err).toContain('notice: --every changes nothing here: it belongs to --schedule: steps');
    expect((await train([...TINY, '--epochs', '1', '--momentum', '.5'])).err).not.toContain('notice');
  });

  it('asks for a file that can be written', async () => {
    const { status, err } = await train([...TINY, '--epochs', '1', '--save', 'documents']);
    expect(status).toBe(1);
    expect(err).toContain('documents cannot be written');
  });
});
