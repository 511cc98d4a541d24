import { resolve } from 'node:path';
import { build, preview } from 'vite';
import type { TestProject } from 'vitest/node';
import { findChromium } from './chromium.ts';

declare module 'vitest' {
  interface ProvidedContext {
    site: string;
    chromium: string;
  }
}

/** Builds the page, serves it from a sub-path as any web host would, and finds a Chromium. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const configFile = resolve(import.meta.dirname, '../../vite.config.ts');
  const chromium = findChromium();
  await build({ configFile, logLevel: 'warn' });
  const server = await preview({ configFile, logLevel: 'warn', preview: { port: 0, host: '127.0.0.1' } });
  const address = server.resolvedUrls?.local[0];
  if (!address) throw new Error('The preview server has no address.');
  project.provide('site', address);
  project.provide('chromium', chromium);
  return () => server.close();
}
