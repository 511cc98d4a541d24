import { numberOf } from '@backflow/print';
import type { Account } from '../account.ts';
import { CONTRIBUTE } from '../events.ts';
import type { Explanation } from '../explanation.ts';
import { kindIndex, subjectOf } from '../kind-index.ts';
import { countBefore, lastBefore } from '../node-index.ts';
import { backwardStart, gradientState } from '../state.ts';
import type { Trace } from '../trace.ts';
import { usersOf } from '../users.ts';
import { dueFor, tellEdge, truthOf } from './due.ts';
import { foundSummary } from './summary.ts';
import { nextEnding, telling } from './telling.ts';
import type { Telling } from './telling.ts';

type Of<K extends Explanation['kind']> = Extract<Explanation, { kind: K }>;

/** The algorithms that pass a gradient on before it is final: what they pass on, and what is due. */
export const early: Account = {
  explain(trace, plain) {
    switch (plain.kind) {
      case 'visit':
        return visited(trace, plain);
      case 'recompute':
        return visitedAgain(trace, plain);
      case 'reuse':
        return skipped(trace, plain);
      case 'contribute':
        return passedOn(trace, plain);
      case 'accumulate':
        return trace.algorithm === 'accumulate-early' ? contributed(trace, plain) : added(trace, plain);
      default:
        return plain;
    }
  },
  summary: foundSummary,
};

/** Live uses of a node, and how many of them have reported before an event, be it once or more often. */
function usesBefore(trace: Trace, node: number, event: number): { uses: number; reported: number } {
  const { start, consumer, slot } = usersOf(trace);
  const { inputStart } = trace.recording;
  const begun = backwardStart(trace, event);
  const index = kindIndex(trace, CONTRIBUTE);
  let reported = 0;
  for (let use = start[node]; use < start[node + 1]; use++) {
    if (lastBefore(index, inputStart[consumer[use]] + slot[use], event) >= begun) reported++;
  }
  return { uses: start[node + 1] - start[node], reported };
}

function visited(trace: Trace, plain: Of<'visit'>): Explanation {
  const { event, node, name, result, isLeaf, isOutput, subject } = plain;
  const { uses, reported } = usesBefore(trace, node, event);
  // Nobody waits: there is an order, and it is kept.
  const explained = { ...plain, uses, reported, waiting: [], waitingCount: 0 };
  return telling(explained, (tell) => {
    const { words, text, number } = tell;
    const next = nextEnding(trace, event, tell);
    const due = dueFor(result, truthOf(trace)[node], tell);
    if (trace.algorithm === 'postorder' && !isLeaf && isOutput)
      return words.outputLast(text(name), tell.chain(subject, numberOf(result)));
    if (trace.algorithm === 'postorder' && !isOutput)
      return words.nothingYet(text(name), isLeaf ? null : due, next);
    if (reported < uses) {
      return isLeaf
        ? words.earlyLeaf(text(name), number(result), next)
        : words.early(text(name), number(result), reported, uses, due, next);
    }
    if (plain.reported < plain.uses) {
      return isLeaf
        ? words.earlyLeaf(text(name), number(result), next)
        : words.notLast(text(name), number(result), due, next);
    }
    if (due !== null) return words.wrong(text(name), number(result), due, isLeaf, next);
    return tell.messages.trace[isOutput && uses === 0 ? 'visitOutput' : 'visit']({
      equation: tell.chain(subject, plain.withNumbers, numberOf(result)),
      reported,
      uses,
      ending: next,
    });
  });
}

function visitedAgain(trace: Trace, plain: Of<'recompute'>): Explanation {
  const { event, node, name, result, isLeaf } = plain;
  const { visits, value } = trace;
  const visit = countBefore(visits, node, event) + 1;
  const all = visits.start[node + 1] - visits.start[node];
  const before = value[lastBefore(visits, node, event)];
  return telling(plain, (tell) => {
    const { words, text, number } = tell;
    const next = nextEnding(trace, event, tell);
    if (isLeaf) return words.againLeaf(text(name), visit, all, number(result), next);
    const since = result === before ? null : number(result - before);
    return words.again(text(name), visit, all, number(result), number(before), since, next);
  });
}

/** Met again, with a visited mark. */
function skipped(trace: Trace, plain: Of<'reuse'>): Explanation {
  const { event, node, name } = plain;
  const visit = lastBefore(trace.visits, node, event);
  const state = gradientState(trace, node, event);
  const total = 'total' in state ? state.total : 0;
  const isLeaf = trace.recording.inputStart[node] === trace.recording.inputStart[node + 1];
  const explained = { ...plain, result: total };
  return telling(explained, ({ words, text, number }) => {
    if (visit < backwardStart(trace, event)) return words.queued(text(name));
    const since = total - trace.value[visit];
    return words.skipped(text(name), isLeaf || since === 0 ? null : number(since));
  });
}

function passedOn(trace: Trace, plain: Of<'contribute'>): Explanation {
  const { event } = plain;
  const explained = tellEdge(trace, plain);
  if (trace.algorithm !== 'accumulate-early') return explained;
  const subject = subjectOf(trace, event);
  const index = kindIndex(trace, CONTRIBUTE);
  const first = index.start[subject];
  const times = countBefore(index, subject, event);
  if (times === 0) return explained;
  let before = 0;
  for (let at = first; at < first + times; at++) before += trace.value[index.events[at]];
  return telling(plain, (tell) => {
    const said = tell.plain(plain);
    return `${said} ${tell.words.edgeAgain(tell.number(before))}`;
  });
}

/** Of half-accumulated gradients, a node gets one for each path to it. */
function contributed(trace: Trace, plain: Of<'accumulate'>): Explanation {
  const { node, name, reported, uses: all } = plain;
  const { start } = usersOf(trace);
  const uses = start[node + 1] - start[node];
  return telling(plain, (tell) => {
    const equation = totalText(trace, plain, tell);
    return all === uses
      ? tell.messages.trace[all === 1 ? 'accumulateOnly' : 'accumulate']({ equation, reported, uses })
      : tell.words.contribution(equation, reported, all, tell.text(name), uses);
  });
}

function added(trace: Trace, plain: Of<'accumulate'>): Explanation {
  const { event, node, name, reported, uses } = plain;
  const { inputStart } = trace.recording;
  const visit = lastBefore(trace.visits, node, event);
  const isLate = visit >= backwardStart(trace, event) && inputStart[node] < inputStart[node + 1];
  return telling(plain, (tell) => {
    const equation = totalText(trace, plain, tell);
    const said = tell.messages.trace[uses === 1 ? 'accumulateOnly' : 'accumulate']({
      equation,
      reported,
      uses,
    });
    return isLate ? `${said} ${tell.words.late(tell.text(name), tell.number(trace.value[visit]))}` : said;
  });
}

/** `∂y/∂x = 72 + 9 = 81 (135 is due)`; what is due is said of the last total only. */
function totalText(
  trace: Trace,
  { node, subject, withNumbers, result, reported, uses }: Of<'accumulate'>,
  tell: Telling,
): string {
  const equation = tell.chain(subject, withNumbers, numberOf(result));
  const due = reported < uses ? null : dueFor(result, truthOf(trace)[node], tell);
  return due === null ? equation : tell.words.due(equation, due);
}
