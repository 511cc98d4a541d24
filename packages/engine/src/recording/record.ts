import { OperandError } from '../errors.ts';
import { checkNode } from '../gradient/backward.ts';
import { LEAF } from '../operations/names.ts';
import type { Recording } from './recording.ts';
import { Value } from '../tape/value.ts';

/**
 * What a Value was computed from, as plain data with that Value as output. Other nodes of the tape are left out, so
 * indices are those of the Values only if nothing else is on the tape; `tape.record(output)` keeps everything.
 */
export function record(output: Value): Recording {
  if (!(output instanceof Value)) throw new OperandError('record', output, 'a Value');
  const { tape } = output;
  const whole = tape.recordNode(tape.entryOf(LEAF, output));
  return ancestorsOf(tape.unfold?.(whole, true) ?? whole).recording;
}

/**
 * The part of a recording that a node was computed from, by whatever edge (also those that carry no gradient), and
 * for each of its nodes the node of the whole recording.
 */
export function ancestorsOf(
  whole: Recording,
  of: number = whole.output,
): { readonly recording: Recording; readonly origin: Int32Array } {
  checkNode('ancestorsOf', whole, of);
  const needed = new Uint8Array(of + 1);
  needed[of] = 1;
  let count = 0;
  let inputCount = 0;
  for (let node = of; node >= 0; node--) {
    if (needed[node] === 0) continue;
    count++;
    for (let at = whole.inputStart[node]; at < whole.inputStart[node + 1]; at++) {
      inputCount++;
      if (whole.inputs[at] >= 0) needed[whole.inputs[at]] = 1;
    }
  }

  const origin = new Int32Array(count);
  const place = new Int32Array(of + 1);
  const inputStart = new Int32Array(count + 1);
  const inputs = new Int32Array(inputCount);
  const constants: number[] = [];
  const constantTexts = new Map<number, string>();
  const names = new Map<number, string>();
  let next = 0;
  let nextInput = 0;
  for (let node = 0; node <= of; node++) {
    if (needed[node] === 0) continue;
    for (let at = whole.inputStart[node]; at < whole.inputStart[node + 1]; at++) {
      const entry = whole.inputs[at];
      if (entry < 0) {
        const text = whole.constantTexts.get(~entry);
        if (text !== undefined) constantTexts.set(constants.length, text);
        inputs[nextInput++] = ~(constants.push(whole.constants[~entry]) - 1);
      } else {
        inputs[nextInput++] = place[entry];
      }
    }
    const name = whole.names.get(node);
    if (name !== undefined) names.set(next, name);
    origin[next] = node;
    place[node] = next;
    inputStart[++next] = nextInput;
  }

  const { spans, group } = whole;
  const recording: Recording = {
    count,
    operation: Uint8Array.from(origin, (node) => whole.operation[node]),
    inputStart,
    inputs,
    constants: Float64Array.from(constants),
    constantTexts,
    value: Float64Array.from(origin, (node) => whole.value[node]),
    skipped: Uint8Array.from(origin, (node) => whole.skipped[node]),
    names,
    spans: spans && Int32Array.from({ length: 2 * count }, (_, i) => spans[2 * origin[i >> 1] + (i & 1)]),
    group: group && Int32Array.from(origin, (node) => group[node]),
    groups: whole.groups,
    output: count - 1,
  };
  return { recording, origin };
}
