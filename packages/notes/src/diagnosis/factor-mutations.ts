import { shown } from './inquiry.ts';
import type { Inquiry } from './inquiry.ts';
import { everywhere } from './activation-mutations.ts';
import { ACTIVATIONS, factorRole, partnerOf, termsOf } from './roles.ts';
import type { Mutation, Variant } from './variant.ts';
import { edgeText, gradientText, namedValue, slipWords, slopeText } from './wording.ts';

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
        weight: kind === 'weight' || kind === 'input' || local === 2 || local === 0.5 ? 3 : 0,
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
      value: (point) => sign * point.run.tangent(by)[node],
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
      weight: (squares ? 5 : 6) + (factor < 0 ? 4 : 0),
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
    const terms = termsOf(inquiry, node);
    const count = terms.length;
    // What is averaged is of one kind: errors of outputs, losses of examples.
    const kinds = new Set(terms.map((term) => (term < 0 ? 'constant' : inquiry.operationOf(term))));
    if (count < 2 || kinds.size > 1 || kinds.has('constant')) continue;
    yield* scaledSum(inquiry, node, 1 / count, count, count === 2 ? 8 : 0);
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
  { id: 'missing-factor', rank: 27, find: missingFactor },
  { id: 'swapped-operands', rank: 31, find: swappedOperands },
];
