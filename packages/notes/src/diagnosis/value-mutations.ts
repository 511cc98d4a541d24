import { OPERATIONS } from '@backflow/engine';
import type { Run } from '../run.ts';
import type { Inquiry } from './inquiry.ts';
import { significantDigits } from './agreement.ts';
import { ACTIVATIONS } from './roles.ts';
import type { Mutation, Variant } from './variant.ts';
import { edgeText, gradientText, namedValue, slopeText, valueText } from './wording.ts';

/** f for f′ on an edge, the value of something on the path for the whole derivative. */
function* valueForDerivative(inquiry: Inquiry): Iterable<Variant> {
  for (const edge of inquiry.pathEdges) {
    if (ACTIVATIONS.has(edge.operation) || edge.operation === 'exp') continue;
    if (OPERATIONS[edge.operation].arity !== 1 && edge.operation !== 'pow') continue;
    if (edge.operation === 'neg') continue;
    yield {
      where: inquiry.where(edge.edge),
      weight: 1,
      words: () => ({
        edge: edgeText(inquiry, edge),
        found: valueText(inquiry, edge.node),
        due: slopeText(inquiry, edge),
      }),
      slip: { edge: edge.edge, local: (run) => run.value[edge.node] },
    };
  }
  if (inquiry.subject.kind !== 'derivative') return;
  const { of, by } = inquiry.subject;
  const nodes = new Set([of, by, ...inquiry.pathEdges.flatMap(({ node, input }) => [node, input])]);
  for (const node of nodes) {
    yield {
      where: [{ node, slot: null }],
      weight: node === of || node === by ? 2 : 3,
      words: () => ({
        node: inquiry.name(node),
        found: valueText(inquiry, node),
        due: gradientText(inquiry, of, by),
      }),
      value: ({ run }) => run.value[node],
    };
  }
}

/** Nodes that are sums of this one and something else: the totals it is a part of. */
function totalsOf(inquiry: Inquiry, part: number): readonly number[] {
  const found = new Set<number>();
  const open = [part];
  while (open.length > 0 && found.size < 200) {
    const node = open.pop()!;
    for (const use of inquiry.usesOf(node)) {
      const user = inquiry.nodeOfEdge(use);
      const operation = inquiry.operationOf(user);
      const adds = operation === 'add' || operation === 'sum' || operation === 'mean' || operation === 'dot';
      const products = operation === 'mul' || operation === 'div';
      if (!adds && !products) continue;
      if (found.has(user)) continue;
      if (adds) found.add(user);
      open.push(user);
    }
  }
  return [...found];
}

function* totalForPart(inquiry: Inquiry): Iterable<Variant> {
  const { subject, question } = inquiry;
  if (subject.kind === 'value') {
    for (const total of totalsOf(inquiry, subject.node)) {
      yield {
        where: [{ node: total, slot: null }],
        words: () => ({ found: namedValue(inquiry, total), due: namedValue(inquiry, subject.node) }),
        value: ({ run }) => run.value[total],
      };
    }
  }
  if (subject.kind === 'derivative') {
    for (const total of totalsOf(inquiry, subject.of)) {
      yield {
        where: [{ node: total, slot: null }],
        words: () => ({
          found: gradientText(inquiry, total, subject.by),
          due: gradientText(inquiry, subject.of, subject.by),
        }),
        value: ({ run }) => run.gradient(total)[subject.by],
      };
    }
  }
  // The barest form: a part of a loss, stated larger than it is, of which the notes do not give the total.
  const { printed, truth } = question;
  if (printed === null || printed.integer || !(printed.value > truth) || !(printed.value < 3 * truth)) return;
  if (significantDigits(printed.text) < 3 || !isLossLike(inquiry)) return;
  yield { where: [], weight: 40, stated: true, value: () => printed.value };
}

/** Named as errors and losses are, or half a square. */
function isLossLike(inquiry: Inquiry): boolean {
  const { subject } = inquiry;
  if (subject.kind === 'value') return isSquare(inquiry, subject.node);
  if (subject.kind !== 'apply') return false;
  const parts = [
    subject,
    ...subject.of,
    ...subject.of.flatMap((part) => (part.kind === 'apply' ? part.of : [])),
  ];
  return parts.some((part) => part.kind === 'apply' && part.operation === 'pow');
}

function isSquare(inquiry: Inquiry, node: number): boolean {
  for (let at = node, steps = 0; steps < 8; steps++) {
    const operation = inquiry.operationOf(at);
    if (operation === 'pow') return inquiry.entry(at, 1) < 0;
    if (operation !== 'mul' && operation !== 'div') return false;
    const [a, b] = [inquiry.entry(at, 0), inquiry.entry(at, 1)];
    if (a === b) return true;
    const next = operation === 'div' ? a : a >= 0 && !inquiry.isLeaf(a) ? a : b;
    if (next < 0) return false;
    at = next;
  }
  return false;
}

/** Another node's number: of a name that is easily taken for this one, or any. */
function* others(inquiry: Inquiry, similar: boolean): Iterable<Variant> {
  const { subject, recording, question } = inquiry;
  if (subject.kind !== 'value' && subject.kind !== 'derivative') return;
  const own = subject.kind === 'value' ? subject.node : subject.by;
  const taken = new Set([own, ...(similar ? [] : inquiry.pathEdges.map(({ input }) => input))]);
  const name = recording.names.get(own);
  const digits = question.printed === null ? 9 : significantDigits(question.printed.text);
  for (const [node, other] of recording.names) {
    if (taken.has(node) || (subject.kind === 'derivative' && node > subject.of)) continue;
    if (similar !== (name !== undefined && areSimilar(name, other))) continue;
    const value =
      subject.kind === 'value'
        ? ({ run }: { run: Run }) => run.value[node]
        : ({ run }: { run: Run }) => {
            const slope = run.gradient(subject.of)[node];
            return slope === 0 ? NaN : subject.negative === true ? -slope : slope;
          };
    const text = (at: number): string =>
      subject.kind === 'value' ? namedValue(inquiry, at) : gradientText(inquiry, subject.of, at);
    yield {
      where: [{ node, slot: null }],
      weight: digits < 3 ? 10 : 0,
      words: () => ({ found: text(node), due: text(own) }),
      value,
    };
  }
}

/** w11 and w21, out_o1 and out_o2, dW and W: one character is different, or one is missing. */
export function areSimilar(a: string, b: string): boolean {
  if (a === b || Math.abs(a.length - b.length) > 1) return false;
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  let at = 0;
  while (at < short.length && short[at] === long[at]) at++;
  const rest = long.slice(at + 1);
  if (short.length < long.length) return rest === short.slice(at) && short.length > 1;
  if (rest === short.slice(at + 1)) return short.length > 1;
  // Two characters exchanged: w12 and w21.
  return (
    short[at] === long[at + 1] && short[at + 1] === long[at] && long.slice(at + 2) === short.slice(at + 2)
  );
}

function* wrongName(inquiry: Inquiry): Iterable<Variant> {
  yield* others(inquiry, true);
}

/** The number of another line, or of a node that has nothing to do with this one. */
function* copiedAnswer(inquiry: Inquiry): Iterable<Variant> {
  const { numbers, subject, printed } = inquiry.question;
  if (printed !== null && significantDigits(printed.text) >= 2) {
    for (const stated of numbers) {
      if (JSON.stringify(statedAbout(stated.bound)) === JSON.stringify(statedAbout(subject))) continue;
      if (stated.bound.kind !== 'value' && stated.bound.kind !== 'derivative') continue;
      const { bound } = stated;
      yield {
        where: [{ node: bound.kind === 'value' ? bound.node : bound.by, slot: null }],
        weight: -2,
        words: () => ({
          found:
            bound.kind === 'value'
              ? namedValue(inquiry, bound.node)
              : gradientText(inquiry, bound.of, bound.by),
        }),
        value: () => stated.printed.value / inquiry.scale,
      };
    }
  }
  yield* others(inquiry, false);
}

function statedAbout(bound: Inquiry['subject']): readonly (string | number)[] {
  if (bound.kind === 'value') return ['value', bound.node];
  if (bound.kind === 'derivative') return ['derivative', bound.of, bound.by];
  return [bound.kind];
}

/** Mistakes in which a number stands for another one. */
export const VALUE_MUTATIONS: readonly Mutation[] = [
  { id: 'value-for-derivative', rank: 32, find: valueForDerivative },
  { id: 'total-for-part', rank: 33, find: totalForPart },
  { id: 'wrong-name', rank: 34, find: wrongName },
  { id: 'copied-answer', rank: 34.5, find: copiedAnswer },
];
