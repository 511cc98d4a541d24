/** Work in pieces, with a result at its end. */
export type Pieces<T> = Generator<void, T>;

/**
 * Does the work piece by piece when the page has nothing else to do, and tells the result. Returns how to stop it.
 */
export function whenIdle<T>(pieces: Pieces<T>, tell: (result: T) => void): () => void {
  let stopped = false;
  const next = (): void => {
    if (stopped) return;
    const { done, value } = pieces.next();
    if (done === true) tell(value);
    else wait(next);
  };
  wait(next);
  return () => {
    stopped = true;
  };
}

function wait(then: () => void): void {
  // One browser has no idle time to ask for.
  if (typeof requestIdleCallback === 'function') requestIdleCallback(then, { timeout: 1000 });
  else setTimeout(then, 30);
}
