import { compile } from '@backflow/language';
import type { Bound } from '../../packages/notes/src/bound.ts';
import { digitsOf } from '../../packages/notes/src/diagnosis/agreement.ts';
import { isUnreadable, readFormula } from '../../packages/notes/src/reading/formula.ts';
import { readSheet } from '../../packages/notes/src/reading/sheet.ts';
import type { Question } from '../../packages/notes/src/question.ts';
import type { Term } from '../../packages/notes/src/term.ts';
import { evaluateBound } from '../../packages/notes/src/world/evaluate.ts';
import { createWorld } from '../../packages/notes/src/world/world.ts';
import { isUnbound } from '../../packages/notes/src/world.ts';
import type { World } from '../../packages/notes/src/world.ts';

/** The world of a program. */
export function worldOf(program: string): World {
  const compilation = compile(program);
  if (compilation.recording === null) throw new Error(`does not compile: ${program}`);
  return createWorld(readSheet('', new Set(compilation.names.keys())), { compilation });
}

function termOf(text: string, names: readonly string[]): Term {
  const reading = readFormula(text, { from: 0, to: text.length }, new Set(names));
  if (isUnreadable(reading)) throw new Error(`not a formula: ${text}`);
  return reading.term;
}

/** What a claim `subject = stated` asks of the diagnosis, made by hand: nothing is judged before. */
export function asking(
  program: string,
  subject: string,
  stated: string,
  more: Partial<Question> = {},
): Question {
  const world = worldOf(program);
  const names = [...world.recording.names.values()];
  const bound = (text: string): Bound => {
    const found = world.bind(termOf(text, names));
    if (isUnbound(found)) throw new Error(`${text}: ${found.code}`);
    return found;
  };
  const [about, said] = [bound(subject), bound(stated)];
  const truth = evaluateBound(about, world.run());
  const value = evaluateBound(said, world.run());
  const digits = digitsOf(stated);
  const decimals = digits === null ? 0 : digits.digits.length - digits.whole;
  const unit = 10 ** ((digits?.exponent ?? 0) - decimals);
  const integer = decimals === 0 && digits?.exponent === 0;
  return {
    world,
    subject: about,
    subjectTerm: termOf(subject, names),
    relation: '=',
    stated: said,
    statedTerm: termOf(stated, names),
    form: digits !== null ? 'number' : /[a-zA-Zσ]/u.test(stated) ? 'symbolic' : 'numbers',
    printed: digits === null ? null : { value, unit, integer, open: false, about: false, text: stated },
    value,
    truth,
    chain: [{ term: termOf(subject, names), bound: about, form: 'symbolic', value: truth, verdict: null }],
    position: 1,
    numbers: [],
    rate: null,
    agrees: (found) => Math.abs(found - value) <= (integer ? 1e-9 : unit / 2),
    earlier: [],
    ...more,
  };
}
