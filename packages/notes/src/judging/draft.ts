import type { Bound, Unbound } from '../bound.ts';
import type { MemberForm, Printed } from '../question.ts';
import type { Change } from '../run.ts';
import type { Chain, Member, Sheet } from '../sheet.ts';
import type { Term } from '../term.ts';
import { isUnbound } from '../world.ts';
import type { World } from '../world.ts';
import { evaluateBound } from '../world/evaluate.ts';
import { makeupOf, printedOf, visit } from './literals.ts';
import { isDoubleBound } from './ranges.ts';

/** One side of a claim, with its names found. */
export interface Side {
  readonly term: Term;
  readonly bound: Bound;
  readonly form: MemberForm;
  readonly printed: Printed | null;
}

/** A member of a chain before it is judged. */
export interface MemberDraft {
  /** Index of the claim in the report; both sides of `-1 ≤ z ≤ 1` are one. */
  readonly claim: number;
  readonly member: Member;
  /** In all its readings, the likeliest first; empty where it means nothing here. */
  readonly sides: readonly Side[];
  /** Element by element, for a vector. */
  readonly elements: readonly Side[] | null;
  readonly unbound: Unbound | null;
}

export interface ChainDraft {
  readonly index: number;
  readonly chain: Chain;
  readonly subject: Side | null;
  readonly elements: readonly Side[] | null;
  readonly unbound: Unbound | null;
  readonly members: readonly MemberDraft[];
  /** `at x = 2`: the leaves that stand elsewhere. */
  readonly at: Change | null;
}

/** Binds everything that a sheet says; nothing is judged yet. */
export function draftChains(sheet: Sheet, world: World, most: number): ChainDraft[] {
  let claim = 0;
  const drafts: ChainDraft[] = [];
  for (const [index, chain] of sheet.chains.entries()) {
    // What stands for all that was not read is always told.
    if (claim >= most && chain.subject.kind !== 'elided') continue;
    const members: MemberDraft[] = [];
    const { text } = sheet;
    const subject = sideOf(chain.subject, world, '=', text);
    const vector = isVector(subject) ? elementsOf(chain.subject, world, '=', text) : null;
    const joined = isDoubleBound(chain);
    const first = claim;
    for (const [k, member] of chain.members.entries()) {
      members.push(draftMember(joined && k === 0 ? claim : claim++, member, world, text));
    }
    const isLost = vector === null && isMeaningless(subject);
    if (chain.quoted && (isLost || members.some(({ unbound }) => unbound !== null))) {
      claim = first;
      continue;
    }
    drafts.push({
      index,
      chain,
      subject: isMeaningless(subject) ? null : subject,
      elements: vector,
      unbound: isLost ? subject : null,
      members,
      at: pointOf(chain, world),
    });
  }
  return drafts;
}

function draftMember(claim: number, member: Member, world: World, text: string): MemberDraft {
  if (member.term === null) return { claim, member, sides: [], elements: null, unbound: null };
  const sides: Side[] = [];
  let unbound: Unbound | null = null;
  for (const term of [member.term, ...member.alternatives]) {
    const side = sideOf(term, world, member.relation, text);
    if (isMeaningless(side)) unbound ??= side;
    else sides.push(side);
  }
  const elements =
    sides.length === 0 && unbound !== null && isVector(unbound)
      ? elementsOf(member.term, world, member.relation, text)
      : null;
  return { claim, member, sides, elements, unbound: sides.length > 0 || elements !== null ? null : unbound };
}

function sideOf(term: Term, world: World, relation: Member['relation'], text: string): Side | Unbound {
  const bound = world.bind(term);
  if (isUnbound(bound)) return bound;
  return makeSide(term, bound, world, relation, text);
}

function makeSide(term: Term, bound: Bound, world: World, relation: Member['relation'], text: string): Side {
  const { form } = makeupOf(term);
  const written = text.slice(term.from, term.to).trim();
  const printed =
    form === 'number' ? printedOf(term, evaluateBound(bound, world.run()), relation, written) : null;
  return { term, bound, form, printed };
}

function elementsOf(term: Term, world: World, relation: Member['relation'], text: string): Side[] | null {
  if (term.kind === 'list') {
    const sides = flat(term).map((item) => sideOf(item, world, relation, text));
    const found = sides.filter((side): side is Side => !isMeaningless(side));
    if (found.length === sides.length) return found;
  }
  const bounds = world.bindEach?.(term) ?? null;
  if (bounds === null || isUnboundList(bounds)) return null;
  const items = term.kind === 'list' ? flat(term) : [];
  return bounds.map((bound, k) =>
    items.length === bounds.length
      ? makeSide(items[k], bound, world, relation, text)
      : { term, bound, form: formOf(bound), printed: null },
  );
}

/** Meant as a number it has the wrong shape; parts may be left out of it. */
function isVector(side: Side | Unbound): boolean {
  return isMeaningless(side) && (side.code === 'shapes' || side.code === 'elided');
}

function isMeaningless(side: Side | Unbound): side is Unbound {
  return 'code' in side;
}

function isUnboundList(bounds: readonly Bound[] | Unbound): bounds is Unbound {
  return 'code' in bounds;
}

/** The items of a list of lists, row by row. */
function flat(term: Term): Term[] {
  return term.kind === 'list' ? term.items.flatMap(flat) : [term];
}

function formOf(bound: Bound): MemberForm {
  let named = false;
  visit(bound, (part) => {
    if (part.kind !== 'literal' && part.kind !== 'exact' && part.kind !== 'apply') named = true;
  });
  return named ? 'symbolic' : 'numbers';
}

function pointOf(chain: Chain, world: World): Change | null {
  const values = new Map<number, number>();
  for (const { name, value } of chain.at) {
    const node = world.nodeNamed(name);
    const bound = world.bind(value);
    if (node === null || isUnbound(bound)) continue;
    const number = evaluateBound(bound, world.run());
    if (Number.isFinite(number)) values.set(node, number);
  }
  return values.size === 0 ? null : { values };
}
