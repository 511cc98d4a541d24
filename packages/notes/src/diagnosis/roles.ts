import type { OperationName } from '@backflow/engine';
import type { Inquiry, PathEdge } from './inquiry.ts';

/** Operations that notes call an activation. */
export const ACTIVATIONS: ReadonlySet<OperationName> = new Set<OperationName>([
  'sigmoid',
  'tanh',
  'relu',
  'leakyRelu',
  'softplus',
]);

/** Operations that pass a neuron's products on to its activation. */
const SUMS: ReadonlySet<string> = new Set(['add', 'sub', 'sum', 'signedSum', 'dot']);

/** True for a leaf that is called as weights are: w1, W[0][1], ω¹₁₁, θ. */
export function isWeight(inquiry: Inquiry, node: number): boolean {
  if (node < 0) return false;
  let known = inquiry.weights.get(node);
  if (known === undefined) inquiry.weights.set(node, (known = isCalledWeight(inquiry, node)));
  return known;
}

function isCalledWeight(inquiry: Inquiry, node: number): boolean {
  return (
    inquiry.isLeaf(node) &&
    /^[^a-zA-Zω]*(?:w|W|ω|θ|\\omega|\\theta|theta|omega)/u.test(rawName(inquiry, node))
  );
}

/** True for a weight or a bias. */
export function isParameter(inquiry: Inquiry, node: number): boolean {
  return (
    isWeight(inquiry, node) ||
    (inquiry.isLeaf(node) && /^(?:b|B)(?![a-zA-Z])|bias/u.test(rawName(inquiry, node)))
  );
}

function rawName(inquiry: Inquiry, node: number): string {
  // A network's weights are called net.w…
  return (inquiry.recording.names.get(node) ?? '').replace(/^.*\./u, '');
}

/** The other factor of a product; null where the operation is none. `node` is -1 for a constant. */
export function partnerOf(
  inquiry: Inquiry,
  { node, slot, operation }: PathEdge,
): { readonly node: number; readonly constant: number } | null {
  if (operation === 'mul' || operation === 'dot') {
    const entry = inquiry.entry(node, slot ^ 1);
    return entry >= 0
      ? { node: entry, constant: NaN }
      : { node: -1, constant: inquiry.recording.constants[~entry] };
  }
  return null;
}

/** What the other factor is to the one that is differentiated: δ passes a weight, a weight's derivative holds its input. */
export function factorRole(
  inquiry: Inquiry,
  edge: PathEdge,
): 'weight' | 'input' | 'constant' | 'factor' | null {
  const partner = partnerOf(inquiry, edge);
  if (partner === null) return null;
  if (partner.node < 0) return 'constant';
  if (isWeight(inquiry, edge.input)) return 'input';
  if (isWeight(inquiry, partner.node)) return 'weight';
  const own = inquiry.isLeaf(edge.input);
  const other = inquiry.isLeaf(partner.node);
  if (own === other) return 'factor';
  return other ? 'weight' : 'input';
}

/** The node in which a product's sum ends: the net input of the neuron. */
export function sumOf(inquiry: Inquiry, product: number): number {
  let node = product;
  for (let steps = 0; steps < 10_000; steps++) {
    const uses = inquiry.usesOf(node);
    if (uses.length !== 1) break;
    const user = inquiry.nodeOfEdge(uses[0]);
    if (!SUMS.has(inquiry.operationOf(user))) break;
    node = user;
  }
  return node;
}

/** The activation of the neuron that a product belongs to; -1 for none. */
export function activationOf(inquiry: Inquiry, product: number): number {
  for (const use of inquiry.usesOf(sumOf(inquiry, product))) {
    const user = inquiry.nodeOfEdge(use);
    const operation = inquiry.operationOf(user);
    if (operation !== 'leaf' && ACTIVATIONS.has(operation)) return user;
  }
  return -1;
}

/** Terms of a sum, opened through inner sums that are used only here. */
export function termsOf(inquiry: Inquiry, node: number): readonly number[] {
  const { inputs, inputStart } = inquiry.recording;
  const terms: number[] = [];
  const open = [node];
  while (open.length > 0 && terms.length < 100_000) {
    const at = open.pop()!;
    const inside = at === node || inquiry.usesOf(at).length === 1;
    const operation = inquiry.operationOf(at);
    if (inside && (operation === 'add' || operation === 'sum')) {
      for (let edge = inputStart[at + 1] - 1; edge >= inputStart[at]; edge--) open.push(inputs[edge]);
    } else terms.push(at);
    while (open.length > 0 && open[open.length - 1] < 0) terms.push(open.pop()!);
  }
  return terms;
}

/** The weights on a neuron's products, in order. */
export function weightsInto(inquiry: Inquiry, sum: number): readonly number[] {
  const weights: number[] = [];
  for (const term of termsOf(inquiry, sum)) {
    if (term < 0) continue;
    const operation = inquiry.operationOf(term);
    if (operation !== 'mul' && operation !== 'dot') continue;
    for (let slot = 0; slot < inquiry.arity(term); slot += 2) {
      const pair = [inquiry.entry(term, slot), inquiry.entry(term, slot + 1)];
      const weight =
        pair.find((entry) => isWeight(inquiry, entry)) ??
        pair.find((entry) => entry >= 0 && inquiry.isLeaf(entry));
      if (weight !== undefined) weights.push(weight);
    }
  }
  return weights;
}

/** All leaves that are weights, by name or by their place in a product with something computed. */
export function allWeights(inquiry: Inquiry): readonly number[] {
  const { count } = inquiry.recording;
  const named: number[] = [];
  for (let node = 0; node < count && named.length < 400; node++)
    if (isWeight(inquiry, node)) named.push(node);
  if (named.length > 0) return named;
  const placed = new Set<number>();
  for (const edge of inquiry.pathEdges) {
    const partner = factorRole(inquiry, edge) === 'weight' ? partnerOf(inquiry, edge) : null;
    if (partner !== null) placed.add(partner.node);
  }
  return [...placed];
}
