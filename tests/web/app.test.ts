import { addressOf } from '@backflow/trace';
import { describe, expect, it } from 'vitest';
import { createApp, nextSpeed, type App } from '../../apps/web/src/state/app.ts';
import type { CompileOutcome, Compiler } from '../../apps/web/src/state/compiler.ts';
import { compileNear, compileWhole } from '../../apps/web/src/state/compiling.ts';
import { momentAt } from '../../apps/web/src/state/moment.ts';
import { forwardEnd } from '../../apps/web/src/state/run.ts';
import { initialSession, initialSettings } from '../../apps/web/src/state/session.ts';
import { en } from './texts.ts';

interface Desk {
  readonly app: App;
  /** Lets the clock run. */
  readonly pass: (ms: number) => void;
  /** What the worker would answer, for texts that begin with `# large`. */
  readonly waiting: ((outcome: CompileOutcome) => void)[];
}

function deskWith(text: string): Desk {
  let now = 0;
  let timers: { at: number; run: () => void }[] = [];
  const waiting: ((outcome: CompileOutcome) => void)[] = [];
  const compiler: Compiler = {
    compile(source, done) {
      if (source.startsWith('# large')) {
        waiting.push(done);
        return true;
      }
      done({ kind: 'compiled', compiled: compileNear(source)! });
      return false;
    },
    cancel: () => undefined,
  };
  const app = createApp(
    {
      compiler,
      now: () => now,
      wait(ms, then) {
        const timer = { at: now + ms, run: then };
        timers.push(timer);
        return () => void (timers = timers.filter((other) => other !== timer));
      },
    },
    initialSettings,
    initialSession,
    en,
  );
  app.openDocument(text, 'work');
  return {
    app,
    waiting,
    pass(ms) {
      const until = now + ms;
      for (;;) {
        const due = timers.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0];
        if (due === undefined) break;
        timers = timers.filter((timer) => timer !== due);
        now = due.at;
        due.run();
      }
      now = until;
    },
  };
}

const text = (app: App): string => app.history.value.document.text;
const node = (app: App, key: string): number => app.run.value!.nodeOfKey.get(key)!;
const retype = (app: App, next: string): void => app.type({ from: 0, to: text(app).length, insert: next });

describe('the page’s state', () => {
  it('stands after the forward pass when a document is opened', () => {
    const { app } = deskWith('x = 3\ny = x*x');
    expect(app.position.value).toBe(forwardEnd(app.run.value!.trace));
    expect(app.position.value).toBe(1);
    expect(app.run.value!.trace.length).toBe(8);
  });

  it('keeps the step when another line is edited', () => {
    const { app } = deskWith('x = 3\nu = x*x\ny = u + x');
    app.goTo(5);
    const { trace } = app.run.value!;
    const before = trace.at(4);
    retype(app, 'x = 3\nu = x*x\ny = u + 2*x');
    const after = app.run.value!;
    const event = after.trace.at(app.position.value - 1);
    expect(event.kind).toBe(before.kind);
    expect(after.keys[event.node]).toBe(trace.recording.names.get(before.node));
  });

  it('stays at either end when the program grows', () => {
    const { app } = deskWith('x = 3\ny = x*x');
    app.toEnd();
    retype(app, 'x = 3\ny = x*x*x');
    expect(app.position.value).toBe(app.run.value!.trace.length);
    app.toStart();
    retype(app, 'x = 3\ny = x*x*x*x');
    expect(app.position.value).toBe(0);
  });

  it('stays after the forward pass while a program is typed from nothing', () => {
    const { app } = deskWith('');
    let typed = '';
    for (const letter of 'x = 3\ny = x*x') {
      app.type({ from: typed.length, to: typed.length, insert: letter });
      typed += letter;
    }
    expect(text(app)).toBe('x = 3\ny = x*x');
    expect(app.position.value).toBe(1);
  });

  it('keeps the last good run, marked stale, while the text is wrong', () => {
    const { app } = deskWith('x = 3\ny = x*x');
    const run = app.run.value;
    retype(app, 'x = 3\ny = x*(x');
    expect(app.run.value).toBe(run);
    expect(app.stale.value).toBe(true);
    expect(app.verdict.value.problems.map(({ severity }) => severity)).toEqual(['error']);
    app.undo();
    expect(app.stale.value).toBe(false);
    expect(app.verdict.value.problems).toEqual([]);
  });

  it('empties the graph with the text', () => {
    const { app } = deskWith('x = 3\ny = x*x');
    retype(app, '');
    expect(app.run.value).toBeNull();
  });
});

describe('a dragged number', () => {
  it('rewrites the text, keeps the step, and is undone at once', () => {
    const { app } = deskWith('x = 3\ny = x*x # 3');
    app.goTo(5);
    app.nudge(node(app, 'x'), 3, 'start');
    for (const value of [3.1, 12.5, -4]) app.nudge(node(app, 'x'), value, 'move');
    app.nudge(node(app, 'x'), -4, 'end');
    expect(text(app)).toBe('x = -4\ny = x*x # 3');
    expect(app.position.value).toBe(5);
    expect(app.run.value!.shown.value[node(app, 'y')]).toBe(16);
    app.undo();
    expect(text(app)).toBe('x = 3\ny = x*x # 3');
    app.redo();
    expect(text(app)).toBe('x = -4\ny = x*x # 3');
  });

  it('is found again below an unfinished line', () => {
    const { app } = deskWith('x = 3\ny = x*x');
    app.type({ from: 0, to: 0, insert: 'z = (\n' });
    expect(app.stale.value).toBe(true);
    app.enterValue(node(app, 'x'), 7);
    expect(text(app)).toBe('z = (\nx = 7\ny = x*x');
  });

  it('is left alone, with a word, where its own text is being changed', () => {
    const { app } = deskWith('x = 3\ny = x*x');
    app.type({ from: 4, to: 5, insert: '(' });
    app.enterValue(node(app, 'x'), 7);
    expect(text(app)).toBe('x = (\ny = x*x');
    expect(app.notices.value.map(({ id }) => id)).toEqual(['leaf']);
  });

  it('joins quick presses of a key into one entry, and slow ones not', () => {
    const { app, pass } = deskWith('x = 3\ny = x*x');
    for (let press = 0; press < 3; press++) {
      app.nudgeBy(node(app, 'x'), 1, 1);
      pass(100);
    }
    expect(text(app)).toBe('x = 3.3\ny = x*x');
    pass(5000);
    app.nudgeBy(node(app, 'x'), -1, 10);
    expect(text(app)).toBe('x = 2.3\ny = x*x');
    app.undo();
    expect(text(app)).toBe('x = 3.3\ny = x*x');
    app.undo();
    expect(text(app)).toBe('x = 3\ny = x*x');
  });

  it('shows its numbers before the worker has answered', () => {
    const { app, waiting } = deskWith('# large\nx = 3\ny = x*x');
    const whole = (): void => waiting.pop()!({ kind: 'compiled', compiled: compileWhole(text(app)) });
    whole();
    app.nudge(node(app, 'x'), 3, 'start');
    app.nudge(node(app, 'x'), 5, 'move');
    app.nudge(node(app, 'x'), 6, 'move');
    expect(app.verdict.value.state).toBe('computing');
    expect(app.run.value!.shown.value[node(app, 'y')]).toBe(36);
    app.nudge(node(app, 'x'), 6, 'end');
    whole();
    expect(app.stale.value).toBe(false);
    expect(text(app)).toBe('# large\nx = 6\ny = x*x');
    expect(app.run.value!.shown.value[node(app, 'y')]).toBe(36);
  });
});

describe('a large program', () => {
  it('keeps the last picture until it is there, and drops an answer to an older text', () => {
    const { app, waiting } = deskWith('x = 3\ny = x*x');
    retype(app, '# large\nx = 1\nz = x+1');
    retype(app, '# large\nx = 1\nz = x+2');
    expect([app.stale.value, app.run.value!.nodeOfKey.has('y')]).toEqual([true, true]);
    waiting[0]({ kind: 'compiled', compiled: compileWhole('# large\nx = 1\nz = x+1') });
    expect(app.run.value!.nodeOfKey.has('y')).toBe(true);
    waiting[1]({ kind: 'compiled', compiled: compileWhole('# large\nx = 1\nz = x+2') });
    expect(app.run.value!.shown.value[node(app, 'z')]).toBe(3);
  });

  it('that takes too long is told, and nothing is lost', () => {
    const { app, waiting } = deskWith('x = 3\ny = x*x');
    retype(app, '# large');
    waiting[0]({ kind: 'slow' });
    expect(app.verdict.value.state).toBe('slow');
    expect(text(app)).toBe('# large');
    expect(app.run.value!.nodeOfKey.has('y')).toBe(true);
  });
});

describe('playing', () => {
  it('goes step by step to the end and stops', () => {
    const { app, pass } = deskWith('x = 3\ny = x*x');
    app.toStart();
    app.play();
    const seen: number[] = [];
    for (let second = 0; second < 12 && app.playing.value; second++) {
      seen.push(app.position.value);
      pass(900);
    }
    expect(seen).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(app.playing.value).toBe(false);
  });

  it('is paused by any step', () => {
    const { app, pass } = deskWith('x = 3\ny = x*x');
    app.play();
    app.step(-1);
    const { value } = app.position;
    pass(10_000);
    expect([app.playing.value, app.position.value]).toEqual([false, value]);
  });

  it('shows the backward pass in the time it is given', () => {
    const { app, pass } = deskWith('x = 3\ny = x*x');
    app.update({ granularity: 'pass' });
    app.playWithin(7000);
    pass(6500);
    expect(app.position.value).toBe(8);
    pass(1000);
    expect(app.playing.value).toBe(false);
  });

  it('starts again from the beginning at the end', () => {
    const { app } = deskWith('x = 3\ny = x*x');
    app.toEnd();
    app.play();
    expect(app.position.value).toBe(1);
  });

  it('knows where its speeds end', () => {
    expect([
      nextSpeed(1, 1),
      nextSpeed(1, -1),
      nextSpeed(0.25, -1),
      nextSpeed(32, 1),
      nextSpeed(3, 1),
    ]).toEqual([2, 0.5, 0.25, 32, 2]);
  });
});

describe('a selection', () => {
  it('opens the inspector and survives an edit by its key', () => {
    const { app } = deskWith('x = 3\nu = x*x\ny = u + x');
    app.select(node(app, 'u'));
    expect(app.session.value.inspector).toBe(true);
    app.update({ inspector: false, inspectorOpens: false });
    app.select(node(app, 'x'));
    expect(app.session.value.inspector).toBe(false);
    app.select(node(app, 'u'));
    retype(app, 'a = 1\nx = 3\nu = x*x\ny = u + x*a');
    expect(app.selected.value).toBe(node(app, 'u'));
    retype(app, 'x = 3\ny = x');
    expect(app.selected.value).toBe(-1);
  });
});

describe('a folded sum', () => {
  it('opens into its parts and closes from any of them', () => {
    const { app } = deskWith('a = 1\nb = 2\nc = 3\ny = a + b + c');
    const count = app.run.value!.shown.count;
    app.toggleSum(node(app, 'y'));
    expect(app.run.value!.shown.count).toBe(count + 1);
    app.toggleSum(node(app, 'a'));
    expect(app.run.value!.shown.count).toBe(count + 1);
    app.toggleSum(node(app, 'y/+2'));
    expect(app.run.value!.shown.count).toBe(count);
  });

  it('is a card of many inputs too; selection, step and what is inside keep their places', () => {
    const { app } = deskWith('a = 1\nb = 2\nz = dot([tanh(a + b + a), b], [b, exp(a)])\ny = z^2');
    const { run, selected, session } = app;
    const keyAt = (): string => run.value!.keys[selected.value];
    const inner = run.value!.keys.find((key) => key.startsWith('z/0/'))!;
    app.select(node(app, inner));
    app.goTo(run.value!.trace.length - 3);
    const address = addressOf(run.value!.trace, app.position.value);
    app.toggleSum(node(app, 'z'));
    expect(run.value!.keys).toContain('z/×2');
    expect([keyAt(), addressOf(run.value!.trace, app.position.value)]).toMatchObject([
      inner,
      { ...address, share: expect.any(Number) as number },
    ]);
    app.toggleSum(node(app, inner));
    expect([...session.value.open]).toEqual(['z', inner]);
    app.select(node(app, `${inner}/+2`));
    app.toggleSum(selected.value);
    expect([keyAt(), [...session.value.open]]).toEqual([inner, ['z']]);
    app.select(node(app, 'z/×2'));
    app.toggleSum(selected.value);
    expect([keyAt(), session.value.open.size]).toEqual(['z', 0]);
  });
});

describe('a moment', () => {
  it('gives the same going forward and going back', () => {
    const { app } = deskWith('x = 3\nu = x*x\nv = u + x\ny = u*v');
    const run = app.run.value!;
    const snapshot = (position: number): unknown => {
      const moment = momentAt(run, position, false);
      return structuredClone(moment);
    };
    const forward = Array.from({ length: run.trace.length + 1 }, (_, position) => snapshot(position));
    for (let position = run.trace.length; position >= 0; position--) {
      expect(snapshot(position)).toEqual(forward[position]);
    }
    expect(momentAt(run, run.trace.length, false).gradient[run.nodeOfKey.get('x')!]).toBe(135);
  });

  it('knows leaves from the start and nothing else', () => {
    const { app } = deskWith('x = 3\ny = x*x');
    const { valueKnown, gradientState } = momentAt(app.run.value!, 0, false);
    expect([...valueKnown]).toEqual([1, 0]);
    expect([...gradientState]).toEqual([0, 0]);
  });
});

describe('an update pass', () => {
  it('is added to the timeline with a learning rate and taken away without', () => {
    const { app } = deskWith('x = 3\ny = x*x');
    const { length } = app.run.value!.trace;
    app.update({ rate: 0.1 });
    expect(app.run.value!.trace.length).toBe(length + 1);
    app.toEnd();
    const moment = momentAt(app.run.value!, app.position.value, false);
    expect(moment.value[node(app, 'x')]).toBeCloseTo(2.4, 12);
    app.update({ rate: null });
    expect(app.run.value!.trace.length).toBe(length);
  });
});

describe('a text that is no program', () => {
  const NOTES = 'z = w a + b = 1.5·0.6 - 0.4 = 0.5\n∂C/∂w = 0.47';

  it('is read as notes when it comes in as a whole, with a way back', () => {
    const { app } = deskWith('x = 3\ny = x*x');
    app.type({ from: 0, to: 12, insert: NOTES });
    expect(app.kind.value).toBe('notes');
    // Nothing of it is compiled, and nothing complains.
    expect(app.verdict.value).toEqual({ state: 'done', problems: [] });
    const notice = app.notices.value.find(({ id }) => id === 'notes')!;
    expect(notice.text(en)).toContain('notes');
    notice.actions[0].perform();
    expect(app.kind.value).toBe('program');
    expect(app.verdict.value.problems.length).toBeGreaterThan(0);
    expect(app.notices.value).toEqual([]);
  });

  it('stays a program while it is typed', () => {
    const { app } = deskWith('');
    let at = 0;
    for (const letter of NOTES) app.type({ from: at, to: at++, insert: letter });
    expect(app.kind.value).toBe('program');
  });

  it('comes back as notes when another document is undone', () => {
    const { app } = deskWith('');
    app.replaceDocument(NOTES);
    expect(app.kind.value).toBe('notes');
    app.replaceDocument('# A\n\n```backflow\nx = 2\ny = x*x\n```\n');
    expect(app.kind.value).toBe('document');
    app.undo();
    expect(app.kind.value).toBe('notes');
  });

  it('shows the graph that its notes speak of, until it is a program again', () => {
    const { app } = deskWith('');
    app.replaceDocument(NOTES);
    const { recording } = compileWhole('w = 1.5\na = 0.6\nz = w*a');
    app.adoptNotes(NOTES, { ...recording!, spans: null });
    expect(app.run.value!.shown.names.get(app.run.value!.trace.of)).toBe('z');
    expect(app.stale.value).toBe(false);
    app.enterValue(0, 2);
    expect(app.notices.value.find(({ id }) => id === 'leaf')!.text(en)).toContain('from the notes');
    app.update({ notes: false });
    app.adoptNotes(NOTES, null);
    expect(app.run.value).not.toBeNull();
  });
});
