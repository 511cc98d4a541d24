import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';
import { PART } from './part.js';

const top = resolve(import.meta.dirname, '../..');

const TESTS = {
  table: ['table', 'operations', 'semantics', 'pytorch'],
  tape: ['tape', 'operands', 'value', 'blocks', 'lifetime', 'gradients', 'record', 'sweep', 'semantics'],
};

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
    include: TESTS[PART].map((name) => `tests/engine/${name}.test.ts`),
    // Chains of a million say nothing about a mutant that short ones do not.
    testNamePattern: /^(?!.*million)/,
    testTimeout: 20_000,
    pool: 'threads',
    // These tests leave nothing behind: the engine is loaded once for all of them.
    isolate: false,
  },
});
