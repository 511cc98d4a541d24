import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PortTaken, SiteMissing } from '../../apps/cli/src/problem.ts';
import { serve, type Serving } from '../../apps/cli/src/site.ts';

let top: string;
let serving: Serving;

beforeAll(async () => {
  top = mkdtempSync(join(tmpdir(), 'backflow-site-'));
  mkdirSync(join(top, 'site/assets'), { recursive: true });
  writeFileSync(join(top, 'site/index.html'), '<!doctype html>page');
  writeFileSync(join(top, 'site/assets/main.js'), 'export {};');
  writeFileSync(join(top, 'secret.txt'), 'secret');
  symlinkSync(join(top, 'secret.txt'), join(top, 'site/link.txt'));
  serving = await serve({
    folder: join(top, 'site'),
    extra: new Map([['recording.json', '{"a":1}']]),
    port: 0,
  });
});

afterAll(async () => {
  await serving.close();
  rmSync(top, { recursive: true });
});

/** A request as written: `fetch` would tidy the path. */
function ask(
  path: string,
  method = 'GET',
  host?: string,
): Promise<{ status: number; type: string; body: string }> {
  return new Promise((resolve, reject) => {
    const { port } = new URL(serving.address);
    const asked = request(
      { port, host: '127.0.0.1', path, method, ...(host && { headers: { host } }) },
      (response) => {
        let body = '';
        response.on('data', (chunk: Buffer) => (body += chunk.toString()));
        response.on('end', () =>
          resolve({ status: response.statusCode!, type: response.headers['content-type']!, body }),
        );
      },
    );
    asked.on('error', reject);
    asked.end();
  });
}

describe('the server of the page', () => {
  it('listens on this machine only', () => {
    expect(serving.address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
  });

  it.each([
    ['/', 'text/html; charset=utf-8', '<!doctype html>page'],
    ['/?recording=recording.json', 'text/html; charset=utf-8', '<!doctype html>page'],
    ['/assets/main.js?v=1', 'text/javascript; charset=utf-8', 'export {};'],
    ['/recording.json', 'application/json; charset=utf-8', '{"a":1}'],
  ])('answers %s as %s', async (path, type, body) => {
    expect(await ask(path)).toEqual({ status: 200, type, body });
  });

  it('sends no body to HEAD', async () => {
    expect(await ask('/recording.json', 'HEAD')).toMatchObject({ status: 200, body: '' });
  });

  it.each([
    ['/../secret.txt', 400],
    ['/assets/../../secret.txt', 400],
    ['/%2e%2e/secret.txt', 400],
    ['/..%2fsecret.txt', 400],
    ['/assets/..%5c..%5csecret.txt', 400],
    ['/%00', 400],
    ['/%zz', 400],
    ['//etc/passwd', 404],
    ['/link.txt', 404],
    ['/assets', 404],
    ['/assets/', 404],
    ['/nothing', 404],
  ])('answers %s with %i', async (path, status) => {
    const answer = await ask(path);
    expect(answer.status).toBe(status);
    expect(answer.body).not.toContain('secret');
  });

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS'])('refuses %s', async (method) => {
    expect((await ask('/', method)).status).toBe(405);
  });

  it('refuses a page elsewhere whose name leads here', async () => {
    expect((await ask('/recording.json', 'GET', 'evil.example')).status).toBe(403);
    expect((await ask('/recording.json', 'GET', 'localhost:1')).status).toBe(200);
  });

  it('says that the page is not built', async () => {
    await expect(serve({ folder: top, extra: new Map(), port: 0 })).rejects.toBeInstanceOf(SiteMissing);
    await expect(serve({ folder: top, extra: new Map(), port: 0 })).rejects.toThrow('npm run build');
  });

  it('says that the port is taken', async () => {
    const port = Number(new URL(serving.address).port);
    const second = serve({ folder: join(top, 'site'), extra: new Map(), port });
    await expect(second).rejects.toBeInstanceOf(PortTaken);
    await expect(second).rejects.toMatchObject({ port });
  });
});
