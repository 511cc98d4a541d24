import { OPERATIONS } from '@backflow/engine';
import type { Run } from '../run.ts';
import { evaluateBound, valueOf } from '../world/evaluate.ts';
import { shown } from './inquiry.ts';
import type { Inquiry } from './inquiry.ts';
import { isParameter, isWeight } from './roles.ts';
import type { Mutation, Variant } from './variant.ts';
import { namedValue } from './wording.ts';

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
    key: `${leaf}=${number}`,
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
      if (!inquiry.spares(0.15)) return;
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
        if (!inquiry.spares(0.12)) return;
        const numbers = (run: Run): Float64Array =>
          Float64Array.from({ length: inquiry.arity(node) }, (_, at) => {
            const input = inquiry.entry(node, at);
            return at === slot ? number : input >= 0 ? run.value[input] : recording.constants[~input];
          });
        yield {
          where: [{ node, slot }],
          weight: 0,
          words: () => ({ node: inquiry.name(node), found: shown(number), due: shown(due) }),
          key: `${node}/${slot}=${number}`,
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
      if (!inquiry.spares(0.08)) return;
      const number = inquiry.run.value[other];
      if (number === near || (isWeight(inquiry, leaf) && isWeight(inquiry, other))) continue;
      yield leafAt(inquiry, leaf, number, 1);
    }
    for (const number of NICE) {
      if (!inquiry.spares(0.05)) return;
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

/** Mistakes in which a leaf or a constant has another number. */
export const CONSTANT_MUTATIONS: readonly Mutation[] = [
  { id: 'wrong-point', rank: 36, find: wrongPoint },
  { id: 'wrong-constant', rank: 38, find: wrongConstant },
];
