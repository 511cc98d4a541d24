import type { MemoMessages } from '@backflow/messages';
import { formatNumber, nodeTitle } from '@backflow/print';
import { firstDifference, type Difference } from '@backflow/trace';
import type { Run } from '../../state/run.ts';
import type { Lane } from '../contract.ts';
import { groundOf } from '../race.ts';

const NAME_LENGTH = 16;

/** What a difference says, and what stands at its node. */
export interface Flag {
  readonly difference: Difference;
  readonly reason: string;
  readonly short: string;
}

/** The first event that made a lane go wrong; null before it has happened. */
export function flagOf(
  run: Run,
  lane: Lane,
  position: number,
  digits: number,
  texts: MemoMessages['beside'],
): Flag | null {
  if (lane.trace === null || lane.right !== false) return null;
  const difference = firstDifference(lane.trace, groundOf(run.shown).truth, position);
  if (difference === null) return null;
  const { kind, node, reported } = difference;
  const name = nodeTitle(run.shown, node, NAME_LENGTH);
  const found = formatNumber(difference.found, { digits });
  const due = formatNumber(difference.due, { digits });
  const reason = texts.differs[kind](name, found, due, reported);
  return { difference, reason, short: texts.flag(found, due) };
}
