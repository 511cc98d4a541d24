import { CONTRIBUTE } from './events.ts';
import { kindIndex } from './kind-index.ts';
import { lastBefore } from './node-index.ts';
import { backwardStart, checkPosition, gradientState, nodeState } from './state.ts';
import type { Trace } from './trace.ts';

/** The states of a gradient, as codes of `Playhead.gradientState`. */
export const GRADIENT_STATES = ['none', 'partial', 'final', 'zero'] as const;

const NONE = 0;

/**
 * The state of all nodes and edges at one position, in columns: what `nodeState` says, for every node at once. Moving
 * costs time in proportion to the number of events passed over, in either direction. The arrays are reused.
 */
export class Playhead {
  readonly trace: Trace;
  position = 0;
  /** Per node; NaN while it is not known. */
  readonly value: Float64Array;
  readonly valueKnown: Uint8Array;
  /** Per node, the total so far; 0 where nothing has arrived. */
  readonly gradient: Float64Array;
  /** Per node, an index into `GRADIENT_STATES`. */
  readonly gradientState: Uint8Array;
  readonly reported: Int32Array;
  readonly uses: Int32Array;
  /** Per entry of `recording.inputs`, what has flowed back along this use in the current backward pass. */
  readonly contribution: Float64Array;
  readonly flowed: Uint8Array;
  /** Nodes whose gradient is final and not passed on yet, and nodes that have got something, but not everything. */
  readonly ready = new Set<number>();
  readonly waiting = new Set<number>();

  private begun = -1;
  private readonly touched: Uint8Array;

  constructor(trace: Trace) {
    const { count, inputs } = trace.recording;
    this.trace = trace;
    this.value = new Float64Array(count);
    this.valueKnown = new Uint8Array(count);
    this.gradient = new Float64Array(count);
    this.gradientState = new Uint8Array(count);
    this.reported = new Int32Array(count);
    this.uses = trace.uses;
    this.contribution = new Float64Array(inputs.length).fill(NaN);
    this.flowed = new Uint8Array(inputs.length);
    this.touched = new Uint8Array(count);
    for (let node = 0; node < count; node++) this.refreshValue(node);
  }

  /** Goes to a position. Throws PositionError. */
  moveTo(position: number): void {
    checkPosition(this.trace, position);
    const from = Math.min(this.position, position);
    const to = Math.max(this.position, position);
    const forward = position >= this.position;
    this.position = position;
    const begun = backwardStart(this.trace, position);
    if (begun !== this.begun) {
      this.begun = begun;
      this.beginPass();
    }
    const { kind, node } = this.trace;
    const nodes: number[] = [];
    // The latest event of an edge decides, so going back means reading from the end.
    for (let step = 0; step < to - from; step++) {
      const event = forward ? from + step : to - 1 - step;
      if (kind[event] === CONTRIBUTE) this.travel(event, forward);
      else if (this.touched[node[event]] === 0) {
        this.touched[node[event]] = 1;
        nodes.push(node[event]);
      }
    }
    for (const touched of nodes) {
      this.touched[touched] = 0;
      this.refreshValue(touched);
      this.refreshGradient(touched);
    }
  }

  /** Another backward pass: everything that flowed belongs to the one before. */
  private beginPass(): void {
    const { trace, begun, position } = this;
    this.ready.clear();
    this.waiting.clear();
    this.contribution.fill(NaN);
    this.flowed.fill(0);
    this.gradient.fill(0);
    this.reported.fill(0);
    this.gradientState.fill(NONE);
    if (begun < 0) return;
    for (let event = begun; event < position; event++) {
      if (trace.kind[event] === CONTRIBUTE) this.travel(event, true);
    }
    for (let node = 0; node < trace.reached.length; node++) this.refreshGradient(node);
  }

  private travel(event: number, forward: boolean): void {
    const { recording, node, slot, value, visits } = this.trace;
    if (event < this.begun) return;
    const consumer = node[event];
    const entry = recording.inputStart[consumer] + slot[event];
    if (forward) {
      this.contribution[entry] = value[event];
      this.flowed[entry] = 1;
      return;
    }
    // Where a node is visited more than once, an earlier contribution comes back.
    const revisited = visits.start[consumer + 1] - visits.start[consumer] > 1;
    const before = revisited ? lastBefore(kindIndex(this.trace, CONTRIBUTE), entry, event) : -1;
    const flowed = before >= 0 && before >= this.begun;
    this.contribution[entry] = flowed ? value[before] : NaN;
    this.flowed[entry] = flowed ? 1 : 0;
  }

  private refreshValue(node: number): void {
    const { value } = nodeState(this.trace, node, this.position);
    this.value[node] = value.state === 'known' ? value.value : NaN;
    this.valueKnown[node] = value.state === 'known' ? 1 : 0;
  }

  private refreshGradient(node: number): void {
    const state = gradientState(this.trace, node, this.position);
    this.gradientState[node] = GRADIENT_STATES.indexOf(state.state);
    this.gradient[node] = 'total' in state ? state.total : 0;
    this.reported[node] = 'reported' in state ? state.reported : 0;
    const visited = this.begun >= 0 && lastBefore(this.trace.visits, node, this.position) >= this.begun;
    this.ready.delete(node);
    this.waiting.delete(node);
    if (visited) return;
    if (state.state === 'final') this.ready.add(node);
    if (state.state === 'partial') this.waiting.add(node);
  }
}
