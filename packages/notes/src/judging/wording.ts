import { operationOf } from '@backflow/engine';
import { toText } from '@backflow/print';
import type { Expression } from '@backflow/print';
import { apply, derivativeOf, inputExpression, nameOf, substitute, sumOf, tidy } from '@backflow/print';
import type { Bound, Unbound } from '../bound.ts';
import type { Unreadable } from '../term.ts';
import type { World } from '../world.ts';
import type { Remark } from './setting.ts';

/** What a claim speaks about, in words for a report: `dE_total/dw5`, `net_h1`, or the formula as written. */
export function subjectText(bound: Bound | null, world: World, written: string): string {
  if (bound === null) return written;
  const plain = (node: number): string => world.nameOf(node).replace(/[{}]/g, '');
  if (bound.kind === 'value') return plain(bound.node);
  if (bound.kind === 'updated') return `${plain(bound.leaf)}+`;
  if (bound.kind === 'derivative') {
    const [of, by] = [plain(bound.of), plain(bound.by)];
    return bound.order === 1 ? `d${of}/d${by}` : `d${bound.order}${of}/d${by}${bound.order}`;
  }
  return written;
}

/** Most uses of nodes that are written out in a chain rule. */
const MOST_TERMS = 8;

/** The right formula for a subject, where it is short: what a node is, or the chain rule over its uses. */
export function truthText(bound: Bound, world: World): string | null {
  const { recording } = world;
  if (bound.kind === 'value') {
    return operationOf(recording, bound.node) === null ? null : short(nodeFormula(world, bound.node));
  }
  if (bound.kind !== 'derivative' || bound.order !== 1) return null;
  const terms = chainTerms(world, bound.of, bound.by);
  if (terms === null || terms.length === 0) return null;
  const sum = short(sumOf(terms));
  return bound.negative === true && sum !== null ? `−(${sum})` : sum;
}

/** ∂of/∂user · ∂user/∂by for every use; through nodes without a name, up to the next that has one. */
function chainTerms(world: World, of: number, by: number): Expression[] | null {
  const { recording } = world;
  const terms: Expression[] = [];
  const waiting: { node: number; factors: readonly Expression[] }[] = [{ node: by, factors: [] }];
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const { node, factors } = next;
    for (let user = node + 1; user <= of; user++) {
      const start = recording.inputStart[user];
      for (let edge = start; edge < recording.inputStart[user + 1]; edge++) {
        if (recording.inputs[edge] !== node) continue;
        const local = localFormula(world, user, edge - start);
        if (local === null || terms.length + waiting.length >= MOST_TERMS) return null;
        const product = [local, ...factors];
        if (user === of) terms.push(productOf(product));
        else if (recording.names.has(user)) {
          terms.push(productOf([derivativeOf(name(world, of), name(world, user)), ...product]));
        } else waiting.push({ node: user, factors: product });
      }
    }
  }
  return terms;
}

function productOf(factors: readonly Expression[]): Expression {
  return tidy(factors.reduce((product, factor) => apply('mul', product, factor)));
}

function short(expression: Expression): string | null {
  const text = toText(tidy(expression));
  return text.length > 300 ? null : text;
}

function name(world: World, node: number): Expression {
  return nameOf(world.nameOf(node));
}

function nodeFormula(world: World, node: number): Expression {
  const { recording } = world;
  const operation = operationOf(recording, node)!;
  const start = recording.inputStart[node];
  const slots = recording.inputStart[node + 1] - start;
  const of: Expression[] = [];
  for (let slot = 0; slot < slots && slot < 40; slot++) of.push(inputExpression(recording, node, slot));
  return { kind: 'apply', operation: operation.name, of };
}

function localFormula(world: World, node: number, slot: number): Expression | null {
  const { recording } = world;
  const operation = operationOf(recording, node);
  if (operation === null) return null;
  const slots = recording.inputStart[node + 1] - recording.inputStart[node];
  if (slots > 40) return null;
  const inputs: Expression[] = [];
  for (let k = 0; k < slots; k++) inputs.push(inputExpression(recording, node, k));
  return tidy(substitute(operation.rule(slot, slots), inputs, name(world, node)));
}

/** Why a claim cannot be judged, as a remark. */
export function reasonOf(unbound: Unbound | null, problem: Unreadable | null): Remark {
  if (problem !== null)
    return { code: `unreadable-${problem.code}`, data: { found: problem.found.slice(0, 80) } };
  if (unbound === null) return { code: 'no-number', data: {} };
  switch (unbound.code) {
    case 'unknown-name':
      return unbound.suggestion === null
        ? { code: 'unknown-name', data: { name: unbound.name } }
        : { code: 'unknown-name', data: { name: unbound.name, suggestion: unbound.suggestion } };
    case 'not-on-a-path':
      return { code: 'not-on-a-path', data: { of: unbound.of, by: unbound.by } };
    case 'shapes':
      return { code: 'shapes', data: { left: unbound.left, right: unbound.right } };
    case 'unsupported':
      return { code: 'unsupported', data: { found: unbound.found } };
    case 'no-number':
      return { code: 'no-number', data: { name: unbound.name } };
    default:
      return { code: unbound.code, data: {} };
  }
}
