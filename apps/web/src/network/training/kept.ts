import type { EpochReport } from '@backflow/nn';

/** Training as it was when the page was left. */
export interface Kept {
  readonly version: 1;
  /** Of the network, its data and its training. */
  readonly key: string;
  readonly at: number;
  readonly running: boolean;
  /** Finished epochs, and steps over all of them. */
  readonly epoch: number;
  readonly step: number;
  readonly reports: readonly EpochReport[];
  /** All that training goes on from, as `stateToJson` writes it. */
  readonly state: string;
}

const DATABASE = 'backflow.training';
const STORE = 'kept';
/** The oldest beyond so many are forgotten. */
const MOST = 12;

/** Keeps it in the browser's database. What cannot be kept is not: training goes on. */
export async function keep(kept: Kept): Promise<boolean> {
  return (
    (await inStore('readwrite', (store) => {
      store.put(kept);
      const count = store.count();
      count.onsuccess = () => {
        if (count.result > MOST) forgetOldest(store, count.result - MOST);
      };
    })) !== null
  );
}

function forgetOldest(store: IDBObjectStore, many: number): void {
  let left = many;
  const cursor = store.index('at').openKeyCursor();
  cursor.onsuccess = () => {
    if (cursor.result === null || left-- === 0) return;
    store.delete(cursor.result.primaryKey);
    cursor.result.continue();
  };
}

/** What was kept under this key, checked; null where there is nothing or it is anything else. */
export async function keptAs(key: string): Promise<Kept | null> {
  const found = await inStore('readonly', (store) => store.get(key));
  if (found === null || found === undefined) return null;
  const { keptIn } = await import('./kept-schema.ts');
  const kept = keptIn(found.result);
  return kept?.key === key ? kept : null;
}

export async function forget(key: string): Promise<void> {
  await inStore('readwrite', (store) => void store.delete(key));
}

/** Resolves when the transaction is through; null where there is no database. */
async function inStore<R>(mode: IDBTransactionMode, work: (store: IDBObjectStore) => R): Promise<R | null> {
  let database: IDBDatabase | null = null;
  try {
    database = await opened();
    const transaction = database.transaction(STORE, mode);
    const result = work(transaction.objectStore(STORE));
    await new Promise<void>((done, fail) => {
      transaction.oncomplete = () => done();
      transaction.onerror = transaction.onabort = () => fail(transaction.error ?? new Error('aborted'));
    });
    return result;
  } catch {
    // Private windows and some file addresses have none; a full one takes nothing.
    return null;
  } finally {
    database?.close();
  }
}

function opened(): Promise<IDBDatabase> {
  return new Promise((done, fail) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore(STORE, { keyPath: 'key' }).createIndex('at', 'at');
    };
    request.onsuccess = () => done(request.result);
    request.onerror = request.onblocked = () => fail(request.error ?? new Error('blocked'));
  });
}
