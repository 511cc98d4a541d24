import { LEAF } from '@backflow/engine';
import type { Messages } from '@backflow/messages';
import {
  formatNumber,
  formatNumberLatex,
  isShownExactly,
  nodeExpression,
  numberOf,
  programOf,
  toLatex,
  toText,
} from '@backflow/print';
import type { Expression, NumberOptions } from '@backflow/print';
import { chainRule } from './chain-rule.ts';
import { EVALUATE, UPDATE, VISIT } from './events.ts';
import { explain, gradientOf } from './explanation.ts';
import type { Trace } from './trace.ts';

export interface DerivationOptions extends NumberOptions {
  /** The program that stands at the beginning; by default one that is written from the recording. */
  readonly program?: string;
  /** Most equations of a section; a network of 13,002 weights is not written out. Default 500. */
  readonly limit?: number;
}

/** Terms of one chain-rule sum that are written out. */
const TERMS = 20;

/**
 * The whole derivation as a document: Markdown with the program in a fence, then one equation per paragraph, in LaTeX,
 * as a chain `name = formula = numbers = result`. Values come first, then the derivatives in the order of the sweep,
 * those of the leaves last. Rounded numbers follow `≈`, so that every member of a chain is true as it is written.
 */
export function derivationMarkdown(
  trace: Trace,
  messages: Messages,
  options: DerivationOptions = {},
): string {
  const { recording, of, kind, node, length } = trace;
  const texts = messages.trace.derivation;
  const output = toText(nodeExpression(recording, of));
  const limit = options.limit ?? 500;
  const latex = (expression: Expression): string =>
    toLatex(expression, { ...options, otherwise: texts.otherwise, member: true });

  const values: string[] = [];
  const gradients: string[] = [];
  const leaves: string[] = [];
  const updates: string[] = [];
  const push = (section: string[], event: number): void => {
    // What is over the limit is only counted.
    section.push(section.length < limit ? equation(event) : '');
  };

  function equation(event: number): string {
    if (kind[event] === VISIT) {
      const rule = chainRule(trace, node[event], length, TERMS);
      const sum = rule.terms.length > 1 ? rule.sum : null;
      return chain(latex(rule.subject), [rule.symbols, rule.names, rule.numbers, sum], trace.value[event]);
    }
    const { subject, withNames, withNumbers, result } = explain(trace, event, options);
    return chain(
      latex(subject),
      [withNames, withNumbers],
      result,
      kind[event] === UPDATE ? '\\leftarrow' : '=',
    );
  }

  function chain(
    subject: string,
    members: readonly (Expression | null)[],
    result: number,
    sign: '=' | '\\leftarrow' = '=',
  ): string {
    let text = subject;
    let last = subject;
    let next: string = sign;
    for (const member of [...members, numberOf(result)]) {
      if (member === null) continue;
      const shown = latex(member);
      if (shown === last) continue;
      text += ` ${isRounded(member, options) && next === '=' ? '\\approx' : next} ${shown}`;
      last = shown;
      next = '=';
    }
    return `$$${text}$$`;
  }

  for (let event = 0; event < length; event++) {
    if (kind[event] === EVALUATE) push(values, event);
    else if (kind[event] === UPDATE) push(updates, event);
    else if (kind[event] === VISIT)
      push(recording.operation[node[event]] === LEAF ? leaves : gradients, event);
  }
  const unreached: string[] = [];
  for (const leaf of recording.names.keys()) {
    if (recording.operation[leaf] === LEAF && trace.reached[leaf] === 0) {
      unreached.push(`$$${latex(gradientOf(trace, leaf))} = ${formatNumberLatex(0)}$$`);
    }
  }

  const rate = formatNumber(trace.learningRate ?? 0, options);
  const section = (title: string, equations: readonly string[], ...before: readonly string[]): string[] => {
    if (equations.length === 0) return [];
    const over = equations.length - limit;
    return [
      `## ${title}`,
      ...before,
      ...equations.slice(0, limit),
      ...(over > 0 ? [texts.omitted({ count: over })] : []),
    ];
  };
  return `${[
    `# ${texts.title({ output })}`,
    `## ${texts.program}`,
    fenced(options.program ?? programOf(recording)),
    ...section(texts.forward, values),
    ...section(texts.backward({ output }), gradients, texts.convention),
    ...section(texts.leaves, leaves),
    ...section(texts.noPath({ output }), unreached),
    ...section(texts.update({ rate }), updates),
  ].join('\n\n')}\n`;
}

/** The program in a fence that is longer than any it contains. */
function fenced(program: string): string {
  const longest = (program.match(/`{3,}/g) ?? []).reduce((most, run) => Math.max(most, run.length), 2);
  const fence = '`'.repeat(longest + 1);
  return `${fence}backflow\n${program.trimEnd()}\n${fence}`;
}

/** True if a number in the expression is shown with fewer digits than it has. */
function isRounded(expression: Expression, options: NumberOptions): boolean {
  const parts = [expression];
  for (let part = parts.pop(); part !== undefined; part = parts.pop()) {
    if (part.kind === 'number' && part.text === undefined && !isShownExactly(part.value, options))
      return true;
    if (part.kind === 'apply') for (const inner of part.of) parts.push(inner);
  }
  return false;
}
