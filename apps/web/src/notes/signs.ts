import type { NoteVerdict } from '@backflow/notes';
import type { Sign } from './contract.ts';

/** They differ by shape, so that a grey print tells them apart. */
export const SIGNS: Readonly<Record<NoteVerdict, Sign>> = {
  right: '✓',
  rounded: '≈',
  follows: '↳',
  wrong: '✗',
  unknown: '?',
};

/** True for what a line should not be told of while it is still being written. */
export function isBad(verdict: NoteVerdict): boolean {
  return verdict !== 'right' && verdict !== 'rounded';
}

/** From the best to the worst: a line shows the worst of its claims. */
const ORDER: readonly NoteVerdict[] = ['right', 'rounded', 'follows', 'unknown', 'wrong'];

export function worstOf(verdicts: readonly NoteVerdict[]): NoteVerdict {
  return ORDER[Math.max(0, ...verdicts.map((verdict) => ORDER.indexOf(verdict)))];
}
