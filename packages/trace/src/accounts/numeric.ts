import { apply, nameOf, nodeExpression, numberOf } from '@backflow/print';
import type { Account } from '../account.ts';
import { ACCUMULATE } from '../events.ts';
import type { Explanation } from '../explanation.ts';
import { lastBefore } from '../node-index.ts';
import { backwardStart } from '../state.ts';
import type { Trace } from '../trace.ts';
import { dueFor, truthOf } from './due.ts';
import { foundSummary } from './summary.ts';
import { derivativeText, telling } from './telling.ts';

type Of<K extends Explanation['kind']> = Extract<Explanation, { kind: K }>;

/** Finite differences. */
export const numeric: Account = {
  explain(trace, plain) {
    if (backwardStart(trace, plain.event + 1) < 0) return plain;
    switch (plain.kind) {
      case 'update':
        return moved(trace, plain);
      case 'evaluate':
        return computedAnew(trace, plain);
      case 'accumulate':
        return divided(trace, plain);
      default:
        return plain;
    }
  },
  summary: foundSummary,
};

/** What the step is called: h, unless the program has a node of that name. */
function stepName({ recording }: Trace): string {
  return [...recording.names.values()].includes('h') ? 'ε' : 'h';
}

function moved(trace: Trace, plain: Of<'update'>): Explanation {
  const { kind, recording } = trace;
  const { event, node, name, result } = plain;
  const before = recording.value[node];
  if (kind[event - 1] === ACCUMULATE) {
    return telling({ ...plain, withNames: null, withNumbers: null }, ({ words, text, number }) =>
      words.movedBack(text(name), number(result)),
    );
  }
  const h = result - before;
  const step = stepName(trace);
  const explained = {
    ...plain,
    withNames: apply('add', name, nameOf(step)),
    withNumbers: apply('add', numberOf(before), numberOf(h)),
  };
  return telling(explained, ({ words, text, number }) =>
    words.moved(text(name), `${step} = ${number(h)}`, number(before)),
  );
}

function computedAnew({ recording }: Trace, plain: Of<'evaluate'>): Explanation {
  const { node, name, result } = plain;
  const change = result - recording.value[node];
  // The numbers of the formula are those before the move.
  return telling({ ...plain, withNumbers: null, remarks: [] }, ({ words, text, number }) =>
    words.anew(text(name), change === 0 ? null : number(change)),
  );
}

function divided(trace: Trace, plain: Of<'accumulate'>): Explanation {
  const { event, node, name, result } = plain;
  const { recording, of, value, values } = trace;
  const latest = (at: number): number => {
    const found = lastBefore(values, at, event);
    return found < 0 ? recording.value[at] : value[found];
  };
  const h = latest(node) - recording.value[node];
  const withNumbers = apply('div', numberOf(latest(of) - recording.value[of]), numberOf(h));
  return telling({ ...plain, withNumbers }, (tell) => {
    const step = stepName(trace);
    const output = tell.text(nodeExpression(recording, of));
    return tell.words.quotient(
      derivativeText(trace, node, tell),
      `(${output}(${tell.text(name)} + ${step}) − ${output})/${step}`,
      tell.chain(withNumbers, numberOf(result)),
      `${step} = ${tell.number(h)}`,
      dueFor(result, truthOf(trace)[node], tell),
    );
  });
}
