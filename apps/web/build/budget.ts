import { gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

/** Bytes, gzipped, that a first visit may load before the reader does anything. */
export const FIRST_LOAD_LIMIT = 130_000;

/**
 * Modules that the page asks for by `import()` without being asked itself. The editor and what is said under
 * it follow of their own accord too, behind the first picture, and then, while nothing else is going on, all that may be
 * needed without a network; KaTeX comes with the inspector. None of these counts. The texts are fetched in one language.
 */
const AT_ONCE = ['packages/messages/src/en.ts'];

const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`;

/**
 * Prints the gzipped size of the first load (the page, its entry, what it fetches at once, and all that these import
 * statically, with their styles) and of every lazy chunk, and fails the build above the limit.
 */
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
      const chunks = Object.values(bundle).filter((item) => item.type === 'chunk');
      const waiting = chunks.filter((chunk) => chunk.isEntry).map((chunk) => chunk.fileName);
      for (const path of AT_ONCE) {
        const chunk = chunks.find(({ facadeModuleId }) => facadeModuleId?.endsWith(`/${path}`));
        if (chunk === undefined) this.error(`No chunk of its own for ${path}: the list in budget.ts is old.`);
        waiting.push(chunk.fileName);
      }
      const first = new Set<string>();
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
      process.stdout.write(`${line}\n`);
    },
  };
}
