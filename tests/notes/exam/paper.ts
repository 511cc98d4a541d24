import { backward, LEAF } from '@backflow/engine';
import type { Recording } from '@backflow/engine';
import { nodeName, programNames, programOf } from '@backflow/print';

/** A line of an answer: what it speaks about, and on which lines it rests. */
export interface Line {
  readonly kind: 'value' | 'gradient';
  readonly node: number;
  /** Left side: `net_h1`, `∂L/∂w5`. */
  readonly subject: string;
  /** Indices of earlier lines whose numbers this one is worked out from. */
  readonly from: readonly number[];
}

/** An exercise: a program, and the lines that a full answer has, in an order in which they can be worked out. */
export interface Exercise {
  readonly recording: Recording;
  readonly program: string;
  readonly lines: readonly Line[];
}

/** Values first, then the derivatives of the output in the order of the sweep; named nodes only. */
export function exerciseOf(given: Recording): Exercise {
  const recording: Recording = { ...given, names: programNames(given) };
  const { count, names, operation, output, inputStart, inputs } = recording;
  const gradient = backward(recording);
  const lines: Line[] = [];
  const valueLine = new Map<number, number>();
  const gradientLine = new Map<number, number>();
  /** Named nodes that stand in the formula of a node, and the named nodes in whose formulas it stands. */
  const parts = new Map<number, Set<number>>();
  const users = new Map<number, Set<number>>();
  for (let node = 0; node < count; node++) {
    if (!names.has(node)) continue;
    const found = new Set<number>();
    const open = [...inputs.subarray(inputStart[node], inputStart[node + 1])];
    for (let input = open.pop(); input !== undefined; input = open.pop()) {
      if (input < 0) continue;
      if (names.has(input)) found.add(input);
      else open.push(...inputs.subarray(inputStart[input], inputStart[input + 1]));
    }
    parts.set(node, found);
    for (const part of found) users.set(part, (users.get(part) ?? new Set()).add(node));
  }
  const known = (line: number | undefined): number[] => (line === undefined ? [] : [line]);
  for (const [node, found] of parts) {
    if (operation[node] === LEAF) continue;
    valueLine.set(node, lines.length);
    const from = [...found].flatMap((part) => known(valueLine.get(part)));
    lines.push({ kind: 'value', node, subject: names.get(node)!, from });
  }
  const of = nodeName(recording, output)!;
  for (const node of [...parts.keys()].toReversed()) {
    if (node >= output) continue;
    const consumers = [...(users.get(node) ?? [])].filter((user) => user <= output);
    const reached = consumers.some((user) => user === output || gradientLine.has(user));
    if (!reached || !Number.isFinite(gradient[node])) continue;
    gradientLine.set(node, lines.length);
    const from = consumers.flatMap((user) => [
      ...known(gradientLine.get(user)),
      ...known(valueLine.get(user)),
      ...[...parts.get(user)!].flatMap((part) => known(valueLine.get(part))),
    ]);
    lines.push({ kind: 'gradient', node, subject: `∂${of}/∂${names.get(node)!}`, from: [...new Set(from)] });
  }
  return { recording, program: programOf(given), lines };
}

/** A number as it is printed; `unit` is that of its last digit, 0 for one that is exact. */
export interface Print {
  readonly text: string;
  readonly value: number;
  readonly unit: number;
}

/**
 * A number as a student prints it: an integer whole, anything else to so many significant digits and with a point, so
 * that nothing rounded looks whole; rounded, or cut off as a calculator with a short display does.
 */
export function printed(x: number, digits: number, mode: 'rounded' | 'cut' = 'rounded'): Print {
  // What a calculator of ten digits shows.
  const shown = Number(x.toPrecision(10));
  if (Number.isInteger(shown) && Math.abs(shown) < 1e6) return { text: String(shown), value: shown, unit: 0 };
  const power = Number(shown.toExponential(digits - 1).split('e')[1]);
  const scientific = power < -4 || power > 8;
  const places = scientific ? digits - 1 : Math.max(1, digits - 1 - power);
  const format = (more: number): string =>
    scientific ? shown.toExponential(places + more) : shown.toFixed(places + more);
  const [mantissa, exponent] = format(mode === 'cut' ? 6 : 0).split('e');
  const kept = mode === 'cut' ? mantissa.slice(0, mantissa.indexOf('.') + 1 + places) : mantissa;
  const text = exponent === undefined ? kept : `${kept}e${Number(exponent)}`;
  return { text, value: Number(text), unit: 10 ** (Number(exponent ?? 0) - places) };
}

/** The page a student hands in: the program, and a number for every line. */
export function pageOf({ program, lines }: Exercise, numbers: readonly string[]): string {
  const answers = lines.map(({ subject }, at) => `${subject} = ${numbers[at]}`);
  return `\`\`\`backflow\n${program.trimEnd()}\n\`\`\`\n\n${answers.join('\n')}\n`;
}
