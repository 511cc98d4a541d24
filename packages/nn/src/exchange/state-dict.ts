import { checkNetwork } from '../spec/check.ts';
import { layoutOf, parameterCount } from '../spec/layout.ts';
import type { ActivationName, NetworkSpec } from '../spec/spec.ts';
import { ExchangeError } from './exchange-error.ts';

/** What a state dict does not say: it has weights, not what is done between them. */
export interface Told {
  readonly activation: ActivationName;
  /** Of the last layer; `identity` when left out. */
  readonly output?: ActivationName;
}

/** A network with its numbers. */
export interface WeightedNetwork {
  readonly spec: NetworkSpec;
  /** Flat, in the order of `layoutOf`. */
  readonly parameters: Float64Array;
}

/**
 * Reads weights from PyTorch's state dict, written as JSON:
 *
 *     json.dump({name: tensor.tolist() for name, tensor in model.state_dict().items()}, file)
 *
 * Layers are `nn.Linear`: a `weight` [units, inputs] and a `bias` [units], or none anywhere, behind any prefix. They are in
 * the order of their numbers where their names differ in numbers only (`0`, `2`, `4`; `fc1`, `fc2`), else in that of the file.
 * With a whole `NetworkSpec` the weights must fit it; otherwise sizes and biases are those of the weights.
 *
 * Throws an `ExchangeError` that names the tensor, the shape found and the shape expected; a `SpecError` for what no network can be.
 */
export function fromStateDict(text: string, told: Told | NetworkSpec): WeightedNetwork {
  const layers = layersIn(tensorsIn(text));
  checkChain(layers);
  const spec: NetworkSpec =
    'sizes' in told
      ? told
      : {
          sizes: [layers[0].inputs, ...layers.map(({ units }) => units)],
          activation: told.activation,
          output: told.output ?? 'identity',
          bias: layers[0].bias !== null,
          init: 'uniform',
          seed: 1,
        };
  checkNetwork(spec);
  if ('sizes' in told) checkFit(layers, told);
  const parameters = new Float64Array(parameterCount(spec));
  for (const [index, { weights, biases }] of layoutOf(spec).entries()) {
    parameters.set(layers[index].weight.numbers, weights);
    const { bias } = layers[index];
    if (bias !== null) parameters.set(bias.numbers, biases);
  }
  return { spec, parameters };
}

interface Tensor {
  readonly name: string;
  readonly shape: readonly number[];
  /** Row by row. */
  readonly numbers: readonly number[];
}

interface Linear {
  readonly prefix: string;
  readonly weight: Tensor;
  readonly bias: Tensor | null;
  readonly units: number;
  readonly inputs: number;
}

function tensorsIn(text: string): readonly Tensor[] {
  const found = parse(text);
  if (typeof found !== 'object' || found === null || Array.isArray(found)) {
    throw new ExchangeError('state dict', kindOf(found), 'an object of names and lists of numbers');
  }
  const entries = Object.entries(found);
  if (entries.length === 0)
    throw new ExchangeError('state dict', 'no tensor', 'weights of at least one layer');
  return entries.map(([name, value]) => tensor(name, value));
}

/** Python writes NaN and infinities, which JSON does not have; as texts they are found, and named, where they stand. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text.replace(/"(?:[^"\\]|\\.)*"|-?\b(?:Infinity|NaN)\b/g, quoted));
  } catch (error) {
    throw new ExchangeError('state dict', error instanceof Error ? error.message : String(error), 'JSON');
  }
}

const quoted = (word: string): string => (word.startsWith('"') ? word : `"${word}"`);

function tensor(name: string, value: unknown): Tensor {
  const shape: number[] = [];
  let inner = value;
  while (Array.isArray(inner) && shape.length < 9) {
    shape.push(inner.length);
    inner = inner[0];
  }
  if (shape.length === 0)
    throw new ExchangeError(name, kindOf(value), 'a list of numbers, as tolist() gives it');
  if (shape.length > 2) {
    throw new ExchangeError(
      name,
      shapeText(shape),
      'the tensors of nn.Linear, which have one or two dimensions',
    );
  }
  const rows = (shape.length === 1 ? [value] : value) as readonly unknown[];
  const numbers: number[] = [];
  const place = (row: number): string => (shape.length === 1 ? name : `${name}[${row}]`);
  for (const [row, list] of rows.entries()) {
    const length = Array.isArray(list) ? list.length : -1;
    if (length !== shape.at(-1)) {
      const what = length < 0 ? kindOf(list) : counted(length, 'number');
      throw new ExchangeError(place(row), what, `${counted(shape.at(-1)!, 'number')}, as in ${place(0)}`);
    }
    for (const [column, number] of (list as readonly unknown[]).entries()) {
      if (typeof number !== 'number' || !Number.isFinite(number)) {
        throw new ExchangeError(`${place(row)}[${column}]`, kindOf(number), 'a finite number');
      }
      numbers.push(number);
    }
  }
  return { name, shape, numbers };
}

function layersIn(tensors: readonly Tensor[]): readonly Linear[] {
  const parts = new Map<string, { weight?: Tensor; bias?: Tensor }>();
  for (const found of tensors) {
    const [, prefix = '', kind] = /^(?:(.*)\.)?(weight|bias)$/s.exec(found.name) ?? [];
    if (kind !== 'weight' && kind !== 'bias') {
      const expected = 'only weight and bias of nn.Linear layers, as in fc1.weight';
      throw new ExchangeError(found.name, `a tensor of ${shapeText(found.shape)}`, expected);
    }
    parts.set(prefix, { ...parts.get(prefix), [kind]: found });
  }
  const layers = Array.from(parts, ([prefix, { weight, bias }]) => linear(prefix, weight, bias));
  const [first] = layers;
  for (const { prefix, bias, units } of layers) {
    const name = named(prefix, 'bias');
    if (bias !== null && first.bias === null) {
      throw new ExchangeError(
        name,
        shapeText(bias.shape),
        `none, as ${named(first.prefix, 'weight')} has none`,
      );
    }
    if (bias === null && first.bias !== null) {
      throw new ExchangeError(name, 'nothing', `${shapeText([units])}, as there is ${first.bias.name}`);
    }
  }
  return ordered(layers);
}

function linear(prefix: string, weight: Tensor | undefined, bias: Tensor | undefined): Linear {
  if (weight === undefined) {
    throw new ExchangeError(named(prefix, 'weight'), 'nothing', `a weight beside ${named(prefix, 'bias')}`);
  }
  const [units, inputs] = weight.shape;
  if (weight.shape.length !== 2 || units === 0 || inputs === 0) {
    throw new ExchangeError(weight.name, shapeText(weight.shape), 'shape [units, inputs], as nn.Linear has');
  }
  if (bias !== undefined && (bias.shape.length !== 1 || bias.shape[0] !== units)) {
    const expected = `${shapeText([units])}, as ${weight.name} is ${shapeText(weight.shape)}`;
    throw new ExchangeError(bias.name, shapeText(bias.shape), expected);
  }
  return { prefix, weight, bias: bias ?? null, units, inputs };
}

/** By number, where names differ in nothing else: a file with sorted names has `10` before `2`. */
function ordered(layers: readonly Linear[]): readonly Linear[] {
  const patterns = new Set(layers.map(({ prefix }) => prefix.replace(/\d+/g, '#')));
  if (patterns.size > 1) return layers;
  const numbersOf = ({ prefix }: Linear): readonly number[] => (prefix.match(/\d+/g) ?? []).map(Number);
  return layers.toSorted((one, other) => {
    const [left, right] = [numbersOf(one), numbersOf(other)];
    const differs = left.findIndex((number, index) => number !== right[index]);
    return differs < 0 ? 0 : left[differs] - right[differs];
  });
}

/** Each layer takes what the one before it gives. */
function checkChain(layers: readonly Linear[]): void {
  for (const [index, { weight, units, inputs }] of layers.entries()) {
    if (index === 0) continue;
    const before = layers[index - 1];
    if (before.units === inputs) continue;
    const expected = `${shapeText([units, before.units])}, as ${before.weight.name} gives ${counted(before.units, 'number')}`;
    throw new ExchangeError(weight.name, shapeText(weight.shape), expected);
  }
}

function checkFit(layers: readonly Linear[], spec: NetworkSpec): void {
  const { sizes } = spec;
  const network = sizes.join('-');
  if (layers.length !== sizes.length - 1) {
    const names = layers.map(({ weight }) => weight.name).join(', ');
    throw new ExchangeError(
      'state dict',
      `${counted(layers.length, 'layer')} (${names})`,
      `${sizes.length - 1}, as ${network} has`,
    );
  }
  for (const [index, { prefix, weight, bias }] of layers.entries()) {
    const shape = [sizes[index + 1], sizes[index]];
    if (weight.shape.some((size, axis) => size !== shape[axis])) {
      throw new ExchangeError(
        weight.name,
        shapeText(weight.shape),
        `${shapeText(shape)} for layer ${index + 1} of ${network}`,
      );
    }
    if ((bias !== null) !== spec.bias) {
      throw new ExchangeError(
        named(prefix, 'bias'),
        bias === null ? 'nothing' : shapeText(bias.shape),
        spec.bias ? shapeText([shape[0]]) : 'none, as the network has no biases',
      );
    }
  }
}

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

const named = (prefix: string, kind: string): string => (prefix === '' ? kind : `${prefix}.${kind}`);

const shapeText = (shape: readonly number[]): string => `shape [${shape.join(', ')}]`;

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'an object';
  if (typeof value !== 'string') return JSON.stringify(value) ?? typeof value;
  return /^-?(?:Infinity|NaN)$/.test(value) ? value : `the text ${JSON.stringify(value.slice(0, 40))}`;
}
