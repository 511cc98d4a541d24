import type { Chain, Sheet } from '../sheet.ts';
import type { NameTerm, Term } from '../term.ts';
import { movedKey } from './expand.ts';
import type { LayerShift } from './expand.ts';
import { termsOf, walk } from './mentions.ts';
import { layerNumber, layerOf, partsOf } from './name-parts.ts';

/**
 * Pages that speak of any layer l and of the last layer L speak of one network: l + 1 is L where a layer behind l is named,
 * else l itself is. Null where there is nothing to bring together.
 */
export function layerShift(sheet: Sheet): LayerShift | null {
  const furthest = new Map<string, number>();
  for (const chain of sheet.chains)
    for (const [, term] of termsOf(chain))
      walk(term, (part) => {
        if (part.kind !== 'name' || !part.key.includes('^')) return;
        const layer = layerOf(partsOf(part.key));
        const number = layer === null ? null : layerNumber(layer);
        if (number === null || number.letter === '') return;
        furthest.set(number.letter, Math.max(furthest.get(number.letter) ?? -Infinity, number.offset));
      });
  const own = furthest.get('l');
  if (own === undefined || !furthest.has('L')) return null;
  return { letter: 'l', by: -own, onto: 'L' };
}

/** The page with every name moved. */
export function shifted(sheet: Sheet, shift: LayerShift): Sheet {
  return { ...sheet, chains: sheet.chains.map((chain) => shiftedChain(chain, shift)) };
}

function shiftedChain(chain: Chain, shift: LayerShift): Chain {
  const move = (term: Term) => movedNames(term, shift);
  return {
    ...chain,
    subject: move(chain.subject),
    members: chain.members.map((member) => ({
      ...member,
      term: member.term === null ? null : move(member.term),
    })),
  };
}

const none: ReadonlyMap<string, number> = new Map();

function movedName(name: NameTerm, shift: LayerShift): NameTerm {
  const key = movedKey(name.key, none, shift);
  return key === name.key ? name : { ...name, key };
}

function movedNames(term: Term, shift: LayerShift): Term {
  const move = (part: Term) => movedNames(part, shift);
  switch (term.kind) {
    case 'name':
      return movedName(term, shift);
    case 'apply':
      return { ...term, of: term.of.map(move) };
    case 'call':
      return { ...term, callee: movedName(term.callee, shift), of: term.of.map(move) };
    case 'list':
      return { ...term, items: term.items.map(move) };
    case 'slope':
    case 'transpose':
      return { ...term, of: move(term.of) };
    case 'derivative':
      return { ...term, of: term.of === null ? null : move(term.of), by: move(term.by) };
    case 'series':
      return { ...term, body: move(term.body) };
    case 'cases':
      return {
        ...term,
        branches: term.branches.map(({ value, condition }) => ({
          value: move(value),
          condition: condition === null ? null : move(condition),
        })),
      };
    default:
      return term;
  }
}
