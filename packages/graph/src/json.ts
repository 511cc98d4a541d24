import {
  isLive,
  keysOf,
  operationName,
  partialsOf,
  type OperationName,
  type Recording,
} from '@backflow/engine';

/** A number as JSON can hold it. */
export type JsonNumber = number | 'NaN' | 'Infinity' | '-Infinity';

/** An input is the key of a node, or a constant with the text it was written as. */
export type JsonInput = string | { readonly constant: JsonNumber; readonly text?: string };

export interface JsonNode {
  readonly key: string;
  readonly name: string | null;
  readonly operation: OperationName | 'leaf';
  /** Null where the node was never evaluated. */
  readonly value: JsonNumber | null;
  /** Only where gradients were given. */
  readonly gradient?: JsonNumber;
  readonly inputs: readonly JsonInput[];
}

export interface JsonEdge {
  /** Keys of the input and of its consumer. */
  readonly source: string;
  readonly target: string;
  readonly slot: number;
  /** ∂target/∂source for this slot alone; null where the edge carries no gradient. */
  readonly local: JsonNumber | null;
}

export interface JsonGraph {
  readonly output: string;
  readonly nodes: readonly JsonNode[];
  readonly edges: readonly JsonEdge[];
}

/** The number itself, or its name where JSON has none. */
export function jsonNumber(x: number): JsonNumber {
  if (Number.isNaN(x)) return 'NaN';
  if (x === Infinity) return 'Infinity';
  return x === -Infinity ? '-Infinity' : x;
}

/**
 * The recording as plain data for `JSON.stringify`: nodes in recording order, an edge per use. `gradients`
 * are per node, as `backward` gives them.
 */
export function toJson(recording: Recording, gradients?: Float64Array): JsonGraph {
  const keys = keysOf(recording);
  const nodes: JsonNode[] = [];
  const edges: JsonEdge[] = [];
  for (let node = 0; node < recording.count; node++) {
    const inputs: JsonInput[] = [];
    const from = recording.inputStart[node];
    const arity = recording.inputStart[node + 1] - from;
    const partials = arity > 0 ? partialsOf(recording, node) : null;
    for (let slot = 0; slot < arity; slot++) {
      const entry = recording.inputs[from + slot];
      if (entry < 0) {
        const text = recording.constantTexts.get(~entry);
        const constant = jsonNumber(recording.constants[~entry]);
        inputs.push(text === undefined ? { constant } : { constant, text });
        continue;
      }
      inputs.push(keys[entry]);
      const local = isLive(recording, node, slot) ? jsonNumber(partials![slot]) : null;
      edges.push({ source: keys[entry], target: keys[node], slot, local });
    }
    nodes.push({
      key: keys[node],
      name: recording.names.get(node) ?? null,
      operation: operationName(recording.operation[node]),
      value: recording.skipped[node] ? null : jsonNumber(recording.value[node]),
      ...(gradients && { gradient: jsonNumber(gradients[node]) }),
      inputs,
    });
  }
  return { output: keys[recording.output], nodes, edges };
}
