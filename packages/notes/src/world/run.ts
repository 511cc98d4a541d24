import { codeOf, evaluateFormula, LEAF, operationOf, takenBranch } from '@backflow/engine';
import type { Operation, Recording } from '@backflow/engine';
import type { Change, Run } from '../run.ts';
import { reverse } from './reverse.ts';
import { traversal } from './traversal.ts';

const WHERE = codeOf('where');

const noChange: Change = {};

/**
 * Evaluates a recording forward and, on demand, backward, with everything that `change` says done otherwise. Without a
 * change it agrees with the engine's `backward`.
 *
 * `leafValues` replaces numbers of leaves; null for the recorded ones. `base`: a run at the same numbers of leaves, whose own fixed
 * values are all among those of `change`; what does not differ from it is taken from it.
 */
export function createRun(
  recording: Recording,
  leafValues: ReadonlyMap<number, number> | null = null,
  change: Change = noChange,
  base: Run | null = null,
): Run {
  const known = base instanceof ChangedRun && !recording.operation.includes(WHERE) ? base : null;
  return new ChangedRun(recording, leafValues, change, known);
}

class ChangedRun implements Run {
  readonly recording: Recording;
  readonly change: Change;
  readonly value: Float64Array;
  private slopes: Float64Array | null = null;
  private liveEdges: Uint8Array | null = null;
  private readonly gradients = new Map<number, Float64Array>();
  private tangents: Map<number, Float64Array> | null = null;
  private readonly base: ChangedRun | null;
  /** Per node: 1 where its number is another than in the base; null where none is. */
  private readonly moved: Uint8Array | null;

  constructor(
    recording: Recording,
    leafValues: ReadonlyMap<number, number> | null,
    change: Change,
    base: ChangedRun | null,
  ) {
    this.recording = recording;
    this.change = change;
    this.base = base;
    this.moved = base === null ? null : movedNodes(recording, base.change.values, change.values);
    this.value =
      base === null
        ? forwardValues(recording, leafValues, change.values)
        : this.moved === null
          ? base.value
          : forwardValues(recording, null, change.values, { value: base.value, moved: this.moved });
  }

  get local(): Float64Array {
    if (this.slopes === null) {
      const { locals, slips, values } = this.change;
      const { base, moved } = this;
      const slopes =
        base === null
          ? localsOf(this.recording, this.value, values)
          : moved !== null
            ? localsOf(this.recording, this.value, values, { local: base.local, moved })
            : slips === undefined && locals === undefined
              ? base.local
              : base.local.slice();
      this.slopes = slopes;
      if (slips !== undefined) {
        // All from what they should be: a slip does not see another slip.
        const slipped = [...slips].map(([edge, slip]) => [edge, slip(this, edge, slopes[edge])] as const);
        for (const [edge, slope] of slipped) slopes[edge] = slope;
      }
      if (locals !== undefined) for (const [edge, slope] of locals) slopes[edge] = slope;
    }
    return this.slopes;
  }

  gradient(of: number): Float64Array {
    let gradient = this.gradients.get(of);
    if (gradient === undefined) {
      const { sweep } = this.change;
      gradient =
        sweep === undefined
          ? reverse(this.recording, of, this.local, this.live, this.change)
          : traversal(sweep, this.recording, of, this.local, this.live);
      this.gradients.set(of, gradient);
    }
    return gradient;
  }

  tangent(by: number): Float64Array {
    this.tangents ??= new Map<number, Float64Array>();
    let tangent = this.tangents.get(by);
    if (tangent === undefined) {
      tangent = forwardTangent(this.recording, by, this.local, this.live);
      this.tangents.set(by, tangent);
    }
    return tangent;
  }

  /** 1 for every edge that passes a gradient on. */
  private get live(): Uint8Array {
    const { base, change } = this;
    this.liveEdges ??=
      base !== null && change.cut === undefined && base.change.cut === undefined
        ? base.live
        : liveEdgesOf(this.recording, this.value, change.cut);
    return this.liveEdges;
  }
}

/** The nodes that other fixed values reach, themselves included; null for none. */
function movedNodes(
  { count, inputStart, inputs }: Recording,
  before: ReadonlyMap<number, number> | undefined,
  fixed: ReadonlyMap<number, number> | undefined,
): Uint8Array | null {
  if (fixed === undefined || fixed === before) return null;
  const moved = new Uint8Array(count);
  let first = count;
  for (const [node, number] of fixed) {
    if (before?.has(node) === true && Object.is(before.get(node), number)) continue;
    moved[node] = 1;
    if (node < first) first = node;
  }
  if (first === count) return null;
  for (let node = first + 1; node < count; node++) {
    if (moved[node] === 1 || before?.has(node) === true) continue;
    for (let edge = inputStart[node]; edge < inputStart[node + 1]; edge++) {
      if (inputs[edge] < 0 || moved[inputs[edge]] === 0) continue;
      moved[node] = 1;
      break;
    }
  }
  return moved;
}

function forwardValues(
  recording: Recording,
  leafValues: ReadonlyMap<number, number> | null,
  fixed: ReadonlyMap<number, number> | undefined,
  base: { readonly value: Float64Array; readonly moved: Uint8Array } | null = null,
): Float64Array {
  const { count, operation, inputStart, inputs, constants } = recording;
  const value = (base?.value ?? recording.value).slice();
  if (leafValues !== null) {
    for (const [node, number] of leafValues) if (operation[node] === LEAF) value[node] = number;
  }
  const pinned = fixed !== undefined && fixed.size > 0 ? fixed : null;
  let branches = false;
  for (let node = 0; node < count; node++) {
    if (base !== null && base.moved[node] === 0) continue;
    const stated = pinned?.get(node);
    if (stated !== undefined) {
      value[node] = stated;
      continue;
    }
    const code = operation[node];
    if (code === LEAF) continue;
    const table = operationOf(recording, node)!;
    const start = inputStart[node];
    const first = inputs[start];
    const a = first >= 0 ? value[first] : constants[~first];
    if (table.arity === 1) value[node] = table.value(a);
    else if (table.arity === 2) {
      const second = inputs[start + 1];
      value[node] = table.value(a, second >= 0 ? value[second] : constants[~second]);
    } else {
      if (code === WHERE) branches = true;
      value[node] = table.value(inputsOf(recording, node, value));
    }
  }
  if (branches) clearSkipped(recording, value, pinned);
  return value;
}

/** The numbers of a node's inputs, in slot order. */
export function inputsOf(recording: Recording, node: number, value: Float64Array): Float64Array {
  const { inputStart, inputs, constants } = recording;
  const start = inputStart[node];
  const numbers = new Float64Array(inputStart[node + 1] - start);
  for (let slot = 0; slot < numbers.length; slot++) {
    const entry = inputs[start + slot];
    numbers[slot] = entry >= 0 ? value[entry] : constants[~entry];
  }
  return numbers;
}

/**
 * What only an untaken branch needs has no value. As in the engine, a node with a name of its own counts as evaluated
 * unless it was recorded as skipped.
 */
function clearSkipped(
  recording: Recording,
  value: Float64Array,
  fixed: ReadonlyMap<number, number> | null,
): void {
  const { count, operation, inputStart, inputs, constants, names, output } = recording;
  const skipped = new Uint8Array(count);
  const used = new Uint8Array(count);
  const needed = new Uint8Array(count);
  for (let node = count - 1; node >= 0; node--) {
    if (operation[node] !== LEAF && node !== output && needed[node] === 0) {
      const inBranch = recording.skipped[node] === 1 || (used[node] === 1 && !names.has(node));
      if (inBranch) skipped[node] = 1;
    }
    const start = inputStart[node];
    let taken = 0;
    if (operation[node] === WHERE) {
      const condition = inputs[start];
      taken = takenBranch(condition >= 0 ? value[condition] : constants[~condition]);
    }
    for (let edge = start; edge < inputStart[node + 1]; edge++) {
      const input = inputs[edge];
      if (input < 0) continue;
      used[input] = 1;
      if (skipped[node] === 0 && (taken === 0 || edge === start || edge - start === taken)) needed[input] = 1;
    }
  }
  for (let node = 0; node < count; node++) {
    if (skipped[node] === 1 && fixed?.has(node) !== true) value[node] = NaN;
  }
}

function localsOf(
  recording: Recording,
  value: Float64Array,
  fixed: ReadonlyMap<number, number> | undefined,
  base: { readonly local: Float64Array; readonly moved: Uint8Array } | null = null,
): Float64Array {
  const { count, inputStart, inputs, constants } = recording;
  const local = base === null ? new Float64Array(inputStart[count]) : base.local.slice();
  for (let node = 0; node < count; node++) {
    const table = operationOf(recording, node);
    if (table === null) continue;
    const start = inputStart[node];
    const end = inputStart[node + 1];
    if (base !== null && !isBeside(node, recording, base.moved)) continue;
    const first = inputs[start];
    const a = first >= 0 ? value[first] : constants[~first];
    const y = value[node];
    if (fixed?.has(node) === true) {
      // σ′ is a(1 − a) to whoever has written down a: the rule as shown, at the stated result.
      const numbers = inputsOf(recording, node, value);
      const computed = partialsAt(table, numbers, y);
      for (let slot = 0; slot < numbers.length; slot++) {
        const slope = evaluateFormula(table.rule(slot, numbers.length), numbers, y);
        local[start + slot] = slope === slope ? slope : computed[slot];
      }
    } else if (table.arity === 1) {
      local[start] = table.partials[0](a, y);
    } else if (table.arity === 2) {
      const second = inputs[start + 1];
      const b = second >= 0 ? value[second] : constants[~second];
      local[start] = table.partials[0](a, b, y);
      local[start + 1] = table.partials[1](a, b, y);
    } else {
      table.partials(inputsOf(recording, node, value), y, local.subarray(start, end));
    }
  }
  return local;
}

/** True where a node or one of its inputs has moved. */
function isBeside(node: number, { inputStart, inputs }: Recording, moved: Uint8Array): boolean {
  if (moved[node] === 1) return true;
  for (let edge = inputStart[node]; edge < inputStart[node + 1]; edge++)
    if (inputs[edge] >= 0 && moved[inputs[edge]] === 1) return true;
  return false;
}

/** The partial derivatives of an operation at its inputs and result, one per slot. */
function partialsAt(table: Operation, numbers: Float64Array, y: number): Float64Array {
  const partials = new Float64Array(numbers.length);
  if (table.arity === 1) partials[0] = table.partials[0](numbers[0], y);
  else if (table.arity === 2) {
    partials[0] = table.partials[0](numbers[0], numbers[1], y);
    partials[1] = table.partials[1](numbers[0], numbers[1], y);
  } else table.partials(numbers, y, partials);
  return partials;
}

function liveEdgesOf(
  recording: Recording,
  value: Float64Array,
  cut: ReadonlySet<number> | undefined,
): Uint8Array {
  const { count, operation, inputStart, inputs, constants } = recording;
  const live = new Uint8Array(inputStart[count]);
  for (let edge = 0; edge < live.length; edge++) live[edge] = inputs[edge] >= 0 ? 1 : 0;
  for (let node = 0; node < count; node++) {
    if (operation[node] !== WHERE) continue;
    const start = inputStart[node];
    const condition = inputs[start];
    const taken = takenBranch(condition >= 0 ? value[condition] : constants[~condition]);
    for (let slot = 0; slot < 3; slot++) if (slot !== taken) live[start + slot] = 0;
  }
  if (cut !== undefined) for (const edge of cut) live[edge] = 0;
  return live;
}

function forwardTangent(
  recording: Recording,
  by: number,
  local: Float64Array,
  live: Uint8Array,
): Float64Array {
  const { count, inputStart, inputs } = recording;
  const tangent = new Float64Array(count);
  const moved = new Uint8Array(count);
  if (!(by >= 0 && by < count)) return tangent;
  tangent[by] = 1;
  moved[by] = 1;
  for (let node = by + 1; node < count; node++) {
    for (let edge = inputStart[node]; edge < inputStart[node + 1]; edge++) {
      if (live[edge] === 0 || moved[inputs[edge]] === 0) continue;
      moved[node] = 1;
      tangent[node] += local[edge] * tangent[inputs[edge]];
    }
  }
  return tangent;
}
