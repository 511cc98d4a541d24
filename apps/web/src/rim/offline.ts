/*
 * What the page needs when the network is gone, fetched while nobody waits: a chunk of its own behind the first picture.
 * Where service workers may run, one keeps all files of the build, also for the next visit. Elsewhere (http on a local
 * network, private windows) this page at least loads what it has not used so far.
 */

/** Fetches everything that the build has; resolves when it is here. Rejects where that fails. */
export async function fetchAll(): Promise<void> {
  if ('serviceWorker' in navigator) {
    try {
      return await installed(
        await navigator.serviceWorker.register('./offline.js', { updateViaCache: 'none' }),
      );
    } catch {
      // Forbidden here, or not all files came: without one, then.
    }
  }
  await loadFiles();
}

/** Resolves when a worker has all files; rejects when it gives up. */
function installed(registration: ServiceWorkerRegistration): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = registration.installing;
    if (registration.active !== null || worker === null) return resolve();
    worker.addEventListener('statechange', () => {
      if (worker.state === 'activated') resolve();
      else if (worker.state === 'redundant') reject(new Error('The service worker could not be installed.'));
    });
  });
}

async function loadFiles(): Promise<void> {
  const response = await fetch('./files.json');
  const files = (await response.json()) as readonly string[];
  const here = new Set(Array.from(document.querySelectorAll('link'), ({ href }) => href));
  const wanted = files.filter((name) => !here.has(new URL(name, document.baseURI).href));
  // The styles of later pieces name classes of their own: they may come early.
  await Promise.all(wanted.filter((name) => name.endsWith('.css')).map((name) => linked('stylesheet', name)));
  for (const name of wanted.filter((each) => each.endsWith('.js'))) {
    // Workers are no modules of this page; the browser's cache has them.
    if (/worker/.test(name)) await fetch(name).then((file) => file.blob());
    else await linked('modulepreload', name);
  }
  await Promise.all(Array.from(document.fonts, (font) => font.load()));
}

function linked(rel: string, name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const link = document.createElement('link');
    link.rel = rel;
    // As the bundler writes it: it links no style twice.
    link.href = new URL(name, document.baseURI).href;
    link.crossOrigin = '';
    link.addEventListener('load', () => resolve());
    link.addEventListener('error', () => reject(new Error(`${name} cannot be fetched`)));
    document.head.append(link);
  });
}
