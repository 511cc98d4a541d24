import { apply, derivativeOf, inputExpression, nodeExpression, numberOf, sumOf } from '@backflow/print';
import type { Expression } from '@backflow/print';
import type { Account } from '../account.ts';
import { ledgerOf } from '../explanation.ts';
import type { Explanation } from '../explanation.ts';
import { lastBefore } from '../node-index.ts';
import { contributionRemarks } from '../remarks.ts';
import { backwardStart, gradientState } from '../state.ts';
import type { Trace } from '../trace.ts';
import { slopeText } from './due.ts';
import { endsOf, telling, tellingOf } from './telling.ts';

type Of<K extends Explanation['kind']> = Extract<Explanation, { kind: K }>;

/** Forward mode: one pass of tangents for each leaf. */
export const forward: Account = {
  explain(trace, plain, options) {
    switch (plain.kind) {
      case 'seed': {
        const subject = tangentOf(trace, plain.node, plain.event);
        return telling({ ...plain, subject }, ({ words, text, chain }) =>
          words.tangentSeed(chain(subject, numberOf(plain.result)), text(plain.name)),
        );
      }
      case 'visit':
        return visited(trace, plain);
      case 'contribute':
        return passedOn(trace, plain, options.digits);
      case 'accumulate': {
        const subject = tangentOf(trace, plain.node, plain.event);
        const { withNumbers, result, reported, uses } = plain;
        const ledger = plain.ledger.map((line) => ({
          ...line,
          consumerName: inputExpression(trace.recording, line.consumer, line.slot),
        }));
        return telling({ ...plain, subject, ledger }, ({ words, chain }) =>
          words.tangentSum(chain(subject, withNumbers, numberOf(result)), reported, uses),
        );
      }
      default:
        return plain;
    }
  },
  summary(trace, pass, messages, options) {
    const { words, text, chain } = tellingOf(messages, options);
    const { of } = trace;
    const state = gradientState(trace, of, pass.to);
    const found = 'total' in state ? state.total : 0;
    const leaf = nodeExpression(trace.recording, trace.node[pass.from]);
    return words.tangentDone(chain(tangentOf(trace, of, pass.from), numberOf(found)), text(leaf));
  },
};

/** The leaf that the pass is for. */
function leafAt(trace: Trace, event: number): Expression {
  return nodeExpression(trace.recording, trace.node[backwardStart(trace, event + 1)]);
}

/** ∂node/∂leaf. */
function tangentOf(trace: Trace, node: number, event: number): Expression {
  return derivativeOf(nodeExpression(trace.recording, node), leafAt(trace, event));
}

function visited(trace: Trace, plain: Of<'visit'>): Explanation {
  const { event, node, name, result, isLeaf, isOutput } = plain;
  const { recording } = trace;
  const leaf = leafAt(trace, event);
  const subject = tangentOf(trace, node, event);
  const { lines, omitted } = ledgerOf(trace, node, event);
  const sum = (term: (slot: number, contribution: number) => Expression): Expression | null =>
    lines.length === 0 || omitted > 0
      ? null
      : sumOf(lines.map(({ slot, contribution }) => term(slot, contribution)));
  const explained = {
    ...plain,
    subject,
    withNames: sum((slot) => {
      const input = inputExpression(recording, node, slot);
      return apply('mul', derivativeOf(name, input), derivativeOf(input, leaf));
    }),
    withNumbers: lines.length < 2 ? null : sum((_, contribution) => numberOf(contribution)),
  };
  return telling(explained, ({ words, text, chain }) => {
    const equation = chain(subject, explained.withNumbers, numberOf(result));
    if (isLeaf && !isOutput) return words.tangentLeaf(equation, result === 1);
    return words.tangent(equation, text(leaf), isOutput);
  });
}

function passedOn(trace: Trace, plain: Of<'contribute'>, digits: number | undefined): Explanation {
  const { event, node, edge, inputName, slope, slopeForms, local, result } = plain;
  const visit = lastBefore(trace.visits, edge.input, event);
  const upstream = visit < 0 ? NaN : trace.value[visit];
  const tangent = derivativeOf(inputName, leafAt(trace, event));
  const explained = {
    ...plain,
    upstream,
    subject: apply('mul', slope, tangent),
    withNames: apply('mul', slopeForms.names, tangent),
    withNumbers: apply('mul', numberOf(local), numberOf(upstream)),
    remarks: contributionRemarks(trace.recording, node, edge.slot, {
      upstream,
      local,
      contribution: result,
      digits,
    }),
  };
  return telling(explained, (tell) => {
    const [input, consumer] = endsOf(plain, tell);
    const equation = tell.chain(explained.subject, explained.withNumbers, numberOf(result));
    return tell.words.tangentEdge(input, consumer, equation, slopeText(plain, tell));
  });
}
