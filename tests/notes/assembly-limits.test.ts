import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSheet } from '../../packages/notes/src/reading/sheet.ts';
import { recordingFromNotes } from '../../packages/notes/src/world/assemble.ts';

const pieces = [
  'a',
  'b_j',
  'w_{jk}^{(L)}',
  'a_k^{(L-1)}',
  'z_j^{(L)}',
  'x',
  'W1',
  'O11',
  'C_0',
  'L',
  'n',
  'x_1',
  'dw',
  '∂L/∂x',
  '\\hat{y}_i',
  '=',
  '≈',
  '+',
  '-',
  '·',
  '/',
  '^2',
  '(',
  ')',
  '[1, 2]',
  '[[1,2],[3,4]]',
  'σ(',
  "σ'(z_j)",
  '\\sum_j',
  '\\sum_{i=1}^n',
  '…',
  '0.5',
  '2',
  '10^9',
  '\n',
  ', ',
  '4-3-2-1, sigmoid',
  'indices from→to',
  'count from 0',
  '{',
  '}',
  '_',
  '^T',
  'f(x)',
  'f(f(',
];

describe('putting a graph together', () => {
  it('never throws, and gives a graph in which every name has its node', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 60 }), (parts) => {
        const assembly = recordingFromNotes(readSheet(parts.join(' ')));
        const count = assembly.recording?.count ?? 0;
        for (const [key, node] of assembly.names) {
          expect(node).toBeLessThan(count);
          expect(assembly.nodeOf(key)).toBe(node);
        }
        for (const node of [...assembly.free.values(), ...assembly.slopes, ...assembly.definedBy.keys()])
          expect(node).toBeLessThan(count);
        expect(assembly.output).toBeLessThan(Math.max(count, 1));
      }),
      { seed: 20, numRuns: 1500 },
    );
  });

  it('stops at its limits', () => {
    const nested = 'S = \\sum_{i=1}^{1000} \\sum_{j=1}^{1000} \\sum_{k=1}^{1000} a_i b_j c_k';
    const { recording } = recordingFromNotes(readSheet(nested));
    expect(recording?.count ?? 0).toBeLessThan(25_000);
    const many = Array.from({ length: 30_000 }, (_, index) => `v${index} = v${index + 1} + 1`).join('\n');
    expect(recordingFromNotes(readSheet(many)).recording?.count).toBeLessThan(70_000);
  });

  it('leaves a function that calls itself undefined', () => {
    const { recording } = recordingFromNotes(readSheet('f(x) = f(x - 1) + 1\ny = f(3)\ny = 5'));
    expect(recording).not.toBeNull();
  });
});
