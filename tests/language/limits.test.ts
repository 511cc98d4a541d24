import { compile, LIMITS } from '@backflow/language';
import { describe, expect, it } from 'vitest';
import { compiled, message, problem, problems } from './notation.ts';

const codes = (text: string): string[] => compile(text).diagnostics.map(({ code }) => code);
const nodes = (text: string): number => compiled(text).recording.count;

/** As much of `piece` as a text of the largest length has room for. */
const filled = (before: string, piece: string, after = ''): { text: string; pieces: number } => {
  const pieces = Math.floor((LIMITS.textLength - before.length - after.length) / piece.length);
  return { text: before + piece.repeat(pieces) + after, pieces };
};

describe('limits', () => {
  it('refuse a document of 1 MB without reading it', () => {
    expect(problems('x = 1 '.repeat(200_000))).toHaveLength(1);
    expect(message('x'.repeat(1_000_000))).toBe(
      'The text has 1,000,000 characters; at most 200,000 are read.',
    );
  });

  it('refuse nesting beyond 256, and allow 256', () => {
    const nested = (depth: number): string => `x = ${'('.repeat(depth)}1${')'.repeat(depth)}`;
    expect(codes(nested(256))).toEqual([]);
    expect(codes(nested(257))).toEqual(['too-deep']);
    expect(codes('('.repeat(100_000))).toEqual(['too-deep']);
    expect(codes(`x = 1, y = ${'-'.repeat(257)}x`)).toEqual(['too-deep']);
    expect(codes(`x = 1, y = x${'^x'.repeat(257)}`)).toEqual(['too-deep']);
    expect(codes(`x = 1, y = ${'√'.repeat(257)}x`)).toEqual(['too-deep']);
    expect(codes(`x = 1, y = ${'sin('.repeat(257)}x`)).toEqual(['too-deep']);
    expect(compile('((((1))))', { limits: { depth: 3 } }).diagnostics.map(({ code }) => code)).toEqual([
      'too-deep',
    ]);
  });

  it.each([
    'x = 2',
    'x = 2, y = 1/2 x^2 + e^-x',
    'c = 2\nc += c\nc += 1',
    'x = 1, y = where(x > 0, max(x, 2, 3), |x|)',
    'x = 1, y = x\ny + 2*3',
    'v = [1, 2], W = [v, v]\ny = sum(W v)',
  ])('count nodes before recording them: %j', (text) => {
    const limit = nodes(text);
    expect(compile(text, { limits: { nodes: limit } }).diagnostics).toEqual([]);
    expect(compile(text, { limits: { nodes: limit - 1 } }).diagnostics[0]?.code).toBe('too-many-nodes');
  });

  it('refuse a small text that would make a large graph, before making it', () => {
    const column = `[${'[1],'.repeat(20_000)}[1]]`;
    const row = `[[${'1,'.repeat(20_000)}1]]`;
    expect(problem(`A = ${column}\nB = ${row}\nC = A*B\nsum(C)`)).toBe('‸⟨C = A*B⟩  too-many-nodes');
    expect(message(`A = ${column}\nB = ${row}\nC = A*B\nsum(C)`)).toBe(
      'This program would make a graph of 400,080,003 nodes; at most 200,000 are recorded.',
    );
    expect(codes(`v = [${'1,'.repeat(5_000)}1]\ny = softmax(v)\nsum(y)`)).toEqual(['too-many-edges']);
  });

  it('report at most 100 problems, and say that there are more', () => {
    const found = compile('y = ?\n'.repeat(150)).diagnostics;
    expect(found).toHaveLength(101);
    expect(found.at(-1)?.code).toBe('more-problems');
    expect(found.at(-1)?.severity).toBe('notice');
  });
});

/*
 * The largest texts, each with a structure on which a careless compiler takes quadratic time (40,000² steps and more:
 * minutes) or overflows its stack. What is counted here is what must come out.
 */
describe('a text of the largest size', () => {
  it('with one long sum', () => {
    const { text, pieces } = filled('x=1\ny=x', '+x');
    expect(nodes(text)).toBe(pieces + 1);
  });

  it('with one long product without signs', () => {
    const { text, pieces } = filled('x1=1\ny=x1', ' x1');
    expect(nodes(text)).toBe(pieces + 1);
  });

  it('with one long joined product', () => {
    const { text, pieces } = filled('w1=1,x1=2\ny=0', '+w1x1');
    expect(nodes(text)).toBe(2 * pieces + 2);
  });

  it('with many reassignments', () => {
    const { text, pieces } = filled('c=1\n', 'c+=c\n');
    expect(nodes(text)).toBe(pieces + 1);
  });

  it('with many statements on one line', () => {
    const { text, pieces } = filled('', 'x=1,');
    expect(nodes(text)).toBe(pieces);
  });

  it('with many names', () => {
    let text = 'a0=1';
    let count = 1;
    for (; text.length < LIMITS.textLength - 30; count++) text += `\na${count}=2a${count - 1}`;
    expect(nodes(text)).toBe(count);
  });

  it('with many undefined names', () => {
    let text = 'y=1';
    for (let i = 0; text.length < LIMITS.textLength - 30; i++) text += `+u${i}x`;
    expect(codes(text)).toHaveLength(101);
  });

  it('with a long vector', () => {
    const { text, pieces } = filled('v=[1', ',1', ']\ny=sum(v)');
    expect(nodes(text)).toBe(pieces + 2);
  });

  it.each([
    ['v=[1]\ny=v', '[0]', 'no-elements'],
    ['', '(\n', 'too-deep'],
    ['', '(x=1\n', 'left-side'],
    ['', '|', 'too-deep'],
    ['x', '_1', 'undefined-name'],
    ['x', "'", 'undefined-name'],
    ['x', '²', 'undefined-name'],
    ['', 'w_{', 'unclosed-brace'],
    ['', '1,', 'decimal-comma'],
    ['', '=', 'foreign-symbol'],
    ['', '1', 'number-too-large'],
    ['', '```\n', 'unmarked-fence'],
    ['', '1,000,000,', 'decimal-comma'],
    ['', '1/2(', 'ambiguous-division'],
  ])('of %j and many %j', (before, piece, code) => {
    expect(codes(filled(before, piece).text)).toContain(code);
  });
});
