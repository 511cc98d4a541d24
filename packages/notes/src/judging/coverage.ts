import type { Coverage } from '../report.ts';
import type { Sheet } from '../sheet.ts';
import type { World } from '../world.ts';
import type { ChainDraft } from './draft.ts';

export function coverageOf(_sheet: Sheet, _world: World, _chains: readonly ChainDraft[]): Coverage[] {
  return [];
}
