import { OPERATION_NAMES, OPERATIONS, Tape } from '@backflow/engine';
import type { Operand, Recording } from '@backflow/engine';
import { compile } from '@backflow/language';
import { expressionOf, toText } from '@backflow/print';
import { array, assert, constantFrom, integer, property, record } from 'fast-check';
import { describe, expect, it } from 'vitest';

const LEAVES = [
  'a = 2',
  'b = 3',
  'c = 5',
  'x = 0.5',
  'y = -1',
  'w_{11} = 1',
  'w^{(2)}_{11} = 2',
  'E_total = 4',
];

/** What a formula is printed as, once it has been read. */
function printed(formula: string, leaves: readonly string[] = LEAVES): string {
  const { recording, diagnostics } = compile([...leaves, `L = ${formula}`].join('\n'));
  if (recording === null) return diagnostics.map(({ code }) => code).join();
  return toText(expressionOf(recording, recording.output, Infinity));
}

describe('a formula that was read', () => {
  it.each([
    ['a*b + c', 'a·b + c'],
    ['a - b - c', 'a − b − c'],
    ['a - (b - c)', 'a − (b − c)'],
    ['a + (b + c)', 'a + (b + c)'],
    ['a/b/c', 'a/b/c'],
    ['a/(b/c)', 'a/(b/c)'],
    ['a/(b*c)', 'a/(b·c)'],
    ['a/b*c', 'a/b·c'],
    ['a b c', 'a·b·c'],
    ['-x^2', '−x²'],
    ['(-x)^2', '(−x)²'],
    ['-x*y', '−x·y'],
    ['-(x*y)', '−(x·y)'],
    ['a - -b', 'a − (−b)'],
    ['a*-b', 'a·(−b)'],
    ['2x', '2·x'],
    ['3/2 x²', '3/2·x²'],
    ['1/2*(a - b)**2', '1/2·(a − b)²'],
    ['x^y^2', 'x^(y²)'],
    ['(x^y)^2', '(x^y)²'],
    ['a^(b + 1)', 'a^(b + 1)'],
    ['2 sin(x²) + √(5x)', '2·sin(x²) + √(5·x)'],
    ['|x - y|', '|x − y|'],
    ['√x y', '√x·y'],
    ['w_11 + E_total', 'w₁₁ + E_total'],
    ['(w^{(2)}_{11})^2', '(w⁽²⁾₁₁)²'],
    ['where(a > b, ln(x), σ(y))', 'where(a > b, ln(x), σ(y))'],
    ['max(a, b, 0)', 'max(a, b, 0)'],
    ['e^-x', 'exp(−x)'],
    ['x*pi/2', 'x·π/2'],
    ['3 · 10^8 x', '3·10^8·x'],
    ['1.5 × 10⁻³ x', '1.5×10⁻³·x'],
    ['0.000001*x', '1·10⁻⁶·x'],
    ['x*0.123456', 'x·0.123456'],
    ['(a > b)*x', '(a > b)·x'],
    ['where(a == b, x, y)', 'where(a == b, x, y)'],
  ])('%s is printed as %s', (formula, text) => {
    expect(printed(formula)).toBe(text);
  });

  it('is printed in a form that is read as the same graph', () => {
    // Folded sums, dot products, affine sums and softmax are written otherwise.
    const others = new Set<string>(['leaf', 'signedSum', 'dot', 'affine', 'softmax']);
    const written = OPERATION_NAMES.filter((name) => name !== 'leaf').filter((name) => !others.has(name));
    const choice = record({
      operation: constantFrom(...written),
      inputs: array(integer({ min: 0, max: 1000 }), { minLength: 3, maxLength: 3 }),
      constant: integer({ min: -4, max: 6 }),
    });
    assert(
      property(array(choice, { minLength: 1, maxLength: 8 }), (choices) => {
        const tape = new Tape();
        const nodes = ['a', 'b', 'x'].map((name, index) => tape.leaf(index + 0.5, name));
        for (const { operation, inputs, constant } of choices) {
          const { arity } = OPERATIONS[operation];
          const count = arity === 'many' ? 3 : arity;
          // Mostly the latest node, so that formulas nest.
          const operands: Operand[] = inputs
            .slice(0, count)
            .map((input) => nodes[input % 3 === 0 ? nodes.length - 1 : input % nodes.length]);
          if (constant > 0 && constant < count) operands[constant] = constant - 3;
          nodes.push(tape.apply(operation, ...operands));
        }
        const recording = tape.record();
        const text = toText(expressionOf(recording, recording.output, Infinity));
        expect(printed(text, ['a = 0.5', 'b = 1.5', 'x = 2.5'])).toBe(text);
        expect(shape(reread(text))).toEqual(shape(recording));
      }),
      { seed: 51, numRuns: 500 },
    );
  });
});

function reread(text: string): Recording {
  const { recording } = compile(`a = 0.5\nb = 1.5\nx = 2.5\nL = ${text}`);
  if (recording === null) throw new Error(text);
  return recording;
}

/** The output as nested operations, shared nodes written out. */
function shape(recording: Recording): string {
  const known: string[] = [];
  const { count, inputs, inputStart, names, constants, operation, output } = recording;
  for (let node = 0; node < count; node++) {
    const of = Array.from(inputs.subarray(inputStart[node], inputStart[node + 1]), (entry) =>
      entry < 0 ? String(constants[~entry]) : known[entry],
    );
    const leaf = operation[node] === 0;
    known[node] = leaf ? (names.get(node) ?? '?') : `${OPERATION_NAMES[operation[node]]}(${of.join()})`;
  }
  return known[output];
}
