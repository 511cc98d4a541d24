import type { App } from './app.ts';
import { commandOf, COMMANDS, isEnabled, type Command, type Hands } from './commands.ts';
import { isSingleCharacter, matchesKey, type Press } from './keys.ts';

/** What the focused element makes of keys by itself. */
export type Focus =
  /** Nothing: every key is ours. */
  | 'page'
  /** A text field, a number field, a list: it needs the keys that type and move. */
  | 'field'
  /** The slider: it moves with arrows, Home, End and the page keys. */
  | 'slider'
  /** A button or link: Space and Enter press it. */
  | 'button'
  /** The program editor: like a field, but undo and redo are the page's own. */
  | 'editor';

const SLIDER_KEYS = new Set([
  'ArrowLeft',
  'ArrowRight',
  'ArrowUp',
  'ArrowDown',
  'Home',
  'End',
  'PageUp',
  'PageDown',
]);

/** What a key press should do, or null if it belongs to the focused element or to nobody. */
export function commandFor(press: Press, focus: Focus, app: App): Command | null {
  const { projector, blank } = app.session.value;
  const found = isPageKey(press, app) ? pageCommand(press, app) : keyCommand(press, focus, app);
  // What was not seen is not stepped over.
  return projector && blank && found?.group === 'steps' ? commandOf('blank') : found;
}

/** The keys of a remote control: on a projector they work wherever the focus is. */
function isPageKey(press: Press, app: App): boolean {
  const held = press.ctrlKey || press.altKey || press.metaKey;
  return app.session.value.projector && !held && (press.key === 'PageDown' || press.key === 'PageUp');
}

function pageCommand({ key }: Press, app: App): Command {
  const stop = commandOf(key === 'PageDown' ? 'nextStop' : 'previousStop');
  const step = commandOf(key === 'PageDown' ? 'stepForward' : 'stepBack');
  return isEnabled(stop, app) ? stop : step;
}

function keyCommand(press: Press, focus: Focus, app: App): Command | null {
  const { projector, blank } = app.session.value;
  for (const command of COMMANDS) {
    const key = command.keys.find((text) => matchesKey(text, press));
    if (key === undefined) continue;
    if (command.where === 'projector' && !projector) continue;
    if (isSingleCharacter(key) && !app.settings.value.singleKeys) continue;
    if (!reaches(command, key, press, focus)) continue;
    if (isEnabled(command, app) || (blank && command.group === 'steps')) return command;
  }
  return null;
}

function reaches(command: Command, key: string, press: Press, focus: Focus): boolean {
  const typing = command.where === 'typing' && !isSingleCharacter(key);
  switch (focus) {
    case 'page':
      return true;
    case 'button':
      return press.key !== ' ' && press.key !== 'Enter';
    case 'slider':
      return !SLIDER_KEYS.has(press.key);
    case 'field':
      return typing;
    case 'editor':
      return typing || command.id === 'undo' || command.id === 'redo';
  }
}

const TYPING_INPUTS = new Set(['text', 'search', 'number', 'email', 'url', 'tel', 'password']);

/** What the focused element makes of keys; it may stand in a shadow tree, behind the event's target. */
export function focusOf(event: KeyboardEvent): Focus {
  for (const target of event.composedPath()) {
    if (!(target instanceof HTMLElement)) continue;
    if (target.dataset['focus'] === 'editor') return 'editor';
    if (target instanceof HTMLInputElement) {
      if (target.type === 'range') return 'slider';
      return TYPING_INPUTS.has(target.type) ? 'field' : 'button';
    }
    if (target instanceof HTMLSelectElement) return 'field';
    if (target instanceof HTMLTextAreaElement || target.isContentEditable) {
      return event
        .composedPath()
        .some((part) => part instanceof HTMLElement && part.dataset['focus'] === 'editor')
        ? 'editor'
        : 'field';
    }
    if (
      target instanceof HTMLButtonElement ||
      target instanceof HTMLAnchorElement ||
      target.tagName === 'SUMMARY'
    ) {
      return 'button';
    }
  }
  return 'page';
}

/** Listens to the whole page; what a pane handled itself (and prevented) is left alone. Returns the way to stop. */
export function listenToKeys(target: Document, app: App, hands: Hands): () => void {
  const listener = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.isComposing) return;
    // Also while the dialog's code is still on its way.
    if (app.dialog.value !== null && event.key !== 'Escape') return;
    const focus = focusOf(event);
    if (focus === 'page' && nudged(event, app)) return;
    const command = commandFor(event, focus, app);
    if (command === null) return;
    // A dialog or popover closes by itself; the browser needs the key.
    if (command.id === 'escape' && document.querySelector('dialog[open], :popover-open') !== null) return;
    event.preventDefault();
    command.perform(app, hands);
  };
  const pages = (event: KeyboardEvent): void => {
    if (event.isComposing || !isPageKey(event, app)) return;
    event.preventDefault();
    event.stopPropagation();
    app.dialog.value = null;
    commandFor(event, 'page', app)?.perform(app, hands);
  };
  target.addEventListener('keydown', pages, true);
  target.addEventListener('keydown', listener);
  return () => {
    target.removeEventListener('keydown', pages, true);
    target.removeEventListener('keydown', listener);
  };
}

/** ↑ and ↓ on a selected leaf with Shift for ten times and Alt for a tenth of the step. */
function nudged(event: KeyboardEvent, app: App): boolean {
  if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return false;
  if (!event.shiftKey && !event.altKey) return false;
  const run = app.run.value;
  const node = app.selected.value;
  if (run === null || node < 0 || run.shown.operation[node] !== 0) return false;
  event.preventDefault();
  app.nudgeBy(node, event.key === 'ArrowUp' ? 1 : -1, event.shiftKey ? 10 : 0.1);
  return true;
}
