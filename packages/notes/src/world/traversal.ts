import type { Recording } from '@backflow/engine';
import type { Change } from '../run.ts';

/** A wrong order of visits: a node passes its gradient on before all of its uses have reported. */
type Traversal = NonNullable<Change['sweep']>;

/** Visits after which a traversal is given up: recursion meets a node once per path. */
const LONGEST_TRAVERSAL = 100_000;

/**
 * The gradients that a wrong traversal finds; NaN everywhere where it takes too many visits.
 *
 * `premature`: recursion on half-accumulated gradients. A node adds to all of its inputs, then visits each of them, once
 * per use, and each visit passes on everything that was accumulated so far.
 * `preorder`, `breadth-first`: every node once, when it is first met, depth or breadth first.
 * `post-order`: every node once, inputs before users.
 */
export function traversal(
  how: Traversal,
  recording: Recording,
  of: number,
  local: Float64Array,
  live: Uint8Array,
): Float64Array {
  const { count, inputStart, inputs } = recording;
  const gradient = new Float64Array(count);
  if (!(of >= 0 && of < count)) return gradient;
  gradient[of] = 1;
  const passOn = (node: number) => {
    const upstream = gradient[node];
    for (let edge = inputStart[node]; edge < inputStart[node + 1]; edge++) {
      if (live[edge] === 1) gradient[inputs[edge]] += local[edge] * upstream;
    }
  };
  /** The inputs of a node, last slot first, so that a stack gives back the first slot first. */
  const inputsOf = (node: number) => {
    const found: number[] = [];
    for (let edge = inputStart[node + 1] - 1; edge >= inputStart[node]; edge--) {
      if (live[edge] === 1) found.push(inputs[edge]);
    }
    return found;
  };

  if (how === 'premature') {
    const stack = [of];
    for (let visits = 0; stack.length > 0; visits++) {
      if (visits === LONGEST_TRAVERSAL) return gradient.fill(NaN);
      const node = stack.pop()!;
      passOn(node);
      for (const input of inputsOf(node)) stack.push(input);
    }
    return gradient;
  }

  for (const node of how === 'post-order'
    ? postOrder(of, inputsOf, count)
    : firstMet(of, inputsOf, count, how)) {
    passOn(node);
  }
  return gradient;
}

function firstMet(
  of: number,
  inputsOf: (node: number) => number[],
  count: number,
  how: 'preorder' | 'breadth-first',
): number[] {
  const seen = new Uint8Array(count);
  const order: number[] = [];
  const waiting = [of];
  for (let next = 0; waiting.length > next;) {
    const node = how === 'preorder' ? waiting.pop()! : waiting[next++];
    if (seen[node] === 1) continue;
    seen[node] = 1;
    order.push(node);
    const found = inputsOf(node);
    for (const input of how === 'preorder' ? found : found.toReversed()) waiting.push(input);
  }
  return order;
}

function postOrder(of: number, inputsOf: (node: number) => number[], count: number): number[] {
  const state = new Uint8Array(count);
  const order: number[] = [];
  const stack = [of];
  while (stack.length > 0) {
    const node = stack[stack.length - 1];
    if (state[node] === 0) {
      state[node] = 1;
      for (const input of inputsOf(node)) if (state[input] === 0) stack.push(input);
    } else {
      stack.pop();
      if (state[node] === 1) order.push(node);
      state[node] = 2;
    }
  }
  return order;
}
