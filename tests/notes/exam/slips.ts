import type { MistakeId } from '@backflow/notes';
import type { Bound } from '../../../packages/notes/src/bound.ts';
import { changeOf, Inquiry } from '../../../packages/notes/src/diagnosis/inquiry.ts';
import { REGISTRY } from '../../../packages/notes/src/diagnosis/registry.ts';
import type { Question } from '../../../packages/notes/src/question.ts';
import type { Change, Run } from '../../../packages/notes/src/run.ts';
import type { World } from '../../../packages/notes/src/world.ts';
import type { Exercise, Line } from './paper.ts';

/** What a named mistake, made at one site, makes of one line. */
export interface Slip {
  readonly id: MistakeId;
  readonly gives: number;
  /** The slip in every line where it can be made; null where it is that of one line alone. */
  readonly change: Change | null;
}

/** The numbers of all lines in a run. */
export function numbersOf({ lines }: Exercise, run: Run, of: number): number[] {
  const gradient = run.gradient(of);
  return lines.map(({ kind, node }) => (kind === 'value' ? run.value[node] : gradient[node]));
}

/** Every mistake that changes the number of a line, at each of its sites. */
export function slipsIn(exercise: Exercise, world: World, at: number): Slip[] {
  const inquiry = new Inquiry(questionAbout(boundOf(exercise.lines[at], world), world));
  const run = world.run();
  const truth = numbersOf(exercise, run, world.output)[at];
  const slips: Slip[] = [];
  for (const { id, find } of REGISTRY.values()) {
    for (const variant of find(inquiry)) {
      const gives = inquiry.gives(variant);
      if (!Number.isFinite(gives) || Math.abs(gives - truth) <= 1e-9 * Math.abs(truth)) continue;
      slips.push({ id, gives, change: changeOf(variant, run) });
    }
  }
  return slips;
}

/** The numbers of a page: the slip wherever it can be made, and everything else worked out from what stands there. */
export function numbersWith(exercise: Exercise, world: World, at: number, { gives, change }: Slip): number[] {
  return numbersOf(exercise, world.run(change ?? changed(exercise.lines[at], gives, world)), world.output);
}

/** Another number in one line. */
export function changed({ kind, node }: Line, number: number, { output }: World): Change {
  const numbers = new Map([[node, number]]);
  return kind === 'value' ? { values: numbers } : { gradients: new Map([[output, numbers]]) };
}

function boundOf({ kind, node }: Line, { output }: World): Bound {
  return kind === 'value'
    ? { kind, node }
    : { kind: 'derivative', of: output, by: node, slots: [], order: 1, at: null };
}

/** A question of which nothing is known but what it is about. */
function questionAbout(subject: Bound, world: World): Question {
  const span = { from: 0, to: 0 };
  const literal = { kind: 'number', value: 0, unit: 1, integer: true, open: false, ...span } as const;
  return {
    world,
    subject,
    subjectTerm: { kind: 'name', key: 'x', spelling: 'x', ...span },
    relation: '=',
    stated: { kind: 'literal', literal },
    statedTerm: literal,
    form: 'number',
    printed: null,
    value: NaN,
    truth: NaN,
    chain: [],
    position: 0,
    numbers: [],
    rate: null,
    agrees: () => false,
    earlier: [],
  };
}
