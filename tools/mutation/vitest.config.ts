import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';

const top = resolve(import.meta.dirname, '../..');

/** The engine's fast tests, against the sources beside them: a mutant lives in a copy of the repository. */
export default defineConfig({
  root: top,
  resolve: {
    alias: [
      { find: /^@backflow\/(messages|print)$/, replacement: `${top}/packages/$1/src/index.ts` },
      { find: '@backflow/engine/func', replacement: `${top}/packages/engine/src/func/index.ts` },
      { find: '@backflow/engine', replacement: `${top}/packages/engine/src/index.ts` },
    ],
  },
  test: {
    include: [
      'tests/engine/{operations,table,semantics,pytorch,value,tape,record,sweep,blocks,lifetime,gradients,forward,evaluate,findings,paths}.test.ts',
    ],
    // Chains of a million say nothing about a mutant that short ones do not.
    testNamePattern: /^(?!.*million)/,
    testTimeout: 20_000,
    pool: 'threads',
  },
});
