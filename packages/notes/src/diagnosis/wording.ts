import { OPERATIONS } from '@backflow/engine';
import { derivativeText as derivativeOfNames, toText, valueForms } from '@backflow/print';
import { shown } from './inquiry.ts';
import type { Inquiry, PathEdge } from './inquiry.ts';
import type { Words } from './variant.ts';

/** `∂L/∂w`, `∂L/∂(z − y)`. */
export function derivativeText(inquiry: Inquiry, of: number, by: number): string {
  const [above, below] = [of, by].map((node) => {
    const name = inquiry.name(node);
    return /[\s·/^²³]/u.test(name) ? `(${name})` : name;
  });
  return derivativeOfNames(above, below);
}

/** `z → a`. */
export function edgeText(inquiry: Inquiry, { node, input }: Pick<PathEdge, 'node' | 'input'>): string {
  return `${inquiry.name(input)} → ${inquiry.name(node)}`;
}

/** `σ(z)`, `f·g`: a node's operation over the names of its inputs. */
export function formulaText(inquiry: Inquiry, node: number): string {
  return inquiry.isLeaf(node) ? inquiry.name(node) : toText(valueForms(inquiry.recording, node).names);
}

/** `σ(z) = 0.6225`. */
export function valueText(inquiry: Inquiry, node: number): string {
  const text = inquiry.isLeaf(node) ? inquiry.name(node) : formulaText(inquiry, node);
  return `${text} = ${shown(inquiry.run.value[node])}`;
}

/** `w5 = 0.4`. */
export function namedValue(inquiry: Inquiry, node: number): string {
  return `${inquiry.name(node)} = ${shown(inquiry.run.value[node])}`;
}

/** `σ′(z)` for a function of one argument, `∂f/∂x` for anything else. */
export function slopeName(inquiry: Inquiry, { node, input, operation }: PathEdge): string {
  const { arity, notation } = OPERATIONS[operation];
  if (arity === 1 && notation.form === 'call') return `${notation.text}′(${inquiry.name(input)})`;
  return derivativeText(inquiry, node, input);
}

/** `σ′(z) = 0.2350`. */
export function slopeText(inquiry: Inquiry, edge: PathEdge): string {
  return `${slopeName(inquiry, edge)} = ${shown(inquiry.run.local[edge.edge])}`;
}

/** Words for a slip on an edge: what stood there and what is due. */
export function slipWords(inquiry: Inquiry, edge: PathEdge, found: string): Words {
  return { edge: edgeText(inquiry, edge), found, due: slopeText(inquiry, edge) };
}

/** ∂L/∂w with its number. */
export function gradientText(inquiry: Inquiry, of: number, by: number): string {
  return `${derivativeText(inquiry, of, by)} = ${shown(inquiry.run.gradient(of)[by])}`;
}
