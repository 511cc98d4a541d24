/** Work in pieces, which tell how far it is, with a result at its end. */
export type Slices<T> = Generator<number, T>;

/** Work goes on for so long before the page may answer. */
const SLICE_MS = 8;

/** Does the work slice by slice, and tells how far it is and what comes of it. Returns how to stop it. */
export function inSlices<T>(
  work: Slices<T>,
  tell: (result: T) => void,
  progress: (done: number) => void = () => undefined,
  now: () => number = () => performance.now(),
): () => void {
  let stopped = false;
  const go = (): void => {
    if (stopped) return;
    const end = now() + SLICE_MS;
    for (;;) {
      const { done, value } = work.next();
      if (done === true) return tell(value);
      if (now() < end) continue;
      progress(value);
      setTimeout(go);
      return;
    }
  };
  setTimeout(go);
  return () => {
    stopped = true;
  };
}
