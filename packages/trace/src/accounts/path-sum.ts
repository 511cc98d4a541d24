import { partialsOf } from '@backflow/engine';
import {
  apply,
  derivativeOf,
  ELIDED,
  inputExpression,
  nodeExpression,
  numberOf,
  slopeForms,
} from '@backflow/print';
import type { Expression } from '@backflow/print';
import type { Account } from '../account.ts';
import { ACCUMULATE } from '../events.ts';
import { gradientOf } from '../explanation.ts';
import type { Explanation } from '../explanation.ts';
import { countBefore, lastBefore } from '../node-index.ts';
import type { Trace } from '../trace.ts';
import { slopeText } from './due.ts';
import { foundSummary } from './summary.ts';
import { endsOf, telling } from './telling.ts';

type Visit = Extract<Explanation, { kind: 'visit' | 'recompute' }>;
type Contribution = Extract<Explanation, { kind: 'contribute' }>;

/** Edges of a path that are written out, the last ones. */
const SHOWN = 6;

/** Every path from the output, each product from scratch. */
export const pathSum: Account = {
  explain(trace, plain) {
    switch (plain.kind) {
      case 'visit':
      case 'recompute':
        return visited(trace, plain);
      case 'contribute':
        return walked(trace, plain);
      case 'accumulate':
        return telling(plain, ({ words, chain }) =>
          words.pathSum(
            chain(plain.subject, plain.withNumbers, numberOf(plain.result)),
            plain.reported,
            plain.uses,
          ),
        );
      default:
        return plain;
    }
  },
  summary: foundSummary,
};

/** A use that a path goes along. */
interface Step {
  readonly consumer: number;
  readonly slot: number;
}

/** The last uses of the path that leads to a visit, from the output on; `cut` if there are more. */
function pathTo({ kind, node, slot, visits }: Trace, visit: number): { steps: Step[]; cut: boolean } {
  const steps: Step[] = [];
  // A node is visited right behind its contribution and the sum it goes into.
  for (let at = visit; at >= 2 && kind[at - 1] === ACCUMULATE;) {
    if (steps.length === SHOWN) return { steps, cut: true };
    steps.unshift({ consumer: node[at - 2], slot: slot[at - 2] });
    at = lastBefore(visits, node[at - 2], at - 2);
  }
  return { steps, cut: false };
}

function product(cut: boolean, factors: readonly Expression[]): Expression | null {
  if (factors.length === 0) return null;
  const all = cut ? [ELIDED, ...factors] : factors;
  return all.reduce((some, factor) => apply('mul', some, factor));
}

/** The product of a path as ∂y/∂u·∂u/∂x and with the formulas of the local derivatives. */
function products({ recording }: Trace, steps: readonly Step[], cut: boolean) {
  return {
    subject: product(
      cut,
      steps.map(({ consumer, slot }) =>
        derivativeOf(nodeExpression(recording, consumer), inputExpression(recording, consumer, slot)),
      ),
    ),
    withNames: product(
      cut,
      steps.map(({ consumer, slot }) => slopeForms(recording, consumer, slot).names),
    ),
  };
}

function visited(trace: Trace, plain: Visit): Explanation {
  const { event, node, name, result, isLeaf, isOutput } = plain;
  const { recording, visits, uses } = trace;
  const { steps, cut } = pathTo(trace, event);
  const { subject, withNames } = products(trace, steps, cut);
  const withNumbers = product(
    cut,
    steps.map(({ consumer, slot }) => numberOf(partialsOf(recording, consumer)[slot])),
  );
  const visit = countBefore(visits, node, event) + 1;
  const explained = { ...plain, subject: subject ?? plain.subject, withNames, withNumbers };
  return telling(explained, ({ words, text, chain }) => {
    if (isOutput) return words.pathStart(text(name));
    const path = [...steps.map(({ consumer }) => text(nodeExpression(recording, consumer))), text(name)];
    return words.pathVisit(
      text(name),
      visit,
      uses[node],
      (cut ? ['…', ...path] : path).join(' → '),
      chain(withNumbers, numberOf(result)),
      isLeaf ? 'term' : visit > 1 ? 'again' : '',
      text(gradientOf(trace, node)),
    );
  });
}

function walked(trace: Trace, plain: Contribution): Explanation {
  const { event, node, withNumbers, result, edge } = plain;
  const { steps, cut } = pathTo(trace, lastBefore(trace.visits, node, event));
  const { subject, withNames } = products(trace, [...steps, edge], cut);
  const explained = { ...plain, subject: subject ?? plain.subject, withNames };
  return telling(explained, (tell) => {
    const [input, consumer] = endsOf(plain, tell);
    const multiplied = tell.chain(withNumbers, numberOf(result));
    return tell.words.pathEdge(input, consumer, multiplied, slopeText(plain, tell));
  });
}
