import { createReadStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join, normalize, resolve } from 'node:path';
import { build } from 'vite';
import type { TestProject } from 'vitest/node';
import { findChromium } from './chromium.ts';

declare module 'vitest' {
  interface ProvidedContext {
    site: string;
    /** The folder that the page was built into. */
    built: string;
    chromium: string;
  }
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.woff2': 'font/woff2',
};

/** The page must work under any sub-path: the tests see it under this one, and nothing at the root. */
const SUB_PATH = '/courses/calculus/backflow/';

/** Builds the page, serves the files as a plain web host would, and finds a Chromium. */
export default async function setup(project: TestProject): Promise<() => void> {
  const chromium = findChromium();
  // The page as it is shipped: the test runner's own mode would keep code for development in it.
  const mode = process.env['NODE_ENV'] ?? 'test';
  process.env['NODE_ENV'] = 'production';
  // A folder of its own: a page that is being served, or tested by somebody else, stays as it is.
  const built = mkdtempSync(join(tmpdir(), 'backflow-tested-'));
  await build({
    configFile: resolve(import.meta.dirname, '../../vite.config.ts'),
    logLevel: 'warn',
    build: { outDir: built },
  });
  process.env['NODE_ENV'] = mode;
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://host').pathname);
    const name = path.slice(SUB_PATH.length) || 'index.html';
    const file = join(built, normalize(name));
    if (!path.startsWith(SUB_PATH) || !statSync(file, { throwIfNoEntry: false })?.isFile()) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { 'Content-Type': TYPES[extname(file)] ?? 'application/octet-stream' });
    createReadStream(file).pipe(response);
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as AddressInfo;
  project.provide('site', `http://127.0.0.1:${port}${SUB_PATH}`);
  project.provide('built', built);
  project.provide('chromium', chromium);
  return () => {
    server.close();
    server.closeAllConnections();
    rmSync(built, { recursive: true });
  };
}
