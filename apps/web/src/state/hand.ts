import { stepOf, stepped } from '../graph-view/numbers.ts';
import type { App } from './app.ts';
import { placeOfLeaf, stepGesture, type Gesture } from './gesture.ts';
import type { Change } from './history.ts';

/** What changes numbers of the program where they are shown. */
export type Hand = Pick<App, 'nudge' | 'nudgeBy' | 'enterValue'>;

interface Paper {
  readonly app: () => Pick<App, 'run' | 'network' | 'readOnly' | 'kind' | 'history' | 'tell'>;
  readonly now: () => number;
  /** Rewrites a number in the text: one step of a gesture. */
  readonly write: (change: Change, gesture: Gesture, value: number) => void;
}

/** Presses of a nudge key within this time are one entry of the history. */
const NUDGE_PAUSE_MS = 900;

export function handOn({ app, now, write }: Paper): Hand {
  let gesture: Gesture | null = null;
  let lastNudge = { at: -Infinity, key: '', id: '' };
  let gestures = 0;

  function begin(node: number, id: string): boolean {
    const { run: shown, readOnly, kind, history, tell } = app();
    const run = shown.peek();
    if (run === null) return false;
    const { text } = history.peek().document;
    const place = placeOfLeaf(run, node, text);
    if (place === null) {
      const ofNotes = kind.peek() === 'notes';
      if (!readOnly.peek())
        tell({
          id: 'leaf',
          tone: 'warning',
          text: ({ page: { notices } }) => (ofNotes ? notices.leafOfNotes : notices.leafMoved),
          actions: [],
        });
      return false;
    }
    gesture = { id, key: run.keys[node], place, before: { text, place } };
    return true;
  }

  function move(value: number): void {
    if (gesture === null || !Number.isFinite(value)) return;
    const { change, next } = stepGesture(gesture, value);
    gesture = next;
    write(change, next, value);
  }

  /** A weight of a network that is in no text. */
  const entered = (node: number, value: number): boolean =>
    app().network.peek()?.enterValue(node, value) === true;

  function set(node: number, id: string, value: number): void {
    if (entered(node, value)) return;
    if (!begin(node, id)) return;
    move(value);
    gesture = null;
  }

  return {
    nudge(node, value, phase) {
      if (gesture === null && entered(node, value)) return;
      if (phase === 'start' && !begin(node, `drag ${gestures++}`)) return;
      if (phase !== 'start' || gesture !== null) move(value);
      if (phase === 'end') gesture = null;
    },
    nudgeBy(node, direction, size) {
      const run = app().run.peek();
      if (run === null) return;
      const key = run.keys[node];
      const at = now();
      const same = lastNudge.key === key && at - lastNudge.at < NUDGE_PAUSE_MS;
      const id = same ? lastNudge.id : `nudge ${gestures++}`;
      lastNudge = { at, key, id };
      const value = run.shown.value[node];
      set(node, id, stepped(value, direction, stepOf(value) * size));
    },
    enterValue: (node, value) => set(node, `entry ${gestures++}`, value),
  };
}
