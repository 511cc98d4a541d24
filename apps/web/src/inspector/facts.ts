import { backward, evaluate, LEAF, operationOf, type Operation } from '@backflow/engine';
import type { Run } from '../state/run.ts';

const gradients = new WeakMap<Run, Float64Array>();

/** Per shown node, the finished gradient of the output. */
export function finishedGradients(run: Run): Float64Array {
  let gradient = gradients.get(run);
  if (gradient === undefined) gradients.set(run, (gradient = backward(run.shown, { of: run.trace.of })));
  return gradient;
}

/** What happens to the output when one leaf becomes larger by `by`, and what the gradient says would. */
export interface WhatIf {
  readonly by: number;
  readonly really: number;
  readonly promised: number;
}

export function whatIf(run: Run, leaf: number, by: number): WhatIf {
  const { full, origin, shown } = run;
  const changed = evaluate(full, new Map([[origin[leaf], shown.value[leaf] + by]]));
  return {
    by,
    really: changed.value[full.output] - full.value[full.output],
    promised: finishedGradients(run)[leaf] * by,
  };
}

/** How a leaf's gradient compares with those of the others. */
export interface Weight {
  readonly direction: 'up' | 'down' | 'none';
  /** Share of the largest |gradient| of a leaf. */
  readonly amount: 'aLot' | 'some' | 'little';
  /** The leaf to compare with: for a large gradient one that is clearly smaller, for a little one the largest. */
  readonly than: { readonly leaf: number; readonly times: number; readonly is: 'smaller' | 'larger' } | null;
}

/** A comparison beyond this says nothing. */
const MOST_TIMES = 1000;

export function weightOf(run: Run, leaf: number): Weight | null {
  const gradient = finishedGradients(run);
  const size = Math.abs(gradient[leaf]);
  if (!Number.isFinite(gradient[leaf])) return null;
  let largest = 0;
  let least: { leaf: number; times: number } | null = null;
  let largestLeaf = leaf;
  for (let node = 0; node < run.shown.count; node++) {
    if (run.shown.operation[node] !== LEAF) continue;
    const other = Math.abs(gradient[node]);
    if (!Number.isFinite(other)) continue;
    if (other > largest) {
      largest = other;
      largestLeaf = node;
    }
    const times = size / other;
    if (node === leaf || other === 0 || times < 1.5 || times > MOST_TIMES) continue;
    if (least === null || times > least.times) least = { leaf: node, times };
  }
  const amount = size >= largest / 2 ? 'aLot' : size >= largest / 10 ? 'some' : 'little';
  return {
    direction: size === 0 ? 'none' : gradient[leaf] > 0 ? 'down' : 'up',
    amount,
    than:
      amount === 'little'
        ? { leaf: largestLeaf, times: largest / size, is: 'larger' }
        : least === null
          ? null
          : { ...least, is: 'smaller' },
  };
}

/** The curve of an operation of one input, around the point where it is used. */
export interface Curve {
  readonly operation: Operation;
  readonly x: number;
  readonly y: number;
  readonly slope: number;
  readonly from: number;
  readonly to: number;
  readonly low: number;
  readonly high: number;
  /** Unbroken stretches, as x, y, x, y, … */
  readonly pieces: readonly (readonly number[])[];
}

const SAMPLES = 120;
/** Free space beside a curve that ends, as a share of its width. */
const BESIDE = 0.15;

/** The part of [−reach, reach] where the function has values: asin is not lost in the middle of an empty picture. */
function domainWithin(f: (x: number) => number, reach: number): { from: number; to: number } {
  let first = reach;
  let last = -reach;
  for (let i = 0; i <= SAMPLES; i++) {
    const at = reach * ((2 * i) / SAMPLES - 1);
    if (Number.isNaN(f(at))) continue;
    first = Math.min(first, at);
    last = Math.max(last, at);
  }
  if (first >= last) return { from: -reach, to: reach };
  // One sample further: the end of the domain lies between two of them.
  const beside = BESIDE * (last - first) + (2 * reach) / SAMPLES;
  return { from: Math.max(-reach, first - beside), to: Math.min(reach, last + beside) };
}

export function curveOf(run: Run, node: number): Curve | null {
  const operation = operationOf(run.shown, node);
  if (operation === null || operation.arity !== 1 || operation.name === 'neg') return null;
  const input = run.shown.inputs[run.shown.inputStart[node]];
  const x = input < 0 ? run.shown.constants[~input] : run.shown.value[input];
  const y = run.shown.value[node];
  if (!Number.isFinite(x) || !Number.isFinite(y)) return null;
  const reach = Math.max(4, 1.5 * Math.abs(x));
  const { from, to } = domainWithin(operation.value, reach);
  const pieces: number[][] = [];
  let low = Math.min(0, y);
  let high = Math.max(0, y);
  // What lies far above or below the point would press the rest flat.
  const most = Math.max(3, 3 * Math.abs(y));
  let piece: number[] = [];
  for (let i = 0; i <= SAMPLES; i++) {
    const at = from + ((to - from) * i) / SAMPLES;
    const value = operation.value(at);
    const before = piece.length === 0 ? value : piece[piece.length - 1];
    if (!Number.isFinite(value) || Math.abs(value - y) > most || Math.abs(value - before) > most) {
      if (piece.length > 2) pieces.push(piece);
      piece = [];
      continue;
    }
    low = Math.min(low, value);
    high = Math.max(high, value);
    piece.push(at, value);
  }
  if (piece.length > 2) pieces.push(piece);
  const slope = operation.partials[0](x, y);
  return { operation, x, y, slope, from, to, low, high: high === low ? low + 1 : high, pieces };
}
