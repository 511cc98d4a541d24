import { floats, messages, numbers, readMessage, texts, type Message } from './protobuf.ts';

/** What an ONNX file says, by the field numbers of onnx.proto3. */
export interface Model {
  readonly irVersion: number;
  readonly producer: string;
  readonly doc: string;
  readonly opset: readonly { readonly domain: string; readonly version: number }[];
  readonly nodes: readonly {
    readonly type: string;
    readonly name: string;
    readonly inputs: readonly string[];
    readonly outputs: readonly string[];
    readonly attributes: Readonly<Record<string, number>>;
  }[];
  readonly tensors: ReadonlyMap<
    string,
    { readonly dims: readonly number[]; readonly type: number; readonly numbers: readonly number[] }
  >;
  readonly inputs: readonly Port[];
  readonly outputs: readonly Port[];
}

interface Port {
  readonly name: string;
  readonly type: number;
  readonly shape: readonly (number | string)[];
}

export function readModel(bytes: Uint8Array): Model {
  const model = readMessage(bytes);
  const [graph] = messages(model, 7);
  return {
    irVersion: numbers(model, 1)[0],
    producer: texts(model, 2)[0],
    doc: texts(model, 6)[0],
    opset: messages(model, 8).map((set) => ({ domain: texts(set, 1)[0] ?? '', version: numbers(set, 2)[0] })),
    nodes: messages(graph, 1).map((node) => ({
      type: texts(node, 4)[0],
      name: texts(node, 3)[0],
      inputs: texts(node, 1),
      outputs: texts(node, 2),
      attributes: Object.fromEntries(messages(node, 5).map(attribute)),
    })),
    tensors: new Map(
      messages(graph, 5).map((tensor) => [
        texts(tensor, 8)[0],
        {
          dims: numbers(tensor, 1),
          type: numbers(tensor, 2)[0],
          numbers: floats(tensor.get(9)![0] as Uint8Array),
        },
      ]),
    ),
    inputs: messages(graph, 11).map(port),
    outputs: messages(graph, 12).map(port),
  };
}

function attribute(message: Message): [string, number] {
  const [type] = numbers(message, 20);
  return [texts(message, 1)[0], numbers(message, type === 1 ? 2 : 3)[0]];
}

function port(message: Message): Port {
  const [tensor] = messages(messages(message, 2)[0], 1);
  const [shape] = messages(tensor, 2);
  const dims = messages(shape, 1).map((dim) => texts(dim, 2)[0] ?? numbers(dim, 1)[0]);
  return { name: texts(message, 1)[0], type: numbers(tensor, 1)[0], shape: dims };
}

/** What the model makes of one input, by the definitions of its operators. */
export function runModel(model: Model, input: readonly number[]): readonly number[] {
  const known = new Map<string, readonly number[]>([['input', input]]);
  for (const [name, tensor] of model.tensors) known.set(name, tensor.numbers);
  for (const { type, inputs, outputs, attributes } of model.nodes) {
    const [x, second, third] = inputs.map((name) => known.get(name)!);
    known.set(outputs[0], operator(type, x, second, third, attributes));
  }
  return known.get('output')!;
}

function operator(
  type: string,
  x: readonly number[],
  second: readonly number[],
  third: readonly number[] | undefined,
  attributes: Readonly<Record<string, number>>,
): readonly number[] {
  switch (type) {
    case 'Gemm': {
      if (attributes.transB !== 1) throw new Error('Gemm without transB');
      const units = second.length / x.length;
      return Array.from({ length: units }, (_, unit) =>
        x.reduce((sum, a, k) => sum + a * second[unit * x.length + k], third?.[unit] ?? 0),
      );
    }
    case 'Identity':
      return x;
    case 'Greater':
      return x.map((z) => (z > second[0] ? 1 : 0));
    case 'Cast':
      return x;
    case 'Sigmoid':
      return x.map((z) => 1 / (1 + Math.exp(-z)));
    case 'Tanh':
      return x.map(Math.tanh);
    case 'Relu':
      return x.map((z) => Math.max(0, z));
    case 'LeakyRelu':
      return x.map((z) => (z > 0 ? z : attributes.alpha * z));
    case 'Softmax': {
      if (attributes.axis !== -1) throw new Error('Softmax along another axis');
      const powers = x.map((z) => Math.exp(z - Math.max(...x)));
      const sum = powers.reduce((total, power) => total + power, 0);
      return powers.map((power) => power / sum);
    }
    default:
      throw new Error(`operator ${type}`);
  }
}
