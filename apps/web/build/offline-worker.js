/* The service worker. The build puts its version and the names of its files in. */
const VERSION = 'VERSION';
const FILES = ['FILES'];

/** Copies of the page under other paths of this host have caches of their own. */
const PREFIX = `backflow ${registration.scope} `;
const NAME = PREFIX + VERSION;
const PAGE = 'index.html';
const known = new Set(FILES);
/** On the machine itself another program may answer at this address tomorrow. */
const isLocal = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(location.hostname);

/** All files or none. What is there under an old name is not asked for again. */
async function keep() {
  const cache = await caches.open(NAME);
  const queue = FILES.slice();
  const fetchNext = async () => {
    for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
      const address = new URL(name, registration.scope).href;
      const old = name === PAGE ? undefined : await caches.match(address);
      // Only the page has a name that stays when it changes.
      const response = old ?? (await fetch(address, name === PAGE ? { cache: 'no-cache' } : {}));
      if (!response.ok) throw new Error(`${address}: ${response.status}`);
      await cache.put(address, response);
    }
  };
  // A few at a time, so that what the reader asks for meanwhile is not kept waiting.
  await Promise.all([fetchNext(), fetchNext(), fetchNext()]);
}

async function tidy() {
  for (const name of await caches.keys())
    if (name.startsWith(PREFIX) && name !== NAME) await caches.delete(name);
  await clients.claim();
}

async function answer(request, name) {
  const address = new URL(name, registration.scope).href;
  if (name === PAGE && isLocal) {
    try {
      return await fetch(request);
    } catch {
      // Nobody is there: the kept page.
    }
  }
  const cache = await caches.open(NAME);
  return (await cache.match(address)) ?? fetch(request);
}

addEventListener('install', (event) => event.waitUntil(keep()));
// A new version waits until the last page of the old one is closed: a page has its files from one version.
addEventListener('activate', (event) => event.waitUntil(tidy()));
addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || !url.href.startsWith(registration.scope)) return;
  const path = decodeURI(url.pathname).slice(new URL(registration.scope).pathname.length);
  const name = path === '' ? PAGE : path;
  if (known.has(name)) event.respondWith(answer(request, name));
});
