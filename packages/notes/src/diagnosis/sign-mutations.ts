import { kinksOf } from '@backflow/engine';
import type { Change, Run } from '../run.ts';
import { isLoss } from '../loss.ts';
import { evaluateBound } from '../world/evaluate.ts';
import { shown } from './inquiry.ts';
import type { Inquiry, PathEdge } from './inquiry.ts';
import type { Mutation, Variant } from './variant.ts';
import { edgeText, namedValue, slopeText } from './wording.ts';
import { scaling } from './factor-mutations.ts';

/** The edges at which the sign of a second operand belongs to the derivative. */
function isSecondOperand({ operation, slot }: PathEdge): boolean {
  return slot === 1 && (operation === 'sub' || operation === 'div');
}

function turned(inquiry: Inquiry, edge: PathEdge): Pick<Variant, 'where' | 'words' | 'slip'> {
  return {
    where: inquiry.where(edge.edge),
    words: () => ({
      edge: edgeText(inquiry, edge),
      found: shown(-inquiry.run.local[edge.edge]),
      due: slopeText(inquiry, edge),
    }),
    slip: { edge: edge.edge, local: (run) => -run.local[edge.edge] },
  };
}

function* lostSign(inquiry: Inquiry): Iterable<Variant> {
  const { run } = inquiry;
  const direct = isDirect(inquiry);
  // w + η·g: rather the sign of the step than one in the gradient.
  const step = inquiry.subject.kind === 'updated' ? 3 : 0;
  yield* turnedStep(inquiry);
  for (const edge of inquiry.pathEdges) {
    const visible = run.local[edge.edge] < 0 || edge.operation === 'pow';
    const weight = isSecondOperand(edge) ? (direct ? 3 : 4) : visible ? 0 : 2;
    yield { ...turned(inquiry, edge), weight: weight + step };
  }
  const whole = scaling(inquiry, -1);
  if (whole.change !== undefined) {
    const precise = inquiry.derivative !== null && inquiry.question.truth < 0;
    yield { where: [], weight: precise ? 1 : inquiry.valueNode === null ? 1.5 : -6, ...whole };
  }
  yield* forwardSigns(inquiry);
}

function* turnedStep(inquiry: Inquiry): Iterable<Variant> {
  const { subject, world } = inquiry;
  if (subject.kind !== 'updated' || subject.rate === null) return;
  const { leaf, rate } = subject;
  const called = inquiry.name(leaf);
  yield {
    where: [{ node: leaf, slot: null }],
    words: () => ({ found: `${called} + η·…`, due: `${called} − η·…` }),
    value: ({ run }) => run.value[leaf] + evaluateBound(rate, run) * run.gradient(world.output)[leaf],
  };
}

/** ∂(a − b)/∂b, asked as such. */
function isDirect(inquiry: Inquiry): boolean {
  const { derivative } = inquiry;
  return (
    derivative !== null &&
    inquiry.pathEdges.some(
      (edge) => edge.node === derivative.of && edge.input === derivative.by && isSecondOperand(edge),
    )
  );
}

function* forwardSigns(inquiry: Inquiry): Iterable<Variant> {
  for (const node of inquiry.cone) {
    if (!inquiry.spares(0.02)) return;
    const operation = inquiry.operationOf(node);
    const words = (found: string, due: string) => () => ({ node: inquiry.name(node), found, due });
    const value = inquiry.run.value[node];
    if (operation === 'leaf' || (operation !== 'neg' && inquiry.recording.names.has(node))) {
      if (value === 0 || node === inquiry.valueNode) continue;
      yield {
        where: [{ node, slot: null }],
        weight: operation === 'leaf' ? 0 : 1,
        words: words(shown(-value), namedValue(inquiry, node)),
        change: (run) => ({ values: new Map([[node, -run.value[node]]]) }),
      };
    } else if (operation === 'neg' || operation === 'exp') {
      const input = inquiry.entry(node, 0);
      if (input < 0) continue;
      yield {
        where: [{ node, slot: 0 }],
        words: words(inquiry.name(input), `−${inquiry.name(input)}`),
        change: (run) => ({
          values: new Map([[node, operation === 'neg' ? run.value[input] : Math.exp(-run.value[input])]]),
        }),
      };
    } else if (operation === 'add') {
      yield { ...forwardOperand(inquiry, node, -1), weight: 1 };
    }
  }
  // a − b where the sign of b was lost, or its own minus and the operator's made one.
  for (const node of inquiry.cone) {
    if (inquiry.operationOf(node) === 'sub') yield { ...forwardOperand(inquiry, node, 1), weight: 1 };
  }
}

/** a ± b with the other sign. */
function forwardOperand(inquiry: Inquiry, node: number, sign: 1 | -1): Variant {
  const [a, b] = [0, 1].map((slot) => inquiry.entry(node, slot));
  const at = (run: Run, entry: number): number =>
    entry >= 0 ? run.value[entry] : run.recording.constants[~entry];
  const name = (entry: number): string =>
    entry >= 0 ? inquiry.name(entry) : shown(inquiry.recording.constants[~entry]);
  const text = (plus: boolean): string => `${name(a)} ${plus ? '+' : '−'} ${name(b)}`;
  return {
    where: [{ node, slot: 1 }],
    words: () => ({ node: inquiry.name(node), found: text(sign > 0), due: text(sign < 0) }),
    change: (run) => ({ values: new Map([[node, at(run, a) + sign * at(run, b)]]) }),
  };
}

function* operandSign(inquiry: Inquiry): Iterable<Variant> {
  const direct = isDirect(inquiry);
  for (const edge of inquiry.pathEdges) {
    if (!isSecondOperand(edge)) continue;
    yield { ...turned(inquiry, edge), weight: direct ? -20 : inquiry.subject.kind === 'updated' ? 4 : 0 };
  }
  for (const node of inquiry.cone) {
    if (inquiry.operationOf(node) === 'sub') yield { ...forwardOperand(inquiry, node, 1), weight: 1.5 };
  }
}

/** The whole gradient of the loss with the other sign; at a kink, another slope than the one that was taken. */
function* oppositeConvention(inquiry: Inquiry): Iterable<Variant> {
  const { derivative } = inquiry;
  if (derivative === null) return;
  const whole = scaling(inquiry, -1);
  if (inquiry.ofLoss && whole.change !== undefined) {
    // Only losses have a sign that people choose.
    const weight = isLoss(inquiry.world) ? 0 : 16;
    yield { where: [], weight, words: () => ({ subject: inquiry.name(derivative.of) }), ...whole };
  }
  const onPath = new Set(inquiry.pathEdges.map(({ edge }) => edge));
  const { inputStart } = inquiry.recording;
  for (const { node, kink } of kinksOf({ ...inquiry.recording, value: inquiry.run.value })) {
    const edge = inputStart[node] + kink.slot;
    if (kink.admissible === null || !onPath.has(edge)) continue;
    for (const slope of [
      kink.admissible[0],
      kink.admissible[1],
      (kink.admissible[0] + kink.admissible[1]) / 2,
    ]) {
      if (slope === kink.chosen) continue;
      yield {
        where: inquiry.where(edge),
        words: () => ({ node: inquiry.name(node), found: shown(slope), due: shown(kink.chosen) }),
        slip: { edge, local: () => slope },
      };
    }
  }
}

/** (u·v′ − u′·v)/v². */
function* quotientOrder(inquiry: Inquiry): Iterable<Variant> {
  const byNode = new Map<number, PathEdge[]>();
  for (const edge of inquiry.pathEdges) {
    if (edge.operation !== 'div') continue;
    byNode.set(edge.node, [...(byNode.get(edge.node) ?? []), edge]);
  }
  for (const [node, edges] of byNode) {
    yield {
      where: [{ node, slot: null }],
      weight: edges.length > 1 ? 0 : 6,
      words: () => ({ node: inquiry.name(node) }),
      change: () => ({ slips: new Map(edges.map(({ edge }) => [edge, (_run, _edge, local) => -local])) }),
    };
  }
  // A quotient rule that was written out: (u′v − uv′)/v² as a value.
  for (const node of inquiry.cone) {
    if (inquiry.operationOf(node) !== 'div') continue;
    const [above, below] = [inquiry.entry(node, 0), inquiry.entry(node, 1)];
    if (above < 0 || below < 0 || inquiry.operationOf(above) !== 'sub') continue;
    const square = inquiry.operationOf(below);
    const squared =
      (square === 'pow' && inquiry.entry(below, 1) < 0) ||
      (square === 'mul' && inquiry.entry(below, 0) === inquiry.entry(below, 1));
    if (!squared) continue;
    yield {
      where: [{ node, slot: null }],
      weight: -14,
      words: () => ({ node: inquiry.name(node) }),
      change: (run) => ({ values: new Map([[node, -run.value[node]]]) }),
    };
  }
}

const BRANCHING: ReadonlySet<string> = new Set(['relu', 'leakyRelu', 'max', 'min', 'abs', 'clamp', 'where']);

/** The branch that was not taken: of max and min, of where, of the two halves of a kinked function. */
function* wrongBranch(inquiry: Inquiry): Iterable<Variant> {
  const nodes = new Set([...inquiry.pathEdges.map(({ node }) => node), ...inquiry.cone]);
  const forDerivative = inquiry.derivatives.flatMap(({ of }) => branchingBelow(inquiry, of));
  for (const node of forDerivative) nodes.add(node);
  for (const node of nodes) {
    const operation = inquiry.operationOf(node);
    if (!BRANCHING.has(operation)) continue;
    for (const { change, slot, found, due } of otherBranches(inquiry, node)) {
      yield {
        where: [{ node, slot }],
        words: () => ({ node: inquiry.name(node), found: found(), due: due() }),
        change,
      };
    }
  }
}

function branchingBelow(inquiry: Inquiry, of: number): number[] {
  const { inputStart, inputs } = inquiry.recording;
  const needed = new Uint8Array(of + 1);
  needed[of] = 1;
  const found: number[] = [];
  for (let node = of; node >= 0; node--) {
    if (needed[node] === 0) continue;
    if (BRANCHING.has(inquiry.operationOf(node))) found.push(node);
    for (let edge = inputStart[node]; edge < inputStart[node + 1]; edge++)
      if (inputs[edge] >= 0) needed[inputs[edge]] = 1;
  }
  return found;
}

interface Branch {
  readonly slot: number | null;
  readonly change: (run: Run) => Change;
  readonly found: () => string;
  readonly due: () => string;
}

function otherBranches(inquiry: Inquiry, node: number): Branch[] {
  const operation = inquiry.operationOf(node);
  const { inputStart, constants } = inquiry.recording;
  const start = inputStart[node];
  const entry = (slot: number): number => inquiry.entry(node, slot);
  const at = (run: Run, slot: number): number =>
    entry(slot) >= 0 ? run.value[entry(slot)] : constants[~entry(slot)];
  const text = (slot: number) => (): string =>
    entry(slot) >= 0 ? inquiry.name(entry(slot)) : shown(constants[~entry(slot)]);
  const slope = (edge: number, local: number, slot: number): Branch => ({
    slot,
    change: () => ({ locals: new Map([[edge, local]]) }),
    found: () => shown(local),
    due: () => shown(inquiry.run.local[edge]),
  });
  /** The same of a value: what the other branch makes of the argument. */
  const value = (factor: number): Branch => ({
    slot: 0,
    change: (run) => ({ values: new Map([[node, factor * at(run, 0)]]) }),
    found: () => shown(factor * at(inquiry.run, 0)),
    due: () => shown(inquiry.run.value[node]),
  });
  const straight = (factor: number): Branch =>
    inquiry.values.length > 0 ? value(factor) : slope(start, factor, 0);
  const due = inquiry.run.local[start];
  switch (operation) {
    case 'relu':
      return due === 1 ? [straight(0)] : [];
    case 'leakyRelu':
      return [straight(due === 1 ? at(inquiry.run, 1) : 1)];
    case 'abs':
      return [straight(-due)];
    case 'clamp':
      return [slope(start, 1 - due, 0)];
    case 'where': {
      const condition = entry(0);
      if (condition < 0) return [];
      const taken = inquiry.run.value[condition] === 0 ? 2 : 1;
      return [
        {
          slot: 3 - taken,
          change: (run) => ({ values: new Map([[condition, run.value[condition] === 0 ? 1 : 0]]) }),
          found: text(3 - taken),
          due: text(taken),
        },
      ];
    }
    case 'max':
    case 'min': {
      const arity = inquiry.arity(node);
      const slots = Array.from({ length: arity }, (_, slot) => slot);
      const best = slots.find((slot) => at(inquiry.run, slot) === inquiry.run.value[node]) ?? 0;
      return slots
        .filter((slot) => slot !== best)
        .map((slot) => ({
          slot,
          change: (run) => ({
            values: new Map([[node, at(run, slot)]]),
            locals: new Map(slots.map((other) => [start + other, other === slot ? 1 : 0])),
          }),
          found: text(slot),
          due: text(best),
        }));
    }
    default:
      return [];
  }
}

/** Mistakes with signs, orders and branches. */
export const SIGN_MUTATIONS: readonly Mutation[] = [
  { id: 'opposite-convention', rank: 9, find: oppositeConvention },
  { id: 'wrong-branch', rank: 13.5, find: wrongBranch },
  { id: 'lost-sign', rank: 24, find: lostSign },
  { id: 'operand-sign', rank: 24.5, find: operandSign },
  { id: 'quotient-order', rank: 23.5, find: quotientOrder },
];
