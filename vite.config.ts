import { defineConfig } from 'vitest/config';

const conditions = ['@backflow/source', 'module', 'browser', 'development|production'];

export default defineConfig({
  root: 'apps/web',
  base: './',
  resolve: { conditions },
  ssr: {
    resolve: { conditions: ['@backflow/source', 'module', 'node', 'development|production'], externalConditions: ['@backflow/source'] },
    noExternal: [/^@backflow\//],
  },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  worker: { format: 'es' },
  build: { outDir: 'dist/site', emptyOutDir: true, assetsInlineLimit: 0, target: 'es2022', manifest: true },
  test: {
    root: '.',
    include: ['tests/**/*.test.{ts,tsx}'],
    exclude: ['tests/browser/**', '**/node_modules/**'],
  },
});
