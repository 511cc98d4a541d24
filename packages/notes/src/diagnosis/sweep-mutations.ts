import { evaluateBound } from '../world/evaluate.ts';
import type { Inquiry, PathEdge } from './inquiry.ts';
import { edgeText } from './wording.ts';
import type { Mutation, Variant } from './variant.ts';
import { ACTIVATIONS, isParameter } from './roles.ts';

/** Path edges by the node they lead from: where several meet, contributions are added. */
function branches(inquiry: Inquiry): ReadonlyMap<number, readonly PathEdge[]> {
  const byInput = new Map<number, PathEdge[]>();
  for (const edge of inquiry.pathEdges) {
    const found = byInput.get(edge.input);
    if (found === undefined) byInput.set(edge.input, [edge]);
    else found.push(edge);
  }
  return new Map([...byInput].filter(([, edges]) => edges.length > 1));
}

/** A path whose last use is by `edge`, named by where it runs. */
function via(inquiry: Inquiry, edge: PathEdge): string {
  const { recording } = inquiry;
  let node = edge.node;
  // Unnamed products say nothing: the first named node on the way does.
  for (let steps = 0; steps < 50 && !recording.names.has(node); steps++) {
    const uses = inquiry.usesOf(node);
    if (uses.length !== 1) break;
    node = inquiry.nodeOfEdge(uses[0]);
  }
  // A neuron is called by what it gives, not by its net input.
  const uses = inquiry.usesOf(node);
  if (uses.length === 1) {
    const user = inquiry.nodeOfEdge(uses[0]);
    const operation = inquiry.operationOf(user);
    if (operation !== 'leaf' && ACTIVATIONS.has(operation) && recording.names.has(user)) node = user;
  }
  return inquiry.name(node);
}

function* missedPath(inquiry: Inquiry): Iterable<Variant> {
  const joints = branches(inquiry);
  for (const [input, edges] of joints) {
    // Both uses in one operation, as in x·x: no path is overlooked there, a contribution is overwritten.
    const once = edges.every(({ node }) => node === edges[0].node);
    const shared = edges.length > 1 && isShared(inquiry, input, edges);
    for (const missing of edges) {
      yield {
        where: inquiry.where(missing.edge),
        weight: (once ? 3 : 0) + (shared ? 3 : 0),
        words: () => ({ via: via(inquiry, missing), edge: edgeText(inquiry, missing) }),
        ...cutting([missing]),
      };
    }
    if (edges.length < 3 || edges.length > 64) continue;
    for (const only of edges) {
      const others = edges.filter((edge) => edge !== only);
      yield {
        where: inquiry.where(...others.map(({ edge }) => edge)),
        weight: 2 + (shared ? 3 : 0),
        words: () => ({ via: [...new Set(others.map((edge) => via(inquiry, edge)))].join(', ') }),
        ...cutting(others),
      };
    }
  }
  // All of a node's outgoing paths left out: nothing passes through it.
  for (const [input, edges] of joints) {
    const nodes = new Set(edges.map(({ node }) => node));
    if (nodes.size < 2 || edges.length > 12) continue;
    for (const node of nodes) {
      const same = edges.filter((edge) => edge.node === node && edge.input === input);
      if (same.length > 1) {
        yield {
          where: inquiry.where(...same.map(({ edge }) => edge)),
          weight: 1,
          words: () => ({ via: inquiry.name(node) }),
          ...cutting(same),
        };
      }
    }
  }
}

function cutting(edges: readonly PathEdge[]): Pick<Variant, 'slip' | 'change'> {
  const cut = new Set(edges.map(({ edge }) => edge));
  if (edges.length === 1) {
    return { slip: { edge: edges[0].edge, local: () => 0 }, change: () => ({ cut }) };
  }
  return { change: () => ({ cut }) };
}

/** A bias or weight that several neurons share: its uses stand in different sums. */
function isShared(inquiry: Inquiry, node: number, edges: readonly PathEdge[]): boolean {
  return (
    inquiry.isLeaf(node) && isParameter(inquiry, node) && new Set(edges.map((edge) => edge.node)).size > 1
  );
}

function* combined(
  inquiry: Inquiry,
  ways: readonly ('last' | 'first' | 'product' | 'mean')[],
): Iterable<Variant> {
  const joints = branches(inquiry);
  if (joints.size === 0) return;
  for (const by of ways) {
    const later = by === 'first' ? 3 : 0;
    yield {
      where: [...joints.keys()].map((node) => ({ node, slot: null })),
      weight: later,
      words: () => ({ node: inquiry.name([...joints.keys()][0]), more: String(joints.size - 1) }),
      change: () => ({ combine: { at: 'all', by } }),
    };
    if (joints.size < 2) continue;
    for (const [node, edges] of joints) {
      yield {
        where: [{ node, slot: null }],
        weight: later + (new Set(edges.map((edge) => edge.node)).size > 1 ? 1 : 0),
        words: () => ({ node: inquiry.name(node) }),
        change: () => ({ combine: { at: new Set([node]), by } }),
      };
    }
  }
}

function* overwritten(inquiry: Inquiry): Iterable<Variant> {
  const joints = branches(inquiry);
  for (const variant of combined(inquiry, ['last', 'first'])) {
    // With two different paths the same number says: one of them was overlooked.
    const [only] = joints.values();
    const plain = joints.size === 1 && only.length === 2 && only[0].node !== only[1].node;
    yield plain ? { ...variant, weight: (variant.weight ?? 0) + 2 } : variant;
  }
}

function* premature(inquiry: Inquiry): Iterable<Variant> {
  if (branches(inquiry).size === 0) return;
  for (const sweep of ['premature', 'preorder', 'breadth-first', 'post-order'] as const) {
    yield {
      where: [...branches(inquiry).keys()].map((node) => ({ node, slot: null })),
      weight: sweep === 'premature' ? 0 : 1,
      words: () => ({ node: inquiry.name([...branches(inquiry).keys()][0]) }),
      change: () => ({ sweep }),
    };
  }
}

/** An earlier pass was not cleared: of the same output, with or without the nodes on the way, or of another one. */
function* stale(inquiry: Inquiry): Iterable<Variant> {
  const { derivative, subject } = inquiry;
  if (derivative === null) return;
  const { of, by } = derivative;
  // The gradient of an earlier line, at another point.
  for (const { bound, printed } of inquiry.question.numbers) {
    if (bound.kind !== 'derivative' || bound.of !== of || bound.by !== by) continue;
    yield {
      where: [{ node: by, slot: null }],
      weight: -8,
      value: ({ run }) => evaluateBound(subject, run) + printed.value / inquiry.scale,
    };
  }
  for (const times of [2, 3]) {
    yield {
      where: [{ node: by, slot: null }],
      weight: times === 2 ? 0 : 12,
      change: (run) => ({ gradients: new Map([[of, new Map([[by, times * run.gradient(of)[by]]])]]) }),
    };
  }
  yield {
    where: [{ node: by, slot: null }],
    weight: 3,
    change: (run) => {
      // The second pass finds the first one's gradients in every node but the output.
      const first = run.gradient(of);
      const second = new Map<number, number>();
      const total = first.slice();
      const { inputStart, inputs } = run.recording;
      for (let node = of; node >= by; node--) {
        if (first[node] === 0) continue;
        for (let edge = inputStart[node]; edge < inputStart[node + 1]; edge++)
          if (inputs[edge] >= 0) total[inputs[edge]] += run.local[edge] * total[node];
        second.set(node, total[node]);
      }
      return { gradients: new Map([[of, second]]) };
    },
  };
  for (const other of inquiry.recording.names.keys()) {
    if (other === of || other <= by || !inquiry.spares(0.1)) continue;
    const more = inquiry.usesOf(other).length > 0 ? 14 : 4;
    if (more > 4 && inquiry.recording.count > 300) continue;
    yield {
      where: [{ node: by, slot: null }],
      weight: more,
      change: (run) => {
        const sum = run.gradient(of)[by] + run.gradient(other)[by];
        return { gradients: new Map([[of, new Map([[by, run.gradient(other)[by] === 0 ? NaN : sum]])]]) };
      },
    };
  }
}

function* doubleCounted(inquiry: Inquiry): Iterable<Variant> {
  const joints = branches(inquiry);
  for (const edge of inquiry.pathEdges) {
    yield {
      where: inquiry.where(edge.edge),
      weight: joints.has(edge.input) ? 0 : 12,
      words: () => ({ via: via(inquiry, edge), edge: edgeText(inquiry, edge) }),
      slip: { edge: edge.edge, local: (run) => 2 * run.local[edge.edge] },
    };
  }
}

/** A parameter that several neurons share: only one of its uses, as many as there are. */
function* sharedOnce(inquiry: Inquiry): Iterable<Variant> {
  for (const { by } of inquiry.derivatives) {
    const edges = branches(inquiry).get(by);
    if (edges === undefined || edges.length > 200 || !inquiry.isLeaf(by)) continue;
    for (const only of edges) {
      const others = edges.filter((edge) => edge !== only);
      yield {
        where: inquiry.where(...others.map(({ edge }) => edge)),
        weight: isShared(inquiry, by, edges) ? 0 : 9,
        words: () => ({ node: inquiry.name(by), right: String(edges.length), via: via(inquiry, only) }),
        ...cutting(others),
      };
    }
  }
}

function* averaged(inquiry: Inquiry): Iterable<Variant> {
  yield* combined(inquiry, ['mean']);
}

function* multiplied(inquiry: Inquiry): Iterable<Variant> {
  yield* combined(inquiry, ['product']);
  yield* productOfDerivatives(inquiry);
}

/** (uv)′ = u′v′. */
function* productOfDerivatives(inquiry: Inquiry): Iterable<Variant> {
  const { derivative, subject } = inquiry;
  if (derivative === null || subject.kind !== 'derivative') return;
  const { of, by } = derivative;
  const both = inquiry.pathEdges.filter(({ operation, slot }) => operation === 'mul' && slot === 1);
  for (const { node, input } of both) {
    const first = inquiry.entry(node, 0);
    if (first === input || !inquiry.pathEdges.some((edge) => edge.node === node && edge.slot === 0)) continue;
    yield {
      where: [{ node, slot: null }],
      words: () => ({ node: inquiry.name(node) }),
      value: ({ run }) => {
        const slopes = run.tangent(by);
        const rest = run.gradient(of)[by] - run.gradient(of)[node] * slopes[node];
        return rest + run.gradient(of)[node] * slopes[first] * slopes[input];
      },
    };
  }
}

/** Mistakes in the order and the sums of the sweep. */
export const SWEEP_MUTATIONS: readonly Mutation[] = [
  { id: 'missed-path', rank: 14, find: missedPath },
  { id: 'shared-once', rank: 14.5, find: sharedOnce },
  { id: 'overwritten', rank: 15, find: overwritten },
  { id: 'premature', rank: 16, find: premature },
  { id: 'stale', rank: 28, find: stale },
  { id: 'multiplied-contributions', rank: 22, find: multiplied },
  { id: 'averaged-contributions', rank: 22, find: averaged },
  { id: 'double-counted', rank: 23, find: doubleCounted },
];
