import { accountDe, accountEn } from '@backflow/messages';
import type { AccountMessages, Messages } from '@backflow/messages';
import { formatNumber, nodeExpression, toText } from '@backflow/print';
import type { Expression, NumberOptions } from '@backflow/print';
import { ACCUMULATE, CONTRIBUTE, RECOMPUTE, REUSE, VISIT } from '../events.ts';
import { gradientOf } from '../explanation.ts';
import type { Explanation } from '../explanation.ts';
import { chain, plainSentence } from '../sentences.ts';
import type { Trace } from '../trace.ts';

/** What a sentence is made with: the words of a language, and how a reader wants to see formulas and numbers. */
export interface Telling {
  readonly words: AccountMessages;
  readonly messages: Messages;
  readonly text: (expression: Expression) => string;
  readonly number: (value: number) => string;
  /** `a = b = c`, without members that repeat the one before. */
  readonly chain: (...members: readonly (Expression | null)[]) => string;
  /** The sentence that a reverse sweep would have. */
  readonly plain: (explanation: Explanation) => string;
}

export function tellingOf(messages: Messages, options: NumberOptions): Telling {
  return {
    words: messages.trace.language === 'de' ? accountDe : accountEn,
    messages,
    text: (expression) => toText(expression, options),
    number: (value) => formatNumber(value, options),
    chain: (...members) => chain(members, options),
    plain: (explanation) => plainSentence(explanation, messages, options),
  };
}

/** The explanation with a sentence of its own. */
export function telling<E extends Explanation>(explanation: E, say: (telling: Telling) => string): E {
  return { ...explanation, told: (messages, options) => say(tellingOf(messages, options)) };
}

/** `; next is v`: the node that is visited next, whatever is skipped before. */
export function nextEnding(trace: Trace, event: number, { messages, text }: Telling): string {
  const { kind, node, length, recording } = trace;
  let next = event + 1;
  while (next < length && (kind[next] === CONTRIBUTE || kind[next] === ACCUMULATE || kind[next] === REUSE))
    next++;
  return next < length && (kind[next] === VISIT || kind[next] === RECOMPUTE)
    ? messages.trace.nextVisit({ next: text(nodeExpression(recording, node[next])) })
    : messages.trace.lastVisit;
}

/** Where a contribution goes, and from where: `u`, `y (use 1 of 2 there)`. */
export function endsOf(
  { inputName, name, use, usesThere }: Extract<Explanation, { kind: 'contribute' }>,
  { messages, text }: Telling,
): [input: string, consumer: string] {
  const consumer = text(name);
  return [
    text(inputName),
    usesThere > 1 ? messages.trace.useOf({ consumer, use, uses: usesThere }) : consumer,
  ];
}

/** ∂output/∂node, as text. */
export function derivativeText(trace: Trace, node: number, { text }: Telling): string {
  return text(gradientOf(trace, node));
}
