import { compile as compilePlan, tapeFromRecording } from '@backflow/engine';
import { compile, type DiagnosticRecord } from '@backflow/language';
import type { Landscape } from '@backflow/nn';

/** What a formula that the reader typed is: a cost over one number or two, or why not. */
export type Formula =
  | {
      readonly kind: 'landscape';
      /** Of the numbers, in the order of the alphabet. */
      readonly names: readonly string[];
      /** The name of the cost. */
      readonly cost: string;
      readonly landscape: Landscape;
    }
  | { readonly kind: 'problem'; readonly problem: DiagnosticRecord }
  /** It has no number that could change, or too many. */
  | { readonly kind: 'names'; readonly names: readonly string[] };

export const MOST_NAMES = 2;
const LIMITS = { textLength: 2000, nodes: 2000 };
/** `C(x, y) =` in front says nothing that the names do not say. */
const HEAD = /^\s*\p{L}\p{N}*\s*\([\p{L}\p{N}_\s,]*\)\s*=(?!=)/u;

/** Reads a formula in the page's own language. Names without a value are the numbers that the cost is a function of. */
export function readFormula(text: string): Formula {
  const program = text.replace(HEAD, '');
  const first = compile(program, { limits: LIMITS });
  const names = new Set<string>();
  for (const { code, data } of first.diagnostics)
    if (code === 'undefined-name') names.add((data as { readonly name: string }).name);
  const other = first.diagnostics.find(
    ({ severity, code }) => severity === 'error' && code !== 'undefined-name',
  );
  if (other !== undefined) return { kind: 'problem', problem: other };
  const sorted = [...names].sort();
  if (sorted.length === 0 || sorted.length > MOST_NAMES) return { kind: 'names', names: sorted };

  const {
    recording,
    names: nodes,
    output,
    diagnostics,
  } = compile(program, {
    limits: LIMITS,
    values: new Map(sorted.map((name) => [name, 1])),
  });
  if (recording === null) {
    return { kind: 'problem', problem: diagnostics.find(({ severity }) => severity === 'error')! };
  }
  const tape = tapeFromRecording(recording);
  const plan = compilePlan(
    tape.at(recording.output),
    sorted.map((name) => tape.at(nodes.get(name)!)),
    { engine: 'javascript' },
  );
  const landscape: Landscape = {
    dimensions: sorted.length,
    value(point) {
      plan.inputs.set(point);
      return plan.evaluate();
    },
    slope(point, slope) {
      plan.inputs.set(point);
      const value = plan.run();
      slope.set(plan.gradient);
      return value;
    },
  };
  return {
    kind: 'landscape',
    names: sorted,
    cost: output === null || output === 'out' ? 'C' : output,
    landscape,
  };
}
