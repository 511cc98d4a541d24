import { compile, programParts } from '@backflow/language';
import { diagnose } from '../../packages/notes/src/diagnosis/diagnose.ts';
import { REGISTRY } from '../../packages/notes/src/diagnosis/registry.ts';
import type { Registry } from '../../packages/notes/src/diagnosis/registry.ts';
import { judge } from '../../packages/notes/src/judging/judge.ts';
import { readSheet } from '../../packages/notes/src/reading/sheet.ts';
import type { Claim, MistakeId, Report } from '../../packages/notes/src/report.ts';
import { createWorld } from '../../packages/notes/src/world/world.ts';

/** Notes judged with a registry of mistakes. */
export function judged(text: string, registry: Registry = REGISTRY): Report {
  const compilation = programParts(text).fences.length > 0 ? compile(text) : null;
  const sheet = readSheet(text, new Set(compilation?.names.keys()));
  const world = createWorld(sheet, { compilation });
  return judge(sheet, world, { diagnose: (question) => diagnose(question, registry) });
}

/** A page: a program in a fence and claims below it. */
export function page(program: readonly string[], ...claims: readonly string[]): string {
  const fence = program.length === 0 ? [] : ['```backflow', ...program, '```', ''];
  return [...fence, ...claims, ''].join('\n');
}

/** The last claim of a page. */
export function lastClaim(text: string, registry: Registry = REGISTRY): Claim {
  const claim = judged(text, registry).claims.at(-1);
  if (claim === undefined) throw new Error(`no claim in ${text}`);
  return claim;
}

/** The registry without one mistake. */
export function without(id: MistakeId): Registry {
  return new Map([...REGISTRY].filter(([other]) => other !== id));
}
