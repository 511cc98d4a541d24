import type { App } from '../../state/app.ts';
import { focusOf } from '../../state/keyboard.ts';
import type { TrainingRoom } from './training.ts';

/** Keys of the network view; Space and the arrows are the transport's. */
export const TRAINING_KEYS = { train: 'A', step: 'J', epoch: 'E' } as const;

/** They are heard where nothing else wants them, like the page's own single keys. Returns the way to stop. */
export function listenToTrainingKeys(target: Document, app: App, training: TrainingRoom): () => void {
  const listener = (event: KeyboardEvent): void => {
    if (
      event.defaultPrevented ||
      event.isComposing ||
      event.ctrlKey ||
      event.metaKey ||
      event.altKey ||
      event.shiftKey
    )
      return;
    if (!app.settings.peek().singleKeys || app.dialog.peek() !== null) return;
    if (app.session.peek().mode !== 'network' || training.document.peek() === null) return;
    const focus = focusOf(event);
    if (focus === 'field' || focus === 'editor') return;
    switch (event.key.toUpperCase()) {
      case TRAINING_KEYS.train:
        if (training.state.peek() === 'running') training.pause();
        else training.start();
        break;
      case TRAINING_KEYS.step:
        training.step();
        break;
      case TRAINING_KEYS.epoch:
        training.epoch();
        break;
      default:
        return;
    }
    event.preventDefault();
  };
  target.addEventListener('keydown', listener);
  return () => target.removeEventListener('keydown', listener);
}
