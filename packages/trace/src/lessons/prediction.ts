import type { Granularity } from '../positions.ts';
import { nextPosition } from '../positions.ts';
import type { Trace } from '../trace.ts';
import { judgeNode, nodeQuestion } from './predicted-node.ts';
import { judgeNumber, numberQuestion } from './predicted-number.ts';
import type { Answer, Judgement, Prediction, Question } from './question.ts';

/**
 * What can be predicted of the step that leads on from a position; null at the end, and where the step shows nothing
 * new of this kind: no node begins anything, a total is what has just arrived, a number is not finite. The nodes of a
 * whole pass are not asked for. Throws PositionError.
 */
export function questionAt(
  trace: Trace,
  position: number,
  prediction: Prediction,
  granularity: Granularity,
): Question | null {
  const to = nextPosition(trace, position, granularity);
  if (to === position) return null;
  if (prediction === 'node') return granularity === 'pass' ? null : nodeQuestion(trace, position, to);
  return numberQuestion(trace, position, to, granularity === 'pass');
}

/** Whether an answer is right, and why. An answer of the wrong sort is wrong. */
export function judge(question: Question, answer: Answer): Judgement {
  if (question.kind === 'node') {
    const chosen = 'node' in answer ? answer.node : -1;
    return { right: question.right.includes(chosen), question, reason: judgeNode(question, chosen) };
  }
  if ('node' in answer) return { right: false, question, reason: { kind: 'off' } };
  const reason = judgeNumber(question, answer);
  return {
    right: reason.kind === 'coarse' ? null : reason.kind === 'close',
    question,
    reason,
  };
}
