import type { Bound } from '../bound.ts';
import type { Run } from '../run.ts';
import { evaluateBound } from '../world/evaluate.ts';

/*
 * How large the terms are from which a number was added up: a sum of 1 and −1 may be 1e-17 and still be zero. Only what
 * rounding can leave over counts, so that a truly small gradient is not taken for zero.
 */

const scales = new WeakMap<Run, { values: Float64Array; gradients: Map<number, Float64Array> }>();

const PERIODIC: ReadonlySet<string> = new Set(['sin', 'cos', 'tan']);

/** The size of the terms of a bound formula's number in a run. */
export function termsOf(bound: Bound, run: Run): number {
  switch (bound.kind) {
    case 'literal':
      return Math.abs(bound.literal.value);
    case 'exact':
      return Math.abs(bound.value);
    case 'value':
      return valueScales(run)[bound.node] ?? 0;
    case 'derivative':
      return bound.order === 1 ? gradientScales(run, bound.of)[bound.by] : 1;
    case 'slope':
      return PERIODIC.has(bound.operation) ? 1 : Math.abs(evaluateBound(bound, run));
    case 'updated':
      return Math.abs(run.value[bound.leaf]);
    case 'apply': {
      const { operation, of } = bound;
      const parts = of.map((part) => termsOf(part, run));
      if (operation === 'mul' || operation === 'prod') return parts.reduce((a, b) => a * b, 1);
      if (operation === 'div') return parts[0] / Math.abs(evaluateBound(of[1], run));
      if (SUMS.has(operation)) return parts.reduce((a, b) => a + b, 0);
      return PERIODIC.has(operation) ? 1 : Math.abs(evaluateBound(bound, run));
    }
  }
}

const SUMS: ReadonlySet<string> = new Set(['add', 'sub', 'neg', 'sum', 'signedSum', 'mean', 'abs']);

function scalesOf(run: Run): { values: Float64Array; gradients: Map<number, Float64Array> } {
  let known = scales.get(run);
  if (known === undefined) scales.set(run, (known = { values: computeValues(run), gradients: new Map() }));
  return known;
}

function valueScales(run: Run): Float64Array {
  return scalesOf(run).values;
}

/** To first order: every node's own size and what its inputs' rounding makes of it. */
function computeValues(run: Run): Float64Array {
  const { recording, value, local } = run;
  const scale = new Float64Array(recording.count);
  for (let node = 0; node < recording.count; node++) {
    let size = Math.abs(value[node]);
    for (let edge = recording.inputStart[node]; edge < recording.inputStart[node + 1]; edge++) {
      const input = recording.inputs[edge];
      if (input >= 0) size = Math.max(size, Math.abs(local[edge]) * scale[input]);
    }
    scale[node] = Number.isFinite(size) ? size : 0;
  }
  return scale;
}

function gradientScales(run: Run, of: number): Float64Array {
  const { gradients, values } = scalesOf(run);
  let scale = gradients.get(of);
  if (scale !== undefined) return scale;
  const { recording, local } = run;
  scale = new Float64Array(recording.count);
  scale[of] = 1;
  for (let node = of; node >= 0; node--) {
    if (scale[node] === 0) continue;
    for (let edge = recording.inputStart[node]; edge < recording.inputStart[node + 1]; edge++) {
      const input = recording.inputs[edge];
      if (input < 0) continue;
      // A slope is as uncertain as the rounding of what it is computed from: 2(a − y) for a close to y.
      const curved = Math.abs(local[edge]) > 0 ? roundingOf(run, node, edge, values) : 1;
      scale[input] += scale[node] * Math.max(Math.abs(local[edge]), curved);
    }
  }
  gradients.set(of, scale);
  return scale;
}

/** How large the terms of a slope are; only where it may have been left over from larger ones. */
function roundingOf(run: Run, node: number, edge: number, values: Float64Array): number {
  const { recording, value } = run;
  const start = recording.inputStart[node];
  let largest = 0;
  for (let other = start; other < recording.inputStart[node + 1]; other++) {
    const input = recording.inputs[other];
    if (input < 0 || Math.abs(value[input]) > 1e-9 * values[input]) continue;
    // The input itself is nothing but rounding.
    largest = Math.max(largest, values[input]);
  }
  if (largest > 0) return largest;
  return Math.abs(run.local[edge]) < 1e-12 && Math.abs(value[node]) > 1e-3 ? 1 : 0;
}
