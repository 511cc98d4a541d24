import { compile } from '@backflow/language';
import { en } from '@backflow/messages';
import { checkNotes } from '../../../packages/notes/src/check.ts';
import type { Recording } from '@backflow/engine';
import type { MistakeId } from '@backflow/notes';
import { derivationMarkdown, traceReverse } from '@backflow/trace';
import { readSheet } from '../../../packages/notes/src/reading/sheet.ts';
import type { World } from '../../../packages/notes/src/world.ts';
import { createWorld } from '../../../packages/notes/src/world/world.ts';
import { exerciseOf, pageOf, printed } from './paper.ts';
import type { Exercise, Line, Print } from './paper.ts';
import { changed, numbersOf, numbersWith, slipsIn } from './slips.ts';
import type { Slip } from './slips.ts';

export const DIGITS = [2, 3, 4, 6] as const;

/** What came of papers with a slip. */
export interface Score {
  papers: number;
  /** Papers that are not counted: the slip is within what rounding explains, or what one convention explains. */
  withinRounding: number;
  byConvention: number;
  /** The first wrong line was found. */
  found: number;
  /** Papers whose wrong number no other mistake gives. */
  unique: number;
  /** Of these, the mistake was named first; among the first two. */
  named: number;
  namedSecond: number;
  /** What was not found or not named: `mazur, 3 digits, lost-sign: …`. */
  readonly misses: string[];
}

export const newScore = (): Score => ({
  papers: 0,
  withinRounding: 0,
  byConvention: 0,
  found: 0,
  unique: 0,
  named: 0,
  namedSecond: 0,
  misses: [],
});

/**
 * Examines papers on a program, each with one slip at one site in one line: of every named mistake at most so many, drawn
 * at random.
 */
export function examine(
  name: string,
  program: string,
  scores: ReadonlyMap<number, Score>,
  most: number,
  random: () => number,
): void {
  const exercise = exerciseOf(compiled(program));
  const world = createWorld(readSheet(`\`\`\`backflow\n${exercise.program}\n\`\`\`\n`));
  const truth = numbersOf(exercise, world.run(), world.output);
  const slips = exercise.lines.map((_, at) => slipsIn(exercise, world, at));
  const partials = exercise.lines.map((line) => partialOf(line, exercise.recording, world));
  const setting: Setting = {
    name,
    exercise,
    world,
    truth,
    partials,
    slips,
    ancestors: ancestorsOf(exercise),
  };
  const byId = new Map<string, { at: number; slip: Slip }[]>();
  for (const [at, found] of slips.entries()) {
    for (const slip of found) byId.set(slip.id, [...(byId.get(slip.id) ?? []), { at, slip }]);
  }
  for (const all of byId.values()) {
    const seen = new Set<string>();
    for (const { at, slip } of shuffled(all, random)) {
      if (seen.size >= most) break;
      const numbers = numbersWith(exercise, world, at, slip);
      // The same slip, found from several lines.
      const key = numbers.map((x) => x.toPrecision(9)).join();
      if (seen.has(key) || numbers.some((x) => !Number.isFinite(x))) continue;
      seen.add(key);
      for (const [digits, score] of scores) examinePaper(setting, slip, numbers, digits, score);
    }
  }
  for (const [id, slipIn] of TYPED) {
    for (const at of shuffled([...exercise.lines.keys()], random).slice(0, most)) {
      for (const [digits, score] of scores) {
        const text = slipIn(printed(truth[at], digits).text, random);
        if (text === null) continue;
        const slip: Slip = { id, gives: Number(text), change: null };
        const numbers = numbersWith(exercise, world, at, slip);
        if (numbers.every(Number.isFinite)) examinePaper(setting, slip, numbers, digits, score);
      }
    }
  }
}

/** Slips of the pen, made in the printed number itself. */
const TYPED: ReadonlyMap<MistakeId, (text: string, random: () => number) => string | null> = new Map([
  ['digit-slip', digitSlip],
  ['transposed-digits', transposedDigits],
  [
    'exponent-slip',
    (text) => (text.includes('e') ? null : String(Number((Number(text) * 10).toPrecision(12)))),
  ],
]);

/** Where the significant digits of a number stand in its text. */
const digitsIn = (text: string): number[] => {
  const places = [...text.split('e')[0].matchAll(/\d/g)].map(({ index }) => index);
  const first = places.findIndex((place) => text[place] !== '0');
  return first < 0 ? [] : places.slice(first);
};

function digitSlip(text: string, random: () => number): string | null {
  const places = digitsIn(text);
  if (places.length < 3) return null;
  const at = places[1 + Math.floor(random() * (places.length - 1))];
  const digit = (Number(text[at]) + 2 + Math.floor(random() * 7)) % 10;
  return text.slice(0, at) + String(digit) + text.slice(at + 1);
}

function transposedDigits(text: string, random: () => number): string | null {
  const places = digitsIn(text);
  const pairs = places
    .slice(1)
    .filter((at) => places.includes(at - 1) && Math.abs(Number(text[at]) - Number(text[at - 1])) > 1);
  if (places.length < 3 || pairs.length === 0) return null;
  const at = pairs[Math.floor(random() * pairs.length)];
  if (at - 1 === places[0] && text[at] === '0') return null;
  return text.slice(0, at - 1) + text[at] + text[at - 1] + text.slice(at + 1);
}

function shuffled<T>(items: readonly T[], random: () => number): T[] {
  const order = items.map((item) => ({ item, key: random() }));
  return order.sort((a, b) => a.key - b.key).map(({ item }) => item);
}

interface Setting {
  readonly name: string;
  readonly exercise: Exercise;
  readonly world: World;
  readonly truth: readonly number[];
  /** Where the output uses a node directly, ∂output/∂node may also mean the local derivative; else NaN. */
  readonly partials: readonly number[];
  readonly slips: readonly (readonly Slip[])[];
  readonly ancestors: readonly ReadonlySet<number>[];
}

function examinePaper(
  setting: Setting,
  slip: Slip,
  numbers: readonly number[],
  digits: number,
  score: Score,
): void {
  const { name, exercise, truth, partials, slips, ancestors } = setting;
  const prints = numbers.map((x) => printed(x, digits));
  const wrong = prints.flatMap((print, line) =>
    isTrue(print, truth[line]) || isTrue(print, partials[line]) ? [] : [line],
  );
  const first = wrong.filter((line) => !wrong.some((other) => ancestors[line].has(other)));
  // A slip that shows in no printed digit is none.
  if (first.length === 0) return;
  if (first.every((line) => isWithinRounding(setting, line, prints))) {
    score.withinRounding++;
    return;
  }
  const page = pageOf(
    exercise,
    prints.map(({ text }) => text),
  );
  const { claims, firstWrong, conventions } = checkNotes(page);
  if (firstWrong === null && conventions.length > 0) {
    score.byConvention++;
    return;
  }
  score.papers++;
  const offset = page.slice(0, page.lastIndexOf('```')).split('\n').length + 2;
  const found = firstWrong === null ? -1 : claims[firstWrong].line - offset;
  const told = (line: number): string =>
    `${exercise.lines[line]?.subject ?? 'nothing'} = ${prints[line]?.text ?? ''}`;
  const paper = `${name}, ${digits} digits, ${slip.id}`;
  if (first.includes(found)) score.found++;
  else {
    score.misses.push(
      `${paper}: found ${told(found)} (due ${truth[found]}), first is ${told(first[0])} (due ${truth[first[0]]})`,
    );
    return;
  }
  const others = new Set(
    slips[found]
      .filter(({ gives }) => printed(gives, digits).text === prints[found].text)
      .map(({ id }) => id),
  );
  if (others.add(slip.id).size !== 1) return;
  score.unique++;
  const ids = claims[firstWrong!].mistakes.map(({ id }) => id);
  if (ids[0] === slip.id) score.named++;
  if (ids.slice(0, 2).includes(slip.id)) score.namedSecond++;
  else
    score.misses.push(`${paper}: ${told(found)} (due ${truth[found]}) named ${ids.join(', ') || 'nothing'}`);
}

const isTrue = ({ value, unit }: Print, truth: number): boolean =>
  Math.abs(value - truth) <= unit / 2 + 1e-9 * Math.abs(truth);

/** ∂output/∂node by the formula of the output alone, over unnamed nodes. */
function partialOf({ kind, node: by }: Line, { names }: Recording, world: World): number {
  if (kind === 'value') return NaN;
  const { inputs, inputStart } = world.recording;
  const { local } = world.run();
  let partial = NaN;
  const open = [{ node: world.output, slope: 1 }];
  for (let part = open.pop(); part !== undefined; part = open.pop()) {
    for (let edge = inputStart[part.node]; edge < inputStart[part.node + 1]; edge++) {
      const input = inputs[edge];
      const slope = part.slope * local[edge];
      if (input === by) partial = (Number.isNaN(partial) ? 0 : partial) + slope;
      else if (input >= 0 && !names.has(input)) open.push({ node: input, slope });
    }
  }
  return partial;
}

/**
 * True where a number is within one unit of what its line gives when the numbers it rests on are moved by half a unit of
 * their last digits: working with the digits on the page may have led there.
 */
function isWithinRounding(
  { exercise, world, truth, ancestors }: Setting,
  at: number,
  prints: readonly Print[],
): boolean {
  const { value, unit } = prints[at];
  let room = unit;
  for (const other of ancestors[at]) {
    const moved = [-0.5, 0.5].map((half) => {
      const number = truth[other] + half * prints[other].unit;
      return Math.abs(
        numbersOf(exercise, world.run(changed(exercise.lines[other], number, world)), world.output)[at] -
          truth[at],
      );
    });
    room += Math.max(...moved);
  }
  return Math.abs(value - truth[at]) <= room * (1 + 1e-9);
}

/** For each line, all lines that it rests on. */
function ancestorsOf({ lines }: Exercise): ReadonlySet<number>[] {
  const found: Set<number>[] = [];
  for (const { from } of lines) found.push(new Set(from.flatMap((line) => [line, ...found[line]])));
  return found;
}

/** Right notes: how many claims were called wrong, or something that follows from it, and how many were not judged. */
export interface Alarms {
  claims: number;
  wrong: number;
  unknown: number;
  readonly examples: string[];
}

/** Judges a page on which everything is right. */
export function alarmsIn(page: string, alarms: Alarms): void {
  const { claims } = checkNotes(page);
  alarms.claims += claims.length;
  for (const { verdict, text, truth, line } of claims) {
    if (verdict === 'right' || verdict === 'rounded') continue;
    if (verdict === 'unknown') alarms.unknown++;
    else alarms.wrong++;
    alarms.examples.push(`${verdict}: line ${line}: ${text} (due ${truth})\n${page}`);
  }
}

/** The answer to a program, all right, as it is printed: numbers alone, or formulas, numbers and results in LaTeX. */
export function rightPage(
  program: string,
  digits: number,
  mode: 'rounded' | 'cut' | 'written',
): string | null {
  const { recording } = compile(program);
  if (recording === null) return null;
  if (mode === 'written') return derivationMarkdown(traceReverse(recording), en, { digits, program });
  const exercise = exerciseOf(recording);
  const world = createWorld(readSheet(`\`\`\`backflow\n${exercise.program}\n\`\`\`\n`));
  const numbers = numbersOf(exercise, world.run(), world.output);
  if (numbers.some((x) => !Number.isFinite(x))) return null;
  return pageOf(
    exercise,
    numbers.map((x) => printed(x, digits, mode).text),
  );
}

export function compiled(program: string): Recording {
  const { recording } = compile(program);
  if (recording === null) throw new Error(program);
  return recording;
}
