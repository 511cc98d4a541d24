import { checkNetwork } from '../spec/check.ts';
import { layoutOf, parameterCount } from '../spec/layout.ts';
import { shown, SpecError } from '../spec/problem.ts';
import type { NetworkSpec } from '../spec/spec.ts';

const FORMAT = 'backflow-network';
const VERSION = 1;

/** Text that claims to hold a network's parameters and does not, or not those of the network at hand. */
export class ParametersError extends Error {
  /** `layers[0].weight[3]`. */
  readonly where: string;
  /** What stood there. */
  readonly found: unknown;
  /** What would fit, in words. */
  readonly expected: string;

  constructor(where: string, found: unknown, expected: string) {
    super(`Parameters, at ${where}: found ${shown(found)}, expected ${expected}.`);
    this.name = 'ParametersError';
    this.where = where;
    this.found = found;
    this.expected = expected;
  }
}

/**
 * A network and its parameters as JSON, one line per unit; every number keeps its bits. `layers[l].weight[j][k]` and
 * `layers[l].bias[j]` are arranged as in PyTorch. Throws ParametersError for numbers that are not finite, and SpecError for a
 * wrong number of them.
 */
export function parametersToJson(spec: NetworkSpec, parameters: ArrayLike<number>): string {
  checkNetwork(spec);
  const count = parameterCount(spec);
  if (parameters?.length !== count) throw new SpecError('parameters', parameters, `a list of ${count}`);
  const number = (place: number): string => {
    const x = parameters[place];
    if (!Number.isFinite(x)) throw new ParametersError(`parameter ${place}`, x, 'a finite number');
    return Object.is(x, -0) ? '-0' : String(x);
  };
  const row = (from: number, length: number): string =>
    `[${Array.from({ length }, (_, i) => number(from + i)).join(', ')}]`;
  const layers = layoutOf(spec).map(({ inputs, units, weights, biases }) => {
    const rows = Array.from({ length: units }, (_, j) => `        ${row(weights + j * inputs, inputs)}`);
    const bias = biases < 0 ? 'null' : row(biases, units);
    return `    {\n      "weight": [\n${rows.join(',\n')}\n      ],\n      "bias": ${bias}\n    }`;
  });
  const { sizes, activation, output, bias, init, seed } = spec;
  const head = Object.entries({
    format: FORMAT,
    version: VERSION,
    sizes,
    activation,
    output,
    bias,
    init,
    seed,
  });
  const members = head.map(([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)}`);
  return `{\n${members.join(',\n')},\n  "layers": [\n${layers.join(',\n')}\n  ]\n}\n`;
}

/**
 * Reads what `parametersToJson` wrote. With `spec` the file must be of a network of these sizes, activations and biases; what
 * it started with may differ. Throws ParametersError, which says where the file does not fit.
 */
export function parametersFromJson(
  text: string,
  spec?: NetworkSpec,
): { readonly spec: NetworkSpec; readonly parameters: Float64Array } {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    throw new ParametersError('the text', error instanceof Error ? error.message : error, 'JSON');
  }
  const root = membersOf('the text', data);
  if (root.get('format') !== FORMAT) throw new ParametersError('format', root.get('format'), `“${FORMAT}”`);
  if (root.get('version') !== VERSION)
    throw new ParametersError('version', root.get('version'), String(VERSION));
  const found = specOf(root);
  if (spec !== undefined) checkSame(found, spec);

  const layout = layoutOf(found);
  const layers = listOf('layers', root.get('layers'), layout.length);
  const parameters = new Float64Array(parameterCount(found));
  layout.forEach(({ inputs, units, weights, biases }, l) => {
    const at = `layers[${l}]`;
    const layer = membersOf(at, layers[l]);
    listOf(`${at}.weight`, layer.get('weight'), units).forEach((row, j) => {
      numbersInto(`${at}.weight[${j}]`, row, inputs, parameters, weights + j * inputs);
    });
    const bias = layer.get('bias');
    if (biases >= 0) numbersInto(`${at}.bias`, bias, units, parameters, biases);
    else if (bias !== null && bias !== undefined)
      throw new ParametersError(`${at}.bias`, bias, 'null, without biases');
  });
  return { spec: found, parameters };
}

function specOf(root: ReadonlyMap<string, unknown>): NetworkSpec {
  const spec = {
    sizes: root.get('sizes'),
    activation: root.get('activation'),
    output: root.get('output'),
    bias: root.get('bias'),
    init: root.get('init'),
    seed: root.get('seed'),
  } as NetworkSpec;
  try {
    checkNetwork(spec);
  } catch (error) {
    if (error instanceof SpecError) throw new ParametersError(error.where, error.found, error.expected);
    throw error;
  }
  return { ...spec, sizes: [...spec.sizes] };
}

function checkSame(found: NetworkSpec, expected: NetworkSpec): void {
  const sizes = (spec: NetworkSpec): string => spec.sizes.join('-');
  if (sizes(found) !== sizes(expected)) throw new ParametersError('sizes', sizes(found), sizes(expected));
  for (const key of ['bias', 'activation', 'output'] as const) {
    if (key === 'activation' && expected.sizes.length === 2) continue;
    if (found[key] !== expected[key]) throw new ParametersError(key, found[key], String(expected[key]));
  }
}

function membersOf(where: string, found: unknown): ReadonlyMap<string, unknown> {
  if (typeof found !== 'object' || found === null || Array.isArray(found)) {
    throw new ParametersError(where, found, 'an object');
  }
  return new Map(Object.entries(found));
}

function listOf(where: string, found: unknown, length: number): readonly unknown[] {
  if (!Array.isArray(found) || found.length !== length)
    throw new ParametersError(where, found, `a list of ${length}`);
  return found;
}

function numbersInto(where: string, found: unknown, length: number, into: Float64Array, at: number): void {
  listOf(where, found, length).forEach((x, i) => {
    if (typeof x !== 'number' || !Number.isFinite(x))
      throw new ParametersError(`${where}[${i}]`, x, 'a finite number');
    into[at + i] = x;
  });
}
