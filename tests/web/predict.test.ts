import { nextPosition, stepNumber } from '@backflow/trace';
import { describe, expect, it } from 'vitest';
import { forecastOf, type Forecast } from '../../apps/web/src/memo/predict/forecast.ts';
import { parseTyped } from '../../apps/web/src/memo/predict/typed.ts';
import { questionText, verdictText } from '../../apps/web/src/memo/predict/words.ts';
import { createApp, type App } from '../../apps/web/src/state/app.ts';
import { commandOf, type CommandId, type Hands } from '../../apps/web/src/state/commands.ts';
import type { Compiler } from '../../apps/web/src/state/compiler.ts';
import { compileNear } from '../../apps/web/src/state/compiling.ts';
import { stageOf } from '../../apps/web/src/lecture/stage.ts';
import { lanePosition } from '../../apps/web/src/state/lanes.ts';
import { forwardEnd } from '../../apps/web/src/state/run.ts';
import { initialSession, initialSettings, type Session } from '../../apps/web/src/state/session.ts';
import { loadMemoMessages } from '@backflow/messages';
import { memoDeskFor } from './memo-desk.ts';
import { en } from './texts.ts';

const FOUR_NODES = 'x = 3\nu = x*x\nv = u + x\ny = u*v';
const texts = await loadMemoMessages('en');
const noHands = null as unknown as Hands;

interface Desk {
  readonly app: App;
  readonly forecast: Forecast;
  /** What the clock would do next. */
  readonly tick: () => void;
}

function deskWith(session: Partial<Session> = {}, text = FOUR_NODES): Desk {
  let due: (() => void) | null = null;
  const compiler: Compiler = {
    compile(source, done) {
      done({ kind: 'compiled', compiled: compileNear(source)! });
      return false;
    },
    cancel: () => undefined,
  };
  const app = createApp(
    {
      compiler,
      now: () => 0,
      wait(_ms, then) {
        due = then;
        return () => void (due = null);
      },
    },
    initialSettings,
    { ...initialSession, predict: 'node', ...session },
    en,
  );
  app.openDocument(text, 'work');
  const forecast = forecastOf(app);
  app.memo.value = memoDeskFor(app, forecast);
  return { app, forecast, tick: () => due?.() };
}

const node = (app: App, key: string): number => app.run.value!.nodeOfKey.get(key)!;
const question = ({ forecast }: Desk): string => questionText(forecast.asking.value!, texts, 4);
const verdict = ({ forecast }: Desk): string => verdictText(forecast.told.value!, texts, 4);
const perform = (id: CommandId, app: App): void => commandOf(id).perform(app, noHands);

describe('predicting first', () => {
  it('asks before a step and takes it after the answer', () => {
    const desk = deskWith();
    const { app, forecast } = desk;
    app.goTo(0);
    app.step(1);
    expect(app.position.value).toBe(0);
    expect(question(desk)).toBe('Which node is evaluated next?');
    app.step(1);
    expect(app.position.value).toBe(0);
    forecast.answer({ node: node(app, 'u') });
    expect(app.position.value).toBe(1);
    expect(forecast.asking.value).toBeNull();
    expect(verdict(desk)).toBe('Right. All that u needs is known.');
    expect(forecast.score.value).toMatchObject({ right: 1, asked: 1, row: 1 });
    app.step(1);
    expect(forecast.told.value?.position).toBe(1);
    forecast.answer({ node: node(app, 'y') });
    expect(verdict(desk)).toBe('No, v is next. y needs v, not known yet.');
    expect(forecast.score.value).toMatchObject({ right: 1, asked: 2, row: 0 });
    app.step(-1);
    expect(forecast.told.value).toBeNull();
  });

  it('takes a click on a node for an answer only while one is asked for', () => {
    const { app, forecast } = deskWith();
    app.select(node(app, 'v'));
    expect(app.session.value.selected).toBe('v');
    app.select(null);
    app.step(1);
    app.select(node(app, 'y'));
    expect(app.session.value.selected).toBeNull();
    expect(forecast.score.value).toMatchObject({ right: 1, asked: 1 });
    expect(app.position.value).toBe(forwardEnd(app.run.value!.trace) + 1);
  });

  it('lets a step through that shows nothing new', () => {
    const { app, forecast } = deskWith();
    const contribution = app.run.value!.trace.passes[1].from + 2;
    app.goTo(contribution);
    app.step(1);
    expect(app.position.value).toBe(contribution + 1);
    expect(forecast.asking.value).toBeNull();
  });

  it('counts a question once, however often it is answered', () => {
    const { app, forecast } = deskWith();
    app.goTo(0);
    for (const answer of ['y', 'u', 'u']) {
      app.step(1);
      forecast.answer({ node: node(app, answer) });
      app.step(-1);
      expect(app.position.value).toBe(0);
    }
    expect(forecast.score.value).toMatchObject({ right: 0, asked: 1 });
  });

  it('withdraws a question when the reader goes elsewhere, and with a step back', () => {
    const { app, forecast } = deskWith();
    app.goTo(2);
    app.step(1);
    expect(forecast.asking.value).not.toBeNull();
    app.step(-1);
    expect(app.position.value).toBe(1);
    expect(forecast.asking.value).toBeNull();
    app.step(1);
    app.type({ from: 4, to: 5, insert: '4' });
    expect(forecast.asking.value).toBeNull();
    forecast.answer({ node: 0 });
    expect(forecast.score.value.asked).toBe(0);
  });

  it('shows the answer without counting, and ends a row', () => {
    const desk = deskWith();
    const { app, forecast } = desk;
    app.goTo(0);
    app.step(1);
    forecast.answer({ node: node(app, 'u') });
    app.step(1);
    forecast.show();
    expect(verdict(desk)).toBe('v is next. All that v needs is known.');
    expect(app.position.value).toBe(2);
    expect(forecast.score.value).toMatchObject({ right: 1, asked: 1, row: 0 });
  });

  it('stops the playing at a question', () => {
    const { app, forecast, tick } = deskWith();
    app.goTo(forwardEnd(app.run.value!.trace) + 2);
    app.play();
    tick();
    tick();
    tick();
    tick();
    expect(forecast.asking.value).not.toBeNull();
    expect(app.playing.value).toBe(false);
  });

  it('is given up with Escape, and cycles by its command', () => {
    const { app, forecast } = deskWith();
    app.step(1);
    perform('escape', app);
    expect(app.session.value.predict).toBe('off');
    expect(forecast.asking.value).toBeNull();
    const before = app.position.value;
    app.step(1);
    expect(app.position.value).toBe(before + 1);
    const seen = [0, 1, 2].map(() => {
      perform('predict', app);
      return app.session.value.predict;
    });
    expect(seen).toEqual(['node', 'gradient', 'off']);
  });

  it('shows the answer at the second press on a projector', () => {
    const desk = deskWith({ projector: true, predict: 'gradient' });
    const { app, forecast } = desk;
    app.goTo(0);
    app.step(1);
    expect(app.position.value).toBe(0);
    expect(question(desk)).toBe('What is the value of u = x·x?');
    app.step(1);
    expect(app.position.value).toBe(1);
    expect(verdict(desk)).toBe('It is 9.');
    expect(forecast.score.value.asked).toBe(0);
  });

  it('asks before each stop that has something to predict, and shows it at the next press', () => {
    const stops = [
      'start: Nothing.',
      'forward: Values.',
      'visit u [u]: u has 21.',
      'y → u: No turn.',
      'visit u [pre-order | reverse]: Too early.',
      'end [tree]: Copies.',
    ].join('\n');
    const text = `\`\`\`backflow\n${FOUR_NODES}\n\`\`\`\n\`\`\`stops\n${stops}\n\`\`\`\n`;
    const desk = deskWith({ projector: true }, text);
    const { app, forecast } = desk;
    const { move, sentence, at } = stageOf(app);
    const asked = (): string | null => (forecast.asking.value === null ? null : question(desk));

    move(1);
    expect([asked(), sentence.value]).toEqual([null, 'Nothing.']);
    move(1);
    expect([asked(), sentence.value]).toEqual(['Which node is evaluated next?', null]);
    move(1);
    expect([asked(), sentence.value, verdict(desk)]).toEqual([
      null,
      'Values.',
      'y is next. All that y needs is known.',
    ]);
    move(1);
    expect([asked(), app.session.value.selected, at.value]).toEqual([
      'Which node comes next in the backward pass?',
      null,
      1,
    ]);
    // Back from a question is to the stop before it.
    move(-1);
    expect([asked(), sentence.value]).toEqual([null, 'Values.']);
    move(1);
    // The answer may be shown by a step, too: then the stop only says its sentence.
    app.step(1);
    expect([asked(), sentence.value]).toEqual([null, null]);
    move(1);
    expect([asked(), sentence.value, app.session.value.selected]).toEqual([null, 'u has 21.', 'u']);
    move(1);
    expect([asked(), sentence.value]).toEqual([null, 'No turn.']);
    move(1);
    expect([asked(), app.run.value!.lanes![0].algorithm]).toEqual([
      'Pre-order: Which node comes next, to be visited or to be met again?',
      'preorder',
    ]);
    move(1);
    expect(sentence.value).toBe('Too early.');
    expect(verdict(desk)).toContain('u is next. Depth first');
    move(1);
    expect([asked(), sentence.value]).toEqual([null, 'Copies.']);
    app.update({ predict: 'gradient' });
    for (let k = 0; k < 3; k++) move(-1);
    expect([asked(), sentence.value]).toEqual([null, 'u has 21.']);
    move(1);
    expect(asked()).toBe('What does y pass on to u?');
    move(1);
    expect([asked(), sentence.value, verdict(desk)]).toEqual([null, 'No turn.', 'It is 12.']);
  });

  it('leaves the arrows between stops alone off the projector', () => {
    const text = `${FOUR_NODES}\n\`\`\`stops\nvisit u: u has 21.\n\`\`\`\n`;
    const { app, forecast } = deskWith({}, text);
    const { move, sentence } = stageOf(app);
    move(1);
    expect([forecast.asking.value, sentence.value]).toEqual([null, 'u has 21.']);
  });

  it('asks again after a number with one digit only, and gives the reason for a slip', () => {
    const desk = deskWith({ predict: 'gradient' }, 'x = 2\ny = x/3\nz = 5*y');
    const { app, forecast } = desk;
    app.goTo(0);
    app.step(1);
    forecast.answer({ number: 0.7, digits: 1 });
    expect(forecast.coarse.value).toBe(true);
    expect(app.position.value).toBe(0);
    forecast.answer(parseTyped('0,67')!);
    expect(forecast.coarse.value).toBe(false);
    expect(verdict(desk)).toBe('Right.');
    const contribution = app.run.value!.trace.length - 3;
    app.goTo(contribution);
    app.step(1);
    expect(question(desk)).toBe('What does y pass on to x?');
    forecast.answer(parseTyped('5')!);
    expect(verdict(desk)).toBe('No, it is 1.667. That is what arrives: the local derivative is missing.');
  });

  it('forgets the score with another document, and keeps it while one is edited', () => {
    const { app, forecast } = deskWith();
    app.goTo(0);
    app.step(1);
    forecast.answer({ node: node(app, 'u') });
    app.type({ from: 4, to: 5, insert: '4' });
    expect(forecast.score.value.asked).toBe(1);
    app.replaceDocument('a = 1\nb = a + a');
    expect(forecast.score.value.asked).toBe(0);
  });

  it('does not name the next node in the caption while it is asked for', () => {
    const { app, forecast } = deskWith();
    expect(forecast.messages.value.trace.nextVisit({ next: 'v' })).toBe('');
    app.update({ predict: 'gradient' });
    expect(forecast.messages.value).toBe(app.messages.value);
  });

  it('asks about the left algorithm as long as it has a step, then about the right one', () => {
    const desk = deskWith({
      mode: 'memo',
      memo: { ...initialSession.memo, left: 'postorder', right: 'path-sum' },
    });
    const { app, forecast } = desk;
    const run = app.run.value!;
    const [left, right] = run.lanes!;
    expect(run.trace).toBe(right.trace);
    const asked = new Set<string>();
    app.goTo(0);
    for (let steps = 0; steps < 100 && app.position.value < run.trace.length; steps++) {
      const at = lanePosition(run, left.trace!, app.position.value, 'edge');
      app.step(1);
      const open = forecast.asking.value;
      if (open === null) continue;
      const lane = at < left.trace!.length ? left : right;
      asked.add(lane.algorithm);
      expect(open.lane).toBe(lane.algorithm);
      expect(open.question.trace).toBe(lane.trace);
      expect(question(desk).startsWith(texts.algorithms.names[lane.algorithm])).toBe(true);
      const { taken, to } = open.question.kind === 'node' ? open.question : { taken: -1, to: -1 };
      forecast.answer({ node: taken });
      expect(forecast.told.value?.judgement?.right).toBe(true);
      expect(lanePosition(run, lane.trace!, app.position.value, 'edge')).toBe(to);
    }
    expect(app.position.value).toBe(run.trace.length);
    expect([...asked]).toEqual(['postorder', 'path-sum']);
    expect(stepNumber(run.trace, app.position.value, 'edge').of).toBe(run.trace.length);
  });

  it('is asked by any size of step', () => {
    const { app, forecast } = deskWith({ granularity: 'node' });
    const start = app.position.value;
    app.step(1);
    forecast.answer({ node: node(app, 'y') });
    expect(app.position.value).toBe(nextPosition(app.run.value!.trace, start, 'node'));
    app.step(1, 'edge');
    expect(forecast.asking.value?.granularity).toBe('edge');
    app.step(1, 'node');
    expect(forecast.asking.value?.granularity).toBe('node');
  });
});

describe('a typed number', () => {
  it('is read with its significant digits', () => {
    expect(
      ['0.50', '140', '1.4·10²', '-7', '1/3', '0,333', '0.5', '1e5', '.25'].map((text) => parseTyped(text)),
    ).toEqual([
      { number: 0.5, digits: 2 },
      { number: 140, digits: 3 },
      { number: 140, digits: 2 },
      { number: -7, digits: 1 },
      { number: 1 / 3, digits: Infinity },
      { number: 0.333, digits: 3 },
      { number: 0.5, digits: 1 },
      { number: 100000, digits: 1 },
      { number: 0.25, digits: 2 },
    ]);
    expect(parseTyped('x')).toBeNull();
    expect(parseTyped('1,4 × 10^-2')).toEqual({ number: 0.014, digits: 2 });
    expect(parseTyped(' 1 / 3 ')?.number).toBe(1 / 3);
    expect(parseTyped('−8,041,818')).toEqual({ number: -8_041_818, digits: 7 });
    // A decimal comma, or as the page groups digits.
    expect([parseTyped('2,046', 2046), parseTyped('2,046', 2.05)].map((typed) => typed?.number)).toEqual([
      2046, 2.046,
    ]);
  });
});
