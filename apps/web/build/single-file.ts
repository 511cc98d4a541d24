import { createHash } from 'node:crypto';
import type { Plugin, Rolldown } from 'vite';

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** The modules that make workers. */
const HIRES = [
  { module: '/src/state/far-hire.ts', worker: './far.worker.ts', name: 'newFarWorker' },
  { module: '/src/notes/check-hire.ts', worker: './check.worker.ts', name: 'newCheckWorker' },
  { module: '/src/network/training/train-hire.ts', worker: './train.worker.ts', name: 'newTrainWorker' },
];

/** Text that may stand inside a script or style element. */
const inert = (text: string, element: 'script' | 'style'): string =>
  text.replaceAll(`</${element}`, `<\\/${element}`);

/**
 * Puts script and style into the one HTML file, so that the page opens by double-click, and admits them,
 * and nothing else, by their hashes in the content security policy.
 */
export function singleFile(): Plugin {
  return {
    name: 'backflow-single-file',
    apply: 'build',
    enforce: 'post',
    // A page from a file may not start module workers.
    config: () => ({ worker: { format: 'iife' } }),
    load: {
      order: 'pre',
      handler(id) {
        const hire = HIRES.find(({ module }) => id.endsWith(module));
        if (hire === undefined) return null;
        return `import Inline from '${hire.worker}?worker&inline';
          export const ${hire.name} = () => new Inline();`;
      },
    },
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const page = Object.values(bundle).find((item) => item.fileName.endsWith('.html'));
        if (page?.type !== 'asset') return this.error('The build has no HTML file to put everything into.');
        let html = String(page.source);
        const take = (name: string): Rolldown.OutputChunk | Rolldown.OutputAsset | undefined => {
          const key = name.replace(/^\.?\//, '');
          const item = bundle[key];
          delete bundle[key];
          return item;
        };
        let styleHash = '';
        html = html.replace(
          /<link\b[^>]*rel="stylesheet"[^>]*href="([^"]+)"[^>]*>/g,
          (_tag, href: string) => {
            const item = take(href);
            if (item?.type !== 'asset')
              return this.error(`The page links ${href}, which the build did not make.`);
            const style = inert(String(item.source), 'style');
            styleHash += ` ${hashOf(style)}`;
            return `<style>${style}</style>`;
          },
        );
        let script = '';
        html = html.replace(/\s*<script\b[^>]*src="([^"]+)"[^>]*><\/script>/g, (_tag, source: string) => {
          const item = take(source);
          if (item?.type !== 'chunk')
            return this.error(`The page runs ${source}, which the build did not make.`);
          script += inert(item.code, 'script');
          return '';
        });
        const body = html.lastIndexOf('</body>');
        html = `${html.slice(0, body)}<script type="module">${script}</script>\n${html.slice(body)}`;
        html = html
          .replace("script-src 'self'", `script-src ${hashOf(script)}`)
          .replace("style-src 'self'", `style-src${styleHash}`)
          .replace("font-src 'self'", 'font-src data:');
        page.source = html;
        const left = Object.keys(bundle).filter((name) => name !== page.fileName && !name.endsWith('.map'));
        if (left.length > 0) this.error(`These files are still outside the page: ${left.join(', ')}`);
        page.fileName = 'backflow.html';
      },
    },
  };
}
