import { backward, LEAF } from '@backflow/engine';
import type { Recording } from '@backflow/engine';
import type { Emit } from './events.ts';
import type { Trace } from './trace.ts';
import { traceOf } from './trace.ts';

export interface ReverseOptions {
  /** The node that is differentiated; by default the recording's output. */
  readonly of?: number;
  /** With a learning rate η, the run ends with one step of gradient descent: w ← w − η·∂output/∂w. */
  readonly learningRate?: number;
  /** The leaves that the step changes; by default all. */
  readonly parameters?: readonly number[];
}

/**
 * The usual run: the forward pass in recording order, then the engine's own backward sweep as it reports itself, then,
 * if asked for, an update of leaves. Nodes that were never evaluated (in the untaken branch of a `where`) have no event.
 */
export function traceReverse(recording: Recording, options: ReverseOptions = {}): Trace {
  const { of = recording.output, learningRate } = options;
  return traceOf(
    recording,
    (emit) => {
      emitForward(recording, emit);
      const gradients = emitSweep(recording, of, emit);
      if (learningRate === undefined) return;
      for (const leaf of options.parameters ?? leavesOf(recording)) {
        emit('update', leaf, -1, recording.value[leaf] - learningRate * gradients[leaf]);
      }
    },
    learningRate === undefined ? { of } : { of, learningRate },
  );
}

/** Emits the forward pass: the value of every node that was evaluated, in recording order. */
export function emitForward(recording: Recording, emit: Emit): void {
  for (let node = 0; node < recording.count; node++) {
    if (recording.operation[node] === LEAF || recording.skipped[node] === 1) continue;
    emit('evaluate', node, -1, recording.value[node]);
  }
}

/** Emits the engine's own backward sweep, and returns its gradients. */
export function emitSweep(recording: Recording, of: number, emit: Emit): Float64Array {
  return backward(recording, {
    of,
    observer: {
      seed: (node, gradient) => emit('seed', node, -1, gradient),
      visit: (node, gradient) => emit('visit', node, -1, gradient),
      contribute: (node, slot, _local, contribution, total) => {
        emit('contribute', node, slot, contribution);
        emit('accumulate', recording.inputs[recording.inputStart[node] + slot], slot, total);
      },
    },
  });
}

function leavesOf({ count, operation }: Recording): number[] {
  return Array.from({ length: count }, (_, node) => node).filter((node) => operation[node] === LEAF);
}
