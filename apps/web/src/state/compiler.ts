import { boundedWorker, type Hire } from './bounded-worker.ts';
import { awaitsNetworks, compileNear, compileWhole, fetchNetworks, type Compiled } from './compiling.ts';
import type { FarAnswer, FarQuestion } from './far.ts';

export type CompileOutcome =
  | { readonly kind: 'compiled'; readonly compiled: Compiled }
  | { readonly kind: 'slow' }
  | { readonly kind: 'crashed' };

/** Turns texts into recordings: small ones at once, large ones in a worker that is ended when it takes too long. */
export interface Compiler {
  /**
   * Calls back at once for a small text, later for a large one, and for the first one with a network; an earlier one that is
   * not done is dropped. True if later.
   */
  compile(text: string, done: (outcome: CompileOutcome) => void): boolean;
  cancel(): void;
}

export function compilerWith(hire: Hire): Compiler {
  const worker = boundedWorker<FarQuestion, FarAnswer>(hire);
  let latest: object | null = null;

  function compile(text: string, done: (outcome: CompileOutcome) => void): boolean {
    worker.cancel();
    const own = (latest = {});
    if (awaitsNetworks(text)) {
      const answer = (fetched: boolean): void => {
        if (latest !== own) return;
        if (fetched) compile(text, done);
        else done({ kind: 'crashed' });
      };
      fetchNetworks().then(
        () => answer(true),
        () => answer(false),
      );
      return true;
    }
    const near = compileNear(text);
    if (near !== null) {
      done({ kind: 'compiled', compiled: near });
      return false;
    }
    worker.ask({ kind: 'compile', text }, (outcome) => {
      if (outcome.kind === 'none') done({ kind: 'compiled', compiled: compileWhole(text) });
      else if (outcome.kind !== 'answer') done(outcome);
      else if (outcome.answer.kind === 'compiled') done(outcome.answer);
    });
    return true;
  }

  return {
    compile,
    cancel() {
      latest = null;
      worker.cancel();
    },
  };
}
