import { leavesUnder } from '../places.ts';
import { evaluateBound } from '../world/evaluate.ts';
import { same } from './agreement.ts';
import type { Inquiry } from './inquiry.ts';
import { shown } from './inquiry.ts';
import { boundText } from './repair.ts';
import type { Repair, Task } from './repair.ts';
import { exact, sitesOf } from './sites.ts';
import type { Site } from './sites.ts';
import type { NumberTerm } from '../term.ts';
import { allWeights, isWeight } from './roles.ts';
import type { Words } from './variant.ts';
import { namedValue } from './wording.ts';

type LiteralSite = Site & { readonly part: { readonly kind: 'literal'; readonly literal: NumberTerm } };

/** Constants that stand in formulas, tried where a number cannot be solved for. */
const NICE = [1, 2, 3, 4, 0.5, -1, -2, 0, 10];

/** Edits of one number, or of two: a constant that was copied wrongly, two that changed places. */
export function literalRepairs(inquiry: Inquiry, task: Task): Repair[] {
  const found: Repair[] = misplaced(inquiry, task);
  // One digit can be had from anything: only precise numbers tell which constant was meant.
  if (task.digits < 3) return found;
  const sites = sitesOf(task.formula).filter((site): site is LiteralSite => site.part.kind === 'literal');
  const words = (site: LiteralSite, number: number) => () =>
    task.way === 'mend'
      ? { found: boundText(inquiry, site.part), due: shown(number) }
      : { found: shown(number), due: boundText(inquiry, site.part) };
  for (const site of sites.slice(0, 60)) {
    if (task.way === 'mend') found.push(...named(inquiry, task, site));
    const number = solved(task, site);
    if (number === null) {
      for (const nice of NICE) {
        if (nice === site.part.literal.value) continue;
        const edited = site.replace(exact(nice));
        if (task.fits((run) => evaluateBound(edited, run)))
          found.push({ id: 'wrong-constant', weight: 1, words: words(site, nice) });
      }
      continue;
    }
    const other = sites.some((same) => same !== site && same.part.literal.value === number);
    found.push({ id: 'wrong-constant', weight: other ? 1 : 0, words: words(site, number) });
    if (other) found.push({ id: 'transposed-weight', weight: 2, words: words(site, number) });
  }
  if (found.length === 0 && task.digits >= 5 && sites.length <= 24)
    found.push(...pairs(inquiry, task, sites));
  return found;
}

/** One number that is not that of the leaf in whose place it stands. */
function misplaced(inquiry: Inquiry, task: Task): Repair[] {
  const { subject, recording, run } = inquiry;
  if (task.way !== 'mend' || subject.kind !== 'value') return [];
  const places = [...leavesUnder(task.formula, subject.node, recording)].map(
    ([literal, { leaf, negative }]) => ({
      literal,
      leaf,
      negative,
      number: negative ? -literal.value : literal.value,
      due: run.value[leaf],
    }),
  );
  const wrong = places.filter(({ number, due }) => !same(number, due));
  if (wrong.length !== 1) return [];
  const [{ literal, leaf, negative, number, due }] = wrong;
  const mended = (other: NumberTerm): number => (other !== literal ? other.value : negative ? -due : due);
  if (!task.fits((at) => evaluateBound(task.formula, at, { local: false, literal: mended }))) return [];
  const taken = allWeights(inquiry).some((weight) => weight !== leaf && run.value[weight] === number);
  const id =
    number === -due ? 'lost-sign' : isWeight(inquiry, leaf) && taken ? 'transposed-weight' : 'wrong-constant';
  const words = (): Words => ({
    node: inquiry.name(leaf),
    found: shown(number),
    due: namedValue(inquiry, leaf),
  });
  return [{ id, weight: -26, words, where: [{ node: leaf, slot: null }] }];
}

/**
 * The number with which the formula gives what is wanted, where it has as few digits as the one that stands there; null
 * where the formula is not linear in it, or the number is not such a one.
 */
function solved(task: Task, site: LiteralSite): number | null {
  const { runs, wanted, tolerance } = task;
  const { value, unit } = site.part.literal;
  const run = runs[0];
  const at = (number: number): number => evaluateBound(site.replace(exact(number)), run);
  const base = at(0);
  const slope = at(1) - base;
  if (!Number.isFinite(slope) || slope === 0) return null;
  const third = at(2) - base - 2 * slope;
  if (Math.abs(third) > 1e-9 * (Math.abs(base) + Math.abs(slope))) return null;
  const due = (wanted[0] - base) / slope;
  const spread = Math.abs(tolerance / slope) + 1e-9 * Math.abs(due);
  for (const step of [100 * unit, 10 * unit, unit]) {
    const number = Number((Math.round(due / step) * step).toPrecision(12));
    if (Math.abs(number - due) > spread || number === value || spread > step / 4) continue;
    const edited = site.replace(exact(number));
    if (task.fits((other) => evaluateBound(edited, other))) return number;
  }
  return null;
}

/** A number where the name of a leaf belongs, which has another one. */
function named(inquiry: Inquiry, task: Task, site: LiteralSite): Repair[] {
  const found: Repair[] = [];
  let tried = 0;
  for (const node of inquiry.recording.names.keys()) {
    if (!inquiry.isLeaf(node)) continue;
    if (++tried > 40) break;
    const edited = site.replace({ kind: 'value', node });
    if (!task.fits((run) => evaluateBound(edited, run))) continue;
    const words = (): { readonly found: string; readonly due: string } => ({
      found: boundText(inquiry, site.part),
      due: namedValue(inquiry, node),
    });
    found.push({ id: 'wrong-constant', weight: 0, words, where: [{ node, slot: null }] });
  }
  return found;
}

/** A number that stands in the place of another one of the formula, while a third is as few digits away. */
function pairs(inquiry: Inquiry, task: Task, sites: readonly LiteralSite[]): Repair[] {
  for (const site of sites) {
    for (const other of sites) {
      const taken = other.part.literal.value;
      if (other === site || taken === site.part.literal.value) continue;
      const edited = site.replace(exact(taken));
      const rest: Task = { ...task, formula: edited };
      const inner = sitesOf(edited).filter((left): left is LiteralSite => left.part.kind === 'literal');
      for (const second of inner) {
        if (second.part.literal === site.part.literal) continue;
        const number = solved(rest, second);
        if (number === null) continue;
        const words = (): { readonly found: string; readonly due: string } => {
          const [before, after] = [boundText(inquiry, site.part), shown(taken)];
          return task.way === 'mend' ? { found: before, due: after } : { found: after, due: before };
        };
        return [
          { id: 'transposed-weight', weight: 0, words },
          { id: 'swapped-operands', weight: 0, words },
        ];
      }
    }
  }
  return [];
}
