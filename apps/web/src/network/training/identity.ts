import type { NetworkDocument } from '@backflow/language/network';
import type { DataSpec, Dataset, TrainingSpec } from '@backflow/nn';

/** What a document says about training; null where it does not say all of it. */
export function specOf(document: NetworkDocument | null): TrainingSpec | null {
  if (document === null) return null;
  const { network, data, loss, train } = document;
  return data === null || loss === null || train === null ? null : { network, data, loss, train };
}

/**
 * What training cannot be changed in without beginning anew: the network, the data, the loss, the order of the examples, the
 * optimizer. The other numbers of `loss` and `train` may change while it trains.
 */
export function identityOf({ network, data, loss, train }: TrainingSpec): string {
  const { optimizer, batch, shuffle, seed } = train;
  return JSON.stringify([network, data, loss.name, optimizer, String(batch), shuffle, seed]);
}

/** All that the document says, for a comparison. */
export function wholeOf(spec: TrainingSpec): string {
  return JSON.stringify(spec, (_name, value: unknown) => (value === Infinity ? 'all' : value));
}

/** The same data and the same network: what is trained can be kept under the name of both. */
export function keyOf(spec: TrainingSpec, dataset: Dataset | null): string {
  return dataset === null ? identityOf(spec) : `${identityOf(spec)} ${fingerprint(dataset)}`;
}

export function needsFiles(data: DataSpec): readonly string[] {
  return data.kind === 'csv' ? [data.file] : data.kind === 'images' ? [data.images, data.labels] : [];
}

/** Tells files apart that differ in length, labels or some of their numbers (FNV-1a over about 20,000 of them). */
function fingerprint({ size, inputs, x, y }: Dataset): string {
  let hash = 0x811c9dc5;
  const bytes = new Uint8Array(8);
  const view = new DataView(bytes.buffer);
  const take = (list: ArrayLike<number>): void => {
    const every = Math.max(1, Math.floor(list.length / 10_000));
    for (let at = 0; at < list.length; at += every) {
      view.setFloat64(0, list[at]);
      for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
    }
  };
  take(x);
  take(y);
  return `${size} × ${inputs}: ${(hash >>> 0).toString(16)}`;
}
