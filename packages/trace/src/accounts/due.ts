import { backward } from '@backflow/engine';
import { numberOf } from '@backflow/print';
import type { Expression } from '@backflow/print';
import type { Explanation } from '../explanation.ts';
import type { Trace } from '../trace.ts';
import { endsOf, telling } from './telling.ts';
import type { Telling } from './telling.ts';

const known = new WeakMap<Trace, Float64Array>();

/** The gradient of every node as the engine has it; computed once per trace. */
export function truthOf(trace: Trace): Float64Array {
  let truth = known.get(trace);
  if (truth === undefined) known.set(trace, (truth = backward(trace.recording, { of: trace.of })));
  return truth;
}

/** What is due in place of a number that is found; null where a reader sees the same digits. */
export function dueFor(found: number, due: number, { number }: Telling): string | null {
  const shown = number(due);
  return shown === number(found) ? null : shown;
}

/** A contribution of an algorithm that passes on gradients that are not final: what is due is said. */
export function tellEdge<E extends Extract<Explanation, { kind: 'contribute' }>>(trace: Trace, plain: E): E {
  const due = truthOf(trace)[plain.node];
  return telling(plain, (tell) => {
    if (dueFor(plain.upstream, due, tell) === null) return tell.plain(plain);
    const [input, consumer] = endsOf(plain, tell);
    return tell.words.wrongEdge(
      input,
      consumer,
      tell.chain(plain.withNumbers, numberOf(plain.result)),
      slopeText(plain, tell),
      tell.number(due * plain.local),
    );
  });
}

/** `∂u/∂x = x = 3`. */
export function slopeText(
  { slope, slopeForms, local }: Extract<Explanation, { kind: 'contribute' }>,
  { chain }: Telling,
): string {
  const members: (Expression | null)[] = [slope, slopeForms.names, numberOf(local)];
  return chain(...members);
}
