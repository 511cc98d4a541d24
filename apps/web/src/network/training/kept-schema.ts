import * as v from 'valibot';
import type { Kept } from './kept.ts';

/** 13,002 parameters and the state of their optimizer are below one million letters. */
const STATE_LENGTH = 50_000_000;
const REPORTS = 1_000_000;

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const share = v.nullable(v.pipe(v.number(), v.minValue(0), v.maxValue(1)));

const report = v.object({
  epoch: count,
  loss: v.number(),
  accuracy: share,
  validationLoss: v.nullable(v.number()),
  validationAccuracy: share,
});

const kept = v.object({
  version: v.literal(1),
  key: v.pipe(v.string(), v.maxLength(100_000)),
  at: v.number(),
  running: v.boolean(),
  epoch: count,
  step: count,
  reports: v.pipe(v.array(report), v.minLength(1), v.maxLength(REPORTS)),
  state: v.pipe(v.string(), v.maxLength(STATE_LENGTH)),
});

/** What the database's entry says; null where it is anything else. The state is checked by whoever goes on from it. */
export function keptIn(entry: unknown): Kept | null {
  const result = v.safeParse(kept, entry);
  return result.success ? result.output : null;
}
