import type { Bound } from '../bound.ts';
import type { Inquiry } from './inquiry.ts';

const COUNTING: ReadonlySet<string> = new Set(['add', 'sub', 'mul', 'sum', 'prod', 'neg']);

/** True where the subject is worked out from whole numbers alone: `4·3 + 3·2 + 2·1`. */
export function isPlainCount(inquiry: Inquiry): boolean {
  const { subject } = inquiry.question;
  if (subject.kind === 'value') {
    const formula = formulaOfLeaf(inquiry, subject.node);
    if (formula !== null) return isCount(formula);
    return inquiry.cone.every((node) => {
      const operation = inquiry.operationOf(node);
      if (operation === 'leaf') return Number.isInteger(inquiry.run.value[node]);
      return COUNTING.has(operation);
    });
  }
  return isCount(subject);
}

function isCount(bound: Bound): boolean {
  const open: Bound[] = [bound];
  while (open.length > 0) {
    const part = open.pop()!;
    if (part.kind === 'literal') {
      if (!part.literal.integer) return false;
    } else if (part.kind === 'apply') {
      if (!COUNTING.has(part.operation)) return false;
      open.push(...part.of);
    } else if (part.kind !== 'exact' || !Number.isInteger(part.value)) return false;
  }
  return true;
}

/** The formula of numbers that a leaf was written as, `3*2`; null where it is a number. */
export function formulaOfLeaf(inquiry: Inquiry, node: number): Bound | null {
  if (!inquiry.isLeaf(node)) return null;
  return inquiry.world.formulaOf?.(node) ?? null;
}
