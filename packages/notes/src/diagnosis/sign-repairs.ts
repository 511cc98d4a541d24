import { evaluateBound } from '../world/evaluate.ts';
import { same } from './agreement.ts';
import type { Inquiry } from './inquiry.ts';
import { boundText } from './repair.ts';
import type { Repair, Task } from './repair.ts';
import { applied, negated, sitesOf } from './sites.ts';
import type { Site } from './sites.ts';
import type { Bound } from '../bound.ts';
import type { MistakeId } from '../report.ts';

/** Edits of signs and orders: a minus put in or taken out, + for −, operands of − and / exchanged. */
export function signRepairs(inquiry: Inquiry, task: Task): Repair[] {
  const found: Repair[] = [];
  const { formula, fits, way } = task;
  const attempt = (id: MistakeId, weight: number, site: Site, by: Bound): void => {
    const edited = site.replace(by);
    if (!fits((run) => evaluateBound(edited, run))) return;
    const before = boundText(inquiry, site.part);
    const after = boundText(inquiry, by);
    found.push({
      id,
      weight,
      words: () => (way === 'mend' ? { found: before, due: after } : { found: after, due: before }),
    });
  };
  const whole = wholeTurned(task);
  if (whole) {
    const words = (): { readonly subject: string } => ({ subject: boundText(inquiry, inquiry.subject) });
    if (inquiry.ofLoss) found.push({ id: 'opposite-convention', weight: 0, words });
    found.push({ id: 'lost-sign', weight: 1, words: () => ({}) });
  }
  for (const site of sitesOf(formula)) {
    const { part, parent } = site;
    if (part.kind === 'apply' && part.of.length === 2) {
      const [a, b] = part.of;
      if (part.operation === 'sub') {
        const quotient = parent?.operation === 'div' && parent.slot === 0 && isSquare(parent.bound);
        if (quotient) attempt('quotient-order', 0, site, applied('sub', b, a));
        attempt('lost-sign', whole ? 0.5 : 0, site, applied('sub', b, a));
        attempt('lost-sign', 0.2, site, applied('add', a, b));
        attempt('operand-sign', 0.5, site, applied('add', a, b));
        if (!quotient) attempt('swapped-operands', 3, site, applied('sub', b, a));
      } else if (part.operation === 'add') {
        attempt('lost-sign', 0.2, site, applied('sub', a, b));
        attempt('lost-sign', 0.4, site, applied('sub', b, a));
        attempt('operand-sign', 0.5, site, applied('sub', a, b));
      } else if (part.operation === 'div' || part.operation === 'pow') {
        attempt('swapped-operands', 1, site, applied(part.operation, b, a));
      }
    }
    if (part.kind === 'apply' && part.operation === 'neg') attempt('lost-sign', 0, site, part.of[0]);
    else if (parent !== null && isSigned(site)) attempt('lost-sign', 0.1, site, negated(part));
  }
  return found;
}

/** True where the formula is right with the other sign. */
function wholeTurned({ formula, runs, wanted, fits }: Task): boolean {
  if (wanted.some((number) => number === 0)) return false;
  if (!fits((run) => -evaluateBound(formula, run))) return false;
  return !runs.every((run, index) => same(evaluateBound(formula, run), wanted[index]));
}

/** Places where a lost sign is a mistake of its own: arguments of functions, exponents, numbers and names in sums. */
function isSigned({ part, parent }: Site): boolean {
  if (parent === null) return false;
  const { operation, slot } = parent;
  if (operation === 'neg' || operation === 'mul' || operation === 'div' || operation === 'prod') return false;
  if (operation === 'pow') return slot === 1;
  return part.kind !== 'exact' || operation === 'exp';
}

function isSquare(quotient: Bound): boolean {
  if (quotient.kind !== 'apply') return false;
  const below = quotient.of[1];
  return below.kind === 'apply' && (below.operation === 'pow' || below.operation === 'mul');
}
