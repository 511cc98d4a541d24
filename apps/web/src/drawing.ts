import type { Messages } from '@backflow/messages';
import type { Measure } from '@backflow/graph';
import { signal, type ReadonlySignal } from '@preact/signals';
import { arrange, pictureOf, type Picture, type Size } from './graph-view/picture.ts';
import { boundedWorker } from './state/bounded-worker.ts';
import { hireFarWorker, type FarAnswer, type FarQuestion } from './state/far.ts';
import type { Run } from './state/run.ts';
import { isSamePicture } from './state/structure.ts';

/** A picture and the run it shows. */
export interface Drawn {
  readonly run: Run;
  readonly picture: Picture;
}

export interface Drawing {
  readonly drawn: ReadonlySignal<Drawn | null>;
  /** `large`: the graph could not be laid out in time. */
  readonly state: ReadonlySignal<'done' | 'working' | 'large'>;
  show(run: Run, size: Size, digits: number, messages: Messages): void;
  dispose(): void;
}

/** Graphs up to this size are laid out on the spot. */
const NEAR_NODES = 600;

/** Lays out runs as they come: small ones at once, large ones in a worker, while the last picture stays. */
export function drawingWith(measure: Measure): Drawing {
  const drawn = signal<Drawn | null>(null);
  const state = signal<'done' | 'working' | 'large'>('done');
  const worker = boundedWorker<FarQuestion, FarAnswer>(hireFarWorker);
  let asked: { run: Run; digits: number; messages: Messages } | null = null;

  function finish(run: Run, picture: Picture): void {
    drawn.value = { run, picture };
    state.value = 'done';
  }

  return {
    drawn,
    state,
    show(run, size, digits, messages) {
      const before = drawn.peek();
      const sameLooks = asked !== null && asked.digits === digits && asked.messages === messages;
      if (sameLooks && asked!.run === run) return;
      const waiting =
        state.peek() === 'working' &&
        isSamePicture({ recording: asked!.run.shown, keys: asked!.run.keys }, run);
      asked = { run, digits, messages };
      if (sameLooks && waiting) return;
      worker.cancel();
      if (sameLooks && before !== null && isSamePicture(before.picture, run))
        return finish(run, before.picture);
      const previous = before?.picture ?? null;
      const options = { digits, words: messages.graph, measure, previous };
      if (run.shown.count <= NEAR_NODES) return finish(run, pictureOf(run.shown, size, options));
      state.value = 'working';
      worker.ask(
        { kind: 'arrange', recording: run.shown, size, digits, previous: plainPart(previous) },
        (outcome) => {
          const latest = asked!.run;
          if (outcome.kind === 'answer' && outcome.answer.kind === 'arranged') {
            finish(latest, pictureOf(latest.shown, size, options, outcome.answer.arrangement));
          } else if (outcome.kind === 'none') {
            finish(latest, pictureOf(latest.shown, size, options, arrange(latest.shown, size, options)));
          } else {
            drawn.value = null;
            state.value = 'large';
          }
        },
      );
    },
    dispose: () => worker.cancel(),
  };
}

/** What can be copied to a worker: no functions. */
function plainPart(picture: Picture | null): Picture | null {
  if (picture === null) return null;
  const { form, layout, keys } = picture;
  return { form, layout, keys } as unknown as Picture;
}
