import type { Run } from '../run.ts';
import { shown } from './inquiry.ts';
import type { Inquiry, PathEdge } from './inquiry.ts';
import { everywhere } from './activation-mutations.ts';
import {
  ACTIVATIONS,
  activationOf,
  allWeights,
  factorRole,
  partnerOf,
  sumOf,
  termsOf,
  weightsInto,
} from './roles.ts';
import type { Mutation, Variant } from './variant.ts';
import { edgeText, gradientText, namedValue, slipWords, slopeText } from './wording.ts';

function role(inquiry: Inquiry, wanted: 'weight' | 'input'): readonly PathEdge[] {
  return inquiry.pathEdges.filter((edge) => factorRole(inquiry, edge) === wanted);
}

function partnerNode(inquiry: Inquiry, edge: PathEdge): number {
  return partnerOf(inquiry, edge)?.node ?? -1;
}

function* missingWeight(inquiry: Inquiry): Iterable<Variant> {
  yield* everywhere(
    inquiry,
    role(inquiry, 'weight'),
    () => () => 1,
    (edge) => ({ edge: edgeText(inquiry, edge), due: namedValue(inquiry, partnerNode(inquiry, edge)) }),
  );
}

function* missingInput(inquiry: Inquiry): Iterable<Variant> {
  yield* everywhere(
    inquiry,
    role(inquiry, 'input'),
    () => () => 1,
    (edge) => ({ edge: edgeText(inquiry, edge), due: namedValue(inquiry, partnerNode(inquiry, edge)) }),
  );
}

function* ownActivation(inquiry: Inquiry): Iterable<Variant> {
  for (const edge of role(inquiry, 'input')) {
    const own = activationOf(inquiry, edge.node);
    if (own < 0) continue;
    yield {
      where: inquiry.where(edge.edge),
      words: () => ({
        edge: edgeText(inquiry, edge),
        found: namedValue(inquiry, own),
        due: namedValue(inquiry, partnerNode(inquiry, edge)),
      }),
      slip: { edge: edge.edge, local: (run) => run.value[own] },
    };
  }
}

/** ∂(ab)/∂a = a. */
function* swappedOperands(inquiry: Inquiry): Iterable<Variant> {
  const edges = inquiry.pathEdges.filter((edge) => {
    const partner = partnerOf(inquiry, edge);
    return partner !== null && partner.node >= 0 && partner.node !== edge.input;
  });
  yield* everywhere(
    inquiry,
    edges,
    (edge) => (run) => run.value[edge.input],
    (edge) => slipWords(inquiry, edge, namedValue(inquiry, edge.input)),
  );
  for (const { node, operation } of forwardPairs(inquiry)) {
    const [a, b] = [0, 1].map((slot) => inquiry.entry(node, slot));
    yield {
      where: [{ node, slot: null }],
      weight: 3,
      words: () => ({
        node: inquiry.name(node),
        found: operandsText(inquiry, b, a),
        due: operandsText(inquiry, a, b),
      }),
      change: (run) => {
        const [x, y] = [a, b].map((entry) =>
          entry >= 0 ? run.value[entry] : run.recording.constants[~entry],
        );
        const swapped = operation === 'sub' ? y - x : operation === 'div' ? y / x : y ** x;
        return { values: new Map([[node, swapped]]) };
      },
    };
  }
}

function operandsText(inquiry: Inquiry, a: number, b: number): string {
  return [a, b]
    .map((entry) => (entry >= 0 ? inquiry.name(entry) : shown(inquiry.recording.constants[~entry])))
    .join(', ');
}

function forwardPairs(inquiry: Inquiry): { node: number; operation: string }[] {
  return inquiry.cone
    .map((node) => ({ node, operation: inquiry.operationOf(node) }))
    .filter(({ operation }) => operation === 'sub' || operation === 'div' || operation === 'pow');
}

/** Another weight on one edge; another neuron's weights, or the other index of the matrix, on all uses of a node. */
function* transposedWeight(inquiry: Inquiry): Iterable<Variant> {
  const edges = role(inquiry, 'weight');
  const weights = allWeights(inquiry);
  if (edges.length > 0) yield* otherWeights(inquiry, edges, weights);
  // Forward: two weights have changed places, or one stands for another.
  const used = inquiry.cone.filter((node) => weights.includes(node)).slice(0, 24);
  for (const weight of used) {
    for (const other of weights) {
      if (other === weight) continue;
      const words = (): Readonly<Record<string, string>> => ({
        node: inquiry.name(weight),
        found: namedValue(inquiry, other),
        due: namedValue(inquiry, weight),
      });
      const where = [{ node: weight, slot: null }];
      if (inquiry.budget < 300) return;
      yield { where, weight: 2, words, change: (run) => ({ values: new Map([[weight, run.value[other]]]) }) };
      if (other < weight || !used.includes(other)) continue;
      yield {
        where: [...where, { node: other, slot: null }],
        words,
        change: (run) => ({
          values: new Map([
            [weight, run.value[other]],
            [other, run.value[weight]],
          ]),
        }),
      };
    }
  }
}

function* otherWeights(
  inquiry: Inquiry,
  edges: readonly PathEdge[],
  weights: readonly number[],
): Iterable<Variant> {
  const found = (edge: PathEdge, weight: number): Readonly<Record<string, string>> => ({
    edge: edgeText(inquiry, edge),
    found: namedValue(inquiry, weight),
    due: namedValue(inquiry, partnerNode(inquiry, edge)),
  });
  for (const edge of edges.slice(0, 200)) {
    const due = partnerNode(inquiry, edge);
    for (const weight of weights.slice(0, 100)) {
      if (weight === due) continue;
      yield {
        where: inquiry.where(edge.edge),
        words: () => found(edge, weight),
        slip: { edge: edge.edge, local: (run) => run.value[weight] },
      };
    }
  }
  const byInput = new Map<number, PathEdge[]>();
  for (const edge of edges) byInput.set(edge.input, [...(byInput.get(edge.input) ?? []), edge]);
  // Rows of the matrix, and columns: the weights by which other nodes of the layer are used.
  const rows = [...new Set(edges.map(({ node }) => sumOf(inquiry, node)))].map((sum) =>
    weightsInto(inquiry, sum),
  );
  const columns = [...byInput.values()].map((uses) => uses.map((edge) => partnerNode(inquiry, edge)));
  for (const uses of byInput.values()) {
    if (uses.length < 2) continue;
    for (const [turned, lists] of [rows, columns].entries()) {
      for (const list of lists) {
        if (list.length !== uses.length || uses.every((edge, at) => partnerNode(inquiry, edge) === list[at]))
          continue;
        yield {
          where: inquiry.where(...uses.map(({ edge }) => edge)),
          weight: turned,
          words: () => ({ ...found(uses[0], list[0]), more: String(uses.length - 1) }),
          change: () => ({
            slips: new Map(uses.map(({ edge }, at) => [edge, (run: Run) => run.value[list[at]]] as const)),
          }),
        };
      }
    }
  }
}

/** Names that programs give the learning rate. */
const RATE_NAMES = /^(?:lr|eta|η|learning_?rate|alpha|α)$/iu;

/** w − η·∂L/∂w where the backward pass still needs w. */
function* updatedWeight(inquiry: Inquiry): Iterable<Variant> {
  const { recording, question, world } = inquiry;
  const output = world.output;
  if (output < 0) return;
  const rates = new Map<number, number>();
  if (question.rate !== null) rates.set(question.rate, 0);
  for (const [node, name] of recording.names)
    if (RATE_NAMES.test(name)) rates.set(inquiry.run.value[node], 0);
  if (rates.size === 0) for (const rate of [1, 0.5, 0.1, 0.01]) rates.set(rate, 6);
  const edges = role(inquiry, 'weight');
  const weights = new Set(edges.map((edge) => partnerNode(inquiry, edge)));
  for (const [rate, weight] of rates) {
    const updated = (node: number) => (run: Run) => run.value[node] - rate * run.gradient(output)[node];
    const words = (edge: PathEdge): Readonly<Record<string, string>> => {
      const due = partnerNode(inquiry, edge);
      return {
        edge: edgeText(inquiry, edge),
        found: `${inquiry.name(due)} = ${shown(updated(due)(inquiry.world.run()))}`,
        due: namedValue(inquiry, due),
      };
    };
    // Slips are given the run they are part of, which is changed: the update comes from the truth.
    const fixed = (run: Run, which: readonly PathEdge[]): ReadonlyMap<number, number> =>
      new Map(which.map((edge) => [edge.edge, updated(partnerNode(inquiry, edge))(run)]));
    for (const which of edges.length > 1
      ? [...edges.map((edge) => [edge]), edges]
      : edges.map((edge) => [edge])) {
      if (inquiry.budget < 100) return;
      yield {
        where: inquiry.where(...which.map(({ edge }) => edge)),
        weight,
        words: () => words(which[0]),
        change: (run) => ({ locals: fixed(run, which) }),
      };
    }
    // Everything computed anew from updated weights, forward too.
    const all = allWeights(inquiry).filter((node) => inquiry.run.gradient(output)[node] !== 0);
    if (all.length === 0) continue;
    yield {
      where: [...weights].map((node) => ({ node, slot: null })),
      weight: weight + 1,
      words: () => ({
        node: inquiry.name(all[0]),
        more: String(all.length - 1),
        found: shown(updated(all[0])(inquiry.run)),
        due: namedValue(inquiry, all[0]),
      }),
      change: (run) => ({ values: new Map(all.map((node) => [node, updated(node)(run)])) }),
    };
  }
}

/** A local derivative left out, or several in a row. */
function* missingFactor(inquiry: Inquiry): Iterable<Variant> {
  const { derivative, run } = inquiry;
  for (const edge of inquiry.pathEdges) {
    const local = run.local[edge.edge];
    if (ACTIVATIONS.has(edge.operation)) continue;
    const kind = factorRole(inquiry, edge);
    const words = (): Readonly<Record<string, string>> => ({
      edge: edgeText(inquiry, edge),
      due: slopeText(inquiry, edge),
    });
    const where = inquiry.where(edge.edge);
    if (local !== 1 && local !== -1) {
      yield {
        where,
        weight: kind === 'weight' || kind === 'input' ? 3 : 0,
        words,
        slip: { edge: edge.edge, local: () => 1 },
      };
      // The sign is kept where only the size is forgotten: −sin → −1, −a/b² → −1.
      if (local < 0) yield { where, weight: 2, words, slip: { edge: edge.edge, local: () => -1 } };
    }
    const constant = edge.slot === 0 ? inquiry.entry(edge.node, 1) : 0;
    if (edge.operation === 'pow' && constant < 0) {
      const exponent = inquiry.recording.constants[~constant];
      yield { where, weight: 1, words, slip: { edge: edge.edge, local: () => exponent } };
      if (exponent !== 2 && exponent !== 0.5) {
        yield {
          where,
          words,
          change: () => ({ slips: new Map([[edge.edge, (_run, _edge, due) => due / exponent]]) }),
        };
      }
    }
  }
  if (derivative === null || inquiry.subject.kind !== 'derivative') return;
  const { of, by } = derivative;
  const sign = inquiry.subject.negative === true ? -1 : 1;
  const between = [...new Set(inquiry.pathEdges.map(({ input }) => input))].filter((node) => node !== by);
  for (const node of between) {
    yield {
      where: [{ node, slot: null }],
      weight: 3,
      words: () => ({ node: inquiry.name(node), due: gradientText(inquiry, node, by) }),
      value: (point) => sign * point.run.gradient(of)[node],
    };
    yield {
      where: [{ node, slot: null }],
      weight: 3,
      words: () => ({ node: inquiry.name(node), due: gradientText(inquiry, of, node) }),
      value: (point) => sign * point.run.gradient(node)[by],
    };
  }
}

function isTwo(x: number): boolean {
  return x === 2 || x === 0.5;
}

/** The 2 of a square, or the ½ before it. */
function* factorTwo(inquiry: Inquiry): Iterable<Variant> {
  let squares = false;
  for (const edge of inquiry.pathEdges) {
    const other =
      edge.operation === 'add' || edge.operation === 'sub'
        ? 0
        : inquiry.arity(edge.node) < 2
          ? 0
          : inquiry.entry(edge.node, 1 - edge.slot);
    const constant = other < 0 ? inquiry.recording.constants[~other] : NaN;
    const { operation, slot } = edge;
    const half =
      (operation === 'pow' && slot === 0 && constant === 2) ||
      (operation === 'mul' && isTwo(constant)) ||
      (operation === 'div' && slot === 0 && isTwo(constant));
    const square = operation === 'mul' && inquiry.entry(edge.node, 0) === inquiry.entry(edge.node, 1);
    if (!half || square) continue;
    squares = true;
    const factor = operation === 'mul' ? constant : operation === 'div' ? 1 / constant : 2;
    yield {
      where: inquiry.where(edge.edge),
      words: () => ({ edge: edgeText(inquiry, edge), factor: factor === 2 ? '2' : '½' }),
      slip: { edge: edge.edge, local: (run) => run.local[edge.edge] / factor },
    };
    if (operation === 'pow') {
      yield {
        where: inquiry.where(edge.edge),
        weight: 1,
        words: () => ({ edge: edgeText(inquiry, edge), factor: '2' }),
        slip: { edge: edge.edge, local: (run) => 2 * run.local[edge.edge] },
      };
    }
  }
  // With the sign turned besides: (t − a) for 2(a − t).
  for (const factor of [2, 0.5, -2, -0.5]) {
    yield {
      where: [],
      weight: (squares ? 1 : 2) + (factor < 0 ? 4 : 0),
      words: () => ({ factor: Math.abs(factor) === 2 ? '2' : '½' }),
      ...scaling(inquiry, factor),
    };
  }
}

/** The subject times a factor. */
export function scaling(inquiry: Inquiry, factor: number): Pick<Variant, 'change' | 'value'> {
  const { subject } = inquiry;
  if (subject.kind === 'derivative') {
    const { of } = subject;
    const { inputStart } = inquiry.recording;
    const edges = Array.from({ length: inquiry.arity(of) }, (_, slot) => inputStart[of] + slot);
    if (edges.length > 0 && subject.by !== of) {
      return {
        change: () => ({
          slips: new Map(edges.map((edge) => [edge, (_run, _edge, local) => factor * local])),
        }),
      };
    }
  }
  if (subject.kind === 'value') {
    return { change: (run) => ({ values: new Map([[subject.node, factor * run.value[subject.node]]]) }) };
  }
  return {};
}

/** Divided by the number of terms, or not. */
function* meanForSum(inquiry: Inquiry): Iterable<Variant> {
  const roots = new Set<number>();
  const candidates = [...inquiry.pathEdges.map(({ node }) => node), ...inquiry.cone];
  for (const node of candidates) {
    const operation = inquiry.operationOf(node);
    if (operation !== 'sum' && operation !== 'add') continue;
    if (
      operation === 'add' &&
      inquiry.usesOf(node).some((use) => inquiry.operationOf(inquiry.nodeOfEdge(use)) === 'add')
    )
      continue;
    roots.add(node);
  }
  for (const node of roots) {
    const count = termsOf(inquiry, node).length;
    if (count < 2) continue;
    yield* scaledSum(inquiry, node, 1 / count, count, count === 2 ? 4 : 0);
  }
}

function* sumForMean(inquiry: Inquiry): Iterable<Variant> {
  const nodes = new Set([...inquiry.pathEdges.map(({ node }) => node), ...inquiry.cone]);
  for (const node of nodes) {
    const operation = inquiry.operationOf(node);
    if (operation === 'mean') {
      const count = inquiry.arity(node);
      if (count > 1) yield* scaledSum(inquiry, node, count, count, 0);
      continue;
    }
    if (operation !== 'div' && operation !== 'mul') continue;
    for (const slot of operation === 'div' ? [1] : [0, 1]) {
      const entry = inquiry.entry(node, slot);
      if (entry >= 0 && !inquiry.isLeaf(entry)) continue;
      const constant = entry >= 0 ? inquiry.run.value[entry] : inquiry.recording.constants[~entry];
      const count = operation === 'div' ? constant : 1 / constant;
      const rounded = Math.round(count);
      if (!(rounded >= 2) || Math.abs(count - rounded) > 1e-9 * rounded) continue;
      if (entry >= 0 && operation === 'mul') continue;
      const summed = inquiry.entry(node, 1 - slot);
      const terms = summed >= 0 ? termsOf(inquiry, summed).length : 0;
      if (terms < 2) continue;
      yield* scaledSum(inquiry, node, rounded, rounded, terms === rounded ? 0 : 4);
    }
  }
}

function* scaledSum(
  inquiry: Inquiry,
  node: number,
  factor: number,
  count: number,
  weight: number,
): Iterable<Variant> {
  const { inputStart } = inquiry.recording;
  const edges = Array.from({ length: inquiry.arity(node) }, (_, slot) => inputStart[node] + slot);
  yield {
    where: [{ node, slot: null }],
    weight,
    words: () => ({ node: inquiry.name(node), count: String(count) }),
    change: (run) =>
      inquiry.values.length > 0
        ? { values: new Map([[node, factor * run.value[node]]]) }
        : { slips: new Map(edges.map((edge) => [edge, (_run, _edge, local) => factor * local])) },
  };
}

/** Mistakes with the factors of a path. */
export const FACTOR_MUTATIONS: readonly Mutation[] = [
  { id: 'sum-for-mean', rank: 19, find: sumForMean },
  { id: 'factor-two', rank: 20, find: factorTwo },
  { id: 'mean-for-sum', rank: 20.5, find: meanForSum },
  { id: 'missing-weight', rank: 26, find: missingWeight },
  { id: 'missing-input', rank: 26, find: missingInput },
  { id: 'missing-factor', rank: 27, find: missingFactor },
  { id: 'own-activation', rank: 28, find: ownActivation },
  { id: 'transposed-weight', rank: 29, find: transposedWeight },
  { id: 'updated-weight', rank: 30, find: updatedWeight },
  { id: 'swapped-operands', rank: 31, find: swappedOperands },
];
