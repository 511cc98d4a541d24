import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { budget } from './apps/web/build/budget.ts';
import { offline } from './apps/web/build/offline.ts';
import { singleFile } from './apps/web/build/single-file.ts';

/** Read the packages' sources, so that dev server, build and tests run without their dist. */
const source = '@backflow/source';

/** Texts stay apart by language, and those of panels come with the first panel. */
const MODULES = /^(?!.*[\\/](?:messages[\\/]src[\\/](?!index)|look[\\/]panel-texts))/;

/** What checks links and saved work, and the names that it knows. */
const STORED =
  /[\\/](?:valibot[\\/].*|web[\\/]src[\\/](?:link[\\/](?:bytes|codec|schema)|storage[\\/]stored|memo[\\/]contract)\.ts|algorithms[\\/]algorithm\.ts)$/;

export default defineConfig(({ mode }) => {
  const single = mode === 'single';
  return {
    root: `${import.meta.dirname}/apps/web`,
    base: './',
    resolve: { conditions: [source, 'module', 'browser', 'development|production'] },
    ssr: {
      resolve: {
        conditions: [source, 'module', 'node', 'development|production'],
        externalConditions: [source],
      },
      noExternal: [/^@backflow\//],
    },
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    worker: { format: 'es' },
    plugins: single ? [singleFile()] : [budget(), offline()],
    build: {
      outDir: single ? 'dist/single' : 'dist/site',
      emptyOutDir: true,
      target: 'es2022',
      // The browsers of this target know it; older ones do without.
      modulePreload: { polyfill: false },
      assetsInlineLimit: single ? Number.MAX_SAFE_INTEGER : 0,
      cssCodeSplit: !single,
      chunkSizeWarningLimit: single ? 4000 : 500,
      rolldownOptions: {
        // What several chunks share is one chunk, in place of a dozen small ones that compress worse; what the first
        // picture does without is another. What reads links and saved work comes before that picture, if there is any.
        output: {
          codeSplitting: single
            ? false
            : {
                includeDependenciesRecursively: false,
                groups: [
                  { name: 'shared', minShareCount: 2, test: MODULES, tags: ['$initial'] },
                  { name: 'stored', test: STORED },
                  { name: 'later', minShareCount: 2, test: MODULES },
                ],
              },
        },
      },
    },
    preview: { host: '127.0.0.1' },
    test: {
      // By default one core of two would be left idle.
      maxWorkers: Math.max(2, availableParallelism() - 1),
      reporters: ['default', `${import.meta.dirname}/tests/reporter.ts`],
      projects: [
        {
          extends: true,
          test: {
            name: 'unit',
            root: import.meta.dirname,
            include: ['tests/**/*.test.{ts,tsx}'],
            exclude: ['tests/browser/**'],
            testTimeout: 120_000,
            sequence: { groupOrder: 0 },
          },
        },
        {
          extends: true,
          test: {
            name: 'browser',
            root: import.meta.dirname,
            include: ['tests/browser/**/*.test.ts'],
            globalSetup: [`${import.meta.dirname}/tests/browser/setup.ts`],
            fileParallelism: false,
            testTimeout: 60_000,
            hookTimeout: 120_000,
            sequence: { groupOrder: 1 },
          },
        },
      ],
    },
  };
});
