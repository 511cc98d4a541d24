import type { Run } from '../run.ts';
import { everywhere } from './activation-mutations.ts';
import { shown } from './inquiry.ts';
import type { Inquiry, PathEdge } from './inquiry.ts';
import { activationOf, allWeights, factorRole, partnerOf, sumOf, weightsInto } from './roles.ts';
import type { Mutation, Variant } from './variant.ts';
import { edgeText, namedValue } from './wording.ts';

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

/** Another weight on one edge; another neuron's weights, or the other index of the matrix, on all uses of a node. */
function* transposedWeight(inquiry: Inquiry): Iterable<Variant> {
  const edges = role(inquiry, 'weight');
  const weights = allWeights(inquiry);
  if (edges.length > 0) yield* otherWeights(inquiry, edges, weights);
  // Forward: two weights have changed places, or one stands for another.
  const every = new Set(weights);
  const used = inquiry.cone.filter((node) => every.has(node)).slice(0, 24);
  for (const weight of used) {
    for (const other of weights) {
      if (other === weight) continue;
      const words = (): Readonly<Record<string, string>> => ({
        node: inquiry.name(weight),
        found: namedValue(inquiry, other),
        due: namedValue(inquiry, weight),
      });
      const where = [{ node: weight, slot: null }];
      if (!inquiry.spares(0.15)) return;
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
  // No update, no weight that was updated too early.
  if (rates.size === 0) return;
  const edges = role(inquiry, 'weight');
  const weights = new Set(edges.map((edge) => partnerNode(inquiry, edge)));
  for (const [rate, weight] of rates) {
    const updated = (node: number) => (run: Run) => run.value[node] - rate * run.gradient(output)[node];
    const words = (edge: PathEdge): Readonly<Record<string, string>> => {
      const due = partnerNode(inquiry, edge);
      return {
        edge: edgeText(inquiry, edge),
        found: `${inquiry.name(due)} = ${shown(updated(due)(inquiry.run))}`,
        due: namedValue(inquiry, due),
      };
    };
    // Slips are given the run they are part of, which is changed: the update comes from the truth.
    const fixed = (run: Run, which: readonly PathEdge[]): ReadonlyMap<number, number> =>
      new Map(which.map((edge) => [edge.edge, updated(partnerNode(inquiry, edge))(run)]));
    for (const which of edges.length > 1
      ? [...edges.map((edge) => [edge]), edges]
      : edges.map((edge) => [edge])) {
      if (!inquiry.spares(0.05)) return;
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

/** Mistakes with weights and with the inputs they are multiplied by. */
export const WEIGHT_MUTATIONS: readonly Mutation[] = [
  { id: 'missing-weight', rank: 26, find: missingWeight },
  { id: 'missing-input', rank: 26, find: missingInput },
  { id: 'own-activation', rank: 28, find: ownActivation },
  { id: 'transposed-weight', rank: 29, find: transposedWeight },
  { id: 'updated-weight', rank: 30, find: updatedWeight },
];
