import { compile } from '@backflow/language';
import { MISTAKE_IDS, type MistakeId, type Report } from '@backflow/notes';
import { derivationMarkdown } from '@backflow/trace';
import { describe, expect, it } from 'vitest';
import { checkerWith, type CheckOutcome } from '../../apps/web/src/notes/checker.ts';
import { checkedPlain } from '../../apps/web/src/notes/checking.ts';
import { countsOf, judgedOf } from '../../apps/web/src/notes/judged.ts';
import { declaring, missingNumbers } from '../../apps/web/src/notes/declaring.ts';
import { compileWhole, fetchNetworks } from '../../apps/web/src/state/compiling.ts';
import { examplesIn, exampleText } from '../../apps/web/src/menu/examples.ts';
import { markedMarkdown } from '../../apps/web/src/notes/markdown.ts';
import {
  birthOf,
  groundOf,
  litOf,
  litOfClaim,
  nodeOf,
  programsNumber,
} from '../../apps/web/src/notes/places.ts';
import { worstOf } from '../../apps/web/src/notes/signs.ts';
import { reasonOf, sentenceOf } from '../../apps/web/src/notes/words.ts';
import { sketchOf } from '../../apps/web/src/notes/sketch.ts';
import { momentAt } from '../../apps/web/src/state/moment.ts';
import { kindOf, looksLikeNotes, mayClaim } from '../../apps/web/src/state/guess.ts';
import { runOf, type Run } from '../../apps/web/src/state/run.ts';
import { notesEn } from '../../packages/messages/src/notes-en.ts';
import { en } from './texts.ts';
import { claimIn, FIRST_SLIP, firstSlipReport, reportOf } from './notes-fixture.ts';

const runFor = (report: Report): Run =>
  runOf(report.text, report.recording!, { open: new Set(), rate: null });

describe('a text without a fence', () => {
  const problems = (text: string) => compile(text).diagnostics;

  it('is what the reader says it is; a fenced one is a document in any case', () => {
    expect(kindOf('x = 2', false)).toBe('program');
    expect(kindOf('x = 2', true)).toBe('notes');
    expect(kindOf('# A\n\n```backflow\nx = 2\n```', true)).toBe('document');
    expect(kindOf('```js\nx = 2\n```', true)).toBe('notes');
  });

  it.each([
    'dL/dw = 2x = 4',
    'z = w a + b = 1.5·0.6-0.4 = 0.5\n∂C/∂w = 0.47',
    "\\frac{\\partial C}{\\partial w} = a \\sigma'(z)",
    'First we look at the neuron\nand then it follows that\nthe value is z = 3 here\nso we are done now',
  ])('is guessed to be notes: %s', (text) => expect(looksLikeNotes(text, problems(text))).toBe(true));

  it('may claim something outside its fences, or not', () => {
    const program = '```backflow\nx = 2\ny = x*x\n```\n';
    expect(mayClaim(`# A title\n\nWords only.\n\n${program}`)).toBe(false);
    expect(mayClaim(`${program}\ndy/dx = 4`)).toBe(true);
    expect(mayClaim(`|node|value|\n${program}`)).toBe(true);
    expect(mayClaim('dy/dx')).toBe(true);
  });

  it.each(['x = 3\ny = x*x', 'x = 3\ny = x*(x + ', 'x = 3\ny = q·x', '', 'just a few words'])(
    'is not guessed to be notes: %s',
    (text) => expect(looksLikeNotes(text, problems(text))).toBe(false),
  );
});

describe('the marks of lines', () => {
  it('are those of the worst claim: ✗ before ?, then ↳, ≈, ✓', () => {
    expect(worstOf(['right', 'rounded'])).toBe('rounded');
    expect(worstOf(['right', 'follows', 'rounded'])).toBe('follows');
    expect(worstOf(['unknown', 'follows'])).toBe('unknown');
    expect(worstOf(['unknown', 'wrong', 'right'])).toBe('wrong');
  });

  it('stand one to a line, and the counts are those of claims', () => {
    const judged = judgedOf(firstSlipReport(), false);
    expect(judged.lines.map(({ line, verdict }) => [line, verdict])).toEqual([
      [15, 'right'],
      [16, 'right'],
      [17, 'right'],
      [18, 'right'],
      [19, 'wrong'],
      [20, 'follows'],
    ]);
    expect(countsOf(judged)).toEqual({ right: 4, unknown: 0, total: 7 });
    expect(judged.firstWrong).toBe(4);
  });

  it('judge by the notes’ convention, or strictly by the program’s', () => {
    const text = 'a = 1\nb = 2';
    const report = reportOf(text, [
      claimIn(text, { text: 'a = 1', verdict: 'right', convention: 'half' }),
      claimIn(text, { text: 'b = 2', verdict: 'right', convention: 'kink' }),
    ]);
    expect(judgedOf(report, false).verdicts).toEqual(['right', 'right']);
    expect(judgedOf(report, true).verdicts).toEqual(['wrong', 'right']);
    expect(judgedOf(report, true).firstWrong).toBe(0);
  });

  it('keep apart claims of the same words', () => {
    const text = 'a = 1\na = 1';
    const claim = claimIn(text, { text: 'a = 1', verdict: 'right' });
    const { keys } = judgedOf(reportOf(text, [claim, { ...claim, line: 2 }]), false);
    expect(new Set(keys).size).toBe(2);
  });
});

describe('the place of a claim in the graph', () => {
  const report = firstSlipReport();
  const run = runFor(report);
  const ground = groundOf(run, report.recording!);
  const key = (node: number): string => run.keys[node];

  it('is its node, and the step where its number is born', () => {
    const born = report.claims.map((claim) => {
      const event = run.trace.at(birthOf(ground, claim)! - 1);
      return `${event.kind} ${key(event.node)}`;
    });
    expect(report.claims.map((claim) => key(nodeOf(ground, claim)))).toEqual([
      'z',
      'a',
      'C',
      'a',
      'z',
      'z',
      'w',
    ]);
    expect(born).toEqual([
      'evaluate z',
      'evaluate a',
      'evaluate C',
      'accumulate a',
      'accumulate z',
      'accumulate z',
      'accumulate w',
    ]);
  });

  it('has the number that the program gives', () => {
    const a = 1 / (1 + Math.exp(-0.5));
    const numbers = report.claims.map((claim) => programsNumber(ground, claim));
    expect(numbers[1]).toBeCloseTo(a, 12);
    expect(numbers[3]).toBeCloseTo(2 * (a - 1), 12);
    expect(numbers[6]).toBeCloseTo(2 * (a - 1) * a * (1 - a) * 0.6, 12);
    expect(programsNumber(ground, { ...report.claims[0], about: null })).toBeNull();
  });

  it('lights the edge of a slip', () => {
    const lit = litOf(ground, report.claims[4].mistakes[0].where[0])!;
    expect(lit.nodes.map(key)).toEqual(['z', 'a']);
    expect(lit.slots).toEqual([0]);
  });

  it('of a derivative of another node than the output is the edge between them', () => {
    const { node } = report.claims[0].about!;
    const of = report.claims[1].about!.node;
    const claim = { ...report.claims[1], about: { node, of } };
    expect(litOfClaim(ground, claim)!.nodes.map(key)).toEqual(['z', 'a']);
    const event = run.trace.at(birthOf(ground, claim)! - 1);
    expect([event.kind, key(event.node)]).toEqual(['contribute', 'a']);
  });

  it('is found where a run of sums is drawn as one card', () => {
    const text = 'x = 1\ny = 2\nz = 3\ns = x + y + z + 4\nq = s*s';
    const { recording } = compile(text);
    const sums = runFor(reportOf(text, [], { recording }));
    const folded = groundOf(sums, recording!);
    expect(sums.shown.count).toBeLessThan(recording!.count);
    const inner =
      recording!.inputs[recording!.inputStart[[...recording!.names].find(([, name]) => name === 's')![0]]];
    // The first inner sum uses x in slot 0; on the card of s that is another slot.
    const first = recording!.inputs[recording!.inputStart[inner]];
    const lit = litOf(folded, { node: first, slot: 0 })!;
    expect(lit.nodes.map((node) => sums.keys[node])).toEqual(['x', 's']);
    expect(sums.shown.inputs[sums.shown.inputStart[lit.nodes[1]] + lit.slots[0]]).toBe(lit.nodes[0]);
  });

  it('is nowhere for what is not shown', () => {
    expect(litOf(ground, { node: 99, slot: null })).toBeNull();
    expect(litOfClaim(ground, { ...report.claims[0], about: null })).toBeNull();
    expect(birthOf(ground, { ...report.claims[0], about: null })).toBeNull();
  });
});

describe('a graph of which the notes give no numbers', () => {
  it('shows what its edges are called, and no sample as a number', () => {
    const text = '∂L/∂w = ∂L/∂a · ∂a/∂w';
    const sketch = sketchOf(checkedPlain(text))!;
    expect(sketch.unknown).not.toBeNull();
    const names = [...sketch.recording.names.values()];
    expect(names).toContain('(∂L/∂a)');
    expect(names).toContain('(∂a/∂w)');
    const run = runOf(text, sketch.recording, { open: new Set(), rate: null }, sketch.unknown);
    expect(run.trace.length).toBe(0);
    expect(momentAt(run, 0, false).valueKnown.some((known) => known === 1)).toBe(false);
  });

  it('that has them all is stepped through like a program', () => {
    const sketch = sketchOf(checkedPlain('z = w a + b = 1.5·0.6-0.4 = 0.5'))!;
    expect(sketch.unknown).toBeNull();
    expect(sketch.recording.value[sketch.recording.output]).toBeCloseTo(0.5, 12);
  });
});

describe('the marked notes', () => {
  it('follow each line with its marks and what is to be said', () => {
    const lines = markedMarkdown(judgedOf(firstSlipReport(), false), notesEn, 4).split('\n');
    const at = lines.findIndex((line) => line.startsWith('∂C/∂z'));
    expect(lines.slice(at - 1, at + 5)).toEqual([
      '',
      '∂C/∂z = ∂C/∂a · σ(z) = -0.755·0.622 = -0.470',
      '',
      '> ✗ wrong `∂C/∂a · σ(z)`: σ(z) = 0.6225 stood where σ′(z) = 0.2350 is due, on the edge z → a. Right is ∂C/∂a · σ′(z).',
      '> ↳ follows from an earlier slip `-0.755·0.622 = -0.470`: Worked out rightly from line 19. Right is −0.1775.',
      '',
    ]);
    // The notes themselves are all there.
    expect(lines.filter((line) => FIRST_SLIP.split('\n').includes(line))).toEqual(
      expect.arrayContaining(FIRST_SLIP.split('\n')),
    );
  });

  it('are not put into a displayed formula or a table', () => {
    const text = '$$\na = 1\nb = 2\n$$\n\n| x | y |\n|---|---|\n| c = 3 | 4 |\n| d = 4 | 5 |\n';
    const claims = ['a = 1', 'b = 2', 'c = 3', 'd = 4'].map((each) =>
      claimIn(text, { text: each, verdict: 'right' }),
    );
    expect(markedMarkdown(judgedOf(reportOf(text, claims), false), notesEn, 4)).toBe(
      '$$\na = 1\nb = 2\n$$\n\n> ✓ right\n> ✓ right\n\n' +
        '| x | y |\n|---|---|\n| c = 3 | 4 |\n| d = 4 | 5 |\n\n> ✓ right\n> ✓ right\n',
    );
  });
});

/** A worker that answers when it is told to. */
class SlowWorker {
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onerror: (() => void) | null = null;
  readonly asked: string[] = [];
  ended = false;
  postMessage(text: string): void {
    this.asked.push(text);
  }
  terminate(): void {
    this.ended = true;
  }
  answer(): void {
    this.onmessage?.({ data: { answer: reportOf(this.asked.at(-1)!, [], { recording: null }) } });
  }
}

describe('checking as one types', () => {
  function setUp() {
    const workers: SlowWorker[] = [];
    const outcomes: CheckOutcome[] = [];
    const clock = { now: 0 };
    const checker = checkerWith(
      () => {
        const worker = new SlowWorker();
        workers.push(worker);
        return worker as unknown as Worker;
      },
      () => clock.now,
      (outcome) => outcomes.push(outcome),
    );
    return { workers, outcomes, clock, checker };
  }

  it('lets a short check come to its end, then checks the latest text only', () => {
    const { workers, outcomes, checker } = setUp();
    checker.check('a');
    checker.check('ab');
    checker.check('abc');
    expect(workers[0].asked).toEqual(['a']);
    workers[0].answer();
    expect(workers[0].asked).toEqual(['a', 'abc']);
    workers[0].answer();
    expect(outcomes.map(({ text }) => text)).toEqual(['a', 'abc']);
    checker.cancel();
  });

  it('ends a long check for a newer text', () => {
    const { workers, outcomes, clock, checker } = setUp();
    checker.check('a');
    clock.now = 1000;
    checker.check('ab');
    expect(workers[0].ended).toBe(true);
    workers[0].answer();
    expect(outcomes).toEqual([]);
    workers[1].answer();
    expect(outcomes.map(({ text }) => text)).toEqual(['ab']);
    checker.cancel();
  });

  it('says so where there are no workers', () => {
    const outcomes: CheckOutcome[] = [];
    const checker = checkerWith(
      () => null,
      () => 0,
      (outcome) => outcomes.push(outcome),
    );
    checker.check('1 + 1 = 3');
    expect(outcomes).toEqual([{ kind: 'none', text: '1 + 1 = 3' }]);
  });

  it('sends reports that a worker can pass on', () => {
    const report = checkedPlain(FIRST_SLIP);
    expect(structuredClone(report).claims).toEqual(report.claims);
    expect(report.claims.filter(({ verdict }) => verdict === 'wrong').map(({ line }) => line)).toEqual([19]);
    expect(report.claims[report.firstWrong!].mistakes[0].id).toBe('activation-for-derivative');
  });
});

describe('the offer to complete a network', () => {
  it('asks for the numbers that are not there', () => {
    expect(missingNumbers('dL/dw1_11 = 2', [4, 3, 2, 1])).toEqual(['x', 'W1', 'W2', 'W3']);
    expect(missingNumbers('4-3-2-1, x=1,0,1,1, W1=[[.2]],\nW2 = [[.5]]', [4, 3, 2, 1])).toEqual(['W3']);
  });

  it('writes a line above, or behind what the notes say about the network', () => {
    const sizes = [2, 1];
    expect(declaring('a = 1', sizes, ['sigmoid'])).toEqual({ from: 0, to: 0, insert: '2-1, sigmoid\n' });
    expect(declaring('so\n2-1, tanh\nend', sizes, ['x = 1, 2', 'L = O11'])).toEqual({
      from: 12,
      to: 12,
      insert: ', x = 1, 2, L = O11',
    });
  });

  it('is understood when it has been written', () => {
    const notes = 'O11 = 0.5\n∂L/∂O21 = ∂L/∂O21\n∂O21/∂O11·∂O11/∂w1_11 = ∂O21/∂w1_11';
    const parts = ['sigmoid', 'x = 1, 0', 'L = (1 - O21)^2'];
    const { from, to, insert } = declaring(notes, [2, 2, 1], parts);
    const report = checkedPlain(notes.slice(0, from) + insert + notes.slice(to));
    expect(report.offer?.lacks ?? []).not.toContain('activation');
    expect(report.offer?.lacks ?? []).not.toContain('loss');
  });
});

describe('notes that the page writes', () => {
  // The sums of 784 products are not written out, so that what follows from them cannot be either.
  it.each(examplesIn(en.page).filter((id) => id !== 'digits'))('of %s are right', async (id) => {
    const text = await exampleText(id);
    await fetchNetworks();
    const run = runOf(text, compileWhole(text).recording!, { open: new Set(), rate: null });
    const { claims } = checkedPlain(derivationMarkdown(run.trace, en));
    expect(claims.length).toBeGreaterThan(4);
    // Of a logsumexp notes know nothing.
    const right = text.includes('crossEntropy()') ? ['right', 'unknown'] : ['right'];
    expect(claims.filter(({ verdict }) => !right.includes(verdict)).map(({ text: claim }) => claim)).toEqual(
      [],
    );
  });
});

describe('why something is wrong', () => {
  const mistake = (id: MistakeId, data: Record<string, string>) => ({ id, gives: null, where: [], data });

  it('is said without the right number, as long as that was not asked for', () => {
    const missed = mistake('missed-path', { via: 'O22', stated: '−0.0204', truth: '−0.0319' });
    expect(reasonOf(missed, notesEn)).toBe('The path via O22 is missing.');
    expect(sentenceOf(missed, notesEn)).toContain('−0.0319');
    const arithmetic = mistake('bad-arithmetic', { stated: '−0.28', truth: '−0.11' });
    expect(reasonOf(arithmetic, notesEn)).toBe('Arithmetic.');
  });

  it('never shows a gap, whatever a mistake does not tell', () => {
    for (const id of MISTAKE_IDS) expect(reasonOf(mistake(id, {}), notesEn)).not.toContain('undefined');
  });
});
