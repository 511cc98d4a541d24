import { OPERATIONS } from '@backflow/engine';
import type { Run } from '../run.ts';
import { shown } from './inquiry.ts';
import type { Inquiry } from './inquiry.ts';
import { ACTIVATIONS, isWeight } from './roles.ts';
import type { Mutation, Variant } from './variant.ts';
import { namedValue, valueText } from './wording.ts';

/** The value of a node with a term or a factor left out, or with another function. */
function* missingOperand(
  inquiry: Inquiry,
  wanted: 'missing-input' | 'missing-weight' | 'missing-factor',
): Iterable<Variant> {
  for (const node of inquiry.cone) {
    if (!inquiry.spares(0.15)) return;
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
    if (!inquiry.spares(0.3)) return;
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

/** σ′(z) written for σ(z): the other way round. */
function* derivativeForValue(inquiry: Inquiry): Iterable<Variant> {
  for (const node of inquiry.cone) {
    if (!inquiry.spares(0.3)) return;
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

/** What mistakes known from the backward pass are in the forward pass. */
export const FORWARD_MUTATIONS: readonly Mutation[] = [
  { id: 'missing-weight', rank: 26, find: (inquiry) => missingOperand(inquiry, 'missing-weight') },
  { id: 'missing-input', rank: 26, find: (inquiry) => missingOperand(inquiry, 'missing-input') },
  { id: 'missing-factor', rank: 27, find: (inquiry) => missingOperand(inquiry, 'missing-factor') },
  { id: 'activation-for-derivative', rank: 32, find: derivativeForValue },
  { id: 'wrong-name', rank: 34, find: otherFunction },
];
