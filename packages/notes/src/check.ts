import { LEAF } from '@backflow/engine';
import { compile, LIMITS, programParts } from '@backflow/language';
import type { Compilation, DiagnosticRecord, Extension } from '@backflow/language';
import { diagnose } from './diagnosis/diagnose.ts';
import { comparedWith } from './judging/against.ts';
import { judge } from './judging/judge.ts';
import { readSheet } from './reading/sheet.ts';
import type { Report } from './report.ts';
import type { Sheet } from './sheet.ts';
import { namesOfPage } from './world/page.ts';
import { createWorld } from './world/world.ts';
import type { World } from './world.ts';

export interface CheckOptions {
  /** The program, where it does not stand in the notes' own fences. */
  readonly program?: string;
  /** Numbers for the program's leaves, by name, in place of its own. */
  readonly values?: ReadonlyMap<string, number>;
  /** What reads further kinds of statements in the program: `networks()` of @backflow/language/network. */
  readonly extension?: Extension;
}

/** Reads a page of notes, finds out what it speaks about, and judges every claim. Never throws on text. */
export function checkNotes(text: string, options: CheckOptions = {}): Report {
  const { sheet, world, problems } = open(text, options);
  return judge(sheet, world, { diagnose, problems });
}

/**
 * Checks one page of notes against another, where they state the same: what they agree on is right, what they do not is
 * wrong, with the other page's number as the truth. What only one of them states is judged by itself.
 */
export function compareNotes(text: string, other: string, options: CheckOptions = {}): Report {
  const { sheet, world, problems } = open(text, options);
  return comparedWith(judge(sheet, world, { diagnose, problems }), sheet, readSheet(other));
}

interface Opened {
  readonly sheet: Sheet;
  readonly world: World;
  readonly problems: readonly DiagnosticRecord[];
}

function open(text: string, options: CheckOptions): Opened {
  const { values } = options;
  const compilation = compilationOf(text, options);
  const broken = compilation !== null && compilation.recording === null;
  // Notes know more ways of writing than programs: `log p` where a program has `log(p)`.
  const names = namesOf(compilation);
  const owned = options.program === undefined ? (compilation?.owned ?? []) : [];
  const sheet = readSheet(text, names, { broken, owned, values: leafValues(compilation) });
  const named = compilation && countedAsOutputs(compilation, sheet);
  const world = createWorld(sheet, { compilation: named, ...(values !== undefined && { values }) });
  return { sheet, world, problems: broken ? compilation.diagnostics.filter(isError).map(recordOf) : [] };
}

let lastNames: ReadonlySet<string> = new Set();

/** A program's names; the same set as the last time where they are the same: a page is checked again after each key. */
function namesOf(compilation: Compilation | null): ReadonlySet<string> {
  const names = new Set(compilation?.names.keys());
  const same = names.size === lastNames.size && [...names].every((name) => lastNames.has(name));
  if (!same) lastNames = names;
  return lastNames;
}

function leafValues(compilation: Compilation | null): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  if (compilation === null || compilation.recording === null) return found;
  const { operation, value } = compilation.recording;
  for (const [name, node] of compilation.names) if (operation[node] === LEAF) found.set(name, value[node]);
  return found;
}

function isError({ severity }: DiagnosticRecord): boolean {
  return severity === 'error';
}

/** Plain data, which can be copied to another thread. */
function recordOf(diagnostic: DiagnosticRecord): DiagnosticRecord {
  return { ...diagnostic };
}

/** The program given, or the one in the document's fences; null where there is none. */
function compilationOf(text: string, { program, ...options }: CheckOptions): Compilation | null {
  const compilation = program === undefined ? compileNotes(text, options) : compile(program, options);
  if (compilation === null || compilation.otherNames.size === 0) return compilation;
  return { ...compilation, names: new Map([...compilation.names, ...compilation.otherNames]) };
}

const OUTPUT = /^O_\d\d$/;
const ZERO = /^[wω]_(?:0\d|\d0|\{(?:0,\d|\d,0)\})/;
const COMMA = /^[wω]_\{\d,\d\}/;
const WEIGHT = /^w\^\{\((\d+)\)\}_\{(\d)(\d)\}$/;
const LISTED_WEIGHT = /^w\^\{\(\d+\)\}_\{\d,\d\}$/;

/**
 * Notes about a network that call its outputs `O_{11}`, which counts from 1, count in `w^{(1)}_{11}` from 1, too, unless one of
 * their weights has a 0.
 */
function countedAsOutputs(compilation: Compilation, sheet: Sheet): Compilation {
  const { otherNames } = compilation;
  if (otherNames.size === 0) return compilation;
  const keys = namesOfPage(sheet).map(({ key }) => key);
  if (!keys.some((key) => OUTPUT.test(key)) || keys.some((key) => ZERO.test(key))) return compilation;
  const commas = keys.some((key) => COMMA.test(key));
  const isLeft = (name: string): boolean => !WEIGHT.test(name) && (commas || !LISTED_WEIGHT.test(name));
  const names = new Map([...compilation.names].filter(([name]) => isLeft(name)));
  for (const [name, node] of otherNames) {
    const found = WEIGHT.exec(name);
    if (found === null) continue;
    const [layer, unit, input] = found.slice(1).map(Number);
    names.set(`w^{(${layer})}_{${unit + 1}${input + 1}}`, node);
  }
  return { ...compilation, names };
}

/**
 * Compiles the program in the fences of notes; null where there is none. Spans are offsets into the whole text. Only the
 * program counts towards the language's limit of length: notes may be longer.
 */
export function compileNotes(
  text: string,
  options: Pick<CheckOptions, 'values' | 'extension'> = {},
): Compilation | null {
  const { regions, fences } = programParts(text);
  const end = fences.at(-1)?.to;
  if (end === undefined) return null;
  const size = regions.reduce((sum, { from, to }) => sum + to - from, 0);
  const limits = { textLength: LIMITS.textLength + end - size };
  return compile(text.slice(0, Math.max(end, regions.at(-1)!.to)), { ...options, limits });
}
