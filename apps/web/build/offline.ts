import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Plugin, Rolldown } from 'vite';

/** Formats of fonts that every browser which runs the page leaves alone: it takes the first, woff2. */
const NEVER_ASKED = /\.(?:ttf|woff)$/;

/**
 * Writes `offline.js`, the service worker of `offline-worker.js` with the names of all files of this build in it, and
 * `files.json`, the same names for a page that may not have a service worker. Both change with every change of the build.
 */
export function offline(): Plugin {
  return {
    name: 'backflow-offline',
    apply: 'build',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const items = Object.values(bundle).filter(
          ({ fileName }) => !NEVER_ASKED.test(fileName) && !fileName.endsWith('.map'),
        );
        const hash = createHash('sha256');
        for (const item of items) hash.update(`${item.fileName}\n`).update(contentOf(item));
        const files = items.map(({ fileName }) => fileName).sort();
        const version = hash.digest('hex').slice(0, 16);
        const worker = readFileSync(resolve(import.meta.dirname, 'offline-worker.js'), 'utf8');
        const source = worker
          .replace("'VERSION'", JSON.stringify(version))
          .replace("['FILES']", JSON.stringify(files));
        this.emitFile({ type: 'asset', fileName: 'offline.js', source });
        this.emitFile({ type: 'asset', fileName: 'files.json', source: JSON.stringify(files) });
      },
    },
  };
}

function contentOf(item: Rolldown.OutputChunk | Rolldown.OutputAsset): string | Uint8Array {
  return item.type === 'chunk' ? item.code : item.source;
}
