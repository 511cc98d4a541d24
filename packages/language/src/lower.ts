import { BareTape, OPERATIONS, takenBranch } from '@backflow/engine';
import type { OperationName, Recording } from '@backflow/engine';
import { nodeKey } from './check.ts';
import type { CheckedProgram } from './check.ts';
import type { Shape } from './diagnostics.ts';
import type { ExtensionReading } from './extension.ts';
import { FRACTIONS } from './characters.ts';
import type { LanguageFunction } from './functions.ts';
import { canonicalName, referenceKey } from './names.ts';
import type { Scope } from './scope.ts';
import { planBinary, planCall, planElement, planList, sizeOf } from './shapes.ts';
import type { Span } from './span.ts';
import { namesNode, stepsOf } from './syntax.ts';
import type { BinaryOperator, Definee, Expression, Statement, Step } from './syntax.ts';

/** A literal, or what literals give: no node until it is given a name. */
interface Literal {
  readonly value: number;
  /** How it was written, where that is more than its number. */
  readonly text: string | null;
  /** Where it stands; null for an element that has no place of its own. */
  readonly span: Span | null;
}

/** What has a node on the tape. */
class Node {
  readonly index: number;
  constructor(index: number) {
    this.index = index;
  }
}

type Item = Node | Literal;

/** A number, vector or matrix of items, row by row. */
interface Tensor {
  readonly shape: Shape;
  readonly items: readonly Item[];
}

export interface Lowered {
  readonly recording: Recording;
  /** Every name and the node it stands for; two names may stand for one node (`y = x`). */
  readonly names: ReadonlyMap<string, number>;
  /** Further names, which are understood but not listed. */
  readonly otherNames: ReadonlyMap<string, number>;
  /** The name of the output. */
  readonly output: string;
}

/** Texts longer than this are not kept with a constant. */
const LONGEST_CONSTANT = 60;

/** Records a program that has been checked. */
export function lowerProgram(
  statements: readonly Statement[],
  program: CheckedProgram,
  {
    text,
    scope,
    extension,
  }: { readonly text: string; readonly scope: Scope; readonly extension?: ExtensionReading | undefined },
): Lowered {
  return new Lowering(program, text, scope, extension).run(statements);
}

class Lowering {
  readonly #tape = new BareTape();
  readonly #program: CheckedProgram;
  readonly #text: string;
  readonly #scope: Scope;
  readonly #extension: ExtensionReading | undefined;
  readonly #versions = new Map<string, Tensor[]>();
  /** Nodes and their names by the key of the name. */
  readonly #byKey = new Map<string, { readonly node: Node; readonly name: string }>();
  readonly #names = new Map<string, number>();

  constructor(program: CheckedProgram, text: string, scope: Scope, extension?: ExtensionReading) {
    this.#program = program;
    this.#text = text;
    this.#scope = scope;
    this.#extension = extension;
  }

  run(statements: readonly Statement[]): Lowered {
    const { given, output } = this.#program;
    for (const key of given)
      this.#define(key, { shape: [], items: [{ value: NaN, text: null, span: null }] });
    for (const statement of statements) {
      if (statement.kind === 'definition') this.#define(statement.name.key, this.#defined(statement));
      else if (statement.kind === 'formula') this.#formula(statement.value);
      else if (statement.kind === 'extension') this.#extend();
      for (const [name, node] of this.#extension?.named() ?? [])
        this.#define(canonicalName(name)!, { shape: [], items: [new Node(node)] });
    }
    const { node, name } = this.#byKey.get(output!)!;
    const names = this.#names;
    const otherNames = new Map<string, number>();
    for (const other of this.#extension?.unlisted ?? []) {
      const of = names.get(other);
      if (of !== undefined && names.delete(other)) otherNames.set(other, of);
    }
    return { recording: this.#tape.recordNode(node.index), names, otherNames, output: name };
  }

  #extend(): void {
    const { values, versions } = this.#program;
    this.#tape.clearSpan();
    this.#extension!.record(this.#tape, (name) => {
      if (values.size === 0) return undefined;
      const key = canonicalName(name)!;
      return values.get(nodeKey(key, 1, versions.get(key) ?? 1));
    });
  }

  #defined({ name, update, value, from, to }: Statement & { readonly kind: 'definition' }): Tensor {
    const result = this.#evaluate(value);
    if (update === null) return result;
    this.#tape.setSpan(from, to);
    return this.#binary(update, this.#latest(name), result, { from, to });
  }

  #latest({ key }: Definee): Tensor {
    return this.#versions.get(key)!.at(-1)!;
  }

  /** A formula without a name is called `out`, unless it is only the name of a node. */
  #formula(value: Expression): void {
    const result = this.#evaluate(value);
    if (!namesNode(value)) this.#define('out', result);
  }

  /** Gives the elements of a tensor their names; literals become leaves. */
  #define(key: string, { shape, items }: Tensor): void {
    const versions = this.#versions.get(key) ?? [];
    this.#versions.set(key, versions);
    const number = versions.length + 1;
    const count = this.#program.versions.get(key) ?? number;
    const nodeName = nodeKey(this.#scope.spellingOf(key), number, count);
    const nodes = items.map((item, i) => {
      const indices = indicesOf(i, shape);
      const name = referenceKey(nodeName, null, indices);
      const itemKey = referenceKey(nodeKey(key, number, count), null, indices);
      const node = item instanceof Node ? item : this.#leaf(item, this.#program.values.get(itemKey));
      const present = this.#tape.names.get(node.index);
      // An extension gives its nodes plain names, whatever else in the program is called so.
      if (present === undefined || present === this.#scope.spellingOf(key))
        this.#tape.setName(node.index, name);
      this.#names.set(name, node.index);
      this.#byKey.set(itemKey, { node, name });
      return node;
    });
    versions.push({ shape, items: nodes });
  }

  #leaf({ value, span }: Literal, given: number | undefined): Node {
    if (span === null) this.#tape.clearSpan();
    else this.#tape.setSpan(span.from, span.to);
    return new Node(this.#tape.pushLeaf(given ?? value));
  }

  // Expressions

  #evaluate(expression: Expression): Tensor {
    const stack: Tensor[] = [];
    const steps = stepsOf(expression);
    this.#run(steps, 0, steps.length, stack);
    const [result] = stack;
    // A right side of literals only is one number in the text, which can be rewritten as a whole.
    if (result.shape.length === 0 && !(result.items[0] instanceof Node)) {
      return {
        shape: [],
        items: [{ ...result.items[0], span: { from: expression.from, to: expression.to } }],
      };
    }
    return result;
  }

  /** Calls itself once for each untaken branch inside another, and the parser limits that nesting. */
  #run(steps: readonly Step[], from: number, to: number, stack: Tensor[]): void {
    for (let i = from; i < to; i++) {
      const step = steps[i];
      if (step.kind === 'apply') this.#apply(step.expression, stack, chosenElement(step, steps[i + 1]));
      else {
        const condition = stack.at(step.holds ? -1 : -2)!.items[0];
        const taken = takenBranch(
          condition instanceof Node ? this.#tape.numberOf(condition.index) : condition.value,
        );
        if (taken === (step.holds ? 1 : 2)) continue;
        this.#tape.skip(() => this.#run(steps, i + 1, step.end, stack));
        i = step.end - 1;
      }
    }
  }

  /** `chosen`: the only element of the result that is used, null if all may be. */
  #apply(expression: Expression, stack: Tensor[], chosen: number | null): void {
    const { from, to } = expression;
    this.#tape.setSpan(from, to);
    switch (expression.kind) {
      case 'number': {
        const written = this.#text.slice(from, to);
        const text = FRACTIONS.has(written) ? written : null;
        stack.push({ shape: [], items: [{ value: expression.value, text, span: { from, to } }] });
        return;
      }
      case 'constant':
        stack.push({
          shape: [],
          items: [{ value: expression.value, text: expression.name, span: { from, to } }],
        });
        return;
      case 'reference': {
        const versions = this.#versions.get(expression.key)!;
        stack.push(versions[(expression.version ?? versions.length) - 1]);
        return;
      }
      case 'negative':
        stack.push(this.#negative(stack.pop()!, expression));
        return;
      case 'bars':
        stack.push(this.#each('abs', [], [stack.pop()!], expression));
        return;
      case 'binary': {
        const [left, right] = stack.splice(-2) as [Tensor, Tensor];
        stack.push(this.#binary(expression.operator, left, right, expression));
        return;
      }
      case 'call':
        stack.push(
          this.#call(expression.callee, stack.splice(-expression.arguments.length), expression, chosen),
        );
        return;
      case 'list': {
        const parts = stack.splice(-expression.items.length);
        const { shape } = planned(planList(parts.map((part) => part.shape)));
        stack.push({ shape, items: parts.flatMap((part) => part.items) });
        return;
      }
      case 'element': {
        const whole = stack.pop()!;
        const { shape } = planned(planElement(whole.shape, expression.indices));
        const size = sizeOf(shape);
        let first = 0;
        for (const [axis, index] of expression.indices.entries()) {
          first += index * sizeOf(whole.shape.slice(axis + 1));
        }
        stack.push({ shape, items: whole.items.slice(first, first + size) });
        return;
      }
      case 'missing':
        throw new Error('A program with a problem is not recorded.');
    }
  }

  #negative(operand: Tensor, span: Span): Tensor {
    const [item] = operand.items;
    if (operand.shape.length === 0 && item !== undefined && !(item instanceof Node) && item.text === null) {
      return {
        shape: [],
        items: [{ value: -item.value, text: null, span: { from: span.from, to: span.to } }],
      };
    }
    const items = operand.items.map((each) =>
      each instanceof Node || operand.shape.length === 0
        ? this.#operation('neg', [each], operand.shape.length === 0 ? span : null)
        : { value: -each.value, text: null, span: null },
    );
    return { shape: operand.shape, items };
  }

  #binary(operator: BinaryOperator, left: Tensor, right: Tensor, span: Span): Tensor {
    const plan = planned(planBinary(operator, left.shape, right.shape, ['', '']));
    const name = operator === 'hadamard' ? 'mul' : operator;
    if (plan.kind === 'each') return this.#each(name, plan.shape, [left, right], span);
    const { shape, rows, inner, columns } = plan;
    const items: Item[] = [];
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        let sum: Item | null = null;
        for (let k = 0; k < inner; k++) {
          const pair = [left.items[row * inner + k], right.items[k * columns + column]];
          const product = this.#operation('mul', pair, null);
          sum = sum === null ? product : this.#operation('add', [sum, product], null);
        }
        items.push(sum!);
      }
    }
    return { shape, items };
  }

  #call(callee: LanguageFunction, operands: readonly Tensor[], span: Span, chosen: number | null): Tensor {
    const { operation, takes, own } = callee;
    const shapes = operands.map((operand) => operand.shape);
    const inputs = operands.flatMap((operand) => operand.items);
    if (own !== undefined) {
      const { shape } = planned(own.plan(shapes)!);
      const entries = inputs.map((item) => (item instanceof Node ? item : this.#leaf(item, undefined)).index);
      this.#tape.setSpan(span.from, span.to);
      return { shape, items: own.record(this.#tape, entries).map((node) => new Node(node)) };
    }
    const { shape } = planned(planCall(callee, shapes));
    if (takes === 'each' || takes === 'where') return this.#each(operation, shape, operands, span);
    switch (takes) {
      case 'all':
        return { shape, items: [this.#operation(operation, inputs, span)] };
      case 'dot':
      case 'affine': {
        const [{ items: left }, { items: right }, bias] = operands;
        const pairs = left.flatMap((item, i) => [item, right[i]]);
        const all = bias === undefined ? pairs : [...bias.items, ...pairs];
        return { shape, items: [this.#operation(operation, all, span)] };
      }
      case 'softmax': {
        // The input whose share it is comes first, the others follow in their order.
        const share = (i: number): Item =>
          this.#operation(operation, [inputs[i], ...inputs.slice(0, i), ...inputs.slice(i + 1)], null);
        const only = chosen === null ? null : share(chosen);
        return { shape, items: inputs.map((_, i) => only ?? share(i)) };
      }
    }
  }

  /** One operation for each element; a single number goes with every element. */
  #each(operation: OperationName, shape: Shape, operands: readonly Tensor[], span: Span): Tensor {
    const size = sizeOf(shape);
    const items: Item[] = [];
    for (let i = 0; i < size; i++) {
      const inputs = operands.map((operand) => operand.items[operand.shape.length === 0 ? 0 : i]);
      items.push(this.#operation(operation, inputs, shape.length === 0 ? span : null));
    }
    return { shape, items };
  }

  /** Records an operation, or computes it where all inputs are literals. `span` is null inside a tensor. */
  #operation(operation: OperationName, inputs: readonly Item[], span: Span | null): Item {
    if (inputs.every((input): input is Literal => !(input instanceof Node))) {
      const value = computed(
        operation,
        inputs.map((input) => input.value),
      );
      return {
        value,
        text: span === null ? null : this.#written(span),
        span: span && { from: span.from, to: span.to },
      };
    }
    const entries = inputs.map((input) =>
      input instanceof Node ? input.index : this.#tape.constant(input.value, input.text),
    );
    return new Node(this.#tape.applyTo(operation, entries));
  }

  /** A stretch of the text as a constant is shown: without outer parentheses, on one line. */
  #written({ from, to }: Span): string | null {
    if (to - from > 2 * LONGEST_CONSTANT) return null;
    let text = this.#text.slice(from, to).replace(/\s+/g, ' ').trim();
    while (enclosed(text)) text = text.slice(1, -1).trim();
    return text.length > LONGEST_CONSTANT ? null : text;
  }
}

/** The index in `softmax(v)[1]`: the other shares are not recorded, since nothing could use them. */
function chosenElement(
  { expression }: Step & { readonly kind: 'apply' },
  next: Step | undefined,
): number | null {
  const element = next?.kind === 'apply' && next.expression.kind === 'element' ? next.expression : null;
  return element?.of === expression && element.indices.length === 1 ? element.indices[0] : null;
}

function computed(name: OperationName, inputs: readonly number[]): number {
  const operation = OPERATIONS[name];
  if (operation.arity === 1) return operation.value(inputs[0]);
  if (operation.arity === 2) return operation.value(inputs[0], inputs[1] ?? operation.defaults![0]);
  return operation.value(inputs);
}

/** The indices of element `i` of a tensor, row by row; none for a number. */
function indicesOf(i: number, shape: Shape): readonly number[] {
  if (shape.length === 0) return [];
  return shape.length === 1 ? [i] : [Math.floor(i / shape[1]), i % shape[1]];
}

/** True if a bracket at the beginning is closed by the last character. */
function enclosed(text: string): boolean {
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '(' || text[i] === '{') depth++;
    if ((text[i] === ')' || text[i] === '}') && --depth === 0) return i === text.length - 1;
    if (depth === 0) return false;
  }
  return false;
}

/** The checker has refused what cannot be planned. */
function planned<P extends { readonly kind: string }>(plan: P): Exclude<P, { readonly kind: 'refused' }> {
  if (plan.kind === 'refused') throw new Error('A program with a problem is not recorded.');
  return plan as Exclude<P, { readonly kind: 'refused' }>;
}
