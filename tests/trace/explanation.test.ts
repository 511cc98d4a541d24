import { Tape } from '@backflow/engine';
import { en, loadMessages } from '@backflow/messages';
import { toText } from '@backflow/print';
import type { Expression } from '@backflow/print';
import {
  caption,
  chainRule,
  explain,
  lines,
  passSummary,
  remarkSentences,
  sentence,
  traceOf,
  traceReverse,
} from '@backflow/trace';
import type { Explanation, Trace } from '@backflow/trace';
import { assert, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyRecording, FOUR_NODES, nodeOf, recorded } from './recordings.ts';

const de = await loadMessages('de');

function sentences(trace: Trace, messages = en): string[] {
  return Array.from({ length: trace.length }, (_, k) => sentence(explain(trace, k), messages));
}

function explained<K extends Explanation['kind']>(
  trace: Trace,
  kind: K,
  skip = 0,
): Extract<Explanation, { kind: K }> {
  for (let k = 0, seen = 0; k < trace.length; k++) {
    const explanation = explain(trace, k);
    if (explanation.kind === kind && seen++ === skip) return explanation as Extract<Explanation, { kind: K }>;
  }
  throw new Error(`No ${kind} ${skip}.`);
}

const text = (expression: Expression | null): string | null =>
  expression === null ? null : toText(expression);

describe('one sentence per step', () => {
  it('for x·x, whose two edges both report', () => {
    expect(sentences(traceReverse(recorded('x = 3', 'y = x*x'), { learningRate: 0.1 }))).toEqual([
      'Evaluate y = x·x = 3·3 = 9.',
      'Seed ∂y/∂y = 1: when y changes, y itself changes by just as much.',
      '∂y/∂y = 1 is final, as nothing lies behind the output; next is x.',
      'x gets ∂y/∂y · ∂y/∂x = 1·3 = 3 from y (use 1 of 2 there), because along this edge ∂y/∂x = x = 3.',
      '∂y/∂x = 3 so far: 1 of 2 uses has reported.',
      'x gets ∂y/∂y · ∂y/∂x = 1·3 = 3 from y (use 2 of 2 there), because along this edge ∂y/∂x = x = 3.',
      '∂y/∂x = 3 + 3 = 6: 2 of 2 uses have reported.',
      '∂y/∂x = 3 + 3 = 6 is final: 2 of 2 uses have reported; it was the last one.',
      'Update x ← x − η · ∂y/∂x = 3 − 0.1·6 = 2.4: a step against the gradient with η = 0.1.',
    ]);
  });

  it('for (x + y)·z at −2, 5, −4', () => {
    expect(sentences(traceReverse(recorded('x = -2', 'y = 5', 'z = -4', 'f = (x + y)*z')))).toEqual([
      'Evaluate x + y = −2 + 5 = 3.',
      'Evaluate f = (x + y)·z = 3·(−4) = −12.',
      'Seed ∂f/∂f = 1: when f changes, f itself changes by just as much.',
      '∂f/∂f = 1 is final, as nothing lies behind the output; next is x + y.',
      'x + y gets ∂f/∂f · ∂f/∂(x + y) = 1·(−4) = −4 from f, because along this edge ∂f/∂(x + y) = z = −4.',
      '∂f/∂(x + y) = −4: its only use has reported.',
      'z gets ∂f/∂f · ∂f/∂z = 1·3 = 3 from f, because along this edge ∂f/∂z = x + y = 3.',
      '∂f/∂z = 3: its only use has reported.',
      '∂f/∂(x + y) = −4 is final: its only use has reported; next is z.',
      'x gets ∂f/∂(x + y) · ∂(x + y)/∂x = −4·1 = −4 from x + y, because along this edge ∂(x + y)/∂x = 1.',
      '∂f/∂x = −4: its only use has reported.',
      'y gets ∂f/∂(x + y) · ∂(x + y)/∂y = −4·1 = −4 from x + y, because along this edge ∂(x + y)/∂y = 1.',
      '∂f/∂y = −4: its only use has reported.',
      '∂f/∂z = 3 is final: its only use has reported; next is y.',
      '∂f/∂y = −4 is final: its only use has reported; next is x.',
      '∂f/∂x = −4 is final: its only use has reported; it was the last one.',
    ]);
  });

  it('in German', () => {
    expect(sentences(traceReverse(recorded('x = 3', 'y = x*x'), { learningRate: 0.1 }), de)).toEqual([
      'Berechne y = x·x = 3·3 = 9.',
      'Startwert ∂y/∂y = 1: Ändert sich y, so ändert sich y selbst um genauso viel.',
      '∂y/∂y = 1 ist endgültig, denn hinter der Ausgabe liegt nichts mehr; als Nächstes kommt x.',
      'x erhält ∂y/∂y · ∂y/∂x = 1·3 = 3 von y (Verwendung 1 von 2 dort), denn entlang dieser Kante ist ∂y/∂x = x = 3.',
      '∂y/∂x = 3 bis jetzt: 1 von 2 Verwendungen hat gemeldet.',
      'x erhält ∂y/∂y · ∂y/∂x = 1·3 = 3 von y (Verwendung 2 von 2 dort), denn entlang dieser Kante ist ∂y/∂x = x = 3.',
      '∂y/∂x = 3 + 3 = 6: 2 von 2 Verwendungen haben gemeldet.',
      '∂y/∂x = 3 + 3 = 6 ist endgültig: 2 von 2 Verwendungen haben gemeldet; damit ist der Lauf zu Ende.',
      'Neuer Wert x ← x − η · ∂y/∂x = 3 − 0.1·6 = 2.4: ein Schritt gegen den Gradienten mit η = 0.1.',
    ]);
  });

  it('with as many digits as the reader wants', () => {
    const trace = traceReverse(recorded('z = 0.3775', 'o = sigmoid(z)'));
    expect(sentence(explain(trace, 0), en, { digits: 9 })).toBe(
      'Evaluate o = σ(z) = σ(0.3775) = 0.593269992.',
    );
  });

  it('for every step of every random run, in both languages, with every name in it', () => {
    assert(
      property(anyRecording, (recording) => {
        const trace = traceReverse(recording, { learningRate: 0.1 });
        for (let k = 0; k < trace.length; k++) {
          const explanation = explain(trace, k);
          for (const messages of [en, de]) {
            const told = [sentence(explanation, messages), ...remarkSentences(explanation, messages)].join(
              ' ',
            );
            expect(told).not.toMatch(/undefined|\[object|\$\{/);
            expect(told).toMatch(/\.$/);
          }
          expect(explanation.result).toBe(trace.value[k]);
        }
      }),
      { seed: 31, numRuns: 60 },
    );
  });
});

describe('three lines per step', () => {
  const trace = traceReverse(recorded(...FOUR_NODES), { learningRate: 0.01 });

  it.each([
    ['evaluate', 1, ['v = u + x', '= 9 + 3', '= 12']],
    ['contribute', 0, ['∂y/∂y · ∂y/∂u = ∂y/∂y · v', '= 1·12', '= 12']],
    ['accumulate', 2, ['∂y/∂u = 12 + 9', '= 21']],
    ['visit', 2, ['∂y/∂u = ∂y/∂y · ∂y/∂u + ∂y/∂v · ∂v/∂u', '= 12 + 9', '= 21']],
    ['seed', 0, ['∂y/∂y = 1']],
    ['update', 0, ['x ← x − η · ∂y/∂x', '= 3 − 0.01·135', '= 1.65']],
  ] as const)('for %s: names, numbers, result', (kind, skip, expected) => {
    expect(lines(explained(trace, kind, skip))).toEqual(expected);
  });
});

describe('an explanation', () => {
  const trace = traceReverse(recorded(...FOUR_NODES));

  it('has the rule with the symbols of a formulary', () => {
    const contribution = explained(trace, 'contribute', 1);
    expect([text(contribution.rule!.subject), text(contribution.rule!.formula)]).toEqual(['∂y/∂b', 'a']);
    const value = explained(trace, 'evaluate', 1);
    expect([text(value.rule!.subject), text(value.rule!.formula)]).toEqual(['y', 'a + b']);
    const power = traceReverse(recorded('x = 3', 'y = x^2'));
    const slope = explained(power, 'contribute');
    expect([text(slope.rule!.formula), text(slope.slopeForms.names), text(slope.slopeForms.numbers)]).toEqual(
      ['n·a^(n − 1)', '2·x', '2·3'],
    );
  });

  it('of a visit says who is next, and what the others wait for', () => {
    const visit = explained(trace, 'visit', 1);
    expect(visit).toMatchObject({
      reported: 1,
      uses: 1,
      passesTo: 2,
      isLeaf: false,
      readyCount: 0,
      waitingCount: 1,
    });
    expect(text(visit.next)).toBe('u');
    expect(visit.waiting.map(({ name, reported, uses }) => [text(name), reported, uses])).toEqual([
      ['x', 1, 3],
    ]);
    expect(visit.waiting[0].waitsFor.map(text)).toEqual(['u', 'u']);
    expect(sentence(visit, en)).toBe(
      '∂y/∂v = 9 is final: its only use has reported; next is u, while x still waits for u.',
    );
  });

  it('is the same whatever was explained before', () => {
    const other = traceReverse(recorded(...FOUR_NODES));
    const backwards = Array.from({ length: other.length }, (_, k) =>
      explain(other, other.length - 1 - k),
    ).toReversed();
    expect(backwards).toEqual(Array.from({ length: trace.length }, (_, k) => explain(trace, k)));
  });

  it('of a total has a ledger with a line per use', () => {
    const total = explained(trace, 'accumulate', 5);
    expect(
      total.ledger.map((line) => [text(line.consumerName), line.slot, line.contribution, line.total]),
    ).toEqual([
      ['v', 1, 9, 9],
      ['u', 0, 63, 72],
      ['u', 1, 63, 135],
    ]);
    expect(total).toMatchObject({ reported: 3, uses: 3, omitted: 0, result: 135 });
  });

  it('of a long ledger keeps its end', () => {
    const sum = traceReverse(
      recorded('x = 1', `y = sum(${Array.from({ length: 40 }, () => 'x').join(', ')})`),
    );
    const total = explained(sum, 'accumulate', 39);
    expect([total.ledger.length, total.omitted, total.ledger.at(-1)?.total]).toEqual([12, 28, 40]);
    expect(lines(explained(sum, 'visit', 1))[1]).toBe(
      `= … + ${Array.from({ length: 12 }, () => '1').join(' + ')}`,
    );
  });

  it('of a folded sum shows its terms with their signs', () => {
    const tape = new Tape();
    const [a, b, c] = [2, -3, 4].map((number, index) => tape.leaf(number, 'abc'[index]));
    tape.apply('signedSum', 1, a, -1, b, 1, c).as('y');
    const folded = traceReverse(tape.record());
    expect(sentence(explain(folded, 0), en)).toBe('Evaluate y = a − b + c = 2 − (−3) + 4 = 9.');
    const slope = explained(folded, 'contribute', 1);
    expect(sentence(slope, en)).toBe(
      'b gets ∂y/∂y · ∂y/∂b = 1·(−1) = −1 from y, because along this edge ∂y/∂b = −1.',
    );
    expect([text(slope.rule!.subject), text(slope.rule!.formula)]).toEqual(['∂y/∂x₂', '−1']);
  });

  it('names the parts of unnamed nodes', () => {
    const unnamed = traceReverse(recorded('t = 1', 'o = 0.5', 'E = 1/2*(t - o)^2'));
    expect(lines(explained(unnamed, 'contribute', 1))).toEqual([
      '∂E/∂((t − o)²) · ∂((t − o)²)/∂(t − o) = ∂E/∂((t − o)²) · (2·(t − o))',
      '= 0.5·1',
      '= 0.5',
    ]);
  });

  it('calls an output without a name out', () => {
    const tape = new Tape();
    tape.leaf(3, 'x').exp();
    expect(sentence(explain(traceReverse(tape.record()), 1), en)).toContain('Seed ∂out/∂out = 1');
  });

  it('of a node that is visited too early says so', () => {
    const early = traceOf(recorded('x = 1', 'y = x + x'), (emit) => {
      emit('seed', 1, -1, 1);
      emit('visit', 1, -1, 1);
      emit('contribute', 1, 0, 1);
      emit('accumulate', 0, 0, 1);
      emit('visit', 0, -1, 1);
    });
    expect(sentence(explain(early, 4), en)).toBe(
      '∂y/∂x = 1 is passed on, though only 1 of 2 uses have reported; it was the last one.',
    );
  });

  it('finds its way through a ladder and a chain of 20,000 nodes', () => {
    const tape = new Tape();
    let node = tape.leaf(0.1);
    for (let rung = 0; rung < 20_000; rung++) node = rung % 2 === 0 ? node.mul(node) : node.sin();
    const run = traceReverse(tape.record());
    expect(sentence(explain(run, run.length - 1), en)).toContain('it was the last one');
    expect(sentence(explain(run, 10_000), en)).toContain('…');
  });
});

describe('remarks', () => {
  const remarks = (...program: string[]): string[] => {
    const run = traceReverse(recorded(...program));
    return Array.from({ length: run.length }, (_, k) => remarkSentences(explain(run, k), en)).flat();
  };

  it.each([
    [
      'a kink',
      ['x = 0', 'y = relu(x)'],
      ['Slope 0 at this kink by convention: any value in [0, 1] is a subgradient.'],
    ],
    [
      'a tie',
      ['x = 2', 'y = max(x, 2)'],
      ['Slope 0.5 at this kink by convention: any value in [0, 1] is a subgradient.'],
    ],
    [
      'a flat operation on a jump',
      ['x = 0', 'y = step(x)'],
      [
        'The value jumps here, so there is no slope; 0 is taken by convention.',
        'The slope is zero almost everywhere: nothing can be learned through this operation.',
      ],
    ],
    [
      'a NaN that is born',
      ['x = -1', 'y = log(x)'],
      [
        'NaN is born here: every input is finite.',
        'The gradient becomes NaN on this edge: what arrived was not.',
      ],
    ],
    [
      'an infinite slope',
      ['x = 0', 'y = sqrt(x)'],
      ['The gradient becomes ∞ on this edge: what arrived was not.'],
    ],
    [
      'infinities that cancel',
      ['x = 0', 'y = sqrt(x) - sqrt(x)'],
      [
        'The gradient becomes −∞ on this edge: what arrived was not.',
        'The gradient becomes ∞ on this edge: what arrived was not.',
        'The gradient becomes NaN in this sum: its parts are not.',
      ],
    ],
    [
      'a stable form that differs visibly from the formula',
      ['z = 40', 'y = sigmoid(z)'],
      ['In floating point the formula as shown gives 0; 4.248·10⁻¹⁸ comes from a stable form of it.'],
    ],
    [
      'an untaken branch',
      ['x = -1', 'y = where(x > 0, log(x), x)'],
      ['ln(x) stands in the branch that is not taken: it is not evaluated, and no gradient passes there.'],
    ],
    ['nothing, where there is nothing to say', ['x = 2', 'y = relu(x)*tanh(x)'], []],
  ])('on %s', (_what, program, expected) => {
    expect(remarks(...program)).toEqual(expected);
  });

  it('stay silent about a difference that the reader does not see', () => {
    const run = traceReverse(recorded('z = 5', 'y = tanh(z)'));
    expect(explain(run, 3).remarks).toEqual([]);
    // 1 − tanh² has lost five digits here.
    expect(explain(traceReverse(recorded('z = 8', 'y = tanh(z)')), 3, { digits: 10 }).remarks).toMatchObject([
      { kind: 'stable' },
    ]);
  });
});

describe('the caption of a position', () => {
  const trace = traceReverse(recorded(...FOUR_NODES), { learningRate: 0.01 });
  const [start, ...rest] = [0, 3, 20, 21];

  it('at the start says that nothing has happened', () => {
    expect(caption(trace, start, 'edge', en)).toBe(en.trace.start);
  });

  it('of a pass sums it up', () => {
    expect(rest.map((position) => caption(trace, position, 'pass', en))).toEqual([
      'Forward pass done: 3 operations, y = 108.',
      'Backward pass done: ∂y/∂x = 135.',
      'Update done: with 1 changed leaf, y would go from 108 to 11.9.',
    ]);
    expect(rest.map((position) => passSummary(trace, position, de))).toEqual([
      'Vorwärtslauf fertig: 3 Operationen, y = 108.',
      'Rückwärtslauf fertig: ∂y/∂x = 135.',
      'Aktualisierung fertig: Mit 1 geänderten Blatt ginge y von 108 auf 11.9.',
    ]);
  });

  it('of a node says what it passes on', () => {
    expect(caption(trace, 14, 'node', en)).toBe(
      '∂y/∂v = 9 is final: its only use has reported; next is u, while x still waits for u. It passes 9 to u and 9 to x.',
    );
    expect(caption(trace, 14, 'node', de)).toBe(
      '∂y/∂v = 9 ist endgültig: Die einzige Verwendung hat gemeldet; als Nächstes kommt u, während x noch auf u wartet. Weitergegeben werden 9 an u und 9 an x.',
    );
    const wide = traceReverse(recorded('x = 1', 'y = sum(x, x, x, x, x, x, x)'));
    expect(caption(wide, 17, 'node', en)).toContain(
      'It passes 1 to x, 1 to x, 1 to x, 1 to x and so on to 3 more inputs.',
    );
  });

  it('adds what deserves saying, once', () => {
    const tie = traceReverse(recorded('x = 2', 'y = max(x, x)'));
    const position = 7;
    expect(caption(tie, position, 'node', en)).toBe(
      '∂y/∂y = 1 is final, as nothing lies behind the output; next is x. It passes 0.5 to x and 0.5 to x. ' +
        'Slope 0.5 at this kink by convention: any value in [0, 1] is a subgradient.',
    );
  });

  it('lists a few of many leaves', () => {
    const names = Array.from({ length: 7 }, (_, index) => `x${index}`);
    const wide = traceReverse(
      recorded(...names.map((name) => `${name} = 2`), `y = sum(${names.join(', ')})`),
    );
    expect(caption(wide, wide.length, 'pass', en)).toBe(
      'Backward pass done: ∂y/∂x0 = 1, ∂y/∂x1 = 1, ∂y/∂x2 = 1, ∂y/∂x3 = 1 and 3 more.',
    );
  });
});

describe('the chain rule of a node', () => {
  const recording = recorded(...FOUR_NODES);
  const trace = traceReverse(recording);
  const x = nodeOf(recording, 'x');

  it('is the sum over all uses, in symbols, names and numbers', () => {
    const rule = chainRule(trace, x, trace.length);
    expect([rule.subject, rule.symbols, rule.names, rule.numbers, rule.sum].map(text)).toEqual([
      '∂y/∂x',
      '∂y/∂v · ∂v/∂x + ∂y/∂u · ∂u/∂x + ∂y/∂u · ∂u/∂x',
      '∂y/∂v · 1 + ∂y/∂u · x + ∂y/∂u · x',
      '9·1 + 21·3 + 21·3',
      '9 + 63 + 63',
    ]);
    expect(rule).toMatchObject({ total: 135, complete: true, omitted: 0 });
  });

  it('leaves open what has not been reported yet', () => {
    const rule = chainRule(trace, x, 14);
    expect([rule.numbers, rule.sum].map(text)).toEqual(['9·1 + … + …', '9 + … + …']);
    expect(rule).toMatchObject({ total: 9, complete: false });
    // u has been visited, but its first report is still on the way.
    const between = chainRule(trace, x, 16);
    expect([between.numbers, between.sum].map(text)).toEqual(['9·1 + 21·3 + 21·3', '9 + … + …']);
    expect(chainRule(trace, x, 0)).toMatchObject({ total: null, complete: false });
  });

  it('of the output is the seed, and of a node without a path 0', () => {
    const lonely = recorded('a = 1', 'b = 2', 'y = b*b');
    const run = traceReverse(lonely);
    expect(chainRule(run, nodeOf(lonely, 'y'), run.length)).toMatchObject({
      terms: [],
      symbols: null,
      total: 1,
    });
    expect(chainRule(run, nodeOf(lonely, 'a'), run.length)).toMatchObject({
      terms: [],
      total: 0,
      complete: true,
    });
  });

  it('leaves out terms beyond its limit, and counts them', () => {
    const run = traceReverse(recorded('x = 1', 'y = sum(x, x, x, x)'));
    const rule = chainRule(run, 0, run.length, 2);
    expect([rule.terms.length, rule.omitted, text(rule.sum)]).toEqual([2, 2, '1 + 1 + …']);
    expect(rule.total).toBe(4);
  });

  it('adds up to the gradient in every random run', () => {
    assert(
      property(anyRecording, (random) => {
        const run = traceReverse(random);
        for (let node = 0; node < random.count; node++) {
          const rule = chainRule(run, node, run.length);
          if (rule.terms.length === 0) continue;
          expect(rule.complete).toBe(true);
          expect(rule.terms.reduce((sum, term) => sum + (term.contribution ?? NaN), 0)).toBe(rule.total);
          for (const term of rule.terms) expect((term.upstream ?? NaN) * term.local).toBe(term.contribution);
        }
      }),
      { seed: 32, numRuns: 100 },
    );
  });
});
