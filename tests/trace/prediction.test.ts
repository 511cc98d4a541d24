import { LEAF } from '@backflow/engine';
import type { Recording } from '@backflow/engine';
import {
  ALGORITHM_NAMES,
  boundaries,
  GRANULARITIES,
  judge,
  nodeState,
  questionAt,
  traceAlgorithm,
  traceReverse,
} from '@backflow/trace';
import type {
  AlgorithmName,
  Granularity,
  Judgement,
  NodeQuestion,
  NumberQuestion,
  Reason,
  Slip,
  Trace,
} from '@backflow/trace';
import { assert, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyRecording, FOUR_NODES, nodeOf, recorded } from './recordings.ts';

const PROGRAMS: readonly (readonly string[])[] = [
  FOUR_NODES,
  ['a = 1', 'b = a + a', 'c = b + b'],
  ['w = 0.5', 'x = 2', 'b = -1', 'z = w*x + b', 's = sigmoid(z)', 'L = (s - 1)^2'],
  ['x = 2', 'k = x*x', 'unused = k + 1', 'y = where(x > 1, exp(x), sin(k))*k'],
  ['a = 3', 'b = 0', 'y = max(a, b)*b + a/7'],
];

function traced(program: readonly string[], algorithm: AlgorithmName): Trace {
  const trace = traceAlgorithm(recorded(...program), algorithm);
  if (trace === null) throw new Error('Too long to step through.');
  return trace;
}

/** Every question of a run, in the order in which it is asked. */
function* questions(trace: Trace, prediction: 'node' | 'gradient', granularity: Granularity) {
  for (const position of boundaries(trace, granularity)) {
    const question = questionAt(trace, position, prediction, granularity);
    if (question !== null) yield { position, question };
  }
}

function nodeQuestionAt(trace: Trace, event: number): NodeQuestion {
  const question = questionAt(trace, event, 'node', 'edge');
  if (question?.kind !== 'node') throw new Error(`No node is asked for at ${event}.`);
  return question;
}

function numberQuestionAt(trace: Trace, event: number, granularity: Granularity = 'edge'): NumberQuestion {
  const question = questionAt(trace, event, 'gradient', granularity);
  if (question?.kind !== 'number') throw new Error(`No number is asked for at ${event}.`);
  return question;
}

/** The events of a kind, and of a node where one is given. */
function eventsOf(trace: Trace, kind: string, name?: string): number[] {
  const node = name === undefined ? -1 : nodeOf(trace.recording, name);
  return Array.from({ length: trace.length }, (_, k) => k).filter(
    (k) => trace.at(k).kind === kind && (node < 0 || trace.node[k] === node),
  );
}

const named = (recording: Recording, nodes: readonly number[]): string[] =>
  nodes.map((node) => recording.names.get(node) ?? `#${node}`);

describe('the question before a step', () => {
  it('has the node that then has its turn among its answers and its candidates, for every algorithm', () => {
    for (const program of PROGRAMS) {
      for (const algorithm of ALGORITHM_NAMES) {
        const trace = traced(program, algorithm);
        for (const granularity of ['node', 'edge'] as const) {
          let asked = 0;
          for (const { position, question } of questions(trace, 'node', granularity)) {
            if (question.kind !== 'node') throw new Error('Found a number.');
            asked++;
            expect(question.from).toBe(position);
            expect(question.event).toBeGreaterThanOrEqual(position);
            expect(question.event).toBeLessThan(question.to);
            expect(question.taken).toBe(trace.node[question.event]);
            expect(question.right).toContain(question.taken);
            expect(question.candidates).toContain(question.taken);
            expect(question.candidates.length).toBeLessThanOrEqual(6);
            expect(judge(question, { node: question.taken })).toMatchObject({ right: true });
            for (const node of question.candidates) {
              expect(judge(question, { node }).right).toBe(question.right.includes(node));
            }
          }
          expect(asked).toBeGreaterThan(2);
        }
      }
    }
  });

  it('has the number that then stands at the node, for every algorithm and size of step', () => {
    for (const program of PROGRAMS) {
      for (const algorithm of ALGORITHM_NAMES) {
        const trace = traced(program, algorithm);
        for (const granularity of GRANULARITIES) {
          for (const { question } of questions(trace, 'gradient', granularity)) {
            if (question.kind !== 'number') throw new Error('Found a node.');
            const { node, expected, ask, to, event } = question;
            expect(trace.value[event]).toBe(expected);
            expect(judge(question, { number: expected, digits: 17 })).toMatchObject({ right: true });
            for (const { value } of question.slips) expect(value).not.toBe(expected);
            const after = nodeState(trace, node, to);
            const shown = 'value' in after.value ? after.value.value : NaN;
            const total = 'total' in after.gradient ? after.gradient.total : NaN;
            const found = { value: shown, update: shown, contribution: trace.value[event] };
            expect(ask in found ? found[ask as keyof typeof found] : total).toBe(expected);
          }
        }
      }
    }
  });

  it('is asked without an exception on any program, and rightly answered by what follows', () => {
    assert(
      property(anyRecording, (recording) => {
        for (const algorithm of ALGORITHM_NAMES) {
          const trace = traceAlgorithm(recording, algorithm);
          if (trace === null || trace.length > 400) continue;
          for (const prediction of ['node', 'gradient'] as const) {
            for (const { question } of questions(trace, prediction, 'edge')) {
              const answer =
                question.kind === 'node'
                  ? { node: trace.node[question.event] }
                  : { number: trace.value[question.event], digits: 17 };
              expect(judge(question, answer).right).toBe(true);
            }
          }
        }
      }),
      { numRuns: 40, seed: 7 },
    );
  });

  it('does not give the answer away: there are three nodes to choose from, in the order of the program', () => {
    for (const algorithm of ALGORITHM_NAMES) {
      const trace = traced(PROGRAMS[2], algorithm);
      for (const { question } of questions(trace, 'node', 'edge')) {
        if (question.kind !== 'node') continue;
        expect(question.candidates.length).toBeGreaterThanOrEqual(3);
        expect(question.candidates).toEqual([...question.candidates].sort((a, b) => a - b));
      }
    }
  });

  it('is not asked where a step shows nothing new of its kind', () => {
    const trace = traced(FOUR_NODES, 'reverse');
    const [contribution] = eventsOf(trace, 'contribute');
    expect(questionAt(trace, contribution, 'node', 'edge')).toBeNull();
    // The first total of u is the contribution that has just been told.
    expect(questionAt(trace, contribution + 1, 'gradient', 'edge')).toBeNull();
    expect(questionAt(trace, eventsOf(trace, 'visit')[0], 'gradient', 'edge')).toBeNull();
    expect(questionAt(trace, 0, 'node', 'pass')).toBeNull();
    expect(questionAt(trace, trace.length, 'node', 'edge')).toBeNull();
    expect(questionAt(trace, trace.length, 'gradient', 'edge')).toBeNull();
  });

  it('takes every node that is ready for right in a sweep, and one node in a recursion', () => {
    const program = ['a = 2', 'b = 3', 'u = a*a', 'v = b*b', 'y = u*v'];
    const sweep = traced(program, 'reverse');
    const first = nodeQuestionAt(sweep, eventsOf(sweep, 'visit')[1]);
    expect(named(sweep.recording, first.right)).toEqual(['u', 'v']);
    expect(named(sweep.recording, [first.taken])).toEqual(['v']);
    for (const algorithm of ['path-sum', 'preorder', 'postorder', 'breadth-first', 'memo'] as const) {
      const choices = [...questions(traced(program, algorithm), 'node', 'edge')].flatMap(({ question }) =>
        question.kind === 'node' && ['visit', 'table'].includes(question.ask) ? [question.right.length] : [],
      );
      expect(choices.length).toBeGreaterThan(4);
      expect(new Set(choices)).toEqual(new Set([1]));
    }
  });

  it('asks for the number of a whole pass: the output, then the leaf that gathers most', () => {
    const trace = traced(FOUR_NODES, 'reverse');
    expect(numberQuestionAt(trace, 0, 'pass')).toMatchObject({ ask: 'value', expected: 108 });
    expect(numberQuestionAt(trace, 3, 'pass')).toMatchObject({ ask: 'total', expected: 135 });
  });
});

describe('the verdict on a node', () => {
  const reason = (trace: Trace, event: number, name: string): Reason =>
    judge(nodeQuestionAt(trace, event), { node: nodeOf(trace.recording, name) }).reason;

  it('says in a sweep what a node waits for, what is done, what is apart', () => {
    const trace = traced(PROGRAMS[3], 'reverse');
    const { recording } = trace;
    const visits = eventsOf(trace, 'visit');
    const k = visits.find((event) => trace.node[event] === nodeOf(recording, 'k'))!;
    const y = visits[0];
    expect(reason(trace, k, 'unused')).toEqual({ kind: 'apart' });
    expect(reason(trace, k, 'y')).toEqual({ kind: 'done' });
    expect(reason(trace, y, 'k')).toMatchObject({ kind: 'waits', reported: 0, leaf: false });
    expect(reason(trace, y, 'x')).toMatchObject({ kind: 'waits', leaf: true });
    expect(reason(trace, y, 'y')).toMatchObject({ kind: 'ready', uses: 0 });
  });

  it('says by whom a node with one of two uses is kept waiting', () => {
    const trace = traced(FOUR_NODES, 'reverse');
    const { recording } = trace;
    const [, second] = eventsOf(trace, 'visit');
    expect(reason(trace, second, 'u')).toEqual({
      kind: 'waits',
      reported: 1,
      uses: 2,
      waitsFor: [nodeOf(recording, 'v')],
      leaf: false,
    });
  });

  it('counts another ready node as right, and says which one is taken', () => {
    const trace = traced(['a = 2', 'b = 3', 'y = a*b'], 'reverse');
    const [, second] = eventsOf(trace, 'visit');
    const question = nodeQuestionAt(trace, second);
    const other = nodeOf(trace.recording, 'a');
    expect(judge(question, { node: other })).toMatchObject({
      right: true,
      reason: { kind: 'also', taken: nodeOf(trace.recording, 'b') },
    });
  });

  it('says in the forward pass what is given, what is missing, what is not evaluated at all', () => {
    const trace = traced(PROGRAMS[3], 'reverse');
    const { recording } = trace;
    expect(reason(trace, 0, 'x')).toEqual({ kind: 'given' });
    expect(reason(trace, 0, 'k')).toEqual({ kind: 'known' });
    expect(reason(trace, 0, 'unused')).toEqual({ kind: 'needs', inputs: [nodeOf(recording, 'k')] });
    expect(reason(trace, 1, 'k')).toEqual({ kind: 'done' });
    const untaken = recording.skipped.indexOf(1);
    expect(judge(nodeQuestionAt(trace, 0), { node: untaken }).reason).toEqual({ kind: 'untaken' });
    expect(judge(nodeQuestionAt(trace, 0), { node: 999 })).toMatchObject({
      right: false,
      reason: { kind: 'off' },
    });
  });

  it('says where a pass begins', () => {
    const trace = traced(FOUR_NODES, 'reverse');
    const [seed] = eventsOf(trace, 'seed');
    expect(judge(nodeQuestionAt(trace, seed), { node: 3 })).toMatchObject({
      right: true,
      reason: { kind: 'begins' },
    });
    expect(reason(trace, seed, 'x')).toEqual({ kind: 'begins' });
    const forward = traced(['a = 2', 'b = 3', 'u = a*b', 'c = u + 1', 'y = u*b'], 'forward');
    const [first, second] = eventsOf(forward, 'seed');
    expect(reason(forward, first, 'a')).toEqual({ kind: 'begins' });
    expect(reason(forward, first, 'b')).toMatchObject({ kind: 'also' });
    expect(reason(forward, first, 'u')).toEqual({ kind: 'notLeaf' });
    expect(reason(forward, first, 'c')).toEqual({ kind: 'apart' });
    expect(reason(forward, second, 'a')).toEqual({ kind: 'done' });
    const tangent = eventsOf(forward, 'visit', 'u')[0];
    expect(reason(forward, tangent, 'u')).toEqual({ kind: 'known' });
    expect(reason(forward, tangent, 'y')).toMatchObject({ kind: 'needs' });
    expect(reason(forward, tangent, 'a')).toEqual({ kind: 'done' });
    expect(reason(forward, tangent, 'c')).toEqual({ kind: 'apart' });
  });

  it('says why depth first goes where it goes', () => {
    const trace = traced(FOUR_NODES, 'preorder');
    const { recording } = trace;
    const [x, u, v, y] = ['x', 'u', 'v', 'y'].map((name) => nodeOf(recording, name));
    const order = [...eventsOf(trace, 'visit'), ...eventsOf(trace, 'reuse')].sort((a, b) => a - b);
    expect(order.map((event) => trace.node[event])).toEqual([y, u, x, x, v, u, x]);
    const reasons = order.map(
      (event) => judge(nodeQuestionAt(trace, event), { node: trace.node[event] }).reason,
    );
    expect(reasons[0]).toMatchObject({ kind: 'order', rule: 'start' });
    expect(reasons[1]).toMatchObject({
      rule: 'descend',
      from: y,
      again: false,
      early: { reported: 1, uses: 2 },
    });
    expect(reasons[2]).toMatchObject({ rule: 'descend', from: u, early: { reported: 2, uses: 3 } });
    expect(reasons[3]).toMatchObject({ rule: 'return', from: u, after: x, again: true, early: null });
    expect(reasons[4]).toMatchObject({ rule: 'return', from: y, after: u, again: false, early: null });
    expect(reasons[5]).toMatchObject({ rule: 'descend', from: v, again: true });
    expect(reasons[6]).toMatchObject({ rule: 'return', from: v, after: u, again: true });
    expect(reason(trace, order[1], 'v')).toMatchObject({ kind: 'order', rule: 'descend', from: y });
    expect(reason(trace, order[4], 'u')).toEqual({ kind: 'done' });
  });

  it('comes back to a node as often as there are paths, without a visited set', () => {
    const trace = traced(FOUR_NODES, 'path-sum');
    const { recording } = trace;
    const again = eventsOf(trace, 'recompute', 'u');
    expect(again).toHaveLength(1);
    expect(reason(trace, again[0], 'u')).toMatchObject({
      kind: 'order',
      rule: 'descend',
      from: nodeOf(recording, 'v'),
      again: true,
      early: null,
    });
    expect(reason(trace, again[0], 'x')).toMatchObject({ kind: 'order', rule: 'descend' });
  });

  it('goes to the bottom first in post-order', () => {
    const trace = traced(FOUR_NODES, 'postorder');
    const { recording } = trace;
    const [x, u, v, y] = ['x', 'u', 'v', 'y'].map((name) => nodeOf(recording, name));
    const order = [...eventsOf(trace, 'visit'), ...eventsOf(trace, 'reuse')].sort((a, b) => a - b);
    expect(order.map((event) => trace.node[event])).toEqual([x, x, u, u, x, v, y]);
    const reasons = order.map(
      (event) => judge(nodeQuestionAt(trace, event), { node: trace.node[event] }).reason,
    );
    expect(reasons[0]).toMatchObject({ rule: 'inputsFirst', from: u });
    expect(reasons[1]).toMatchObject({ rule: 'return', from: u, after: x, again: true });
    expect(reasons[2]).toMatchObject({ rule: 'inputsFirst', from: y });
    expect(reasons[3]).toMatchObject({ rule: 'descend', from: v, again: true });
    expect(reasons[6]).toMatchObject({ rule: 'inputsFirst', from: null });
  });

  it('takes from the queue what has waited longest', () => {
    const trace = traced(FOUR_NODES, 'breadth-first');
    const { recording } = trace;
    const [, second] = eventsOf(trace, 'visit');
    expect(reason(trace, second, 'u')).toMatchObject({
      kind: 'order',
      rule: 'queue',
      from: null,
      early: { reported: 1, uses: 2 },
    });
    const [met] = eventsOf(trace, 'reuse');
    expect(reason(trace, met, named(recording, [trace.node[met]])[0])).toMatchObject({
      rule: 'queue',
      again: true,
    });
  });

  it('fills the table in the order of the questions', () => {
    const trace = traced(FOUR_NODES, 'memo');
    const { recording } = trace;
    const [seed] = eventsOf(trace, 'seed');
    expect(reason(trace, seed, 'y')).toEqual({ kind: 'begins' });
    const [, second] = eventsOf(trace, 'visit');
    expect(reason(trace, second, 'v')).toMatchObject({
      kind: 'order',
      rule: 'asked',
      from: nodeOf(recording, 'x'),
    });
    expect(reason(trace, second, 'u')).toMatchObject({
      kind: 'waits',
      waitsFor: [nodeOf(recording, 'v')],
    });
    expect(reason(trace, second, 'x')).toMatchObject({ kind: 'waits', leaf: true });
    const [hit] = eventsOf(trace, 'reuse');
    const asked = named(recording, [trace.node[hit]])[0];
    expect(reason(trace, hit, asked)).toMatchObject({ kind: 'order', rule: 'asked', again: true });
  });

  it('moves and updates leaves, each once', () => {
    const numeric = traced(['a = 2', 'b = 3', 'c = 4', 'y = a*b'], 'numeric');
    const moves = eventsOf(numeric, 'update');
    expect(reason(numeric, moves[0], 'a')).toEqual({ kind: 'known' });
    expect(reason(numeric, moves[0], 'y')).toEqual({ kind: 'notLeaf' });
    expect(reason(numeric, moves[0], 'c')).toEqual({ kind: 'apart' });
    expect(reason(numeric, moves[2], 'a')).toEqual({ kind: 'done' });
    expect(questionAt(numeric, moves[1], 'node', 'edge')).toBeNull();
    const update = traceReverse(recorded('a = 2', 'b = 3', 'y = a*b'), { learningRate: 0.1 });
    const [first] = eventsOf(update, 'update');
    expect(reason(update, first, 'b')).toMatchObject({ kind: 'also' });
    expect(reason(update, first, 'y')).toEqual({ kind: 'notLeaf' });
  });
});

describe('the verdict on a number', () => {
  const answer = (question: NumberQuestion, number: number, digits = 3): Judgement =>
    judge(question, { number, digits });
  const slip = (question: NumberQuestion, number: number): Slip['kind'] | null => {
    const { right, reason } = answer(question, number, 4);
    expect(right).toBe(false);
    return reason.kind === 'slip' ? reason.slip.kind : null;
  };
  /** c = a·b at a = 3, b = 5, y = c·k with k = 7: ∂y/∂c = 7. */
  const product = traced(['a = 3', 'b = 5', 'k = 7', 'c = a*b', 'y = c*k'], 'reverse');
  const toA = eventsOf(product, 'contribute', 'c')[0];

  it('takes what is rounded to two digits or more, and asks again after one', () => {
    const trace = traced(['x = 2', 'y = x/3'], 'reverse');
    const question = numberQuestionAt(trace, eventsOf(trace, 'contribute')[0]);
    expect(question.expected).toBeCloseTo(1 / 3);
    expect(answer(question, 0.33, 2)).toMatchObject({ right: true, reason: { kind: 'close' } });
    expect(answer(question, 0.333, 3).right).toBe(true);
    expect(answer(question, 1 / 3, Infinity).right).toBe(true);
    expect(answer(question, 0.3, 1)).toMatchObject({ right: null, reason: { kind: 'coarse' } });
    expect(answer(question, 0.34, 2)).toMatchObject({ right: false, reason: { kind: 'off' } });
    expect(answer(question, 2 / 3, Infinity).right).toBe(false);
    expect(judge(question, { node: 0 })).toMatchObject({ right: false, reason: { kind: 'off' } });
  });

  it('does not take a rounded integer for the integer, but one with a power of ten', () => {
    const question = numberQuestionAt(product, toA);
    expect(question.expected).toBe(35);
    expect(answer(question, 35, 2).right).toBe(true);
    const large = traced(['x = 135', 'y = x*1'], 'reverse');
    const value = numberQuestionAt(large, 0);
    expect(answer(value, 140, 3).right).toBe(false);
    expect(answer(value, 140, 2).right).toBe(true);
  });

  it('names the slip behind a contribution', () => {
    const question = numberQuestionAt(product, toA);
    expect(slip(question, -35)).toBe('sign');
    expect(slip(question, 7)).toBe('localForgotten');
    expect(slip(question, 5)).toBe('upstreamForgotten');
    expect(slip(question, 12)).toBe('factorsAdded');
    expect(slip(question, 21)).toBe('valueForSlope');
    expect(slip(question, 105)).toBe('valueForSlope');
    expect(slip(question, 36)).toBeNull();
  });

  it('names the slip behind a total', () => {
    const trace = traced(FOUR_NODES, 'reverse');
    const second = eventsOf(trace, 'accumulate', 'u')[1];
    const total = numberQuestionAt(trace, second);
    expect(total).toMatchObject({ ask: 'total', expected: 21 });
    expect(slip(total, 9)).toBe('notAdded');
    expect(slip(total, 12)).toBe('before');
    expect(slip(total, 3)).toBe('subtracted');
    expect(slip(total, -21)).toBe('sign');
    const visit = eventsOf(trace, 'visit', 'u')[0];
    const whole = numberQuestionAt(trace, visit, 'node');
    expect(whole).toMatchObject({ ask: 'total', expected: 135 });
    expect(slip(whole, 126)).toBe('notAdded');
    expect(slip(whole, 72)).toBe('oneUse');
    expect(slip(whole, 9)).toBe('before');
    const first = eventsOf(trace, 'visit', 'v')[0];
    // v passes 9 on to u, which has 12, and to x.
    expect(numberQuestionAt(trace, first, 'node')).toMatchObject({ node: nodeOf(trace.recording, 'u') });
    const single = numberQuestionAt(product, eventsOf(product, 'visit', 'c')[0], 'node');
    expect(slip(single, 7)).toBe('localForgotten');
  });

  it('knows that one algorithm overwrites', () => {
    const trace = traced(FOUR_NODES, 'overwrite');
    const second = eventsOf(trace, 'accumulate', 'u')[1];
    const total = numberQuestionAt(trace, second);
    expect(total.expected).toBe(9);
    expect(slip(total, 21)).toBe('added');
    expect(slip(total, 12)).toBe('before');
  });

  it('tells a value from a slope', () => {
    const trace = traced(['x = 3', 'k = 4', 'y = k*x'], 'reverse');
    const value = numberQuestionAt(trace, 0);
    expect(value).toMatchObject({ ask: 'value', expected: 12 });
    expect(slip(value, 3)).toBe('slopeForValue');
    expect(slip(value, -12)).toBe('sign');
    const root = traced(['x = 9', 'y = sqrt(x)'], 'reverse');
    expect(slip(numberQuestionAt(root, 0), 9)).toBe('operand');
    const [seed] = eventsOf(trace, 'seed');
    const begin = numberQuestionAt(trace, seed);
    expect(begin).toMatchObject({ ask: 'seed', expected: 1 });
    expect(answer(begin, 1, 1).right).toBe(true);
    expect(slip(begin, 12)).toBe('valueForSlope');
    expect(slip(begin, 0)).toBe('zero');
  });

  it('judges an update by the learning rate', () => {
    const trace = traceReverse(recorded('w = 2', 'y = w*w'), { learningRate: 0.1 });
    const update = numberQuestionAt(trace, eventsOf(trace, 'update')[0]);
    expect(update.expected).toBeCloseTo(1.6);
    expect(answer(update, 1.6, 2).right).toBe(true);
    expect(slip(update, 2.4)).toBe('uphill');
    expect(slip(update, -2)).toBe('rateForgotten');
    expect(slip(update, 0.4)).toBe('stepAlone');
    expect(slip(update, 2)).toBe('before');
  });

  it('asks finite differences for the quotient only, and takes the derivative for it', () => {
    const trace = traced(FOUR_NODES, 'numeric');
    const totals = [...questions(trace, 'gradient', 'edge')].filter(
      ({ position }) => position >= trace.passes[0].to,
    );
    expect(totals).toHaveLength(1);
    const { question } = totals[0];
    expect(question).toMatchObject({ kind: 'number', ask: 'quotient' });
    expect(judge(question, { number: 135, digits: 3 }).right).toBe(true);
    expect(judge(question, { number: 108, digits: 3 }).reason).toMatchObject({
      kind: 'slip',
      slip: { kind: 'valueForSlope' },
    });
  });

  it('uses the tangent of the input in forward mode', () => {
    const trace = traced(FOUR_NODES, 'forward');
    const { recording } = trace;
    const [contribution] = eventsOf(trace, 'contribute', 'v');
    const question = numberQuestionAt(trace, contribution);
    expect(question).toMatchObject({ ask: 'contribution', node: nodeOf(recording, 'v'), expected: 6 });
    expect(recording.operation[question.edge!.input]).not.toBe(LEAF);
    expect(slip(question, 1)).toBe('upstreamForgotten');
  });
});
