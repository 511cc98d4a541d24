import type { Messages } from '@backflow/messages';
import { evaluate, LEAF } from '@backflow/engine';
import { formatNumber, nodeExpression, numberOf, toText } from '@backflow/print';
import type { Expression, NumberOptions } from '@backflow/print';
import { explain, gradientOf } from './explanation.ts';
import type { Explanation } from './explanation.ts';
import { stepTo } from './positions.ts';
import type { Granularity } from './positions.ts';
import { gradientState, updatedValue } from './state.ts';
import type { Trace } from './trace.ts';

/** One sentence about a step: what happens and why. */
export function sentence(explanation: Explanation, messages: Messages, options: NumberOptions = {}): string {
  return explanation.told?.(messages, options) ?? plainSentence(explanation, messages, options);
}

/** The sentence as of a reverse sweep. */
export function plainSentence(
  explanation: Explanation,
  messages: Messages,
  options: NumberOptions = {},
): string {
  const text = (expression: Expression): string => toText(expression, options);
  const { trace } = messages;
  const name = text(explanation.name);
  switch (explanation.kind) {
    case 'evaluate':
      return trace.evaluate({ equation: equation(explanation, options) });
    case 'reuse':
      return `${equation(explanation, options)}.`;
    case 'seed':
      return trace.seed({ equation: equation(explanation, options), output: name });
    case 'visit':
    case 'recompute':
      return visitSentence(explanation, messages, options);
    case 'contribute': {
      const { slope, slopeForms, local, inputName, use, usesThere } = explanation;
      return trace.contribute({
        input: text(inputName),
        consumer: usesThere > 1 ? trace.useOf({ consumer: name, use, uses: usesThere }) : name,
        equation: chain(
          [explanation.subject, explanation.withNumbers, numberOf(explanation.result)],
          options,
        ),
        slope: chain([slope, slopeForms.names, numberOf(local)], options),
      });
    }
    case 'accumulate': {
      const { reported, uses } = explanation;
      const shown = equation(explanation, options);
      return reported === 1 && uses === 1
        ? trace.accumulateOnly({ equation: shown })
        : trace.accumulate({ equation: shown, reported, uses });
    }
    case 'update':
  }
  const { withNames, withNumbers, result, learningRate } = explanation;
  return trace.update({
    name,
    equation: chain([withNames, withNumbers, numberOf(result)], options),
    rate: formatNumber(learningRate, options),
  });
}

/** What else deserves saying about a step, one sentence each; often nothing. */
export function remarkSentences(
  explanation: Explanation,
  messages: Messages,
  options: NumberOptions = {},
): string[] {
  const number = (value: number): string => formatNumber(value, options);
  const { trace } = messages;
  return explanation.remarks.map((remark) => {
    switch (remark.kind) {
      case 'kink': {
        const { chosen, admissible } = remark;
        return admissible === null
          ? trace.jump({ chosen: number(chosen) })
          : trace.kink({ chosen: number(chosen), low: number(admissible[0]), high: number(admissible[1]) });
      }
      case 'flat':
      case 'opaque':
        return trace[remark.kind];
      case 'born':
        return trace.born[remark.of]({ value: number(remark.value) });
      case 'stable': {
        const local = explanation.kind === 'contribute' ? explanation.local : explanation.result;
        return trace.stable({ shown: number(remark.shown), local: number(local) });
      }
      case 'untaken':
    }
    return trace.untaken({ input: toText(remark.input, options) });
  });
}

/** The three lines of a step: with names, with numbers, the result; lines that would repeat the one before are left out. */
export function lines(explanation: Explanation, options: NumberOptions = {}): string[] {
  const { subject, withNames, withNumbers, result } = explanation;
  const [first, ...rest] = distinct([withNames, withNumbers, numberOf(result)], options);
  const sign = explanation.kind === 'update' ? '←' : '=';
  return [
    `${toText(subject, { ...options, member: true })} ${sign} ${first}`,
    ...rest.map((line) => `= ${line}`),
  ];
}

/**
 * The caption of a position: a sentence about the step that leads to it, and what else deserves saying. A step over a
 * node is told by its visit, a step over a pass by its outcome.
 */
export function caption(
  trace: Trace,
  position: number,
  granularity: Granularity,
  messages: Messages,
  options: NumberOptions = {},
): string {
  const step = stepTo(trace, position, granularity);
  if (step === null) return messages.trace.start;
  if (granularity === 'pass' && trace.passes.some(({ to }) => to === position)) {
    return passSummary(trace, position, messages, options);
  }
  const sentences = [sentence(explain(trace, step.headline, options), messages, options)];
  const first = granularity === 'pass' ? step.headline : step.from;
  const told = Array.from({ length: Math.min(step.to - first, TOLD_EVENTS) }, (_, event) =>
    explain(trace, first + event, options),
  );
  const passed = told.filter((explanation) => explanation.kind === 'contribute');
  const parts = passed
    .filter(({ node }) => node === trace.node[step.from])
    .slice(0, LISTED)
    .map(({ result, inputName }) => ({
      amount: formatNumber(result, options),
      to: toText(inputName, options),
    }));
  // A step over a node is its visit and two events for every input.
  const more = ((step.to - first - 1) >> 1) - parts.length;
  if (granularity === 'node' && step.headline === step.from) {
    if (parts.length > 0) sentences.push(messages.trace.passed({ parts, more }));
    // A path that has ended is followed by an edge of the next one.
    else sentences.push(...passed.map((explanation) => sentence(explanation, messages, options)));
  }
  const remarks = told.flatMap((explanation) => remarkSentences(explanation, messages, options));
  return [...sentences, ...new Set(remarks)].join(' ');
}

/** Events of one step that are looked at for its caption. */
const TOLD_EVENTS = 12;
/** Inputs of a node, or leaves at the end of a backward pass, that are listed with their numbers. */
const LISTED = 4;

/** What the pass that ends at a position has brought; the text of the start where none does. */
export function passSummary(
  trace: Trace,
  position: number,
  messages: Messages,
  options: NumberOptions = {},
): string {
  const pass = trace.passes.find(({ to }) => to === position);
  if (pass === undefined) return messages.trace.start;
  const { recording, of } = trace;
  const output = toText(nodeExpression(recording, of), options);
  const count = pass.to - pass.from;
  const number = (value: number): string => formatNumber(value, options);
  if (pass.kind === 'forward') {
    const shown = `${output} = ${number(recording.value[of])}`;
    return messages.trace.forwardDone({ count, equation: shown });
  }
  if (pass.kind === 'backward') {
    const told = trace.account?.summary(trace, pass, messages, options);
    if (told !== undefined) return told;
    const leaves = namedLeaves(trace);
    const shown = leaves.slice(0, LISTED).map((leaf) => {
      const state = gradientState(trace, leaf, position);
      return chain([gradientOf(trace, leaf), numberOf('total' in state ? state.total : 0)], options);
    });
    return messages.trace.backwardDone({ leaves: shown, more: leaves.length - shown.length });
  }
  const changes = new Map<number, number>();
  for (let event = pass.from; event < pass.to; event++) {
    changes.set(trace.node[event], updatedValue(trace, trace.node[event]));
  }
  const after = evaluate(recording, changes).value[of];
  return messages.trace.updateDone({
    count: changes.size,
    output,
    before: number(recording.value[of]),
    after: number(after),
  });
}

/** The named leaves that the output depends on, ascending. */
export function namedLeaves({ recording, reached }: Trace): number[] {
  const leaves: number[] = [];
  for (const node of recording.names.keys()) {
    if (recording.operation[node] === LEAF && reached[node] === 1) leaves.push(node);
  }
  return leaves.sort((a, b) => a - b);
}

function visitSentence(
  explanation: Extract<Explanation, { kind: 'visit' | 'recompute' }>,
  { trace }: Messages,
  options: NumberOptions,
): string {
  const { reported, uses, next, waiting, waitingCount, isOutput, subject, withNumbers, result } = explanation;
  const text = (expression: Expression): string => toText(expression, options);
  const shown = chain([subject, withNumbers, numberOf(result)], options);
  let ending = next === null ? trace.lastVisit : trace.nextVisit({ next: text(next) });
  if (waiting.length > 0 && waiting[0].waitsFor.length > 0) {
    const [first] = waiting;
    ending += trace.waiting({
      name: text(first.name),
      waitsFor: [...new Set(first.waitsFor.map(text))],
      more: waitingCount - 1,
    });
  }
  if (isOutput && uses === 0) return trace.visitOutput({ equation: shown, ending });
  return reported < uses
    ? trace.visitEarly({ equation: shown, reported, uses, ending })
    : trace.visit({ equation: shown, reported, uses, ending });
}

/** `d = a·b = 2·3 = 6`. */
function equation({ subject, withNames, withNumbers, result }: Explanation, options: NumberOptions): string {
  return chain([subject, withNames, withNumbers, numberOf(result)], options);
}

/** `a = b = c`, without members that repeat the one before. */
export function chain(members: readonly (Expression | null)[], options: NumberOptions): string {
  return distinct(members, options).join(' = ');
}

function distinct(members: readonly (Expression | null)[], options: NumberOptions): string[] {
  return members
    .filter((member) => member !== null)
    .map((member) => toText(member, { ...options, member: true }))
    .filter((text, index, texts) => text !== texts[index - 1]);
}
