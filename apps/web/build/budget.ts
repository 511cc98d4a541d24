import { gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

/** Bytes, gzipped, that a first visit may load: the page, its script and style, what they import statically. */
export const FIRST_LOAD_LIMIT = 130_000;

const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`;

/** Prints the gzipped size of the first load and of every lazy chunk, and fails the build above the limit. */
export function budget(): Plugin {
  return {
    name: 'backflow-budget',
    apply: 'build',
    writeBundle(_options, bundle) {
      const sizes = new Map<string, number>();
      for (const [name, item] of Object.entries(bundle)) {
        if (!/\.(js|css|html)$/.test(name)) continue;
        sizes.set(name, gzipSync(item.type === 'chunk' ? item.code : item.source).length);
      }
      const first = new Set<string>();
      const waiting = Object.values(bundle).flatMap((item) =>
        item.type === 'chunk' && item.isEntry ? [item.fileName] : [],
      );
      for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
        if (first.has(name)) continue;
        first.add(name);
        const item = bundle[name];
        if (item?.type !== 'chunk') continue;
        waiting.push(...item.imports, ...(item.viteMetadata?.importedCss ?? []));
      }
      for (const name of sizes.keys()) if (name.endsWith('.html')) first.add(name);
      let total = 0;
      const rows = [...sizes].sort((a, b) => b[1] - a[1]);
      for (const [name, size] of rows) if (first.has(name)) total += size;
      for (const [name, size] of rows) {
        this.info(`${kilobytes(size).padStart(9)} gzip  ${first.has(name) ? 'first' : 'lazy '}  ${name}`);
      }
      const line = `First load: ${kilobytes(total)} gzip of ${kilobytes(FIRST_LOAD_LIMIT)} allowed.`;
      if (total > FIRST_LOAD_LIMIT) this.error(line);
      console.log(line);
    },
  };
}
