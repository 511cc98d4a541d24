import type { Account } from '../account.ts';
import type { AlgorithmName } from '../algorithms/algorithm.ts';
import { early } from './early.ts';
import { forward } from './forward.ts';
import { memo } from './memo.ts';
import { numeric } from './numeric.ts';
import { overwrite } from './overwrite.ts';
import { pathSum } from './path-sum.ts';

const ACCOUNTS: Readonly<Record<AlgorithmName, Account | null>> = {
  'path-sum': pathSum,
  memo,
  reverse: null,
  numeric,
  forward,
  overwrite,
  'accumulate-early': early,
  preorder: early,
  'breadth-first': early,
  postorder: early,
};

/** What is said of an algorithm's runs; null for the reverse sweep, of which everything else here speaks. */
export function accountOf(algorithm: AlgorithmName): Account | null {
  return ACCOUNTS[algorithm];
}
