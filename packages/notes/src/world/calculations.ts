import type { Relation, Sheet } from '../sheet.ts';
import { align, namesAligned } from './alignment.ts';
import type { ClaimAddress } from './assembly.ts';
import { expand } from './expand.ts';
import type { Expansion } from './expand.ts';
import { isSymbolic } from './mentions.ts';
import type { Planner } from './plans.ts';

/** Calculations of other chains with the same left side that a formula is laid over. */
const MAX_OTHERS = 8;
/** A bound, as in −1 ≤ z ≤ 1, gives no number. */
const EQUALS: ReadonlySet<Relation> = new Set(['=', '≈', '←']);

/** Numbers of leaves from calculations: w a + b = 1.5·0.6 − 0.4. Definitions first, then whatever has the same left side. */
export function alignNumbers(sheet: Sheet, planner: Planner, expansion: Expansion): void {
  const shown = new Map<string, { readonly symbolic: ClaimAddress[]; readonly numbers: ClaimAddress[] }>();
  sheet.chains.forEach(({ subject, members, at }, chain) => {
    if (at.length > 0 || members.some(({ relation }) => !EQUALS.has(relation))) return;
    const key = sheet.text.slice(subject.from, subject.to).replace(/\s+/g, '') || `${chain}`;
    const known = shown.get(key) ?? { symbolic: [], numbers: [] };
    shown.set(key, known);
    if (isSymbolic(subject) && subject.kind !== 'name' && subject.kind !== 'derivative')
      known.symbolic.push({ chain, member: -1 });
    members.forEach(({ term }, member) => {
      if (term === null) return;
      if (isSymbolic(term)) known.symbolic.push({ chain, member });
      else if (term.kind === 'apply' || term.kind === 'series' || members[member - 1]?.term?.kind === 'name')
        known.numbers.push({ chain, member });
    });
  });
  const { representative } = expansion.indices;
  for (const { symbolic, numbers } of shown.values()) {
    for (const formula of symbolic) {
      const chain = sheet.chains[formula.chain];
      const written = formula.member < 0 ? chain.subject : chain.members[formula.member].term!;
      const term = expand(written, representative, null, expansion);
      if (term === null || !isSymbolic(term) || numbers.length === 0) continue;
      const open = planner
        .needsOf(term)
        .filter((key) => planner.isNode(key) && planner.planOf(key).kind === 'free');
      if (open.length === 0) continue;
      for (const calculation of numbers.filter(
        ({ chain: other }, index) => other === formula.chain || index < MAX_OTHERS,
      )) {
        if (open.every((key) => planner.planOf(key).kind !== 'free')) break;
        const alignment = align(term, sheet.chains[calculation.chain].members[calculation.member].term!);
        const found = alignment === null ? null : namesAligned(alignment);
        if (found === null) continue;
        for (const [key, value] of found) {
          const canonical = planner.canonical(key);
          if (open.includes(canonical) && planner.planOf(canonical).kind === 'free')
            planner.align(canonical, value, calculation);
        }
      }
    }
  }
}
