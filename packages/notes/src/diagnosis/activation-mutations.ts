import { evaluateFormula, OPERATIONS } from '@backflow/engine';
import type { Run } from '../run.ts';
import { shown } from './inquiry.ts';
import type { Inquiry, PathEdge } from './inquiry.ts';
import { ACTIVATIONS } from './roles.ts';
import type { Mutation, Variant } from './variant.ts';
import { edgeText, formulaText, slipWords, slopeName, slopeText, valueText } from './wording.ts';

type Slip = (run: Run) => number;

function activations(inquiry: Inquiry): readonly PathEdge[] {
  return inquiry.pathEdges.filter(({ operation, slot }) => ACTIVATIONS.has(operation) && slot === 0);
}

/** The same slip at each of the edges, and at all of them at once. */
export function* everywhere(
  inquiry: Inquiry,
  edges: readonly PathEdge[],
  slip: (edge: PathEdge) => Slip,
  words: (edge: PathEdge) => Readonly<Record<string, string>>,
  weight = 0,
): Iterable<Variant> {
  for (const edge of edges) {
    yield {
      where: inquiry.where(edge.edge),
      weight,
      words: () => words(edge),
      slip: { edge: edge.edge, local: slip(edge) },
    };
  }
  if (edges.length < 2) return;
  yield {
    where: inquiry.where(...edges.map(({ edge }) => edge)),
    weight,
    words: () => ({ ...words(edges[0]), more: String(edges.length - 1) }),
    change: () => ({
      slips: new Map(edges.map((edge) => [edge.edge, (run: Run) => slip(edge)(run)] as const)),
    }),
  };
  // All sites on one path of several, as when one line of notes slips.
  if (edges.length > 2 && edges.length <= 12) {
    for (let i = 0; i < edges.length; i++) {
      for (let j = i + 1; j < edges.length; j++) {
        const pair = [edges[i], edges[j]];
        yield {
          where: inquiry.where(...pair.map(({ edge }) => edge)),
          weight: weight + 2,
          words: () => ({ ...words(pair[0]), more: '1' }),
          change: () => ({
            slips: new Map(pair.map((edge) => [edge.edge, (run: Run) => slip(edge)(run)] as const)),
          }),
        };
      }
    }
  }
}

function* activationForDerivative(inquiry: Inquiry): Iterable<Variant> {
  const edges = activations(inquiry);
  yield* everywhere(
    inquiry,
    edges,
    (edge) => (run) => run.value[edge.node],
    (edge) => slipWords(inquiry, edge, valueText(inquiry, edge.node)),
  );
  // σ(1 − σ) begun and not finished: only 1 − σ.
  const curved = edges.filter(({ operation }) => operation === 'sigmoid' || operation === 'tanh');
  yield* everywhere(
    inquiry,
    curved,
    (edge) => (run) => 1 - run.value[edge.node],
    (edge) =>
      slipWords(
        inquiry,
        edge,
        `1 − ${formulaText(inquiry, edge.node)} = ${shown(1 - inquiry.run.value[edge.node])}`,
      ),
    4,
  );
}

/** σ′ with its rule σ(1 − σ) at something that is not σ(z), or of something that is not z. */
function* derivativeAtWrongArgument(inquiry: Inquiry): Iterable<Variant> {
  const edges = activations(inquiry);
  const bySlope = (edge: PathEdge, argument: (run: Run) => number): Slip => {
    const { partials } = OPERATIONS[edge.operation];
    return (run) => {
      const x = argument(run);
      const operation = OPERATIONS[edge.operation];
      if (operation.arity === 1) return operation.partials[0](x, operation.value(x));
      if (operation.arity !== 2 || typeof partials === 'function') return NaN;
      const second = inquiry.entry(edge.node, 1);
      const b = second >= 0 ? run.value[second] : inquiry.recording.constants[~second];
      return operation.partials[0](x, b, operation.value(x, b));
    };
  };
  const byRule = (edge: PathEdge, result: (run: Run) => number): Slip => {
    const rule = OPERATIONS[edge.operation].rule(0, inquiry.arity(edge.node));
    return (run) => evaluateFormula(rule, [run.value[edge.input], NaN], result(run));
  };
  // z(1 − z), 1 − z²: the rule for the result, applied to the argument.
  yield* everywhere(
    inquiry,
    edges.filter(({ operation }) => operation === 'sigmoid' || operation === 'tanh'),
    (edge) => byRule(edge, (run) => run.value[edge.input]),
    (edge) => {
      const z = inquiry.name(edge.input);
      const rule = edge.operation === 'tanh' ? `1 − ${z}²` : `${z}·(1 − ${z})`;
      const x = inquiry.run.value[edge.input];
      return slipWords(
        inquiry,
        edge,
        `${rule} = ${shown(edge.operation === 'tanh' ? 1 - x * x : x * (1 - x))}`,
      );
    },
  );
  // σ′(a): the slope at the result.
  yield* everywhere(
    inquiry,
    edges,
    (edge) => bySlope(edge, (run) => run.value[edge.node]),
    (edge) => {
      const at = inquiry.run.value[edge.node];
      const found = bySlope(edge, () => at)(inquiry.run);
      const name = slopeName(inquiry, edge).replace(/\(.*/u, '');
      return slipWords(inquiry, edge, `${name}(${inquiry.name(edge.node)}) = ${shown(found)}`);
    },
  );
  // a(1 − a) for tanh, 1 − a² for σ: the rule of the other one.
  yield* everywhere(
    inquiry,
    edges.filter(({ operation }) => operation === 'sigmoid' || operation === 'tanh'),
    ({ operation, node }) =>
      (run) => {
        const y = run.value[node];
        return operation === 'tanh' ? y * (1 - y) : 1 - y * y;
      },
    (edge) => {
      const y = inquiry.name(edge.node);
      return slipWords(inquiry, edge, edge.operation === 'tanh' ? `${y}·(1 − ${y})` : `1 − ${y}²`);
    },
    4,
  );
  // Another neuron's σ′.
  const others = sameKind(inquiry, edges);
  for (const edge of edges) {
    for (const other of others) {
      if (other.node === edge.node || other.operation !== edge.operation) continue;
      yield {
        where: inquiry.where(edge.edge),
        // The slopes of a ReLU are all alike.
        weight: edge.operation === 'relu' || edge.operation === 'leakyRelu' ? 12 : 3,
        words: () => ({
          edge: edgeText(inquiry, edge),
          found: slopeText(inquiry, other),
          due: slopeText(inquiry, edge),
        }),
        slip: { edge: edge.edge, local: (run) => run.local[other.edge] },
      };
    }
  }
}

/** All uses of the operations of these edges in the graph. */
function sameKind(inquiry: Inquiry, edges: readonly PathEdge[]): readonly PathEdge[] {
  const wanted = new Set(edges.map(({ operation }) => operation));
  const { count, inputStart, inputs } = inquiry.recording;
  const found: PathEdge[] = [];
  for (let node = 0; node < count && found.length < 100; node++) {
    const operation = inquiry.operationOf(node);
    if (operation === 'leaf' || !wanted.has(operation) || inputs[inputStart[node]] < 0) continue;
    found.push({ edge: inputStart[node], node, slot: 0, input: inputs[inputStart[node]], operation });
  }
  return found;
}

function* missingActivationDerivative(inquiry: Inquiry): Iterable<Variant> {
  const curved = activations(inquiry).filter(
    ({ operation }) => operation !== 'relu' && operation !== 'leakyRelu',
  );
  const leaky = activations(inquiry).filter(({ operation }) => operation === 'leakyRelu');
  for (const [edges, weight] of [
    [curved, 0],
    [leaky, 4],
  ] as const) {
    yield* everywhere(
      inquiry,
      edges,
      () => () => 1,
      (edge) => ({ edge: edgeText(inquiry, edge), due: slopeText(inquiry, edge), found: '1' }),
      weight,
    );
  }
}

function* missingReluMask(inquiry: Inquiry): Iterable<Variant> {
  const closed = activations(inquiry).filter(
    ({ operation, input }) =>
      (operation === 'relu' || operation === 'leakyRelu') && inquiry.run.value[input] <= 0,
  );
  yield* everywhere(
    inquiry,
    closed,
    () => () => 1,
    (edge) => ({
      edge: edgeText(inquiry, edge),
      node: inquiry.name(edge.node),
      found: '1',
      due: shown(inquiry.run.local[edge.edge]),
    }),
  );
  // The same in the forward pass: z passed on where 0 is due.
  for (const node of inquiry.cone) {
    if (inquiry.operationOf(node) !== 'relu') continue;
    const input = inquiry.entry(node, 0);
    if (input < 0 || inquiry.run.value[input] >= 0) continue;
    yield {
      where: [{ node, slot: 0 }],
      words: () => ({ node: inquiry.name(node), found: shown(inquiry.run.value[input]), due: '0' }),
      change: (run) => ({ values: new Map([[node, run.value[input]]]) }),
    };
  }
}

/** f′ taken at a variable inside g: cos(x) for cos(x²), 2x for 2(x − y). */
function* innerPoint(inquiry: Inquiry): Iterable<Variant> {
  for (const edge of inquiry.pathEdges) {
    const operation = OPERATIONS[edge.operation];
    const unary = operation.arity === 1;
    if (!unary && edge.operation !== 'pow' && edge.operation !== 'leakyRelu') continue;
    if (edge.slot !== 0 || edge.operation === 'neg') continue;
    const inner = new Set<number>();
    const below = (node: number) => {
      for (let slot = 0; slot < inquiry.arity(node) && inner.size < 60; slot++) {
        const entry = inquiry.entry(node, slot);
        if (entry >= 0) inner.add(entry);
      }
    };
    below(edge.input);
    for (const node of inner) below(node);
    for (const { by } of inquiry.derivatives) if (by < edge.input) inner.add(by);
    for (const node of inner) {
      const slope = (run: Run): number => {
        const x = run.value[node];
        if (operation.arity === 1) return operation.partials[0](x, operation.value(x));
        if (operation.arity !== 2) return NaN;
        const second = inquiry.entry(edge.node, 1);
        const b = second >= 0 ? run.value[second] : inquiry.recording.constants[~second];
        return operation.partials[0](x, b, operation.value(x, b));
      };
      const near = inquiry.recording.names.has(node) || inquiry.derivatives.some(({ by }) => by === node);
      yield {
        where: inquiry.where(edge.edge),
        weight: near ? 0 : 3,
        words: () => ({
          edge: edgeText(inquiry, edge),
          found: `${inquiry.name(node)} = ${shown(inquiry.run.value[node])}`,
          due: `${inquiry.name(edge.input)} = ${shown(inquiry.run.value[edge.input])}`,
        }),
        slip: { edge: edge.edge, local: slope },
      };
    }
  }
}

/** Mistakes with the derivative of a function of one argument. */
export const ACTIVATION_MUTATIONS: readonly Mutation[] = [
  { id: 'activation-for-derivative', rank: 10, find: activationForDerivative },
  { id: 'derivative-at-wrong-argument', rank: 11, find: derivativeAtWrongArgument },
  { id: 'missing-activation-derivative', rank: 12, find: missingActivationDerivative },
  { id: 'missing-relu-mask', rank: 13, find: missingReluMask },
  { id: 'inner-point', rank: 18, find: innerPoint },
];
