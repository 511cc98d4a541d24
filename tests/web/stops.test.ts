import { memoDeskFor } from './memo-desk.ts';
import { en } from './texts.ts';
import { compile } from '@backflow/language';
import { checkNotes } from '@backflow/notes';
import { describe, expect, it } from 'vitest';
import { nodeNamed, placesOf, positionOfStep } from '../../apps/web/src/lecture/places.ts';
import { stageOf } from '../../apps/web/src/lecture/stage.ts';
import { readStops, type Stop } from '../../apps/web/src/lecture/stops.ts';
import type { MemoDesk } from '../../apps/web/src/memo/contract.ts';
import { race } from '../../apps/web/src/memo/race.ts';
import { exampleText } from '../../apps/web/src/menu/examples.ts';
import { createApp, type App } from '../../apps/web/src/state/app.ts';
import { compileNear } from '../../apps/web/src/state/compiling.ts';
import { mayClaim, mayStop } from '../../apps/web/src/state/guess.ts';
import { runOf, type Run } from '../../apps/web/src/state/run.ts';
import { ALL, initialSession, initialSettings } from '../../apps/web/src/state/session.ts';

const PROGRAM = '```backflow\nx = 3\nu = x·x\nv = u + x\ny = u·v\n```\n';
const withStops = (...lines: string[]): string =>
  `# Stops\n\n${PROGRAM}\n\`\`\`stops\n${lines.join('\n')}\n\`\`\`\n`;
const stopsOf = (...lines: string[]): readonly Stop[] => {
  const { stops, problems } = readStops(withStops(...lines));
  expect(problems).toEqual([]);
  return stops;
};
const stepOf = (line: string) => stopsOf(line)[0].step;
const viewOf = (line: string) => stopsOf(line)[0].view;

describe('a line of a stops fence', () => {
  it.each([
    ['start: Go.', { kind: 'start' }],
    ['  Forward : All known.', { kind: 'forward' }],
    ['seed: One.', { kind: 'seed' }],
    ['END: Done.', { kind: 'end' }],
    ['backward: Done.', { kind: 'end' }],
    ['step 17: There.', { kind: 'count', count: 17 }],
    ['visit u: u.', { kind: 'node', event: 'visit', node: 'u', time: 1 }],
    ['Visit w_{11} 2: again.', { kind: 'node', event: 'visit', node: 'w_{11}', time: 2 }],
    ['reuse u: again.', { kind: 'node', event: 'reuse', node: 'u', time: 1 }],
    ['evaluate u: nine.', { kind: 'node', event: 'evaluate', node: 'u', time: 1 }],
    ['y → u: comes.', { kind: 'edge', event: 'accumulate', node: 'y', input: 'u', time: 1 }],
    ['y->u: comes.', { kind: 'edge', event: 'accumulate', node: 'y', input: 'u', time: 1 }],
    [
      'contribute u → x 2: the second.',
      { kind: 'edge', event: 'contribute', node: 'u', input: 'x', time: 2 },
    ],
    ['[growth]: how it grows.', null],
  ])('%s names its step', (line, step) => {
    expect(stepOf(line)).toEqual(step);
  });

  it.each([
    ['start [graph]: a.', { mode: 'graph' }],
    ['start [nodes]: a.', { mode: 'table' }],
    ['[memo] start: a.', { mode: 'memo' }],
    ['start[tree]: a.', { mode: 'memo', tab: 'tree', folds: 0 }],
    ['[tree 2]', { mode: 'memo', tab: 'tree', folds: 2 }],
    ['[Memo tree ALL]: a.', { mode: 'memo', tab: 'tree', folds: ALL }],
    ['end [written out 3]: a.', { mode: 'memo', tab: 'written', stored: 3 }],
    ['[written all]: a.', { mode: 'memo', tab: 'written', stored: ALL }],
    ['start [memo table]: a.', { mode: 'memo', tab: 'table' }],
    ['start [Written out]: a.', { mode: 'memo', tab: 'written', stored: 0 }],
    ['end [pre-order | Reverse]: a.', { mode: 'memo', tab: 'beside', lanes: ['preorder', 'reverse'] }],
    ['end [path sum|memo]: a.', { mode: 'memo', tab: 'beside', lanes: ['path-sum', 'memo'] }],
    ['end [numeric]: a.', { mode: 'memo', tab: 'beside', lanes: ['numeric', 'reverse'] }],
    ['end [u]: a.', null],
  ])('%s names its view', (line, view) => {
    expect(viewOf(line)).toEqual(view);
  });

  it('selects a node, beside a view or alone, also one that is called like a view', () => {
    const [a, b, c] = stopsOf('end [u, graph]: a.', 'end [zoom v]: b.', 'end [node tree]: c.');
    expect([a.select?.node, a.select?.zoom, a.view]).toEqual(['u', false, { mode: 'graph' }]);
    expect([b.select?.node, b.select?.zoom]).toEqual(['v', true]);
    expect(c.select?.node).toBe('tree');
  });

  it('has a sentence in which colons and brackets are text', () => {
    expect(stopsOf('end: Two things: [a] and b.')[0].sentence).toBe('Two things: [a] and b.');
    expect(stopsOf('end')[0].sentence).toBe('');
  });

  it('may be empty or a remark', () => {
    expect(stopsOf('', '# a remark: with a colon', '   ', 'end: There.').map(({ line }) => line)).toEqual([
      14,
    ]);
  });

  it.each([
    ['visti u: oh.', 'step', 'visti u'],
    ['step two: oh.', 'step', 'step two'],
    ['Here everything ends', 'colon', 'Here everything ends'],
    ['end [path-sum | sideways]: oh.', 'view', 'path-sum | sideways'],
    ['end [two words]: oh.', 'view', 'two words'],
    ['end [growth 2]: oh.', 'view', 'growth 2'],
    ['end [tree -1]: oh.', 'view', 'tree -1'],
    ['end [tree 1234567890]: oh.', 'view', 'tree 1234567890'],
    [': nothing before it', 'step', ': nothing before it'],
  ])('%s is a problem with its line, and the others stay', (line, kind, found) => {
    const text = withStops('start: a.', line, 'end: b.');
    const { stops, problems } = readStops(text);
    expect(stops.map(({ step }) => step?.kind)).toEqual(['start', 'end']);
    expect(problems.map((problem) => [problem.kind, problem.found, problem.line])).toEqual([
      [kind, found, 12],
    ]);
    expect(text.slice(problems[0].from, problems[0].to)).toBe(found);
  });

  it('never throws, whatever stands there', () => {
    const pieces = ['[', ']', ':', '→', '|', 'u', '```', '\n', 'visit ', 'step 9', '#', '，', '\0'];
    let seed = 7;
    const next = (below: number): number => (seed = (seed * 48_271) % 2_147_483_647) % below;
    for (let round = 0; round < 2_000; round++) {
      const line = Array.from({ length: next(12) }, () => pieces[next(pieces.length)]).join('');
      const { stops, problems } = readStops(withStops(line));
      for (const { from, to } of [...stops, ...problems]) expect(from).toBeLessThanOrEqual(to);
    }
  });
});

describe('the fence', () => {
  const text = withStops('y = 3: no claim.', 'visit u: ∂y/∂u = 4.', 'end [path-sum | reverse]: u = 5');

  it('is no program, in a document and behind a program without a fence', () => {
    expect(compile(text).diagnostics).toEqual([]);
    expect(compile(text).recording!.count).toBe(4);
    const bare = `${PROGRAM.replace(/```\w*\n/g, '')}\n\`\`\`stops\nend: There.\n\`\`\`\nz = y·y\n`;
    expect(compile(bare).diagnostics).toEqual([]);
    expect(compile(bare).recording!.count).toBe(5);
  });

  it('is no notes: nothing in it is a claim', () => {
    expect(checkNotes(text).claims).toEqual([]);
    expect(mayClaim(text)).toBe(false);
    expect(mayClaim(`${text}\ny = 108\n`)).toBe(true);
  });

  it('is seen before it is read', () => {
    expect([mayStop(text), mayStop(PROGRAM), mayStop('~~~ Stops\n~~~')]).toEqual([true, false, true]);
  });

  it('that is quoted in another fence is none', () => {
    expect(readStops(`\`\`\`\`markdown\n${text}\`\`\`\``).stops).toEqual([]);
  });

  it('that is not closed says so, and its stops count', () => {
    const { stops, problems } = readStops(`${PROGRAM}\`\`\`stops\nend: There.\n`);
    expect(stops.length).toBe(1);
    expect(problems.map(({ kind, line }) => [kind, line])).toEqual([['unclosed', 7]]);
  });
});

function runIn(left?: Parameters<typeof race>[1], right?: Parameters<typeof race>[2]): Run {
  const full = compile(PROGRAM).recording!;
  const lanes =
    left === undefined
      ? null
      : { runner: race, left, right: right ?? 'reverse', granularity: 'edge' as const };
  return runOf(PROGRAM, full, { open: new Set(), rate: null, race: lanes });
}

describe('the step of a stop', () => {
  const at = (run: Run, line: string) => positionOfStep(run, stepOf(line)!);
  const event = (run: Run, line: string) => {
    const { trace, keys } = run;
    const { kind, node, value } = trace.at(at(run, line)! - 1);
    return [kind, keys[node], value];
  };

  it('is what has just happened', () => {
    const run = runIn();
    expect([at(run, 'start: a.'), at(run, 'forward: a.'), at(run, 'end: a.')]).toEqual([0, 3, 20]);
    expect(event(run, 'seed: a.')).toEqual(['seed', 'y', 1]);
    expect(event(run, 'visit u: a.')).toEqual(['visit', 'u', 21]);
    expect(event(run, 'y → u: a.')).toEqual(['accumulate', 'u', 12]);
    expect(event(run, 'v → u: a.')).toEqual(['accumulate', 'u', 21]);
    expect(event(run, 'u → x 2: a.')).toEqual(['accumulate', 'x', 135]);
    expect(event(run, 'contribute v → x: a.')).toEqual(['contribute', 'v', 9]);
    expect(at(run, 'step 17: a.')).toBe(17);
  });

  it('is that of the left algorithm where two run side by side', () => {
    const run = runIn('preorder');
    expect(event(run, 'visit u: a.')).toEqual(['visit', 'u', 12]);
    expect(event(run, 'reuse u: a.').slice(0, 2)).toEqual(['reuse', 'u']);
  });

  it('is nowhere where it never happens', () => {
    const run = runIn();
    for (const line of ['visit u 2: a.', 'reuse u: a.', 'visit q: a.', 'x → y: a.', 'step 21: a.'])
      expect([line, at(run, line)]).toEqual([line, null]);
  });

  it('finds nodes by any spelling of their name', () => {
    const text = '```backflow\nw_1 = 2\nz^{(2)} = w_1·w_1\n```';
    const run = runOf(text, compile(text).recording!, { open: new Set(), rate: null });
    for (const name of ['w₁', 'w_1', 'w_{1}']) expect(run.keys[nodeNamed(run, name)]).toBe('w_1');
    expect(nodeNamed(run, 'z⁽²⁾')).toBe(run.shown.output);
  });

  it('holds, like the view, until a stop names another', () => {
    const places = placesOf(
      stopsOf(
        'forward: a.',
        'visit u [pre-order | reverse]: b.',
        'end: c.',
        '[tree]: d.',
        '[memo]: e.',
        '[graph]: f.',
      ),
    );
    expect(places.map(({ mode, memo, step }) => [mode, memo.tab, memo.left, step.kind])).toEqual([
      ['graph', 'beside', 'path-sum', 'forward'],
      ['memo', 'beside', 'preorder', 'node'],
      ['memo', 'beside', 'preorder', 'end'],
      ['memo', 'tree', 'preorder', 'end'],
      ['memo', 'tree', 'preorder', 'end'],
      ['graph', 'tree', 'preorder', 'end'],
    ]);
  });
});

function appWith(text: string): App {
  const app = createApp(
    {
      compiler: {
        compile(asked, done) {
          done({ kind: 'compiled', compiled: compileNear(asked)! });
          return false;
        },
        cancel: () => undefined,
      },
      now: () => 0,
      wait: () => () => undefined,
    },
    initialSettings,
    { ...initialSession, projector: true },
    en,
  );
  // What its view needs of a browser is not asked for here.
  const forecast = { holds: () => false } as unknown as MemoDesk['forecast'];
  app.memo.value = memoDeskFor(app, forecast);
  app.openDocument(text, 'work');
  return app;
}

describe('a lecture', () => {
  it('goes from stop to stop, and says what is said there', async () => {
    const app = appWith(
      withStops('forward: All known.', 'visit u [u]: u has 21.', 'end [pre-order | reverse]: 81.'),
    );
    const desk = stageOf(app);
    expect([desk.count.value, desk.sentence.value]).toEqual([3, null]);
    desk.move(1);
    expect([app.position.value, desk.sentence.value]).toEqual([3, 'All known.']);
    desk.move(1);
    expect([app.position.value, desk.sentence.value, app.session.value.selected]).toEqual([
      15,
      'u has 21.',
      'u',
    ]);
    desk.move(1);
    expect([app.session.value.mode, app.run.value!.lanes![0].algorithm]).toEqual(['memo', 'preorder']);
    expect([app.position.value, desk.sentence.value]).toEqual([app.run.value!.trace.length, '81.']);
    desk.move(1);
    expect(desk.sentence.value).toBe('81.');
    desk.move(-1);
    expect([app.session.value.mode, app.position.value, desk.sentence.value]).toEqual([
      'graph',
      15,
      'u has 21.',
    ]);
  });

  it('folds the tree from stop to stop, and says itself what it did where the stop says nothing', () => {
    const app = appWith(
      withStops('[tree]: Five.', '[tree 1]', '[tree all]: One.', '[table]: Kept.', '[tree 9]'),
    );
    const desk = stageOf(app);
    const now = () => [app.timeline.value.label, desk.sentence.value];
    desk.move(1);
    expect(now()).toEqual(['Merge 0 of 3', 'Five.']);
    desk.move(1);
    expect(now()).toEqual(['Merge 1 of 3', null]);
    expect(app.timeline.value.sentence()).toContain('12 + 9 = 21 = ∂y/∂u');
    desk.move(1);
    expect(now()).toEqual(['Merge 3 of 3', 'One.']);
    app.step(-1);
    expect(now()).toEqual(['Merge 2 of 3', null]);
    app.step(1);
    expect(now()).toEqual(['Merge 3 of 3', 'One.']);
    desk.move(1);
    expect([app.timeline.value.about, desk.sentence.value]).toEqual(['run', 'Kept.']);
    desk.move(1);
    expect(now()).toEqual(['Merge 3 of 3', null]);
    desk.move(-1);
    desk.move(-1);
    desk.move(-1);
    expect(now()).toEqual(['Merge 1 of 3', null]);
  });

  it('leaves what is plotted and written to the reader', () => {
    const app = appWith(withStops('[written 2]: a.'));
    app.update({ memo: { ...app.session.value.memo, inputs: true, family: 'own', size: 3 } });
    stageOf(app).move(1);
    const { tab, stored, inputs, family, size } = app.session.value.memo;
    expect([tab, stored, inputs, family, size]).toEqual(['written', 2, true, 'own', 3]);
  });

  it('is silent where the teacher has gone elsewhere; back leads to the stop that was left, on to the next', async () => {
    const app = appWith(withStops('forward: a.', 'visit v: b.', 'visit u: c.'));
    const desk = stageOf(app);
    desk.move(1);
    desk.move(1);
    app.step(1);
    expect(desk.sentence.value).toBeNull();
    desk.move(-1);
    expect(desk.sentence.value).toBe('b.');
    app.step(1);
    desk.move(1);
    expect(desk.sentence.value).toBe('c.');
  });

  it('stays at its stop while a number is dragged', async () => {
    const app = appWith(withStops('visit u: here.'));
    const desk = stageOf(app);
    desk.move(1);
    app.enterValue(app.run.value!.nodeOfKey.get('x')!, 5);
    expect(app.history.value.document.text).toContain('x = 5');
    expect(desk.sentence.value).toBe('here.');
  });

  it('says what the program has no place for, and the program runs', async () => {
    const text = withStops(
      'visit q: a.',
      'x → u: b.',
      'reuse u: c.',
      'end [s]: d.',
      'reuse u [pre-order | reverse]: e.',
    );
    const app = appWith(text);
    const desk = stageOf(app);
    expect(desk.marks.value.map(({ from, to }) => text.slice(from, to))).toEqual([
      'visit q',
      'x → u',
      'reuse u',
      's',
    ]);
    expect(app.verdict.value.problems).toEqual([]);
    expect(app.run.value!.trace.length).toBe(20);
    // What never happens is passed over, in both directions.
    desk.move(1);
    expect(desk.sentence.value).toBe('d.');
    desk.move(1);
    expect(desk.sentence.value).toBe('e.');
    desk.move(-1);
    expect(desk.sentence.value).toBe('d.');
    desk.move(-1);
    expect(desk.sentence.value).toBe('d.');
  });

  it('is silent about a step that an edit has taken away', () => {
    const app = appWith(withStops('visit v: v is here.', 'end: The end.'));
    const desk = stageOf(app);
    desk.move(1);
    expect(desk.sentence.value).toBe('v is here.');
    const { text } = app.history.value.document;
    app.replaceDocument(text.replace('v = u + x\ny = u·v', 'y = u·x'));
    expect(app.run.value!.shown.count).toBe(3);
    expect(desk.sentence.value).toBeNull();
  });

  it('why-memoize has ten stops, all of which happen, and says the truth', async () => {
    const text = await exampleText('why-memoize');
    const app = appWith(text);
    const desk = stageOf(app);
    expect([desk.count.value, desk.marks.value]).toEqual([10, []]);
    const cost = (algorithm: Parameters<typeof race>[1]): bigint =>
      race(app.run.value!.full, algorithm, 'reverse')[0].counters.multiplications;
    expect([cost('path-sum'), cost('reverse')]).toEqual([8n, 6n]);
    const { stops } = readStops(text);
    for (const { sentence } of stops) {
      desk.move(1);
      expect(desk.sentence.value).toBe(sentence || null);
    }
    expect(stops.filter(({ sentence }) => sentence === '').map(({ view }) => view?.folds)).toEqual([ALL]);
  });
});
