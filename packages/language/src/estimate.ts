import type { Reporter, Shape } from './diagnostics.ts';
import { planBinary, planCall, planEach, planElement, planList, sizeOf } from './shapes.ts';
import type { CallPlan, Plan, Refusal } from './shapes.ts';
import type { Span } from './span.ts';
import { stepsOf } from './syntax.ts';
import type { Expression, Reference } from './syntax.ts';

/** What is known of a value before anything is computed. */
export interface Facts {
  readonly shape: Shape;
  /** Made of literals only: no node yet. */
  readonly constant: boolean;
}

/**
 * The size of the graph that expressions will make, counted on shapes alone: a matrix of a billion entries
 * costs no more here than one of four. Exact for programs without vectors, else an upper bound.
 */
export class Estimate {
  nodes = 0;
  edges = 0;
  readonly #text: string;
  readonly #reporter: Reporter;

  constructor(text: string, reporter: Reporter) {
    this.#text = text;
    this.#reporter = reporter;
  }

  count(nodes: number, edges: number): void {
    this.nodes += nodes;
    this.edges += edges;
  }

  /** What is known of an expression; null after a problem, which has been reported here or by `lookUp`. */
  appraise(expression: Expression, lookUp: (reference: Reference) => Facts | null): Facts | null {
    const stack: (Facts | null)[] = [];
    for (const step of stepsOf(expression)) {
      if (step.kind !== 'apply') continue;
      const { expression: whole } = step;
      if (whole.kind === 'number' || whole.kind === 'constant') stack.push({ shape: [], constant: true });
      else if (whole.kind === 'missing') stack.push(null);
      else if (whole.kind === 'reference') stack.push(lookUp(whole));
      else {
        const parts = stack.splice(stack.length - partCount(whole));
        // A part with a problem makes a whole without a verdict, so that one slip is one message.
        stack.push(parts.includes(null) ? null : this.#whole(whole, parts as Facts[]));
      }
    }
    return stack[0]!;
  }

  /** Counts the operations of a plan and says what they give. */
  combine(plan: Plan | CallPlan, span: Span, operands: readonly Facts[]): Facts | null {
    if (plan.kind === 'refused') return this.refuse(plan, span);
    const constant = operands.every((operand) => operand.constant);
    const size = sizeOf(plan.shape);
    if (plan.kind === 'product') {
      const nodes = size * (2 * plan.inner - 1);
      this.count(nodes, 2 * nodes);
    } else if (!constant || plan.shape.length > 0) {
      if (plan.kind === 'call') this.count(plan.nodes, plan.edges);
      else this.count(size, size * operands.length);
    }
    return { shape: plan.shape, constant };
  }

  refuse({ code, data }: Refusal, span: Span): null {
    this.#reporter.report(code, span, data);
    return null;
  }

  #whole(whole: Whole, parts: readonly Facts[]): Facts | null {
    const shapes = parts.map((part) => part.shape);
    const first = shapes[0];
    switch (whole.kind) {
      case 'negative':
        return this.combine(planEach('-', shapes), whole, parts);
      case 'bars': {
        if (first.length === 0) return this.combine(planEach('abs', shapes), whole, parts);
        return this.refuse({ kind: 'refused', code: 'bars-of-vector', data: { shape: first } }, whole);
      }
      case 'binary': {
        const texts = [this.#slice(whole.left), this.#slice(whole.right)] as const;
        const grouped =
          groupOf(whole.left, whole.right, shapes) ?? groupOf(whole.right, whole.left, shapes.toReversed());
        if (grouped !== null) {
          const found = this.#slice(grouped);
          const instead = `(${found.slice(1, -1).trim()})`;
          this.#reporter.report('bracket-group', grouped, { found, instead }, instead);
          return null;
        }
        return this.combine(planBinary(whole.operator, first, shapes[1], texts), whole, parts);
      }
      case 'call': {
        const { own } = whole.callee;
        if (own === undefined) return this.combine(planCall(whole.callee, shapes), whole, parts);
        const plan = own.plan(shapes);
        if (plan === null) return null;
        if (plan.kind === 'refused') return this.refuse(plan, whole);
        this.count(plan.nodes, plan.edges);
        return { shape: plan.shape, constant: false };
      }
      case 'list':
      case 'element': {
        const plan = whole.kind === 'list' ? planList(shapes) : planElement(first, whole.indices);
        if (plan.kind === 'refused') return this.refuse(plan, whole);
        return { shape: plan.shape, constant: parts.every((part) => part.constant) };
      }
    }
  }

  #slice({ from, to }: Span): string {
    return this.#text.slice(from, to);
  }
}

/** `[x + 1]` beside a number: a vector of one element that was meant as a group. */
function groupOf(
  list: Expression,
  other: Expression,
  [shape, otherShape]: readonly Shape[],
): Expression | null {
  if (list.kind !== 'list' || shape.length !== 1 || shape[0] !== 1) return null;
  return otherShape.length === 0 || (other.kind === 'list' && otherShape.length === 1 && otherShape[0] === 1)
    ? list
    : null;
}

type Whole = Exclude<Expression, { readonly kind: 'number' | 'constant' | 'missing' | 'reference' }>;

function partCount(whole: Whole): number {
  switch (whole.kind) {
    case 'negative':
    case 'bars':
    case 'element':
      return 1;
    case 'binary':
      return 2;
    case 'call':
      return whole.arguments.length;
    case 'list':
      return whole.items.length;
  }
}
