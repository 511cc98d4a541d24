import { OPERATIONS } from '@backflow/engine';
import type { Run } from '../run.ts';
import { evaluateBound, valueOf } from '../world/evaluate.ts';
import { shown } from './inquiry.ts';
import type { Inquiry } from './inquiry.ts';
import { significantDigits } from './agreement.ts';
import { ACTIVATIONS, isParameter, isWeight } from './roles.ts';
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
  if (printed === null || printed.integer || !(printed.value > truth) || !(printed.value < 20 * truth))
    return;
  if (significantDigits(printed.text) < 3 || !isLossLike(inquiry)) return;
  yield { where: [], weight: 40, value: () => printed.value };
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
    const due = subject.kind === 'value' ? namedValue(inquiry, own) : gradientText(inquiry, subject.of, own);
    const found =
      subject.kind === 'value' ? namedValue(inquiry, node) : gradientText(inquiry, subject.of, node);
    const digits = question.printed === null ? 9 : significantDigits(question.printed.text);
    yield {
      where: [{ node, slot: null }],
      weight: digits < 3 ? 10 : 0,
      words: () => ({ found, due }),
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
        value: () => stated.printed.value,
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

/** Numbers that leaves of exercises have. */
const NICE = [0, 1, 2, 3, 4, 5, 10, 0.5, 0.1, 0.2, 0.25, 1.5, 2.5, -1, -2, -3, -0.5];

function leavesBelow(inquiry: Inquiry): readonly number[] {
  const { inputStart, inputs, count } = inquiry.recording;
  const needed = new Uint8Array(count);
  for (const node of inquiry.values) needed[node] = 1;
  for (const { of } of inquiry.derivatives) needed[of] = 1;
  const leaves: number[] = [];
  for (let node = count - 1; node >= 0; node--) {
    if (needed[node] === 0) continue;
    if (inquiry.isLeaf(node)) leaves.push(node);
    for (let edge = inputStart[node]; edge < inputStart[node + 1]; edge++)
      if (inputs[edge] >= 0) needed[inputs[edge]] = 1;
  }
  return leaves.toReversed();
}

function leafAt(inquiry: Inquiry, leaf: number, number: number, weight: number): Variant {
  return {
    where: [{ node: leaf, slot: null }],
    weight,
    words: () => ({
      node: inquiry.name(leaf),
      found: `${inquiry.name(leaf)} = ${shown(number)}`,
      due: namedValue(inquiry, leaf),
    }),
    change: () => ({ values: new Map([[leaf, number]]) }),
  };
}

function* wrongPoint(inquiry: Inquiry): Iterable<Variant> {
  // A formula of names speaks about every point.
  if (inquiry.question.form === 'symbolic') return;
  const leaves = leavesBelow(inquiry);
  const own = inquiry.valueNode;
  const inputs = leaves.filter((leaf) => leaf !== own && !isParameter(inquiry, leaf)).slice(0, 30);
  for (const leaf of inputs) {
    const near = inquiry.run.value[leaf];
    for (const number of new Set([...NICE, near + 1, near - 1, -near, 2 * near])) {
      if (inquiry.budget < 300) return;
      if (number !== near) yield leafAt(inquiry, leaf, number, NICE.includes(number) ? 0 : 1);
    }
    for (const other of inputs) {
      const number = inquiry.run.value[other];
      if (number !== near && !NICE.includes(number)) yield leafAt(inquiry, leaf, number, 0);
    }
  }
}

/** Another constant in a formula, another number for a weight or bias. */
function* wrongConstant(inquiry: Inquiry): Iterable<Variant> {
  const { recording } = inquiry;
  const nodes = new Set([...inquiry.pathEdges.map(({ node }) => node), ...inquiry.cone]);
  for (const node of nodes) {
    const operation = inquiry.operationOf(node);
    if (operation === 'leaf') continue;
    const start = recording.inputStart[node];
    for (let slot = 0; slot < inquiry.arity(node) && slot < 50; slot++) {
      const entry = inquiry.entry(node, slot);
      if (entry >= 0) continue;
      const due = recording.constants[~entry];
      for (const number of new Set([
        due + 1,
        due - 1,
        -due,
        2 * due,
        due / 2,
        10 * due,
        due / 10,
        1 / due,
        ...NICE,
      ])) {
        if (number === due || !Number.isFinite(number)) continue;
        if (inquiry.budget < 250) return;
        const numbers = (run: Run): Float64Array =>
          Float64Array.from({ length: inquiry.arity(node) }, (_, at) => {
            const input = inquiry.entry(node, at);
            return at === slot ? number : input >= 0 ? run.value[input] : recording.constants[~input];
          });
        yield {
          where: [{ node, slot }],
          weight: 0,
          words: () => ({ node: inquiry.name(node), found: shown(number), due: shown(due) }),
          change: (run) => {
            const inputs = numbers(run);
            const value = valueOf(operation, inputs);
            const slopes = partials(operation, inputs, value);
            return {
              values: new Map([[node, value]]),
              locals: new Map([...slopes].map((slope, at) => [start + at, slope])),
            };
          },
        };
      }
    }
  }
  yield* otherRates(inquiry);
  if (inquiry.question.form === 'symbolic') return;
  for (const leaf of leavesBelow(inquiry).slice(0, 30)) {
    const near = inquiry.run.value[leaf];
    const parameter = isParameter(inquiry, leaf);
    if (leaf === inquiry.valueNode) continue;
    for (const other of leavesBelow(inquiry).slice(0, 30)) {
      if (inquiry.budget < 150) return;
      const number = inquiry.run.value[other];
      if (number === near || (isWeight(inquiry, leaf) && isWeight(inquiry, other))) continue;
      yield leafAt(inquiry, leaf, number, 1);
    }
    for (const number of NICE) {
      if (inquiry.budget < 100) return;
      if (number !== near) yield leafAt(inquiry, leaf, number, parameter ? 2 : 6);
    }
  }
}

const RATES = [1, 0.5, 0.1, 0.05, 0.01, 0.005, 0.001, 0.2, 0.3, 2];

/** An update with another learning rate, or with none. */
function* otherRates(inquiry: Inquiry): Iterable<Variant> {
  const { subject } = inquiry;
  if (subject.kind !== 'updated' || subject.rate === null) return;
  const { leaf, rate } = subject;
  const due = evaluateBound(rate, inquiry.run);
  for (const number of RATES) {
    if (number === due) continue;
    yield {
      where: [{ node: leaf, slot: null }],
      words: () => ({ node: inquiry.name(leaf), found: `η = ${shown(number)}`, due: `η = ${shown(due)}` }),
      value: ({ run }) => run.value[leaf] - number * run.gradient(inquiry.world.output)[leaf],
    };
  }
}

function partials(operation: keyof typeof OPERATIONS, inputs: Float64Array, value: number): Float64Array {
  const table = OPERATIONS[operation];
  const out = new Float64Array(inputs.length);
  if (table.arity === 1) out[0] = table.partials[0](inputs[0], value);
  else if (table.arity === 2) {
    out[0] = table.partials[0](inputs[0], inputs[1], value);
    out[1] = table.partials[1](inputs[0], inputs[1], value);
  } else table.partials(inputs, value, out);
  return out;
}

/** The value of a node with a term or a factor left out, or with another function. */
function* missingOperand(
  inquiry: Inquiry,
  wanted: 'missing-input' | 'missing-weight' | 'missing-factor',
): Iterable<Variant> {
  for (const node of inquiry.cone) {
    if (inquiry.budget < 300) return;
    const operation = inquiry.operationOf(node);
    if (
      operation !== 'add' &&
      operation !== 'mul' &&
      operation !== 'sub' &&
      operation !== 'div' &&
      operation !== 'pow'
    )
      continue;
    for (const dropped of operation === 'add' || operation === 'mul' ? [0, 1] : [1]) {
      const kept = inquiry.entry(node, 1 - dropped);
      const gone = inquiry.entry(node, dropped);
      const id =
        operation === 'add' || operation === 'sub'
          ? 'missing-input'
          : operation === 'mul' && isWeight(inquiry, gone)
            ? 'missing-weight'
            : operation === 'mul' && kept >= 0 && isWeight(inquiry, kept)
              ? 'missing-input'
              : 'missing-factor';
      if (id !== wanted) continue;
      yield {
        where: [{ node, slot: dropped }],
        weight: 1,
        words: () => ({
          node: inquiry.name(node),
          due: gone >= 0 ? namedValue(inquiry, gone) : shown(inquiry.recording.constants[~gone]),
        }),
        change: (run) => ({
          values: new Map([[node, kept >= 0 ? run.value[kept] : run.recording.constants[~kept]]]),
        }),
      };
    }
  }
}

/** In a value: the activation left out, or its slope in its place. */
function* otherFunction(inquiry: Inquiry): Iterable<Variant> {
  for (const node of inquiry.cone) {
    const operation = inquiry.operationOf(node);
    const input = operation === 'leaf' ? -1 : inquiry.entry(node, 0);
    if (operation === 'leaf' || input < 0 || !ACTIVATIONS.has(operation) || operation === 'relu') continue;
    const due = valueText(inquiry, node);
    yield {
      where: [{ node, slot: 0 }],
      weight: 1,
      words: () => ({ found: namedValue(inquiry, input), due }),
      change: (run) => ({ values: new Map([[node, run.value[input]]]) }),
    };
    for (const other of ACTIVATIONS) {
      const table = OPERATIONS[other];
      if (other === operation || table.arity !== 1) continue;
      const at = (run: Run): number => table.value(run.value[input]);
      yield {
        where: [{ node, slot: 0 }],
        weight: 2,
        words: () => ({ found: `${table.symbol}(${inquiry.name(input)}) = ${shown(at(inquiry.run))}`, due }),
        change: (run) => ({ values: new Map([[node, at(run)]]) }),
      };
    }
  }
}

function* wrongNameInAll(inquiry: Inquiry): Iterable<Variant> {
  yield* wrongName(inquiry);
  yield* otherFunction(inquiry);
}

/** σ′(z) written for σ(z): the other way round. */
function* derivativeForValue(inquiry: Inquiry): Iterable<Variant> {
  for (const node of inquiry.cone) {
    const operation = inquiry.operationOf(node);
    if (operation === 'leaf' || !ACTIVATIONS.has(operation)) continue;
    const edge = inquiry.recording.inputStart[node];
    yield {
      where: [{ node, slot: 0 }],
      weight: 2,
      words: () => ({ found: shown(inquiry.run.local[edge]), due: valueText(inquiry, node) }),
      change: (run) => ({ values: new Map([[node, run.local[edge]]]) }),
    };
  }
}

/** Mistakes in which a number stands for another one. */
export const VALUE_MUTATIONS: readonly Mutation[] = [
  { id: 'value-for-derivative', rank: 32, find: valueForDerivative },
  { id: 'total-for-part', rank: 33, find: totalForPart },
  { id: 'wrong-name', rank: 34, find: wrongNameInAll },
  { id: 'copied-answer', rank: 34.5, find: copiedAnswer },
  { id: 'wrong-point', rank: 36, find: wrongPoint },
  { id: 'wrong-constant', rank: 38, find: wrongConstant },
];

/** What the same mistakes are in the forward pass; joined with the mutations of that name. */
export const FORWARD_MUTATIONS: readonly Mutation[] = [
  { id: 'missing-weight', rank: 26, find: (inquiry) => missingOperand(inquiry, 'missing-weight') },
  { id: 'missing-input', rank: 26, find: (inquiry) => missingOperand(inquiry, 'missing-input') },
  { id: 'missing-factor', rank: 27, find: (inquiry) => missingOperand(inquiry, 'missing-factor') },
  { id: 'activation-for-derivative', rank: 32, find: derivativeForValue },
];
