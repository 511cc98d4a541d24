import { describe, expect, it } from 'vitest';
import type { NotesDesk } from '../../apps/web/src/notes/contract.ts';
import { stageOf } from '../../apps/web/src/lecture/stage.ts';
import { createApp, type App } from '../../apps/web/src/state/app.ts';
import { compileNear } from '../../apps/web/src/state/compiling.ts';
import { commandFor, type Focus } from '../../apps/web/src/state/keyboard.ts';
import type { Press } from '../../apps/web/src/state/keys.ts';
import { initialSession, initialSettings } from '../../apps/web/src/state/session.ts';
import { en } from './texts.ts';

function appWith(change: Parameters<App['update']>[0] = {}): App {
  const app = createApp(
    {
      compiler: {
        compile(text, done) {
          done({ kind: 'compiled', compiled: compileNear(text)! });
          return false;
        },
        cancel: () => undefined,
      },
      now: () => 0,
      wait: () => () => undefined,
    },
    initialSettings,
    { ...initialSession, ...change },
    en,
  );
  app.openDocument('x = 3\ny = x*x', 'work');
  app.type({ from: 0, to: 0, insert: '\n' });
  app.goTo(4);
  return app;
}

function press(keys: string): Press {
  const parts = keys.split('+');
  const key = parts.at(-1)!;
  return {
    key: key === 'Space' ? ' ' : key,
    code: /^[a-z]$/i.test(key) ? `Key${key.toUpperCase()}` : key,
    shiftKey: parts.includes('Shift'),
    altKey: parts.includes('Alt'),
    ctrlKey: parts.includes('Ctrl'),
    metaKey: false,
  };
}

const answer = (app: App, keys: string, focus: Focus): string | null =>
  commandFor(press(keys), focus, app)?.id ?? null;

describe('a key', () => {
  it.each([
    ['page', 'Space', 'playPause'],
    ['button', 'Space', null],
    ['field', 'Space', null],
    ['slider', 'Space', 'playPause'],
    ['page', 'ArrowRight', 'stepForward'],
    ['button', 'ArrowRight', 'stepForward'],
    ['slider', 'ArrowRight', null],
    ['field', 'ArrowRight', null],
    ['editor', 'ArrowRight', null],
    ['editor', 'Ctrl+ArrowRight', null],
    ['page', 'Ctrl+ArrowRight', 'stepForward'],
    ['page', 'Shift+ArrowLeft', 'nodeBack'],
    ['page', 'Home', 'toStart'],
    ['slider', 'Home', null],
    ['page', 'f', 'follow'],
    ['field', 'f', null],
    ['editor', 'f', null],
    ['page', 'Ctrl+z', 'undo'],
    ['editor', 'Ctrl+z', 'undo'],
    ['field', 'Ctrl+z', null],
    ['editor', 'Ctrl+k', 'palette'],
    ['field', 'Ctrl+f', 'find'],
    ['editor', 'Escape', 'escape'],
    ['page', 'x', null],
    ['page', 'Alt+f', null],
    ['page', 'b', null],
    ['page', 'PageDown', null],
  ] as const)('on a %s: %s does %s', (focus, keys, expected) => {
    expect(answer(appWith(), keys, focus)).toBe(expected);
  });

  it('does nothing where its command cannot be done', () => {
    const app = appWith();
    app.toEnd();
    expect(answer(app, 'ArrowRight', 'page')).toBeNull();
    expect(answer(app, 'ArrowLeft', 'page')).toBe('stepBack');
    expect(answer(app, 'ArrowUp', 'page')).toBeNull();
    app.select(app.run.value!.nodeOfKey.get('x')!);
    expect(answer(app, 'ArrowUp', 'page')).toBe('nudgeUp');
  });

  it('that is a single character can be switched off, others stay', () => {
    const app = appWith();
    app.setUp({ singleKeys: false });
    expect(['f', 'p', '?', 'Space', 'ArrowRight', 'Ctrl+k'].map((keys) => answer(app, keys, 'page'))).toEqual(
      [null, null, null, 'playPause', 'stepForward', 'palette'],
    );
  });

  it('steps wherever the focus is, on a projector, and blanks the screen', () => {
    const app = appWith({ projector: true });
    for (const focus of ['page', 'button', 'slider', 'field', 'editor'] as const) {
      expect(answer(app, 'PageDown', focus)).toBe('stepForward');
      expect(answer(app, 'PageUp', focus)).toBe('stepBack');
    }
    expect([answer(app, '.', 'page'), answer(app, 'b', 'page')]).toEqual(['blank', 'blank']);
  });

  it('goes from stop to stop on a projector where the document names any', () => {
    const app = appWith({ projector: true });
    app.openDocument('```backflow\nx = 3\n```\n```stops\nstart: Here.\n```', 'work');
    app.lecture.value = { ...stageOf(app), Control: () => null, Problems: () => null };
    expect([answer(app, 'PageDown', 'field'), answer(app, 'PageUp', 'page')]).toEqual([
      'nextStop',
      'previousStop',
    ]);
    expect(answer(app, 'Ctrl+PageDown', 'page')).toBeNull();
    app.update({ projector: false });
    expect(answer(app, 'PageDown', 'page')).toBeNull();
  });

  it('that steps only brings a blank screen back', () => {
    const app = appWith({ projector: true, blank: true });
    app.toEnd();
    for (const keys of ['PageDown', 'PageUp', 'ArrowRight', 'ArrowLeft', 'Home', 'Space'])
      expect([keys, answer(app, keys, 'page')]).toEqual([keys, 'blank']);
    expect(answer(app, 'g', 'page')).toBe('showGraph');
  });
});

describe('Escape', () => {
  it('closes what is open, the innermost first', () => {
    const app = appWith({ projector: true, blank: true, selected: 'x' });
    const leave = (): void => commandFor(press('Escape'), 'page', app)!.perform(app, undefined as never);
    leave();
    expect(app.session.value).toMatchObject({ blank: false, selected: 'x', projector: true });
    leave();
    expect(app.session.value).toMatchObject({ selected: null, projector: true });
    leave();
    expect(app.session.value.projector).toBe(false);
  });
});

describe('the keys of notes', () => {
  const notes = {
    marks: { value: [{ from: 0, line: 1, sign: '✗', label: '', open: false }] },
  } as unknown as NotesDesk;

  it('work while one is writing, but for the single letters', () => {
    const app = appWith();
    expect(answer(app, 'F8', 'editor')).toBeNull();
    app.notes.value = notes;
    expect(answer(app, 'F8', 'editor')).toBe('nextMark');
    expect(answer(app, 'F9', 'field')).toBe('moreAboutMark');
    expect(answer(app, 'n', 'editor')).toBeNull();
    expect(answer(app, 'w', 'field')).toBeNull();
    expect(answer(app, 'n', 'page')).toBe('nextMark');
    expect(answer(app, 'w', 'button')).toBe('moreAboutMark');
  });
});
