import { PbfWriter } from 'pbf';
import type { ActivationName, NetworkSpec } from '../spec/spec.ts';
import { activationOf, checkParameters, describe, layersOf } from './described.ts';

/** Numbers of fields and types in https://github.com/onnx/onnx/blob/main/onnx/onnx.proto3. */
const MODEL = { irVersion: 1, producerName: 2, docString: 6, graph: 7, opsetImport: 8 };
const OPSET = { domain: 1, version: 2 };
const GRAPH = { node: 1, name: 2, initializer: 5, docString: 10, input: 11, output: 12 };
const NODE = { input: 1, output: 2, name: 3, opType: 4, attribute: 5 };
const ATTRIBUTE = { name: 1, float: 2, int: 3, type: 20 };
const ATTRIBUTE_TYPE = { float: 1, int: 2 };
const TENSOR = { dims: 1, dataType: 2, name: 8, rawData: 9 };
const VALUE_INFO = { name: 1, type: 2 };
const TYPE = { tensorType: 1 };
const TENSOR_TYPE = { elementType: 1, shape: 2 };
const SHAPE = { dimension: 1 };
const DIMENSION = { value: 1, parameter: 2 };
const FLOAT32 = 1;

/** Of December 2020: new enough for Softmax along the last axis, old enough for every engine that is around. */
const OPSET_VERSION = 13;
const IR_VERSION = 7;

const LARGEST_FLOAT32 = (2 - 2 ** -23) * 2 ** 127;

interface Node {
  readonly type: string;
  readonly name: string;
  readonly inputs: readonly string[];
  readonly output: string;
  readonly floats?: Readonly<Record<string, number>>;
  readonly ints?: Readonly<Record<string, number>>;
}

interface Tensor {
  readonly name: string;
  readonly dims: readonly number[];
  readonly numbers: readonly number[];
}

/**
 * The network as an ONNX model (opset 13): `input` [batch, inputs] to `output` [batch, outputs] in float32, one Gemm a
 * layer with weights `layers.0.weight` [units, inputs] and `layers.0.bias` [units], then its activation. The outputs are
 * those of the last layer's activation; what a loss makes of them, such as the softmax of cross-entropy, is not in it.
 *
 * Throws an `ExchangeError` for a parameter that is not finite or too large for float32.
 */
export function toOnnx(spec: NetworkSpec, parameters: ArrayLike<number>): Uint8Array {
  checkParameters(spec, parameters, LARGEST_FLOAT32, 'float32');
  const nodes: Node[] = [];
  const tensors: Tensor[] = [];
  let above = 'input';
  const layers = layersOf(spec, parameters);
  for (const [layer, { weights, biases }] of layers.entries()) {
    const name = `layers.${layer}`;
    const last = layer === layers.length - 1;
    tensors.push({
      name: `${name}.weight`,
      dims: [weights.length, weights[0].length],
      numbers: weights.flat(),
    });
    if (biases !== null) tensors.push({ name: `${name}.bias`, dims: [biases.length], numbers: biases });
    nodes.push({
      type: 'Gemm',
      name,
      inputs: [above, `${name}.weight`, ...(biases === null ? [] : [`${name}.bias`])],
      output: `${name}.z`,
      ints: { transB: 1 },
    });
    above = last ? 'output' : `${name}.a`;
    nodes.push(...activationNodes(activationOf(spec, layer), name, above));
  }
  // The threshold of every step.
  if (nodes.some(({ type }) => type === 'Greater')) tensors.push({ name: 'zero', dims: [], numbers: [0] });

  const pbf = new PbfWriter();
  pbf.writeVarintField(MODEL.irVersion, IR_VERSION);
  pbf.writeStringField(MODEL.producerName, 'Backflow');
  pbf.writeStringField(MODEL.docString, describe(spec));
  pbf.writeMessage(MODEL.graph, writeGraph, { spec, nodes, tensors });
  pbf.writeMessage(MODEL.opsetImport, writeOpset, OPSET_VERSION);
  return pbf.finish();
}

function activationNodes(activation: ActivationName, layer: string, output: string): Node[] {
  const z = `${layer}.z`;
  const node = (type: string, attributes: Pick<Node, 'floats' | 'ints'> = {}): Node[] => [
    { type, name: `${layer}.${activation}`, inputs: [z], output, ...attributes },
  ];
  switch (activation) {
    case 'identity':
      return node('Identity');
    case 'step':
      return [
        { type: 'Greater', name: `${layer}.positive`, inputs: [z, 'zero'], output: `${layer}.positive` },
        { type: 'Cast', name: `${layer}.step`, inputs: [`${layer}.positive`], output, ints: { to: FLOAT32 } },
      ];
    case 'sigmoid':
      return node('Sigmoid');
    case 'tanh':
      return node('Tanh');
    case 'relu':
      return node('Relu');
    case 'leakyRelu':
      return node('LeakyRelu', { floats: { alpha: 0.01 } });
    case 'softmax':
  }
  return node('Softmax', { ints: { axis: -1 } });
}

interface Graph {
  readonly spec: NetworkSpec;
  readonly nodes: readonly Node[];
  readonly tensors: readonly Tensor[];
}

function writeGraph({ spec, nodes, tensors }: Graph, pbf: PbfWriter): void {
  for (const node of nodes) pbf.writeMessage(GRAPH.node, writeNode, node);
  pbf.writeStringField(GRAPH.name, 'network');
  for (const tensor of tensors) pbf.writeMessage(GRAPH.initializer, writeTensor, tensor);
  pbf.writeStringField(GRAPH.docString, describe(spec));
  pbf.writeMessage(GRAPH.input, writeValueInfo, { name: 'input', size: spec.sizes[0] });
  pbf.writeMessage(GRAPH.output, writeValueInfo, { name: 'output', size: spec.sizes.at(-1)! });
}

function writeNode(node: Node, pbf: PbfWriter): void {
  for (const input of node.inputs) pbf.writeStringField(NODE.input, input);
  pbf.writeStringField(NODE.output, node.output);
  pbf.writeStringField(NODE.name, node.name);
  pbf.writeStringField(NODE.opType, node.type);
  for (const [name, value] of Object.entries(node.floats ?? {})) {
    pbf.writeMessage(NODE.attribute, writeFloatAttribute, { name, value });
  }
  for (const [name, value] of Object.entries(node.ints ?? {})) {
    pbf.writeMessage(NODE.attribute, writeIntAttribute, { name, value });
  }
}

interface Attribute {
  readonly name: string;
  readonly value: number;
}

function writeFloatAttribute({ name, value }: Attribute, pbf: PbfWriter): void {
  pbf.writeStringField(ATTRIBUTE.name, name);
  pbf.writeFloatField(ATTRIBUTE.float, value);
  pbf.writeVarintField(ATTRIBUTE.type, ATTRIBUTE_TYPE.float);
}

function writeIntAttribute({ name, value }: Attribute, pbf: PbfWriter): void {
  pbf.writeStringField(ATTRIBUTE.name, name);
  pbf.writeVarintField(ATTRIBUTE.int, value);
  pbf.writeVarintField(ATTRIBUTE.type, ATTRIBUTE_TYPE.int);
}

function writeTensor({ name, dims, numbers }: Tensor, pbf: PbfWriter): void {
  for (const size of dims) pbf.writeVarintField(TENSOR.dims, size);
  pbf.writeVarintField(TENSOR.dataType, FLOAT32);
  pbf.writeStringField(TENSOR.name, name);
  // Little-endian, as the format wants it, on every machine.
  const view = new DataView(new ArrayBuffer(4 * numbers.length));
  for (const [index, number] of numbers.entries()) view.setFloat32(4 * index, number, true);
  pbf.writeBytesField(TENSOR.rawData, new Uint8Array(view.buffer));
}

interface ValueInfo {
  readonly name: string;
  /** Numbers per example. */
  readonly size: number;
}

function writeValueInfo({ name, size }: ValueInfo, pbf: PbfWriter): void {
  pbf.writeStringField(VALUE_INFO.name, name);
  pbf.writeMessage(VALUE_INFO.type, writeType, size);
}

function writeType(size: number, pbf: PbfWriter): void {
  pbf.writeMessage(TYPE.tensorType, writeTensorType, size);
}

function writeTensorType(size: number, pbf: PbfWriter): void {
  pbf.writeVarintField(TENSOR_TYPE.elementType, FLOAT32);
  pbf.writeMessage(TENSOR_TYPE.shape, writeShape, size);
}

function writeShape(size: number, pbf: PbfWriter): void {
  pbf.writeMessage(SHAPE.dimension, writeBatch, null);
  pbf.writeMessage(SHAPE.dimension, writeSize, size);
}

function writeBatch(_: null, pbf: PbfWriter): void {
  pbf.writeStringField(DIMENSION.parameter, 'batch');
}

function writeSize(size: number, pbf: PbfWriter): void {
  pbf.writeVarintField(DIMENSION.value, size);
}

function writeOpset(version: number, pbf: PbfWriter): void {
  pbf.writeStringField(OPSET.domain, '');
  pbf.writeVarintField(OPSET.version, version);
}
