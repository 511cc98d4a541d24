import { existsSync } from 'node:fs';
import { readFile, realpath, stat } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, sep } from 'node:path';
import { PortTaken, SiteMissing } from './problem.ts';

const MEDIA_TYPES: ReadonlyMap<string, string> = new Map([
  ['.html', 'text/html; charset=utf-8'],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.mjs', 'text/javascript; charset=utf-8'],
  ['.css', 'text/css; charset=utf-8'],
  ['.json', 'application/json; charset=utf-8'],
  ['.map', 'application/json; charset=utf-8'],
  ['.webmanifest', 'application/manifest+json; charset=utf-8'],
  ['.md', 'text/markdown; charset=utf-8'],
  ['.txt', 'text/plain; charset=utf-8'],
  ['.svg', 'image/svg+xml'],
  ['.png', 'image/png'],
  ['.ico', 'image/x-icon'],
  ['.woff2', 'font/woff2'],
  ['.woff', 'font/woff'],
  ['.ttf', 'font/ttf'],
  ['.wasm', 'application/wasm'],
]);

/** A page that is being served. */
export interface Serving {
  /** `http://127.0.0.1:PORT/` */
  readonly address: string;
  readonly close: () => Promise<void>;
}

interface Site {
  /** The folder of the built page. */
  readonly folder: string;
  /** Files that exist in memory only: name → JSON text. */
  readonly extra: ReadonlyMap<string, string>;
  /** 0 for a free one. */
  readonly port: number;
}

/**
 * Serves a folder to this machine only. Knows GET and HEAD; never leaves the folder, neither by `..`
 * nor by a link. Throws `SiteMissing`, `PortTaken`.
 */
export async function serve(site: Site): Promise<Serving> {
  if (!existsSync(join(site.folder, 'index.html'))) throw new SiteMissing(site.folder);
  const root = await realpath(site.folder);
  const server = createServer((request, response) => {
    answer(request, root, site.extra).then(
      (found) => send(request, response, found),
      () => send(request, response, refusal(500)),
    );
  });
  const { port } = await listen(server, site.port);
  return {
    address: `http://127.0.0.1:${port}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listen(server: Server, port: number): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => reject(new PortTaken(port, error)));
    server.listen(port, '127.0.0.1', () => resolve(server.address() as AddressInfo));
  });
}

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: Buffer | string;
}

const refusal = (status: 400 | 403 | 404 | 405 | 500): Answer => ({
  status,
  type: 'text/plain; charset=utf-8',
  body: `${status}\n`,
});

async function answer(request: IncomingMessage, root: string, extra: Site['extra']): Promise<Answer> {
  // A foreign name that resolves to this machine is a page elsewhere trying to read ours.
  if (!/^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/i.test(request.headers.host ?? '')) return refusal(403);
  if (request.method !== 'GET' && request.method !== 'HEAD') return refusal(405);
  const path = pathOf(request.url ?? '/');
  if (path === null) return refusal(400);

  const made = extra.get(path);
  if (made !== undefined) return { status: 200, type: MEDIA_TYPES.get('.json')!, body: made };

  try {
    const file = await realpath(join(root, path === '' ? 'index.html' : path));
    if (!file.startsWith(root + sep) || !(await stat(file)).isFile()) return refusal(404);
    const type = MEDIA_TYPES.get(extname(file).toLowerCase()) ?? 'application/octet-stream';
    return { status: 200, type, body: await readFile(file) };
  } catch {
    return refusal(404);
  }
}

/** The path below the root, without leading slash; null for one that nobody asks for in good faith. */
function pathOf(url: string): string | null {
  let path: string;
  try {
    path = decodeURIComponent(url.replace(/[?#].*$/s, ''));
  } catch {
    return null;
  }
  if (!path.startsWith('/') || /[\0\\]/.test(path) || path.split('/').includes('..')) return null;
  return path.slice(1);
}

function send(request: IncomingMessage, response: ServerResponse, { status, type, body }: Answer): void {
  response.writeHead(status, {
    'content-type': type,
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
    ...(status === 405 && { allow: 'GET, HEAD' }),
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}
