import { readFileSync } from 'node:fs';
import { en, loadMessages } from '@backflow/messages';
import type { Messages } from '@backflow/messages';
import {
  ALGORITHM_NAMES,
  boundaries,
  caption,
  derivationMarkdown,
  explain,
  GRANULARITIES,
  passSummary,
  sentence,
  traceAlgorithm,
  traceReverse,
} from '@backflow/trace';
import type { AlgorithmName, Trace } from '@backflow/trace';
import { assert, constantFrom, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyRecording, FOUR_NODES, recorded } from './recordings.ts';

const de = await loadMessages('de');

function ran(algorithm: AlgorithmName, ...program: string[]): Trace {
  const trace = traceAlgorithm(recorded(...program), algorithm);
  if (trace === null) throw new Error(`Too long: ${algorithm}.`);
  return trace;
}

/** The sentences of all events behind the first forward pass. */
function told(trace: Trace, messages: Messages): string[] {
  const from = trace.passes.find(({ kind }) => kind === 'backward')?.from ?? trace.length;
  return Array.from({ length: trace.length - from }, (_, at) =>
    sentence(explain(trace, from + at), messages),
  );
}

/** The captions of the steps over a node, behind the first forward pass. */
function captions(trace: Trace): string[] {
  const from = trace.passes.find(({ kind }) => kind === 'backward')?.from ?? trace.length;
  return [...boundaries(trace, 'node')]
    .filter((position) => position > from)
    .map((position) => caption(trace, position, 'node', en));
}

/** The sections of a file: a line `== path-sum`, and the lines below it. */
function sections(file: string): Map<string, string[]> {
  const text = readFileSync(new URL(file, import.meta.url), 'utf8');
  return new Map(
    text
      .split(/^== /m)
      .slice(1)
      .map((section) => {
        const [name, ...lines] = section.trimEnd().split('\n');
        return [name, lines.filter((line) => line !== '')];
      }),
  );
}

describe.each([
  ['English', en, 'accounts.en.txt'],
  ['German', de, 'accounts.de.txt'],
] as const)('the account in %s of u = x·x, v = u + x, y = u·v at x = 3', (_, messages, file) => {
  const expected = sections(file);
  it.each(ALGORITHM_NAMES)('says of %s what each step does', (algorithm) => {
    expect(told(ran(algorithm, ...FOUR_NODES), messages)).toEqual(expected.get(algorithm));
  });

  it('sums up what each run has found, and what is due where that is wrong', () => {
    const found = ALGORITHM_NAMES.map((algorithm) => {
      const trace = ran(algorithm, ...FOUR_NODES);
      return `${algorithm}: ${passSummary(trace, trace.length, messages)}`;
    });
    expect(found).toEqual(expected.get('in the end'));
  });
});

describe('an account', () => {
  it('tells a step over a node by its visit and what it passes on', () => {
    expect(captions(ran('preorder', ...FOUR_NODES))).toEqual([
      'Seed ∂y/∂y = 1: when y changes, y itself changes by just as much.',
      '∂y/∂y = 1 is final, as nothing lies behind the output; next is u. It passes 12 to u and 9 to v.',
      'u passes on 12 though only 1 of 2 uses has reported (21 is due); next is x. It passes 36 to x and 36 to x.',
      'x has 72 so far and, as a leaf, passes nothing on; next is v.',
      'x has been visited already and is skipped.',
      '∂y/∂v = 9 is final: its only use has reported; it was the last one. It passes 9 to u and 9 to x.',
      'u has been visited already and is skipped: the 9 that came since is never passed on.',
      'x has been visited already and is skipped.',
    ]);
  });

  it('tells the next edge of a path sum where a path has ended', () => {
    expect(captions(ran('path-sum', 'a = 1', 'b = a + a')).slice(2)).toEqual([
      'Visit 1 of 2 of a: along this path, b → a, the product is 1, one term of ∂b/∂a.' +
        ' One edge further, from b (use 2 of 2 there) to a: 1·1 = 1, because along this edge ∂b/∂a = 1.',
      'Visit 2 of 2 of a: along this path, b → a, the product is 1, one term of ∂b/∂a.',
    ]);
  });

  it('tells a step of finite differences by the quotient', () => {
    expect(captions(ran('numeric', ...FOUR_NODES))).toEqual([
      '∂y/∂x ≈ (y(x + h) − y)/h = 6.035·10⁻⁶/(4.47·10⁻⁸) = 135 with h = 4.47·10⁻⁸.',
    ]);
  });

  it('calls the step of finite differences by another name where h is a node', () => {
    const [moved, , quotient] = told(ran('numeric', 'h = 3', 'y = h*h'), en);
    expect(moved).toBe('h is moved by ε = 4.47·10⁻⁸ from 3; everything is computed anew.');
    expect(quotient).toBe('∂y/∂h ≈ (y(h + ε) − y)/ε = 2.682·10⁻⁷/(4.47·10⁻⁸) = 6 with ε = 4.47·10⁻⁸.');
  });

  it('says what finite differences miss, to the digits that the reader sees', () => {
    const trace = ran('numeric', 'x = 1', 'y = exp(30*x)');
    const quotient = explain(trace, trace.passes[1].to - 2);
    expect(sentence(quotient, en, { digits: 4 })).not.toContain('exactly');
    expect(sentence(quotient, en, { digits: 10 })).toContain('exactly');
  });

  it('says that a use of a node that is visited again will report again', () => {
    const sentences = told(ran('accumulate-early', 'a = 1', 'b = a + a', 'c = b + b', 'd = c + c'), en);
    expect(sentences).toContain('b passes on 4; its uses have reported, but will report again; next is a.');
  });

  it('does not speak of what is due where the reader would see the same digits', () => {
    const right = told(ran('preorder', 'a = 1', 'b = a*a', 'c = sin(b)'), en);
    expect(right.filter((said) => said.includes('due'))).toEqual([]);
  });

  it('elides the beginning of a long path', () => {
    const trace = ran(
      'path-sum',
      'n0 = 2',
      ...Array.from({ length: 9 }, (_, at) => `n${at + 1} = sin(n${at})`),
    );
    expect(told(trace, en).at(-1)).toMatch(
      /^The only visit of n0: along this path, … → n6 → n5 → .* → n0, the product is …·/,
    );
  });

  it('has a sentence of its own in both languages for every event', () => {
    assert(
      property(anyRecording, constantFrom(...ALGORITHM_NAMES), (recording, algorithm) => {
        const trace = traceAlgorithm(recording, algorithm);
        if (trace === null || trace.length > 1000) return;
        for (let k = 0; k < trace.length; k++) {
          const explanation = explain(trace, k);
          const texts = [en, de].map((messages) => sentence(explanation, messages));
          for (const text of texts) expect(text).toMatch(/^\S.*\.$/su);
          for (const text of texts) expect(text).not.toMatch(/undefined|null|\[object|\$\{/u);
          expect(texts[0]).not.toBe(texts[1]);
        }
      }),
      { seed: 43, numRuns: 150 },
    );
  });

  it('has a caption for every position and step size', () => {
    for (const algorithm of ALGORITHM_NAMES) {
      const trace = ran(algorithm, 'w = 2', 'x = -3', 'h = tanh(w*x)', 'y = where(h > 0, log(h), h*w) + h*x');
      for (const granularity of GRANULARITIES) {
        for (let position = 0; position <= trace.length; position++) {
          expect(caption(trace, position, granularity, de)).toMatch(/\.$/u);
        }
      }
    }
  });
});

describe('the derivation', () => {
  it('is that of the reverse sweep, whatever ran', () => {
    const recording = recorded(...FOUR_NODES);
    const expected = derivationMarkdown(traceReverse(recording), en);
    for (const algorithm of ALGORITHM_NAMES) {
      expect(derivationMarkdown(ran(algorithm, ...FOUR_NODES), en)).toBe(expected);
    }
  });
});
