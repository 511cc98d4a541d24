import { LEAF } from '@backflow/engine';
import type { Recording } from '@backflow/engine';
import type { Messages } from '@backflow/messages';
import {
  apply,
  derivativeOf,
  expressionOf,
  formatNumber,
  isShownExactly,
  nameOf,
  numberOf,
  programNames,
  programOf,
  replaceNames,
  toLatex,
  toText,
} from '@backflow/print';
import type { Expression, NumberOptions } from '@backflow/print';
import { EVALUATE, UPDATE, VISIT } from './events.ts';
import { exactly, Lineage, product, writtenProduct, writtenSum } from './lineage.ts';
import type { Use } from './lineage.ts';
import { lastBefore } from './node-index.ts';
import { traceReverse } from './reverse.ts';
import type { Trace } from './trace.ts';

export interface DerivationOptions extends NumberOptions {
  /**
   * The program that stands at the beginning, where its names can be typeset and told apart; by default, and for
   * names such as `c@1` and `W[0][1]`, one that is written from the recording.
   */
  readonly program?: string;
  /** Most equations of a section; a network of 13,002 weights is not written out. Default 500. */
  readonly limit?: number;
}

/** Terms of one chain-rule sum that are written out; a longer sum is only a number. */
const TERMS = 16;
/** Characters of a formula that is written out. */
const LONGEST = 2000;
/** Levels of a formula that are opened, as many as a line of a program has. */
const DEPTH = 40;

/**
 * The whole derivation as notes that can be checked: Markdown with the program in a fence, then one equation per
 * paragraph, in LaTeX, as a chain `name = formula = numbers = result`. Values come first, then the derivatives in the
 * order of the sweep, those of the leaves last. Every named node has its equations; unnamed ones stand inside them.
 *
 * Every member of a chain is true as it is written: rounded numbers follow `≈`, and a chain-rule sum is written with
 * ∂c/∂n only where n has no other way into c than the formula of c. What is not a finite number is left out. Whatever
 * algorithm ran, the derivation is that of the reverse sweep.
 */
export function derivationMarkdown(
  given: Trace,
  messages: Messages,
  { program, limit = 500, ...numbers }: DerivationOptions = {},
): string {
  const options: NumberOptions = { ...numbers, zeros: 'rounded' };
  const trace = given.algorithm === 'reverse' ? given : traceReverse(given.recording, { of: given.of });
  const { of, kind, node, value, length } = trace;
  const texts = messages.trace.derivation;
  const names = programNames(trace.recording);
  const recording: Recording = { ...trace.recording, names };
  const lineage = new Lineage(trace, recording);
  const output = toText(nameOf(names.get(of) ?? 'out'));
  const latex = (expression: Expression): string =>
    toLatex(expression, { ...options, otherwise: texts.otherwise, member: true });
  const named = (at: number): Expression => nameOf(names.get(at)!);
  const valueOf = new Map(Array.from(names, ([at, name]) => [name, numberOf(recording.value[at])]));
  const numbered = (expression: Expression): Expression =>
    replaceNames(expression, (name) => valueOf.get(name) ?? null);

  const values: string[] = [];
  const gradients: string[] = [];
  const leaves: string[] = [];
  const updates: string[] = [];
  const push = (section: string[], equation: () => string): void => {
    // What is over the limit is only counted.
    section.push(section.length < limit ? equation() : '');
  };

  function valueEquation(at: number): string {
    const formula = exactly(expressionOf(recording, at, DEPTH), options);
    return chain(named(at), [formula, numbered(formula)], recording.value[at]);
  }

  function gradientEquation(at: number, result: number): string {
    const subject = derivativeOf(named(of), named(at));
    const all = at === of ? null : lineage.usesOf(at, TERMS);
    if (all === null) return chain(subject, [], result);
    // What brings nothing anywhere on this branch is not written, unless it is all there is.
    const some = all.filter(({ slope }) => slope.kind !== 'number' || slope.value !== 0);
    const uses = some.length === 0 ? all.slice(0, 1) : some;
    const consumers = [...new Set(uses.map(({ consumer }) => consumer))];
    // The derivative of the output by itself is 1, and no factor.
    const upstream = (consumer: number): Expression =>
      consumer === of ? numberOf(1) : derivativeOf(named(of), named(consumer));
    const slopes = uses.map(({ slope }) => exactly(slope, options));
    const sumOver = (term: (use: Use, index: number) => Expression): Expression => writtenSum(uses.map(term));
    const members = [
      lineage.isDirect(consumers)
        ? writtenSum(consumers.map((user) => product(upstream(user), derivativeOf(named(user), named(at)))))
        : null,
      sumOver(({ consumer }, use) => product(upstream(consumer), slopes[use])),
      sumOver(({ consumer }, use) =>
        consumer === of
          ? numbered(slopes[use])
          : writtenProduct(numberOf(gradientAt(consumer)), numbered(slopes[use])),
      ),
      uses.length > 1 ? sumOver(({ consumer, local }) => numberOf(gradientAt(consumer) * local)) : null,
    ];
    return chain(subject, members, result);
  }

  /** The final gradient of a node that the output depends on. */
  function gradientAt(at: number): number {
    return value[lastBefore(trace.visits, at, length)];
  }

  function updateEquation(at: number, result: number): string {
    const step = (from: Expression, slope: Expression): Expression =>
      apply('sub', from, apply('mul', numberOf(trace.learningRate ?? NaN), slope));
    const gradient = trace.reached[at] === 0 ? 0 : gradientAt(at);
    return chain(
      named(at),
      [
        step(named(at), derivativeOf(named(of), named(at))),
        step(numberOf(recording.value[at]), numberOf(gradient)),
      ],
      result,
      updatedLatex,
    );
  }

  function chain(
    subject: Expression,
    members: readonly (Expression | null)[],
    result: number,
    marked: (subject: string) => string = (text) => text,
  ): string {
    let last = latex(subject);
    const left = marked(last);
    let text = left;
    for (const member of [...members, numberOf(result)]) {
      if (member === null || !isWritable(member)) continue;
      // Numbers that give none: ln(0).
      if (!Number.isFinite(result) && !hasNames(member)) continue;
      const shown = latex(member);
      if (shown === last || shown.length > LONGEST) continue;
      text += ` ${isRounded(member, options) ? '\\approx' : '='} ${shown}`;
      last = shown;
    }
    return text === left ? '' : `$$${text}$$`;
  }

  for (let event = 0; event < length; event++) {
    const at = node[event];
    if (!names.has(at)) continue;
    if (kind[event] === EVALUATE) push(values, () => valueEquation(at));
    else if (kind[event] === UPDATE) push(updates, () => updateEquation(at, value[event]));
    else if (kind[event] === VISIT)
      push(recording.operation[at] === LEAF ? leaves : gradients, () => gradientEquation(at, value[event]));
  }
  const unreached: string[] = [];
  for (const leaf of names.keys()) {
    if (recording.operation[leaf] === LEAF && trace.reached[leaf] === 0) {
      unreached.push(`$$${latex(derivativeOf(named(of), named(leaf)))} = 0$$`);
    }
  }

  const rate = formatNumber(trace.learningRate ?? 0, options);
  const section = (title: string, equations: readonly string[]): string[] => {
    if (equations.length === 0) return [];
    const over = equations.length - limit;
    return [
      `## ${title}`,
      ...equations.slice(0, limit).filter((equation) => equation !== ''),
      ...(over > 0 ? [texts.omitted({ count: over })] : []),
    ];
  };
  const unchanged = [...names].every(([at, name]) => trace.recording.names.get(at) === name);
  return `${[
    `# ${texts.title({ output })}`,
    `## ${texts.program}`,
    fenced(unchanged && program !== undefined ? program : programOf(recording)),
    ...section(texts.forward, values),
    ...section(texts.backward({ output }), gradients),
    ...section(texts.leaves, leaves),
    ...section(texts.noPath({ output }), unreached),
    ...section(texts.update({ rate }), updates),
  ].join('\n\n')}\n`;
}

/** The new value of a name: `w_5^{+}`; where something is raised already, `(w^{(L)})_{new}`. */
function updatedLatex(name: string): string {
  return name.includes('^') ? `\\left(${name}\\right)_{\\mathrm{new}}` : `${name}^{+}`;
}

/** The program in a fence that is longer than any it contains. */
function fenced(program: string): string {
  const longest = (program.match(/`{3,}/g) ?? []).reduce((most, run) => Math.max(most, run.length), 2);
  const fence = '`'.repeat(longest + 1);
  return `${fence}backflow\n${program.trimEnd()}\n${fence}`;
}

/** Every part of an expression, in any order. */
function* partsOf(expression: Expression): Generator<Expression> {
  const parts = [expression];
  for (let part = parts.pop(); part !== undefined; part = parts.pop()) {
    yield part;
    if (part.kind === 'apply') for (const inner of part.of) parts.push(inner);
  }
}

/** True if a number in the expression is shown with fewer digits than it has. */
function isRounded(expression: Expression, options: NumberOptions): boolean {
  for (const part of partsOf(expression)) {
    if (part.kind === 'number' && part.text === undefined && !isShownExactly(part.value, options))
      return true;
  }
  return false;
}

function hasNames(expression: Expression): boolean {
  for (const part of partsOf(expression)) if (part.kind === 'name' || part.kind === 'derivative') return true;
  return false;
}

/** False where something is left out or not finite. */
function isWritable(expression: Expression): boolean {
  for (const part of partsOf(expression)) {
    if (part.kind === 'elided' || (part.kind === 'number' && !Number.isFinite(part.value))) return false;
  }
  return true;
}
