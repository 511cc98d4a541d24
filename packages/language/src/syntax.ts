import type { OperationName } from '@backflow/engine';
import type { LanguageFunction } from './functions.ts';
import type { Span } from './span.ts';

/** Operations written between two operands. `hadamard` is ⊙, the product element by element. */
export type BinaryOperator =
  | Extract<OperationName, 'add' | 'sub' | 'mul' | 'div' | 'pow'>
  | Extract<OperationName, 'greater' | 'less' | 'greaterEqual' | 'lessEqual' | 'equal' | 'notEqual'>
  | 'hadamard';

/** A formula as written. Parentheses are not kept; they belong to the span of what they enclose. */
export type Expression = Span &
  (
    | { readonly kind: 'number'; readonly value: number }
    /** A number with a name: e, π. */
    | { readonly kind: 'constant'; readonly name: string; readonly value: number }
    | Reference
    | { readonly kind: 'negative'; readonly operand: Expression }
    /** |x| */
    | { readonly kind: 'bars'; readonly operand: Expression }
    | {
        readonly kind: 'binary';
        readonly operator: BinaryOperator;
        readonly left: Expression;
        readonly right: Expression;
      }
    | { readonly kind: 'call'; readonly callee: LanguageFunction; readonly arguments: readonly Expression[] }
    | { readonly kind: 'list'; readonly items: readonly Expression[] }
    | { readonly kind: 'element'; readonly of: Expression; readonly indices: readonly number[] }
    /** Stands where a problem has been reported, so that the rest can be read on. */
    | { readonly kind: 'missing' }
  );

/** A defined name: `key` says which one (see names.ts), `version` which of its definitions, null for the latest. */
export type Reference = Span & {
  readonly kind: 'reference';
  readonly key: string;
  readonly spelling: string;
  readonly version: number | null;
};

/** What a definition names. */
export interface Definee extends Span {
  readonly key: string;
  readonly spelling: string;
}

export type Statement = Span &
  (
    | {
        readonly kind: 'definition';
        readonly name: Definee;
        /** For `c += …` the operator that joins the earlier c and the value; null for `=`. */
        readonly update: BinaryOperator | null;
        readonly value: Expression;
      }
    /** A formula without a name: the output, `out`. */
    | { readonly kind: 'formula'; readonly value: Expression }
    /** What an extension records, in the place of its first line. */
    | { readonly kind: 'extension' }
    /** `output e`: a name or an element. */
    | { readonly kind: 'output'; readonly of: Expression }
  );

/** True for what stands for a node that has a name already: a name, or an element of one. */
export function namesNode(value: Expression): boolean {
  return value.kind === 'reference' || (value.kind === 'element' && value.of.kind === 'reference');
}

/** The direct parts of an expression, left to right. */
function partsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'negative':
    case 'bars':
      return [expression.operand];
    case 'binary':
      return [expression.left, expression.right];
    case 'call':
      return expression.arguments;
    case 'list':
      return expression.items;
    case 'element':
      return [expression.of];
    case 'number':
    case 'constant':
    case 'reference':
    case 'missing':
      return [];
  }
}

/** One step in evaluating an expression: an expression whose parts are done, or the beginning of a branch. */
export type Step =
  | { readonly kind: 'apply'; readonly expression: Expression }
  /** The steps up to `end` belong to the branch of a `where` that is taken if `holds` is what the condition says. */
  | { readonly kind: 'branch'; readonly holds: boolean; end: number };

/** The expression as a list in the order of evaluation, parts before wholes. Iterative: any depth will do. */
export function stepsOf(expression: Expression): Step[] {
  const steps: Step[] = [];
  type Work =
    | { readonly expression: Expression; readonly done: boolean }
    | { readonly branch: Step & { kind: 'branch' } };
  const work: Work[] = [{ expression, done: false }];
  for (let item = work.pop(); item !== undefined; item = work.pop()) {
    if ('branch' in item) {
      if (item.branch.end < 0) {
        item.branch.end = 0;
        steps.push(item.branch);
      } else item.branch.end = steps.length;
      continue;
    }
    const { expression: current, done } = item;
    const parts = done ? [] : partsOf(current);
    if (parts.length === 0) {
      steps.push({ kind: 'apply', expression: current });
      continue;
    }
    work.push({ expression: current, done: true });
    const chooses = current.kind === 'call' && current.callee.takes === 'where' && parts.length === 3;
    for (let slot = parts.length - 1; slot >= 0; slot--) {
      const part = { expression: parts[slot], done: false };
      if (chooses && slot > 0) {
        const branch: Step & { kind: 'branch' } = { kind: 'branch', holds: slot === 1, end: -1 };
        work.push({ branch }, part, { branch });
      } else work.push(part);
    }
  }
  return steps;
}
