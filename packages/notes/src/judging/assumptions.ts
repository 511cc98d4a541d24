import type { Bound } from '../bound.ts';
import type { Claim } from '../report.ts';
import type { Chain } from '../sheet.ts';
import type { World } from '../world.ts';
import type { AssemblyRemark } from '../world/assembly.ts';
import { contains, namesIn, termsOf } from '../world/mentions.ts';

/**
 * What was taken for granted where the graph was put together, claim by claim: a^{(L)} as σ(z^{(L)}) at every claim about it;
 * the rest, which concerns many claims, at the first of them.
 */
export function assumptionsIn({ assembly }: World): (bound: Bound | null, chain: Chain) => Claim['remarks'] {
  if (assembly === null || assembly === undefined || assembly.remarks.length === 0) return () => [];
  const { remarks, network } = assembly;
  const own = new Map<number, Claim['remarks'][number]>();
  const sketched = new Map<number, Claim['remarks'][number]>();
  const untold = new Set<AssemblyRemark>();
  for (const remark of remarks) {
    const { code, data, node } = remark;
    if (code === 'activation-by-name') own.set(node, { code, data });
    else if (code === 'sketched') sketched.set(node, { code, data });
    else untold.add(remark);
  }
  const weights = new Set(network?.weightNodes.flat(2));
  const nodes = new Set([
    ...weights,
    ...[network?.biasNodes, network?.sumNodes, network?.activationNodes].flatMap(
      (layers) => layers?.flat() ?? [],
    ),
  ]);
  const concerns = ({ code, data }: AssemblyRemark, about: readonly number[], chain: Chain): boolean => {
    switch (code) {
      case 'sizes-chosen':
        return termsOf(chain).some(([, term]) =>
          contains(
            term,
            (part) =>
              part.kind === 'series' &&
              part.last !== null &&
              namesIn(part.last).some(({ key }) => key === data.name),
          ),
        );
      case 'index-order':
        return about.some((one) => weights.has(one));
      case 'network-declared':
        return about.some((one) => nodes.has(one));
      default:
        return true;
    }
  };
  return (bound, chain) => {
    const about = nodesOf(bound);
    const told: Claim['remarks'][number][] = [];
    const ownRemark = bound?.kind === 'value' ? own.get(bound.node) : undefined;
    if (ownRemark !== undefined) told.push(ownRemark);
    for (const node of about) {
      const remark = sketched.get(node);
      if (remark !== undefined && sketched.delete(node)) told.push(remark);
    }
    for (const remark of untold) {
      if (!concerns(remark, about, chain)) continue;
      untold.delete(remark);
      told.push({ code: remark.code, data: remark.data });
    }
    return told;
  };
}

function nodesOf(bound: Bound | null): readonly number[] {
  if (bound?.kind === 'value') return [bound.node];
  if (bound?.kind === 'derivative') return [bound.of, bound.by];
  return bound?.kind === 'updated' ? [bound.leaf] : [];
}
