import { notesEn } from '../../packages/messages/src/notes-en.ts';
import type { Report } from '@backflow/notes';
import { describe, expect, it, vi } from 'vitest';
import { checkedPlain } from '../../apps/web/src/notes/checking.ts';
import { chipParts } from '../../apps/web/src/notes/chip.ts';
import { answersIn, declaringChoice, QUESTIONS } from '../../apps/web/src/notes/conventions.ts';
import { claimLatex, isLatex, textLatex } from '../../apps/web/src/notes/latex.ts';
import { writingHand } from '../../apps/web/src/notes/writing.ts';
import { FIRST_SLIP } from './notes-fixture.ts';

describe('the chip of the loss', () => {
  const chip = (conventions: Report['conventions'], text = '') =>
    chipParts(answersIn(text, conventions), notesEn)
      .map((part) => part.text)
      .join(' · ');

  it('asks where nothing tells, and names what is recognised or declared', () => {
    expect(chip([])).toBe('½? · sum/mean · order · index order · log base');
    const convention = { source: 'recognised', claims: [0] } as const;
    expect(chip([{ ...convention, id: 'half', choice: 'with-half' }])).toContain('½ · ');
    expect(
      chip([
        { ...convention, id: 'negative-gradient', choice: 'negative-gradient' },
        { ...convention, id: 'index-order', choice: 'from-to' },
        { ...convention, id: 'mean', choice: 'sum' },
      ]),
    ).toBe('½? · sum · order · −∇ · w from→to · log base');
    expect(chip([], 'a = 1\nWithout ½.\n')).toContain('no ½');
  });

  it('declares each choice in one line, in place of another, and takes it out again', () => {
    const apply = (text: string, { from, to, insert }: ReturnType<typeof declaringChoice>) =>
      text.slice(0, from) + insert + text.slice(to);
    for (const { id, lines } of QUESTIONS) {
      let text = FIRST_SLIP;
      for (const choice of Object.keys(lines)) {
        text = apply(text, declaringChoice(text, id, choice));
        expect(answersIn(text, []).find((answer) => answer.id === id)?.declared).toBe(choice);
        // A line about conventions is no claim, and none becomes unreadable.
        const { claims } = checkedPlain(text);
        expect(claims.map((claim) => claim.text)).toEqual(
          checkedPlain(FIRST_SLIP).claims.map((claim) => claim.text),
        );
      }
      expect(apply(text, declaringChoice(text, id, null))).toBe(FIRST_SLIP);
    }
  });

  it('writes behind a program, a preamble or a heading, else above everything', () => {
    const at = (text: string) => declaringChoice(text, 'half', 'with-half').from;
    expect(at('a = 1')).toBe(0);
    expect(at('# A\na = 1')).toBe(4);
    expect(at('\\begin{document}\na = 1')).toBe(17);
    expect(at('# A\n```backflow\na = 1\n```\n\na = 1')).toBe(26);
    expect(declaringChoice('# A', 'half', 'with-half').insert).toBe('\nConvention: with ½\n');
  });

  it('is understood by who judges: what was wrong by the program is right by the convention', () => {
    const text = '```backflow\nx = 2\nC = (x - 5)²\n```\n∂C/∂x = -3\n';
    expect(checkedPlain(text).claims[0].verdict).toBe('wrong');
    const { from, insert } = declaringChoice(text, 'half', 'with-half');
    const report = checkedPlain(text.slice(0, from) + insert + text.slice(from));
    expect(report.claims.map(({ verdict }) => verdict)).toEqual(['right']);
    expect(report.conventions).toMatchObject([{ id: 'half', source: 'declared', choice: 'with-half' }]);
  });
});

describe('a hand that is writing', () => {
  it('is at a place as long as it writes key by key in one line, and then rests', () => {
    vi.useFakeTimers();
    try {
      const { writing, follow } = writingHand();
      const after = (text: string): number | null => {
        follow(text);
        return writing.value;
      };
      expect(after('a = 1\nz')).toBeNull();
      expect(after('a = 1\nz ')).toBe(8);
      expect(after('a = 1\nz =')).toBe(9);
      // A line that is left is finished, and so is a piece that was pasted.
      expect(after('a = 1\nz =\n')).toBeNull();
      expect(after('a = 1\nz =\n∂C/∂z = 0.5')).toBeNull();
      expect(after('a = 1\nz =\n∂C/∂z = 0.')).toBe(20);
      vi.advanceTimersByTime(2000);
      expect(writing.value).toBeNull();
    } finally {
      vi.useRealTimers();
    }
  });
});

describe('a formula for people', () => {
  it('is LaTeX again, with the names as they are printed', () => {
    expect(textLatex('∂E_total/∂net_o1 · h')).toBe(
      '\\frac{\\partial E_{\\mathrm{total}}}{\\partial \\mathrm{net}_{o1}} \\cdot  h',
    );
    expect(textLatex('∂C₀/∂z⁽ᴸ⁾ − exp(w⁽²⁾₁₁)')).toBe(
      '\\frac{\\partial C₀}{\\partial z⁽ᴸ⁾} - \\exp (w⁽²⁾₁₁)',
    );
  });

  it('is taken out of the lines of LaTeX notes', () => {
    expect(isLatex('a = 0.5')).toBe(false);
    expect(isLatex('a^{(L)} = 0.5')).toBe(true);
    expect(claimLatex('$\\frac{1}{2} &= 0.5$ \\\\ \\label{half}')).toBe('\\frac{1}{2} = 0.5');
  });
});
