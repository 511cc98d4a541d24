/**
 * Lets Node run TypeScript: `node --import ./apps/cli/typescript.js FILE.ts`, which is `npm run ts -- FILE.ts`.
 * Node 20 cannot; from 22.18 on it can by itself, and nothing happens here. Types are taken off, not checked.
 */
import { readFile } from 'node:fs/promises';
import { register } from 'node:module';
import { fileURLToPath } from 'node:url';
import { isMainThread } from 'node:worker_threads';

// Node runs the hooks in a thread of their own, which loads this file again.
if (isMainThread && !process.features.typescript) register(import.meta.url);

/** @type {import('node:module').LoadHook} */
export async function load(url, context, next) {
  if (!/^file:.*\.m?ts$/.test(url)) return next(url, context);
  const { transformWithOxc } = await import('vite');
  const path = fileURLToPath(url);
  const { code, map } = await transformWithOxc(await readFile(path, 'utf8'), path, {
    lang: 'ts',
    sourcemap: true,
  });
  const inline = Buffer.from(JSON.stringify(map)).toString('base64');
  const source = `${code}\n//# sourceMappingURL=data:application/json;base64,${inline}`;
  return { format: 'module', source, shortCircuit: true };
}
