import { PART } from './part.js';

const SOURCES = {
  table: ['packages/engine/src/operations/{activations,arithmetic,choices,elementary,norms,arity,table}.ts'],
  tape: [
    'packages/engine/src/gradient/sweep.ts',
    'packages/engine/src/tape/{tape,bare-tape,rewindable-tape,runs,run-methods,block,store,links}.ts',
  ],
};

/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
  testRunner: 'vitest',
  vitest: { configFile: 'tools/mutation/vitest.config.ts', related: false },
  mutate: SOURCES[PART],
  // Words for people are the business of their own tests.
  mutator: { excludedMutations: ['StringLiteral'] },
  // What is made once at load cannot be changed from test to test: names, notations, flags.
  ignoreStatic: true,
  coverageAnalysis: 'perTest',
  concurrency: 2,
  timeoutMS: 5000,
  ignorePatterns: [
    'apps',
    'bench',
    'examples',
    'dist',
    'tests/browser',
    'tests/cases',
    'tests/notes',
    'tests/web',
  ],
  tempDirName: 'tools/mutation/.stryker-tmp',
  reporters: ['progress-append-only', 'clear-text', 'json'],
  jsonReporter: { fileName: `tools/mutation/report-${PART}.json` },
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  allowConsoleColors: false,
};
