import { partialsOf } from '@backflow/engine';
import type { Recording } from '@backflow/engine';
import {
  apply,
  expressionOf,
  isShownExactly,
  nameOf,
  numberOf,
  replaceNumbers,
  slopeFormula,
} from '@backflow/print';
import type { Expression, NumberOptions } from '@backflow/print';
import type { Trace } from './trace.ts';
import { usersOf } from './users.ts';
import type { Users } from './users.ts';

/** One way by which a named node stands in the formula of another. */
export interface Use {
  /** The named node in whose formula it stands. */
  readonly consumer: number;
  /** ∂consumer/∂node along this way, as a formula over named nodes. */
  readonly slope: Expression;
  readonly local: number;
}

/** Levels of an unnamed node's formula that are opened. */
const DEPTH = 40;
/** Edges that are looked at in all to find out whether a node has a second way into another. */
const SEARCHED = 20_000_000;

/** Named nodes and how they stand in each other's formulas, over unnamed nodes, each of which is used once. */
export class Lineage {
  private readonly recording: Recording;
  private readonly users: Users;
  private searched = 0;

  /** `recording` is the trace's, with a name for every node that is used more than once. */
  constructor(trace: Trace, recording: Recording) {
    this.recording = recording;
    this.users = usersOf(trace);
  }

  /** In the order in which a reverse sweep adds them; null for more than `most`. */
  usesOf(node: number, most: number): Use[] | null {
    const { start, consumer, slot } = this.users;
    if (start[node + 1] - start[node] > most) return null;
    const uses: Use[] = [];
    for (let use = start[node]; use < start[node + 1]; use++) {
      let slope: Expression = numberOf(1);
      let local = 1;
      for (let at = use; ; at = start[consumer[at]]) {
        const partial = partialsOf(this.recording, consumer[at])[slot[at]];
        slope = product(this.slopeOf(consumer[at], slot[at], partial), slope);
        local *= partial;
        if (!this.recording.names.has(consumer[at])) continue;
        uses.push({ consumer: consumer[at], slope, local });
        break;
      }
    }
    return uses;
  }

  /** True if none of a node's consumers stands behind another: the node has no way into a consumer but its formula then, and
   * ∂consumer/∂node is one number. */
  isDirect(consumers: readonly number[]): boolean {
    if (consumers.length < 2) return true;
    const { inputStart, inputs } = this.recording;
    const first = Math.min(...consumers);
    const last = Math.max(...consumers);
    this.searched += inputStart[last + 1] - inputStart[first];
    if (this.searched > SEARCHED) return false;
    const among = new Set(consumers);
    const behind = new Set([first]);
    for (let at = first + 1; at <= last; at++) {
      for (let entry = inputStart[at]; entry < inputStart[at + 1]; entry++) {
        if (!behind.has(inputs[entry])) continue;
        if (among.has(at)) return false;
        behind.add(at);
      }
      if (among.has(at)) behind.add(at);
    }
    return true;
  }

  private slopeOf(node: number, slot: number, partial: number): Expression {
    const { names } = this.recording;
    const formula = slopeFormula(this.recording, node, slot, (at) => {
      const name = names.get(at);
      return name === undefined ? expressionOf(this.recording, at, DEPTH) : nameOf(name);
    });
    // On its branch, an indicator is a number.
    return hasCases(formula) ? numberOf(partial) : formula;
  }
}

function hasCases(expression: Expression): boolean {
  const parts = [expression];
  for (let part = parts.pop(); part !== undefined; part = parts.pop()) {
    if (part.kind !== 'apply') continue;
    if (part.operation === 'where') return true;
    parts.push(...part.of);
  }
  return false;
}

/** The product with its numbers in front, multiplied, and without factors 1: `−(t − o)` for `1/2·(2·(t − o))·(−1)`. */
export function product(a: Expression, b: Expression): Expression {
  const numbers: NumberExpression[] = [];
  const others: Expression[] = [];
  let sign = 1;
  const open = [b, a];
  for (let factor = open.pop(); factor !== undefined; factor = open.pop()) {
    if (factor.kind === 'apply' && factor.operation === 'mul') open.push(factor.of[1], factor.of[0]);
    else if (factor.kind === 'apply' && factor.operation === 'neg') {
      sign = -sign;
      open.push(factor.of[0]);
    } else if (factor.kind !== 'number') others.push(factor);
    else if (factor.value < 0 && factor.text === undefined) {
      sign = -sign;
      numbers.push({ kind: 'number', value: -factor.value });
    } else numbers.push(factor);
  }
  const value = numbers.reduce((all, factor) => all * factor.value, 1);
  if (value === 0) return numberOf(0);
  const written = numbers.filter((factor) => factor.value !== 1);
  // One constant stays as it was written: 1/2.
  const quoted = written.length === 1 && written[0].text !== undefined;
  if (others.length === 0 && !quoted) return numberOf(sign * value);
  if (quoted || value === 1) {
    const whole = chained(value === 1 ? others : [written[0], ...others]);
    return sign < 0 ? apply('neg', whole) : whole;
  }
  return chained([numberOf(sign * value), ...others]);
}

/** The sum from left to right, with − where a term has one; 0 for none. */
export function writtenSum(terms: readonly Expression[]): Expression {
  const [first = numberOf(0), ...others] = terms;
  return others.reduce((sum, term) => {
    if (term.kind === 'apply' && term.operation === 'neg') return apply('sub', sum, term.of[0]);
    const [leading, ...rest] = factorsOf(term);
    if (leading.kind !== 'number' || leading.text !== undefined || !(leading.value < 0))
      return apply('add', sum, term);
    return apply('sub', sum, chained([numberOf(-leading.value), ...rest]));
  }, first);
}

/** The product as it is, factor by factor, without factors that are the number 1. */
export function writtenProduct(a: Expression, b: Expression): Expression {
  const factors = factorsOf(apply('mul', a, b)).filter(
    (factor) => factor.kind !== 'number' || factor.value !== 1,
  );
  return factors.length === 0 ? numberOf(1) : chained(factors);
}

type NumberExpression = Extract<Expression, { kind: 'number' }>;

const chained = (factors: readonly Expression[]): Expression =>
  factors.reduce((all, factor) => apply('mul', all, factor));

/** From left to right. */
function factorsOf(expression: Expression): Expression[] {
  const factors: Expression[] = [];
  const open = [expression];
  for (let factor = open.pop(); factor !== undefined; factor = open.pop()) {
    if (factor.kind === 'apply' && factor.operation === 'mul') open.push(factor.of[1], factor.of[0]);
    else factors.push(factor);
  }
  return factors;
}

/**
 * The formula with every digit of its constants, so that it is true everywhere: one that would be rounded is written
 * out, with its power of ten as a factor.
 */
export function exactly(formula: Expression, options: NumberOptions): Expression {
  return replaceNumbers(formula, (part) => {
    if (part.text !== undefined || isShownExactly(part.value, options)) return part;
    const [digits, power] = String(part.value).split('e');
    const mantissa = numberOf(Number(digits), digits);
    return power === undefined
      ? mantissa
      : apply('mul', mantissa, apply('pow', numberOf(10), numberOf(Number(power))));
  });
}
