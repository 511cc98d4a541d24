import { describe, expect, it } from 'vitest';
import { notesStateOf } from '../../apps/web/src/notes/desk.ts';
import { createApp } from '../../apps/web/src/state/app.ts';
import { compileNear } from '../../apps/web/src/state/compiling.ts';
import { initialSession, initialSettings } from '../../apps/web/src/state/session.ts';
import { notesEn } from '../../packages/messages/src/notes-en.ts';
import { en } from './texts.ts';

const TEXTS = { value: notesEn } as Parameters<typeof notesStateOf>[1];
const PROGRAM = '# Words\n\n```backflow\nx = 3\ny = x*x\n```\n';

/** The notes' state of a document, where no worker can be had: what is sent to be checked comes back as `none`. */
function opened(text: string) {
  const compiler = {
    compile(source: string, done: (outcome: never) => void) {
      done({ kind: 'compiled', compiled: compileNear(source)! } as never);
      return false;
    },
    cancel: () => undefined,
  };
  const world = { compiler, now: () => 0, wait: () => () => undefined };
  const app = createApp(world, initialSettings, initialSession, en);
  app.openDocument(text, 'work');
  return { app, ...notesStateOf(app, TEXTS) };
}

describe('the desk of notes', () => {
  it('has a document checked that claims something, and no other', () => {
    expect(opened(`${PROGRAM}\ndy/dx = 6\n`).state.trouble.value).toBe('none');
    const { app, state } = opened(PROGRAM);
    expect([state.trouble.value, state.waiting.value]).toEqual([null, false]);
    app.type({ from: PROGRAM.length, to: PROGRAM.length, insert: '\ndy/dx = 6\n' });
    expect(state.trouble.value).toBe('none');
    app.type({ from: PROGRAM.length, to: PROGRAM.length + 11, insert: '' });
    expect(state.trouble.value).toBe(null);
  });
});
