import type { Bound } from '../bound.ts';
import type { Change, Run } from '../run.ts';
import { evaluateBound } from '../world/evaluate.ts';
import { factorOf } from './conventions.ts';
import { digitsOf } from './exact.ts';
import { keyOf } from './literals.ts';
import { isNoise } from './numbers.ts';
import { readingsOf } from './readings.ts';
import { hullOf, isWithin, literalHull } from './rounding.ts';
import type { Hull } from './rounding.ts';
import { isNumeric } from './setting.ts';
import type { Setting } from './setting.ts';
import { mergeChanges } from './substitution.ts';

/**
 * What the subject may be when the notes' own right numbers stand for what they were rounded from: first all of them, as
 * somebody has it who goes on with the numbers on the page, then any of them.
 */
export function* statedHulls(setting: Setting, truth: number): Iterable<Hull> {
  const { page, subject, local, at, before } = setting;
  if (page.isExhausted) return;
  const key = keyOf(subject.bound);
  const changes: Change[] = [];
  const most = Math.max(8, Math.min(200, Math.floor(1_000_000 / page.world.recording.count)));
  for (let index = page.stated.length - 1; index >= 0 && changes.length < most; index--) {
    const { right, change, key: other, bound } = page.stated[index];
    if (right && change !== null && other !== key && mayMove(subject.bound, bound)) changes.push(change);
  }
  if (changes.length === 0) return;
  // Also by way of the formulas before it: ∂L/∂a·∂a/∂z from what is said of its factors.
  const factor = factorOf(subject.bound, page.convention);
  const plain = page.run(at);
  const ways = [{ bound: subject.bound, local }];
  for (const side of before) {
    if (isNumeric(side)) continue;
    const way = readingsOf(side.bound, subject.bound).find((reading) => {
      const { bound, local: partial } = reading;
      if (isNoise(factor * evaluateBound(bound, plain, reading), truth)) return true;
      if (side.form !== 'mixed') return false;
      return isWithin(literalHull(bound, plain, 'loose', digitsOf(page), partial), truth / factor);
    });
    if (way !== undefined) ways.push(way);
  }
  const valuesIn = (run: Run): number[] => ways.map((way) => factor * evaluateBound(way.bound, run, way));
  const together = valuesIn(page.run(at, mergeChanges(changes.toReversed()))).filter((x) => !Number.isNaN(x));
  yield { low: Math.min(truth, ...together), high: Math.max(truth, ...together) };
  const { low, high } = hullOf(
    truth,
    changes.flatMap((change) => valuesIn(page.run(at, change))),
  );
  yield { low: Math.min(low, ...together), high: Math.max(high, ...together) };
}

/** Cheap: whether a stated number may stand on the way to a subject. */
export function mayMove(subject: Bound, stated: Bound): boolean {
  const last =
    subject.kind === 'value' ? subject.node : subject.kind === 'derivative' ? subject.of : Infinity;
  if (stated.kind === 'value') return stated.node <= last;
  if (subject.kind === 'value') return false;
  return stated.kind !== 'derivative' || stated.of <= last;
}
