import type { Formula } from '../operations/formula.ts';
import type { OperationName } from '../operations/names.ts';
import { OPERATIONS_BY_CODE } from '../operations/table.ts';
import { codeOf, CODES } from '../operations/names.ts';
import type { Operation } from '../operations/operation.ts';
import { takenBranch } from '../operations/choices.ts';
import { Value } from '../tape/value.ts';
import type { Tape } from '../tape/tape.ts';

/** What a recorded derivative is made of: nodes, and numbers, which need no node. */
export type Term = Value | number;

/** The number of a term. */
export function numberOf(term: Term): number {
  return typeof term === 'number' ? term : term.data;
}

/** The value that the table gives an operation at these numbers. */
function tableValue(operation: Operation, x: readonly number[]): number {
  if (operation.arity === 1) return operation.value(x[0]);
  if (operation.arity === 2) return operation.value(x[0], x[1]);
  return operation.value(x);
}

/**
 * Records derivatives on a tape. What is known without a node gets none: operations on numbers alone are carried out,
 * 1 · x, x / 1 and x¹ are x, and a `where` with a number as its condition is what it takes. Nothing is left out that
 * could change a number: 0 · x stays, as it is NaN where x is infinite.
 */
export class Recorder {
  readonly tape: Tape;
  private memo = new Map<Formula, Term>();

  constructor(tape: Tape) {
    this.tape = tape;
  }

  /** An operation applied to terms; as few nodes as possible. */
  apply(name: OperationName, of: readonly Term[]): Term {
    const [a, b] = of;
    if (name === 'where' && typeof a === 'number') {
      const taken = takenBranch(a);
      return taken === -1 ? NaN : of[taken];
    }
    if (of.every((term) => typeof term === 'number')) {
      return tableValue(OPERATIONS_BY_CODE[codeOf(name)]!, of);
    }
    if (name === 'mul') {
      if (a === 1) return b;
      if (b === 1) return a;
      if (a === -1) return this.apply('neg', [b]);
      if (b === -1) return this.apply('neg', [a]);
    }
    if ((name === 'div' || name === 'pow') && b === 1) return a;
    if (name === 'pow' && b === 0) return 1;
    if (name === 'sub' && b === 0) return a;
    if (name === 'neg' && a instanceof Value && a.op === 'neg') return a.inputs[0];
    return this.tape.applyAll(name, of);
  }

  /** Before the formulas of another node. */
  forget(): void {
    if (this.memo.size > 0) this.memo.clear();
  }

  /**
   * A formula over the inputs and the result of a node. A part that is one object in several formulas for the same node is
   * recorded once. Calls itself as deep as the formula is nested.
   */
  formula(formula: Formula, inputs: readonly Term[], result: Term): Term {
    if (typeof formula === 'number') return formula;
    if (formula === 'result') return result;
    if ('input' in formula) return inputs[formula.input];
    const known = this.memo.get(formula);
    if (known !== undefined) return known;
    const { operation, of } = formula;
    const term =
      operation === 'where'
        ? this.choice(of, inputs, result)
        : this.apply(
            operation,
            of.map((part) => this.formula(part, inputs, result)),
          );
    this.memo.set(formula, term);
    return term;
  }

  /** A `where` whose untaken branch is recorded without being evaluated, as the one of the writer would be. */
  private choice(of: readonly Formula[], inputs: readonly Term[], result: Term): Term {
    const condition = this.formula(of[0], inputs, result);
    const taken = takenBranch(numberOf(condition));
    if (typeof condition === 'number') {
      return taken === -1 ? NaN : this.formula(of[taken], inputs, result);
    }
    const branch = (slot: number): Term => {
      if (slot === taken) return this.formula(of[slot], inputs, result);
      // What is recorded there has no value, and is not to be used elsewhere.
      const { memo } = this;
      this.memo = new Map(memo);
      const term = this.tape.skip(() => this.formula(of[slot], inputs, result));
      this.memo = memo;
      return term;
    };
    return this.apply('where', [condition, branch(1), branch(2)]);
  }

  /** factor · of. */
  product(factor: Term, of: Term): Term {
    if (factor === 1) return of;
    if (of === 1) return factor;
    if (typeof factor !== 'number' && typeof of !== 'number') return this.tape.binary(CODES.mul, factor, of);
    return typeof of === 'number' ? this.apply('mul', [of, factor]) : this.apply('mul', [factor, of]);
  }

  /**
   * Σ factor · of over pairs that stand one after the other, added from left to right as one node: the product itself for
   * one pair; a sum or difference of two; `sum`, `signedSum` or `dot` of more. The number 0 for none.
   */
  total(pairs: readonly Term[]): Term {
    if (pairs.length === 0) return 0;
    if (pairs.length === 2) return this.product(pairs[0], pairs[1]);
    const parts: Term[] = [];
    let units = 0;
    let minus = 0;
    let nodes = 0;
    for (let at = 0; at < pairs.length; at += 2) {
      let factor = pairs[at];
      let of = pairs[at + 1];
      // The sign first, if one of the two is one.
      if (of === 1 || of === -1) [factor, of] = [of, factor];
      if (factor === 1) units++;
      else if (factor === -1) minus++;
      if (typeof factor !== 'number' || typeof of !== 'number') nodes++;
      parts.push(factor, of);
    }
    if (nodes === 0) {
      let total = 0;
      for (let at = 0; at < parts.length; at += 2) total += numberOf(parts[at]) * numberOf(parts[at + 1]);
      return total;
    }
    if (parts.length === 4) return this.sumOfTwo(parts);
    if (units + minus === 0) return this.tape.many(CODES.dot, parts);
    const terms: Term[] = [];
    for (let at = 0; at < parts.length; at += 2) {
      const [factor, of] = [parts[at], parts[at + 1]];
      if (minus === 0) terms.push(this.product(factor, of));
      else if (factor === 1 || factor === -1) terms.push(factor, of);
      else terms.push(1, this.product(factor, of));
    }
    return this.tape.many(minus === 0 ? CODES.sum : CODES.signedSum, terms);
  }

  private sumOfTwo([factor, of, otherFactor, otherOf]: readonly Term[]): Term {
    if (otherFactor === -1) return this.apply('sub', [this.product(factor, of), otherOf]);
    if (factor === -1) return this.apply('sub', [this.product(otherFactor, otherOf), of]);
    return this.apply('add', [this.product(factor, of), this.product(otherFactor, otherOf)]);
  }
}
