import type { Bound } from '../bound.ts';
import type { Change } from '../run.ts';
import { evaluateBound } from '../world/evaluate.ts';
import { keyOf } from './literals.ts';
import { isNoise } from './numbers.ts';
import { readingsOf } from './readings.ts';
import { hullOf } from './rounding.ts';
import type { Hull } from './rounding.ts';
import { isNumeric } from './setting.ts';
import type { Setting } from './setting.ts';
import { mergeChanges } from './substitution.ts';

/** What the subject may be when any of the notes' own right numbers stand for what they were rounded from. */
export function statedHull({ page, subject, local, at, before }: Setting, truth: number): Hull | null {
  if (page.isExhausted) return null;
  // Also by way of the formulas before it: ∂L/∂a·∂a/∂z from what is said of its factors.
  const plain = page.run(at);
  const ways = [{ bound: subject.bound, local }];
  for (const side of before) {
    if (isNumeric(side)) continue;
    const way = readingsOf(side.bound, subject.bound).find((reading) =>
      isNoise(evaluateBound(reading.bound, plain, reading), truth),
    );
    if (way !== undefined) ways.push(way);
  }
  const key = keyOf(subject.bound);
  const moved: number[] = [];
  const changes: Change[] = [];
  const most = Math.max(8, Math.min(200, Math.floor(1_000_000 / page.world.recording.count)));
  for (let index = page.stated.length - 1; index >= 0 && moved.length < most; index--) {
    const stated = page.stated[index];
    if (!stated.right || stated.change === null || stated.key === key) continue;
    if (!mayMove(subject.bound, stated.bound)) continue;
    const run = page.run(at, stated.change);
    for (const way of ways) moved.push(evaluateBound(way.bound, run, way));
    changes.push(stated.change);
  }
  if (moved.length === 0) return null;
  const hull = hullOf(truth, moved);
  // All at once, as somebody has it who goes on with the numbers on the page.
  const run = page.run(at, mergeChanges(changes.toReversed()));
  const together = ways
    .map((way) => evaluateBound(way.bound, run, way))
    .filter((value) => !Number.isNaN(value));
  return { low: Math.min(hull.low, ...together), high: Math.max(hull.high, ...together) };
}

/** Cheap: whether a stated number may stand on the way to a subject. */
export function mayMove(subject: Bound, stated: Bound): boolean {
  const last =
    subject.kind === 'value' ? subject.node : subject.kind === 'derivative' ? subject.of : Infinity;
  if (stated.kind === 'value') return stated.node <= last;
  if (subject.kind === 'value') return false;
  return stated.kind !== 'derivative' || stated.of <= last;
}
