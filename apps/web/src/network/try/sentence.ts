import type { NetworkMessages } from '@backflow/messages';
import { confidenceOf, type Answer } from './answer.ts';
import { shareText } from './share.ts';

/** From here on it is said to be sure, and from there to lean to a class. */
const SURE = 0.9;
const LEANING = 0.5;

/** What the network answers, and how sure it is. */
export function sentenceOf(
  answer: Answer,
  classes: readonly string[],
  texts: NetworkMessages['try'],
  print: (value: number) => string,
): string {
  const { outputs, sure, best } = answer;
  if (!outputs.every(Number.isFinite)) return texts.answer.noNumber;
  if (sure === null) return texts.answer.number(Array.from(outputs, print).join(', '));
  const top = confidenceOf(answer);
  const say = top >= SURE ? texts.answer.sure : top >= LEANING ? texts.answer.leaning : texts.answer.unsure;
  return say(classes[best], shareText(top));
}
