import type { MemoMessages } from '@backflow/messages';
import {
  derivativeText,
  formatNumber,
  nodeExpression,
  nodeName,
  nodeTitle,
  toText,
  valueForms,
} from '@backflow/print';
import { judge } from '@backflow/trace';
import type { Judgement, NodeQuestion, NumberQuestion, OrderReason, Trace } from '@backflow/trace';
import type { Asking, Told } from './forecast.ts';

type Texts = MemoMessages['predict'];

/** Names of nodes are cut off there. */
const NAME = 16;
const FORMULA = 40;

export function nameIn({ recording }: Trace, node: number): string {
  return nodeTitle(recording, node, NAME);
}

/** A question in words. */
export function questionText({ question, lane }: Asking, messages: MemoMessages, digits: number): string {
  const texts = messages.predict;
  const asked = question.kind === 'node' ? nodeText(question, texts) : numberText(question, texts, digits);
  return lane === null ? asked : texts.lane(messages.algorithms.names[lane], asked);
}

/** Algorithms that only mark what they have visited. */
const MARKING: ReadonlySet<string> = new Set(['preorder', 'breadth-first', 'postorder']);

function nodeText({ ask, trace: { algorithm } }: NodeQuestion, { nodes }: Texts): string {
  if (ask === 'seed') return algorithm === 'forward' ? nodes.seedLeaf : nodes.seed;
  if (ask === 'visit') return MARKING.has(algorithm) ? nodes.meet : nodes.visit;
  return nodes[ask];
}

function numberText(question: NumberQuestion, { numbers }: Texts, digits: number): string {
  const { trace, ask, node, edge, from, to } = question;
  const { recording } = trace;
  const number = (value: number): string => formatNumber(value, { digits });
  const name = nameIn(trace, node);
  switch (ask) {
    case 'value': {
      if (nodeName(recording, node) === null) return numbers.value(name, null);
      return numbers.value(name, toText(valueForms(recording, node).names, { digits, maxLength: FORMULA }));
    }
    case 'seed':
      return numbers.seed(derivativeIn(question));
    case 'contribution': {
      const [sender, receiver] =
        trace.algorithm === 'forward' ? [edge!.input, edge!.consumer] : [edge!.consumer, edge!.input];
      const slots = slotsOf(trace, edge!.consumer, edge!.input);
      return numbers.contribution(
        nameIn(trace, sender),
        nameIn(trace, receiver),
        slots.indexOf(edge!.slot) + 1,
        slots.length,
      );
    }
    case 'total': {
      const derivative = derivativeIn(question);
      const pass = trace.passes.some((stretch) => stretch.from === from && stretch.to === to);
      if (pass) return numbers.pass(derivative);
      if (to > from + 1) {
        const turn = ['visit', 'recompute'].includes(trace.at(from).kind) ? trace.node[from] : -1;
        return numbers.after(derivative, turn < 0 ? null : nameIn(trace, turn));
      }
      return numbers.arrives(derivative, number(totalBefore(question)), number(trace.value[from - 1]));
    }
    case 'quotient':
      return numbers.quotient(derivativeIn(question), name);
    case 'update':
  }
  return numbers.update(name);
}

function slotsOf({ recording: { inputs, inputStart } }: Trace, consumer: number, input: number): number[] {
  const slots: number[] = [];
  for (let at = inputStart[consumer]; at < inputStart[consumer + 1]; at++)
    if (inputs[at] === input) slots.push(at - inputStart[consumer]);
  return slots;
}

/** The total that the node had before the event of a question. */
function totalBefore({ trace, node, event }: NumberQuestion): number {
  for (let at = event - 1; at >= 0; at--)
    if (trace.at(at).kind === 'accumulate' && trace.node[at] === node) return trace.value[at];
  return 0;
}

/** ∂output/∂node; in forward mode ∂node/∂leaf of the pass. */
function derivativeIn({ trace, node, event }: NumberQuestion): string {
  const { recording } = trace;
  const expression = (at: number): ReturnType<typeof nodeExpression> => nodeExpression(recording, at, 1);
  if (trace.algorithm !== 'forward') return derivativeText(expression(trace.of), expression(node));
  let leaf = event;
  while (leaf > 0 && trace.at(leaf).kind !== 'seed') leaf--;
  return derivativeText(expression(node), expression(trace.node[leaf]));
}

/** Right or wrong, what it is, and why. */
export function verdictText(
  { asking, judgement, answer }: Told,
  messages: MemoMessages,
  digits: number,
): string {
  const texts = messages.predict;
  const { question } = asking;
  const right = judgement?.right === true;
  let first = texts.right;
  if (question.kind === 'node') {
    const taken = nameIn(question.trace, question.taken);
    if (judgement === null) first = texts.shownNode(taken);
    else if (!right) first = texts.wrongNode(taken);
  } else {
    const expected = formatNumber(question.expected, { digits });
    if (judgement === null) first = texts.shownNumber(expected);
    else if (!right) first = texts.wrongNumber(expected);
  }
  const chosen = answer !== null && 'node' in answer ? answer.node : -1;
  // What is only shown has its reason too.
  const why = judgement ?? (question.kind === 'node' ? judge(question, { node: question.taken }) : null);
  const reason = why === null ? '' : reasonText(why, chosen, texts);
  return reason === '' ? first : `${first} ${reason}`;
}

/** Why an answer is right or wrong, in a sentence or two; empty where nothing is to be said. */
function reasonText({ question, reason }: Judgement, chosen: number, { reasons }: Texts): string {
  const { trace } = question;
  const name = (node: number): string => nameIn(trace, node);
  const taken = question.kind === 'node' ? question.taken : question.node;
  switch (reason.kind) {
    case 'ready':
      return reason.uses === 0 ? reasons.output : reasons.ready(name(taken), reason.uses);
    case 'known':
      return isOfLeaves(question) ? reasons.turn : reasons.known(name(taken));
    case 'also':
      return isOfLeaves(question)
        ? reasons.turn
        : reasons.also(name(chosen), name(taken), question.kind === 'node' && question.ask === 'visit');
    case 'waits': {
      const text = reasons.waits(name(chosen), reason.reported, reason.uses, reason.waitsFor.map(name));
      return reason.leaf ? `${reasons.leaf(name(chosen))} ${text}` : text;
    }
    case 'needs':
      return reasons.needs(name(chosen), reason.inputs.map(name));
    case 'given':
      return reasons.given(name(chosen));
    case 'untaken':
      return reasons.untaken(name(chosen));
    case 'apart':
      return reasons.apart(name(chosen), name(trace.of));
    case 'done':
      return reasons.done(name(chosen));
    case 'begins':
      return trace.algorithm === 'forward' ? reasons.beginsLeaf : reasons.begins;
    case 'notLeaf':
      return question.kind === 'node' && question.ask === 'seed'
        ? reasons.beginsLeaf
        : reasons.notLeaf(name(chosen));
    case 'order':
      return orderText(reason, taken, name, trace.algorithm, reasons);
    case 'slip': {
      const { kind, node } = reason.slip;
      return kind === 'valueForSlope' || kind === 'operand'
        ? reasons.slips[kind](name(node))
        : reasons.slips[kind];
    }
    case 'coarse':
      return reasons.coarse;
    case 'close':
    case 'off':
  }
  return '';
}

function isOfLeaves(question: Judgement['question']): boolean {
  return question.kind === 'node' && ['move', 'update', 'seed'].includes(question.ask);
}

function orderText(
  { rule, from, after, again, early }: OrderReason,
  node: number,
  name: (node: number) => string,
  algorithm: Trace['algorithm'],
  reasons: Texts['reasons'],
): string {
  const taken = name(node);
  const parent = from === null ? '' : name(from);
  const sentences: string[] = [];
  switch (rule) {
    case 'start':
      sentences.push(reasons.start);
      break;
    case 'descend':
      sentences.push(reasons.descend(parent, taken));
      break;
    case 'return':
      sentences.push(reasons.return(parent, taken, after === null ? null : name(after)));
      break;
    case 'inputsFirst':
      sentences.push(reasons.inputsFirst(taken));
      break;
    case 'queue':
      sentences.push(from === null ? reasons.queue(taken) : reasons.queueAgain(taken, parent));
      break;
    case 'asked': {
      const asker = from === null ? null : parent;
      sentences.push(again ? reasons.lookedUp(taken, asker) : reasons.asked(taken, asker));
    }
  }
  if (again && algorithm !== 'memo')
    sentences.push(MARKING.has(algorithm) ? reasons.metAgain : reasons.visitedAgain);
  if (early !== null) sentences.push(reasons.early(taken, early.reported, early.uses));
  return sentences.join(' ');
}
