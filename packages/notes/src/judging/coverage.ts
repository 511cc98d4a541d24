import { LEAF } from '@backflow/engine';
import type { Coverage } from '../report.ts';
import type { Sheet } from '../sheet.ts';
import type { World } from '../world.ts';
import type { ChainDraft } from './draft.ts';

/** A weight or bias that notes may be expected to give a derivative for. */
interface Member {
  readonly node: number;
  readonly name: string;
}

interface Family {
  readonly name: string;
  readonly members: readonly Member[];
}

/** Part of a family from which on the rest is missed. */
const ENOUGH = 0.6;
const ENOUGH_OF_DECLARED = 0.4;

/**
 * Which weights a page gives the derivative of: all of a layer (or of a letter) are due once most are given, or, for a
 * declared network, once the page has a list of that layer. A weight that is given twice is told where another is missing.
 */
export function coverageOf(sheet: Sheet, world: World, chains: readonly ChainDraft[]): Coverage[] {
  const declared = sheet.declarations.some(({ kind }) => kind === 'network');
  const given = new Map<number, Map<number, number>>();
  for (const { subject } of chains) {
    const bound = subject?.bound;
    if (bound?.kind !== 'derivative' || bound.order !== 1) continue;
    if (world.recording.operation[bound.by] !== LEAF) continue;
    const counts = given.get(bound.of) ?? new Map<number, number>();
    counts.set(bound.by, (counts.get(bound.by) ?? 0) + 1);
    given.set(bound.of, counts);
  }
  const found: Coverage[] = [];
  const families = familiesOf(world);
  for (const [of, counts] of given) {
    const told: Coverage[] = [];
    for (const { name, members } of families) {
      const has = members.filter(({ node }) => counts.has(node));
      const due =
        has.length >= ENOUGH * members.length ||
        (declared && has.length >= ENOUGH_OF_DECLARED * members.length);
      if (!due || has.length < 2) continue;
      told.push({
        of: world.nameOf(of),
        family: name,
        due: members.length,
        given: has.length,
        missing: members.filter(({ node }) => !counts.has(node)).map((member) => member.name),
        twice: has.filter(({ node }) => counts.get(node)! > 1).map((member) => member.name),
      });
    }
    found.push(...(told.length > 1 && told.length === families.length ? [together(told)] : told));
  }
  return found;
}

/** All layers as one: 19 of 20 weights. */
function together(parts: readonly Coverage[]): Coverage {
  return {
    of: parts[0].of,
    family: 'weights',
    due: parts.reduce((sum, { due }) => sum + due, 0),
    given: parts.reduce((sum, { given }) => sum + given, 0),
    missing: parts.flatMap(({ missing }) => missing),
    twice: parts.flatMap(({ twice }) => twice),
  };
}

/** Weights and biases by letter and layer: `w^(2)_11` belongs to `w^(2)`, `w5` to `w`. */
function familiesOf(world: World): Family[] {
  const { recording } = world;
  const families = new Map<string, Member[]>();
  for (let node = 0; node < recording.count; node++) {
    if (recording.operation[node] !== LEAF) continue;
    const name = world.nameOf(node);
    const key = familyOf(name);
    if (key === null) continue;
    const members = families.get(key) ?? [];
    members.push({ node, name });
    families.set(key, members);
  }
  return [...families].flatMap(([name, members]) => (members.length < 2 ? [] : [{ name, members }]));
}

/** Letter and layer of a weight's or bias's name; null for names that are neither. */
function familyOf(name: string): string | null {
  const letter = /^(?:weight|bias|theta|omega|[wWvVuUbBθωΘΩ])/u.exec(name)?.[0];
  if (letter === undefined) return null;
  const rest = name.slice(letter.length);
  const layer =
    /\^\{?\(?\[?([^)\]}]+)\)?\]?\}?/u.exec(rest)?.[1] ??
    /^(\d+)_\{?\d/u.exec(rest)?.[1] ??
    superscript(rest) ??
    null;
  if (layer === null && !/^[_\d{[₀-₉,]*[\d₀-₉}\]]+$|^$/u.test(rest)) return null;
  return layer === null ? letter : `${letter}^(${layer})`;
}

function superscript(text: string): string | null {
  const raised = /[⁰¹²³⁴-⁹]+/u.exec(text)?.[0];
  return raised === undefined ? null : Array.from(raised, (digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'.indexOf(digit)).join('');
}
