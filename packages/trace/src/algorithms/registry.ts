import { accumulateEarly } from './accumulate-early.ts';
import type { Algorithm, AlgorithmName } from './algorithm.ts';
import { forward } from './forward.ts';
import { breadthFirst, postorder, preorder } from './marked.ts';
import { memo } from './memo.ts';
import { numeric } from './numeric.ts';
import { pathSum } from './path-sum.ts';
import { overwrite, reverse } from './sweep.ts';

/** All algorithms, by name. */
export const ALGORITHMS: Readonly<Record<AlgorithmName, Algorithm>> = {
  'path-sum': pathSum,
  memo,
  reverse,
  numeric,
  forward,
  overwrite,
  'accumulate-early': accumulateEarly,
  preorder,
  'breadth-first': breadthFirst,
  postorder,
};
